"""Workbooks that came back, on the screen: what a person sees of them, decides, applies and takes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.acting import button, click, drop, settle, write
from tests.ui.returned import edited, issued
from ui.dialogs.import_review import ImportReview
from ui.dialogs.other_value import OtherValue
from ui.pages.workbook_slip import DONE, FAILED, READY
from ui.workbook_desk import Desk

FIRST, SECOND, THIRD, FOURTH = (
    "江苏单氏机械有限公司", "上海曾记食品有限公司", "北京欧阳科技有限公司", "Acme Tools Ltd",
)  # fmt: skip


class Team:
    """A window at the returned workbooks, and the book behind it."""

    def __init__(self, qtbot, window, folder) -> None:
        self.qtbot, self.window, self.folder = qtbot, window, folder
        self.book = window.session.book
        self.page = window.page("workbooks")
        self.page.list_of("returned")
        self.review = self.page.own["returned"]

    def settle(self) -> None:
        """Until nothing runs, also what waits for keys to rest."""
        for _ in range(3):
            self.qtbot.wait(180)
            settle(self.qtbot, self.window)

    def add(self, *paths) -> None:
        self.review.add(list(paths))
        self.settle()

    def key(self, key) -> None:
        self.qtbot.keyClick(self.review.tree, key)
        QApplication.processEvents()

    def set(self, customer: str, **values: object) -> None:
        with self.book.change("edit") as change:
            change.set("customer", self.row(customer), values)

    def row(self, customer: str) -> int:
        [row] = self.book.ids("customer", f'name="{customer}"')
        return row

    def value(self, customer: str, field: str):
        return self.book.record("customer", self.row(customer))[field]

    def choose(self, customer: str, field: str = "") -> None:
        tree = self.review.tree
        for _, lines in tree.rows.groups:
            for one in lines:
                if one.label == customer and (not field or one.field == field):
                    tree.setCurrentIndex(tree.rows.index_of(one.id))
                    return
        raise AssertionError((customer, field, tree.rows.groups))

    def lines(self) -> list[tuple[str, str, str, str, str]]:
        """What the tree shows, line by line, from the change to the result."""
        rows = self.review.tree.rows
        made = []
        for at in range(rows.rowCount()):
            above = rows.index(at, 0)
            for row in range(rows.rowCount(above)):
                made.append(tuple(rows.index(row, column, above).data() for column in range(5)))
        return made

    def files(self) -> list[tuple[str, str]]:
        """The list at the left: whose and how far."""
        return [(one.title, one.state_text()) for one in self.review.desk.slips]


@pytest.fixture
def team(qtbot, window, tmp_path) -> Team:
    made = Team(qtbot, window, tmp_path)
    made.settle()
    return made


@pytest.fixture
def back(team):
    """王强's workbook: a city and a grade changed, a city that the book changed too."""
    [path] = issued(team.book, team.folder / "out", "王强")
    edited(path, {(FIRST, "City"): "苏州", (SECOND, "City"): "南京", (THIRD, "Grade"): "C"})
    team.set(FIRST, city="无锡")
    team.add(path)
    return path


def test_a_file_is_listed_with_its_person_its_age_and_what_there_is_to_decide(team, back):
    [item] = [team.review.list.item(at) for at in range(team.review.list.count())]
    assert item.text().startswith("王强, To decide, issued ")
    assert item.text().endswith("3 changes · 1 to decide")
    assert team.review.head.text() == "王强"
    assert back.name in team.review.sums.text()


def test_changes_stand_customer_by_customer_those_that_are_asked_first(team, back):
    assert team.lines() == [
        ("City", "", "无锡", "苏州", "To decide"),
        ("City", "", "", "南京", "南京"),
        ("Grade", "A", "A", "C", "C"),
    ]
    tree = team.review.tree
    assert tree.rows.index(0, 0).data() == f"{FIRST}  (1)"
    ticks = [
        tree.rows.index(0, 0, tree.rows.index(at, 0)).data(Qt.ItemDataRole.CheckStateRole)
        for at in range(3)
    ]
    assert ticks == [None, Qt.CheckState.Checked, Qt.CheckState.Checked]


def test_both_histories_of_a_value_stand_below_it(team, back):
    team.choose(FIRST)
    team.settle()
    book, workbook = team.review.detail.tables
    assert book.item(0, 2).text() == "– → 无锡  (edit)"
    assert workbook.item(0, 2).text().startswith("came back with 苏州  (My customers!")
    assert workbook.item(1, 2).text() == "left with –"


def test_accepting_all_safe_ones_is_one_change_and_what_is_asked_stays_open(team, back):
    before = team.book.last_change
    click(team.qtbot, team.review, "Accept all safe ones")
    team.settle()
    assert team.book.last_change == before + 1
    assert (team.value(SECOND, "city"), team.value(THIRD, "grade")) == ("南京", "C")
    assert team.value(FIRST, "city") == "无锡"
    assert team.files() == [("王强", "Applied"), ("王强", "Open decisions")]
    assert "王强: 2 taken, 1 to decide" in team.window.notices.text
    assert button(team.review, "Issue the answer…").isEnabled()


def test_one_undo_takes_it_back_and_the_file_waits_again(team, back):
    click(team.qtbot, team.review, "Accept all safe ones")
    team.settle()
    team.window.do_undo()
    team.settle()
    assert (team.value(SECOND, "city"), team.value(THIRD, "grade")) == (None, "A")
    assert team.files() == [("王强", "To decide")]
    assert len(team.lines()) == 3


def test_a_letter_decides_and_leads_on_to_the_next_open_one(team):
    [path] = issued(team.book, team.folder / "out", "王强")
    edited(
        path,
        {(FIRST, "City"): "a", (SECOND, "City"): "b", (THIRD, "City"): "c", (FOURTH, "City"): "d"},
    )
    for one in (FIRST, SECOND, THIRD, FOURTH):
        team.set(one, city=f"here {one}")
    team.add(path)
    assert team.review.slip.undecided == 4
    asked = [one.label for one in team.review.slip.entries]
    team.choose(asked[0])
    team.key(Qt.Key.Key_M)
    assert team.review.tree.entry.label == asked[1]
    team.key(Qt.Key.Key_T)
    team.key(Qt.Key.Key_J)
    team.key(Qt.Key.Key_T)
    team.key(Qt.Key.Key_Space)
    assert team.review.slip.undecided == 1
    assert button(team.review, "Apply 3 changes, 1 stay open").isEnabled()
    click(team.qtbot, team.review, "Apply 3 changes, 1 stay open")
    team.settle()
    letters = dict(zip((FIRST, SECOND, THIRD, FOURTH), "abcd", strict=True))
    assert [team.value(one, "city") for one in asked] == [
        f"here {asked[0]}",
        letters[asked[1]],
        f"here {asked[2]} / {letters[asked[2]]}",
        f"here {asked[3]}",
    ]
    assert team.book.count("cell_conflict", "status=open") == 1


def test_another_value_is_asked_with_the_field_s_own_editor(team, back):
    team.choose(FIRST)
    team.key(Qt.Key.Key_V)
    [dialog] = [one for one in QApplication.topLevelWidgets() if isinstance(one, OtherValue)]
    line = dialog.boxes["city"].editor
    assert line.text() == "苏州"
    write(team.qtbot, line, "常州")
    if dialog.isVisible():
        click(team.qtbot, dialog, "Take this value")
    QApplication.processEvents()
    assert team.lines()[0][4] == "常州"
    team.review.apply()
    team.settle()
    assert team.value(FIRST, "city") == "常州"
    assert team.book.count("cell_conflict", "status=open") == 0


def test_what_is_unticked_is_not_taken_and_its_comment_is_kept(team, back):
    team.choose(SECOND)
    team.key(Qt.Key.Key_Space)
    assert team.lines()[1][4] == "stays empty"
    team.key(Qt.Key.Key_C)
    write(team.qtbot, team.review.detail.comment, "ask Li first")
    assert QApplication.focusWidget() is team.review.tree  # the next letter decides again
    team.review.apply()
    team.settle()
    assert team.value(SECOND, "city") is None
    [row] = team.book.ids("cell_conflict", "kind=declined")
    assert team.book.record("cell_conflict", row)["comment"] == "ask Li first"


def test_the_book_changes_meanwhile_and_the_file_is_merged_again(team, back):
    team.choose(FIRST)
    team.key(Qt.Key.Key_T)
    team.set(THIRD, grade="B")
    team.settle()
    slip = team.review.slip
    asked = {one.label: slip.taken(one) for one in slip.entries if one.asked}
    assert asked == {FIRST: "theirs", THIRD: "leave"}  # what was decided stays so


def test_what_stayed_open_is_decided_in_the_same_place(team, back):
    team.review.accept_safe()
    team.settle()
    team.review.list.choose(team.review.desk.slips[-1].key)
    team.settle()
    assert team.lines() == [("City", "", "无锡", "苏州", "To decide")]
    team.choose(FIRST)
    team.key(Qt.Key.Key_T)
    before = team.book.last_change
    click(team.qtbot, team.review, "Write 1 decision")
    team.settle()
    assert team.value(FIRST, "city") == "苏州"
    assert team.book.last_change == before + 1
    assert team.book.count("cell_conflict", "status=open") == 0


def test_a_removed_row_is_only_a_proposal(team):
    [path] = issued(team.book, team.folder / "out", "王强")
    edited(path, {}, removed=(FOURTH,))
    team.add(path)
    assert [(one[0], one[3], one[4]) for one in team.lines()] == [
        ("Customer", "Row removed", "To decide")
    ]
    team.choose(FOURTH)
    assert button(team.review, "Keep the record (M)").isVisible()
    team.key(Qt.Key.Key_T)
    assert team.lines()[0][4] == "is removed"
    team.review.apply()
    team.settle()
    assert team.book.count("customer", f'name="{FOURTH}"') == 0


def test_the_same_file_again_says_that_it_came_before(team, back):
    team.review.accept_safe()
    team.settle()
    team.add(back)
    assert team.files()[0] == ("王强", "Came before")
    assert "came back before" in team.review.outcome.text.text()


def test_a_file_that_is_no_workbook_says_why_and_changes_nothing(team):
    path = team.folder / "list.csv"
    path.write_text("name,city\nA,B\n", encoding="utf-8")
    before = team.book.last_change
    team.add(path)
    [slip] = team.review.desk.slips
    assert slip.state == FAILED
    assert slip.said in team.review.outcome.text.text()
    assert team.book.last_change == before


def test_a_file_is_put_aside_and_nothing_is_written(team, back):
    team.qtbot.keyClick(team.review.list, Qt.Key.Key_Delete)
    assert team.review.desk.slips == []
    assert team.review.empty.isVisible()
    assert back.exists()


def test_several_files_are_accepted_in_one_go_each_as_its_own_change(team):
    with team.book.change("owner") as change:
        change.set("customer", team.row(FOURTH), {"owner": "李娜"})
    first, second = issued(team.book, team.folder / "out", "王强", "李娜")
    edited(first, {(FIRST, "City"): "a"})
    edited(second, {(FOURTH, "City"): "b"})
    team.add(first, second)
    before = team.book.last_change
    click(team.qtbot, team.review, "Accept all safe ones of all files")
    team.settle()
    assert [one.state for one in team.review.desk.slips] == [DONE, DONE]
    assert team.book.last_change == before + 2
    assert (team.value(FIRST, "city"), team.value(FOURTH, "city")) == ("a", "b")


def test_only_what_is_to_be_decided_can_be_looked_at(team, back):
    team.review.only.click()
    assert [one[0] for one in team.lines()] == ["City"]


def test_a_workbook_dropped_anywhere_is_collected_and_another_sheet_is_imported(
    team, back, tmp_path
):
    team.review.put_aside()
    team.window.page("customers")
    assert drop(team.window, [back])
    team.settle()
    assert team.window.page_id == "workbooks"
    assert team.files() == [("王强", "To decide")]
    other = tmp_path / "plain.csv"
    other.write_text("客户名称\n新客户\n", encoding="utf-8")
    assert drop(team.window, [other])
    settle(team.qtbot, team.window)
    [review] = team.window.findChildren(ImportReview)
    review.reject()


def test_files_may_be_dropped_on_the_page_itself(team, back):
    team.review.put_aside()
    assert drop(team.review, [back])
    team.settle()
    assert team.files() == [("王强", "To decide")]


def test_reading_can_be_stopped_and_leaves_nothing_on_the_desk(team):
    [path] = issued(team.book, team.folder / "out", "王强")
    team.review.desk.add([path])
    team.window.jobs.cancel()
    team.settle()
    assert [one for one in team.review.desk.slips if one.state != READY] == []
    assert not Desk.of(team.window.session).busy


def test_everything_that_can_be_pressed_has_its_name(team, back):
    for one in team.review.findChildren(QPushButton):
        if one.isVisible():
            assert one.accessibleName() == one.text() != ""
    assert team.review.list.accessibleName() == "Returned workbooks"
    assert team.review.tree.accessibleName() == "Changes of the workbook"
