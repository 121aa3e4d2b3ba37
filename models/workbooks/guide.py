"""The first sheet of a workbook: what it is, what one may do in it, in words that everybody knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from models.texts import N_, ntr, tr
from models.workbooks import looks
from models.workbooks.contents import SheetPlan

if TYPE_CHECKING:
    from models.workbooks.sheets_out import Paper

GUIDE = N_("Guide")
_WIDTHS = (18.0, 46.0)
_WIDEST = 32.0  # of the names of sheets
# What one does in each table.
_HINTS = {
    "customer": N_("Put right what has changed. A new customer goes into a yellow row."),
    "contact": N_("Phones, WeChat, birthdays. A new contact goes into a yellow row."),
    "opportunity": N_("Keep stage, amount and expected close up to date."),
    "follow_up_plan": N_("What is agreed. Once it is done, set the status, or log the visit."),
    "activity": N_(
        "After each visit or call: one yellow row with time, customer, kind and result."
    ),
    "task": N_("Set the status when something is done. If you are stuck, write what blocks you."),
    "read_receipt": N_("Choose Yes when you have read a notice, and reply if you like."),
    "suggestion": N_("Ask and suggest whatever you like; the answer comes with the next workbook."),
    "feedback": N_("What you were told lately; nothing to fill in."),
    "one_on_one": N_("What was agreed in your talks; nothing to fill in."),
    "key_result": N_("Say how far you are."),
    "evaluation_rating": N_(
        "Give each item a level from 1 to 5, with a reason and the ids of records that show it."
    ),
    "evaluation": N_("Choose Yes when the self-review is ready; only then is it seen."),
    "goal_agreement": N_("Accept what is agreed, or say what you would rather have."),
}
_STEPS = (
    N_("Look at “{day}”: what needs you, the weightiest first."),
    N_("After a visit or a call, fill in one yellow row in “{visits}”."),
    N_("Change the white cells in which something has changed."),
    N_("Save, and send this file back to whoever sent it to you. The name can stay as it is."),
)
_KNOW = (
    N_("Several people may change the same cell: nothing is overwritten. It is asked, and you are told what was decided."),
    N_("You may filter, hide or move columns, and add columns of your own. Leave the narrow grey column of numbers at the left."),
    N_("To sort or to delete rows, first choose Review, Unprotect Sheet; there is no password. A deleted row is a proposal."),
    N_("What is changed in grey cells is not taken over. Write it to us in “{suggestions}”."),
)  # fmt: skip


@dataclass(frozen=True)
class About:
    """Whose workbook it is and what is in it; ``sheets`` are (name, what one does there, records)."""

    name: str
    on: date
    due_back: date | None
    sheets: Sequence[tuple[str, str, int | None]]
    names: dict[str, str]  # what sheets are called that the words speak of


def hint(plan: SheetPlan) -> str:
    """What one does in a table."""
    text = _HINTS.get(plan.entity) if plan.editable else N_("Only to look at.")
    return tr(text) if text else ""


class _Page:
    """The sheet, filled from its top."""

    def __init__(self, paper: Paper, names: Sequence[str]) -> None:
        self._looks = paper.looks
        longest = max((looks.wide(one) for one in names), default=0.0) + 2
        self._widths = (min(max(_WIDTHS[0], longest), _WIDEST), _WIDTHS[1])
        self.sheet: Any = paper.book.add_worksheet(tr(GUIDE))
        self._line = 0
        for at, width in enumerate(self._widths):
            self.sheet.set_column(at, at, width)

    def line(self, text: str, height: float = 0.0, **look: Any) -> None:
        """A text over both columns, as high as it needs."""
        count = looks.lines(text, sum(self._widths))
        made = self._looks.plain(**look)
        self.sheet.merge_range(self._line, 0, self._line, 1, "", made)
        self.sheet.write_string(self._line, 0, text, made)
        self.sheet.set_row(self._line, height or looks.height(count))
        self._line += 1

    def section(self, text: str) -> None:
        """A heading with room above it."""
        self.sheet.set_row(self._line, 8)
        self._line += 1
        self.line(text, 24, bold=True, font_size=13, font_color=looks.ACCENT, bottom=1)

    def pair(self, left: str, text: str, *, link: str = "", **look: Any) -> None:
        """Something at the left, and what is said of it; the left may lead to a sheet."""
        count = looks.lines(text, self._widths[1])
        if link:
            made = self._looks.plain(font_color="#0B5CAD", underline=1, valign="vcenter")
            quoted = link.replace("'", "''")
            self.sheet.write_url(self._line, 0, f"internal:'{quoted}'!A1", made, string=left)
        else:
            self.sheet.write_string(self._line, 0, left, self._looks.plain(**look))
        self.sheet.write_string(self._line, 1, text, self._looks.plain())
        self.sheet.set_row(self._line, looks.height(count))
        self._line += 1


def write(paper: Paper, about: About) -> None:
    """The sheet with the words; it leads to the others."""
    page = _Page(paper, [name for name, _, _ in about.sheets])
    page.line(
        tr(N_("Workbook of {name}"), name=about.name), 34,
        bold=True, font_size=18, font_color=looks.ACCENT,
    )  # fmt: skip
    page.line(_dates(about), font_color=looks.MUTED)
    page.section(tr(N_("How it goes")))
    for number, one in enumerate(_STEPS, 1):
        page.line(f"{number}. " + tr(one, **about.names))
    page.section(tr(N_("What the colours say")))
    framed: dict[str, Any] = {"border": 1, "border_color": looks.LINE, "align": "center"}
    page.pair(tr(N_("White cells")), tr(N_("You may change it.")), **framed)
    page.pair(
        tr(N_("Yellow cells")), tr(N_("For something new: one row each. Further ones go below the last row.")),
        bg_color=looks.FRESH, **framed,
    )  # fmt: skip
    page.pair(tr(N_("Grey cells")), tr(N_("Only to look at.")), bg_color=looks.LOCKED, **framed)
    page.section(tr(N_("What is in it")))
    for name, does, rows in about.sheets:
        count = "" if not rows else ntr("{n} row", "{n} rows", rows)
        between = " · " if does and count else ""
        page.pair(name, f"{does}{between}{count}", link=name)
    page.section(tr(N_("Good to know")))
    for one in _KNOW:
        page.line("· " + tr(one, **about.names))
    paper.protect(page.sheet)
    paper.printed(page.sheet, upright=True)
    page.sheet.fit_to_pages(1, 1)


def _dates(about: About) -> str:
    made = tr(N_("Issued on {day}"), day=about.on.isoformat())
    if about.due_back is None:
        return made
    back = tr(N_("please send it back by {day}"), day=about.due_back.isoformat())
    return f"{made} · {back}"
