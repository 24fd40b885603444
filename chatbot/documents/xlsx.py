"""Excel files (.xlsx, ECMA-376 part 1, section 18): each sheet a section with its tables, cells as people see them.

Read here and not with openpyxl, whose read-only mode knows no merged cells, which shows no number formats, and
which needs fifty times a file's size of memory otherwise.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

import msgspec

from chatbot.documents.extracted import DAMAGED, Extraction, Unreadable
from chatbot.documents.model import Text
from chatbot.documents.numberformats import BUILT_IN, shown
from chatbot.documents.package import Package, elements
from chatbot.documents.tabular import Row
from chatbot.documents.textmap import joined
from chatbot.documents.transcript import Flow, Transcript

_MAIN = "xl/workbook.xml"
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_PLAIN_NAME = re.compile(r"\w+")
MOST_CELLS = 500_000
"""Filled cells of one file that are read."""
_MOST_COVERED = 100_000
"""Cells of one sheet that merged cells may cover; whole columns and rows are merged for looks only."""
_MOST_CAPTION_WORDS = 40
_MOST_CELL_WORDS = 6
"""Words of a lone cell below a table that may still be a row of it; more are a note."""
_MOST_HEADER_ROWS = 3


class _Cell(msgspec.Struct, frozen=True):
    text: str
    is_bold: bool


class _Area(msgspec.Struct, frozen=True):
    """Merged cells, rows and columns counted from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int


Grid = dict[int, dict[int, _Cell]]
"""Filled cells by row and column, counted from 1."""


class _Written(msgspec.Struct, frozen=True):
    """A row of cells that have been written, by column."""

    number: int
    texts: dict[int, Text]
    is_bold: bool
    own: frozenset[int]
    """Columns whose cell is not covered by one that began elsewhere."""


class _Look(msgspec.Struct, frozen=True):
    """What the style of a cell says."""

    code: str = "General"
    is_bold: bool = False


def extract(data: bytes) -> Extraction:
    """Sheets that are shown, with the stored values of formulas. Raises `Unreadable`."""
    package = Package(data)
    main = package.first("", "officeDocument") or _MAIN
    book = package.xml(main)
    properties = book.find("workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    related = package.related(main)
    strings, styles = package.first(main, "sharedStrings"), package.first(main, "styles")
    reading = _Reading(
        [_string(item) for item in package.xml(strings).iterfind("si")] if strings else [],
        _looks(package.xml(styles)) if styles else [],
        from_1904,
    )
    for sheet in book.iterfind("sheets/sheet"):
        kind, part = related.get(sheet.get("r:id", ""), ("", ""))
        if sheet.get("state", "visible") == "visible" and kind == "worksheet":
            if part not in package:
                raise Unreadable(DAMAGED)
            reading.add_sheet(sheet.get("name", ""), package.read(part))
    return reading.extraction()


def _string(item: Element) -> str:
    """A shared or inline string, without the reading aids of East Asian text."""
    return (item.findtext("t") or "") + "".join(run.findtext("t") or "" for run in item.iterfind("r"))


def _looks(root: Element) -> list[_Look]:
    codes = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in root.iterfind("numFmts/numFmt")}
    bold = [
        (mark := font.find("b")) is not None and mark.get("val") not in ("0", "false")
        for font in root.iterfind("fonts/font")
    ]
    looks = []
    for style in root.iterfind("cellXfs/xf"):
        number, font = style.get("numFmtId", "0"), _number(style.get("fontId"))
        code = codes.get(number) or BUILT_IN.get(_number(number), "General")
        looks.append(_Look(code, font < len(bold) and bold[font]))
    return looks


class _Reading:
    def __init__(self, strings: Sequence[str], looks: Sequence[_Look], from_1904: bool) -> None:
        self._strings, self._looks, self._from_1904 = strings, looks, from_1904
        self._transcript = Transcript()
        self._flow = Flow(self._transcript, with_title=False)
        self._texts: dict[tuple[int, int], Text] = {}
        """What has been written of the sheet at hand, by row and column."""
        self._cells = self._uncomputed = 0

    def extraction(self) -> Extraction:
        problem = ""
        if self._uncomputed:
            count = f"{self._uncomputed} formula{'s' if self._uncomputed > 1 else ''}"
            problem = f"holds {count} without a stored value, left blank; open it in a spreadsheet program and save it."
        return self._transcript.extraction(self._flow.draft(), problem)

    def add_sheet(self, name: str, data: bytes) -> None:
        grid, areas = self._grid(data)
        if not grid:
            return
        prefix = name if _PLAIN_NAME.fullmatch(name) else "'{}'".format(name.replace("'", "''"))
        self._transcript.at(prefix)
        self._flow.heading(1, name)
        covered = _covered(areas, grid)
        self._texts = {}
        for region in _regions(grid, covered):
            written = [self._written(prefix, grid, covered, number, columns) for number, columns in region]
            self._add_region(written, areas)

    def _grid(self, data: bytes) -> tuple[Grid, list[_Area]]:
        """The filled cells of a sheet and what is merged."""
        grid: Grid = {}
        areas: list[_Area] = []
        row = column = 0
        for element in elements(data):
            if element.tag == "row":
                row = _number(element.get("r")) or row + 1
                found = {}
                column = 0
                for cell in element.iterfind("c"):
                    place = _REFERENCE.fullmatch(cell.get("r", ""))
                    column = _column(place[1]) if place else column + 1
                    text, is_bold = self._shown(cell)
                    if text.strip():
                        found[column] = _Cell(text, is_bold)
                if found:
                    grid[row] = found
                self._cells += len(found)
                element.clear()
                if self._cells > MOST_CELLS:
                    raise Unreadable(f"fills more than {MOST_CELLS:,} cells; save its sheets as CSV files.")
            elif element.tag == "mergeCell" and (area := _area(element.get("ref", ""))):
                areas.append(area)
        return grid, areas

    def _shown(self, cell: Element) -> tuple[str, bool]:
        """The text of a cell as people see it, and whether it is bold."""
        style = _number(cell.get("s"))
        look = self._looks[style] if style < len(self._looks) else _Look()
        value = cell.findtext("v")
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find("is")
            return ("" if inline is None else _string(inline)), look.is_bold
        if not value:
            self._uncomputed += cell.find("f") is not None
            return "", False
        match kind:
            case "s":
                number = _number(value)
                text = self._strings[number] if number < len(self._strings) else ""
            case "b":
                text = "TRUE" if value == "1" else "FALSE"
            case "e":
                text = ""
            case "n":
                text = self._number_shown(value, look.code)
            case _:
                text = value
        return text, look.is_bold

    def _number_shown(self, value: str, code: str) -> str:
        try:
            return shown(float(value), code, from_1904=self._from_1904)
        except (ValueError, OverflowError):
            return value

    def _written(
        self, prefix: str, grid: Grid, covered: dict[tuple[int, int], tuple[int, int]], number: int, columns: range
    ) -> _Written:
        """Write the cells of a row that lie in some columns."""
        own = [column for column in columns if column in grid.get(number, {}) and (number, column) not in covered]
        texts: dict[int, Text] = {}
        for column in own:
            self._transcript.at(f"{prefix}!{_letters(column)}{number}")
            text = self._transcript.write(grid[number][column].text, "\n" if column == own[-1] else " | ")
            if text is not None:
                texts[column] = text
                self._texts[number, column] = text
        for column in columns:
            origin = covered.get((number, column))
            if origin is not None and origin in self._texts:
                texts[column] = self._texts[origin]
        is_bold = bool(own) and all(grid[number][column].is_bold for column in own)
        return _Written(number, texts, is_bold, frozenset(own))

    def _add_region(self, rows: list[_Written], areas: Sequence[_Area]) -> None:
        """Add the table that neighbouring cells make, with the lines of words above and below it."""
        width = max(len(row.own) for row in rows)
        if width == 1:
            for row in rows:
                self._add_line(row, is_item=len(rows) > 2)
            return
        captions: list[_Written] = []
        while len(rows) > 1 and len(rows[0].own) == 1:
            captions.append(rows.pop(0))
        notes: list[_Written] = []
        while len(rows) > 1 and len(rows[-1].own) == 1 and len(_line(rows[-1]).text.split()) > _MOST_CELL_WORDS:
            notes.append(rows.pop())
        caption = joined([_line(row) for row in captions])
        if caption is not None and len(caption.text.split()) > _MOST_CAPTION_WORDS:
            for row in captions:
                self._add_line(row)
            caption = None
        columns = sorted({column for row in rows for column in row.texts})
        cells: list[Row] = [tuple(row.texts.get(column) for column in columns) for row in rows]
        count = _header_rows(rows, areas) or _is_above_numbers(cells)
        self._flow.grid(cells[:count], cells[count:], caption)
        for row in reversed(notes):
            self._add_line(row)

    def _add_line(self, row: _Written, *, is_item: bool = False) -> None:
        if is_item:
            self._flow.item(_line(row), 0)
        else:
            self._flow.paragraph(_line(row))


def _line(row: _Written) -> Text:
    """The only text of a row."""
    return row.texts[min(row.own)]


def _header_rows(rows: Sequence[_Written], areas: Sequence[_Area]) -> int:
    """How many rows are plainly the header, by bold type or merged cells; 0 where neither tells."""
    first = rows[0].number
    bold = next((at for at, row in enumerate(rows) if not row.is_bold), len(rows))
    starting = [area for area in areas if area.top == first and rows[0].texts.keys() & {area.left}]
    is_double = any(area.right > area.left and area.bottom == first for area in starting)
    is_double = is_double or any(area.bottom == first + 1 for area in starting)
    if is_double and len(rows) > 2:
        return 2
    return bold if bold < min(len(rows), _MOST_HEADER_ROWS + 1) else 0


def _is_above_numbers(cells: Sequence[Row]) -> bool:
    """Whether the first row has a word above a column of numbers or dates."""
    firsts = [row[0].text[:1] if row[0] else "" for row in cells[:2]]
    return len(cells) > 1 and not firsts[0].isdigit() and firsts[1].isdigit()


def _regions(grid: Grid, covered: Collection[tuple[int, int]]) -> Iterator[list[tuple[int, range]]]:
    """Neighbouring cells, parted at blank rows; then at blank columns where the parts fill different rows."""
    filled: dict[int, set[int]] = {number: set(row) for number, row in grid.items()}
    for number, column in covered:
        filled.setdefault(number, set()).add(column)
    numbers = sorted(filled)
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        rows = [number for _, number in group]
        parts = _column_parts([filled[number] for number in rows])
        heights = [[number for number in rows if filled[number] & set(part)] for part in parts]
        if min(map(len, parts)) < 2 or all(height == heights[0] for height in heights):
            parts = [range(parts[0].start, parts[-1].stop)]
            heights = [rows]
        for part, height in zip(parts, heights, strict=True):
            yield [(number, part) for number in height if grid.get(number, {}).keys() & set(part)]


def _column_parts(rows: Iterable[set[int]]) -> list[range]:
    columns = sorted(set().union(*rows))
    groups = (list(group) for _, group in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]))
    return [range(group[0][1], group[-1][1] + 1) for group in groups]


def _covered(areas: Iterable[_Area], grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Row and column of every cell that a merged one covers → those of the merged one."""
    found = {}
    left = _MOST_COVERED
    for area in areas:
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if size <= left and area.left in grid.get(area.top, {}):
            left -= size
            for number in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    found[number, column] = (area.top, area.left)
            del found[area.top, area.left]
    return found


def _area(reference: str) -> _Area | None:
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not corners[0] or not corners[1]:
        return None
    (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
    return _Area(int(top), _column(left), int(bottom), _column(right))


def _column(letters: str) -> int:
    """
    >>> _column("A"), _column("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    """
    >>> _letters(1), _letters(28)
    ('A', 'AB')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 9 else 0
