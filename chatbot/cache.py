"""The cache on disk: what was computed from documents and intents, keyed by their contents.

Files are JSON behind a checksum, written whole or not at all, and read as data of one known type: never as code.
A missing, damaged or foreign file only means that its content is computed again.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from chatbot.places import make_private, write_whole

T = TypeVar("T")

MOST_FILES = 24
"""Files kept in a folder, unless it is said otherwise; the ones used longest ago go first."""
MOST_STORES = 8
"""Folders kept."""
_STORE = "store-"
_DIGEST = 16
_SUFFIX = ".json"


def key_of(parts: Iterable[bytes]) -> str:
    """One key for several contents in order; each part counts with its length, so that none runs into the next."""
    digest = blake2b(digest_size=_DIGEST)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


class Cache:
    """Entries of one folder. A folder that cannot be written to only costs time."""

    def __init__(self, folder: Path, most_files: int = MOST_FILES) -> None:
        self.folder, self.most_files = folder, most_files

    def get(self, name: str, kind: type[T]) -> T | None:
        """The entry, or None where there is none that is whole and of this type."""
        path = self.folder / (name + _SUFFIX)
        try:
            checksum, _, payload = path.read_bytes().partition(b"\n")
            if checksum != _checksum(payload):
                return None
            entry = msgspec.json.decode(payload, type=kind)
            with suppress(OSError):
                os.utime(path)  # read is used, for the pruning of what was used longest ago
            return entry
        except (OSError, msgspec.MsgspecError, RecursionError):
            return None

    def put(self, name: str, entry: object) -> None:
        """Writes the entry beside its place and moves it there, so that no reader ever sees half of it."""
        payload = msgspec.json.encode(entry)
        with suppress(OSError):
            make_private(self.folder)
            write_whole(self.folder / (name + _SUFFIX), _checksum(payload) + b"\n" + payload)
            self._prune()

    def folder_for(self, name: str) -> Path:
        """The folder of this name for what is too large for an entry; those used longest ago are removed."""
        folder = self.folder / (_STORE + name)
        with suppress(OSError):
            make_private(folder)
            os.utime(folder)
            stores = sorted(self.folder.glob(_STORE + "*"), key=lambda path: path.stat().st_mtime)
            for path in stores[:-MOST_STORES]:
                shutil.rmtree(path, ignore_errors=True)
        return folder

    def _prune(self) -> None:
        files = [path for path in self.folder.glob(f"*{_SUFFIX}") if not path.name.startswith(".")]
        files.sort(key=lambda path: path.stat().st_mtime)
        for path in files[: -self.most_files]:
            path.unlink(missing_ok=True)


def _checksum(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_DIGEST).hexdigest().encode()
