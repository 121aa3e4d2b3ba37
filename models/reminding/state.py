"""What was shown and what was put off, kept between starts of the program."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

KEPT = timedelta(days=60)  # for which it is remembered that something was shown


@dataclass
class State:
    """What is known of the reminders of one book, by their keys.

    A key names the record and the moment: what is moved to another moment is something new.
    """

    shown: dict[str, datetime] = field(default_factory=dict)  # when it was
    put_off: dict[str, datetime] = field(default_factory=dict)  # until when

    def mark(self, keys: Iterable[str], now: datetime) -> None:
        """These are shown now, and not again."""
        for key in keys:
            self.shown[key] = now
            self.put_off.pop(key, None)

    def put_off_until(self, keys: Iterable[str], until: datetime) -> None:
        """Show these again, later."""
        for key in keys:
            self.put_off[key] = until

    def forget(self, keys: Iterable[str]) -> None:
        """These are done with: what was put off isn't wanted any more."""
        for key in keys:
            self.put_off.pop(key, None)

    def prune(self, there: Iterable[str], now: datetime) -> None:
        """Forget what was shown long ago, and what was put off of records that are there no more."""
        known = set(there)
        self.shown = {key: at for key, at in self.shown.items() if key in known or now - at < KEPT}
        self.put_off = {key: until for key, until in self.put_off.items() if key in known}

    def text(self) -> str:
        """As it is kept in the settings."""
        return json.dumps({"shown": _written(self.shown), "put_off": _written(self.put_off)})


def read(text: str) -> State:
    """What was kept; nothing is known if it can't be read."""
    try:
        found = json.loads(text)
        return State(_read(found["shown"]), _read(found["put_off"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return State()


def _written(moments: dict[str, datetime]) -> dict[str, str]:
    return {key: at.astimezone(UTC).isoformat(timespec="seconds") for key, at in moments.items()}


def _read(found: dict[str, str]) -> dict[str, datetime]:
    made = {str(key): datetime.fromisoformat(at) for key, at in found.items()}
    if any(at.tzinfo is None for at in made.values()):
        raise ValueError("a moment without its zone")
    return made
