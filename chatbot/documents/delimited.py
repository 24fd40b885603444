"""CSV and its kin: one table, the delimiter found by looking."""

import re
from collections.abc import Iterator

from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import Row, header_count, table_blocks
from chatbot.documents.textmap import Piece, joined, text_of

_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 30

Field = list[Piece]


def read(source: str) -> Draft:
    """Never fails: an unclosed quote runs to the end of its line.

    Lines above the header that fill one field only, and leading lines that begin with `#`, are the caption.
    """
    outline = Outline()
    start, comments = _comments(source)
    delimiter = max(_DELIMITERS, key=lambda each: _score(source, start, each))
    rows: list[Row] = [tuple(text_of(field) for field in row) for row in _records(source, start, delimiter)]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    captions = [text for comment in comments if (text := text_of([comment]))]
    while len(rows) > 1 and width > 2 and _is_caption(rows[0]):
        captions += [cell for cell in rows.pop(0) if cell]
    count = min(1, header_count(rows)) if rows else 0
    caption = joined(captions)
    outline.entitle(caption)
    outline.add(*table_blocks(rows[:count], rows[count:], caption))
    return outline.draft()


def _is_caption(row: Row) -> bool:
    """Its first field alone is filled."""
    return bool(row[0]) and not any(row[1:])


def _comments(source: str) -> tuple[int, list[Piece]]:
    """Where the data begins, and the comment lines above it."""
    start = 0
    comments = []
    while match := re.compile(r"#[ \t]+([^\r\n]*)(?:\r\n|\r|\n|\Z)").match(source, start):
        comments.append(Piece(match[1], match.start(1), match.end(1)))
        start = match.end()
    return start, comments


def _score(source: str, start: int, delimiter: str) -> tuple[float, int]:
    """How well a delimiter explains the first rows: the share of the commonest width, and that width."""
    widths = []
    for row in _records(source, start, delimiter):
        if any(piece.text.strip() for field in row for piece in field):
            widths.append(len(row))
        if len(widths) == _SAMPLE_ROWS:
            break
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    commonest = max(sorted(set(wide)), key=wide.count)
    return wide.count(commonest) / len(widths), commonest


def _records(source: str, start: int, delimiter: str) -> Iterator[list[Field]]:
    """The rows as fields of pieces (RFC 4180, with any line end)."""
    quoted = re.compile(r'[ ]*"([^"]*+(?:""[^"]*+)*+)"[ ]*(?=' + re.escape(delimiter) + r"|\r|\n|\Z)")
    bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    end_of_row = re.compile(r"\r\n|\r|\n")
    row: list[Field] = []
    while start < len(source):
        if match := quoted.match(source, start):
            row.append(_unescaped(source, *match.span(1)))
        else:
            match = bare.match(source, start)
            assert match is not None  # the pattern matches anywhere, even nothing
            row.append([Piece(match.group(), *match.span())])
        start = match.end()
        if line_end := end_of_row.match(source, start):
            start = line_end.end()
        elif start < len(source):
            start += 1
            if start < len(source):
                continue
            row.append([])
        yield row
        row = []


def _unescaped(source: str, start: int, end: int) -> Field:
    """The pieces of a quoted field, doubled quotes made single."""
    pieces = []
    for part in re.compile(r'""|[^"]+').finditer(source, start, end):
        text = '"' if part.group() == '""' else part.group()
        pieces.append(Piece(text, *part.span()))
    return pieces
