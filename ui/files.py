"""Asking for files and folders, with the system's own dialog where there is one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QFileInfo, QStandardPaths
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from models.texts import N_, tr
from ui import theme


class _Icons(QAbstractFileIconProvider):
    """Icons and kinds by name alone.

    Qt's own provider opens every file of the folder to find out its kind. Closing the open book and
    its log again would drop all locks that the engine has on them (see ``Lock.held``).
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder, self._file = theme.icon("open"), theme.icon("orders")

    def icon(self, of: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """A folder's or a file's."""
        if isinstance(of, QFileInfo):
            return self._folder if of.isDir() else self._file
        return self._file if of == QAbstractFileIconProvider.IconType.File else self._folder

    def type(self, of: QFileInfo) -> str:
        """What the column of kinds says."""
        return tr(N_("Folder")) if of.isDir() else of.suffix().upper()


_LABELS = (  # Qt's own Chinese lacks some of them
    (QFileDialog.DialogLabel.LookIn, N_("Look in:")),
    (QFileDialog.DialogLabel.FileName, N_("File name:")),
    (QFileDialog.DialogLabel.FileType, N_("Kind of file:")),
)
_last: list[Path] = []  # the folder of what was chosen last


def _folder() -> str:
    """Where to begin: where the person was last, else among the documents."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    places = [*_last, Path(QStandardPaths.writableLocation(documents)), Path.home()]
    return str(next((one for one in places if one.is_dir()), ""))


def _dialog(parent: QWidget, title: str, place: str, kinds: str) -> tuple[QFileDialog, _Icons]:
    made = QFileDialog(parent, title, _folder())
    for label, text in _LABELS:
        made.setLabelText(label, tr(text))
    icons = _Icons()
    made.setIconProvider(icons)
    made.setNameFilter(kinds)
    if place:
        given = Path(place)
        if given.is_absolute():
            made.setDirectory(str(given if given.is_dir() else given.parent))
        if not given.is_dir():
            made.selectFile(given.name)
    return made, icons


def _typed(dialog: QFileDialog) -> list[str]:
    """The names that were typed between quotes, all of which exist.

    WORKAROUND PySide6 6.11: of several names that are typed key by key Qt's dialog forgets the first.
    """
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    names = line.text().split('"')[1::2] if isinstance(line, QLineEdit) else []
    found = [QDir(dialog.directory()).absoluteFilePath(one) for one in names]
    return found if len(found) > 1 and all(Path(one).is_file() for one in found) else []


def _chosen(asked: tuple[QFileDialog, _Icons]) -> list[Path]:
    dialog, _ = asked
    try:
        names = (_typed(dialog) or dialog.selectedFiles()) if dialog.exec() else []
        chosen = [Path(one) for one in names]
        _last[:] = [one if one.is_dir() else one.parent for one in chosen[:1]] or _last
        return chosen
    finally:
        dialog.deleteLater()


def ask_open(parent: QWidget, title: str, kinds: str, several: bool = False) -> list[Path]:
    """Files that exist; none when the person thinks better of it."""
    asked = _dialog(parent, title, "", kinds)
    mode = QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile
    asked[0].setFileMode(mode)
    return _chosen(asked)


def ask_save(parent: QWidget, title: str, suggested: str, kinds: str) -> Path | None:
    """A file to write; its ending is added when the person leaves it out."""
    asked = _dialog(parent, title, suggested, kinds)
    asked[0].setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    asked[0].setFileMode(QFileDialog.FileMode.AnyFile)
    asked[0].setDefaultSuffix(Path(suggested).suffix.removeprefix("."))
    asked[0].filterSelected.connect(
        lambda chosen: asked[0].setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")"))
    )
    return next(iter(_chosen(asked)), None)


def ask_folder(parent: QWidget, title: str, now: str) -> Path | None:
    """A folder that exists."""
    asked = _dialog(parent, title, now, "")
    asked[0].setFileMode(QFileDialog.FileMode.Directory)
    asked[0].setOption(QFileDialog.Option.ShowDirsOnly, True)
    return next(iter(_chosen(asked)), None)
