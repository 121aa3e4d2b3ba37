"""A book of salespeople who each look after the same number of customers, for workbooks in the mass.

People, customers and work are those of ``tests/year``; here everybody gets exactly as many customers,
and the cards get what people write on them: addresses, notes, mail, WeChat names. Two notices are
posted. The same arguments give the same records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.book import Book
from models.change import Change
from models.money import to_scaled
from models.sample.dice import Dice, Wheel
from models.sample.words_zh import ZH
from tests.year import crowd, work

TODAY = date(2025, 9, 26)
NOTICES = (
    ("国庆值班安排", "10 月 1 日至 8 日放假，值班表见公告栏。有急事请打值班电话。"),
    ("新价目表自下月起执行", "已报价的商机按旧价执行到月底，新报价一律用新价目表。"),
)


@dataclass(frozen=True)
class Asked:
    """How large the book is."""

    people: int = 30
    customers: int = 300  # of each
    deals: int = 15  # of each
    tasks: int = 12  # of each
    activities: int = 4  # of each on a working day
    seed: int = 6
    today: date = TODAY


def make(path: Path, asked: Asked) -> list[int]:
    """Write a new book; gives the rows of the people who get workbooks."""
    with Book.create(path) as book:
        size = crowd.Size(asked.people, asked.people * asked.customers, asked.deals)
        made = crowd.make(book, size, asked.today, asked.seed)
        with book.change("Cards", "sample", keep_history=False) as change:
            _share_out(change, made)
            _fill(change, made, asked.seed)
        work.make(book, made, asked.seed, asked.tasks, asked.activities)
        with book.change("Notices", "sample", keep_history=False) as change:
            change.add_many(
                "announcement",
                ("title", "body", "posted_on"),
                [(*one, asked.today) for one in NOTICES],
            )
    return list(made.people)


def _share_out(change: Change, made: crowd.Crowd) -> None:
    """Everybody has the same number of customers, and their deals."""
    people = made.people
    for at, customer in enumerate(made.customers):
        made.owners[at] = people[at % len(people)]
        change.db.run(
            'UPDATE "customer" SET "owner" = ?, "pool_status" = NULL WHERE id = ?',
            (made.owners[at], customer),
        )
    for at, (deal, customer) in enumerate(zip(made.deals, made.deal_customers, strict=True)):
        made.deal_owners[at] = made.owners[customer - made.customers.start] or 0
        change.db.run(
            'UPDATE "opportunity" SET "owner" = ? WHERE id = ?', (made.deal_owners[at], deal)
        )


def _fill(change: Change, made: crowd.Crowd, seed: int) -> None:
    """What stands on cards that somebody keeps."""
    dice, words = Dice(seed, "cards"), ZH
    tags = Wheel.of(words.tags)
    _write(
        change, "customer", "address annual_revenue employees founded_year tags notes",
        (
            (
                words.address.format(
                    district=dice.choice(words.districts), road=dice.choice(words.roads), n=dice.randint(1, 999)
                ),
                to_scaled(Decimal(dice.randint(3, 900) * 100_000)) if dice.happens(0.5) else None,
                dice.randint(8, 1200) if dice.happens(0.6) else None,
                dice.randint(1985, 2023) if dice.happens(0.5) else None,
                ", ".join(dict.fromkeys(dice.draw(tags) for _ in range(dice.choice((0, 0, 1, 2))))) or None,
                dice.choice(words.customer_notes) if dice.happens(0.4) else None,
                row,
            )
            for row in made.customers
        ),
    )  # fmt: skip
    contacts = [one[0] for one in change.db.run('SELECT id FROM "contact" ORDER BY id')]
    _write(
        change, "contact", "email wechat notes",
        (
            (
                f"c{row}@example.com" if dice.happens(0.4) else None,
                f"wx_{row}_{dice.randint(100, 9999)}" if dice.happens(0.5) else None,
                dice.choice(words.remarks) if dice.happens(0.15) else None,
                row,
            )
            for row in contacts
        ),
    )  # fmt: skip
    _write(
        change, "opportunity", "notes",
        ((dice.choice(words.remarks) if dice.happens(0.5) else None, row) for row in made.deals),
    )  # fmt: skip


def _write(change: Change, entity: str, fields: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Set columns of many records; a row ends with the record's."""
    columns = ", ".join(f'"{one}" = ?' for one in fields.split())
    for values in rows:
        change.db.run(f'UPDATE "{entity}" SET {columns} WHERE id = ?', values)
