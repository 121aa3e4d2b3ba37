"""What is said of a split: why a part is as large as it is, and what doesn't fit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from models import money
from models.goals import weights
from models.goals.weights import Grounds
from models.measures.definition import Definition
from models.periods import Period
from models.texts import N_, ntr, tr


def difference(what: Definition, currency: str, of: str, whole: Decimal, total: Decimal) -> str:
    """How far parts are from their whole."""
    words = (
        N_("The parts come to {sum}, {difference} below {whole}.")
        if total < whole
        else N_("The parts come to {sum}, {difference} above {whole}.")
    )
    text = tr(
        words,
        sum=what.show(total, currency),
        difference=what.show(abs(total - whole), currency),
        whole=what.show(whole, currency),
    )
    return f"{of}: {text}" if of else text


def basis(people: frozenset[int], period: Period, spent: Decimal, grounds: Grounds) -> str:
    """What a part is weighed by."""
    made = [tr(N_("{days} days of a full person"), days=money.plain(money.rounded(spent, 2)))]
    own = [grounds.own[one] for one in people if one in grounds.own] if grounds.rates else []
    if own:
        n = sum(one.records for one in own)
        made.append(ntr("{n} record in the past", "{n} records in the past", n))
        if len(own) == 1:
            counts = money.plain(money.rounded(Decimal(round(float(own[0].counts) * 100)), 0))
            made.append(tr(N_("they count {percent}%"), percent=counts))
    if grounds.factors:
        places = {grounds.place(one.start.replace(day=1)) for one in weights.months_of(period)}
        if len(places) == 1 and (factor := grounds.factors.get(places.pop())) is not None:
            made.append(tr(N_("month × {factor}"), factor=f"{float(factor):.2f}"))
    return tr(N_(", ")).join(made)


def listed(periods: Sequence[Period]) -> str:
    """Periods one after another."""
    return tr(N_(", ")).join(one.text() for one in periods)


def history(grounds: Grounds) -> str:
    """What a split by history rests on."""
    if not grounds.rates:
        return tr(
            N_("There are no records in {periods}; it is split by working days."),
            periods=listed(grounds.periods),
        )
    return tr(
        N_(
            "By what was brought a working day in {periods}. With few records the mean of all counts instead: n records count n ÷ (n + {thin})."
        ),
        periods=listed(grounds.periods),
        thin=weights.THIN,
    )


def season(grounds: Grounds, months: int) -> str:
    """What a split by season rests on."""
    if all(one == 1 for one in grounds.factors.values()):
        return ntr(
            "In {n} month of history no season can be seen; it is split by working days.",
            "In {n} months of history no season can be seen; it is split by working days.",
            months,
        )
    return ntr(
        "Months by the season of {n} month before; people by their working days.",
        "Months by the season of {n} months before; people by their working days.",
        months,
    )


def handed_down(what: Definition, over_time: bool) -> list[str]:
    """What is handed down as it stands, and why."""
    if what.denominator is not None:
        return [
            tr(
                N_(
                    "{measure} is not divided: everybody's goal is the same. Taken together it is reckoned from all records, so that whoever has more of them weighs more; percentages are never averaged."
                ),
                measure=what.text(),
            )
        ]
    if what.at_end and over_time:
        return [
            tr(
                N_("{measure} stands at the end of a period: over time it is not divided."),
                measure=what.text(),
            )
        ]
    return []
