"""Whether a cycle of evaluations was fair: what can be seen of it, check by check, each number with its records.

Groups that can't be told apart, managers who judge higher than others, chances given, what a territory holds, items
with too few records, one rule for one position that stood before the period, intended and actual grades (F5.2,
S4.4). A check finds something to look at, nothing to look at, or says that there is too little to tell.
"""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.evaluations import given, leniency, one_rule, territory
from models.evaluations.bands import of_cycle
from models.evaluations.cases import cycle
from models.evaluations.checks import (
    FINE,
    LOOK,
    UNKNOWN,
    Check,
    Evaluated,
    Fairness,
    Line,
    Records,
    heads,
    row_of,
)
from models.evaluations.result import Scored
from models.progress import SILENT, Progress
from models.texts import N_, tr


def cycles(book: Book) -> tuple[tuple[int, str], ...]:
    """All cycles with days, the latest first: row and name."""
    with book.reading() as db:
        found = db.run(
            "SELECT id, coalesce(name, '') FROM evaluation_cycle WHERE alive = 1 "
            "AND starts_on IS NOT NULL AND ends_on IS NOT NULL ORDER BY ends_on DESC, starts_on DESC, id DESC"
        )
    return tuple((row, name) for row, name in found)


def latest(book: Book, on: date | None = None) -> int | None:
    """The cycle that began last, else the first to come; None without any."""
    day = (on or date.today()).isoformat()
    with book.reading() as db:
        found = db.run(
            "SELECT id FROM evaluation_cycle WHERE alive = 1 AND starts_on IS NOT NULL AND ends_on IS NOT NULL "
            "ORDER BY starts_on > ?, CASE WHEN starts_on > ? THEN starts_on END, starts_on DESC, ends_on, id DESC LIMIT 1",
            (day, day),
        )
    return found[0][0] if found else None


def fairness(
    book: Book, cycle_row: int, on: date | None = None, progress: Progress = SILENT
) -> Fairness:
    """All checks of a cycle, as of a day.

    Raises:
        Refused: ``gone``, there is no such cycle; ``no_days``, it has no period.
        Cancelled: nobody waits for it any more.
    """
    people, bands = of_cycle(book, cycle_row, on, progress)
    with book.reading() as db:
        of = cycle(db, book, cycle_row)
    rows = {one.person: book.row_id("salesperson", one.person) for one in people}
    every = Evaluated(book, of, people, rows, bands, on or date.today())
    checks = (
        _groups(every),
        leniency.check(every),
        given.check(every),
        territory.check(every),
        one_rule.few_records(every),
        one_rule.same_rule(every),
        one_rule.grades(every),
    )
    return Fairness(cycle_row, of.name, len(people), checks if people else ())


def rows_of(book: Book, one: Scored) -> Records:
    """The records behind all items of somebody, by entity."""
    made: dict[str, dict[int, None]] = {}
    for record in (record for item in one.items for record in item.records):
        made.setdefault(record.entity, {})[row_of(book, record)] = None
    return {entity: tuple(rows) for entity, rows in made.items()}


def _groups(every: Evaluated) -> Check:
    """Who can't be told apart."""
    found = every.bands
    lines = []
    for one in every.people:
        stand = found.of(one.person)
        if stand is None:
            continue
        reach = "" if stand.low is None else f"{stand.low} – {stand.high}"
        total = "–" if stand.total is None else str(stand.total)
        cells = (one.name, one.scorecard_name, total, stand.label, reach, str(len(stand.apart)))
        lines.append(Line(cells, stand.sentence, rows_of(every.book, one)))
    luck = _grades_by_luck(every)
    finding = [found.sentence or tr(N_("No scorecard has two people with a total.")), *luck]
    return Check(
        "groups",
        tr(N_("Who can't be told apart")),
        (LOOK if luck else FINE) if found.groups else UNKNOWN,
        "\n".join(finding),
        found.groups[0].method if found.groups else "",
        heads(
            N_("Salesperson"), N_("Scorecard"), N_("Total points"), N_("Group"),
            N_("Range by chance"), N_("Told from"),
        ),
        (2, 4, 5),
        tuple(lines),
    )  # fmt: skip


def _grades_by_luck(every: Evaluated) -> list[str]:
    """Scorecards by which nobody can be told from another, though grades differ, in words."""
    made = []
    for one in every.bands.groups:
        card = (one.scorecard, one.scorecard_version)
        given = {
            person.grade
            for person in every.people
            if (person.scorecard, person.scorecard_version) == card and person.total is not None
        }
        if one.labels < 2 and len(given) > 1:
            made.append(
                tr(
                    N_(
                        "{card}: grades differ though nobody can be told from another: they rest on chance."
                    ),
                    card=one.scorecard_name,
                )
            )
    return made
