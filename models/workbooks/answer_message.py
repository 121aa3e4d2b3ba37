"""What became of a person's returned workbook as a short text to be sent by WeChat."""

from __future__ import annotations

from models.texts import N_, ntr, tr
from models.workbooks.answers import (
    ADDED,
    DECLINED,
    JOINED,
    MINE,
    OPEN,
    OTHER,
    TAKEN,
    THEIRS,
    UNREADABLE,
    Answer,
    AnswerSheet,
)

_FEW = 5  # lines of one sort
_DECISIONS = (MINE, OTHER, DECLINED, UNREADABLE)


def message(sheet: AnswerSheet, file: str = "") -> str:
    """Thanks, how much was taken, what was decided otherwise, what is new, and the next file's name.

    In the language in force; plain lines, no links.
    """
    parts = [_greeting(sheet)]
    parts += _counts(sheet)
    parts += _listed(tr(N_("Otherwise than you wrote:")), _of(sheet, *_DECISIONS), _decided)
    parts += _listed(tr(N_("New for you:")), _of(sheet, "task", "follow_up", "notice"), _new)
    parts += _listed(tr(N_("Answers:")), _of(sheet, "suggestion", "help"), _answer)
    if file:
        parts.append(tr(N_("Your new workbook is “{file}”; please go on in that one."), file=file))
    return "\n".join(parts) + "\n"


def _of(sheet: AnswerSheet, *kinds: str) -> list[Answer]:
    return [one for one in sheet.rows if one.kind in kinds]


def _greeting(sheet: AnswerSheet) -> str:
    if sheet.returned:
        text = N_("{name}, thank you for the workbook that came back on {day}.")
        return tr(text, name=sheet.name, day=sheet.returned[-1])
    return tr(N_("{name}, no workbook came back since {day}."), name=sheet.name, day=sheet.since)


def _counts(sheet: AnswerSheet) -> list[str]:
    taken, added = sheet.count(TAKEN, JOINED, THEIRS), sheet.count(ADDED)
    made = []
    if taken:
        made.append(ntr("{n} entry was taken over", "{n} entries were taken over", taken))
    if added:
        made.append(ntr("{n} row was added", "{n} rows were added", added))
    waiting = sheet.count(OPEN)
    if waiting:
        made.append(ntr("{n} is not decided yet", "{n} are not decided yet", waiting))
    return [tr(N_("{clauses}."), clauses=tr(N_(", ")).join(made))] if made else []


def _listed(heading: str, some: list[Answer], say: object) -> list[str]:
    assert callable(say)
    if not some:
        return []
    made = [heading, *(f"- {say(one)}" for one in some[:_FEW])]
    if len(some) > _FEW:
        made.append(ntr("- and {n} more", "- and {n} more", len(some) - _FEW))
    return made


def _decided(one: Answer) -> str:
    what = (
        tr(N_("{record}, {field}"), record=one.record, field=one.field) if one.field else one.record
    )
    if one.kind == UNREADABLE:
        said = tr(N_("“{yours}” could not be read"), yours=one.yours)
    elif one.now:
        said = tr(N_("you wrote “{yours}”, it is “{now}”"), yours=one.yours, now=one.now)
    else:
        said = tr(N_("not taken"))
    more = tr(N_(" ({comment})"), comment=one.comment) if one.comment else ""
    return tr(N_("{what}: {said}"), what=what, said=said) + more


def _new(one: Answer) -> str:
    return tr(N_("{title} ({when})"), title=one.record, when=one.now) if one.now else one.record


def _answer(one: Answer) -> str:
    said = one.comment or one.now
    return tr(N_("{what}: {said}"), what=one.record, said=said)
