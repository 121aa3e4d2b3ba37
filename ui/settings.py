"""What a person prefers, kept between starts: language, theme, recent books, the window's shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from models import texts
from ui import motion

_RECENT = 8
_NARROW, _WIDE = 120, 2_000  # what a file may say of a width, in points
THEMES = ("system", "light", "dark")
SIZES = range(80, 201)  # of text, in per cent
DENSITIES = ("compact", "normal", "roomy")
REMINDED = ("mine", "all", "none")  # of what somebody is reminded
EVENINGS = ("17:00", "18:00", "19:00", "20:00", "21:00", "22:00")  # from when on it is quiet
MORNINGS = ("06:00", "07:00", "07:30", "08:00", "08:30", "09:00", "10:00")  # …and until when
LEADS = ("0", "5", "10", "15", "30", "60", "120")  # minutes before an appointment


class Settings:
    """One ini file; without a path nothing is kept."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path), QSettings.Format.IniFormat) if path else None
        self._memory: dict[str, object] = {}

    def _get(self, name: str, default: object) -> object:
        if self._store is None:
            return self._memory.get(name, default)
        return self._store.value(name, default)

    def _set(self, name: str, value: object) -> None:
        if self._store is None:
            self._memory[name] = value
        else:
            self._store.setValue(name, value)

    @property
    def language(self) -> str:
        """``zh_CN`` or ``en``; the system's until one was chosen."""
        return str(self._get("language", texts.system_language()))

    @language.setter
    def language(self, code: str) -> None:
        self._set("language", code)

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        found = str(self._get("theme", "system"))
        return found if found in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._set("theme", name)

    @property
    def text_size(self) -> int:
        """How large text is, in per cent of the usual size: 80 to 200."""
        try:
            found = int(str(self._get("text_size", 100)))
        except ValueError:
            return 100
        return min(max(found, SIZES[0]), SIZES[-1])

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._set("text_size", percent)

    @property
    def density(self) -> str:
        """How high the rows of tables are: ``compact``, ``normal`` or ``roomy``."""
        found = str(self._get("density", "normal"))
        return found if found in DENSITIES else "normal"

    @density.setter
    def density(self, name: str) -> None:
        self._set("density", name)

    @property
    def motion(self) -> str:
        """Whether motion is reduced: ``on``, ``off``, or as the ``system`` says."""
        found = str(self._get("motion", "system"))
        return found if found in motion.CHOICES else "system"

    @motion.setter
    def motion(self, choice: str) -> None:
        self._set("motion", choice)

    @property
    def author(self) -> str:
        """Who works here, as the history is to say; empty for the system's own name of the person."""
        return str(self._get("author", "")).strip()

    @author.setter
    def author(self, name: str) -> None:
        self._set("author", name.strip())

    @property
    def toured(self) -> bool:
        """Whether the tour was offered before: it is offered once."""
        return str(self._get("toured", "no")) == "yes"

    @toured.setter
    def toured(self, offered: bool) -> None:
        self._set("toured", "yes" if offered else "no")

    @property
    def details(self) -> bool:
        """Whether the record stands beside its list."""
        return str(self._get("details", "true")).lower() == "true"

    @details.setter
    def details(self, shown: bool) -> None:
        self._set("details", "true" if shown else "false")

    @property
    def backups(self) -> bool:
        """Whether books are backed up by themselves; on until it was switched off."""
        return str(self._get("backups", "on")) != "off"

    @backups.setter
    def backups(self, on: bool) -> None:
        self._set("backups", "on" if on else "off")

    @property
    def reminders(self) -> str:
        """Of what one is reminded: ``mine``, ``all`` of the team's, or ``none``."""
        return self._one_of("reminders", REMINDED, "mine")

    @property
    def quiet_from(self) -> time:
        """From when on nobody is disturbed."""
        return time.fromisoformat(self._one_of("quiet_from", EVENINGS, "20:00"))

    @property
    def quiet_to(self) -> time:
        """Until when nobody is disturbed."""
        return time.fromisoformat(self._one_of("quiet_to", MORNINGS, "08:00"))

    @property
    def remind_before(self) -> int:
        """How many minutes before an appointment one is reminded."""
        return int(self._one_of("remind_before", LEADS, "15"))

    @property
    def remind_days_off(self) -> bool:
        """Whether one is reminded on days that aren't worked, too."""
        return self._one_of("remind_days_off", ("on", "off"), "off") == "on"

    @property
    def tray(self) -> bool:
        """Whether the program stays for reminders when its last window is closed."""
        return self._one_of("tray", ("on", "off"), "off") == "on"

    def prefer_reminders(self, name: str, value: str) -> None:
        """Keep one of the preferences of reminders, by its name."""
        self._set(name, value)

    def reminded(self, book: str) -> str:
        """What is known of the reminders of a book, as ``models.reminding.state`` writes it."""
        return str(self._get(f"reminded/{book}", ""))

    def keep_reminded(self, book: str, state: str) -> None:
        """Remember what was shown of a book's reminders."""
        self._set(f"reminded/{book}", state)

    def _one_of(self, name: str, known: Sequence[str], usual: str) -> str:
        found = str(self._get(name, usual))
        return found if found in known else usual

    @property
    def recent(self) -> list[Path]:
        """Books that were open, the latest first, as far as they are still there."""
        found = self._get("recent", [])
        listed = [found] if isinstance(found, str) else found
        paths = [Path(str(one)) for one in listed] if isinstance(listed, list) else []
        return [one for one in paths if one.exists()]

    def remember(self, book: Path) -> None:
        """Put a book first among the recent ones."""
        place = book.absolute()
        others = [one for one in self.recent if one != place]
        self._set("recent", [str(one) for one in [place, *others][:_RECENT]])

    @property
    def left_open(self) -> list[tuple[Path, str]]:
        """The books, each with its page, of the windows that were open when the program was quit."""
        try:
            found = json.loads(str(self._get("left_open", "[]")))
            pairs = [(Path(str(path)), str(page)) for path, page in found]
        except (ValueError, TypeError):
            return []
        return [one for one in pairs if one[0].exists()]

    def leave_open(self, books: Sequence[tuple[Path, str]]) -> None:
        """Remember which books the windows show, in their order."""
        self._set("left_open", json.dumps([(str(path), page) for path, page in books]))

    def page_of(self, book: str) -> str:
        """The page at which a book was left; "" when it was never shown."""
        return str(self._get(f"pages/{book}", ""))

    def keep_page(self, book: str, page: str) -> None:
        """Remember the page that is shown of a book."""
        self._set(f"pages/{book}", page)

    def put_off(self, book: str, day: date) -> frozenset[str]:
        """The lines of Today that aren't wanted on a day."""
        found = str(self._get(f"put_off/{book}", "")).split("\n")
        return frozenset(found[1:]) if found[0] == day.isoformat() else frozenset()

    def keep_put_off(self, book: str, day: date, lines: Iterable[str]) -> None:
        """Remember which lines aren't wanted on a day; those of other days are forgotten."""
        self._set(f"put_off/{book}", "\n".join([day.isoformat(), *sorted(lines)]))

    def workbook_folder(self, book: str) -> Path | None:
        """The folder in which workbooks of a book come back; None where none is watched."""
        found = str(self._get(f"workbook_folder/{book}", ""))
        return Path(found) if found else None

    def keep_workbook_folder(self, book: str, folder: Path | None) -> None:
        """Watch another folder, or none."""
        self._set(f"workbook_folder/{book}", str(folder) if folder is not None else "")

    def workbook_seen(self, book: str) -> str:
        """Which files of that folder were read, as ``models.workbooks.waiting`` writes it."""
        return str(self._get(f"workbook_seen/{book}", ""))

    def keep_workbook_seen(self, book: str, seen: str) -> None:
        """Remember which files were read."""
        self._set(f"workbook_seen/{book}", seen)

    @property
    def issue_folder(self) -> Path | None:
        """Where workbooks were put last; None before that."""
        found = str(self._get("issue_folder", ""))
        return Path(found) if found else None

    @issue_folder.setter
    def issue_folder(self, folder: Path) -> None:
        self._set("issue_folder", str(folder))

    @property
    def history(self) -> bool:
        """Whether the history stands beside the pages."""
        return str(self._get("history", "false")).lower() == "true"

    @history.setter
    def history(self, shown: bool) -> None:
        self._set("history", "true" if shown else "false")

    def width(self, name: str, usual: int) -> int:
        """How wide a person made a part of the window, in points at the usual size of text."""
        try:
            found = int(str(self._get(f"widths/{name}", usual)))
        except ValueError:
            return usual
        return found if _NARROW <= found <= _WIDE else usual

    def keep_width(self, name: str, points: int) -> None:
        """Remember how wide a part of the window is."""
        self._set(f"widths/{name}", points)

    def shape(self, name: str) -> QByteArray:
        """A window's remembered geometry or state; empty when there is none."""
        found = self._get(name, QByteArray())
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep_shape(self, name: str, shape: QByteArray) -> None:
        """Remember a window's geometry or state."""
        self._set(name, shape)

    def layout(self, name: str) -> dict[str, Any]:
        """How a list was arranged; empty when nothing is remembered or it can't be read."""
        try:
            found = json.loads(str(self._get(f"lists/{name}", "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def keep_layout(self, name: str, layout: dict[str, Any]) -> None:
        """Remember how a list is arranged."""
        self._set(f"lists/{name}", json.dumps(layout))

    def save(self) -> None:
        """Write to the disk now."""
        if self._store is not None:
            self._store.sync()
