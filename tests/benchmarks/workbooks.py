"""Measures collecting a team's workbooks against the bare reading of the files, and issuing against bare writing.

    python tests/benchmarks/workbooks.py [--people 30] [--customers 300] [--rounds 3] [--profile collect]

The files are those of ``tests/workbooks/thirty.py``: 5 % of their cells changed, rows sorted, columns
moved, some saved by LibreOffice where it is installed. Two limits for collecting: the program's own
reader (a child process behind limits for each file), and python-calamine alone in this process. For
issuing: XlsxWriter in constant memory with the same cells, no formats, no drop-downs, no protection.
Each round collects into a fresh copy of the book; medians of interleaved rounds.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import xlsxwriter  # noqa: E402
from python_calamine import CalamineWorkbook  # noqa: E402

from models.book import Book  # noqa: E402
from models.sheets import reading  # noqa: E402
from models.workbooks import collecting, issuing  # noqa: E402
from models.workbooks.collecting import Failed  # noqa: E402
from tests.benchmarks.measure import compared, write  # noqa: E402
from tests.workbooks import thirty_sheets  # noqa: E402
from tests.workbooks.thirty import Play  # noqa: E402
from tests.workbooks.thirty_book import Asked, make  # noqa: E402

_SHOWN = 25  # functions of a profile


def read_by_program(files: Sequence[Path]) -> None:
    """The bare reading as every sheet is read here: in a child process, spooled, with limits."""
    for one in files:
        reading.read(one).close()


def read_by_calamine(files: Sequence[Path]) -> None:
    """The least that reading can be."""
    for one in files:
        book = CalamineWorkbook.from_path(str(one))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def cells_of(files: Sequence[Path]) -> list[list[list[list[object]]]]:
    """The cells of every sheet of every file."""
    made = []
    for one in files:
        book = CalamineWorkbook.from_path(str(one))
        made.append([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    return made


def write_bare(cells: Sequence[Sequence[Sequence[Sequence[object]]]], folder: Path) -> None:
    """The same cells as they come, nothing else."""
    for at, sheets in enumerate(cells):
        book = xlsxwriter.Workbook(
            str(folder / f"{at}.xlsx"), {"constant_memory": True, "strings_to_formulas": False}
        )
        shape = book.add_format({"num_format": "yyyy-mm-dd"})
        for rows in sheets:
            page = book.add_worksheet()
            for line, row in enumerate(rows):
                for place, value in enumerate(row):
                    if hasattr(value, "year"):
                        page.write_datetime(line, place, value, shape)
                    elif value != "":
                        page.write(line, place, value)
        book.close()


class Run:
    """One run in a folder."""

    def __init__(self, folder: Path, asked: Asked) -> None:
        self.folder, self._no = folder, 0
        self.play = Play(folder, asked, thirty_sheets.ways())
        self.play.people = make(self.play.path, asked)

    def fresh(self, name: str) -> Path:
        """A place that nothing has been written to."""
        self._no += 1
        return self.folder / f"{name}{self._no}"

    def issue(self) -> None:
        """Everybody's workbook, from a copy of the book."""
        book, out = self.fresh("issue.daybook"), self.fresh("out")
        out.mkdir()
        shutil.copy(self.play.path, book)
        with Book.open(book) as opened:
            issuing.issue(opened, self.play.people, out, on=self.play.asked.today)

    def collect(self, source: Path) -> None:
        """All files into a copy of the book, as the verb does it."""
        book = self.fresh("collect.daybook")
        shutil.copy(source, book)
        with Book.open(book) as opened:
            for sent in self.play.sent:
                [one] = collecting.prepare(opened, [sent.path])
                assert not isinstance(one, Failed), one
                collecting.apply(opened, one)


def profiled(work: Callable[[], object], what: str) -> None:
    """Where the time goes."""
    profile = cProfile.Profile()
    profile.runcall(work)
    write(f"-- {what}, by own time and with what was called")
    for order in ("tottime", "cumtime"):
        pstats.Stats(profile, stream=sys.stdout).sort_stats(order).print_stats(_SHOWN)


def say(what: str, found: tuple[float, float, float], aim: str = "") -> None:
    """One line: ours, the limit, the ratio."""
    ours, limit, ratio = found
    write(f"{what}: {ours:.2f} s / {limit:.2f} s = {ratio:.2f}×{aim}")


def report(run: Run, rounds: int, profile: str) -> None:
    """Everything that is measured."""
    files = run.play.go_out()
    size = sum(one.stat().st_size for one in files)
    cells = cells_of(files)
    count = sum(value != "" for sheets in cells for rows in sheets for row in rows for value in row)
    write(f"{len(files)} workbooks, {count:,} filled cells, {size / 1e6:.1f} MB")

    def bare() -> None:
        out = run.fresh("bare")
        out.mkdir()
        write_bare(cells, out)

    say("Issuing / bare XlsxWriter", compared(run.issue, bare, rounds))
    run.play.change_both_sides(files)
    source = run.play.copy("source.daybook")
    back = [sent.path for sent in run.play.sent]

    def ours() -> None:
        run.collect(source)

    say("Collecting / the program's bare reading", compared(ours, lambda: read_by_program(back), rounds), " (aim ≤ 4×)")  # fmt: skip
    say("Collecting / calamine in process", compared(ours, lambda: read_by_calamine(back), rounds))
    if profile in ("collect", "all"):
        profiled(ours, "collecting")
    if profile in ("issue", "all"):
        profiled(run.issue, "issuing")


def main() -> None:
    """Make the book, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--customers", type=int, default=300, help="of each")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", choices=("", "collect", "issue", "all"), default="")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="daybook-workbooks-") as folder:
        report(Run(Path(folder), Asked(chosen.people, chosen.customers)), chosen.rounds, chosen.profile)  # fmt: skip


if __name__ == "__main__":
    main()
