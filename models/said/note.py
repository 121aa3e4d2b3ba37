"""What a note says by itself, whoever stands in the book: when, of what kind, what came of it, what next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from models.said.clauses import KINDS, NEXT, SENTENCE, Clause, Clauses, settle
from models.said.lines import lines_of

Span = tuple[int, int]

_FILLER = re.compile(
    r"[\s\u3000,，。;；:：!！?？、.·—\-()（）\[\]【】\"'“”]|[的了在和与跟给对向到去来我过家位一个次加早聊通打开]|公司|客户|那边|这边|他们"
    r"|我们|有限|上午|下午|晚上|早上|中午|联系|沟通|回访"
    r"|\b(?:i|we|the|a|an|at|to|with|from|on|by|and|in|had|did|today|this|my|our|of|mr|mrs|ms|for|site|back|quick)\b",
    re.IGNORECASE | re.ASCII,
)
_LEADING = re.compile(r"^[\s,，。;；:：、.\-—是为]+|^(?:and|then|but)\s+", re.IGNORECASE)
_CLEAR = 0.7  # 下周三 is a day to be held to, 下周 hardly
_VAGUE = 0.6
_HIDDEN = "\ufffd"


@dataclass(frozen=True)
class Said:
    """What was read: as people type it, the pieces of the text that said so, how sure (0…1)."""

    value: str = ""
    pieces: tuple[str, ...] = ()
    sure: float = 0.0


class Note:
    """A text, its lines and clauses. ``hidden`` stretches are names and hold neither days nor kinds."""

    def __init__(
        self, text: str, today: date, *, month_first: bool, hidden: Sequence[Span] = ()
    ) -> None:
        self.text, self._today = text, today
        for start, end in hidden:
            text = text[:start] + _HIDDEN * (end - start) + text[end:]
        self._read = text
        self.lines, self.chat = lines_of(text, today)
        cut = Clauses(text, today, month_first)
        self._clauses = [one for line in self.lines for one in cut.of(line)]
        settle(self._clauses)
        self.kind, self._kinds = self._find_kind()

    def understood(self) -> list[Span]:
        """Where days, times and kinds stand, and the heads of a chat's lines without their senders."""
        spans = list(self._kinds)
        for clause in self._clauses:
            spans += [(one.start, one.end) for one in clause.days]
            spans += [(one.start, one.end) for one in clause.times]
        for line in self.lines:
            (start, end), sender = line.head, line.sender
            inside = sender[1] and start <= sender[0] and sender[1] <= end
            spans += [(start, sender[0]), (sender[1], end)] if inside else [(start, end)]
        return spans

    def _find_kind(self) -> tuple[Said, list[Span]]:
        """The kind by the first word that tells one; of a chat it is WeChat whatever is said in it."""
        if self.chat:
            heads: list[Span] = [line.head for line in self.lines if line.head[1] > line.head[0]]
            return Said("wechat", tuple(self.text[slice(*one)] for one in heads[:1]), 0.8), []
        told: list[tuple[int, int, str]] = []
        spans = []
        for clause in self._clauses:
            for kind, pattern in KINDS:
                for hit in pattern.finditer(self._read, clause.start, clause.end):
                    spans.append(hit.span())
                    if not clause.next or _before_day(clause, hit.start()):
                        told.append((hit.start(), -hit.end(), kind))
        if not told:
            return Said(), spans
        start, end, kind = min(told)
        return Said(kind, (self.text[start:-end],), 0.95), spans

    def when(self) -> Said:
        """When it took place: the day that is told of, else that of the last line of a chat."""
        dated = [line for line in self.lines if line.day or line.time]
        if self.chat and dated:
            last = dated[-1]
            span = last.day_span if last.day else last.head
            head = tuple(self.text[start:end] for start, end in [span] if end > start)
            return Said(_moment(last.day or self._today, last.time), head, 0.9)
        told = [one for one in self._clauses if not one.next]
        named = [one for clause in told for one in clause.days]
        # 上个月的货款 does not date what was done.
        days = [one for one in named if one.day <= self._today and one.sure >= _VAGUE][:1]
        times = [one for clause in told for one in clause.times][:1]
        if not days and not times:
            return Said(self._today.isoformat(), (), 0.6)
        spans = [(one.start, one.end) for one in days] + [(one.start, one.end) for one in times]
        pieces = tuple(self.text[start:end].strip() for start, end in spans)
        day, sure = (days[0].day, days[0].sure) if days else (self._today, 0.9)
        return Said(_moment(day, times[0].time if times else None), pieces, sure)

    def next_step(self) -> Said:
        """What happens next; clauses of one sentence stay together."""
        spans: list[Span] = []
        before = -1  # the place among the clauses of the last one taken
        for at, clause in enumerate(self._clauses):
            if not clause.next:
                continue
            joined = before == at - 1 and bool(spans)
            if joined and not SENTENCE.search(self._read, spans[-1][1], clause.start):
                spans[-1] = (spans[-1][0], clause.end)
            else:
                spans.append((clause.start, clause.end))
            before = at
        pieces = tuple(filter(None, (self._bare(*span) for span in spans)))
        return Said("\n".join(pieces), pieces, 0.85 if pieces else 0.0)

    def due(self) -> Said:
        """The day by which it is to happen."""
        days = [
            one
            for clause in self._clauses
            if clause.next
            for one in clause.days
            if one.day >= clause.base
        ]
        if not days:
            return Said()
        first = next((one for one in days if one.sure >= _CLEAR), days[0])
        return Said(first.day.isoformat(), (self.text[first.start : first.end],), first.sure)

    def rest(self, understood: Sequence[Span]) -> Said:
        """What is left: a chat whole, of a note the clauses that say more than the other fields do."""
        if self.chat:
            whole = self.text.strip()
            return Said(whole, (whole,), 0.8)
        covered = bytearray(len(self.text))
        for start, end in understood:
            covered[start:end] = b"\1" * (end - start)
        spans: list[Span] = []
        before = -1
        for at, clause in enumerate(self._clauses):
            begin = self._untold(clause, covered)
            if clause.next or begin is None:
                continue
            joined = before == at - 1 and bool(spans) and begin == clause.start
            if joined and not NEXT.search(self._read, spans[-1][1], begin):
                spans[-1] = (spans[-1][0], clause.end)
            else:
                spans.append((begin, clause.end))
            before = at
        pieces = tuple(filter(None, (self._bare(*span) for span in spans)))
        return Said("\n".join(pieces), pieces, 0.8 if pieces else 0.0)

    def _untold(self, clause: Clause, covered: bytearray) -> int | None:
        """Where what a clause says beyond the other fields begins; None: it says no more."""
        left = "".join(
            " " if covered[at] else self.text[at] for at in range(clause.start, clause.end)
        )
        if not _FILLER.sub("", left):
            return None
        colon = re.search(r"[:：](?!\d)", self.text[clause.start : clause.end])
        if colon and not _FILLER.sub("", left[: colon.start()]):
            return clause.start + colon.end()
        return clause.start

    def _bare(self, start: int, end: int) -> str:
        return _LEADING.sub("", self.text[start:end].strip()).strip()


def _before_day(clause: Clause, place: int) -> bool:
    """电话约下周三拜访 was a call: what stands before the day that lies ahead is done."""
    return clause.told and bool(clause.days) and place < clause.days[0].start


def _moment(day: date, at: time | None) -> str:
    return f"{day.isoformat()} {at:%H:%M}" if at else day.isoformat()
