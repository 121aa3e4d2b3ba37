"""A list handed out for editing: the file that is made comes back and is merged like a personal workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.progress import Progress
from models.texts import N_, ntr, tr
from ui import files
from ui.records.list_frame import ListFrame

if TYPE_CHECKING:
    from models.workbooks.handing_out import Handed


def ask(page: ListFrame) -> None:
    """Ask for a folder, and write what is seen into it."""
    if page.bin_button.isChecked():
        said = N_("What is in the recycle bin can't be handed out for editing. Restore it first.")
        page.session.refused.emit(tr(said))
        return
    title = tr(N_("Folder for the workbook"))
    folder = files.ask_folder(page, title, "")
    if folder is not None:
        write(page, folder)


def write(page: ListFrame, folder: Path) -> None:
    """Write the records and columns that are seen, in the background."""
    session, entity = page.session, page.entity
    seen, saved = page.list_view.seen(), page.list_view.saved
    name = saved.title if saved is not None else page.title.text()
    book = session.book

    def work(progress: Progress) -> Handed:
        from models.workbooks import view_workbook

        ids, paths = seen.arranged.ids, seen.view.paths
        return view_workbook.issue_view(
            book, entity, ids, paths, folder, name=name, on=date.today(), progress=progress
        )

    def written(made: Handed) -> None:
        change = book.record("workbook", made.workbook)["base_change"] or 0
        text = ntr(
            "{n} record for editing: {file}. Edit it and collect it on the page Workbooks.",
            "{n} records for editing: {file}. Edit it and collect it on the page Workbooks.",
            made.rows,
            file=made.path.name,
        )
        session.said.emit(text, change)

    def failed(error: Exception) -> None:
        if str(error):
            session.refused.emit(str(error))

    session.jobs.run(tr(N_("Writing {file}"), file=name), work, written, failed)
