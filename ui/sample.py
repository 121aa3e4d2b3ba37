"""Where the sample team is put: a file that nobody had before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from models.texts import N_, tr


def sample_path() -> Path:
    """A fresh file in the person's folder for documents."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    folder.mkdir(parents=True, exist_ok=True)
    name, number = tr(N_("Sample team")), 1
    path = folder / f"{name}.daybook"
    while path.exists():
        number += 1
        path = folder / f"{name} {number}.daybook"
    return path
