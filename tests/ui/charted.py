"""Charts of the insights, and one alone."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from decimal import Decimal

from PySide6.QtGui import QImage

from ui.charts.canvas import Chart
from ui.charts.data import Bar, ChartData

SOLD = "Who sold how much?"


LONG = "上海浦东新区张江高科技园区某某某某信息技术服务有限责任公司第二十三分公司"


def made(kind: str, values: list[int], **more: object) -> ChartData:
    bars = tuple(
        Bar(f"2025-{at:02}", Decimal(one), 3, at, 0.1, 0.9) if kind == "rates"
        else Bar(f"2025-{at:02}", Decimal(one), 3, at)
        for at, one in enumerate(values, 1)
    )  # fmt: skip
    unit = "percent" if kind == "rates" else "money"
    return ChartData("Title?", kind, unit, "CNY", bars, **more)


def image_of(shown: Chart) -> QImage:
    return shown.grab().toImage()


def streams(pdf: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.S):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            yield found[1]


def letters(pdf: bytes) -> set[str]:
    """What the fonts of a PDF say that their glyphs mean: what can be searched and copied."""
    found: set[str] = set()
    for one in streams(pdf):
        for block in re.findall(rb"beginbf(?:char|range)(.*?)endbf", one, re.S):
            for line in block.splitlines():
                codes = re.findall(rb"<([0-9a-fA-F]+)>", line)
                if len(codes) == 2 or (len(codes) == 3 and b"[" not in line):
                    span = int(codes[1], 16) - int(codes[0], 16) if len(codes) == 3 else 0
                    start = bytes.fromhex(codes[-1].decode()).decode("utf-16-be")
                    found.update(chr(ord(start[-1]) + step) for step in range(span + 1))
                elif b"[" in line:
                    found.update(
                        bytes.fromhex(one.decode()).decode("utf-16-be") for one in codes[2:]
                    )
    return found
