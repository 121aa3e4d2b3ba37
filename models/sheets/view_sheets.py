"""A list as it is seen, as a workbook: groups as an outline with live subtotals, colours, totals.

The rows of groups and totals carry a mark where records carry their ids, so that they are left out
when the sheet comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from models.book import Book
from models.describe.field import Entity
from models.progress import SILENT, Progress
from models.sheets import exporting, formulas, own, writing
from models.sheets.writing import Cell, Formula, Workbook
from models.texts import N_, tr
from models.views.arranging import Node, Totals
from models.views.palette import shade
from models.views.seen import Seen
from models.views.view import Rule

_SUBTOTALS = {"sum": 9, "mean": 1, "min": 5, "max": 4}


def export(book: Book, path: Path, entity: str, seen: Seen, progress: Progress = SILENT) -> int:
    """Write what is seen; a text file holds the records alone, in their order. Gives how many.

    Raises:
        Refused, Cancelled: as ``exporting.export``.
    """
    ids, paths = seen.arranged.ids, seen.view.paths
    size = len(ids) + len(seen.arranged.groups) + 1
    if seen.plain or exporting.format_of(path) != "xlsx" or size > writing.ROWS:
        return exporting.export_view(book, path, entity, ids, paths, progress)
    kind = book.schema.entity(entity)
    with book.reading(), writing.written(path, "xlsx", book.currency) as target:
        assert isinstance(target, Workbook)
        _Sheet(book, target, kind, seen).write(progress)
    progress.step(1.0)
    return len(ids)


class _Sheet:
    """One list on its way into a workbook."""

    def __init__(self, book: Book, target: Workbook, entity: Entity, seen: Seen) -> None:
        self._book, self._target, self._entity, self._seen = book, target, entity, seen
        self._paths = exporting.paths(book, entity, seen.view.paths)
        self._columns = exporting.columns(book, entity, self._paths)
        self._asked = dict(seen.view.totals)
        self._depth = len(seen.arranged.groups[0].key) if seen.arranged.groups else 0
        for one in seen.arranged.groups:
            self._depth = max(self._depth, len(one.key))
        self._coloured = [
            (rule, frozenset(book.ids(entity.id, rule.when)))
            for rule in seen.view.colours
            if rule.kind == "when" and rule.when
        ]

    def write(self, progress: Progress) -> None:
        seen, target = self._seen, self._target
        target.sheet(self._entity.plural_text(), self._columns, frozen=seen.view.frozen + 1)
        records = self._records(progress)
        if not seen.arranged.groups:
            for row, fills in records:
                target.row(row, fills=fills)
        else:
            self._groups(records)
        last = target.at
        self._rules(last)
        if self._asked and seen.arranged.ids:
            totals = self._totals(seen.arranged.totals, 2, last + 1)
            target.row([own.SUM_MARK, *self._labelled(totals, tr(N_("Total")))], bold=True)

    def _records(self, progress: Progress) -> Iterator[tuple[list[Cell], dict[int, str]]]:
        """The cells of each record in order, with the colours behind some of them."""
        ids = self._seen.arranged.ids
        cells = exporting.Cells(self._book)
        kinds = [self._book.schema.path(self._entity, one)[1] for one in self._paths]
        read = [cells.of(one) for one in kinds]
        live = formulas.live(self._book.schema, self._entity, self._paths)
        for start in range(0, len(ids), exporting.BLOCK):
            progress.step(start / max(len(ids), 1), self._entity.plural_text())
            block = ids[start : start + exporting.BLOCK]
            values = self._book.rows(self._entity.id, block, self._paths)
            for id, row in zip(block, values, strict=True):
                made = _made(read, row)
                for one in live:
                    made[one.at] = one.cell(made)
                yield [self._book.public_id(self._entity.id, id), *made], self._fills(id)

    def _fills(self, id: int) -> dict[int, str]:
        made: dict[int, str] = {}
        for rule, ids in self._coloured:
            if id in ids:
                where = range(len(self._paths)) if rule.row else self._places(rule)
                for at in where:
                    made.setdefault(at + 1, shade(rule.colour).light)
        return made

    def _places(self, rule: Rule) -> list[int]:
        return [at for at, one in enumerate(self._paths) if one == rule.path]

    def _groups(self, records: Iterator[tuple[list[Cell], dict[int, str]]]) -> None:
        nodes, target, closed = self._seen.arranged.groups, self._target, self._seen.closed
        for at, node in enumerate(nodes):
            inner = sum(1 for _ in _within(nodes, at))
            first = target.at + 3  # rows are counted from 1, this one comes before
            totals = self._totals(node.totals, first, first + inner + node.count - 1)
            label = tr(N_("{name} subtotal"), name=node.label)
            hidden = any(node.key[:depth] in closed for depth in range(1, len(node.key)))
            target.row(
                [own.SUM_MARK, *self._labelled(totals, "  " * node.level + label)],
                bold=True,
                level=node.level,
                hidden=hidden,
                collapsed=node.key in closed,
            )
            if len(node.key) == self._depth:
                gone = hidden or node.key in closed
                for _ in range(node.count):
                    row, fills = next(records)
                    target.row(row, level=self._depth, hidden=gone, fills=fills)

    def _labelled(self, cells: list[Cell], label: str) -> list[Cell]:
        return [label, *cells[1:]]

    def _totals(self, totals: Totals, first: int, last: int) -> list[Cell]:
        """Formulas over rows, counted from 1, with what they give today."""
        made: list[Cell] = []
        for at, path in enumerate(self._paths):
            how = self._asked.get(path)
            if how is None or path not in totals:
                made.append(None)
                continue
            letter, ids = writing.letters(at + 1), f"$A{first}:$A{last}"
            field = f"{letter}{first}:{letter}{last}"
            match how:
                case "count":
                    text = f'=COUNTIF({ids},"*-*")'
                case "filled":
                    text = f'=COUNTIFS({ids},"*-*",{field},"<>")'
                case _:
                    text = f"=SUBTOTAL({_SUBTOTALS[how]},{field})"
            kind = "integer" if how in ("count", "filled") else self._columns[at + 1].kind
            made.append(Formula(text, totals[path], kind))
        return made

    def _rules(self, last: int) -> None:
        """Scales and bars, which the workbook itself keeps true."""
        for rule in self._seen.view.colours:
            for at in self._places(rule):
                if rule.kind in ("scale", "bar") and last:
                    self._target.rule(at + 1, last, rule.kind, shade(rule.colour).light)


def _made(read: Sequence[Callable[[Any], Cell]], row: Sequence[Any]) -> list[Cell]:
    return [None if value is None else one(value) for one, value in zip(read, row, strict=True)]


def _within(nodes: Sequence[Node], at: int) -> Iterator[Node]:
    """The groups inside a group; they follow it."""
    key = nodes[at].key
    for one in nodes[at + 1 :]:
        if one.key[: len(key)] != key:
            return
        yield one
