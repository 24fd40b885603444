"""The words of a text as the grammar of dates sees them, and the dates that it reads from them."""

import re
from datetime import date

import msgspec

from chatbot.language.datemeaning import DateRelation, is_edtf
from chatbot.language.datewords import DASHES, PART_STARTS
from chatbot.language.numbers import SMALL_NUMBERS

_TOKEN = re.compile(r"\d+(?:\.\d+|,\d{3}(?!\d))*|[^\W\d_]+|[^\w\s]|_")


class Point(msgspec.Struct, frozen=True):
    """A date that ends before token `end`."""

    end: int
    edtf: str
    sides: tuple[str, str] | None = None
    """Both dates, where it is written as a period from one to another."""
    relation: DateRelation | None = None
    """Where the words of the date itself decide it."""


def joined(left: str, right: str, end: int) -> Point | None:
    """The period from one date to another, None where it would end before it begins."""
    edtf = f"{left.split('/')[0]}/{right.split('/')[-1]}"
    return Point(end, edtf, (left, right)) if is_edtf(edtf) else None


class Tokens:
    """The words and marks of one text, with where each stands. Whatever reads on takes the token to start from."""

    def __init__(self, text: str, today: date | None, in_cell: bool = False) -> None:
        lowered = text.lower()
        if len(lowered) != len(text):  # one character may become two, and positions must hold
            lowered = "".join(c.lower()[0] for c in text)
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        for match in _TOKEN.finditer(lowered):
            self.words.append(match.group())
            self.starts.append(match.start())
            self.ends.append(match.end())
        self.count = len(self.words)
        self.words += [""] * 8  # so that looking ahead needs no bounds
        self.today, self.in_cell = today, in_cell

    def is_joined(self, i: int, count: int) -> bool:
        """Whether `count` tokens from `i` on stand without space between."""
        last = i + count - 1
        return last < self.count and all(self.ends[k] == self.starts[k + 1] for k in range(i, last))

    def is_glued(self, i: int) -> bool:
        """Whether token `i` ends a longer word: "post" in "ex-post", 2005 in "F-2005" and "$2005"."""
        if i == 0 or self.ends[i - 1] != self.starts[i]:
            return False
        before = self.words[i - 1]
        if before in DASHES and i > 1 and self.ends[i - 2] == self.starts[i - 1]:
            second = self.words[i - 2]
            return second.isalpha() and second not in PART_STARTS and second not in ("pre", "post", "s")
        return before in "$€£¥#№_@+." or (before.isalpha() and before != "fy")

    def number(self, i: int, low: int, high: int, *digits: int) -> int | None:
        """The number at `i`, if it has one of these counts of digits and lies between the two bounds."""
        word = self.words[i]
        if len(word) not in digits or not word.isdecimal():
            return None
        value = int(word)
        return value if low <= value <= high else None

    def below_hundred(self, i: int) -> tuple[int, int] | None:
        """The token after a spelt number from 1 to 99, and the number."""
        value = SMALL_NUMBERS.get(self.words[i], 0)
        if not value:
            return None
        j = i + 1 + (self.words[i + 1] in DASHES)
        one = SMALL_NUMBERS.get(self.words[j], 0) if value >= 20 else 0
        return (j + 1, value + one) if 0 < one < 10 else (i + 1, value)
