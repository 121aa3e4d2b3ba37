"""Goals that run and are off pace.

Today: a week or less is left, or it is a goal of the company or a team. These days: the others.
The money at stake is what is missing to what was expected by now. It is read apart from the rest,
because a year of records takes a moment to add up; the chances of goals are left to their own page.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from models.money import to_scaled
from models.texts import N_, tr
from models.today.line import SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

if TYPE_CHECKING:
    from models.goals.pace import Standing

KIND = "goal"
LABEL = N_("Goals off pace")
_OFF = ("at_risk", "behind")
_WEEK = Decimal(5)  # working days


def find(scene: Scene) -> list[Found]:
    """Every goal that is behind."""
    from models.goals.pace_board import PaceBoard  # not before it is read: all else is shown sooner

    board = PaceBoard(scene.book, scene.on)
    made = []
    for one in board.standings.values():
        if one.status not in _OFF:
            continue
        goal = one.goal
        person = goal.person or 0
        urgent = goal.level != "person" or one.days_left <= _WEEK
        made.append(
            Found(
                KIND,
                (Record("goal", goal.id),),
                TODAY if urgent else SOON,
                "open",
                person,
                person,
                _missing(one),
                0,
                facts=(goal.title, one, board.team_name(goal.team)),
            )
        )
    return made


def _missing(one: Standing) -> int:
    """What is missing of money by now, in millionths; 0 of other things."""
    if one.what is None or one.what.unit != "money" or one.down:
        return 0
    gap = (one.expected or Decimal(0)) - (one.value or Decimal(0))
    return to_scaled(max(gap, Decimal(0)))


def say(found: Found, words: Words) -> tuple[str, str]:
    """Which goal, how far it is and what is needed."""
    from models.goals import pace_words

    title, one, team = found.facts
    named = tr(N_("{title} ({person})"), title=title, person=team) if team else title
    return named, pace_words.reason(one, words.currency)
