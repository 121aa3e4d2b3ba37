"""One field of an entity, said once: grid, form, filter, sheet and command line derive from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from models.dialects import quoted
from models.periods import JANUARY, FiscalCalendar
from models.refusals import Name, Refused
from models.texts import LANGUAGES, in_language, tr


@dataclass(frozen=True)
class Choice:
    """One value of a choice field: its code in files, its label, other ways to write it."""

    code: str
    label: str
    headers: tuple[str, ...] = ()

    def text(self) -> str:
        """The label in the current language."""
        return tr(self.label)

    def name(self) -> Name:
        """What messages call it."""
        return Name(self.code, self.text)

    def known_as(self) -> tuple[str, ...]:
        """Everything that people write for it, in all languages."""
        own = tuple(in_language(code, self.label) for code in LANGUAGES)
        return (self.code, *own, *self.headers)


@dataclass(frozen=True)
class Field:
    """A declaration: kind, label, help, rules, header synonyms.

    ``read_as`` is an SQL expression over ``{t}`` (the table's alias) for values that are computed
    where nothing is stored; as long as ``closed_while``, a condition over ``{t}``, holds, the value is
    for nobody's eyes and reads as empty; ``formula`` is what a user's own column works its values out by, with
    ids, and ``fault`` says why it can't, if so (``formula_sql``); ``headers`` are header synonyms in any language;
    ``known_only`` links are never to records made of names in sheets; ``spelled`` gives the number that a text
    means where people write words for it; ``personal`` marks data about a natural person; ``cites``: the text
    is ids of records that it cites (``models.citations``), ``mentions``: such ids stand among its words;
    ``calendar`` is that of the book, by which periods are read; ``group`` is the heading, declared by ``N_``,
    under which forms show it.
    """

    id: str
    kind: str
    label: str
    help: str = ""
    headers: tuple[str, ...] = ()
    required: bool = False
    searched: bool = False
    personal: bool = False
    cites: bool = False
    mentions: bool = False
    choices: tuple[Choice, ...] = ()
    target: str = ""
    known_only: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    default: object = None
    default_from: Callable[[], object] | None = field(default=None, compare=False)
    spelled: Callable[[object], object] | None = field(default=None, compare=False)
    group: str = ""
    read_as: str = ""
    closed_while: str = ""
    custom: bool = False
    in_grid: bool = True
    formula: str = ""
    fault: Refused | None = field(default=None, compare=False)
    calendar: FiscalCalendar = JANUARY

    @property
    def usual(self) -> object:
        """What a new record has where nothing is said, None for nothing."""
        return self.default_from() if self.default_from else self.default

    @property
    def column(self) -> str:
        """The name of its column in the book."""
        return self.id

    def value_sql(self, alias: str, *, closed_too: bool = False) -> str:
        """The SQL of its value in a table of this alias, without what is closed unless asked for."""
        stored = f"{alias}.{quoted(self.column)}"
        sql = self.read_as.replace("{t}", alias) if self.read_as else stored
        if self.closed_while and not closed_too:
            sql = f"iif({self.closed_while.replace('{t}', alias)}, NULL, {sql})"
        return sql

    def text(self) -> str:
        """The label in the current language; a user's own label is shown as typed."""
        return self.label if self.custom else tr(self.label)

    def called(self) -> tuple[str, ...]:
        """The names that are its alone: id, labels in all languages, the first one of an own column."""
        labels = tuple(in_language(code, self.label) for code in LANGUAGES)
        return (self.id, *labels, *(self.headers if self.custom else ()))

    def known_as(self) -> tuple[str, ...]:
        """Every header that names it: id, labels in all languages, synonyms."""
        return tuple(dict.fromkeys([*self.called(), *self.headers]))

    def name(self) -> Name:
        """What messages call it; a user's own column is typed by its label alone."""
        return Name(self.label if self.custom else self.id, self.text)

    def choice(self, code: object) -> Choice | None:
        """The choice of a stored code, if it is still offered."""
        return next((one for one in self.choices if one.code == code), None)


@dataclass(frozen=True)
class Entity:
    """A kind of record.

    ``title`` names the fields that make its label: the first that is filled, or with ``whole_title`` all
    that are, for records that are called by others, such as somebody's evaluation in a cycle; ``keys`` are the
    identities by which rows of sheets are matched, strongest first; ``discriminators`` are fields
    whose difference proves that two rows with one key are different records; ``prefix`` opens its
    public ids.
    """

    id: str
    prefix: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    title: tuple[str, ...] = ("name",)
    whole_title: bool = False
    keys: tuple[tuple[str, ...], ...] = (("name",),)
    blank_keys: tuple[
        str, ...
    ] = ()  # parts of a key that may be blank: a blank is then a value too
    discriminators: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    person: bool = False
    part_of: str = ""
    look_alike: bool = False
    system: bool = False
    flat: bool = False  # lists of something else often carry its columns too
    happens: str = ""  # of an event: the field that says when

    @property
    def no(self) -> int:
        """The number that stands for it in the journal; made from the prefix, so it never moves."""
        return (ord(self.prefix[0]) - 65) * 26 + ord(self.prefix[1]) - 65

    def field(self, id: str) -> Field:
        """The field of this id.

        Raises:
            KeyError: there is none.
        """
        for one in self.fields:
            if one.id == id:
                return one
        raise KeyError(id)

    def has(self, id: str) -> bool:
        """Whether a field of this id exists."""
        return any(one.id == id for one in self.fields)

    def text(self) -> str:
        """The label in the current language."""
        return tr(self.label)

    def known_as(self) -> tuple[str, ...]:
        """Its id and its labels in all languages, of one and of many."""
        labels = (in_language(code, one) for one in (self.label, self.plural) for code in LANGUAGES)
        return (self.id, *labels)

    def name(self) -> Name:
        """What messages call it."""
        return Name(self.id, self.text)

    def plural_text(self) -> str:
        """The label of many, in the current language."""
        return tr(self.plural)

    def grouped(self) -> list[tuple[str, tuple[Field, ...]]]:
        """The fields under the groups that they declare, in the order in which groups first appear.

        Fields without a group come last; where none is declared they are all there is.
        """
        names = dict.fromkeys(one.group for one in self.fields if one.group)
        found = [(name, tuple(f for f in self.fields if f.group == name)) for name in (*names, "")]
        return [(name, fields) for name, fields in found if fields]

    def searched(self) -> tuple[Field, ...]:
        """The fields that the search index holds."""
        return tuple(one for one in self.fields if one.searched)

    def links(self) -> tuple[Field, ...]:
        """The fields that point to another record."""
        return tuple(one for one in self.fields if one.kind == "link")
