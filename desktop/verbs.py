"""What verbs, their arguments and options are made of, so that their words follow the language.

The language is known when a verb runs, not when it is declared: texts are declared in English,
marked by ``N_``, and translated each time that they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from desktop.printing import wide, wrapped
from models.texts import N_, tr

_TERMS = 30  # columns that the left side of a list may take


class Translated:
    """An attribute that is set in English and read in the language in force."""

    def __init__(self, source: str | None = None) -> None:
        self._source = source
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}_in_english"

    def __get__(self, one: object, owner: type | None = None) -> str | None:
        source: str | None = getattr(one, self._name, self._source)
        return tr(source) if source else source

    def __set__(self, one: object, source: str | None) -> None:
        setattr(one, self._name, source)


class HelpPage(click.HelpFormatter):
    """A page of help; lines end where the terminal's do, with Chinese text too."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a verb is written."""
        super().write_usage(prog, args, tr(N_("Usage: ")) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """A heading with the colon of the language."""
        self.write(" " * self.current_indent + tr(N_("{heading}:"), heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, with blank lines between them."""
        room = self.width - self.current_indent
        paragraphs = [
            "".join(f"{'':>{self.current_indent}}{line}\n" for line in wrapped(one, room))
            for one in text.split("\n\n")
        ]
        self.write("\n".join(paragraphs))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _TERMS, col_spacing: int = 2
    ) -> None:
        """Terms at the left, what they mean at the right."""
        listed = list(rows)
        widths = [wide(term) for term, _ in listed if wide(term) <= col_max]
        left = max(widths, default=col_max) + col_spacing
        start = " " * self.current_indent
        for term, meaning in listed:
            lines = wrapped(meaning, max(self.width - self.current_indent - left, 10)) or [""]
            if wide(term) > left - col_spacing:
                self.write(f"{start}{term}\n{start}{'':{left}}{lines[0]}\n")
            else:
                self.write(f"{start}{term}{'':{left - wide(term)}}{lines[0]}".rstrip() + "\n")
            for line in lines[1:]:
                self.write(f"{start}{'':{left}}{line}\n")


class _Context(click.Context):
    formatter_class = HelpPage


class _Told(click.Command):
    """What verbs and their group have in common."""

    context_class = _Context
    help = Translated()
    options_metavar = Translated()

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option ``--help``, which click makes once and keeps, in the language in force."""
        made = super().get_help_option(ctx)
        if made is not None:
            made.help = tr(N_("Show this message and exit."))
        return made


class Verb(_Told):
    """A verb."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """The whole help: it is one sentence, and lines are broken where they are written."""
        return self.help or ""


class Verbs(_Told, click.Group):
    """The verbs, in the order of a manager's work, not of the alphabet."""

    subcommand_metavar = Translated()  # type: ignore[assignment]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names as they were added."""
        return list(self.commands)


class Argument(click.Argument):
    """What stands behind a verb; its metavar is written without brackets and dots."""

    help = Translated()
    metavar = Translated()

    def make_metavar(self, ctx: click.Context) -> str:
        """The name of the value; with brackets if it may be left out, with dots if there may be several."""
        name = self.metavar or self.name.upper()
        if " " in name:  # several that belong together: all of them or none
            return f"[{name}]"
        return (name if self.required else f"[{name}]") + ("…" if self.nargs != 1 else "")

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """What a refusal calls it."""
        return f"“{self.metavar}”"


class Option(click.Option):
    """A choice of how a verb does its work."""

    help = Translated()
    metavar = Translated()

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """What a refusal calls it."""
        return " / ".join(self.opts)


class Whole(click.IntRange):
    """A whole number, called so in the language in force."""

    name = Translated(N_("whole number"))  # type: ignore[assignment]


class Number(click.FloatRange):
    """A number, called so in the language in force."""

    name = Translated(N_("number"))  # type: ignore[assignment]


def verb(name: str, help: str) -> Callable[[Callable[..., Any]], Verb]:
    """Declare a verb by what it does, in one sentence."""
    return click.command(name, cls=Verb, help=help, options_metavar=N_("[OPTIONS]"))


def argument(
    name: str, metavar: str, help: str, **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an argument: the function's parameter, what people call it, what it is."""
    return click.argument(name, cls=Argument, metavar=metavar, help=help, **more)


def option(
    *names: str, help: str, metavar: str | None = None, **more: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare an option; flags and choices need no ``metavar``."""
    return click.option(*names, cls=Option, metavar=metavar, help=help, **more)
