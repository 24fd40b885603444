"""MediaWiki text: headings, infoboxes, tables, lists; links and styles taken off, notes left out."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from chatbot.documents import plain
from chatbot.documents.grid import SpanCell, SpanRow, grid_blocks, span
from chatbot.documents.lines import depths_of
from chatbot.documents.model import Block, KeyValues, Paragraph, Text
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import definition_blocks, list_or_pairs, pairs
from chatbot.documents.textmap import Piece, joined, text_of
from chatbot.documents.wikitext import (
    Inline,
    contents_start,
    is_unshown,
    parameters,
    placed,
    tag_name,
    template_name,
)

if TYPE_CHECKING:
    from mwparserfromhell.nodes import Node, Tag, Template
    from mwparserfromhell.wikicode import Wikicode

_BLOCK_TAGS = frozenset(
    ("div", "center", "blockquote", "p", "section", "ul", "ol", "onlyinclude", "noinclude", "includeonly")
)
_FILE_NAME = re.compile(r"\S.*\.(?:jpe?g|png|svg|gif|webp|tiff?)", re.IGNORECASE)
# Parameters that say how a box looks.
_LAYOUT_KEY = re.compile(r".*(?:style|class|size|width|upright|alt|align|colou?r|background)", re.IGNORECASE)


def read(source: str) -> Draft:
    """Never fails: what is not recognised is a paragraph."""
    import mwparserfromhell

    # The parser knows one kind of line end; a space before it changes nothing and keeps every place.
    written = source.replace("\r\n", " \n").replace("\r", "\n")
    parsed = mwparserfromhell.parse(written)
    if str(parsed) != written:
        return plain.read(source)
    return _Page(written).draft(parsed)


class _Line(msgspec.Struct):
    """A line: the marks it begins with ("**", ":"), and its text, parted at <br>."""

    marks: str
    parts: list[list[Piece]]

    def texts(self) -> list[Text]:
        return [text for part in self.parts if (text := text_of(part))]

    def has_text(self) -> bool:
        return any(piece.text.strip() for part in self.parts for piece in part)


class _Page:
    """One reading of one page."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._outline = Outline()
        self._lines = [_Line("", [[]])]
        """The lines since the last heading, table or box; the last of them is being read."""
        self._name: Text | None = None
        """What the first infobox is about."""

    def draft(self, parsed: "Wikicode") -> Draft:
        self._walk(parsed, 0)
        self._flush()
        draft = self._outline.draft()
        return draft if draft.title else msgspec.structs.replace(draft, title=self._name)

    def _walk(self, wikicode: "Wikicode", start: int) -> None:
        from mwparserfromhell import nodes

        for node, at in placed(wikicode, start):
            match node:
                case nodes.Heading():
                    self._flush()
                    self._outline.heading(node.level, self._text(node.title, at + node.level))
                case nodes.Text():
                    self._add_text(at, at + len(str(node)))
                case nodes.Tag():
                    self._add_tag(node, at)
                case nodes.Template() if self._is_at_line_start() and (box := self._box(node, at)):
                    self._flush()
                    self._outline.add(box)
                case _:
                    self._add_inline(node, at)

    def _is_at_line_start(self) -> bool:
        return not self._lines[-1].marks and not self._lines[-1].has_text()

    def _text(self, wikicode: "Wikicode", start: int, line_break: str = " ") -> Text | None:
        inline = Inline(self._source, line_break)
        inline.add(wikicode, start)
        return text_of(inline.pieces)

    def _add_inline(self, node: "Node", start: int) -> None:
        inline = Inline(self._source)
        inline.add_node(node, start)
        self._lines[-1].parts[-1].extend(inline.pieces)

    def _add_text(self, start: int, end: int) -> None:
        for position, line in enumerate(self._source[start:end].split("\n")):
            if position:
                self._lines.append(_Line("", [[]]))
            inline = Inline(self._source)
            inline.add_text(start, start + len(line))
            self._lines[-1].parts[-1].extend(inline.pieces)
            start += len(line) + 1

    def _add_tag(self, tag: "Tag", start: int) -> None:
        name = tag_name(tag)
        if name == "table":
            self._flush()
            self._outline.add(*self._table(tag, start))
        elif name == "hr":
            self._flush()
        elif name == "br":
            self._lines[-1].parts.append([])
        elif name in ("li", "dt", "dd"):
            self._begin_item(tag, start)
        elif name in _BLOCK_TAGS and tag.contents is not None:
            self._flush()
            self._walk(tag.contents, contents_start(tag, start))
            self._flush()
        else:
            self._add_inline(tag, start)

    def _begin_item(self, tag: "Tag", start: int) -> None:
        if not tag.wiki_markup:
            self._lines.append(_Line("*", [[]]))
            self._walk(tag.contents, contents_start(tag, start))
        elif self._lines[-1].has_text():
            # The definition on the line of its term, "; term : definition".
            self._lines.append(_Line(tag.wiki_markup, [[]]))
        else:
            self._lines[-1].marks += tag.wiki_markup

    def _flush(self) -> None:
        """Add the blocks that the lines so far make."""
        lines, self._lines = self._lines, [_Line("", [[]])]
        for kind, members in groupby(lines, key=_kind):
            if kind == "items":
                self._add_items(list(members))
            elif kind == "definitions":
                entries = [(line.marks.endswith(";"), text) for line in members if (text := joined(line.texts()))]
                self._outline.add(*definition_blocks(entries))
            elif kind == "prose":
                self._add_prose([text for line in members for text in line.texts()])

    def _add_items(self, lines: Sequence[_Line]) -> None:
        items = [(text, len(line.marks)) for line in lines if (text := joined(line.texts()))]
        if items:
            depths = depths_of([depth for _, depth in items])
            self._outline.add(list_or_pairs([text for text, _ in items], depths))

    def _add_prose(self, texts: Sequence[Text]) -> None:
        found = pairs(texts)
        if len(texts) > 1 and len(found) == len(texts):
            self._outline.add(KeyValues((), found))
        elif text := joined(texts):
            self._outline.add(Paragraph((), text))

    def _box(self, template: "Template", start: int) -> KeyValues | None:
        """The named parameters of an infobox, or of any template that has little else."""
        name = template_name(template)
        if is_unshown(name):
            return None
        found = []
        for key, key_at, value, at in parameters(template, start):
            written = str(value).strip()
            if key is None and written and "infobox" not in name:
                return None
            if key is None or _LAYOUT_KEY.fullmatch(str(key).strip()) or _FILE_NAME.fullmatch(written):
                continue
            key_text = text_of([Piece(str(key).replace("_", " "), key_at, key_at + len(str(key)))])
            value_text = self._text(value, at, ", ")
            if key_text and value_text:
                found.append((key_text, _without_bullet(value_text)))
                if self._name is None and "infobox" in name and key_text.text.lower() in ("name", "title"):
                    self._name = value_text
        is_box = len(found) > 1 or (found and "infobox" in name)
        return KeyValues((), tuple(found)) if is_box else None

    def _table(self, table: "Tag", start: int) -> list[Block]:
        caption: Text | None = None
        rows: list[list[tuple[Tag, int]]] = [[]]
        for tag, at in _tags(table, start):
            if _is_caption(tag, self._source, at):
                caption = self._caption(tag, at)
            elif tag_name(tag) == "tr":
                rows.append([(cell, cell_at) for cell, cell_at in _tags(tag, at) if tag_name(cell) in ("td", "th")])
            elif tag_name(tag) in ("td", "th"):
                rows[-1].append((tag, at))
        # The lines of a value are members of a list; in a table of data they are one wrapped text.
        line_break = ", " if all(len(cells) <= 2 for cells in rows) else " "
        spanning = [SpanRow(tuple(self._cell(*cell, line_break) for cell in cells)) for cells in rows if cells]
        return grid_blocks(spanning, caption)

    def _caption(self, tag: "Tag", start: int) -> Text | None:
        text = self._text(tag.contents, contents_start(tag, start))
        if text is None or not text.text.startswith("+"):
            return text
        shown = text.text[1:].lstrip()
        return text.slice(len(text.text) - len(shown), len(text.text)) if shown else None

    def _cell(self, cell: "Tag", start: int, line_break: str) -> SpanCell:
        text = self._text(cell.contents, contents_start(cell, start), line_break)
        sizes = {str(attribute.name).strip().lower(): span(str(attribute.value or "")) for attribute in cell.attributes}
        is_heading = tag_name(cell) == "th" or _is_bold(cell.contents)
        return SpanCell(text, is_heading, sizes.get("colspan", 1), sizes.get("rowspan", 1))


def _without_bullet(value: Text) -> Text:
    """A list that begins right after the equals sign is not known to the parser as one."""
    return value.slice(2, len(value.text)) if value.text.startswith("* ") else value


def _kind(line: _Line) -> str:
    if not line.marks:
        return "prose" if line.has_text() else "blank"
    return "definitions" if set(line.marks) <= set(";:") else "items"


def _tags(parent: "Tag", start: int) -> "Iterator[tuple[Tag, int]]":
    """The tags right below a tag at `start`, each with its place."""
    from mwparserfromhell.nodes import Tag

    for node, at in placed(parent.contents, contents_start(parent, start)):
        if isinstance(node, Tag):
            yield node, at


def _is_caption(tag: "Tag", source: str, start: int) -> bool:
    """To the parser `|+ caption` is a cell that begins with a plus sign."""
    return tag_name(tag) == "caption" or (bool(tag.wiki_markup) and source.startswith("|+", start))


def _is_bold(contents: "Wikicode") -> bool:
    from mwparserfromhell.nodes import Tag

    inside = [node for node in contents.nodes if str(node).strip()]
    return len(inside) == 1 and isinstance(inside[0], Tag) and tag_name(inside[0]) in ("b", "strong")
