"""Commitments: what a person says they will bring."""

from __future__ import annotations

from datetime import date as day

from models.describe.field import Entity
from models.describe.fields import choice, date, link, long_text, number, period
from models.goals.goal import MEASURES
from models.texts import N_

COMMITMENT = Entity(
    "commitment",
    "CM",
    N_("Commitment"),
    N_("Commitments"),
    (
        link(
            "person",
            N_("Salesperson"),
            "salesperson",
            "承诺人|业务员|姓名",
            required=True,
            help=N_("Who says it."),
        ),
        period(
            "period",
            N_("Period"),
            "周期|承诺周期",
            required=True,
            help=N_("For which period it is said."),
        ),
        date(
            "starts_on",
            N_("Starts on"),
            help=N_("The first day that counts; it follows from the period."),
        ),
        date(
            "ends_on",
            N_("Ends on"),
            help=N_("The last day that counts; it follows from the period."),
        ),
        choice(
            "measure",
            N_("Measure"),
            MEASURES,
            "指标",
            required=True,
            default="won_amount",
            help=N_("What is promised."),
        ),
        number(
            "amount",
            N_("Promised"),
            "承诺金额|承诺值|承诺额|committed amount|commitment",
            required=True,
            help=N_("What the whole period will come to, with what is already there."),
        ),
        date(
            "made_on",
            N_("Said on"),
            "承诺日期",
            required=True,
            default_from=day.today,
            help=N_("The day on which it was said; the latest one holds."),
        ),
        long_text("notes", N_("Notes"), "备注|说明", help=N_("Whatever else is worth knowing.")),
    ),
    title=("person", "period"),
    keys=(("person", "period", "measure", "made_on"),),
    headers=("承诺", "业绩承诺", "commitments"),
)
