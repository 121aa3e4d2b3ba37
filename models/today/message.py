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
    own = today.by_person(few)
    wanted = [one for one in today.counts() if scope.people is None or one.person in scope.people]
    for count in wanted:
        parts += ["", tr(N_("[{name}]"), name=count.name), _numbered(own[count.person])]
    if not wanted:
        parts.append(today.message(scope))
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
