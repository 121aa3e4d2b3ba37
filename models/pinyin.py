"""How Chinese characters are read: every reading of a character, surnames by their own table."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

# Surnames that are read otherwise than the word, and two-character surnames that matter for it.
SURNAMES = {
    "单": "shan",
    "曾": "zeng",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "盖": "ge",
    "任": "ren",
    "华": "hua",
    "纪": "ji",
    "乐": "yue",
    "缪": "miao",
    "宁": "ning",
    "曲": "qu",
    "覃": "qin",
    "冼": "xian",
    "尉": "wei",
    "员": "yun",
    "翟": "zhai",
    "种": "chong",
    "秘": "bi",
    "折": "she",
    "召": "shao",
    "繁": "po",
    "洗": "xian",
    "哈": "ha",
    "葛": "ge",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
    "单于": "chan yu",
    "令狐": "ling hu",
    "欧阳": "ou yang",
    "司马": "si ma",
    "上官": "shang guan",
    "诸葛": "zhu ge",
}


# Characters whose usual reading in names of firms and places isn't the dictionary's first.
IN_NAMES = {"长": "chang", "都": "du", "厦": "xia", "参": "shen", "藏": "zang", "传": "chuan"}

# Words in which a character is read otherwise than by itself.
WORDS = {
    "重庆": "chong qing",
    "银行": "yin hang",
    "商行": "shang hang",
    "车行": "che hang",
    "行业": "hang ye",
    "大厦": "da sha",
    "高厦": "gao sha",
    "广厦": "guang sha",
    "音乐": "yin yue",
    "乐器": "yue qi",
    "会计": "kuai ji",
    "朝阳": "chao yang",
    "成长": "cheng zhang",
    "生长": "sheng zhang",
    "首长": "shou zhang",
    "校长": "xiao zhang",
    "六安": "lu an",
    "东莞": "dong guan",
    "番禺": "pan yu",
    "蚌埠": "beng bu",
    "乐清": "yue qing",
    "台州": "tai zhou",
    "调味": "tiao wei",
    "空调": "kong tiao",
    "重叠": "chong die",
    "收藏": "shou cang",
    "冷藏": "leng cang",
}
_WORDS = re.compile("|".join(WORDS))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    package = importlib.util.find_spec("pypinyin")
    assert package is not None
    assert package.submodule_search_locations
    # The file alone: the package itself would load its dictionary of phrases, six times as long.
    path = Path(package.submodule_search_locations[0]) / "pinyin_dict.json"
    return {int(sign): found for sign, found in json.loads(path.read_text("utf-8")).items()}


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """All readings of a character without tones, the usual one first; empty for other signs."""
    found = _table().get(ord(character))
    if not found:
        return ()
    plain = [one for one in map(_toneless, found.split(",")) if one.isalpha()]
    return tuple(dict.fromkeys([IN_NAMES.get(character, plain[0]), *plain] if plain else ()))


class Signs(dict[int, str]):
    """What each sign becomes, worked out when it is first met; for ``str.translate``."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, ordinal: int) -> str:
        made = self[ordinal] = self._of(chr(ordinal))
        return made


_USUAL = Signs(lambda one: (readings(one) or ("",))[0] + " ")


def usual(text: str, person: bool = False) -> list[str]:
    """The usual reading of each Chinese character of a text; a surname in its own reading."""
    made = text.translate(_USUAL).split()
    for found in _WORDS.finditer(text):
        made[found.start() : found.end()] = WORDS[found[0]].split()
    if person and (own := surname(text)):
        made[: len(own)] = SURNAMES[own].split()
    return made


def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize(
        "NFD",
        syllable.replace("ü", "v")
        .replace("ǖ", "v")
        .replace("ǘ", "v")
        .replace("ǚ", "v")
        .replace("ǜ", "v"),
    )
    return "".join(one for one in bare if not unicodedata.combining(one))


def surname(text: str) -> str | None:
    """The surname that a person's name begins with, if it is read in a way of its own."""
    return next((text[:length] for length in (2, 1) if text[:length] in SURNAMES), None)


@lru_cache(maxsize=1)
def all_syllables() -> frozenset[str]:
    """Every syllable that Chinese has, without tones."""
    return frozenset(
        _toneless(one) for found in _table().values() for one in found.split(",") if one.isalpha()
    )


def split(word: str) -> list[list[str]]:
    """The ways to read latin letters as syllables, the last of which may be unfinished; at most 4."""
    known = all_syllables()
    ways: list[list[str]] = []

    def walk(at: int, so_far: list[str]) -> None:
        if len(ways) >= 4:
            return
        if at == len(word):
            ways.append(so_far)
            return
        for length in range(min(6, len(word) - at), 0, -1):
            part = word[at : at + length]
            if part in known:
                walk(at + length, [*so_far, part])
            elif at + length == len(word) and so_far and any(one.startswith(part) for one in known):
                ways.append([*so_far, part])

    walk(0, [])
    return ways[:4]
