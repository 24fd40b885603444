"""Blocks painted for a terminal: colours of a theme, links to sources, tables, timelines and charts in characters.

All of an answer becomes one string, so that a terminal draws it at once.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from rich.bar import Bar
from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table as Grid
from rich.text import Text
from rich.theme import Theme

from chatbot.settings import Settings
from chatbot.terminal import blocks as b
from chatbot.terminal.controls import one_line
from chatbot.terminal.layout import cells, wrapped
from chatbot.terminal.plain import plain
from chatbot.terminal.themes import styles

if TYPE_CHECKING:
    from chatbot.terminal.blocks import Block, Table

_NARROW = 60
"""Columns below which labels stand above their bars."""
_GAP = 3
"""Columns between two columns of a table."""
_LONGEST_LABEL = 28


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
            yield from _timeline(spans, caption, width)
        case b.Chart(bars, caption):
            yield from _chart(bars, caption, width)


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


def _timeline(spans: Sequence[b.Span], caption: str, width: int) -> Iterator[RenderableType]:
    """A bar a term on one scale of years, the years below."""
    yield from _heading(caption, width)
    if not spans:
        return
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    whole = max(last - first, 1.0)
    labels = [(span.label, span.text + (" →" if span.is_open else ""), span.is_marked) for span in spans]
    room = _bar_room(labels, width)
    drawn = [
        Bar(whole, span.start - first, max(span.end, span.start + whole / room) - first, width=room) for span in spans
    ]
    yield from _barred(labels, drawn, room, width)
    before = 0 if width < _NARROW else _label_room(labels) + 2
    yield _axis(int(first), int(last), room, before)


def _chart(bars: Sequence[b.Measured], caption: str, width: int) -> Iterator[RenderableType]:
    yield from _heading(caption, width)
    if not bars:
        return
    most = max([abs(bar.value) for bar in bars]) or 1.0
    labels = [(bar.label, bar.text, bar.is_marked) for bar in bars]
    room = _bar_room(labels, width)
    drawn = [Bar(most, 0, abs(bar.value), width=room) for bar in bars]
    yield from _barred(labels, drawn, room, width)


Label = tuple[str, str, bool]
"""What stands before a bar, what behind it, and whether it is marked."""


def _bar_room(labels: Sequence[Label], width: int) -> int:
    if width < _NARROW:
        return max(width - 2, 4)
    before = _label_room(labels)
    behind = min(max(cells(text) for _, text, _ in labels), width // 2 - 4)
    return max(width - before - behind - 4, 10)


def _label_room(labels: Sequence[Label]) -> int:
    return min(max(cells(label) for label, _, _ in labels), _LONGEST_LABEL)


def _barred(labels: Sequence[Label], bars: Iterable[Bar], room: int, width: int) -> Iterator[RenderableType]:
    """Each bar between its label and its text; below both on a narrow screen."""
    is_narrow = width < _NARROW
    grid = Grid.grid(padding=(0, 2, 0, 0))
    if not is_narrow:
        grid.add_column(max_width=_LONGEST_LABEL, overflow="fold")
        grid.add_column(width=room, no_wrap=True)
        grid.add_column(overflow="fold")
    for (label, text, is_marked), bar in zip(labels, bars, strict=True):
        style = "marked" if is_marked else "bar"
        name = Text(one_line(label), style="emphasis" if is_marked else "")
        said = Text(one_line(text), style="source")
        bar.style = Style()
        styled = _Styled(bar, style)
        if is_narrow:
            yield _prose(
                b.Line((("emphasis" if is_marked else "", f"{label}: "), ("source", text)), hanging="  "), width, False
            )
            yield styled
        else:
            grid.add_row(name, styled, said)
    if not is_narrow:
        yield grid


class _Styled:
    """A bar in the colour of a style name, which rich's bars do not look up themselves."""

    def __init__(self, bar: Bar, style: str) -> None:
        self._bar, self._style = bar, style

    def __rich_console__(self, console: Console, options: object) -> Iterator[RenderableType]:
        self._bar.style = console.get_style(self._style)
        yield self._bar


def _axis(first: int, last: int, room: int, before: int) -> Text:
    """The first and the last year under the ends of the bars."""
    years = f"{first}{last:>{max(room - len(str(first)), 5)}}"
    return Text(f"{' ' * before}{years}\n", style="source")
