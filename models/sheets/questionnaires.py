"""Exports of questionnaire services (问卷星, 腾讯问卷, form tools): which question fills what.

Such a sheet has a row an answer, columns of the service's own, and a column a question, headed by the
whole question: 1、您对我们的总体满意度 (``questions``). It doesn't name the questionnaire: that is the
file's name. Where satisfaction is asked in parts only, as in a matrix, its score is their mean. Every
question that fills nothing, the parts of a mean too, becomes a column of the users' own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from models.dialects import Connection
from models.sheets import questions
from models.sheets.mapping import ColumnMapping, TableMapping
from models.sheets.profile import ColumnProfile
from models.sheets.questions import Asked, Knows, Question
from models.sheets.table_finding import FoundTable
from models.texts import N_, tr

ENTITY = "survey_response"
_SPOKEN = re.compile(r"[?？]|您|贵|请|\byou\b|\byour\b|\bwe\b|\bus\b")
_SERVED = 4  # columns of a service's own that tell an export by themselves
# What services add to the name of the questionnaire in that of the file: 问卷星 its number, how options
# stand, how often it was sent and answered; others counts in brackets, (Responses), moments.
_WJX = re.compile(r"\d{5,}_(?:按[^_]{2,4}_)?(.+?)(?:_\d+_\d+)?")
_COUNTED = re.compile(r"\d+_\d+_\d")  # an older name, of counts only
_TAIL = re.compile(
    r"\s*[(（](?:\d{1,3}|\d+\s*[-–]\s*\d+|回[复覆]|responses|收集结果|填写结果|副本)[)）].*$|_数据表.*$|_\d{8,}$|\s*-\s*副本$",
    re.IGNORECASE,
)
_BY_PLACE = "按序号"
_BEST_OF_FIVE = 5
_LISTED = 6  # heads that a note names


@dataclass(frozen=True)
class Questionnaire:
    """What a table is as a questionnaire.

    ``paths`` by column letter ("" left out, "+" a column of its own), its ``name``, the ``scale`` of its
    scores (None for the usual one), ``answers`` the letters of its questions, ``parts`` those whose mean
    is the score.
    """

    name: str
    paths: Mapping[str, str]
    scale: tuple[str, str] | None
    answers: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def recognise(
    table: FoundTable, profiles: Sequence[ColumnProfile], file_name: str, knows: Knows
) -> Questionnaire | None:
    """What a table is as a questionnaire; None where it is none."""
    if table.wide is not None or table.header_rows is None:
        return None
    served = {at: questions.of_service(one.header) for at, one in enumerate(table.columns)}
    if "responded_on" not in served.values():
        return None
    every = [
        questions.question(at, one.header, profiles[at]) for at, one in enumerate(table.columns)
    ]
    open_ones = [one for one in every if served[one.at] is None]
    asked = questions.asked(open_ones, [one for one in every if served[one.at] == "who"], knows)
    if not (asked.parts or asked.paths.keys() & {"score", "recommends"}):
        return None
    if not _asks(table, asked, sum(one is not None for one in served.values())):
        return None
    paths = _paths(table, every, served, asked)
    name = _name(file_name) or table.title or table.sheet_name
    scores = [
        every[at]
        for at in asked.parts or [asked.paths[one] for one in ("score",) if one in asked.paths]
    ]
    scale = _scale(scores)
    return Questionnaire(
        name,
        paths,
        scale,
        frozenset(table.columns[one.at].letter for one in open_ones),
        tuple(table.columns[at].letter for at in asked.parts),
        tuple(_notes(table, name, file_name, asked, scale)),
    )


def _paths(
    table: FoundTable, every: Sequence[Question], served: Mapping[int, str | None], asked: Asked
) -> dict[str, str]:
    """Where each column goes, by letter; of the service's own the first of a kind."""
    fields = {at: path for path, at in asked.paths.items()}
    made: dict[str, str] = {}
    for one in every:
        path = fields.get(one.at)
        if path is None and (own := served[one.at]) is not None:
            path = own if own not in (*made.values(), "who") else ""
        elif path is None:
            path = "+" if one.filled else ""
        made[table.columns[one.at].letter] = path
    return made


def _asks(table: FoundTable, asked: Asked, served: int) -> bool:
    """Whether it asks at all: a plain list of answers has short heads, an export whole questions."""
    heads = [table.columns[at].header for at in (*asked.paths.values(), *asked.parts)]
    spoken = any(questions.numbered(one) or _SPOKEN.search(one.lower()) for one in heads)
    return spoken or served >= _SERVED


def _scale(scores: Sequence[Question]) -> tuple[str, str] | None:
    """The scale of the scores; None for 1 to 5, and for none."""
    for one in scores:
        if hint := questions.hinted(one.text):
            return hint if hint != ("1", "5") else None
    numbers = [value for one in scores for value in one.numbers]
    high = max(numbers, default=0)
    if high <= _BEST_OF_FIVE:
        return None
    low = "0" if min(numbers) == 0 or high > 10 else "1"
    return low, "10" if high <= 10 else "100"


def _name(file_name: str) -> str:
    """What the questionnaire is called, alike for each later export of it."""
    name = PurePath(file_name).stem
    before = None
    while before != name:
        before, name = name, _TAIL.sub("", name)
    if found := _WJX.fullmatch(name):
        name = found[1]
    if _COUNTED.fullmatch(name):
        return ""
    return name.strip(" _-")


def _notes(
    table: FoundTable, name: str, file_name: str, asked: Asked, scale: tuple[str, str] | None
) -> list[str]:
    made = [tr(N_("A questionnaire's export: its answers belong to “{name}”."), name=name)]
    if asked.parts:
        heads = [f"“{table.columns[at].header}”" for at in asked.parts]
        shown = tr(N_(", ")).join(heads[:_LISTED]) + (" …" if len(heads) > _LISTED else "")
        made.append(
            tr(
                N_(
                    "No question asks for satisfaction as a whole: the score is the mean of {columns}, each of which is kept as well."
                ),
                columns=shown,
            )
        )
    if scale is not None:
        made.append(
            tr(
                N_("Its scores are read from {low} to {high}; the questionnaire can be put right."),
                low=scale[0],
                high=scale[1],
            )
        )
    if _BY_PLACE in file_name:
        made.append(
            tr(
                N_(
                    "It was exported by the places of the options: where 1 is the best answer, give the questionnaire 5 as its lowest and 1 as its highest score."
                )
            )
        )
    return made


def completed(mapping: TableMapping, found: Questionnaire | None, db: Connection) -> TableMapping:
    """A table's answers belong to the questionnaire, whose scale is told where the book has none of it yet."""
    if found is None or mapping.entity != ENTITY or mapping.own is not None:
        return mapping
    columns = tuple(_months_first(_answered(one, found)) for one in mapping.columns)
    paths = {(one.path or "").split(".")[0] for one in columns}
    mapping = replace(mapping, columns=columns)
    if found.parts and "score" not in paths:
        mapping = replace(mapping, means=(("score", found.parts),))
    if "form" in paths:
        return mapping
    constants = {"form.name": found.name}
    if "channel" not in paths:
        constants["channel"] = "questionnaire"  # which tells answers without a number apart, too
    known = db.one("SELECT 1 FROM survey_form WHERE name = ? AND alive = 1", (found.name,))
    if not known and found.scale is not None:
        constants |= {"form.scale_from": found.scale[0], "form.scale_to": found.scale[1]}
    return replace(
        mapping, constants=tuple(constants.items()), notes=(*mapping.notes, *found.notes)
    )


def _answered(column: ColumnMapping, found: Questionnaire) -> ColumnMapping:
    """A question's column: what services write for no answer is none."""
    if column.letter not in found.answers and column.path not in ("contact", "customer"):
        return column
    return replace(column, format=replace(column.format, answers=True))


def _months_first(column: ColumnMapping) -> ColumnMapping:
    """Days with years of two digits that nothing decides: services write 11/2/26 for November 2."""
    way = column.way
    if way is None or way.topic != "days" or way.by != "" or "ymd" not in way.ways:
        return column
    return replace(column, way=replace(way, code="mdy", auto="mdy"))
