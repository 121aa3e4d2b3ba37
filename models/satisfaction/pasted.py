"""A pasted review, taken apart into what was said, its score and its day, where these are clear.

The rules are few and fixed, and what they find is shown before anything is written:

- a score is a row of stars (★★★★☆), or a number with 分, 星, stars, “/ 5”, “out of 5”, or after 评分 or
  Rating; two different ones are none;
- a day is the first full date, or a line that is nothing but a day (昨天, 3 days ago) in which something
  happened, never one to come;
- a line that is nothing but score and day goes; what is left is what was said, as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.describe import parsing
from models.said.days import find_days

_STARS = re.compile(r"[★⭐☆]{2,}|[★⭐]")
_OF = r"\s*(?:/|out of|满分)\s*(?P<of{n}>\d+(?:\.0)?)\s*(?:分|stars?)?"
_NUMBER = re.compile(
    r"(?:评分|打分|得分|总分|星级|rating|score)\s*[:：]?\s*(?P<a>\d+(?:\.\d)?)\s*(?:分|星|stars?)?(?:"
    + _OF.format(n="a")
    + r")?|(?<![\d.])(?P<b>\d+(?:\.\d)?)(?:"
    + _OF.format(n="b")
    + r"|\s*(?:星(?:好评)?|分(?!钟|之|享|别|析|公)|stars?\b))",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?<!\d)(?P<y>20\d\d)\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)\s*日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_REST = re.compile(
    r"[\s,，。.;；:：|·•\-—–()（）\[\]【】]|评价时间|评论时间|发表于|评分|打分|得分|星级|日期|时间|追评|rating|reviewed|posted|score|date|on\b|in\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:用户评价|评价内容|评论内容|评价|评论|内容|review|comment)\s*[:：]\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Pasted:
    """What a pasted text says: ``best`` is the highest score of its scale where it names one."""

    comment: str
    score: Decimal | None
    best: Decimal | None
    day: date | None


def take_apart(text: str, today: date, *, month_first: bool = False) -> Pasted:
    """What was said, its score, and its day."""
    scores: set[tuple[Decimal, Decimal | None]] = set()
    days: list[date] = []
    said: list[str] = []
    for line in text.splitlines():
        found, rest = _scores(line)
        dated = (_day(hit, today) for hit in _FULL.finditer(rest))
        full = [found_day for found_day in dated if found_day is not None]
        rest = _FULL.sub(lambda hit: hit[0] if _day(hit, today) is None else " ", rest)
        named = find_days(rest, today, ahead=False, month_first=month_first)
        bare = rest
        for one in reversed(named):
            bare = bare[: one.start] + " " + bare[one.end :]
        nothing_else = not _REST.sub("", bare)
        scores.update(found)
        days += full
        if nothing_else:
            days += [one.day for one in named if one.day <= today]
        if not (nothing_else and (found or full or named)):
            said.append(_LABEL.sub("", line) if not said else line)
    score, best = next(iter(scores)) if len(scores) == 1 else (None, None)
    comment = "\n".join(said).strip()
    return Pasted(comment, score, best, days[0] if days else None)


def _scores(line: str) -> tuple[list[tuple[Decimal, Decimal | None]], str]:
    """The scores of a line, and the line without them."""
    made: list[tuple[Decimal, Decimal | None]] = []
    for hit in _STARS.finditer(line):
        stars = hit[0]
        best = Decimal(len(stars)) if "☆" in stars else None
        made.append((Decimal(len(stars) - stars.count("☆")), best))
    rest = _STARS.sub(" ", line)
    folded = parsing.fold(rest)
    for number in _NUMBER.finditer(folded):
        value, best_text = number["a"] or number["b"], number["ofa"] or number["ofb"]
        made.append((Decimal(value), Decimal(best_text) if best_text else None))
    return made, _NUMBER.sub(" ", folded) if made else rest


def _day(hit: re.Match[str], today: date) -> date | None:
    """The day, if there is such a one and it has come."""
    try:
        found = date(int(hit["y"]), int(hit["m"]), int(hit["d"]))
    except ValueError:
        return None
    return found if found <= today else None
