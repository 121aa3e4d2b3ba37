"""What the sample's customers say: two rounds of a questionnaire, calls, reviews and complaints.

Most are content, those who bought lately answer more often, and people differ a little: less than a few
answers can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from models.sample.calendar import Calendar
from models.sample.customers import Customer
from models.sample.dice import Dice, Wheel
from models.sample.orders import Order
from models.sample.team import Person
from models.sample.voice_words import EN, ZH, Said

FIELDS = {
    "survey_form": "name channel sent_on sent_count scale_from scale_to questions",
    "survey_response": "form number customer contact channel responded_on score satisfied recommends comment "
    "themes attributed_to source",
    "complaint": "title customer order channel opened_on severity status handler resolved_on resolution themes "
    "attributed_to",
}
_ROUNDS = ((118, 88, 38), (24, 92, 36))  # days ago, sent to, answers
_ANSWERED_IN = 17  # days after a round went out
_CALLS, _REVIEWS = 9, 6
_COMPLAINTS = 13
_SCORES = Wheel((5, 4, 3, 2, 1), (46, 31, 14, 6, 3))
_RECOMMENDS = {5: (10, 10, 9, 9, 8), 4: (9, 8, 8, 7), 3: (7, 6, 6, 5), 2: (4, 3, 5), 1: (0, 1, 2)}
_SPEAKS = 0.55  # of those who answer leave a comment
_LATELY = 300  # days in which a buyer bought lately
_DAYS = Wheel((1, 2, 3, 5, 8, 14), (20, 25, 20, 18, 12, 5))  # until a complaint is settled

Row = tuple[Any, ...]


class Voices:
    """Draws what customers say; the rows of each entity, links as places in the lists."""

    def __init__(
        self,
        calendar: Calendar,
        people: Sequence[Person],
        known: Sequence[Customer],
        contacts: Sequence[int],
        orders: Sequence[Order],
        dice: Dice,
        *,
        chinese: bool,
    ) -> None:
        self._calendar, self._known, self._contacts = calendar, known, contacts
        self._orders, self._dice = orders, dice
        self._words = ZH if chinese else EN
        self._better = [dice.gauss(0, 0.22) for _ in people]  # how their customers differ
        last: dict[int, date] = {}
        for one in orders:
            last[one.customer] = max(one.ordered_on, last.get(one.customer, one.ordered_on))
        lately = calendar.today - timedelta(days=_LATELY)
        self._recent = sorted(at for at, day in last.items() if day >= lately)
        self._older = sorted(at for at, day in last.items() if day < lately)

    def rows(self) -> dict[str, list[Row]]:
        """Everything, each entity's rows in the order of ``FIELDS``."""
        forms, answers = [], []
        for at, (ago, sent, came) in enumerate(_ROUNDS):
            day = self._calendar.before(self._calendar.today - timedelta(days=ago))
            name = self._words.form.format(quarter=f"{day.year} Q{(day.month + 2) // 3}")
            questions = "\n".join(self._words.questions)
            forms.append((name, "questionnaire", day, sent, Decimal(1), Decimal(5), questions))
            answers += [
                self._answer(at, str(number), customer, "questionnaire", on)
                for number, (on, customer) in enumerate(self._answering(day, came), 1)
            ]
        answers += self._calls()
        answers += self._reviews()
        return {"survey_form": forms, "survey_response": answers, "complaint": self._complaints()}

    def _answering(self, sent: date, count: int) -> list[tuple[date, int]]:
        """Who answers a round and when: those who bought lately three times as often."""
        wanted = min(count, len(self._recent))
        lately = self._dice.sample(self._recent, min(wanted * 3 // 4, len(self._recent)))
        rest = self._dice.sample(self._older, min(count - len(lately), len(self._older)))
        days = [
            min(sent + timedelta(days=self._dice.randint(0, _ANSWERED_IN)), self._calendar.today)
            for _ in (*lately, *rest)
        ]
        return sorted(zip(days, (*lately, *rest), strict=True))

    def _answer(
        self, form: int | None, number: str | None, customer: int, channel: str, on: date
    ) -> Row:
        score = self._score(customer)
        said = self._said(score) if self._dice.happens(_SPEAKS) else None
        recommends = None if channel == "review" else self._dice.choice(_RECOMMENDS[score])
        source = self._dice.choice(self._words.sites) if channel == "review" else None
        # Older comments have been gone through; the latest round's are still without themes.
        old = (self._calendar.today - on).days > _ROUNDS[1][0]
        return (
            form, number, customer, self._contacts[customer], channel, on, Decimal(score),
            Decimal(score - 1) / 4, recommends, said.text if said else None,
            said.theme if said and old else None, self._owner(customer), source,
        )  # fmt: skip

    def _owner(self, customer: int) -> int | None:
        one = self._known[customer]
        return None if one.pool_status == "pool" else one.owner

    def _score(self, customer: int) -> int:
        owner = self._owner(customer)
        drawn = self._dice.draw(_SCORES) + (0.0 if owner is None else self._better[owner])
        return max(1, min(5, round(drawn + self._dice.gauss(0, 0.2))))

    def _said(self, score: int) -> Said:
        return self._dice.choice(
            self._words.glad if score >= 4 else self._words.mixed if score == 3 else self._words.sad
        )

    def _some(self, count: int) -> list[int]:
        return self._dice.sample(self._recent, min(count, len(self._recent)))

    def _ago(self, least: int, most: int) -> date:
        day = self._calendar.today - timedelta(days=self._dice.randint(least, most))
        return self._calendar.before(day)

    def _calls(self) -> list[Row]:
        return [
            self._answer(None, None, one, "phone", self._ago(3, 150)) for one in self._some(_CALLS)
        ]

    def _reviews(self) -> list[Row]:
        return [
            self._answer(None, None, one, "review", self._ago(1, 200))
            for one in self._some(_REVIEWS)
        ]

    def _complaints(self) -> list[Row]:
        by_customer = {one.customer: at for at, one in enumerate(self._orders)}
        made = []
        for at, customer in enumerate(self._some(_COMPLAINTS)):
            words = self._words.complaints[at % len(self._words.complaints)]
            opened = self._ago(2, 25) if at < 4 else self._ago(20, 220)
            settled = opened + timedelta(days=self._dice.draw(_DAYS))
            status = ("open", "handling", "handling", "open")[at] if at < 4 else "resolved"
            done = status == "resolved"
            made.append(
                (
                    words.text,
                    customer,
                    by_customer.get(customer),
                    self._dice.choice(("phone", "phone", "other")),
                    opened,
                    self._dice.choice(("low", "normal", "normal", "high")),
                    status,
                    None if status == "open" else self._owner(customer),
                    settled if done else None,
                    self._words.settled[at % len(self._words.settled)] if done else None,
                    words.theme,
                    self._owner(customer),
                )
            )
        return sorted(made, key=lambda row: row[4])
