"""The font of everything on paper; it stands alone, for charts load much that lists don't need."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

import resources


def family() -> str:
    """The font that the program brings: paper looks the same everywhere."""
    global _loaded
    if not _loaded:
        path = resources.path("fonts", "NotoSansSC-Regular.otf")
        number = QFontDatabase.addApplicationFont(str(path))
        _loaded = next(iter(QFontDatabase.applicationFontFamilies(number)), "")
    return _loaded


_loaded = ""
