"""Makes the frozen book of today's schema: ``python tests/books/freeze.py`` in the project's folder.

A book of every released schema stays here for ever; what it shows is written beside it.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from models import checking, opening  # noqa: E402
from models.book import Book  # noqa: E402
from models.describe.kinds import KINDS  # noqa: E402
from models.evaluations import sealing, signing  # noqa: E402
from models.views.view import Column, Group, View, to_json  # noqa: E402
from models.workbooks import memory  # noqa: E402
from models.workbooks.manifest import IssuedSheet, Manifest  # noqa: E402
from models.workbooks.memory import Returned  # noqa: E402

VIEW = View(
    (Column("name"), Column("amount", 120)),
    sort=(("amount", True),),
    filter="amount>20000",
    groups=(Group("owner"), Group("expected_close", "quarter")),
    totals=(("amount", "sum"),),
    frozen=1,
)


def fill(book: Book) -> None:
    """A little of everything: records of many kinds, own columns, undone and removed things."""
    with book.change("First data") as change:
        east = change.add("region", {"name": "华东"})
        lead = change.add("salesperson", {"name": "单雄", "email": "shan@example.com"})
        team = change.add("team", {"name": "一部", "region": east, "manager": lead})
        sales = [
            change.add("salesperson", {"name": name, "team": team})
            for name in ("曾黎", "O'Neill", "欧阳 小敏")
        ]
        product = change.add("product", {"name": "GTX Pro", "list_price": "4821.50"})
        pipeline = change.add("pipeline", {"name": "标准"})
        stages = [
            change.add("stage", {"name": name, "pipeline": pipeline, "probability": share})
            for name, share in (("接触", "10%"), ("报价", "50%"), ("赢单", "100%"))
        ]
        customers = [
            change.add(
                "customer",
                {
                    "name": f"{name}有限公司",
                    "phone": f"0571-8{number:07}",
                    "owner": sales[number % 3],
                    "notes": "=1+1\n第二行 \"引号\" 'x'" if number == 0 else None,
                },
            )
            for number, name in enumerate(("杭州大禹", "上海浦江", "北京𬭎业", "青岛海天", "长沙"))
        ]
        change.add("contact", {"name": "李四", "customer": customers[0], "phone": "13800138000"})
        deals = [
            change.add(
                "opportunity",
                {
                    "name": f"商机 {number}",
                    "customer": customers[number],
                    "owner": sales[0],
                    "product": product,
                    "stage": stages[0],
                    "amount": f"{number + 1}0000.{number}1",
                    "expected_close": f"2026-0{number + 1}-28",
                },
            )
            for number in range(4)
        ]
        order = change.add(
            "order", {"code": "SO-0001", "customer": customers[1], "ordered_on": "2026-02-28"}
        )
        change.add(
            "order_line",
            {"order": order, "product": product, "quantity": "2.5", "unit_price": "4821.50"},
        )
        change.add("receipt", {"order": order, "amount": "0.01", "received_on": "2026-03-01"})
    with book.change("Own columns") as change:
        colour = change.add_field("customer", "颜色", "choice", "红|蓝")
        share = change.add_field("opportunity", "Win share", "percent")
    book.set("customer", customers[2], {colour.id: "红", "phone": "010-12345678"})
    book.set("opportunity", deals[0], {share.id: "12.5%", "stage": stages[1], "amount": "99999.99"})
    with book.change("Called otherwise") as change:
        change.change_field("opportunity", "Win share", "成交占比")
    with book.change("Worked out") as change:
        change.add_field("opportunity", "提成", "", formula="金额 * 0.1")
        change.set_book({"year_starts": "4", "week_starts": "sunday"})
        change.add(
            "saved_view",
            {
                "name": "大单",
                "entity": "opportunity",
                "definition": to_json(VIEW),
                "default": True,
                "place": 1,
            },
        )
    with book.change("Goals") as change:
        change.add("calendar_day", {"day": "2026-02-14", "kind": "make_up", "name": "春节调休"})
        change.add(
            "leave", {"person": sales[1], "starts_on": "2026-02-10", "ends_on": "2026-02-11"}
        )
        whole = change.add(
            "goal", {"level": "team", "team": team, "measure": "won_amount", "period": "2026-02",
                     "target": "100000"},
        )  # fmt: skip
        part = change.add(
            "goal", {"person": sales[0], "measure": "won_amount", "period": "2026-02",
                     "target": "40000.01", "parent": whole},
        )  # fmt: skip
        change.add("key_result", {"goal": part, "title": "三家老客户续约", "progress": "40%"})
        change.add("commitment", {"person": sales[0], "period": "2026-02", "amount": "38000"})
        change.add("task", {"title": "回访", "owner": sales[0], "goal": part, "due": "2026-02-20"})
        change.set_book({"work_calendar": "SG"})
    _work(book, sales, customers, deals)
    _workbooks(book, sales, customers)
    _evaluations(book, sales, customers)
    wrong = book.set("customer", customers[3], {"name": "写错了"})
    with book.change("Leaves") as change:
        change.remove("customer", [customers[4]])
    with book.change("Taken back") as change:
        change.add("customer", {"name": "从未存在"})
    book.undo()
    book.undo(wrong)
    again = book.set("opportunity", deals[1], {"stage": stages[2]})
    book.undo(again)
    book.redo(again)


def _work(book: Book, sales: list[int], customers: list[int], deals: list[int]) -> None:
    """Work and who does it."""
    with book.change("Work") as change:
        project = change.add(
            "project", {"name": "年度框架", "owner": sales[0], "customer": customers[0]}
        )
        change.add(
            "template", {"name": "开户", "place": 1, "title": "{customer}资料", "due_after": 2}
        )
        first = change.add(
            "task",
            {"title": "核对型号", "owner": sales[1], "project": project, "due": "2026-02-25"},
        )
        second = change.add(
            "task", {"title": "报价", "owner": sales[1], "customer": customers[0],
                     "due": "2026-02-27", "required_skills": "报价核算", "recurrence": "每周一"},
        )  # fmt: skip
        change.add(
            "checklist_item", {"task": second, "title": "主管审核", "place": 1, "done": True}
        )
        change.add("task_dependency", {"task": second, "after": first})
        change.add("collaborator", {"task": second, "person": sales[2], "share": "30%"})
        change.add("help_request", {"title": "参数未确认", "task": second, "person": sales[1],
                                    "raised_at": "2026-02-24 09:00"})  # fmt: skip
        change.add("follow_up_plan", {"customer": customers[1], "due": "2026-03-02",
                                      "purpose": "确认报价", "person": sales[0]})  # fmt: skip
        change.add("contract", {"code": "HT-1", "customer": customers[0], "ends_on": "2026-12-31",
                                "amount": "60000", "opportunity": deals[0]})  # fmt: skip
        change.add("pool_rule", {"grade": "C", "contact_days": 60, "pool_days": 120})
        change.add("pool_move", {"customer": customers[2], "kind": "recycled",
                                 "moved_on": "2026-02-01", "person": sales[0]})  # fmt: skip
        change.add("ownership_claim", {"customer": customers[3], "claimant": sales[0],
                                       "claimed_on": "2026-02-03"})  # fmt: skip
        skill = change.add("skill", {"name": "报价核算", "category": "product"})
        change.add("skill_level", {"person": sales[1], "skill": skill, "level": 4,
                                   "assessed_on": "2026-01-05"})  # fmt: skip
        away = change.add("leave", {"person": sales[2], "starts_on": "2026-03-02",
                                    "ends_on": "2026-03-03", "cover": sales[0]})  # fmt: skip
        change.add("cover", {"leave": away, "person": sales[1], "task": second})
        change.add("assignment_decision", {"task": second, "chosen": sales[1], "proposed": sales[0],
                                           "reason": "客户点名", "decided_at": "2026-02-20 10:00"})  # fmt: skip
        change.add("opportunity_ledger", {"person": sales[1], "given_on": "2026-02-20",
                                          "customer": customers[0], "worth": "2"})  # fmt: skip


def _evaluations(book: Book, sales: list[int], customers: list[int]) -> None:
    """What customers said, a cycle of which one evaluation is sealed and one appealed, and what follows."""
    who, boss = sales[0], sales[1]
    with book.change("Customers say") as change:
        form = change.add(
            "survey_form", {"name": "一季度回访", "sent_on": "2026-02-01", "sent_count": 5}
        )
        change.add("survey_response", {"form": form, "customer": customers[0], "score": 4,
                                       "responded_on": "2026-02-10", "comment": "交货快", "recommends": 9})  # fmt: skip
        change.add("complaint", {"title": "少发一件", "customer": customers[1], "handler": who,
                                 "opened_on": "2026-02-12"})  # fmt: skip
    with book.change("Evaluations") as change:
        card = change.add("scorecard_template", {"name": "销售岗", "status": "active"})
        for place, (name, more) in enumerate(
            {"赢单额": {"measure": "won_amount", "weight": "70%", "reference": "fixed", "reference_value": 50000},
             "协作": {"kind": "rating", "weight": "30%", "must_cite": False}}.items(), 1
        ):  # fmt: skip
            item = change.add(
                "scorecard_item", {"scorecard": card, "name": name, "place": place, **more}
            )
        change.add(
            "grade_band", {"scorecard": card, "name": "A", "from_points": 80, "share": "20%"}
        )
        change.add("grade_band", {"scorecard": card, "name": "B", "from_points": 0})
        cycle = change.add("evaluation_cycle", {"name": "一季度考核", "period": "2026-Q1"})
        made = change.add("evaluation", {"person": who, "cycle": cycle, "scorecard": card,
                                         "manager": boss, "comment": "稳"})  # fmt: skip
        rating = {
            "evaluation": made,
            "item": item,
            "rated_by": "manager",
            "level": 4,
            "rater": boss,
        }
        change.add("evaluation_rating", rating)
        change.db.run("UPDATE evaluation SET status = 'talk' WHERE id = ?", (made,))
    at = datetime(2026, 4, 2, 9, tzinfo=UTC)
    signing.sign(book, made, who, at=at)
    signing.sign(book, made, boss, at=at, comment="同意")
    sealing.seal(book, made, at=at)
    with book.change("What follows") as change:
        change.add("appeal", {"evaluation": made, "person": who, "filed_on": "2026-04-03",
                              "reason": "少算一单"})  # fmt: skip
        change.add("feedback", {"person": who, "giver": boss, "situation": "拜访客户", "behaviour": "先问后答",
                                "given_on": "2026-02-11"})  # fmt: skip
        talk = change.add("one_on_one", {"person": who, "manager": boss, "held_on": "2026-04-02",
                                         "private_notes": "想换区域"})  # fmt: skip
        change.add("promise", {"talk": talk, "title": "整理报价模板", "due": "2026-04-20"})
        value = change.add("cultural_value", {"name": "客户第一"})
        change.add("recognition_award", {"person": who, "title": "连夜送样", "value": value,
                                         "cites": book.public_id("customer", customers[0])})  # fmt: skip
        plan = change.add("improvement_plan", {"person": who, "title": "多拜访", "evaluation": made,
                                               "starts_on": "2026-04-03", "check_on": "2026-06-30"})  # fmt: skip
        change.add("plan_action", {"plan": plan, "title": "每周两次", "kind": "task"})


def _workbooks(book: Book, sales: list[int], customers: list[int]) -> None:
    """A workbook that went out, came back and asked something; what a team tells each other."""
    fields = ("name", "phone")
    rows = {row: book.record("customer", row) for row in customers[:2]}
    with book.change("Workbooks") as change:
        out = change.add("workbook", {"name": "业务簿_曾黎.xlsx", "person": sales[0],
                                      "issued_at": "2026-02-25 09:00", "base_change": change.no,
                                      "due_back": "2026-03-02"})  # fmt: skip
        held = {row: tuple(known[one] for one in fields) for row, known in rows.items()}
        sheet = IssuedSheet(
            "我的客户", "customer", fields, ("客户名称", "电话"), frozenset(fields), held
        )
        left = Manifest(
            book.public.tag, out, sales[0], "zh_CN", "2026-02-25T01:00:00Z", change.no, (sheet,)
        )
        memory.make_secret(change.db)
        memory.keep_issued(change.db, left, left.packed())
        back = Returned({"customer": {customers[0]: {"phone": "0571-1"}}})
        memory.keep_return(change.db, out, change.no, "back.xlsx", "0" * 64, back)
        change.add("cell_conflict", {"workbook": out, "kind": "edited", "entity": "customer",
                                     "record": book.public_id("customer", customers[0]),
                                     "label": "杭州大禹", "field": "phone", "base": "1", "mine": "2",
                                     "theirs": "3", "at": "我的客户!C5"})  # fmt: skip
        notice = change.add("announcement", {"title": "价格表更新", "posted_on": "2026-02-24"})
        change.add("read_receipt", {"announcement": notice, "person": sales[0], "read": True,
                                    "read_at": "2026-02-24 17:00"})  # fmt: skip
        change.add("suggestion", {"title": "报价单加交货期", "person": sales[1],
                                  "raised_on": "2026-02-20"})  # fmt: skip


def dump(book: Book) -> dict[str, object]:
    """Everything that a book shows, as plain values."""
    shown: dict[str, object] = {}
    for entity in book.schema:
        fields = [one for one in entity.fields if one.formula or not one.read_as]
        names = [one.id for one in fields]
        for deleted in (False, True):
            ids = book.ids(entity.id, deleted=deleted)
            rows = book.rows(entity.id, ids, names)
            shown[entity.id + (" (removed)" if deleted else "")] = {
                book.public_id(entity.id, id): {
                    one.id: KINDS[one.kind].plain(value)
                    for one, value in zip(fields, row, strict=True)
                }
                for id, row in zip(ids, rows, strict=True)
            }
    shown["history"] = [
        [one.no, one.kind, one.reason, one.undone, one.target, one.counts]
        for one in book.history(1000)
    ]
    return shown


def main() -> None:
    """Write ``schema_<version>.daybook.gz`` and ``schema_<version>.json``."""
    version = opening.SCHEMA_VERSION
    with tempfile.TemporaryDirectory() as folder:
        with Book.create(Path(folder) / "live.daybook", "CNY") as book:
            fill(book)
            bad = [one for one in checking.check(book) if one.bad]
            if bad:
                raise SystemExit(str(bad))
            shown = dump(book)
        frozen = Path(folder) / "frozen.daybook"
        opening.backup(Path(folder) / "live.daybook", frozen)
        packed = gzip.compress(frozen.read_bytes(), 9, mtime=0)
    (HERE / f"schema_{version}.daybook.gz").write_bytes(packed)
    (HERE / f"schema_{version}.json").write_text(
        json.dumps(shown, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
