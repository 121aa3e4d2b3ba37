"""A small book with deals, a scorecard, a cycle and evaluations for the tests of signing and sealing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

from models.book import Book
from models.evaluations import presenting, sealing, signing
from models.evaluations.sealing import Sealed

PEOPLE = ("陈晓", "林峰", "周敏")
FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@dataclass(frozen=True)
class Kept:
    """A book as it was when it was closed: its file, and the rows of what stands in it."""

    content: bytes
    rows: dict[str, Any]


class SealedBook:
    """Three people under 王主管, a cycle 2026-Q3, and three items: amount, rate, a rating."""

    def __init__(self, place: Path) -> None:
        self.book = Book.create(place / "team.daybook", "CNY")
        self.people: dict[str, int] = {}
        self.evaluations: dict[str, int] = {}
        self.deals: list[int] = []
        self.items: dict[str, int] = {}
        with self.book.change("team") as change:
            self._team(change)
            self._card(change)
            self._cycle(change)
            self._won(change)

    @classmethod
    def again(cls, place: Path, kept: Kept) -> Self:
        """A copy of a book that was kept: opening one costs a fifth of making and signing it."""
        made = cls.__new__(cls)
        path = place / "team.daybook"
        path.write_bytes(kept.content)
        made.book = Book.open(path)
        for name, one in kept.rows.items():
            setattr(made, name, one.copy() if isinstance(one, dict | list) else one)
        return made

    def keep(self) -> Kept:
        """Close it, and keep it for ``again``."""
        self.book.close()
        rows = {name: one for name, one in vars(self).items() if name != "book"}
        return Kept(self.book.path.read_bytes(), rows)

    def _team(self, change: Any) -> None:
        boss = change.add("salesperson", {"name": "王主管"})
        self.people["王主管"] = boss
        for name in PEOPLE:
            self.people[name] = change.add("salesperson", {"name": name, "manager": boss})

    def _card(self, change: Any) -> None:
        self.card = change.add("scorecard_template", {"name": "业务员", "status": "active"})
        for place, (name, values) in enumerate(
            {
                "赢单额": {"measure": "won_amount", "weight": "50%", "reference": "goal"},
                "赢率": {"measure": "win_rate", "weight": "30%", "reference": "team_median"},
                "协作": {"kind": "rating", "weight": "20%", "must_cite": False},
            }.items(),
            1,
        ):
            self.items[name] = change.add(
                "scorecard_item", {"scorecard": self.card, "place": place, "name": name, **values}
            )
        for name, points in (("A", 90), ("B", 70), ("C", 0)):
            change.add("grade_band", {"scorecard": self.card, "name": name, "from_points": points})

    def _cycle(self, change: Any) -> None:
        self.cycle = change.add("evaluation_cycle", {"name": "2026 三季度", "period": "2026-Q3"})
        for name in PEOPLE:
            person = self.people[name]
            change.add(
                "goal",
                {
                    "level": "person", "person": person, "measure": "won_amount",
                    "period": "2026-Q3", "target": "10000",
                },
            )  # fmt: skip
            self.evaluations[name] = row = change.add(
                "evaluation",
                {
                    "person": person,
                    "cycle": self.cycle,
                    "scorecard": self.card,
                    "manager": self.people["王主管"],
                },
            )
            change.db.run("UPDATE evaluation SET status = 'talk' WHERE id = ?", (row,))
            rating = {
                "evaluation": row,
                "item": self.items["协作"],
                "rated_by": "manager",
                "level": 4,
            }
            names = list(rating)
            change.add_many("evaluation_rating", names, [[Decimal(4) if one == "level" else rating[one] for one in names]])  # fmt: skip

    def _won(self, change: Any) -> None:
        for at, name in enumerate(PEOPLE * 4):
            self.deals.append(
                change.add(
                    "opportunity",
                    {
                        "name": f"单{at}",
                        "owner": self.people[name],
                        "status": "won" if at % 4 else "lost",
                        "opened_on": date(2026, 6, 1),
                        "closed_on": date(2026, 7 + at % 3, 10 + at),
                        "amount": Decimal(1000 + 300 * at),
                    },
                )
            )

    def sign(self, name: str = "陈晓", **more: Any) -> int:
        """Both sign; gives the evaluation."""
        row = self.evaluations[name]
        signing.sign(self.book, row, self.people[name], **more)
        signing.sign(self.book, row, self.people["王主管"])
        return row

    def seal(self, name: str = "陈晓") -> Sealed:
        """Both sign, and it is sealed."""
        return sealing.seal(self.book, self.sign(name))

    def seal_of(self, name: str = "陈晓") -> Sealed:
        """The seal that is there."""
        found = sealing.sealed(self.book, self.evaluations[name])
        assert found is not None
        return found

    def content(self, name: str = "陈晓") -> bytes:
        """What lies before both."""
        found = presenting.presented(self.book, self.evaluations[name])
        return found.content if found else b""
