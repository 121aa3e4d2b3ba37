"""What a cycle of Python's holds ends in the window's thread, whoever allocates meanwhile."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from models.progress import Progress
from ui.jobs import Jobs


class Knot:
    """A cycle that notes in which thread it is undone."""

    def __init__(self, ended: list[int]) -> None:
        self.me = self
        self.ended = ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


@pytest.fixture
def jobs(qtbot):
    parent = QObject()  # ends after them
    return Jobs(parent), parent


def test_a_worker_that_allocates_much_collects_nothing(qtbot, jobs):
    (jobs, _), ended, made = jobs, [], []

    def work(progress: Progress) -> None:
        made.extend([] for _ in range(30_000))  # enough to make a collector look many times

    gc.collect()
    for _ in range(50):
        Knot(ended)
    jobs.run("", work, lambda _: None, lambda _: None)
    qtbot.waitUntil(lambda: not jobs.busy)
    gc.collect()
    assert len(made) == 30_000
    assert set(ended) == {threading.get_ident()}


def test_collecting_goes_on_while_workers_run_and_by_itself_afterwards(qtbot, jobs):
    (jobs, _), ended, go = jobs, [], threading.Event()
    jobs.run("", lambda progress: go.wait(20), lambda _: None, lambda _: None)
    assert not gc.isenabled()
    Knot(ended)
    kept = [[] for _ in range(40_000)]
    qtbot.waitUntil(lambda: bool(ended), timeout=5_000)
    go.set()
    qtbot.waitUntil(lambda: not jobs.busy)
    qtbot.waitUntil(gc.isenabled)
    assert kept


def test_workers_that_are_stopped_count_as_ended(qtbot, jobs):
    jobs, _ = jobs
    for _ in range(3):
        jobs.run("", lambda progress: None, lambda _: None, lambda _: None)
    jobs.stop()
    qtbot.wait(20)  # what they had said meanwhile arrives
    qtbot.waitUntil(gc.isenabled)


def test_a_worker_that_nobody_waits_for_keeps_nothing_from_being_collected(qtbot, jobs):
    jobs, parent = jobs
    jobs.run("", lambda progress: None, lambda _: None, lambda _: None)
    jobs._running[0].ended.disconnect()  # whoever asked has gone
    qtbot.waitUntil(gc.isenabled)
    assert parent is not None
