"""The part of the walk that has to do with work: tasks, people, the pool, who gets what, workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QWidget,
)

from models.book import Book
from models.following.claims import case_of
from models.following.pool import Pool
from tests.ui.acting import settle
from tests.ui.tour_parts import history_asked, shown
from ui.dialogs.assign import open_assign
from ui.dialogs.blocked import Answer, Blocked
from ui.dialogs.customer_answer import CustomerAnswer
from ui.dialogs.duplicates import Duplicates
from ui.dialogs.follow_up_done import FollowUpDone
from ui.dialogs.from_template import FromTemplate, SaveTemplate
from ui.dialogs.hand_over import HandOverDialog
from ui.dialogs.issue_workbooks import open_issue
from ui.dialogs.leave_decision import LeaveDecision
from ui.dialogs.new_claim import NewClaim
from ui.dialogs.new_customer import NewCustomer
from ui.dialogs.new_task import NewTask
from ui.dialogs.other_value import OtherValue
from ui.dialogs.plan_follow_up import MoveFollowUp, PlanFollowUp
from ui.dialogs.pool_acts import GiveCustomers, IntoPool
from ui.dialogs.ruling import Ruling
from ui.dialogs.waiting_requests import WaitingRequests
from ui.main_window import MainWindow


def task_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """What is asked about the first task and the first request for help, if there are any."""
    page = window.page("tasks").list_of("task")
    settle(qtbot, window)
    if not page.model.rowCount():
        return
    page.grid.selectRow(0)
    asks: list[tuple[str, Callable[[], object], type[QDialog]]] = [
        ("new task", page.add, NewTask),
        ("blocked", page.ask_blocked, Blocked),
        ("save as a template", page.save_template, SaveTemplate),
        ("duplicates", page.show_duplicates, Duplicates),
    ]
    if window.session.book.count("template"):
        asks.append(("tasks from a template", page.from_template, FromTemplate))
    for name, ask, kind in asks:
        settle(qtbot, window)
        page.grid.selectRow(0)  # a list that is read again may have let go of it
        ask()
        settle(qtbot, window)
        yield from shown(window, name, kind)
    requests = window.page("tasks").list_of("help_request")
    settle(qtbot, window)
    if requests.model.rowCount():
        requests.grid.selectRow(0)
        for name, ask, kind in (
            ("answer", requests.answer, Answer),
            ("who is asked", requests.show_waiting, WaitingRequests),
        ):
            ask()
            yield from shown(window, name, kind)


def people_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """What is asked about a leave, and about who leaves."""
    for place, entity, kind in (
        ("capacity", "leave", LeaveDecision),
        ("team", "salesperson", HandOverDialog),
    ):
        page = window.page(place).list_of(entity)
        settle(qtbot, window)
        if page.model.rowCount():
            page.grid.setCurrentIndex(page.model.index(0, 0))
            page.act()
            settle(qtbot, window)
            yield from shown(window, f"{entity}, its dialog", kind)


def pool_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """What is asked about follow-ups, the pool and whose a customer is."""
    session, page = window.session, window.page("pool")
    book, today = session.book, date.today()
    rows = book.ids("customer")[:2]
    [plan, *_] = [*book.ids("follow_up_plan", "status=planned"), 0]
    for name, made in (
        ("plan a follow-up", lambda: PlanFollowUp(session, rows, page)),
        ("move a follow-up", lambda: MoveFollowUp(session, plan, page) if plan else None),
        ("a follow-up is done", lambda: FollowUpDone(session, plan, page) if plan else None),
        ("to the pool", lambda: IntoPool(session, Pool(book, today).standings, page)),
        ("pick", lambda: GiveCustomers(session, rows[:1], page, pick=True)),
        ("assign customers", lambda: GiveCustomers(session, rows, page, pick=False)),
        ("rule", lambda: Ruling(session, case_of(book, rows), page)),
        ("register a claim", lambda: NewClaim(session, page)),
        ("new customer", lambda: NewCustomer(session, page)),
        ("record an answer", lambda: CustomerAnswer(session, page)),
    ):
        dialog = made()
        if dialog is not None:
            dialog.open()
            settle(qtbot, window)
            yield from shown(window, name, type(dialog))


def assign_dialogs(qtbot, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """One task ranked, where there is one, and several customers planned, one of them by hand."""
    book = window.session.book
    tasks = [("task", one) for one in book.ids("task", "status != done and status != cancelled")]
    customers = [("customer", one) for one in book.ids("customer")[:6]]
    for name, keys in (("assign", tasks[:1]), ("assign several", customers)):
        if not keys:
            continue
        dialog = open_assign(window.session, keys, window)
        settle(qtbot, window)
        yield name, dialog
        if len(keys) == 1 and dialog.model.rowCount() > 1:
            dialog.table.selectRow(1)
            yield f"{name}, another", dialog
        elif dialog.given:
            dialog.move_jobs([0], 0)
            dialog.move_jobs([1], dialog.people.lines[0].id)
            yield f"{name}, changed", dialog
        dialog.reject()
        dialog.deleteLater()
        QApplication.processEvents()


def workbooks(qtbot, window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Workbooks go out, come back edited, are looked through, applied; what stays open is shown."""
    page, session = window.page("workbooks"), window.session
    page.list_of("returned")
    people = [
        one for (one,) in session.book.rows("customer", session.book.ids("customer"), ["owner"])
    ]
    owners = list(dict.fromkeys(one.id for one in people if one is not None))[:2]
    dialog = open_issue(session, window, owners)
    settle(qtbot, window)
    yield "issue workbooks", dialog
    dialog.folder.setText(str(folder / "workbooks"))
    dialog.issue()
    settle(qtbot, window)
    yield "issue workbooks, the files", dialog
    dialog.accept()
    review, files = page.own["returned"], sorted((folder / "workbooks").glob("*.xlsx"))
    edit_first_rows(session.book, files[0])
    review.add([*files, folder / "missing.xlsx"])
    for _ in range(3):
        history_asked(qtbot, window)
    for key in [one.key for one in review.desk.slips]:
        review.list.choose(key)
        history_asked(qtbot, window)
        yield f"workbooks, {review.slip.state}", window
    review.list.choose(str(files[0].absolute()))
    history_asked(qtbot, window)
    review.tree.decided.emit("other")
    QApplication.processEvents()
    yield from shown(window, "another value", OtherValue)
    review.accept_safe()
    history_asked(qtbot, window)
    yield "workbooks, applied", window
    review.list.choose(review.desk.slips[-1].key)
    history_asked(qtbot, window)
    yield "workbooks, still open", window
    page.list_of("issued")
    settle(qtbot, window)
    yield "workbooks, issued", window


def edit_first_rows(book: Book, path: Path) -> None:
    """Change the cities of a workbook's first customers, and that of the very first in the book too."""
    work = openpyxl.load_workbook(path)
    label = book.schema.entity("customer").field("city").text()
    [sheet] = [
        one for one in work if one.max_column > 5 and label in [cell.value for cell in one[1]]
    ][:1]
    city = [cell.value for cell in sheet[1]].index(label) + 1
    rows = [at for at in range(2, sheet.max_row + 1) if sheet.cell(at, 1).value]
    for at in rows[:3]:
        sheet.cell(at, city).value = "苏州"
    first = book.row_id("customer", sheet.cell(rows[0], 1).value)
    work.save(path)
    with book.change("city") as change:
        change.set("customer", first, {"city": "Hangzhou"})
