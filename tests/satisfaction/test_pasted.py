"""A pasted review is taken apart where it is clear, and left whole where it isn't."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.refusals import Refused
from models.satisfaction import recording
from models.satisfaction.pasted import take_apart
from tests.satisfaction.asked import Asked, day

ON = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "comment", "score", "said_on"),
    [
        ("★★★★☆ 2026-11-02\n送货很快。", "送货很快。", 4, date(2026, 11, 2)),
        ("评分：4.5/5\n昨天\n小李很专业，3 天就发货了", "小李很专业，3 天就发货了", Decimal("4.5"), date(2026, 11, 27)),
        ("Rating: 2 out of 5\nReviewed on 2026-10-01\nLate, 3 days of waiting.", "Late, 3 days of waiting.", 2, date(2026, 10, 1)),
        ("5 stars\nGreat!", "Great!", 5, None),
        ("评价：很好，推荐", "很好，推荐", None, None),
        ("快递 5分 但是客服 1分", "快递 5分 但是客服 1分", None, None),  # two scores are none
        ("等了30分钟", "等了30分钟", None, None),
        ("2026年11月31日\n很好", "2026年11月31日\n很好", None, None),  # there is no such day
        ("2027-01-01 下次再来", "2027-01-01 下次再来", None, None),  # nor was it said yet
        ("", "", None, None),
    ],
)  # fmt: skip
def test_text_score_and_day(text, comment, score, said_on):
    found = take_apart(text, ON)
    assert found.comment in (comment, text.strip())
    assert (found.score, found.day) == (score, said_on)
    assert comment.split("\n")[-1] in found.comment


@pytest.mark.parametrize(
    ("text", "comment", "score", "said_on"),
    [
        ("t**8（匿名）\n超级会员\n2026年11月02日 已购：蓝色 L\n质量很好，客服小李很耐心！\n有用(3)", "质量很好，客服小李很耐心！", None, date(2026, 11, 2)),
        ("j***n\nPLUS会员\n★★★★★\n做工精细，第二天就到了。\n型号：DN50   2026-11-03 18:22\n购买后3天评价\n举报 0 0", "做工精细，第二天就到了。", 5, date(2026, 11, 3)),
        ("★★★★☆ 4.0\n送货及时\n2026-11-05 19:30\n赞(2) 回应 收藏 举报\n商家回复：感谢支持！", "送货及时", 4, date(2026, 11, 5)),
        ("匿名用户\n4分\n2026.11.04\n师傅安装很专业", "师傅安装很专业", 4, date(2026, 11, 4)),
        ("评分：5\n昨天 21:30\n便宜，质量也行", "便宜，质量也行", 5, date(2026, 11, 27)),
        ("Local Guide · 12 reviews\n★★★★☆ 2 weeks ago\nGreat team.\n\nResponse from the owner 1 week ago\nThank you!", "Great team.", 4, date(2026, 11, 14)),
        ("5.0 out of 5 stars\nReviewed in the United States on October 12, 2026\nColor: Red | Verified Purchase\nBought 3 units.\n3 people found this helpful", "Bought 3 units.", 5, date(2026, 10, 12)),
        ("Rated 2 out of 5 stars\nDate of experience: 30 October 2026\n5 emails and no answer.", "5 emails and no answer.", 2, date(2026, 10, 30)),
        ("Reviewed on 11/15/2026\n4 stars\nNice", "Nice", 4, date(2026, 11, 15)),
        ("上次那批泵有2台漏水 赞助商也在", "上次那批泵有2台漏水 赞助商也在", None, None),
    ],
)  # fmt: skip
def test_what_sites_put_around_a_review_is_left_out(text, comment, score, said_on):
    """As 淘宝, 京东, 大众点评, 美团, 拼多多, Google, Amazon and Trustpilot show reviews."""
    found = take_apart(text, ON)
    assert (found.comment, found.score, found.day) == (comment, score, said_on)


def test_the_best_of_another_scale_is_told():
    assert take_apart("8/10 不错", ON).best == 10


@given(st.text(max_size=120))
def test_no_text_is_too_odd_and_nothing_is_made_up(text):
    found = take_apart(text, ON)
    assert set(found.comment) <= set(text) | {"\n"}
    assert found.day is None or found.day <= ON


def test_an_answer_is_one_change_that_counts_for_the_owner(asked: Asked):
    asked.customer("Acme", asked.li)
    row = recording.record(
        asked.book, {"customer": "Acme", "channel": "phone", "score": "满意", "comment": "Fine"}
    )
    assert asked.get("survey_response", row, "score", "satisfied", "attributed_to") == (
        4, Decimal("0.75"), asked.li,
    )  # fmt: skip
    assert asked.get("survey_response", row, "responded_on") == day(0)
    info = asked.book.info(asked.book.last_change)
    assert info is not None
    assert info.reason == "Record an answer of Acme"


def test_an_answer_that_says_nothing_is_refused(asked: Asked):
    with pytest.raises(Refused) as told:
        recording.record(asked.book, {"channel": "phone", "comment": "  "})
    assert told.value.code == "nothing_said"
