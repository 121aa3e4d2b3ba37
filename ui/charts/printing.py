"""Printing charts, and saving them as the same pages in a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files
from ui.charts.canvas import Chart
from ui.charts.data import ChartData
from ui.jobs import Jobs

_Asked = list[tuple[ChartData, frozenset[str]]]


class Printing(QObject):
    """Draws charts for paper in the background and gives them to a printer or a file."""

    done = Signal(str)
    refused = Signal(str)

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs, self._owner = jobs, parent
        self._heading, self._asked = "", _Asked()
        self._printer: Any = None
        self._dialog: Any = None

    def ask_print(self, heading: str, charts: Sequence[Chart]) -> None:
        """Ask for a printer and print there."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from ui.charts import paper

        self._heading, self._asked = heading, _asked(charts)
        if not self._asked:
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(heading)
        self._printer.setPageLayout(paper.layout())
        self._dialog = QPrintDialog(self._printer, self._owner)
        self._dialog.setWindowTitle(tr(N_("Print…")).removesuffix("…"))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.accepted.connect(self._print)
        QDialog.open(self._dialog)  # its own of this name wants a slot to be named

    def _print(self) -> None:
        """Draw in the background; the printer is fed in the window's thread, as systems ask."""
        printer, asked, heading = self._printer, self._asked, self._heading

        def work(progress: Progress) -> Any:
            return printer, heading, _drawn(asked, progress)

        self._jobs.run(tr(N_("Drawing…")), work, self._feed, self._failed)

    def _feed(self, made: tuple[Any, str, list[Any]]) -> None:
        from ui.charts import paper

        printer, heading, drawn = made
        count = paper.paint(printer, heading, drawn)
        self.done.emit(ntr("{n} page sent to the printer", "{n} pages sent to the printer", count))

    def ask_pdf(self, heading: str, charts: Sequence[Chart]) -> None:
        """Ask for a file and write the pages there."""
        name = heading.replace(" · ", " ") + ".pdf"
        path = files.ask_save(self._owner, tr(N_("Save as PDF…")), name, "PDF (*.pdf)")
        if path is not None:
            self.pdf(path, heading, charts)

    def pdf(self, path: Path, heading: str, charts: Sequence[Chart]) -> None:
        """Write the pages that a printer would print."""
        asked = _asked(charts)
        if not asked:
            return

        def work(progress: Progress) -> Path:
            from models.sheets import placing
            from ui.charts import paper

            placing.put(path, paper.pdf(heading, _drawn(asked, progress), heading))
            return path

        self._jobs.run(tr(N_("Drawing…")), work, self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        self.done.emit(tr(N_("Saved: {file}"), file=path.name))

    def _failed(self, error: Exception) -> None:
        if str(error):
            self.refused.emit(str(error))


def _asked(charts: Sequence[Chart]) -> _Asked:
    return [
        (one.data, one.legend.hidden_parts)
        for one in charts
        if one.data is not None and one.data.bars
    ]


def _drawn(asked: _Asked, progress: Progress) -> list[Any]:
    from ui.charts import paper

    made: list[Any] = []
    for data, hidden in asked:
        progress.step(len(made) / len(asked), data.title)
        made.append(paper.draw(data, hidden))
    return made
