"""Customers, contacts and salespeople that a running text names, found by the search index.

People write 单氏机械 for 江苏单氏机械有限公司, and Acme for Acme Tools Ltd. Pieces of the text are
looked up; what the index gives is held against the text again, so that chance hits fall away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models import names
from models.book import Book
from models.dialects import reading
from models.said.places import without_place
from models.search import Pieces

SURE = 0.7  # from here on a name is taken; below it is offered
_CROWD = 40  # a piece that so many records hold tells none of them apart
_MOST = 90  # pieces of a text that are looked up
_REPEATED = 40  # places of a name that are looked at
_LONGEST = 6  # signs to which a piece grows while too many records hold it
_FULL, _KEY, _CORE = 1.0, 0.97, 0.93
_ENTITIES = ("customer", "contact", "salesperson")
_CHINESE = re.compile(r"[㐀-鿿]")
_RUNS = re.compile(r"[A-Za-z0-9À-ɏ]+|[㐀-鿿]+")
_FORMS = re.compile(r"\b(?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|gmbh|ag|sa|bv|pty)\b")  # fmt: skip
# Words between names; the short ones also stand in names, 美的 or 理想, and are looked up with them.
_WORDS = re.compile(
    r"我们|他们|她们|你们|咱们|对方|客户|这边|那边|一起|已经|目前|关于|产品|项目|合同|样品|报价|我[方司]"
)
_SMALL = re.compile(
    r"[的了在和与跟给对向到去来我你您他她从把被将让请约谈聊说讲问要想见过着就都也很是有没不再又还已先后及各位]"
)
_ENGLISH = """
the a an and or but of to in on at with from for by is are was were be been am it its they them their
he she his her we us our i my me you your this that these those there here not no yes ok will would can
could should shall may might must do does did done has have had not about after before into over than then
when what who how why all any some more most much many new next last first second good great very just also
back out up down off so if as per via re hi hello dear regards thanks thank please today tomorrow yesterday
week month day time morning afternoon evening price prices order orders quote quotes sample samples contract
customer client company product products project meeting call called visit visited email emailed mail wechat
phone phoned met spoke talked sent send asked wants want wanted need needs needed said says agreed follow
followup follow-up discussed interested green blue red general global national united american smart best
"""
_PLAIN = frozenset(_ENGLISH.split())


def _blank(hit: re.Match[str]) -> str:
    return " " * len(hit[0])


class _Flat(dict[int, str]):
    """Width, case and traditional form removed, sign by sign, so that places stay what they are."""

    def __missing__(self, ordinal: int) -> str:
        made = unicodedata.normalize("NFKC", chr(ordinal)).casefold()
        made = made if len(made) == 1 else chr(ordinal)
        self[ordinal] = made
        return made


_FLAT = _Flat()


@dataclass(frozen=True)
class Named:
    """A record that a piece of the text names; ``sure`` is 0…1."""

    entity: str
    row: int
    label: str
    start: int
    end: int
    sure: float
    customer: int = 0  # of a contact: where the person works

    @property
    def length(self) -> int:
        """How many signs of the text name it."""
        return self.end - self.start


class Text:
    """A text of which parts are understood already: letters and digits alone, with their places."""

    def __init__(self, text: str, understood: Iterable[tuple[int, int]]) -> None:
        self.text = text
        flat = text.translate(_FLAT)
        masked = list(flat)
        for start, end in understood:
            masked[start:end] = " " * (end - start)
        self.open = _WORDS.sub(_blank, flat)  # where names are looked for
        self.left = _SMALL.sub(
            _blank, _WORDS.sub(_blank, "".join(masked))
        )  # what may belong to one
        self._places = [at for at, one in enumerate(flat) if one.isalnum()]
        self._squeezed = "".join(flat[at] for at in self._places)

    def places_of(self, piece: str) -> Iterator[tuple[int, int]]:
        """Where a piece, itself squeezed, stands; words of letters only as whole words."""
        at = self._squeezed.find(piece) if piece else -1
        count = 0
        while at >= 0 and count < _REPEATED:
            count += 1
            start, end = self._places[at], self._places[at + len(piece) - 1] + 1
            inside = self._inside_word(start - 1, start) or self._inside_word(end - 1, end)
            if not inside and self.left[start:end].strip():  # 明天 is a day, not 明天包装
                yield start, end
            at = self._squeezed.find(piece, at + 1)

    def _inside_word(self, left: int, right: int) -> bool:
        if left < 0 or right >= len(self.text):
            return False
        pair = self.text[left] + self.text[right]
        return pair.isascii() and pair.isalnum() and not (pair[0].isdigit() ^ pair[1].isdigit())

    def apart(self, start: int, end: int) -> int:
        """How many of a piece's two sides border on something that is no part of a name."""
        before = start == 0 or not self.left[start - 1].isalnum()
        return before + (end == len(self.left) or not self.left[end].isalnum())

    def pieces(self) -> Iterator[tuple[str, ...]]:
        """What is looked up: each piece, then what it grows to while too many records hold it."""
        seen: set[str] = set()
        for run in _RUNS.finditer(self.open):
            word = run[0]
            if not _CHINESE.match(word):
                if len(word) > 1 and word not in _PLAIN and word not in seen:
                    seen.add(word)
                    rest = self.open[run.end() :].split(maxsplit=1)[:1]
                    yield (word, word + " " + rest[0]) if rest else (word,)
                continue
            for at in range(len(word) - 1):
                grown = tuple(
                    word[at : at + size]
                    for size in range(2, _LONGEST + 1)
                    if at + size <= len(word)
                )
                if grown[-1] not in seen:
                    seen.add(grown[-1])
                    yield grown


class Names:
    """What a text names, by the records of one book."""

    def __init__(self, book: Book, text: Text) -> None:
        self._book, self._text = book, text
        self._found: dict[str, dict[int, bool]] = {one: {} for one in _ENTITIES}
        with reading(book.connection()):
            self._look()
            self.customers = _clearest(self._customers())
            self.contacts = _clearest(self._people("contact"))
            self.people = _clearest(self._people("salesperson"))

    def _look(self) -> None:
        """Gather the records that hold a piece; True: no other record holds it that isn't here."""
        index = Pieces(self._book.connection(), self._book.schema, _ENTITIES)
        for count, grown in enumerate(self._text.pieces()):
            if count == _MOST:
                break
            for piece in grown:
                hits = index.of(piece, _CROWD)
                if len(hits) < _CROWD:
                    break
            for entity, row in hits:
                known = self._found[entity]
                known[row] = known.get(row, False) or len(hits) < _CROWD

    def _customers(self) -> Iterator[Named]:
        rows = list(self._found["customer"])
        values = self._book.rows("customer", rows, ["name", "code"])
        for row, (name, code) in zip(rows, values, strict=True):
            if name is None:
                continue
            alone = self._found["customer"][row]
            best = max(
                (
                    one
                    for one in [*self._called(str(name)), *self._numbered(code)]
                    if alone or one[2] >= _KEY
                ),
                key=lambda one: (one[2], one[1] - one[0]),
                default=None,
            )
            if best is not None:
                yield Named("customer", row, str(name), *best)

    def _numbered(self, code: object) -> Iterator[tuple[int, int, float]]:
        key = _squeeze(str(code or ""))
        if len(key) > 2 and not key.isalpha():
            for start, end in self._text.places_of(key):
                yield start, end, _KEY

    def _called(self, name: str) -> Iterator[tuple[int, int, float]]:
        """Where the text says the name, its key without the legal form, or how it begins."""
        key = names.company_key(name)
        core = without_place(key)
        place = len(key) - len(core)
        near = re.sub(r"[省市]|自治区", "", key[:place]) + core
        for said, sure in ((_squeeze(name), _FULL), (key, _KEY), (near, _KEY), (core, _CORE)):
            if len(said) > 1:
                for start, end in self._text.places_of(said):
                    yield start, end, sure if len(said) > 2 else self._short(start, end)
        if name.isascii():
            yield from self._first_words(name)
            return
        for begin, least in ((core, 2), (key, place + 2)):
            for size in range(len(begin) - 1, least - 1, -1):
                found = list(self._text.places_of(begin[:size]))
                for start, end in found:
                    yield start, end, self._part(start, end, size)
                if found:
                    break

    def _short(self, start: int, end: int) -> float:
        return (0.3, 0.72, _CORE)[self._text.apart(start, end)]

    def _part(self, start: int, end: int, size: int) -> float:
        """How sure the first signs of a name are: two of them must stand apart."""
        sides = self._text.apart(start, end)
        if size == 2:
            return (0.2, 0.55, 0.78)[sides]
        return (0.6 if size == 3 else 0.74, 0.8, 0.85)[sides]

    def _first_words(self, name: str) -> Iterator[tuple[int, int, float]]:
        words = re.findall(r"[a-z0-9]+", _FORMS.sub(" ", name.translate(_FLAT)))
        for count in range(len(words) - 1, 0, -1):
            said = "".join(words[:count])
            if count == 1 and (said in _PLAIN or len(said) < 3):
                return
            found = list(self._text.places_of(said))
            for start, end in found:
                yield start, end, self._word(start, count)
            if found:
                return

    def _word(self, start: int, count: int) -> float:
        text = self._text.text
        written_as_name = text[start].isupper() or text[start].isdigit()
        asked = re.search(
            r"\b(?:called|visited|met|with|at|emailed|phoned|rang|saw|from|to)\s+$",
            text[:start],
            re.I,
        )
        if not (written_as_name or asked):
            return 0.5
        return 0.78 if count == 1 else 0.88

    def _people(self, entity: str) -> Iterator[Named]:
        rows = list(self._found[entity])
        fields = ["name", "phone", "customer"] if entity == "contact" else ["name", "phone"]
        values = self._book.rows(entity, rows, fields)
        for row, (name, phone, *more) in zip(rows, values, strict=True):
            customer = more[0].id if more and more[0] is not None else 0
            for key, short in ((_squeeze(str(name or "")), True), (_number(phone), False)):
                if len(key) < 2:
                    continue
                for start, end in self._text.places_of(key):
                    sides = self._text.apart(start, end)
                    sure = (0.4, 0.75, 0.9)[sides] if short and len(key) < 4 else 0.95
                    yield Named(entity, row, str(name), start, end, sure, customer)

    def phoned(self) -> Iterator[Named]:
        """Customers whose own number the text gives."""
        rows = list(self._found["customer"])
        values = self._book.rows("customer", rows, ["name", "phone"])
        for row, (name, phone) in zip(rows, values, strict=True):
            for start, end in self._text.places_of(_number(phone)):
                yield Named("customer", row, str(name), start, end, 0.95)


def _squeeze(text: str) -> str:
    return "".join(filter(str.isalnum, text.translate(_FLAT)))


def _number(phone: object) -> str:
    digits = re.sub(r"\D", "", str(phone or ""))
    digits = digits[2:] if digits.startswith("86") and len(digits) == 13 else digits
    return digits if len(digits) > 6 else ""


def _clearest(found: Iterable[Named]) -> list[Named]:
    """The best of each record, without those inside a longer name of another; the surest first."""
    best: dict[int, Named] = {}
    for one in found:
        known = best.get(one.row)
        if known is None or (one.sure, one.length) > (known.sure, known.length):
            best[one.row] = one
    kept = [one for one in best.values() if not any(_covers(other, one) for other in best.values())]
    return sorted(kept, key=lambda one: (-one.sure, one.start, one.row))


def _covers(other: Named, one: Named) -> bool:
    """Whether a longer name stands where a shorter one was read, or the same words say it better."""
    inside = other.start <= one.start and one.end <= other.end
    if not inside or other.row == one.row or other.sure < min(SURE, one.sure):
        return False
    if other.length > one.length:
        return True
    # 长安汽车 is the whole of one name and the beginning of another: the whole is meant.
    return other.sure >= _CORE > one.sure


_TITLES = r"(?:副?总(?!共|的|价|额)|董|经理|主任|主管|部长|处长|科长|局长|所长|院长|校长|厂长|店长|站长|老板|老师|博士|教授|工程师|工(?!厂|程|作|业)|师傅|先生|女士|小姐|姐|哥|会计|采购|助理|秘书)"
_TITLED = re.compile(rf"([㐀-鿿]{{1,2}}?)({_TITLES})")
_FAMILIAR = re.compile(r"[小老阿]([㐀-鿿])(?!客户|板|师|时|伙|区|学|批|型)")
_MR = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.? ([A-Z][a-z]+)", re.ASCII)


def by_surname(text: str, colleagues: Sequence[tuple[int, str]], customer: int) -> list[Named]:
    """Those of a customer's contacts that the text calls 王总, 小李, Mr Smith, or by a first name."""
    said = [*_titled(text)]
    made: list[Named] = []
    for row, name in colleagues:
        first = name.partition(" ")[0] if name.isascii() else ""
        calls = [one for one in said if name.startswith(one[0]) or name.endswith(" " + one[0])]
        if len(first) > 2:
            calls += [
                (first, *hit.span())
                for hit in re.finditer(rf"\b{re.escape(first)}\b", text, re.ASCII)
            ]
        made += [Named("contact", row, name, start, end, 0.85, customer) for _, start, end in calls]
    return _clearest(made)


def _titled(text: str) -> Iterator[tuple[str, int, int]]:
    """Surnames that stand before a title or after 小 and 老, each with where it is said."""
    for hit in _TITLED.finditer(text):
        for size in range(1, len(hit[1]) + 1):  # 单氏王总 means 王, 欧阳总 means 欧阳
            yield hit[1][-size:], hit.start(2) - size, hit.end()
    for hit in _FAMILIAR.finditer(text):
        yield hit[1], hit.start(), hit.end()
    for hit in _MR.finditer(text):
        yield hit[1], hit.start(), hit.end()


_FORMAL = re.compile(
    r"([㐀-鿿A-Za-z0-9（）()]{2,24}?(?:有限责任公司|有限公司|公司|集团|工厂|厂|商行|酒店|医院|学校|大学|银行|超市|中心|研究所))"
)


def unknown_name(text: Text) -> str:
    """What is probably the name of a customer that the book doesn't know; "" when nothing is."""
    for run in re.finditer(r"[^\s,，。.;；:：!！?？、]+", text.open):
        begin = next((at for at in range(*run.span()) if text.left[at] != " "), run.end())
        found = _FORMAL.search(text.text, begin, run.end())
        if found is not None:
            return found[1]
    for run in re.finditer(r"[A-Z][\w&'-]*(?: (?:&|of|[A-Z])[\w&'-]*)*", text.text, re.ASCII):
        words = list(re.finditer(r"\S+", run[0]))
        while words and (
            text.left[run.start() + words[0].start()] == " " or words[0][0].lower() in _PLAIN
        ):
            del words[0]
        if words:
            return run[0][words[0].start() :]
    first = next((one for one in _RUNS.finditer(text.left) if len(one[0]) > 1), None)
    return text.text[first.start() : first.end()] if first else ""
