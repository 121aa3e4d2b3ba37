"""A phone's calendar as a test imagines it: events by their names, the later sequence wins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import icalendar
import vobject

LONGEST = 75  # octets of a line, its end not counted


@dataclass
class Phone:
    """What a phone has after some imports.

    Nothing may say something else under the same sequence and stamp: some phones would pass it over.
    """

    events: dict[str, Any] = field(default_factory=dict)

    def take(self, content: bytes) -> None:
        """Import a file, as RFC 5546 wants it: what is older than what is there is passed over."""
        for event in read(content):
            there = self.events.get(event["UID"])
            if there is not None and _age(event) == _age(there):
                assert event.to_ical() == there.to_ical(), "changed, but not newer"
            if there is None or _age(event) >= _age(there):
                self.events[str(event["UID"])] = event

    @property
    def shown(self) -> dict[str, str]:
        """What a person sees: titles by names."""
        return {
            uid: str(one["SUMMARY"])
            for uid, one in self.events.items()
            if one["STATUS"] != "CANCELLED"
        }


def _age(event: Any) -> tuple[int, Any]:
    return int(event["SEQUENCE"]), event.decoded("DTSTAMP")


def read(content: bytes) -> list[Any]:
    """The events of a file that two strict readers and the rules of lines are content with."""
    assert content.endswith(b"\r\n")
    for line in content.split(b"\r\n")[:-1]:
        assert b"\n" not in line
        assert b"\r" not in line
        assert len(line) <= LONGEST, line
        line.decode("utf-8")  # no character is cut in two
    [by_vobject] = vobject.readComponents(content.decode("utf-8"), validate=True)
    assert by_vobject.validate(raiseException=True)
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.errors == []
    events = list(calendar.walk("VEVENT"))
    for event in events:
        assert event.errors == []
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"):
            assert name in event
        assert event.decoded("DTEND") > event.decoded("DTSTART")
    uids = [str(one["UID"]) for one in events]
    assert len(uids) == len(set(uids))
    theirs = [str(one.uid.value) for one in by_vobject.contents.get("vevent", ())]
    assert sorted(theirs) == sorted(uids)
    return events
