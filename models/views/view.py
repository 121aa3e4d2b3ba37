"""A view of a list as plain data: columns, order, filter, groups, totals, colours; as JSON and back.

What a newer program wrote into a definition, and what names a field that is gone, is kept as it was:
it is left out of what is shown and said, never dropped.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from models.describe.field import Entity
from models.describe.kinds import KINDS
from models.describe.schema import Schema
from models.refusals import Refused
from models.texts import N_

BUCKETS = ("day", "week", "month", "quarter", "year")
FUNCTIONS = ("sum", "mean", "count", "filled", "min", "max")
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "grey")
RULES = ("when", "scale", "bar")
CHARTS = ("bars", "line")
DEEPEST = 3  # groups within groups
_DAYS = {"date", "instant"}


@dataclass(frozen=True)
class Column:
    """One column: the path of its field, and its width in points at 100 %, 0 for what it needs."""

    path: str
    width: int = 0


@dataclass(frozen=True)
class Group:
    """What rows are gathered by: a field's value, or the period that its day lies in."""

    path: str
    by: str = ""


@dataclass(frozen=True)
class Rule:
    """A colour: of cells or whole rows that satisfy a filter, a scale, or a bar in each cell."""

    kind: str
    path: str
    when: str = ""
    colour: str = ""
    row: bool = False


@dataclass(frozen=True)
class ChartOf:
    """A chart beside the list: a subtotal by a group."""

    kind: str
    x: str
    y: str = ""
    function: str = "sum"


@dataclass(frozen=True)
class View:
    """What a list shows. Without columns it shows those of its page; ``rest`` is the JSON of what
    this program does not know."""

    columns: tuple[Column, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()  # (path, descending)
    filter: str = ""
    groups: tuple[Group, ...] = ()
    totals: tuple[tuple[str, str], ...] = ()  # (path, function)
    colours: tuple[Rule, ...] = ()
    frozen: int = 0
    chart: ChartOf | None = None
    rest: str = field(default="")

    @property
    def paths(self) -> list[str]:
        """The paths of its columns."""
        return [one.path for one in self.columns]


def functions_of(kind: str) -> tuple[str, ...]:
    """The functions that make sense of a column of this kind; rates are never added up."""
    if kind == "percent":
        return ("mean", "count", "filled", "min", "max")
    if KINDS[kind].numeric:
        return FUNCTIONS
    return ("count", "filled", "min", "max") if kind in _DAYS else ("count", "filled")


# -- JSON ------------------------------------------------------------------------------------------


def _column(found: Any) -> Column:
    return Column(_str(found["path"]), _int(found.get("width", 0)))


def _sorted(found: Any) -> tuple[str, bool]:
    return _str(found["path"]), _bool(found.get("down", False))


def _group(found: Any) -> Group:
    return Group(_str(found["path"]), _str(found.get("by", "")))


def _rule(found: Any) -> Rule:
    return Rule(
        _str(found["kind"]),
        _str(found["path"]),
        _str(found.get("when", "")),
        _str(found.get("colour", "")),
        _bool(found.get("row", False)),
    )


def _chart(found: Any) -> ChartOf:
    return ChartOf(
        _str(found["kind"]),
        _str(found["x"]),
        _str(found.get("y", "")),
        _str(found.get("function", "sum")),
    )


def _str(found: Any) -> str:
    if not isinstance(found, str):
        raise TypeError(found)
    return found


def _int(found: Any) -> int:
    if isinstance(found, bool) or not isinstance(found, int):
        raise TypeError(found)
    return found


def _bool(found: Any) -> bool:
    if not isinstance(found, bool):
        raise TypeError(found)
    return found


_Item = TypeVar("_Item")


def _listed(found: Any, read: Callable[[Any], _Item]) -> tuple[tuple[_Item, ...], list[Any]]:
    """What can be read of a list, and what can't."""
    made, strange = [], []
    for one in found:
        try:
            made.append(read(one))
        except (TypeError, KeyError, AttributeError):
            strange.append(one)
    return tuple(made), strange


_LISTS: dict[str, Callable[[Any], Any]] = {
    "columns": _column,
    "sort": _sorted,
    "groups": _group,
    "colours": _rule,
}
_STRANGE = "unread "  # before the name of a list: entries of it that this program can't read


def from_json(text: str) -> View:
    """The view that a definition describes.

    Raises:
        Refused: ``bad_view``, it is no JSON object.
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused("bad_view", N_("The definition of the view can't be read."))
    parts: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in found.items():
        try:
            parts[name], strange = _part(name, value)
            if strange:
                rest[_STRANGE + name] = strange
        except (TypeError, KeyError, AttributeError):
            rest[name] = value
    return View(**parts, rest=_text(rest) if rest else "")


def _part(name: str, value: Any) -> tuple[Any, list[Any]]:
    if name in _LISTS:
        if not isinstance(value, list):
            raise TypeError(value)
        return _listed(value, _LISTS[name])
    match name:
        case "filter":
            return _str(value), []
        case "frozen":
            return _int(value), []
        case "totals":
            return tuple((_str(path), _str(how)) for path, how in value.items()), []
        case "chart":
            return _chart(value), []
    raise KeyError(name)


def to_json(view: View) -> str:
    """The definition of a view; what could not be read of it stands there as it was."""
    made: dict[str, Any] = {
        "columns": [
            {"path": one.path, **({"width": one.width} if one.width else {})}
            for one in view.columns
        ],
        "sort": [{"path": path, "down": down} for path, down in view.sort],
        "filter": view.filter,
        "groups": [{"path": one.path, **({"by": one.by} if one.by else {})} for one in view.groups],
        "totals": dict(view.totals),
        "colours": [_without_blanks(vars(one)) for one in view.colours],
        "frozen": view.frozen,
        "chart": _without_blanks(vars(view.chart)) if view.chart else None,
    }
    rest: dict[str, Any] = json.loads(view.rest) if view.rest else {}
    kept = {name: value for name, value in made.items() if value}
    for name, value in rest.items():
        known = name.removeprefix(_STRANGE)
        if known != name:
            kept[known] = [*kept.get(known, []), *value]
        else:
            kept.setdefault(name, value)
    return _text(kept)


def _without_blanks(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value or name in ("kind", "path", "x")}


def _text(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


# -- what of it can be shown -----------------------------------------------------------------------


@dataclass(frozen=True)
class Usable:
    """What of a view can be shown today, and the names of what can't."""

    view: View
    missing: tuple[str, ...]


def usable(view: View, schema: Schema, entity: Entity) -> Usable:
    """Hold a view against the fields that there are; what is gone is named."""
    missing: dict[str, None] = {}

    def there(path: str) -> bool:
        try:
            schema.path(entity, path)
        except Refused:
            missing[path] = None
            return False
        return True

    def known(word: str, words: Iterable[str]) -> bool:
        if word not in words:
            missing[word] = None
        return word in words

    chart = view.chart
    if chart and not (known(chart.kind, CHARTS) and there(chart.x)):
        chart = None
    made = replace(
        view,
        columns=tuple(one for one in view.columns if there(one.path)),
        sort=tuple(one for one in view.sort if there(one[0])),
        filter=_filter(view.filter, schema, entity, missing),
        groups=tuple(
            one for one in view.groups if there(one.path) and known(one.by, ("", *BUCKETS))
        )[:DEEPEST],
        totals=tuple(one for one in view.totals if there(one[0]) and known(one[1], FUNCTIONS)),
        colours=tuple(one for one in view.colours if there(one.path) and known(one.kind, RULES)),
        chart=chart,
    )
    return Usable(made, tuple(missing))


def _filter(text: str, schema: Schema, entity: Entity, missing: dict[str, None]) -> str:
    """The filter, if it can be asked; otherwise nothing, and it is named whole."""
    from models.describe import filter_sql, filters

    if text.strip():
        try:
            filter_sql.compile(filters.parse(text), entity, schema)
        except Refused:
            missing[text] = None
            return ""
    return text


def kept(now: View, before: View, schema: Schema, entity: Entity) -> View:
    """A view to be saved over another: what could not be shown of that one stays part of it."""
    fit = usable(before, schema, entity).view

    def lost(all_: tuple[_Item, ...], shown: tuple[_Item, ...]) -> tuple[_Item, ...]:
        return tuple(one for one in all_ if one not in shown)

    return replace(
        now,
        columns=now.columns + lost(before.columns, fit.columns),
        sort=now.sort + lost(before.sort, fit.sort),
        filter=now.filter if now.filter or fit.filter else before.filter,
        groups=now.groups + lost(before.groups, fit.groups),
        totals=now.totals + lost(before.totals, fit.totals),
        colours=now.colours + lost(before.colours, fit.colours),
        chart=now.chart or (before.chart if fit.chart is None else None),
        rest=before.rest,
    )
