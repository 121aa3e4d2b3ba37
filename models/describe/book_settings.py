"""What a book says of itself for everybody who works with it, declared as fields of one record.

There is one such record a book, and no table: its values stand in ``book_info``, by the names of the
fields; ``models.journal.settings`` reads and writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from models.describe.field import Choice, Entity
from models.describe.fields import choice, code, number, text
from models.describe.kinds import KINDS
from models.suggesting import called
from models.texts import N_, tr

_MONTHS = (
    Choice("1", N_("January"), ("1月",)),
    Choice("2", N_("February"), ("2月",)),
    Choice("3", N_("March"), ("3月",)),
    Choice("4", N_("April"), ("4月",)),
    Choice("5", N_("May"), ("5月",)),
    Choice("6", N_("June"), ("6月",)),
    Choice("7", N_("July"), ("7月",)),
    Choice("8", N_("August"), ("8月",)),
    Choice("9", N_("September"), ("9月",)),
    Choice("10", N_("October"), ("10月",)),
    Choice("11", N_("November"), ("11月",)),
    Choice("12", N_("December"), ("12月",)),
)
_DAYS = (
    Choice("monday", N_("Monday"), ("周一",)),
    Choice("sunday", N_("Sunday"), ("周日", "星期天")),
)
_COUNTRIES = (
    Choice("CN", N_("Mainland China"), ("中国", "大陆", "China")),
    Choice("HK", N_("Hong Kong"), ("香港",)),
    Choice("TW", N_("Taiwan"), ("台湾",)),
    Choice("SG", N_("Singapore"), ("新加坡",)),
    Choice("US", N_("United States"), ("美国",)),
    Choice("GB", N_("United Kingdom"), ("英国",)),
    Choice("none", N_("Monday to Friday, no holidays"), ("无",)),
)
CURRENCY = "currency"

BOOK = Entity(
    "book",
    "BK",
    N_("This book"),
    N_("This book"),
    (
        choice(
            "year_starts",
            N_("Fiscal year starts in"),
            _MONTHS,
            required=True,
            default="1",
            help=N_("Years, half-years and quarters of charts, measures and filters follow it."),
        ),
        choice(
            "week_starts",
            N_("Week starts on"),
            _DAYS,
            required=True,
            default="monday",
            help=N_("Weeks of calendars, measures and filters follow it."),
        ),
        choice(
            "work_calendar",
            N_("Holidays of"),
            _COUNTRIES,
            required=True,
            default="CN",
            help=N_(
                "Which public holidays and make-up days the working days follow; days of your own come first."
            ),
        ),
        number(
            "hours_a_day",
            N_("Hours a day"),
            required=True,
            default=Decimal(8),
            minimum=Decimal(1),
            maximum=Decimal(24),
            help=N_("How many hours of a working day one person can be given."),
        ),
        number(
            "stale_after",
            N_("Ask for workbooks after"),
            required=True,
            default=Decimal(5),
            minimum=Decimal(1),
            maximum=Decimal(250),
            help=N_(
                "Working days: a workbook that went out longer ago is asked for, unless it has a day to be back; for one that came back longer ago a new one is due."
            ),
        ),
        text(
            "assignment_weights",
            N_("Weights of assignment"),
            help=N_(
                "How much each factor counts when work is given to somebody; empty is the usual weights."
            ),
            in_grid=False,
        ),
        code(
            CURRENCY,
            N_("Currency"),
            help=N_("It stands since the book was made: its amounts were entered in it."),
        ),
    ),
    title=(),
    keys=(),
    system=True,
)


def told(values: Mapping[str, str]) -> str:
    """What is to hold, in words, as the history names the change.

    Raises:
        Refused: a value is not acceptable.
    """
    said = []
    for name, raw in values.items():
        field = called(name, BOOK.fields)
        if field is not None:
            kind = KINDS[field.kind]
            value = kind.show(field, kind.parse(field, raw))
            said.append(tr(N_("{setting}: {value}"), setting=field.text(), value=value))
    return tr(N_(", ")).join(said)
