"""A filter as people read it, a sentence for each condition: 签约日期在本月; Amount is at least 10,000."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models import money, relative, texts
from models.describe import parsing
from models.describe.field import Entity, Field
from models.describe.filters import All, AnyOf, Compare, Filter, Not
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.periods import JANUARY, FiscalCalendar
from models.refusals import Refused
from models.relative import Relative
from models.texts import N_, ntr, tr

_NAMED = 3  # values of a list that a sentence names; of the others it says how many

_WORDS = {
    "=": N_("{field} is {value}"),
    "!=": N_("{field} is not {value}"),
    "<": N_("{field} is below {value}"),
    "<=": N_("{field} is at most {value}"),
    ">": N_("{field} is above {value}"),
    ">=": N_("{field} is at least {value}"),
    "~": N_("{field} contains “{value}”"),
    "not ~": N_("{field} does not contain “{value}”"),
    "^=": N_("{field} begins with “{value}”"),
    "not ^=": N_("{field} does not begin with “{value}”"),
    "in": N_("{field} is {value}"),
    "not in": N_("{field} is not {value}"),
    "between": N_("{field} is between {low} and {high}"),
    "not between": N_("{field} is not between {low} and {high}"),
    "empty": N_("{field} is empty"),
    "filled": N_("{field} is filled in"),
}
_DAYS = _WORDS | {
    "=": N_("{field} is in {value}"),
    "!=": N_("{field} is not in {value}"),
    "<": N_("{field} is before {value}"),
    "<=": N_("{field} is no later than {value}"),
    ">": N_("{field} is after {value}"),
    ">=": N_("{field} is no earlier than {value}"),
    "in": N_("{field} is in {value}"),
    "not in": N_("{field} is not in {value}"),
}
_SPAN, _NOT_SPAN = N_("{field} is within {span}"), N_("{field} is not within {span}")
_ROLLING = N_("{field} is within the {span}")
_NOT_ROLLING = N_("{field} is not within the {span}")
_ON, _NOT_ON = N_("{field} is {day}"), N_("{field} is not {day}")
_FLAG, _NOT_FLAG = N_("{field}: {value}"), N_("{field}: not {value}")
_OPPOSITE = {"=": "!=", "!=": "=", "empty": "filled", "filled": "empty"}


def sentence(filter: Filter, entity: Entity, schema: Schema) -> str:
    """The filter as a sentence in the current language.

    Raises:
        Refused: it asks about a field that is not there.
    """
    match filter:
        case All(parts):
            return tr(N_(" and ")).join(_part(one, entity, schema, AnyOf) for one in parts)
        case AnyOf(parts):
            return _alternatives(parts, entity, schema)
        case Not(Compare() as one) if _negated(one) in _WORDS:
            return _compare(one, entity, schema, negative=True)
        case Not(part):
            return tr(N_("not ({part})"), part=sentence(part, entity, schema))
        case Compare():
            return _compare(filter, entity, schema)


def label(entity: Entity, schema: Schema, path: str) -> str:
    """What people call a field: Owner, Industry of Customer; a link stands for what it points to.

    Raises:
        Refused: there is no such field.
    """
    steps, last = schema.path(entity, path)
    names = [one.text() for one in steps]
    if not steps or last.id != schema.entity(steps[-1].target).title[0]:
        names.append(last.text())
    made = names[0]
    for name in names[1:]:
        made = tr(N_("{field} of {record}"), field=name, record=made)
    return made


def _part(filter: Filter, entity: Entity, schema: Schema, kind: type) -> str:
    made = sentence(filter, entity, schema)
    return tr(N_("({part})"), part=made) if isinstance(filter, kind) else made


def _alternatives(parts: Sequence[Filter], entity: Entity, schema: Schema) -> str:
    """Of one field the later ones leave its name out: City is Beijing or is empty."""
    made = [_part(one, entity, schema, All) for one in parts]
    paths = {part.path if isinstance(part, Compare) else "" for part in parts}
    if len(paths) == 1 and "" not in paths:
        name = label(entity, schema, paths.pop())
        made[1:] = [one.removeprefix(name).strip() for one in made[1:]]
    return tr(N_(" or ")).join(made)


def _negated(one: Compare) -> str:
    return _OPPOSITE.get(one.op, "not " + one.op)


def _compare(one: Compare, entity: Entity, schema: Schema, *, negative: bool = False) -> str:
    field = schema.path(entity, one.path)[1]
    name = label(entity, schema, one.path)
    op = _negated(one) if negative else one.op
    if op in ("empty", "filled"):
        return tr(_WORDS[op], field=name)
    if field.kind in ("date", "instant"):
        return _of_days(name, op, one.values, schema.calendar)
    shown = [_shown(field, value) for value in one.values]
    if one.op == "between":
        return tr(_WORDS[op], field=name, low=shown[0], high=shown[1])
    if field.kind == "flag" and op in ("=", "!="):
        return tr(_FLAG if op == "=" else _NOT_FLAG, field=name, value=shown[0])
    return tr(_WORDS[op], field=name, value=listed(shown))


def listed(shown: Sequence[str]) -> str:
    """Several values as a sentence names them: A, B or C; of many the first and how many."""
    if len(shown) > _NAMED + 1:
        first = _joined(shown[:_NAMED])
        more = len(shown) - _NAMED
        return ntr("{first} or {n} other", "{first} or {n} others", more, first=first)
    if len(shown) == 1:
        return shown[0]
    return tr(N_("{first} or {last}"), first=_joined(shown[:-1]), last=shown[-1])


def _joined(shown: Sequence[str]) -> str:
    made = shown[0]
    for one in shown[1:]:
        made = tr(N_("{several}, {one}"), several=made, one=one)
    return made


def _shown(field: Field, value: str) -> str:
    if field.kind == "choice":
        offered = next((c for c in field.choices if value in c.known_as()), None)
        return offered.text() if offered else value
    if field.kind == "recurrence":
        return KINDS[field.kind].show(field, value)
    if field.kind in ("flag", "percent"):
        try:
            read = parsing.flag(value) if field.kind == "flag" else parsing.number(value)
            return KINDS[field.kind].show(field, read)
        except parsing.Unreadable:
            return value
    return number(value) if KINDS[field.kind].numeric else value


def number(typed: str) -> str:
    """A number as people read it at a glance: 5万, 1.2亿; 50,000 in English. Others stay as typed."""
    if "%" in typed or "％" in typed:
        return typed
    try:
        value = parsing.number(typed)
    except parsing.Unreadable:
        return typed
    if texts.language() == "zh_CN":
        for unit, sign in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
            if abs(value) >= unit and value % (unit / 100) == 0:
                return money.plain(value / unit) + sign
    whole, _, fraction = money.plain(abs(value)).partition(".")
    sign = "-" if value < 0 else ""
    return f"{sign}{int(whole):,}" + (f".{fraction}" if fraction else "")


# -- days ----------------------------------------------------------------------------------------


def _of_days(name: str, op: str, values: tuple[str, ...], calendar: FiscalCalendar) -> str:
    span = _span(values)
    if span is not None and op in ("=", "!=", "between", "not between"):
        same = op in ("=", "between")
        if span.unit == "day" and span.way == "whole":
            return tr(_ON if same else _NOT_ON, field=name, day=span.text())
        if span.way in ("last", "next"):
            return tr(_ROLLING if same else _NOT_ROLLING, field=name, span=span.text())
        return tr(_SPAN if same else _NOT_SPAN, field=name, span=span.text())
    shown = [days(one, calendar) for one in values]
    if op in ("between", "not between"):
        return tr(_DAYS[op], field=name, low=shown[0], high=shown[1])
    if op in ("=", "!=") and _is_day(values[0]):
        return tr(_WORDS[op], field=name, value=shown[0])
    return tr(_DAYS[op], field=name, value=listed(shown))


def _span(values: tuple[str, ...]) -> Relative | None:
    """One word for these days: also from -6d to today is the last 7 days."""
    found = [relative.read(one) for one in values]
    if len(found) == 1:
        return found[0]
    first, last = (
        one.by if one is not None and (one.unit, one.way) == ("day", "whole") else None
        for one in found
    )
    if first is None or last is None:
        return None
    if last == 0 > first:
        return Relative("day", 1 - first, "last")
    return Relative("day", 1 + last, "next") if first == 0 < last else None


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def days(written: str, calendar: FiscalCalendar = JANUARY) -> str:
    """A day, a period or a word for one, as people read it: 2026年3月, this month."""
    if found := re.fullmatch(r"(\d{4})(年?)", written):
        if found[2] or calendar.year_starts == 1:
            return tr(N_("{year}"), year=found[1])
    elif found := re.fullmatch(r"(\d{4})-(\d\d)", written):
        month = str(int(found[2])) if texts.language() == "zh_CN" else found[2]
        return tr(N_("{year}-{month}"), year=found[1], month=month)
    return relative.shown(written, calendar)


def shown(filter: Filter, entity: Entity, schema: Schema, written: str) -> str:
    """The sentence; what is written where a field of it is no longer there."""
    try:
        return sentence(filter, entity, schema)
    except Refused:
        return written
