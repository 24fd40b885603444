"""What a line typed gets: plain data without a look, made by the commands and given its look by a printer.

`plain` words blocks for pipes, logs and screen readers; `painting` paints them with rich on a terminal.
The last group are no sights but wishes, which only the loop that owns the terminal can carry out.
"""

from pathlib import Path

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One line of prose before it is wrapped; the lines it wraps to begin with `hanging`."""

    fragments: tuple[tuple[str, str], ...]
    indent: str = ""
    hanging: str = ""
    link: str = ""
    """Address that the line opens where a terminal knows links (OSC 8)."""


class Prose(msgspec.Struct, frozen=True):
    lines: tuple[Line, ...]


class Table(msgspec.Struct, frozen=True):
    """Rows of equal length under a header; `numeric` columns stand to the right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: frozenset[int] = frozenset()
    marked: frozenset[int] = frozenset()
    """Numbers of the rows that the last answer used."""


class Span(msgspec.Struct, frozen=True):
    """One bar of a timeline, in years ("2000.75" is 1 October 2000); `text` words both ends."""

    label: str
    start: float
    end: float
    text: str
    is_open: bool = False
    """Still running when the source was written."""
    is_marked: bool = False
    """What the last answer spoke of."""


class Timeline(msgspec.Struct, frozen=True):
    spans: tuple[Span, ...]
    caption: str = ""


class Measured(msgspec.Struct, frozen=True):
    label: str
    value: float
    text: str
    is_marked: bool = False


class Chart(msgspec.Struct, frozen=True):
    """Quantities of one unit side by side."""

    bars: tuple[Measured, ...]
    caption: str = ""


class Copied(msgspec.Struct, frozen=True):
    """Text for the clipboard."""

    text: str


class Opened(msgspec.Struct, frozen=True):
    """A file to be shown at a line, counted from 1."""

    path: Path
    line: int


class Restyled(msgspec.Struct, frozen=True):
    """The settings changed: what was made from them is made anew."""


class Left(msgspec.Struct, frozen=True):
    """The talk is over."""


Block = Prose | Table | Timeline | Chart | Copied | Opened | Restyled | Left


def prose(text: str, style: str = "", indent: str = "", hanging: str | None = None) -> Prose:
    """Text of one style, a line for each of its own."""
    after = indent if hanging is None else hanging
    return Prose(tuple(Line(((style, line),), indent, after) for line in text.split("\n")))


def note(text: str) -> Prose:
    """A word of the program itself, set apart from answers."""
    return prose(text, "hint")
