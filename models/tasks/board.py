"""Tasks on a board: columns by state, person or project, each counted whole, its first tasks as cards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.book import Book
from models.money import from_scaled
from models.names import sort_key
from models.tasks.asked import Asked, condition, people_of
from models.tasks.states import CLOSED
from models.tasks.task import STATUSES
from models.tasks.view_rows import IS_OPEN, TaskRow, by_ids
from models.texts import N_, tr

GROUPS = ("status", "owner", "project")
CARDS = {"status": 60, "owner": 25, "project": 25}  # a column shows the first; the list shows all
COLUMNS = 24  # of people or projects; who looks for another one narrows the board
_RECENT = timedelta(days=14)  # closed tasks older than that aren't on the board
_LABELS = {"owner": ("salesperson", "name"), "project": ("project", "name")}
_NOBODY = {"owner": N_("Nobody"), "project": N_("No project")}
# What comes first in a column: what is late, then by day; of closed work what was closed last.
_ORDER = (
    "CASE WHEN t.status IN ('done', 'cancelled') THEN 1 ELSE 0 END, "
    "CASE WHEN t.status IN ('done', 'cancelled') THEN 0 ELSE t.due IS NULL END, "
    "CASE WHEN t.status IN ('done', 'cancelled') THEN NULL ELSE t.due END, "
    "CASE t.priority WHEN 'high' THEN 0 WHEN 'low' THEN 2 ELSE 1 END, t.done_at DESC, t.id"
)
_MAYBE_EMPTY = ("draft", "questioned")  # states that many teams never use


@dataclass(frozen=True)
class Column:
    """One state, person or project: all its tasks counted, the first of them as cards.

    ``key`` is what a card gets that is moved here: a state's code, or a row, 0 for none. ``quiet``
    columns needn't be looked at: closed work, and states in which nothing is.
    """

    key: str | int
    name: str
    count: int
    late: int
    hours: Decimal
    cards: tuple[TaskRow, ...]
    quiet: bool = False


@dataclass(frozen=True)
class Board:
    """The columns, and how many more people or projects have tasks than there is room for."""

    group: str
    columns: tuple[Column, ...]
    more: int = 0

    @property
    def count(self) -> int:
        """How many tasks there are in all columns."""
        return sum(one.count for one in self.columns)


def board(book: Book, asked: Asked, group: str, on: date, limit: int = 0) -> Board:
    """The board as it is on a day; work closed more than two weeks before isn't on it.

    Args:
        group: one of ``GROUPS``.
        limit: how many cards a column has at most; 0 is as many as are usual.
    """
    wanted, params = condition(book, asked, "task", "t.owner", project=True)
    field = f"t.{group}"
    kept, more_params = _kept(asked, group, on)
    params = [*params, *more_params]
    late = f"sum(CASE WHEN t.due < '{on.isoformat()}' AND {IS_OPEN} THEN 1 ELSE 0 END)"
    hours = f"sum(CASE WHEN {IS_OPEN} THEN t.effort_hours END)"
    with book.reading() as db:
        sums = {
            key: rest
            for key, *rest in db.run(
                f"SELECT coalesce({field}, 0), count(*), {late}, coalesce({hours}, 0) FROM task t "
                f"WHERE {wanted} AND {kept} GROUP BY 1",
                params,
            )
        }
        keys, more = _keys(book, asked, group, sums)
        first = db.run(
            f"SELECT key, id FROM (SELECT coalesce({field}, 0) AS key, t.id AS id, row_number() OVER "
            f"(PARTITION BY coalesce({field}, 0) ORDER BY {_ORDER}) AS n FROM task t "
            f"WHERE {wanted} AND {kept}) "
            "WHERE n <= ? AND key IN (SELECT value FROM json_each(?)) ORDER BY n",
            (*params, limit or CARDS[group], json.dumps([key for key, _ in keys])),
        )
        tasks = by_ids(book, [id for _, id in first])
    cards: dict[Any, list[TaskRow]] = {}
    for key, id in first:
        cards.setdefault(key, []).append(tasks[id])
    made = []
    for key, name in keys:
        count, behind, worth = sums.get(key, (0, 0, 0))
        quiet = group == "status" and (key in CLOSED or (key in _MAYBE_EMPTY and not count))
        found = tuple(cards.get(key, ()))
        made.append(Column(key, name, count, behind or 0, from_scaled(worth), found, quiet))
    return Board(group, tuple(made), more)


def column_ids(book: Book, asked: Asked, group: str, key: str | int, on: date) -> list[int]:
    """All tasks of a column, in the order of its cards."""
    wanted, params = condition(book, asked, "task", "t.owner", project=True)
    kept, more = _kept(asked, group, on)
    with book.reading() as db:
        rows = db.run(
            f"SELECT t.id FROM task t WHERE {wanted} AND {kept} AND coalesce(t.{group}, 0) = ? "
            f"ORDER BY {_ORDER}",
            (*params, *more, key),
        )
    return [id for (id,) in rows]


def _kept(asked: Asked, group: str, on: date) -> tuple[str, list[object]]:
    """Which tasks are on a board: those that are open, and what was closed within two weeks."""
    if asked.open_only:
        return IS_OPEN, []
    undated = "t.done_at IS NULL OR " if group == "status" else ""
    return f"({IS_OPEN} OR {undated}t.done_at >= ?)", [(on - _RECENT).isoformat()]


def _keys(
    book: Book, asked: Asked, group: str, sums: Mapping[Any, Sequence[int]]
) -> tuple[list[tuple[str | int, str]], int]:
    """The columns in order with their names, and how many had no room."""
    if group == "status":
        shown = [one for one in STATUSES if not (asked.open_only and one.code in CLOSED)]
        return [(one.code, one.text()) for one in shown], 0
    entity, name = _LABELS[group]
    nobody: tuple[str | int, str] = (0, tr(_NOBODY[group]))
    offered = _people(book, asked) if group == "owner" else _projects(book, asked)
    names = dict(offered)
    others = [key for key in sums if key and key not in names]
    if others:
        rows = book.connection().run(
            f"SELECT id, {name} FROM {entity} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(others),),
        )
        offered += [(id, label or "") for id, label in rows]
    kept = offered
    if len(offered) > COLUMNS:
        busiest = sorted(offered, key=lambda one: -sums.get(one[0], (0,))[0])[:COLUMNS]
        kept = [one for one in offered if one in set(busiest)]
    more = sum(1 for one in offered if one[0] in sums) - sum(1 for one in kept if one[0] in sums)
    first = [nobody] if 0 in sums or not asked.narrow else []
    return [*first, *kept], more


def _people(book: Book, asked: Asked) -> list[tuple[str | int, str]]:
    """Who may be given work, by name; those who left have a column only while they have tasks."""
    people = people_of(book, asked)
    rows = book.connection().run(
        "SELECT id, name FROM salesperson WHERE alive = 1 AND status IS NOT 'left'"
    )
    return _by_name((id, name) for id, name in rows if people is None or id in people)


def _projects(book: Book, asked: Asked) -> list[tuple[str | int, str]]:
    rows = book.connection().run(
        "SELECT id, name FROM project WHERE alive = 1 AND coalesce(status, '') NOT IN ('done', 'cancelled') "
        "AND (? = 0 OR id = ?)",
        (asked.project, asked.project),
    )
    return _by_name((id, name) for id, name in rows)


def _by_name(rows: Iterable[tuple[int, str | None]]) -> list[tuple[str | int, str]]:
    named: list[tuple[str | int, str]] = [(id, name or "") for id, name in rows]
    return sorted(named, key=lambda one: sort_key(one[1]))
