"""One program for a person at a desktop: a later start hands its book to the one that runs.

They speak over a local socket that only this person can open. Whoever finds nobody, or gets no answer
in time, runs by itself: two programs share a book as well as two windows do.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import desktop
from desktop import operating_system

_PATIENCE = 3_000  # ms that a start waits for the running program, which may be busy
GLANCE = 300  # ms to find out whether anybody listens
_PATH = 100  # bytes; the systems' limit for the path of a socket is a little above
TAKEN = b"taken\n"
_DESKTOP = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SESSIONNAME")


def address() -> str:
    """Where the program of this person, home, desktop and version listens; "" where nothing fits."""
    parts = [str(operating_system.config_folder()), desktop.__version__]
    parts += [os.environ.get(name, "") for name in _DESKTOP]
    mark = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return f"daybook-{mark}"
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    folder = Path(runtime) if Path(runtime).is_absolute() else operating_system.config_folder()
    place = str(folder / f"daybook-{mark}.socket")
    return place if folder.is_dir() and len(os.fsencode(place)) <= _PATH else ""


def hand_over(book: str | None) -> bool:
    """Give the book, or only the wish to be seen, to the program that runs; whether it took it."""
    place = address()
    if not place or (sys.platform != "win32" and not os.path.exists(place)):
        return False
    from PySide6.QtNetwork import QLocalSocket  # only where somebody seems to listen

    socket = QLocalSocket()
    socket.connectToServer(place)
    if not socket.waitForConnected(GLANCE):
        return False
    operating_system.let_others_come_to_front()
    message = {
        "open": str(Path(book).absolute()) if book else "",
        "token": os.environ.get("XDG_ACTIVATION_TOKEN", ""),
    }
    socket.write(json.dumps(message).encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(_PATIENCE):
            return False
    return bytes(socket.readLine().data()) == TAKEN
