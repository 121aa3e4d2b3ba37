#!/usr/bin/env python3
"""Everything one does with the project, from a machine that has nothing but Python.

    python3 run.py                  open the window (what follows goes to the program: demo, list …)
    python3 run.py test [-k word]   lint, types, layers, then the tests (arguments go to pytest)
    python3 run.py check            lint, types and layers alone
    python3 run.py fix              put right what the linter can
    python3 run.py shot BOOK PAGE OUT.png   a picture of one page, without a screen
    python3 run.py lock             write requirements.lock anew from pyproject.toml

The first call makes ``.venv`` beside this file and fills it from ``requirements.lock``. Only the
standard library is used, and only what Python 3.6 can parse, so that an old one can say so.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
LOCK_STAMP = VENV / "installed-lock.sha256"
SYSTEM_STAMP = VENV / "system-libraries.txt"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")

# What Qt asks of a Linux system: the library that is looked for, and Debian's package of it.
ALWAYS = {
    "GL": "libgl1",
    "EGL": "libegl1",
    "X11": "libx11-6",
    "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1",
    "freetype": "libfreetype6",
    "glib-2.0": "libglib2.0-0",
    "xkbcommon": "libxkbcommon0",
}
FOR_A_WINDOW = {
    "X11-xcb": "libx11-xcb1",
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-randr": "libxcb-randr0",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-shape": "libxcb-shape0",
    "xcb-xkb": "libxcb-xkb1",
    "xkbcommon-x11": "libxkbcommon-x11-0",
}
# Debian's packages of what the tests of the real window use: a screen, a window manager, keys, and
# the accessibility bus with a client that is none of ours.
FOR_OUTSIDE_TESTS = (
    "xvfb",
    "openbox",
    "xdotool",
    "dbus-x11",
    "at-spi2-core",
    "python3-gi",
    "gir1.2-atspi-2.0",
)


def say(text: str) -> None:
    """Tell the person what goes on; standard output belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def call(*command: object, quiet: bool = False) -> int:
    """Run a command in the repository, its output on standard error; return its exit status."""
    out = subprocess.DEVNULL if quiet else sys.stderr
    arguments = [str(part) for part in command]
    return subprocess.call(arguments, cwd=str(ROOT), stdout=out, stderr=out)


def require_python() -> None:
    """Go on with Python 3.11 or newer, if need be another one than started this."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found and call(found, "-c", "", quiet=True) == 0:
            again = [found, str(Path(__file__).resolve()), *sys.argv[1:]]
            sys.exit(subprocess.call(again))
    have = "{}.{}".format(*sys.version_info[:2])
    sys.exit(
        f"Daybook needs Python 3.11 or newer; this is {have}.\n"
        f"Daybook 需要 Python 3.11 或更新的版本，当前是 {have}。\n"
        "Windows, macOS: https://www.python.org/downloads/\n"
        "Debian 12, Ubuntu 24.04: sudo apt-get install python3 python3-venv"
    )


# -- the system --------------------------------------------------------------------------------


def library_is_there(name: str) -> bool:
    """Whether a shared library can be loaded, asked of the loader itself first."""
    for number in range(7):
        try:
            ctypes.CDLL(f"lib{name}.so.{number}")
        except OSError:
            continue
        return True
    return ctypes.util.find_library(name) is not None


def missing_packages(libraries: "dict[str, str]") -> "list[str]":
    """Debian's names of what this machine lacks."""
    missing = [package for name, package in libraries.items() if not library_is_there(name)]
    uv = shutil.which("uv")
    if not uv and call(sys.executable, "-c", "import venv, ensurepip", quiet=True) != 0:
        missing.append("python{}.{}-venv".format(*sys.version_info[:2]))
    return missing


def known_to_apt(package: str) -> str:
    """The name of the package in this release (Debian 13 calls some of them …t64)."""
    for name in (package, package + "t64"):
        if call("apt-cache", "show", "--no-all-versions", name, quiet=True) == 0:
            return name
    return package


def apt_prefix() -> "list[str] | None":
    """How to become root without being asked: nothing as root, else sudo; None where neither."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") and call("sudo", "-n", "true", quiet=True) == 0:
        return ["sudo", "-n"]
    return None


def apt_installs(missing: "list[str]") -> bool:
    """Install by apt; whether it worked."""
    say("Installing from the system's packages: " + " ".join(missing))
    # Standing in the command, the variable also gets past sudo.
    apt = [*(apt_prefix() or []), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    call(*apt, "update")
    names = [known_to_apt(package) for package in missing]
    return call(*apt, "-y", "--no-install-recommends", "install", *names) == 0


def install_packages(missing: "list[str]") -> None:
    """Install by apt, or print the line that does it and stop."""
    if apt_prefix() is None:
        line = "sudo apt-get install " + " ".join(map(known_to_apt, missing))
        sys.exit(f"Some system libraries are missing. Install them, then start again:\n{line}")
    if not apt_installs(missing):
        sys.exit("apt-get could not install: " + " ".join(missing))


def require_libraries(libraries: "dict[str, str]") -> None:
    """On Linux see that Qt finds what it needs; asked once per environment."""
    seen = SYSTEM_STAMP.read_text(encoding="utf-8").split() if SYSTEM_STAMP.exists() else []
    if not sys.platform.startswith("linux") or set(libraries) <= set(seen):
        return
    missing = missing_packages(libraries)
    if missing and shutil.which("apt-get"):
        install_packages(missing)
    elif missing:
        say("These seem to be missing (Debian's names): " + " ".join(missing))


def require_outside_tests() -> None:
    """On Debian bring what the tests of the real window use; without it they say that they are skipped."""
    if not sys.platform.startswith("linux") or not shutil.which("dpkg"):
        return
    missing = [one for one in FOR_OUTSIDE_TESTS if call("dpkg", "-s", one, quiet=True) != 0]
    missing += [package for name, package in FOR_A_WINDOW.items() if not library_is_there(name)]
    if missing and (apt_prefix() is None or not apt_installs(missing)):
        say("The tests of the real window will be skipped; they need: " + " ".join(missing))


# -- the environment ---------------------------------------------------------------------------


def lock_hash() -> str:
    """What the environment must be made from: the lock and the Python that runs."""
    text = LOCK.read_bytes().replace(b"\r\n", b"\n") + repr(sys.version_info[:2]).encode()
    return hashlib.sha256(text).hexdigest()


def install_with_uv(uv: str) -> bool:
    """Make and fill the environment with uv; whether it worked."""
    os.environ["UV_PYTHON_DOWNLOADS"] = "never"
    # uv reads settings of its own; a mirror chosen for pip is meant for it too.
    for theirs, ours in (
        ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
        ("PIP_EXTRA_INDEX_URL", "UV_INDEX"),
        ("PIP_FIND_LINKS", "UV_FIND_LINKS"),
    ):
        if theirs in os.environ:
            os.environ.setdefault(ours, os.environ[theirs])
    make = [uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV]
    fill = [uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes"]
    fill += ["--only-binary", ":all:", LOCK]
    return call(*make) == 0 and call(*fill) == 0


def install_with_pip() -> bool:
    """Make and fill the environment with Python's own tools; whether it worked."""
    make = [sys.executable, "-m", "venv", "--clear", VENV]
    fill = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    fill += ["--require-hashes", "--only-binary", ":all:", "-r", LOCK]
    return call(*make) == 0 and call(*fill) == 0


def require_environment(libraries: "dict[str, str]") -> None:
    """Bring ``.venv`` to what the lock says, anew for each lock, and note what was seen to."""
    wanted = lock_hash()
    if not LOCK_STAMP.exists() or LOCK_STAMP.read_text(encoding="utf-8") != wanted:
        say("Preparing the environment, once; some minutes on a slow line. / 正在准备运行环境…")
        uv = shutil.which("uv")
        if not (uv and install_with_uv(uv)) and not install_with_pip():
            sys.exit(
                "The packages could not be installed. Behind a slow or closed line name a mirror "
                "in PIP_INDEX_URL and start again.\n"
                "安装失败。网络较慢或受限时，请用 PIP_INDEX_URL 指定镜像后重试。"
            )
        LOCK_STAMP.write_text(wanted, encoding="utf-8")
    seen = SYSTEM_STAMP.read_text(encoding="utf-8").split() if SYSTEM_STAMP.exists() else []
    if not set(libraries) <= set(seen):
        SYSTEM_STAMP.write_text("\n".join(libraries) + "\n", encoding="utf-8")


# -- the verbs ---------------------------------------------------------------------------------


def tool(name: str) -> str:
    """A command that the environment brought along."""
    return str(VENV / (f"Scripts/{name}.exe" if WINDOWS else f"bin/{name}"))


def check() -> int:
    """Lint, form, types and layers; each is run, and what fails is printed."""
    steps = (
        ("ruff check", tool("ruff"), "check", "--output-format", "concise", "."),
        ("ruff format", tool("ruff"), "format", "--check", "--output-format", "concise", "."),
        ("mypy", tool("mypy")),
        ("import contracts", tool("lint-imports"), "--no-logo"),
    )
    failed = 0
    for name, *command in steps:
        done = subprocess.run(
            command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        print(f"{name}: " + ("failed" if done.returncode else "ok"), flush=True)
        if done.returncode:
            sys.stdout.buffer.write(done.stdout)
            sys.stdout.flush()
        failed = failed or done.returncode
    return failed


def has_display() -> bool:
    """Whether a window can be shown here; only Linux has sessions without."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(arguments: "list[str]") -> int:
    """Check, then test; a check that fails does not hide what the tests say."""
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    checked = check()
    if checked:
        say("Some checks failed (python3 run.py fix puts part of it right); now the tests:")
    whole = not arguments and (os.cpu_count() or 1) > 1
    tested = _halves() if whole else subprocess.call(_pytest(arguments), cwd=str(ROOT))
    return tested or checked


def _pytest(arguments: "list[str]") -> "list[str]":
    return [str(PYTHON), "-m", "pytest", *arguments]


def _halves() -> int:
    """The whole suite shared by two beside each other; each says all that it has to say in one piece."""
    caches = ROOT / ".pytest_cache"
    with tempfile.TemporaryFile() as other_said, tempfile.TemporaryDirectory() as turns:
        shared = {**os.environ, "DAYBOOK_TEST_TURNS": turns}
        other = subprocess.Popen(
            _pytest(["-o", f"cache_dir={caches / 'second'}"]),
            cwd=str(ROOT), env={**shared, "DAYBOOK_TEST_TURN": "second"},
            stdin=subprocess.DEVNULL, stdout=other_said, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            first = subprocess.call(_pytest([]), cwd=str(ROOT), env=shared)
            second = other.wait()
        finally:
            if other.poll() is None:
                other.kill()
                other.wait()
        other_said.seek(0)
        print("\nThe other half:", flush=True)
        shutil.copyfileobj(other_said, sys.stdout.buffer)
        sys.stdout.flush()
    return first or second


def fix() -> int:
    """Let the linter change what it safely can."""
    linted = call(tool("ruff"), "check", "--fix", "--quiet", ".")
    return call(tool("ruff"), "format", "--quiet", ".") or linted


def lock() -> int:
    """Resolve pyproject.toml for every platform at once, with hashes and without addresses."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if not uv:
            bin_folder = Path(folder) / ("Scripts" if WINDOWS else "bin")
            call(sys.executable, "-m", "venv", folder)
            if call(bin_folder / "python", "-m", "pip", "install", "--quiet", "uv") != 0:
                return 1
            uv = str(bin_folder / "uv")
        order = [uv, "pip", "compile", "pyproject.toml", "--extra", "test", "--universal"]
        order += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
        order += ["--no-emit-find-links", "--no-header", "--quiet", "--upgrade"]
        done = call(*order, "--output-file", LOCK)
        if done == 0:  # its comments name the folder that it was made in
            text = LOCK.read_text(encoding="utf-8").replace(str(ROOT) + os.sep, "")
            LOCK.write_text(text, encoding="utf-8", newline="\n")
        return done


def program(arguments: "list[str]") -> int:
    """Start Daybook in the person's own folder, so that the paths they give hold."""
    known = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT) + (os.pathsep + known if known else "")
    # -P: nothing that lies in the person's folder is taken for a part of the program.
    command = [str(PYTHON), "-P", "-m", "desktop", *arguments]
    if not WINDOWS:
        os.execv(command[0], command)
    return subprocess.call(command)


def main(arguments: "list[str]") -> int:
    """Prepare the machine, then do what was asked."""
    require_python()
    verb = arguments[0] if arguments else ""
    if verb == "lock":
        return lock()
    developing = verb in ("test", "check", "fix")
    libraries = dict(ALWAYS)
    if verb == "shot" and not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not developing and has_display():
        libraries.update(FOR_A_WINDOW)
    require_libraries(libraries)
    require_environment(libraries)
    if verb == "test":
        require_outside_tests()
        return test(arguments[1:])
    if verb == "check":
        return check()
    return fix() if verb == "fix" else program(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
