"""A file of bytes that only grows, for what is too much for memory.

It is read by calls, not mapped: of a mapped file every page that was ever touched, and its neighbours, count as memory
of the process, and systems read megabytes around a page that is missing.
"""

import os
import weakref
from collections.abc import Sequence
from pathlib import Path
from threading import Lock


class Pile:
    """The first `size` bytes of a file, which stay as they are, whatever is added behind them or becomes of the name.

    Threads, and processes after a fork, may share it.
    """

    def __init__(self, path: Path, size: int) -> None:
        """Raises `OSError` where there is no such file, `ValueError` where it is shorter."""
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        self._lock = Lock()
        if os.fstat(self._file.fileno()).st_size < size:
            raise ValueError(f"{path} is cut short")
        if hasattr(os, "posix_fadvise"):  # neighbours of what is read are seldom wanted
            os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_RANDOM)

    def read(self, at: int, size: int) -> bytes:
        if hasattr(os, "pread"):  # leaves the file's position alone, which a forked process shares
            return os.pread(self._file.fileno(), size, at)
        with self._lock:
            self._file.seek(at)
            return self._file.read(size)

    def read_all(self, places: Sequence[tuple[int, int]]) -> list[bytes]:
        """What stands at several places (where, how many bytes); the disk hears of all before the first is read."""
        if hasattr(os, "posix_fadvise"):
            for at, size in places:
                os.posix_fadvise(self._file.fileno(), at, size, os.POSIX_FADV_WILLNEED)
        return [self.read(at, size) for at, size in places]


class PileWriter:
    """Adds to a file behind its first `size` bytes; what follows them is of a run that was killed, and is dropped.

    One at a time may be at work on a file, and must close it.
    """

    def __init__(self, path: Path, size: int = 0) -> None:
        """Raises `OSError` where the file cannot be written to, `ValueError` where it is shorter."""
        self.path, self.size = path, size
        self._file = path.open("r+b" if size else "wb")
        if os.fstat(self._file.fileno()).st_size < size:
            self._file.close()
            raise ValueError(f"{path} is cut short")
        self._file.truncate(size)
        self._file.seek(size)

    def add(self, piece: bytes) -> None:
        self._file.write(piece)
        self.size += len(piece)

    def sync(self) -> None:
        """Return when everything lies on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()
