"""Described once: a field that is declared is everywhere, and the generic screens name none."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.describe.entities import ENTITIES
from models.describe.kinds import KINDS
from ui.navigation import PAGES

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "grid", "journal and undo", "form", "new record", "filter", "sort", "search", "palette",
    "export and coming back", "export of what is seen", "import of a foreign sheet",
    "command line", "as it was", "paste and replace",
)  # fmt: skip
# Quick entry is one entity's own form; it stands among the dialogs because all pages offer it.
OF_ONE_ENTITY = {
    "ui/dialogs/quick_entry.py", "ui/dialogs/cascade_dialog.py", "ui/dialogs/new_goal.py",
    "ui/dialogs/goal_reason.py", "ui/dialogs/new_task.py", "ui/dialogs/from_template.py",
    "ui/dialogs/blocked.py", "ui/dialogs/waiting_requests.py",
    "ui/dialogs/plan_follow_up.py", "ui/dialogs/follow_up_done.py", "ui/dialogs/pool_acts.py",
    "ui/dialogs/to_phone.py", "ui/dialogs/hand_over.py", "ui/dialogs/blocked_reason.py",
    "ui/dialogs/assign_reading.py", "ui/dialogs/assign.py", "ui/dialogs/leave_decision.py",
    "ui/dialogs/ruling.py", "ui/dialogs/new_claim.py", "ui/dialogs/new_customer.py",
    "ui/dialogs/issue_workbooks.py", "ui/dialogs/cite_records.py", "ui/dialogs/rate_items.py",
    "ui/dialogs/rate_item.py", "ui/dialogs/evaluation_asks.py", "ui/dialogs/ask_colleagues.py",
    "ui/dialogs/evaluation_appeals.py", "ui/dialogs/sign_evaluation.py",
    "ui/dialogs/open_cycle.py", "ui/dialogs/later_changes.py", "ui/dialogs/adopt_rule.py",
    "ui/dialogs/customer_answer.py", "ui/dialogs/plan_verdict.py", "ui/dialogs/propose_plans.py",
    "ui/dialogs/give_feedback.py", "ui/dialogs/hold_talk.py", "ui/dialogs/recognise.py",
}  # fmt: skip
# Words that some entity calls a field by and that mean other things as well: names of widgets in
# the style sheet, of parts of what is kept, of columns of every entity.
WORDS = {
    "title", "primary", "active", "order", "name", "kind", "code", "at", "place", "unit", "note", "target",
    "entity", "label", "default", "definition", "formula", "choices", "status", "position", "day", "chosen",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("added")
    done = subprocess.run(
        [sys.executable, "-m", "tests.contracts.added_field", str(folder)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("part", PARTS)
def test_a_field_that_is_declared_in_one_line_is_there_without_any_other_change(told, part):
    assert told[part] == ""


def test_every_part_is_asked(told):
    assert tuple(told) == PARTS


def generic() -> list[Path]:
    """The screens that show any entity."""
    found = [*(ROOT / "ui" / "records").glob("*.py"), *(ROOT / "ui" / "dialogs").glob("*.py")]
    named = [one for one in found if one.relative_to(ROOT).as_posix() not in OF_ONE_ENTITY]
    assert len(named) > 25
    return sorted(named)


def concrete() -> set[str]:
    """The ids of the entities that people see, and of their fields."""
    seen = [one for one in ENTITIES if not one.system]
    every = {one.id for one in seen} | {field.id for one in seen for field in one.fields}
    return every - WORDS - KINDS.keys()


def named_in(text: str) -> list[str]:
    """The entities and fields that a program text names."""
    names = concrete()
    return [
        f"line {one.lineno}: {one.value!r}"
        for one in ast.walk(ast.parse(text))
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
        if names & set(one.value.split("."))
    ]


@pytest.mark.parametrize("file", generic(), ids=lambda one: one.name)
def test_no_generic_screen_names_an_entity_or_a_field_of_one(file):
    assert named_in(file.read_text(encoding="utf-8")) == []


def test_a_screen_that_names_one_is_noticed():
    assert named_in('book.rows("customer", ids, ["owner.name", "title"])') == [
        "line 1: 'customer'",
        "line 1: 'owner.name'",
    ]
    assert named_in((ROOT / "ui/pages/team.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", generic(), ids=lambda one: one.name)
def test_no_generic_screen_knows_where_an_entity_is_declared_or_a_page(file):
    names = {f"models.{one}" for one in ("customers", "people", "sales")} | {
        page.module for page in PAGES
    }
    found = [
        name
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(one, ast.ImportFrom | ast.Import)
        for name in ([one.module or ""] if isinstance(one, ast.ImportFrom) else [])
        + [each.name for each in one.names]
        if any(name == wrong or name.startswith(wrong + ".") for wrong in names)
    ]
    assert found == []
