"""E-books (.epub, EPUB 2 and 3): the chapters in reading order, each read as the page of HTML that it is."""

import posixpath
from collections.abc import Iterator
from itertools import takewhile
from xml.etree.ElementTree import Element

from chatbot.documents import html
from chatbot.documents.extracted import DAMAGED, Extraction, Unreadable
from chatbot.documents.model import Block, KeyValues, ListBlock, Paragraph, Table, Text
from chatbot.documents.outline import Draft
from chatbot.documents.package import Package, inside
from chatbot.documents.transcript import Transcript

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})


def extract(data: bytes) -> Extraction:
    """Raises `Unreadable`, for books under a lock (DRM) too."""
    package = Package(data)
    rootfile = next(package.xml(_CONTAINER).iter("rootfile"), None)
    main = "" if rootfile is None else rootfile.get("full-path", "")
    book = package.xml(main)
    pages = list(_pages(book, posixpath.dirname(main)))
    if _ENCRYPTION in package:
        locked = {inside("", each.get("URI", "")) for each in package.xml(_ENCRYPTION).iter("CipherReference")}
        if not locked.isdisjoint(pages):
            raise Unreadable("is under a lock (DRM) and can only be read in its seller's program.")
    reading = _Reading((book.findtext("metadata/title") or "").strip())
    for page in pages:
        if page not in package:
            raise Unreadable(DAMAGED)
        reading.add_chapter(html.read(_decoded(package.read(page))))
    return reading.extraction()


def _pages(book: Element, folder: str) -> Iterator[str]:
    """The members that hold the text, in reading order, without the table of contents."""
    items = {item.get("id", ""): item for item in book.iterfind("manifest/item")}
    for reference in book.iterfind("spine/itemref"):
        item = items.get(reference.get("idref", ""))
        if item is not None and item.get("media-type") in _PAGES and "nav" not in item.get("properties", "").split():
            yield inside(folder, item.get("href", ""))


def _decoded(data: bytes) -> str:
    """EPUB allows UTF-8 and UTF-16 only; what is neither loses the characters that are wrong."""
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return data.decode(encoding, "replace")


class _Reading:
    """Writes the clean text of chapters into one transcript."""

    def __init__(self, title: str) -> None:
        self._transcript = Transcript()
        self._title = self._transcript.write(title)
        self._section: tuple[str, ...] = ()
        self._blocks: list[Block] = []

    def extraction(self) -> Extraction:
        return self._transcript.extraction(Draft(tuple(self._blocks), self._title))

    def add_chapter(self, chapter: Draft) -> None:
        name = chapter.title.text if chapter.title else ""
        is_named = name and (self._title is None or name.casefold() != self._title.text.casefold())
        for block in chapter.blocks:
            if isinstance(block, KeyValues) and block.origin == "metadata":
                continue
            section = (name, *block.section) if is_named else block.section
            self._write_headings(section)
            self._add(section, block)

    def _write_headings(self, section: tuple[str, ...]) -> None:
        """The headings that have changed, so that the text reads as the book does."""
        if section != self._section:
            pairs = zip(section, self._section, strict=False)
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            for heading in section[same:]:
                self._transcript.write(heading)
            self._section = section

    def _add(self, section: tuple[str, ...], block: Block) -> None:
        match block:
            case Paragraph(_, text):
                self._blocks.append(Paragraph(section, self._transcript.copy(text)))
            case ListBlock(_, items, depths):
                self._blocks.append(ListBlock(section, tuple(map(self._transcript.copy, items)), depths))
            case KeyValues(_, pairs):
                written = tuple(
                    (self._transcript.copy(key, ": "), self._transcript.copy(value)) for key, value in pairs
                )
                self._blocks.append(KeyValues(section, written))
            case Table(_, header, rows, caption):
                shown = None if caption is None else self._transcript.copy(caption)
                body = tuple(self._rows((*header, *rows)))
                self._blocks.append(Table(section, body[: len(header)], body[len(header) :], shown))

    def _rows(self, rows: tuple[tuple[Text | None, ...], ...]) -> Iterator[tuple[Text | None, ...]]:
        """The rows of a table, a cell that covers several positions written once."""
        written: dict[Text, Text] = {}
        for row in rows:
            last = max((number for number, cell in enumerate(row) if cell), default=-1)
            cells: list[Text | None] = []
            for number, cell in enumerate(row):
                if cell is not None and cell not in written:
                    written[cell] = self._transcript.copy(cell, "\n" if number == last else " | ")
                cells.append(None if cell is None else written[cell])
            yield tuple(cells)
