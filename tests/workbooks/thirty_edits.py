"""What people change on both sides while a workbook is away, and what must come of it: the oracle.

Plain dictionaries and the words of the issue; nothing of ``models/workbooks`` is used. A cell is
(entity, row, field); a value is what the book's column holds, and beside it stands what a person
types for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from models.sample.dice import Dice

Cell = tuple[str, int, str]
Row = tuple[str, int]
State = Mapping[str, Mapping[int, Mapping[str, Any]]]  # entity → row → column → stored

MILLIONTHS = 1_000_000
TODAY = date(2025, 9, 26)
PROSE = {("customer", "notes"), ("contact", "notes"), ("opportunity", "notes"),
         ("activity", "result"), ("activity", "next_step"), ("activity", "notes"),
         ("task", "done_criteria")}  # fmt: skip
FIELDS: dict[str, dict[str, str]] = {
    "customer": {
        "phone": "phone", "city": "text", "address": "text", "grade": "choice", "annual_revenue": "money",
        "employees": "whole", "tags": "tags", "notes": "prose",
    },
    "contact": {"title": "text", "phone": "phone", "email": "email", "wechat": "text", "birthday": "date", "notes": "prose"},
    "opportunity": {"amount": "money", "probability": "percent", "expected_close": "date", "notes": "prose"},
    "follow_up_plan": {"purpose": "text", "due": "date", "outcome": "text"},
    "activity": {"result": "prose", "next_step": "prose", "notes": "prose", "duration_minutes": "whole"},
    "task": {"due": "date", "done_criteria": "prose"},
}  # fmt: skip
ASKED = {("customer", "name"), ("follow_up_plan", "due")}  # must not be empty
# What follows in other cells from what was written; not looked at unless it was edited itself.
FOLLOWS = {
    ("customer", "next_contact_due"), ("customer", "pool_status"), ("customer", "no_step_reason"),
    ("follow_up_plan", "status"), ("follow_up_plan", "done_on"), ("follow_up_plan", "activity"),
    ("opportunity", "forecast_category"), ("read_receipt", "read_at"),
}  # fmt: skip
FOLLOWING = {"stage_change"}  # entities whose records are made by others' changes
WORDS = (
    "已电话沟通", "下周再拜访", "客户要求重新报价", "等财务审批", "样品已寄出", "合同在走流程", "对价格有异议",
    "约了技术交流", "竞争对手也在谈", "月底前给答复",
)  # fmt: skip
CITIES = ("上海", "苏州", "宁波", "合肥", "长沙", "佛山", "西安", "青岛")
TITLES = ("采购经理", "总经理", "财务主管", "技术部长", "设备科长", "行政助理")
TAGS = ("重点", "老客户", "账期长", "价格敏感", "转介绍", "新厂")


@dataclass(frozen=True)
class Value:
    """A value as the book holds it, and as somebody types it (for openpyxl)."""

    stored: Any
    typed: Any


@dataclass
class Edits:
    """What was done to one workbook and, meanwhile, to the book."""

    person: int
    theirs: dict[Cell, Value] = field(default_factory=dict)
    mine: dict[Cell, Value] = field(default_factory=dict)
    theirs_removed: set[Row] = field(default_factory=set)
    mine_removed: set[Row] = field(default_factory=set)
    added: list[tuple[str, dict[str, Value]]] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """A question that must be open afterwards: the kind, the cell ("" of a whole row), both values."""

    kind: str
    entity: str
    row: int
    field: str
    mine: Any = None
    theirs: Any = None


@dataclass
class Outcome:
    """What must be in the book after a workbook was collected."""

    cells: dict[Cell, Any] = field(default_factory=dict)
    joined: dict[Cell, tuple[str, str, str]] = field(default_factory=dict)
    asked: set[Asked] = field(default_factory=set)
    merged: int = 0
    gone: int = 0
    told: set[Row] = field(default_factory=set)  # rows that say something new


# -- what people type --------------------------------------------------------------------------------


class Typist:
    """Values that differ from what stands there, typed in one of the ways that people have."""

    def __init__(self, dice: Dice, choices: Mapping[tuple[str, str], Mapping[str, str]]) -> None:
        self._dice, self._choices, self._no = dice, choices, 0

    def value(self, entity: str, name: str, *taken: Any, empty: bool = True) -> Value:
        """A value for a field that is none of those which stand there already."""
        kind = FIELDS[entity][name]
        free = empty and (entity, name) not in ASKED and any(one is not None for one in taken)
        if free and None not in taken and self._dice.happens(0.06):
            return Value(None, None)
        for _ in range(50):
            made = self._of(kind, entity, name)
            if made.stored not in taken:
                return made
        raise AssertionError(f"nothing else can stand in {entity}.{name}")

    def grown(self, base: str) -> Value:
        """A text to which something was added below."""
        text = f"{base}\n{self._words()}"
        return Value(text, text)

    def tagged(self, base: str | None) -> Value:
        """Tags, one more or one less."""
        held = [one for one in (base or "").split(", ") if one]
        left = [one for one in TAGS if one not in held]
        if held and self._dice.happens(0.3):
            held.pop(self._dice.randrange(len(held)))
        elif left:
            held.append(self._dice.choice(left))
        return Value(
            ", ".join(held) or None, self._dice.choice(("，", ", ", "、")).join(held) or None
        )

    def _of(self, kind: str, entity: str, name: str) -> Value:
        made: Value = getattr(self, f"_{kind}")(entity, name)
        return made

    def _words(self) -> str:
        self._no += 1
        return f"{self._dice.choice(WORDS)}（{self._no}）"

    def _same(self, text: str) -> Value:
        return Value(text, text)

    def _prose(self, _entity: str, _name: str) -> Value:
        return self._same("，".join(self._words() for _ in range(self._dice.choice((1, 1, 2)))))

    def _text(self, _entity: str, name: str) -> Value:
        match name:
            case "city":
                return self._same(self._dice.choice(CITIES))
            case "title":
                return self._same(self._dice.choice(TITLES))
            case "wechat":
                self._no += 1
                return self._same(f"wx{self._no}_{self._dice.randrange(1000)}")
        return self._same(f"{self._words()} {self._dice.randint(1, 99)}号")

    def _phone(self, _entity: str, _name: str) -> Value:
        digits = f"1{self._dice.choice('3578')}{self._dice.randrange(10**9):09}"
        return Value(digits, self._dice.choice((digits, digits, int(digits))))

    def _email(self, _entity: str, _name: str) -> Value:
        self._no += 1
        return self._same(f"m{self._no}.{self._dice.randrange(100)}@example.com")

    def _choice(self, entity: str, name: str) -> Value:
        code = self._dice.choice(sorted(self._choices[entity, name]))
        return Value(code, self._dice.choice((self._choices[entity, name][code], code)))

    def _money(self, _entity: str, _name: str) -> Value:
        amount = self._dice.randint(1, 9_000) * 100
        ways = (amount, amount, f"{amount:,}", f"¥{amount:,}.00")
        return Value(amount * MILLIONTHS, self._dice.choice(ways))

    def _whole(self, _entity: str, name: str) -> Value:
        number = self._dice.randint(1, 200) * 5
        return Value(number, self._dice.choice((number, number, str(number))))

    def _percent(self, _entity: str, _name: str) -> Value:
        hundredths = self._dice.randint(1, 99)
        ways = (hundredths / 100, f"{hundredths}%")
        return Value(hundredths * MILLIONTHS // 100, self._dice.choice(ways))

    def _date(self, _entity: str, name: str) -> Value:
        day = TODAY + timedelta(days=self._dice.randint(1, 180))
        if name == "birthday":
            day = date(self._dice.randint(1965, 2000), day.month, min(day.day, 28))
        ways = (
            day,
            day,
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day.year}年{day.month}月{day.day}日",
        )
        return Value(day.isoformat(), self._dice.choice(ways))


# -- what is changed ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shares:
    """How much of what is changed; the first two are the issue's, of all cells and of all rows."""

    cells: float = 0.05
    rows: float = 0.01
    conflicts: float = 0.10  # of the cells that are changed there
    alike: float = 0.05  # … on both sides in the same way
    grown: float = 0.05  # … texts and tags that both sides add to
    mine: float = 0.02  # of all cells, changed in the book alone


def edited(
    person: int,
    state: State,
    held: Mapping[str, Mapping[str, Sequence[int]]],
    typist: Typist,
    dice: Dice,
    shares: Shares,
) -> Edits:
    """Edits of one person's workbook; ``held`` are entity → field that may be changed → rows."""
    made = Edits(person)
    rows = sorted({(entity, row) for entity, fields in held.items() for some in fields.values() for row in some})  # fmt: skip
    away = _remove(made, rows, state, held, typist, dice, shares)
    cells = [
        (entity, row, name)
        for entity, fields in held.items()
        for name, some in fields.items()
        for row in some
        if (entity, row) not in away
    ]
    chosen = dice.sample(cells, round(len(cells) * (shares.cells + shares.mine)))
    there = round(len(cells) * shares.cells)
    conflicts, alike, grown = (
        round(there * one) for one in (shares.conflicts, shares.alike, shares.grown)
    )
    # Texts come next in the order of shares, else hardly one would grow on both sides.
    alone = conflicts + alike
    chosen[alone:there] = sorted(
        chosen[alone:there],
        key=lambda one: not ((one[0], one[2]) in PROSE and state[one[0]][one[1]][one[2]]),
    )
    for at, cell in enumerate(chosen[:there]):
        base = state[cell[0]][cell[1]][cell[2]]
        if FIELDS[cell[0]][cell[2]] == "tags":
            _tags(made, cell, base, typist, both=at < conflicts + alike + grown)
            continue
        theirs = typist.value(cell[0], cell[2], base)
        if at < conflicts:
            made.mine[cell] = typist.value(cell[0], cell[2], base, theirs.stored)
        elif at < conflicts + alike:
            made.mine[cell] = theirs
        elif at < conflicts + alike + grown and (cell[0], cell[2]) in PROSE and base:
            theirs, made.mine[cell] = typist.grown(base), typist.grown(base)
        made.theirs[cell] = theirs
    for cell in chosen[there:]:
        base = state[cell[0]][cell[1]][cell[2]]
        if FIELDS[cell[0]][cell[2]] != "tags":
            made.mine[cell] = typist.value(cell[0], cell[2], base)
    return made


def _tags(made: Edits, cell: Cell, base: str | None, typist: Typist, *, both: bool) -> None:
    theirs = typist.tagged(base)
    if theirs.stored == base:
        return
    made.theirs[cell] = theirs
    if both:
        made.mine[cell] = typist.tagged(base)


def _remove(
    made: Edits,
    rows: Sequence[Row],
    state: State,
    held: Mapping[str, Mapping[str, Sequence[int]]],
    typist: Typist,
    dice: Dice,
    shares: Shares,
) -> set[Row]:
    """Rows that go on one side and are changed on the other, and some that just go."""
    both = max(2, round(len(rows) * shares.rows))
    just = max(2, round(len(rows) * shares.rows / 3))
    away = dice.sample(rows, both + just)
    for at, (entity, row) in enumerate(away):
        here = at % 2 == 0
        (made.mine_removed if here else made.theirs_removed).add((entity, row))
        if at >= both:
            continue
        names = sorted(name for name in held[entity] if FIELDS[entity][name] != "tags")
        name = dice.choice(names)
        value = typist.value(entity, name, state[entity][row][name])
        (made.theirs if here else made.mine)[entity, row, name] = value
    return set(away)


def new_rows(edits: Edits, customers: Sequence[Value], number: int, visit: str) -> None:
    """Three visits, a customer, a contact, a suggestion.

    ``customers`` are some of the person's own, as rows and as cells call them; ``visit`` is what
    cells say for a visit.
    """
    for at in range(3):
        moment = datetime(2025, 9, 25, 9 + at * 2, number % 60)
        text = f"新拜访 {number}-{at}：客户对样机满意"
        edits.added.append(
            (
                "activity",
                {
                    "at": Value(stored_moment(moment), moment),
                    "kind": Value("visit", visit),
                    "customer": customers[at],
                    "result": Value(text, text),
                    "duration_minutes": Value(45, 45),
                },
            )
        )
    phone = f"199{number:04}0001"
    name = f"驭{chr(0x9A6C + number)}{chr(0x5C71 + number)}特种阀件（{number:03}）厂"
    edits.added.append(
        ("customer", {"name": Value(name, name), "phone": Value(phone, int(phone)), "city": Value("宁波", "宁波")})
    )  # fmt: skip
    person = f"欧阳{chr(0x4E00 + 17 * number)}{chr(0x4E50 + number)}"
    edits.added.append(
        (
            "contact",
            {
                "name": Value(person, person),
                "customer": customers[3],
                "phone": Value(f"198{number:04}0002", f"198{number:04}0002"),
            },
        )
    )
    title = f"建议：样品间增加型号 {number}"
    edits.added.append(
        ("suggestion", {"title": Value(title, title), "content": Value("客户常问", "客户常问")})
    )


def stored_moment(local: datetime) -> str:
    """A local moment as columns hold moments."""
    return local.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# -- what must come of it ----------------------------------------------------------------------------


def outcome(edits: Edits, base: State) -> Outcome:
    """The rules of the issue over one person's edits, cell by cell."""
    made = Outcome()
    for cell in sorted({*edits.theirs, *edits.mine}):
        if (cell[0], cell[1]) in edits.mine_removed | edits.theirs_removed:
            continue
        _cell(made, edits, cell, base[cell[0]][cell[1]][cell[2]])
    for entity, row in edits.theirs_removed:
        changed = any(cell[:2] == (entity, row) for cell in edits.mine)
        made.asked.add(Asked("removed_edited" if changed else "removed", entity, row, ""))
        made.gone += 1
        for cell, value in edits.mine.items():
            if cell[:2] == (entity, row):
                made.cells[cell] = value.stored
    for cell, value in edits.theirs.items():
        if cell[:2] in edits.mine_removed:
            made.asked.add(Asked("removed_edited", *cell, None, value.stored))
            made.told.add(cell[:2])
    return made


def _cell(made: Outcome, edits: Edits, cell: Cell, base: Any) -> None:
    mine = edits.mine[cell].stored if cell in edits.mine else base
    theirs = edits.theirs[cell].stored if cell in edits.theirs else base
    kind = FIELDS[cell[0]][cell[2]]
    if theirs in (base, mine):
        made.cells[cell] = mine
        return
    made.told.add((cell[0], cell[1]))
    if mine == base:
        made.cells[cell] = theirs
        made.merged += 1
    elif kind == "tags":
        made.cells[cell] = _three_sets(base, mine, theirs)
        made.merged += not same_tags(made.cells[cell], mine)
    elif kind == "prose" and base and _grew(base, mine) and _grew(base, theirs):
        made.joined[cell] = (base, mine[len(base) :].strip(), theirs[len(base) :].strip())
        made.merged += 1
    else:
        made.cells[cell] = mine
        made.asked.add(Asked("edited", *cell, mine, theirs))


def _grew(base: str, now: str | None) -> bool:
    """Whether something was only added to a text."""
    return bool(now) and str(now).startswith(base)


def _three_sets(base: str | None, mine: str | None, theirs: str | None) -> str | None:
    """What either side added stays, what either side took away goes."""
    sets = [{one for one in (text or "").split(", ") if one} for text in (base, mine, theirs)]
    held = ((sets[1] | sets[2]) - (sets[0] - sets[1])) - (sets[0] - sets[2])
    return ", ".join(sorted(held)) or None


def same_tags(one: Any, other: Any) -> bool:
    """Whether two texts hold the same tags."""
    return set((one or "").split(", ")) == set((other or "").split(", "))
