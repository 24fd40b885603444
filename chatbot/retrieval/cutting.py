"""Cutting JSON Lines files into parts that stay the same when other lines of the file change.

Where a part ends depends on the content of its last line alone (content-defined chunking: A. Muthitacharoen and
others 2001, "A low-bandwidth network file system"), so that a line added early moves one boundary, not all.
"""

import gzip
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from chatbot.documents.loading import CorpusFile
from chatbot.retrieval.store import Part

LEAST, MOST = 48_000, 1_000_000
"""Bytes of a part; one line alone may be longer, and what is left at the end shorter."""
_ENDS = 64
"""One line of so many may end a part."""
_DIGEST = 16
_RECORDS = (".jsonl", ".ndjson")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def holds_records(path: Path) -> bool:
    """Whether a file holds a document a line, by its name."""
    name = path.name.lower().removesuffix(".gz")
    return name.endswith(_RECORDS)


def has_records(path: Path, count: int) -> bool:
    """Whether a file of records has more than `count`; of a long file only the beginning is read.

    Raises OSError, and EOFError or zlib.error where a packed file is damaged.
    """
    if not holds_records(path) or is_utf_16(path):
        return False
    with opened(path) as file:
        return any(number > count for number, _ in enumerate((line for line in file if line.strip()), 1))


def parts_of(file: CorpusFile) -> Iterator[Part]:
    """The parts of a file: of records some tens of kilobytes each, anything else whole.

    Raises OSError, and EOFError or zlib.error where a packed file is damaged.
    """
    if not holds_records(file.path) or is_utf_16(file.path):
        yield Part(file, digest_of(file.path), None)
        return
    with opened(file.path) as source:
        for lines in _cut(source):
            yield Part(file, blake2b(lines, digest_size=_DIGEST).digest(), lines)


def digest_of(path: Path) -> bytes:
    """The digest of a file's bytes as they lie on disk. Raises OSError."""
    digest = blake2b(digest_size=_DIGEST)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.digest()


def opened(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked where its name says that they are packed."""
    return gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]


def is_utf_16(path: Path) -> bool:
    """Whether a file begins with the mark of UTF-16, whose line ends no byte tells."""
    with opened(path) as file:
        return file.read(2) in _UTF_16


def _cut(source: BinaryIO) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = 0
    for line in source:
        lines.append(line)
        size += len(line)
        if size >= MOST or (size >= LEAST and crc32(line) % _ENDS == 0):
            yield b"".join(lines)
            lines, size = [], 0
    if lines:
        yield b"".join(lines)
