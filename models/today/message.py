"""Today as a text for WeChat: plain, short lines, numbered, a heading for each person; no links."""

from __future__ import annotations

from models.texts import N_, tr
from models.today.line import Line
from models.today.scopes import EVERYBODY, Scope, of_person
from models.today.today import FEW, Today
from models.today.words import date_text


def text(today: Today, scope: Scope = EVERYBODY, few: int = FEW) -> str:
    """What is to be done, person by person, those with the worst first.

    One person's list has no heading of a name. Whoever has nothing isn't mentioned; when nobody has
    anything the text says what was looked at.
    """
    parts = [tr(N_("To do on {day}"), day=date_text(today.on))]
    one = _only(scope)
    if one is not None:
        name = today.names.get(one, "")
        parts = [tr(N_("{name}, to do on {day}"), name=name, day=date_text(today.on))]
        lines = today.lines(scope, few)
        parts.append(_numbered(lines) if lines else tr(N_("Nothing needs doing today.")))
        return "\n".join(parts) + "\n"
    said = False
    for count in today.counts():
        if scope.people is not None and count.person not in scope.people:
            continue
        # What nobody has is nobody's alone, what somebody has is theirs even if it is another's.
        lines = tuple(
            line
            for line in today.lines(Scope(frozenset({count.person})), few)
            if line.person == count.person or line.more
        )
        if lines:
            said = True
            parts += ["", tr(N_("[{name}]"), name=count.name), _numbered(lines)]
    if not said:
        parts.append(today.message())
    return "\n".join(parts) + "\n"


def person_text(today: Today, person: int, few: int = FEW) -> str:
    """What one person has to do."""
    return text(today, of_person(person), few)


def _only(scope: Scope) -> int | None:
    people = scope.people
    return next(iter(people)) if people is not None and len(people) == 1 else None


def _numbered(lines: tuple[Line, ...]) -> str:
    made = []
    for at, line in enumerate(lines, 1):
        made.append(f"{at}. {line.title}")
        if line.reason:
            made.append(f"   {line.reason}")
    return "\n".join(made)
