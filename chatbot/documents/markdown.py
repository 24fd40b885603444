"""Markdown with front matter, tables (GFM), and the HTML that is allowed inside."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from chatbot.documents.frontmatter import front_matter
from chatbot.documents.inline import inline_pieces
from chatbot.documents.lines import add_rows
from chatbot.documents.model import KeyValues, Paragraph, Text
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import Row, bar_cells, is_second_header, list_or_pairs, pairs, table_blocks
from chatbot.documents.textmap import (
    Piece,
    block_through,
    joined,
    line_spans,
    moved,
    text_at,
    text_of,
    through,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

_LISTS = ("bullet_list", "ordered_list")
_QUOTE_MARKS = re.compile(r"[\s>]*")
_BOLD_KEY = re.compile(r"[\s>]*(?:\*\*|__)[^*_]+(?::(?:\*\*|__)|(?:\*\*|__)\s*:)")
_BOLD = re.compile(r"\s*(\*\*|__)(?=\S)(.*\S)\1\s*")
_DEFINITION = re.compile(r":[ \t]+(?=\S)")


def read(source: str) -> Draft:
    """Never fails: to Markdown every text is a document."""
    return _Reader(source).draft()


def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    # Escapes and entities stay tokens of their own, which tell how they were written; below the deepest level
    # allowed, the parser drops the rest of the text.
    return MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).disable("text_join")


class _Reader:
    """One reading of one source: the parser's tree beside the lines it came from."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parser = _parser()
        self._outline = Outline()
        metadata, body = front_matter(source)
        if metadata:
            self._outline.add(metadata)
        self._lines = line_spans(source, body)
        self._body = body
        # NUL becomes the replacement character, as CommonMark demands; one character each.
        self._body_text = source[body:].replace("\0", "\ufffd")
        self._references: dict[str, Any] = {}

    def draft(self) -> Draft:
        from markdown_it.tree import SyntaxTreeNode

        for node in SyntaxTreeNode(self._parser.parse(self._body_text, self._references)).children:
            self._add(node)
        return self._outline.draft()

    def _add(self, node: "SyntaxTreeNode") -> None:
        match node.type:
            case "heading":
                self._outline.heading(int(node.tag[1]), self._text(node))
            case "paragraph":
                self._add_paragraph(node)
            case "bullet_list" | "ordered_list":
                self._add_list(node)
            case "table":
                self._add_table(node)
            case "fence" | "code_block":
                self._add_code(node)
            case "html_block":
                self._add_html(node)
            case _:
                for child in node.children:
                    self._add(child)

    def _span(self, node: "SyntaxTreeNode") -> tuple[int, int]:
        """The source span of the lines of a node."""
        first, after = node.map or (0, 0)
        lines = self._lines[first:after]
        return (lines[0][0], lines[-1][1]) if lines else (self._body, self._body)

    def _pieces(self, node: "SyntaxTreeNode") -> list[Piece]:
        """The visible text of the inline content of a heading or paragraph."""
        inline = next((child for child in node.children if child.type == "inline"), None)
        if inline is None or inline.map is None:
            return []
        content = self._content_map(inline.content, *inline.map)
        return moved(inline_pieces(self._parser, content.text, _children(inline)), content)

    def _content_map(self, content: str, first: int, after: int) -> Text:
        """Where inline content stands: the parser took quote marks and indentation off its lines.

        It may have taken off whole lines at the beginning, those of white space that Markdown does not know.
        """
        runs: list[tuple[int, int]] = []
        position = stop = 0
        spans = iter(self._lines[first:after])
        for text in content.split("\n"):
            shown = text.lstrip(" \t")
            found = next((at for start, end in spans if (at := self._source_of(shown, start, end)) >= 0), -1)
            if shown and found >= 0:
                runs.append((position + len(text) - len(shown) if runs else 0, found))
                stop = found + len(shown)
            position += len(text) + 1
        return Text(content, tuple(runs), stop)

    def _source_of(self, shown: str, start: int, end: int) -> int:
        """Where the source has `shown` at the end of a line, or -1."""
        found = self._body_text.rfind(shown, start - self._body, end - self._body)
        return found + self._body if found >= 0 else -1

    def _text(self, node: "SyntaxTreeNode") -> Text | None:
        return text_of(self._pieces(node))

    def _add_paragraph(self, node: "SyntaxTreeNode") -> None:
        start, end = self._span(node)
        spans = [(a, b) for a, b in self._lines[slice(*(node.map or (0, 0)))]]
        if all(self._source[a:b].lstrip().startswith("|") for a, b in spans):
            add_rows(self._outline, self._source, spans)
            return
        pieces = self._pieces(node)
        lines = [text for line in self._broken(pieces) if (text := text_of(line))]
        found = _definitions(lines) or pairs(lines)
        is_marked = len(lines) == 1 and _BOLD_KEY.match(self._source, start, end)
        if found and (is_marked or (len(lines) > 1 and lines[-1].text != found[-1][0].text)):
            self._outline.add(KeyValues((), found))
        elif text := text_of(pieces):
            self._outline.add(Paragraph((), text))

    def _broken(self, pieces: Sequence[Piece]) -> list[list[Piece]]:
        """Pieces parted at the line breaks that were written between them."""
        lines: list[list[Piece]] = [[]]
        for piece in pieces:
            if piece.text.isspace() and ("\n" in (written := self._source[piece.start : piece.end]) or "<" in written):
                lines.append([])
            else:
                lines[-1].append(piece)
        return lines

    def _add_list(self, node: "SyntaxTreeNode") -> None:
        items: list[Text] = []
        depths: list[int] = []
        others: list[SyntaxTreeNode] = []
        self._collect(node, 0, items, depths, others)
        if items:
            self._outline.add(list_or_pairs(items, depths))
        for other in others:
            self._add(other)

    def _collect(
        self,
        node: "SyntaxTreeNode",
        depth: int,
        items: list[Text],
        depths: list[int],
        others: list["SyntaxTreeNode"],
    ) -> None:
        """Gather the items of a list and of the lists inside; what is no text goes to `others`."""
        for item in node.children:
            paragraphs = [text for child in item.children if child.type == "paragraph" if (text := self._text(child))]
            if text := joined(paragraphs):
                items.append(text)
                depths.append(depth)
            for child in item.children:
                if child.type in _LISTS:
                    self._collect(child, depth + 1, items, depths, others)
                elif child.type != "paragraph":
                    others.append(child)

    def _add_table(self, node: "SyntaxTreeNode") -> None:
        header: list[Row] = []
        rows: list[Row] = []
        are_bold = True
        for row in (row for part in node.children for row in part.children):
            spans = self._cell_spans(row)
            cells = tuple(self._cell(span) for span in spans)
            is_header = row.children[0].type == "th"
            (header if is_header else rows).append(cells)
            are_bold &= not any(cells) or bool(_BOLD.fullmatch(self._source, *spans[0]))
        if are_bold and all(len(row) == 2 for row in (*header, *rows)):
            # Without a header of its own, Markdown makes the first property the header.
            header, rows = [], header + rows
        while len(header) == 1 and len(rows) > 1 and any(header[0]) and is_second_header(header[0], rows[0], rows[1:]):
            header.append(rows.pop(0))
        self._outline.add(*table_blocks(header, rows))

    def _cell_spans(self, row: "SyntaxTreeNode") -> list[tuple[int, int]]:
        start, end = self._span(row)
        prefix = _QUOTE_MARKS.match(self._source, start, end)
        return bar_cells(self._source, prefix.end() if prefix else start, end)

    def _cell(self, span: tuple[int, int]) -> Text | None:
        """The text of one cell, parsed anew where it stands: the parser's own cells have lost their place."""
        start, end = span
        written = self._source[start:end].strip(" \t")
        start += len(self._source[start:end]) - len(self._source[start:end].lstrip(" \t"))
        tokens = self._parser.parseInline(written, self._references)[0].children or []
        pieces = inline_pieces(self._parser, written, tokens)
        return text_of(Piece(piece.text, start + piece.start, start + piece.end) for piece in pieces)

    def _add_code(self, node: "SyntaxTreeNode") -> None:
        first, after = node.map or (0, 0)
        is_fenced = node.type == "fence"
        lines = self._lines[first + is_fenced : after]
        if (
            is_fenced
            and lines
            and node.markup
            and self._source[slice(*lines[-1])].strip(" \t>").startswith(node.markup)
        ):
            lines = lines[:-1]
        if lines and (text := text_at(self._source, lines[0][0], lines[-1][1])):
            self._outline.add(Paragraph((), text))

    def _add_html(self, node: "SyntaxTreeNode") -> None:
        from chatbot.documents import html

        start, end = self._span(node)
        written = self._source[start:end]
        inside = html.read(written)
        outer = Text(written, ((0, start),), end)
        if inside.title is not None:
            self._outline.heading(1, through(inside.title, outer))
        self._outline.add(*(block_through(block, outer) for block in inside.blocks))


def _children(inline: "SyntaxTreeNode") -> "Sequence[Token]":
    return (inline.token.children if inline.token else None) or ()


def _definitions(lines: Sequence[Text]) -> tuple[tuple[Text, Text], ...]:
    """Terms, each with the lines ": definition" below it; empty when the lines are anything else."""
    found: list[tuple[Text, list[Text]]] = []
    for line in lines:
        if mark := _DEFINITION.match(line.text):
            if not found:
                return ()
            found[-1][1].append(line.slice(mark.end(), len(line.text)))
        elif found and not found[-1][1]:
            return ()
        else:
            found.append((line, []))
    complete = [(term, value) for term, values in found if (value := joined(values, ", "))]
    return tuple(complete) if len(complete) == len(found) else ()
