"""What a goal's title leaves unsaid: words that nobody can check, and a missing object.

Two lists in each language: words that promise effort and no result, and words of movement that need a
number or an object (“提升” what, to how much?). Lists like these are never complete; they give hints.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Effort or manner, whatever follows.
EFFORT = (
    "加强", "强化", "努力", "争取", "力争", "尽量", "尽力", "尽可能", "进一步", "大力", "积极", "不断", "继续",
    "持续", "稳步", "切实", "认真", "全力", "全面", "做好", "搞好", "抓好", "配合", "适当", "适时", "更好", "更多",
    "更快", "用心", "多多", "一定程度", "逐步", "有所",
)  # fmt: skip
EFFORT_EN = (
    "try", "strive", "attempt", "endeavour", "endeavor", "work hard", "do our best", "do my best", "best effort",
    "as much as possible", "as soon as possible", "as far as possible", "where possible", "better", "continue to",
    "keep on", "further", "strengthen", "support", "focus on", "work on", "look into", "be more", "aim to", "help to",
)  # fmt: skip
# Movement: says nothing without how much or of what.
MOVEMENT = (
    "提升", "提高", "改善", "改进", "优化", "增加", "增长", "扩大", "加快", "推进", "推动", "促进", "完善", "降低",
    "减少", "控制", "缩短", "拓展", "深化", "跟进",
)  # fmt: skip
MOVEMENT_EN = (
    "improve", "increase", "enhance", "grow", "boost", "raise", "optimise", "optimize", "expand", "reduce",
    "decrease", "lower", "shorten", "develop", "promote", "accelerate", "drive",
)  # fmt: skip
_STOP = re.compile(
    r"\b(?:the|a|an|our|my|to|of|in|and|for|with|by|on|at|more|all|it|we|i|this|next|year|quarter|month|week|goal"
    r"|sales work)\b|[的地得了和与及在对把将我们公司部门本今年度季月周工作目标水平能力力度]"
)
_WORD = re.compile(r"[a-z]{3,}|[一-鿿]{2}")
_PERIODS = re.compile(
    r"\d{4}\s*(?:年|[-/ ]?(?:q[1-4]|h[12]|w\d+)|[-/]\d{1,2})|[一二三四]季度|\d+月"
)
_SHORT = 4  # Chinese characters; a Latin word counts two


@dataclass(frozen=True)
class Wording:
    """What was found in a title."""

    effort: tuple[str, ...]
    movement: tuple[str, ...]
    number: bool  # says how much
    object: bool  # says of what
    short: bool


def wording(title: str) -> Wording:
    """Look through a title."""
    text = unicodedata.normalize("NFKC", title).strip().lower()
    effort = tuple(one for one in EFFORT if one in text) + _latin(EFFORT_EN, text)
    movement = tuple(one for one in MOVEMENT if one in text) + _latin(MOVEMENT_EN, text)
    rest = text
    for one in sorted((*effort, *movement), key=len, reverse=True):
        rest = rest.replace(one, " ")
    rest = _PERIODS.sub(" ", rest)
    number = any(one.isdigit() for one in rest) or bool(
        re.search(r"[一二三四五六七八九十百千万]+[个家单份次万元]", rest)
    )
    left = _STOP.sub(" ", rest)
    length = len(re.findall(r"[一-鿿]", text)) + 2 * len(re.findall(r"[a-z0-9]+", text))
    return Wording(effort, movement, number, bool(_WORD.search(left)), length < _SHORT)


def _latin(words: tuple[str, ...], text: str) -> tuple[str, ...]:
    return tuple(one for one in words if re.search(rf"\b{one}\b", text))
