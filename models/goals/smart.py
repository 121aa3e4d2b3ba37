"""The SMART meter: five findings on a goal as it is being written, saved or not.

``judge`` is the instant part: it reads a handful of rows and follows every keystroke (S, M, R, T). What
a goal's chance is needs years of records: ``models.goals.prospects`` reads them once in a job, gives its
outlook in milliseconds from then on, and ``judge`` takes that as ``reach`` (A). The meter never blocks;
against an open finding it only asks for a reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from models.book import Book
from models.goals import smart_context, smart_words
from models.goals.smart_draft import HINT, OK, OPEN, Draft, Finding, Judgement, draft
from models.goals.vagueness import wording
from models.texts import N_, ntr, tr

if TYPE_CHECKING:
    from models.goals.prospects import Reach


def judge(
    book: Book,
    values: Mapping[str, Any],
    *,
    goal: int | None = None,
    on: date | None = None,
    key_results: Sequence[Mapping[str, Any]] | None = None,
    checkpoints: Sequence[date] | None = None,
    reach: Reach | None = None,
) -> Judgement:
    """Examine a goal.

    Args:
        values: fields as they are being typed, texts or parsed; of a saved goal only what differs.
        goal: the row of a saved goal, whose own values, key results and checkpoints are read.
        key_results: their values (title, evidence…) as they are being typed, else the saved ones.
        reach: what ``prospects`` says of the chance; without it A waits.
    """
    made = draft(book, values, goal, on, key_results, checkpoints)
    findings = (
        _specific(book, made),
        _measurable(book, made),
        _achievable(book, made, reach),
        smart_context.relevant(book, made),
        smart_context.timely(book, made),
    )
    waiting = reach is None and made.what is not None and made.amount("target") is not None
    return Judgement(findings, str(made.values.get("override_reason") or "").strip(), waiting)


def examine(book: Book, goal: int, on: date | None = None) -> tuple[Judgement, Reach | None]:
    """Examine a saved goal with its chance: reads the history, a job for screens."""
    made = draft(book, {}, goal, on)
    reach = None
    if made.what is not None and made.period is not None:
        from models.goals.prospects import Prospects

        reach = Prospects(book, made.what, made.period, made.on).of(made)
    return judge(book, {}, goal=goal, on=on, reach=reach), reach


# -- S -------------------------------------------------------------------------------------------------


def _specific(book: Book, made: Draft) -> Finding:
    title = str(made.values.get("title") or "").strip()
    better = smart_words.sentence(book, made)
    if not title:
        if made.what is not None:
            return Finding("S", OK, tr(N_("It is named after its measure, person and period.")))
        return Finding("S", OPEN, tr(N_("Nothing says what is to be reached.")))
    found, bound = wording(title), made.what is not None and made.amount("target") is not None
    if found.effort:
        words = tr(N_(", ")).join(found.effort)
        reason = tr(
            N_("“{words}” promises effort; nobody can see whether it was kept."), words=words
        )
        return Finding(
            "S", HINT if bound or found.number else OPEN, reason, better, _titled(better)
        )
    if not found.object and not bound:
        return Finding("S", OPEN, tr(N_("It doesn't say what is to be reached.")), better)
    if found.movement and not found.number and not bound:
        words = tr(N_(", ")).join(found.movement)
        reason = tr(N_("“{words}” needs a number: from how much to how much?"), words=words)
        shown = made.what is not None or bool(made.key_results)
        return Finding("S", HINT if shown else OPEN, reason, better, _titled(better))
    if found.short and not bound:
        return Finding("S", HINT, tr(N_("It is very short; say what will be there.")), better)
    return Finding("S", OK, tr(N_("It says what is to be reached.")))


def _titled(better: str) -> dict[str, str]:
    return {"title": better} if better else {}


# -- M -------------------------------------------------------------------------------------------------


def _measurable(book: Book, made: Draft) -> Finding:
    if made.what is None:
        return _by_results(made)
    target = made.amount("target")
    if target is None:
        reason = tr(N_("{measure} measures it, but there is no target."), measure=made.what.text())
        return Finding("M", OPEN, reason)
    amounts = [made.amount(name) for name in ("floor", "target", "stretch")]
    levels: list[Decimal] = [one for one in amounts if one is not None]
    if any((a < b) if made.down else (a > b) for a, b in pairwise(levels)):
        reason = (
            tr(N_("Lower is better: floor ≥ target ≥ stretch is expected."))
            if made.down
            else tr(N_("Floor ≤ target ≤ stretch is expected."))
        )
        return Finding("M", HINT, reason)
    if made.what.unit == "percent" and abs(target) > 1:
        reason = tr(
            N_("{target} is more than all; shares are written as 55% or 0.55."),
            target=made.what.show(made.amount("target"), book.currency),
        )
        return Finding("M", HINT, reason)
    reason = tr(
        N_("Measured by {measure}: {target}."),
        measure=made.what.text(),
        target=made.what.show(made.amount("target"), book.currency),
    )
    return Finding("M", OK, reason)


def _by_results(made: Draft) -> Finding:
    listed = [one for one in made.key_results if str(one.get("title") or "").strip()]
    if not listed:
        reason = tr(N_("Nothing measures it: choose a measure, or list key results."))
        return Finding("M", OPEN, reason)
    bare = [one for one in listed if not str(one.get("evidence") or "").strip()]
    if bare:
        reason = ntr(
            "{n} key result says nothing of its evidence: {first}.",
            "{n} key results say nothing of their evidence: {first}…",
            len(bare),
            first=str(bare[0]["title"]),
        )
        return Finding(
            "M", HINT, reason, tr(N_("Say what shows it: a record, a document, whom to ask."))
        )
    n = len(listed)
    return Finding(
        "M", OK, ntr("{n} key result with evidence.", "{n} key results with evidence.", n)
    )


# -- A -------------------------------------------------------------------------------------------------


def _achievable(book: Book, made: Draft, reach: Reach | None) -> Finding:
    if made.what is None:
        return Finding(
            "A", HINT, tr(N_("Without a measure there is no history to hold it against."))
        )
    if made.period is None:
        return Finding("A", HINT, tr(N_("Without a period nothing can be said of its chance.")))
    if reach is None:
        return Finding("A", HINT, tr(N_("Its chance is being worked out…")))
    return smart_words.achievable(book, made, reach)
