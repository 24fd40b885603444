"""HTML: what a reader of the page would read, without its scripts, styles and navigation."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chatbot.documents.htmlsource import PlacedTree
from chatbot.documents.htmltables import is_layout, read_table
from chatbot.documents.model import KeyValues, Paragraph, Text
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import definition_blocks, list_or_pairs, pairs
from chatbot.documents.textmap import Piece, joined, separate, text_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


_METADATA = frozenset({"subject", "as_of", "as-of", "date"})
_DROPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "head"),
        *("nav", "footer", "form", "button", "select", "option", "input", "textarea", "dialog", "menu"),
        *("svg", "iframe", "object", "canvas", "audio", "video"),
    }
)
_DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_DROPPED_CLASSES = frozenset(
    {
        *("mw-editsection", "mw-jump-link", "reference", "noprint", "navbox", "toc"),
        *("breadcrumb", "breadcrumbs", "sr-only", "visually-hidden"),
    }
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol"})
_CONTAINERS = frozenset(
    {
        *("html", "body", "main", "article", "section", "header", "aside", "nav", "footer", "hgroup"),
        *("div", "p", "blockquote", "center", "figure", "figcaption", "address", "pre", "hr"),
        *("details", "summary", "fieldset", "legend", "form", "dialog", "menu"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("ul", "ol", "li", "dl", "dt", "dd"),
        *_HEADINGS,
    }
)
# What makes a <header> or <aside> more than a row of links.
_CONTENT = "p, dl, table, blockquote, figure"
_MAX_DEPTH = 300


def read(source: str) -> Draft:
    """Never fails: browsers, and so the parser, read anything as a page."""
    return _Page(source).draft()


class _Page:
    """One reading of one page."""

    def __init__(self, source: str) -> None:
        self._outline = Outline()
        self._tree = PlacedTree(source)
        self._lines: list[list[Piece]] = [[]]
        """The text since the last block, parted at <br>."""
        self._title_id = -1
        """Which element is the title, and so is no heading."""

    def draft(self) -> Draft:
        self._add_metadata()
        self._find_title()
        mains = self._tree.css("main")
        top = mains[0] if len(mains) == 1 else self._tree.body
        if top is not None:
            self._walk(top, 0)
            self._flush()
        return self._outline.draft()

    def _add_metadata(self) -> None:
        named = [(text_of(name), text_of(content)) for name, content in self._tree.metadata()]
        known = [(name, value) for name, value in named if name and value and name.text.lower() in _METADATA]
        if known:
            self._outline.add(KeyValues((), tuple(known), "metadata"))

    def _find_title(self) -> None:
        """The only <h1>, wherever it is; else what the page's <title> says."""
        headings = [node for node in self._tree.css("h1") if self._text(node)]
        if len(headings) == 1:
            self._title_id = headings[0].mem_id
            self._outline.entitle(self._text(headings[0]))
        elif titles := self._tree.css("head > title"):
            self._outline.entitle(self._text(titles[0]))

    def _walk(self, node: "LexborNode", depth: int) -> None:
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._tree.add_text(child, self._lines[-1])
            elif tag == "br":
                self._lines.append([])
            elif _is_dropped(child) or child.mem_id == self._title_id:
                if tag in _CONTAINERS:
                    self._flush()
            elif (add := self._block_reader(tag, child)) is not None:
                self._flush()
                add(child)
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
        if tag == "table" and not is_layout(node):
            return self._add_table
        return None

    def _flush(self) -> None:
        lines = [text for line in self._lines if (text := text_of(line))]
        self._lines = [[]]
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
        between = " "
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._tree.add_text(child, pieces)
            elif tag == "br":
                separate(pieces, line_break)
            elif depth < _MAX_DEPTH and not _is_dropped(child):
                is_block = tag in _CONTAINERS
                if is_block:
                    separate(pieces, between)
                    between = ", " if tag == "li" else " "
                self._flatten(child, pieces, line_break, depth + 1)
                if is_block and tag != "li":
                    separate(pieces, " ")

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
        for item in node.iter(include_text=True):
            if _is_dropped(item) or depth >= _MAX_DEPTH:
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

    def _item_text(self, node: "LexborNode", pieces: list[Piece], inner: list["LexborNode"], depth: int) -> None:
        """The text of an item without the lists and tables in it, which go to `inner`."""
        if node.tag == "-text":
            self._tree.add_text(node, pieces)
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag in _LISTS or tag == "table":
                inner.append(child)
            elif depth < _MAX_DEPTH and not _is_dropped(child):
                is_block = tag in _CONTAINERS or tag == "br"
                if is_block:
                    separate(pieces, " ")
                self._item_text(child, pieces, inner, depth + 1)
                if is_block:
                    separate(pieces, " ")

    def _add_definitions(self, node: "LexborNode") -> None:
        entries = [
            (entry.tag == "dt", text)
            for entry in node.css("dt, dd")
            if _list_around(entry) == node.mem_id and (text := self._text(entry, ", "))
        ]
        self._outline.add(*definition_blocks(entries))

    def _add_table(self, node: "LexborNode") -> None:
        self._outline.add(*read_table(node, self._text))


def _is_dropped(node: "LexborNode") -> bool:
    """Whether an element is hidden, a note mark, or there to move about the site."""
    if node.tag == "-text":
        return False
    if node.tag in _DROPPED or node.tag == "-comment":
        return True
    if node.tag in ("header", "aside") and node.css_first("a") is not None and node.css_first(_CONTENT) is None:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    is_hidden = "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower()
    classes = set((attributes.get("class") or "").split())
    return is_hidden or attributes.get("role") in _DROPPED_ROLES or not classes.isdisjoint(_DROPPED_CLASSES)


def _list_around(entry: "LexborNode") -> int:
    """The identity of the nearest <dl> around an entry."""
    above = entry.parent
    while above is not None and above.tag != "dl":
        above = above.parent
    return above.mem_id if above is not None else -1
