"""Sheets as offices make them, mixed at random: nearly all understood, the rest said, nothing guessed.

``MESSY_SEED=12 MESSY_FILES=200`` runs others than the one of every day.
"""

from __future__ import annotations

import os

from tests.sheets.messy import drive

SEED = int(os.environ.get("MESSY_SEED", "20240305"))
FILES = int(os.environ.get("MESSY_FILES", "80"))


def test_messy_sheets_are_understood_and_what_is_not_is_reported(tmp_path):
    found = drive.run(tmp_path / "files", SEED, FILES)
    said = "\n".join(found.faults[:40])
    assert found.silent == 0, said
    assert found.refused == 0, said
    assert found.share("columns_right") >= 0.95, said
    assert found.share("right") >= 0.97, said
    assert found.share("needless") <= 0.02, said
    assert found.columns > 5 * FILES  # the files hold something
    assert found.planted > FILES / 2
