"""Blocks as plain text, for pipes, logs and screen readers: no colour, no frames, everything in reading order."""

from collections.abc import Iterable, Iterator, Sequence

from chatbot.terminal.blocks import Block, Chart, Line, Prose, Table, Timeline
from chatbot.terminal.controls import one_line
from chatbot.terminal.layout import wrapped


def plain(blocks: Sequence[Block], width: int | None = None) -> str:
    """The text of the blocks, each line ended, wrapped to `width` columns; None leaves lines as long as they are.

    What only the owner of a terminal can carry out is no text.
    """
    lines = [line for block in blocks for line in _lines(block)]
    return "".join("".join(text for _, text in runs).rstrip() + "\n" for line in lines for runs in wrapped(line, width))


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Prose(lines):
            yield from lines
        case Table():
            yield from records(block)
        case Timeline(spans, caption):
            yield from _heading(caption)
            for span in spans:
                yield _line(span.label, f": {span.text}")
        case Chart(bars, caption):
            yield from _heading(caption)
            for bar in bars:
                yield _line(bar.label, f": {bar.text}")


def records(table: Table) -> Iterator[Line]:
    """A record a row, its cells named, those marked starred: "Ines Vale: Number 1; From 1909; To 1920".

    It begins with the first cell that is no number.
    """
    yield from _heading(table.caption)
    first = next((at for at in range(len(table.header)) if at not in table.numeric), 0)
    for number, row in enumerate(table.rows):
        others = [(name, cell) for at, (name, cell) in enumerate(zip(table.header, row, strict=True)) if at != first]
        label = one_line(f"* {row[first]}" if number in table.marked else row[first])
        yield Line((("emphasis", label), *_named(others)), "  ", "    ")


def _named(cells: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The cells that hold something, each behind its name."""
    for number, (name, cell) in enumerate((name, cell) for name, cell in cells if cell.strip()):
        yield "source", f"{'; ' if number else ': '}{one_line(name)} "
        yield "", one_line(cell)


def _heading(caption: str) -> Iterator[Line]:
    if caption:
        yield Line((("heading", one_line(caption)),), hanging="  ")


def _line(label: str, text: str) -> Line:
    return Line((("emphasis", one_line(label)), ("", one_line(text))), "  ", "    ")
