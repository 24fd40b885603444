"""Where in a file of pages, slides or cells a part of its extracted text stands."""

from bisect import bisect_right
from operator import itemgetter

Places = tuple[tuple[int, str], ...]
"""Positions in a source, ascending, each with the place in the file that begins there: "p. 3", "Sheet1!B4"."""


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
