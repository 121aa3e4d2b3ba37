"""The ids of a list in order, and the place of each; for a million as for ten, in a few megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections.abc import Sequence
from operator import lt

_BLOCK = 50_000
_SPARSE = 1_000_000  # ids that a table may be longer than the list that it is for


def _ascend(ids: Sequence[int]) -> bool:
    """Looked at in blocks, between which the window gets its turn."""
    blocks = (ids[at : at + _BLOCK + 1] for at in range(0, len(ids), _BLOCK))
    return all(all(map(lt, block, block[1:])) for block in blocks)


class Places:
    """Row ids in the order of a list.

    Where they ascend, as in a list that nobody sorted, a place is found by halving. Otherwise a
    table over all ids tells it: made once, in the thread that asked for the ids, and kept true.
    """

    def __init__(self, ids: array[int]) -> None:
        self.ids = ids
        self._ascending = _ascend(ids)
        self._table: array[int] | dict[int, int] = {}
        self._gone: list[int] = []  # places in the table that were taken out, ascending
        if not self._ascending:
            self._make()

    def __len__(self) -> int:
        return len(self.ids)

    def of(self, id: int) -> int:
        """The place of an id, -1 when it isn't in the list."""
        if self._ascending:
            at = bisect_left(self.ids, id)
            return at if at < len(self.ids) and self.ids[at] == id else -1
        if isinstance(self._table, dict):
            place = self._table.get(id, -1)
        else:
            place = self._table[id] if 0 <= id < len(self._table) else -1
        return place - bisect_left(self._gone, place) if place >= 0 else -1

    def remove(self, at: int) -> None:
        """Take the id at a place out; those behind it move up."""
        id = self.ids[at]
        if not self._ascending:
            insort(self._gone, self._table[id])
            self._table[id] = -1
        del self.ids[at]

    def add(self, ids: Sequence[int]) -> None:
        """Put ids at the end."""
        last = self.ids[-1] if self.ids else -1
        self.ids.extend(ids)
        if self._ascending and ids[0] > last and _ascend(ids):
            return
        self._ascending, self._gone = False, []
        self._make()

    def _make(self) -> None:
        top = max(self.ids) + 1
        if top > len(self.ids) + _SPARSE:
            self._table = {id: at for at, id in enumerate(self.ids)}
            return
        self._table = array("l", [-1]) * top
        for at, id in enumerate(self.ids):
            self._table[id] = at


class GroupedPlaces(Places):
    """Rows of groups among the ids, as negative numbers; the places of records are told when asked."""

    def __init__(self, ids: array[int]) -> None:
        self.ids = ids
        self._ascending, self._gone = False, []
        self._known: dict[int, int] | None = None

    def of(self, id: int) -> int:
        """The place of an id, -1 when it isn't in the list."""
        if self._known is None:
            self._known = {one: at for at, one in enumerate(self.ids) if one > 0}
        return self._known.get(id, -1)
