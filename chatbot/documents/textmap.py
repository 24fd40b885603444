"""Clean text out of source text, every character of it still knowing where it stands.

Readers describe what they found as pieces of the source, in reading order; `text_of` folds white space, drops
footnote marks and invisible characters, and keeps the map.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from chatbot.documents.model import Block, KeyValues, ListBlock, Paragraph, Table, Text

# There but not seen: soft hyphen, zero-width space, direction marks, word joiner, byte order mark.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
#: Words with nothing but single spaces between them: they stay as they are.
_CLEAN_STRETCH = re.compile(rf"[^\s{_INVISIBLE}]++(?: [^\s{_INVISIBLE}]++)*+")
_SPACE = re.compile(r"\s")

#: Marks that point at notes: [1], [^2], [note 3], and a letter only right after a word: "1968[b]".
_NOTE_MARK = re.compile(
    r"""(?<!\s)\s*+\[\^[^\]\s]{1,30}\]:?
        | (?<!\s)\s*+\[(?:\d{1,3}|(?:note|nb|n)\.?\s\d{1,3}|citation\ needed|clarification\ needed)\]
        | (?<=\S)\[[a-z]\]""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


class Piece(msgspec.Struct, frozen=True):
    """Clean characters and the source span they were written as.

    Where both have the same length the piece is taken to stand there character by character;
    otherwise (an entity, an escape) it is never longer than its span.
    """

    text: str
    start: int
    end: int


def verbatim(source: str, start: int, end: int) -> Piece:
    """`source[start:end]` as it is."""
    return Piece(source[start:end], start, end)


def pieces_of(text: Text) -> list[Piece]:
    """A text taken apart again, every character that was written as several in a piece of its own."""
    stops = dict(text.stops)
    edges = {0, len(text.text), *stops, *(position + 1 for position in stops)}
    edges.update(clean for clean, _ in text.runs)
    pieces = []
    for start, end in pairwise(sorted(edges)):
        source = text.offset(start)
        pieces.append(Piece(text.text[start:end], source, stops.get(start, source + end - start)))
    return pieces


def text_of(pieces: Iterable[Piece]) -> Text | None:
    """The clean text of `pieces`, or None when nothing visible remains.

    Each run of white space becomes one space that maps to its first white character.
    """
    pieces = list(pieces)
    if len(pieces) == 1 and (piece := pieces[0]).end - piece.start == len(piece.text):
        found = _as_it_stands(piece.text, piece.start)
        if found is not None:
            return found
    ordered = _without_commas_before_brackets(sorted((p for p in pieces if p.text), key=lambda piece: piece.start))
    joined = "".join(piece.text for piece in ordered)
    # Marks become invisible characters of the same length, so that positions stay valid.
    masked = _NOTE_MARK.sub(lambda mark: "\u00ad" * len(mark.group()), joined) if "[" in joined else joined
    clean = _Clean(ordered)
    stop = 0
    for stretch in _CLEAN_STRETCH.finditer(masked):
        gap = _SPACE.search(masked, stop, stretch.start()) if clean.parts else None
        if gap is not None:
            clean.add(" ", gap.start())
        clean.add(stretch.group(), stretch.start())
        stop = stretch.end()
    return clean.finished()


def _as_it_stands(text: str, start: int) -> Text | None:
    """The text without the white space around it, where nothing inside is to be folded or dropped."""
    clean = text.strip()
    if not _CLEAN_STRETCH.fullmatch(clean) or ("[" in clean and _NOTE_MARK.search(text)):
        return None
    start += len(text) - len(text.lstrip())
    return Text(clean, ((0, start),), start + len(clean))


def _without_commas_before_brackets(pieces: list[Piece]) -> list[Piece]:
    """Of the lines "1872" and "(as a school)" the second is no other member of a list."""
    return [
        Piece(" ", piece.start, piece.end) if piece.text == ", " and after.text.lstrip().startswith("(") else piece
        for piece, after in zip(pieces, [*pieces[1:], *pieces[-1:]], strict=True)
    ]


def assembled(pieces: Sequence[Piece]) -> Text | None:
    """The characters of `pieces` just as they are, white space and all; None when there are none."""
    clean = _Clean(pieces)
    if text := "".join(piece.text for piece in pieces):
        clean.add(text, 0)
    return clean.finished()


def text_at(source: str, start: int, end: int) -> Text | None:
    """The clean text of one stretch of the source."""
    return text_of([verbatim(source, start, end)])


class _Clean:
    """Collects clean strings, given by their position in the joined pieces, and builds their map."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.parts: list[str] = []
        self._pieces = pieces
        self._at = 0
        """The piece that holds the next character."""
        self._from = 0
        """Where that piece begins in the joined text."""
        self._runs: list[tuple[int, int]] = []
        self._length = 0
        self._stops: list[tuple[int, int]] = []
        self._next = -1
        """The source position that would continue the current run."""
        self._end = 0

    def add(self, text: str, position: int) -> None:
        self.parts.append(text)
        done = 0
        while done < len(text):
            while position >= self._from + len(self._pieces[self._at].text):
                self._from += len(self._pieces[self._at].text)
                self._at += 1
            piece = self._pieces[self._at]
            inside = position - self._from
            count = min(len(text) - done, len(piece.text) - inside)
            offset = piece.start + inside
            if offset != self._next:
                self._runs.append((self._length, offset))
            self._next = offset + count
            self._end = self._next
            self._length += count
            is_written_longer = len(piece.text) != piece.end - piece.start
            if is_written_longer and inside + count == len(piece.text):
                self._stops.append((self._length - 1, piece.end))
                self._end = piece.end
            done += count
            position += count

    def finished(self) -> Text | None:
        if not self.parts:
            return None
        return Text("".join(self.parts), tuple(self._runs), self._end, tuple(self._stops))


def separate(pieces: list[Piece], separator: str) -> None:
    """Part what follows from what is there; the separator stands for the markup between them."""
    if not separator.isspace():
        while pieces and not pieces[-1].text.strip():
            pieces.pop()
        if pieces and len(pieces[-1].text) == pieces[-1].end - pieces[-1].start:
            text, start = pieces[-1].text.rstrip(), pieces[-1].start
            pieces[-1] = Piece(text, start, start + len(text))
    elif pieces and pieces[-1].text.isspace():
        return
    if pieces:
        end = pieces[-1].end
        pieces.append(Piece(separator, end, end + len(separator)))


def joined(texts: Sequence[Text], separator: str = " ") -> Text | None:
    """Several texts as one; the separator stands for whatever the source has between them."""
    pieces: list[Piece] = []
    for text in texts:
        if pieces:
            end = pieces[-1].end
            pieces.append(Piece(separator[: max(1, text.start - end)], end, max(end, text.start)))
        pieces += pieces_of(text)
    return text_of(pieces)


def line_spans(source: str, start: int = 0) -> list[tuple[int, int]]:
    """Start and end of every line from `start`, line ends (of any kind) excluded."""
    spans = []
    while start < len(source):
        match = _LINE.match(source, start)
        assert match is not None  # the pattern matches anywhere, even nothing
        spans.append((start, start + len(match.group().rstrip("\r\n"))))
        start = match.end()
    return spans


def moved(pieces: Iterable[Piece], outer: Text) -> list[Piece]:
    """Pieces whose positions count the characters of `outer.text`, with positions in `outer`'s own source."""
    found: list[Piece] = []
    for piece in pieces:
        if len(piece.text) == piece.end - piece.start:
            done = 0
            for part in pieces_of(outer.slice(piece.start, piece.end)):
                found.append(Piece(piece.text[done : done + len(part.text)], part.start, part.end))
                done += len(part.text)
        elif piece.end > piece.start:
            found.append(Piece(piece.text, *outer.source_span(piece.start, piece.end)))
        else:
            found.append(Piece(piece.text, outer.offset(piece.start), outer.offset(piece.start)))
    return found


def through(text: Text, outer: Text) -> Text:
    """`text`, whose offsets count the characters of `outer.text`, with offsets into `outer`'s own source."""
    if not outer.stops and len(outer.runs) == 1:
        return _shifted(text, outer.start)
    if not text.stops and len(text.runs) == 1:
        part = outer.slice(text.start, text.end)
        return Text(text.text, part.runs, part.end, part.stops)
    found = assembled(moved(pieces_of(text), outer))
    assert found is not None  # a text is never empty
    return found


def _shifted(text: Text, by: int) -> Text:
    runs = tuple((clean, source + by) for clean, source in text.runs)
    return Text(text.text, runs, text.end + by, tuple((clean, source + by) for clean, source in text.stops))


def block_through(block: Block, outer: Text) -> Block:
    """A block whose offsets count the characters of `outer.text`, moved to `outer`'s own source."""

    def row(cells: tuple[Text | None, ...]) -> tuple[Text | None, ...]:
        return tuple(None if cell is None else through(cell, outer) for cell in cells)

    match block:
        case Paragraph(section, text):
            return Paragraph(section, through(text, outer))
        case ListBlock(section, items, depths):
            return ListBlock(section, tuple(through(item, outer) for item in items), depths)
        case KeyValues(section, pairs, origin):
            moved = tuple((through(key, outer), through(value, outer)) for key, value in pairs)
            return KeyValues(section, moved, origin)
        case Table(section, header, rows, caption):
            moved_caption = None if caption is None else through(caption, outer)
            return Table(section, tuple(map(row, header)), tuple(map(row, rows)), moved_caption)
