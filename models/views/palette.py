"""The colours of rules: few, told apart by people who see fewer colours, each with a sign of its own."""

from __future__ import annotations

from dataclasses import dataclass

from models.texts import N_


@dataclass(frozen=True)
class Shade:
    """A colour's name, its sign, and what is painted behind text in the light and the dark theme."""

    label: str
    sign: str
    light: str
    dark: str


# Text of the themes on these has a contrast of 4.5 : 1 and more; a test holds it.
SHADES: dict[str, Shade] = {
    "red": Shade(N_("Red"), "■", "#f8d0c8", "#6b2a22"),
    "orange": Shade(N_("Orange"), "◆", "#fbdcb4", "#66400d"),
    "yellow": Shade(N_("Yellow"), "▲", "#f7efb0", "#575010"),
    "green": Shade(N_("Green"), "●", "#cdebd3", "#1d5132"),
    "blue": Shade(N_("Blue"), "▼", "#cfe3f8", "#1d4771"),
    "purple": Shade(N_("Purple"), "★", "#e6d7f5", "#503170"),
    "grey": Shade(N_("Grey"), "○", "#dfe2e7", "#474d59"),
}


def shade(colour: str) -> Shade:
    """The shade of a name; grey for one that this program does not know."""
    return SHADES.get(colour, SHADES["grey"])
