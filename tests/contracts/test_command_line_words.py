"""What the verbs say of themselves follows the language, the words of click too."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import click
import pytest

from desktop import click_words
from desktop.__main__ import VERBS, main
from desktop.command_line import daybook
from desktop.printing import table, wide, wrapped
from models import texts

HAN = re.compile(r"[\u4e00-\u9fff]")
# What click says to who declares verbs, and about kinds of options that no verb has.
UNSAID = re.compile(
    r"deprecated|Deprecation|defined twice|declaration|declare an argument|Boolean option"
    r"|Invalid start|must be an iterable|Takes \{nargs\}|values are required|dynamic|env var"
    r"|UUID|boolean|the format|\{name\} \{filename|^(?:file|directory|path)$|Could not open"
    r"|unknown error|Choice\(|Aborted|prompting|Do you want|param_type|param_name|%\(prog\)s"
    r"|Show this|Show the|Usage:|is not \{choice\}\.|requires an argument|extra argument \("
)  # fmt: skip


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setenv("DAYBOOK_LANG", "zh_CN")
    before = texts.language()
    texts.set_language("zh_CN")
    yield
    texts.set_language(before)


@pytest.fixture
def place(tmp_path, call):
    made = tmp_path / "team.daybook"
    assert call("new", made, "--currency", "USD") == (0, "", "")
    return made


def helps() -> dict[str, str | None]:
    """Every help text in the language in force, by what it is the help of."""
    found: dict[str, str | None] = {"daybook": daybook.help}
    for name, command in daybook.commands.items():
        found[name] = command.help
        found |= {f"{name} {one.name}": one.help for one in command.params}
    return found


def test_every_verb_argument_and_option_says_what_it_is():
    assert [place for place, text in helps().items() if not text] == []


def test_no_help_is_left_in_english(chinese):
    assert [place for place, text in helps().items() if not HAN.search(text or "")] == []


def test_what_stands_for_a_value_is_chinese_too(chinese):
    left = [
        f"{name} {one.name}: {one.metavar}"
        for name, command in daybook.commands.items()
        for one in command.params
        if not isinstance(one.type, click.Choice)
        and not getattr(one, "is_flag", False)
        and not HAN.search(one.metavar or "")
    ]
    assert left == []


@pytest.mark.parametrize("words", [("--help",), *[(one, "--help") for one in sorted(VERBS)]])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_page_of_help_is_of_one_language_and_fits_a_terminal(call, monkeypatch, language, words):
    monkeypatch.setenv("DAYBOOK_LANG", language)
    status, out, err = call(*words)
    assert (status, err) == (0, "")
    assert [line for line in out.splitlines() if wide(line) > 80] == []
    english = re.findall(r"Usage|Options|arguments|Commands|default|Show|BOOK|VERB", out)
    assert bool(english) is (language == "en")
    heads = [line for line in out.splitlines() if re.fullmatch(r"\S+[:：]", line)]
    assert all(bool(HAN.search(one)) is (language != "en") for one in heads)


def test_help_is_the_same_whatever_was_said_before(call, monkeypatch):
    pages = []
    for language in ("en", "zh_CN", "en", "zh_CN"):
        monkeypatch.setenv("DAYBOOK_LANG", language)
        pages.append(call("list", "--help"))
    assert pages[0] == pages[2] != pages[1] == pages[3]


def test_all_that_click_can_say_is_in_the_catalogue():
    said = []
    for module in click_words._MODULES:
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "ngettext"):
                said += [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
    assert len(said) > 40
    known = texts.catalogue("zh_CN")
    assert [one for one in said if one not in known and not UNSAID.search(one)] == []


WRONG = [
    (("list", "{place}"), "缺少参数"),
    (("list", "{place}", "customer", "--colour"), "没有选项 --colour"),
    (("list", "{place}", "customer", "--limt", "3"), "是否想写 '--limit'"),
    (("list", "{place}", "customer", "--limit"), "选项 --limit 需要 1 个值"),
    (("list", "{place}", "customer", "--limit", "few"), "“few”不是整数"),
    (("list", "{place}", "customer", "--limit", "-3"), "-3 不在范围"),
    (("list", "{place}", "customer", "--json=1"), "选项 --json 不带值"),
    (("list", "{place}", "customer", "more"), "多出的参数（more）"),
    (("import", "{place}", "a.csv", "--match", "guess"), "“guess”不是下列之一"),
    (("undo", "{place}", "last"), "“last”不是整数"),
    (("shot", "{place}", "team", "a.png", "--size", "big"), "“big”不符合"),
    (("shot", "{place}", "team", "a.png", "--scale", "big"), "“big”不是数字"),
    (("history", "{place}", "customer"), "类型 编号"),
    (("lst", "{place}"), "是否想写 list"),
    (("frobnicate",), "既不是命令，也不是业务簿"),
]


@pytest.mark.parametrize(("words", "said"), WRONG, ids=lambda one: str(one)[:50])
def test_wrong_usage_is_said_in_chinese(call, place, chinese, words, said):
    status, out, err = call(*(one.format(place=place) for one in words))
    assert (status, out) == (2, "")
    assert said in err
    assert [line for line in err.splitlines() if line and not HAN.search(line)] == []


def test_the_language_changes_no_document_and_no_status(call, place, monkeypatch):
    for words in (
        ("add", place, "customer", "name=甲", "annual_revenue=5"),
        ("add", place, "order", "code=1", "customer=甲", "ordered_on=2024-03-05", "amount=10.5"),
    ):
        assert call(*words)[0] == 0
    asked = [
        ("list", place, "customer", "--json"),
        ("history", place, "--json"),
        ("measure", place, "order_count", "--by", "month", "--json"),
        ("measure", place, "sales_amount", "--records", "--json"),
        ("search", place, "甲", "--json"),
    ]
    told = []
    for language in ("en", "zh_CN"):
        monkeypatch.setenv("DAYBOOK_LANG", language)
        told.append([(call(*words)[0], json.loads(call(*words)[1])) for words in asked])
    for one in told[0] + told[1]:
        if isinstance(one[1], dict):  # they say what they mean in the language of the reader
            one[1].pop("label"), one[1].pop("definition")
    assert told[0] == told[1]


@pytest.fixture
def filled(call, place):
    for words in (
        ("salesperson", "name=王强"),
        ("customer", "name=甲公司", "owner=王强", "annual_revenue=-1234567.5", "active=no"),
        ("customer", "name=Acme", "annual_revenue=5"),
        ("opportunity", "name=项目", "customer=Acme", "status=won", "closed_on=2024-03-05"),
        ("order", "code=1", "customer=Acme", "owner=王强", "ordered_on=2024-03-05", "amount=1000"),
    ):
        assert call("add", place, *words)[0] == 0, words
    return place


def starts(line: str) -> list[int]:
    """Where the columns of a line begin, in columns of a terminal."""
    return [wide(line[: found.start()]) for found in re.finditer(r"(?<=  )\S|^\S", line)]


def test_a_list_is_headed_in_chinese_and_stands_in_columns(call, filled, chinese):
    status, out, _ = call("list", filled, "客户", "--fields", "id,name,年营业额,active,负责人")
    assert status == 0
    head, *rows = out.splitlines()
    assert head.split() == ["业务簿编号", "客户名称", "年营业额", "启用", "负责人"]
    [ours] = [one for one in rows if "甲公司" in one]
    assert ours.split()[1:] == ["甲公司", "-$1,234,567.50", "否", "王强"]
    assert starts(ours)[3:] == starts(head)[3:]
    ends = {wide(one[: one.index(word) + len(word)]) for one, word in ((head, "额"), (ours, ".50"))}
    assert len(ends) == 1  # amounts end where their head ends


def test_what_was_done_is_told_in_words(call, filled, chinese):
    [row] = json.loads(call("list", filled, "customer", "--where", "name=甲公司", "--json")[1])
    for city in ("上海", "苏州"):
        assert call("set", filled, "客户", row["id"], f"城市={city}", "年营业额=2")[0] == 0
    status, out, _ = call("undo", filled, "6")
    assert status == 0
    assert out.splitlines()[-1].split() == ["客户", row["id"], "甲公司", "城市", "苏州"]
    head, *steps = call("history", filled)[1].splitlines()
    assert head.split() == ["号码", "时间", "操作人", "类型", "内容"]
    assert [one.split()[4] for one in steps[:3]] == ["撤销", "更改", "已撤销"]
    told = call("history", filled, "客户", row["id"])[1]
    assert "更改前" in told
    assert "已添加" in told
    assert "城市" in told
    assert "-$1,234,567.50" in told
    assert not re.search(r"alive|None|city|annual_revenue", told)


def test_numbers_are_told_with_their_units(call, filled, chinese):
    assert call("measure", filled, "销售额")[1].split()[-2:] == ["$1,000.00", "1"]
    shown = call("book", filled)[1]
    assert ("多久后催交工作簿" in shown, "每日工时" in shown) == (True, True)
    assert call("measure", filled, "赢单率", "--by", "业务员")[1].split()[-2:] == ["100.0%", "1"]
    told = call("measure", filled, "sales_amount", "--records", "--by", "person")[1]
    assert told.splitlines()[0].split() == ["类型", "业务簿编号", "业务员", "销售额"]
    assert "王强" in told.splitlines()[1]
    head, first, *_ = call("measures", filled)[1].splitlines()
    assert head.split() == ["代码", "指标", "单位", "定义"]
    assert first.split()[:3] == ["won_amount", "赢单金额", "金额"]


def test_a_check_is_told_in_words(call, place, chinese):
    head, *rows = call("check", place)[1].splitlines()
    assert head.split() == ["状态", "检查项", "结果"]
    assert {tuple(one.split()[:2]) for one in rows} == {("✓", "正常")}
    assert not any("ok" in one for one in rows)


NAMED = [
    (("list", "{place}", "客户资料"), ["客户（customer）？", "订单（order）"]),
    (("list", "{place}", "客户", "--where", "客户名稱X=1"), ["客户（customer）", "客户名称（name）？"]),
    (("list", "{place}", "客户", "--sort", "annual_revenu"), ["是否想写 年营业额（annual_revenue）？"]),
    (("list", "{place}", "客户", "--fields", "城市.名称"), ["城市（city）", "负责人（owner）"]),
    (("add", "{place}", "客户", "anual_revenue=1"), ["是否想写 年营业额（annual_revenue）？"]),
    (("field", "{place}", "客户", "尺寸", "文字本"), ["文本（text）"]),
    (("measure", "{place}", "赢单"), ["赢单率（win_rate）"]),
    (("measure", "{place}", "win_rate", "--by", "persn"), ["是否想写 业务员（person）？"]),
    (("import", "{place}", "{sheet}", "--map", "城市=annual_revenu"), ["年营业额（annual_revenue）？"]),
    (("import", "{place}", "{sheet}", "--values", "ownr:a=b"), ["是否想写 负责人（owner）？"]),
    (("import", "{place}", "{sheet}", "--as", "custmer"), ["是否想写 客户（customer）？"]),
]  # fmt: skip


@pytest.mark.parametrize(("words", "named"), NAMED, ids=lambda one: str(one)[:60])
def test_a_refusal_names_label_and_id_and_what_was_probably_meant(
    call, place, tmp_path, chinese, words, named
):
    source = tmp_path / "a.csv"
    source.write_text("客户名称,城市\n甲,上海\n", encoding="utf-8")
    status, out, err = call(*(one.format(place=place, sheet=source) for one in words))
    assert (status, out) == (1, "")
    assert [one for one in named if one not in err] == []


def test_an_id_is_left_out_where_it_says_no_more_than_the_label(call, place):
    _, _, err = call("list", place, "customer", "--where", "ctiy=Leeds")
    assert "Did you mean city?" in err
    assert "Customer name (name)" in err


def test_kinds_of_records_and_of_columns_may_be_called_by_their_labels(call, place, chinese):
    assert call("field", place, "客户", "主管部门", "关联", "--target", "团队")[0] == 0
    assert call("add", place, "团队", "name=一组")[0] == 0
    assert call("add", place, "客户", "客户名称=甲", "主管部门=一组")[0] == 0
    [row] = json.loads(call("list", place, "客户", "--fields", "主管部门", "--json")[1])
    assert row["主管部门"] == "一组"
    assert call("remove", place, "客户", row["id"])[0] == 0
    target = place.with_name("out.xlsx")
    assert call("export", place, target, "客户", "团队")[0] == 0


def test_lines_are_broken_where_a_terminal_ends():
    text = "导入表格，算一次更改：全部导入（或完全不导入），见 README 第 3 节。"
    lines = wrapped(text, 12)
    assert max(map(wide, lines)) <= 14  # a mark stays with the character before it
    assert [one for one in lines if one[0] in "，。：（）"[:3] + "）"] == []
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("", 7) == []


def test_rows_of_nothing_print_nothing(capsys):
    table([])
    assert capsys.readouterr().out == ""
