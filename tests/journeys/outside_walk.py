"""Looks at everything that the window shows, by the accessibility bus alone: has it a name?

It knows no texts: it goes to every page, presses every tab, opens every menu and what every entry
that ends in … asks, in the language of the start and, switched by the preferences, in the other one.
"""

from __future__ import annotations

import re
import time

from bus_client import LEAVES, STATE, TABLES, NotThere, keys, program, say, wait

NAMED = {
    "check box", "check menu item", "combo box", "dialog", "frame", "link", "list", "list item",
    "menu", "menu bar", "menu item", "page tab", "page tab list", "popup menu", "progress bar",
    "push button", "radio button", "radio menu item", "scroll bar", "slider", "spin button",
    "status bar", "table", "table column header", "text", "toggle button", "tree",
}  # fmt: skip
ASKING = ("dialog", "panel")  # the palette is a panel over the pages
OURS = {"check box", "combo box", "menu item", "page tab", "push button", "scroll bar", "text"}
_HEADS = 24  # children of a table that are looked at: the heads of its columns and some cells
_COLUMN = re.compile("column|列…")
_WORD = re.compile(r"[A-Za-z]{3}")


class Walk:
    """What was seen in one language."""

    def __init__(self, app, window):
        self.app, self.window = app, window
        self.names = set()

    def look(self, place, inside=None):
        """Report what has no name in what is open, or in a part of it."""
        start = inside or self.app
        self._look(start, start.role, place, "")
        say(f"looked at {place}")

    def _look(self, at, role_of_it, place, way):
        for number, one in enumerate(at.children()):
            if role_of_it in TABLES and number > _HEADS:
                return
            if not one.seen:
                continue
            role = one.role
            name = one.name if role in NAMED else ""
            if role in NAMED and not name.strip():
                say(f"nameless {role} in {place}: {way}")
            if role in OURS:
                self.names.add((role, name))
            if role not in LEAVES:
                self._look(one, role, place, f"{way}/{role} {name[:30]}")

    def pages(self):
        """Every page with every tab, a record of each list beside it, and the menu over a cell."""
        pages = self.window.find("list")
        items = list(pages.children())
        for item in items:
            item.act("Toggle")
            wait(lambda: item.has(STATE.SELECTED), f"{item} is not in front")  # noqa: B023
            found = next(self.window.matching("page tab list"), None)  # the page's, the nearest
            tabs = [one for one in found.children() if one.role == "page tab"] if found else []
            for tab in tabs or [None]:
                if tab is not None:
                    tab.press()
                    wait(lambda: tab.has(STATE.SELECTED), f"{tab} is not in front")  # noqa: B023
                self._page(f"{item.name}, {tab.name if tab else 'all'}")
        customers = items[1]  # a list, for what is looked at next
        customers.act("Toggle")
        wait(lambda: customers.has(STATE.SELECTED), "the customers are not in front")
        tab = self.window.find("page tab list").find("page tab")
        tab.press()
        wait(lambda: tab.has(STATE.SELECTED), "their list is not in front")

    def _page(self, place):
        table = next(self.window.matching("table"), None)
        if table is not None and table.rows:
            table.focus()
            keys("ctrl+Home", "Menu")
            wait(lambda: self._popups()[0].all("menu item"), f"no menu over a cell of {place}")
        self.look(place)
        while self._popups():
            keys("Escape")
            wait(lambda: not self._popups(), "the menu stays")

    def _popups(self):
        return [one for one in self.window.children() if one.role == "popup menu"]

    def menus(self):
        """Every menu, and what its entries ask."""
        bar = self.window.find("menu bar")
        titles = list(bar.children())
        for title in titles:
            title.act("ShowMenu")
            wait(lambda: title.all("menu item"), f"{title} stays closed")  # noqa: B023
            self.look(f"menu {title.name}", title)
            asks = [
                at
                for at, one in enumerate(title.find("popup menu").children())
                if one.name.endswith("…") and one.has(STATE.ENABLED)
            ]
            keys("Escape")
            wait(lambda: not title.all("popup menu"), f"{title} stays open")  # noqa: B023
            if bar.has(STATE.FOCUSED):  # a key more leaves the bar; if it came late it would close
                keys("Escape")  # the menu that is opened next
                wait(lambda: not bar.has(STATE.FOCUSED), "the bar of the menus keeps the keys")
            for at in asks:
                self.dialog(title, at)

    def dialog(self, title, at):
        """Press an entry, look at the dialog with all its tabs, and leave it by Escape."""
        title.act("ShowMenu")
        menu = title.find("popup menu")
        entry = list(menu.children())[at]
        name = entry.name
        before = self._dialogs()
        entry.press()
        wait(
            lambda: len(self._dialogs()) > len(before) or self._says(),
            f"{name} neither asks nor says anything",
        )
        for one in self._dialogs():
            self.look(f"what {name} asks", one)
            for tab in one.all("page tab")[1:]:
                tab.press()
                self.look(f"{name}, {tab.name}", one)
        until = time.monotonic() + 30
        while len(self._dialogs()) > len(before):
            keys("Escape")
            for _ in range(20):
                if len(self._dialogs()) == len(before):
                    break
                time.sleep(0.05)
            if time.monotonic() > until:
                raise NotThere(f"Escape does not leave {name}")

    def others(self):
        """What keys and a button open beside the menus: a record, a column, the history, the help."""
        for press, name in (
            (lambda: keys("ctrl+shift+n"), "a new record"),
            (lambda: self._asking_button().press(), "a new column"),
        ):
            press()
            wait(self._dialogs, f"{name} is not asked for")
            self.look(name, self._dialogs()[0])
            keys("Escape")
            wait(lambda: not self._dialogs(), "it stays")
        keys("ctrl+h")
        wait(lambda: len(self.window.all("table")) > 1, "no history")
        self.look("the history", self.window)
        keys("ctrl+h")
        keys("F1")
        shown = wait(lambda: self._windows()[1:], "no help")[0]
        wait(lambda: shown.has(STATE.ACTIVE), "the help is not in front")
        self.look("the help", shown)
        keys("Escape")
        wait(lambda: not self._windows()[1:], "the help stays")
        wait(lambda: self.window.has(STATE.ACTIVE), "the window is not in front again")

    def _says(self):
        """Whether the window says something: that there is too much to be printed, as an example."""
        return next(self.window.matching("notification"), None) is not None

    def _windows(self):
        return [one for one in self.app.children() if one.seen]

    def _asking_button(self):
        """The first button of the page that asks something: for a column."""
        found = [one for one in self.window.all("push button") if one.name.endswith("…")]
        return next(one for one in found if _COLUMN.search(one.name))

    def _dialogs(self):
        floating = [two for one in self.window.children() for two in one.children()]
        found = [one for one in [*self.app.children(), *floating] if one.role in ASKING]
        return [one for one in found if one.seen]


def other_language(app, window):
    """By the first choice of the preferences."""
    keys("ctrl+comma")
    dialog = app.find("dialog")
    choice = dialog.all("combo box")[0]
    now = choice.text
    choice.act("ShowMenu")
    items = wait(lambda: choice.all("list item"), "no languages")
    next(one for one in items if one.name != now).act("Toggle")
    wait(lambda: dialog.all("combo box")[0].text != now, "the language stays")
    keys("Escape")
    wait(lambda: not app.all("dialog"), "the preferences stay")


def customers():
    """To a list of records: a window opens at Today."""
    keys("ctrl+2")


def main():
    """Both languages in one window."""
    app = program()
    window = app.find("frame")
    wait(lambda: window.all("list"), "no pages")
    customers()
    table = window.find("table")
    wait(lambda: table.rows > 100, "no sample team")
    seen = []
    for _ in range(2):
        walk = Walk(app, window)
        walk.pages()
        customers()
        walk.menus()
        customers()  # an entry may have led to another page
        walk.others()
        seen.append(walk.names)
        other_language(app, window)
    for role, name in sorted(seen[0] & seen[1]):
        if _WORD.search(name):
            say(f"same in both languages: {role} {name}")
    keys("ctrl+q")


if __name__ == "__main__":
    main()
