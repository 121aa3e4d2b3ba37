"""Exports of questionnaire services (问卷星, 腾讯问卷, form tools): which question fills what.

Such a sheet has a row an answer, columns of the service's own, and a column a question, headed by the
whole question: 1、您对我们的总体满意度. It doesn't name the questionnaire: that is the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from models.describe.parsing import fold
from models.dialects import Connection
from models.satisfaction.scores import spelled
from models.sheets.mapping import TableMapping
from models.sheets.profile import ColumnProfile
from models.sheets.table_finding import FoundTable
from models.texts import N_, tr

ENTITY = "survey_response"
_NUMBER = re.compile(r"^(?:q|第)?\s*\d{1,3}\s*(?:题)?\s*[、.．:：)）]\s*(?=\D)")
# What the service adds; the first of each kind counts, all others are left out.
_OF_SERVICE = {
    "number": r"序号|编号|答卷编号|答题序号|response ?id|submission ?id|respondent ?id|id|no\.?",
    "responded_on": r"提交答卷时间|提交时间|结束答题时间|答题结束时间|填写时间|时间戳记?|submi\w+ (?:at|date|time)|date submitted|timestamp|end (?:date|time)|completed at",
    "": r"所用时间|答题时长|填写时长|开始答题时间|开始时间|来源|来源详情|来源渠道|来自ip|ip(?:地址| ?address)?|地理位置|省份|城市|用户昵称|用户id|昵称|openid|总分|得分|start(?:ed)? (?:at|date|time)|duration.*|time (?:taken|spent).*|user ?agent|network ?id|tags|score",
}
# Of the questions, in the order in which they are asked about; each field once.
_QUESTIONS = (
    ("comment", r"意见|建议|想说|想对我们|告诉我们|原因|哪些|哪里|为什么|comment|suggest|feedback|anything else|why\b|improve"),
    ("recommends", r"推荐|recommend"),
    ("customer", r"(?:公司|单位|企业|客户|店铺|门店)(?:的)?(?:名称|全称|名字|是)|^(?:您的|贵)(?:公司|单位)$|company(?: name)?$|organi[sz]ation|name of your company|customer name"),
    ("score", r"(?:总体|整体|综合).*满意|满意.*(?:总体|整体)|overall.*satisf"),
    ("score", r"满意|satisf"),
)  # fmt: skip
_HINT = re.compile(r"[(（]\s*(\d+)\s*[-~～–到至to]+\s*(\d+)\s*分?[^)）]*[)）]")
_FILE = re.compile(r"^\d{6,}_|^(?:按文本|按序号|按分数)_|(?:_\d+){1,2}$")
_BY_PLACE = "按序号"
_MOST = 5


@dataclass(frozen=True)
class Questionnaire:
    """What a table is as a questionnaire: paths by column letter, its name, the scale of its scores."""

    name: str
    paths: Mapping[str, str]
    scale: tuple[str, str] | None  # lowest and highest, None for the usual one
    notes: tuple[str, ...] = field(default=())


def recognise(
    table: FoundTable, profiles: Sequence[ColumnProfile], file_name: str
) -> Questionnaire | None:
    """What a table is as a questionnaire; None where it is none."""
    if table.wide is not None or table.header_rows is None:
        return None
    paths: dict[str, str] = {}
    questions: list[int] = []
    for at, column in enumerate(table.columns):
        path = _of_service(column.header)
        if path is None:
            questions.append(at)
        else:
            taken = path in paths.values()
            paths[column.letter] = "" if taken else path
    if "responded_on" not in paths.values():
        return None
    asked = _asked(table, questions)
    if not asked.keys() & {"score", "recommends"} or not _asks(table, asked, paths):
        return None
    paths |= {table.columns[at].letter: path for path, at in asked.items()}
    score = asked.get("score")
    scale = None if score is None else _scale(table.columns[score].header, profiles[score])
    name = _name(file_name) or table.title or table.sheet_name
    return Questionnaire(name, paths, scale, tuple(_notes(name, file_name)))


def _of_service(header: str) -> str | None:
    """What a column of the service's own fills, "" for nothing; None for a question."""
    low = fold(header).strip().lower()
    return next((path for path, words in _OF_SERVICE.items() if re.fullmatch(words, low)), None)


def _asked(table: FoundTable, questions: Sequence[int]) -> dict[str, int]:
    made: dict[str, int] = {}
    for path, words in _QUESTIONS:
        if path in made:
            continue
        for at in questions:
            text = _NUMBER.sub("", fold(table.columns[at].header).strip()).lower()
            if at not in made.values() and re.search(words, text):
                made[path] = at
                break
    return made


def _asks(table: FoundTable, asked: Mapping[str, int], paths: Mapping[str, str]) -> bool:
    """Whether it asks at all: a plain list of answers has short heads, an export whole questions."""
    heads = [table.columns[at].header.strip() for at in asked.values()]
    numbered = sum(bool(_NUMBER.match(fold(one))) for one in heads)
    spoken = sum(
        bool(re.search(r"[?？]|您|贵|\byou\b|\bwe\b|\bus\b", one.lower())) for one in heads
    )
    return numbered > 0 or (spoken > 0 and len(paths) >= 2)


def _scale(header: str, profile: ColumnProfile) -> tuple[str, str] | None:
    if hint := _HINT.search(fold(header)):
        return (hint[1], hint[2]) if hint[2] != "5" else None
    numbers = [float(one) for one in map(_plain, profile.sample) if one is not None]
    high = max(numbers, default=0)
    if high <= _MOST:
        return None
    low = "0" if min(numbers) == 0 or high > 10 else "1"
    return low, "10" if high <= 10 else "100"


def _plain(raw: object) -> float | None:
    try:
        return float(str(spelled(raw)))
    except ValueError:
        return None


def _name(file_name: str) -> str:
    name = PurePath(file_name).stem
    before = None
    while before != name:
        before, name = name, _FILE.sub("", name)
    return name.strip(" _-")


def _notes(name: str, file_name: str) -> list[str]:
    made = [tr(N_("A questionnaire's export: its answers belong to “{name}”."), name=name)]
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
    if any((one.path or "").split(".")[0] == "form" for one in mapping.columns):
        return mapping
    constants = {"form.name": found.name}
    known = db.one("SELECT 1 FROM survey_form WHERE name = ? AND alive = 1", (found.name,))
    if not known and found.scale is not None:
        constants |= {"form.scale_from": found.scale[0], "form.scale_to": found.scale[1]}
    return replace(
        mapping, constants=tuple(constants.items()), notes=(*mapping.notes, *found.notes)
    )
