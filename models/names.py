"""When two names mean the same: companies, labels of links; and the order in which people file them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from models import pinyin

_FORMS = re.compile(
    r"(股份有限责任公司|有限责任公司|股份有限公司|集团有限公司|有限公司|集团公司|分公司|公司|集团|经营部|商行|"
    r"\b(?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|gmbh|ag|sa|bv|pty)\b)"
)
_TRADITIONAL = str.maketrans(
    "東華國業貿電興農機設計師術學會廣場龍鳳達運輸實聯網統銀錢鋼鐵車馬門開關發財產進豐盛億萬寶貝藥醫療飲飯館書畫藝創無線訊號訂購買賣價總經銷點節約紙號環衛優質樂長陽陳張劉趙吳鄭馮韓楊許鄧蕭羅賈顧龔嚴顏歐蘇葉鍾譚陸費",
    "东华国业贸电兴农机设计师术学会广场龙凤达运输实联网统银钱钢铁车马门开关发财产进丰盛亿万宝贝药医疗饮饭馆书画艺创无线讯号订购买卖价总经销点节约纸号环卫优质乐长阳陈张刘赵吴郑冯韩杨许邓萧罗贾顾龚严颜欧苏叶钟谭陆费",
)

# Signs that legal forms and punctuation are made of: names that differ in others can't look alike.
_LOOSE = _TRADITIONAL | dict.fromkeys(
    map(
        ord,
        "股份有限责任集团分公司经营部商行團責經營()[]{}【】<>《》·・.,、，。-—_/ &'’\u00a0\u3000",
    )
)


def company_key(name: str) -> str:
    """What is left of a company's name without width, case, brackets, spaces and legal form."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_TRADITIONAL)
    bare = _FORMS.sub("", folded)
    key = "".join(one for one in bare if one.isalnum())
    return key or "".join(one for one in folded if one.isalnum())


def loose_company_keys(names: Sequence[str]) -> list[str]:
    """Keys that are quick to make of many names, equal wherever the names' ``company_key`` is."""
    every = "\n".join(one.replace("\n", " ") for one in names)
    keys = unicodedata.normalize("NFKC", every).casefold().translate(_LOOSE).split("\n")
    return [
        company_key(name) if name.isascii() else key
        for name, key in zip(names, keys, strict=bool(names))
    ]


def label_key(text: str) -> str:
    """A label without width, case, spaces and punctuation: ``GTXPro`` and ``GTX Pro`` are equal."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def look_alike(a: str, b: str) -> float:
    """How alike two company names are, 0…1; a place in front of one of them weighs little."""
    from rapidfuzz import fuzz

    one, two = company_key(a), company_key(b)
    if one == two:
        return 1.0
    short, long = sorted((one, two), key=len)
    if len(short) >= 4 and long.endswith(short):
        return 0.95
    return float(fuzz.token_sort_ratio(one, two)) / 100


def suggest(found: str, candidates: Iterable[str], limit: int = 3) -> list[tuple[str, float]]:
    """The candidates nearest to a name, with how alike they are (0…1)."""
    from rapidfuzz import fuzz, process

    known = {label_key(one): one for one in candidates}
    best = process.extract(
        label_key(found), known.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=60
    )
    return [(known[key], score / 100) for key, score, _ in best]


def find_look_alikes(
    names: Iterable[str], existing: Mapping[str, int], cutoff: float = 0.9
) -> list[tuple[str, str, float]]:
    """Pairs of a new and a known name that probably mean one company.

    Only names that share two characters in a row at the start or the end of their keys are compared.
    """
    blocks: dict[str, list[str]] = {}
    for known in existing:
        key = company_key(known)
        for block in {key[:2], key[-2:]}:
            blocks.setdefault(block, []).append(known)
    made = []
    for name in names:
        key = company_key(name)
        near = dict.fromkeys(one for block in (key[:2], key[-2:]) for one in blocks.get(block, ()))
        scored = [(look_alike(name, one), one) for one in near if one != name]
        if scored and max(scored)[0] >= cutoff:
            score, one = max(scored)
            made.append((name, one, score))
    return made


_NUMBERS = re.compile(r"(\d+)")


@lru_cache(maxsize=30_000)
def _filed(character: str) -> str:
    if character.isascii():
        return character
    read = pinyin.readings(character)
    # Chinese stands after latin letters, among itself by reading, equal readings by character.
    return f"\x7f{read[0]:<6}{character}" if read else character


def sort_key(text: str) -> str:
    """The key by which people file names: digits by value, latin by letter, Chinese by pinyin."""
    return "".join(map(_filed, _NUMBERS.sub(_by_value, text.casefold())))


def _by_value(found: re.Match[str]) -> str:
    number = found[0]
    if len(number) >= 19:
        return number
    value = str(int(number))
    # Before all letters, the shorter number first; the engine's texts end at a zero byte.
    return f"\1{len(value):02}{value}"


def sort_key_of_many() -> Callable[[str], str]:
    """A key that files as ``sort_key`` does, in a quarter of its time and size, once it is ready.

    A character becomes one that stands for its place among all that are read: to find these places
    takes a fifth of a second, which pays among some ten thousand names.
    """
    places = _places()

    def key(text: str) -> str:
        return _NUMBERS.sub(_by_value, text.casefold()).translate(places)

    return key


@lru_cache(maxsize=1)
def _places() -> pinyin.Signs:
    read = sorted(pinyin.every_sign(), key=_filed)
    places = pinyin.Signs(_behind)
    places.update((ord(one), chr(0x80 + at)) for at, one in enumerate(read))
    return places


def _behind(sign: str) -> str:
    """Signs that are not read stand behind those that are, in their own order."""
    return sign if sign.isascii() else chr(min(ord(sign) + 0x10000, 0x10FFFF))


_PAIRS = (
    "欧阳上官诸葛司马尉迟令狐司徒司空夏侯皇甫公孙慕容宇文长孙轩辕端木东方南宫西门独孤"
    "澹台濮阳淳于单于太史申屠公羊公冶宗政钟离闻人赫连呼延闾丘东郭百里拓跋万俟第五南门"
)
_COMPOUND = frozenset(  # surnames of two characters
    _PAIRS[at : at + 2] for at in range(0, len(_PAIRS), 2)
)


def person_parts(name: str) -> tuple[str, str]:
    """A person's surname and given name; where nothing tells them apart all of it is the given name.

    Chinese names begin with the surname, others end with it, unless a comma follows it.
    """
    bare = " ".join(name.split())
    if bare and all("一" <= one <= "鿿" or one == "〇" for one in bare):
        size = 2 if bare[:2] in _COMPOUND and len(bare) > 2 else 1
        return (bare[:size], bare[size:]) if len(bare) > 1 else ("", bare)
    family, comma, given = bare.partition(",")
    if comma:
        return family.strip(), given.strip()
    given, _, family = bare.rpartition(" ")
    return (family, given) if given else ("", bare)
