"""Passages: the pieces of documents that are found and read, every sentence with its place in the source."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal

import msgspec

from chatbot.documents.model import Document, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.sentences import Splitter

PassageKind = Literal["prose", "list", "table", "pairs"]

LONGEST = {"prose": 250, "list": 60, "table": 60, "pairs": 60}
"""Words that a passage of a kind may have, unless one sentence alone has more."""
_LONG_ITEM = 60
_LONG_LEAD_IN = 40


class Sentence(msgspec.Struct, frozen=True):
    """Clean text and the source span that it was read from, markup included."""

    text: str
    start: int
    end: int


class Passage(msgspec.Struct, frozen=True):
    """Neighbouring sentences of one section. Encodes to JSON for the cache."""

    document: str
    title: str
    section: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    terms: tuple[str, ...]
    """Analysed title, headings, column headers and text."""
    kind: PassageKind = "prose"
    counts: tuple[int, ...] = ()
    """How many of `terms` are of title, headings and headers, then how many of each sentence."""

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


class _Run(msgspec.Struct):
    """Sentences that may share a passage."""

    section: tuple[str, ...]
    kind: PassageKind
    sentences: list[Sentence]
    headers: str = ""


def passages(document: Document, splitter: Splitter) -> list[Passage]:
    """The passages of a document in reading order: whole paragraphs, long ones parted between sentences.

    Neighbouring short items of a list share a passage, as do rows of a table; a paragraph that introduces
    a list ("The halls are:") goes with its first items. Front matter is left out: it speaks of the file.
    """
    found = []
    for run in _led_in(_runs(document, splitter)):
        for sentences in _portions(run.sentences, LONGEST[run.kind]):
            context = _context_terms(" ".join((document.title, *run.section, run.headers)))
            analysed = [context, *(searchable(s.text) for s in sentences)]
            place = (document.path, document.title, run.section)
            terms, counts = tuple(chain.from_iterable(analysed)), tuple(map(len, analysed))
            found.append(Passage(*place, tuple(sentences), terms, run.kind, counts))
    return found


@lru_cache(1024)
def _context_terms(context: str) -> tuple[str, ...]:
    return tuple(searchable(context))


def prose_of(document: Document) -> Iterator[str]:
    """The texts that a splitter learns from."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text.text
        elif isinstance(block, ListBlock):
            yield from (item.text for item in block.items)


def _runs(document: Document, splitter: Splitter) -> Iterator[_Run]:
    for block in document.blocks:
        match block:
            case Paragraph(section, text):
                yield _Run(section, "prose", _split(text, splitter))
            case ListBlock(section, items):
                parts = (_split(item, splitter) if _is_long(item) else [_whole(item)] for item in items)
                yield _Run(section, "list", list(chain.from_iterable(parts)))
            case Table(section, header, rows):
                caption = [] if block.caption is None else _split(block.caption, splitter)
                headers = " ".join(cell.text for row in header for cell in row if cell is not None)
                yield _Run(section, "table", caption + [s for row in rows for s in _row(row)], headers)
            case KeyValues(section, pairs, origin) if origin == "body":
                lines = [Sentence(f"{key.text}: {value.text}", key.start, value.end) for key, value in pairs]
                yield _Run(section, "pairs", lines)


def _led_in(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Give short paragraphs that end in a colon to the list that follows them."""
    pending: _Run | None = None
    for run in runs:
        if pending is not None:
            if run.kind == "list" and run.section == pending.section:
                run.sentences = pending.sentences + run.sentences
            else:
                yield pending
        opens = run.kind == "prose" and bool(run.sentences) and run.sentences[-1].text.endswith(":")
        pending = run if opens and _words(run.sentences) <= _LONG_LEAD_IN else None
        if pending is None:
            yield run
    if pending is not None:
        yield pending


def _split(text: Text, splitter: Splitter) -> list[Sentence]:
    if len(text.runs) == 1 and not text.stops:
        return [Sentence(text.text[i:j], text.start + i, text.start + j) for i, j in splitter(text.text)]
    return [Sentence(text.text[i:j], *text.source_span(i, j)) for i, j in splitter(text.text)]


def _whole(text: Text) -> Sentence:
    return Sentence(text.text, text.start, text.end)


def _is_long(item: Text) -> bool:
    return len(item.text.split()) > _LONG_ITEM


def _row(row: Sequence[Text | None]) -> list[Sentence]:
    """A row as one sentence, its filled cells in the order of the source; spanned cells count once."""
    cells = sorted({cell.start: cell for cell in row if cell is not None and cell.text}.items())
    if not cells:
        return []
    text = "; ".join(cell.text for _, cell in cells)
    return [Sentence(text, cells[0][0], max(cell.end for _, cell in cells))]


def _portions(sentences: Sequence[Sentence], longest: int) -> Iterator[list[Sentence]]:
    portion: list[Sentence] = []
    words = 0
    for sentence in sentences:
        more = _words((sentence,))
        if portion and words + more > longest:
            yield portion
            portion, words = [], 0
        portion.append(sentence)
        words += more
    if portion:
        yield portion


def _words(sentences: Iterable[Sentence]) -> int:
    """How many words there are, white space between them being single spaces."""
    return sum(sentence.text.count(" ") + 1 for sentence in sentences)
