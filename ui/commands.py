"""What the palette can run or open: actions, choices, pages and records, each as one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from models import texts
from models.fitting import EXACT, INSIDE, fit, spoken
from models.texts import N_, tr

if TYPE_CHECKING:
    from models.finding import Found

Key = tuple[str, ...]  # the kind of a command, then what it is
RECORD = "record"
_MNEMONIC = re.compile(r"\(&\w\)")  # of a Chinese text, whose signs are on no key


@dataclass(frozen=True)
class Command:
    """One line of the palette.

    ``sources`` are its texts in the source language, under whose translations it is found too;
    ``why_not`` says why it can't be run now, "" when it can.
    """

    key: Key
    text: str
    note: str
    run: Callable[[], object]
    shortcut: str = ""
    icon: str = ""
    why_not: str = ""
    sources: tuple[str, ...] = field(default=())

    def told(self) -> str:
        """The whole line, as it is read out."""
        parts = (self.text, self.note, self.shortcut, self.why_not)
        return tr(N_(", ")).join(one for one in parts if one)


def plain(text: str) -> str:
    """A text of a menu without the sign that marks its key."""
    return (
        _MNEMONIC.sub("", text)
        .replace("&&", "\0")
        .replace("&", "")
        .replace("\0", "&")
        .removesuffix("…")
    )


class Names:
    """By which words a command is found: its text in both languages, and pinyin of the Chinese."""

    def __init__(self) -> None:
        self._spoken: dict[str, tuple[str, ...]] = {}

    def learn(self, commands: Iterable[Command]) -> None:
        """Work out the pinyin; slow the first time, so it is done in the background."""
        known = dict(self._spoken)
        for source in {one for command in commands for one in command.sources}:
            known.setdefault(source, spoken(_chinese(source)))
        self._spoken = known

    def fit(self, command: Command, typed: str) -> int | None:
        """How well a command fits; None if it doesn't.

        That its pinyin begins so counts less: who types two letters seldom means the start of it.
        """
        texts_ = [command.text, *command.sources, *map(_chinese, command.sources)]
        read = fit(map(plain, texts_), typed)
        said = fit((one for each in command.sources for one in self._spoken.get(each, ())), typed)
        if said is not None and said != EXACT:
            said = min(said + 1, INSIDE)
        return min((one for one in (read, said) if one is not None), default=None)


def _chinese(source: str) -> str:
    return plain(texts.in_language("zh_CN", source))


def ranked(
    commands: Sequence[Command], names: Names, typed: str, found: Sequence[tuple[Found, Command]]
) -> list[Command]:
    """Commands that fit what was typed with the records found, the best first.

    What can't be run now comes last; of equal ones pages and actions before records.
    """
    made: list[tuple[bool, int, int, Command]] = []
    for one in commands:
        rank = names.fit(one, typed)
        if rank is not None:
            made.append((bool(one.why_not), rank, 0, one))
    made += [(False, record.rank, 1, command) for record, command in found]
    made.sort(key=lambda one: one[:3])
    return [command for *_, command in made]
