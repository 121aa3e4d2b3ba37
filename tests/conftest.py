"""What every test stands on: a made-up home, one language, one time zone, nothing left running."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

# Before anything of ours is imported: modules may read these once.
_HOME = Path(tempfile.mkdtemp(prefix="daybook-tests-"))
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(
    {
        "HOME": str(_HOME),
        "USERPROFILE": str(_HOME),
        "APPDATA": str(_HOME / "roaming"),
        "LOCALAPPDATA": str(_HOME / "local"),
        "XDG_CONFIG_HOME": str(_HOME / "config"),
        "XDG_DATA_HOME": str(_HOME / "data"),
        "XDG_CACHE_HOME": str(_HOME / "cache"),
        "XDG_STATE_HOME": str(_HOME / "state"),
        # Kept from run to run: listing the fonts of a machine takes seconds.
        "MPLCONFIGDIR": str(Path(__file__).parents[1] / ".pytest_cache" / "matplotlib"),
        "DAYBOOK_HOME": str(_HOME / "daybook"),
        "TZ": "Asia/Shanghai",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "DAYBOOK_LANG": "en",  # of the programs that a test starts
    }
)

if hasattr(time, "tzset"):
    time.tzset()

import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402

from models import texts  # noqa: E402

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "default", max_examples=40, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "thorough", max_examples=2_000, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# The whole suite runs as two halves beside each other (``run.py test``): a file is in one of them.
_HALF = os.environ.get("DAYBOOK_HALF")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests of the other half to it; real windows are all in the first."""
    if _HALF is None:
        return
    root = Path(__file__).parent

    def half(item: pytest.Item) -> int:
        place = item.path.relative_to(root).as_posix()
        return 0 if place.startswith("journeys/") else zlib.crc32(f"3tests/{place}".encode()) % 2

    mine = [one for one in items if half(one) == int(_HALF)]
    config.hook.pytest_deselected(items=[one for one in items if half(one) != int(_HALF)])
    items[:] = mine


THREAD_GRACE = 3.0  # seconds that a finished test leaves its threads to end


@pytest.fixture(autouse=True)
def _english():
    """Texts are English unless a test chooses; what it chose ends with it."""
    before = texts.language()
    texts.set_language("en")
    yield
    texts.set_language(before)


def _running() -> set[threading.Thread]:
    """Threads of the program; the clock of pytest-timeout (on Windows) is not one."""
    return {
        thread
        for thread in threading.enumerate()
        if not thread.name.startswith(("pytest_timeout", "Dummy"))
    }


@pytest.fixture(autouse=True)
def _nothing_left_running():
    """A thread that outlives its test fails it: it would disturb the next one."""
    before = _running()
    yield
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        assert core.QThreadPool.globalInstance().waitForDone(int(THREAD_GRACE * 1000)), (
            "a job is still running in Qt's thread pool"
        )
    until = time.monotonic() + THREAD_GRACE
    left = _running() - before
    while left and time.monotonic() < until:
        time.sleep(0.01)
        left = _running() - before
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"
