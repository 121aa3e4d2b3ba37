"""What a heading over a column of numbers says: 1月, M01, 2017-01, Jan-17, Q1目标, 上半年合计, 回款目标/3月.

A heading is a period's only if nothing of it is left unexplained: 2024年合同 heads something else.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from models.describe import parsing
from models.numerals import count_of

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}  # in a period
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?<![a-z])(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"((?:19|20)\d\d)"
_MONTH = r"(1[0-2]|0?[1-9])"
_UNIT = re.compile(
    r"[(\[【/]\s*(?:单位\s*:?\s*)?(?:人民币|rmb|cny|usd|in )?\s*(?:千万元|百万元?|万元?|千元?|亿元?|元"
    r"|millions?|thousands?|mn|[kw]|rmb|cny|usd|[¥$%]|次|个|家|台|件|单|人)\s*(?:rmb|cny|usd|[¥$])?\s*(?:[)\]】]|$)"
    r"|(?:千万元|百万元|万元|千元|亿元)$"
)
_FILLING = re.compile(r"[\s/_\-:·.,+&|'’()\[\]【】的第之]+|(?<![a-z])(?:of|for|the|in)(?![a-z])")

# What each pattern finds: (unit, group of the year, group of the number); tried in this order.
_PERIODS: tuple[tuple[str, str, int, int], ...] = (
    (rf"{_YEAR}-(\d\d)-01(?: 00:00:00)?(?!\d)", "month", 1, 2),
    (
        rf"{_YEAR}(?:\s*(?:[-/._ ]|年度?|财年)\s*m?|m){_MONTH}\s*(?:月份?)?(?!\s*(?:\d|季|[qh](?![a-z])))",
        "month",
        1,
        2,
    ),
    (rf"(?<!\d){_YEAR}(0[1-9]|1[0-2])(?!\d)", "month", 1, 2),
    (rf"{_MONTH_NAME}\s*[-/ ]?\s*['’]?((?:19|20)?\d\d)(?!\d)", "month", 2, 1),
    (rf"{_YEAR}\s*(?:[-/ ]|年)?\s*{_MONTH_NAME}", "month", 1, 2),
    (_MONTH_NAME, "month", 0, 1),
    (r"(?<![a-z])(?:q|quarter ?)([1-4])(?!\d)|(?<!\d)([1-4])q(?![a-z])", "quarter", 0, 1),
    (r"第?([1-4一二三四])季度?|第([1-4一二三四])财季", "quarter", 0, 1),
    (r"(?<![a-z])h([12])(?!\d)|(?<!\d)([12])h(?![a-z])", "half", 0, 1),
    (r"([上下])半年度?", "half", 0, 1),
    (rf"(?<![\d.]){_MONTH}\s*月份?", "month", 0, 1),
    (r"(十[一二]?|[一二三四五六七八九])月份?", "month", 0, 1),
    (rf"(?<![a-z])(?:m|month ?){_MONTH}(?!\d)", "month", 0, 1),
)
_FISCAL = re.compile(
    rf"(?:fy ?){_YEAR}(?:/\d\d)?|(?:fy ?)['’]?(\d\d)(?!\d)|{_YEAR}(?:/\d\d)?\s*(?:财年|财政年度|会计年度)"
)
_PLAIN_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)\s*(?:年度?)?|(?<!\d)(\d\d)年度?")
_WHOLE_YEAR = re.compile(
    r"全年度?|年度|(?<![a-z])(?:full ?year|annual|yearly|fy|year)(?![a-z])|^年(?=合计|总计|$)"
)
_TOTAL = re.compile(
    r"总?合计|总(?=目标|任务|指标)|总计|小计|共计|累计|总和|总额|(?<![a-z])(?:grand ?total|sub ?total|total|sum)s?(?![a-z])"
)
_DERIVED = re.compile(
    r"月均|季均|平均值?|均值|占比|比重|同比|环比|增长率|增幅|完成率|达成率|完成比例?|差额|差异|缺口|排名"
    r"|(?<![a-z])(?:average|avg|mean|share|growth|achievement ?rate|attainment|variance|gap|rank)(?![a-z])|%"
)
_ACTUAL = re.compile(
    r"实际(?:完成)?|已?完成|达成|实绩|(?<![a-z])(?:actuals?|achieved|done|result)(?![a-z])"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("floor", re.compile(r"底线|保底|最低|(?<![a-z])(?:floor|minimum|min)(?![a-z])")),
    ("stretch", re.compile(r"冲刺|挑战|(?<![a-z])stretch(?![a-z])")),
    ("baseline", re.compile(r"基线|基数|基准|(?<![a-z])(?:baseline|base)(?![a-z])")),
)
_GOAL = re.compile(
    r"目标值?|任务[额量]?|指标值?|计划|预算|配额"
    r"|(?<![a-z])(?:target|goal|quota|budget|plan)s?(?![a-z])"
)
_DONE_SHEET = re.compile(
    r"实际|完成|达成|实绩|统计|台账|流水|考勤|工资|薪|提成|(?<![a-z])(?:actuals?|achieved|payroll|salar(?:y|ies)|attendance)(?![a-z])"
)
# Beside the labels of the measures themselves; the longest word that is found decides.
_MEASURES: Mapping[str, str] = {
    "sales_amount": "销售额|销售金额|销售收入|销售业绩|销售|业绩|营业额|营收|收入|sales amount|revenue|turnover|sales",
    "receipt_amount": "回款额|回款金额|回款|收款额|收款|到款|receipts|collections|collection|cash in",
    "won_amount": "赢单金额|签约额|签约金额|签单额|签单|合同额|合同金额|成交额|成交金额|签约|won amount|bookings|booking|contract value",
    "won_count": "赢单数|签约数|成交数|成交单数|deals won|deals|wins",
    "order_count": "订单数|订单量|下单数|orders|order count",
    "gross_profit": "毛利额|毛利|gross profit|gross margin|margin|profit|利润",
    "new_customers": "新客户数|新增客户数?|新客户|开发客户数?|新客|拓客数?|new customers|new accounts",
    "visits": "拜访次数|拜访数|拜访量|拜访|visits|visit",
    "activities": "跟进记录|跟进次数|跟进数|跟进|activities|calls",
    "win_rate": "赢单率|成交率|win rate",
    "receipt_rate": "回款率|receipt rate",
    "repeat_rate": "复购率|repeat rate",
    "discount_rate": "折扣率|discount rate",
    "overdue_receivable": "逾期应收|逾期款|overdue receivables?",
    "churned_customers": "流失客户数?|churned customers",
}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """What a heading says.

    ``unit`` is month, quarter, half, year or "" (a total without a period); ``number`` which of its
    year; ``role`` is "" or target, floor, stretch, baseline, or else "actual" or "derived", which are
    no goals; ``measure`` is a code or "".
    """

    unit: str = ""
    number: int = 0
    year: int | None = None
    fiscal: bool = False
    total: bool = False
    role: str = ""
    measure: str = ""

    @property
    def months(self) -> range:
        """The months of its year that it covers, counted from 1."""
        length = MONTHS.get(self.unit, 0)
        return range((self.number - 1) * length + 1, self.number * length + 1)


@lru_cache(maxsize=4096)
def read(text: str) -> Heading | None:
    """What a heading says of periods; None where it speaks of something else, or of none."""
    rest = _UNIT.sub(" ", parsing.fold(text).lower())
    rest = re.sub(r"\s+", " ", rest).strip()
    year, fiscal, unit, number, rest = _period(rest)
    total, rest = _take(_TOTAL, rest)
    derived, rest = _take(_DERIVED, rest)
    actual, rest = _take(_ACTUAL, rest)
    role = ""
    for name, pattern in _ROLES:
        found, rest = _take(pattern, rest)
        role = role or (name if found else "")
    goal, rest = _take(_GOAL, rest)
    rest = _FILLING.sub(" ", rest).strip()
    measure = measure_called(rest) if rest else ""
    if (rest and not measure) or not (unit or total):
        return None
    role = "derived" if derived else "actual" if actual else role or ("target" if goal else "")
    return Heading(unit, number, year, fiscal, total, role, measure)


def _take(pattern: re.Pattern[str], text: str) -> tuple[bool, str]:
    made = pattern.sub(" ", text)
    return made != text, made


def _period(text: str) -> tuple[int | None, bool, str, int, str]:
    """(year, whether fiscal, unit, number, what is left)."""
    year, fiscal, text = _fiscal_year(text)
    unit, number = "", 0
    for pattern, kind, year_at, at in _PERIODS:
        found = re.search(pattern, text)
        if found is None:
            continue
        if not unit or MONTHS[kind] < MONTHS[unit]:  # 一季度/1月 is the month
            unit, number = (
                kind,
                _number(next(one for one in (found[at], *found.groups()[at:]) if one)),
            )
        if year_at:
            year = _century(found[year_at])
        text = text[: found.start()] + " " + text[found.end() :]
    if year is None and (found := _PLAIN_YEAR.search(text)):
        year = _century(found[1] or found[2])
        text = text[: found.start()] + " " + text[found.end() :]
    whole, text = _take(_WHOLE_YEAR, text.strip())
    if not unit and (whole or year is not None):
        unit, number = "year", 1
    return year, fiscal, unit, number, text


def _fiscal_year(text: str) -> tuple[int | None, bool, str]:
    found = _FISCAL.search(text)
    if found is None:
        return None, False, text
    year = _century(next(one for one in found.groups() if one))
    return year, True, text[: found.start()] + " " + text[found.end() :]


def _number(text: str) -> int:
    if text[:3] in _NAMES:
        return _NAMES.index(text[:3]) + 1
    return {"上": 1, "下": 2}.get(text) or count_of(text)


def _century(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


# -- words about the whole table --------------------------------------------------------------------


@lru_cache(maxsize=1)
def _measure_words() -> tuple[tuple[str, str], ...]:
    """(word, code), the longest words first."""
    from models.measures.catalogue import DEFINITIONS

    known = {one.code for one in DEFINITIONS}
    words = {word.lower(): one.code for one in reversed(DEFINITIONS) for word in one.known_as()}
    for code, listed in _MEASURES.items():
        if code in known:
            for word in listed.split("|"):
                words.update(dict.fromkeys(_spelled(word), code))
    return tuple(sorted(words.items(), key=lambda one: -len(one[0])))


def _spelled(word: str) -> Sequence[str]:
    """A word with and without what is optional at its end: 数?."""
    return (word[:-2], word[:-1]) if word.endswith("?") else (word,)


def measure_called(text: str) -> str:
    """The code of the measure that is called so, "" if none."""
    bare = re.sub(r"\s+", " ", text).strip()
    tight = bare.replace(" ", "")
    return next((code for word, code in _measure_words() if word in (bare, tight)), "")


def measure_in(text: str) -> str:
    """The code of the measure that a title or a name speaks of, "" if none."""
    bare = _apart(text)
    for word, code in _measure_words():
        edge = r"(?![a-z])" if word.isascii() else ""
        if re.search(rf"(?<![a-z]){re.escape(word)}{edge}" if edge else re.escape(word), bare):
            return code
    return ""


def _apart(text: str) -> str:
    """A title or a file's name with CamelCase taken apart, in half width and lower case."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return re.sub(r"[_\-.]+", " ", parsing.fold(spaced).lower())


def year_in(text: str) -> tuple[int | None, bool]:
    """The year that a title or a name speaks of, and whether it is a fiscal one; None if none or several."""
    bare = parsing.fold(text).lower()
    year, fiscal, _ = _fiscal_year(bare)
    if year is not None:
        return year, fiscal
    found = {int(one) for one in re.findall(rf"(?<!\d){_YEAR}(?!\d)", bare)}
    found |= {2000 + int(one) for one in re.findall(r"(?<!\d)(\d\d)年", bare)}
    return (found.pop() if len(found) == 1 else None), False


def says_goal(text: str) -> bool:
    """Whether a title, a name or a heading speaks of goals."""
    return bool(_GOAL.search(_apart(text)) or any(one.search(_apart(text)) for _, one in _ROLES))


def says_done(text: str) -> bool:
    """Whether it speaks of what was done, paid or counted instead."""
    return bool(_DONE_SHEET.search(_apart(text)))


# -- headings that are no texts ---------------------------------------------------------------------


def row_of_periods(cells: Sequence[Any]) -> bool:
    """Whether cells that are days or numbers are headings: at least three, going up evenly."""
    starts = [_start(cell) for cell in cells]
    found = [one for one in starts if one is not None]
    steps = {after - before for before, after in itertools.pairwise(found)}
    return len(found) >= 3 and len(steps) == 1 and steps.pop() in (1, 3, 6, 12)


def _start(cell: Any) -> int | None:
    """The month in which a period begins that is a heading by itself, counted from the year 0."""
    if isinstance(cell, datetime | date):
        return cell.year * 12 + cell.month - 1 if cell.day == 1 else None
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    if isinstance(cell, int | float) and not (float(cell).is_integer() and 1950 <= cell <= 2100):
        return None
    made = read(f"{cell:.0f}" if isinstance(cell, float) else str(cell))
    if made is None or made.year is None or made.total or not made.unit:
        return None
    return made.year * 12 + (made.number - 1) * MONTHS[made.unit]


def of_cell(cell: Any) -> Heading | None:
    """What a cell below a heading says of periods: 3月, Q1, 2024-03, or the number of a month."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    text = f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return Heading("month", int(text))
    made = read(text)
    return made if made is not None and made.unit and not made.total else None


def is_period_cell(cell: Any) -> bool:
    """Whether a cell is a period by itself, with its year: 2017-01, 2017, the first of a month."""
    return _start(cell) is not None
