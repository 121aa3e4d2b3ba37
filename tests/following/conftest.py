from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.following.in_touch import InTouch


@pytest.fixture
def touch(tmp_path) -> Iterator[InTouch]:
    made = InTouch(tmp_path)
    yield made
    made.book.close()
