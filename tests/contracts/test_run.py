"""The one script that prepares a machine."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import run


def test_the_script_can_be_read_by_an_old_python():
    # Python 3.6 has to get as far as the sentence that says which Python is needed.
    ast.parse(Path(run.__file__).read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    monkeypatch.setattr(run, "NEWER", ())
    with pytest.raises(SystemExit) as refusal:
        run.require_python()
    assert "3.11" in str(refusal.value)
    assert "3.9" in str(refusal.value)


def test_without_rights_the_line_to_type_is_printed(monkeypatch):
    monkeypatch.setattr(run, "apt_prefix", lambda: None)
    monkeypatch.setattr(run, "known_to_apt", lambda package: package + "t64")
    with pytest.raises(SystemExit) as refusal:
        run.install_packages(["libglib2.0-0"])
    assert str(refusal.value).endswith("sudo apt-get install libglib2.0-0t64")


def test_what_the_tests_of_the_real_window_need_may_be_missing(monkeypatch, capsys):
    asked = []

    def no_package(*command, quiet=False):
        asked.append(command)
        return 1

    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run, "call", no_package)
    monkeypatch.setattr(run, "apt_prefix", lambda: ["sudo", "-n"])
    run.require_outside_tests()
    assert any("install" in one and "openbox" in one for one in asked)
    assert "will be skipped; they need: xvfb openbox" in capsys.readouterr().err


def test_a_library_that_is_nowhere_is_missing_under_its_package(monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/uv")
    assert run.missing_packages({"no-such-library-here": "libnone1"}) == ["libnone1"]


def test_a_changed_lock_asks_for_a_new_environment(monkeypatch, tmp_path):
    lock = tmp_path / "requirements.lock"
    monkeypatch.setattr(run, "LOCK", lock)
    lock.write_bytes(b"one==1\n")
    first = run.lock_hash()
    lock.write_bytes(b"one==1\r\n")
    assert run.lock_hash() == first  # a checkout on Windows changes nothing
    lock.write_bytes(b"one==2\n")
    assert run.lock_hash() != first
