"""A bridge is drawn as it adds up: every step begins where the one before it ended."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ui import theme
from ui.charts import drawing
from ui.charts.data import Bar, ChartData, is_cut, said, summary
from ui.charts.shapes import Frame


def data(start: int, *steps: int) -> ChartData:
    bars = [Bar("before", Decimal(start), 3, "start")]
    bars += [Bar(f"step {at}", Decimal(one), 1, at) for at, one in enumerate(steps)]
    bars.append(Bar("now", Decimal(start + sum(steps)), 4, "end"))
    return ChartData("What moved?", "bridge", "money", "CNY", tuple(bars))


def places(shown: ChartData) -> list[tuple[float, float]]:
    """From where to where each bar is drawn, from left to right."""
    frame = Frame(800, 360, theme.LIGHT)
    _, boxes = drawing.screen(shown, frame, 1.0)
    return [(x, x + wide) for x, _, wide, _ in boxes]


@pytest.mark.parametrize("steps", [(300, -120, 50), (-80, -900, 20), (-1500,), ()])
def test_every_step_begins_where_the_one_before_it_ended(steps):
    shown = data(1000, *steps)
    drawn = places(shown)
    assert len(drawn) == len(steps) + 2
    ahead = [1000, *steps, 1000 + sum(steps)]
    at = drawn[0][1]  # the end of the first sum
    for value, (left, right) in zip(ahead[1:-1], drawn[1:-1], strict=True):
        begin, end = (left, right) if value > 0 else (right, left)
        assert begin == pytest.approx(at, abs=0.6)
        at = end
    last = drawn[-1][1] if ahead[-1] >= 0 else drawn[-1][0]
    assert last == pytest.approx(at, abs=0.6)


def test_small_steps_of_large_sums_are_seen_on_a_cut_axis():
    assert is_cut(data(1_000_000, 9_000, -4_000))
    drawn = places(data(1_000_000, 9_000, -4_000))
    assert drawn[1][1] - drawn[1][0] > 100
    assert not is_cut(data(1_000_000, 900_000))
    assert not is_cut(data(1_000, -1_100))
    assert not is_cut(data(500))


def test_a_bridge_of_nothing_is_drawn_too():
    assert len(places(data(0))) == 2
    assert drawing.file(data(0), frozenset(), "png").startswith(b"\x89PNG")


def test_steps_carry_their_sign_and_sums_none():
    shown = data(1000, 300, -120)
    assert said(shown, 0) == "before: ¥1,000.00   n=3"
    assert said(shown, 1) == "step 0: +¥300.00   n=1"
    assert said(shown, 2) == "step 1: -¥120.00   n=1"
    assert said(shown, 3) == "now: ¥1,180.00   n=4"
    assert summary(shown) == "2 steps from ¥1,000.00 (before) to ¥1,180.00 (now)"
