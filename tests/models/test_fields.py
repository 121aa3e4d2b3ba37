"""Fields: every kind reads what people type, shows it in both languages, refuses in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from models import texts
from models.book import Book
from models.describe.field import Choice, Field
from models.describe.fields import choice, integer, money, percent, text
from models.describe.kinds import KINDS
from models.refusals import Refused

OFFERS = (Choice("open", "Open", ("进行中",)), Choice("won", "Won", ("赢单", "成交")))
D = Decimal

# What people type, and what it means.
READ: dict[str, dict[str, Any]] = {
    "text": {" 张三 ": "张三", "0571": "0571", "1E5": "1E5", "是": "是", "=1+1": "=1+1"},
    "long_text": {"a\nb": "a\nb", "  x  ": "x"},
    "code": {"007": "007", "ＡＢ０１": "AB01", "13085.0": "13085", "SO-1": "SO-1", "1.50": "1.50"},
    "phone": {
        "+86 138 0013 8000": "13800138000",
        "0086-0571-88888888": "0571-88888888",
        "138-0013-8000": "13800138000",
        "010-88886666": "010-88886666",
        "１３８００１３８０００": "13800138000",
        "+1 (202) 555-0101": "+1 (202) 555-0101",
    },
    "email": {"a@b.cn": "a@b.cn", " li.si@example.com ": "li.si@example.com"},
    "tags": {"老客户，重点、老客户": "老客户, 重点", "a;b|c": "a, b, c", "one": "one"},
    "choice": {"won": "won", "Won": "won", "WON": "won", "成交": "won", "进行中": "open"},
    "integer": {"1,234": 1234, "２０": 20, "1.2万": 12_000, "35人": 35, "-7": -7, "1e3": 1000},
    "number": {
        "1,234.50": D("1234.5"),
        "１．５": D("1.5"),
        "(500)": D(-500),
        "1.2万": D(12_000),
        "3亿": D(300_000_000),
        "1,2345": D(12_345),
        "2.5E-3": D("0.0025"),
        "-0.000001": D("-0.000001"),
        "−5": D(-5),
        ".5": D("0.5"),
    },
    "money": {
        "¥1,234.50": D("1234.5"),
        "￥１２": D(12),
        "$1,000": D(1000),
        "-¥5": D(-5),
        "¥-5": D(-5),
        "（500）": D(-500),
        "12元": D(12),
        "1.2万元": D(12_000),
        "RMB 300": D(300),
        "5k": D(5000),
    },
    "percent": {"15%": D("0.15"), "15％": D("0.15"), "0.15": D("0.15"), "１２.５%": D("0.125")},
    "date": {
        "2024-03-05": date(2024, 3, 5),
        "2024年3月5日": date(2024, 3, 5),
        "2024.3.5": date(2024, 3, 5),
        "2024/3/5": date(2024, 3, 5),
        "２０２４－３－５": date(2024, 3, 5),
        "20240305": date(2024, 3, 5),
        "24-3-5": date(2024, 3, 5),
        "5 Mar 2024": date(2024, 3, 5),
        "March 5, 2024": date(2024, 3, 5),
        "2024年3月5日 星期二": date(2024, 3, 5),
        "45356": date(2024, 3, 5),
        "0001-01-01": date(1, 1, 1),
        "9999-12-31": date(9999, 12, 31),
    },
    "instant": {
        "2024-03-05 09:30": datetime(2024, 3, 5, 1, 30, tzinfo=UTC),
        "2024年3月5日 下午3:05": datetime(2024, 3, 5, 7, 5, tzinfo=UTC),
        "2024-03-05T01:30:15Z": datetime(2024, 3, 5, 1, 30, 15, tzinfo=UTC),
        "2024/3/5 9:30 pm": datetime(2024, 3, 5, 13, 30, tzinfo=UTC),
        "2024-03-05": datetime(2024, 3, 4, 16, 0, tzinfo=UTC),
    },
    "flag": {
        **dict.fromkeys(["是", "√", "Y", "yes", "TRUE", "1", "启用", "１"], True),
        **dict.fromkeys(["否", "×", "n", "No", "false", "0", "停用"], False),
    },
    "period": {
        "2017-Q4": "2017-Q4",
        "2017年第四季度": "2017-Q4",
        "2017年10月": "2017-10",
        "2017-10-01..2017-10-31": "2017-10-01..2017-10-31",
        "2017": "2017",
    },
    "recurrence": {
        "每周一三五": "every week on Mon, Wed, Fri",
        "每月最后一个工作日，遇休息日提前，共１０次": "every month on the last working day, days off: previous working day, 10 times",
        "Every other Friday": "every 2 weeks on Fri",
        "every year on March 1": "every year on 1 Mar",
    },
    "link": {},  # found among the records of a book
}
# What is not of the kind, and the code of the refusal.
REFUSED = {
    "code": {"1.38E+10": "damaged_number"},
    "phone": {"无号码": "not_a_phone", "12": "not_a_phone", "1.38E+10": "damaged_number"},
    "email": {"a.b.cn": "not_an_email", "a@b": "not_an_email", "a b@c.d": "not_an_email"},
    "choice": {"maybe": "unknown_choice"},
    "integer": {"1.5": "not_whole", "many": "not_a_number", "12a": "not_a_number"},
    "number": {"12,34": "not_a_number", "1.2.3": "not_a_number", "很多": "not_a_number",
               "(5": "not_a_number", "inf": "not_a_number", "nan": "not_a_number"},
    "money": {"about 5": "not_a_number", "5元7": "not_a_number"},
    "percent": {"half": "not_a_number"},
    "date": {"2024-02-30": "not_a_date", "soon": "not_a_date", "5": "not_a_date",
             "2024-13-01": "not_a_date"},
    "instant": {"2024-03-05 25:00": "not_a_date", "later": "not_a_date"},
    "flag": {"maybe": "not_a_flag", "2": "not_a_flag"},
    "period": {"soon": "not_a_period", "2017-Q5": "not_a_period"},
    "recurrence": {"尽快": "not_a_recurrence", "every": "not_a_recurrence", "每周八": "not_a_recurrence",
                   "每年2月30日": "not_a_recurrence", "2024-03-05": "not_a_recurrence"},
}  # fmt: skip
SHOWN: list[tuple[str, Any, str, str]] = [
    ("flag", True, "Yes", "是"),
    ("flag", False, "No", "否"),
    ("money", D("1234.5"), "¥1,234.50", "¥1,234.50"),
    ("money", D("-0.335"), "-¥0.335", "-¥0.335"),
    ("number", D("1234567.5"), "1,234,567.5", "1,234,567.5"),
    ("number", D("-0.5"), "-0.5", "-0.5"),
    ("number", D("-1234"), "-1,234", "-1,234"),
    ("percent", D("0.125"), "12.5%", "12.5%"),
    ("integer", 1234, "1234", "1234"),
    ("date", date(2024, 3, 5), "2024-03-05", "2024-03-05"),
    ("instant", datetime(2024, 3, 5, 1, 30, tzinfo=UTC), "2024-03-05 09:30", "2024-03-05 09:30"),
    ("choice", "won", "Won", "赢单"),
    ("tags", "a, b", "a, b", "a, b"),
    ("recurrence", "every 2 weeks on Fri", "every 2 weeks on Fri", "每2周周五"),
    ("recurrence", "whenever", "whenever", "whenever"),
    ("money", None, "", ""),
]


def field(kind: str) -> Field:
    return Field("f", kind, "Amount", choices=OFFERS if kind == "choice" else ())


def pairs(table: dict[str, dict[str, Any]]) -> list[tuple[str, str, Any]]:
    return [(kind, raw, said) for kind, found in table.items() for raw, said in found.items()]


def test_every_kind_is_tried():
    assert set(READ) == set(KINDS)
    assert set(REFUSED) == set(KINDS) - {"text", "long_text", "tags", "link"}


@pytest.mark.parametrize(("kind", "raw", "value"), pairs(READ))
def test_what_people_type_is_read(kind, raw, value):
    found = KINDS[kind].parse(field(kind), raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(("kind", "raw", "value"), pairs(READ))
def test_what_was_read_is_stored_and_edited_as_the_same_value(kind, raw, value):
    one = KINDS[kind]
    assert one.load(one.store(value)) == value
    for language in texts.LANGUAGES:
        texts.set_language(language)
        again = one.parse(field(kind), one.edited(field(kind), value))
        assert again == (value.replace(second=0) if kind == "instant" else value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("blank", [None, "", "   ", "\t\n", "\u3000"])
def test_nothing_is_read_as_nothing(kind, blank):
    assert KINDS[kind].parse(field(kind), blank) is None


@pytest.mark.parametrize(("kind", "raw", "code"), pairs(REFUSED))
def test_what_is_not_of_the_kind_is_refused_by_name_in_both_languages(kind, raw, code):
    with pytest.raises(Refused) as refused:
        KINDS[kind].parse(field(kind), raw)
    assert refused.value.code == code
    said = set()
    for language in texts.LANGUAGES:
        texts.set_language(language)
        assert raw in str(refused.value)
        said.add(str(refused.value))
    assert len(said) == len(texts.LANGUAGES)


@pytest.mark.parametrize(("kind", "value", "english", "chinese"), SHOWN)
def test_values_are_shown_in_both_languages(kind, value, english, chinese):
    offers = (Choice("won", "Won", ("赢单",)),)
    one = Field("f", kind, "Amount", choices=offers if kind == "choice" else ())
    for language, wanted in (("en", english), ("zh_CN", chinese)):
        texts.set_language(language)
        assert KINDS[kind].show(one, value, "CNY") == wanted


@pytest.mark.parametrize(
    ("one", "raw", "code"),
    [
        (integer("n", "Employees", minimum=D(0)), "-1", "too_small"),
        (integer("n", "Founded", maximum=D(2200)), "2201", "too_large"),
        (percent("n", "Discount"), "101%", "too_large"),
        (percent("n", "Discount"), "-0.01", "too_small"),
        (integer("n", "Employees"), "9223372036854775808", "too_large"),
        (money("n", "Amount"), "9223372036855", "too_large"),
        (money("n", "Amount"), "-1e400", "too_large"),
        (choice("n", "Status", OFFERS), "lost", "unknown_choice"),
    ],
)  # fmt: skip
def test_rules_refuse_with_the_value_in_both_languages(one, raw, code):
    with pytest.raises(Refused) as refused:
        KINDS[one.kind].parse(one, raw)
    assert refused.value.code == code
    value = refused.value.values["value"]
    for language in texts.LANGUAGES:
        texts.set_language(language)
        assert str(value) in str(refused.value)


def test_the_largest_amounts_are_kept_exactly():
    one = money("n", "Amount")
    for raw in ("9223372036854", "-9223372036853.999999", "0.000001"):
        value = KINDS["money"].parse(one, raw)
        assert KINDS["money"].load(KINDS["money"].store(value)) == D(raw)


def add(book: Book, entity: str, **values: Any) -> int:
    with book.change("add") as change:
        return change.add(entity, values)


def test_a_required_field_is_asked_for_when_adding_and_never_emptied(tmp_path):
    with Book.create(tmp_path / "one.daybook") as book:
        with pytest.raises(Refused, match="Customer name must be filled in"):
            add(book, "customer", city="上海")
        id = add(book, "customer", name="甲")
        texts.set_language("zh_CN")
        with pytest.raises(Refused, match="客户名称必须填写"):
            book.set("customer", id, {"name": " "})
        assert book.record("customer", id)["name"] == "甲"
        assert book.count("customer") == 1


def test_plain_text_fields_take_what_would_be_a_formula():
    assert KINDS["text"].parse(text("t", "Text"), "=1+1") == "=1+1"
