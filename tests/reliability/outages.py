"""What a disk may hold after the power fails at a moment of a recorded day.

What was synced is there. What was written since is there, or not, or torn in sectors of 512 bytes,
each write for itself; a file is there, gone or renamed as its folder was synced, later steps of a
folder never without earlier ones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

SECTOR = 512


@dataclass
class _Content:
    """One file's bytes that are safe, and what was written since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[tuple[Any, ...]] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.since:
            _carry_out(self.safe, step)
        self.since.clear()

    def after(self, chance: random.Random, fate: str) -> bytes:
        """The bytes after an outage."""
        made = bytearray(self.safe)
        for step in self.since:
            happens = chance.choice(("kept", "dropped", "torn")) if fate == "mixed" else fate
            if happens == "kept":
                _carry_out(made, step)
            elif happens == "torn" and step[0] == "write":
                _, at, data = step
                for start in range(0, len(data), SECTOR):
                    if chance.random() < 0.5:
                        piece = data[start : start + SECTOR]
                        _carry_out(made, ("write", at + start, piece))
        return bytes(made)


def _carry_out(content: bytearray, step: tuple[Any, ...]) -> None:
    if step[0] == "truncate":
        del content[step[1] :]
        return
    _, at, data = step
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


class Disk:
    """The state of a folder while recorded events go by."""

    def __init__(self, base: dict[str, bytes]) -> None:
        self._now = {name: _Content(bytearray(data)) for name, data in base.items()}
        self._safe = dict(self._now)
        self._since: list[tuple[str, ...] | tuple[str, str, _Content]] = []

    def happens(self, event: tuple[Any, ...]) -> None:
        """Carry out one recorded event."""
        kind, *rest = event
        if kind == "sync folder":
            self._since.clear()
            self._safe = dict(self._now)
            return
        name = PurePath(rest[0]).name
        if kind == "rename":
            if name in self._now:
                target = PurePath(rest[1]).name
                self._now[target] = self._now.pop(name)
                self._since.append(("rename", name, target))
        elif kind == "delete":
            self._now.pop(name, None)
            self._since.append(("delete", name))
        else:
            if name not in self._now:
                self._now[name] = _Content()
                self._since.append(("create", name, self._now[name]))
            if kind == "sync":
                self._now[name].sync()
            elif kind in ("write", "truncate"):
                self._now[name].since.append((kind, *rest[1:]))

    def outage(self, chance: random.Random) -> dict[str, bytes]:
        """One of the states that the disk may be in when the power comes back."""
        files = dict(self._safe)
        for step in self._since[: chance.randint(0, len(self._since))]:
            if step[0] == "create":
                files[step[1]] = step[2]
            elif step[0] == "delete":
                files.pop(step[1], None)
            elif step[1] in files:
                files[step[2]] = files.pop(step[1])
        fate = chance.choice(("kept", "dropped", "mixed", "mixed"))
        return {name: content.after(chance, fate) for name, content in files.items()}


def outages(
    base: dict[str, bytes], events: list[tuple[Any, ...]], count: int, seed: int
) -> Iterator[tuple[int, dict[str, bytes], dict[str, int]]]:
    """``count`` outages: the moment, the files, and what was acknowledged of each book by then."""
    chance = random.Random(seed)
    # A cut falls into a write, or around a sync, where what is promised changes.
    heavy = [at for at, one in enumerate(events) if one[0] not in ("write", "acknowledged")]
    moments = sorted(
        chance.choice(heavy) + chance.randint(0, 1)
        if chance.random() < 0.5
        else chance.randrange(len(events))
        for _ in range(count)
    )
    disk = Disk(base)
    promised: dict[str, int] = {}
    at = 0
    for moment in moments:
        while at < moment:
            if events[at][0] == "acknowledged":
                promised[events[at][1]] = events[at][2]
            else:
                disk.happens(events[at])
            at += 1
        yield moment, disk.outage(chance), dict(promised)
