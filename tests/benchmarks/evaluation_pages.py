"""Opens the pages that evaluations stand on with a large team, tab by tab, and watches the window.

    QT_QPA_PLATFORM=offscreen python tests/benchmarks/evaluation_pages.py [--people 300]

Of every tab: until its first rows stand, until nothing runs any more, the window's longest pause meanwhile, and the
longest work of its own thread. On a machine that others use too, a pause is longer than the work that was done in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget  # noqa: E402

from desktop.application import application  # noqa: E402
from tests.benchmarks.evaluations import Team  # noqa: E402
from tests.benchmarks.measure import write  # noqa: E402
from tests.benchmarks.million import Heart, wait  # noqa: E402
from ui import languages, theme  # noqa: E402
from ui.main_window import MainWindow  # noqa: E402
from ui.records.tabbed_page import TabbedPage  # noqa: E402

PAGES = ("today", "evaluations", "growth", "satisfaction", "team", "goals")


def filled(widget: QWidget) -> bool:
    """Whether any list that is seen has rows."""
    return any(
        one.isVisible() and (model := one.model()) is not None and model.rowCount() > 0
        for one in widget.findChildren(QAbstractItemView)
    )


class Tour:
    """One window on the book of a large team."""

    def __init__(self, path: Path) -> None:
        self.window = MainWindow()
        self.window.backups.off()
        self.window.resize(1280, 800)
        self.window.show()
        self.window.open_book(path)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing runs, and nothing is about to."""
        for _ in range(3):
            wait(lambda: not self.window.jobs.busy)
            until = time.perf_counter() + 0.2
            wait(lambda until=until: time.perf_counter() > until)
        wait(lambda: not self.window.jobs.busy)

    def watched(self, what: str, show: Callable[[], object], of: Callable[[], QWidget]) -> None:
        """Show something, and say how long it took and what the window did meanwhile."""
        heart, begun = Heart(), time.perf_counter()
        show()
        QApplication.processEvents()
        first = None
        while self.window.jobs.busy or first is None:
            QApplication.processEvents()
            now = (time.perf_counter() - begun) * 1000
            if first is None and (filled(of()) or not self.window.jobs.busy):
                first = now
            time.sleep(0.001)
        done = (time.perf_counter() - begun) * 1000
        self.settle()
        rows = "" if filled(of()) else ", no rows"
        write(f"| {what} | {first:.0f} ms | {done:.0f} ms | {heart.end()}{rows} |")

    def pages(self) -> None:
        """Every page, and all its tabs."""
        for name in PAGES:
            self.watched(name, lambda name=name: self.window.page(name), lambda: self.window)
            page = self.window.page_in_front
            if not isinstance(page, TabbedPage):
                continue
            tabs = page.tabs
            for at in range(tabs.count()):
                if not tabs.isTabVisible(at) or at == tabs.currentIndex():
                    continue
                what = f"{name}: {tabs.tabText(at)}"
                self.watched(
                    what,
                    lambda at=at, tabs=tabs: tabs.setCurrentIndex(at),
                    lambda tabs=tabs: tabs.currentWidget(),
                )


def main() -> None:
    """Make the team, unless there is a book, and look at everything."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=300)
    asked.add_argument("--book", type=Path)
    given = asked.parse_args()
    app = application()
    languages.apply(app, "en")
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        path = given.book or Path(folder) / "team.daybook"
        if not path.exists():
            Team(path, given.people).book.close()
        write("| What | First rows | Nothing runs | The window meanwhile |")
        write("|---|---|---|---|")
        tour = Tour(path)
        tour.pages()
        tour.window.close()


if __name__ == "__main__":
    main()
