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


def reduces_motion() -> bool:
    """Whether the person asked the system for less motion. May take a moment: not for the window's thread.

    Tried on Linux only; where the system can't be asked, it doesn't.
    """
    if sys.platform == "win32":
        import ctypes

        shown = ctypes.c_int(1)
        animations = 0x1042  # SPI_GETCLIENTAREAANIMATION
        ctypes.windll.user32.SystemParametersInfoW(animations, 0, ctypes.byref(shown), 0)
        return shown.value == 0
    if sys.platform == "darwin":
        return _answer("defaults", "read", "com.apple.universalaccess", "reduceMotion") == "1"
    if "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", ""):
        return _kde_is_still()
    said = _answer("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
    return said == "false"


def _kde_is_still() -> bool:
    folder = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    try:
        lines = (Path(folder) / "kdeglobals").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    found = [one.partition("=")[2] for one in lines if one.startswith("AnimationDurationFactor")]
    return found[-1:] == ["0"]


def _answer(*command: str) -> str:
    """What a command of the system says; "" when it is not there, fails, or takes too long."""
    import subprocess

    try:
        done = subprocess.run(command, capture_output=True, timeout=2, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else ""


def zone_name() -> str:
    """The name of this machine's time zone, such as Asia/Shanghai; "" where it can't be told.

    Only Windows, which has names of its own, is asked by way of Qt; not tried there yet.
    """
    if sys.platform == "win32":
        from PySide6.QtCore import QTimeZone

        return bytes(QTimeZone.systemTimeZoneId().data()).decode()
    named = os.environ.get("TZ", "").removeprefix(":")
    if named and not named.startswith("/"):
        return named
    place = os.path.realpath(named or "/etc/localtime")
    _, found, name = place.partition("/zoneinfo/")
    return name.removeprefix("posix/").removeprefix("right/") if found else ""


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
