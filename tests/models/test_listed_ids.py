"""Ids in a line of text are read alike wherever records are cited."""

from __future__ import annotations

import pytest

from models.public_ids import listed


@pytest.mark.parametrize(
    "text", ["OP-1 AC-2", "op-1，ac-2", "（OP-1）、AC-2。", "OP-1|AC-2;OP-1\n"]
)
def test_ids_stand_between_blanks_and_signs_of_either_language_each_once(text):
    assert listed(text) == ("OP-1", "AC-2")


@pytest.mark.parametrize("text", [None, "", " ，。"])
def test_a_line_of_nothing_has_none(text):
    assert listed(text) == ()
