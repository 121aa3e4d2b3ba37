"""A pasted text as lines: who says what when, in the forms that chats are copied in.

``张三 2026-11-27 10:21`` above what was said, ``[10:21] 张三: …``, ``2026-11-27 10:21 张三：…``, and
lines that begin with names. Anything else is lines of a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from models.said.days import find_days, find_times


@dataclass(frozen=True)
class Line:
    """A line: its body's place in the text and, in a chat, who said it and when."""

    start: int
    end: int
    head: tuple[int, int] = (0, 0)  # the sender's name, day and time, as far as they are written
    sender: tuple[int, int] = (0, 0)
    day: date | None = None
    day_span: tuple[int, int] = (0, 0)
    time: time | None = None


_DAY = r"(?:(?:20\d\d)[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|今天|昨天|前天|星期[一二三四五六日天]|周[一二三四五六日天]|Yesterday|Today)"
_TIME = r"(?:(?:上午|下午|晚上|凌晨|中午|早上)?\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s?(?:[APap][Mm])?)"
_WHEN = rf"(?:{_DAY}\s+{_TIME}|{_DAY}{_TIME}|{_TIME})"
_NAME = r"[^\s:：\[\]【】][^:：\n\[\]【】]{0,29}?"
_ABOVE = re.compile(rf"\s*(?P<name>{_NAME})\s*[:：]?\s+(?P<when>{_WHEN})\s*$", re.IGNORECASE)
_BEFORE = re.compile(
    rf"\s*[\[【(（]?(?P<when>{_WHEN})[\]】)）]?,?\s*(?:[-–—]\s*)?(?P<name>{_NAME})\s*[:：]",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?P<name>{_NAME})\s*[\[【(（]?(?P<when>{_WHEN})[\]】)）]?\s*[:：]", re.IGNORECASE
)
_RULE = re.compile(rf"[\s—–\-=·•]*(?P<when>{_DAY})[\s—–\-=·•]*$", re.IGNORECASE)
_TALK = re.compile(r"\s*(?P<name>[^\s:：,，。;；\d][^\s:：,，。;；]{0,11})\s*[:：](?!//)")

# Who is called 拜访单氏机械 speaks in no chat: that is a note which ends with a time.
_DONE = re.compile(
    r"拜访|上门|走访|电话|致电|微信|邮件|开会|会议|跟进|沟通|[,，。;；]"
    r"|\b(?:visit|call|met|meet|e?-?mail|phone|spoke|talk)",
    re.IGNORECASE,
)


def lines_of(text: str, today: date) -> tuple[list[Line], bool]:
    """The lines of a text and whether they are a chat's."""
    raw = [hit.span() for hit in re.finditer(r"[^\r\n]+", text) if hit[0].strip()]
    read = [_headed(text, start, end, today) for start, end in raw]
    for at, one in enumerate(read):
        if one is not None and one.start == one.end and at + 1 == len(read):
            read[at] = None  # nothing is said below it
    timed = sum(one is not None and one.sender != (0, 0) for one in read)
    if timed:
        return _told(text, raw, read), True
    talked = [_TALK.match(text, start, end) for start, end in raw]
    names = [hit["name"] for hit in talked if hit is not None]
    # A chat goes back and forth; 客户：… 结果：… are the fields of a note, each once.
    if len(raw) > 2 and len(names) == len(raw) and len(set(names)) < len(names):
        return [
            Line(hit.end(), end, (start, hit.end()), hit.span("name"))
            for (start, end), hit in zip(raw, talked, strict=True)
            if hit is not None
        ], True
    return [Line(start, end) for start, end in raw], False


def _headed(text: str, start: int, end: int, today: date) -> Line | None:
    """A line that says who speaks and when, or that a day begins."""
    for pattern in (_BEFORE, _ABOVE, _AFTER, _RULE):
        if end - start > 200 and pattern is _ABOVE:
            continue
        found = pattern.match(text, start, end)
        if found is None or (pattern is not _RULE and _DONE.search(found["name"])):
            continue
        at = found.start("when")
        days = find_days(found["when"], today, ahead=False, month_first=True)
        times = find_times(found["when"])
        day = days[0].day if days else None
        span = (at + days[0].start, at + days[0].end) if days else (0, 0)
        sender = found.span("name") if pattern is not _RULE else (0, 0)
        return Line(
            found.end(),
            end,
            (start, found.end()),
            sender,
            day,
            span,
            times[0].time if times else None,
        )
    return None


def _told(text: str, raw: list[tuple[int, int]], read: list[Line | None]) -> list[Line]:
    """Each line with the sender and the day that stand above it."""
    made: list[Line] = []
    last = Line(0, 0)
    for (start, end), line in zip(raw, read, strict=True):
        if line is None:
            made.append(
                Line(start, end, (start, start), last.sender, last.day, last.day_span, last.time)
            )
            continue
        day, span = (line.day, line.day_span) if line.day else (last.day, last.day_span)
        sender = line.sender if line.sender != (0, 0) else last.sender
        last = Line(line.start, line.end, line.head, sender, day, span, line.time)
        made.append(last)
    return made
