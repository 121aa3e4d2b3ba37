"""What stands beside the items of an evaluation: the views of self, manager and data; notes, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from models.evaluations import explaining, steps
from models.evaluations.result import Judged
from models.evaluations.steps import Standing
from models.texts import N_, tr
from ui.pages.evaluation_people import points


def gap_lines(one: Standing) -> list[tuple[str, ...]]:
    """Each item as the person, the manager, colleagues and the data see it, and how far they are apart.

    What the person says is not shown before they have handed it in.
    """
    made = []
    for item in one.scored.items:
        sides = {side: _mean(item.judged, side) for side in ("self", "manager", "peer")}
        if not one.handed_in:
            sides["self"] = None
        given = [value for value in (sides["self"], sides["manager"]) if value is not None]
        apart = f"{abs(given[0] - given[1]):.1f}" if len(given) == 2 else "–"
        data = points(item.score) if item.kind == "metric" else "–"
        shown = ["–" if value is None else f"{value:.1f}" for value in sides.values()]
        if (found := explaining.together(item)) is not None:
            shown[-1] = f"{found[1]:.1f} ({found[0]})"  # the mean, and of how many
        made.append((item.name, *shown, data, apart))
    return made


def _mean(judged: Sequence[Judged], side: str) -> float | None:
    levels = [one.level for one in judged if one.rated_by == side]
    return float(sum(levels)) / len(levels) if levels else None


def notes_of(one: Standing) -> list[str]:
    """What was special, what colleagues of the group mean, who signed, what was objected."""
    made = list(one.scored.notes)
    if one.apart:
        made.append(one.apart)
    made += [tr(N_("Other than what lies before both: {text}"), text=text) for text in one.moved]
    if one.scored.comment:
        made.append(tr(N_("Overall: {text}"), text=one.scored.comment))
    made += [_signature(signed) for signed in one.signed]
    for appeal in one.appeals:
        text = tr(N_("Appeal: {reason}"), reason=appeal.reason)
        if appeal.answer:
            text = tr(N_("{appeal} Answered: {answer}"), appeal=text, answer=appeal.answer)
        elif appeal.due is not None:
            text = tr(N_("{appeal} To be answered by {day}."), appeal=text, day=appeal.due)
        made.append(text)
    return made


def _signature(signed: steps.Signed) -> str:
    who = tr(N_("as manager")) if signed.signed_as == "manager" else tr(N_("as the person"))
    text = N_("Signed {who} by {name} on {day}, agrees; digest {digest}…")
    if not signed.agrees:
        text = N_(
            "Signed {who} by {name} on {day}, has seen it and does not agree; digest {digest}…"
        )
    said = tr(text, who=who, name=signed.name, day=signed.at[:10], digest=signed.digest[:12])
    return tr(N_("{said}. {reason}"), said=said, reason=signed.comment) if signed.comment else said
