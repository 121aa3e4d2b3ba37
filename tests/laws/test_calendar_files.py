"""Laws of calendar files: whatever is done to a book, a phone that imports now and then shows what is true."""

from __future__ import annotations

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from models.book import Book
from models.change import Change
from models.people.covering import Covering
from models.phone.calendar_file import calendar, usual
from models.refusals import Refused
from tests.phone.calendars import Phone, read

HERE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 12, 1, 9, tzinfo=HERE)
PEOPLE = (1, 2)
DAYS = [date(2026, 11, 20) + timedelta(days=one) for one in range(0, 60, 7)]

tasks, people = st.integers(1, 3), st.sampled_from([1, 2, None])
days = st.sampled_from([*DAYS, None])
acts = st.one_of(
    st.tuples(st.just("task"), tasks, st.just("owner"), people),
    st.tuples(st.just("task"), tasks, st.just("due"), days),
    st.tuples(st.just("task"), tasks, st.just("title"), st.text(max_size=60)),
    st.tuples(st.just("task"), tasks, st.just("done_criteria"), st.text(max_size=200)),
    st.tuples(st.just("task"), tasks, st.just("status"), st.sampled_from(["doing", "cancelled"])),
    st.tuples(st.just("follow_up_plan"), tasks, st.just("person"), people),
    st.tuples(st.just("follow_up_plan"), tasks, st.just("status"), st.sampled_from(["planned", "missed"])),
    st.tuples(st.just("follow_up_plan"), tasks, st.just("due"), st.sampled_from(DAYS)),
    st.tuples(st.just("customer"), st.just(1), st.just("owner"), people),
    st.tuples(st.just("meeting"), st.just(1), st.just("person"), people),
    st.tuples(st.sampled_from(["task", "follow_up_plan", "meeting"]), st.just(1), st.just("remove"), st.none()),
    st.tuples(st.sampled_from(["task", "follow_up_plan", "meeting"]), st.just(1), st.just("restore"), st.none()),
    st.tuples(st.just("leave"), st.integers(1, 2), st.just("status"), st.sampled_from(["approved", "cancelled"])),
    st.tuples(st.just("leave"), st.integers(1, 2), st.just("cover"), people),
    st.tuples(st.just("leave"), st.integers(1, 2), st.just("ends_on"), st.sampled_from(DAYS[2:])),
    st.tuples(st.just("leave"), st.integers(1, 2), st.sampled_from(["remove", "restore"]), st.none()),
    st.tuples(st.just("contact"), st.integers(1, 2), st.just("phone"), st.sampled_from(["13800138000", ""])),
    st.tuples(st.just("contact"), st.integers(1, 2), st.just("customer"), st.sampled_from([1, None])),
    st.tuples(st.just("contact"), st.integers(1, 2), st.sampled_from(["remove", "restore"]), st.none()),
    st.tuples(st.just("share"), tasks, st.just("person"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("undo"), st.none(), st.none(), st.none()),
    st.tuples(st.just("redo"), st.none(), st.none(), st.none()),
    st.tuples(st.just("import"), st.none(), st.none(), st.none()),
)  # fmt: skip


def _fill(book: Book) -> None:
    with book.change("begin") as change:
        for name in ("王强", "李娜"):
            change.add("salesperson", {"name": name})
        change.add("customer", {"name": "单氏", "owner": 1, "phone": "025-88880000"})
        for name in ("欧阳明", "李立"):
            change.add("contact", {"name": name, "customer": 1})
        for number in range(1, 4):
            day = DAYS[number].isoformat()
            change.add("task", {"title": f"任务{number}", "owner": 1, "due": day, "customer": 1})
            change.add("follow_up_plan", {"customer": 1, "due": day, "purpose": f"跟进{number}"})
        for away, cover, first in ((1, 2, DAYS[2]), (2, 1, DAYS[4])):
            change.add(
                "leave",
                {"person": away, "cover": cover, "starts_on": first.isoformat(), "status": "requested",
                 "ends_on": DAYS[5].isoformat()},
            )  # fmt: skip
        change.add("meeting", {"title": "一对一", "held_on": "2026-12-08", "person": 1})


def _do(book: Book, act: tuple[object, ...]) -> None:
    entity, row, field, value = act
    try:
        if entity in ("undo", "redo"):
            getattr(book, str(entity))()
            return
        with book.change("act") as change:
            _write(change, str(entity), row, str(field), value)
    except Refused:
        pass  # declined: nothing was written


def _write(change: Change, entity: str, row: object, field: str, value: object) -> None:
    if entity == "share":
        change.add("collaborator", {"task": row, "person": value})
    elif field in ("remove", "restore"):
        getattr(change, field)(entity, [row])
    else:
        given = value.isoformat() if isinstance(value, date) else value
        change.set(entity, row, {field: "" if given is None else given})


def _expected(book: Book, person: int) -> set[str]:
    """What is that person's to do, asked in another way."""
    owner = book.record("customer", 1)["owner"]
    covering, made = Covering(book, NOW.date()), set()

    def mine(kind: str, row: int, of: int | None, day: date) -> bool:
        return covering.worker(kind, row, of, day).person == person

    for row in book.ids("task"):
        one = book.record("task", row)
        shares = {
            book.record("collaborator", other)["person"].id
            for other in book.ids("collaborator")
            if book.record("collaborator", other)["task"].id == row
        }
        if not one["due"] or one["status"] in ("done", "cancelled"):
            continue
        of = one["owner"].id if one["owner"] is not None else None
        away = of == person and not mine("task", row, of, one["due"])
        if mine("task", row, of, one["due"]) or (person in shares and not away):
            made.add(book.public_id("task", row).lower())
    for row in book.ids("follow_up_plan", "status=planned"):
        one = book.record("follow_up_plan", row)
        who = one["person"] or owner
        if who is not None and mine("follow_up_plan", row, who.id, one["due"]):
            made.add(book.public_id("follow_up_plan", row).lower())
    for row in book.ids("meeting"):
        who = book.record("meeting", row)["person"]
        if who is None or who.id == person:
            made.add(book.public_id("meeting", row).lower())
    return made


@given(st.lists(acts, max_size=14))
def test_a_phone_that_imports_now_and_then_shows_each_thing_once_and_as_it_is(done):
    with tempfile.TemporaryDirectory() as folder, Book.create(Path(folder) / "a.daybook") as book:
        _fill(book)
        phones = {person: Phone() for person in PEOPLE}
        names: dict[str, dict[str, object]] = {}
        for act in [("import",) + (None,) * 3, *done, ("import",) + (None,) * 3]:
            if act[0] != "import":
                _do(book, act)
                continue
            for person, phone in phones.items():
                content = calendar(book, person, usual(NOW, HERE)).content
                phone.take(content)
                shown = {uid.split("@")[0].split(".")[0] for uid in phone.shown}
                assert shown == _expected(book, person)
                for event in read(content):
                    uid = str(event["UID"])
                    assert phone.events[uid].to_ical() == event.to_ical(), "the newest is shown"
                    older = names.setdefault(uid + str(person), event)
                    assert int(event["SEQUENCE"]) >= int(older["SEQUENCE"])
                    names[uid + str(person)] = event
