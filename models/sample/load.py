"""The sample into a book: one change, which one undo takes away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from models.book import Book
from models.change import Change
from models.progress import SILENT, Progress
from models.sales.stages import STANDARD
from models.sample import growth, plans, voice
from models.sample.customers import Customer
from models.sample.deals import ODDS, Deal
from models.sample.evaluations import Cite
from models.sample.orders import Order
from models.sample.words import Words
from models.sample.world import World, build
from models.texts import N_, in_language

SEED = 20_260_101

_FIELDS = {
    "region": "name code manager",
    "team": "name manager region",
    "salesperson": "name employee_no team manager region position hire_date phone email wechat birthday status ramp_profile",
    "customer": "name code industry segment region country province city address grade lifecycle owner phone "
    "tax_code annual_revenue employees founded_year source tags first_contact_on next_contact_due active notes "
    "pool_status",
    "contact": "name customer title phone email wechat birthday primary active",
    "product": "name code category subcategory series unit list_price cost active",
    "opportunity": "code name customer contact owner product stage status amount probability opened_on "
    "expected_close closed_on lost_reason source notes forecast_category",
    "stage_change": "opportunity at stage amount expected_close probability",
    "order": "code customer owner region country province city ordered_on due_on shipped_on ship_mode amount "
    "returned status",
    "order_line": "order line_no product quantity unit_price discount amount cost profit",
    "receipt": "code customer order received_on amount method",
    "activity": "at kind person customer contact opportunity result next_step duration_minutes notes",
    **plans.FIELDS,
    **growth.FIELDS,
    **voice.FIELDS,
}


def load(
    book: Book,
    language: str = "zh_CN",
    today: date | None = None,
    seed: int = SEED,
    progress: Progress = SILENT,
) -> int:
    """Fill a book with the sample team; gives the change's number.

    The two years end on ``today``, so that the screens look alive; the same seed and day give the
    same records.

    Raises:
        BookUnavailable: the book can't be written. Cancelled: nothing was written.
    """
    words = _words(language)
    world = build(words, today or date.today(), seed)
    progress.step(0.3)
    reason = in_language("zh_CN" if language.startswith("zh") else "en", N_("Sample team"))
    with book.change(reason, "sample", keep_history=False) as change:
        _Writer(book, change).write(world, words, progress)
        progress.step(0.7)
    progress.step(1.0)
    return change.no


def _words(language: str) -> Words:
    if language.lower().startswith("zh"):
        from models.sample.words_zh import ZH

        return ZH
    from models.sample.words_en import EN

    return EN


class _Writer:
    """Writes the lists of a world, each link moved to where its target's rows begin."""

    def __init__(self, book: Book, change: Change) -> None:
        self._book, self._change = book, change
        self._first = {one.id: change.next_row(one.id) for one in book.schema}
        self._entities = {one.id: one for one in book.schema}

    def write(self, world: World, words: Words, progress: Progress) -> None:
        """Write everything, in the order in which links point backwards where they can."""
        self._add("region", world.regions)
        self._add("salesperson", world.people)
        self._add("team", world.teams)
        self._rows("customer", _owned(world.customers))
        self._add("contact", world.contacts)
        progress.step(0.4)
        self._add("product", world.products)
        self._stages(words)
        self._add("opportunity", world.deals)
        self._rows("stage_change", _steps(world.deals))
        progress.step(0.5)
        self._add("order", world.orders)
        self._rows("order_line", _lines(world.orders))
        self._add("receipt", world.receipts)
        progress.step(0.6)
        self._add("activity", world.activities)
        for kind, rows in (*world.plans.rows.items(), *world.voices.items()):
            self._rows(kind, rows)
        for kind, rows in self._growing(world, words).all().items():
            self._rows(kind, rows)
        if words.calendar != self._book.calendar.work_calendar:
            self._change.set_book({"work_calendar": words.calendar})

    def _growing(self, world: World, words: Words) -> growth.Growing:
        owner, status = (_FIELDS["task"].split().index(one) for one in ("owner", "status"))
        return growth.Growing(
            "zh_CN" if words.calendar == "CN" else "en",
            world.calendar,
            world.people,
            world.customers,
            world.deals,
            [(one[owner], one[status]) for one in world.plans.rows["task"]],
            self._named,
        )

    def _named(self, entity_id: str, place: int) -> str:
        """The public id of a record by its place in the sample."""
        return self._book.public_id(entity_id, self._first[entity_id] + place)

    def _stages(self, words: Words) -> None:
        self._change.add_many("pipeline", ("name",), [(words.pipeline,)])
        self._change.add_many(
            "stage",
            (
                "name",
                "pipeline",
                "order_no",
                "kind",
                "probability",
                "typical_days",
                "exit_criteria",
            ),
            [
                (
                    words.stages[at],
                    self._first["pipeline"],
                    (at + 1) * 10,
                    kind,
                    odds,
                    days,
                    words.criteria[at] if at < len(words.criteria) else None,
                )
                for at, ((_, kind, _, days), odds) in enumerate(zip(STANDARD, ODDS, strict=True))
            ],
        )

    def _add(self, entity_id: str, records: Sequence[object]) -> None:
        self._rows(entity_id, map(attrgetter(*_FIELDS[entity_id].split()), records))

    def _rows(self, entity_id: str, rows: Iterable[tuple[Any, ...]]) -> None:
        names = _FIELDS[entity_id].split()
        entity = self._entities[entity_id]
        moved = [
            (at, self._first[entity.field(name).target])
            for at, name in enumerate(names)
            if entity.field(name).kind == "link"
        ]
        named = [at for at, name in enumerate(names) if name == "cites"]
        self._change.add_many(entity_id, names, self._cited(_moved(rows, moved), named))

    def _cited(
        self, rows: Iterator[Sequence[Any]], columns: Sequence[int]
    ) -> Iterator[Sequence[Any]]:
        """Records that texts name, by their public ids."""
        for row in rows:
            if any(isinstance(row[at], Cite) for at in columns):
                cells = list(row)
                for at in columns:
                    cells[at] = self._id(cells[at])
                yield cells
            else:
                yield row

    def _id(self, cell: Any) -> Any:
        if not isinstance(cell, Cite):
            return cell
        return self._book.public_id(cell.entity, self._first[cell.entity] + cell.row)


def _moved(
    rows: Iterable[tuple[Any, ...]], columns: Sequence[tuple[int, int]]
) -> Iterator[Sequence[Any]]:
    for row in rows:
        cells = list(row)
        for at, by in columns:
            if cells[at] is not None:
                cells[at] += by
        yield cells


def _owned(customers: Sequence[Customer]) -> Iterator[tuple[Any, ...]]:
    """Customers as they are written: those in the pool have no owner any more."""
    names = _FIELDS["customer"].split()
    read, owner = attrgetter(*names), names.index("owner")
    for one in customers:
        row = list(read(one))
        if one.pool_status == "pool":
            row[owner] = None
        yield tuple(row)


def _steps(deals: Sequence[Deal]) -> Iterator[tuple[Any, ...]]:
    for at, deal in enumerate(deals):
        for one in deal.steps:
            yield at, one.at, one.stage, one.amount, one.expected_close, one.probability


def _lines(orders: Sequence[Order]) -> Iterator[tuple[Any, ...]]:
    read = attrgetter(*_FIELDS["order_line"].split()[2:])
    for at, order in enumerate(orders):
        for number, line in enumerate(order.lines, 1):
            yield at, number, *read(line)
