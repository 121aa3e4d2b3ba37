"""The letters of charts: which fonts, how wide a text is, what fits.

matplotlib asks no system which font can draw a character; so it is told the families in order, and
what none of them can draw is replaced before, so that no box is ever drawn.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import matplotlib
from matplotlib import font_manager

import resources
from ui.theme import CHINESE

POINT = 100 / 72  # dots of the window in a point of a chart's text

font_manager.fontManager.addfont(str(resources.path("fonts", "NotoSansSC-Regular.otf")))
_installed = {one.name for one in font_manager.fontManager.ttflist}
_chinese = [one for one in CHINESE if one in _installed and one != "Noto Sans SC"]
# On paper always the same letters; on the screen those of the window around it.
PAPER = ["Noto Sans SC", "DejaVu Sans", *_chinese[:1]]
SCREEN = [*_chinese[:1], "Noto Sans SC", "DejaVu Sans"]
matplotlib.rcParams["font.family"] = SCREEN
matplotlib.rcParams["axes.unicode_minus"] = False
matplotlib.rcParams["text.parse_math"] = False  # two amounts in dollars are no formula
matplotlib.rcParams["svg.fonttype"] = "path"
matplotlib.rcParams["pdf.fonttype"] = 42  # letters stay letters: they can be searched and copied


@cache
def _letters(family: str) -> frozenset[int]:
    found = font_manager.findfont(family, fallback_to_default=False)
    return frozenset(font_manager.get_font(found).get_charmap())


def drawable(text: str) -> str:
    """A text on one line without characters that no font of the charts has."""
    made = []
    for one in " ".join(text.split()):
        known = any(ord(one) in _letters(family) for family in PAPER)
        if known:
            made.append(one)
        elif unicodedata.category(one)[0] not in "CM":
            made.append("?")
    return "".join(made)


def wide(text: str, points: float) -> float:
    """About how many dots of the window a text takes; never less than it does."""
    return sum(_em(one) for one in text) * points * POINT


def _em(one: str) -> float:
    if unicodedata.east_asian_width(one) in "WF":
        return 1.0
    return 0.86 if one in "mwMWQ@%–—…" else 0.42 if one in " .,:;il|'!()[]·" else 0.64


def fitting(text: str, points: float, room: float) -> str:
    """The text, shortened to fit into so many dots."""
    if wide(text, points) <= room:
        return text
    kept = ""
    for one in text:
        if wide(kept + one + "…", points) > room:
            break
        kept += one
    return kept.rstrip() + "…"


def lines(text: str, points: float, room: float) -> list[str]:
    """The text in lines of at most so many dots, broken at blanks or between Chinese characters."""
    made, line, word = [], "", ""
    for one in [*text, " "]:
        breaks = one == " " or unicodedata.east_asian_width(one) in "WF"
        word += one
        if not breaks:
            continue
        if line and wide((line + word).rstrip(), points) > room:
            made.append(line.rstrip())
            line = ""
        line, word = line + word, ""
    return [*made, line.rstrip()] if line.strip() else made
