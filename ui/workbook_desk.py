"""What came back and waits on one window's desk: reads files, merges again when the book changes, applies.

Everything is a job; nothing else in the program waits for it. Screens show ``slips`` and hear ``changed``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.book import Book, Notice
from models.progress import Cancelled, Progress
from models.texts import N_, ntr, tr
from models.workbooks.items import LEAVE, Decision, Merged
from ui.pages.workbook_entries import Entry, entries, open_entries
from ui.pages.workbook_slip import DONE, FAILED, READING, READY, WRITING, Slip
from ui.session import Session

if TYPE_CHECKING:
    from models.workbooks.collecting import Applied, Failed

_SETTLE = 400  # ms after a change of the book before everything is merged again
_Read = tuple["Merged | Failed", list[Entry], str]


class Desk(QObject):
    """The returned workbooks of one session, until it ends."""

    changed = Signal()  # slips came, went, or are further
    applied = Signal(object)  # the slips that were applied, when all of them are
    aside = Signal(object)  # the slips that were put aside
    undone = Signal(object)  # the slips whose change was undone: they are to be decided again
    _done_one = Signal(str, object)  # out of a worker: a slip's key, what became of it

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.slips: list[Slip] = []
        self._taken_in: set[Path] = set()  # files that were here once
        self._job: Progress | None = None
        self._watched = False
        self._stale = True  # whether the book says something else than what is shown rests on
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_SETTLE)
        self._again.timeout.connect(self._merge_again)
        self._done_one.connect(self._further)
        session.news.connect(self._heard)
        session.closing.connect(self._stop)

    @classmethod
    def of(cls, session: Session) -> Desk:
        """The desk of a session, made when it is first asked for."""
        return session.findChild(cls) or cls(session)

    def _stop(self) -> None:
        self._again.stop()
        self._session.news.disconnect(self._heard)

    @property
    def busy(self) -> bool:
        """Whether files are being read or written."""
        return self._job is not None

    def slip(self, key: str) -> Slip | None:
        """A slip by its key."""
        return next((one for one in self.slips if one.key == key), None)

    def knows(self, path: Path) -> bool:
        """Whether a file is or was on the desk."""
        return path.absolute() in self._taken_in

    # -- reading -----------------------------------------------------------------------------------

    def add(self, paths: Iterable[Path]) -> None:
        """Take files in, and folders with all workbooks in them; one that is here is read again."""
        from models.workbooks import collecting

        for path in collecting.workbooks_of(list(paths)):
            path = path.absolute()
            self._taken_in.add(path)
            known = self.slip(str(path))
            if known is None:
                self.slips.insert(self._first_open(), Slip(path))
            elif known.state != WRITING:
                known.state, known.said, known.decisions = READING, "", {}
        self.changed.emit()
        self._read_next()

    def _first_open(self) -> int:
        """Files stand before decisions that stayed open."""
        return sum(one.path is not None for one in self.slips)

    def _read_next(self) -> None:
        waiting = [one for one in self.slips if one.state == READING and one.path is not None]
        if not waiting or self._job is not None:
            return
        book = self._session.book
        text = (
            tr(N_("Reading {file}"), file=waiting[0].title)
            if len(waiting) == 1
            else ntr("Reading {n} workbook", "Reading {n} workbooks", len(waiting))
        )
        self._run(text, waiting, lambda slip, progress: _read(book, slip, progress))

    def _run(self, text: str, slips: Sequence[Slip], work: Callable[[Slip, Progress], Any]) -> None:
        """One after the other in one job; each is shown as soon as it is through."""
        tell, listed = self._done_one.emit, list(slips)

        def job(progress: Progress) -> list[Slip]:
            for at, slip in enumerate(listed):
                tell(slip.key, work(slip, _share(progress, at, len(listed))))
            return listed

        self._job = self._session.jobs.run(text, job, self._through, self._failed)

    def _further(self, key: str, found: Any) -> None:
        slip = self.slip(key)
        if slip is None or self._job is None:
            return  # put aside meanwhile
        if isinstance(found, tuple):
            self._was_read(slip, found)
        else:
            self._was_written(slip, found)
        self.changed.emit()

    def _was_read(self, slip: Slip, found: _Read) -> None:
        merged, lines, name = found
        if not isinstance(merged, Merged):
            slip.state, slip.said, slip.merged, slip.entries = FAILED, _said(merged), None, ()
            return
        manifest = merged.file.manifest
        before = slip.entries
        slip.state, slip.merged, slip.entries = READY, merged, lines
        slip.workbook, slip.person = manifest.workbook, manifest.person or 0
        slip.name, slip.since = name, manifest.base_change
        slip.issued_at = manifest.issued_at
        slip.decisions = _still(before, lines, slip.decisions)

    # -- applying ----------------------------------------------------------------------------------

    def apply(self, slips: Sequence[Slip]) -> None:
        """Write what is decided and safe: one change a file, one for the decisions of one workbook."""
        chosen = [one for one in slips if one.ready]
        if not chosen or self._job is not None:
            return
        session, first = self._session, True

        def write(slip: Slip, progress: Progress) -> Any:
            nonlocal first
            if first:
                session.first()
                first = False
            return _write(session.book, slip, progress)

        for one in chosen:
            one.state = WRITING
        self.changed.emit()
        text = (
            tr(N_("Merging {file}"), file=chosen[0].title)
            if len(chosen) == 1
            else ntr("Merging {n} workbook", "Merging {n} workbooks", len(chosen))
        )
        self._run(text, chosen, write)

    def _was_written(self, slip: Slip, done: Applied | int | Exception) -> None:
        if isinstance(done, Exception):
            slip.state = READY
            self._session.refused.emit(f"{slip.title}: {done}")
            return
        slip.state = DONE
        if isinstance(done, int):
            slip.change = done
            slip.said = tr(N_("The decisions are in the book."))
        else:
            slip.change = done.change or 0
            slip.said = _counts(done)

    def _through(self, slips: list[Slip]) -> None:
        self._job = None
        written = [one for one in slips if one.state == DONE]
        if written:
            self._tell(written)
            self.applied.emit(written)
        self.look()
        self.changed.emit()
        self._read_next()
        if self._stale and self._watched:
            self._again.start()

    def _tell(self, written: Sequence[Slip]) -> None:
        if len(written) == 1:
            [one] = written
            self._session.said.emit(f"{one.title}: {one.said}", one.change)
            return
        said = ntr("{n} workbook merged, each as one change that can be taken back by itself.", "{n} workbooks merged, each as one change that can be taken back by itself.", len(written))  # fmt: skip
        waiting = sum(one.undecided for one in written)
        if waiting:
            said += " " + ntr("{n} decision stays open.", "{n} decisions stay open.", waiting)
        self._session.said.emit(said, 0)

    def _failed(self, error: Exception) -> None:
        """A refusal, or somebody stopped it: what was not reached is as it was."""
        self._job = None
        for one in [*self.slips]:
            if one.state == WRITING:
                one.state = READY
            elif one.state == READING:
                self.slips.remove(one)
        if str(error) and not isinstance(error, Cancelled):
            self._session.refused.emit(str(error))
        self.look()
        self.changed.emit()

    def put_aside(self, slip: Slip) -> None:
        """Take a file from the desk; the file stays where it is, the book as it is."""
        if slip.state != WRITING and slip in self.slips:
            self.slips.remove(slip)
            self.aside.emit([slip])
            self.changed.emit()

    # -- what changes meanwhile --------------------------------------------------------------------

    def _heard(self, notice: Notice) -> None:
        self._stale = True
        if self._watched:
            self._again.start()

    def watch(self, *, seen: bool) -> None:
        """Whether somebody looks at it: only then it follows the book, else when somebody does again."""
        self._watched = seen
        if seen and self._stale:
            self._merge_again()

    def _merge_again(self) -> None:
        """The book says something else now: merge again what waits, and bring back what was undone."""
        if self._job is not None or not self._stale:
            return  # it starts this again when it is through
        self._stale = False
        book = self._session.book
        back = [
            one
            for one in self.slips
            if one.state == DONE
            and one.path is not None
            and one.change
            and _undone(book, one.change)
        ]
        for one in back:
            one.state, one.change, one.said = READY, 0, ""
        if back:
            self.undone.emit(back)
        waiting = [
            one
            for one in self.slips
            if one.ready and one.merged is not None and one.merged.matched_at < book.last_change
        ]
        self.look()
        if not waiting:
            return
        tell = self._done_one.emit

        def work(progress: Progress) -> list[Slip]:
            for one in waiting:
                progress.step(0)
                tell(one.key, _merge(book, one))
            return []

        self._job = self._session.jobs.run("", work, self._through, self._failed)

    def look(self) -> None:
        """Read the decisions that stayed open, workbook by workbook."""
        book = self._session.book

        def work(_: Progress) -> list[Slip]:
            return _open_slips(book)

        self._session.jobs.run("", work, self._found_open, _nothing)

    def _found_open(self, found: list[Slip]) -> None:
        before = {one.key: one for one in self.slips if one.path is None}
        for one in found:
            known = before.get(one.key)
            if known is not None:
                one.decisions = _still(known.entries, one.entries, known.decisions)
        self.slips = [one for one in self.slips if one.path is not None] + [
            before[one.key] if one.key in before and before[one.key].state == WRITING else one
            for one in found
        ]
        self.changed.emit()


def _nothing(_: object) -> None:
    pass


def _share(progress: Progress, at: int, of: int) -> Progress:
    """The progress of one part of several that are alike; a cancel goes through."""

    def report(fraction: float, text: str) -> None:
        progress.step((at + fraction) / of, text)

    progress.step(at / of)
    return Progress(report)


def _read(book: Book, slip: Slip, progress: Progress) -> _Read:
    from models.workbooks import collecting

    assert slip.path is not None
    [found] = collecting.prepare(book, [slip.path], progress)
    return _lines(book, found)


def _merge(book: Book, slip: Slip) -> _Read:
    from models.workbooks import merging

    assert slip.merged is not None
    return _lines(book, merging.merge(book, slip.merged.file))


def _lines(book: Book, found: Merged | Failed) -> _Read:
    if not isinstance(found, Merged):
        return found, [], ""
    person = found.file.manifest.person
    with book.reading():
        return found, entries(book, found), book.label("salesperson", person) if person else ""


def _write(book: Book, slip: Slip, progress: Progress) -> Any:
    """Apply a slip; a refusal of one keeps none of the others from being written."""
    from models.refusals import Refused
    from models.workbooks import collecting, conflicts

    try:
        if slip.merged is not None:
            return collecting.apply_whole(book, slip.merged, slip.decisions, progress)
        decided = {
            int(id): one for id, one in slip.decisions.items() if one.take != LEAVE or one.comment
        }
        return conflicts.resolve_many(book, decided)
    except Refused as refused:
        return refused


def _open_slips(book: Book) -> list[Slip]:
    from models.workbooks import conflicts

    found: dict[int, list[Any]] = {}
    for one in conflicts.listed(book):
        found.setdefault(one.workbook, []).append(one)
    made = []
    for workbook, opens in found.items():
        record = book.record("workbook", workbook)
        made.append(
            Slip(
                None, READY, None, open_entries(book, opens), workbook, opens[0].person or 0,
                opens[0].person_name or opens[0].workbook_name,
                record["issued_at"].isoformat() if record["issued_at"] else "",
                record["base_change"] or 0,
            )
        )  # fmt: skip
    return made


def _still(
    before: Sequence[Entry], now: Sequence[Entry], decisions: Mapping[str, Decision]
) -> dict[str, Decision]:
    """The decisions that were made on what stands there now; one of other values is made anew."""

    def seen(one: Entry) -> tuple[str, ...]:
        return one.kind, one.mine, one.theirs, one.result

    known = {one.id: seen(one) for one in before}
    same = {one.id for one in now if known.get(one.id) == seen(one)}
    return {id: one for id, one in decisions.items() if id in same}


def _undone(book: Book, change: int) -> bool:
    info = book.info(change)
    return info is not None and info.undone


def _said(failed: Failed) -> str:
    where = failed.place.text()
    return f"{where}: {failed.message}" if where else failed.message


def _counts(done: Applied) -> str:
    if done.change is None:
        return tr(N_("Nothing changed: the book says all of it already."))
    parts = [
        ntr("{n} taken", "{n} taken", done.taken) if done.taken else "",
        ntr("{n} added", "{n} added", done.added) if done.added else "",
        ntr("{n} removed", "{n} removed", done.removed) if done.removed else "",
        ntr("{n} to decide", "{n} to decide", len(done.open)) if done.open else "",
    ]
    return tr(N_(", ")).join(one for one in parts if one) or tr(
        N_("The decisions are in the book.")
    )
