"""What the sample sells, and how an amount becomes lines of an order."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.sample.dice import Dice, Wheel
from models.sample.words import Words

_DISCOUNTS = Wheel.of(
    {"0": 46, "0.02": 8, "0.03": 8, "0.05": 15, "0.08": 8, "0.1": 8, "0.12": 3, "0.15": 3, "0.2": 1}
)


@dataclass(frozen=True)
class Product:
    """A product as the book holds it."""

    name: str
    code: str
    category: str
    subcategory: str
    series: str
    unit: str
    list_price: Decimal
    cost: Decimal
    active: bool


@dataclass(frozen=True)
class Line:
    """One line of an order; ``product`` is a place in the list."""

    product: int
    quantity: int
    unit_price: Decimal
    discount: Decimal
    amount: Decimal
    cost: Decimal

    @property
    def profit(self) -> Decimal:
        """What is left of the amount."""
        return self.amount - self.cost


def products(words: Words, dice: Dice) -> list[Product]:
    """The catalogue; two products are no longer sold."""
    made = []
    for at, one in enumerate(words.goods):
        share = Decimal(dice.randint(48, 76)) / 100
        made.append(
            Product(
                name=one.name,
                code=f"{one.series}-{at + 1:03}",
                category=one.category,
                subcategory=one.subcategory,
                series=one.series,
                unit=one.unit,
                list_price=Decimal(one.price),
                cost=(one.price * share).quantize(Decimal("0.01")),
                active=at not in (8, 29),
            )
        )
    return made


class Baskets:
    """Puts together what an order of some worth holds."""

    def __init__(self, catalogue: list[Product], dice: Dice) -> None:
        self._catalogue = catalogue
        self._dice = dice
        self.wheel = Wheel(
            range(len(catalogue)),
            [dice.spread(1.0, 0.5) if one.active else 0.15 for one in catalogue],
        )

    def main(self, worth: float) -> int:
        """A product that suits an order of this worth: neither half a piece nor a thousand."""
        best, miss = 0, float("inf")
        for _ in range(6):
            one = self._dice.draw(self.wheel)
            price = float(self._catalogue[one].list_price)
            pieces = worth / price
            off = 0.0 if 0.7 <= pieces <= 60 else max(0.7 / pieces, pieces / 60)
            if off < miss:
                best, miss = one, off
            if off == 0.0:
                break
        return best

    def lines(self, worth: float, main: int) -> list[Line]:
        """Lines that come to about this worth, the main product first."""
        count = min(1 + self._dice.count(1.1 if worth > 3_000 else 0.3), 8)
        shares = [self._dice.random() + (1.2 if at == 0 else 0.1) for at in range(count)]
        discount = Decimal(self._dice.draw(_DISCOUNTS))
        made: dict[int, Line] = {}
        for at, share in enumerate(shares):
            part = worth * share / sum(shares)
            product = main if at == 0 else self.main(part)
            if product not in made:
                made[product] = self._line(product, part, discount)
        return list(made.values())

    def _line(self, product: int, worth: float, discount: Decimal) -> Line:
        one = self._catalogue[product]
        quantity = max(1, round(worth / float(one.list_price)))
        if quantity > 20:
            quantity = round(quantity, -1)
        # Most are sold at the list price; some prices have been talked about.
        price = one.list_price
        if self._dice.happens(0.12):
            price = (price * Decimal(self._dice.randint(94, 106)) / 100).quantize(Decimal(1))
        amount = quantity * price * (1 - discount)
        return Line(product, quantity, price, discount, amount, quantity * one.cost)
