"""HTML: what a reader of the page would read, tables with their spans expanded.

The parser (selectolax, lexbor's) repairs a page as browsers do but forgets where its text stood. So every stretch
of text gets its position written into it before parsing, between characters the page does not use.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from chatbot.documents.model import KeyValues, Paragraph, Text
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import Row, header_count, list_or_pairs, table_or_pairs
from chatbot.documents.textmap import Piece, joined, text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MARKUP = re.compile(
    r"""<!--.*?(?:-->|\Z) | <(?P<raw>script|style|template|noscript)\b.*?(?:</(?P=raw)\s*>|\Z)
        | <[a-zA-Z/!?](?:"[^"]*"|'[^']*'|[^'"<>])*+>""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ENTITY_OR_RETURN = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?|\r\n?")
_META = re.compile(
    r"""<meta\s[^>]*?name\s*=\s*["']?(?P<name>title|subject|as[-_]of|date)["']?\s[^>]*?content\s*=\s*
        (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.VERBOSE | re.IGNORECASE,
)

_DROPPED = frozenset(
    "script style noscript template nav footer form button select option svg iframe object canvas audio video head"
    " dialog menu input textarea".split()
)
_DROPPED_ROLES = {"navigation", "banner", "contentinfo", "search", "menu", "menubar"}
_DROPPED_CLASSES = {
    "mw-editsection", "mw-jump-link", "reference", "noprint", "navbox", "toc", "breadcrumb", "breadcrumbs",
    "sr-only", "visually-hidden",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTAINERS = frozenset(
    "html body main article section div p blockquote center figure figcaption address details summary fieldset"
    " header aside hgroup pre hr legend tbody thead tfoot tr td th caption li dd dt".split()
)
_LISTS = frozenset(("ul", "ol"))
_MAX_SPAN = 1000
_MAX_CELLS = 200_000
_MAX_DEPTH = 200


def read(source: str) -> Draft:
    """Never fails: browsers, and so the parser, read anything as a page."""
    return _Page(source).draft()


class _Page:
    """One reading of one page."""

    def __init__(self, source: str) -> None:
        from selectolax.lexbor import LexborHTMLParser

        self._source = source
        self._outline = Outline()
        self._positions = _Positions(source)
        self._tree = LexborHTMLParser(self._positions.marked)
        self._lines: list[list[Piece]] = [[]]
        """The text since the last block, parted at <br>."""
        self._title: LexborNode | None = None

    def draft(self) -> Draft:
        if metadata := _metadata(self._source):
            self._outline.add(metadata)
        self._find_title()
        mains = self._tree.css("main")
        top = mains[0] if len(mains) == 1 else self._tree.body
        if top is not None:
            self._walk(top, 0)
            self._flush()
        return self._outline.draft()

    def _find_title(self) -> None:
        """The only <h1>, wherever it is; else what the page's <title> says."""
        headings = [node for node in self._tree.css("h1") if self._text(node)]
        if len(headings) == 1:
            self._title = headings[0]
            self._outline.entitle(self._text(headings[0]))
        elif (title := self._tree.css_first("title")) is not None:
            self._outline.entitle(self._text(title))

    def _walk(self, node: "LexborNode", depth: int) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._lines[-1] += self._positions.pieces(child.text_content or "", _end(self._lines[-1]))
            elif tag == "br":
                self._lines.append([])
            elif _is_chrome(child) or (self._title is not None and child.mem_id == self._title.mem_id):
                self._flush()
            elif (reader := self._block_reader(tag, child)) is not None:
                self._flush()
                reader(child)
            elif depth < _MAX_DEPTH:
                is_block = tag in _CONTAINERS
                if is_block:
                    self._flush()
                self._walk(child, depth + 1)
                if is_block:
                    self._flush()

    def _block_reader(self, tag: str, node: "LexborNode") -> "Callable[[LexborNode], None] | None":
        """What reads an element as a whole, or None if its children are simply walked."""
        if tag in _HEADINGS:
            return lambda heading: self._outline.heading(_HEADINGS[tag], self._text(heading))
        if tag in _LISTS:
            return self._add_list
        if tag == "dl":
            return self._add_definitions
        if tag == "table" and not _is_layout(node):
            return self._add_table
        return None

    def _flush(self) -> None:
        lines = [text for line in self._lines if (text := text_of(line))]
        self._lines = [[]]
        if not lines:
            return
        found = pairs(lines)
        if len(lines) > 1 and len(found) == len(lines):
            self._outline.add(KeyValues((), found))
        elif text := joined(lines):
            self._outline.add(Paragraph((), text))

    def _text(self, node: "LexborNode", line_break: str = " ") -> Text | None:
        """All the text of an element; members of a list inside it are parted by commas."""
        pieces: list[Piece] = []
        self._flatten(node, pieces, line_break, 0)
        return text_of(pieces)

    def _flatten(self, node: "LexborNode", pieces: list[Piece], line_break: str, depth: int) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                pieces += self._positions.pieces(child.text_content or "", _end(pieces))
            elif tag == "br":
                _separate(pieces, line_break)
            elif depth < _MAX_DEPTH and not _is_chrome(child):
                if tag == "li":
                    _separate(pieces, ", ")
                elif tag in _CONTAINERS or tag in _HEADINGS or tag in _LISTS or tag == "table":
                    _separate(pieces, " ")
                self._flatten(child, pieces, line_break, depth + 1)
                if tag in _CONTAINERS and tag != "li":
                    _separate(pieces, " ")

    def _add_list(self, node: "LexborNode") -> None:
        items: list[Text] = []
        depths: list[int] = []
        tables: list[LexborNode] = []
        self._collect(node, 0, items, depths, tables)
        if items:
            self._outline.add(list_or_pairs(items, depths))
        for table in tables:
            self._add_table(table)

    def _collect(
        self,
        node: "LexborNode",
        depth: int,
        items: list[Text],
        depths: list[int],
        tables: list["LexborNode"],
    ) -> None:
        """Gather the items of a list; lists inside an item follow it, one deeper."""
        for item in node.iter():
            if _is_chrome(item) or depth >= _MAX_DEPTH:
                continue
            if item.tag in _LISTS:
                self._collect(item, depth + 1, items, depths, tables)
                continue
            pieces: list[Piece] = []
            inner: list[LexborNode] = []
            self._item_text(item, pieces, inner, 0)
            if text := text_of(pieces):
                items.append(text)
                depths.append(depth)
            for nested in inner:
                if nested.tag == "table":
                    tables.append(nested)
                else:
                    self._collect(nested, depth + 1, items, depths, tables)

    def _item_text(
        self, node: "LexborNode", pieces: list[Piece], inner: list["LexborNode"], depth: int
    ) -> None:
        """The text of an item without the lists and tables in it, which go to `inner`."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                pieces += self._positions.pieces(child.text_content or "", _end(pieces))
            elif tag in _LISTS or tag == "table":
                inner.append(child)
            elif depth < _MAX_DEPTH and not _is_chrome(child):
                if tag in _CONTAINERS or tag in _HEADINGS or tag == "br":
                    _separate(pieces, " ")
                self._item_text(child, pieces, inner, depth + 1)
                if tag in _CONTAINERS:
                    _separate(pieces, " ")

    def _add_definitions(self, node: "LexborNode") -> None:
        found: list[tuple[list[Text], list[Text]]] = []
        for entry in node.css("dt, dd"):
            text = self._text(entry, ", ")
            if text is None or _closest(entry, "dl") != node.mem_id:
                continue
            if entry.tag == "dt":
                if not found or found[-1][1]:
                    found.append(([], []))
                found[-1][0].append(text)
            elif found:
                found[-1][1].append(text)
        entries = [
            (key, value) for terms, values in found for key in terms if (value := joined(values, ", "))
        ]
        if entries:
            self._outline.add(KeyValues((), tuple(entries)))

    def _add_table(self, node: "LexborNode") -> None:
        caption_node = next((child for child in node.iter() if child.tag == "caption"), None)
        caption = None if caption_node is None else self._text(caption_node)
        rows = _rows(node)
        if found := self._infobox(rows):
            self._outline.add(KeyValues((), found))
            return
        grid = [tuple(row) for row in self._grid(rows)]
        count = 0
        while count < len(rows) and (rows[count].in_head or _is_heading_row(rows[count].cells)):
            count += 1
        if count == len(rows):
            count = min(count, 1)
        block = table_or_pairs(grid[:count], grid[count:], caption)
        if block is not None:
            self._outline.add(block)

    def _infobox(self, rows: Sequence["_TableRow"]) -> tuple[tuple[Text, Text], ...]:
        """The pairs of a table whose rows are one heading cell and one other; empty for any other table."""
        found = []
        for row in rows:
            cells = [cell for cell in row.cells if cell.tag in ("th", "td")]
            if len(cells) > 2 or row.in_head:
                return ()
            if len(cells) < 2:
                continue
            left, right = cells
            if not _is_heading_cell(left) or (right.tag == "th" or _is_heading_cell(right) and not found):
                return ()
            key, value = self._text(left), self._text(right, ", ")
            if key and value:
                found.append((_without_colon(key), value))
        return tuple(found)

    def _grid(self, rows: Sequence["_TableRow"]) -> list[list[Text | None]]:
        """The cells by position, a spanning cell repeated in each position it covers within its row group."""
        grid: list[dict[int, Text | None]] = [{} for _ in rows]
        filled = 0
        for position, row in enumerate(rows):
            column = 0
            for cell in row.cells:
                while column in grid[position]:
                    column += 1
                text = self._text(cell)
                height = _span(cell, "rowspan") or len(rows)
                width = _span(cell, "colspan") or 1
                for below in range(position, min(position + height, len(rows))):
                    if rows[below].group != row.group or filled > _MAX_CELLS:
                        break
                    for across in range(column, column + width):
                        grid[below].setdefault(across, text)
                        filled += 1
                column += width
        return [[row.get(column) for column in range(max(row, default=-1) + 1)] for row in grid]
