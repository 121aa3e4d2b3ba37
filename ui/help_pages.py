"""What the help says: its pages in the language in force, as Markdown.

A page names actions, pages and buttons by ``{action:undo}``, ``{page:insights}`` and
``{text:Recycle bin}``; they are written out as the window shows them, with their shortcuts, so that
help and menus can't tell two things.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

import resources
from models import texts
from models.texts import N_, tr
from ui.actions import MENUS, Action
from ui.navigation import PAGES, Page, key_of

FIRST = "first_steps"
IDS = (
    FIRST,
    "today",
    "import",
    "keys",
    "filters",
    "views",
    "formulas",
    "undo",
    "charts",
    "goals",
    "forecast",
    "evaluations",
    "tasks",
    "follow_up",
    "satisfaction",
    "assignment",
    "task_views",
    "capacity",
    "phone",
    "workbooks",
    "growth",
    "measures",
    "command_line",
)
_NAMED = re.compile(r"\{(action|page|text):((?:[^{}]|\{\w+\})+)\}")
_DIRECTIONS = {"up": N_("more is better"), "down": N_("less is better")}


def actions() -> dict[str, Action]:
    """All actions of the menus by their ids."""
    return {one.id: one for _, _, listed in MENUS for one in listed if one.id}


@lru_cache(maxsize=32)
def source(id: str, language: str) -> str:
    """A page as it is written."""
    return resources.path("help", language, f"{id}.md").read_text(encoding="utf-8")


def title(id: str) -> str:
    """What a page is called, in the language in force."""
    return source(id, texts.language()).splitlines()[0].removeprefix("# ")


def page(id: str) -> str:
    """A page in the language in force, its names written out."""
    written = _NAMED.sub(_name, source(id, texts.language()))
    return written.replace("{measures}", _measures()) if "{measures}" in written else written


def _name(found: re.Match[str]) -> str:
    kind, id = found[1], found[2]
    if kind == "text":
        # What a menu fills in stands for anything.
        return re.sub(r"\{\w+\}", "…", tr(id))
    return _action(actions()[id]) if kind == "action" else _page(id)


def _action(one: Action) -> str:
    key = QKeySequence(one.shortcut) if one.shortcut else QKeySequence()
    return _with_key(tr(one.text), key)


def _page(id: str) -> str:
    number, found = next((at, one) for at, one in enumerate(PAGES, 1) if one.id == id)
    assert isinstance(found, Page)
    return _with_key(tr(found.text), QKeySequence(key_of(number)))


def _with_key(text: str, key: QKeySequence) -> str:
    shown = key.toString(QKeySequence.SequenceFormat.NativeText)
    return f"**{text}** ({shown})" if shown else f"**{text}**"


def _measures() -> str:
    """Every measure by its name, code and definition, as the measures themselves say it."""
    from models.measures import engine

    made = []
    for one in engine.definitions():
        better = _DIRECTIONS.get(one.direction)
        more = f" · {tr(better)}" if better else ""
        made.append(f"## {one.text()}\n\n`{one.code}`{more}\n\n{tr(one.words)}\n")
    return "\n".join(made)


def search(typed: str) -> list[str]:
    """The pages in which all words stand, those whose title has one first; all for no words."""
    words = typed.casefold().split()
    found = [id for id in IDS if all(word in page(id).casefold() for word in words)]
    named = [id for id in found if any(word in title(id).casefold() for word in words)]
    return [*named, *(id for id in found if id not in named)]


def offer(widget: QWidget, id: str) -> None:
    """Let F1 in this widget, and in all inside it, open a page."""
    widget.setProperty("help", id)


def fitting(widget: QWidget | None) -> str:
    """The page that fits a widget: what the nearest around it offers, up to its window."""
    while widget is not None:
        offered = widget.property("help")
        if isinstance(offered, str):
            return offered
        if widget.isWindow():
            break
        widget = widget.parentWidget()
    return FIRST


def in_front() -> str:
    """The page that fits what has the focus."""
    return fitting(QApplication.focusWidget() or QApplication.activeWindow())
