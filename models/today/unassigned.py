"""What has nobody: open tasks without an owner, tasks and customers of people who have left.

At once: such a task is due. Today: it isn't due yet; the customers of somebody who has left, in one
line for each who left. Good to know: customers that nobody looks after and that aren't in the pool,
in one line.
"""

from __future__ import annotations

from models.tasks.states import OPEN_SQL
from models.texts import N_, ntr, tr
from models.today.line import NOTE, NOW, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "unassigned"
LABEL = N_("Without an owner")


def find(scene: Scene) -> list[Found]:
    """Tasks that nobody does anything for."""
    made = []
    for row, title, owner, customer, due, left in scene.db.run(
        "SELECT t.id, t.title, t.owner, t.customer, t.due, p.name FROM task t "
        "LEFT JOIN salesperson p ON p.id = t.owner "
        f"WHERE t.alive = 1 AND t.status IN {OPEN_SQL} "
        "AND (t.owner IS NULL OR p.status = 'left' OR p.alive IS NOT 1)"
    ):
        late = scene.late(due) if due else 0
        made.append(
            Found(
                KIND,
                (Record("task", row),),
                NOW if due and late >= 0 else TODAY,
                "assign",
                0,
                0,
                scene.open_deals.get(customer, 0),
                late,
                facts=("task", title or "", left or "" if owner else "", bool(due)),
            )
        )
    return made


def find_customers(scene: Scene) -> list[Found]:
    """Customers that nobody looks after; there may be as many as the book has."""
    groups: dict[int, list[Record]] = {}
    for row, owner in scene.db.run(
        "SELECT c.id, c.owner FROM customer c LEFT JOIN salesperson p ON p.id = c.owner "
        "WHERE c.alive = 1 AND c.active IS NOT 0 AND c.lifecycle IS NOT 'lost' "
        "AND c.pool_status IS NOT 'pool' "
        "AND (c.owner IS NULL OR p.status = 'left' OR p.alive IS NOT 1) ORDER BY c.id"
    ):
        groups.setdefault(owner or 0, []).append(Record("customer", row))
    made = []
    for owner, records in groups.items():
        amount = sum(scene.open_deals.get(one.row, 0) for one in records)
        left = scene.people.get(owner)
        made.append(
            Found(
                KIND,
                tuple(records),
                TODAY if owner else NOTE,
                "assign",
                0,
                0,
                amount,
                facts=("customers", left.name if left else "", len(records), amount),
                mark=f"customers/{owner}",
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """What it is that nobody has, and why."""
    if found.facts[0] == "task":
        _, title, left, due = found.facts
        gone = tr(N_("{name} has left"), name=left) if left else tr(N_("nobody has it"))
        return title, words.sentence(gone, words.when(found.late) if due else "")
    _, name, n, amount = found.facts
    title = ntr("{n} customer without an owner", "{n} customers without an owner", n)
    why = tr(N_("{name} has left"), name=name) if name else tr(N_("they aren't in the pool either"))
    return title, words.sentence(why, words.worth(amount, 0))
