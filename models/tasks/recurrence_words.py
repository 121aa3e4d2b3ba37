"""Rules of repetition as people write them, in Chinese and in English, and as they are shown.

What is shown is read back as the same rule, in both languages; what is kept is the English form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from models.describe import parsing
from models.numerals import count_of
from models.tasks.recurrence import (
    BEFORE,
    DAY,
    KEEP,
    MONTH,
    NEXT,
    QUARTER,
    WEEK,
    WORKDAY,
    YEAR,
    Rule,
    Spot,
)
from models.texts import N_, tr

_DAYS = (
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
)  # fmt: skip
_MONTHS = (
    N_("{day} Jan"), N_("{day} Feb"), N_("{day} Mar"), N_("{day} Apr"), N_("{day} May"),
    N_("{day} Jun"), N_("{day} Jul"), N_("{day} Aug"), N_("{day} Sep"), N_("{day} Oct"),
    N_("{day} Nov"), N_("{day} Dec"),
)  # fmt: skip
_MONTH_NAMES = [one.split()[-1].lower() for one in _MONTHS]
_WEEKDAY_SPOTS = {
    -1: N_("the last {weekday}"),
    1: N_("the first {weekday}"),
    2: N_("the second {weekday}"),
    3: N_("the third {weekday}"),
    4: N_("the fourth {weekday}"),
    5: N_("the fifth {weekday}"),
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_SHIFTS = {
    NEXT: N_("days off: next working day"),
    BEFORE: N_("days off: previous working day"),
    KEEP: N_("days off: no change"),
}
_NEVER = {
    "不重复", "一次性", "一次", "单次", "从不", "否", "无", "按需", "不定期", "临时", "never", "once", "no",
    "none", "does not repeat", "as needed", "ad hoc",
}  # fmt: skip
_MOST = 999  # that an interval counts

Say = Callable[..., str]


def refused(raw: object) -> parsing.Unreadable:
    """What is said of a text that is no rule."""
    return parsing.Unreadable(
        "not_a_recurrence",
        N_(
            "“{value}” doesn't say when it comes again. Write, for example: every Monday; every 2 weeks on Fri; every working day; every month on the 15th; every month on the last working day; every year on 1 Mar; with “, days off: previous working day”, “, until 2026-12-31” or “, 10 times” behind it."
        ),
        value=raw,
    )


# -- shown -----------------------------------------------------------------------------------------


def canonical(rule: Rule) -> str:
    """What is kept of a rule."""
    return _said(rule, lambda source, **values: source.format(**values))


def text(rule: Rule) -> str:
    """A rule in the current language."""
    return _said(rule, tr)


def shown(stored: str) -> str:
    """A kept rule in the current language; what can't be read stays as it is."""
    try:
        return text(parse(stored))
    except parsing.Unreadable:
        return stored


def _said(rule: Rule, say: Say) -> str:
    made = _main(rule, say)
    more = []
    if rule.shift and rule.shift != rule.usual_shift:
        more.append(say(_SHIFTS[rule.shift]))
    if rule.until is not None:
        more.append(say(N_("until {day}"), day=rule.until.isoformat()))
    if rule.times is not None:
        more.append(say(N_("{n} times"), n=rule.times))
    for one in more:
        made = say(N_("{rule}, {more}"), rule=made, more=one)
    return made


_EVERY = {
    DAY: (N_("every day"), N_("every {n} days")),
    WORKDAY: (N_("every working day"), N_("every working day")),
    WEEK: (N_("every week"), N_("every {n} weeks")),
    MONTH: (N_("every month"), N_("every {n} months")),
    QUARTER: (N_("every quarter"), N_("every {n} quarters")),
    YEAR: (N_("every year"), N_("every {n} years")),
}


def _main(rule: Rule, say: Say) -> str:
    once, several = _EVERY[rule.unit]
    every = say(once) if rule.every == 1 else say(several, n=rule.every)
    if rule.weekdays:
        days = _listed([say(_DAYS[one]) for one in rule.weekdays], say)
        if rule.every == 1:
            return say(N_("every week on {days}"), days=days)
        return say(N_("every {n} weeks on {days}"), n=rule.every, days=days)
    if rule.spots:
        days = _listed([_spot_said(one, say) for one in rule.spots], say)
        return say(N_("{every} on {spots}"), every=every, spots=days)
    return every


def _listed(parts: list[str], say: Say) -> str:
    made = parts[0]
    for one in parts[1:]:
        made = say(N_("{days}, {one}"), days=made, one=one)
    return made


def _spot_said(spot: Spot, say: Say) -> str:
    n = spot.n
    if spot.kind == "date":
        return say(_MONTHS[spot.of - 1], day=n)
    if spot.kind == "weekday":
        return say(_WEEKDAY_SPOTS[n], weekday=say(_DAYS[spot.of]))
    last, back, usual = _SPOTS[spot.kind]
    if n < 0:
        return say(last) if n == -1 else say(back, n=-n)
    return say(usual, n=n)


_SPOTS = {
    "day": (N_("the last day"), N_("day {n} from the end"), N_("day {n}")),
    "workday": (
        N_("the last working day"),
        N_("working day {n} from the end"),
        N_("working day {n}"),
    ),
}


# -- read ------------------------------------------------------------------------------------------

_SHIFT_WORDS = (
    (BEFORE, r"提前|前移|previous|before|earlier"),
    (NEXT, r"顺延|后延|延后|推迟|后移|next|after|later"),
    (KEEP, r"不变|照常|不调整|不顺延|no change|same|keep|as it is"),
)
_DATE = r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?"
_UNTIL = re.compile(rf"(?:直到|到|至|截止到?|until|till|through)\s*{_DATE}\s*(?:为止|止)?")
_TIMES = re.compile(
    r"(?:总共|一共|共|for )?\s*(\d+|[一二两三四五六七八九十]+)\s*(?:次|期|times?)\Z"
)
_OFF = re.compile(
    r"(?:(?:遇|如遇|逢)?(?:到)?(?:法定)?(?:休息日|节假日|假日|假期|非工作日|周末|放假)(?:则|时|就|的话)?|"
    r"(?:if |on )?(?:a )?(?:days? off|holidays?)\s*:?)\s*(?:the )?(?P<what>\S.*)"
)


def parse(raw: object) -> Rule:
    """The rule that a text says.

    Raises:
        Unreadable: ``not_a_recurrence``.
    """
    return _parsed(parsing.fold(raw))


def parse_text(raw: object) -> str:
    """What is kept of a text; "" where it says that nothing comes again.

    Raises:
        Unreadable: ``not_a_recurrence``.
    """
    folded = parsing.fold(raw)
    return "" if folded.lower() in _NEVER else canonical(_parsed(folded))


@lru_cache(maxsize=512)
def _parsed(folded: str) -> Rule:
    parts = [one.strip() for one in re.split(r"[,;。]", folded.lower()) if one.strip()]
    main, shift, until, times = [], "", None, None
    try:
        for part in parts:
            rest, found = _off(part)
            shift = found or shift
            if span := _UNTIL.search(rest):
                until = date(int(span[1]), int(span[2]), int(span[3]))
                rest = (rest[: span.start()] + rest[span.end() :]).strip()
            if (number := _TIMES.search(rest)) and _counts(rest, number):
                times = count_of(number[1])
                rest = rest[: number.start()].strip()
            if rest:
                main.append(rest)
        rule = _ruled(" and ".join(main))
    except ValueError:
        raise refused(folded) from None
    if rule is None or times == 0 or not 0 < rule.every <= _MOST:
        raise refused(folded)
    shift = "" if shift == rule.usual_shift else shift
    return replace(rule, shift=shift, until=until, times=times)


def _counts(rest: str, number: re.Match[str]) -> bool:
    """每周一次 is how often, not how many."""
    return bool(re.match(r"总共|一共|共|for ", number[0])) or number.start() == 0


def _off(part: str) -> tuple[str, str]:
    found = _OFF.search(part)
    if found is None:
        return part, ""
    for shift, words in _SHIFT_WORDS:
        if re.match(words, found["what"]):
            rest = re.sub(
                rf"^(?:{words})(?:到|至)?(?:前一|后一|下一|上一)?个?(?:工作日)?(?: ?(?:working|work|business) days?)?",
                "", found["what"],
            )  # fmt: skip
            return (part[: found.start()] + " " + rest).strip(), shift
    raise ValueError(part)


def _ruled(main: str) -> Rule | None:
    bare = main.replace("按", "").strip() if main[:1] == "按" else main
    if re.search(r"[一-鿿]", bare):
        return _chinese(bare.replace(" and ", "、").replace(" ", ""))
    return _english(bare)


_N = r"(\d+|[一二两三四五六七八九十]+)"
_CHINESE = (
    (re.compile(r"每个?(?:工作日|上班日)|工作日(?:每天|每日)"), WORKDAY),
    (re.compile(rf"每{_N}?个?(?:天|日)|(每?隔一?天)"), DAY),
    (re.compile(rf"(?:每{_N}个?|每个?|(每?隔一?))?(?:周|星期|礼拜)(?P<rest>.*)"), WEEK),
    (re.compile(rf"(?:每{_N}个|每个?|(每?隔一?个?))?月的?(?P<rest>.*)"), MONTH),
    (re.compile(rf"(?:每{_N}个|每个?|(每?隔一?个?))?季度?的?(?P<rest>.*)"), QUARTER),
    (re.compile(rf"(?:每{_N}|每|(每?隔一?))?年的?(?P<rest>.*)"), YEAR),
)


def _chinese(bare: str) -> Rule | None:
    bare = re.sub(r"(?<!第)(?:一次|1次)\Z", "", bare)
    if bare in ("天天", "每天", "每日"):
        return Rule(DAY)
    if bare.startswith("每半年"):
        spots = _spots_zh(bare[3:])
        return None if spots is None else Rule(MONTH, 6, spots=spots)
    for pattern, unit in _CHINESE:
        found = pattern.fullmatch(bare)
        if found is None:
            continue
        groups = found.groupdict()
        every = _interval(found)
        rest = groups.get("rest") or ""
        if unit in (DAY, WORKDAY):
            return Rule(unit, every)
        if unit == WEEK:
            days = _weekdays_zh(rest)
            return None if days is None else Rule(WEEK, every, days)
        spots = _spots_zh(rest, dated=unit == YEAR)
        return None if spots is None else Rule(unit, every, spots=spots)
    return None


def _interval(found: re.Match[str]) -> int:
    if not found.re.groups:
        return 1
    if found[2]:
        return 2  # 隔周 is every other week
    return count_of(found[1]) if found[1] else 1


_WEEKDAYS_ZH = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_WEEKDAYS_ZH |= {str(at + 1): at for at in range(7)}


def _weekdays_zh(rest: str) -> tuple[int, ...] | None:
    """一三五, 一、三、五, 周一至周五; "" is no day, None is none that can be read."""
    bare = re.sub(r"周|星期|礼拜|的|在", "", rest)
    found: set[int] = set()
    for part in re.split(r"[、和及与,]", bare):
        if span := re.fullmatch(
            r"([一二三四五六日天1-7])(?:到|至|-|~)([一二三四五六日天1-7])", part
        ):
            first, last = _WEEKDAYS_ZH[span[1]], _WEEKDAYS_ZH[span[2]]
            if last < first:
                return None
            found.update(range(first, last + 1))
        elif all(one in _WEEKDAYS_ZH for one in part):
            found.update(_WEEKDAYS_ZH[one] for one in part)
        else:
            return None
    return tuple(sorted(found))


_SPOT_ZH: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Spot]], ...] = (
    (re.compile(r"(?:最后|末)(?:一|1)?个?(?:工作日|上班日)|(?:月末|月底)工作日"), lambda _: Spot("workday", -1)),
    (re.compile(r"末|底|月末|月底|季末|年末|年底|最后(?:一|1)?(?:天|日)"), lambda _: Spot("day", -1)),
    (re.compile(r"首个?(?:工作日|上班日)"), lambda _: Spot("workday", 1)),
    (re.compile(r"初|首日|月初|年初"), lambda _: Spot("day", 1)),
    (re.compile(rf"倒数第{_N}个?(?:工作日|上班日)"), lambda one: Spot("workday", -count_of(one[1]))),
    (re.compile(rf"倒数第{_N}(?:天|日)"), lambda one: Spot("day", -count_of(one[1]))),
    (re.compile(rf"第{_N}个?(?:工作日|上班日)"), lambda one: Spot("workday", count_of(one[1]))),
    (
        re.compile(r"最后(?:一|1)?个?(?:周|星期|礼拜)([一二三四五六日天])"),
        lambda one: Spot("weekday", -1, _WEEKDAYS_ZH[one[1]]),
    ),
    (
        re.compile(rf"第{_N}个?(?:周|星期|礼拜)([一二三四五六日天])"),
        lambda one: Spot("weekday", count_of(one[1]), _WEEKDAYS_ZH[one[2]]),
    ),
    (re.compile(rf"第?{_N}(?:天|日|号)?"), lambda one: Spot("day", count_of(one[1]))),
)  # fmt: skip


def _spots_zh(rest: str, *, dated: bool = False) -> tuple[Spot, ...] | None:
    return _spots([one for one in re.split(r"[、和及与,]", rest) if one], _spot_zh, dated=dated)


def _spot_zh(part: str) -> Spot | None:
    if found := re.fullmatch(rf"{_N}(?:月|-){_N}[日号]?", part):
        return Spot("date", count_of(found[2]), count_of(found[1]))
    for pattern, made in _SPOT_ZH:
        if found := pattern.fullmatch(part):
            return made(found)
    return None


def _spots(
    parts: list[str], read: Callable[[str], Spot | None], *, dated: bool
) -> tuple[Spot, ...] | None:
    found = [read(one) for one in parts]
    if any(one is None or not _fits(one, dated) for one in found):
        return None
    return tuple(sorted({one for one in found if one is not None}, key=_order))


def _order(spot: Spot) -> tuple[int, int, str, int]:
    return spot.of if spot.kind == "date" else 0, spot.n if spot.n > 0 else 999 + spot.n, spot.kind, spot.of  # fmt: skip


def _fits(spot: Spot, dated: bool) -> bool:
    most = {"day": 366 if dated else 92, "workday": 266, "weekday": 5, "date": 31}[spot.kind]
    if not 0 < abs(spot.n) <= most:
        return False
    if spot.kind == "weekday":
        return spot.n in _WEEKDAY_SPOTS
    if spot.kind != "date":
        return True
    try:
        return dated and bool(date(2024, spot.of, spot.n))
    except ValueError:
        return False


_EN_UNITS = {"day": DAY, "week": WEEK, "month": MONTH, "quarter": QUARTER, "year": YEAR}
_EN_PLAIN = {
    "daily": Rule(DAY), "weekly": Rule(WEEK), "monthly": Rule(MONTH), "quarterly": Rule(QUARTER),
    "yearly": Rule(YEAR), "annually": Rule(YEAR), "biweekly": Rule(WEEK, 2),
    "fortnightly": Rule(WEEK, 2), "half-yearly": Rule(MONTH, 6),
}  # fmt: skip
_EN_EVERY = re.compile(
    r"(?:every|each)\s+(?:(\d+|other|two|three|four|six)\s+)?(day|week|month|quarter|year)s?"
    r"(?:\s+(?:on\s+)?(?P<rest>.+))?"
)
_EN_SPLIT = re.compile(r"\s*(?:,|&|\band\b)\s*(?:on\s+)?(?:the\s+)?")


def _english(bare: str) -> Rule | None:
    bare = re.sub(r"\s+", " ", bare)
    if re.fullmatch(
        r"(?:every|each) (?:working day|work ?day|business day|week ?day)s?|workdays|weekdays", bare
    ):
        return Rule(WORKDAY)
    word, _, more = bare.partition(" ")
    if word in _EN_PLAIN:
        plain = _EN_PLAIN[word]
        return plain if not more else _with_days(plain, more.removeprefix("on "))
    if found := _EN_EVERY.fullmatch(bare):
        said = found[1] or "1"
        every = 2 if said == "other" else int(said) if said.isdecimal() else count_of(said)
        plain = Rule(_EN_UNITS[found[2]], every)
        return plain if not found["rest"] else _with_days(plain, found["rest"])
    if found := re.fullmatch(r"(?:every|each|on) (other )?(.+)", bare):  # every Monday and Friday
        return _with_days(Rule(WEEK, 2 if found[1] else 1), found[2])
    return None


def _with_days(rule: Rule, rest: str) -> Rule | None:
    parts = [one for one in _EN_SPLIT.split(rest.removeprefix("the ")) if one]
    if rule.unit == WEEK:
        days = [_weekday_en(one) for one in parts]
        if any(one is None for one in days):
            return None
        return replace(rule, weekdays=tuple(sorted({one for one in days if one is not None})))
    if rule.unit == DAY:
        return None
    spots = _spots(parts, _spot_en, dated=rule.unit == YEAR)
    return replace(rule, spots=spots) if spots else None


def _weekday_en(part: str) -> int | None:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    bare = part.rstrip(".").removesuffix("s") if len(part) > 4 else part.rstrip(".")
    return next(
        (at for at, one in enumerate(names) if len(bare) > 2 and one.startswith(bare)), None
    )


_W = r"(?:working|work|business) ?day"
_ORD = r"(\d+)(?:st|nd|rd|th)|(first|second|third|fourth|fifth|last)"
_DAY_EN = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_SPOT_EN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Spot]], ...] = (
    (re.compile(rf"{_W} (\d+) from the end"), lambda one: Spot("workday", -int(one[1]))),
    (re.compile(r"day (\d+) from the end"), lambda one: Spot("day", -int(one[1]))),
    (re.compile(rf"{_W} (\d+)"), lambda one: Spot("workday", int(one[1]))),
    (re.compile(rf"(?:{_ORD}) {_W}"), lambda one: Spot("workday", _ordinal(one))),
    (re.compile(rf"(?:{_ORD}) day"), lambda one: Spot("day", _ordinal(one))),
    (
        re.compile(rf"(?:{_ORD}) {_DAY_EN}"),
        lambda one: Spot("weekday", _ordinal(one), _weekday_en(one[3]) or 0),
    ),
    (re.compile(r"(?:day )?(\d+)(?:st|nd|rd|th)?(?: of the month)?"), lambda one: Spot("day", int(one[1]))),
)  # fmt: skip


def _ordinal(found: re.Match[str]) -> int:
    return int(found[1]) if found[1] else _ORDINALS[found[2]]


def _spot_en(part: str) -> Spot | None:
    months = "|".join(_MONTH_NAMES)
    if found := re.fullmatch(rf"(\d{{1,2}}) ({months})[a-z]*|({months})[a-z]* (\d{{1,2}})", part):
        name, day = found[2] or found[3], found[1] or found[4]
        return Spot("date", int(day), _MONTH_NAMES.index(name) + 1)
    for pattern, made in _SPOT_EN:
        if found := pattern.fullmatch(part):
            return made(found)
    return None
