"""A screen of its own with a window manager, a session bus, the accessibility bus and the program."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's package of AT-SPI is for this one
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
TOOLS = ("Xvfb", "openbox", "xdotool", "dbus-daemon")
_GRACE = 15.0  # seconds that a process has to end by itself


def missing() -> list[str]:
    """What this machine lacks for it."""
    if not sys.platform.startswith("linux"):
        return ["Linux"]
    lacking = [one for one in TOOLS if not shutil.which(one)]
    if not _launcher():
        lacking.append("at-spi-bus-launcher")
    look = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    try:
        seen = subprocess.run([SYSTEM_PYTHON, "-c", look], capture_output=True, check=False)
    except OSError:
        return [*lacking, SYSTEM_PYTHON]
    return lacking if seen.returncode == 0 else [*lacking, "python3-gi gir1.2-atspi-2.0"]


def _launcher() -> str:
    return next((one for one in LAUNCHERS if Path(one).exists()), "")


class Screen:
    """What is started on it gets its environment."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        runtime = folder / "run"
        runtime.mkdir(mode=0o700)
        self.home = folder / "home"
        (self.home / "Documents").mkdir(parents=True)
        self._env = {
            key: value for key, value in os.environ.items() if not key.startswith(("QT_", "XDG_"))
        }
        self._env |= {
            "HOME": str(self.home),
            "DAYBOOK_HOME": str(folder / "daybook"),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
        }
        self._env.pop("WAYLAND_DISPLAY", None)
        # Else it begins anew when its first client leaves, and turns away who comes just then.
        xvfb = ["Xvfb", "-noreset", "-screen", "0", "1400x900x24", "-nolisten", "tcp"]
        number = self._told(xvfb, "-displayfd")
        self._env["DISPLAY"] = f":{number}"
        bus = ["dbus-daemon", "--session", "--nofork", "--nosyslog"]
        self._env["DBUS_SESSION_BUS_ADDRESS"] = self._told(bus, "--print-address=")
        self.start(["openbox"])
        self.start([_launcher(), "--launch-immediately"])

    def _told(self, command: Sequence[str], option: str) -> str:
        """Start a server that writes a line into a pipe when it is ready; gives the line."""
        read, write = os.pipe()
        more = [option + str(write)] if option.endswith("=") else [option, str(write)]
        try:
            self.start([*command, *more], pass_fds=(write,))
        finally:
            os.close(write)
        with os.fdopen(read, encoding="utf-8") as pipe:
            line = pipe.readline().strip()
        assert line, f"{command[0]} did not start: {self.log(command[0])}"
        return line

    def start(
        self, command: Sequence[str], pass_fds: tuple[int, ...] = ()
    ) -> subprocess.Popen[bytes]:
        """Start a process that ends with the screen; what it says goes into a file."""
        place = self._folder / f"{Path(command[0]).name}.log"
        with place.open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._env,
                cwd=ROOT,
                pass_fds=pass_fds,
                start_new_session=True,
            )
        self._stack.callback(_end, process)
        return process

    def daybook(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start the program itself."""
        return self.start([sys.executable, "-X", "faulthandler", "-m", "desktop", *arguments])

    def run(self, script: str, *arguments: str, timeout: float) -> list[str]:
        """Run one of the scripts beside this file with the system's Python; gives what it says."""
        place = Path(__file__).with_name(script)
        done = subprocess.run(
            [SYSTEM_PYTHON, str(place), *arguments],
            env=self._env | {"PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        program = self.log(sys.executable)
        said = "\n".join([done.stdout, done.stderr[-4000:], "the program said:", program[-4000:]])
        assert done.returncode == 0, said
        return done.stdout.splitlines()

    def log(self, command: str) -> str:
        """What a process said."""
        place = self._folder / f"{Path(command).name}.log"
        return place.read_text(encoding="utf-8", errors="replace") if place.exists() else ""

    def left(self) -> list[str]:
        """Processes that still have this screen's folders in their environment."""
        mark, found = f"XDG_RUNTIME_DIR={self._env['XDG_RUNTIME_DIR']}".encode(), []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (place / "environ").read_bytes().split(b"\0"):
                    found.append(place.name)
            except OSError:
                continue
        return found


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started, first politely."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            try:
                os.killpg(process.pid, sign)
                process.wait(_GRACE)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue


@contextmanager
def real_screen(folder: Path) -> Iterator[Screen]:
    """A screen that leaves nothing running."""
    with ExitStack() as stack:
        screen = Screen(folder, stack)
        yield screen
    until = time.monotonic() + _GRACE
    while screen.left() and time.monotonic() < until:
        time.sleep(0.1)
    for number in screen.left():
        os.kill(int(number), signal.SIGKILL)
