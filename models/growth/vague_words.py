"""Words that say how somebody is instead of what they did; lists in both languages, the same on every run.

Such lists are never complete: what they find is a hint to look again, and never a reason to refuse.
"""

from __future__ import annotations

import re
import unicodedata

# Judgements of a person, and words of effort or measure that nobody can check.
JUDGING = (
    "态度不好", "态度差", "态度好", "不认真", "不努力", "努力", "不负责", "责任心", "不积极", "积极", "消极",
    "懒", "马虎", "粗心", "能力不足", "能力差", "能力强", "水平低", "水平高", "表现不好", "表现差", "表现好",
    "表现一般", "表现优秀", "不专业", "很专业", "不靠谱", "靠谱", "加油", "再接再厉", "继续保持", "有待提高",
    "有待加强", "需要提高", "需要加强", "加强沟通", "注意沟通", "情商", "性格", "聪明", "很棒", "不错", "还可以",
    "有进步",
)  # fmt: skip
JUDGING_EN = (
    "bad attitude", "good attitude", "poor attitude", "attitude", "lazy", "careless", "unprofessional",
    "professional", "unreliable", "reliable", "motivated", "unmotivated", "committed", "hard-working", "hardworking",
    "work harder", "try harder", "smart", "good job", "great job", "well done", "keep it up", "be better", "do better",
    "be more proactive", "proactive", "team player", "communicate better", "needs improvement", "not good enough",
    "nice", "awesome",
)  # fmt: skip
# Words that make every case of one case.
SWEEPING = ("总是", "老是", "从不", "从来不", "从来没", "一直", "每次都", "永远", "任何时候", "所有人都", "大家都", "经常")  # fmt: skip
SWEEPING_EN = ("always", "never", "every time", "all the time", "constantly", "everybody", "everyone", "nobody")  # fmt: skip


def judging(text: str) -> tuple[str, ...]:
    """The words of a text that judge a person, the longest of those that lie in each other."""
    return _found(text, JUDGING, JUDGING_EN)


def sweeping(text: str) -> tuple[str, ...]:
    """The words of a text that speak of always and never."""
    return _found(text, SWEEPING, SWEEPING_EN)


def _found(text: str, plain: tuple[str, ...], latin: tuple[str, ...]) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).lower()
    hits = [one for one in plain if one in folded]
    hits += [one for one in latin if re.search(rf"\b{re.escape(one)}\b", folded)]
    return tuple(one for one in hits if not any(one != other and one in other for other in hits))
