"""Records that people edit in the workbook, followed by formulas as the program would follow the edit.

A line of the sheet of goal records reads its record from the sheet where people edit it, by its public
id, and says what the program would make of it: a deal marked won without a day is closed on the day of
the workbook, as the rule of the book has it. What can't be found any more counts as when it left.
Lines hold: I status, J begun or due, K closed or done, L amount, M share, N the row that was found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.describe.field import Field
from models.describe.formula_excel import ROW
from models.measures.definition import Definition
from models.money import plain
from models.sheets.choices import choice_text
from models.sheets.writing import Cell, Formula
from models.workbooks.goal_basis import amount_of, day_of
from models.workbooks.goal_places import Place, serial, text

STATUS, BEGUN, ENDED, AMOUNT, SHARE, FOUND = (f"${one}{ROW}" for one in "IJKLMN")
COUNTS = f"$F{ROW}"


@dataclass(frozen=True)
class Words:
    """What the cells of a choice say, by its codes."""

    said: Mapping[str, str]

    @classmethod
    def of(cls, field: Field) -> Words:
        """The words of a field in the current language."""
        return cls({one.code: choice_text(field, one.code) for one in field.choices})

    def __getitem__(self, code: str) -> str:
        """A choice's word as a formula has it."""
        return text(self.said[code])


@dataclass(frozen=True)
class Stage:
    """A stage: what cells call it, its outcome and its odds, None for none."""

    name: str
    kind: str
    share: Decimal | None


@dataclass(frozen=True)
class Facts:
    """What a live line reads: five formulas with what they come to when the workbook leaves."""

    status: Formula
    begun: Formula
    ended: Formula
    amount: Cell = None
    share: Cell = None


@dataclass(frozen=True)
class Window:
    """The days that count, as a formula has them; ``today`` is the day on which the workbook leaves."""

    first: int
    last: int
    today: int

    def holds(self, cell: str) -> str:
        """The condition that a day lies in it."""
        return f"{cell}>={self.first},{cell}<={self.last}"


def found(place: Place) -> str:
    """The formula of the row of its sheet in which a record stands now."""
    return f'=IFERROR(MATCH($C{ROW},{place.ids(1)},0),"")'


class Reader:
    """Formulas that read one field of a record from its sheet, else what it was."""

    def __init__(self, place: Place) -> None:
        self._place = place

    def cell(self, field: str) -> str | None:
        """The cell of a field; None where the sheet doesn't have it."""
        area = self._place.range(field, 1)
        return None if area is None else f"INDEX({area},{FOUND})"

    def number(self, field: str, was: int | Decimal) -> str:
        """A number or a day of a field; 0 for an empty cell, what it was where a text stands there."""
        cell, before = self.cell(field), plain(Decimal(was))
        if cell is None:
            return before
        return f"IFERROR(IF(ISTEXT({cell}),{before},N({cell})),{before})"

    def words(self, field: str, was: str) -> str:
        """A text of a field."""
        cell = self.cell(field)
        return text(was) if cell is None else f'IFERROR({cell}&"",{text(was)})'


# -- deals -------------------------------------------------------------------------------------------

DEAL = ("b.status", "b.stage", "b.opened_on", "b.closed_on", "b.amount", "b.probability")


def deal(
    read: Reader, stored: tuple[Any, ...], words: Words, stages: Mapping[int, Stage], today: int
) -> Facts:
    """A deal: a new stage brings its outcome and odds, a new outcome its day."""
    status, stage_row, opened, closed, amount, share = stored
    stage = stages.get(stage_row) if stage_row is not None else None
    was = words.said.get(status or "", "")
    begun, ended = serial(day_of(opened)), serial(day_of(closed))
    now = read.words("status", was)
    moved = _moved(read, stage, stages)
    if moved:
        outcome = _by_stage(read, stages, words)
        now = f"IF(AND({now}={text(was)},{moved}),{outcome},{now})"
    won_or_lost = f"OR({STATUS}={words['won']},{STATUS}={words['lost']})"
    there = day = read.number("closed_on", ended)
    if not ended:  # a day that is taken away isn't made anew
        turned = f"AND({won_or_lost},{STATUS}<>{text(was)},{there}=0)"
        day = f"IF({turned},{today},{there})"
    elif status in ("won", "lost"):
        day = f"IF(AND({STATUS}={words['open']},{there}={ended}),0,{there})"
    own = None if share is None else amount_of(share)
    odds = own if own is not None else (stage.share if stage else None) or Decimal(0)
    return Facts(
        Formula(f"={now}", was),
        Formula(f"={read.number('opened_on', begun)}", begun),
        Formula(f"={day}", ended),
        Formula(f"={read.number('amount', amount_of(amount))}", amount_of(amount)),
        Formula(f"={_odds(read, own, odds, moved, stages)}", odds),
    )


def _moved(read: Reader, stage: Stage | None, stages: Mapping[int, Stage]) -> str:
    """The condition that a deal was put into another stage; "" where that can't be seen."""
    cell = read.cell("stage")
    if cell is None or not stages:
        return ""
    return f'IFERROR(AND({cell}&""<>"",{cell}<>{text(stage.name if stage else "")}),FALSE)'


def _by_stage(read: Reader, stages: Mapping[int, Stage], words: Words) -> str:
    made = words["open"]
    for kind in ("lost", "won"):
        names = [
            f"{read.cell('stage')}={text(one.name)}" for one in stages.values() if one.kind == kind
        ]
        if names:
            made = f"IF(OR({','.join(names)}),{words[kind]},{made})"
    return made


def _odds(
    read: Reader,
    own: Decimal | None,
    now: Decimal,
    moved: str,
    stages: Mapping[int, Stage],
) -> str:
    """What a deal's amount is multiplied by: its own probability, else that of its stage."""
    cell, stage = read.cell("probability"), read.cell("stage")
    was = plain(now)
    of_stage = was
    if stage is not None:
        known = [one for one in stages.values() if one.share is not None]
        terms = [f"({stage}={text(one.name)})*{plain(one.share or Decimal(0))}" for one in known]
        of_stage = "+".join(terms) or "0"
    own_now = was if own is None else plain(own)
    if cell is None:
        kept = own_now if own is not None else of_stage
    else:
        kept = f'IF({cell}="",{of_stage},N({cell}))'
    if moved:
        told = [f"{stage}={text(one.name)}" for one in stages.values() if one.share is not None]
        same = "TRUE" if cell is None else f"{cell}={own_now}" if own is not None else f'{cell}=""'
        if told:
            kept = f"IF(AND({moved},{same},OR({','.join(told)})),{of_stage},{kept})"
    return f"IFERROR({kept},{was})"


# -- contacts, tasks, plans --------------------------------------------------------------------------

ACTIVITY = ("b.kind", "date(b.at, 'localtime')", "b.result", "b.next_step")
TASK = ("b.status", "b.due", "b.done_at")
PLAN = ("b.status", "b.due", "b.done_on")


def activity(read: Reader, stored: tuple[Any, ...], words: Words) -> Facts:
    """A contact: its kind and its day; as its share whether it has a result and a next step."""
    kind, day, result, following = stored
    was, on = words.said.get(kind or "", ""), serial(day_of(day))
    full = int(result is not None and following is not None)
    cells = [read.cell("result"), read.cell("next_step")]
    known = (result, following)
    filled = [
        str(int(one is not None)).replace("1", "TRUE").replace("0", "FALSE")
        if cell is None
        else f'{cell}<>""'
        for cell, one in zip(cells, known, strict=True)
    ]
    return Facts(
        Formula(f"={read.words('kind', was)}", was),
        Formula(f"=INT({read.number('at', on)})", on),
        Formula("=0", 0),
        None,
        Formula(f"=IFERROR(IF(AND({','.join(filled)}),1,0),{full})", full),
    )


def task(read: Reader, stored: tuple[Any, ...], words: Words, today: int) -> Facts:
    """A task: a day on which it was done says that it is done, done says on which day."""
    status, due, done = stored
    was, end = words.said.get(status or "", ""), serial(day_of(done))
    now, day = read.words("status", was), read.number("done_at", end)
    if status not in ("done", "cancelled"):
        if read.cell("done_at") is not None:
            now = f"IF(AND({now}={text(was)},{day}>0,{day}<>{end}),{words['done']},{now})"
        day = f"IF(AND({STATUS}={words['done']},{day}=0),{today},{day})"
    elif status == "cancelled":
        day = f"IF(AND({STATUS}={words['done']},{day}=0),{today},{day})"
    begun = serial(day_of(due))
    return Facts(
        Formula(f"={now}", was),
        Formula(f"={read.number('due', begun)}", begun),
        Formula(f"={day}", end),
    )


def plan(read: Reader, stored: tuple[Any, ...], words: Words, today: int) -> Facts:
    """A planned contact: done says on which day."""
    status, due, done = stored
    was, begun, end = words.said.get(status or "", ""), serial(day_of(due)), serial(day_of(done))
    day = read.number("done_on", end)
    if status != "done":
        day = f"IF(AND({STATUS}={words['done']},{day}=0),{today},{day})"
    return Facts(
        Formula(f"={read.words('status', was)}", was),
        Formula(f"={read.number('due', begun)}", begun),
        Formula(f"={day}", end),
    )


# -- what counts -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counting:
    """Formulas without their sign: the day that is looked at, whether it counts, what it adds."""

    day: str
    counts: str
    top: str
    bottom: str | None = None


def counting(what: Definition, window: Window, words: Words) -> Counting:
    """How the lines of a measure count in a window, by the measure's own definition."""
    match what.source.entity:
        case "opportunity":
            return _of_deals(what.code, window, words)
        case "activity":
            return _of_contacts(what.code, window, words)
        case "task":
            return _of_tasks(what.code, window, words)
    return _of_plans(what.code, window, words)


def _is(word: str) -> str:
    return f"{STATUS}={word}"


def _of_deals(code: str, window: Window, words: Words) -> Counting:
    closed = window.holds(ENDED)
    won = f"AND({_is(words['won'])},{closed})"
    amount = f"IF({COUNTS}=1,{AMOUNT},0)"
    match code:
        case "won_amount":
            return Counting(ENDED, won, amount)
        case "won_count":
            return Counting(ENDED, won, COUNTS)
        case "lost_count":
            return Counting(ENDED, f"AND({_is(words['lost'])},{closed})", COUNTS)
        case "average_deal":
            return Counting(ENDED, won, amount, COUNTS)
        case "win_rate":
            both = f"AND(OR({_is(words['won'])},{_is(words['lost'])}),{closed})"
            return Counting(ENDED, both, f"IF(AND({COUNTS}=1,{_is(words['won'])}),1,0)", COUNTS)
        case "sales_cycle_days":
            begun = f"AND({_is(words['won'])},{closed},{BEGUN}>0)"
            return Counting(ENDED, begun, f"IF({COUNTS}=1,{ENDED}-{BEGUN},0)", COUNTS)
    still = f"AND({BEGUN}<={window.last},OR({_is(words['open'])},{ENDED}>{window.last}))"
    if code == "pipeline_amount":
        return Counting(BEGUN, still, amount)
    return Counting(BEGUN, still, f"IF({COUNTS}=1,ROUND({AMOUNT}*{SHARE},6),0)")


def _of_contacts(code: str, window: Window, words: Words) -> Counting:
    within = f"AND({window.holds(BEGUN)})"
    if code == "visits":
        return Counting(BEGUN, f"AND({_is(words['visit'])},{window.holds(BEGUN)})", COUNTS)
    if code == "activities":
        return Counting(BEGUN, within, COUNTS)
    return Counting(BEGUN, within, f"IF(AND({COUNTS}=1,{SHARE}=1),1,0)", COUNTS)


def _of_tasks(code: str, window: Window, words: Words) -> Counting:
    due = window.holds(BEGUN)
    if code == "task_done_rate":
        done = f"IF(AND({COUNTS}=1,{_is(words['done'])}),1,0)"
        return Counting(BEGUN, f"AND({STATUS}<>{words['cancelled']},{due})", done, COUNTS)
    over = f"AND({_is(words['done'])},{ENDED}>0,{due})"
    return Counting(BEGUN, over, f"IF(AND({COUNTS}=1,{ENDED}<={BEGUN}),1,0)", COUNTS)


def _of_plans(code: str, window: Window, words: Words) -> Counting:
    done, planned = _is(words["done"]), _is(words["planned"])
    if code == "overdue_follow_ups":
        late = f"{BEGUN}>0,{BEGUN}<{window.today},{BEGUN}<={window.last}"
        waiting = f"OR({planned},AND({done},{ENDED}>{window.last}))"
        return Counting(BEGUN, f"AND({late},{waiting})", COUNTS)
    told = f"OR(AND({done},{ENDED}>0),{_is(words['missed'])},AND({planned},{BEGUN}<{window.today}))"
    kept = f"IF(AND({COUNTS}=1,{done},{ENDED}<={BEGUN}),1,0)"
    return Counting(BEGUN, f"AND({told},{window.holds(BEGUN)})", kept, COUNTS)


# Measures whose records are followed, by what is read of them.
FOLLOWED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "won_amount", "won_count", "lost_count", "average_deal", "win_rate",
            "sales_cycle_days", "pipeline_amount", "weighted_pipeline",
        ),
        DEAL,
    ),
    **dict.fromkeys(("activities", "visits", "effective_follow_up_rate"), ACTIVITY),
    **dict.fromkeys(("task_done_rate", "task_on_time_rate"), TASK),
    **dict.fromkeys(("follow_up_on_time_rate", "overdue_follow_ups"), PLAN),
}  # fmt: skip
