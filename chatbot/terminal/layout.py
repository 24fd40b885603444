"""Layout: lines of styled text wrapped to the columns of a screen, wide characters counted as two."""

from collections.abc import Iterator, Sequence

from chatbot.terminal.blocks import Line
from chatbot.terminal.controls import clean

Run = tuple[str, str]
"""A style name and a text."""

_DEEPEST = 3
"""The part of the width, one in so many, that an indent may take."""


def wrapped(line: Line, width: int | None) -> list[list[Run]]:
    """The lines that a line becomes, each as runs of one style, the indent included.

    Words stay whole, even one wider than the screen. None leaves the line as long as it is.
    """
    runs = [
        (style, clean(text).replace("\r", "").replace("\n", " ").replace("\t", "    "))
        for style, text in line.fragments
    ]
    text = "".join(text for _, text in runs)
    if width is None or _cells(line.indent + text) <= width:
        return [[("", line.indent), *runs]] if line.indent else [runs]
    import wcwidth

    lines = wcwidth.wrap(
        text,
        width,
        initial_indent=line.indent[: width // _DEEPEST],
        subsequent_indent=line.hanging[: width // _DEEPEST],
        break_long_words=False,
        break_on_hyphens=False,
    )
    return list(_styled(lines, runs))


def _cells(text: str) -> int:
    """Columns that a text takes."""
    if text.isascii():
        return len(text)
    import wcwidth

    return max(wcwidth.wcswidth(text), 0)


def cells(text: str) -> int:
    """Columns that a clean text takes on a screen."""
    return _cells(clean(text))


def _styled(lines: Sequence[str], runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Wrapped lines with the styles of their characters; wrapping changes white space alone."""
    styles = iter([style for style, text in runs for character in text if not character.isspace()])
    for line in lines:
        found: list[Run] = []
        style = ""
        for character in line:
            if not character.isspace():
                style = next(styles, "")
            if found and found[-1][0] == style:
                found[-1] = (style, found[-1][1] + character)
            else:
                found.append((style, character))
        yield found
