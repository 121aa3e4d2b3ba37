"""How Chinese characters are read: every reading of a character, surnames by their own table."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

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


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """All readings of a character without tones, the usual one first; empty for other signs."""
    found = _table().get(ord(character))
    if not found:
        return ()
    plain = (_toneless(one) for one in found.split(","))
    return tuple(dict.fromkeys(one for one in plain if one.isalpha()))


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


def syllables(text: str, person: bool = False) -> list[tuple[str, ...]]:
    """The readings of each Chinese character of a text; a person's surname in its own reading."""
    made: list[tuple[str, ...]] = []
    start = 0
    if person:
        for length in (2, 1):
            own = SURNAMES.get(text[:length])
            if own:
                made = [(one,) for one in own.split()]
                start = length
                break
    made += [found for one in text[start:] if (found := readings(one))]
    return made


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
