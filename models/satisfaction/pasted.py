"""A pasted review, taken apart into what was said, its score and its day, where these are clear.

The rules are few and fixed, and what they find is shown before anything is written:

- a score is a row of stars (★★★★☆), or a number with 分, 星, stars, “/ 5”, “out of 5”, or after 评分 or
  Rating; two different ones are none;
- a day is the first full date, or a line that is nothing but a day (昨天, 3 days ago) in which something
  happened, never one to come;
- a line that is nothing but score and day goes, and so do lines that sites put around a review (有用(3),
  PLUS会员, Verified Purchase, a name with stars in it) and all that begins with an answer of the shop's;
  what is left is what was said, as it is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.describe import parsing
from models.said.days import find_days

_STARS = re.compile(r"[★⭐☆]{2,}|[★⭐]")
_BARE = re.compile(r"\s*\d(?:\.\d)?\s*")
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
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})\s+)?(?P<m>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?:(?P<d2>\d{{1,2}}),?\s+)?(?P<y>20\d\d)\b",
    re.IGNORECASE,
)
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d\d)(?![\d/])")
# What sites put around a review, a line each; and with what an answer of the shop's begins.
_AROUND = re.compile(
    r"(?:有用|没用|赞|回应|收藏|举报|回复|评论|点赞|分享)[\s\d()（）]*(?:(?:回应|收藏|举报|回复|评论|分享)[\s\d()（）]*)*"
    r"|匿名(?:用户|评价)?|(?:超级|PLUS|plus|铂金|钻石|金牌|VIP)\s*会员|购买后\s*\d+\s*天评价|(?:默认)?好评"
    r"|(?:颜色分类|颜色|规格|型号|尺码|款式|套餐)\s*[:：].*|.*已购\s*[:：].*"
    r"|[^\s*]{0,8}\*{1,}[^\s*]{0,8}(?:[(（]匿名[)）])?"
    r"|local guide\b.*|(?:colou?r|size|style)\s*:.*|verified purchase|(?:\d+|one) (?:person|people) found this helpful|helpful\s*\d*|report",
    re.IGNORECASE,
)
_SHOP = re.compile(r"\s*(?:商家|店家|卖家|掌柜|官方|客服)(?:的)?(?:回复|回应|解释)|response from (?:the )?owner|(?:seller|owner)'?s? (?:response|reply)", re.IGNORECASE)  # fmt: skip
_REST = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|更新于|reviewed in [a-z ]{2,30}(?= on|\s*$)|date of experience|[\s,，。.;；:：|·•\-—–()（）\[\]【】]|评价时间|评论时间|发表于|评分|打分|得分|星级|日期|时间|追评|rated|rating|reviewed|posted|score|date|on\b|in\b",
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
        if _SHOP.match(line):
            break
        full, rest = _days(line, today, month_first)
        found, rest = _scores(rest)
        around = bool(_AROUND.fullmatch(rest.strip()))
        named = find_days(rest, today, ahead=False, month_first=month_first)
        bare = rest
        for one in reversed(named):
            bare = bare[: one.start] + " " + bare[one.end :]
        nothing_else = not _REST.sub("", bare)
        around = around or bool(_AROUND.fullmatch(bare.strip()))
        scores.update(found)
        days += full
        if nothing_else:
            days += [one.day for one in named if one.day <= today]
        if not around and not (nothing_else and (found or full or named)):
            said.append(_LABEL.sub("", line) if not said else line)
    values = {value for value, _ in scores}
    score = next(iter(values)) if len(values) == 1 else None
    best = next((of for _, of in scores if of is not None), None) if score is not None else None
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
    if made and _BARE.fullmatch(rest):  # ★★★★☆ 4.0
        rest = " "
    folded = parsing.fold(rest)
    for number in _NUMBER.finditer(folded):
        value, best_text = number["a"] or number["b"], number["ofa"] or number["ofb"]
        made.append((Decimal(value), Decimal(best_text) if best_text else None))
    return made, _NUMBER.sub(" ", folded) if made else rest


def _days(line: str, today: date, month_first: bool) -> tuple[list[date], str]:
    """The full dates of a line that there are and that have come, and the line without them."""
    made: list[date] = []

    def take(year: str, month: int, day: str) -> str | None:
        try:
            found = date(int(year), month, int(day))
        except ValueError:
            return None
        if found > today:
            return None
        made.append(found)
        return " "

    def named(hit: re.Match[str]) -> str:
        month = _MONTHS.index(hit["m"].lower()) + 1
        return take(hit["y"], month, hit["d1"] or hit["d2"] or "0") or hit[0]

    def slashed(hit: re.Match[str]) -> str:
        one, two, year = hit.groups()
        first = int(two) > 12 or (month_first and int(one) <= 12)
        return take(year, int(one if first else two), two if first else one) or hit[0]

    line = _FULL.sub(lambda hit: take(hit["y"], int(hit["m"]), hit["d"]) or hit[0], line)
    return made, _SLASHED.sub(slashed, _NAMED.sub(named, line))
