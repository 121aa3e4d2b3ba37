"""What comments are about: themes that people wrote as tags, and such as their words suggest.

The words are a short list for each theme in both languages; a theme is suggested where one of them
stands in a comment. That is all: nothing is learned, so the same comment always gives the same themes,
and a suggestion counts only when somebody has taken it. A theme says what is talked about, not whether
it was good: “never late” is about delivery too. Whether it was good is told by the score beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from models.book import Book
from models.describe.kinds import KINDS
from models.dialects import Connection
from models.texts import LANGUAGES, N_, in_language, ntr, tr

_SHORT = 120  # characters of a quote


@dataclass(frozen=True)
class Theme:
    """What comments may be about, and the words by which it is known."""

    label: str
    words: str  # apart by |; Latin ones begin a word, or are one with ! behind them

    def text(self) -> str:
        """What it is called, in the current language."""
        return tr(self.label)


THEMES = (
    Theme(N_("Delivery time"), "交货|交付|交期|发货|送货|送到|送达|送来|供货及时|供货不及时|物流|快递|配送|延期|晚到|迟到|到货|少发|发错|漏发|排产|工期|deliver|late!|on time!|shipping|shipment|delay|lead time"),
    Theme(N_("Quality"), "质量|品质|做工|故障|次品|损坏|破损|返修|不良|坏了|弄坏|压坏|耐用|性能|精度|划痕|漏水|漏油|异味|噪音|偏差|货不对板|quality|defect|broken|broke!|damage|fault|reliab|durab"),
    Theme(N_("Price"), "价格|太贵|贵了|不贵|偏贵|便宜|报价|折扣|性价比|涨价|降价|费用|收费|优惠|返点|物有所值|price|pricing|expensive|cheap|cost|discount|quote|value for money"),
    Theme(N_("Service attitude"), "态度|热情|耐心|冷淡|敷衍|礼貌|周到|负责任|推诿|attitude|friendly|polite|rude|helpful|patient"),
    Theme(N_("Quick answers"), "回复|答复|响应|回得快|回得很快|及时处理|处理及时|处理不及时|联系不上|没人接|没人理|没人回|没人对接|找不到人|找得到人|没有下文|沟通|反应快|反应慢|reply|replies|respond|response|answer|unreachable|hard to reach|prompt|callback|call back!"),
    Theme(N_("Knowledge"), "专业|懂行|讲解|方案|选型|不了解|不熟悉|技术水平|knowledge|expert|professional|explain|explanation|advice|knows the"),
    Theme(N_("After-sales"), "售后|维修|修好|上门修|安装|调试|保养|退货|换货|培训|保修|配件|after-sales|aftersales|repair|install|returns!|returned!|return policy|refund|warranty|support team|support is|support was|technical support|customer support"),
    Theme(N_("Invoices and contracts"), "发票|开票|合同|对账|付款|账期|结算|invoice|contract!|contracts!|billing|payment|statement"),
)  # fmt: skip


@dataclass(frozen=True)
class Quote:
    """Words of a customer: the record, its day, who said it, and how satisfied they were (0 to 1)."""

    entity: str
    row: int
    day: str
    customer: str
    text: str
    satisfied: float | None


@dataclass(frozen=True)
class Counted:
    """A theme with what was said of it, the least satisfied first, complaints before answers."""

    name: str
    quotes: tuple[Quote, ...]

    @property
    def n(self) -> int:
        """How often."""
        return len(self.quotes)

    @property
    def satisfied(self) -> float | None:
        """The mean satisfaction of the answers among them; None where none has a score."""
        known = [one.satisfied for one in self.quotes if one.satisfied is not None]
        return sum(known) / len(known) if known else None

    @property
    def scored(self) -> int:
        """How many of them have a score."""
        return sum(one.satisfied is not None for one in self.quotes)

    @property
    def complaints(self) -> int:
        """How many are complaints."""
        return sum(one.entity == "complaint" for one in self.quotes)

    def records(self) -> dict[str, list[int]]:
        """The records behind it, by entity."""
        made: dict[str, list[int]] = defaultdict(list)
        for one in self.quotes:
            made[one.entity].append(one.row)
        return dict(made)


def proposed(comment: str) -> tuple[str, ...]:
    """The themes that the words of a comment suggest, in the current language."""
    return tuple(one.text() for one in THEMES if _pattern(one.words).search(comment))


def _pattern(words: str) -> re.Pattern[str]:
    made = []
    for one in words.split("|"):
        bare, whole, _ = one.partition("!")
        ends = r"\b" if whole else ""
        made.append(rf"\b{re.escape(bare)}{ends}" if one.isascii() else re.escape(bare))
    return re.compile("|".join(made), re.IGNORECASE)


def counted(
    db: Connection, first: str, last: str, people: Collection[int] | None = None
) -> tuple[Counted, ...]:
    """The themes of answers and complaints from one day to another (both included), most often first.

    One theme written in two languages is one; ``people`` are whom the records count for.
    """
    made: dict[str, list[Quote]] = defaultdict(list)
    for entity, row, day, customer, said, satisfied, tags, person in db.run(_SAID, (first, last)):
        if people is not None and person not in people:
            continue
        score = None if satisfied is None else satisfied / 1_000_000
        quote = Quote(entity, row, day, customer or "", shortened(said or ""), score)
        for name in {_called(one) for one in split(tags)}:
            made[name].append(quote)
    found = [Counted(name, tuple(sorted(quotes, key=_order))) for name, quotes in made.items()]
    return tuple(sorted(found, key=lambda one: (-one.n, one.name)))


_SAID = """SELECT 'survey_response', r.id, r.responded_on, k.name, r.comment, r.satisfied, r.themes, r.attributed_to
    FROM survey_response r LEFT JOIN customer k ON k.id = r.customer
    WHERE r.alive = 1 AND r.themes IS NOT NULL AND r.responded_on BETWEEN ?1 AND ?2
    UNION ALL SELECT 'complaint', c.id, c.opened_on, k.name, c.title, NULL, c.themes, c.attributed_to
    FROM complaint c LEFT JOIN customer k ON k.id = c.customer
    WHERE c.alive = 1 AND c.themes IS NOT NULL AND c.opened_on BETWEEN ?1 AND ?2"""


def _order(one: Quote) -> tuple[bool, float, str, int]:
    score = 0.5 if one.satisfied is None else one.satisfied
    return one.entity != "complaint", score, one.day, one.row


def split(tags: str | None) -> list[str]:
    """The tags of a cell."""
    return [one.strip() for one in (tags or "").split(",") if one.strip()]


def _called(tag: str) -> str:
    """A tag as it is called in the current language, if it is one of the usual themes."""
    for one in THEMES:
        if tag.lower() in {in_language(code, one.label).lower() for code in LANGUAGES}:
            return one.text()
    return tag


def shortened(text: str, most: int = _SHORT) -> str:
    """One line of a text."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def untagged(db: Connection) -> dict[tuple[str, int], tuple[str, ...]]:
    """The records that say something and have no theme, with those that their words suggest."""
    found = db.run(
        "SELECT 'survey_response', id, comment FROM survey_response WHERE alive = 1 "
        "AND comment IS NOT NULL AND themes IS NULL UNION ALL "
        "SELECT 'complaint', id, title || ' ' || coalesce(resolution, '') FROM complaint "
        "WHERE alive = 1 AND themes IS NULL"
    )
    made = {(entity, row): proposed(text) for entity, row, text in found}
    return {key: themes for key, themes in made.items() if themes}


def take(book: Book) -> int:
    """Write what words suggest where no theme stands, as one change; how many records it was.

    Raises:
        BookUnavailable: the book can't be written.
    """
    with book.reading() as db:
        found = untagged(db)
    return tag(book, found) if found else 0


def tag(book: Book, themes: Mapping[tuple[str, int], Iterable[str]]) -> int:
    """Write themes as tags, as one change; those that were tagged meanwhile keep what they have.

    Raises:
        BookUnavailable: the book can't be written.
    """
    said = ntr("Themes of {n} record", "Themes of {n} records", len(themes))
    done = 0
    with book.change(said) as change:
        for (entity, row), names in themes.items():
            field = book.schema.entity(entity).field("themes")
            value = KINDS["tags"].parse(field, ", ".join(names))
            done += len(
                change.db.run(
                    f"UPDATE {entity} SET themes = ? WHERE id = ? AND alive = 1 "
                    "AND themes IS NULL RETURNING id",
                    (value, row),
                )
            )
    return done
