"""The stages that people name, in the order in which deals pass them."""

from __future__ import annotations

from models.texts import N_

WON = ("won", "赢单", "成交", "已成交", "签约", "closed won", "成功")
LOST = ("lost", "输单", "丢单", "失败", "closed lost", "流失", "放弃")
_ORDER = (
    ("lead", "线索", "prospecting", "初步接触", "接触", "潜在"),
    ("qualification", "qualified", "需求确认", "需求", "意向"),
    ("engaging", "engaged", "跟进", "跟进中", "沟通"),
    ("proposal", "quote", "方案", "方案报价", "报价"),
    ("negotiation", "谈判", "商务谈判", "合同"),
)

# What a team starts with: name, kind, probability, typical days.
STANDARD = (
    (N_("First contact"), "open", "0.1", 14),
    (N_("Needs confirmed"), "open", "0.3", 14),
    (N_("Proposal"), "open", "0.5", 21),
    (N_("Negotiation"), "open", "0.75", 14),
    (N_("Won"), "won", "1", 0),
    (N_("Lost"), "lost", "0", 0),
)


def guess(name: str) -> tuple[str, int]:
    """The outcome (open, won, lost) and the place that a stage's name suggests."""
    word = name.strip().casefold()
    if word in WON:
        return "won", 90
    if word in LOST:
        return "lost", 91
    for place, words in enumerate(_ORDER, 1):
        if word in words:
            return "open", place * 10
    return "open", 60
