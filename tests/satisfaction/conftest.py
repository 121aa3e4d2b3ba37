from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.satisfaction.asked import Asked


@pytest.fixture
def asked(tmp_path) -> Iterator[Asked]:
    made = Asked(tmp_path)
    yield made
    made.book.close()
