"""What every test stands on: a made-up home, one language, one time zone, nothing left running."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
import time
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

# The whole suite runs twice beside each other (``run.py test``), and each file in one of them: whoever comes
# first to a file puts its name into this folder. Real windows are all in the first.
_TURNS = os.environ.get("DAYBOOK_TEST_TURNS")
_WINDOWS_TOO = os.environ.get("DAYBOOK_TEST_TURN") != "second"
_LONG = ("test_gallery.py", "test_outside_client.py")  # begun first, so that nobody waits for them
_TESTS = Path(__file__).parent
_mine: dict[Path, bool] = {}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first where the work is shared."""
    if _TURNS:
        items.sort(key=lambda one: one.path.name not in _LONG)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Pytest's own loop over the tests of files that the other has not begun; each is told its true next one."""
    if not _TURNS or session.testsfailed or session.config.option.collectonly:
        return None
    mine = (one for one in session.items if _is_mine(one.path))
    item = next(mine, None)
    while item is not None:
        following = next(mine, None)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        item = following
    return True


def _is_mine(file: Path) -> bool:
    if file not in _mine:
        _mine[file] = _is_free(file.relative_to(_TESTS))
    return _mine[file]


def _is_free(file: Path) -> bool:
    if file.parts[0] == "journeys" and not _WINDOWS_TOO:
        return False
    try:
        (Path(str(_TURNS)) / "-".join(file.parts)).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


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
