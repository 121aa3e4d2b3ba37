"""What tests of growth begin with."""

from __future__ import annotations

import pytest

from tests.growth.grown import grown


@pytest.fixture
def team(tmp_path):
    """A small team."""
    with grown(tmp_path) as made:
        yield made
