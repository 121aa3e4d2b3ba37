"""Papers as PDF without a window: Qt draws them, on no screen."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.goals.paper import Paper


def pdf(paper: Paper) -> bytes:
    """The pages of a paper as a file."""
    global _application
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.printing import document

    # Fonts belong to an application; where there is none yet, one is made and kept.
    _application = QApplication.instance() or QApplication(sys.argv[:1])
    return document.pdf(paper)


_application: Any = None
