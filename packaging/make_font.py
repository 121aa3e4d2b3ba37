"""Make resources/fonts/NotoSansSC-Regular.otf from the collection of Debian's fonts-noto-cjk.

Usage: python packaging/make_font.py NotoSansCJK-Regular.ttc   (needs fontTools, comes with matplotlib)
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts" / "NotoSansSC-Regular.otf"
SIMPLIFIED = 2  # the place of the SC face in the collection
FAMILY = "Noto Sans SC"
BLOCKS = (
    (0x20, 0x17F),  # Latin
    (0x370, 0x45F),  # Greek, Cyrillic
    (0x2000, 0x206F),  # dashes, quotes, … •
    (0x20A0, 0x20CF),  # currencies
    (0x2100, 0x22FF),  # ℃ № Ⅳ → ≤ ≥
    (0x2460, 0x27BF),  # ① ─ ■ ▲ ● ✓
    (0x3000, 0x33FF),  # punctuation, kana, ㎡
    (0xFF00, 0xFFEF),  # full-width
)
# Characters of the national table (通用规范汉字表) and of names beyond GBK.
NAMES = "䶮喆𬭎𬬻𬍛𬀩𬣙𬘓𬘡𬬭𬭚𬱟𬳽𫖯𫟹𬜬𬮤𬒈𫍯𫐐𫘝𬴂𬸣𬶋𬯎𬭩𬭶𬭳𬭊𬬮𬬸𬬱𬬿𬬹"


def characters() -> set[int]:
    """GBK, the blocks above, and rare characters of names."""
    found = {ord(one) for one in NAMES}
    for low, high in BLOCKS:
        found.update(range(low, high + 1))
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            found.update(map(ord, bytes((lead, trail)).decode("gbk", errors="ignore")))
    return found


def main(source: str) -> None:
    """Subset the face, give it the name of the standalone family, write it."""
    font = TTFont(source, fontNumber=SIMPLIFIED)
    # The table's own characters beyond GBK that this face holds (extensions C and E).
    wanted = characters() | {one for one in font.getBestCmap() if 0x2A700 <= one <= 0x2CEAF}
    options = subset.Options()
    options.layout_features = ["kern"]  # locl would keep the forms of four other regions
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.hinting = False  # a sixth smaller; anti-aliased text looks the same
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=wanted)
    worker.subset(font)
    for record in font["name"].names:
        text = record.toUnicode().replace("Noto Sans CJK SC", FAMILY)
        record.string = text.replace("NotoSansCJKsc", "NotoSansSC").replace(
            "NotoSansCJKSC", "NotoSansSC"
        )
    font["CFF "].cff.fontNames = ["NotoSansSC-Regular"]
    top = font["CFF "].cff.topDictIndex[0]
    top.FullName, top.FamilyName = f"{FAMILY} Regular", FAMILY
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    font.save(TARGET)


if __name__ == "__main__":
    main(sys.argv[1])
