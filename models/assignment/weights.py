"""How much each factor counts: whole numbers, as a book keeps them and people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from models.refusals import Refused
from models.texts import N_, tr

FACTORS = ("skill", "experience", "load", "leave", "fairness")
LABELS = {
    "skill": N_("Skill fit"),
    "experience": N_("Experience"),
    "load": N_("Time left"),
    "leave": N_("Presence"),
    "fairness": N_("Fairness"),
}
_NAMES = {  # as people write them, in both languages
    "skill": ("skill", "skills", "skill fit", "技能", "技能匹配", "专长"),
    "experience": ("experience", "经验", "经历", "熟悉程度"),
    "load": ("load", "time left", "负荷", "工作负荷", "空闲", "剩余时间"),
    "leave": ("leave", "presence", "请假", "休假", "在岗"),
    "fairness": ("fairness", "公平", "机会公平", "均衡"),
}
_CALLED = {name: factor for factor, names in _NAMES.items() for name in names}
_PART = re.compile(r"\s*([^\d=:：,，;；]+?)\s*[=:：]?\s*(-?\d+(?:\.\d+)?)\s*%?\s*(?:[,，;；]|\s|$)")
MOST = 1000
EXAMPLE = "skill=30 experience=20 load=20 leave=10 fairness=20"


@dataclass(frozen=True)
class Weights:
    """Whole numbers from 0 to 1,000; one at least is above 0. Only their proportions matter."""

    skill: int = 30
    experience: int = 20
    load: int = 20
    leave: int = 10
    fairness: int = 20

    def __getitem__(self, factor: str) -> int:
        return int(getattr(self, factor))

    @property
    def total(self) -> int:
        """The score of somebody to whom every factor gives its all."""
        return sum(self[one] for one in FACTORS)

    @property
    def canonical(self) -> str:
        """As a book keeps them, e.g. ``skill=30 experience=20 load=20 leave=10 fairness=20``."""
        return " ".join(f"{one}={self[one]}" for one in FACTORS)

    def text(self) -> str:
        """As people read them, e.g. ``Skill fit 30, Experience 25, …``."""
        return tr(N_(", ")).join(f"{tr(LABELS[one])} {self[one]}" for one in FACTORS)

    def changed(self, factor: str, weight: int) -> Weights:
        """The same with one weight set.

        Raises:
            Refused: ``bad_weights``, nothing would count any more or it is out of range.
        """
        return _checked(replace(self, **{factor: weight}))

    @classmethod
    def parse(cls, text: str | None) -> Weights:
        """Read weights, e.g. ``skill=30, load=20`` or ``技能 30，负荷 20``; who isn't named counts 0.

        An empty text is the usual weights.

        Raises:
            Refused: ``bad_weights``, with what is wrong and how it is written.
        """
        if text is None or not text.strip():
            return USUAL
        found: dict[str, int] = {}
        at = 0
        while at < len(text.rstrip()):
            part = _PART.match(text, at)
            if part is None:
                raise _unreadable(text[at:].strip())
            found.update(_read(part[1], part[2], found))
            at = part.end()
        return _checked(cls(**{one: found.get(one, 0) for one in FACTORS}))


def _read(name: str, number: str, found: dict[str, int]) -> dict[str, int]:
    factor = _CALLED.get(name.strip().casefold())
    if factor is None:
        raise Refused(
            "bad_weights",
            N_("“{name}” is no factor. There are: {factors}."),
            name=name.strip(),
            factors=tr(N_(", ")).join(FACTORS),
        )
    if factor in found:
        raise Refused("bad_weights", N_("“{name}” is named twice."), name=name.strip())
    if "." in number:
        raise Refused(
            "bad_weights",
            N_("{number} is not a whole number; weights are whole, such as {example}."),
            number=number,
            example=EXAMPLE,
        )
    return {factor: int(number)}


def _unreadable(rest: str) -> Refused:
    return Refused(
        "bad_weights",
        N_("“{text}” can't be read as weights; write them like {example}."),
        text=rest,
        example=EXAMPLE,
    )


def _checked(made: Weights) -> Weights:
    if any(not 0 <= made[one] <= MOST for one in FACTORS):
        raise Refused("bad_weights", N_("A weight is a whole number from 0 to {most}."), most=MOST)
    if not made.total:
        raise Refused("bad_weights", N_("One factor at least must count more than 0."))
    return made


USUAL = Weights()
