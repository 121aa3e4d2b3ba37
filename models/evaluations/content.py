"""The bytes that are signed and sealed: a result, what was judged, and the rules, in one canonical form.

JSON with sorted keys, UTF-8, no blanks: whoever has the bytes needs neither the book nor this program
to read them, and the same result has the same bytes. Numbers are texts, links are public ids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.book import Book
from models.describe.field import Field
from models.describe.kinds import KINDS
from models.dialects import Connection, quoted
from models.evaluations import cases
from models.evaluations.evaluation import EVALUATION, EVALUATION_RATING
from models.evaluations.result import Scored
from models.evaluations.rules import PEER
from models.measures import engine
from models.money import plain
from models.texts import language, tr

FORMAT = 1
# How far an evaluation is, and what is written beside it, is no part of what is signed.
UNSIGNED = (
    "status", "notes", "presented", "band", "self_handed_in", "self_handed_in_at", "self_waived",
    "manager_done_at",
)  # fmt: skip
# What is only words about the rest, in the language of who asked, or tells when it was asked.
_WORDS = frozenset(
    {
        "as_of", "band", "cycle_name", "label", "labels", "language", "name", "notes", "rater",
        "scorecard_name", "sentence", "words",
    }
)  # fmt: skip
# What would tell the person which colleague said what.
_NAMING = frozenset({"cites", "comment", "rated_at", "rater"})


def canonical(value: object) -> bytes:
    """The one form of a value."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest_of(content: bytes) -> str:
    """The SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes) -> dict[str, Any]:
    """What the bytes say.

    Raises:
        ValueError: they are no content of ours.
    """
    made = json.loads(content.decode())
    if not isinstance(made, dict) or made.get("format") != FORMAT or canonical(made) != content:
        raise ValueError("not canonical")
    return made


def scored_of(said: Mapping[str, Any]) -> Scored:
    """The result that a content says."""
    return Scored.from_dict(said["result"], said["labels"])


def content(book: Book, db: Connection, evaluation: int, scored: Scored) -> bytes:
    """What is put before both for signature; the evaluation has the total and the grade already."""
    return canonical(
        {
            "format": FORMAT,
            "book": book.id,
            "language": language(),
            "currency": book.currency,
            "result": unnamed(scored).as_dict(),
            "labels": {
                one.id: one.label for item in scored.items for one in item.records if one.label
            },
            "evaluation": evaluation_now(book, db, evaluation),
            "ratings": [without_names(one) for one in ratings_now(book, db, evaluation)],
            "rules": _rules(book, db, scored),
        }
    )


def unnamed(scored: Scored) -> Scored:
    """A result in which colleagues are heard without names and words: the person signs all of it."""
    items = tuple(
        replace(
            item,
            judged=tuple(
                replace(one, rater="", comment="", cites=()) if one.rated_by == PEER else one
                for one in item.judged
            ),
        )
        for item in scored.items
    )
    return replace(scored, items=items)


def without_names(rating: Mapping[str, Any]) -> dict[str, Any]:
    """A judgement as it is signed; of a colleague's nothing but the level."""
    hidden = _NAMING if rating.get("rated_by") == PEER else ()
    return {name: value for name, value in rating.items() if name not in hidden}


def substance(said: object) -> object:
    """The same without words and moments: what is equal in two languages, and tomorrow if nothing changed."""
    if isinstance(said, Mapping):
        return {
            name: bool(value) if name == "missing" else substance(value)
            for name, value in said.items()
            if name not in _WORDS
        }
    if isinstance(said, list):
        return [substance(one) for one in said]
    return said


# -- what the book says ------------------------------------------------------------------------------


def evaluation_now(book: Book, db: Connection, row: int) -> dict[str, Any]:
    """The fields of an evaluation that are signed, as they stand; empty if there is no such record."""
    fields = [one for one in EVALUATION.fields if one.id not in UNSIGNED]
    found = _records(book, db, EVALUATION.id, fields, "t.id = ?", (row,))
    return found[0] if found else {}


def ratings_now(book: Book, db: Connection, row: int) -> list[dict[str, Any]]:
    """What was judged, as it stands; not what the person has not handed in yet."""
    handed_in = (
        "(t.rated_by IS NOT 'self' OR EXISTS (SELECT 1 FROM evaluation v WHERE v.id = t.evaluation "
        "AND v.self_handed_in_at IS NOT NULL))"
    )
    return _records(
        book,
        db,
        EVALUATION_RATING.id,
        EVALUATION_RATING.fields,
        f"t.evaluation = ? AND t.alive = 1 AND t.level IS NOT NULL AND {handed_in}",
        (row,),
    )


def _records(
    book: Book, db: Connection, entity_id: str, fields: Any, where: str, params: tuple[object, ...]
) -> list[dict[str, Any]]:
    entity = book.schema.entity(entity_id)
    listed = [one for one in fields if not one.custom]
    # Read as bytes: what another program damaged may be no text any more.
    columns = ", ".join(
        f"iif(typeof({name}) = 'text', CAST({name} AS BLOB), {name})"
        for name in (f"t.{quoted(one.column)}" for one in listed)
    )
    found = db.run(
        f"SELECT t.id, {columns} FROM {quoted(entity_id)} t WHERE t.alive = 1 AND {where} ORDER BY t.id",
        params,
    )
    return [
        {
            "id": book.public.make(entity.prefix, row),
            **{one.id: _plain(book, one, value) for one, value in zip(listed, values, strict=True)},
        }
        for row, *values in found
    ]


def _plain(book: Book, field: Field, stored: Any) -> Any:
    """A stored value as JSON has it."""
    if isinstance(stored, bytes):
        stored = stored.decode(errors="backslashreplace")
    if field.kind == "link" and isinstance(stored, int):
        return book.public.make(book.schema.entity(field.target).prefix, stored)
    try:
        value = KINDS[field.kind].load(stored)
    except (ArithmeticError, TypeError, ValueError):
        return repr(stored)
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


# -- rules -------------------------------------------------------------------------------------------


def _rules(book: Book, db: Connection, scored: Scored) -> dict[str, Any]:
    """By which scorecard, grades, measures and goals it was worked out, in which days."""

    def all_of(entity_id: str, where: str, *params: object) -> list[dict[str, Any]]:
        fields = book.schema.entity(entity_id).fields
        return _records(book, db, entity_id, fields, where, params)

    def row(entity_id: str, public_id: str) -> int:
        return book.public.row(book.schema.entity(entity_id).prefix, public_id) or 0

    card = row("scorecard_template", scored.scorecard)
    person = row("salesperson", scored.person)
    measures = {one.measure for one in scored.items if one.measure}
    cycle = row("evaluation_cycle", scored.cycle)
    days = [one.isoformat() for one in cases.cycle(db, book, cycle).days]
    goals = all_of("goal", "t.person = ? AND t.starts_on >= ? AND t.ends_on <= ?", person, *days)
    return {
        "cycle": next(iter(all_of("evaluation_cycle", "t.id = ?", cycle)), {}),
        "scorecard": next(iter(all_of("scorecard_template", "t.id = ?", card)), {}),
        "items": all_of("scorecard_item", "t.scorecard = ?", card),
        "grades": all_of("grade_band", "t.scorecard = ?", card),
        "measures": [_measure(code) for code in sorted(measures)],
        "goals": [one for one in goals if one["measure"] in measures],
    }


def _measure(code: str) -> dict[str, Any]:
    what = engine.definition(code)
    return {
        "code": what.code,
        "version": what.version,
        "unit": what.unit,
        "direction": what.direction,
        "label": what.text(),
        "words": tr(what.words),
    }
