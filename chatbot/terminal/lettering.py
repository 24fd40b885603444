"""Words painted for a terminal: a line in its styles, and names that are written from right to left.

Terminals that turn such names (VTE, Konsole, Terminal.app) turn numbers, dates and bars behind them as well, until
something written from left to right follows: "1990 – 1995" becomes "1995 – 1990". A left-to-right mark, which takes no
room and is Unicode's means for just this, ends the name. Other terminals show everything as it comes, mark or not.
"""

import re

from rich.style import Style
from rich.text import Text

from chatbot.terminal.blocks import Line
from chatbot.terminal.controls import one_line
from chatbot.terminal.layout import wrapped

_MARK = "\N{LEFT-TO-RIGHT MARK}"
_TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
"""Hebrew, Arabic and their neighbours, as the inside of a character class."""
_NAME = re.compile(f"[{_TURNED}]+(?:[^\\w{_TURNED}]+[{_TURNED}]+)*")
_STRAIGHT = re.compile(f"[^\\W\\d_{_TURNED}]")


def kept_apart(text: str) -> str:
    """The text with a mark after each name written from right to left; prose of such a script is marked at its end.

    >>> ascii(kept_apart("\u05d0, 1990")), ascii(kept_apart("of \u05d0, 1990"))
    ("'\\\\u05d0, 1990\\\\u200e'", "'of \\\\u05d0\\\\u200e, 1990'")
    """
    if text.isascii():
        return text
    if _STRAIGHT.search(text):
        return _NAME.sub(lambda found: found[0] + _MARK, text)
    return text + _MARK if _NAME.search(text) else text


def letters(words: str, style: str = "") -> Text:
    """One line of words in one style."""
    return Text(kept_apart(one_line(words)), style)


def prose(line: Line, width: int, may_link: bool = False) -> Text:
    """The line wrapped, each of the lines it becomes ended."""
    text = Text(end="")
    for runs in wrapped(line, width):
        for style, words in runs:
            text.append(kept_apart(words), style or None)
        text.append("\n")
    if line.link and may_link:
        text.stylize(Style(link=line.link), len(line.indent), len(text) - 1)
    return text
