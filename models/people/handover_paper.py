"""The hand-over pack as a paper: one part for each successor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models import money
from models.goals.paper import (
    MUTED,
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
from models.people.handover_pack import Contact, Customer, Deal, Pack, Work
from models.texts import N_, tr

PRIVATE = N_(
    "Left out as private: minutes of meetings and one-to-ones, leave, judgements of skills."
)


def paper(packs: Sequence[Pack]) -> Paper:
    """All packs of one hand-over."""
    first = packs[0]
    title = tr(N_("Hand-over from {person}"), person=first.person)
    foot = f"{title} · {first.on.isoformat()}"
    return Paper(title, foot, False, tuple(tuple(_part(one)) for one in packs))


def _part(one: Pack) -> list[Block]:
    made: list[Block] = [
        Heading(tr(N_("Hand-over from {person}"), person=one.person), 1),
        Facts(facts(one)),
        Words(tr(PRIVATE), MUTED),
    ]
    if one.promises:
        made.append(Heading(tr(N_("Promises still open"))))
        made.append(Listed(tuple((one.what, promised(one.whom, one.on)) for one in one.promises)))
    if one.customers:
        made.append(Heading(tr(N_("Customers"))))
        for customer in one.customers:
            made += _customer(customer, one.currency)
    if one.work:
        made.append(Heading(tr(N_("Work without these customers"))))
        made.append(_work(one.work))
    if one.others:
        made.append(Heading(tr(N_("What else is taken over"))))
        made.append(Listed(tuple((label, kind) for kind, label in one.others)))
    made.append(Signatures((one.person, one.successor), tr(N_("Signature")), tr(N_("Date"))))
    return made


def facts(one: Pack) -> tuple[tuple[str, str], ...]:
    """From whom, to whom, when, how much."""
    return (
        (tr(N_("From")), one.person),
        (tr(N_("To")), one.successor),
        (tr(N_("Date")), one.on.isoformat()),
        (tr(N_("Customers")), f"{len(one.customers):,}"),
    )


def promised(whom: str, on: date | None) -> str:
    """To whom and when something was promised."""
    return " · ".join(text for text in (whom, on.isoformat() if on else "") if text)


def last_text(found: Contact | None) -> str:
    """The last contact in a few words."""
    if found is None:
        return tr(N_("No contact is recorded."))
    said = " · ".join(one for one in (found.on.isoformat(), found.person, found.result) if one)
    return tr(N_("Last contact: {said}"), said=said)


def deal_text(one: Deal, currency: str) -> str:
    """An open deal in a few words."""
    amount = "" if one.amount is None else money.show_whole(one.amount, currency)
    closes = one.expected_close.isoformat() if one.expected_close else ""
    return " · ".join(text for text in (one.label, one.stage, amount, closes) if text)


def _customer(one: Customer, currency: str) -> list[Block]:
    beside = " · ".join(text for text in (one.grade, ", ".join(one.people)) if text)
    points = [(last_text(one.last), "")]
    if one.last is not None and one.last.next_step:
        points.append((tr(N_("Next step: {step}"), step=one.last.next_step), ""))
    points += [(deal_text(deal, currency), tr(N_("Open deal"))) for deal in one.deals]
    points += [
        (work.label, promised(work.kind, work.due) + (f" · {work.note}" if work.note else ""))
        for work in one.work
    ]
    if one.notes:
        points.append((one.notes, tr(N_("Notes"))))
    return [Heading(one.name, 3, beside), Listed(tuple(points))]


def _work(every: Sequence[Work]) -> Table:
    heads = (
        Column(tr(N_("Kind")), 1),
        Column(tr(N_("Task")), 3),
        Column(tr(N_("Due")), 1, True),
        Column(tr(N_("Note")), 2),
    )
    rows = tuple(
        Row((one.kind, one.label, one.due.isoformat() if one.due else "–", one.note or "–"))
        for one in every
    )
    return Table(heads, rows)
