"""The record of what a store on disk covers: its files, as they were, and the units that hold their passages."""

import os
import time
from pathlib import Path

import msgspec

_TICK = 20_000_000
"""Nanoseconds within which two changes of a file may get the same time."""
_COARSE_TICK = 2_000_000_000
"""The same where the file system counts whole seconds."""


class State(msgspec.Struct, frozen=True, array_like=True):
    """What tells an unchanged file without reading it."""

    size: int
    modified: int
    """Nanoseconds."""
    inode: int
    mode: int
    """A file that could not be read may be readable under another mode."""
    is_settled: bool
    """Whether the file was last changed long enough before it was looked at, so that a later change shows in the time
    ("racy" otherwise, as git calls it)."""


class Unit(msgspec.Struct, frozen=True, array_like=True):
    """A part of a file that is in the store."""

    id: int
    digest: bytes
    size: int
    """Bytes; 0 for a whole file."""
    lines: int
    chars: int
    passages: int
    documents: int
    problems: tuple[tuple[int, str], ...] = ()


class Covered(msgspec.Struct, frozen=True, array_like=True):
    """A file and its units, in order."""

    name: str
    state: State
    units: tuple[Unit, ...]


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    learnt: bytes
    """What the splitter of sentences has learnt; every later run splits by it."""
    next_unit: int
    files: tuple[Covered, ...]

    @property
    def passages(self) -> int:
        return sum(unit.passages for file in self.files for unit in file.units)

    @property
    def documents(self) -> int:
        return sum(unit.documents for file in self.files for unit in file.units)


def state_of(path: Path) -> State:
    """How a file is now; all zeros where it cannot be looked at."""
    now = time.time_ns()
    try:
        found = os.stat(path)
    except OSError:
        return State(0, 0, 0, 0, True)
    tick = _TICK if found.st_mtime_ns % 1_000_000_000 else _COARSE_TICK
    return State(found.st_size, found.st_mtime_ns, found.st_ino, found.st_mode, found.st_mtime_ns < now - tick)


def is_unchanged(before: State, path: Path) -> bool:
    """Whether a file is surely as it was; where not, its content tells."""
    return before.is_settled and before == state_of(path)
