"""Today as plain data, for programs."""

from __future__ import annotations

from typing import Any

from models.book import Book
from models.money import from_scaled, plain
from models.today.line import Line, action_text
from models.today.scopes import EVERYBODY, Scope
from models.today.today import Today


def as_data(book: Book, today: Today, scope: Scope = EVERYBODY) -> dict[str, Any]:
    """The lines in their order, with public ids; amounts are decimal strings."""
    lines = today.lines(scope)
    return {
        "on": today.on.isoformat(),
        "currency": today.currency,
        "lines": [_line(book, one) for one in lines],
        "people": [
            {"person": one.name if one.person else None, "lines": one.n, "worst": one.worst}
            for one in today.counts()
            if scope.people is None or one.person in scope.people
        ],
        "empty": not lines,
        "message": today.message(scope),
    }


def _line(book: Book, line: Line) -> dict[str, Any]:
    records = [
        {"entity": one.entity, "id": book.public_id(one.entity, one.row)} for one in line.records
    ]
    mark = line.id.split(":")[2:]
    return {
        "id": line.id
        if line.more
        else ":".join([line.kind, records[0]["id"] if records else "", *mark]),
        "kind": line.kind,
        "severity": line.severity,
        "title": line.title,
        "reason": line.reason,
        "person": line.person_name or None,
        "records": records,
        "action": {"id": line.action, "label": action_text(line.action)},
        "amount": plain(from_scaled(line.amount)) if line.amount else None,
        "days_late": line.late,
        "more": line.more,
    }
