"""From the rows of one table to waiting records: parsing by kind and splitting flat rows.

A column's path says which record of the row it belongs to: ``amount`` to the line itself,
``order.customer.name`` to the customer of its order. Rows that name one parent share one waiting
record. A parent's key that repeats with other discriminators (another customer, another day) names
different records, never the first of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import Any

from models.describe import parsing
from models.describe.field import Entity
from models.describe.parsing import PLAIN, CellFormat
from models.describe.schema import Schema
from models.progress import Progress
from models.sales.rules import line_amount
from models.sheets import beside
from models.sheets.cells import Bad, Constant, Reading, joined, mean
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.report import Problem, TableReport
from models.sheets.spooling import CellError, Columns
from models.sheets.staging import Staging
from models.texts import N_, tr


@dataclass
class Node:
    """One record of each row: where its cells are, and which record of the row it hangs on."""

    path: str
    entity: Entity
    columns: list[int] = field(default_factory=list)  # places in the row of readings
    names: list[str] = field(default_factory=list)
    children: list[tuple[str, Node]] = field(default_factory=list)  # (link field, node)
    known: dict[Any, int] = field(default_factory=dict)
    repeats: dict[Any, int] = field(default_factory=dict)
    differing: Counter[str] = field(default_factory=Counter)
    pending: list[tuple[Any, ...]] = field(default_factory=list)
    kept: dict[int, tuple[Any, ...]] = field(default_factory=dict)
    late: set[int] = field(default_factory=set)


class Filler:
    """Fills waiting records from one table."""

    def __init__(
        self,
        staging: Staging,
        schema: Schema,
        mapping: TableMapping,
        number: int,
        report: TableReport,
        lenient: bool,
        public_row: Callable[[str, str], int | None],
    ) -> None:
        assert mapping.entity is not None
        self._staging, self._schema, self._report = staging, schema, report
        self._number = number
        self._ours = mapping.own is not None
        self._public_row = public_row
        self.base = Node("", schema.entity(mapping.entity))
        self._nodes: dict[str, Node] = {"": self.base}
        self._readings: list[tuple[int, str, Reading]] = []
        self._joined: dict[tuple[str, str], list[int]] = {}
        self._id_column: int | None = None
        for column in mapping.columns:
            if column.path == "id":
                self._id_column = column.index
            elif column.path:
                self._add(column, lenient)
        self._means = {path for path, _ in mapping.means}
        for path, letters in mapping.means:
            for column in mapping.columns:
                if column.letter in letters:
                    self._add(replace(column, path=path, format=CellFormat(answers=True)), lenient)
        for path, text in mapping.constants:
            self._add_constant(path, text, mapping.columns[0])
        self._told, self._same = beside.told_in(mapping), beside.same_as(mapping)
        self._add_told()
        self._auto_line = (
            self.base.entity.part_of != ""
            and self.base.entity.has("line_no")
            and "line_no" not in self.base.names
            and any(n == self.base.entity.part_of for n, _ in self.base.children)
        )
        self._lines: Counter[int | None] = Counter()
        self._prepare()

    def _add(self, column: ColumnMapping, lenient: bool) -> None:
        assert column.path is not None
        *links, last = column.path.split(".")
        node = self._node(".".join(links))
        target = self._schema.field(node.entity, last)
        if target.id in node.names:  # two columns of one field: joined, as first and last names are
            self._joined.setdefault((node.path, target.id), []).append(len(self._readings))
        else:
            node.names.append(target.id)
            node.columns.append(len(self._readings))
        self._readings.append((column.index, column.header, Reading(target, column, lenient)))

    def _add_constant(self, path: str, text: str, spare: ColumnMapping) -> None:
        """Let every row say what no column says; ``spare`` is a column that is read in its place."""
        *links, last = path.split(".")
        node = self._node(".".join(links))
        target = self._schema.field(node.entity, last)
        node.names.append(target.id)
        node.columns.append(len(self._readings))
        column = replace(spare, path=path, format=PLAIN)
        self._readings.append((spare.index, spare.header, Constant(target, column, text)))

    def _add_told(self) -> None:
        """Ask for the cells that say something beside what their columns fill, and make room for it."""
        self._told_from = len(self._readings)
        for at, column in enumerate(self._told.columns if self._told else ()):
            if self._told and at < len(self._told.fills):
                self.base.names.append(self._told.fills[at])
                self.base.columns.append(len(self._readings))
            self._readings.append((column.index, column.header, beside.AsWritten()))
        for name, other in self._same.items():
            self.base.names.append(name)
            self.base.columns.append(self.base.columns[self.base.names.index(other)])

    def _node(self, path: str) -> Node:
        if path not in self._nodes:
            head, _, last = path.rpartition(".")
            above = self._node(head)
            step = self._schema.field(above.entity, last)
            node = Node(path, self._schema.entity(step.target))
            self._nodes[path] = node
            above.children.append((step.id, node))
        return self._nodes[path]

    def _prepare(self) -> None:
        for node in self._nodes.values():
            links = [name for name, _ in node.children]
            extra = ["line_no"] if node is self.base and self._auto_line else []
            if node is self.base and self._fills_amount():
                extra.append("amount")
            self._staging.want(node.entity, [*node.names, *links, *extra])

    def _fills_amount(self) -> bool:
        return (
            self.base.entity.id == "order_line"
            and not self._ours
            and "amount" not in self.base.names
            and {"quantity", "unit_price"} <= set(self.base.names)
        )

    @property
    def places(self) -> list[int]:
        """The columns of the sheet that are asked for, those of ids last."""
        ids = [] if self._id_column is None else [self._id_column]
        return [index for index, _, _ in self._readings] + ids

    def fill(self, blocks: Iterator[Columns], progress: Progress, total: int) -> None:
        """Read all rows of the table, in blocks of the columns at ``places``, into waiting records."""
        for block in blocks:
            if not block.numbers:
                continue
            progress.step(block.numbers[0] / max(total, 1), self._report.sheet or self._report.file)
            numbers = [one + 1 for one in block.numbers]
            self._report.rows += len(numbers)
            ids = block.cells[-1] if self._id_column is not None else None
            cells = [
                reading.column(column)
                for (_, _, reading), column in zip(self._readings, block.cells, strict=False)
            ]
            for (path, name), more in self._joined.items():
                node = self._nodes[path]
                place = node.columns[node.names.index(name)]
                together = mean if name in self._means else joined
                cells[place] = [
                    together(parts)
                    for parts in zip(*(cells[at] for at in (place, *more)), strict=True)
                ]
            if self._told is not None:
                cells[self._told_from :] = self._told.told(cells[self._told_from :])
            good = self._good(cells, numbers, block.spoken)
            self._records(cells, numbers, good, ids)
            for node in self._nodes.values():
                self._flush(node)
        self._late()

    def _good(
        self,
        cells: list[Sequence[Any]],
        numbers: list[int],
        spoken: Mapping[int, Sequence[str]],
    ) -> list[int]:
        """Places of the rows that can be read whole; the others are reported."""
        bad: set[int] = set()
        for (index, header, reading), column in zip(self._readings, cells, strict=True):
            if not reading.failed:
                continue
            for at, cell in enumerate(column):
                if isinstance(cell, Bad):
                    bad.add(at)
                    name = spoken[index][at] if index in spoken else header
                    self._report.blame(
                        Problem(numbers[at], name, cell.value, cell.code, cell.message)
                    )
        for name, place in zip(self.base.names, self.base.columns, strict=True):
            target = self.base.entity.field(name)
            if not target.required or target.kind == "link" or target.usual is not None:
                continue  # what is usual is filled in
            if None not in cells[place]:
                continue
            header = self._readings[place][1]
            for at, cell in enumerate(cells[place]):
                if cell is None and at not in bad:
                    bad.add(at)
                    self._report.blame(
                        Problem(
                            numbers[at],
                            header,
                            "",
                            "required",
                            tr(N_("{field} must be filled in."), field=target.text()),
                        )
                    )
        self._report.skipped += len(bad)
        return [at for at in range(len(numbers)) if at not in bad]

    def _records(
        self, cells: list[Sequence[Any]], numbers: list[int], good: list[int], ids: Any
    ) -> None:
        parents: dict[str, list[Any]] = {
            name: self._parent(node, cells, numbers, good) for name, node in self.base.children
        }
        base = self.base
        places = base.columns
        start = self._staging.take(base.entity.id, len(good))
        taken = [cells[place] for place in places]
        amounts = self._amounts(cells) if self._fills_amount() else None
        owner = parents.get(base.entity.part_of) if self._auto_line else None
        part_node = next((n for link, n in base.children if link == base.entity.part_of), None)
        whole = len(good) == len(numbers)

        def of(column: Sequence[Any]) -> Sequence[Any]:
            return column if whole else [column[at] for at in good]

        made: list[Iterable[Any]] = [
            range(start, start + len(good)), repeat(self._number), of(numbers), repeat(1)
        ]  # fmt: skip
        if ids is not None:
            made.append([self._pid(ids[at], numbers[at]) for at in good])
        made += [of(column) for column in (*taken, *parents.values())]
        if owner is not None:
            made.append([self._line(owner[at], part_node) for at in good])
        if amounts is not None:
            made.append(of(amounts))
        base.pending.extend(zip(*made, strict=False))

    def _line(self, owner: int | None, part_of: Node | None) -> int | None:
        """The next line number of an order."""
        if owner is None and part_of is not None:
            return None
        self._lines[owner] += 1
        return self._lines[owner]

    def _pid(self, raw: Any, number: int) -> int | None:
        if type(raw) is not CellError and parsing.is_blank(raw, "code"):
            return None
        row = self._public_row(self.base.entity.prefix, str(raw))
        if row is None:
            self._report.blame(
                Problem(
                    number,
                    "id",
                    str(raw),
                    "unknown_id",
                    tr(
                        N_(
                            "“{value}” is no id of this book; the row is matched by its other columns."
                        ),
                        value=raw,
                    ),
                )
            )
        return row

    def _amounts(self, cells: list[Sequence[Any]]) -> list[int | None]:
        from models import money

        at = dict(zip(self.base.names, self.base.columns, strict=True))
        quantity, price = cells[at["quantity"]], cells[at["unit_price"]]
        discount = cells[at["discount"]] if "discount" in at else [None] * len(quantity)
        made: list[int | None] = []
        for q, p, d in zip(quantity, price, discount, strict=True):
            if isinstance(q, int) and isinstance(p, int):
                if d is None and q % money.SCALE == 0:
                    made.append(q // money.SCALE * p)
                else:
                    value = line_amount(
                        {
                            "quantity": money.from_scaled(q),
                            "unit_price": money.from_scaled(p),
                            "discount": money.from_scaled(d) if isinstance(d, int) else None,
                        }
                    )
                    made.append(money.to_scaled(value) if value is not None else None)
            else:
                made.append(None)
        return made

    def _parent(
        self, node: Node, cells: list[Sequence[Any]], numbers: list[int], good: list[int]
    ) -> list[int | None]:
        """The waiting record that each row names as this parent."""
        above = [(name, self._parent(child, cells, numbers, good)) for name, child in node.children]
        entity = node.entity
        taken = [cells[place] for place in node.columns]
        values_of = dict(zip(node.names, taken, strict=True))
        seqs_of = dict(above)
        singles = [key[0] for key in entity.keys if len(key) == 1 and key[0] in values_of]
        apart = [
            values_of.get(name) or seqs_of.get(name)
            for name in entity.discriminators
            if name in values_of or name in seqs_of
        ]
        found: list[int | None] = [None] * len(numbers)
        known = node.known
        for at in good:
            key: Any = None
            for place, name in enumerate(singles):
                cell = values_of[name][at]
                if cell is not None:
                    key = (place, cell, *(column[at] for column in apart if column is not None))
                    break
            if key is None:
                if all(column[at] is None for column in taken):
                    continue
                key = ("row", *(column[at] for column in taken), *(seqs[at] for _, seqs in above))
            seq = known.get(key)
            values = tuple(column[at] for column in taken) + tuple(seqs[at] for _, seqs in above)
            if seq is None:
                seq = self._staging.take(entity.id, 1)
                known[key] = seq
                node.pending.append((seq, self._number, numbers[at], 0, *values))
                node.kept[seq] = values
                if apart and key[0] != "row":
                    node.repeats[key[:2]] = node.repeats.get(key[:2], 0) + 1
            elif node.kept[seq] != values:
                self._merge(node, seq, values)
            found[at] = seq
        return found

    def _merge(self, node: Node, seq: int, values: tuple[Any, ...]) -> None:
        """Another row says more, or something else, of the same parent: fill blanks, count the rest."""
        names = [*node.names, *(name for name, _ in node.children)]
        old = node.kept[seq]
        made = list(old)
        for at, (one, two) in enumerate(zip(old, values, strict=True)):
            if one is None and two is not None:
                made[at] = two
            elif two is not None and one != two:
                node.differing[names[at]] += 1
        if made != list(old):
            node.kept[seq] = tuple(made)
            node.late.add(seq)

    def _flush(self, node: Node) -> None:
        if not node.pending:
            return
        columns = ["seq", "tbl", "line", "base"]
        if node is self.base and self._id_column is not None:
            columns.append("pid")
        for name in node.names:
            columns.append(name + "_t" if node.entity.field(name).kind == "link" else name)
        columns += [name + "_s" for name, _ in node.children]
        if node is self.base:
            if self._auto_line:
                columns.append("line_no")
            if self._fills_amount():
                columns.append("amount")
        self._staging.insert(node.entity, columns, node.pending)
        node.pending.clear()

    def _late(self) -> None:
        """Write what later rows filled in, and say what was noticed about keys."""
        if self._told is not None and self._told.heard:
            self._report.notes.append(self._told.note(self.base.entity))
        for node in self._nodes.values():
            names = [
                name + "_t" if node.entity.field(name).kind == "link" else name
                for name in node.names
            ]
            names += [name + "_s" for name, _ in node.children]
            if node.late and names:
                settings = ", ".join(f'"{name}" = ?' for name in names)
                self._staging.db.many(
                    f'UPDATE "{node.entity.id}" SET {settings} WHERE seq = ?',
                    [(*node.kept[seq], seq) for seq in sorted(node.late)],
                )
            self._notes(node)
            node.kept.clear()
            node.known.clear()

    def _notes(self, node: Node) -> None:
        shared = [key for key, count in node.repeats.items() if count > 1]
        if shared:
            fields = tr(N_(", ")).join(
                node.entity.field(name).text() for name in node.entity.discriminators
            )
            self._report.notes.append(
                tr(
                    N_(
                        "{count} values of “{key}” stand for several records ({records} in all): each is told apart by {fields} as well, e.g. {example}."
                    ),
                    count=len(shared),
                    key=node.entity.field(node.entity.keys[0][0]).text(),
                    records=sum(node.repeats[key] for key in shared),
                    fields=fields,
                    example=shared[0][1],
                )
            )
        for name, count in node.differing.most_common():
            self._report.notes.append(
                tr(
                    N_(
                        "{entity}: “{field}” changes between rows of the same record in {count} rows; the first value is proposed."
                    ),
                    entity=node.entity.text(),
                    field=node.entity.field(name).text(),
                    count=count,
                )
            )
