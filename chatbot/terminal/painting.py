"""Blocks painted for a terminal: colours of a theme, links to sources, tables, timelines and charts in characters.

All of an answer becomes one string, so that a terminal draws it at once.
"""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text
from rich.theme import Theme

from chatbot.settings import Settings
from chatbot.terminal import blocks as b
from chatbot.terminal.bars import chart, timeline
from chatbot.terminal.controls import one_line
from chatbot.terminal.layout import cells
from chatbot.terminal.lettering import letters, prose
from chatbot.terminal.plain import records
from chatbot.terminal.themes import styles

if TYPE_CHECKING:
    from chatbot.terminal.blocks import Block, Table

_GAP = 2
"""Columns between two columns of a table."""


def painted(blocks: Sequence["Block"], width: int, settings: Settings) -> str:
    """What to write to a terminal of `width` columns, escape sequences included; each line is ended.

    The colours are those that the environment says the terminal has (TERM, COLORTERM, NO_COLOR).
    """
    out = io.StringIO()
    theme = Theme(styles(settings), inherit=True)
    console = Console(
        file=out, width=width, force_terminal=True, theme=theme, highlight=False, markup=False, emoji=False
    )
    for block in blocks:
        for piece in _pieces(block, width, settings):
            console.print(piece, soft_wrap=isinstance(piece, Text), end="")
    return out.getvalue()


def _pieces(block: "Block", width: int, settings: Settings) -> Iterator[RenderableType]:
    match block:
        case b.Prose(lines):
            yield from (prose(line, width, settings.links) for line in lines)
        case b.Table():
            yield from _table(block, width)
        case b.Timeline(spans, caption):
            yield from _heading(caption, width)
            yield from timeline(spans, width) if spans else ()
        case b.Chart(bars, caption):
            yield from _heading(caption, width)
            yield from chart(bars, width) if bars else ()


def _heading(caption: str, width: int) -> Iterator[Text]:
    if caption:
        yield prose(b.Line((("heading", one_line(caption)),), hanging="  "), width)


def _table(table: "Table", width: int) -> Iterator[RenderableType]:
    """A grid; a record a row where its columns would be too narrow to read."""
    columns = list(zip(table.header, *table.rows, strict=True))
    wanted, least = ([max(map(measure, column)) for column in columns] for measure in (cells, _longest_word))
    widths = _widths(wanted, least, width - _GAP * (len(columns) - 1))
    if widths is None:
        yield from (prose(line, width) for line in records(table))
        return
    yield from _heading(table.caption, width)
    grid = Grid(box=SIMPLE_HEAD, header_style="heading", padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for at, name in enumerate(table.header):
        justify: Literal["left", "right"] = "right" if at in table.numeric else "left"
        grid.add_column(letters(name), justify=justify, overflow="fold", width=widths[at])
    for number, row in enumerate(table.rows):
        grid.add_row(*map(letters, row), style="marked" if number in table.marked else None)
    yield grid


def _widths(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Widths of columns that fill no more than `room`, where it is short the narrowest first; None where it is too short."""
    widths = list(least)
    if sum(widths) > room:
        return None
    while sum(widths) < min(sum(wanted), room):
        at = min((at for at in range(len(widths)) if widths[at] < wanted[at]), key=widths.__getitem__)
        widths[at] += 1
    return widths


def _longest_word(cell: str) -> int:
    return max(map(cells, cell.split()), default=0)
