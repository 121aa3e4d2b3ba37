"""What must hold while a year is played, looked at by SQL and tables of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from models import checking
from models.book import Book
from models.people.covering import Covering
from models.tasks.states import OPEN_SQL
from models.today.today import read
from tests.year.crowd import moment
from tests.year.naive import ONE, quiet, repeated

if TYPE_CHECKING:
    from tests.year.life import Life

WORKING = ("active", "onboarding")
# Everything open that somebody answers for, as a manager would list it.
_OPEN = {
    "customers": 'SELECT id FROM customer WHERE alive = 1 AND owner = ?1',
    "tasks": f"SELECT id FROM task WHERE alive = 1 AND owner = ?1 AND status IN {OPEN_SQL}",
    "deals": "SELECT id FROM opportunity WHERE alive = 1 AND owner = ?1 AND status = 'open'",
    "follow-ups": "SELECT id FROM follow_up_plan WHERE alive = 1 AND person = ?1 AND status = 'planned'",
    "asked": "SELECT id FROM help_request WHERE alive = 1 AND ?1 IN (person, resolver) AND status = 'open'",
    "covers": 'SELECT c.id FROM cover c JOIN "leave" l ON l.id = c.leave WHERE c.alive = 1 AND l.alive = 1 '
    "AND c.person = ?1 AND l.ends_on >= ?2 AND l.status IN ('requested', 'approved')",
    "covers of leave": 'SELECT id FROM "leave" WHERE alive = 1 AND cover = ?1 AND ends_on >= ?2 '
    "AND status IN ('requested', 'approved')",
    "goals": "SELECT id FROM goal WHERE alive = 1 AND person = ?1 AND status = 'active'",
    "people": "SELECT id FROM salesperson WHERE alive = 1 AND manager = ?1 AND status <> 'left'",
    "teams": "SELECT id FROM team WHERE alive = 1 AND manager = ?1",
}  # fmt: skip


def away(life: Life, day: date) -> set[int]:
    """Who is away the whole day by an approved leave, or marked as being on leave."""
    made = {
        row for (row,) in life.run("SELECT id FROM salesperson WHERE status = 'on_leave'")
    }  # fmt: skip
    said = day.isoformat()
    for person, first, last, from_noon, to_noon in life.run(
        'SELECT person, starts_on, ends_on, starts_at_noon, ends_at_noon FROM "leave" '
        "WHERE alive = 1 AND status IN ('approved', 'taken') AND starts_on <= ?1 AND ends_on >= ?1",
        said,
    ):
        if not (first == said and from_noon) and not (last == said and to_noon):
            made.add(person)
    return made


def may_receive(life: Life, task: int, person: int, day: date) -> None:
    """Whoever was given a task works here, and is there on a day on which it can be done."""
    status, due, owner = life.run(
        "SELECT p.status, t.due, t.owner FROM salesperson p, task t WHERE p.id = ? AND t.id = ?",
        person,
        task,
    )[0]
    assert owner == person
    assert status in WORKING, "somebody who doesn't work here was given a task"
    span = [
        day + timedelta(days=at) for at in range((date.fromisoformat(due) - day).days + 1)
    ]  # fmt: skip
    worked = [one for one in span if life.days.works(one)]
    assert not worked or any(person not in away(life, one) for one in worked), (
        "somebody who is away was given a task"
    )


def covers(life: Life, day: date) -> None:
    """Whoever is away is covered by somebody who is there; what is theirs stays theirs, and returns."""
    gone, covering = away(life, day), Covering(life.book, day)
    there = set(life.present(day))
    for task, owner, customer in life.run(
        f"SELECT id, owner, customer FROM task WHERE alive = 1 AND owner IS NOT NULL "
        f"AND status IN {OPEN_SQL}"
    ):
        worker, covered = covering.worker("task", task, owner, day, customer)
        if owner not in gone:
            assert (worker, covered) == (owner, False), (
                "the owner is back and somebody else does it"
            )
        elif covered:
            assert worker in there, "somebody who isn't there covers"
            life.counts["days of tasks covered"] += 1
        else:
            assert worker == owner


def nothing_open_is_theirs(life: Life, person: int, day: date) -> None:
    """Nothing open belongs to somebody who has left."""
    for what, sql in _OPEN.items():
        params = (person, day.isoformat())[: 2 if "?2" in sql else 1]
        assert not life.run(sql, *params), f"{what} of somebody who has left"


def today_says_the_same_twice(life: Life, day: date) -> None:
    """Two readings of Today, the second by a book that is opened for it, have the same lines."""
    first = read(life.book, day).lines()
    with Book.open(life.book.path) as again:
        assert read(again, day).lines() == first
    assert not repeated(one.id for one in first)
    life.counts["lines of Today"] += len(first)


def recurrences(life: Life, day: date) -> None:
    """Each day that a rule names has its task once, made or since thrown away; none is missing."""
    made: dict[int, list[tuple[date, date]]] = {row: [] for row in life.heads}
    for head, nominal, due in life.run(
        "SELECT series, occurrence, due FROM task WHERE series IS NOT NULL ORDER BY occurrence"
    ):
        made[head].append((date.fromisoformat(nominal), date.fromisoformat(due)))
    for head, (one, anchor) in life.heads.items():
        wanted = one.coming(anchor, day + timedelta(days=500), life.days)
        reached = [each for each in wanted if each[1] <= day]
        found = made[head]
        assert found == wanted[: len(found)], f"{one.text}: twice, too much, or on a wrong day"
        assert len(found) >= len(reached), f"{one.text}: {reached[len(found) :]} are lost"
        life.counts["occurrences"] += len(found)
    assert not life.run(
        "SELECT id FROM task WHERE alive = 1 AND series IS NOT NULL AND owner IS NULL"
    ), "a recurring task of somebody who left came to nobody"


def reminders(life: Life, day: date) -> None:
    """None at night, none on days off where that was asked for, each once, and none kept back."""
    free, always = life.bells
    for bell, (start, end) in ((free, (20, 8)), (always, (22, 6))):
        late = [at for at, _ in bell.rang if quiet(at, start, end)]
        assert not late, f"a reminder in the quiet hours: {late[:3]}"
        assert not repeated(due.item.key for _, due in bell.rang)
        for at, due in bell.rang:
            if due.item.entity == "task":
                assert at >= due.item.remind_at, "it was said too early"
            elif at > due.item.at:  # only what had been done, until that was taken back
                assert taken_back(life, due.item.entity, due.item.row), "it had begun already"
        assert not bell.silent(life.book, moment(day + ONE, 0))
        life.counts["reminders"] += len(bell.rang)
    off = [at for at, _ in free.rang if not life.days.works(at.astimezone().date())]
    assert not off, f"a reminder on a day off: {off[:3]}"
    assert any(not life.days.works(at.astimezone().date()) for at, _ in always.rang)


def taken_back(life: Life, entity: str, row: int) -> bool:
    """Whether an undo or redo touched a record."""
    changes = [life.book.info(one.change) for one in life.book.edits(entity, row)]
    return any(one is not None and one.kind != "edit" for one in changes)


def follow_ups(life: Life, day: date) -> None:
    """One activity fulfils one plan, within its days, with its customer; none waits for ever."""
    done = life.run(
        "SELECT p.activity, p.customer, a.customer, p.due, a.at FROM follow_up_plan p "
        "JOIN activity a ON a.id = p.activity WHERE p.alive = 1 AND p.status = 'done'"
    )
    assert done
    assert not repeated(one[0] for one in done)
    for _, planned, met, due, at in done:
        took = date.fromisoformat(due)
        on = moment_day(at)
        assert planned == met
        assert took - timedelta(days=3) <= on <= took + timedelta(days=30)
    waiting = (day - timedelta(days=30)).isoformat()
    assert not life.run(
        "SELECT id FROM follow_up_plan WHERE alive = 1 AND status = 'planned' AND due < ?", waiting
    )
    assert not life.run(
        "SELECT p.id FROM follow_up_plan p JOIN activity a ON a.customer = p.customer AND a.alive = 1 "
        "WHERE p.alive = 1 AND p.status = 'planned' AND date(a.at, 'localtime') "
        "BETWEEN date(p.due, '-3 days') AND date(p.due, '+30 days') AND NOT EXISTS "
        "(SELECT 1 FROM follow_up_plan o WHERE o.activity = a.id AND o.alive = 1)"
    ), "somebody was there, and the follow-up still waits"
    life.counts["fulfilled"] += len(done)


def moment_day(stored: str) -> date:
    """The day of a stored moment by the clock of this machine."""
    return datetime.fromisoformat(stored).astimezone().date()


def activities(life: Life) -> None:
    """None is there twice, none is lost: those alive are those of the changes that live."""
    there = life.run("SELECT count(*) FROM activity WHERE alive = 1")[0][0]
    taken_back = life.run("SELECT count(*) FROM activity WHERE alive IS NULL")[0][0]
    assert there + taken_back == life.counts["activities"]


def pool(life: Life) -> None:
    """Whoever is in the pool has no owner; each move into it and out of it is written down once."""
    assert not life.run(
        "SELECT id FROM customer WHERE alive = 1 AND pool_status = 'pool' AND owner IS NOT NULL"
    )
    picked = Counter(
        life.run(
            "SELECT m.person, m.moved_on, k.grade FROM pool_move m JOIN customer k ON k.id = m.customer "
            "WHERE m.alive = 1 AND m.kind = 'picked'"
        )
    )
    most = {"B": 2, "C": 3, "D": 5, None: 3}
    assert all(n <= most.get(grade, 99) for (_, _, grade), n in picked.items())


def at_the_end(life: Life, day: date) -> None:
    """Everything."""
    recurrences(life, day)
    reminders(life, day)
    follow_ups(life, day)
    activities(life)
    pool(life)
    for person in life.left:
        nothing_open_is_theirs(life, person, day)
    assert not [one for one in checking.check(life.book) if one.bad]
