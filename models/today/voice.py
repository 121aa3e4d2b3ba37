"""What customers wait for: complaints that are open too long; and who has not been asked for long.

A serious complaint is told from its third day, others from their seventh, with the deals and orders of the
customer; at once from their fourteenth. Whom to ask is one line, good to know, where the team asks at all.
"""

from __future__ import annotations

from models.satisfaction import sampling
from models.texts import N_, ntr, tr
from models.today.line import NOTE, NOW, SOON, TODAY, Found, Record
from models.today.scene import Scene
from models.today.words import Words

KIND = "voice"
LABEL = N_("What customers say")
SERIOUS, USUAL, TOO_LONG = 3, 7, 14  # days
_ASKED = 200  # days back in which a questionnaire shows that the team asks
_ASKING = "asking"


def find(scene: Scene) -> list[Found]:
    """A line a complaint, and one for all who are not asked."""
    return [*_complaints(scene), *_unasked(scene)]


def _complaints(scene: Scene) -> list[Found]:
    made = []
    for row, title, opened, severity, handler, counts, customer, name, grade in scene.db.run(
        "SELECT c.id, c.title, c.opened_on, c.severity, c.handler, c.attributed_to, k.id, k.name, k.grade "
        "FROM complaint c LEFT JOIN customer k ON k.id = c.customer WHERE c.alive = 1 "
        "AND c.status IS NOT 'resolved' AND c.opened_on <= ?",
        (scene.today,),
    ):
        days, serious = scene.late(opened), severity == "high"
        if days < (SERIOUS if serious else USUAL):
            continue
        person = handler or counts or 0
        worker = scene.worker("complaint.handler", row, person or None, customer)
        deals, bought = scene.worth(customer)
        made.append(
            Found(
                KIND,
                (Record("complaint", row),),
                NOW if days >= TOO_LONG else TODAY if serious else SOON,
                "open",
                worker,
                person,
                deals or bought,
                days,
                grade or "",
                (title, name or "", days, deals, bought, bool(handler)),
            )
        )
    return made


def _unasked(scene: Scene) -> list[Found]:
    asks = scene.db.one(
        "SELECT 1 FROM survey_form WHERE alive = 1 AND sent_on >= date(?, ?) LIMIT 1",
        (scene.today, f"-{_ASKED} days"),
    )
    if not asks:
        return []
    happy = sampling.happy(scene.db, scene.on)
    if not happy.one_sided or not happy.lost_silent:
        return []
    records = tuple(Record("customer", one) for one in happy.lost_silent)
    facts = (happy.won_answered, happy.won, happy.lost_answered, happy.lost)
    return [Found(KIND, records, NOTE, "list", facts=facts, mark=_ASKING)]


def say(found: Found, words: Words) -> tuple[str, str]:
    """Who complains of what, for how long, and what hangs on them."""
    if found.mark == _ASKING:
        won, all_won, lost, all_lost = found.facts
        title = tr(N_("Mostly happy customers are asked what they think"))
        counts = tr(
            N_("of those won {won} of {all_won} answered, of those lost {lost} of {all_lost}"),
            won=won, all_won=all_won, lost=lost, all_lost=all_lost,
        )  # fmt: skip
        return title, words.sentence(counts)
    title, name, days, deals, bought, handled = found.facts
    said = tr(N_("Complaint of {customer}: {title}"), customer=name, title=title)
    open_for = ntr("open for {n} day", "open for {n} days", days)
    nobody = "" if handled else tr(N_("nobody sees to it"))
    covers = words.covers(found.person, found.owner)
    return said, words.sentence(open_for, nobody, words.worth(deals, bought), covers)
