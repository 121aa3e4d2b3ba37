"""Workbooks out: one for each person, all of a call as one change, files and memory together.

Everything is read and written beside its place first, in one view of the book; the door is passed for
the records and the placing alone. If somebody else wrote meanwhile, it is read again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from models import moments, names, texts
from models.book import Book
from models.change import Change
from models.dialects import Connection
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.sheets.placing import Together
from models.texts import N_, tr
from models.workbooks import manifest, memory
from models.workbooks.around import Around
from models.workbooks.contents import SheetPlan
from models.workbooks.manifest import Manifest
from models.workbooks.peer_review import PeerReviews
from models.workbooks.personal import AFTER_GOALS, BEFORE_GOALS, Contents
from models.workbooks.self_review import SelfReviews
from models.workbooks.sheets_out import Paper

_TRIES = 2  # without holding the door
_LINK_LIST = 3_000  # names in a drop-down
_SHARED = {
    "stage": "order_no, id",
    "product": "id",
    "region": "id",
}  # what everybody may choose from


@dataclass(frozen=True)
class Issued:
    """A workbook that was handed out; ``rows`` is how many records are in it."""

    workbook: int
    person: int
    path: Path
    rows: int


@dataclass(frozen=True)
class Wanted:
    """What is to be handed out, to whom and how."""

    people: tuple[int, ...]
    folder: Path
    language: str
    personal: bool
    on: date
    due_back: date | None


class _Moved(Exception):
    """Somebody wrote to the book while the workbooks were made."""


def issue(
    book: Book,
    people: Sequence[int],
    folder: Path,
    *,
    language: str | None = None,
    personal: bool = True,
    on: date,
    due_back: date | None = None,
    progress: Progress = SILENT,
) -> list[Issued]:
    """Hand out workbooks to people, as one change; gives them in the order of the people.

    ``language`` is that of the workbooks, the current one if it isn't said; without ``personal``,
    fields about natural persons stay at home.

    Raises:
        Refused: nobody is named, somebody is unknown, or the folder can't be written. Cancelled.
            Either way there is neither a new file nor a change.
    """
    wanted = Wanted(
        tuple(dict.fromkeys(people)), folder, language or texts.language(), personal, on, due_back
    )
    _assert_possible(book, wanted)
    with texts.speaking(wanted.language):
        for _ in range(_TRIES):
            try:
                return _beside(book, wanted, progress)
            except _Moved:
                continue
        return _inside(book, wanted, progress)


def _assert_possible(book: Book, wanted: Wanted) -> None:
    if not wanted.people:
        raise Refused("nobody", N_("Nobody is chosen to get a workbook."))
    alive = set(book.ids("salesperson", among=wanted.people))
    if any(one not in alive for one in wanted.people):
        raise Refused("gone", N_("This record has been removed meanwhile."))
    if not wanted.folder.is_dir():
        raise Refused(
            "no_such_folder",
            N_("There is no folder {folder}."),
            place=Place(file=wanted.folder.name),
            folder=str(wanted.folder),
        )


def _reason(wanted: Wanted) -> str:
    return N_("Issue workbooks") if len(wanted.people) > 1 else N_("Issue a workbook")


def _beside(book: Book, wanted: Wanted, progress: Progress) -> list[Issued]:
    """Everything is made before the door is passed."""
    with Together() as files:
        with book.reading() as db:
            no = int(db.one("SELECT coalesce(max(id), 0) FROM change")) + 1
            batch = _Batch(book, db, wanted, no)
            batch.write(files, progress)
        try:
            with book.change(_reason(wanted), "workbook") as change:
                if change.no != no:
                    raise _Moved
                batch.keep(change)
                progress.step(0.99)  # the last moment at which it can be stopped
                files.place()
        except BaseException:
            files.take_back()
            raise
    return batch.issued


def _inside(book: Book, wanted: Wanted, progress: Progress) -> list[Issued]:
    """The same with the door held, where others write all the time."""
    with Together() as files:
        try:
            with book.change(_reason(wanted), "workbook") as change:
                batch = _Batch(book, change.db, wanted, change.no)
                batch.write(files, progress)
                batch.keep(change)
                progress.step(0.99)
                files.place()
        except BaseException:
            files.take_back()
            raise
    return batch.issued


@dataclass
class _Made:
    """A workbook that lies beside its place."""

    manifest: Manifest
    packed: bytes
    path: Path
    rows: int = field(default=0)


class _Batch:
    """The workbooks of one call, in one view of the book; ``no`` is the change that hands them out."""

    def __init__(self, book: Book, db: Connection, wanted: Wanted, no: int) -> None:
        self.book, self.db, self.wanted, self.no = book, db, wanted, no
        self._contents = Contents(book, db, wanted.people, wanted.on, personal=wanted.personal)
        # Without personal fields nothing leaves that is about somebody.
        judged = wanted.people if wanted.personal else ()
        self._reviews = SelfReviews(db, judged, wanted.on)
        self._peers = PeerReviews(db, judged)
        self._secret = memory.secret(db) or memory.fresh_secret()
        self._first = int(db.one("SELECT coalesce(max(id), 0) + 1 FROM workbook"))
        self._at = moments.now()
        self._made: list[_Made] = []
        self._names = {
            row: str(name or "")
            for row, name in db.run("SELECT id, name FROM salesperson WHERE alive = 1")
        }
        self._shared = {entity: self._offers(entity) for entity in _SHARED}

    @property
    def issued(self) -> list[Issued]:
        """What was handed out."""
        return [
            Issued(one.manifest.workbook, one.manifest.person or 0, one.path, one.rows)
            for one in self._made
        ]

    def write(self, files: Together, progress: Progress) -> None:
        """Write every file beside its place.

        Raises:
            Refused: the place can't be written. Cancelled.
        """
        progress.step(0.0, tr(N_("Reading the book")))
        around = Around(self.book, self.db, self.wanted.people, self.wanted.on, self._names)
        total = len(self.wanted.people)
        for at, person in enumerate(self.wanted.people):
            progress.step(0.1 + 0.89 * at / total, self._names[person])
            self._write(files, self._first + at, person, around)

    def _write(self, files: Together, workbook: int, person: int, around: Around) -> None:
        before = self._contents.plans(person, BEFORE_GOALS)
        before += around.plans(self._contents.values, person)
        before += self._reviews.plans(self._contents.values, person)
        before += self._peers.plans(self._contents.values, person)
        after = self._contents.plans(person, AFTER_GOALS)
        plans = [*before, *after]
        made = Manifest(
            self.book.public.tag,
            workbook,
            person,
            texts.language(),
            self._at.isoformat(),
            self.no,
            tuple(one.issued() for one in plans),
            self._contents.labels(person, plans),
        )
        packed = made.packed()
        path = self.wanted.folder / self._file_name(workbook, person)
        offers = {**self._shared, **self._own_offers(plans)}
        with files.written(path) as beside:
            paper = Paper(beside, self.book.schema, self.book.public, self.book.currency)
            known = self._contents.known(person)
            around.before(paper, person, plans, self.wanted.due_back, known)
            for one in before:
                paper.table(one, made.labels, offers)
            around.goals(paper)
            for one in after:
                paper.table(one, made.labels, offers)
            around.answers(paper)
            paper.hidden(made, packed, manifest.seal(packed, self._secret))
            paper.close()
        rows = sum(len(one.rows) for one in plans)
        self._made.append(_Made(made, packed, path, rows))

    def _file_name(self, workbook: int, person: int) -> str:
        """By whom and when it was made, so that a lost hidden part can still be found again."""
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", self._names[person]).strip(" .")[:40]
        public = self.book.public_id("workbook", workbook)
        parts = (tr(N_("Daybook")), name or "-", self.wanted.on.isoformat(), public)
        return "_".join(parts) + ".xlsx"

    def _offers(self, entity: str) -> tuple[str, ...]:
        found = self.db.run(
            f"SELECT id FROM {entity} WHERE alive = 1 ORDER BY {_SHARED[entity]} LIMIT {_LINK_LIST}"
        )
        rows = [row for (row,) in found]
        labels = self._contents.values.labels(entity, rows)
        return tuple(dict.fromkeys(labels[row] for row in rows))

    def _own_offers(self, plans: Sequence[SheetPlan]) -> Mapping[str, tuple[str, ...]]:
        """What a person may choose from: their own customers, contacts and deals."""
        made = {}
        for plan in plans:
            if plan.entity in ("customer", "contact", "opportunity"):
                labels = self._contents.values.labels(plan.entity, plan.rows)
                ordered = sorted(set(labels.values()), key=names.sort_key)
                made[plan.entity] = tuple(one for one in ordered if one)[:_LINK_LIST]
        return made

    def keep(self, change: Change) -> None:
        """Write down what was handed out."""
        memory.make_secret(change.db, self._secret)
        self._contents.notices.hand_out(change)
        made = change.add_many(
            "workbook",
            ("name", "purpose", "person", "issued_at", "base_change", "due_back"),
            [
                (one.path.name, "personal", one.manifest.person, self._at, self.no, self.wanted.due_back)
                for one in self._made
            ],
        )  # fmt: skip
        if list(made) != [one.manifest.workbook for one in self._made]:
            raise _Moved
        for one in self._made:
            memory.keep_issued(change.db, one.manifest, one.packed)
