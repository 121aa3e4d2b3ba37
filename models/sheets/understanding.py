"""What one table of an import means: a sheet of ours, goals in columns of months, or a list of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.progress import SILENT
from models.refusals import Refused
from models.sheets import (
    long_goals,
    memory,
    own,
    profile,
    questionnaires,
    reading,
    wide_layout,
    wide_questions,
)
from models.sheets.acquaintance import Known, own_columns, own_ids
from models.sheets.mapping import TableMapping, map_table
from models.sheets.proposal import Found, Proposal, Seen, source_notes, table_key
from models.sheets.reached import reached
from models.sheets.report import TableChoice, TableReport
from models.texts import N_

GOAL = "goal"  # what tables with a column a month hold


def understood(proposal: Proposal, seen: Seen, known: Known) -> Found:
    """What a table holds and where its columns go, as it seems or as was said.

    Raises:
        Refused: what was said can't be; see ``map_table``.
    """
    source, table, _ = seen
    options = proposal.options
    choice = options.tables.get(table_key(source, table), TableChoice())
    wanted = choice.entity or options.entity
    _assert_holds_records(proposal, wanted)
    long = _as_goals(proposal, seen, known, wanted)
    mapping, profiles = _mapped(proposal, long or seen, known, GOAL if long else wanted, choice)
    if mapping.entity == GOAL and (more := _completed(proposal, source, mapping, profiles)):
        mapping, profiles = _mapped(proposal, more, known, GOAL, choice)
    if choice.entity == "":
        mapping = replace(mapping, entity=None)
    mapping = questionnaires.completed(
        mapping, _questionnaire(proposal, seen, known, wanted), proposal.book.connection()
    )
    mapping = wide_questions.asked(mapping, profiles)
    mapping = own_ids(proposal.book, mapping, profiles)
    mapping = own_columns(proposal, mapping)
    report = TableReport(
        source.name,
        table.sheet_name,
        mapping.entity,
        notes=[*source_notes(source), *mapping.notes],
    )
    return Found(source, mapping, report, profiles)


def _assert_holds_records(proposal: Proposal, wanted: str | None) -> None:
    entity = proposal.book.schema.entity(wanted) if wanted else None
    if entity is not None and not own.holds_records(entity):
        raise Refused(
            "not_from_sheets",
            N_("{entity} can't be imported: a column is added to the book itself."),
            entity=entity.plural_text(),
        )


def _mapped(
    proposal: Proposal, seen: Seen, known: Known, wanted: str | None, choice: TableChoice
) -> tuple[TableMapping, Sequence[profile.ColumnProfile]]:
    source, table, profiles = seen
    book, options = proposal.book, proposal.options
    ours = own.recognise(
        [one.header for one in table.columns],
        [one.sample for one in profiles],
        book.schema,
        book.public,
        source.delimiter is not None,
    )
    ours = ours if ours and wanted in (None, ours.entity) else None
    remembered = memory.columns(book.connection(), table)
    asked = None if ours else _questionnaire(proposal, seen, known, wanted)
    mapping = map_table(
        table,
        profiles,
        book.schema,
        file_name=source.name,
        entity=wanted or (questionnaires.ENTITY if asked else None),
        chosen={**wide_layout.paths(table), **options.columns, **choice.columns},
        known=known,
        memory={**(asked.paths if asked else {}), **remembered},
        own=ours,
    )
    return mapping, profiles


def _questionnaire(
    proposal: Proposal, seen: Seen, known: Known, wanted: str | None
) -> questionnaires.Questionnaire | None:
    """What a table is as an export of a questionnaire, unless it was said to hold something else."""
    source, table, profiles = seen
    if wanted not in (None, questionnaires.ENTITY):
        return None

    def knows(entity: str, cells: Sequence[Any]) -> float:
        by_reach = reached(proposal.book.connection(), proposal.book.schema.entity(entity), cells)
        by_name = known(entity, [str(one) for one in cells])
        return max(by_name, len(by_reach) / max(len(cells), 1))

    return questionnaires.recognise(table, profiles, source.name, knows)


def _as_goals(proposal: Proposal, seen: Seen, known: Known, wanted: str | None) -> Seen | None:
    """A wide table as its goals, with what their columns look like; None where it is something else."""
    source, table, profiles = seen
    if wanted not in (None, GOAL):
        return None
    key = (table_key(source, table), wanted)
    if key not in proposal.long:
        made = wide_layout.understand(
            table,
            profiles,
            proposal.book.schema,
            _names(seen),
            known,
            wide_questions.leaders(proposal.book.connection()),
            wanted=wanted is not None,
        )
        proposal.long[key] = (
            (source, made, profile.profile(source, made, SILENT)) if made is not None else None
        )
    return proposal.long[key]


def _completed(
    proposal: Proposal,
    source: reading.Source,
    mapping: TableMapping,
    profiles: Sequence[profile.ColumnProfile],
) -> Seen | None:
    """A table with a row a goal, with what it leaves to be said."""
    made = long_goals.completed(
        mapping,
        profiles,
        _names((source, mapping.table, ())),
        proposal.book.schema.calendar.year_starts,
        wide_questions.leaders(proposal.book.connection()),
    )
    return (source, made, profile.profile(source, made, SILENT)) if made is not None else None


def _names(seen: Seen) -> wide_layout.Names:
    source, table, _ = seen
    return wide_layout.Names(table.title, table.sheet_name, Path(source.name).stem)
