"""Okapi BM25 (S. Robertson and others 1994) on disk, by tantivy: for more passages than memory should hold.

Passages lie in a pile beside the index, a file that only grows; the index has their terms and places, the record of
what it covers, and how far the pile goes. All of that changes in one commit, so that a reader, or a run after one that
was killed, sees a whole state or the one before: what lies in the pile beyond it does not count. The files of the index
are mapped into memory and read where a search touches them.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

import msgspec

from chatbot.retrieval.index import Hit
from chatbot.retrieval.pile import Pile, PileWriter
from chatbot.retrieval.store import Packed

HEAP = 128_000_000
"""Bytes of postings that are gathered before a segment is written; the writer's memory hardly grows beyond."""
_SPARE = 16
"""Hits asked for beyond those wanted, so that equal scores at the cut can be put in order."""
_RECORD = 0
"""The unit that holds the record of what is covered; passages are of units from 1 on."""
_PILE = ".pile"
_MOST_HOLES = 0.5
"""Share of a pile that deleted units may take; beyond, what is left moves to a new one."""


class Place(msgspec.Struct, frozen=True):
    """One passage found on disk: its unit, its number in it, and where in the unit what was packed stands."""

    unit: int
    number: int
    score: float
    at: int
    size: int


class _Stretch(msgspec.Struct, frozen=True, array_like=True):
    """Where in the pile a unit stands: its passages, then its source."""

    start: int
    source: int
    end: int


class _State(msgspec.Struct, frozen=True, array_like=True):
    """What a commit keeps beside the terms."""

    record: bytes
    pile: str
    """Its file name."""
    size: int
    """Bytes of it that count."""
    units: dict[int, _Stretch]


class DiskIndex:
    """The engine for large corpora: what one commit left in a folder, whatever is written to the folder later.

    The record of what is covered counts as one passage without terms, which only weights notice, and they hardly.
    """

    def __init__(self, folder: Path) -> None:
        """Raises `ValueError` or `OSError` where the folder has no index that can be read."""
        self._index = _opened(folder)
        state, self._searcher, self._pile = _whole(self._index, folder)
        self._units = state.units
        self.record = state.record
        """The bytes given to the last commit."""

    def search(self, terms: Sequence[str], k: int) -> list[Hit]:
        return [Hit(place.number, place.score) for place in self.best(terms, k)]

    def best(self, terms: Sequence[str], k: int) -> list[Place]:
        """The best `k` passages, best first; equal ones in the order they were added."""
        known = sorted(set(terms))
        limit = k + _SPARE
        while known and k > 0:
            hits = self._searcher.search(self._query(known), limit, count=False).hits
            if len(hits) < limit or hits[-1][0] < hits[k - 1][0]:
                return self._places(hits)[:k]
            limit *= 4
        return []

    def passages(self, places: Sequence[Place]) -> list[bytes]:
        """What was packed, of each."""
        return self._pile.read_all([(self._units[place.unit].start + place.at, place.size) for place in places])

    def source(self, unit: int) -> bytes | None:
        """The source text kept with a unit, if any was."""
        stretch = self._units[unit]
        return self._pile.read(stretch.source, stretch.end - stretch.source) or None

    def frequency(self, term: str) -> int:
        """The number of passages that have the term; those deleted count until their segment is merged."""
        found: int = self._searcher.doc_freq("terms", term)
        return found

    def _query(self, terms: Iterable[str]) -> Any:
        from tantivy import Occur, Query

        schema = self._index.schema
        wanted = [(Occur.Should, Query.term_query(schema, "terms", term, "freq")) for term in terms]
        return Query.boolean_query(wanted)

    def _places(self, hits: Sequence[tuple[float, Any]]) -> list[Place]:
        addresses = [address for _, address in hits]
        units, numbers, starts, sizes = (
            self._searcher.fast_field_values(name, addresses) for name in ("unit", "number", "at", "size")
        )
        scores = [score for score, _ in hits]
        found = [Place(*each) for each in zip(units, numbers, scores, starts, sizes, strict=True)]
        return sorted(found, key=lambda place: (-place.score, place.unit, place.number))


class DiskWriter:
    """Changes to the index of a folder, all seen at once when committed, or never.

    One process at a time may have one; another gets a `ValueError`. Use it in a `with` statement.
    """

    def __init__(self, folder: Path) -> None:
        from tantivy import Document, Index

        folder.mkdir(parents=True, exist_ok=True)
        index = _opened(folder) if Index.exists(str(folder)) else Index(_schema(), str(folder))
        index.register_tokenizer("terms", _tokenizer())
        self._folder, self._document = folder, Document
        # With one thread passages stay in order; Python cannot feed a second.
        self._writer = index.writer(HEAP, 1)
        with ExitStack() as on_failure:
            on_failure.callback(self._close)
            # A run that was killed while committing leaves files whose names a later commit would want again.
            self._writer.garbage_collect_files()
            index.reload()  # another process may have committed before this one got the lock
            state = _state(index, index.searcher()) or _State(b"", uuid4().hex + _PILE, 0, {})
            self._units = state.units
            self._pile = PileWriter(folder / state.pile, state.size)
            self._drop_other_piles()
            on_failure.pop_all()

    def __enter__(self) -> "DiskWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._pile.close()  # while the lock is held: what it has yet to write must not land behind another's
        finally:
            self._close()

    def add(self, unit: int, passages: Iterable[Packed], source: bytes | None = None) -> None:
        """Add the passages of a new unit, in order, and the text to keep with it."""
        start = self._pile.size
        for number, packed in enumerate(passages):
            at, size = self._pile.size - start, len(packed.passage)
            self._put(unit=unit, number=number, at=at, size=size, terms=packed.terms)
            self._pile.add(packed.passage)
        end = self._pile.size
        self._pile.add(source or b"")
        self._units[unit] = _Stretch(start, end, self._pile.size)

    def delete(self, unit: int) -> None:
        self._writer.delete_documents_by_term("unit", unit)
        self._units.pop(unit, None)

    def commit(self, record: bytes) -> None:
        """Make all changes since the last commit visible, under a new record of what is covered."""
        left = sum(stretch.end - stretch.start for stretch in self._units.values())
        if left < (1 - _MOST_HOLES) * self._pile.size:
            self._move()
        self._pile.sync()
        state = _State(record, self._pile.path.name, self._pile.size, self._units)
        self._writer.delete_documents_by_term("unit", _RECORD)
        self._put(unit=_RECORD, stored=msgspec.msgpack.encode(state))
        self._writer.commit()
        self._drop_other_piles()

    def _move(self) -> None:
        """Go on in a new pile that has no holes."""
        self._pile.sync()
        before = Pile(self._pile.path, self._pile.size)
        self._pile.close()
        self._pile = PileWriter(self._folder / (uuid4().hex + _PILE))
        for unit, old in self._units.items():
            shift = self._pile.size - old.start
            self._pile.add(before.read(old.start, old.end - old.start))
            self._units[unit] = _Stretch(old.start + shift, old.source + shift, old.end + shift)

    def _drop_other_piles(self) -> None:
        for path in self._folder.glob(f"*{_PILE}"):
            if path != self._pile.path:
                with suppress(OSError):  # where a file in use cannot be deleted, a later run does it
                    path.unlink()

    def _close(self) -> None:
        # Ends the threads and gives up the lock; what was not committed is gone.
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def _put(self, **fields: object) -> None:
        self._writer.add_document(self._document(**fields))


def _whole(index: Any, folder: Path) -> tuple[_State, Any, Pile]:
    """What the last commit left: its state, a searcher and the pile."""
    before = ""
    while True:
        searcher = index.searcher()
        state = _state(index, searcher)
        if state is None:
            raise ValueError(f"nothing was ever committed to {folder}")
        try:
            return state, searcher, Pile(folder / state.pile, state.size)
        except FileNotFoundError:
            if state.pile == before:
                raise
        # A later commit may have moved to a new pile meanwhile.
        before = state.pile
        index.reload()


def _state(index: Any, searcher: Any) -> _State | None:
    """What the commit that a searcher sees kept; None before the first."""
    from tantivy import Query

    hits = searcher.search(Query.term_query(index.schema, "unit", _RECORD), 1, count=False).hits
    return msgspec.msgpack.decode(searcher.doc(hits[0][1]).get_first("stored"), type=_State) if hits else None


def _opened(folder: Path) -> Any:
    from tantivy import Index

    index = Index.open(str(folder))
    index.config_reader("manual")
    index.register_tokenizer("terms", _tokenizer())
    return index


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_integer_field("unit", indexed=True, fast=True)
    for name in ("number", "at", "size"):
        builder.add_integer_field(name, fast=True)
    builder.add_text_field("terms", tokenizer_name="terms", index_option="freq")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _tokenizer() -> Any:
    from tantivy import TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()
