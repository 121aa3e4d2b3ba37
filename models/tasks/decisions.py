"""Who was given what, and why: decisions of assignment, and the ledger of good chances."""

from __future__ import annotations

from datetime import date as day
from decimal import Decimal

from models import moments
from models.describe.field import Choice, Entity
from models.describe.fields import choice, date, instant, link, long_text, number, text
from models.texts import N_

ASSIGNMENT_DECISION = Entity(
    "assignment_decision",
    "AD",
    N_("Assignment"),
    N_("Assignments"),
    (
        link("task", N_("Task"), "task", help=N_("What was given.")),
        link("customer", N_("Customer"), "customer", help=N_("The customer that was given.")),
        link(
            "chosen",
            N_("Given to"),
            "salesperson",
            required=True,
            help=N_("Who got it."),
        ),
        link(
            "proposed",
            N_("First choice"),
            "salesperson",
            help=N_("Who stood first when it was given."),
        ),
        text(
            "reason",
            N_("Why"),
            help=N_("Why it was given to somebody else, in the words of who gave it."),
        ),
        instant("decided_at", N_("Given at"), default_from=moments.now, help=N_("When.")),
        text("weights", N_("Weights"), help=N_("How much each factor counted.")),
        long_text(
            "candidates",
            N_("Candidates"),
            help=N_("Everybody who was weighed, with scores and factors, as JSON."),
            in_grid=False,
        ),
    ),
    title=("task", "customer", "chosen"),
    keys=(("task", "customer", "decided_at"),),
    blank_keys=("task", "customer"),
    happens="decided_at",
    headers=("分配记录", "assignments"),
)

SOURCES = (
    Choice("task", N_("Task"), ("任务",)),
    Choice("lead", N_("Lead"), ("线索",)),
    Choice("pool", N_("Pool"), ("公海",)),
    Choice("ruling", N_("Ruling"), ("裁定",)),
    Choice("hand_over", N_("Hand-over"), ("交接",)),
)

OPPORTUNITY_LEDGER = Entity(
    "opportunity_ledger",
    "OG",
    N_("Chance given"),
    N_("Chances given"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            required=True,
            help=N_("Who was given the chance."),
        ),
        date(
            "given_on",
            N_("Given on"),
            required=True,
            default_from=day.today,
            help=N_("The day."),
        ),
        choice("source", N_("Source"), SOURCES, help=N_("Where it came from.")),
        number(
            "worth",
            N_("Worth"),
            minimum=Decimal(0),
            default=Decimal(1),
            help=N_("How good a chance it is; 1 is an ordinary one."),
        ),
        link("task", N_("Task"), "task", help=N_("The task that it came with.")),
        link("customer", N_("Customer"), "customer", help=N_("The customer that it came with.")),
        link(
            "opportunity", N_("Opportunity"), "opportunity", help=N_("The deal that it came with.")
        ),
        text("why", N_("Why"), help=N_("What makes it a good one.")),
    ),
    title=("person", "given_on"),
    keys=(("person", "given_on", "task", "customer"),),
    blank_keys=("task", "customer"),
    headers=("机会台账", "chances given"),
)
