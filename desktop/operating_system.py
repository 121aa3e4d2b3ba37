"""All that differs between systems: folders, how long this process has lived, who may come to the front."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_NAME = "Daybook"
_loaded = time.monotonic()


def config_folder() -> Path:
    """Where settings belong; ``DAYBOOK_HOME`` overrules."""
    return _folder("user_config_dir")


def log_folder() -> Path:
    """Where logs and crash reports belong; ``DAYBOOK_HOME`` overrules."""
    return _folder("user_log_dir")


def _folder(kind: str) -> Path:
    import platformdirs

    own = os.environ.get("DAYBOOK_HOME")
    path = Path(own) if own else Path(getattr(platformdirs, kind)(_NAME, appauthor=False))
    path.mkdir(parents=True, exist_ok=True)
    return path


def process_age() -> float:
    """Seconds since this process was started, by the system's own books where they can be read."""
    if sys.platform == "linux":
        fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started
    return time.monotonic() - _loaded


def let_others_come_to_front() -> None:
    """Allow the program that this one hands its work to to come to the front.

    Only Windows asks for that; not tried there yet.
    """
    if sys.platform == "win32":
        import ctypes

        anyone = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anyone)
