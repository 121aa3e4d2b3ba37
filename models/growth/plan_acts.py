"""What is done with improvement plans, each act one change: accepted, begun, ended, gone on with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.change import Change
from models.growth.plan_rules import CLOSED, CONTINUED
from models.growth.plans import Proposal
from models.people import naming
from models.refusals import Refused
from models.texts import N_, tr

PROPOSED, AGREED, RUNNING = "proposed", "agreed", "running"


def save(book: Book, proposals: Sequence[Proposal], origin: str = "ui") -> tuple[int, ...]:
    """Write proposals down as plans that nobody has agreed to yet; gives their rows."""
    who = _who(book, (one.person for one in proposals))
    with book.change(tr(N_("Improvement plan proposed: {who}"), who=who), origin) as change:
        return tuple(_add(change, one, PROPOSED) for one in proposals)


def accept(book: Book, proposals: Sequence[Proposal], origin: str = "ui") -> tuple[int, ...]:
    """Write proposals down as agreed plans, their tasks as tasks of the person; gives their rows."""
    who = _who(book, (one.person for one in proposals))
    with book.change(tr(N_("Improvement plan accepted: {who}"), who=who), origin) as change:
        rows = tuple(_add(change, one, AGREED) for one in proposals)
        _give_tasks(change, rows)
    return rows


def agree(book: Book, rows: Iterable[int], origin: str = "ui") -> None:
    """Both agree to plans that were proposed: their task steps become tasks."""
    plans = list(rows)
    _each(
        book, N_("Improvement plan agreed: {who}"), plans, {"status": AGREED}, origin, _give_tasks
    )


def start(book: Book, rows: Iterable[int], origin: str = "ui") -> None:
    """Plans that were agreed begin."""
    _each(book, N_("Improvement plan begun: {who}"), list(rows), {"status": RUNNING}, origin)


def close(book: Book, rows: Iterable[int], on: date | None = None, origin: str = "ui") -> None:
    """File plans that have their verdict."""
    values = {"status": CLOSED, "closed_on": on or date.today()}
    _each(book, N_("Improvement plan closed: {who}"), list(rows), values, origin)


def _each(
    book: Book,
    said: str,
    rows: list[int],
    values: dict[str, Any],
    origin: str,
    then: Callable[[Change, Sequence[int]], None] | None = None,
) -> None:
    people = (book.record("improvement_plan", one)["person"] for one in rows)
    who = _who(book, (one.id for one in people if one is not None))
    with book.change(tr(said, who=who), origin) as change:
        for row in rows:
            change.set("improvement_plan", row, values)
        if then is not None:
            then(change, rows)


def _who(book: Book, people: Iterable[int]) -> str:
    """Whose plans they are."""
    return naming.who(book.label("salesperson", one) for one in dict.fromkeys(people))


def decide(
    book: Book,
    row: int,
    verdict: str,
    words: str,
    result: Decimal | None = None,
    on: date | None = None,
    next_target: Decimal | None = None,
    next_check: date | None = None,
    origin: str = "ui",
) -> int | None:
    """Say how a plan ended and why; gives the row of the plan that goes on with it, if one does.

    What goes on begins the day after the check with the level that was reached, the target unless another
    one is named, the steps that aren't done, and as many days as the plan before had.

    Raises:
        Refused: see ``plan_rules``; or the plan has a verdict already (``has_verdict``).
    """
    day = on or date.today()
    plan = book.record("improvement_plan", row)
    if plan["verdict"] == CONTINUED or plan["status"] == CLOSED:
        raise Refused("has_verdict", N_("This plan has its verdict already."))
    whose = plan["person"].label if plan["person"] else ""
    said = tr(N_("Verdict on {plan}: {person}"), plan=plan["title"], person=whose)
    ends = CLOSED if verdict == CONTINUED else verdict
    with book.change(said, origin) as change:
        values = {"status": ends, "verdict": verdict, "verdict_words": words, "result": result}
        if verdict != CONTINUED:
            change.set("improvement_plan", row, values)
            return None
        change.set("improvement_plan", row, {**values, "closed_on": day})
        return _go_on(change, row, plan, day, result, next_target, next_check)


def _go_on(
    change: Change,
    row: int,
    plan: dict[str, Any],
    day: date,
    result: Decimal | None,
    target: Decimal | None,
    check: date | None,
) -> int:
    length = max(plan["check_on"] - plan["starts_on"], timedelta(days=14))
    fresh = {
        name: _stored(plan[name])
        for name in ("title", "person", "evaluation", "item", "skill", "evidence", "measure")
    }
    made = change.add(
        "improvement_plan",
        {
            **fresh,
            "baseline": plan["baseline"] if result is None else result,
            "target": plan["target"] if target is None else target,
            "starts_on": day + timedelta(days=1),
            "check_on": check or day + timedelta(days=1) + length,
            "status": RUNNING,
            "continues": row,
        },
    )
    for place, kind, title, mentor, due, task in change.db.run(
        "SELECT place, kind, title, mentor, due, task FROM plan_action "
        "WHERE plan = ? AND alive = 1 AND done_on IS NULL ORDER BY place, id",
        (row,),
    ):
        values = {"plan": made, "place": place, "kind": kind, "title": title, "mentor": mentor, "due": due, "task": task}  # fmt: skip
        change.add("plan_action", {name: one for name, one in values.items() if one is not None})
    return made


def _stored(value: Any) -> Any:
    """A link as the row that it means."""
    return getattr(value, "id", value)


def _add(change: Change, one: Proposal, status: str) -> int:
    values = {
        "title": one.title,
        "person": one.person,
        "evaluation": one.evaluation,
        "item": one.item,
        "skill": one.skill,
        "evidence": one.evidence,
        "measure": one.measure or None,
        "baseline": one.baseline,
        "target": one.target,
        "starts_on": one.starts_on,
        "check_on": one.check_on,
        "status": status,
        "continues": one.continues,
    }
    row = change.add("improvement_plan", values)
    for place, step in enumerate(one.steps, 1):
        change.add(
            "plan_action",
            {
                "plan": row,
                "place": place,
                "kind": step.kind,
                "title": step.title,
                "mentor": step.mentor,
                "due": step.due,
            },
        )
    return row


def _give_tasks(change: Change, rows: Sequence[int]) -> None:
    """The task steps of plans become tasks of the person, linked with them."""
    for plan in rows:
        for step, title, due, person, about in change.db.run(
            "SELECT a.id, a.title, a.due, p.person, p.title FROM plan_action a "
            "JOIN improvement_plan p ON p.id = a.plan WHERE p.id = ? AND a.alive = 1 "
            "AND a.kind = 'task' AND a.task IS NULL ORDER BY a.place, a.id",
            (plan,),
        ):
            task = change.add(
                "task",
                {
                    "title": title,
                    "owner": person,
                    "due": due,
                    "kind": "internal",
                    "done_criteria": tr(N_("A step of the improvement plan “{plan}”"), plan=about),
                },
            )
            change.set("plan_action", step, {"task": task})
