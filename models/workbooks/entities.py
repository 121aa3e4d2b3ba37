"""What the book remembers of the workbooks that were handed out, and what is to be decided of them.

Beside these records stand two tables that are not part of the journal (``models/workbooks/memory.py``):
what a workbook held when it left, and what it held each time that it came back.
"""

from __future__ import annotations

from models.describe.field import Choice, Entity
from models.describe.fields import choice, code, date, instant, integer, link, long_text, text
from models.texts import N_

PURPOSES = (
    Choice("personal", N_("Personal workbook"), ("个人工作簿",)),
    Choice("view", N_("List for editing"), ("列表",)),
    Choice("template", N_("Own layout"), ("自有版式",)),
)
OPEN = "open"
STATUSES = (
    Choice(OPEN, N_("Open"), ("待定",)),
    Choice("mine", N_("Book kept"), ("保留账本",)),
    Choice("theirs", N_("Workbook taken"), ("采用工作簿",)),
    Choice("other", N_("Other value"), ("另定",)),
)
KINDS = (
    Choice("edited", N_("Both changed"), ("两边都改",)),
    Choice("removed_edited", N_("Removed here, changed there"), ("一边删除一边修改",)),
    Choice("removed", N_("Row removed"), ("删除行",)),
    Choice("match", N_("Perhaps there already"), ("疑似已有",)),
    Choice("nameless", N_("New row without a name"), ("无名称的新行",)),
    Choice("foreign", N_("Not of this workbook"), ("不属于此表",)),
    Choice("unreadable", N_("Not readable"), ("无法识别",)),
    Choice("declined", N_("Declined"), ("未采纳",)),
)

WORKBOOK = Entity(
    "workbook",
    "WB",
    N_("Workbook"),
    N_("Workbooks"),
    (
        text(
            "name",
            N_("Workbook"),
            required=True,
            searched=True,
            help=N_("The file's name as it was handed out."),
        ),
        choice(
            "purpose",
            N_("Kind"),
            PURPOSES,
            required=True,
            default="personal",
            help=N_("A person's own workbook, a list for editing, or the team's own layout."),
        ),
        link("person", N_("Salesperson"), "salesperson", help=N_("Whom it was made for.")),
        instant("issued_at", N_("Issued at"), required=True, help=N_("When it was made.")),
        integer(
            "base_change",
            N_("State"),
            help=N_("The change after which the book stood as the workbook shows it."),
            in_grid=False,
        ),
        date("due_back", N_("Due back"), help=N_("The day by which it should come back.")),
        instant(
            "returned_at",
            N_("Returned at"),
            help=N_("When it last came back."),
            read_as="(SELECT max(r.at) FROM workbook_return r WHERE r.workbook = {t}.id)",
        ),
        long_text("notes", N_("Notes"), help=N_("Whatever else is worth knowing.")),
    ),
    keys=(("name",),),
    system=True,
    happens="issued_at",
)

CELL_CONFLICT = Entity(
    "cell_conflict",
    "CC",
    N_("Decision about a workbook"),
    N_("Decisions about workbooks"),
    (
        link(
            "workbook",
            N_("Workbook"),
            "workbook",
            required=True,
            help=N_("The workbook in which it stands."),
        ),
        choice("kind", N_("Question"), KINDS, required=True, help=N_("What there is to decide.")),
        code("entity", N_("Of"), required=True, help=N_("The kind of record.")),
        code("record", N_("Record"), help=N_("The id of the record; empty for a new row.")),
        text("label", N_("Name"), searched=True, help=N_("What the record is called.")),
        code("field", N_("Field"), help=N_("The field; empty for a whole row.")),
        long_text("base", N_("When it left"), help=N_("The value that the workbook left with.")),
        long_text("mine", N_("In the book"), help=N_("The book's value when it came back.")),
        long_text("theirs", N_("In the workbook"), help=N_("The value that came back.")),
        text("at", N_("Cell"), help=N_("Where it stands in the file: sheet and cell.")),
        choice(
            "status",
            N_("Status"),
            STATUSES,
            required=True,
            default=OPEN,
            help=N_("Whether it is decided, and how."),
        ),
        long_text("decision", N_("Decided value"), help=N_("The value that was decided on.")),
        long_text("comment", N_("Comment"), help=N_("What the salesperson is told about it.")),
        instant("decided_at", N_("Decided at"), help=N_("When it was decided.")),
    ),
    title=("label", "at"),
    keys=(("workbook", "at"),),
    system=True,
)
