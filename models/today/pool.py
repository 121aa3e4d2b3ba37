"""Customers about to fall to the pool, by the rules of their grades.

At once: their time is over. Today: two days are left at most. These days: the days of which their rule
warns. The money at stake is their open deals, else what they bought within a year.
"""

from __future__ import annotations

from models.following.pool import Pool
from models.texts import N_, tr
from models.today.line import NOW, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "pool"
LABEL = N_("Customers about to fall to the pool")
_LAST_DAYS = 2


def find(scene: Scene) -> list[Found]:
    """Everybody whose time is over or nearly so, without a reason to stay."""
    pool = Pool(scene.book, scene.on, contacts=scene.contacts)
    made = []
    for one in (*pool.falling, *pool.about_to_fall):
        deals, bought = scene.worth(one.customer)
        left = one.days_left
        made.append(
            Found(
                KIND,
                (Record("customer", one.customer),),
                NOW if left <= 0 else TODAY if left <= _LAST_DAYS else SOON,
                "plan",
                scene.worker("customer", one.customer, one.owner, one.customer),
                one.owner,
                deals or bought,
                -left,
                one.grade,
                (one, deals, bought),
            )
        )
    return made


def say(found: Found, words: Words) -> tuple[str, str]:
    """Who, and how long nobody was in touch."""
    one, deals, bought = found.facts
    title = (
        tr(N_("{customer} falls to the pool"), customer=one.name)
        if one.days_left <= 0
        else tr(N_("{customer} is about to fall to the pool"), customer=one.name)
    )
    more = words.sentence(words.worth(deals, bought), words.covers(found.person, found.owner))
    return title, tr(
        N_("{sentences} {next}"), sentences=one.text(), next=more
    ) if more else one.text()
