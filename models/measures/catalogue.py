"""The measures that the program knows, each said in words."""

from __future__ import annotations

from models.measures.definition import Definition, Source
from models.measures.follow_ups import FOLLOW_UP_DEFINITIONS
from models.measures.stages import STAGE_DEFINITIONS
from models.measures.voice import VOICE_DEFINITIONS
from models.texts import N_

# Whose number a record counts in, by the links that lead there.
_OWN_DEAL = (("opportunity", "owner"),)
_OWN_PAID = (("receipt", "order.owner"), ("order", "owner"))
_OWN_BUYER = (
    ("customer", "owner"),
    ("order", "customer.owner"),
    ("opportunity", "customer.owner"),
)

_OPPORTUNITY = Source(
    "opportunity",
    "opportunity b",
    "b.alive = 1",
    "b.closed_on",
    "b.owner",
    None,
    "b.customer",
    "b.product",
    "b.stage",
    owners=_OWN_DEAL,
)
_OPEN = Source(
    "opportunity",
    "opportunity b",
    "b.alive = 1",
    "b.opened_on",
    "b.owner",
    None,
    "b.customer",
    "b.product",
    "b.stage",
    owners=_OWN_DEAL,
)
# Lines, and orders without lines by their own amount.
_LINE_SQL = """(SELECT l.id AS line, 'order_line' AS kind, l."order" AS ord, l.product, l.amount, l.profit, l.cost, l.quantity,
        l.unit_price, l.discount FROM order_line l WHERE l.alive = 1 AND {among:order:l."order"}
    UNION ALL SELECT e.id, 'order', e.id, NULL, e.amount, NULL, NULL, NULL, NULL, NULL FROM "order" e
        WHERE e.alive = 1 AND {among:order:e.id} AND e.amount IS NOT NULL AND NOT EXISTS (SELECT 1 FROM order_line x WHERE x."order" = e.id AND x.alive = 1)) b
    CROSS JOIN "order" h ON h.id = b.ord AND h.alive = 1"""
_LINE = Source(
    "order_line",
    _LINE_SQL,
    "1",
    "h.ordered_on",
    "h.owner",
    "h.region",
    "h.customer",
    "b.product",
    record="b.line",
    whole="order",
    owners=(("order", "owner"), ("order_line", "order.owner")),
)
_ORDER = Source(
    "order",
    '"order" b',
    "b.alive = 1",
    "b.ordered_on",
    "b.owner",
    "b.region",
    "b.customer",
    owners=(("order", "owner"), ("order_line", "")),
)
_RECEIPT = Source(
    "receipt",
    'receipt b LEFT JOIN "order" h ON h.id = b."order"',
    "b.alive = 1",
    "b.received_on",
    "h.owner",
    "h.region",
    "coalesce(b.customer, h.customer)",
    owners=_OWN_PAID,
)
_DUE = Source(
    "order",
    """(SELECT e.*, coalesce(e.due_on, e.ordered_on) AS due, coalesce(e.amount, (SELECT sum(l.amount) FROM order_line l WHERE l."order" = e.id AND l.alive = 1), 0) AS owed,
        coalesce((SELECT sum(r.amount) FROM receipt r WHERE r."order" = e.id AND r.alive = 1), 0) AS paid FROM "order" e WHERE e.alive = 1 AND e.status IS NOT 'cancelled') b""",
    "1",
    "b.due",
    "b.owner",
    "b.region",
    "b.customer",
    owners=(*_OWN_PAID, ("order_line", "order.owner")),
)
_BUYING = """(SELECT x.customer AS id, min(x.day) AS first, max(x.day) AS last FROM (
    SELECT customer, ordered_on AS day FROM "order" WHERE alive = 1 AND customer IS NOT NULL AND {among:customer:customer}
    UNION ALL SELECT customer, closed_on FROM opportunity WHERE alive = 1 AND status = 'won' AND customer IS NOT NULL AND {among:customer:customer}) x
    WHERE x.day IS NOT NULL GROUP BY x.customer) b JOIN customer k ON k.id = b.id AND k.alive = 1"""
_FIRST = Source(
    "customer", _BUYING, "1", "b.first", "k.owner", "k.region", "b.id", owners=_OWN_BUYER
)
_LAST = Source(
    "customer",
    _BUYING,
    "1",
    "date(b.last, '+365 days')",
    "k.owner",
    "k.region",
    "b.id",
    owners=_OWN_BUYER,
)
_REPEAT = Source(
    "customer",
    """(SELECT e.customer AS id, count(*) AS orders, max(e.ordered_on) AS day FROM "order" e WHERE e.alive = 1 AND e.customer IS NOT NULL AND {during:e.ordered_on} AND {among:customer:e.customer} GROUP BY e.customer) b
    JOIN customer k ON k.id = b.id AND k.alive = 1""",
    "1",
    "b.day",
    "k.owner",
    "k.region",
    "b.id",
    owners=(("customer", "owner"), ("order", "customer.owner")),
)
_ACTIVITY = Source(
    "activity",
    "activity b",
    "b.alive = 1",
    "date(b.at, 'localtime')",
    "b.person",
    None,
    "b.customer",
    owners=(("activity", "person"),),
)
_TASK = Source(
    "task",
    "task b",
    "b.alive = 1 AND b.status IS NOT 'cancelled'",
    "b.due",
    "b.owner",
    None,
    "b.customer",
    owners=(("task", "owner"),),
)

_DEALS = frozenset({"opportunity"})
_TASKS = frozenset({"task"})
_WEIGHED = frozenset({"opportunity", "stage"})
_ORDERS = frozenset({"order", "order_line"})
_OWED = frozenset({"receipt", "order", "order_line"})
_DAYS = "julianday(b.closed_on) - julianday(b.opened_on)"

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "won_amount",
        N_("Won amount"),
        N_("The amounts of the opportunities won, by the day they were closed."),
        "money",
        "up",
        _OPPORTUNITY,
        "coalesce(b.amount, 0)",
        condition="b.status = 'won'",
        reads=_DEALS,
        scaled=True,
    ),
    Definition(
        "won_count",
        N_("Deals won"),
        N_("How many opportunities were won, by the day they were closed."),
        "count",
        "up",
        _OPPORTUNITY,
        "1",
        condition="b.status = 'won'",
        reads=_DEALS,
    ),
    Definition(
        "lost_count",
        N_("Deals lost"),
        N_("How many opportunities were lost, by the day they were closed."),
        "count",
        "down",
        _OPPORTUNITY,
        "1",
        condition="b.status = 'lost'",
        reads=_DEALS,
    ),
    Definition(
        "average_deal",
        N_("Average deal"),
        N_("The won amount divided by the number of deals won."),
        "money",
        "up",
        _OPPORTUNITY,
        "coalesce(b.amount, 0)",
        "1",
        "b.status = 'won'",
        reads=_DEALS,
        scaled=True,
    ),
    Definition(
        "win_rate",
        N_("Win rate"),
        N_("Deals won divided by deals won and lost, by the day they were closed."),
        "percent",
        "up",
        _OPPORTUNITY,
        "b.status = 'won'",
        "1",
        "b.status IN ('won', 'lost')",
        reads=_DEALS,
    ),
    Definition(
        "sales_cycle_days",
        N_("Sales cycle"),
        N_(
            "Mean days from opening to closing of the deals won; deals without an opening day are left out."
        ),
        "days",
        "down",
        _OPPORTUNITY,
        _DAYS,
        "1",
        "b.status = 'won' AND b.opened_on IS NOT NULL AND b.closed_on IS NOT NULL",
        reads=_DEALS,
    ),
    Definition(
        "pipeline_amount",
        N_("Open pipeline"),
        N_("The amounts of the opportunities open at the period's end."),
        "money",
        "up",
        _OPEN,
        "coalesce(b.amount, 0)",
        condition="(b.status = 'open' OR b.closed_on >= {end})",
        reads=_DEALS,
        at_end=True,
        scaled=True,
    ),
    Definition(
        "weighted_pipeline",
        N_("Weighted pipeline"),
        N_("The open amounts, each multiplied by its probability, or that of its stage."),
        "money",
        "up",
        _OPEN,
        "CAST(round(coalesce(b.amount, 0) * coalesce(b.probability, (SELECT st.probability FROM stage st WHERE st.id = b.stage), 0) / 1000000.0) AS INTEGER)",
        condition="(b.status = 'open' OR b.closed_on >= {end})",
        reads=_WEIGHED,
        at_end=True,
        scaled=True,
    ),
    *STAGE_DEFINITIONS,
    Definition(
        "sales_amount",
        N_("Sales"),
        N_(
            "The amounts of the order lines by order day; an order without lines counts with its own amount."
        ),
        "money",
        "up",
        _LINE,
        "coalesce(b.amount, 0)",
        reads=_ORDERS,
        scaled=True,
    ),
    Definition(
        "order_count",
        N_("Order count"),
        N_("How many orders were placed."),
        "count",
        "up",
        _ORDER,
        "1",
        reads=_ORDERS,
    ),
    Definition(
        "gross_profit",
        N_("Gross profit"),
        N_(
            "The profit of the order lines, else amount less cost; only lines that state one of them count, and n says how many do."
        ),
        "money",
        "up",
        _LINE,
        "coalesce(b.profit, b.amount - b.cost)",
        condition="coalesce(b.profit, b.amount - b.cost) IS NOT NULL",
        reads=_ORDERS,
        scaled=True,
    ),
    Definition(
        "discount_rate",
        N_("Discount rate"),
        N_(
            "The discount given, weighted by list amount: list amount less sold amount, divided by list amount."
        ),
        "percent",
        "down",
        _LINE,
        "CAST(round(coalesce(b.amount, 0) / (1.0 - b.discount / 1000000.0) * b.discount / 1000000.0) AS INTEGER)",
        "CAST(round(coalesce(b.amount, 0) / (1.0 - b.discount / 1000000.0)) AS INTEGER)",
        "b.discount IS NOT NULL AND b.discount < 1000000",
        reads=_ORDERS,
        scaled=True,
        scaled_below=True,
    ),
    Definition(
        "receipt_amount",
        N_("Received"),
        N_("The money received, by the day it came in."),
        "money",
        "up",
        _RECEIPT,
        "coalesce(b.amount, 0)",
        reads=frozenset({"receipt", "order"}),
        scaled=True,
    ),
    Definition(
        "receipt_rate",
        N_("Receipt rate"),
        N_("The money received for the orders due in the period, divided by their amounts."),
        "percent",
        "up",
        _DUE,
        "min(b.paid, b.owed)",
        "b.owed",
        reads=_OWED,
        scaled=True,
        scaled_below=True,
    ),
    Definition(
        "overdue_receivable",
        N_("Overdue receivables"),
        N_("What is owed on orders that were due before the period's end."),
        "money",
        "down",
        _DUE,
        "b.owed - b.paid",
        condition="b.owed > b.paid",
        reads=_OWED,
        at_end=True,
        scaled=True,
    ),
    Definition(
        "new_customers",
        N_("New customers"),
        N_("Customers whose first order or first won deal falls into the period."),
        "count",
        "up",
        _FIRST,
        "1",
        reads=frozenset({"order", "opportunity", "customer"}),
    ),
    Definition(
        "repeat_rate",
        N_("Repeat rate"),
        N_("Customers with two or more orders in the period, divided by customers with any."),
        "percent",
        "up",
        _REPEAT,
        "b.orders >= 2",
        "1",
        reads=frozenset({"order", "customer"}),
    ),
    Definition(
        "churned_customers",
        N_("Customers lost"),
        N_("Customers whose last order or won deal was 365 days before a day of the period."),
        "count",
        "down",
        _LAST,
        "1",
        condition="date(b.last, '+365 days') <= date('now', 'localtime')",
        reads=frozenset({"order", "opportunity", "customer"}),
    ),
    Definition(
        "development_mix",
        N_("Development share"),
        N_(
            "Activities with customers who had not bought before, divided by all activities with a customer."
        ),
        "percent",
        "none",
        _ACTIVITY,
        """NOT EXISTS (SELECT 1 FROM "order" q WHERE q.customer = b.customer AND q.alive = 1 AND q.ordered_on < date(b.at, 'localtime'))""",
        "1",
        "b.customer IS NOT NULL",
        reads=frozenset({"activity", "order"}),
    ),
    Definition(
        "activities",
        N_("Activities"),
        N_("How many contacts with customers were recorded."),
        "count",
        "up",
        _ACTIVITY,
        "1",
        reads=frozenset({"activity"}),
    ),
    Definition(
        "visits",
        N_("Visits"),
        N_("How many visits were recorded."),
        "count",
        "up",
        _ACTIVITY,
        "1",
        condition="b.kind = 'visit'",
        reads=frozenset({"activity"}),
    ),
    Definition(
        "effective_follow_up_rate",
        N_("Effective follow-up"),
        N_("Activities with a result and a next step, divided by all."),
        "percent",
        "up",
        _ACTIVITY,
        "b.result IS NOT NULL AND b.next_step IS NOT NULL",
        "1",
        reads=frozenset({"activity"}),
    ),
    Definition(
        "task_done_rate",
        N_("Tasks done"),
        N_(
            "Tasks done divided by the tasks that were due in the period; cancelled ones don't count."
        ),
        "percent",
        "up",
        _TASK,
        "b.status = 'done'",
        "1",
        reads=_TASKS,
    ),
    Definition(
        "task_on_time_rate",
        N_("Tasks on time"),
        N_(
            "Of the tasks due in the period that are done, those done by their day; without a day on which they were done they are left out."
        ),
        "percent",
        "up",
        _TASK,
        "b.done_at <= b.due",
        "1",
        "b.status = 'done' AND b.done_at IS NOT NULL",
        reads=_TASKS,
    ),
    *FOLLOW_UP_DEFINITIONS,
    *VOICE_DEFINITIONS,
)
