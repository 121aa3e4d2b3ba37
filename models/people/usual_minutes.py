"""How long visits, calls and messages usually take: as the book says, else as is commonly so."""

from __future__ import annotations

from collections import defaultdict

from models.dialects import Connection

# Estimates of what is usual; a book with enough records of its own goes by those.
COMMON = {"visit": 90, "call": 15, "wechat": 10, "email": 15, "meeting": 60}
ENOUGH = 5


def usual_minutes(db: Connection) -> dict[str, int]:
    """Minutes by kind of activity: the median of the book from five records on."""
    counted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for kind, minutes, n in db.run(
        "SELECT kind, duration_minutes, count(*) FROM activity "
        "WHERE alive = 1 AND duration_minutes > 0 AND kind IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    ):
        counted[kind].append((minutes, n))
    found = {kind: _median(each) for kind, each in counted.items() if _count(each) >= ENOUGH}
    return {**COMMON, **found}


def _count(each: list[tuple[int, int]]) -> int:
    return sum(n for _, n in each)


def _median(each: list[tuple[int, int]]) -> int:
    """The lower of the two in the middle of an even count."""
    middle, seen = (_count(each) + 1) // 2, 0
    for minutes, n in each:
        seen += n
        if seen >= middle:
            return minutes
    raise AssertionError("a median of nothing")
