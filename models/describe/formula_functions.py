"""The functions of formula columns: Excel's names, Chinese ones beside them, what they take and give."""

from __future__ import annotations

from dataclasses import dataclass

from models.texts import N_, tr

_MANY = 30  # parts of a function that takes any number of them


@dataclass(frozen=True)
class Function:
    """A function. ``takes`` has a letter a part: n number, t text, d day, f yes or no, a anything
    that its other branches are too, u the same for numbers and days, b anything at all; ``?`` behind
    a letter that may be left out, ``*`` behind one that may be repeated.
    """

    name: str
    aliases: tuple[str, ...]
    takes: str
    gives: str
    shape: str
    words: str

    @property
    def least(self) -> int:
        """Parts that it must have."""
        return sum(one.isalpha() for one in self.takes) - self.takes.count("?")

    @property
    def most(self) -> int:
        """Parts that it may have."""
        return _MANY if "*" in self.takes else sum(one.isalpha() for one in self.takes)

    def takes_for(self, count: int) -> str:
        """A letter for each of so many parts."""
        letters = "".join(one for one in self.takes if one.isalpha())
        return (letters + letters[-1:] * count)[:count]

    def text(self) -> str:
        """What it does, in the current language."""
        return tr(self.words)


def _all() -> tuple[Function, ...]:
    return (
        Function("IF", ("如果",), "faa?", "shared", "IF(…, a, b)", N_("a where the condition holds, else b")),
        Function("AND", ("且", "并且"), "f*", "flag", "AND(…, …)", N_("whether all hold")),
        Function("OR", ("或", "或者"), "f*", "flag", "OR(…, …)", N_("whether one holds")),
        Function("NOT", ("非",), "f", "flag", "NOT(…)", N_("the opposite")),
        Function("ROUND", ("四舍五入",), "nn", "first", "ROUND(x, 2)", N_("rounded to so many decimals, half away from zero")),
        Function("ABS", ("绝对值",), "n", "first", "ABS(x)", N_("without its sign")),
        Function("MIN", ("最小值", "最小"), "u*", "shared", "MIN(x, y)", N_("the least")),
        Function("MAX", ("最大值", "最大"), "u*", "shared", "MAX(x, y)", N_("the greatest")),
        Function("INT", ("取整",), "n", "whole", "INT(x)", N_("the whole number below")),
        Function("MOD", ("求余", "余数"), "nn", "both", "MOD(x, y)", N_("what is left of a division")),
        Function("LEN", ("长度",), "t", "integer", "LEN(t)", N_("how many characters")),
        Function("LEFT", ("左", "左取"), "tn?", "text", "LEFT(t, 2)", N_("the first characters")),
        Function("RIGHT", ("右", "右取"), "tn?", "text", "RIGHT(t, 2)", N_("the last characters")),
        Function("MID", ("中间", "截取"), "tnn", "text", "MID(t, 2, 3)", N_("characters from a place on")),
        Function("CONCAT", ("连接", "合并"), "t*", "text", "CONCAT(t, u)", N_("texts in a row")),
        Function("UPPER", ("大写",), "t", "text", "UPPER(t)", N_("in capitals")),
        Function("LOWER", ("小写",), "t", "text", "LOWER(t)", N_("in small letters")),
        Function("TRIM", ("去空格",), "t", "text", "TRIM(t)", N_("without needless blanks")),
        Function("CONTAINS", ("包含",), "tt", "flag", "CONTAINS(t, \"…\")", N_("whether a text stands in another")),
        Function("YEAR", ("年",), "d", "integer", "YEAR(d)", N_("the year of a day")),
        Function("MONTH", ("月",), "d", "integer", "MONTH(d)", N_("the month of a day")),
        Function("DAY", ("日",), "d", "integer", "DAY(d)", N_("the day of the month")),
        Function("DAYS", ("天数", "相差天数"), "dd", "integer", "DAYS(end, start)", N_("days from one day to another")),
        Function("DATE", ("日期",), "nnn", "date", "DATE(2026, 3, 5)", N_("a day of year, month and day")),
        Function("TODAY", ("今天",), "", "date", "TODAY()", N_("today")),
        Function("EDATE", ("月后",), "dn", "date", "EDATE(d, 3)", N_("so many months later")),
        Function("IFERROR", ("若错",), "aa", "shared", "IFERROR(x, y)", N_("y where x can't be worked out")),
        Function("IFBLANK", ("若空",), "vv", "shared", "IFBLANK(x, y)", N_("y where x is empty")),
        Function("ISBLANK", ("为空",), "b", "flag", "ISBLANK(x)", N_("whether it is empty")),
    )  # fmt: skip


FUNCTIONS: dict[str, Function] = {one.name: one for one in _all()}
_BY_NAME = {word: one for one in FUNCTIONS.values() for word in (one.name, *one.aliases)}


def function(name: str) -> Function | None:
    """The function of a name, in either language and any case."""
    return _BY_NAME.get(name.upper())
