"""What follows when somebody says that a notice was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any


def read_receipt(
    written: Mapping[str, Any], before: Mapping[str, Any], look: Callable[..., Any]
) -> dict[str, Any]:
    """Read is read at a moment, and unread at none; a moment means that it was read."""
    if "read" in written:
        if not written["read"]:
            return {"read_at": None}
        known = written.get("read_at") or before.get("read_at")
        return {} if known else {"read_at": datetime.now(UTC).replace(microsecond=0)}
    if "read_at" in written:
        return {"read": written["read_at"] is not None}
    return {}
