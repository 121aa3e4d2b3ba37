"""Which files of a watched folder are workbooks that came back and wait."""

from __future__ import annotations

from models.workbooks.waiting import Seen, Watch, look, seen_of


def test_a_file_waits_when_two_looks_find_it_the_same(tmp_path):
    watch = Watch(tmp_path)
    (tmp_path / "ann.xlsx").write_bytes(b"one")
    assert watch.step() == ()
    assert [one.path.name for one in watch.step()] == ["ann.xlsx"]
    (tmp_path / "ann.xlsx").write_bytes(b"one and more")
    assert watch.step() == ()
    assert [one.path.name for one in watch.step()] == ["ann.xlsx"]


def test_lock_files_hidden_and_half_loaded_ones_and_other_files_never_wait(tmp_path):
    for name in (
        "~$ann.xlsx",
        ".~lock.ann.xlsx#",
        ".ann.xlsx",
        "ann.xlsx.part",
        "ann.tmp",
        "a.docx",
    ):
        (tmp_path / name).write_bytes(b"one")
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "empty.xlsx").write_bytes(b"")
    watch = Watch(tmp_path)
    assert watch.step() == watch.step() == ()


def test_what_was_read_waits_no_more_whatever_it_is_called_until_it_changes(tmp_path):
    (tmp_path / "ann.xlsx").write_bytes(b"one")
    watch = Watch(tmp_path)
    watch.step()
    watch.done(watch.step())
    assert watch.step() == ()
    again = Watch(tmp_path, seen_of(watch.seen.text()))
    (tmp_path / "ann (1).xlsx").write_bytes(b"one")
    again.step()
    assert again.step() == ()
    (tmp_path / "ann (1).xlsx").write_bytes(b"two")
    again.step()
    assert [one.path.name for one in again.step()] == ["ann (1).xlsx"]


def test_two_copies_of_a_file_wait_once(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(b"one")
    watch = Watch(tmp_path)
    watch.step()
    assert len(watch.step()) == 1


def test_a_folder_that_is_gone_is_a_fault_and_no_error(tmp_path):
    watch = Watch(tmp_path / "away")
    assert watch.step() == ()
    assert watch.fault
    assert look(tmp_path / "away").files == {}


def test_what_was_remembered_wrongly_is_nothing():
    assert seen_of("{") == seen_of("3") == seen_of("") == Seen()
