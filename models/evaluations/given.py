"""Chances that people were given in a cycle, against an equal share by the days that they counted.

Whether it is more than luck is seen by dealing the same chances out again by lot, everybody by their days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

import numpy as np

from models.assignment.inputs import chances_text
from models.evaluations.checks import FINE, LOOK, UNKNOWN, Check, Evaluated, Line, heads
from models.evaluations.lots import Floats, Lot
from models.money import SCALE
from models.texts import N_, ntr, tr

LEAST = 5  # chances of all, below which nothing is said
_DRAWS = 999
_LEVEL = 0.05


@dataclass(frozen=True)
class Share:
    """What somebody got, in hundredths of an ordinary chance, and what an equal share is."""

    got: int
    share: int
    uneven: bool  # farther from it than anybody is by luck in 95 of 100 cases

    @property
    def difference(self) -> int:
        """More (or less) than an equal share."""
        return self.got - self.share


@dataclass(frozen=True)
class Shares:
    """Everybody's share; ``chance`` is how often luck alone is as uneven, None where too few were given."""

    people: tuple[Share, ...]
    chance: float | None


def shares(worths: Sequence[Sequence[int]], days: Sequence[int]) -> Shares:
    """Everybody's share of the chances (worth of each, by person), by the days that they counted."""
    got = [sum(one) for one in worths]
    every = np.array([float(one) for some in worths for one in some])
    parts = np.array(days, dtype=np.float64)
    if len(every) < LEAST or parts.sum() <= 0 or len(worths) < 2:
        whole, of = sum(got), max(sum(days), 1)
        return Shares(
            tuple(Share(one, whole * day // of, False) for one, day in zip(got, days, strict=True)),
            None,
        )
    parts /= parts.sum()
    even = parts * every.sum()
    width = np.sqrt((every**2).sum() * parts * (1 - parts))
    width = np.where(width > 0, width, 1.0)
    edges, lot = np.cumsum(parts), Lot()

    def farthest(amounts: Floats) -> Floats:
        return np.asarray(np.abs(amounts - even) / width)

    luck = np.sort([
        farthest(lot.dealt(every, edges)).max() for _ in range(_DRAWS)
    ])  # fmt: skip
    limit = luck[min(ceil((1 - _LEVEL) * (_DRAWS + 1)), _DRAWS) - 1]
    off = farthest(np.array(got, dtype=np.float64))
    chance = (1 + int((luck >= off.max() - 1e-9).sum())) / (_DRAWS + 1)
    return Shares(
        tuple(
            Share(one, round(float(share)), bool(far > limit + 1e-9))
            for one, share, far in zip(got, even, off, strict=True)
        ),
        chance,
    )


def check(every: Evaluated) -> Check:
    """Chances of the cycle's days."""
    first, last = every.of.days
    with every.book.reading() as db:
        found = db.run(
            "SELECT id, person, coalesce(worth, ?) FROM opportunity_ledger WHERE alive = 1 "
            "AND given_on >= ? AND given_on <= ? AND person IS NOT NULL ORDER BY id",
            (SCALE, first.isoformat(), last.isoformat()),
        )
    worths: dict[int, list[int]] = defaultdict(list)
    rows: dict[int, list[int]] = defaultdict(list)
    for row, person, worth in found:
        worths[person].append(int(worth) * 100 // SCALE)
        rows[person].append(row)
    people = [every.rows[one.person] for one in every.people]
    days = [max((one.last - one.first).days + 1, 0) for one in every.people]
    made = shares([worths[one] for one in people], days)
    lines = []
    for one, person, share in zip(every.people, people, made.people, strict=True):
        sign = "+" if share.difference > 0 else "−" if share.difference else ""
        cells = (
            one.name,
            str(len(rows[person])),
            chances_text(share.got),
            chances_text(share.share),
            sign + chances_text(abs(share.difference)),
        )
        lines.append(
            Line(cells, _sentence(one.name, share), {"opportunity_ledger": tuple(rows[person])}, share.uneven)
        )  # fmt: skip
    lines.sort(key=lambda one: not one.look)
    uneven = sum(one.look for one in lines)
    return Check(
        "chances",
        tr(N_("How chances were given")),
        UNKNOWN if made.chance is None else LOOK if uneven else FINE,
        _finding(made, sum(len(one) for one in rows.values()), uneven),
        tr(
            N_(
                "Chances of the days of the cycle, 1 is an ordinary one. An equal share follows the days that somebody counted. Luck was tried by dealing the same chances out by lot {n} times."
            ),
            n=_DRAWS,
        ),
        heads(
            N_("Salesperson"), N_("Good chances"), N_("Worth together"), N_("Equal share"),
            N_("More or less"),
        ),
        (1, 2, 3, 4),
        tuple(lines),
    )  # fmt: skip


def _sentence(name: str, one: Share) -> str:
    said = {"name": name, "got": chances_text(one.got), "share": chances_text(one.share)}
    if one.uneven:
        return tr(
            N_("{name} got {got} against an equal share of {share}: more than luck explains."),
            **said,
        )
    return tr(N_("{name} got {got} against an equal share of {share}: it can be luck."), **said)


def _finding(made: Shares, n: int, uneven: int) -> str:
    if made.chance is None:
        return ntr(
            "{n} chance was given in these days: too few to say anything.",
            "{n} chances were given in these days: too few to say anything.",
            n,
        )
    chance = f"{Decimal(made.chance * 100).quantize(Decimal('0.1'))}%"
    if uneven:
        return ntr(
            "{n} person got more or less than luck explains; luck alone is as uneven in {chance} of all cases.",
            "{n} people got more or less than luck explains; luck alone is as uneven in {chance} of all cases.",
            uneven,
            chance=chance,
        )
    return tr(
        N_(
            "Chances are as even as luck lets expect: luck alone is as uneven in {chance} of all cases."
        ),
        chance=chance,
    )
