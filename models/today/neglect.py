"""Open customers that nobody thinks of: each rule in one line, because there may be hundreds.

These days: without contact for longer than the rule of their grade asks. Good to know: with whom nothing
is planned, and no reason is given.
"""

from __future__ import annotations

from models.following import neglect
from models.texts import N_, ntr, tr
from models.today.line import NOTE, SOON, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "neglect"
LABEL = N_("Neglected customers")
_SILENT, _STEP = "silent", "step"


def find(scene: Scene) -> list[Found]:
    """At most two lines."""
    silent = neglect.neglected(scene.book, scene.on, scene.contacts)
    steps = neglect.without_step(scene.book, scene.on, scene.contacts)
    bare = [one for one in steps if not one.reason]
    made = []
    if silent:
        first = silent[0]
        facts = (len(silent), first.name, first.days)
        made.append(_found(scene, [one.customer for one in silent], SOON, _SILENT, facts))
    if bare:
        best = sum(one.grade == "A" for one in bare)
        facts = (len(bare), "", best)
        made.append(_found(scene, [one.customer for one in bare], NOTE, _STEP, facts))
    return made


def _found(
    scene: Scene, customers: list[int], severity: str, mark: str, facts: tuple[object, ...]
) -> Found:
    amount = sum(scene.open_deals.get(one, 0) for one in customers)
    records = tuple(Record("customer", one) for one in customers)
    return Found(
        KIND, records, severity, "list", amount=amount, facts=(*facts, amount), mark=mark
    )  # fmt: skip


def say(found: Found, words: Words) -> tuple[str, str]:
    """How many, the worst of them, what hangs on them."""
    n, name, number, amount = found.facts
    worth = words.worth(amount, 0)
    if found.mark == _SILENT:
        title = ntr(
            "{n} customer without contact for longer than its grade asks",
            "{n} customers without contact for longer than their grade asks",
            n,
        )
        longest = ntr(
            "longest {customer}: {n} day", "longest {customer}: {n} days", number, customer=name
        )
        return title, words.sentence(longest, worth)
    title = ntr("{n} customer without a next step", "{n} customers without a next step", n)
    best = ntr("{n} of grade A", "{n} of grade A", number) if number else ""
    return title, words.sentence(tr(N_("nothing is planned, and no reason is given")), best, worth)
