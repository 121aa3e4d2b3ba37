"""A goal review as a paper: the team's page, then one for each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from models.goals.moves import KINDS, Moved
from models.goals.pace import Standing
from models.goals.pace_words import days_text, percent, reason, shown, status_text
from models.goals.paper import (
    BAD,
    GOOD,
    MUTED,
    PLAIN,
    WARN,
    Bar,
    Block,
    Cell,
    Column,
    Content,
    Heading,
    Listed,
    Paper,
    Row,
    Table,
    Words,
)
from models.goals.review import Page, Promise, Review
from models.money import rounded, show_whole
from models.texts import N_, ntr, tr

TONES = {
    "ahead": GOOD,
    "reached": GOOD,
    "on_track": PLAIN,
    "behind": WARN,
    "at_risk": BAD,
    "missed": BAD,
}
PROMISES = {"kept": N_("Kept"), "broken": N_("Not kept"), "running": N_("Still running")}
_PROMISE_TONES = {"kept": GOOD, "broken": BAD, "running": PLAIN}
_TOLD = ("won", "lost", "new", "later", "earlier", "reopened")  # deals that are named one by one
_DEALS, _TASKS = 5, 4  # that are named; of the others it is said how many there are


def title(review: Review) -> str:
    """What the paper is called."""
    return tr(N_("Goal review {period}"), period=review.period.text())


def paper(review: Review) -> Paper:
    """The words of all pages."""
    foot = tr(
        N_("{book} · as of {day}, moved since {since}"),
        book=review.book,
        day=review.on,
        since=review.since,
    )
    parts = (_team(review), *(_person(review, one) for one in review.people))
    return Paper(title(review), foot, True, parts)


def _team(review: Review) -> tuple[Block, ...]:
    page = review.team
    beside = tr(N_("as of {day}"), day=review.on)
    made: list[Block] = [Heading(title(review), 1, beside)]
    made += notes(review)
    made += _goals(review, page)
    made += _sums(review)
    made += _questions(page)
    made += _decided(review, page)
    made += _kinds(review, page)
    made += _tasks(review, page)
    return tuple(made)


def _person(review: Review, page: Page) -> tuple[Block, ...]:
    made: list[Block] = [Heading(page.name, 1, page.about)]
    made += _goals(review, page)
    made += _questions(page)
    made += _decided(review, page)
    made += _deals(review, page)
    made += _promises(review, page)
    made += _tasks(review, page)
    return tuple(made)


def notes(review: Review) -> list[Block]:
    """What has to be known to read the numbers rightly."""
    if not review.reconstructed:
        return []
    text = N_(
        "{n} of {deals} deals entered the book after {day}: what they were then is reconstructed from their dates."
    )
    said = tr(text, n=f"{review.reconstructed:,}", deals=f"{review.deals:,}", day=review.on)
    return [Words(said, MUTED)]


# -- goals -----------------------------------------------------------------------------------------


def chance_text(one: Standing) -> str:
    """The chance of the target with its range."""
    if one.chance is None:
        return "–"
    low, mid, high = (percent(part) for part in (one.chance.low, one.chance.mid, one.chance.high))
    return mid if low == high else tr(N_("{mid} ({low}–{high})"), mid=mid, low=low, high=high)


def age_text(one: Standing) -> str:
    """How old the last record is that counts."""
    if one.what is None:
        return "–"
    if one.data_age is None:
        return tr(N_("none"))
    return ntr("{n} day", "{n} days", one.data_age)


def _share(value: Decimal | None, one: Standing) -> float | None:
    from models.goals.attainment import attainment

    found = attainment(value, one.target, one.down)
    return None if found is None else float(found)


def bar(one: Standing) -> Bar:
    """How far a goal is."""
    text = "–" if one.attainment is None else f"{rounded(one.attainment * 100, 0)}%"
    return Bar(_share(one.value, one), _share(one.expected, one), text)


def _goals(review: Review, page: Page) -> list[Block]:
    made: list[Block] = [Heading(tr(N_("Goals")))]
    if not page.goals:
        words = (
            N_("No goal of the whole company or of a team without a manager in this period.")
            if page.person is None
            else N_("No goal in this period.")
        )
        return [*made, Words(tr(words), MUTED)]
    heads = (
        Column(tr(N_("Goal")), 2.6),
        Column(tr(N_("Target")), 1.35, True),
        Column(tr(N_("Actual")), 1.35, True),
        Column(tr(N_("Attainment")), 1.7),
        Column(tr(N_("Expected by now")), 1.35, True),
        Column(tr(N_("Needed a day")), 1.15, True),
        Column(tr(N_("Days left")), 0.85, True),
        Column(tr(N_("Chance")), 1.2, True),
        Column(tr(N_("Last record")), 0.8, True),
        Column(tr(N_("Status")), 0.85),
    )
    made.append(Table(heads, tuple(_goal(review, one) for one in page.goals)))
    if page.later:
        text = ntr("{n} goal begins later.", "{n} goals begin later.", page.later)
        made.append(Words(text, MUTED))
    return made


def _goal(review: Review, one: Standing) -> Row:
    currency = review.currency
    return Row(
        (
            one.goal.title,
            shown(one, one.target, currency),
            shown(one, one.value, currency),
            bar(one),
            shown(one, one.expected, currency),
            shown(one, one.needed_per_day, currency),
            "–" if one.over else days_text(one.days_left),
            chance_text(one),
            age_text(one),
            Cell(status_text(one.status), TONES.get(one.status, MUTED)),
        ),
        "" if one.over else reason(one, currency),
    )


def _sums(review: Review) -> list[Block]:
    if review.measure is None:
        return []
    what, currency = review.measure, review.currency
    heads = (
        Column(tr(N_("Person")), 2),
        Column(tr(N_("Target")), 1.4, True),
        Column(tr(N_("Expected by now")), 1.4, True),
        Column(tr(N_("Actual")), 1.4, True),
        Column(tr(N_("Attainment")), 2.2),
        Column(tr(N_("Days left")), 0.8, True),
        Column(tr(N_("Status")), 1),
    )
    rows = []
    for one in review.sums:
        share = _of(one.actual, one.target)
        text = "–" if one.attainment is None else f"{rounded(one.attainment * 100, 0)}%"
        rows.append(
            Row(
                (
                    one.name,
                    what.show(one.target, currency) if one.target is not None else "–",
                    what.show(one.expected, currency) if one.expected is not None else "–",
                    what.show(one.actual, currency) if one.actual is not None else "–",
                    Bar(share, _of(one.expected, one.target), text),
                    days_text(one.days_left),
                    Cell(status_text(one.status), TONES.get(one.status, MUTED)),
                )
            )
        )
    total = [
        _added(getattr(one, name) for one in review.sums if one.target is not None)
        for name in ("target", "expected", "actual")
    ]
    shares = _of(total[2], total[0])
    whole = "–" if shares is None else percent(shares)
    cells = [what.show(one, currency) for one in total]
    rows.append(
        Row(
            (tr(N_("Total")), *cells, Bar(shares, _of(total[1], total[0]), whole), "", ""),
            strong=True,
        )
    )
    heading = tr(N_("{measure} by person"), measure=what.text())
    return [Heading(heading), Table(heads, tuple(rows))]


def _added(numbers: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in numbers if one is not None), Decimal(0))


def _of(part: Decimal | None, whole: Decimal | None) -> float | None:
    return None if part is None or not whole or whole <= 0 else float(part / whole)


# -- deals -----------------------------------------------------------------------------------------


def by_kind(moved: Iterable[Moved]) -> dict[str, list[Moved]]:
    """Deals that moved by what happened to them, in the order in which it is told."""
    made: dict[str, list[Moved]] = defaultdict(list)
    for one in moved:
        made[one.kind].append(one)
    return {kind: made[kind] for kind in KINDS if kind in made}


def _signed(value: Decimal, currency: str) -> str:
    text = show_whole(value, currency)
    return f"+{text}" if value > 0 else text


def _moved_heading(review: Review) -> Heading:
    return Heading(tr(N_("What moved since {day}"), day=review.since))


def _kinds(review: Review, page: Page) -> list[Block]:
    """All deals by what happened to them, from the forecast then to the forecast now."""
    currency = review.currency
    heads = (
        Column("", 2.4),
        Column(tr(N_("Deals")), 0.8, True),
        Column(tr(N_("Amount")), 1.4, True),
        Column(tr(N_("Effect on the weighted forecast")), 2, True),
    )
    start, end = (show_whole(one, currency) for one in (page.course.start, page.course.end))
    rows = [
        Row((tr(N_("Weighted forecast on {day}"), day=review.since), "", "", start), strong=True)
    ]
    for kind, deals in by_kind(page.course.moved).items():
        amount = show_whole(_added(one.amount for one in deals), currency)
        effect = _signed(_added(one.effect for one in deals), currency)
        rows.append(Row((tr(KINDS[kind]), f"{len(deals):,}", amount, effect)))
    rows.append(
        Row((tr(N_("Weighted forecast on {day}"), day=review.on), "", "", end), strong=True)
    )
    return [_moved_heading(review), Table(heads, tuple(rows))]


def _deals(review: Review, page: Page) -> list[Block]:
    named = [one for one in page.course.moved if one.kind in _TOLD]
    shown_ones = _weightiest(named)
    rest = [one for one in page.course.moved if one not in shown_ones]
    if not page.course.moved:
        return [_moved_heading(review), Words(tr(N_("No deal moved.")), MUTED)]
    currency = review.currency
    heads = (
        Column(tr(N_("What happened")), 1.3),
        Column(tr(N_("Deal")), 3.4),
        Column(tr(N_("Amount")), 1.2, True),
        Column(tr(N_("Day before")), 1, True),
        Column(tr(N_("Day now")), 1, True),
        Column(tr(N_("Effect on the weighted forecast")), 1.5, True),
    )
    rows = [
        Row(
            (
                Cell(one.text(), {"won": GOOD, "lost": BAD, "later": WARN}.get(one.kind, PLAIN)),
                one.label,
                show_whole(one.amount, currency),
                _day(one.before),
                _day(one.after),
                _signed(one.effect, currency),
            )
        )
        for one in shown_ones
    ]
    for kind, deals in by_kind(rest).items():
        label = ntr("{n} more deal", "{n} more deals", len(deals))
        amount = show_whole(_added(one.amount for one in deals), currency)
        effect = _signed(_added(one.effect for one in deals), currency)
        rows.append(Row((tr(KINDS[kind]), Cell(label, MUTED), amount, "", "", effect)))
    start, end = (show_whole(one, currency) for one in (page.course.start, page.course.end))
    text = tr(N_("Weighted forecast: {start} then, {end} now"), start=start, end=end)
    effect = _signed(page.course.end - page.course.start, currency)
    rows.append(Row((tr(N_("Total")), text, "", "", "", effect), strong=True))
    return [_moved_heading(review), Table(heads, tuple(rows))]


def _weightiest(named: Sequence[Moved]) -> list[Moved]:
    """The largest deals, in the order of what happened to them."""
    if len(named) <= _DEALS:
        return list(named)
    kept = {one.deal for one in sorted(named, key=lambda one: -abs(one.amount))[:_DEALS]}
    return [one for one in named if one.deal in kept]


def _day(day: date | None) -> str:
    return day.isoformat() if day else "–"


# -- promises, tasks, decisions, questions ---------------------------------------------------------


def promise_text(one: Promise) -> str:
    """Whether a promise was kept."""
    return tr(PROMISES[one.state])


def _promises(review: Review, page: Page) -> list[Block]:
    if not page.promises:
        return []
    heads = (
        Column(tr(N_("Measure")), 2),
        Column(tr(N_("Period")), 1.2),
        Column(tr(N_("Promised")), 1.3, True),
        Column(tr(N_("Actual")), 1.3, True),
        Column(tr(N_("Attainment")), 1.7),
        Column(tr(N_("Said on")), 1, True),
        Column(tr(N_("Status")), 1),
    )
    rows = []
    for one in page.promises:
        share = _of(one.actual, one.amount)
        rows.append(
            Row(
                (
                    one.what.text(),
                    one.period,
                    one.what.show(one.amount, review.currency),
                    "–" if one.actual is None else one.what.show(one.actual, review.currency),
                    Bar(share, None, "–" if share is None else percent(share)),
                    _day(one.made_on),
                    Cell(promise_text(one), _PROMISE_TONES[one.state]),
                )
            )
        )
    return [Heading(tr(N_("What was promised"))), Table(heads, tuple(rows))]


def _tasks(review: Review, page: Page) -> list[Block]:
    if not page.tasks:
        return []
    heads = [
        Column(tr(N_("Task")), 3),
        Column(tr(N_("Status")), 1),
        Column(tr(N_("Due")), 1, True),
        Column(tr(N_("Blocked by")), 3),
    ]
    if page.person is None:
        heads.insert(1, Column(tr(N_("Owner")), 1.4))
    rows = []
    for one in page.tasks[:_TASKS]:
        status = (
            Cell(tr(N_("Blocked")), BAD)
            if one.blocked
            else Cell(ntr("{n} day late", "{n} days late", one.late), WARN)
        )
        cells: list[Content] = [one.title, status, _day(one.due), one.reason or "–"]
        if page.person is None:
            cells.insert(1, review.names.get(one.owner or 0, "–"))
        rows.append(Row(tuple(cells)))
    made: list[Block] = [
        Heading(tr(N_("Tasks that are blocked or overdue"))),
        Table(tuple(heads), tuple(rows)),
    ]
    more = len(page.tasks) - _TASKS
    if more > 0:
        made.append(Words(ntr("{n} more task", "{n} more tasks", more), MUTED))
    return made


def _decided(review: Review, page: Page) -> list[Block]:
    if not page.decided:
        return []
    points = []
    for one in page.decided:
        parts = [one.owner_name, _day(one.due) if one.due else ""]
        if one.held_on:
            parts.append(tr(N_("decided on {day}"), day=one.held_on))
        if one.late and one.due:
            days = (review.on - one.due).days
            parts.append(ntr("{n} day late", "{n} days late", days))
        points.append((one.title, " · ".join(part for part in parts if part)))
    return [Heading(tr(N_("Decisions still open"))), Listed(tuple(points), box=True)]


def _questions(page: Page) -> list[Block]:
    if not page.questions:
        return []
    points = tuple((one.text, one.why) for one in page.questions)
    return [Heading(tr(N_("Suggested questions"))), Listed(points)]
