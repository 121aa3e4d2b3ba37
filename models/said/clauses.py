"""A note's clauses: which tell what was done, which what happens next, and the days that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from models.said.days import Day, Time, find_days, find_times
from models.said.lines import Line

# In 昨天call了 a word of letters ends where Chinese begins.
_WORDS_OF_LETTERS = re.IGNORECASE | re.ASCII

# The first that the text says decides.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, _WORDS_OF_LETTERS))
    for kind, pattern in (
        ("visit", r"上门拜访|拜访|上门|走访|登门|到访|来访|面谈|见面|见了|实地|去了趟?|回访(?=.{0,8}现场)|\b(?:visit(?:ed|ing)?|met with|met|went to|dropped (?:by|in)|stopped by|on[- ]site|saw)\b"),
        ("call", r"打了?个?电话|电话(?!号|是|：|:)|致电|通话|来电|回电|打给|\b(?:phone[- ]call|called(?! off)|call(?:ing)?|phoned|rang|telephoned|spoke (?:to|with)|on the phone)\b"),
        ("email", r"发了?封?(?:邮件|电邮)|邮件|电邮|\b(?:e-?mail(?:ed|ing)?|mailed)\b"),
        ("wechat", r"加了?微信|发了?微信|企业微信|企微|微信(?!号)|\b(?:wechat(?:ed)?|weixin|wx)\b"),
        ("meeting", r"开了?个?会(?!员)|(?:腾讯|视频|电话|线上|钉钉|飞书)?会议|会谈|座谈|视频会|研讨|\b(?:meeting|zoom|teams call|conference|workshop)\b"),
    )
)  # fmt: skip
# What follows is the next step, to the end of the sentence; the words themselves are left out.
NEXT = re.compile(
    r"(?:下一步|下步)(?:计划|行动|工作|动作|安排)?|后续(?:计划|安排|动作|行动)?|待办(?:事项)?|下次(?:跟进|联系|拜访|行动)?(?=\s*[:：是])|下次"
    r"|\bnext (?:steps?|actions?)\b|\bto[- ]?do\b|\bnext(?=\s*[:：])|\bfollow[- ]?up(?=\s*[:：])|\baction(?: item)?(?=\s*[:：])",
    _WORDS_OF_LETTERS,
)
# An agreement is a next step to the end of its clause, its words included.
_AGREED = re.compile(
    r"(?:已?约定|约好了?|约在|约了|约(?=[下明后本这周星礼\d])|相约|定于|说好)|\bagreed to\b|\bpromised to\b|\b(?:I|we)(?:'ll| will)\b|\bwill\b|\bneed(?:s)? to\b",
    _WORDS_OF_LETTERS,
)
# What may be planned as well as done: with a day ahead it is a next step.
_PLANNED = re.compile(
    r"跟进|再|寄|发(?!现|展|生)|送|安排|准备|计划|打算|需要|要|会(?!议|谈|员)|将|等|之前|前|回复|给出?"
    r"|\b(?:send|follow|call back|deliver|confirm|quote|schedule|arrange|prepare|visit|remind|come back|get back|due)\b",
    _WORDS_OF_LETTERS,
)
_DONE = re.compile(
    r"(?<![为除])[了过](?!来|去)|已经?|\b(?:was|were|had|\w{2,}ed)\b", _WORDS_OF_LETTERS
)
_CLAUSES = re.compile(
    r"[，；;。！!？?\r\n]+|,(?!\d)|(?<!\d),|\.(?=\s|$)|(?<=[一-鿿])[ \u3000]+(?=\S)|(?<=\S)[ \u3000]+(?=[一-鿿])"
    r"|\s(?=(?:and|then|but)\s+(?:I|we|will|need|promised|agreed|to send|follow)\b)",
    _WORDS_OF_LETTERS,
)
SENTENCE = re.compile(r"[。！!？?\r\n]|\.(?=\s|$)")
_LABEL = re.compile(
    r"\s*(?:客户名?称?|公司|联系人|时间|日期|方式|类型|结果|跟进?内容|拜访内容|沟通内容|内容|备注|业务员|跟进人"
    r"|customer|client|contact|when|date|time|kind|type|result|outcome|notes?)\s*[:：]",
    _WORDS_OF_LETTERS,
)


@dataclass
class Clause:
    """A stretch of the text between two marks; ``base`` is the day that 明天 counts from."""

    start: int
    end: int
    base: date
    days: list[Day] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    next: bool = False
    told: bool = False  # its next step takes in its words of agreement


def settle(clauses: list[Clause]) -> None:
    """Where a next step with its day is called one, what else lies ahead is only told."""
    if any(one.next and not one.told and one.days for one in clauses):
        for one in clauses:
            one.next = one.next and not one.told


class Clauses:
    """Cuts the lines of a text into clauses."""

    def __init__(self, text: str, today: date, month_first: bool) -> None:
        self.text, self.today, self.month_first = text, today, month_first
        self._cut = 0  # clauses so far

    def of(self, line: Line) -> Iterator[Clause]:
        base = line.day or self.today
        body = self.text[line.start : line.end]
        label = _LABEL.match(body)
        at = label.end() if label else 0
        marks = [(hit.start(), hit.end()) for hit in _CLAUSES.finditer(body, at)]
        follows = False  # the sentence is already one of what happens next
        for end, after in [*marks, (len(body), len(body))]:
            if body[at:end].strip():
                for clause in self._parts(line.start + at, line.start + end, base, follows):
                    follows = clause.next and not clause.told
                    self._cut += 1
                    yield clause
            if SENTENCE.search(body, end, after):
                follows = False
            at = after

    def _parts(self, start: int, end: int, base: date, follows: bool) -> Iterator[Clause]:
        """A clause, in two where a cue in its middle says that the next step begins."""
        piece = self.text[start:end]
        cue = NEXT.search(piece)
        hit = cue or _AGREED.search(piece)
        if hit is None and not follows:
            yield self._maybe_planned(start, end, base, first=self._cut == 0)
            return
        begin = after = start
        english = False
        if hit is not None and not follows:
            begin, after = start + hit.start(), start + (hit.end() if cue else hit.start())
            english = hit[0].isascii()  # “will” needs no day
        if self.text[start:begin].strip():
            yield self._read(start, begin, base, ahead=False)
        made = self._read(after, end, base, ahead=True)
        made.told = cue is None and not follows
        made.next = not made.told or self._is_ahead(made) or english
        yield made

    def _maybe_planned(self, start: int, end: int, base: date, *, first: bool) -> Clause:
        piece = self.text[start:end]
        done = _DONE.search(piece) is not None
        kind = any(pattern.search(piece) for _, pattern in KINDS)
        planned = _PLANNED.search(piece) is not None
        ahead = not done and (planned or not (kind or first))
        made = self._read(start, end, base, ahead=ahead)
        if self._is_ahead(made):
            made.next = made.told = True
        elif ahead:
            behind = self._read(start, end, base, ahead=False)
            made = behind if behind.days else made
        return made

    def _read(self, start: int, end: int, base: date, *, ahead: bool) -> Clause:
        piece = self.text[start:end]
        days = find_days(piece, base, ahead=ahead, month_first=self.month_first)
        taken = [(one.start, one.end) for one in days]
        times = [
            one
            for one in find_times(piece)
            if not any(a < one.end and one.start < b for a, b in taken)
        ]
        return Clause(
            start,
            end,
            base,
            [Day(one.start + start, one.end + start, one.day, one.sure) for one in days],
            [Time(one.start + start, one.end + start, one.time) for one in times],
        )

    def _is_ahead(self, clause: Clause) -> bool:
        return any(one.day > clause.base for one in clause.days)
