"""Draws everything that the window can show, in both languages, both themes and three sizes.

``python -m tests.gallery OUT`` writes a picture of each into a folder and ``index.html`` with all of
them side by side; ``--only customers`` draws those whose name begins so. A size is drawn by a process
of its own, because Qt takes its scale when it starts.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

# A size: the window in points, pixels to a point, text in per cent.
SIZES = {
    "100": ((1280, 800), 1, 100),
    "scale-200": ((1280, 720), 2, 100),
    "text-200": ((1920, 1080), 1, 200),
}
LANGUAGES, THEMES = ("zh_CN", "en"), ("light", "dark")
_SCREEN = {
    "name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080,
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
}  # fmt: skip
_PATIENCE = 60.0  # seconds that a picture waits for its page


class Waiting:
    """As much of a test's means to wait as the walk through the window needs."""

    def waitUntil(self, until: Callable[[], object], timeout: int = 0) -> None:
        """Let the window work until something holds."""
        from PySide6.QtWidgets import QApplication

        end = time.monotonic() + _PATIENCE
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            QApplication.processEvents()
            time.sleep(0.002)


def said(text: str) -> None:
    """A line on the screen."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def draw(out: Path, size: str, only: str) -> int:
    """Draw one size in both languages and themes; gives how many pictures."""
    (width, height), scale, text = SIZES[size]
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from PySide6.QtWidgets import QApplication

    from desktop.application import application
    from models.book import Book
    from models.sample.load import load
    from tests.ui.tour import tour
    from ui import languages, theme
    from ui.main_window import MainWindow
    from ui.settings import Settings

    app, count = application(), 0
    for language, look in product(LANGUAGES, THEMES):
        with tempfile.TemporaryDirectory(prefix="daybook-gallery-") as folder:
            languages.apply(app, language)
            theme.apply(app, look)
            settings = Settings()
            settings.language, settings.theme, settings.text_size = language, look, text
            path = Path(folder) / "sample.daybook"
            with Book.create(path) as book:
                load(book, language)
            window = MainWindow(settings)
            window.backups.off()
            window.set_text_size(text)
            window.resize(width, height)
            window.show()
            assert window.open_book(path)
            for name, shown in tour(Waiting(), window, Path(folder)):
                if name.startswith(only):
                    QApplication.processEvents()
                    shown.grab().save(str(out / picture(name, language, look, size)), "PNG")
                    count += 1
            window.close()
            window.deleteLater()
            QApplication.processEvents()
    return count


def picture(name: str, language: str, look: str, size: str) -> str:
    """The file of a picture."""
    kept = re.sub(r"\W+", "-", name)
    return f"{kept}.{language}.{look}.{size}.png"


def names(out: Path) -> Iterator[str]:
    """What was drawn, without language, theme and size, in the order in which it was."""
    files = sorted(out.glob("*.png"), key=lambda one: one.stat().st_mtime_ns)
    yield from dict.fromkeys(one.name.split(".")[0] for one in files)


def index(out: Path) -> None:
    """One page with all pictures: a line for each thing, its looks side by side."""
    looks = list(product(SIZES, LANGUAGES, THEMES))
    heads = "".join(f"<th>{size}<br>{language} {look}</th>" for size, language, look in looks)
    lines = []
    for name in names(out):
        cells = ""
        for size, language, look in looks:
            file = f"{name}.{language}.{look}.{size}.png"
            if (out / file).exists():
                link = html.escape(file)
                cells += (
                    f'<td><a href="{link}"><img loading="lazy" src="{link}" alt="{link}"></a></td>'
                )
            else:
                cells += "<td></td>"
        lines.append(f"<tr><th>{html.escape(name)}</th>{cells}</tr>")
    style = "img{width:320px}th{font:13px sans-serif;position:sticky;left:0;background:#fff}td{vertical-align:top}"
    page = (
        f'<!doctype html><meta charset="utf-8"><title>Daybook</title><style>{style}</style>'
        f"<table><tr><th></th>{heads}</tr>{''.join(lines)}</table>"
    )
    (out / "index.html").write_text(page, encoding="utf-8")


def main() -> int:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", choices=list(SIZES), action="append")
    parser.add_argument("--only", default="")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    if chosen.here:
        said(f"{chosen.size[0]}: {draw(chosen.out, chosen.size[0], chosen.only)} pictures")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory(prefix="daybook-gallery-home-") as home:
        screen = (
            Path(home) / "screen.json"
        )  # a usual one; otherwise windows are made to fit 800 points
        screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
        platform = f"offscreen:configfile={screen}"
        environment = os.environ | {"QT_QPA_PLATFORM": platform, "DAYBOOK_HOME": home}
        for size in chosen.size or SIZES:
            command = [sys.executable, "-m", "tests.gallery", str(chosen.out), "--size", size]
            command += ["--only", chosen.only, "--here"]
            failed += subprocess.run(command, env=environment, check=False).returncode != 0
    index(chosen.out)
    said(str(chosen.out / "index.html"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
