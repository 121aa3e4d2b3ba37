"""Stands between the database engine and the disk: logs what is written, and can say "disk full".

The engine's own interface to the system (its VFS) is wrapped, so that everything above, the program
and the engine, runs as it is. Writes, truncations, syncs and deletions go into ``events`` in their
order, with the program's own renames and syncs of folders.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from typing import Any

OK, IOERR, FULL = 0, 10, 13
IOERR_WRITE = 778
_CREATE = 0x4
_JOURNAL_KINDS = 0x800 | 0x4000 | 0x80000  # main journal, super journal, log

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
        ("rest", c_void_p * 13),
    ]


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("sync", _SYNC),
        ("rest", c_void_p * 13),
    ]


class _File(ctypes.Structure):
    _fields_ = [("methods", c_void_p)]


class Recorder:
    """Wraps the default VFS while it is ``installed``."""

    def __init__(self) -> None:
        import sqlcipher3._sqlite3 as module

        self.events: list[tuple[Any, ...]] = []
        self.recording = True
        self.writes_left: int | None = None  # after so many writes ``answer`` is given
        self.answer = FULL
        self._library = ctypes.CDLL(module.__file__)
        self._library.sqlite3_vfs_find.restype = POINTER(_Vfs)
        self._paths: dict[int, str] = {}
        self._fresh: set[int] = set()
        self._methods: dict[int, tuple[_Methods, _Methods]] = {}
        self._real = self._library.sqlite3_vfs_find(None)
        self._vfs = _Vfs()
        ctypes.pointer(self._vfs)[0] = self._real[0]
        self._vfs.name = b"recorder"
        self._keep: list[Any] = [_OPEN(self._open), _DELETE(self._delete)]
        self._vfs.open, self._vfs.delete = self._keep
        self._calls = [_WRITE(self._write), _TRUNCATE(self._truncate), _SYNC(self._sync)]

    def install(self) -> None:
        """Every connection opened from now on is recorded; renames of the program too."""
        self._library.sqlite3_vfs_register(ctypes.byref(self._vfs), 1)
        replace, fsync, path_of = os.replace, os.fsync, {}
        real_open: Callable[..., int] = os.open

        def opened(path, flags, *more, **named):
            handle = real_open(path, flags, *more, **named)
            path_of[handle] = os.fspath(path)
            return handle

        def replaced(source, target):
            replace(source, target)
            self._log("rename", os.fspath(source), os.fspath(target))

        def synced(handle):
            fsync(handle)
            path = path_of.get(handle, "")
            self._log(*(("sync folder",) if os.path.isdir(path) else ("sync", path)))

        os.open, os.replace, os.fsync = opened, replaced, synced

    def _log(self, *event: Any) -> None:
        if self.recording:
            self.events.append(event)

    def _open(self, _vfs, name, file, flags, out):
        path = ctypes.string_at(name).decode() if name else None
        fresh = path is not None and not os.path.exists(path)
        answer = self._real[0].open(ctypes.addressof(self._real[0]), name, file, flags, out)
        if answer != OK or path is None:
            return answer
        at = _File.from_address(file)
        if at.methods not in self._methods:
            real = _Methods.from_address(at.methods)
            ours = _Methods()
            ctypes.pointer(ours)[0] = real
            ours.write, ours.truncate, ours.sync = self._calls
            self._methods[at.methods] = (ours, real)
            self._methods[ctypes.addressof(ours)] = (ours, real)
        self._paths[file] = path
        self._fresh.discard(file)
        if fresh and flags & _CREATE:
            self._log("create", path)
            if flags & _JOURNAL_KINDS:  # the engine syncs the folder with the file's first sync
                self._fresh.add(file)
        at.methods = ctypes.addressof(self._methods[at.methods][0])
        return OK

    def _of(self, file: int) -> _Methods:
        return self._methods[_File.from_address(file).methods][1]

    def _delete(self, _vfs, name, sync_folder):
        answer = self._real[0].delete(ctypes.addressof(self._real[0]), name, sync_folder)
        if answer == OK:
            self._log("delete", name.decode())
            if sync_folder:
                self._log("sync folder")
        return answer

    def _write(self, file, data, size, at):
        if self.writes_left is not None:
            if self.writes_left <= 0:
                return self.answer
            self.writes_left -= 1
        answer = self._of(file).write(file, data, size, at)
        if answer == OK:
            self._log("write", self._paths[file], at, ctypes.string_at(data, size))
        return answer

    def _truncate(self, file, size):
        answer = self._of(file).truncate(file, size)
        if answer == OK:
            self._log("truncate", self._paths[file], size)
        return answer

    def _sync(self, file, flags):
        answer = self._of(file).sync(file, flags)
        if answer == OK:
            self._log("sync", self._paths[file])
            if file in self._fresh:
                self._fresh.discard(file)
                self._log("sync folder")
        return answer
