"""The best assignment of all, where the jobs are few enough to look at every one that could be."""

from __future__ import annotations

from math import prod

from models.assignment.worth import Board
from models.progress import SILENT, Progress

MANY = 60_000  # assignments that are looked at, if none of them can be left out


def small(board: Board) -> bool:
    """Whether all assignments can be looked at in a moment."""
    return prod(len(one) for one in board.pairs) <= MANY


def find(board: Board, start: list[int], progress: Progress = SILENT) -> list[int]:
    """The best of all assignments; ``start`` is one that is known.

    A branch is left where even the worth of its open jobs alone can't make it better than what was
    found: beside other jobs none is worth more than alone.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    return _Search(board, start, progress).best


class _Search:
    def __init__(self, board: Board, start: list[int], progress: Progress) -> None:
        self._board, self._progress = board, progress
        self.best, self._most = list(start), board.total(start)
        self._order = sorted(range(len(board.jobs)), key=lambda at: (len(board.pairs[at]), at))
        hopes = [board.alone[at][0][0] for at in self._order]
        self._hope = [sum(hopes[depth:]) for depth in range(len(hopes) + 1)]
        self._given = [0] * len(start)
        self._mine: dict[int, list[int]] = {}
        self._look(0, 0)

    def _look(self, depth: int, made: int) -> None:
        if depth == len(self._order):
            if made > self._most:
                self._most, self.best = made, list(self._given)
            return
        if depth < 3:
            self._progress.step(0.5)
        at = self._order[depth]
        for alone, who in self._board.alone[at]:
            if made + alone + self._hope[depth + 1] <= self._most:
                return  # those that follow are worth even less
            jobs = self._mine.setdefault(who, [])
            before = self._board.worth(who, jobs)
            jobs.append(at)
            self._given[at] = who
            self._look(depth + 1, made - before + self._board.worth(who, jobs))
            jobs.pop()
