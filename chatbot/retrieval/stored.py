"""A collection on disk: passages beyond what memory should hold, kept current by the content of their files.

One commit holds passages and the record of what they cover, so whoever opens it, also after a run that was killed,
finds a whole state. `update` analyses only what changed.
"""

import time
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import msgspec

from chatbot.documents.loading import CorpusFile, decoded_records, documents_of, records_of
from chatbot.documents.model import Document, SkippedFile
from chatbot.errors import ChatbotError, CorpusError
from chatbot.retrieval.analysing import batches
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.bm25 import inverse_document_frequency
from chatbot.retrieval.collection import Found
from chatbot.retrieval.cutting import parts_of
from chatbot.retrieval.disk import DiskIndex, DiskWriter
from chatbot.retrieval.manifest import Covered, Manifest, State, Unit, is_unchanged, state_of
from chatbot.retrieval.passage import prose_of
from chatbot.retrieval.ranking import DEPTH, Asked, Candidate, ranked
from chatbot.retrieval.sentences import learnt_from
from chatbot.retrieval.store import Part, unpack

_PATIENCE = 0.25
"""Seconds between looks at whether another process has finished writing."""
_WEIGHTS = 65536
"""Terms whose weight is remembered."""
_SAMPLE = 40
"""Parts that the splitter of sentences learns from."""

#: Hears how many documents and passages are done, and what share of the work, from 0 to 1.
Progress = Callable[[int, int, float], None]


class Window:
    """A part of a source text that is sliced and searched by the offsets of the whole."""

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start

    def __getitem__(self, span: slice) -> str:
        return self._text[span.start - self._start : span.stop - self._start]

    def find(self, piece: str, start: int, end: int, /) -> int:
        at = self._text.find(piece, start - self._start, end - self._start)
        return at if at < 0 else at + self._start


class StoredCollection:
    """What one commit left in a folder. Never changed, so threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises `ValueError` or `OSError` where the folder has no index that can be read."""
        self.index = DiskIndex(folder)
        self.manifest = _manifest(self.index)
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

    def search(self, text: str, k: int, may_see: Callable[[str], bool] | None = None) -> list[Found]:
        """The best `k` passages for `text`, best first, out of the documents that `may_see` admits."""
        candidates = self.candidates(text, max(k, DEPTH), may_see)
        found = ranked(Asked(text, self.weight), candidates)
        return [Found(candidate.passage, score, candidate.score) for candidate, score in found[: max(k, 0)]]

    def candidates(self, text: str, k: int, may_see: Callable[[str], bool] | None = None) -> list[Candidate]:
        """The best `k` passages by BM25 alone; deeper and deeper are looked at until enough may be seen."""
        terms, reach = analyse(text), max(k, 0)
        while True:
            places = self.index.best(terms, reach)
            named = ((self._places[place.unit], place) for place in places)
            found = (Candidate(unpack(self.index.passage(place), *where), place.score) for where, place in named)
            seen = [c for c in found if may_see is None or may_see(c.passage.document)][:k]
            if len(seen) >= k or len(places) < reach:
                return seen
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


def is_current(folder: Path, files: Sequence[CorpusFile]) -> bool:
    """Whether the index of a folder covers just these files as they are, told without reading them."""
    try:
        manifest = _manifest(DiskIndex(folder))
    except (OSError, ValueError):
        return False
    covered = {file.name: file.state for file in manifest.files}
    return len(covered) == len(files) and all(
        file.name in covered and is_unchanged(covered[file.name], file.path) for file in files
    )


def update(
    folder: Path,
    files: Sequence[CorpusFile],
    on_progress: Progress | None = None,
    on_wait: Callable[[], None] = lambda: None,
) -> None:
    """Make the index of a folder cover these files, in one commit; only what changed is analysed.

    Waits, after a call of `on_wait`, while another process writes. Raises `ChatbotError` where the folder cannot be
    written to.
    """
    try:
        with _writer(folder, on_wait) as writer:
            _Update(folder, files, writer, on_progress).run()
    except (OSError, ValueError) as error:  # tantivy reports a full disk as the latter
        raise ChatbotError(f"The index in {folder} cannot be written: {error}. `CHATBOT_CACHE` moves it.") from error


def _writer(folder: Path, on_wait: Callable[[], None]) -> DiskWriter:
    told = False
    while True:
        try:
            return DiskWriter(folder)
        except ValueError as error:
            if "lock" not in str(error).lower():
                raise ChatbotError(f"The index in {folder} cannot be written: {error}") from error
        if not told:
            on_wait()
            told = True
        time.sleep(_PATIENCE)


def _manifest(index: DiskIndex) -> Manifest:
    """Raises `ValueError` where the index has none that can be read."""
    return msgspec.msgpack.decode(index.record or b"", type=Manifest)


class _Update:
    """One run over the files: what is kept, what is analysed, what is dropped."""

    def __init__(
        self, folder: Path, files: Sequence[CorpusFile], writer: DiskWriter, on_progress: Progress | None
    ) -> None:
        self.files, self.writer, self.on_progress = files, writer, on_progress
        try:
            self.before = _manifest(DiskIndex(folder))
        except (OSError, ValueError):
            self.before = Manifest(b"", 1, ())
        self.next_unit = self.before.next_unit
        self.known = {file.name: file for file in self.before.files}
        self.read: list[tuple[CorpusFile, State, list[Unit | None]]] = []
        """Every file with its units in order; None for each that is being analysed."""
        self.waiting: deque[tuple[list[Unit | None], int, Part]] = deque()
        self.size = sum(file.path.stat().st_size for file in files if file.path.is_file()) or 1
        self.done = 0

    def run(self) -> None:
        learnt = self.before.learnt or _learnt(self.files)
        documents = passages = 0
        for batch in batches(self._changed(), learnt):
            units, place, part = self.waiting.popleft()
            lines = part.lines
            units[place] = Unit(
                self.next_unit, part.digest, len(lines or b""), batch.lines, batch.chars, len(batch.passages),
                batch.documents, batch.problems,
            )  # fmt: skip
            self.writer.add(self.next_unit, batch.passages, lines)
            self.next_unit += 1
            documents, passages = documents + batch.documents, passages + len(batch.passages)
            if self.on_progress is not None:
                self.on_progress(documents, passages, min(1.0, self.done / self.size))
        files = tuple(
            Covered(file.name, state, tuple(unit for unit in units if unit is not None))
            for file, state, units in self.read
            if units
        )
        kept = {unit.id for file in files for unit in file.units}
        gone = [unit.id for file in self.before.files for unit in file.units if unit.id not in kept]
        for unit_id in gone:
            self.writer.delete(unit_id)
        self.writer.commit(msgspec.msgpack.encode(Manifest(learnt, self.next_unit, files)))

    def _changed(self) -> Iterator[Part]:
        """The parts to analyse. Parts that are there already keep their unit, wherever in their file they stand now."""
        for file in self.files:
            before = self.known.get(file.name)
            units: list[Unit | None] = []
            if before is not None and is_unchanged(before.state, file.path):
                self.read.append((file, before.state, list(before.units)))
                self.done += before.state.size
                continue
            self.read.append((file, state_of(file.path), units))
            old: dict[bytes, list[Unit]] = {}
            for unit in reversed(before.units if before is not None else ()):
                old.setdefault(unit.digest, []).append(unit)
            try:
                for part in parts_of(file):
                    self.done += len(part.lines) if part.lines is not None else file.path.stat().st_size
                    same = old.get(part.digest)
                    if same:
                        units.append(same.pop())
                        continue
                    units.append(None)
                    self.waiting.append((units, len(units) - 1, part))
                    yield part
            except (OSError, EOFError):
                continue  # the loader of documents says what is wrong with it


def _learnt(files: Sequence[CorpusFile]) -> bytes:
    """What the first parts of a corpus teach about its sentences, as JSON."""
    return msgspec.json.encode(learnt_from(_texts(files)))


def _texts(files: Sequence[CorpusFile]) -> Iterator[str]:
    left = _SAMPLE
    for file in files:
        if left <= 0:
            return
        try:
            for part in parts_of(file):
                left -= 1
                documents: Iterable[object]
                if part.lines is None:
                    documents = documents_of(file).documents
                else:
                    documents = (read for _, read in records_of(file, decoded_records(part.lines)))
                for document in documents:
                    if isinstance(document, Document):
                        yield from prose_of(document)
                if left <= 0:
                    return
        except (OSError, EOFError, CorpusError):
            continue
