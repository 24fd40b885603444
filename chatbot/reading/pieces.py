"""The pieces of a sentence between which an answer may begin and end, and what kind of piece each is.

Finer than `words.tokens`: punctuation marks and possessive endings are pieces of their own, since answers stop at them.
"""

import re
from enum import IntEnum
from functools import lru_cache

from chatbot.language.words import STOP_WORDS, fold
from chatbot.retrieval.analysis import terms_of

_PIECE = re.compile(
    r"""(?:[^\W\d_]\.){2,}                         # U.N.
      | \d+(?:[.,]\d+)*(?:[^\W\d_]+)?              # 81,370  6.38  5th  1960s
      | [^\W_]+(?:[-‐‑&][^\W_]+|['’](?!s\b)[^\W_]+)*   # Under-Secretary-General  O'Neill
      | ['’]s\b
      | [^\w\s]""",
    re.VERBOSE,
)


class Shape(IntEnum):
    """What a piece looks like; `NONE` is what stands outside the sentence."""

    NONE = 0
    LOWER = 1
    FUNCTION = 2
    CAPITAL = 3
    FIRST = 4
    """Capitalised because the sentence begins."""
    FIRST_FUNCTION = 5
    ACRONYM = 6
    INITIAL = 7
    MIXED = 8
    YEAR = 9
    SMALL = 10
    """An integer that can be a day of a month."""
    INTEGER = 11
    NUMBER = 12
    """With thousands or decimals."""
    ORDINAL = 13
    DECADE = 14
    WITH_LETTERS = 15
    NUMBER_WORD = 16
    MONTH = 17
    WEEKDAY = 18
    PERCENT = 19
    CURRENCY = 20
    COMMA = 21
    STOP = 22
    OPENING = 23
    CLOSING = 24
    QUOTE = 25
    DASH = 26
    MARK = 27
    POSSESSIVE = 28
    HYPHENATED = 29
    ARTICLE = 30
    MAGNITUDE = 31


_MONTHS = frozenset("january february march april may june july august september october november december".split())
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_MAGNITUDES = frozenset("hundred thousand million billion trillion dozen hundreds thousands millions billions".split())
_NUMBERS = frozenset(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety half twice first second third fourth fifth
    sixth seventh eighth ninth tenth""".split()
)
_ARTICLES = frozenset(("a", "an", "the"))
_MARKS = {
    ",": Shape.COMMA, ".": Shape.STOP, ";": Shape.STOP, ":": Shape.STOP, "?": Shape.STOP, "!": Shape.STOP,
    "(": Shape.OPENING, "[": Shape.OPENING, ")": Shape.CLOSING, "]": Shape.CLOSING,
    '"': Shape.QUOTE, "“": Shape.QUOTE, "”": Shape.QUOTE, "'": Shape.QUOTE, "‘": Shape.QUOTE, "’": Shape.QUOTE,
    "«": Shape.QUOTE, "»": Shape.QUOTE, "-": Shape.DASH, "–": Shape.DASH, "—": Shape.DASH,
    "%": Shape.PERCENT, "$": Shape.CURRENCY, "€": Shape.CURRENCY, "£": Shape.CURRENCY, "¥": Shape.CURRENCY,
}  # fmt: skip


class Piece:
    """What is known of a written form wherever it stands."""

    __slots__ = ("folded", "shape", "term")

    def __init__(self, folded: str, shape: Shape, term: str) -> None:
        self.folded = folded
        self.shape = shape
        self.term = term
        """The term that retrieval knows it by, "" for words of grammar and punctuation."""


def spans_of_pieces(text: str) -> list[tuple[str, int, int]]:
    """Each piece of `text` as written, with its start and end in characters.

    >>> [piece for piece, _, _ in spans_of_pieces("The U.N.'s 3rd (1961–62) budget, $4.5m")]
    ['The', 'U.N.', "'s", '3rd', '(', '1961', '–', '62', ')', 'budget', ',', '$', '4.5m']
    """
    return [(match.group(), match.start(), match.end()) for match in _PIECE.finditer(text)]


@lru_cache(maxsize=65536)
def piece(written: str) -> Piece:
    """The written form classified.

    >>> piece("Guéhenno").shape.name, piece("1960s").shape.name, piece("founded").term
    ('CAPITAL', 'DECADE', 'found')
    """
    folded = fold(written) or written
    shape = _shape(written, folded)
    if shape == Shape.POSSESSIVE or not written[0].isalnum():
        return Piece(folded, shape, "")
    known = folded.replace(".", "") if not folded[0].isdigit() else folded
    terms = terms_of(known) if known else []
    return Piece(folded, shape, terms[-1] if terms else "")


def _shape(written: str, folded: str) -> Shape:
    if written in _MARKS:
        return _MARKS[written]
    first = written[0]
    if not first.isalnum():
        return Shape.POSSESSIVE if len(written) > 1 else Shape.MARK
    if first.isdigit():
        return _shape_of_number(folded)
    for shape, members in _LISTED:
        if folded in members and (shape != Shape.MONTH or first.isupper()):
            return shape
    if folded in STOP_WORDS:
        return Shape.FIRST_FUNCTION if first.isupper() else Shape.FUNCTION
    return _shape_of_word(written)


_LISTED = (
    (Shape.ARTICLE, _ARTICLES),
    (Shape.MONTH, _MONTHS),
    (Shape.WEEKDAY, _WEEKDAYS),
    (Shape.MAGNITUDE, _MAGNITUDES),
    (Shape.NUMBER_WORD, _NUMBERS),
)


def _shape_of_word(written: str) -> Shape:
    if written.islower():
        return Shape.HYPHENATED if "-" in written else Shape.LOWER
    if len(written) == 1:
        return Shape.INITIAL
    if written.isupper():
        return Shape.ACRONYM
    return Shape.CAPITAL if written[0].isupper() else Shape.MIXED


def _shape_of_number(folded: str) -> Shape:
    if folded.isdigit():
        value = int(folded) if len(folded) < 5 else 9999
        if len(folded) == 4 and 1000 <= value <= 2100:
            return Shape.YEAR
        return Shape.SMALL if value <= 31 else Shape.INTEGER
    if folded[-1].isdigit():
        return Shape.NUMBER
    if folded[-2:] in ("st", "nd", "rd", "th"):
        return Shape.ORDINAL
    return Shape.DECADE if folded.endswith("0s") else Shape.WITH_LETTERS
