"""Sheets in: from files to a proposal, and from the proposal to one change of the book.

The same proposal drives the wizard and the command line. Nothing is written to the book before
``apply``; what the proposal holds waits in a database of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any

from models.book import Book
from models.describe.field import Entity, Field
from models.describe.kinds import KINDS
from models.describe.schema import Schema, custom_field
from models.dialects import Connection, quoted, writing
from models.progress import SILENT, Progress
from models.refusals import Place, Refused
from models.sales.set_rules import SET_RULES
from models.sheets import (
    applying,
    linking,
    matching,
    memory,
    own,
    profile,
    reading,
    table_finding,
    ways,
)
from models.sheets.filling import Filler
from models.sheets.mapping import ColumnMapping, TableMapping, by_place, map_table
from models.sheets.report import ColumnReport, NewName, Options, TableChoice, TableReport
from models.sheets.spooling import Columns
from models.sheets.staging import Staging
from models.texts import N_, tr

_NAMED = 3  # files that a change's reason names


@dataclass
class Found:
    """One table of one file: how it was understood."""

    source: reading.Source
    mapping: TableMapping
    report: TableReport
    profiles: Sequence[profile.ColumnProfile] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What decisions about this table are kept by."""
        return table_key(self.source, self.mapping.table)

    def preview(self, count: int) -> list[tuple[int, list[Any]]]:
        """The first rows as they stand in the sheet, each with its own 1-based number."""
        table = self.mapping.table
        made: list[tuple[int, list[Any]]] = []
        for block in _records(self.source, table, [one.index for one in table.columns]):
            for number, cells in zip(block.numbers, zip(*block.cells, strict=True), strict=True):
                if len(made) == count:
                    return made
                made.append((number + 1, list(cells)))
        return made


def table_key(source: reading.Source, table: table_finding.FoundTable) -> tuple[str, str, str]:
    """A table of an import: its file, its sheet, the place of its first cell."""
    first = table.columns[0].letter if table.columns else ""
    return str(source.path), table.sheet_name, f"{first}{table.first_row}"


Counts = dict[str, dict[str, int]]  # entity → "added" and "updated" → records
Seen = tuple[reading.Source, table_finding.FoundTable, Sequence[profile.ColumnProfile]]


@dataclass
class Proposal:
    """What an import would do; ``apply`` does it."""

    book: Book
    files: list[Path]
    options: Options
    tables: list[Found] = field(default_factory=list)
    new_names: list[NewName] = field(default_factory=list)
    new_fields: list[tuple[str, Field]] = field(default_factory=list)
    linked: Counts = field(default_factory=dict)  # records that are made because they are named
    totals: Counts = field(default_factory=dict)  # all records that would be written
    sources: list[reading.Source] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)  # tables and profiles, as long as options allow
    staging: Staging | None = None
    matched_at: int = -1
    undecided: bool = False  # a person can still say what the rows are

    @property
    def reports(self) -> list[TableReport]:
        """The reports of all tables."""
        return [one.report for one in self.tables]

    def plain(self, change: int | None) -> dict[str, Any]:
        """The form of the command line's JSON."""
        return {
            "change": change,
            "tables": [one.plain() for one in self.reports],
            "also": self.linked,
            "new_names": [
                {
                    "entity": one.target,
                    "name": one.name,
                    "rows": one.rows,
                    "suggestion": one.suggestion,
                }
                for one in self.new_names
            ],
            "new_fields": [
                {"entity": entity, "field": one.id, "kind": one.kind}
                for entity, one in self.new_fields
            ],
        }

    @property
    def writes(self) -> int:
        """How many records would be added or updated."""
        return sum(sum(counts.values()) for counts in self.totals.values())

    def close(self) -> None:
        """Let go of files and of what waits."""
        if self.staging is not None:
            self.staging.close()
            self.staging = None
        for source in self.sources:
            source.close()
        self.sources.clear()


def prepare(
    book: Book,
    files: Sequence[Path | str],
    options: Options | None = None,
    progress: Progress = SILENT,
    *,
    undecided: bool = False,
) -> Proposal:
    """Read files, understand them and match them with the book.

    Raises:
        Refused: a file can't be read, or nothing in them was recognised; ``undecided`` lets tables
            that were not recognised wait for somebody to say what they hold. Cancelled.
    """
    proposal = Proposal(
        book, [Path(one) for one in files], options or Options(), undecided=undecided
    )
    try:
        _read(proposal, progress)
        understand(proposal, progress)
        match(proposal, progress)
    except BaseException:
        proposal.close()
        raise
    return proposal


def _read(proposal: Proposal, progress: Progress) -> None:
    count = len(proposal.files)
    for at, path in enumerate(proposal.files):
        progress.part(0.3 * at / count, 0.3 * (at + 1) / count)
        proposal.sources.append(reading.read(path, progress, encoding=proposal.options.encoding))


def understand(proposal: Proposal, progress: Progress = SILENT) -> None:
    """Find the tables of all files and what their columns mean; again after the person changed options."""
    progress.part(0.3, 0.5)
    book, options = proposal.book, proposal.options
    if not proposal.seen:
        for source in proposal.sources:
            for table in table_finding.find_tables(source, progress):
                proposal.seen.append((source, table, profile.profile(source, table, progress)))
    found = [one for one in proposal.seen if options.sheet in (None, one[1].sheet_name)]
    if proposal.seen and not found:
        raise Refused(
            "no_such_sheet",
            N_("There is no table on a sheet called {name}. Known are: {known}."),
            name=options.sheet,
            known=", ".join(dict.fromkeys(one[1].sheet_name or "–" for one in proposal.seen)),
        )
    known = _Known(book, found)
    proposal.tables = []
    proposal.new_fields = []
    for source, table, profiles in found:
        choice = options.tables.get(table_key(source, table), TableChoice())
        wanted = choice.entity or options.entity
        if wanted and not own.holds_records(book.schema.entity(wanted)):
            raise Refused(
                "not_from_sheets",
                N_("{entity} can't be imported: a column is added to the book itself."),
                entity=book.schema.entity(wanted).plural_text(),
            )
        ours = own.recognise(
            [one.header for one in table.columns],
            [one.sample for one in profiles],
            book.schema,
            book.public,
            source.delimiter is not None,
        )
        mapping = map_table(
            table,
            profiles,
            book.schema,
            file_name=source.name,
            entity=wanted,
            chosen={**options.columns, **choice.columns},
            known=known,
            memory=memory.columns(book.connection(), table),
            own=ours if ours and wanted in (None, ours.entity) else None,
        )
        if choice.entity == "":
            mapping = replace(mapping, entity=None)
        mapping = _own_ids(book, mapping, profiles)
        mapping = _own_columns(proposal, mapping)
        report = TableReport(
            source.name,
            table.sheet_name,
            mapping.entity,
            notes=[*source_notes(source), *mapping.notes],
        )
        proposal.tables.append(Found(source, mapping, report, profiles))
    _settle(proposal)
    refusal = matching.blocked(proposal.reports)
    if refusal is not None and not (proposal.undecided and proposal.tables):
        names = ", ".join(source.name for source in proposal.sources)
        raise Refused(refusal.code, refusal.template, place=Place(file=names))


def _settle(proposal: Proposal) -> None:
    """Decide how columns are read that can be read in several ways; over all tables together."""
    db, options = proposal.book.connection(), proposal.options
    understood = []
    for one in proposal.tables:
        table = one.mapping.table
        choice = options.tables.get(one.key, TableChoice())
        understood.append(
            ways.Understood(
                str(one.source.path),
                one.mapping,
                one.profiles,
                by_place(table, {**options.ways, **choice.ways}),
                by_place(table, memory.ways(db, table)),
            )
        )
    settled = ways.settle(understood, options.days)
    for one, (mapping, notes) in zip(proposal.tables, settled, strict=True):
        one.mapping = mapping
        one.report.notes += notes
        one.report.columns = [
            ColumnReport(c.header, c.path, c.confidence, c.way, c.kind) for c in mapping.columns
        ]


def source_notes(source: reading.Source) -> list[str]:
    """What the reader noticed."""
    return [one.text for one in source.notes]


class _Known:
    """How much of a column's sample the book, or another table of this import, already knows."""

    def __init__(self, book: Book, found: Sequence[tuple[Any, Any, Any]]) -> None:
        self._db = book.connection()
        self._schema = book.schema
        self._memo: dict[tuple[str, tuple[str, ...]], float] = {}
        self._columns = [
            {str(value).strip() for value in one.sample}
            for _, _, profiles in found
            for one in profiles
            if one.unique or one.distinct > 3
        ]

    def __call__(self, entity_id: str, values: Sequence[str]) -> float:
        sample = tuple(dict.fromkeys(str(one).strip() for one in values))[:60]
        if not sample:
            return 0.0
        key = (entity_id, sample)
        if key not in self._memo:
            self._memo[key] = self._share(entity_id, sample)
        return self._memo[key]

    def _share(self, entity_id: str, sample: tuple[str, ...]) -> float:
        entity = self._schema.entity(entity_id)
        names = dict.fromkeys([*entity.title, *(key[0] for key in entity.keys if len(key) == 1)])
        marks = ",".join("?" * len(sample))
        hits: set[str] = set()
        for name in names:
            column = quoted(entity.field(name).column)
            hits.update(
                str(row[0])
                for row in self._db.run(
                    f"SELECT {column} FROM {quoted(entity.id)} WHERE alive = 1 AND {column} IN ({marks})",
                    sample,
                )
            )
        return len(hits) / len(sample)


def _own_ids(
    book: Book, mapping: TableMapping, profiles: Sequence[profile.ColumnProfile]
) -> TableMapping:
    """A column of this book's public ids identifies the rows, whatever its header."""
    if mapping.entity is None or mapping.own is not None:
        return mapping
    prefix = book.schema.entity(mapping.entity).prefix
    columns = []
    for column, one in zip(mapping.columns, profiles, strict=False):
        sample = [str(value) for value in one.sample if value is not None]
        fits = sum(book.public.row(prefix, value) is not None for value in sample)
        if sample and fits >= 0.8 * len(sample):
            column = replace(column, path="id", confidence=1.0, new_field=False)
        columns.append(column)
    return replace(mapping, columns=tuple(columns))


def _own_columns(proposal: Proposal, mapping: TableMapping) -> TableMapping:
    """Unknown columns become own columns of the entity, or are left out, as the person decided."""
    if mapping.entity is None:
        return mapping
    columns: list[ColumnMapping] = []
    taken = {column.path for column in mapping.columns if column.path}
    for column in mapping.columns:
        if not column.path and column.new_field and proposal.options.unknown == "keep":
            kind = (
                column.kind
                if column.kind in KINDS and column.kind not in ("link", "choice")
                else "text"
            )
            fresh = custom_field(column.header, kind)
            entity = proposal.book.schema.entity(mapping.entity)
            if fresh.id == "x_" or fresh.id in taken or _names_a_field(entity, fresh):
                fresh = custom_field(f"{column.header} {column.letter}", kind)
            taken.add(fresh.id)
            if not entity.has(fresh.id) and (mapping.entity, fresh) not in proposal.new_fields:
                if any(e == mapping.entity and f.id == fresh.id for e, f in proposal.new_fields):
                    fresh = next(
                        f
                        for e, f in proposal.new_fields
                        if e == mapping.entity and f.id == fresh.id
                    )
                else:
                    proposal.new_fields.append((mapping.entity, fresh))
            column = replace(column, path=fresh.id, kind=fresh.kind)
        columns.append(column)
    return replace(mapping, columns=tuple(columns))


def _names_a_field(entity: Entity, fresh: Field) -> bool:
    """Whether a declared field is called like an own column that would be new, in any language."""
    label = fresh.label.strip().casefold()
    return any(
        label in {name.casefold() for name in one.called()}
        for one in entity.fields
        if not one.custom
    )


def _schema(proposal: Proposal) -> Schema:
    """The book's schema with the columns that the import would add."""
    schema = proposal.book.schema
    rows = [(entity.id, one) for entity in schema for one in entity.fields if one.custom]
    return schema.with_custom([*rows, *proposal.new_fields])


def match(proposal: Proposal, progress: Progress = SILENT) -> None:
    """Parse all rows, resolve links and match with the book."""
    progress.part(0.5, 0.85)
    book = proposal.book
    if proposal.staging is not None:
        proposal.staging.close()
    schema = _schema(proposal)
    proposal.staging = Staging(schema)
    for number, one in enumerate(proposal.tables):
        if one.mapping.entity is None:
            continue
        filler = Filler(
            proposal.staging,
            schema,
            one.mapping,
            number,
            one.report,
            proposal.options.blank_unreadable,
            own.foreign_row if one.mapping.own and one.mapping.own.foreign else book.public.row,
        )
        table = one.mapping.table
        total = table.end_row or one.source.sheets[table.sheet].rows
        filler.fill(_records(one.source, table, filler.places), progress, total)
        one.report.mark()
    for entity in proposal.staging.entities():
        rule = SET_RULES.get(entity.id)
        if rule and set(rule.needs) <= set(proposal.staging.fields[entity.id]):
            proposal.staging.want(entity, rule.fills)
        if (
            entity.title[0] not in proposal.staging.fields[entity.id]
            and entity.field(entity.title[0]).required
        ):
            proposal.staging.want(entity, [entity.title[0]])
    _relate(proposal, schema)
    progress.part(0.85, 1.0)
    progress.step(1.0)


def _relate(proposal: Proposal, schema: Schema) -> None:
    """Links and identity, against the book as it stands now."""
    book, staging = proposal.book, proposal.staging
    assert staging is not None
    db = book.connection()
    for report in proposal.reports:
        report.rewind()
    with staging.attached(db), book.reading():
        linker = linking.Linker(db, schema, staging, book.public, proposal.options)
        proposal.new_names = linker.resolve()
        linker.fill()
        matcher = matching.Matcher(
            db, schema, staging, proposal.options, proposal.reports, linker.values
        )
        matcher.run()
        proposal.linked, proposal.totals = matcher.linked, matcher.totals
        proposal.matched_at = int(db.one("SELECT coalesce(max(id), 0) FROM change"))


def _records(
    source: reading.Source, table: table_finding.FoundTable, places: Sequence[int]
) -> Iterator[Columns]:
    """Columns of the table's own rows, without blank ones, totals and repeated headers."""
    indexes = [one.index for one in table.columns]
    span = range(min(indexes), max(indexes) + 1) if indexes else range(0)
    wanted = [*span, *places]
    for block in source.columns(table.sheet, table.first_row, table.end_row, wanted):
        block = block.without(table.skip_rows)
        blank = _blank(block.numbers, block.cells[: len(span)])
        yield replace(block, cells=block.cells[len(span) :]).without(blank)


def _blank(numbers: Sequence[int], cells: Sequence[Sequence[Any]]) -> Sequence[int]:
    """The rows that have nothing in these columns."""
    if any(None not in column for column in cells):
        return ()
    width = len(cells)
    rows: Iterable[tuple[Any, ...]] = zip(*cells, strict=True) if cells else repeat(())
    return [one for one, row in zip(numbers, rows, strict=False) if row.count(None) == width]


def apply(
    proposal: Proposal, progress: Progress = SILENT, origin: str = "import", reason: str = ""
) -> int | None:
    """Write the proposal as one change: all or nothing. Gives the change's number, None if nothing changes.

    Raises:
        BookUnavailable: the book can't be written. Cancelled: nothing was written.
    """
    book, staging = proposal.book, proposal.staging
    assert staging is not None
    db = book.connection()
    if int(db.one("SELECT coalesce(max(id), 0) FROM change")) != proposal.matched_at:
        _relate(proposal, _schema(proposal))
    if not proposal.writes:
        _remember(proposal, db)
        return None
    names = tr(N_(", ")).join(path.name for path in proposal.files[:_NAMED])
    if len(proposal.files) > _NAMED:
        names += " …"
    with (
        staging.attached(db),
        book.change(
            reason or tr(N_("Import {files}"), files=names),
            origin,
            keep_history=not applying.brings_history(staging, db),
        ) as change,
    ):
        _interruptible(db, progress)
        try:
            for entity_id, one in proposal.new_fields:
                change.add_field(entity_id, one.label, one.kind)
            applying.write(staging, book.schema, change.db, progress)
            memory.keep(change.db, proposal.tables, proposal.options)
            change.db.run(
                "INSERT INTO import_run VALUES (?, ?, ?, ?)",
                (
                    change.no,
                    names,
                    ",".join(source.digest for source in proposal.sources),
                    json.dumps(
                        [one.plain() | {"problems": []} for one in proposal.reports],
                        ensure_ascii=False,
                    ),
                ),
            )
        finally:
            db.driver.set_progress_handler(None, 0)
        progress.step(0.99)
    progress.step(1.0)
    return change.no


def _interruptible(db: Connection, progress: Progress) -> None:
    """A cancel stops even one long statement."""
    db.driver.set_progress_handler(lambda: 1 if progress.cancelled else 0, 20_000)


def _remember(proposal: Proposal, db: Connection) -> None:
    """Nothing to write: what the person explained is kept all the same."""
    if memory.explained(proposal.tables, proposal.options):
        with writing(db):
            memory.keep(db, proposal.tables, proposal.options)
