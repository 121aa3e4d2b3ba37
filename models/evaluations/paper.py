"""An evaluation as a paper: every item with its points and its sentence, what is signed, who signs."""

from __future__ import annotations

from collections.abc import Sequence

from models.evaluations import explaining
from models.evaluations.result import ItemScore, Judged, Scored
from models.evaluations.sheet_of import Sheet
from models.evaluations.steps import Standing
from models.goals.paper import (
    MUTED,
    WARN,
    Bar,
    Blank,
    Block,
    Cell,
    Column,
    Content,
    Facts,
    Heading,
    Listed,
    Paper,
    Row,
    Signatures,
    Table,
    Words,
)
from models.money import plain
from models.texts import N_, tr


def title(scored: Scored) -> str:
    """What the paper is called."""
    return tr(N_("Evaluation sheet {cycle}"), cycle=scored.cycle_name)


def paper(sheets: Sequence[Sheet]) -> Paper:
    """The words of the sheets, each person's on pages of their own."""
    first = sheets[0].standing.scored
    foot = title(first)
    if len(sheets) == 1:
        foot = tr(N_("{title} · {person}"), title=foot, person=first.name)
    return Paper(foot, foot, False, tuple(_part(one) for one in sheets))


def _part(sheet: Sheet) -> tuple[Block, ...]:
    one, scored = sheet.standing, sheet.standing.scored
    made: list[Block] = [Heading(title(scored), 1, scored.name)]
    made.append(Facts(_facts(one, sheet.company)))
    made.append(Heading(_result(scored)))
    made.append(Words(_about_result(one), MUTED))
    made += [Heading(tr(N_("Items"))), _items(scored, sheet.currency)]
    judged = _judged(scored)
    if judged is not None:
        made += [Heading(tr(N_("What people judged"))), judged]
    if scored.notes:
        made.append(Heading(tr(N_("What was special"))))
        made.append(Listed(tuple((text, "") for text in scored.notes)))
    if scored.comment:
        made += [Heading(tr(N_("Overall comment"))), Words(scored.comment)]
    made += _signing(one, sheet.digest)
    return tuple(made)


def _facts(one: Standing, company: str) -> tuple[tuple[str, str], ...]:
    scored = one.scored
    days = tr(N_("{first} to {last}"), first=scored.first, last=scored.last)
    card = tr(N_("{card}, version {n}"), card=scored.scorecard_name, n=scored.scorecard_version)
    facts = [
        (tr(N_("Salesperson")), scored.name),
        (tr(N_("Evaluated by")), one.manager or "–"),
        (tr(N_("Days that count")), days),
        (tr(N_("Scorecard")), card),
        (tr(N_("Paper no.")), scored.evaluation or "–"),
        (tr(N_("Version")), str(scored.version)),
    ]
    if company:
        facts.insert(0, (tr(N_("Company")), company))
    return tuple(facts)


def _result(scored: Scored) -> str:
    if scored.total is None:
        return tr(N_("No total yet"))
    if not scored.grade:
        return tr(N_("Total {total}"), total=f"{scored.total:,.2f}")
    return tr(N_("Total {total}, grade {grade}"), total=f"{scored.total:,.2f}", grade=scored.grade)


def _about_result(one: Standing) -> str:
    scored = one.scored
    said = [tr(N_("100 points are full; each item adds its points times its share of the weight."))]
    if scored.adjustment:
        text = N_("Calibration: {points} points. {reason}")
        said.append(tr(text, points=f"{scored.adjustment:+.2f}", reason=scored.adjustment_reason))
    if scored.band:
        text = N_("Group {group}: within a group the data can't tell people apart.")
        said.append(tr(text, group=scored.band))
    return "\n".join(said)


def _items(scored: Scored, currency: str) -> Table:
    heads = (
        Column(tr(N_("Item")), 2.0),
        Column(tr(N_("Weight")), 0.7, True),
        Column(tr(N_("Value")), 1.3, True),
        Column(tr(N_("Reference")), 1.3, True),
        Column(tr(N_("Points")), 1.5),
        Column(tr(N_("Adds to the total")), 1.0, True),
    )
    rows = [Row(_cells(item, currency), item.sentence or item.missing) for item in scored.items]
    if scored.adjustment:
        cells: tuple[Content, ...] = (tr(N_("Calibration")), "", "", "", "", f"{scored.adjustment:+.2f}")  # fmt: skip
        rows.append(Row(cells, scored.adjustment_reason))
    total = "–" if scored.total is None else f"{scored.total:,.2f}"
    rows.append(Row((tr(N_("Total")), "", "", "", "", total), strong=True))
    return Table(heads, tuple(rows))


def _cells(item: ItemScore, currency: str) -> tuple[Content, ...]:
    metric = item.kind == "metric"
    level = next((one.level for one in item.judged if one.rated_by == "manager"), None)
    value = explaining.shown(item, item.value if metric else level, currency)
    points: Content = Cell(tr(N_("missing")), WARN)
    adds = "–"
    if item.score is not None:
        points = Bar(float(item.score) / 100, None, f"{item.score:,.2f}")
        adds = f"{item.contribution:,.2f}"
    return (
        item.name,
        explaining.percent(item.weight),
        value,
        explaining.shown(item, item.reference, currency) if metric else "–",
        points,
        adds,
    )


def _judged(scored: Scored) -> Table | None:
    """Each judgement that counts or informs, with what it cites.

    Of colleagues what they say together: the paper is for the person too, who never sees who said what.
    """
    rows = []
    for item in scored.items:
        rows += [_one_said(item, one) for one in item.judged if one.rated_by != "peer"]
        found = explaining.together(item)
        if found is not None:
            who = tr(N_("Colleagues ({n})"), n=found[0])
            rows.append(Row((item.name, who, plain(found[1]), "–", "–")))
    if not rows:
        return None
    heads = (
        Column(tr(N_("Item")), 1.4),
        Column(tr(N_("Judged by")), 1.2),
        Column(tr(N_("Level given")), 0.7, True),
        Column(tr(N_("Reason")), 2.6),
        Column(tr(N_("Cited records")), 1.4),
    )
    return Table(heads, tuple(rows))


def _one_said(item: ItemScore, one: Judged) -> Row:
    return Row(
        (
            item.name,
            explaining.side(one),
            explaining.shown(item, one.level, "") if not item.measure else f"{one.level:f}",
            one.comment or "–",
            " ".join(one.cites) or "–",
        )
    )


def _signing(one: Standing, digest: str) -> list[Block]:
    made: list[Block] = [Heading(tr(N_("Signatures")))]
    for signed in one.signed:
        text = N_("{name}, {who}, {day}: agrees.")
        if not signed.agrees:
            text = N_("{name}, {who}, {day}: has seen it and does not agree.")
        who = tr(N_("as manager")) if signed.signed_as == "manager" else tr(N_("as the person"))
        said = tr(text, name=signed.name, who=who, day=signed.at[:10])
        made.append(Words(f"{said} {signed.comment}" if signed.comment else said))
    if digest:
        text = N_("SHA-256 of what is signed: {digest}")
        if one.sealed:
            text = N_("Sealed. SHA-256 of what was signed: {digest}")
        made.append(Words(tr(text, digest=digest), MUTED))
    if not one.sealed:
        made.append(Blank(tr(N_("Remark of {person}:"), person=one.scored.name), 2))
    who_signs = (one.scored.name, one.manager or tr(N_("Manager")))
    made.append(Signatures(who_signs, tr(N_("Signature")), tr(N_("Date"))))
    return made
