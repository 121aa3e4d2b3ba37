"""The rules of scores as formulas of a workbook: value, share, points, counted weights, total, grade.

They say what ``curves.py`` reckons, with roundings that take away what binary numbers add to decimal ones, so
that an office program comes to the same cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from models.evaluations.cards import Grade
from models.evaluations.curves import LEVEL, STEPS, THRESHOLD, Points
from models.evaluations.sentences import decimal
from models.money import plain


def value(above: str, below: str, *, divided: bool, mean: bool, middle: bool = False) -> str:
    """A value over the cells of its records: a sum, their mean or median, or the quotient of two sums."""
    if middle:
        return f"=MEDIAN({above})"
    if not divided:
        return f"=SUM({above})"
    return f"=AVERAGE({above})" if mean else f"=SUM({above})/SUM({below})"


def share(value: str, reference: str, down: bool) -> str:
    """The share of a reference that a value is."""
    quotient = f"{value}/{reference}"
    return f"=ROUND({f'2-{quotient}' if down else quotient},12)"


def points(share: str, curve: str, given: Points, cap: Fraction | None) -> str:
    """The points of a share."""
    return _rounded(_clamped(_of(share, curve, given), cap))


def level_points(level: str, given: Points, cap: Fraction | None) -> str:
    """The points of a level."""
    return _rounded(_clamped(_between(level, given) if given else f"{LEVEL}*{level}", cap))


def _of(share: str, curve: str, given: Points) -> str:
    if curve == STEPS:
        steps = given or ((Fraction(1), Fraction(100)),)
        return _nested(
            [(f"{share}>={_text(least)}", _text(made)) for least, made in reversed(steps)], "0"
        )
    if not given:
        return f"100*{share}"
    inside = _between(share, given)
    if curve == THRESHOLD:
        return f"IF({share}<{_text(given[0][0])},0,{inside})"
    return inside


def _between(share: str, given: Points) -> str:
    cases = [(f"{share}<={_text(given[0][0])}", _text(given[0][1]))]
    for (low, least), (high, most) in pairwise(given):
        part = f"({share}-{_text(low)})/{_text(high - low)}"
        cases.append((f"{share}<={_text(high)}", f"{_text(least)}+{_text(most - least)}*{part}"))
    return _nested(cases, _text(given[-1][1]))


def _nested(cases: Sequence[tuple[str, str]], rest: str) -> str:
    made = rest
    for condition, then in reversed(cases):
        made = f"IF({condition},{then},{made})"
    return made


def _clamped(made: str, cap: Fraction | None) -> str:
    return f"MAX(0,{made})" if cap is None else f"MAX(0,MIN({_text(cap)},{made}))"


def _rounded(made: str, before: int = 10) -> str:
    return f"=ROUND(ROUND({made},{before}),2)"


def _text(number: Fraction) -> str:
    """A number as formulas write it; what was typed as a decimal is one again."""
    made = decimal(number)
    assert made is not None
    return plain(made)


def millionths(weight: str, score: str, weights: str, scores: str) -> str:
    """The weight as a part of all that is scored, in millionths, before it is rounded."""
    whole = f'SUMIF({scores},">=0",{weights})'
    return f"=IF(AND(ISNUMBER({score}),{whole}>0),ROUND({weight}/{whole}*1000000,9),0)"


def counted(own: str, every: str, earlier: str) -> str:
    """The weight that counts: millionths that come to exactly 1, by the largest remainder.

    ``earlier`` are the cells above one's own, "" for the first.
    """
    rest = f"ROUND({own}-INT({own}),6)"
    before = f"SUMPRODUCT(--(ROUND({every}-INT({every}),6)>{rest}))"
    if earlier:
        before += f"+SUMPRODUCT(--(ROUND({earlier}-INT({earlier}),6)={rest}))"
    lacking = f"ROUND(SUM({every}),0)-SUMPRODUCT(INT({every}))"
    return f"=(INT({own})+IF({before}<{lacking},1,0))/1000000"


def total(parts: str, adjustment: str) -> str:
    """The total of what the items add, and of what calibration added."""
    whole = f"SUM({parts})" + (f"+{adjustment}" if adjustment else "")
    return f"=ROUND(MAX(0,ROUND({whole},8)),2)"


def grade(total: str, grades: Sequence[Grade]) -> str:
    """The highest grade whose border is reached."""
    cases = [(f"{total}>={plain(one.from_points)}", _quoted(one.name)) for one in grades]
    return "=" + _nested(cases, '""')


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
