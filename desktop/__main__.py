"""Where a process begins: a verb of the command line, or the window.

It decides before anything heavy is imported, so that the window is painted first.
"""

from __future__ import annotations

import sys
from pathlib import Path

VERBS = frozenset(
    [
        "new",
        "book",
        "import",
        "export",
        "collect",
        "conflicts",
        "resolve",
        "list",
        "set",
        "add",
        "remove",
        "field",
        "history",
        "undo",
        "redo",
        "measures",
        "goals",
        "plans",
        "pool",
        "measure",
        "check",
        "backup",
        "backups",
        "restore",
        "shot",
        "search",
        "views",
        "calendar",
        "workload",
        "handover",
        "issue",
        "cascade",
        "smart",
        "assign",
        "forecast",
        "today",
        "freshness",
        "report",
        "evaluate",
        "backtest",
        "cycle",
        "present",
        "sign",
        "seal",
        "verify",
        "ics",
        "vcard",
    ]
)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit status is 0 done, 1 refused, 2 wrong usage."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--sheet-child"]:
        from models.sheets import child

        child.run(given[1:])
    if given and (given[0] in VERBS or given[0] in ("--help", "-h", "--version")):
        from desktop.command_line import run

        return run(given)
    return _window(given)


def _window(given: list[str]) -> int:
    from models import texts
    from models.refusals import Refused

    language = None
    sample = False
    if given[:1] == ["demo"]:
        sample = True
        given = given[1:]
    measure = "--measure-start" in given
    rest = [one for one in given if one != "--measure-start"]
    if "--lang" in rest:
        at = rest.index("--lang")
        language = rest[at + 1] if at + 1 < len(rest) else None
        del rest[at : at + 2]
    texts.set_language(texts.system_language())
    if rest and _is_word(rest[0]):
        return _usage(_no_verb(rest[0]))
    if any(one.startswith("-") for one in rest) or len(rest) > (0 if sample else 1):
        return _usage(
            texts.tr(texts.N_("Usage: daybook [BOOK], or daybook --help for all commands."))
        )
    book = rest[0] if rest else None
    try:
        if book and "://" in book:
            from desktop.arguments import book_file

            book = book_file(book)
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    from desktop.application import run_window

    return run_window(book, sample=sample, language=language, measure_start=measure)


def _usage(text: str) -> int:
    sys.stderr.write(text + "\n")
    return 2


def _no_verb(word: str) -> str:
    """What is said of a mistyped verb."""
    from models.names import suggest
    from models.texts import N_, tr

    near = suggest(word, VERBS, limit=1)
    if near:
        text = N_(
            "“{word}” is neither a command nor a book. Did you mean {near}? daybook --help lists all commands."
        )
        return tr(text, word=word, near=near[0][0])
    text = N_("“{word}” is neither a command nor a book. daybook --help lists all commands.")
    return tr(text, word=word)


def _is_word(text: str) -> bool:
    """Whether an argument can only be a mistyped command: no file, and not written like one."""
    written = text.startswith("-") or any(mark in text for mark in "./\\:")
    return not written and not Path(text).exists()


if __name__ == "__main__":
    sys.exit(main())
