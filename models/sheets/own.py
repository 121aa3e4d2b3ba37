"""How sheets that this program wrote are told from others, so that they come back exactly.

Such a sheet has a column of public ids under a header of its own. It is read literally: by exact
headers in the language of that header, without guessing tables, totals, factors or blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models import public_ids
from models.describe.field import Entity, Field
from models.describe.schema import Schema
from models.public_ids import PublicIds
from models.refusals import Refused
from models.texts import LANGUAGES, N_, in_language, language, tr

ID_HEADER = N_("Daybook ID")
SUM_MARK = "Σ"  # stands in the place of an id where a row is a group or a total
_JOINT = " / "  # between the steps of a header that reaches through links
_GUARDED = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_GUARDS = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_PATHED = re.compile(r".*? \[([^\[\]]+)\]", re.DOTALL)
_NAMED = re.compile(r"(?:(.*) )?\[(~?[A-Z]{2}-[0-9A-Z]{3,15})\]", re.DOTALL)
_BARE = re.compile(r"~?[A-Z]{2}-[0-9A-Z]{3,15}")
_FOREIGN = "~"  # before the id of another book, so that it is never looked up in this one
_TAGGED = re.compile(rf"(.+?)(?: ([0-9A-Z]{{{public_ids.TAG}}}))?")


@dataclass(frozen=True)
class OwnSheet:
    """What the columns of such a sheet are, by their place; ``foreign``: the ids are another book's."""

    entity: str
    paths: Mapping[int, str]  # a field, "id", or "" for what is only shown
    foreign: bool
    guarded: bool = False  # a text file: apostrophes keep texts from being calculated
    shown: tuple[str, ...] = field(default=())
    worked_out: tuple[str, ...] = ()

    def notes(self) -> list[str]:
        """What a person should know about how the sheet is read."""
        made = []
        if self.foreign:
            made.append(
                tr(
                    N_(
                        "The ids in this sheet are of another book; its rows are matched by their other columns."
                    )
                )
            )
        if self.shown:
            made.append(
                tr(
                    N_(
                        "Columns that show values of other records are not read: {columns}. Change them there."
                    ),
                    columns=tr(N_(", ")).join(self.shown),
                )
            )
        if self.worked_out:
            made.append(worked_out_note(self.worked_out))
        return made


def worked_out_note(columns: Iterable[str]) -> str:
    """What is said of columns that a formula of the book works out."""
    text = N_("Columns that a formula works out are not read: {columns}.")
    return tr(text, columns=tr(N_(", ")).join(columns))


def id_header(tag: str) -> str:
    """What stands above the public ids: the book is named, so that no other takes them for its own."""
    return f"{tr(ID_HEADER)} {tag}"


def header_language(text: object) -> str:
    """The language in which a cell heads the public ids, "" if it doesn't."""
    return _id_header(text)[0]


def header_tag(text: object) -> str:
    """The tag of the book that such a cell names; "" if it names none."""
    return _id_header(text)[1]


def _id_header(text: object) -> tuple[str, str]:
    """(language, tag of the book); the tag is "" where somebody shortened the header."""
    found = _TAGGED.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return "", ""
    said = (one for one in LANGUAGES if found[1] == in_language(one, ID_HEADER))
    return next(said, ""), found[2] or ""


def separator(text: str, offered: Iterable[str]) -> str:
    """The separator of a text file of ours, from its beginning; "" if it is none."""
    for code in LANGUAGES:
        label = re.escape(in_language(code, ID_HEADER))
        found = re.match(rf'("?){label}(?: [0-9A-Z]{{{public_ids.TAG}}})?\1(.)', text)
        if found:
            return found[2] if found[2] in tuple(offered) else ""
    return ""


# -- headers -------------------------------------------------------------------------------------


def headers(schema: Schema, entity: Entity, paths: Sequence[str]) -> list[str]:
    """One header a path in the current language; what could be mixed up carries its path."""
    plain = [_label(schema, entity, path, language()) for path in paths]
    every = [_named(one, language()) for one in entity.fields]
    made = []
    for path, label in zip(paths, plain, strict=True):
        twice = plain.count(label) > 1 or every.count(label) > (1 if "." not in path else 0)
        unclear = twice or header_language(label) or _PATHED.fullmatch(label)
        made.append(f"{label} [{path}]" if unclear else label)
    return made


def _named(one: Field, code: str) -> str:
    return (one.label if one.custom else in_language(code, one.label)).strip()


def _label(schema: Schema, entity: Entity, path: str, code: str) -> str:
    steps, last = schema.path(entity, path)
    return _JOINT.join(_named(one, code) for one in (*steps, last))


def recognise(
    headings: Sequence[str],
    samples: Sequence[Sequence[Any]],
    schema: Schema,
    public: PublicIds,
    guarded: bool,
) -> OwnSheet | None:
    """Understand a table by its headers and some cells of each column; None if it isn't ours."""
    at = next((at for at, one in enumerate(headings) if header_language(one)), None)
    if at is None:
        return None
    code, tag = _id_header(headings[at])
    ids = [found for one in samples[at] if (found := public_ids.parts(str(one)))]
    prefixes = {prefix for prefix, _ in ids}
    entity = next((one for one in schema if {one.prefix} == prefixes), None)
    if not prefixes:  # nothing was exported: rows that are typed below go by the headers
        entity = _by_headers(headings, schema, code)
    if entity is None or not holds_records(entity):
        return None
    prefix = entity.prefix
    # Without a tag the ids decide; one of another book passes for one of this by chance, if rarely.
    fitting = sum(public.row(prefix, str(one)) is not None for one in samples[at])
    foreign = tag != public.tag if tag else 3 * fitting < 2 * len(ids)
    paths: dict[int, str] = {at: "id"}
    shown, worked_out = [], []
    for place, heading in enumerate(headings):
        bare = (unguard(heading) if guarded else heading).strip()
        path = None if place == at else _path(schema, entity, bare, code)
        if path is None or path in paths.values():
            continue
        computed = "." not in path and bool(schema.field(entity, path).formula)
        paths[place] = "" if "." in path or computed else path
        if "." in path:
            shown.append(bare)
        elif computed:
            worked_out.append(bare)
    return OwnSheet(entity.id, paths, foreign, guarded, tuple(shown), tuple(worked_out))


def holds_records(entity: Entity) -> bool:
    """Whether its rows are records of the team; own columns describe the book and don't travel so."""
    return not entity.system or bool(entity.part_of)


def _by_headers(headings: Sequence[str], schema: Schema, code: str) -> Entity | None:
    """The one entity that has the most of these headers."""
    hits = {
        one.id: sum(_path(schema, one, heading.strip(), code) is not None for heading in headings)
        for one in schema
        if holds_records(one)
    }
    best = [id for id, count in hits.items() if count == max(hits.values())]
    return schema.entity(best[0]) if len(best) == 1 and hits[best[0]] else None


def _path(schema: Schema, entity: Entity, heading: str, code: str) -> str | None:
    """The path that a header stands for, None for one that is not ours."""
    if found := _PATHED.fullmatch(heading):
        try:
            schema.path(entity, found[1])
            return found[1]
        except Refused:
            pass
    own = next((one for one in entity.fields if _named(one, code) == heading), None)
    if own is not None:
        return own.id
    for link in entity.links():
        start = _named(link, code) + _JOINT
        if heading.startswith(start):
            inner = _path(schema, schema.entity(link.target), heading.removeprefix(start), code)
            if inner is not None:
                return f"{link.id}.{inner}"
    return None


# -- cells ---------------------------------------------------------------------------------------


def guard(text: str) -> str:
    """Text for a text file: what a sheet would calculate gets an apostrophe in front."""
    return "'" + text if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """Take back exactly what ``guard`` did."""
    return text[1:] if _GUARDS.match(text) else text


def foreign_row(prefix: str, public_id: str) -> int | None:
    """The row of another book's id, as a negative number so that it is never taken for one of this."""
    found = public_ids.parts(public_id.removeprefix(_FOREIGN))
    return -found[1] if found and found[0] == prefix else None


def link_text(label: str, public_id: str) -> str:
    """A link whose label alone would not say which record is meant."""
    return f"{label} [{public_id}]" if label else public_id


def foreign_link(text: str) -> str:
    """A link of another book's sheet: the id in it, if any, is marked as that book's."""
    label, id = link_id(text)
    return link_text(label, _FOREIGN + id) if id else text


def link_id(text: str) -> tuple[str, str]:
    """(label, public id) of what ``link_text`` made; the id is "" in any other text."""
    if found := _NAMED.fullmatch(text):
        return found[1] or "", found[2]
    return ("", text) if _BARE.fullmatch(text) else (text, "")
