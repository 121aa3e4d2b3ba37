"""The walls of the house: what holds for every file, whoever writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_packaging_holds_no_package_marker():
    # With one, the folder would hide the library `packaging` that other libraries import.
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_the_engine_keeps_acknowledged_commits():
    from sqlcipher3 import dbapi2

    # Before 3.51.3 two connections that write and checkpoint can lose a commit in WAL mode.
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


@pytest.mark.parametrize("value", [None, True])
def test_the_window_library_loses_no_reference(qapp, value):
    import sys

    from PySide6.QtCore import QObject, Signal
    from PySide6.QtWidgets import QLabel

    class Bell(QObject):
        rang = Signal(bool)

    bell, label = Bell(), QLabel()
    heard: list[int] = []
    bell.rang.connect(heard.append)
    before = sys.getrefcount(value)
    for _ in range(1_000):
        bell.rang.emit(True)
        label.setText("x")
    heard.clear()
    # 6.12.0 loses 1,000; the interpreter itself moves the count by a handful.
    assert abs(sys.getrefcount(value) - before) < 50
