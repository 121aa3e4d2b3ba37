"""What words suggest of a comment is what a reader finds in it; better no theme than a wrong one."""

from __future__ import annotations

import pytest

from models.satisfaction import themes
from tests.satisfaction.comments import COMMENTS, THEMES, UNSEEN


def compared(comments: tuple[tuple[str, str], ...]) -> tuple[float, float]:
    """Of what is suggested how much is right, and of what is right how much is suggested."""
    letters = {label: letter for letter, label in THEMES.items()}
    called = {one.text(): letters[one.label] for one in themes.THEMES}
    right = suggested = wanted = 0
    for text, said in comments:
        found = {called[name] for name in themes.proposed(text)}
        right += len(found & set(said))
        suggested += len(found)
        wanted += len(said)
    return right / suggested, right / wanted


@pytest.mark.parametrize(("comments", "recall"), [(COMMENTS, 0.9), (UNSEEN, 0.8)])
def test_suggested_themes_are_right_and_few_are_missed(comments, recall):
    precision, found = compared(comments)
    assert precision >= 0.97
    assert found >= recall


@pytest.mark.parametrize(
    "text",
    ["没有不满意", "没有意见", "等了解清楚再下单", "感谢贵公司的支持", "We will order later", "The latest model", "Responsible people"],
)  # fmt: skip
def test_words_inside_other_words_suggest_nothing(text):
    assert themes.proposed(text) == ()


def test_a_negation_is_about_the_same_thing():
    assert themes.proposed("发货不慢") == themes.proposed("发货慢")
    assert themes.proposed("没有质量问题") == themes.proposed("质量问题多")
