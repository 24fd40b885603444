"""What every reader produces: a Document of blocks, each keeping its place in the source text.

Readers strip markup and fold white space on a copy: a `Text` holds the clean characters and knows,
for each of them, where it stands in the untouched decoded source. `document.source[a:b]` for
`a, b = text.source_span(i, j)` therefore always is what was written there, markup included.
"""

from bisect import bisect_left, bisect_right
from typing import Literal, Protocol

import msgspec

_AFTER_ALL = 1 << 62
"""Greater than any position in a source."""


class SourceText(Protocol):
    """A decoded source text, or so much of one as is needed: offsets always count from its beginning."""

    def __getitem__(self, span: slice, /) -> str: ...

    def find(self, piece: str, start: int, end: int, /) -> int: ...


class Text(msgspec.Struct, frozen=True):
    """Clean text with a map back to the source.

    `runs` are pairs (position in `text`, position in the source), ascending, first position 0: from each pair
    on, both advance together until the next pair. Plain text of one piece has a single run.
    `end` is the source position after the last character.
    """

    text: str
    runs: tuple[tuple[int, int], ...]
    end: int
    stops: tuple[tuple[int, int], ...] = ()
    """Characters written as several (`&eacute;`, a JSON escape): position, and source position after them."""

    @property
    def start(self) -> int:
        return self.runs[0][1] if self.runs else self.end

    def offset(self, position: int) -> int:
        """The source position of the clean character at `position`."""
        if position >= len(self.text):
            return self.end
        clean, source = self.runs[bisect_right(self.runs, (position, _AFTER_ALL)) - 1]
        return source + position - clean

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span that covers the clean characters `start:end` (non-empty)."""
        return self.offset(start), self._stop(end - 1)

    def slice(self, start: int, end: int) -> "Text":
        """The part `start:end`, with its own map."""
        first, last = bisect_right(self.runs, (start, _AFTER_ALL)), bisect_left(self.runs, (end, -1))
        runs = [(0, self.offset(start))]
        runs += [(clean - start, source) for clean, source in self.runs[first:last]]
        first, last = bisect_left(self.stops, (start, -1)), bisect_left(self.stops, (end, -1))
        stops = [(clean - start, source) for clean, source in self.stops[first:last]]
        stop = self._stop(end - 1) if end > start else self.offset(start)
        return Text(self.text[start:end], tuple(runs), stop, tuple(stops))

    def _stop(self, position: int) -> int:
        """The source position after the clean character at `position`."""
        found = bisect_left(self.stops, (position, -1))
        if found < len(self.stops) and self.stops[found][0] == position:
            return self.stops[found][1]
        return self.offset(position) + 1


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    section: tuple[str, ...]
    """Headings above, outermost first; the document's title is not among them."""
    text: Text


class ListBlock(msgspec.Struct, frozen=True, tag=True):
    section: tuple[str, ...]
    items: tuple[Text, ...]
    """Items of nested lists follow their parent, in reading order."""
    depths: tuple[int, ...] = ()
    """Nesting depth of each item, 0 outermost; empty when all are 0."""


class Table(msgspec.Struct, frozen=True, tag=True):
    section: tuple[str, ...]
    header: tuple[tuple[Text | None, ...], ...]
    """Header rows as found, spans expanded where the format tells them; may be empty."""
    rows: tuple[tuple[Text | None, ...], ...]
    """Body rows; a blank cell is None. Rows may differ in length where the source does."""
    caption: Text | None = None
    """The table's own caption; lead-in paragraphs are left to whoever interprets the table."""


class KeyValues(msgspec.Struct, frozen=True, tag=True):
    section: tuple[str, ...]
    pairs: tuple[tuple[Text, Text], ...]
    origin: Literal["body", "metadata"] = "body"
    """"metadata" for front matter: it speaks of the document, not necessarily of its subject."""


Block = Paragraph | ListBlock | Table | KeyValues


class Document(msgspec.Struct, frozen=True):
    """One file, or one record of a JSON Lines file."""

    path: str
    """Relative to the corpus folder, with forward slashes; a file given by itself has its name.

    A record of a JSON Lines file adds its line: "figures.jsonl#3".
    """
    title: str
    source: str
    """The decoded text, untouched: citations count its characters."""
    blocks: tuple[Block, ...]
    title_text: Text | None = None
    """Where the title stands in the source; None when it comes from the file's name."""
    subject: str = ""
    """What the document is about, if its front matter says so in a `subject` key; else empty."""
    as_of: str = ""
    """The document's as-of date as written in its front matter, else empty."""


class SkippedFile(msgspec.Struct, frozen=True):
    """A file that was left out, and why, in a sentence for the user."""

    path: str
    problem: str
