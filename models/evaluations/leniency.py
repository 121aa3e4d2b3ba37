"""Managers who judge higher or lower than the others do on the same items: their mean, its range, and of how many.

Every judgement is taken less the mean of all judgements of its item, then averaged for each person who is judged, so
that one person counts once. A manager's people are compared with all others (Welch's interval of two means, at 95 %
over all managers together: Bonferroni). With fewer than five people on either side nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import NormalDist, fmean, variance
from typing import Any

from models.evaluations.checks import FINE, LOOK, UNKNOWN, Check, Evaluated, Line, heads
from models.texts import N_, ntr, tr

LEAST = 5  # people on either side
SURE = 0.95
_RATINGS = (
    "SELECT r.id, coalesce(r.rater, e.manager), e.person, r.level, "
    "coalesce(c.name, '') || char(31) || coalesce(i.name, '') "
    "FROM evaluation_rating r JOIN evaluation e ON e.id = r.evaluation AND e.alive = 1 "
    "JOIN evaluation_cycle y ON y.id = e.cycle AND y.alive = 1 AND y.ends_on <= ? "
    "JOIN scorecard_item i ON i.id = r.item LEFT JOIN scorecard_template c ON c.id = i.scorecard "
    "WHERE r.alive = 1 AND r.rated_by = 'manager' AND r.level IS NOT NULL AND e.person IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM evaluation l WHERE l.alive = 1 AND l.replaces = e.id) ORDER BY r.id"
)


@dataclass(frozen=True)
class Leniency:
    """How one manager judges, in levels against the others; ``low`` and ``high`` are None where n is too small."""

    rater: int
    people: int
    others: int
    difference: float
    low: float | None
    high: float | None

    @property
    def more_than_chance(self) -> bool:
        """Whether the range leaves out that there is no difference."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def leniency(ratings: Sequence[tuple[int, int, float, str]]) -> tuple[Leniency, ...]:
    """How each rater judges on items that at least two judge, by rater, person, level and item."""
    by_item: dict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for rater, person, level, item in ratings:
        by_item[item].append((rater, person, level))
    off: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for judged in by_item.values():
        if len({rater for rater, _, _ in judged}) < 2:
            continue
        middle = fmean(level for _, _, level in judged)
        for rater, person, level in judged:
            off[rater][person].append(level - middle)
    means = {
        rater: [fmean(found) for _, found in sorted(people.items())]
        for rater, people in sorted(off.items())
    }
    return tuple(_against(rater, means) for rater in means)


def _against(rater: int, means: Mapping[int, Sequence[float]]) -> Leniency:
    own = means[rater]
    others = [one for other, found in means.items() if other != rater for one in found]
    difference = fmean(own) - fmean(others)
    if min(len(own), len(others)) < LEAST:
        return Leniency(rater, len(own), len(others), difference, None, None)
    a, b = variance(own) / len(own), variance(others) / len(others)
    if a + b == 0:
        return Leniency(rater, len(own), len(others), difference, difference, difference)
    freedom = (a + b) ** 2 / (a * a / (len(own) - 1) + b * b / (len(others) - 1))
    half = student(1 - (1 - SURE) / 2 / len(means), freedom) * (a + b) ** 0.5
    return Leniency(rater, len(own), len(others), difference, difference - half, difference + half)


def student(share: float, freedom: float) -> float:
    """The quantile of Student's t, from that of the normal distribution (Abramowitz & Stegun 26.7.5); from 4 degrees of freedom on good to 1 %."""
    z = NormalDist().inv_cdf(share)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(one / freedom**power for power, one in enumerate(terms, 1))


def check(every: Evaluated) -> Check:
    """Managers against each other, over this cycle and all before it."""
    with every.book.reading() as db:
        found = db.run(_RATINGS, (every.of.days[1].isoformat(),))
    ratings = [
        (rater, person, float(Decimal(level).scaleb(-6)), item)
        for _, rater, person, level, item in found
        if rater is not None
    ]
    made = leniency(ratings)
    points = _points(every, found)
    lines = tuple(_line(every, one, found, points.get(one.rater)) for one in made)
    sure = [one for one in made if one.low is not None]
    if not made:
        finding = tr(N_("No item was judged by two managers: there is nothing to compare."))
    elif not sure:
        finding = tr(
            N_("Nobody's judgements can be compared yet: {n} people are needed on either side."),
            n=LEAST,
        )
    elif any(one.more_than_chance for one in made):
        finding = " ".join(one.sentence for one in lines if one.look)
    else:
        finding = tr(N_("No manager judges higher or lower than the others by more than chance."))
    return Check(
        "leniency",
        tr(N_("How managers judge")),
        UNKNOWN if not sure else LOOK if any(one.look for one in lines) else FINE,
        finding,
        tr(
            N_(
                "Judgements by managers in this cycle and those before, each less the mean of all judgements of the same item; one person counts once. The range holds for all managers together in 95 of 100 cases. A difference may also mean that the people differ: beside it stands what the records say of them."
            )
        ),
        heads(
            N_("Manager"), N_("People judged"), N_("Levels higher or lower"), N_("Range by chance"),
            N_("Points by data, theirs"), N_("Of the others"),
        ),
        (1, 2, 3, 4, 5),
        lines,
    )  # fmt: skip


def _points(every: Evaluated, found: Sequence[Sequence[Any]]) -> dict[int, tuple[str, str]]:
    """The mean points by data of those whom each manager judged, and of all others, in this cycle."""
    data = {
        every.rows[one.person]: float(one.data_score)
        for one in every.people
        if one.data_score is not None
    }
    judged: dict[int, set[int]] = defaultdict(set)
    for _, rater, person, _, _ in found:
        if rater is not None and person in data:
            judged[rater].add(person)
    every_one = set().union(*judged.values()) if judged else set()

    def mean(people: set[int]) -> str:
        return f"{fmean(data[one] for one in people):.1f}" if people else "–"

    return {rater: (mean(people), mean(every_one - people)) for rater, people in judged.items()}


def _line(
    every: Evaluated,
    one: Leniency,
    found: Sequence[Sequence[Any]],
    points: tuple[str, str] | None,
) -> Line:
    name = every.book.label("salesperson", one.rater)
    said = {"name": name, "difference": f"{abs(one.difference):.2f}"}
    if one.low is None or one.high is None:
        sentence = ntr(
            "{name} judged {n} person: too few to say anything.",
            "{name} judged {n} people, the others {others}: too few to say anything.",
            one.people,
            others=one.others,
            **said,
        )
    else:
        reach = {"low": f"{one.low:+.2f}", "high": f"{one.high:+.2f}"}
        higher = N_(
            "{name} judged {difference} levels higher than the other managers on the same items ({low} to {high}, {n} people)."
        )
        lower = N_(
            "{name} judged {difference} levels lower than the other managers on the same items ({low} to {high}, {n} people)."
        )
        sentence = tr(higher if one.difference > 0 else lower, n=one.people, **said, **reach)
    reach_text = "" if one.low is None else f"{one.low:+.2f} – {one.high:+.2f}"
    rows = tuple(row for row, rater, *_ in found if rater == one.rater)
    return Line(
        (name, str(one.people), f"{one.difference:+.2f}", reach_text, *(points or ("–", "–"))),
        sentence,
        {"evaluation_rating": rows},
        one.more_than_chance,
    )
