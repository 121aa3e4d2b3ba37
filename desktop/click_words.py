"""The words of the library behind the verbs, in the language in force.

Each of click's modules binds ``from gettext import gettext as _`` and asks it anew for every
message, so the functions of ours that take the place of that name are all it needs: its words then
come from the one catalogue of the program, without compiled files and without settings of the
process. Where a later click binds them otherwise its words stay English, and a test says so.
"""

from __future__ import annotations

import gettext

from click import core, decorators, exceptions, formatting, parser, types

from models import texts
from models.texts import N_, tr

_MODULES = (core, decorators, exceptions, formatting, parser, types)

# All that a verb can make click say; where it counts, the text for many.
WORDS = (
    N_("Options"),
    N_("Positional arguments"),
    N_("Commands"),
    N_("default: {default}"),
    N_("required"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    N_("Choose from:\n\t{choices}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Did you mean {possibility}?"),
    N_("(Did you mean one of: {possibilities}?)"),
    N_("Got unexpected extra arguments ({args})"),
    N_("Option {name!r} does not take a value."),
    N_("Option {name!r} requires {nargs} arguments."),
    N_("Argument {name!r} takes {nargs} values."),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not one of {choices}."),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
)


def install() -> None:
    """Let click speak as the program does; the language may change afterwards."""
    for module in _MODULES:
        if getattr(module, "_", None) is gettext.gettext:
            setattr(module, "_", tr)  # noqa: B010 - to a type checker the name is a function for good
        if getattr(module, "ngettext", None) is gettext.ngettext:
            setattr(module, "ngettext", _counted)  # noqa: B010


def _counted(one: str, many: str, n: int) -> str:
    """The text for a count, which click fills in; a Chinese one may stand for every count."""
    if n == 1 and (texts.language() == "en" or tr(one) != one):
        return tr(one)
    return tr(many)
