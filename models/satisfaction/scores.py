"""Numbers that customers' answers are written in: words of a scale, stars, points."""

from __future__ import annotations

import re

from models.describe import parsing

# Five steps, the best first; what questionnaire services and review sites write for each.
_STEPS = (
    "非常满意|很满意|十分满意|极其满意|特别满意|完全满意|非常好|很好|力荐|非常同意|完全同意|very satisfied|extremely satisfied|completely satisfied|excellent|strongly agree",
    "满意|比较满意|较满意|基本满意|较好|比较好|好|好评|推荐|同意|比较同意|satisfied|somewhat satisfied|good|very good|agree",
    "一般|一般般|中立|普通|中评|还行|还可以|尚可|说不清|不确定|neutral|neither satisfied nor dissatisfied|neither agree nor disagree|average|fair|ok",
    "不满意|不太满意|较不满意|比较不满意|有点不满意|差|较差|比较差|不好|不太好|不同意|比较不同意|dissatisfied|unsatisfied|somewhat dissatisfied|poor|disagree",
    "非常不满意|很不满意|十分不满意|极不满意|极其不满意|特别不满意|完全不满意|很差|非常差|差评|非常不同意|完全不同意|very dissatisfied|very unsatisfied|extremely dissatisfied|terrible|very poor|strongly disagree",
)
WORDS = {word: 5 - at for at, step in enumerate(_STEPS) for word in step.split("|")}
_POINTS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(?:分|星|颗星|stars?|points?|(?:/|out of|分/)\s*\d+\s*分?)?"
)
_OPTION = re.compile(r"^(?:[a-z]|\d{1,2})\s*[.、:：)）]\s*(?=\D)")  # A.满意; 1、满意
_NOTED = re.compile(r"[(（\[【].*?[)）\]】]|\s*[-—:：]\s*\D*$")  # 10 - very likely; 满意(4分)


def spelled(raw: object) -> object:
    """The number that a cell means: 非常满意 and ★★★★★ are 5, “4 stars” is 4; others as they are."""
    if not isinstance(raw, str):
        return raw
    text = parsing.fold(raw).strip().lower().rstrip("。.!！")
    bare = _NOTED.sub("", text).strip()
    for one in (text, bare, _OPTION.sub("", text), _OPTION.sub("", bare)):
        if one in WORDS:
            return WORDS[one]
        if found := _POINTS.fullmatch(one):
            return found[1]
    if bare and set(bare) <= {"★", "☆", "⭐"}:
        return sum(one != "☆" for one in bare)
    return raw
