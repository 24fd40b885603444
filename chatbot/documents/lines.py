"""Blocks of text that is written line by line: bullets, bar-separated rows, prose."""

import re
from collections.abc import Sequence
from itertools import groupby

from chatbot.documents.model import KeyValues, Paragraph, Text
from chatbot.documents.outline import Outline
from chatbot.documents.tabular import bar_cells, header_count, list_or_pairs, pairs, table_blocks
from chatbot.documents.textmap import Piece, text_at, text_of

Span = tuple[int, int]

BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•–‣◦▪]|\(?\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"[\s|:=+-]*")
# A line this long that ends a sentence is a whole paragraph, not a line of one.
_LONG_LINE = 120


def groups(source: str, spans: Sequence[Span]) -> list[list[Span]]:
    """The lines parted at blank ones."""
    return [
        list(lines)
        for is_blank, lines in groupby(spans, key=lambda span: not source[slice(*span)].strip())
        if not is_blank
    ]


def add_lines(outline: Outline, source: str, spans: Sequence[Span]) -> None:
    """Add the blocks that some lines without a blank one between them make."""
    kind = "prose"
    kinds = []
    for start, end in spans:
        line = source[start:end]
        kind = _kind(line, kind)
        kinds.append(kind)
    for kind, members in groupby(zip(kinds, spans, strict=True), key=lambda member: member[0]):
        lines = [span for _, span in members]
        if kind == "rows":
            add_rows(outline, source, lines)
        elif kind == "items":
            items, depths = list_items(source, lines)
            if items:
                outline.add(list_or_pairs(items, depths))
        else:
            _add_prose(outline, source, lines)


def _kind(line: str, before: str) -> str:
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return "rows"
    if BULLET.match(line) or (before == "items" and line[:1] in " \t"):
        return "items"
    return "prose"


def list_items(source: str, spans: Sequence[Span]) -> tuple[list[Text], list[int]]:
    """The items of bullet lines and their depths; a line without bullet continues the item above."""
    found: list[list[Piece]] = []
    indents: list[int] = []
    for start, end in spans:
        bullet = BULLET.match(source, start, end)
        if bullet is not None or not found:
            found.append([])
            indents.append(len(bullet["indent"].expandtabs(4)) if bullet else 0)
        begin = bullet.end() if bullet else start
        found[-1] += [Piece(" ", begin, begin + 1), Piece(source[begin:end], begin, end)]
    texts = [text_of(pieces) for pieces in found]
    depths = depths_of(indents)
    kept = [(text, depth) for text, depth in zip(texts, depths, strict=True) if text is not None]
    return [text for text, _ in kept], [depth for _, depth in kept]


def depths_of(indents: Sequence[int]) -> list[int]:
    """Nesting depths from indentations: deeper than the item above means one level below it."""
    depths: list[int] = []
    open_levels: list[int] = []
    for indent in indents:
        while open_levels and indent < open_levels[-1]:
            open_levels.pop()
        if not open_levels or indent > open_levels[-1]:
            open_levels.append(indent)
        depths.append(len(open_levels) - 1)
    return depths


def add_rows(outline: Outline, source: str, spans: Sequence[Span]) -> None:
    """Add the table of bar-separated rows; rules such as |---|---| are not rows."""
    rows = [
        tuple(text_at(source, *cell) for cell in bar_cells(source, start, end))
        for start, end in spans
        if "-" not in source[start:end] or not _RULE.fullmatch(source, start, end)
    ]
    count = header_count(rows)
    outline.add(*table_blocks(rows[:count], rows[count:]))


def _add_prose(outline: Outline, source: str, spans: Sequence[Span]) -> None:
    lines = [text for span in spans if (text := text_at(source, *span))]
    found = pairs(lines)
    if len(found) > 1 and len(found) == len(lines):
        outline.add(KeyValues((), found))
        return
    first = 0
    for i, (start, end) in enumerate(spans):
        ends_paragraph = end - start >= _LONG_LINE and source[start:end].rstrip()[-1:] in '.!?"”)'
        if ends_paragraph or i == len(spans) - 1:
            text = text_at(source, spans[first][0], end)
            if text is not None:
                outline.add(Paragraph((), text))
            first = i + 1
