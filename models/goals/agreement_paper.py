"""A goal agreement as a paper to be signed."""

from __future__ import annotations

from decimal import Decimal

from models.goals.agreement import Agreed, Agreement
from models.goals.paper import (
    BAD,
    MUTED,
    Blank,
    Block,
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
from models.money import plain
from models.texts import N_, ntr, tr

OF_PERSON = (
    N_("I work towards these goals and keep the records by which they are measured complete."),
    N_("I say so at once when a goal can no longer be reached, and propose what to do instead."),
)
OF_MANAGER = (
    N_("I see to the time, the means and the decisions that these goals need."),
    N_("I look at them with {person} on the agreed days and help where they fall behind."),
    N_("I change them only together with {person} and in writing."),
)
ANSWERS = (
    N_("I accept these goals."),
    N_("I propose other goals, as written below."),
)


def title(one: Agreement) -> str:
    """What the paper is called."""
    return tr(N_("Goal agreement {period}"), period=one.period.text())


def facts(one: Agreement) -> tuple[tuple[str, str], ...]:
    """Who agrees on what time."""
    days = f"{one.period.start} – {_last(one)}"
    return (
        (tr(N_("Company")), one.company),
        (tr(N_("Period")), tr(N_("{period} ({days})"), period=one.period.text(), days=days)),
        (tr(N_("Team")), one.team or "–"),
        (tr(N_("Manager")), one.manager or "–"),
        (tr(N_("Person")), one.person),
        (tr(N_("Position")), one.position or "–"),
        (tr(N_("Issued on")), one.on.isoformat()),
        (tr(N_("Paper no.")), one.number or "–"),
    )


def _last(one: Agreement) -> str:
    from datetime import timedelta

    return (one.period.end - timedelta(days=1)).isoformat()


def percent(weight: Decimal | None) -> str:
    """A weight as it is written."""
    return "–" if weight is None else f"{plain((weight * 100).normalize())}%"


def value(one: Agreed, number: Decimal | None, currency: str) -> str:
    """A level of a goal as it is written."""
    if number is None:
        return "–"
    return plain(number) if one.what is None else one.what.show(number, currency)


def weights(one: Agreement) -> tuple[str, bool]:
    """What the weights come to, in words, and whether that is as it should be."""
    if one.weights is None:
        return tr(N_("No goal has a weight; all count the same.")), True
    if one.unweighted:
        text = ntr(
            "The weights come to {sum}, and {n} goal has none.",
            "The weights come to {sum}, and {n} goals have none.",
            one.unweighted,
            sum=percent(one.weights),
        )
        return text, False
    if one.weights_fit:
        return tr(N_("The weights come to 100%.")), True
    return tr(N_("The weights come to {sum}, not to 100%."), sum=percent(one.weights)), False


def counted(one: Agreed) -> str:
    """By what a goal is measured and whose records count, in words."""
    if one.what is None:
        return tr(N_("Judged by its key results, by their weight."))
    better = tr(N_("Lower is better.")) if one.goal.down(one.what) else tr(N_("Higher is better."))
    whose = (
        tr(N_("The records of the person and of everyone below count."))
        if one.goal.level == "team"
        else tr(N_("The person's own records count."))
    )
    text = N_("{measure}: {words} {better} {whose}")
    return tr(text, measure=one.what.text(), words=tr(one.what.words), better=better, whose=whose)


def paper(one: Agreement) -> Paper:
    """The words of the agreement."""
    made: list[Block] = [Heading(title(one), 1), Facts(facts(one)), Heading(tr(N_("Goals")))]
    made.append(_goals(one))
    said, fits = weights(one)
    made.append(Words(said, MUTED if fits else BAD))
    made += _results(one)
    made += _checkpoints(one)
    made.append(Heading(tr(N_("What both sides promise"))))
    made.append(Words(tr(N_("{person}:"), person=one.person)))
    made.append(Listed(tuple((tr(text), "") for text in OF_PERSON)))
    made.append(Words(tr(N_("{person}:"), person=one.manager or tr(N_("Manager")))))
    promised = tuple((tr(text, person=one.person), "") for text in OF_MANAGER)
    made.append(Listed(promised))
    made.append(Blank(tr(N_("Besides:")), 2))
    made.append(Heading(tr(N_("Answer of {person}"), person=one.person)))
    if one.comment:
        made.append(Words(tr(N_("Answered before: {text}"), text=one.comment), MUTED))
    made.append(Listed(tuple((tr(text), "") for text in ANSWERS), box=True))
    made.append(Blank("", 3))
    who = (one.person, one.manager or tr(N_("Manager")))
    made.append(Signatures(who, tr(N_("Signature")), tr(N_("Date"))))
    foot = f"{title(one)} · {one.person} · {one.on.isoformat()}"
    return Paper(f"{title(one)} · {one.person}", foot, False, (tuple(made),))


def _goals(one: Agreement) -> Table:
    heads = (
        Column(tr(N_("Goal")), 2.6),
        Column(tr(N_("Baseline")), 1.2, True),
        Column(tr(N_("Floor")), 1.2, True),
        Column(tr(N_("Target")), 1.2, True),
        Column(tr(N_("Stretch")), 1.2, True),
        Column(tr(N_("Weight")), 0.7, True),
    )
    rows = []
    for goal in one.goals:
        levels = (goal.goal.baseline, goal.goal.floor, goal.goal.target, goal.goal.stretch)
        shown = (value(goal, level, one.currency) for level in levels)
        rows.append(Row((goal.goal.title, *shown, percent(goal.weight)), counted(goal)))
    return Table(heads, tuple(rows))


def _results(one: Agreement) -> list[Block]:
    rows = [
        Row(
            (
                goal.goal.title,
                result.title,
                percent(result.weight),
                result.due.isoformat() if result.due else "–",
                result.evidence or "–",
            )
        )
        for goal in one.goals
        for result in goal.results
    ]
    if not rows:
        return []
    heads = (
        Column(tr(N_("Goal")), 2),
        Column(tr(N_("Key result")), 2.6),
        Column(tr(N_("Weight")), 0.7, True),
        Column(tr(N_("Due")), 1, True),
        Column(tr(N_("Evidence")), 1.8),
    )
    return [Heading(tr(N_("Key results"))), Table(heads, tuple(rows))]


def _checkpoints(one: Agreement) -> list[Block]:
    rows = [
        Row(
            (
                goal.goal.title,
                day.due.isoformat(),
                value(goal, day.expected, one.currency),
                day.note or "–",
            )
        )
        for goal in one.goals
        for day in goal.checkpoints
    ]
    if not rows:
        return []
    heads = (
        Column(tr(N_("Goal")), 2.4),
        Column(tr(N_("Checked on")), 1, True),
        Column(tr(N_("Expected")), 1.3, True),
        Column(tr(N_("Note")), 2.4),
    )
    return [Heading(tr(N_("Checkpoints"))), Table(heads, tuple(rows))]
