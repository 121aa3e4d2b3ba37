"""Papers as PDF without a window: Qt draws them, on no screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.goals.paper import Paper


def pdf(paper: Paper) -> bytes:
    """The pages of a paper as a file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from ui.printing import document

    # Fonts belong to an application; where there is none yet, one is made for the while.
    made = None if QGuiApplication.instance() else QGuiApplication(sys.argv[:1])
    try:
        return document.pdf(paper)
    finally:
        if made is not None:
            made.shutdown()
