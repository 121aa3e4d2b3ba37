"""One rule for one position that stood before the period, records enough for every item, and grades as intended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from models.evaluations import cards
from models.evaluations.cards import Card
from models.evaluations.checks import FINE, LOOK, UNKNOWN, Check, Evaluated, Line, heads, row_of
from models.evaluations.result import ItemScore, Scored
from models.texts import N_, ntr, tr

LEAST_SUM, LEAST_SHARE = 5, 10  # records behind an amount or count; behind a rate or a mean


# -- minimum n -------------------------------------------------------------------------------------


def needed(item: ItemScore) -> int:
    """How many records an item should rest on before it says much."""
    if item.kind != "metric":
        return 1
    return LEAST_SUM if item.denominator is None else LEAST_SHARE


def few_records(every: Evaluated) -> Check:
    """Items that rest on too few records to say anything."""
    lines, items = [], 0
    for one in every.people:
        for item in one.items:
            if item.score is None or item.kind != "metric":
                continue
            items += 1
            if item.n < needed(item):
                lines.append(_few(every, one, item))
    return Check(
        "few",
        tr(N_("Items with few records")),
        (LOOK if lines else FINE) if items else UNKNOWN,
        _few_finding(items, len(lines)),
        tr(
            N_(
                "An amount or a count should rest on {sums} records or more, a rate or a mean on {rates} or more. Items that people judge have no records and are not listed."
            ),
            sums=LEAST_SUM,
            rates=LEAST_SHARE,
        ),
        heads(
            N_("Salesperson"),
            N_("Item"),
            N_("Records"),
            N_("Records needed"),
            N_("Points"),
            N_("Weight"),
        ),
        (2, 3, 4, 5),
        tuple(lines),
    )


def _few_finding(items: int, few: int) -> str:
    if not items:
        return tr(N_("No computed item has points yet."))
    if not few:
        return tr(N_("Every computed item rests on records enough."))
    return ntr(
        "{n} of {items} scores rests on so few records that it says little.",
        "{n} of {items} scores rest on so few records that they say little.",
        few,
        items=items,
    )


def _few(every: Evaluated, one: Scored, item: ItemScore) -> Line:
    book, rows = every.book, defaultdict(list)
    for record in item.records:
        rows[record.entity].append(row_of(book, record))
    sentence = ntr(
        "{item} of {name} rests on {n} record; {least} are needed to say much.",
        "{item} of {name} rests on {n} records; {least} are needed to say much.",
        item.n,
        item=item.name,
        name=one.name,
        least=needed(item),
    )
    cells = (
        one.name, item.name, str(item.n), str(needed(item)), str(item.score),
        f"{item.counted_weight * 100:.1f}%",
    )  # fmt: skip
    return Line(cells, sentence, {key: tuple(found) for key, found in rows.items()}, look=True)


# -- the same rule -----------------------------------------------------------------------------------


def same_rule(every: Evaluated) -> Check:
    """Whether everybody of a position has the same version of a scorecard, frozen before the period."""
    with every.book.reading() as db:
        positions = dict(db.run("SELECT id, coalesce(position, '') FROM salesperson"))
        known = {one.id: one for one in cards.read(db, every.book).values()}
    by_position: dict[str, list[Scored]] = defaultdict(list)
    for one in every.people:
        by_position[positions.get(every.rows[one.person], "")].append(one)
    lines = [
        line
        for position, people in sorted(by_position.items())
        for line in _of_position(every, position, people, known)
    ]
    look = sum(one.look for one in lines)
    if look:
        finding = ntr(
            "{n} entry breaks the rule that a position has one scorecard, frozen before the period.",
            "{n} entries break the rule that a position has one scorecard, frozen before the period.",
            look,
        )
    else:
        finding = tr(
            N_("Everybody of a position has the same scorecard, frozen before the period began.")
        )
    return Check(
        "rule",
        tr(N_("The same rule")),
        (LOOK if look else FINE) if lines else UNKNOWN,
        finding,
        tr(
            N_(
                "People of one position should be scored by one version of one scorecard, and it should stand still from before the first day of the period."
            )
        ),
        heads(
            N_("Position"), N_("Scorecard"), N_("Version"), N_("How many people"), N_("Frozen at"),
        ),
        (2, 3),
        tuple(lines),
    )  # fmt: skip


def _of_position(
    every: Evaluated, position: str, people: Sequence[Scored], known: dict[str, Card]
) -> list[Line]:
    by_card: dict[str, list[Scored]] = defaultdict(list)
    for one in people:
        by_card[one.scorecard].append(one)
    lines = []
    for number, some in sorted(by_card.items()):
        card = known.get(number)
        faults = _faults(every, card, len(by_card))
        finding = " ".join(faults) if faults else tr(N_("As it should be."))
        name = some[0].scorecard_name or tr(N_("(none)"))
        cells = (
            position or tr(N_("(none)")),
            name,
            str(some[0].scorecard_version or ""),
            str(len(some)),
            _frozen(card),
        )
        rows = {"salesperson": tuple(every.rows[one.person] for one in some)}
        lines.append(Line(cells, finding, rows, bool(faults)))
    return lines


def _faults(every: Evaluated, card: Card | None, cards_of_position: int) -> list[str]:
    if card is None:
        return [tr(N_("There is no scorecard."))]
    made = []
    if cards_of_position > 1:
        made.append(tr(N_("Others of this position have another one.")))
    if not card.frozen_at:
        made.append(tr(N_("It is not frozen.")))
    elif _day(card.frozen_at).date() >= every.of.days[0]:
        made.append(tr(N_("It was frozen only after the period had begun.")))
    return made


def _day(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone()


def _frozen(card: Card | None) -> str:
    return f"{_day(card.frozen_at):%Y-%m-%d}" if card and card.frozen_at else "–"


# -- grades --------------------------------------------------------------------------------------------


def grades(every: Evaluated) -> Check:
    """How many have each grade, beside what was intended; it is compared, never forced."""
    with every.book.reading() as db:
        known = {one.id: one for one in cards.read(db, every.book).values()}
    by_card: dict[str, list[Scored]] = defaultdict(list)
    for one in every.people:
        if one.total is not None and one.scorecard in known:
            by_card[one.scorecard].append(one)
    lines = [
        line
        for number, people in sorted(by_card.items())
        for line in _grades(every, known[number], people)
    ]
    intended = any(one.cells[3] != "–" for one in lines)
    if not lines:
        finding = tr(N_("No scorecard here has grades, or nobody has a total yet."))
    elif intended:
        finding = tr(N_("Grades beside what was intended; nobody's grade was changed for it."))
    else:
        finding = tr(N_("No distribution of grades is intended."))
    return Check(
        "grades",
        tr(N_("Grades, intended and actual")),
        FINE if lines else UNKNOWN,
        finding,
        tr(
            N_(
                "The intended share of each grade stands in the scorecard. It is compared with what came about and never forced: a small team need not look like a large one."
            )
        ),
        heads(
            N_("Scorecard"), N_("Grade"), N_("How many people"), N_("Intended share"), N_("Intended people"),
            N_("More or less"),
        ),
        (2, 3, 4, 5),
        tuple(lines),
    )  # fmt: skip


def _grades(every: Evaluated, card: Card, people: Sequence[Scored]) -> list[Line]:
    counted = Counter(one.grade for one in people)
    lines = []
    for grade in card.grades:
        having = [one for one in people if one.grade == grade.name]
        share, expected, more = "–", "–", ""
        if grade.share is not None:
            wanted = grade.share * len(people)
            share, expected = f"{grade.share * 100:.0f}%", f"{wanted:.1f}"
            more = f"{Decimal(counted[grade.name]) - wanted:+.1f}"
        cells = (card.name, grade.name, str(len(having)), share, expected, more)
        sentence = ntr(
            "{n} person has the grade {grade}; intended were {expected}.",
            "{n} people have the grade {grade}; intended were {expected}.",
            len(having),
            grade=grade.name,
            expected=expected,
        )
        rows = {"salesperson": tuple(every.rows[one.person] for one in having)}
        lines.append(Line(cells, sentence, rows if having else {}))
    return lines
