"""Quotes at their place: the line of the document they stand in, and the lines around."""

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec

from chatbot.bot import Chatbot
from chatbot.documents.extraction import SUFFIXES
from chatbot.documents.loading import is_of_records
from chatbot.errors import ChatbotError
from chatbot.values import Citation

LONGEST_LINE = 200
"""Characters of a line that are shown before and after a quote."""


class Around(msgspec.Struct, frozen=True):
    """The lines before a quote, what stands before and after it on its own lines, and the lines after."""

    before: tuple[str, ...] = ()
    opening: str = ""
    closing: str = ""
    after: tuple[str, ...] = ()


def line_of(bot: Chatbot, document: str, start: int) -> int:
    """The line of the decoded text, counted from 1, that a character stands in. Raises `CorpusError`."""
    if _is_record(bot, document):
        return int(document.rpartition("#")[2])
    return bot.source(document)[0:start].count("\n") + 1


def located(bot: Chatbot, document: str, line: int) -> str:
    """A document and a line of it; the name of a record tells its line anyway. Raises `CorpusError`."""
    return document if _is_record(bot, document) else f"{document}:{line}"


def is_as_quoted(bot: Chatbot, citation: Citation) -> bool:
    """Whether the document still has the quote at its place. Raises `CorpusError`."""
    return bot.source(citation.document)[citation.start : citation.end] == citation.quote


def around(bot: Chatbot, citation: Citation, lines: int) -> Around:
    """So many lines before a quote and after it; of a record nothing, whose neighbours are other documents.

    Raises `CorpusError`.
    """
    if _is_record(bot, citation.document):
        return Around()
    source, start, end = bot.source(citation.document), citation.start, citation.end
    # A quote of one long line has far more around it than anybody reads.
    reach = (lines + 1) * LONGEST_LINE
    *before, opening = source[max(start - reach, 0) : start].split("\n")
    closing, *after = source[end : end + reach].split("\n")
    return Around(
        tuple(line[-LONGEST_LINE:] for line in before[-lines:]),
        opening[-LONGEST_LINE:],
        closing[:LONGEST_LINE],
        tuple(line[:LONGEST_LINE] for line in after[:lines]),
    )


def address(bot: Chatbot, document: str, start: int, environment: Mapping[str, str] = os.environ) -> str:
    """What a terminal opens when a source is clicked; nothing for a document that is not open.

    With the line of the character `start` where the terminal is known to take one, as kitty does after a "#": many
    desktops open no address of a file that has such an end, and `/open` goes to the line everywhere.
    """
    try:
        file = bot.file(document)
        takes_lines = "KITTY_WINDOW_ID" in environment or environment.get("TERM") == "xterm-kitty"
        end = f"#{line_of(bot, document, start)}" if takes_lines and is_text(file) else ""
        return file.resolve().as_uri() + end
    except (ChatbotError, OSError):
        return ""


def is_text(path: Path) -> bool:
    """Whether an editor of text shows the file, and not only the program it was made with."""
    return path.suffix.lower() not in SUFFIXES


def _is_record(bot: Chatbot, document: str) -> bool:
    return is_of_records(bot.file(document))
