"""Tables whose cells may span rows and columns, and infoboxes told from them."""

from collections.abc import Sequence

import msgspec

from chatbot.documents.model import Block, KeyValues, Paragraph, Text
from chatbot.documents.tabular import Row, table_blocks

_MAX_SPAN = 1000
_MAX_CELLS = 200_000
"""Cells that spans may add up to; a page that asks for more gets those there is room for."""


class SpanCell(msgspec.Struct, frozen=True):
    """A cell as written, once, however many positions it covers."""

    text: Text | None
    is_heading: bool
    """Marked as a heading, or bold from end to end."""
    width: int = 1
    height: int = 1
    """0 for all the rows that follow in its group."""


class SpanRow(msgspec.Struct, frozen=True):
    cells: tuple[SpanCell, ...]
    group: int = 0
    """Which head, body or foot of the table it belongs to; no cell spans beyond its group."""
    in_head: bool = False


def span(written: str) -> int:
    """The value of a rowspan or colspan attribute: 1 unless it says something else."""
    bare = written.strip()
    return min(int(bare), _MAX_SPAN) if bare.isdecimal() and len(bare) < 9 else 1


def grid_blocks(rows: Sequence[SpanRow], caption: Text | None) -> list[Block]:
    """The blocks that rows make: a table, or the key-values of an infobox with its caption above them."""
    if pairs := _infobox(rows):
        lead: list[Block] = [Paragraph((), caption)] if caption else []
        return [*lead, KeyValues((), pairs)]
    grid = _expanded(rows)
    if caption is None and len(rows) > 1 and _is_title(rows[0], max(map(len, grid))):
        caption = grid[0][0]
        rows, grid = rows[1:], grid[1:]
    count = 0
    while count < len(rows) and (rows[count].in_head or _is_heading_row(rows[count])):
        count += 1
    if count == len(rows):
        count = min(count, 1)
    return table_blocks(grid[:count], grid[count:], caption)


def _infobox(rows: Sequence[SpanRow]) -> tuple[tuple[Text, Text], ...]:
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
        if not left.is_heading or right.is_heading:
            return ()
        if left.text and right.text:
            pairs.append((_without_colon(left.text), right.text))
    return tuple(pairs)


def _without_colon(key: Text) -> Text:
    bare = key.text.rstrip(" :")
    return key.slice(0, len(bare)) if bare else key


def _is_title(row: SpanRow, width: int) -> bool:
    """One heading over the whole width."""
    return len(row.cells) == 1 and width > 1 and row.cells[0].is_heading and row.cells[0].width >= width


def _is_heading_row(row: SpanRow) -> bool:
    filled = [cell for cell in row.cells if cell.text is not None]
    return bool(filled) and all(cell.is_heading for cell in filled)


def _expanded(rows: Sequence[SpanRow]) -> list[Row]:
    """The cells by position, a spanning cell repeated in each position it covers within its row group."""
    grid: list[dict[int, Text | None]] = [{} for _ in rows]
    filled = 0
    for position, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while column in grid[position]:
                column += 1
            width = max(1, cell.width)
            for below in range(position, min(position + (cell.height or len(rows)), len(rows))):
                if rows[below].group != row.group or (filled > _MAX_CELLS and below > position):
                    break
                for across in range(column, column + width):
                    grid[below].setdefault(across, cell.text)
                filled += width
            column += width
    return [tuple(row.get(column) for column in range(max(row, default=-1) + 1)) for row in grid]
