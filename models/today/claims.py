"""Customers that two people claim (撞单) and nobody has ruled about. Today, always."""

from __future__ import annotations

import json

from models.texts import N_, tr
from models.today.line import TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "claim"
LABEL = N_("Disputed customers")


def find(scene: Scene) -> list[Found]:
    """Every dispute, one for each customer."""
    made: dict[int, Found] = {}
    for row, customer, name, grade, owner, day, claimants in scene.db.run(
        "SELECT o.id, c.id, c.name, c.grade, c.owner, min(o.claimed_on), "
        "(SELECT json_group_array(DISTINCT a.claimant) FROM ownership_claim a WHERE a.alive = 1 "
        "AND a.customer = c.id AND a.status IN ('claimed', 'confirmed', 'disputed')) "
        "FROM ownership_claim o JOIN customer c ON c.id = o.customer AND c.alive = 1 "
        "WHERE o.alive = 1 AND o.status = 'disputed' GROUP BY c.id"
    ):
        deals, bought = scene.worth(customer)
        made[customer] = Found(
            KIND,
            (Record("ownership_claim", row), Record("customer", customer)),
            TODAY,
            "rule",
            0,
            owner or 0,
            deals or bought,
            max(scene.late(day), 0) if day else 0,
            grade or "",
            (name or "", tuple(json.loads(claimants)), owner or 0, deals, bought),
        )
    return list(made.values())


def say(found: Found, words: Words) -> tuple[str, str]:
    """Whose the customer is said to be."""
    name, claimants, owner, deals, bought = found.facts
    title = tr(N_("Whose is {customer}?"), customer=name)
    names = tr(N_(", ")).join(words.name(one) for one in claimants)
    who = tr(N_("claimed by {names}"), names=names)
    has = tr(N_("now with {owner}"), owner=words.name(owner)) if owner else ""
    return title, words.sentence(who, has, words.worth(deals, bought))
