"""Texts to be sent by WeChat or anything else: a person's day or week, a task, a follow-up, a contact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, tzinfo
from itertools import groupby

from models.book import Book
from models.describe.kinds import KINDS
from models.following.contact import last_contacts
from models.phone import contact_card, planned
from models.phone.message_parts import clock, day, field, heading, join, line, place
from models.phone.planned import Planned
from models.texts import N_, tr

ENTITIES = ("task", "follow_up_plan", "contact", "salesperson", "customer")
_LATE = timedelta(days=366)  # how far back what is overdue is told
_NAMES = {"task": N_("Tasks"), "follow_up_plan": N_("Follow-ups"), "meeting": N_("Meetings")}


def day_text(book: Book, person: int, on: date, zone: tzinfo | None = None) -> str:
    """What a person is to do on a day, and what was to be done before."""
    found = planned.of_person(book, person, on - _LATE, on, on=on)
    late = [one for one in found if one.entity != "meeting" and one.on is not None and one.on < on]
    today = [one for one in found if one.on == on]
    parts = [heading(_title(book, person, day(on)))]
    parts += _by_kind(today, zone)
    if late:
        parts += ["", tr(N_("Overdue:")), *(line(*_said(one, zone, told=True)) for one in late)]
    if not found:
        parts.append(tr(N_("Nothing is planned.")))
    return join_lines(parts)


def week_text(book: Book, person: int, on: date, zone: tzinfo | None = None) -> str:
    """What a person is to do in the seven days from a day on."""
    last = on + timedelta(days=6)
    found = planned.of_person(book, person, on, last, on=on)
    span = tr(N_("{first} to {last}"), first=day(on), last=day(last))
    parts = [heading(_title(book, person, span))]
    for when, there in groupby(found, key=lambda one: one.on or on):
        parts += ["", day(when), *(line(*_said(one, zone)) for one in there)]
    if not found:
        parts.append(tr(N_("Nothing is planned.")))
    return join_lines(parts)


def _title(book: Book, person: int, span: str) -> str:
    return tr(N_("{person}: {span}"), person=book.label("salesperson", person), span=span)


def _by_kind(found: list[Planned], zone: tzinfo | None) -> Iterator[str]:
    for entity in ("meeting", "follow_up_plan", "task"):
        there = [one for one in found if one.entity == entity]
        if there:
            yield from ("", tr(N_("{label}:"), label=tr(_NAMES[entity])))
            yield from (line(*_said(one, zone)) for one in there)


def _said(one: Planned, zone: tzinfo | None, *, told: bool = False) -> tuple[str, ...]:
    """One line's parts; ``told``, with its day, where the line doesn't stand under it."""
    first = [clock(one.at, zone)] if one.at is not None else []
    title = " ".join([*first, one.title or one.customer])
    named = one.customer if one.title and one.customer not in one.title else ""
    due = day(one.on) if told and one.on is not None else ""
    urgent = tr(N_("urgent")) if one.priority == "high" else ""
    return tuple(
        part
        for part in (title, named, one.contact, one.phone, one.place, due, urgent, one.covered)
        if part
    )


def task_text(book: Book, row: int, on: date, zone: tzinfo | None = None) -> str:
    """A task with all that one needs to begin."""
    one = planned.one(book, "task", row)
    due = day(one.on) if one.on is not None else ""
    return join_lines(
        [
            heading(tr(N_("Task: {title}"), title=one.title)),
            *_filled(
                field(tr(N_("Due")), due),
                field(tr(N_("Owner")), one.owner),
                field(tr(N_("Done means")), one.done_means),
                field(tr(N_("Blocked by")), one.blocked),
            ),
            *_customer(book, one, on, zone),
        ]
    )


def follow_up_text(book: Book, row: int, on: date, zone: tzinfo | None = None) -> str:
    """A follow-up: when, for what, whom, and what was spoken of last."""
    one = planned.one(book, "follow_up_plan", row)
    kind = book.schema.entity("follow_up_plan").field("kind")
    shown = KINDS["choice"].show(kind, one.kind or None)
    when = day(one.on) if one.on is not None else ""
    if one.at is not None:
        when = f"{when} {clock(one.at, zone)}"
    return join_lines(
        [
            heading(tr(N_("Follow-up: {title}"), title=one.title or one.customer)),
            *_filled(
                field(tr(N_("Time")), when),
                field(tr(N_("Kind")), shown),
                field(tr(N_("Salesperson")), one.owner),
            ),
            *_customer(book, one, on, zone),
        ]
    )


def person_text(book: Book, entity: str, row: int) -> str:
    """Who somebody is and how they are reached: a contact, or a salesperson."""
    [card] = contact_card.read(book, entity, [row])
    title = tr(N_(", ")).join(one for one in (card.name, card.title, card.company) if one)
    street, city, province, country = card.address
    return join_lines(
        [
            heading(title),
            *_filled(
                field(tr(N_("Phone")), card.phone),
                field(tr(N_("WeChat")), card.wechat),
                field(tr(N_("E-mail")), card.email),
                field(tr(N_("Address")), place(street, city, province, country)),
            ),
        ]
    )


def customer_text(book: Book, row: int, on: date, zone: tzinfo | None = None) -> str:
    """A customer: where it is, whom to speak to, and what was spoken of last."""
    names = ("name", "grade", "owner", "phone", "address", "city", "province", "country")
    known = dict(zip(names, book.rows("customer", [row], names)[0], strict=True))
    where = place(*(known[one] or "" for one in names[4:]))
    owner = known["owner"].label if known["owner"] is not None else ""
    return join_lines(
        [
            heading(known["name"] or ""),
            *_filled(
                field(tr(N_("Grade")), known["grade"] or ""),
                field(tr(N_("Owner")), owner),
                field(tr(N_("Phone")), known["phone"] or ""),
                field(tr(N_("Address")), where),
                _last(book, row, on, zone),
            ),
        ]
    )


def text(book: Book, entity: str, row: int, on: date, zone: tzinfo | None = None) -> str:
    """The message of a record of any of ``ENTITIES``, as of a day."""
    match entity:
        case "task":
            return task_text(book, row, on, zone)
        case "follow_up_plan":
            return follow_up_text(book, row, on, zone)
        case "customer":
            return customer_text(book, row, on, zone)
    return person_text(book, entity, row)


def _customer(book: Book, one: Planned, on: date, zone: tzinfo | None) -> Iterator[str]:
    if one.customer_row:
        yield from _filled(
            field(tr(N_("Customer")), one.customer),
            field(tr(N_("Contact")), one.contact),
            field(tr(N_("Phone")), one.phone),
            field(tr(N_("Address")), one.place),
            _last(book, one.customer_row, on, zone),
        )


def _last(book: Book, customer: int, on: date, zone: tzinfo | None) -> str:
    """What was spoken of last with a customer, in a line."""
    last = last_contacts(book, on, [customer]).get(customer)
    if last is None:
        return ""
    names = ("at", "kind", "person", "result", "next_step")
    at, kind, person, result, step = book.rows("activity", [last.activity], names)[0]
    shown = KINDS["choice"].show(book.schema.entity("activity").field("kind"), kind)
    when = day(at.astimezone(zone).date())
    said = join((when, shown, person.label if person is not None else ""), " ")
    more = join((result or "", step or ""), tr(N_(", ")))
    return field(tr(N_("Last contact")), join((said, more), tr(N_("; "))))


def _filled(*lines: str) -> Iterator[str]:
    yield from (one for one in lines if one)


def join_lines(lines: list[str]) -> str:
    """A message; empty lines part what belongs together."""
    return "\n".join(lines).strip() + "\n"
