"""Work that is there twice: the same customer, about the same day, the same thing to be done.

Open tasks and planned follow-ups are compared with each other. Two are taken for the same when they are
for one customer (or both for none, and one owner), due within some days of each other, and their titles say
the same, or nearly so. Tasks of one series, or of which one waits for the other, are two on purpose.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from models.book import Book
from models.dialects import Connection
from models.tasks.states import OPEN_SQL
from models.texts import N_, ntr, tr

DAYS = 2  # between them, at most
_ALIKE = 76  # of 100, titles of one kind of work
_SURELY = 88  # the same of different kinds
_SHORT = 3  # characters that a title needs to stand within a longer one

_NOISE = re.compile(
    r"[\W_]+|的|一下|一次|请|需要|尽快|及时|继续|客户|公司|任务|\b(?:the|a|an|to|for|with|of|please|customer)\b"
)
_SAME_WORDS = (
    (re.compile(r"打电话|致电|电话联系|通电话|\b(?:phone|ring|telephone)\b"), "电话"),
    (re.compile(r"回访|随访|跟单|follow[- ]?up"), "跟进"),
    (re.compile(r"上门|登门|\bvisit(?:ing)?\b"), "拜访"),
    (re.compile(r"催款|收款|催收|回款|collect(?: payment)?"), "催款"),
    (re.compile(r"发送|发出|寄送|寄出|提交|递交|\bsend\b"), "发"),
    (re.compile(r"报价单|报价|\bquot(?:e|ation)\b"), "报价"),
    (re.compile(r"\bcall\b"), "电话"),
)


@dataclass(frozen=True)
class Ref:
    """A record: its entity, row and label; ``more`` is whose it is and when it is due."""

    entity: str
    row: int
    label: str
    more: str = field(default="", compare=False)


@dataclass(frozen=True)
class Pair:
    """Two that are taken for the same, why, and how sure it is (0…100)."""

    first: Ref
    second: Ref
    why: tuple[str, ...]
    score: int

    def text(self) -> str:
        """Why, in a sentence."""
        return tr(N_("; ")).join(self.why)


@dataclass(frozen=True)
class _Work:
    ref: Ref
    kind: str
    day: date | None
    customer: int | None
    customer_name: str
    owner: int | None
    series: int | None
    bare: str


_SQL = f"""SELECT 'task', t.id, t.title, t.kind, t.due, t.customer, c.name, t.owner,
        coalesce(t.series, CASE WHEN t.recurrence IS NOT NULL THEN t.id END),
        (SELECT s.name FROM salesperson s WHERE s.id = t.owner)
    FROM task t LEFT JOIN customer c ON c.id = t.customer
    WHERE t.alive = 1 AND t.status IN {OPEN_SQL}
    UNION ALL SELECT 'follow_up_plan', p.id, coalesce(p.purpose, ''), p.kind, p.due, p.customer, c.name,
        coalesce(p.person, c.owner), NULL,
        (SELECT s.name FROM salesperson s WHERE s.id = coalesce(p.person, c.owner))
    FROM follow_up_plan p LEFT JOIN customer c ON c.id = p.customer
    WHERE p.alive = 1 AND p.status = 'planned'"""  # fmt: skip


def pairs(book: Book, days: int = DAYS) -> list[Pair]:
    """All open work that seems to be there twice, the surest first."""
    with book.reading() as db:
        groups: defaultdict[tuple[Any, ...], list[_Work]] = defaultdict(list)
        for one in _works(db):
            groups[_group(one)].append(one)
        ordered = _ordered(db)
    made = [
        _pair(a, b, score)
        for several in groups.values()
        for a, b in _near(several, days)
        if (score := _same(a, b, days)) and (a.ref.row, b.ref.row) not in ordered
    ]
    return sorted(made, key=lambda one: (-one.score, one.first.entity, one.first.row))


def like(book: Book, values: dict[str, Any], days: int = DAYS) -> list[Pair]:
    """Open work like a task that is being written; its ``first`` has the row 0.

    Args:
        values: as far as they are known: title, kind, due, customer and owner (rows of theirs).
    """
    title, customer, owner = str(values.get("title") or ""), values.get("customer"), values.get("owner")  # fmt: skip
    if not title.strip() or (customer is None and owner is None):
        return []
    with book.reading() as db:
        where, whom = ("customer", customer) if customer is not None else ("owner", owner)
        name = str(db.one("SELECT name FROM customer WHERE id = ?", (customer,)) or "") if customer else ""  # fmt: skip
        new = _Work(
            Ref("task", 0, title), str(values.get("kind") or ""), values.get("due"), customer, name,
            owner, None, bare(title, name),
        )  # fmt: skip
        known = [
            one
            for one in _works(db, f"x.{where} = ?", (whom,))
            if _group(one) == _group(new) and one.ref.row != values.get("id")
        ]
    made = [_pair(new, one, score) for one in known if (score := _same(new, one, days))]
    return sorted(made, key=lambda one: (-one.score, one.second.row))


def _works(db: Connection, where: str = "1", params: Iterable[Any] = ()) -> Iterator[_Work]:
    names = "entity, id, title, kind, due, customer, name, owner, series, person"
    sql = f"WITH x({names}) AS ({_SQL}) SELECT {names} FROM x WHERE {where}"
    for entity, row, title, kind, due, customer, name, owner, series, person in db.run(
        sql, tuple(params)
    ):
        day = date.fromisoformat(due) if due else None
        said = str(title or "")
        yield _Work(
            Ref(entity, int(row), said or str(name or ""), _more(person, due)), kind or "", day, customer,
            str(name or ""), owner, series, bare(said, str(name or "")),
        )  # fmt: skip


def _more(person: str | None, due: str | None) -> str:
    return tr(N_(", ")).join(one for one in (person, due) if one)


def _group(one: _Work) -> tuple[Any, ...]:
    """For whom it is; work for nobody outside is compared among one owner's."""
    return ("customer", one.customer) if one.customer is not None else ("owner", one.owner)


def _near(several: list[_Work], days: int) -> Iterator[tuple[_Work, _Work]]:
    """Pairs of one group whose days are near each other, or not known."""
    some = sorted(several, key=lambda one: (one.day or date.max, one.ref.row))
    for at, one in enumerate(some):
        for other in some[at + 1 :]:
            if one.day and other.day and (other.day - one.day).days > days:
                break
            yield one, other


def _ordered(db: Connection) -> set[tuple[int, int]]:
    """Tasks of which one waits for the other, both ways."""
    rows = db.run("SELECT task, after FROM task_dependency WHERE alive = 1")
    return {pair for a, b in rows for pair in ((a, b), (b, a))}


def _same(a: _Work, b: _Work, days: int) -> int:
    """How sure it is that two are the same; 0 is not."""
    if a.series is not None and a.series == b.series:
        return 0
    if a.day and b.day and abs((a.day - b.day).days) > days:
        return 0
    if (a.day is None) != (b.day is None) and a.bare != b.bare:
        return 0
    score = _alike(a.bare, b.bare)
    same_kind = not a.kind or not b.kind or a.kind == b.kind
    return score if score >= (_ALIKE if same_kind else _SURELY) else 0


@lru_cache(maxsize=50_000)
def bare(title: str, customer: str = "") -> str:
    """A title without what says nothing: the customer's name, fillers; one word for several."""
    text = unicodedata.normalize("NFKC", title).casefold()
    for name in filter(None, (customer.casefold(), _short(customer.casefold()))):
        text = text.replace(name, " ")
    for pattern, word in _SAME_WORDS:
        text = pattern.sub(word, text)
    return _NOISE.sub("", text)


def _short(customer: str) -> str:
    """A company as people call it: 杭州云栖科技有限公司 is 云栖科技 to them."""
    found = re.sub(
        r"(?:股份)?(?:有限)?(?:责任)?公司$|集团$", "", unicodedata.normalize("NFKC", customer)
    )
    return found if len(found) > 1 else ""


def _alike(a: str, b: str) -> int:
    from rapidfuzz import fuzz

    if not a or not b:  # nothing but the customer's name
        return 100 if a == b else 0
    score = fuzz.ratio(a, b)
    if min(len(a), len(b)) >= _SHORT and (a in b or b in a):
        score = max(score, 80.0)
    return round(score)


def _pair(a: _Work, b: _Work, score: int) -> Pair:
    return Pair(a.ref, b.ref, tuple(_reasons(a, b, score)), score)


def _reasons(a: _Work, b: _Work, score: int) -> Iterator[str]:
    if a.customer is not None:
        yield tr(N_("same customer: {customer}"), customer=b.customer_name)
    else:
        yield tr(N_("same owner, no customer"))
    if a.day and b.day:
        between = abs((a.day - b.day).days)
        if between:
            yield ntr("{n} day apart", "{n} days apart", between)
        else:
            yield tr(N_("same day: {day}"), day=a.day.isoformat())
    if a.bare == b.bare:
        yield tr(N_("same work"))
    else:
        yield tr(N_("titles alike by {score}%"), score=score)
