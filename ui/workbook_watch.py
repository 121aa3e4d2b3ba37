"""The watched folder of a book: workbooks that appear in it come onto the desk by themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from models.progress import Progress
from models.texts import N_, ntr, tr
from models.workbooks import waiting
from ui import files
from ui.session import Session
from ui.workbook_desk import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.pages.workbook_slip import Slip

EVERY = 5_000  # ms between looks: two of them find a file complete
_NAMED = 3  # files that a notice names


class Watch(QObject):
    """Watches for one session; it ends with it. Reading a folder is a quiet job."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session, self._book = session, session.book.id
        self._looking, self._told = False, False
        self._on_desk: dict[Path, str] = {}  # by the digest of what was taken in
        self._watch: waiting.Watch | None = None
        self._waiting: tuple[waiting.Waiting, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        session.closing.connect(self._timer.stop)
        desk = Desk.of(session)
        desk.applied.connect(self._handled)
        desk.aside.connect(self._handled)
        desk.undone.connect(self._undone)
        self._use(session.settings.workbook_folder(self._book))

    @classmethod
    def of(cls, session: Session) -> Watch:
        """That of a session, made when it is first asked for."""
        return session.findChild(cls) or cls(session)

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return self._watch.folder if self._watch is not None else None

    def ask(self, parent: QWidget) -> None:
        """Ask for the folder."""
        found = files.ask_folder(parent, tr(N_("Watched folder…")), str(self.folder or ""))
        if found is not None:
            self.watch(found)

    def watch(self, folder: Path | None) -> None:
        """Watch a folder from now on, or none; whichever window of the book says so, all do."""
        before, sessions = self.folder, self._session.shared.sessions
        self._session.settings.keep_workbook_folder(self._book, folder)
        for one in sessions:
            Watch.of(one)._use(folder)
            one.watched_changed.emit()
        if folder is not None:
            text = N_("Workbooks that appear in {folder} come here by themselves.")
            self._session.said.emit(tr(text, folder=str(folder)), 0)
            Watch.of(sessions[0]).look()
        elif before is not None:
            text = N_("The folder {folder} is no longer watched.")
            self._session.said.emit(tr(text, folder=str(before)), 0)

    def _use(self, folder: Path | None) -> None:
        self._told = False
        self._on_desk.clear()
        if folder is None:
            self._watch = None
            self._timer.stop()
            self._put(())
            return
        seen = waiting.seen_of(self._session.settings.workbook_seen(self._book))
        self._watch = waiting.Watch(folder, seen)
        self._timer.start()

    def look(self) -> None:
        """Look into the folder once."""
        watch = self._watch
        first = self._session.shared.sessions[0] is self._session  # of several windows one looks
        if watch is None or self._looking or not first:
            return
        self._looking = True

        def work(_: Progress) -> tuple[waiting.Watch, tuple[waiting.Waiting, ...]]:
            return watch, watch.step()

        self._session.jobs.run("", work, self._found, self._failed)

    def _found(self, looked: tuple[waiting.Watch, tuple[waiting.Waiting, ...]]) -> None:
        self._looking = False
        watch, found = looked
        if self._watch is not watch:
            return  # meanwhile another folder is watched, or none
        if watch.fault and not self._told:
            text = N_("The watched folder {folder} can't be read.")
            self._session.refused.emit(tr(text, folder=str(watch.folder)))
        self._told = watch.fault
        self._put(found)
        fresh = [one for one in found if self._on_desk.get(one.path) != one.digest]
        if not fresh:
            return
        for one in fresh:
            self._on_desk[one.path] = one.digest
        names = tr(N_(", ")).join(one.path.name for one in fresh[:_NAMED])
        said = ntr(
            "{n} workbook came back: {names}",
            "{n} workbooks came back: {names}",
            len(fresh),
            names=names + ("…" if len(fresh) > _NAMED else ""),
        )
        self._session.said.emit(said, 0)
        Desk.of(self._session).add([one.path for one in fresh])

    def _failed(self, _: object) -> None:
        self._looking = False

    def _put(self, found: tuple[waiting.Waiting, ...]) -> None:
        names = tuple(one.path.name for one in found)
        self._waiting = found
        if names != self._session.waiting_files:
            self._session.waiting_files = names
            self._session.waiting_changed.emit()

    def _handled(self, slips: Sequence[Slip]) -> None:
        """What was applied or put aside waits no more, also after the next start."""
        if self._watch is None:
            return
        paths = {one.path for one in slips}
        done = [one for one in self._waiting if one.path.absolute() in paths]
        if done:
            self._watch.done(done)
            self._session.settings.keep_workbook_seen(self._book, self._watch.seen.text())
            self._put(tuple(one for one in self._waiting if one not in done))

    def _undone(self, slips: Sequence[Slip]) -> None:
        """What was applied and undone waits again, also after the next start."""
        if self._watch is None:
            return
        paths = {one.path for one in slips}
        self._watch.again(
            digest for path, digest in self._on_desk.items() if path.absolute() in paths
        )
        self._session.settings.keep_workbook_seen(self._book, self._watch.seen.text())
        self.look()
