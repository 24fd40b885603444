"""Okapi BM25 (S. Robertson and others 1994) on disk, by tantivy: for more passages than memory should hold.

Passages lie in the index beside the terms that find them, and so does the record of what the index covers: all of it
changes in one commit, so that a reader, or a run after one that was killed, sees a whole state or the one before.
Files are mapped into memory and read where a search touches them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from chatbot.retrieval.index import Hit
from chatbot.retrieval.store import Packed

HEAP = 128_000_000
"""Bytes of postings that are gathered before a segment is written; the writer's memory hardly grows beyond."""
_SPARE = 16
"""Hits asked for beyond those wanted, so that equal scores at the cut can be put in order."""
_RECORD = 0
"""The unit that holds the record of what is covered; passages are of units from 1 on."""
_SOURCE = -1
"""Number of an entry that is a unit's source text."""


class Place(msgspec.Struct, frozen=True):
    """One passage found on disk: its unit, its number in it, and the way to what is stored."""

    unit: int
    number: int
    score: float
    address: Any


class DiskIndex:
    """The engine for large corpora: what one commit left in a folder, whatever is written to the folder later.

    The record of what is covered counts as one passage without terms, which only weights notice, and they hardly.
    """

    def __init__(self, folder: Path) -> None:
        """Raises `ValueError` or `OSError` where the folder has no index that can be read."""
        self._index = _opened(folder)
        self._searcher = self._index.searcher()
        self.record = self._stored(_RECORD, 0)
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

    def passage(self, place: Place) -> bytes:
        """What was packed."""
        stored: bytes = self._searcher.doc(place.address).get_first("stored")
        return stored

    def source(self, unit: int) -> bytes | None:
        """The source text kept with a unit, if any was."""
        return self._stored(unit, _SOURCE)

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
        units = self._searcher.fast_field_values("unit", addresses)
        numbers = self._searcher.fast_field_values("number", addresses)
        found = [Place(u, n, s, a) for u, n, (s, a) in zip(units, numbers, hits, strict=True)]
        return sorted(found, key=lambda place: (-place.score, place.unit, place.number))

    def _stored(self, unit: int, number: int) -> bytes | None:
        from tantivy import Occur, Query

        schema = self._index.schema
        ids = (("unit", unit), ("number", number))
        query = Query.boolean_query([(Occur.Must, Query.term_query(schema, name, value)) for name, value in ids])
        hits = self._searcher.search(query, 1, count=False).hits
        return self._searcher.doc(hits[0][1]).get_first("stored") if hits else None


class DiskWriter:
    """Changes to the index of a folder, all seen at once when committed, or never.

    One process at a time may have one; another gets a `ValueError`. Use it in a `with` statement.
    """

    def __init__(self, folder: Path) -> None:
        from tantivy import Document, Index

        folder.mkdir(parents=True, exist_ok=True)
        index = _opened(folder) if Index.exists(str(folder)) else Index(_schema(), str(folder))
        index.register_tokenizer("terms", _tokenizer())
        self._document = Document
        # With one thread passages stay in order; Python cannot feed a second.
        self._writer = index.writer(HEAP, 1)
        # A run that was killed while committing leaves files whose names a later commit would want again.
        self._writer.garbage_collect_files()

    def __enter__(self) -> "DiskWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Ends the threads and gives up the lock; what was not committed is gone.
        self._writer.rollback()
        self._writer.wait_merging_threads()

    def add(self, unit: int, passages: Iterable[Packed], source: bytes | None = None) -> None:
        """Add the passages of a new unit, in order, and the text to keep with it."""
        for number, packed in enumerate(passages):
            self._put(unit=unit, number=number, terms=packed.terms, stored=packed.passage)
        if source is not None:
            self._put(unit=unit, number=_SOURCE, stored=source)

    def delete(self, unit: int) -> None:
        self._writer.delete_documents_by_term("unit", unit)

    def commit(self, record: bytes) -> None:
        """Make all changes since the last commit visible, under a new record of what is covered."""
        self.delete(_RECORD)
        self._put(unit=_RECORD, number=0, stored=record)
        self._writer.commit()

    def _put(self, **fields: object) -> None:
        self._writer.add_document(self._document(**fields))


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
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_text_field("terms", tokenizer_name="terms", index_option="freq")
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def _tokenizer() -> Any:
    from tantivy import TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()
