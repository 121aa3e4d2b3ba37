"""The shape of the command line that outside programs rely on: verbs, options, keys, statuses."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest

from desktop import __version__
from desktop.__main__ import VERBS, main
from desktop.command_line import daybook

# verb: its arguments in order (… for several), its options.
SHAPE = {
    "new": ("book", "--sample --currency"),
    "import": (
        "book files…",
        "--as --sheet --map --match --values --dates --percents --units --links --unknown --dry-run --json",
    ),
    "export": ("book target entities…", "--where --fields --view"),
    "issue": ("book people…", "--out --all --lang --without-personal --due-back --on --json"),
    "collect": ("book files…", "--take --dry-run --json"),
    "conflicts": ("book", "--all --json"),
    "resolve": ("book id value", "--comment --json"),
    "list": ("book entity", "--where --sort --limit --fields --view --json"),
    "set": ("book entity id values…", ""),
    "add": ("book entity values…", ""),
    "remove": ("book entity ids…", ""),
    "field": ("book entity name kind", ""),
    "history": ("book record…", "--limit --json"),
    "undo": ("book change", ""),
    "redo": ("book change", ""),
    "search": ("book text", "--json"),
    "views": ("book", "--json"),
    "calendar": ("book person period", "--on --json"),
    "workload": ("book period", "--on --json"),
    "freshness": ("book", "--on --json"),
    "handover": ("book person", "--to --apply --status --pack --on --json"),
    "forecast": ("book", "--on --since --period --person --json"),
    "report": ("book kind target", "--period --on --since --person --json"),
    "backtest": ("book scorecard changes…", "--cycles --adopt --json"),
    "evaluate": ("book cycle", "--person --on --json"),
    "cycle": ("book cycle", "--open --advance --advance-all --ask --colleague --json"),
    "present": ("book evaluation", "--json"),
    "sign": ("book evaluation", "--as --disagree --comment --anyway --json"),
    "seal": ("book evaluation", "--json"),
    "verify": ("book", "--json"),
    "ics": ("book person target", "--from --to --json"),
    "vcard": ("book entity ids… target", "--json"),
    "goals": ("book", "--period --on --json"),
    "today": ("book", "--on --person --team --text --json"),
    "plans": ("book", "--person --open --on --json"),
    "pool": ("book", "--on --recycle --pick --for --json"),
    "cascade": ("book goal", "--by --over --from --step --apply --renegotiate --on --json"),
    "assign": ("book task", "--all --apply --to --reason --on --json"),
    "smart": ("book goal", "--on --json"),
    "measures": ("book", "--json"),
    "measure": ("book code", "--by --period --records --json"),
    "book": ("book values…", "--json"),
    "check": ("book", "--json"),
    "backup": ("book target", ""),
    "restore": ("source target", ""),
    "backups": ("book", "--json"),
    "shot": ("book page target", "--lang --theme --size --scale --select"),
}
TABLE = {"file", "sheet", "entity", "rows", "added", "updated", "unchanged", "skipped"}


@pytest.fixture
def call(capsys):
    def run(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([str(one) for one in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def place(tmp_path, call):
    made = tmp_path / "team.daybook"
    assert call("new", made, "--currency", "USD") == (0, "", "")
    return made


@pytest.fixture
def told(call):
    """The one JSON document of a call that does what it is asked."""

    def run(*words: object):
        status, out, err = call(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    return run


def sheet(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("verb", SHAPE)
def test_every_verb_has_its_arguments_and_options(verb):
    command = daybook.commands[verb]
    arguments, options = SHAPE[verb]
    found = [
        f"{one.name}…" if one.nargs == -1 else one.name
        for one in command.params
        if isinstance(one, click.Argument)
    ]
    offered = {name for one in command.params for name in one.opts}
    assert found == arguments.split()
    assert set(options.split()) <= offered


def test_the_verbs_are_those_that_the_process_tells_from_books():
    assert set(daybook.commands) == set(SHAPE) == VERBS


def test_every_verb_explains_itself_without_a_book(call):
    for verb in SHAPE:
        status, out, err = call(verb, "--help")
        assert (status, err) == (0, "")
        assert verb in out


def test_the_version_is_said(call):
    assert call("--version") == (0, f"{__version__}\n", "")


def test_what_an_import_says_has_the_agreed_keys(told, place, tmp_path):
    source = sheet(
        tmp_path / "a.csv",
        "客户名称,城市,年营业额,色号\n甲,上海,1.5,红\n乙,北京,很多,蓝\n丙,广州,3,绿\n",
    )
    said = told("import", place, source)
    [table] = said["tables"]
    assert set(said) >= {"change", "tables"}
    assert set(table) >= TABLE | {"columns", "problems"}
    assert [set(one) for one in table["columns"]] == [{"header", "field", "confidence"}] * 4
    assert all(0 <= one["confidence"] <= 1 for one in table["columns"])
    [problem] = table["problems"]
    assert set(problem) == {"row", "column", "value", "code", "message"}
    assert (problem["row"], problem["column"], problem["value"]) == (3, "年营业额", "很多")
    assert (
        table["rows"] == table["added"] + table["updated"] + table["unchanged"] + table["skipped"]
    )


def test_a_list_is_keyed_by_field_ids_with_plain_values(told, place):
    for words in (
        ("region", "name=North"),
        ("salesperson", "name=王强", "region=North"),
        ("customer", "name=甲", "owner=王强", "annual_revenue=1.2万", "active=是", "code=007"),
        ("order", "code=1", "customer=甲", "ordered_on=2024年3月5日"),
        ("order_line", "order=1", "quantity=2", "unit_price=0.335", "discount=10%"),
        ("activity", "at=2024-03-05 09:30", "customer=甲"),
    ):
        told("add", place, *words)
    [row] = told("list", place, "customer")
    assert row["id"].startswith("CU-")
    assert {"owner", "annual_revenue", "city"} <= set(row)
    assert (row["owner"], row["annual_revenue"], row["city"]) == ("王强", "12000.00", None)
    assert (row["active"], row["code"]) == (True, "007")
    fields = "order.customer.owner.region,order.ordered_on,quantity,amount,discount"
    [row] = told("list", place, "order_line", "--fields", fields)
    assert list(row.values())[1:] == ["North", "2024-03-05", "2", "0.603", "0.1"]
    assert list(row)[1:] == fields.split(",")
    [row] = told("list", place, "activity")
    assert row["at"] == "2024-03-05T01:30:00+00:00"


def test_lists_are_sorted_filtered_and_cut(told, place):
    for name, grade in (("a", "B"), ("b", "A"), ("c", "B")):
        told("add", place, "customer", f"name={name}", f"grade={grade}")
    names = [one["name"] for one in told("list", place, "customer", "--sort", "-name")]
    assert names == ["c", "b", "a"]
    names = [one["name"] for one in told("list", place, "customer", "--sort", "grade,-name")]
    assert names == ["b", "c", "a"]
    [first] = told("list", place, "customer", "--where", "grade=B", "--limit", 1)
    assert first["name"] == "a"


def test_changes_are_said_with_their_numbers(told, place):
    added = told("add", place, "customer", "name=甲")
    changed = told("set", place, "customer", added["id"], "city=上海")
    assert set(added) == set(changed) == {"change", "id"}
    steps = told("history", place)
    assert [one["change"] for one in steps] == [changed["change"], added["change"]]
    assert {"change", "at", "author", "reason", "origin", "undone"} <= set(steps[0])
    [city] = [
        one for one in told("history", place, "customer", added["id"]) if one["field"] == "city"
    ]
    assert (city["before"], city["after"]) == (None, "上海")
    told("set", place, "customer", added["id"], "city=苏州")
    undone = told("undo", place, changed["change"])
    assert undone["target"] == changed["change"]
    [kept] = undone["kept"]
    assert (kept["id"], kept["field"], kept["value"]) == (added["id"], "city", "苏州")
    assert told("redo", place)["target"] == changed["change"]


def test_measures_are_said_with_definition_parts_and_records(told, place):
    told("add", place, "customer", "name=甲")
    told("add", place, "order", "code=1", "customer=甲", "ordered_on=2024-03-05", "amount=10.5")
    every = told("measures", place)
    assert {"code", "label", "unit", "definition", "version"} <= set(every[0])
    said = told("measure", place, "sales_amount", "--by", "customer", "--period", "2024-Q1")
    assert (said["code"], said["value"], said["by"], said["n"]) == (
        "sales_amount", "10.5", "customer", 1,
    )  # fmt: skip
    [row] = said["rows"]
    assert (row["key"], row["value"], row["n"]) == ("甲", "10.5", 1)
    [behind] = told("measure", place, "sales_amount", "--records")
    assert (behind["entity"], behind["value"]) == ("order", "10.5")
    [order] = told("list", place, "order")
    assert behind["id"] == order["id"]


def test_a_book_says_when_its_years_and_weeks_begin_and_is_told_so(told, place):
    said = told("book", place)
    assert set(said) == {
        "id", "currency", "year_starts", "week_starts", "work_calendar", "fiscal_year", "change",
        "hours_a_day", "stale_after", "assignment_weights",
    }  # fmt: skip
    assert (said["hours_a_day"], said["stale_after"]) == ("8", "5")
    assert (said["currency"], said["year_starts"], said["week_starts"]) == ("USD", 1, "monday")
    assert said["change"] is None
    said = told("book", place, "year_starts=4", "Week starts on=sunday")
    assert (said["year_starts"], said["week_starts"], said["change"]) == (4, "sunday", 1)
    assert said["fiscal_year"].startswith("FY")
    [change] = told("history", place)
    assert (change["counts"], change["origin"]) == ({"book": 1}, "command")
    told("add", place, "order", "code=1", "ordered_on=2024-03-05", "amount=10.5")
    [row] = told("measure", place, "sales_amount", "--by", "quarter")["rows"]
    assert row["key"] == "FY2023/24-Q4"
    said = told("measure", place, "sales_amount", "--period", row["key"])
    assert (said["period"], said["value"]) == (row["key"], "10.5")
    told("book", place, "year_starts=7")
    [kept] = told("undo", place, "1")["kept"]
    assert (kept["entity"], kept["id"], kept["field"], kept["value"]) == (
        "book", "", "year_starts", "7",
    )  # fmt: skip
    said = told("book", place)
    assert (said["year_starts"], said["week_starts"]) == (7, "monday")


def test_days_are_asked_for_as_people_say_them(told, place):
    told("add", place, "order", "code=1", f"ordered_on={date.today()}", "amount=1")
    for word in (
        "本月",
        "this month",
        "近30天",
        "last_30d",
        "本财年",
        "本周",
        "今年",
        "today",
        "ytd",
    ):
        assert len(told("list", place, "order", "--where", f"ordered_on={word}")) == 1, word
        assert told("measure", place, "sales_amount", "--period", word)["value"] == "1"
    for word in ("上个月", "next_week", "去年", "yesterday"):
        assert told("list", place, "order", "--where", f"ordered_on={word}") == []


def test_a_check_says_whether_all_is_well(told, place):
    said = told("check", place)
    assert said["ok"] is True
    assert all(one["ok"] for one in said["checks"])


REFUSED = [
    (("list", "{place}", "colour"), "unknown_entity", "colour"),
    (("list", "{place}", "customer", "--fields", "colour"), "unknown_field", "colour"),
    (("list", "{place}", "customer", "--sort", "colour"), "unknown_field", "colour"),
    (("list", "{place}", "customer", "--where", "name = = 1"), "bad_filter", "= 1"),
    (("list", "{place}.no", "customer"), "no_such_book", "team.daybook.no"),
    (("list", "postgresql://me:secret@host/b", "customer"), "unsupported_address", "postgresql"),
    (("add", "{place}", "customer", "name=A", "colour=red"), "unknown_field", "colour"),
    (("add", "{place}", "customer", "name=A", "employees=-7"), "too_small", "-7"),
    (("add", "{place}", "customer", "name=A", "annual_revenue=1e30"), "too_large", "1E+30"),
    (("add", "{place}", "customer", "name=A", "owner=Zoe"), "unknown_link", "Zoe"),
    (("add", "{place}", "customer", "city=A"), "required", "Customer name"),
    (("set", "{place}", "customer", "CU-000", "name=x"), "unknown_id", "CU-000"),
    (("remove", "{place}", "customer", "CU-000"), "unknown_id", "CU-000"),
    (("field", "{place}", "customer", "Size", "colour"), "unknown_kind", "colour"),
    (("field", "{place}", "customer", "Size", "link"), "required", "Links to"),
    (("field", "{place}", "customer", "Size", "choice", "--choices", "|"), "required", "Choices"),
    (("field", "{place}", "customer", "name", "text"), "field_exists", "name"),
    (("undo", "{place}", "99"), "unknown_change", "99"),
    (("undo", "{place}"), "nothing_to_undo", "nothing"),
    (("redo", "{place}"), "nothing_to_redo", "nothing"),
    (("measure", "{place}", "luck"), "unknown_measure", "luck"),
    (("measure", "{place}", "won_count", "--by", "luck"), "unknown_breakdown", "luck"),
    (("measure", "{place}", "won_count", "--period", "luck"), "bad_period", "luck"),
    (("measure", "{place}", "won_count", "--where", "luck=1"), "unknown_field", "luck"),
    (("book", "{place}", "colour=red"), "unknown_field", "colour"),
    (("book", "{place}", "year_starts=13"), "unknown_choice", "13"),
    (("book", "{place}", "currency=EUR"), "fixed_currency", "currency"),
    (("list", "{place}", "book"), "unknown_entity", "book"),
    (("export", "{place}", "{folder}/a.pdf", "customer"), "unknown_format", "a.pdf"),
    (("import", "{place}", "{folder}/none.csv"), "no_such_file", "none.csv"),
    (("import", "{place}", "{sheet}", "--as", "colour"), "unknown_entity", "colour"),
    (("import", "{place}", "{sheet}", "--map", "城市=colour"), "unknown_field", "colour"),
    (("import", "{place}", "{sheet}", "--map", "colour=city"), "unknown_column", "colour"),
    (("import", "{place}", "{sheet}", "--sheet", "colour"), "no_such_sheet", "colour"),
    (("import", "{place}", "{sheet}", "--encoding", "colour"), "unknown_encoding", "colour"),
    (("import", "{place}", "{sheet}", "--values", "colour:a=b"), "unknown_field", "colour"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code", "named"), REFUSED, ids=lambda one: str(one)[:60])
def test_a_refusal_names_what_is_wrong_on_both_channels_and_changes_nothing(
    call, place, tmp_path, words, code, named
):
    source = sheet(tmp_path / "客户.csv", "客户名称,城市\n甲,上海\n")
    given = [one.format(place=place, folder=tmp_path, sheet=source) for one in words]
    before = place.read_bytes()
    status, out, err = call(*given, "--json")
    assert status == 1
    assert json.loads(out)["error"]["code"] == code
    assert set(json.loads(out)["error"]) >= {"code", "message", "file"}
    assert named in json.loads(out)["error"]["message"]
    assert named in err
    assert "secret" not in out + err
    assert place.read_bytes() == before
    status, out, err = call(*given)
    assert (status, out) == (1, "")
    assert named in err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "{place}"),
        ("list", "{place}", "customer", "--colour"),
        ("list", "{place}", "customer", "--limit", "few"),
        ("set", "{place}", "customer", "CU-000"),
        ("add", "{place}", "customer", "name"),
        ("undo", "{place}", "last"),
        ("history", "{place}", "customer"),
        ("import", "{place}"),
        ("import", "{place}", "a.csv", "--match", "guess"),
        ("export", "{place}", "a.xlsx"),
        ("shot", "{place}", "customers", "a.png", "--size", "big"),
        ("lst", "{place}"),
        ("frobnicate",),
        ("demo", "{place}"),
        ("{place}", "--colour"),
    ],
    ids=" ".join,
)
def test_wrong_usage_gives_status_two_and_says_so_beside_the_output(call, place, words):
    status, out, err = call(*(one.format(place=place) for one in words))
    assert (status, out) == (2, "")
    assert err.strip()


def test_a_book_may_be_named_by_an_address(told, place):
    told("add", place, "customer", "name=甲")
    assert len(told("list", f"sqlite:///{place}", "customer")) == 1


def test_verbs_run_without_the_window_library(place):
    code = (
        "import sys\nfrom desktop.__main__ import main\n"
        f"status = main(['list', {str(place)!r}, 'customer', '--json'])\n"
        "print(status, [one for one in sys.modules if one.startswith(('PySide6', 'matplotlib'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.splitlines()[-1] == "0 []"
