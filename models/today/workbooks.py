"""Workbooks of people: what came back and waits for a decision, files that wait, who is to be asked.

Today: questions of returned workbooks that are open, and files that lie in the watched folder: somebody
waits for the answer. These days: a workbook that was to be back and isn't. Good to know: one that has
been out for long, or a person for whom a new one is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.following.known import local_day
from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words
from models.workbooks import stale

KIND = "workbook"
LABEL = N_("Returned workbooks")
_DECIDE, _WAIT, _ASK = "decide", "wait", "ask"
_SEVERITY = {stale.OVERDUE: SOON, stale.OLD: NOTE, stale.AGAIN: NOTE}


def find(scene: Scene) -> list[Found]:
    """Open decisions by workbook, files that wait, then workbooks that are to be asked for."""
    return [*_open(scene), *_waiting(scene.waiting), *_stale(scene)]


def _open(scene: Scene) -> list[Found]:
    """Each returned workbook with what is still to be decided of it, since it came back."""
    return [
        Found(
            KIND,
            (Record("workbook", workbook), *(Record("cell_conflict", int(one)) for one in rows.split(","))),
            TODAY,
            "review",
            owner=person or 0,
            late=scene.late(local_day(at).isoformat()) if at else 0,
            facts=(_DECIDE, scene.people[person].name if person in scene.people else name, n),
            mark=_DECIDE,
        )
        for workbook, person, name, n, rows, at in scene.db.run(
            "SELECT w.id, w.person, w.name, count(*), group_concat(k.id), "
            "(SELECT max(r.at) FROM workbook_return r WHERE r.workbook = w.id) "
            "FROM cell_conflict k JOIN workbook w ON w.id = k.workbook "
            "WHERE k.alive = 1 AND k.status = 'open' AND w.alive = 1 GROUP BY w.id ORDER BY w.id"
        )
    ]  # fmt: skip


def _waiting(files: Sequence[str]) -> list[Found]:
    if not files:
        return []
    return [Found(KIND, (), TODAY, "review", facts=(_WAIT, *files), mark=_WAIT)]


def _stale(scene: Scene) -> list[Found]:
    made = []
    for person, reason, out, late in scene.stale:
        if reason in _SEVERITY and out is not None and person not in scene.away:
            record = Record("workbook", out.workbook)
            made.append(
                Found(
                    KIND, (record,), _SEVERITY[reason],
                    "issue" if reason == stale.AGAIN else "nudge", person, person, 0, late,
                    facts=(_ASK, scene.people[person].name, reason, out),
                    mark=_ASK,
                )
            )  # fmt: skip
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """What waits, for how long, and what of it."""
    match found.facts[0]:
        case "decide":
            return _say_open(found, words)
        case "wait":
            return _say_waiting(found.facts[1:], words)
    return _say_stale(found, words)


def _say_open(found: Found, words: Words) -> tuple[str, str]:
    _, name, n = found.facts
    title = tr(N_("Workbook of {name}: decide what differs"), name=name)
    open_ones = ntr("{n} question is open", "{n} questions are open", n)
    since = (
        ntr("came back {n} day ago", "came back {n} days ago", found.late)
        if found.late > 0
        else tr(N_("came back today"))
    )
    return title, words.sentence(open_ones, since)


def _say_waiting(files: Sequence[str], words: Words) -> tuple[str, str]:
    title = ntr(
        "{n} file waits in the watched folder", "{n} files wait in the watched folder", len(files)
    )
    more = "…" if len(files) > len(files[:3]) else ""
    return title, words.sentence(tr(N_(", ")).join(files[:3]) + more)


def _say_stale(found: Found, words: Words) -> tuple[str, str]:
    _, name, reason, out = found.facts
    issued: date = out.issued_on
    out_since = tr(N_("issued on {day}"), day=words.day(issued.isoformat()))
    if reason == stale.AGAIN:
        back = tr(N_("the last one came back on {day}"), day=words.day(local_day(out.returned).isoformat()))  # fmt: skip
        since = ntr("{n} working day ago", "{n} working days ago", found.late)
        return tr(N_("A new workbook is due for {name}"), name=name), words.sentence(back, since)
    title = tr(N_("The workbook of {name} isn't back"), name=name)
    if reason == stale.OVERDUE:
        late = ntr("{n} working day overdue", "{n} working days overdue", found.late)
        due = tr(N_("due back on {day}"), day=words.day(out.due_back.isoformat()))
        return title, words.sentence(late, due, out_since)
    late = ntr("out for {n} working day", "out for {n} working days", found.late)
    return title, words.sentence(late, out_since)
