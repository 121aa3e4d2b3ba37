"""Numbers that customers' answers are written in: words of a scale, stars, points."""

from __future__ import annotations

import re

from models.describe import parsing

# Five steps, the best first; what questionnaire services and review sites write for each.
_STEPS = (
    "非常满意|很满意|十分满意|极其满意|非常好|很好|力荐|very satisfied|extremely satisfied|completely satisfied|excellent",
    "满意|比较满意|较满意|基本满意|好|好评|推荐|satisfied|somewhat satisfied|good",
    "一般|一般般|中立|普通|中评|还行|尚可|说不清|neutral|neither satisfied nor dissatisfied|average|fair|ok",
    "不满意|不太满意|较不满意|比较不满意|差|较差|不好|dissatisfied|unsatisfied|somewhat dissatisfied|poor",
    "非常不满意|很不满意|十分不满意|极不满意|很差|非常差|差评|very dissatisfied|very unsatisfied|extremely dissatisfied|terrible|very poor",
)
WORDS = {word: 5 - at for at, step in enumerate(_STEPS) for word in step.split("|")}
_POINTS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:分|星|颗星|stars?|points?|(?:/|out of|分/)\s*\d+\s*分?)?"
)
_NOTED = re.compile(r"[(（\[【].*?[)）\]】]|\s*[-—:：]\s*\D*$")  # 10 - very likely; 满意(4分)


def spelled(raw: object) -> object:
    """The number that a cell means: 非常满意 and ★★★★★ are 5, “4 stars” is 4; others as they are."""
    if not isinstance(raw, str):
        return raw
    text = parsing.fold(raw).strip().lower().rstrip("。.!！")
    bare = _NOTED.sub("", text).strip()
    for one in (text, bare):
        if one in WORDS:
            return WORDS[one]
        if found := _POINTS.fullmatch(one):
            return found[1]
    if bare and set(bare) <= {"★", "☆", "⭐"}:
        return sum(one != "☆" for one in bare)
    return raw
