"""Work that seems to be there twice: in one line, good to know. Two seem the same by the rule of tasks."""

from __future__ import annotations

from models.tasks import duplicates
from models.texts import N_, ntr, tr
from models.today.line import NOTE, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "duplicate"
LABEL = N_("Work that is there twice")


def find(scene: Scene) -> list[Found]:
    """All pairs as one."""
    pairs = duplicates.pairs(scene.book)
    records = {
        Record(one.entity, one.row): None for pair in pairs for one in (pair.first, pair.second)
    }
    if not records:
        return []
    first = pairs[0]
    facts = (len(pairs), first.first.label, first.second.label, first.text())
    return [Found(KIND, tuple(records), NOTE, "double", facts=facts, mark="all")]


def say(found: Found, words: Words) -> tuple[str, str]:
    """How many pairs, and the surest of them."""
    n, first, second, why = found.facts
    title = ntr("{n} pair of work looks the same", "{n} pairs of work look the same", n)
    such = tr(N_("such as {first} and {second}"), first=first, second=second)
    return title, words.sentence(such, why)
