"""What a column of a questionnaire's export is: something of the service's own, or which question.

A column's head says what it is about, its cells whether it can be: a score is a column of numbers or of
words of a scale, what was said is a column of texts, a person is one that the book knows. What fits
nothing stays a question that nobody understood; it is never lost (``questionnaires``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.describe import parsing
from models.describe.parsing import UNANSWERED, fold
from models.satisfaction.scores import spelled
from models.sheets.profile import ColumnProfile, is_number

Knows = Callable[
    [str, Sequence[Any]], float
]  # how much of some cells an entity's records are called

# What stands in a head beside the question: its number, marks of HTML, how it is to be answered.
NUMBER = re.compile(r"^(?:[q第]?\s*\d{1,3}\s*题?\s*[、.．:：)）]|[q第]\d{1,3}题?\s)\s*(?=\D)", re.IGNORECASE)  # fmt: skip
_MARKS = re.compile(r"<[^<>]{1,60}>|&\w{2,6};")
_MANNER = re.compile(
    r"[(（\[【](?:必填|选填|自动|单选题?|多选题?|填空题?|量表题?|评分题?|矩阵\w*题?|required|optional)[)）\]】]"
    r"|[*＊]\s*$"
)
# What the service adds; the first of each kind counts, all others are left out. What may say who
# answered is "who": it counts if the book knows those people.
_OF_SERVICE = {
    "number": r"序号|编号|答卷编号|答题序号|(?:response|submission|respondent) ?id|id|no\.?|#",
    "responded_on": r"提交(?:答卷)?时间|(?:结束|完成)(?:答题)?时间|答题结束时间|填写时间|时间戳记?|submi\w+ (?:at|date|time)(?: ?\(utc\))?|date submitted|timestamp|end (?:date|time)|complet(?:ed at|ion time)",
    "who": r"电子邮[件箱]|邮箱|e-?mail(?: address)?|姓名|名称|name|提交[人者]|填写[人者]|自定义字段|custom data ?\d*|external (?:id|reference)",
    "": r"所用时间|(?:答题|填写|作答)(?:时长|用时)|开始(?:答题)?时间|(?:上次|最后)?修改时间|更新时间|来源|来源详情|来源渠道|数据来源|来自ip|ip(?:地址| ?address|省份|城市)?|(?:地理|所在)?位置.*|地理位置.*|填写地区|地区|省份|城市|设备|填写设备|操作系统|浏览器|语言|清洗数据结果|智能清洗.*|用户类型|用户标识|用户id|(?:用户|微信)?昵称|(?:微信)?openid|ua|referrer|中奖.*|审核状态|总分|得分|collector ?id|(?:first|last) name|start(?:ed)? (?:at|date|time)(?: ?\(utc\))?|stage date(?: ?\(utc\))?|date (?:started|last action)|last (?:page|modified time|modified)|start language|seed|duration.*|time (?:taken|spent).*|user ?agent|network ?id|response type|tags|ending|score|status",
}  # fmt: skip
_WHO = r"手机|电话|联系方式|phone|mobile|邮箱|邮件|e-?mail|姓名|名字|称呼|your (?:full )?name|联系人|contact person"
_CUSTOMER = (
    r"(?:公司|单位|企业|客户|店铺|门店|机构)(?:的)?(?:名称|全称|名字|名)(?:是|为|叫什么)?\W*$",
    r"(?:您|你|贵|所在|任职|^|填写|输入)的?(?:所在的?|任职的?|工作的?)?(?:公司|单位|企业|机构|店铺|门店)(?:是|叫什么)?\W*$",
    r"(?:your|name of (?:the|your)|^) ?(?:company|business|organi[sz]ation|employer)(?: name)?\W*$|(?:company|customer|account|business|organi[sz]ation) name\W*$",
    r"(?:客户|会员)的?(?:编号|编码|代码|号码?|id)\W*$|(?:customer|account|client) (?:id|no\.?|number|code)\W*$",
)  # fmt: skip
_RECOMMENDS = r"推荐|转介绍|\bnps\b|recommend"
# What somebody says in words of their own, the plainest question first.
_COMMENT = (
    r"意见|建议|留言|反馈|吐槽|想说|想对|告诉我们|补充|评语|评论|comment|suggest|feedback|anything else|tell us|concerns|remarks",
    r"改进|改善|提高|提升|不足|更好|哪里|评价|improve|do better|what could we",
    r"原因|为什么|理由|\bwhy\b|reason",
)  # fmt: skip
_WHOLE = r"总体|整体|综合|总的|overall|in general|as a whole"
_SATISFIED = r"满意|satisf"
_RATED = r"评分|打分|评价|评级|体验如何|\brat(?:e|ing)\b|\bhow was\b"
_HINT = re.compile(r"[(（]\s*(\d+)\s*分?\s*[-~～–—到至to]+\s*(\d+)\s*分?[^)）]*[)）]")
_SEVERAL = re.compile(r"[┋;；|]")  # what stands between several choices in one cell
_MOST = 0.6  # of the cells have to be of the kind
_KNOWN = 0.5  # of those who answered have to be known
_FIVE, _TEN = 5, 10
_MANY = 10  # answers from which on it tells something that none is above 5


@dataclass(frozen=True)
class Question:
    """A question: the place of its column, what is asked (in lower case), what was answered."""

    at: int
    text: str
    cells: tuple[Any, ...]
    filled: int

    @property
    def numbers(self) -> list[float]:
        """The scores among the answers."""
        return [one for one in map(number, self.cells) if one is not None]

    @property
    def scored(self) -> bool:
        """Whether most of its answers are scores."""
        return len(self.numbers) >= max(1.0, _MOST * len(self.cells))

    @property
    def chosen(self) -> bool:
        """Whether it only says if an option was chosen, by 0 and 1."""
        found = self.numbers
        return bool(found) and min(found) == 0 and max(found) <= 1

    @property
    def worded(self) -> bool:
        """Whether its answers are in words of their own, or there are none."""
        texts = sum(not (_SEVERAL.search(str(one)) or is_number(one)) for one in self.cells)
        return texts >= _MOST * len(self.cells)


@dataclass(frozen=True)
class Asked:
    """Which column fills which field, by place; ``parts`` are scores whose mean is the score."""

    paths: dict[str, int]
    parts: tuple[int, ...] = ()


def question(at: int, header: str, profile: ColumnProfile) -> Question:
    """A column as a question; cells without an answer are left out."""
    cells = (one for one in profile.sample if str(one).strip() not in UNANSWERED)
    there = tuple(one for one in cells if not parsing.is_blank(one, "number"))
    return Question(at, bare(header), there, profile.filled)


def bare(header: str) -> str:
    """What a head asks, in lower case, without its number and what isn't part of the question."""
    text = _MARKS.sub("", fold(header).strip().lower())
    text = _MANNER.sub("", text).strip()
    return NUMBER.sub("", text).strip()


def numbered(header: str) -> bool:
    """Whether a head begins with the number of a question."""
    return bool(NUMBER.match(fold(header).strip()))


def of_service(header: str) -> str | None:
    """What a column of the service's own fills, "" for nothing; None for a question."""
    low = _MANNER.sub("", fold(header).strip().lower()).strip()
    return next((path for path, words in _OF_SERVICE.items() if re.fullmatch(words, low)), None)


def number(raw: object) -> float | None:
    """The score that a cell means."""
    try:
        return float(str(spelled(raw)))
    except ValueError:
        return None


def hinted(text: str) -> tuple[str, str] | None:
    """The ends of the scale that a question names in brackets: (1-10分)."""
    found = _HINT.search(fold(text))
    return (found[1], found[2]) if found else None


def asked(questions: Sequence[Question], others: Sequence[Question], knows: Knows) -> Asked:
    """Which question is which; ``others`` are columns of the service's own that may say who answered."""
    free, paths = list(questions), {}

    def take(path: str, found: Question | None) -> None:
        if found is not None:
            paths[path] = found.at
            free[:] = [one for one in free if one.at != found.at]

    path, who = _who([*free, *others], knows)
    take(path, who)
    if "customer" not in paths:
        take("customer", _customer(free, knows))
    take("recommends", next(filter(_is_recommending, free), None))
    found = _scores(free)
    if len(found) == 1:
        take("score", found[0])
    parts = tuple(one.at for one in found) if len(found) > 1 else ()
    take("comment", _comment([one for one in free if one.at not in parts]))
    return Asked(paths, parts)


def _who(found: Iterable[Question], knows: Knows) -> tuple[str, Question | None]:
    """The column that says who answered, if the book knows most of them: as contacts, else customers."""
    best: tuple[float, str, Question | None] = 0.0, "", None
    for one in found:
        if re.search(_WHO, one.text) or of_service(one.text) == "who":
            for path in ("contact", "customer"):
                share = knows(path, one.cells)
                if share >= _KNOWN and share > best[0]:
                    best = share, path, one
    return best[1], best[2]


def _customer(free: Sequence[Question], knows: Knows) -> Question | None:
    """The question after the customer: of several, the one whose answers the book knows best."""
    named = [one for words in _CUSTOMER for one in free if re.search(words, one.text)]
    return max(named, key=lambda one: knows("customer", one.cells), default=None)


def _is_recommending(one: Question) -> bool:
    """Whether it is a net promoter question: from 0 to 10, not on another scale, not yes or no."""
    if not re.search(_RECOMMENDS, one.text):
        return False
    if hint := hinted(one.text):
        return hint[1] == str(_TEN)
    found = one.numbers
    if not one.cells or not one.scored:
        return not one.cells
    short = one.filled >= _MANY and min(found) >= 1 and max(found) <= _FIVE
    return max(found) <= _TEN and not short


def _scores(free: Sequence[Question]) -> list[Question]:
    """The question after satisfaction as a whole, else all after parts of it."""
    scored = [one for one in free if (one.scored and not one.chosen) or not one.cells]
    for words in (_SATISFIED, _RATED):
        about = [one for one in scored if re.search(words, one.text)]
        whole = [one for one in about if re.search(_WHOLE, one.text)]
        if whole or about:
            return whole[:1] or [one for one in about if one.cells] or about[:1]
    return []


def _comment(free: Sequence[Question]) -> Question | None:
    found = (one for words in _COMMENT for one in free if re.search(words, one.text) and one.worded)
    return next(found, None)
