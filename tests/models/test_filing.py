"""How people file names: digits by value, latin letters, then Chinese by pinyin."""

from __future__ import annotations

from models.names import sort_key


def test_names_are_filed_by_value_letter_and_pinyin():
    filed = ["9号", "10号", "a", "A2", "a10", "B", "北京", "单氏2", "单氏10", "单氏机械", "上海"]
    assert sorted(set(filed), key=sort_key) == filed


def test_numbers_are_equal_however_many_zeros_stand_before_them():
    assert sort_key("店007") == sort_key("店7")
    assert sort_key("店7") < sort_key("店70") < sort_key("店700") < sort_key("店甲")
