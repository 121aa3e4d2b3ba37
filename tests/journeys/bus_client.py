"""A program that knows nothing of ours: it finds things by role and name on the accessibility bus.

It is run by the system's Python, whose package of AT-SPI it needs; keys are pressed by xdotool.
"""

from __future__ import annotations

import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE = 60.0  # seconds that anything may take on a machine that has much else to do
_PAUSE = 0.05
_MOST = 400  # children of one object that are looked at
STATE = Atspi.StateType
LEAVES = {
    "check box",
    "label",
    "list item",
    "page tab",
    "push button",
    "separator",
}  # nothing is in them
TABLES = ("table", "tree", "tree table")


class NotThere(Exception):
    """What was looked for did not come."""


def wait(what, text):
    """Ask again and again until something true comes back."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            found = what()
        except GLib.Error:  # it went away while it was looked at
            found = None
        if found:
            return found
        if time.monotonic() > until:
            raise NotThere(text)
        time.sleep(_PAUSE)


class Node:
    """One object of the tree."""

    def __init__(self, of):
        self.of = of

    def __eq__(self, other):
        return isinstance(other, Node) and self.of == other.of

    __hash__ = None

    @property
    def role(self):
        return self.of.get_role_name()

    @property
    def name(self):
        return self.of.get_name()

    @property
    def text(self):
        """What stands in a line, or the value of a choice."""
        return Atspi.Text.get_text(self.of, 0, Atspi.Text.get_character_count(self.of))

    @property
    def value(self):
        return Atspi.Value.get_current_value(self.of)

    def has(self, *states):
        known = self.of.get_state_set()
        return all(known.contains(one) for one in states)

    @property
    def seen(self):
        return self.has(STATE.SHOWING)

    def actions(self):
        return [self.of.get_action_name(at) for at in range(self.of.get_n_actions())]

    def act(self, name):
        """Do an action of this name."""
        wait(lambda: self.has(STATE.ENABLED), f"{self} is never enabled")
        at = self.actions().index(name)
        if not self.of.do_action(at):
            raise NotThere(f"{self} does not {name}")

    def press(self):
        self.act("Press")

    def focus(self):
        """Ask for the keys."""
        Atspi.Component.grab_focus(self.of)
        wait(lambda: self.has(STATE.FOCUSED), f"{self} has no focus")

    def write(self, text):
        """Put a text into a line, as a program does that has no keys for it.

        Again where it went: Qt's dialog for files writes into its line what it selects once it has read the folder.
        """

        def shows():
            if self.text != text and not Atspi.EditableText.set_text_contents(self.of, text):
                raise NotThere(f"{self} takes no text")
            return self.text == text

        wait(shows, f"{self} does not show {text!r}")

    def children(self):
        for at in range(min(self.of.get_child_count(), _MOST)):
            found = self.of.get_child_at_index(at)
            if found is not None:
                yield Node(found)

    def below(self, *, hidden=False):
        """Everything in it that is seen, what is near first; not the cells of tables."""
        near = [self]
        while near:
            at = near.pop(0)
            for one in at.children():
                try:
                    if not hidden and not one.seen:
                        continue
                    role = one.role
                except GLib.Error:  # it went away
                    continue
                yield one
                if role not in TABLES and role not in LEAVES:
                    near.append(one)

    def matching(self, role, name=None, *, begins=None, hidden=False):
        """Those of a role and a name, one by one as they are found."""
        for one in self.below(hidden=hidden):
            if one.role != role:
                continue
            said = one.name
            if (name is None or said == name) and said.startswith(begins or ""):
                yield one

    def all(self, role, name=None, **more):
        return list(self.matching(role, name, **more))

    def find(self, role, name=None, **more):
        """The nearest of this role and name, waited for."""
        text = f"no {role} {name or more}"
        return wait(lambda: next(self.matching(role, name, **more), None), text)

    def left(self):
        """Wait until it is seen no longer."""
        wait(self._is_gone, "what should go away stays")

    def _is_gone(self):
        try:
            return not self.seen
        except GLib.Error:
            return True

    # -- tables ----------------------------------------------------------------------------------

    @property
    def rows(self):
        return Atspi.Table.get_n_rows(self.of)

    def heads(self):
        across = Atspi.Table.get_n_columns(self.of)
        return [Atspi.Table.get_column_description(self.of, at) for at in range(across)]

    def cell(self, row, column):
        return Node(Atspi.Table.get_accessible_at(self.of, row, column))

    def __str__(self):
        return f"{self.role} {self.name!r}"


def program(name="Daybook"):
    """The program on the bus, once it has a window."""
    Atspi.init()
    Atspi.set_timeout(20_000, 20_000)  # ms; on a machine that has much else to do

    def look():
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        for at in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(at)
            if one is not None and one.get_name() == name and one.get_child_count():
                one.set_cache_mask(Atspi.Cache.NONE)  # what is asked is asked of the program
                return Node(one)
        return None

    return wait(look, f"no program {name} on the bus")


def keys(*names):
    """Press keys, one after the other."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", *names], check=True)


def type_text(text):
    """Type letters that are on every keyboard."""
    subprocess.run(["xdotool", "type", "--delay", "15", text], check=True)


def say(text):
    """Tell the test that runs this."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
