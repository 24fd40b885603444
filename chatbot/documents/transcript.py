"""The text extracted from a file that holds none as such, and where in the file each part of it stands.

Readers of PDF and office files write what they find into a `Transcript`, which is the source that citations
count characters of, and get back the `Text` of what they wrote. `Flow` makes blocks of it.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from chatbot.documents.extracted import Extraction
from chatbot.documents.grid import SpanCell, SpanRow, grid_blocks
from chatbot.documents.model import KeyValues, Paragraph, Text
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import Row, list_or_pairs, pair, table_blocks
from chatbot.documents.textmap import Piece, text_of

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BETWEEN_CELLS = " | "


class Transcript:
    """Collects text in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._places: list[tuple[int, str]] = []
        self.length = 0
        """Characters written."""

    def at(self, place: str) -> None:
        """What is written from now on stands at this place of the file."""
        if self._places and self._places[-1][0] == self.length:
            self._places.pop()
        if not self._places or self._places[-1][1] != place:
            self._places.append((self.length, place))

    def write(self, text: str, after: str = "\n") -> Text | None:
        """Write a text, and `after` to part it from the next; None where nothing in it can be seen."""
        shown = _CONTROL.sub(" ", text).strip()
        found = text_of([Piece(shown, self.length, self.length + len(shown))])
        if found is not None:
            self._parts += (shown, after)
            self.length += len(shown) + len(after)
        return found

    def copy(self, text: Text, after: str = "\n") -> Text:
        """Write a text that has been cleaned already."""
        start = self.length
        self._parts += (text.text, after)
        self.length += len(text.text) + len(after)
        return Text(text.text, ((0, start),), start + len(text.text))

    def extraction(self, draft: Draft, problem: str = "") -> Extraction:
        return Extraction("".join(self._parts), tuple(self._places), draft, problem)


class Cell(msgspec.Struct, frozen=True):
    """A cell as the file has it, before it is written."""

    text: str
    is_heading: bool = False
    width: int = 1
    height: int = 1


class Flow:
    """Headings, paragraphs, items and tables in reading order, written into a transcript and made into blocks."""

    def __init__(self, transcript: Transcript, *, with_title: bool = True) -> None:
        """Without `with_title`, no heading becomes the document's title."""
        self._transcript = transcript
        self._outline = Outline(with_title=with_title)
        self._paragraphs: list[Text] = []
        self._items: list[tuple[Text, int]] = []

    def title(self, text: str) -> None:
        self._flush()
        self._outline.entitle(self._transcript.write(text))

    def heading(self, level: int, text: str) -> None:
        self._flush()
        self._outline.heading(level, self._transcript.write(text))

    def paragraph(self, text: str | Text) -> None:
        """A paragraph, to be written if it has not been."""
        if self._items:
            self._flush()
        if found := text if isinstance(text, Text) else self._transcript.write(text):
            self._paragraphs.append(found)

    def item(self, text: str | Text, depth: int) -> None:
        """An item of a list, to be written if it has not been; neighbours share a list."""
        if self._paragraphs:
            self._flush()
        if found := text if isinstance(text, Text) else self._transcript.write(text):
            self._items.append((found, depth))

    def table(self, rows: Iterable[Sequence[Cell]]) -> None:
        """A table whose cells may span others."""
        self._flush()
        self._outline.add(*grid_blocks([SpanRow(tuple(self._cells(row))) for row in rows], None))

    def grid(self, header: Sequence[Row], rows: Sequence[Row], caption: Text | None) -> None:
        """A table whose cells have been written already."""
        self._flush()
        self._outline.add(*table_blocks(header, rows, caption))

    def draft(self) -> Draft:
        self._flush()
        return self._outline.draft()

    def _cells(self, row: Sequence[Cell]) -> Iterable[SpanCell]:
        last = max((number for number, cell in enumerate(row) if cell.text.strip()), default=-1)
        for number, cell in enumerate(row):
            text = self._transcript.write(cell.text, "\n" if number == last else _BETWEEN_CELLS)
            yield SpanCell(text, cell.is_heading, cell.width, cell.height)

    def _flush(self) -> None:
        if self._items:
            self._outline.add(list_or_pairs([text for text, _ in self._items], [depth for _, depth in self._items]))
        for is_pair, group in groupby(self._paragraphs, key=lambda text: pair(text) is not None):
            texts = list(group)
            if is_pair and len(texts) > 1:
                self._outline.add(KeyValues((), tuple(found for text in texts if (found := pair(text)))))
            else:
                self._outline.add(*(Paragraph((), text) for text in texts))
        self._paragraphs, self._items = [], []
