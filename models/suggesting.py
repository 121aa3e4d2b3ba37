"""The refusal of a name that nothing bears: it says what was probably meant, and what there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar

from models.refusals import Name, Refused


class Named(Protocol):
    """A thing that people call by one of several names."""

    def name(self) -> Name:
        """What messages call it."""

    def known_as(self) -> tuple[str, ...]:
        """Everything that people write for it."""


_Thing = TypeVar("_Thing", bound=Named)


class UnknownName(Refused):
    """Nothing is called like that.

    ``templates``: without and with ``{near}``, the thing whose name is most like what was typed.
    ``{name}`` is what was typed, ``{known}`` are all things. What is near is only sought when the
    message is read: a name is often tried without minding that there is none.
    """

    def __init__(
        self,
        code: str,
        templates: tuple[str, str],
        typed: str,
        things: Sequence[Named],
        **values: Any,
    ) -> None:
        super().__init__(code, templates[0], name=typed, **values)
        self._templates = templates
        self._typed = typed
        self._things = things

    def _filled(self, ids: bool) -> str:
        near = nearest(self._typed, self._things)
        self.template = self._templates[near is not None]
        self.values |= {"near": near, "known": tuple(one.name() for one in self._things)}
        return super()._filled(ids)


def called(typed: str, things: Iterable[_Thing]) -> _Thing | None:
    """The first thing that bears a name, in any language and case."""
    wanted = typed.strip().casefold()
    for one in things:
        if wanted in {known.casefold() for known in one.known_as()}:
            return one
    return None


def nearest(typed: str, things: Sequence[Named]) -> Name | None:
    """The thing one of whose names is most like what was typed; None if all are other words."""
    from models import names

    owners: dict[str, Name] = {}
    for one in things:
        for word in one.known_as():
            owners.setdefault(word, one.name())
    alike = names.suggest(typed, owners, limit=1)
    return owners[alike[0][0]] if alike else None
