"""What can be taken away of a chart: a picture, a file, its numbers as a sheet, a page of paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from models.progress import Progress
from models.texts import N_, tr
from ui import files, theme
from ui.jobs import Jobs

if TYPE_CHECKING:
    from ui.charts.canvas import Chart


class Taking(QObject):
    """The menu of one chart and what it does. What it makes is always as on paper."""

    done = Signal(str)
    refused = Signal(str)
    print_wanted = Signal()

    def __init__(self, chart: Chart, jobs: Jobs) -> None:
        super().__init__(chart)
        self._chart, self._jobs = chart, jobs

    def menu(self, parent: QWidget) -> QMenu:
        """What a person may do with the chart."""
        menu = QMenu(parent)
        for text, act in (
            (tr(N_("Copy as picture")), self.copy),
            (tr(N_("Save as picture…")), self.ask_save),
            (tr(N_("Data as a sheet…")), self.ask_sheet),
            (tr(N_("Print…")), self.print_wanted.emit),
        ):
            action = QAction(text, menu)
            # What asks for a file begins when the menu has answered whoever pressed it by the bus.
            way = Qt.ConnectionType
            asks = act in (self.ask_save, self.ask_sheet)
            action.triggered.connect(act, way.QueuedConnection if asks else way.AutoConnection)
            menu.addAction(action)
        return menu

    def popup(self, at: QPoint) -> None:
        """Show the menu somewhere on the screen."""
        menu = self.menu(self._chart)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        data, hidden = self._chart.data, self._chart.legend.hidden_parts
        if data is None or not data.bars:
            return

        def work(progress: Progress) -> QImage:
            from ui.charts import drawing

            return drawing.whole(data, hidden)

        self._jobs.run(tr(N_("Drawing…")), work, self._copied, self._failed)

    def _copied(self, image: QImage) -> None:
        QGuiApplication.clipboard().setImage(image)
        self.done.emit(tr(N_("The picture is on the clipboard.")))

    def ask_save(self) -> None:
        """Ask for a file and save the picture there."""
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        path = files.ask_save(self._chart, tr(N_("Save as picture…")), self._name(".png"), kinds)
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Save as PNG, SVG or PDF, by the name."""
        data, hidden = self._chart.data, self._chart.legend.hidden_parts
        if data is None or not data.bars:
            return

        def work(progress: Progress) -> Path:
            from models.sheets import placing
            from ui.charts import drawing

            format = path.suffix.lower().removeprefix(".")
            if format not in drawing.FORMATS:
                raise _unknown(path, drawing.FORMATS)
            placing.put(path, drawing.file(data, hidden, format))
            return path

        self._jobs.run(tr(N_("Drawing…")), work, self._saved, self._failed)

    def ask_sheet(self) -> None:
        """Ask for a file and write the numbers there."""
        kinds = tr(N_("Workbook")) + " (*.xlsx);;" + tr(N_("Text")) + " (*.csv)"
        path = files.ask_save(self._chart, tr(N_("Data as a sheet…")), self._name(".xlsx"), kinds)
        if path is not None:
            self.sheet(path)

    def sheet(self, path: Path) -> None:
        """Write all numbers of the answer as a workbook or text, by the name."""
        table = None if self._chart.data is None else self._chart.data.table
        if table is None:
            return

        def work(progress: Progress) -> Path:
            from models.sheets import numbers

            numbers.write(path, table)
            return path

        self._jobs.run(tr(N_("Writing…")), work, self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        self.done.emit(tr(N_("Saved: {file}"), file=path.name))

    def _failed(self, error: Exception) -> None:
        if str(error):
            self.refused.emit(str(error))

    def _name(self, suffix: str) -> str:
        """A name for a file: the question, without what no system lets stand in names."""
        data = self._chart.data
        asked = "" if data is None else data.title
        return (re.sub(r'[\\/:*?"<>|？]', "", asked).strip(" .") or "chart") + suffix


def _unknown(path: Path, known: tuple[str, ...]) -> Any:
    from models.refusals import Place, Refused

    return Refused(
        "unknown_format",
        N_("The name must end in one of: {known}."),
        place=Place(file=path.name),
        known=", ".join("." + one for one in known),
    )


class MenuButton(QToolButton):
    """Opens the menu of a chart."""

    def __init__(self, taking: Taking, parent: QWidget) -> None:
        super().__init__(parent)
        self._taking = taking
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        self._taking.popup(self.mapToGlobal(QPoint(0, self.height())))

    def retranslate(self, title: str) -> None:
        """Show everything in the current language and theme."""
        text = tr(N_("Copy, save or print: {title}"), title=title)
        self.setIcon(theme.icon("more"))
        self.setToolTip(text)
        self.setAccessibleName(text)
