"""Work that can't go on: requests for help with their clock, blocked tasks for which nobody asked.

At once: a request was passed up, because no answer came in time. Today: all others. The clock and who is
asked when are those of ``models.tasks.blocking``, as of the morning of the day.
"""

from __future__ import annotations

from datetime import datetime

from models.tasks import blocking
from models.texts import N_, ntr, tr
from models.today.line import NOW, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "blocked"
LABEL = N_("Blocked work")


def find(scene: Scene) -> list[Found]:
    """Every open request, and every blocked task without one."""
    made = _requests(scene)
    asked = {one.row for found in made for one in found.records if one.entity == "task"}
    return made + [one for one in _tasks(scene) if one.records[0].row not in asked]


def _requests(scene: Scene) -> list[Found]:
    morning = datetime.combine(scene.on, blocking.WORKED[0]).astimezone()
    said = {
        row: texts
        for row, *texts in scene.db.run(
            "SELECT h.id, coalesce(h.needed, ''), coalesce(t.title, ''), coalesce(c.name, '') "
            "FROM help_request h LEFT JOIN task t ON t.id = h.task AND t.alive = 1 "
            "LEFT JOIN customer c ON c.id = coalesce(h.customer, t.customer) AND c.alive = 1 "
            "WHERE h.alive = 1 AND h.status = 'open'"
        )
    }
    made = []
    for one in blocking.waits(scene.book, morning):
        task = (Record("task", one.task),) if one.task else ()
        days = int(one.days)
        made.append(
            Found(
                KIND,
                (Record("help_request", one.request), *task),
                NOW if one.level else TODAY,
                "answer",
                one.person or 0,
                one.person or 0,
                scene.open_deals.get(one.customer or 0, 0),
                days,
                facts=(one.title, *said[one.request], days, one.asked_of or 0, one.level),
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
            facts=(*said,),
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
        title, why, customer = found.facts
        blocked = tr(N_("blocked: {reason}"), reason=why) if why else tr(N_("it can't go on"))
        return title, words.sentence(blocked, _for(customer))
    title, needed, task, customer, days, asked_of, level = found.facts
    wait = (
        ntr("no answer for {n} working day", "no answer for {n} working days", days)
        if days
        else tr(N_("no answer yet"))
    )
    where = tr(N_("task: {title}"), title=task) if task else _for(customer)
    wants = tr(N_("needed: {what}"), what=needed) if needed else ""
    return title, words.sentence(wait, where, wants, _asked(words.name(asked_of), level))


def _asked(name: str, level: int) -> str:
    """Who is to answer now."""
    if not name:
        return ""
    return tr(N_("passed up to {name}") if level else N_("asked of {name}"), name=name)


def _for(customer: str) -> str:
    return tr(N_("for {customer}"), customer=customer) if customer else ""
