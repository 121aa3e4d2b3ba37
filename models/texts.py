"""Every text that a person reads, in the language chosen at run time.

English stands in the source; Chinese in ``resources/locale/zh_CN/*.po``. The files are read as they
are, so a changed translation needs no compile step.
"""

from __future__ import annotations

import ast
import contextlib
import os
import threading
from collections.abc import Iterator
from functools import lru_cache

import resources

LANGUAGES = ("zh_CN", "en")
LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}  # each in itself
_current = "zh_CN"
_own = threading.local()  # the language of a thread that writes for somebody else


def N_(source: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark a declaration as translatable; it is translated when shown."""
    return source


def language() -> str:
    """The language in force, ``zh_CN`` or ``en``."""
    return getattr(_own, "language", None) or _current


def set_language(code: str) -> None:
    """Switch all texts that are made from now on; unknown codes fall back to English."""
    global _current
    _current = "zh_CN" if code.lower().startswith("zh") else "en"


@contextlib.contextmanager
def speaking(code: str) -> Iterator[None]:
    """Make this thread's texts in another language for a while; all others' stay as they are."""
    before = getattr(_own, "language", None)
    _own.language = "zh_CN" if code.lower().startswith("zh") else "en"
    try:
        yield
    finally:
        _own.language = before


def system_language() -> str:
    """The language that the environment asks for; Chinese where it says nothing."""
    for name in ("DAYBOOK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and value not in ("C", "C.UTF-8", "POSIX"):
            return "zh_CN" if value.lower().startswith("zh") else "en"
    return "zh_CN"


@lru_cache(maxsize=4)
def catalogue(code: str) -> dict[str, str]:
    """All translations of one language, keyed by the English source (plural: ``one\\x00many``)."""
    found: dict[str, str] = {}
    folder = resources.path("locale", code)
    for file in sorted(folder.glob("*.po")):
        found.update(read_po(file.read_text(encoding="utf-8")))
    return found


def _unquoted(written: str) -> str:
    # Hardly any text has an escape, and reading each as an expression would take the start 10 ms.
    return written[1:-1] if "\\" not in written else str(ast.literal_eval(written))


def read_po(text: str) -> dict[str, str]:
    """Read the entries of a gettext PO file; the plural of Chinese is its only form."""
    found: dict[str, str] = {}
    entry: dict[str, str] = {}
    key = ""

    def keep() -> None:
        source = entry.get("msgid", "")
        if not source:
            return
        if "msgid_plural" in entry:
            source += "\x00" + entry["msgid_plural"]
        translated = entry.get("msgstr") or entry.get("msgstr[0]")
        if translated:
            found[source] = translated

    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("#"):
            continue
        if line.startswith('"'):
            entry[key] = entry.get(key, "") + _unquoted(line)
            continue
        word, _, rest = line.partition(" ")
        if word == "msgid":
            keep()
            entry = {}
        if word.startswith("msg"):
            key = word
            entry[key] = _unquoted(rest.strip())
    keep()
    return found


def tr(source: str, /, **values: object) -> str:
    """The text in the current language, with ``{name}`` filled in."""
    code = language()
    text = catalogue(code).get(source, source) if code != "en" else source
    return text.format(**values) if values else text


def ntr(one: str, many: str, n: int, /, **values: object) -> str:
    """The text for a count: ``{n}``, its thousands apart, and the other names are filled in."""
    code = language()
    if code != "en":
        text = catalogue(code).get(one + "\x00" + many) or catalogue(code).get(many, many)
    else:
        text = one if n == 1 else many
    return text.format(n=f"{n:,}", **values)


def in_language(code: str, source: str) -> str:
    """The text in a named language, whatever is in force (sheet headers, synonyms)."""
    return source if code == "en" else catalogue(code).get(source, source)
