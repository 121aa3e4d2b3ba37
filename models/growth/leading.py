"""Who leads whom: whoever leads the person's team, else the person's own superior; never oneself."""

from __future__ import annotations

from models.dialects import Connection


def leaders(db: Connection) -> dict[int, int]:
    """The superior of everybody who has one and works here."""
    made = {}
    for person, *superiors in db.run(
        "SELECT s.id, t.manager, s.manager FROM salesperson s "
        "LEFT JOIN team t ON t.id = s.team AND t.alive = 1 WHERE s.alive = 1 AND s.status IS NOT 'left'"
    ):
        found = [one for one in superiors if one is not None and one != person]
        if found:
            made[person] = found[0]
    return made


def leader(db: Connection, person: int) -> int | None:
    """The superior of one person."""
    return leaders(db).get(person)
