"""What a workbook holds that does not survive being written into: said before anybody relies on it.

openpyxl reads a workbook into its own model and writes that; what the model has no place for is gone
without a word. The parts of the file tell what is there.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from models.texts import N_, tr

_CHUNK = 1 << 20
_MOST = 256 << 20  # bytes of a sheet that are looked at

# What to look for in the parts of the file whose names match, and what is said where it is found.
_INSIDE = (
    (r"xl/worksheets/sheet\d+\.xml", rb"sparklineGroup[ >]", N_("sparklines (small charts in cells)")),
    (r"xl/worksheets/sheet\d+\.xml", rb"x14:cfRule[ >]", N_("data bars and icon sets of Excel 2010 and later")),
    (r"xl/worksheets/sheet\d+\.xml", rb"x14:dataValidation[ >]", N_("drop-down lists that take their entries from another sheet")),
    (r"xl/drawings/drawing\d+\.xml", rb"<(?:xdr:)?(?:sp|cxnSp|grpSp)[ >]", N_("text boxes, shapes and buttons")),
)  # fmt: skip
_NAMED = (
    (r"xl/featurePropertyBag/", N_("check boxes in cells")),
    (r"xl/ctrlProps/", N_("form controls")),
    (r"xl/(?:slicers|timelines)/", N_("slicers and timelines")),
    (r"xl/threadedComments/", N_("threads of comments (they become plain comments)")),
    (r"xl/pivotTables/", N_("pivot tables (they keep a copy of everybody's records)")),
    (r"xl/diagrams/", N_("SmartArt drawings")),
    (r"xl/charts/chartEx", N_("waterfall, funnel, map and other new charts")),
    (r"xl/queryTables/|xl/connections\.xml", N_("connections to databases and queries")),
    (r"xl/embeddings/", N_("embedded documents")),
    (r"xl/vbaProject", N_("macros")),
)


def losses(path: Path) -> list[str]:
    """What of a workbook is lost when the program writes into it, in words."""
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        made = [said for pattern, said in _NAMED if any(re.match(pattern, one) for one in names)]
        for pattern, mark, said in _INSIDE:
            parts = (one for one in names if re.fullmatch(pattern, one))
            if _found(packed, parts, re.compile(mark).search):
                made.append(said)
    return [tr(one) for one in made]


def _found(
    packed: zipfile.ZipFile, parts: Iterable[str], search: Callable[[bytes], object]
) -> bool:
    for name in parts:
        rest, seen = b"", 0
        with packed.open(name) as part:
            while (block := part.read(_CHUNK)) and seen < _MOST:
                seen += len(block)
                if search(rest + block):
                    return True
                rest = block[-100:]
    return False
