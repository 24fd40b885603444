"""Blocks painted for a terminal: colours of a theme, links to sources, tables, timelines and charts in characters.

All of an answer becomes one string, so that a terminal draws it at once.
"""

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from rich.theme import Theme

from chatbot.settings import Settings
from chatbot.terminal import blocks as b
from chatbot.terminal.bars import chart, timeline
from chatbot.terminal.controls import one_line
from chatbot.terminal.layout import cells, wrapped
from chatbot.terminal.plain import plain
from chatbot.terminal.themes import styles

if TYPE_CHECKING:
    from chatbot.terminal.blocks import Block, Table

_GAP = 3
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
            yield from (_prose(line, width, settings.links) for line in lines)
        case b.Table():
            yield from _table(block, width)
        case b.Timeline(spans, caption):
            yield from _heading(caption, width)
            yield from timeline(spans, width) if spans else ()
        case b.Chart(bars, caption):
            yield from _heading(caption, width)
            yield from chart(bars, width) if bars else ()


def _prose(line: b.Line, width: int, may_link: bool) -> Text:
    text = Text(end="")
    for runs in wrapped(line, width):
        for style, words in runs:
            text.append(words, style or None)
        text.append("\n")
    if line.link and may_link:
        indent = len(line.indent)
        text.stylize(Style(link=line.link), indent, len(text) - 1)
    return text


def _heading(caption: str, width: int) -> Iterator[Text]:
    if caption:
        yield _prose(b.Line((("heading", one_line(caption)),), hanging="  "), width, may_link=False)


def _table(table: "Table", width: int) -> Iterator[RenderableType]:
    """A grid; a record a row where its columns would be too narrow to read."""
    widest = [
        max([_longest_word(name), *(_longest_word(row[at]) for row in table.rows)])
        for at, name in enumerate(table.header)
    ]
    if sum(each + _GAP for each in widest) > width:
        yield Text(plain([table], width), end="")
        return
    yield from _heading(table.caption, width)
    grid = Grid(box=SIMPLE_HEAD, header_style="heading", pad_edge=False, show_edge=False)
    for at, name in enumerate(table.header):
        justify: Literal["left", "right"] = "right" if at in table.numeric else "left"
        grid.add_column(Text(one_line(name)), justify=justify, overflow="fold", min_width=widest[at])
    for number, row in enumerate(table.rows):
        grid.add_row(*(Text(one_line(cell)) for cell in row), style="marked" if number in table.marked else None)
    yield grid


def _longest_word(cell: str) -> int:
    return max(map(cells, cell.split()), default=0)
