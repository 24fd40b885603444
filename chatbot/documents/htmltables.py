"""Tables of HTML: rows of cells, spans expanded; infoboxes told from tables of data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatbot.documents.model import Block, KeyValues, Paragraph, Text
from chatbot.documents.tabular import Row, table_blocks

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

#: The text of an element; the second argument stands between its lines.
TextOf = Callable[["LexborNode", str], Text | None]

_MAX_SPAN = 1000
_MAX_CELLS = 200_000
"""Cells that spans may add up to; a page that asks for more gets those it has room for."""


@dataclass(frozen=True)
class _TableRow:
    cells: tuple["LexborNode", ...]
    group: int
    """Which <thead>, <tbody> or <tfoot> it belongs to; a span does not leave its group."""
    in_head: bool


def is_layout(table: "LexborNode") -> bool:
    """Whether a table only arranges the page: it says so, or has no headings and one cell or tables inside."""
    if (table.attributes.get("role") or "").lower() in ("presentation", "none"):
        return True
    if table.css_first("th, caption") is not None:
        return False
    has_tables = any(each.mem_id != table.mem_id for each in table.css("table"))
    return has_tables or len(table.css("td")) <= 1


def read_table(table: "LexborNode", text_of: TextOf) -> list[Block]:
    """The blocks that a <table> makes: a table, or the key-values of an infobox with its caption above them."""
    caption_node = next((child for child in table.iter() if child.tag == "caption"), None)
    caption = None if caption_node is None else text_of(caption_node, " ")
    rows = _rows(table)
    if pairs := _infobox(rows, text_of):
        lead: list[Block] = [Paragraph((), caption)] if caption else []
        return [*lead, KeyValues((), pairs)]
    grid = _grid(rows, text_of)
    if caption is None and len(rows) > 1 and _is_title_row(rows[0], grid):
        caption = grid[0][0]
        rows, grid = rows[1:], grid[1:]
    count = 0
    while count < len(rows) and (rows[count].in_head or _is_heading_row(rows[count])):
        count += 1
    if count == len(rows):
        count = min(count, 1)
    return table_blocks(grid[:count], grid[count:], caption)


def _rows(table: "LexborNode") -> list[_TableRow]:
    rows = []
    for group, part in enumerate(table.iter()):
        members = (
            [part] if part.tag == "tr" else part.iter() if part.tag in ("thead", "tbody", "tfoot") else []
        )
        for row in members:
            cells = tuple(cell for cell in row.iter() if cell.tag in ("th", "td"))
            if row.tag == "tr" and cells:
                rows.append(_TableRow(cells, group, part.tag == "thead"))
    return rows


def _infobox(rows: Sequence[_TableRow], text_of: TextOf) -> tuple[tuple[Text, Text], ...]:
    """The pairs of a table whose rows are one heading cell and one other; empty for any other table.

    Rows of one cell (its title, a picture, the name of a group) say nothing by themselves.
    """
    pairs = []
    for row in rows:
        if len(row.cells) > 2 or row.in_head:
            return ()
        if len(row.cells) < 2:
            continue
        left, right = row.cells
        if not _is_heading(left) or _is_heading(right):
            return ()
        key, value = text_of(left, " "), text_of(right, ", ")
        if key and value:
            pairs.append((_without_colon(key), value))
    return tuple(pairs)


def _without_colon(key: Text) -> Text:
    bare = key.text.rstrip(" :")
    return key.slice(0, len(bare)) if bare else key


def _is_heading(cell: "LexborNode") -> bool:
    """A <th>, or a cell that is bold from end to end."""
    if cell.tag == "th":
        return True
    inside = [
        child for child in cell.iter(include_text=True) if child.tag != "-text" or child.text_content.strip()
    ]
    return len(inside) == 1 and inside[0].tag in ("b", "strong")


def _is_heading_row(row: _TableRow) -> bool:
    filled = [cell for cell in row.cells if cell.tag == "th" or (cell.text_content or "").strip()]
    return bool(filled) and all(map(_is_heading, filled))


def _is_title_row(row: _TableRow, grid: Sequence[Row]) -> bool:
    """One heading over the whole width."""
    width = max(map(len, grid))
    return (
        len(row.cells) == 1
        and width > 1
        and _is_heading(row.cells[0])
        and _span(row.cells[0], "colspan") >= width
    )


def _grid(rows: Sequence[_TableRow], text_of: TextOf) -> list[Row]:
    """The cells by position, a spanning cell repeated in each position it covers within its row group."""
    grid: list[dict[int, Text | None]] = [{} for _ in rows]
    filled = 0
    for position, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while column in grid[position]:
                column += 1
            text = text_of(cell, " ")
            width = _span(cell, "colspan") or 1
            height = _span(cell, "rowspan") or len(rows)
            for below in range(position, min(position + height, len(rows))):
                if rows[below].group != row.group or (filled > _MAX_CELLS and below > position):
                    break
                for across in range(column, column + width):
                    grid[below].setdefault(across, text)
                filled += width
            column += width
    return [tuple(row.get(column) for column in range(max(row, default=-1) + 1)) for row in grid]


def _span(cell: "LexborNode", name: str) -> int:
    """The value of a rowspan or colspan: 1 unless it says something else, 0 for "all that follow"."""
    written = (cell.attributes.get(name) or "").strip()
    return min(int(written), _MAX_SPAN) if written.isdecimal() and len(written) < 9 else 1
