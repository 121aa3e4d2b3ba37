"""How the sample's people are judged, in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EvaluationWords:
    """Words of one language.

    ``computed`` are (item, measure, weight, reference, full value, curve, points); ``judged`` are
    (item, kind, weight, levels in words). ``own`` and ``others`` are reasons by item: what the person and
    what the manager says, from the lowest level that is given to the highest; ``peers`` what a colleague says.
    """

    card: str
    notes: str
    computed: tuple[tuple[str, str, str, str, str | None, str, str | None], ...]
    judged: tuple[tuple[str, str, str, str], ...]
    grades: tuple[tuple[str, str, str, str], ...]
    quarter: str
    month: str
    own: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, str], ...]
    peers: tuple[str, str]
    comments: tuple[str, ...]
    adjusted: str


_GOAL = ("won_amount", "0.4", "goal", None, "threshold", "60%: 0, 100%: 100, 120%: 120")
_PAID = ("receipt_rate", "0.1", "fixed", "1", "linear", None)
_VISITS = ("visits", "0.1", "team_median", None, "linear", None)
_FOLLOWED = ("effective_follow_up_rate", "0.1", "team_median", None, "linear", None)
_GRADES = (
    ("A", "100", "0.2", "1.2"), ("B", "85", "0.5", "1"), ("C", "60", "0.25", "0.8"),
    ("D", "0", "0.05", "0.5"),
)  # fmt: skip

ZH = EvaluationWords(
    card="销售岗位考核表",
    notes="赢单额对照个人目标；行为项须引用记录。",
    computed=(
        ("赢单额", *_GOAL), ("回款率", *_PAID), ("拜访量", *_VISITS), ("有效跟进率", *_FOLLOWED),
    ),
    judged=(
        (
            "客户关怀", "behaviour", "0.15",
            "1：客户来催才回复\n2：经常超过两天回复\n3：一般当天回复，问题有着落\n"
            "4：主动回访，承诺按时兑现\n5：客户点名感谢，并带来转介绍",
        ),
        (
            "团队协作", "rating", "0.15",
            "1：信息不共享\n2：被要求时才配合\n3：按时交接，资料齐全\n"
            "4：主动支援同事\n5：把做法整理出来带动全组",
        ),
    ),
    grades=_GRADES,
    quarter="{when} 季度考核",
    month="{when} 月度考核",
    own=(
        ("这段时间跟得不够紧，下个月改进", "重点客户都做到了当天回复"),
        ("手上事情多，支援同事偏少", "两次陪同同事做技术交流"),
    ),
    others=(
        ("两次报价拖到第三天，客户来电催过", "回复及时，承诺的资料都按时给了", "这单从投诉做到续签，客户写了感谢信"),
        ("交接资料缺联系人，补了两次", "交接清楚，周会主动分享", "把报价模板整理给全组用"),
    ),
    peers=("客户打来问进度，他总能马上答上来", "我休假时替我跟了两家客户，交接记录很全"),
    comments=("业绩稳，跟进要更有计划。", "本季进步明显，继续保持。", "赢单靠少数大单，客户面要再打开。"),
    adjusted="季中接手离职同事的客户，基数偏高",
)  # fmt: skip

EN = EvaluationWords(
    card="Scorecard for sales",
    notes="The amount won is compared with the person's goal; behaviour is shown by records.",
    computed=(
        ("Amount won", *_GOAL), ("Paid share", *_PAID), ("Visits", *_VISITS),
        ("Effective follow-ups", *_FOLLOWED),
    ),
    judged=(
        (
            "Care for customers", "behaviour", "0.15",
            "1: answers when the customer presses\n2: often takes more than two days\n"
            "3: usually answers on the day\n4: calls back by themselves, keeps promises\n"
            "5: customers praise it and recommend us",
        ),
        (
            "Teamwork", "rating", "0.15",
            "1: keeps knowledge to themselves\n2: helps when asked to\n"
            "3: hands over in time and completely\n4: helps colleagues unasked\n"
            "5: writes down what works for everybody",
        ),
    ),
    grades=_GRADES,
    quarter="Evaluation {when}",
    month="Monthly evaluation {when}",
    own=(
        ("I didn't stay close enough to some of them", "All important customers had an answer on the day"),
        ("Too much of my own to help much", "Joined two technical talks of colleagues"),
    ),
    others=(
        ("Two quotes came on the third day, the customer called for them", "Answers in time, what was promised was sent", "From a complaint to a renewal; the customer thanked us in writing"),
        ("Contacts were missing in a handover, twice", "Clear handovers, shares in the weekly meeting", "Made the template for quotes that all of us use"),
    ),
    peers=("Whenever a customer calls, the answer is there at once", "Looked after two of my customers while I was away, with complete notes"),
    comments=("Steady results; follow-ups need more of a plan.", "Clearly better this quarter. Go on like this.", "Few large deals carry it; widen the circle of customers."),
    adjusted="Took over a leaver's customers in the middle of the quarter",
)  # fmt: skip
