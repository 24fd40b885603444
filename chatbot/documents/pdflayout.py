"""Lines, headings, paragraphs, lists and tables out of text that is merely painted on pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile
from statistics import median

import msgspec

from chatbot.documents.extracted import Extraction
from chatbot.documents.lines import BULLET, depths_of
from chatbot.documents.model import Text
from chatbot.documents.textmap import joined
from chatbot.documents.transcript import Cell, Flow, Transcript


class Chunk(msgspec.Struct, frozen=True):
    """Text painted at one go. Positions and sizes are in points (1/72 inch), from the lower left of the page."""

    text: str
    x: float
    y: float
    size: float
    is_bold: bool

    @property
    def end(self) -> float:
        """About where it ends, if it is set in a type of the usual widths."""
        return self.x + self.size * sum(_WIDTHS.get(character, _WIDTH) for character in self.text.strip())


class Line(msgspec.Struct):
    """Chunks at one height of a page."""

    page: int
    y: float
    chunks: list[Chunk]

    @property
    def text(self) -> str:
        return "".join(chunk.text for chunk in self.chunks).strip()

    @property
    def x(self) -> float:
        return min(chunk.x for chunk in self.chunks)

    @property
    def size(self) -> float:
        return max(self.chunks, key=lambda chunk: len(chunk.text)).size

    @property
    def is_bold(self) -> bool:
        return all(chunk.is_bold for chunk in self.chunks)

    def cells(self) -> list[Chunk]:
        """The chunks, those of one cell as one: a wide gap parts cells."""
        found: list[Chunk] = []
        for chunk in sorted(self.chunks, key=lambda chunk: chunk.x):
            if found and chunk.x - found[-1].end < _CELL_GAP * chunk.size:
                last = found[-1]
                found[-1] = Chunk(last.text + chunk.text, last.x, last.y, last.size, last.is_bold and chunk.is_bold)
            else:
                found.append(chunk)
        return found


_WIDTH = 0.53
_WIDTHS = (
    dict.fromkeys("ijlIft.,;:'|!()[] -", 0.29) | dict.fromkeys("mwMW%@", 0.85) | dict.fromkeys("ABCDEGHKNOQRUVXY", 0.7)
)
"""How wide characters are in Helvetica and its kin, as shares of their size."""
_CELL_GAP = 1.2
_SAME_LINE = 0.4
"""Of its size, how far a chunk may lie above or below its line."""
_LOOK_BACK = 6
"""Lines of one cell after which the next cell of the row may begin."""
_EDGE_LINES = 3
"""Lines at either end of a page that may be its running header or footer."""
_REPEATED = 3
_SAME_PLACE = 4.0
_HEADING_SIZE = 1.12
"""How much larger than the running text a heading is set, unless it is bold."""
_MOST_HEADING_WORDS = 20
_MOST_BOLD_WORDS = 12
_PARAGRAPH_GAP = 1.3
"""How many times the usual distance of lines parts paragraphs."""
_INDENT = 0.8

_PAGE_NUMBER = re.compile(r"\W*(?:page\s+)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.I)
_LEADER = re.compile(r"(?:\.\s?){5,}\s*\w{1,5}$")
_SYMBOL_BULLET = re.compile(r"[\uf0b7\uf0a7\uf0d8\u25cf\u25cb\u25aa\u25a0]\s*")
_HYPHEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOPS = '.!?:;"”)'


def laid_out(pages: Sequence[Sequence[Chunk]], problem: str) -> Extraction:
    """The text of pages in reading order, which is taken to be the order they were painted in."""
    lines = [line for number, chunks in enumerate(pages, 1) for line in _lines(number, chunks)]
    return _Layout(_without_furniture(lines)).extraction(problem)


def _lines(page: int, chunks: Iterable[Chunk]) -> list[Line]:
    """Chunks as lines. A chunk beside one of the last few lines belongs to it: tables are often painted by cells."""
    found: list[Line] = []
    for chunk in _single_lines(chunks):
        reach = _SAME_LINE * chunk.size
        if found and abs(found[-1].y - chunk.y) <= reach:
            found[-1].chunks.append(chunk)
            continue
        beside = (
            line for line in found[-_LOOK_BACK:-1] if abs(line.y - chunk.y) <= reach and line.chunks[-1].end < chunk.x
        )
        line = next(beside, None)
        if line is None:
            found.append(Line(page, chunk.y, [chunk]))
        else:
            line.chunks.append(chunk)
    return found


def _single_lines(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        for number, text in enumerate(chunk.text.split("\n")):
            if text.strip():
                yield msgspec.structs.replace(chunk, text=text, y=chunk.y - number * 1.2 * chunk.size)


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines without running headers, footers and page numbers: outermost on their pages, and the same on several.

    Left out, too, are the lines of a table of contents, with their dots between heading and page.
    """
    edges = []
    for _, page in groupby(lines, key=lambda line: line.page):
        by_height = sorted(page, key=lambda line: line.y)
        # A page of few lines has none that are at both its ends.
        edges += [by_height[:_EDGE_LINES], by_height[_EDGE_LINES:][: -1 - _EDGE_LINES : -1]]
    repeated = Counter(_furniture_key(line) for edge in edges for line in edge)
    furniture: set[int] = set()
    for edge in edges:
        furniture.update(id(line) for line in takewhile(lambda line: _is_furniture(line, repeated), edge))
    return [line for line in lines if id(line) not in furniture and not _LEADER.search(line.text)]


def _is_furniture(line: Line, repeated: Mapping[tuple[str, int], int]) -> bool:
    words, height = _furniture_key(line)
    times = sum(repeated.get((words, height + step), 0) for step in (-1, 0, 1))
    is_numbered = words.startswith("#") or words.endswith("#")
    return times >= (2 if is_numbered else _REPEATED) or _PAGE_NUMBER.fullmatch(line.text) is not None


def _furniture_key(line: Line) -> tuple[str, int]:
    """What is the same of a running line on every page: its words without numbers, and its height."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / _SAME_PLACE)


class _Layout:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._transcript = Transcript()
        self._flow = Flow(self._transcript)
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[_rounded(line.size)] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 0.0
        larger = sorted((size for size in sizes if size >= _HEADING_SIZE * self._body), reverse=True)
        self._levels = {size: level for level, size in enumerate(larger, 1)}
        gaps = [above.y - below.y for above, below in pairwise(lines) if above.page == below.page]
        self._leading = median([gap for gap in gaps if 0 < gap < 4 * self._body] or [1.2 * self._body])
        self._words = {word for line in lines for word in _WORD.findall(line.text)}

    def extraction(self, problem: str) -> Extraction:
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            self._transcript.at(f"p. {line.page}")
            for add in (self._table, self._heading, self._list, self._paragraph):
                count = add(at)
                if count:
                    at += count
                    break
        return self._transcript.extraction(self._flow.draft(), problem)

    def _table(self, at: int) -> int:
        """Add the table that begins at a line and say how many lines it has, 0 if none begins there."""
        rows = [self._lines[at].cells()]
        if len(rows[0]) < 2:
            return 0
        end = at + 1
        while end < len(self._lines) and self._lines[end].page == self._lines[at].page:
            cells = self._lines[end].cells()
            if self._lines[end - 1].y - self._lines[end].y > 3 * self._leading or not _fits(cells, rows):
                break
            rows.append(cells)
            end += 1
        while len(rows) > 1 and len(rows[-1]) < 2:
            rows.pop()
        full = [row for row in rows if len(row) > 1]
        bands = _bands(rows)
        if len(bands) < 2 or len(full) < (2 if len(bands) > 2 else 3) or len(full) < 0.5 * len(rows):
            return 0
        self._flow.table(self._table_rows(rows, bands))
        return len(rows)

    def _table_rows(
        self, rows: Sequence[Sequence[Chunk]], bands: Sequence[tuple[float, float]]
    ) -> Iterator[list[Cell]]:
        """The rows by columns; a line that leaves the first column blank continues the row above."""
        grid: list[list[Chunk | None]] = []
        for row in rows:
            placed: list[Chunk | None] = [None] * len(bands)
            for cell in row:
                placed[_band(cell, bands)] = cell
            if grid and placed[0] is None:
                grid[-1] = [_appended(above, below) for above, below in zip(grid[-1], placed, strict=True)]
            else:
                grid.append(placed)
        for number, cells in enumerate(grid):
            is_heading = number == 0 and all(cell.is_bold for cell in cells if cell)
            yield [Cell(cell.text.strip(), is_heading) if cell else Cell("", is_heading) for cell in cells]

    def _heading(self, at: int) -> int:
        level = self._heading_level(at)
        if not level:
            return 0
        end = at + 1
        while end < len(self._lines) and self._is_same_heading(at, end, level):
            end += 1
        text = " ".join(line.text for line in self._lines[at:end])
        if len(text.split()) > _MOST_HEADING_WORDS:
            return 0
        self._flow.heading(level, text)
        return end - at

    def _is_same_heading(self, at: int, end: int, level: int) -> bool:
        """Whether a line goes on with the heading that begins at `at`."""
        above, line = self._lines[end - 1], self._lines[end]
        gap = above.y - line.y
        is_near = above.page == line.page and 0 < gap < 1.6 * line.size
        return is_near and abs(above.size - line.size) < 0.5 and self._heading_level(end) == level

    def _heading_level(self, at: int) -> int:
        """1 for the largest type; bold lines of the size of the text come last; 0 for what is no heading."""
        line = self._lines[at]
        text = line.text
        if sum(map(str.isalpha, text)) < 2 or text[-1] in ".,;":
            return 0
        level = self._levels.get(_rounded(line.size), 0)
        if level or not line.is_bold or len(text.split()) > _MOST_BOLD_WORDS or text[-1] == ":":
            return level
        return len(self._levels) + 1 if line.size >= 0.95 * self._body and self._stands_apart(at) else 0

    def _stands_apart(self, at: int) -> bool:
        """Whether what follows a bold line is set in other type, and the line above does not run into it."""
        if at + 1 == len(self._lines) or self._lines[at + 1].is_bold:
            return False
        above = self._lines[at - 1] if at else None
        return above is None or self._is_apart(above, self._lines[at]) or above.text[-1:] in _STOPS

    def _list(self, at: int) -> int:
        """Add the items that begin at a line."""
        end = at
        items: list[list[Line]] = []
        while end < len(self._lines):
            line = self._lines[end]
            if _bullet(line.text):
                items.append([line])
            elif not items or not self._continues_item(items[-1], line) or self._heading_level(end):
                break
            else:
                items[-1].append(line)
            end += 1
        depths = depths_of([round(lines[0].x) for lines in items])
        for lines, depth in zip(items, depths, strict=True):
            if text := self._written(lines, skip=_bullet(lines[0].text)):
                self._flow.item(text, depth)
        return end - at

    def _continues_item(self, item: Sequence[Line], line: Line) -> bool:
        return line.x > item[0].x + 1 and not self._is_apart(item[-1], line) and len(line.cells()) < 2

    def _paragraph(self, at: int) -> int:
        end = at + 1
        while end < len(self._lines) and self._continues(at, end):
            end += 1
        if text := self._written(self._lines[at:end]):
            self._flow.paragraph(text)
        return end - at

    def _continues(self, at: int, end: int) -> bool:
        """Whether a line goes on with the paragraph that begins at `at`."""
        above, line = self._lines[end - 1], self._lines[end]
        if _bullet(line.text) or self._heading_level(end):
            return False
        if above.page != line.page or line.y > above.y:
            return above.text[-1:] not in _STOPS and not line.text[:1].isupper()
        if self._is_apart(above, line) or abs(above.size - line.size) > 0.15 * self._body:
            return False
        is_indented = line.x - above.x > _INDENT * line.size and (end - at > 1 or above.text[-1:] in _STOPS)
        return not is_indented

    def _is_apart(self, above: Line, line: Line) -> bool:
        gap = above.y - line.y
        return above.page != line.page or gap < 0 or gap > _PARAGRAPH_GAP * max(self._leading, 1.1 * line.size)

    def _written(self, lines: Sequence[Line], skip: int = 0) -> Text | None:
        """Write lines as one text, words that were parted at line ends made whole."""
        texts: list[Text] = []
        carried = ""
        for number, line in enumerate(lines):
            text = line.text[skip if number == 0 else len(carried) :].strip()
            following = lines[number + 1].text if number + 1 < len(lines) else ""
            whole, carried = self._unparted(text, following)
            self._transcript.at(f"p. {line.page}")
            after = "\n" if number + 1 == len(lines) else " "
            if written := self._transcript.write(whole, after):
                texts.append(written)
        return joined(texts)

    def _unparted(self, text: str, following: str) -> tuple[str, str]:
        """A line with the word that its hyphen parted made whole, and what was taken from the line below for it."""
        parted = _HYPHEN.search(text)
        rest = re.match(r"\S+", following)
        if parted is None or rest is None or not rest.group()[0].islower():
            return text, ""
        word = parted[1] + "-" + (_WORD.match(following) or rest).group()
        # A hyphen that the document writes elsewhere inside a line belongs to the word.
        stem = text if text[-1] == "-" and word in self._words else text[:-1]
        return stem + rest.group(), rest.group()


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _bullet(text: str) -> int:
    """The length of the mark before an item, 0 without one."""
    found = _SYMBOL_BULLET.match(text) or BULLET.match(text)
    return found.end() if found else 0


def _fits(cells: Sequence[Chunk], rows: Sequence[Sequence[Chunk]]) -> bool:
    """Whether a line can be a row below others: each cell below one column at most, or it continues such a row."""
    bands = _bands(rows)
    places = [
        [number for number, band in enumerate(bands) if cell.x < band[1] and cell.end > band[0]] for cell in cells
    ]
    if any(len(place) > 1 for place in places):
        return False
    taken = [place[0] for place in places if place]
    if len(taken) != len(set(taken)):
        return False
    return len(cells) > 1 or bool(taken and taken[0] > 0)


def _bands(rows: Iterable[Sequence[Chunk]]) -> list[tuple[float, float]]:
    """The columns: stretches across the page that the cells of rows fill together."""
    bands: list[tuple[float, float]] = []
    for start, end in sorted((cell.x, cell.end) for row in rows for cell in row):
        if bands and start < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], end))
        else:
            bands.append((start, end))
    return bands


def _band(cell: Chunk, bands: Sequence[tuple[float, float]]) -> int:
    return next(number for number, band in enumerate(bands) if band[0] <= cell.x < band[1])


def _appended(above: Chunk | None, below: Chunk | None) -> Chunk | None:
    if above is None or below is None:
        return above or below
    return msgspec.structs.replace(above, text=f"{above.text.strip()} {below.text.strip()}")
