"""Word files (.docx, ECMA-376 part 1, section 17): headings and lists by their styles, tables, what changes inserted.

Read here and not with python-docx, which leaves out tracked insertions and content controls, knows no strict
files, and unpacks whatever it is given.
"""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

import msgspec

from chatbot.documents.extracted import DAMAGED, Extraction, Unreadable
from chatbot.documents.package import Package
from chatbot.documents.transcript import Cell, Flow, Transcript

_MAIN = "word/document.xml"
_LEFT_OUT = frozenset({"del", "moveFrom", "instrText", "delText", "footnoteReference", "rPr", "pPr", "Fallback"})
"""Deleted text, codes of fields, marks of notes, and the second telling of what older programs cannot show."""
_TRANSPARENT = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_HEADING = re.compile(r"heading\s?([1-9])")
_LIST = re.compile(r"list (?:bullet|number|continue)\s?([2-9])?")
_TITLE_LEVEL = 0
_LEVELS = 9
_NO_LIST = "0"


class _Style(msgspec.Struct):
    """What a style says of paragraphs, or None where it leaves that to the style it is based on."""

    based_on: str | None = None
    level: int | None = None
    depth: int | None = None


def extract(data: bytes) -> Extraction:
    """Raises `Unreadable`."""
    package = Package(data)
    main = package.first("", "officeDocument") or _MAIN
    body = package.xml(main).find("body")
    if body is None:
        raise Unreadable(DAMAGED)
    styles_part = package.first(main, "styles")
    return _Reading(_styles(package.xml(styles_part)) if styles_part else {}).extraction(body)


def _styles(root: Element) -> dict[str, _Style]:
    found = {}
    for style in root.iter("style"):
        name = _value(style.find("name")).lower()
        level, depth = _outline_level(style), _list_depth(style)
        if heading := _HEADING.fullmatch(name):
            level = int(heading[1])
        elif name == "title":
            level = _TITLE_LEVEL
        elif listed := _LIST.fullmatch(name):
            depth = int(listed[1] or 1) - 1
        found[style.get("styleId", "")] = _Style(_value(style.find("basedOn")) or None, level, depth)
    return found


class _Reading:
    def __init__(self, styles: dict[str, _Style]) -> None:
        self._styles = styles
        self._transcript = Transcript()
        self._flow = Flow(self._transcript)
        self._has_title = False

    def extraction(self, body: Element) -> Extraction:
        self._walk(body)
        return self._transcript.extraction(self._flow.draft())

    def _walk(self, parent: Element) -> None:
        for child in parent:
            if child.tag == "p":
                self._add_paragraph(child)
            elif child.tag == "tbl":
                self._add_table(child)
            elif child.tag in _TRANSPARENT:
                self._walk(child)

    def _add_paragraph(self, paragraph: Element) -> None:
        text = _text(paragraph)
        if text.strip():
            level, depth = self._level(paragraph), self._depth(paragraph)
            if level == _TITLE_LEVEL and not self._has_title:
                self._has_title = True
                self._flow.title(text)
            elif level is not None:
                self._flow.heading(max(level, 1), text)
            elif depth is not None:
                self._flow.item(text, depth)
            else:
                for line in text.split("\n"):
                    self._flow.paragraph(line)
        for box in _boxes(paragraph):
            self._walk(box)

    def _add_table(self, table: Element) -> None:
        rows = [list(_inside(row, "tc")) for row in _inside(table, "tr")]
        if sum(map(len, rows)) == 1:  # a frame around what is in it
            self._walk(rows[0][0])
        else:
            self._flow.table(_cells(rows))

    def _level(self, paragraph: Element) -> int | None:
        """Of a heading: 1 outermost, 0 for the title."""
        own = _outline_level(paragraph)
        return own if own is not None else self._styled(paragraph, "level")

    def _depth(self, paragraph: Element) -> int | None:
        """Of an item, 0 outermost."""
        if _value(paragraph.find("pPr/numPr/numId")) == _NO_LIST:
            return None
        own = _list_depth(paragraph)
        return own if own is not None else self._styled(paragraph, "depth")

    def _styled(self, paragraph: Element, what: str) -> int | None:
        name: str | None = _value(paragraph.find("pPr/pStyle"))
        for _ in range(len(self._styles)):  # styles may be based on each other in a circle
            style = self._styles.get(name or "")
            if style is None:
                break
            found: int | None = getattr(style, what)
            if found is not None:
                return found
            name = style.based_on
        return None


def _cells(rows: Sequence[Sequence[Element]]) -> Iterator[list[Cell]]:
    """Rows of cells, each cell that covers several rows given once, with their number."""
    placed = [list(_placed(row)) for row in rows]
    for number, row in enumerate(placed):
        cells = []
        for column, width, cell in row:
            merge = cell.find("tcPr/vMerge")
            if merge is not None and merge.get("val", "continue") == "continue" and number:
                continue
            height = 1
            while merge is not None and _continues(placed, number + height, column):
                height += 1
            cells.append(Cell(" ".join(_texts(cell)), _is_bold(cell), width, height))
        yield cells


def _placed(row: Sequence[Element]) -> Iterator[tuple[int, int, Element]]:
    """Each cell with its column and how many it covers."""
    column = 0
    for cell in row:
        width = _number(_value(cell.find("tcPr/gridSpan"))) or 1
        yield column, width, cell
        column += width


def _continues(placed: Sequence[Sequence[tuple[int, int, Element]]], number: int, column: int) -> bool:
    if number >= len(placed):
        return False
    merges = (cell.find("tcPr/vMerge") for at, _, cell in placed[number] if at == column)
    return any(merge is not None and merge.get("val", "continue") == "continue" for merge in merges)


def _texts(cell: Element) -> Iterator[str]:
    """The paragraphs of a cell, those of tables inside it too."""
    for paragraph in cell.iter("p"):
        if text := _text(paragraph).strip():
            yield text


def _is_bold(cell: Element) -> bool:
    """Whether every word of a cell is set in bold."""
    runs = [run for run in cell.iter("r") if any((text.text or "").strip() for text in run.iter("t"))]
    return bool(runs) and all(_is_on(run.find("rPr/b")) for run in runs)


def _text(paragraph: Element) -> str:
    return "".join(_pieces(paragraph))


def _pieces(parent: Element) -> Iterator[str]:
    for child in parent:
        match child.tag:
            case "t":
                yield child.text or ""
            case "tab" | "ptab":
                yield " "
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "r" if _is_on(child.find("rPr/vanish")):
                pass
            case "txbxContent":
                pass  # a box beside the paragraph, read after it
            case tag if tag not in _LEFT_OUT:
                yield from _pieces(child)


def _boxes(parent: Element) -> Iterator[Element]:
    """Text boxes anchored in a paragraph."""
    for child in parent:
        if child.tag == "txbxContent":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _boxes(child)


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """The children of a kind, those in content controls and insertions too."""
    for child in parent:
        if child.tag == tag:
            if child.find("trPr/del") is None:
                yield child
        elif child.tag in _TRANSPARENT:
            yield from _inside(child, tag)


def _outline_level(element: Element) -> int | None:
    written = _value(element.find("pPr/outlineLvl"))
    level = _number(written)
    return level + 1 if written and level < _LEVELS else None


def _list_depth(element: Element) -> int | None:
    numbering = element.find("pPr/numPr")
    if numbering is None or _value(numbering.find("numId")) == _NO_LIST:
        return None
    return _number(_value(numbering.find("ilvl")))


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get("val", "true") not in ("0", "false", "off")


def _value(element: Element | None) -> str:
    return "" if element is None else element.get("val", "")


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 5 else 0
