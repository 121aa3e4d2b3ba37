"""What a language brings to the sample: names, places, goods, and how people write about customers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class City(NamedTuple):
    """A city: where it lies, its area code, how many customers it has (a weight)."""

    province: str
    name: str
    area_code: str
    region: int
    weight: int


class Trade(NamedTuple):
    """A word in company names, and the industry that it stands for."""

    word: str
    industry: str


class Goods(NamedTuple):
    """A product: category, kind within it, series, unit, list price in whole units of money."""

    name: str
    category: str
    subcategory: str
    series: str
    unit: str
    price: int


Weighted = Mapping[str, float]  # words with how often they occur


@dataclass(frozen=True)
class Words:
    """All words of one language.

    Templates name what is filled in: ``company`` city, brand, trade, form; ``address`` district,
    road, n; ``deal`` customer, goods; ``sentence`` opening,
    text; ``results`` and ``next_steps`` product, n, day; ``openings`` who.
    """

    country: str
    calendar: str
    new_year_feast: bool
    regions: tuple[str, ...]
    teams: tuple[str, str]
    positions: tuple[str, str, str, str]
    people: tuple[str, ...]
    cities: tuple[City, ...]
    province_codes: Mapping[str, str]
    eight_digits: frozenset[str]
    districts: tuple[str, ...]
    roads: tuple[str, ...]
    address: str
    brands: tuple[str, ...]
    trades: tuple[Trade, ...]
    forms: Weighted
    company: Weighted
    short: str
    variants: tuple[tuple[str, str], ...]
    surnames: Weighted
    given: Weighted
    person: str
    titles: Mapping[str, str]
    segments: Weighted
    sources: Weighted
    tags: Weighted
    ship_modes: Weighted
    lost_reasons: Weighted
    pipeline: str
    stages: tuple[str, str, str, str, str, str]
    criteria: tuple[str, str, str, str]
    goods: tuple[Goods, ...]
    deal: Weighted
    kinds: Weighted
    methods: Weighted
    openings: Mapping[str, tuple[str, ...]]
    results: Mapping[str, tuple[str, ...]]
    sentence: str
    days: tuple[str, ...]
    next_steps: tuple[str, ...]
    remarks: tuple[str, ...]
    customer_notes: tuple[str, ...]


def table(text: str) -> list[list[str]]:
    """Rows of a table written as lines with ``|`` between the cells."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def names(text: str) -> tuple[str, ...]:
    """Names written on lines with commas between them."""
    return tuple(one.strip() for one in text.strip().replace("\n", ",").split(","))


def cities(text: str) -> tuple[City, ...]:
    """Cities from lines of province|city|area code|region|weight."""
    return tuple(City(a, b, c, int(d), int(e)) for a, b, c, d, e in table(text))


def goods(text: str) -> tuple[Goods, ...]:
    """Products from lines of name|category|subcategory|series|unit|price."""
    return tuple(Goods(a, b, c, d, e, int(f)) for a, b, c, d, e, f in table(text))


def weighted(text: str) -> Weighted:
    """Words from ``word 12`` parts with commas between them; without a number the weight is 1."""
    made: dict[str, float] = {}
    for part in text.replace("\n", ",").split(","):
        word, _, weight = part.strip().rpartition(" ")
        if word and weight.replace(".", "").isdigit():
            made[word] = float(weight)
        elif part.strip():
            made[part.strip()] = 1.0
    return made
