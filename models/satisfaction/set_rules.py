"""The rules of ``models.satisfaction.rules`` for complaints that wait in an import; nothing is refused.

A complaint that is new and settled has the day that its sheet says, or none: when it was settled isn't
known. One that the book knows as open, and a sheet as settled, was settled by today.
"""

from __future__ import annotations

from datetime import date

from models.dialects import Connection

FILLS = ("status", "resolved_on")
_KNOWN = "SELECT 1 FROM complaint t WHERE t.id = s.row AND s.old = 1"


def complaint(db: Connection, name: str) -> None:
    """A day on which it was settled says so, where the sheet doesn't say the status itself."""
    db.run(
        f"UPDATE {name}.complaint AS s SET status = 'resolved' WHERE s.status IS NULL "
        f"AND s.resolved_on IS NOT NULL AND NOT EXISTS ({_KNOWN} AND t.resolved_on IS s.resolved_on)"
    )
    db.run(
        f"UPDATE {name}.complaint AS s SET resolved_on = ? WHERE s.status = 'resolved' "
        f"AND s.resolved_on IS NULL AND EXISTS ({_KNOWN} AND t.resolved_on IS NULL "
        "AND t.status IS NOT 'resolved')",
        (date.today().isoformat(),),
    )
