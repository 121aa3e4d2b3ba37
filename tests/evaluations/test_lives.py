"""Whatever a team does at random with its evaluations: refusals change nothing, undo brings back, seals stand.

``DAYBOOK_LIVES=500`` lives so many lives; the usual run a few.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.evaluations.lives import Life

LIVES = int(os.environ.get("DAYBOOK_LIVES", "6"))
STEPS = 60


@pytest.mark.timeout(0)
def test_through_any_life_refusals_change_nothing_one_undo_brings_back_and_seals_stand(tmp_path):
    done: Counter[str] = Counter()
    for seed in range(LIVES):
        (tmp_path / str(seed)).mkdir()
        life = Life(tmp_path / str(seed), seed)
        life.begin()
        try:
            for _ in range(STEPS):
                life.step()
        except AssertionError as fault:
            raise AssertionError(f"life {seed}: {fault}") from fault
        finally:
            life.book.close()
        done += life.done
    assert done["act_seal"] + done["act_sign_and_seal"] >= LIVES / 4
    assert done["act_correct"] or LIVES < 20
