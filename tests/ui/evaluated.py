"""A small team with a scorecard and a cycle, as a window shows it."""

from __future__ import annotations

from dataclasses import dataclass

from models.book import Book
from models.evaluations import cycle, rating
from models.evaluations.desk import desk
from models.growth import likely


@dataclass
class Round:
    """The rows of what was made."""

    book: Book
    card: int
    care: int
    cycle: int
    wang: int
    li: int

    def evaluation(self, person: int) -> int:
        """The evaluation of somebody."""
        [row] = [
            one
            for one in self.book.ids("evaluation")
            if self.book.record("evaluation", one)["person"].id == person
        ]
        return int(row)

    def stage(self, person: int) -> str:
        """How far somebody is."""
        return str(self.book.record("evaluation", self.evaluation(person))["status"])

    def proof(self, person: int) -> str:
        """The id of a record that somebody's judgement may cite."""
        [one] = [each for each in desk(self.book).standings if each.person == person]
        whose = likely.Whose(person, one.scored.first, one.scored.last)
        return likely.likely(self.book, whose)[0].id

    def to(self, person: int, stage: str) -> None:
        """Walk somebody to a stage by the same acts as on screen."""
        row = self.evaluation(person)
        while self.stage(person) != stage:
            match self.stage(person):
                case "self_review":
                    rating.rate(self.book, row, self.care, "self", 4, "on time")
                    rating.hand_in_self(self.book, row)
                case "manager_review":
                    proof = self.proof(person)
                    rating.rate(self.book, row, self.care, "manager", 2, "late twice", proof)
                    rating.finish_manager(self.book, row)
                case _:
                    cycle.advance(self.book, row)


def add_card(book: Book) -> tuple[int, int]:
    """A scorecard of a computed and a judged item with grades; gives its row and that of the judged one."""
    with book.change("Scorecard") as change:
        card = change.add("scorecard_template", {"name": "Sales", "status": "active"})
        of = {"scorecard": card}
        change.add(
            "scorecard_item",
            {**of, "place": 1, "name": "Amount won", "measure": "won_amount", "weight": "60%", "reference": "team_median"},
        )  # fmt: skip
        care = change.add(
            "scorecard_item",
            {**of, "place": 2, "name": "Care", "kind": "rating", "weight": "40%", "anchors": "1: never\n3: often\n5: always"},
        )  # fmt: skip
        for name, least, share in (("A", 90, "50%"), ("B", 0, "50%")):
            change.add("grade_band", {**of, "name": name, "from_points": least, "share": share})
    return card, care


def add_cycle(book: Book) -> int:
    """The cycle of the half-year in which the team of the windows won its deals."""
    with book.change("Cycle") as change:
        return change.add("evaluation_cycle", {"name": "Spring", "period": "2026-H1"})


def opened(book: Book) -> Round:
    """The team's two people in an open cycle; 李娜 evaluates 王强."""
    wang, li = book.ids("salesperson")
    with book.change("Manager") as change:
        change.set("salesperson", wang, {"manager": "李娜"})
    card, care = add_card(book)
    row = add_cycle(book)
    cycle.open_cycle(book, row)
    return Round(book, card, care, row, wang, li)
