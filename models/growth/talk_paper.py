"""The sheet of a one-to-one talk as a paper for both: nothing private stands on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.goals.paper import (
    BAD,
    GOOD,
    MUTED,
    PLAIN,
    Blank,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Listed,
    Paper,
    Row,
    Signatures,
    Table,
    Words,
)
from models.growth.talk_sheet import Point, TalkSheet
from models.growth.talks import BROKEN, KEPT, LATE, MANAGER, PERSON, Promised
from models.texts import N_, tr

_TONES = {KEPT: GOOD, LATE: BAD, BROKEN: BAD}


def paper(one: TalkSheet) -> Paper:
    """The words of the sheet; the private notes that it may hold are left out."""
    title = tr(N_("One-to-one with {person}"), person=one.name)
    blocks: list[Block] = [Heading(title, 1), Facts(facts(one)), *body(one)]
    blocks += [
        Heading(tr(N_("Notes of this talk"))),
        Blank(tr(N_("What we agreed")), 5),
        Blank(tr(N_("New promises, by whom and by when")), 4),
        Signatures((one.name, one.manager or tr(N_("Manager"))), tr(N_("Signature")), tr(N_("Date"))),
    ]  # fmt: skip
    return Paper(title, f"{title} · {one.on.isoformat()}", False, (tuple(blocks),))


def facts(one: TalkSheet) -> tuple[tuple[str, str], ...]:
    """Who talks, when, and since when changes are told."""
    return (
        (tr(N_("Person")), one.name),
        (tr(N_("Manager")), one.manager or "–"),
        (tr(N_("Date")), one.on.isoformat()),
        (tr(N_("Last talk")), one.last.isoformat() if one.last else tr(N_("No talk yet"))),
    )


def body(one: TalkSheet) -> list[Block]:
    """The sections that both see, as paper and screen show them."""
    since = tr(N_("since {day}"), day=one.since.isoformat())
    made: list[Block] = [Heading(tr(N_("What changed")), 2, since)]
    made.append(_listed(one.changes, tr(N_("Nothing that the book knows of."))))
    made.append(Heading(tr(N_("Goals"))))
    made.append(_listed(one.goals, tr(N_("No goal runs on this day."))))
    made.append(Heading(tr(N_("Promises"))))
    made.append(_promises(one) if one.promises else Words(tr(N_("Nothing was promised so far.")), MUTED))  # fmt: skip
    nothing = tr(N_("No cited feedback and no measure says anything yet."))
    made.append(Heading(tr(N_("Strengths"))))
    made.append(_listed(one.strengths, nothing))
    made.append(Heading(tr(N_("Where to grow"))))
    made.append(_listed(one.growth, nothing))
    if one.evaluation:
        made += [Heading(tr(N_("Last evaluation"))), _listed(one.evaluation, "")]
    if one.notes:
        made += [Heading(tr(N_("Shared notes of the last talk"))), Words(one.notes)]
    return made


def _listed(points: Sequence[Point], nothing: str) -> Block:
    if not points:
        return Words(nothing, MUTED)
    return Listed(
        tuple((one.text, one.evidence) for one in points),
        links=tuple(one.links() for one in points),
    )


def _promises(one: TalkSheet) -> Table:
    heads = (Column(tr(N_("Promised by")), 1.2), Column(tr(N_("Promise")), 4), Column(tr(N_("Due")), 1.2), Column(tr(N_("State")), 1.2))  # fmt: skip
    rows: list[Row] = []
    for side, name in ((PERSON, one.name), (MANAGER, one.manager or tr(N_("Manager")))):
        rows += _rows(one.of(side), name)
    return Table(heads, tuple(rows))


def _rows(some: Iterable[Promised], name: str) -> list[Row]:
    return [
        Row(
            (
                name,
                each.title,
                each.due.isoformat() if each.due else "–",
                Cell(each.state_text(), _TONES.get(each.state, PLAIN)),
            )
        )
        for each in some
    ]
