"""Random edits of a workbook and of the book, and what must hold of every cell after a merge."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from models.describe.kinds import KINDS
from models.workbooks import conflicts, texts_of
from models.workbooks.manifest import Stored
from tests.workbooks.merge_world import Out, World

VALUES: dict[str, tuple[Stored, ...]] = {
    "name": ("甲公司", "戊公司", "己公司"),
    "city": ("上海", "北京", "广州", None),
    "grade": ("A", "B", "C", None),
    "employees": (10, 11, 12, None),
    "annual_revenue": (1_000_500_000, 2_000_000, 990_000, None),
    "tags": ("vip, 老客户", "vip", "老客户, 新", "vip, 老客户, 急", None),
    "notes": ("first line", "first line\nmore", "first line\nother", "first line\nmore\nlast", "new", None),
}  # fmt: skip
EDIT = st.sampled_from(sorted(VALUES)).flatmap(
    lambda field: st.tuples(st.integers(0, 2), st.just(field), st.sampled_from(VALUES[field]))
)
EDITS = st.lists(EDIT, max_size=8)
NEW_CUSTOMER = st.fixed_dictionaries(
    {"name": st.sampled_from(["新一", "新二", "丁公司", "甲公司"])},
    optional={"city": st.sampled_from(["上海", "北京"]), "employees": st.sampled_from([1, 2])},
)
NEW_VISIT = st.fixed_dictionaries(
    {"at": st.sampled_from(["2026-11-20T02:00:00Z", "2026-11-21T00:00:00Z"])},
    optional={"result": st.sampled_from(["好", "不好"]), "next_step": st.just("再去")},
)


def loaded(world: World, field: str, stored: Stored) -> Any:
    """A stored value as people's typing gives it."""
    one = world.book.schema.entity("customer").field(field)
    return KINDS[one.kind].load(stored)


def edit_book(world: World, row: int, field: str, stored: Stored) -> None:
    """Somebody edits the book, unless that can't be."""
    if stored is None and field == "name":
        return
    if world.alive("customer", row):
        world.book.set("customer", row, {field: loaded(world, field, stored)})


def edit_out(out: Out, row: int, field: str, stored: Stored) -> None:
    """Somebody edits the workbook."""
    if out.has("customer", row) and not (stored is None and field == "name"):
        out.set("customer", row, field, stored)


def pieces(field: str, value: Stored) -> set[str]:
    """What a value that can be joined consists of."""
    return {one for one in str(value or "").split(", " if field == "tags" else "\n") if one}


def questions(world: World, row: int, field: str) -> list[conflicts.Open]:
    """What was ever asked of a cell."""
    return [
        one
        for one in conflicts.listed(world.book, open_only=False)
        if (one.entity, one.record_row, one.field) == ("customer", row, field)
    ]


def as_text(world: World, field: str, value: Stored) -> str:
    """A value as questions keep it."""
    return texts_of.text(world.book, world.book.schema.entity("customer").field(field), value)


def assert_nothing_lost(
    world: World, row: int, field: str, base: Stored, mine: Stored, theirs: Stored
) -> None:
    """What a cell holds after the collect accounts for both sides."""
    after = world.value("customer", row, field)
    if theirs == base or mine == theirs:
        assert after == mine
    elif mine == base:
        assert after == theirs
    elif not _asked(world, row, field, mine, theirs):
        assert field in ("tags", "notes")
        left, kept = pieces(field, base), pieces(field, after)
        assert (pieces(field, mine) | pieces(field, theirs)) - left <= kept
        assert left & pieces(field, mine) & pieces(field, theirs) <= kept
        if field == "tags":  # what one side took away is gone
            assert kept <= pieces(field, mine) | (pieces(field, theirs) - left)
            assert not kept & (left - pieces(field, theirs))
    else:
        assert after == mine


def _asked(world: World, row: int, field: str, mine: Stored, theirs: Stored) -> bool:
    wanted = as_text(world, field, theirs)
    now = as_text(world, field, mine)
    return any((one.mine, one.theirs) == (now, wanted) for one in questions(world, row, field))
