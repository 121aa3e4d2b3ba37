"""Whose turn it is to write: programs that wait for one book wait in a row, not in a scramble.

The engine lets in whoever asks at the right moment, which may be the same one again and again. Who
finds the book taken goes through a gate, a file beside the book whose lock the system drops with its
holder: while somebody stands in the gate everybody else waits behind, and the one in it is the next
to write. The gate only orders those who wait; that one writes at a time is the engine's business.
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Callable
from types import TracebackType

from models import locks

# Shapes of waiting, in seconds.
_SOONEST, _LATEST = 0.0005, 0.01  # between two looks of the one in the gate: nobody else is faster
_LONGEST = 0.004  # between two looks of one who has just come; the longer one waits, the closer
_HALVED = 0.02  # after so long one looks twice as often
# A program that the system has stopped may stand in the gate for ever; past it after a while.
_PAST = 0.4


def gate_of(place: str) -> str:
    """The gate of a book."""
    return place + "-lock.next"


class Turn:
    """One wait for the book; leave it when the book is had, or given up. No gate, no order."""

    def __init__(self, gate: str, patience: float) -> None:
        self._gate = gate
        self._patience = patience
        self._begun = time.monotonic()
        self._handle: int | None = None
        self._waited = False

    def wait(self, take: Callable[[], bool]) -> bool:
        """Try ``take`` when it is this one's turn until it succeeds; False when patience ends."""
        while True:
            if self._mine() and take():
                return True
            self._waited = True
            waited = time.monotonic() - self._begun
            if waited > self._patience:
                return False
            next_one = self._handle is not None
            time.sleep(min(max(waited / 10, _SOONEST), _LATEST) if next_one else pause(waited))

    def _mine(self) -> bool:
        """Whether nobody stands before this one."""
        if not self._gate:
            return True
        if self._handle is None:
            with contextlib.suppress(OSError):  # where no file can be made, there is no order
                self._handle = locks.lock(self._gate)
        return self._handle is not None or time.monotonic() - self._begun > _PAST

    def __enter__(self) -> Turn:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._handle is None:
            return
        if self._waited:  # perhaps others still do; they find the gate where it was
            os.close(self._handle)
        else:
            locks.unlock(self._gate, self._handle)


def pause(waited: float) -> float:
    """How long to sleep before looking again: random, and shorter for who has waited longer."""
    return random.uniform(0.25, 1.0) * max(_SOONEST, _LONGEST / (1.0 + waited / _HALVED))


def clear(gate: str) -> None:
    """Take the gate away if nobody stands in it; for a program that closes the book."""
    if not os.path.exists(gate):
        return
    with contextlib.suppress(OSError):
        handle = locks.lock(gate)
        if handle is not None:
            locks.unlock(gate, handle)
