"""What the verb ``import`` is told of columns, and what it says of the files in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

import click

from models.describe.schema import Schema
from models.refusals import Refused
from models.sheets import ways
from models.sheets.cell_formats import Way
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.proposal import Found, Proposal
from models.sheets.report import NewName, counted, named
from models.texts import N_, ntr, tr

_NAMES = 50  # new names that are listed
_PROBLEMS = 20  # of one table
_SHOWN = 6  # ways to read something
_OPTIONS = {"days": "--dates", "shares": "--percents", "unit": "--units"}
_GOALS = ("measure", "unit", "year", "level")  # what can be said of all goals of a table


class Ways:
    """How columns are read: what ``--dates``, ``--percents`` and ``--units`` say.

    Raises:
        Refused: ``unknown_way``. UsageError: one has no ``=`` where a header is needed.
    """

    def __init__(self, dates: Iterable[str], percents: Iterable[str], units: Iterable[str]) -> None:
        self.days = ""  # the order of days in all columns
        self._topics: dict[str, dict[str, str]] = {"days": {}, "shares": {}, "unit": {}}
        for topic, given in (("days", dates), ("shares", percents), ("unit", units)):
            for one in given:
                self._take(topic, one)

    def _take(self, topic: str, one: str) -> None:
        header, _, text = one.rpartition("=")
        if header.strip():
            self._topics[topic][header] = ways.code(topic, text)
        elif topic == "days":
            self.days = ways.code(topic, text)
        else:
            raise click.UsageError(tr(N_("“{text}” is not of the form HEADER=MEANT."), text=one))

    @property
    def by_header(self) -> dict[str, str]:
        """What was said of single columns."""
        return {header: code for said in self._topics.values() for header, code in said.items()}

    def assert_fit(self, mappings: Sequence[TableMapping]) -> None:
        """Refuse what was said of columns of another kind.

        Raises:
            Refused: see ``ways.assert_fit``.
        """
        for topic, said in self._topics.items():
            ways.assert_fit(mappings, topic, said)


def of_goals(given: Iterable[str]) -> dict[str, str]:
    """What ``--set`` says of the goals of wide sheets: measure, unit, year and level.

    Raises:
        Refused: ``unknown_way``, ``unknown_measure``. UsageError: nothing else can be said so.
    """
    made = {}
    for one in given:
        name, equals, text = one.partition("=")
        topic = name.strip().lower()
        if not equals or topic not in _GOALS:
            raise click.UsageError(
                tr(
                    N_("“{text}” is not of the form NAME=VALUE with measure, unit, year or level."),
                    text=one,
                )
            )
        made[topic] = ways.code(topic, text)
    return made


def assert_goals(proposal: Proposal, said: Mapping[str, str]) -> None:
    """Refuse what was said of goals where no table has a column a period.

    Raises:
        Refused: ``no_goals``.
    """
    if said and not any(one.mapping.table.wide is not None for one in proposal.tables):
        raise Refused(
            "no_goals",
            N_("These files have no table with goals in a column a period; {name} says nothing."),
            name=", ".join(f"{name}={value}" for name, value in said.items()),
        )


def tell_how(proposal: Proposal) -> None:
    """Add to what is noted of doubtful columns how they are decided."""
    for found in proposal.tables:
        notes = found.report.notes
        wide = found.mapping.table.wide is not None
        for column in found.mapping.columns:
            if column.way is not None and column.way.open:
                notes.insert(notes.index(ways.note(column)) + 1, _how(column, column.way, wide))


def _how(column: ColumnMapping, way: Way, wide: bool) -> str:
    if wide and way.topic in _GOALS:
        template = N_("To have it read otherwise: --set {name}={way}")
        others = [one for one in way.ways if one != way.code]
        listed = " | ".join(others[:_SHOWN]) + (" | …" if len(others) > _SHOWN else "")
        return tr(template, name=way.topic, way=listed)
    template = N_('To have column “{header}” read otherwise: {option} "{header}={way}"')
    others = [one for one in way.ways if one != way.code]
    header = column.header or column.letter
    return tr(template, header=header, option=_OPTIONS[way.topic], way=" | ".join(others))


def show(proposal: Proposal, change: int | None, dry_run: bool) -> None:
    """Print what an import found and did; kinds of records by their labels."""
    schema = proposal.book.schema
    for found in proposal.tables:
        _table(schema, found)
    for name in proposal.new_names[:_NAMES]:
        _name(schema, name)
    if len(proposal.new_names) > _NAMES:
        click.echo("  " + ntr("… {n} new name", "… {n} new names", len(proposal.new_names)))
    if proposal.linked:
        names = named(schema, proposal.linked)
        click.echo(tr(N_("Added for new names: {records}"), records=names))
    if proposal.writes:
        text = ntr(
            "In all {n} record: {records}",
            "In all {n} records: {records}",
            proposal.writes,
            records=counted(schema, proposal.totals),
        )
        click.echo(text)
    if dry_run:
        click.echo(tr(N_("Nothing was written.")))
    elif change is None:
        click.echo(tr(N_("Nothing changed.")))
    else:
        text = N_("Done: change {no}. Take it back with: daybook undo BOOK {no}")
        click.echo(tr(text, no=change))


def _table(schema: Schema, found: Found) -> None:
    report = found.report
    where = f"{report.file} · {report.sheet}" if report.sheet else report.file
    kind = schema.entity(report.entity).plural_text() if report.entity else tr(N_("not recognised"))
    click.echo(f"{where} → {kind}")
    numbers = {
        name: f"{getattr(report, name):,}"
        for name in ("rows", "added", "updated", "unchanged", "skipped")
    }
    text = N_(
        "{rows} rows: {added} new, {updated} changed, {unchanged} unchanged, {skipped} left out"
    )
    click.echo("  " + tr(text, **numbers))
    if also := counted(schema, report.also):
        click.echo(f"  + {also}")
    for column in report.columns:
        click.echo(f"    {column.header} → {column.field or '–'}")
    for note in report.notes:
        click.echo("  · " + note)
    for problem in report.problems[:_PROBLEMS]:
        text = N_("row {row}, {column}: {message}")
        place = {"row": problem.row, "column": problem.column}
        click.echo("  ! " + tr(text, message=problem.message, **place))
    if report.problem_count > _PROBLEMS:
        click.echo(
            "  " + ntr("… {n} problem in all", "… {n} problems in all", report.problem_count)
        )
    for pair in [one for one in report.look_alikes if one.like_row][:_PROBLEMS]:
        text = N_(
            'row {row}: “{name}” looks like “{like}” in row {like_row}. If they are one: --values "{entity}:{name}={like}"'
        )
        click.echo("  ≈ " + tr(text, **dataclasses.asdict(pair)))


def _name(schema: Schema, name: NewName) -> None:
    kind = schema.entity(name.target).text()
    text = N_("{entity}: “{name}” in {rows} rows")
    line = tr(text, entity=kind, name=name.name, rows=f"{name.rows:,}")
    if name.suggestion:
        line += f" ({tr(N_('perhaps {name}?'), name=name.suggestion)})"
    click.echo("  ? " + line)
