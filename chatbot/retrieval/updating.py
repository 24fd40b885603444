"""Keeping a collection on disk current: only what changed in its files is analysed, and all changes come in one commit."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from chatbot.documents.loading import CorpusFile, decoded_records, documents_of, records_of
from chatbot.documents.model import Document
from chatbot.errors import ChatbotError, CorpusError
from chatbot.places import close_to_others
from chatbot.retrieval.analysing import batches
from chatbot.retrieval.cutting import parts_of
from chatbot.retrieval.disk import DiskIndex, DiskWriter
from chatbot.retrieval.manifest import Covered, Manifest, State, Unit, is_unchanged, state_of
from chatbot.retrieval.passage import prose_of
from chatbot.retrieval.sentences import learnt_from
from chatbot.retrieval.store import Part
from chatbot.retrieval.stored import manifest_of

_PATIENCE = 0.25
"""Seconds between looks at whether another process has finished writing."""
_SAMPLE = 40
"""Parts that the splitter of sentences learns from."""

#: Hears how many documents and passages are done, and what share of the work, from 0 to 1.
Progress = Callable[[int, int, float], None]


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
        close_to_others(folder)
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


class _Update:
    """One run over the files: what is kept, what is analysed, what is dropped."""

    def __init__(
        self, folder: Path, files: Sequence[CorpusFile], writer: DiskWriter, on_progress: Progress | None
    ) -> None:
        self.files, self.writer, self.on_progress = files, writer, on_progress
        try:
            self.before = manifest_of(DiskIndex(folder))
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
