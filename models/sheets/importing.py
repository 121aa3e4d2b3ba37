"""Sheets in: from files to a proposal, and from the proposal to one change of the book.

The same proposal drives the wizard and the command line. Nothing is written to the book before
``apply``; what the proposal holds waits in a database of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from models.book import Book
from models.describe.schema import Schema
from models.dialects import Connection, writing
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
    understanding,
    ways,
    wide_questions,
)
from models.sheets.acquaintance import Known, full_schema
from models.sheets.filling import Filler
from models.sheets.mapping import by_place
from models.sheets.proposal import Proposal, records
from models.sheets.report import ColumnReport, Options, TableChoice
from models.sheets.staging import Staging
from models.texts import N_, tr

_NAMED = 3  # files that a change's reason names


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
    known = Known(book, found)
    proposal.tables = []
    proposal.new_fields = []
    for one in found:
        proposal.tables.append(understanding.understood(proposal, one, known))
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
    settled = ways.settle(understood, {"days": options.days, **options.goals})
    for one, (mapping, notes) in zip(proposal.tables, settled, strict=True):
        one.mapping = mapping
        if mapping.table.wide is not None:
            one.mapping = wide_questions.settled(mapping)
            notes = ways.notes(one.mapping)
        one.report.notes += notes
        one.report.columns = [
            ColumnReport(c.header, c.path, c.confidence, c.way, c.kind) for c in one.mapping.columns
        ]


def match(proposal: Proposal, progress: Progress = SILENT) -> None:
    """Parse all rows, resolve links and match with the book."""
    progress.part(0.5, 0.85)
    book = proposal.book
    if proposal.staging is not None:
        proposal.staging.close()
    schema = full_schema(proposal)
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
        tally = wide_questions.tally(one.mapping)
        filler.fill(records(one.source, table, filler.places, tally), progress, total)
        if table.wide is not None:
            tally.tell(table.wide, one.report)
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
            db, schema, staging, proposal.options, proposal.reports, linker.values, book.public
        )
        matcher.run()
        proposal.linked, proposal.totals = matcher.linked, matcher.totals
        proposal.matched_at = int(db.one("SELECT coalesce(max(id), 0) FROM change"))


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
        _relate(proposal, full_schema(proposal))
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
