"""Every text of the program exists in Chinese, and says the same with the same names."""

from __future__ import annotations

import ast
import string
from dataclasses import dataclass
from pathlib import Path

from models import texts

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "resources" / "locale" / "zh_CN"
FOLDERS = ("models", "ui", "desktop")
# Which arguments of which calls are texts. A template given to a refusal is translated when shown.
MARKERS = {
    "N_": (0,),
    "tr": (0,),
    "ntr": (0, 1),
    "in_language": (1,),
    "Refused": (1,),
    "BookUnavailable": (1,),
}


@dataclass(frozen=True)
class Text:
    """One text of the source: its key in the catalogue and where it stands."""

    key: str
    place: str


def called(node: ast.Call) -> str:
    """The last name of what is called: ``tr`` for ``tr(…)`` and ``texts.tr(…)``."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def texts_of(file: Path) -> tuple[list[Text], list[str]]:
    """The texts of a file, and the places where a text is built instead of written out."""
    found: list[Text] = []
    built: list[str] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or called(node) not in MARKERS:
            continue
        place = f"{file.relative_to(ROOT).as_posix()}:{node.lineno}"
        wanted = [node.args[at] for at in MARKERS[called(node)] if at < len(node.args)]
        if any(isinstance(one, ast.JoinedStr | ast.BinOp) for one in wanted):
            built.append(place)
        parts = [one.value for one in wanted if isinstance(one, ast.Constant)]
        if parts and len(parts) == len(wanted):
            found.append(Text("\x00".join(map(str, parts)), place))
    return found, built


def source_texts() -> list[Text]:
    """All texts of the program with their places."""
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).rglob("*.py"))]
    return [one for file in files for one in texts_of(file)[0] if one.key]


def names_in(text: str) -> set[str]:
    """The names in braces that a text fills in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_no_text_is_built_from_pieces():
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    assert [place for file in files for place in texts_of(file)[1]] == []


def test_every_text_has_its_chinese():
    known = texts.catalogue("zh_CN")
    gaps = [
        f"{one.place}: {one.key!r}"
        for one in source_texts()
        if one.key not in known and one.key.split("\x00")[-1] not in known
    ]
    assert not gaps, f"{len(gaps)} texts without Chinese:\n" + "\n".join(gaps)


def test_both_languages_fill_in_the_same_names():
    known = texts.catalogue("zh_CN")
    wrong = [
        f"{source!r}: {translated!r}"
        for source, translated in known.items()
        if names_in(source.split("\x00")[-1]) != names_in(translated)
    ]
    assert wrong == []


def test_no_text_is_translated_in_two_ways():
    seen: dict[str, tuple[str, str]] = {}
    wrong = []
    for file in sorted(CATALOGUES.glob("*.po")):
        for source, translated in texts.read_po(file.read_text(encoding="utf-8")).items():
            other, before = seen.setdefault(source, (file.name, translated))
            if before != translated:
                wrong.append(f"{source!r}: {before!r} in {other}, {translated!r} in {file.name}")
    assert wrong == []


def test_no_translation_has_lost_its_source():
    used = {part for one in source_texts() for part in (one.key, one.key.split("\x00")[-1])}
    lost = [
        f"{file.name}: {source!r}"
        for file in sorted(CATALOGUES.glob("*.po"))
        for source in texts.read_po(file.read_text(encoding="utf-8"))
        if source not in used
    ]
    assert lost == []
