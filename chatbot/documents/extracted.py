"""What is extracted from a file that holds no text as such, and where in the file each part of it stands."""

from bisect import bisect_right
from operator import itemgetter

import msgspec

from chatbot.documents.outline import Draft

Places = tuple[tuple[int, str], ...]
"""Positions in a source, ascending, each with the place in the file that begins there: "p. 3", "Sheet1!B4"."""

DAMAGED = "is damaged and cannot be read; open it in the program it was made with and save it again."


class Unreadable(Exception):
    """A file that cannot be read; the text continues a sentence that begins with the file's name."""


class Extraction(msgspec.Struct, frozen=True):
    """What a file holds as text."""

    source: str
    places: Places
    draft: Draft
    problem: str = ""
    """What was left out of it and why, if something was; continues a sentence that begins with the file's name."""


class ExtractedText(msgspec.Struct, frozen=True):
    """The part of an extraction that citations need."""

    source: str
    places: Places


def place_of(places: Places, start: int, end: int) -> str:
    """Where in its file the span `start:end` of an extracted text stands; empty where the file has no places.

    >>> place_of(((0, "p. 3"), (90, "p. 4")), 10, 20), place_of(((0, "p. 3"), (90, "p. 4")), 10, 95)
    ('p. 3', 'p. 3–4')
    >>> place_of(((0, "Staff!A4"), (9, "Staff!B4")), 0, 12)
    'Staff!A4:B4'
    """
    first, last = (bisect_right(places, at, key=itemgetter(0)) - 1 for at in (start, max(start, end - 1)))
    if first < 0:
        return ""
    opening, closing = places[first][1], places[last][1]
    if opening == closing:
        return opening
    separator, dash = ("!", ":") if "!" in opening else (" ", "–")
    outer, _, inner = closing.rpartition(separator)
    return opening + dash + (inner if outer == opening.rpartition(separator)[0] else closing)
