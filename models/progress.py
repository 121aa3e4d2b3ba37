"""How long work reports and how it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable

INTERVAL = 0.05  # seconds: a flood of signals, not the work, is what freezes a window


class Cancelled(Exception):
    """The person asked to stop; whoever catches this leaves nothing half done."""


class Progress:
    """Passed into long work; reports at most 20 times a second and answers a cancel at once."""

    def __init__(self, report: Callable[[float, str], None] | None = None) -> None:
        self._report = report
        self._last = 0.0
        self._cancelled = False
        self._low, self._high = 0.0, 1.0

    def cancel(self) -> None:
        """Ask the work to stop at its next step; any thread may call this."""
        self._cancelled = True

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancelled

    def step(self, fraction: float, text: str = "") -> None:
        """Say how far the work is (0…1 of the current part).

        Raises:
            Cancelled: the person asked to stop.
        """
        if self._cancelled:
            raise Cancelled
        if self._report is None:
            return
        now = time.monotonic()
        if now - self._last >= INTERVAL or fraction >= 1.0:
            self._last = now
            self._report(self._low + (self._high - self._low) * min(max(fraction, 0.0), 1.0), text)

    def part(self, low: float, high: float) -> None:
        """The next steps count as this part of the whole."""
        self._low, self._high = low, high


SILENT = Progress()
