"""What the overview of customers' voices shows: figures, charts and sentences, made in one job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from models.book import Book
from models.measures import engine
from models.measures.definition import Row
from models.periods import Period
from models.progress import Progress
from models.satisfaction import standing
from models.satisfaction.shrinking import Prior
from models.satisfaction.standing import MINIMUM, Voice
from models.sheets import numbers
from models.texts import N_, ntr, tr
from ui.charts.data import Bar, ChartData
from ui.pages.forecast_cards import Said

FIGURES = ("satisfaction", "nps", "response_rate", "complaint_days")
COURSE, PEOPLE = "course", "people"
_LATE = 7  # days from which an open complaint is said
_SAD = Decimal("0.5")


@dataclass(frozen=True)
class Shown:
    """Everything of the tab, in the language in force."""

    voice: Voice
    figures: Mapping[str, Said]
    charts: Mapping[str, ChartData]
    notes: tuple[tuple[str, str, str], ...]  # kind, text, button


def make(book: Book, period: Period | None, unit: str, progress: Progress) -> Shown:
    """Read how it stands, and put it into words."""
    voice = standing.standing(book, period, unit=unit)
    progress.step(0.6)
    charts = {COURSE: _course(book, voice, unit), PEOPLE: _people(book, voice)}
    return Shown(voice, _figures(voice, book.currency), charts, tuple(_notes(voice)))


def _figures(voice: Voice, currency: str) -> dict[str, Said]:
    rows: dict[str, Row] = {"satisfaction": voice.satisfaction}
    rows |= {"response_rate": voice.response, "complaint_days": voice.handling}
    spans = {"satisfaction": voice.interval}
    made = {}
    for code in FIGURES:
        what = engine.definition(code)
        value = voice.nps.value if code == "nps" else rows[code].value
        n = voice.nps.n if code == "nps" else rows[code].n
        span = (voice.nps.low, voice.nps.high) if code == "nps" else spans.get(code)
        between = ""
        if span is not None and n:
            low, high = (what.show(Decimal(str(end)), currency) for end in span)
            between = tr(N_("95 % between {low} and {high}"), low=low, high=high)
        made[code] = Said(
            what.text(), what.show(value, currency), between, "", _count(code, n), tr(what.words)
        )
    return made


def _count(code: str, n: int) -> str:
    if not n:
        return ""
    if code == "response_rate":
        return ntr("{n} questionnaire", "{n} questionnaires", n)
    if code == "complaint_days":
        return ntr("{n} settled complaint", "{n} settled complaints", n)
    return ntr("{n} answer", "{n} answers", n)


def _course(book: Book, voice: Voice, unit: str) -> ChartData:
    bars = tuple(
        Bar(one.label, Decimal(str(one.value)), one.n, one.key, one.low, one.high)
        for one in voice.course
    )
    title = tr(N_("How does satisfaction change?"))
    result = engine.measure(book, "satisfaction", period=voice.period, by=unit)
    note = tr(N_("95 % intervals: where they overlap, a change may be chance"))
    return ChartData(
        title, "columns", "percent", book.currency, bars, note=note,
        table=numbers.of_measure(title, result, unit, book.currency),
    )  # fmt: skip


def _people(book: Book, voice: Voice) -> ChartData:
    bars = tuple(
        Bar(
            one.name if one.place is None else f"{one.place}. {one.name}",
            Decimal(str(round(one.satisfaction.value, 6))),
            one.satisfaction.n,
            one.person,
            one.satisfaction.low,
            one.satisfaction.high,
            told=tr(
                N_("Own mean {own} of {n}, drawn toward that of all"),
                own=f"{one.satisfaction.own * 100:.1f}%",
                n=one.satisfaction.n,
            ),
        )
        for one in voice.people
    )
    title = tr(N_("How satisfied are whose customers?"))
    result = engine.measure(book, "satisfaction", period=voice.period, by="person")
    mean = Decimal(str(round(voice.prior.mean, 6))) if voice.prior else None
    return ChartData(
        title, "rates", "percent", book.currency, bars, mean, method(voice.prior),
        table=numbers.of_measure(title, result, "person", book.currency),
    )  # fmt: skip


def method(prior: Prior | None) -> str:
    """How the values of people came about, in words."""
    if prior is None:
        return ""
    weight = f"{prior.strength:.0f}"
    if prior.told == "alike":
        return tr(
            N_(
                "The differences between people may be chance in these answers, so nobody has a place. Each mean is drawn toward that of all as if {n} average answers were added; 95 % intervals."
            ),
            n=weight,
        )
    if prior.told == "usual":
        return tr(
            N_(
                "Too few answers to see how much people differ. Each mean is drawn toward that of all as if {n} average answers were added; 95 % intervals."
            ),
            n=weight,
        )
    return tr(
        N_(
            "Each mean is drawn toward that of all as if {n} average answers were added; so many follow from how much the answers of one person scatter, compared with people among each other. A place from {least} answers on; 95 % intervals."
        ),
        n=weight,
        least=MINIMUM,
    )


def _notes(voice: Voice) -> list[tuple[str, str, str]]:
    """What has to be known, the weightiest first."""
    made = [*_complaints(voice), *_themes(voice), *_sampling(voice)]
    if voice.untagged:
        text = ntr(
            "{n} comment without a theme says something that its words suggest.",
            "{n} comments without a theme say something that their words suggest.",
            voice.untagged,
        )
        made.append(("tag", text, tr(N_("Take the suggested themes"))))
    for kind, rows, text in (
        (
            "unattributed",
            voice.unattributed,
            ntr(
                "{n} answer counts for the team, but for no person: its customer was in nobody's hands on that day.",
                "{n} answers count for the team, but for no person: their customers were in nobody's hands on that day.",
                len(voice.unattributed),
            ),
        ),
        (
            "unnamed",
            voice.unnamed,
            ntr(
                "{n} answer counts for the team, but for no person: it names no customer.",
                "{n} answers count for the team, but for no person: they name no customer.",
                len(voice.unnamed),
            ),
        ),
        (
            "off_scale",
            voice.off_scale,
            ntr(
                "The score of {n} answer is not on the scale of its questionnaire; it is not counted.",
                "The scores of {n} answers are not on the scale of their questionnaire; they are not counted.",
                len(voice.off_scale),
            ),
        ),
    ):
        if rows:
            made.append((kind, text, tr(N_("Show these"))))
    return made


def _complaints(voice: Voice) -> list[tuple[str, str, str]]:
    late = [one for one in voice.complaints if one.days >= _LATE]
    if not late:
        return []
    text = ntr(
        "{n} complaint has been open for a week or longer; the oldest, of {customer}, for {days} days.",
        "{n} complaints have been open for a week or longer; the oldest, of {customer}, for {days} days.",
        len(late),
        customer=late[0].customer,
        days=late[0].days,
    )
    return [("complaints", text, tr(N_("Open complaints")))]


def _themes(voice: Voice) -> list[tuple[str, str, str]]:
    sad = [
        one
        for one in voice.themes
        if one.complaints or (one.satisfied is not None and one.satisfied < _SAD)
    ]
    if not sad:
        return []
    worst = max(sad, key=lambda one: (one.complaints, one.n))
    text = tr(
        N_("Most trouble is about {theme}: {n} voices, {complaints} of them complaints. “{quote}”"),
        theme=worst.name,
        n=worst.n,
        complaints=worst.complaints,
        quote=worst.quotes[0].text,
    )
    return [("themes", text, tr(N_("Themes with quotes")))]


def _sampling(voice: Voice) -> list[tuple[str, str, str]]:
    made, happy = [], voice.happy
    if happy.one_sided:
        text = tr(
            N_(
                "Mostly happy customers are heard: of those whose last deal was won {won} of {all_won} answered in the last half year, of those who were lost {lost} of {all_lost}."
            ),
            won=happy.won_answered,
            all_won=happy.won,
            lost=happy.lost_answered,
            all_lost=happy.lost,
        )
        made.append(("lost", text, tr(N_("Whom to ask"))))
    due = [one for one in voice.sampled if one.due]
    if due and voice.forms:
        n = sum(len(one.due) for one in due)
        text = ntr(
            "{n} customer with something to say has not been heard for half a year or never; most of {name}.",
            "{n} customers with something to say have not been heard for half a year or never; most of {name}.",
            n,
            name=due[0].name or tr(N_("(none)")),
        )
        made.append(("due", text, tr(N_("Whom to ask"))))
    return made[:1] if len(made) == 2 else made
