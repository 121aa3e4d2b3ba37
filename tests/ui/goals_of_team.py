"""Goals for the small team of these tests: one of the company, its parts, and one with key results."""

from __future__ import annotations

from datetime import date

from models.book import Book
from models.change import Change

PERIOD = "2026-H1"


def add_one_of_each(book: Book) -> None:
    """Goals of this year, and one of everything that stands beside goals, tasks and people."""
    today = date.today()
    rows = add_goals(book, str(today.year))
    with book.change("One of each") as change:
        goal = {"goal": rows["company"]}
        change.add("goal_checkpoint", {**goal, "due": today, "expected": 4000})
        change.add("goal_agreement", {"person": "王强", "period": str(today.year)})
        promise = {"person": "王强", "period": str(today.year), "measure": "won_amount"}
        change.add("commitment", {**promise, "amount": 4000, "made_on": today})
        task = change.add("task", {"title": "Call C001"})
        meeting = change.add(
            "meeting", {"title": "Monday", "kind": "Team meeting", "held_on": today}
        )
        change.add("decision", {"meeting": meeting, "title": "Visit more"})
        leave = {"person": "王强", "kind": "annual", "starts_on": today, "ends_on": today}
        away = change.add("leave", leave)
        change.add("calendar_day", {"day": today, "kind": "off"})
        _add_work(change, task, book.public_id("task", task), away, today)


def _add_work(change: Change, task: int, shown: str, away: int, today: date) -> None:
    """One of everything that has to do with work and who does it."""
    other = change.add("task", {"title": "Ask for prices", "due": today, "customer": "C001"})
    change.add("project", {"name": "Big order"})
    change.add("template", {"name": "New customer", "title": "Papers", "place": 1})
    change.add("checklist_item", {"task": task, "title": "Look at the file"})
    change.add("task_dependency", {"task": task, "after": other})
    change.add("collaborator", {"task": task, "person": "李娜", "share": "20%"})
    change.add("help_request", {"title": "No prices", "task": task, "person": "王强"})
    change.add("follow_up_plan", {"customer": "C001", "due": today, "purpose": "Ask again"})
    change.add("contract", {"code": "CT1", "customer": "C001", "ends_on": today})
    change.add("pool_rule", {"grade": "C", "contact_days": 30, "pool_days": 90})
    change.add("pool_move", {"customer": "C001", "kind": "picked", "person": "王强"})
    change.add("ownership_claim", {"customer": "C001", "claimant": "李娜"})
    skill = change.add("skill", {"name": "Tenders", "category": "sales"})
    change.add("skill_level", {"person": "王强", "skill": skill, "level": 3})
    change.add("cover", {"leave": away, "person": "李娜"})
    change.add("assignment_decision", {"task": task, "chosen": "王强"})
    change.add("opportunity_ledger", {"person": "王强", "customer": "C001"})
    notice = change.add("announcement", {"title": "New prices"})
    change.add("read_receipt", {"announcement": notice, "person": "李娜"})
    change.add("suggestion", {"title": "A bigger car", "person": "王强"})
    book = {
        "workbook": change.add("workbook", {"name": "王强.xlsx", "issued_at": f"{today} 09:00"})
    }
    said = {"entity": "customer", "label": "C001", "field": "phone", "mine": "1", "theirs": "2"}
    change.add("cell_conflict", {**book, **said, "kind": "edited", "at": "Customers!C2"})
    _add_evaluation(change, today)
    _add_growth(change, task, shown, notice, today)


def _add_evaluation(change: Change, today: date) -> None:
    """One of everything that has to do with evaluations and what customers say."""
    form = change.add("survey_form", {"name": "Round 1", "sent_count": 20})
    said = {"form": form, "customer": "C001", "responded_on": today, "score": 4}
    change.add("survey_response", said)
    change.add("complaint", {"title": "Came late", "customer": "C001", "opened_on": today})
    card = change.add("scorecard_template", {"name": "Sales"})
    item = {"scorecard": card, "name": "Amount won", "measure": "won_amount", "weight": "100%"}
    judged = change.add("scorecard_item", {**item, "reference": "team_median"})
    change.add("grade_band", {"scorecard": card, "name": "A", "from_points": 90})
    cycle = change.add("evaluation_cycle", {"name": "Year", "period": str(today.year)})
    who = {"cycle": cycle, "person": "王强", "scorecard": card}
    made = change.add("evaluation", who)
    change.add("evaluation_rating", {"evaluation": made, "item": judged, "level": 3})
    change.add("signature", {"evaluation": made, "person": "王强", "signed_as": "self"})
    change.add("appeal", {"evaluation": made, "person": "王强", "reason": "One deal is missing"})


def _add_growth(change: Change, task: int, shown: str, notice: int, today: date) -> None:
    """One of everything by which people grow."""
    change.add("feedback", {"person": "王强", "situation": "Visit to C001", "task": task})
    talk = change.add("one_on_one", {"person": "王强", "held_on": today})
    change.add("promise", {"talk": talk, "title": "A list of prices", "task": task})
    value = change.add("cultural_value", {"name": "Customers first"})
    praised = {"person": "王强", "title": "Helped at night", "value": value, "cites": shown}
    change.add("recognition_award", {**praised, "announcement": notice})
    plan = change.add(
        "improvement_plan", {"person": "王强", "title": "More visits", "check_on": today}
    )
    change.add("plan_action", {"plan": plan, "title": "Two visits a day"})


def add_goals(book: Book, period: str = PERIOD) -> dict[str, int]:
    """A company goal of 8,000 whose parts come to 7,500; gives their rows by a short name."""
    rows: dict[str, int] = {}
    with book.change("Goals") as change:
        whole = {"measure": "won_amount", "period": period, "status": "active"}
        rows["company"] = change.add("goal", {**whole, "level": "company", "target": 8000})
        for name, target in (("王强", 4500), ("李娜", 3000)):
            values = {
                **whole, "level": "person", "person": name, "target": target,
                "floor": target * 8 // 10, "parent": rows["company"],
            }  # fmt: skip
            rows[name] = change.add("goal", values)
        rate = {"measure": "win_rate", "period": period, "status": "active", "level": "person"}
        rows["rate"] = change.add("goal", {**rate, "person": "王强", "target": "60%"})
        quality = {"title": "Visit plan", "level": "company", "period": "2026"}
        rows["quality"] = change.add("goal", quality)
        change.add(
            "key_result", {"goal": rows["quality"], "title": "Plan agreed", "progress": "50%"}
        )
    return rows
