"""How well a header names a field, beyond the words that the field is known by.

What is said stands at the end of a header, in Chinese as in English: 发票日期 and *Invoice Date* are days,
not invoices. Words that every field of a kind may carry (日期, 编号, 名称) say nothing of their own, and
a word that says which of several is meant (预计, next) must be there on both sides or on none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from models.describe.field import Field
from models.sheets.headers import fold_header

_WHICH = re.compile(
    r"预计|预估|预期|计划|实际|下次|下一|上次|最近|首次|最后|联系人|收货|上级|母公司|总(?!经理)|税"
    r"|行业|地区|区域|城市|产品"
    r"|expected|estimated|est(?=[a-z])|planned|target|actual|next|last|first|parent|due|ship|contact|tax|total"
)
_NAMES = r"(?:名称|全称|名字|姓名|名|fullname|name)"
_NEUTRAL = {
    "date": (r"dateof|date|日期", r"日期|时间|日|date|time|on"),
    "instant": (r"date|日期", r"日期|时间|date|time|on|at"),
    "code": ("", r"编号|编码|代码|号码|单号|号|number|code|no|id"),
    "phone": ("", r"号码|号|number|no"),
    "email": ("", r"地址|账号|address"),
    "money": ("", r"金额|额|amount|value"),
    "number": ("", r"数量|数"),
    "integer": (r"numberof|noof", r"数量|数|人数"),
    "percent": ("", r"率|rate"),
    "flag": (r"是否|is", ""),
    "link": (r"所属|所在|当前", _NAMES),
    "text": (r"所属|所在|当前", _NAMES),
    "choice": (r"所属|当前", ""),
    "long_text": ("", r"信息|说明|内容|情况"),
}


@lru_cache(maxsize=4096)
def _words(field: Field) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold_header(one) for one in field.known_as()))


@lru_cache(maxsize=100_000)
def _bare(word: str, kind: str) -> str:
    """A word without what every field of the kind may carry."""
    before, behind = _NEUTRAL.get(kind, ("", ""))
    made = re.sub(f"^(?:{before})(?=..)", "", word) if before else word
    return re.sub(f"(?<=..)(?:{behind})$", "", made) if behind else made


def _which(text: str) -> set[str]:
    return set(_WHICH.findall(text))


@lru_cache(maxsize=100_000)
def likeness(header: str, field: Field) -> float:
    """How well a folded header names a field, 0…1."""
    words = _words(field)
    if header in words:
        return 1.0 if words.index(header) < 4 else 0.97
    if len(header) < 2:
        return 0.0
    bare = _bare(header, field.kind)
    if any(bare == _bare(word, field.kind) for word in words):
        return 0.88
    best = max((_ends(header, word, field.kind) for word in words), default=0.0)
    if best == 0.0 and len(header) > 5 and header.isascii():
        from rapidfuzz import fuzz

        near = max((fuzz.ratio(header, word) for word in words if len(word) > 4), default=0.0)
        best = 0.8 if near >= 90 else 0.0
    return best


def _ends(header: str, word: str, kind: str) -> float:
    """A header that ends with a known word, or goes on after it with nothing that matters."""
    if len(word) < 2 or len(word) * 2 < len(header):
        return 0.0
    if header.endswith(word):
        rest = header[: -len(word)]
    elif header.startswith(word) and _bare(header, kind) in (word, _bare(word, kind)):
        rest = header[len(word) :]
    else:
        return 0.0
    return 0.0 if _which(rest) else 0.62 + 0.2 * len(word) / len(header)
