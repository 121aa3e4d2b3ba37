"""A list as lines of texts, one after another: what stands on each row of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.book import Book
from models.describe import filters, sentences
from models.describe.kinds import KINDS
from models.progress import Progress
from models.texts import N_, ntr, tr
from models.views.arranging import Node, Totals
from models.views.palette import Shade, shade
from models.views.seen import Seen
from models.views.view import Rule
from ui.records.total_words import function_name, group_text, shown_total

_BLOCK = 2_000  # records read together
RECORD, GROUP, TOTAL = 0, 1, 2


@dataclass(frozen=True)
class Line:
    """One row: its texts by column; a group's label spans the columns before its first total."""

    kind: int
    texts: tuple[str, ...]
    label: str = ""
    level: int = 0
    shades: tuple[Shade | None, ...] = ()
    signs: tuple[str, ...] = ()

    def sign(self, column: int) -> str:
        """What says beside a text that it is coloured."""
        return self.signs[column] if self.signs else ""


@dataclass(frozen=True)
class Sheet:
    """A list to be put on paper: what it is called, what is said above it, and its columns."""

    heading: str
    said: tuple[str, ...]
    foot: str
    columns: tuple[str, ...]
    right: tuple[bool, ...]  # columns whose texts end where the column ends


class Lines:
    """The lines of one list, read from the book as they are asked for."""

    def __init__(self, book: Book, entity: str, seen: Seen) -> None:
        self._book, self._entity, self._seen = book, book.schema.entity(entity), seen
        self.paths = seen.view.paths
        self.fields = [book.schema.path(self._entity, one)[1] for one in self.paths]
        self._asked = dict(seen.view.totals)
        nodes = seen.arranged.groups
        self._depth = max((len(one.key) for one in nodes), default=0)
        self._rules = [
            (rule, frozenset(book.ids(entity, rule.when)))
            for rule in seen.view.colours
            if rule.kind == "when" and rule.when
        ]

    def sheet(self, title: str, view_name: str, more: Sequence[str] = ()) -> Sheet:
        """What stands around the lines."""
        view, said = self._seen.view, list(more)
        if view.filter:
            asked = sentences.shown(
                filters.parse(view.filter), self._entity, self._book.schema, view.filter
            )
            said.append(tr(N_("Only where {filter}"), filter=asked))
        count = len(self._seen.arranged.ids)
        said.append(ntr("{n} record", "{n} records", count))
        heading = f"{title} · {view_name}" if view_name else title
        titles = []
        for path in self.paths:
            steps, last = self._book.schema.path(self._entity, path)
            label = last.text()
            if steps:
                text = N_("{field} of {record}")
                label = tr(text, field=label, record=steps[-1].text())
            titles.append(label)
        right = tuple(KINDS[one.kind].numeric for one in self.fields)
        foot = f"{self._book.path.stem} · {date.today().isoformat()}"
        return Sheet(heading, tuple(said), foot, tuple(titles), right)

    def kinds(self) -> Iterator[int]:
        """The kinds of the lines, without reading any record."""
        for node, count in self._runs():
            if node is not None:
                yield GROUP
            for _ in range(count):
                yield RECORD
        if self._asked and self._seen.arranged.ids:
            yield TOTAL

    def _runs(self) -> Iterator[tuple[Node | None, int]]:
        """Each group that is shown, and how many records stand below it."""
        seen = self._seen
        if not seen.arranged.groups:
            yield None, len(seen.arranged.ids)
            return
        for node in seen.arranged.groups:
            if any(node.key[:depth] in seen.closed for depth in range(1, len(node.key))):
                continue
            open_ = node.key not in seen.closed and len(node.key) == self._depth
            yield node, node.count if open_ else 0

    def all(self, progress: Progress) -> Iterator[Line]:
        """Every line, in order."""
        ids, total = self._seen.arranged.ids, len(self._seen.arranged.ids)
        at = 0
        for node, count in self._runs():
            start = at
            if node is not None:
                start = node.first
                yield self._group(node)
            for first in range(start, start + count, _BLOCK):
                progress.step(first / max(total, 1))
                yield from self._records(ids[first : min(first + _BLOCK, start + count)])
            at = start + count
        yield from self.last()

    def _records(self, ids: Sequence[int]) -> Iterator[Line]:
        currency = self._book.currency
        rows = self._book.rows(self._entity.id, ids, self.paths)
        for id, row in zip(ids, rows, strict=True):
            texts = tuple(
                KINDS[field.kind].show(field, value, currency).replace("\n", " ")
                for field, value in zip(self.fields, row, strict=True)
            )
            hits = self._hits(id) if self._rules else ()
            yield self._coloured(texts, hits) if hits else Line(RECORD, texts)

    def _hits(self, id: int) -> list[Rule]:
        return [rule for rule, ids in self._rules if id in ids]

    def _coloured(self, texts: tuple[str, ...], hits: Sequence[Rule]) -> Line:
        """A record with its colours; the sign of a coloured row stands in its first column."""
        shades, signs = [], []
        for at, path in enumerate(self.paths):
            rule = next((one for one in hits if one.row or one.path == path), None)
            shades.append(None if rule is None else shade(rule.colour))
            said = rule is not None and (not rule.row or at == 0)
            signs.append(shade(rule.colour).sign if rule is not None and said else "")
        return Line(RECORD, texts, shades=tuple(shades), signs=tuple(signs))

    def last(self) -> list[Line]:
        """The line of totals, if there is one."""
        if not (self._asked and self._seen.arranged.ids):
            return []
        return [Line(TOTAL, self._totals(self._seen.arranged.totals, named=True))]

    def _group(self, node: Node) -> Line:
        text = group_text(self._book.schema, self._entity, self._seen.view.groups, node)
        texts = ("", *self._totals(node.totals, named=False)[1:])
        return Line(GROUP, texts, text, node.level)

    def _totals(self, totals: Totals, *, named: bool) -> tuple[str, ...]:
        return tuple(
            self._total(path, field, totals, named=named)
            for path, field in zip(self.paths, self.fields, strict=True)
        )

    def _total(self, path: str, field: Any, totals: Totals, *, named: bool) -> str:
        how = self._asked.get(path)
        if how is None or path not in totals:
            return ""
        shown = shown_total(field, how, totals[path], self._book.currency)
        return f"{function_name(how, field.kind)} {shown}" if named else shown
