"""In which order things need somebody: by what is lost if nobody does anything.

1. The class of consequence: at once, today, these days, good to know.
2. The money at stake, once more for every ten days that it is late, four times at most.
3. The customer's grade, A first; without one after D.
4. How late it is.
5. The kind, in the order of the sources, then the record: so that equal things never change places.

What a class means is said by each source, beside its rule.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.today.line import SEVERITIES, Found

_CLASS = {one: at for at, one in enumerate(SEVERITIES)}
_GRADES = {one: at for at, one in enumerate("ABCD")}
_TENTHS, _MOST_LATE = 10, 30
Key = tuple[int, int, int, int, int, tuple[tuple[str, int], ...], str]


def weight(amount: int, late: int) -> int:
    """Money at stake, in tenths of a millionth, heavier the longer nothing was done."""
    return amount * (_TENTHS + min(max(late, 0), _MOST_LATE))


def key(found: Found, kinds: Mapping[str, int]) -> Key:
    """What things are sorted by; ``kinds`` is the place of each kind."""
    return (
        _CLASS[found.severity],
        -weight(found.amount, found.late),
        _GRADES.get(found.grade, len(_GRADES)),
        -found.late,
        kinds[found.kind],
        found.records[:1],
        found.mark,
    )
