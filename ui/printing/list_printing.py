"""Printing a list, and saving it as the same pages in a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files

if TYPE_CHECKING:
    from ui.printing.lines import Lines, Sheet
    from ui.records.record_page import RecordPage

_MOST = 20_000  # lines that are sent to a printer; more are hardly meant


class ListPrinting(QObject):
    """Puts what a list shows on paper; PDFs are made in the background."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page = page
        self._printer: Any = None
        self._dialog: Any = None

    def _asked(self) -> Callable[[], tuple[Lines, Sheet]]:
        """What is shown now; what is called makes its lines, and may take its time for that."""
        from ui.printing.lines import Lines

        page = self._page
        book, entity, seen = page.session.book, page.entity, page.list_view.seen()
        saved, title, more = page.list_view.saved, page.title.text(), page.said_of_questions()
        name = "" if saved is None else saved.title

        def make() -> tuple[Lines, Sheet]:
            lines = Lines(book, entity, seen)
            return lines, lines.sheet(title, name, more)

        return make

    def ask_print(self) -> None:
        """Ask for a printer and print there."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        if len(self._page.model.ids) > _MOST:
            text = N_("{n} records are too many to print. Narrow the list, or save it as a PDF.")
            self._page.session.refused.emit(tr(text, n=f"{len(self._page.model.ids):,}"))
            return
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(self._page.title.text())
        self._dialog = QPrintDialog(self._printer, self._page)
        self._dialog.setWindowTitle(tr(N_("Print…")).removesuffix("…"))
        self._dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog.accepted.connect(self._print)
        QDialog.open(self._dialog)  # its own of this name wants a slot to be named

    def _print(self) -> None:
        """A printer is fed in the window's thread, as systems ask."""
        from ui.printing import list_paper

        lines, sheet = self._asked()()
        count = list_paper.paint(self._printer, lines, sheet, Progress())
        said = ntr("{n} page sent to the printer", "{n} pages sent to the printer", count)
        self._page.session.said.emit(said, 0)

    def ask_pdf(self) -> None:
        """Ask for a file and write the pages there."""
        name = self._page.title.text() + ".pdf"
        path = files.ask_save(self._page, tr(N_("Save as PDF…")), name, "PDF (*.pdf)")
        if path is not None:
            self.pdf(path)

    def pdf(self, path: Path) -> None:
        """Write the pages that a printer would print."""
        from ui.printing import list_paper

        session = self._page.session
        make = self._asked()

        def work(progress: Progress) -> str:
            from models.sheets import placing

            with session.book.reading():
                lines, sheet = make()
                placing.put(path, list_paper.pdf(lines, sheet, progress))
            return path.name

        text = tr(N_("Writing {file}"), file=path.name)
        session.jobs.run(text, work, self._saved, self._failed)

    def _saved(self, name: str) -> None:
        self._page.session.said.emit(tr(N_("Written: {file}"), file=name), 0)

    def _failed(self, error: Exception) -> None:
        if str(error):
            self._page.session.refused.emit(str(error))
