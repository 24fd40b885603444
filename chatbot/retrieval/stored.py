"""A collection on disk: passages beyond what memory should hold.

One commit holds passages and the record of what they cover, so whoever opens it, also after a run that was killed,
finds a whole state.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import msgspec

from chatbot.documents.loading import CorpusFile, decoded_records
from chatbot.documents.model import SkippedFile
from chatbot.retrieval.analysis import analyse, searchable
from chatbot.retrieval.bm25 import inverse_document_frequency
from chatbot.retrieval.collection import Searchable
from chatbot.retrieval.disk import DiskIndex
from chatbot.retrieval.manifest import Manifest, Unit, is_unchanged
from chatbot.retrieval.ranking import DEPTH, Candidate, worth_ranking
from chatbot.retrieval.store import unpack

_WEIGHTS = 65536
"""Terms whose weight is remembered."""


class Window:
    """A part of a source text that is sliced and searched by the offsets of the whole."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start

    def __getitem__(self, span: slice) -> str:
        return self._text[span.start - self._start : span.stop - self._start]

    def find(self, piece: str, start: int, end: int, /) -> int:
        at = self._text.find(piece, start - self._start, end - self._start)
        return at if at < 0 else at + self._start


class StoredCollection(Searchable):
    """What one commit left in a folder. Never changed, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises `ValueError` or `OSError` where the folder has no index that can be read."""
        self.index = DiskIndex(folder)
        self.manifest = manifest_of(self.index)
        count = self.manifest.passages
        self._weight = lru_cache(_WEIGHTS)(
            lambda term: inverse_document_frequency(count, min(count, self.index.frequency(term)))
        )
        self._places: dict[int, tuple[str, int, int]] = {}
        self._lines: dict[str, tuple[list[int], tuple[Unit, ...]]] = {}
        for file in self.manifest.files:
            lines, chars = ([0, *accumulate(n)] for n in zip(*((u.lines, u.chars) for u in file.units), strict=True))
            self._lines[file.name] = (lines, file.units)
            for unit, line, char in zip(file.units, lines, chars, strict=False):
                self._places[unit.id] = (file.name, line, char)

    def __len__(self) -> int:
        return self.manifest.passages

    def candidates(self, text: str, least: int, may_see: Callable[[str], bool] | None = None) -> list[Candidate]:
        """The passages worth putting into order and at least the best `least` by BM25, best first.

        Deeper and deeper is looked until enough may be seen.
        """
        terms, reach = searchable(text), max(least, DEPTH)
        while True:
            places = self.index.best(terms, reach)
            is_all = may_see is None or len(places) < reach
            if may_see is None:
                places = places[: worth_ranking(places, least)]
            read = zip(places, self.index.passages(places), strict=True)
            found = (Candidate(unpack(packed, *self._places[place.unit]), place.score) for place, packed in read)
            seen = [c for c in found if may_see is None or may_see(c.passage.document)]
            count = worth_ranking(seen, least)
            if is_all or count < len(seen) or count >= max(least, DEPTH):
                return seen[:count]
            reach *= 4

    def weight(self, term: str) -> float:
        """How much a term tells: its inverse document frequency, greatest where no passage has it."""
        return self._weight(term)

    def has_word(self, folded: str) -> bool:
        """Whether a passage has the word, or another form of it."""
        return any(self.index.frequency(term) for term in analyse(folded))

    def skipped(self) -> tuple[SkippedFile, ...]:
        """What was left out while indexing, each with its problem."""
        found = []
        for file in self.manifest.files:
            lines, units = self._lines[file.name]
            for unit, line in zip(units, lines, strict=False):
                for at, problem in unit.problems:
                    path = f"{file.name}#{line + at}" if at else file.name
                    found.append(SkippedFile(path, f"{path}: {problem}" if at else problem))
        return tuple(found)

    def source(self, document: str) -> Window | None:
        """The source around a record, or None where the document is no record of a file held here."""
        name, _, line = document.rpartition("#")
        if name not in self._lines or not line.isdigit():
            return None
        lines, units = self._lines[name]
        unit = units[bisect_right(lines, int(line) - 1) - 1]
        text = self.index.source(unit.id)
        return None if text is None else Window(decoded_records(text), self._places[unit.id][2])


def manifest_of(index: DiskIndex) -> Manifest:
    """Raises `ValueError` where the index has none that can be read."""
    return msgspec.msgpack.decode(index.record, type=Manifest)


def is_current(folder: Path, files: Sequence[CorpusFile]) -> bool:
    """Whether the index of a folder covers just these files as they are, told without reading them."""
    try:
        manifest = manifest_of(DiskIndex(folder))
    except (OSError, ValueError):
        return False
    covered = {file.name: file.state for file in manifest.files}
    return len(covered) == len(files) and all(
        file.name in covered and is_unchanged(covered[file.name], file.path) for file in files
    )
