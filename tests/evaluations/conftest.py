from __future__ import annotations

import pytest

from tests.evaluations.sealed_book import SealedBook


@pytest.fixture
def team(tmp_path):
    made = SealedBook(tmp_path)
    yield made
    made.book.close()
