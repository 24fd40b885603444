"""Bars painted for a terminal: terms of office on one scale of years, quantities side by side."""

from collections.abc import Iterator, Sequence
from math import ceil

import msgspec
from rich.bar import Bar
from rich.console import Console, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from chatbot.terminal.blocks import Line, Measured, Span
from chatbot.terminal.layout import cells
from chatbot.terminal.lettering import letters, prose

_NARROW = 60
"""Columns below which labels stand above their bars."""
_LONGEST_LABEL = 28
_STEPS = tuple(digit * ten for ten in (1, 10, 100, 1000) for digit in (1, 2, 5))
"""Years from one tick of the axis to the next."""
_TICK = 8
"""Columns that a tick and its year need."""
_GAP = 2
_LEAST_ROOM = 10
"""Columns that bars have at least beside their labels."""


class Labelled(msgspec.Struct, frozen=True):
    """A bar from one number to another, with what stands before it and behind it."""

    label: str
    text: str
    is_marked: bool
    begin: float
    end: float


def timeline(spans: Sequence[Span], width: int) -> Iterator[RenderableType]:
    """A bar a term, the years below."""
    first, last = min(span.start for span in spans), max(span.end for span in spans)
    labelled = [
        Labelled(span.label, span.text + (" →" if span.is_open else ""), span.is_marked, span.start - first, span.end - first)
        for span in spans
    ]  # fmt: skip
    yield from _drawn(labelled, max(last - first, 1.0), width)
    label, room, _ = _rooms(labelled, width)
    before = label + _GAP if label else 0
    yield Text(f"{' ' * before}{_axis(first, last, room, width - before)}\n", style="source")


def _axis(first: float, last: float, room: int, most: int) -> str:
    """Round years, each after a tick where it begins, under bars that take `room` of the `most` columns there are."""
    whole, line = max(last - first, 1.0), ""
    step = next((each for each in _STEPS if each / whole * room >= _TICK), _STEPS[-1])
    for year in range(-(-ceil(first) // step) * step, int(last) + 1, step):
        at = int((year - first) / whole * room)
        if at >= len(line) and at + len(str(year)) < most:
            line = f"{line:<{at}}╵{year} "
    return line.rstrip() or f"╵{int(first)}"


def chart(bars: Sequence[Measured], width: int) -> Iterator[RenderableType]:
    """A bar a quantity, from nothing to the greatest."""
    labelled = [Labelled(bar.label, bar.text, bar.is_marked, 0.0, abs(bar.value)) for bar in bars]
    yield from _drawn(labelled, max(each.end for each in labelled) or 1.0, width)


def _drawn(labelled: Sequence[Labelled], whole: float, width: int) -> Iterator[RenderableType]:
    """Each bar between its label and its text; below both on a narrow screen."""
    before, room, behind = _rooms(labelled, width)
    bars = [Bar(whole, each.begin, max(each.end, each.begin + whole / room), width=room) for each in labelled]
    painted = [_Painted(bar, "marked" if each.is_marked else "bar") for bar, each in zip(bars, labelled, strict=True)]
    if width < _NARROW:
        for each, bar in zip(labelled, painted, strict=True):
            yield prose(Line(((_name_style(each), f"{each.label}: "), ("source", each.text)), hanging="  "), width)
            yield bar
        return
    grid = Grid.grid(padding=(0, _GAP, 0, 0))
    for each_room in (before, room, behind):
        grid.add_column(width=each_room, overflow="fold")
    for each, bar in zip(labelled, painted, strict=True):
        grid.add_row(letters(each.label, _name_style(each)), bar, letters(each.text, "source"))
    yield grid


def _name_style(labelled: Labelled) -> str:
    return "emphasis" if labelled.is_marked else ""


def _rooms(labelled: Sequence[Labelled], width: int) -> tuple[int, int, int]:
    """Columns for labels, bars and texts side by side; on a narrow screen bars have it to themselves."""
    if width < _NARROW:
        return 0, max(width - 2, _LEAST_ROOM), 0
    before = min(max(1, *(cells(each.label) for each in labelled)), _LONGEST_LABEL)
    behind = min(max(1, *(cells(each.text) for each in labelled)), width // 2 - 4)
    room = max(width - before - behind - 2 * _GAP, _LEAST_ROOM)
    return before, room, min(behind, width - before - room - 2 * _GAP)


class _Painted:
    """A bar in the colour of a style name, which rich's bars do not look up themselves."""

    def __init__(self, bar: Bar, style: str) -> None:
        self._bar, self._style = bar, style

    def __rich_console__(self, console: Console, options: object) -> Iterator[RenderableType]:
        self._bar.style = console.get_style(self._style)
        yield self._bar
