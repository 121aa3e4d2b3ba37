"""Which fields mean that somebody answers for something, and while it is open.

Every link to a salesperson in a book's own descriptions is one or the other: it says who answers for
something, so that it is handed over when they leave; or it tells what was, and stays for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.describe.schema import Schema
from models.dialects import Connection, quoted
from models.journal.entries import title_sql
from models.tasks.states import CLOSED


@dataclass(frozen=True)
class Owning:
    """A field by which somebody answers for open records.

    ``open`` is the SQL condition on ``t``, with ``{on}`` for the day; ``customer`` the SQL of the customer
    that it is about; ``leads`` for what a superior takes over rather than a colleague.
    """

    entity: str
    field: str
    open: str = "1"
    customer: str = "NULL"
    leads: bool = False

    @property
    def id(self) -> str:
        """What it is called in plans: ``task.owner``."""
        return f"{self.entity}.{self.field}"


_CLOSED = ", ".join(f"'{one}'" for one in CLOSED)
_OPEN_TASK = f"coalesce({{t}}.status, '') NOT IN ({_CLOSED})"
_COMING = "l.alive = 1 AND l.ends_on >= {on} AND l.status IN ('requested', 'approved', 'taken')"

OWNED = (
    Owning("customer", "owner", customer="t.id"),
    Owning("opportunity", "owner", "coalesce(t.status, 'open') = 'open'", "t.customer"),
    Owning(
        "task",
        "owner",
        f"({_OPEN_TASK.format(t='t')} OR t.recurrence IS NOT NULL AND t.series IS NULL)",
        "t.customer",
    ),
    Owning(
        "collaborator",
        "person",
        f"EXISTS (SELECT 1 FROM task k WHERE k.id = t.task AND k.alive = 1 AND {_OPEN_TASK.format(t='k')})",
        "(SELECT k.customer FROM task k WHERE k.id = t.task)",
    ),
    Owning("follow_up_plan", "person", "t.status = 'planned'", "t.customer"),
    Owning("contract", "owner", "coalesce(t.status, '') IN ('draft', 'signed')", "t.customer"),
    Owning(
        "project", "owner", "coalesce(t.status, 'running') IN ('planned', 'running')", "t.customer"
    ),
    Owning("help_request", "person", "t.status IN ('open', 'answered')", "t.customer"),
    Owning("help_request", "resolver", "t.status IN ('open', 'answered')", "t.customer"),
    Owning("ownership_claim", "claimant", "t.status IN ('claimed', 'disputed')", "t.customer"),
    Owning(
        "goal",
        "person",
        "coalesce(t.status, '') IN ('draft', 'proposed', 'agreed', 'active')",
        leads=True,
    ),
    Owning("decision", "owner", "coalesce(t.outcome, '') = ''", leads=True),
    Owning("evaluation", "manager", "t.status NOT IN ('signed', 'archived')", leads=True),
    Owning("one_on_one", "manager", "t.status = 'planned'", leads=True),
    Owning("complaint", "handler", "t.status IN ('open', 'handling')", "t.customer"),
    Owning("plan_action", "mentor", "t.done_on IS NULL"),
    Owning("team", "manager", leads=True),
    Owning("region", "manager", leads=True),
    Owning("salesperson", "manager", "t.status IS NOT 'left'", leads=True),
    Owning(
        "leave",
        "cover",
        _COMING.replace("l.", "t."),
    ),
    Owning(
        "cover",
        "person",
        f'EXISTS (SELECT 1 FROM "leave" l WHERE l.id = t.leave AND {_COMING})',
        "t.customer",
    ),
)

# What tells how it was, or what somebody is and says themselves: it stays with them.
HISTORY = {
    "order.owner",  # counts for who won it; the customer's new owner looks after it
    "activity.person",
    "leave.person",
    "goal_agreement.person",
    "commitment.person",
    "meeting.person",
    "pool_move.person",
    "ownership_claim.ruled_for",
    "skill_level.person",
    "skill_level.assessed_by",
    "assignment_decision.chosen",
    "assignment_decision.proposed",
    "opportunity_ledger.person",
    "announcement.person",
    "read_receipt.person",
    "suggestion.person",
    "workbook.person",
    "evaluation.person",
    "evaluation_rating.rater",
    "signature.person",
    "appeal.person",
    "feedback.person",
    "feedback.giver",
    "one_on_one.person",
    "recognition_award.person",
    "recognition_award.giver",
    "improvement_plan.person",
    "survey_response.attributed_to",
    "complaint.attributed_to",
}


@dataclass(frozen=True)
class Item:
    """One open record that somebody answers for."""

    of: Owning
    row: int
    label: str
    customer: int | None

    @property
    def key(self) -> tuple[str, int]:
        """What it is found by in a plan."""
        return self.of.id, self.row


def condition(one: Owning, on: str) -> str:
    """When a record counts as open, as SQL over ``t``."""
    return f"t.alive = 1 AND {one.open.format(on=chr(39) + on + chr(39))}"


def open_items(db: Connection, schema: Schema, person: int, on: str) -> tuple[Item, ...]:
    """Everything open that somebody answers for, kind by kind."""
    made: list[Item] = []
    for one in OWNED:
        label = title_sql(schema, one.entity, "t")
        made += (
            Item(one, row, str(text or ""), customer)
            for row, text, customer in db.run(
                f"SELECT t.id, {label}, {one.customer} FROM {quoted(one.entity)} t "
                f"WHERE {condition(one, on)} AND t.{quoted(one.field)} = ? ORDER BY t.id",
                (person,),
            )
        )
    return tuple(made)


def counts(db: Connection, on: str) -> dict[int, int]:
    """How many open records each person answers for."""
    made: dict[int, int] = {}
    for one in OWNED:
        column = f"t.{quoted(one.field)}"
        for person, n in db.run(
            f"SELECT {column}, count(*) FROM {quoted(one.entity)} t "
            f"WHERE {condition(one, on)} AND {column} IS NOT NULL GROUP BY 1"
        ):
            made[person] = made.get(person, 0) + n
    return made
