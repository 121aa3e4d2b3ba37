"""Work that can't go on: requests for help with their clock, blocked tasks for which nobody asked.

At once: the answer was due, or it waits for two working days and more. Today: all others.
"""

from __future__ import annotations

from datetime import date

from models.texts import N_, ntr, tr
from models.today.line import NOW, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "blocked"
LABEL = N_("Blocked work")
_PATIENCE = 2  # working days


def find(scene: Scene) -> list[Found]:
    """Every open request, and every blocked task without one."""
    made = _requests(scene)
    asked = {one.row for found in made for one in found.records if one.entity == "task"}
    return made + [one for one in _tasks(scene) if one.records[0].row not in asked]


def _requests(scene: Scene) -> list[Found]:
    made = []
    for row, task, person, customer, raised, answer_by, resolver, *said in scene.db.run(
        "SELECT h.id, h.task, h.person, c.id, h.raised_at, h.answer_by, h.resolver, "
        "coalesce(h.title, ''), coalesce(h.needed, ''), coalesce(t.title, ''), coalesce(c.name, '') "
        "FROM help_request h LEFT JOIN task t ON t.id = h.task AND t.alive = 1 "
        "LEFT JOIN customer c ON c.id = coalesce(h.customer, t.customer) AND c.alive = 1 "
        "WHERE h.alive = 1 AND h.status = 'open'"
    ):
        waits = scene.worked_since(date.fromisoformat(raised[:10])) if raised else 0
        over = bool(answer_by) and answer_by < scene.today
        made.append(
            Found(
                KIND,
                (Record("help_request", row), *((Record("task", task),) if task else ())),
                NOW if over or waits >= _PATIENCE else TODAY,
                "answer",
                person or 0,
                person or 0,
                scene.open_deals.get(customer, 0),
                max(waits, 0),
                facts=(*said, waits, resolver or 0),
            )
        )
    return made


def _tasks(scene: Scene) -> list[Found]:
    return [
        Found(
            KIND,
            (Record("task", row),),
            TODAY,
            "open",
            owner or 0,
            owner or 0,
            scene.open_deals.get(customer, 0),
            facts=(*said, "", 0, 0),
        )
        for row, owner, customer, *said in scene.db.run(
            "SELECT t.id, t.owner, t.customer, coalesce(t.title, ''), "
            "coalesce(t.blocked_reason, ''), coalesce(c.name, '') FROM task t "
            "LEFT JOIN customer c ON c.id = t.customer AND c.alive = 1 "
            "WHERE t.alive = 1 AND t.status = 'blocked'"
        )
    ]


def say(found: Found, words: Words) -> tuple[str, str]:
    """What keeps it, what is needed, how long it waits."""
    if found.action == "open":
        title, why, customer, *_ = found.facts
        blocked = tr(N_("blocked: {reason}"), reason=why) if why else tr(N_("it can't go on"))
        return title, words.sentence(blocked, _for(customer))
    title, needed, task, customer, waits, resolver = found.facts
    wait = (
        ntr("waiting for {n} working day", "waiting for {n} working days", waits)
        if waits > 0
        else tr(N_("asked today"))
    )
    where = tr(N_("task: {title}"), title=task) if task else _for(customer)
    wants = tr(N_("needed: {what}"), what=needed) if needed else ""
    of = tr(N_("asked of {name}"), name=words.name(resolver)) if resolver else ""
    return title, words.sentence(wait, where, wants, of)


def _for(customer: str) -> str:
    return tr(N_("for {customer}"), customer=customer) if customer else ""
