"""What usually helps where something is weak: a task and a course, by what is measured."""

from __future__ import annotations

from models.texts import N_, tr

_TASKS = {
    "won_amount": N_("List the ten largest open deals with the next step and the day of each"),
    "won_count": N_("List the open deals that can be closed this month, with the next step of each"),
    "sales_amount": N_("Plan a visit to every customer of grade A and B for the coming month"),
    "win_rate": N_("Go through the last five lost deals with the manager: why, and when it was known"),
    "average_deal": N_("Prepare one larger offer a month together with a colleague"),
    "sales_cycle_days": N_("Note for every open deal who decides and what is still missing"),
    "pipeline_amount": N_("Add two new opportunities a week, with amount and expected day"),
    "gross_profit": N_("Have every offer below the usual margin looked at before it goes out"),
    "discount_rate": N_("Write down for each discount what was asked for in return"),
    "receipt_amount": N_("Call every customer with an overdue amount and agree on a day"),
    "receipt_rate": N_("Call every customer with an overdue amount and agree on a day"),
    "overdue_receivable": N_("Call every customer with an overdue amount and agree on a day"),
    "new_customers": N_("Contact three customers a week who have never bought"),
    "repeat_rate": N_("Plan a follow-up two weeks after each first order"),
    "effective_follow_up_rate": N_("Write result and next step down on the day of each contact"),
    "task_done_rate": N_("Look through all open tasks every Monday and move or refuse what can't be done"),
    "task_on_time_rate": N_("Look through all open tasks every Monday and move or refuse what can't be done"),
}  # fmt: skip
_COURSES = {
    "win_rate": N_("Qualifying opportunities and closing"),
    "won_amount": N_("Qualifying opportunities and closing"),
    "won_count": N_("Qualifying opportunities and closing"),
    "average_deal": N_("Selling by value, not by price"),
    "gross_profit": N_("Selling by value, not by price"),
    "discount_rate": N_("Negotiating prices"),
    "sales_cycle_days": N_("Finding the people who decide"),
    "receipt_rate": N_("Payment terms and reminders"),
    "overdue_receivable": N_("Payment terms and reminders"),
    "new_customers": N_("Winning new customers"),
    "repeat_rate": N_("Looking after customers"),
}


def task_for(measure: str, item: str) -> str:
    """The task that is proposed for a weak item."""
    if measure in _TASKS:
        return tr(_TASKS[measure])
    return tr(N_("Go through the cited records of “{item}” with the manager"), item=item)


def course_for(measure: str, item: str) -> str:
    """The course that is proposed for a weak item."""
    known = _COURSES.get(measure)
    return tr(N_("Course: {subject}"), subject=tr(known) if known else item)
