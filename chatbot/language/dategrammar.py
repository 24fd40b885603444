"""The grammar of dates in text.

At each word that can begin a date a small grammar is tried, and the words before it that say how the date is meant
("after", "in the", "between") are taken along. Every word is looked at a bounded number of times, so long prose takes
linear time.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from chatbot.language.calendardates import day_first, dotted, named_calendar, season, year_first
from chatbot.language.centuries import century, decade, decade_of_century, decade_word, noughties
from chatbot.language.datemeaning import DateRelation, Part, part_of
from chatbot.language.dates import OPEN
from chatbot.language.datetokens import Point, Tokens, joined
from chatbot.language.datewords import (
    APOSTROPHES,
    DECADES,
    LEADS,
    LONGEST_LEAD,
    LONGEST_PART,
    MONTH_NUMBERS,
    NOW_AS_END,
    PART_STARTS,
    PARTS,
    SEASONS,
    SEPARATORS,
    SINCE_TAILS,
    UNTIL_TAILS,
    WEEKDAYS,
    Lead,
)
from chatbot.language.numbers import ORDINALS, SMALL_NUMBERS
from chatbot.language.relativedates import ago, near_day, recent
from chatbot.language.years import anno_domini, bare_year, short_period, two_digits, year_in_words

#: Words between a date and the word that says how it is meant.
_INNER_WORDS = frozenset("the year years period month fiscal financial calendar fy".split()) | WEEKDAYS
_FISCAL_TAILS = frozenset(
    "fiscal year|fiscal years|financial year|financial years|budget year|budget period".split("|")
)
_CLOSING = frozenset(
    "ended|ends|closed|closes|drew to a close|draws to a close|came to an end|was ending|was over|came to a close|finished".split(
        "|"
    )
)
_OPENING = frozenset(
    "began|begins|started|starts|opened|opens|dawned|was beginning|had just begun|got under way".split("|")
)
_LONGEST_TURN = 4
#: "What about 2015" asks of that year, not of one near it.
_BEFORE_TOPIC = frozenset(
    "what how me us and know talk talked say said ask asked information facts anything more all".split()
)

#: Reads a date from a token on.
_DateReader = Callable[[Tokens, int], Point | None]


class DatePhrase(msgspec.Struct, frozen=True):
    """A date and the words around it that say how it is meant."""

    first: int
    """The token that the first of these words is; the last is the one before `point.end`."""
    point: Point
    relation: DateRelation


def date_phrases(tokens: Tokens) -> list[DatePhrase]:
    """Every date with the words that belong to it, in order."""
    found: list[DatePhrase] = []
    position = floor = 0
    while position < tokens.count:
        word = tokens.words[position]
        left = None
        if word[0].isdigit() or word in _READERS or word in PART_STARTS:
            left = _modified(tokens, position)
        if left is None:
            position += 1
            continue
        phrase = _phrase(tokens, position, left, floor)
        found.append(phrase)
        position = floor = phrase.point.end
    return found


def _phrase(tokens: Tokens, i: int, left: Point, floor: int) -> DatePhrase:
    """The date `left`, which starts at `i`, with the words around it that belong to it."""
    first, lead = _lead(tokens, i, floor)
    point = _period(tokens, left, "and" if lead == "between" else "")
    closing = _closing(tokens, point) if first > floor and tokens.words[first - 1] in ("as", "when") else None
    if closing is not None:
        return DatePhrase(first - 1, closing, "in")
    point = _with_tail(tokens, point, lead)
    if point.relation is not None:
        return DatePhrase(first, point, point.relation)
    is_period = point.sides is not None
    if lead == "from" or (lead == "since" and is_period):
        return DatePhrase(first, point, "between" if is_period else "since")
    if lead is None or lead in ("in", "between"):
        return DatePhrase(first, point, "between" if is_period else "in")
    return DatePhrase(first, point, lead)


def _lead(tokens: Tokens, i: int, floor: int) -> tuple[int, Lead | None]:
    """The first token of the words that introduce the date at `i`, and what they say."""
    while i > floor:
        before, second = tokens.words[i - 1], tokens.words[i - 2] if i - 1 > floor else ""
        if before in _INNER_WORDS or (before == "," and second in WEEKDAYS):
            i -= 1
        elif before == "of" and second in ("year", "years", "month"):
            i -= 2
        else:
            break
    for length in range(min(LONGEST_LEAD, i - floor), 0, -1):
        lead = LEADS.get(tuple(tokens.words[i - length : i]))
        if lead is None or tokens.is_glued(i - length):
            continue
        if tokens.words[i - 1] == "about" and i > 1 and tokens.words[i - 2] in _BEFORE_TOPIC:
            break
        return i - length, lead
    return i, None


def _with_tail(tokens: Tokens, point: Point, lead: Lead | None) -> Point:
    """The date with the words after it that belong to it: fiscal year, onwards, or earlier."""
    end = point.end
    if " ".join(tokens.words[end : end + 2]) in _FISCAL_TAILS:
        end += 2
    one, two = tokens.words[end], " ".join(tokens.words[end : end + 2])
    relation = point.relation
    if one in SINCE_TAILS or (one == "on" and lead == "from"):
        end, relation = end + 1, "since"
    elif two in SINCE_TAILS:
        end, relation = end + 2, "since"
    elif two in UNTIL_TAILS:
        end, relation = end + 2, "until"
    return point if end == point.end else Point(end, point.edtf, point.sides, relation)


def _closing(tokens: Tokens, point: Point) -> Point | None:
    """The end of 1999 in "as 1999 ended", the beginning in "as 1999 began"."""
    for length in range(_LONGEST_TURN, 0, -1):
        after = " ".join(tokens.words[point.end : point.end + length])
        part: Part | None = "end" if after in _CLOSING else "start" if after in _OPENING else None
        edtf = None if part is None else part_of(part, point.edtf)
        if edtf is not None:
            return Point(point.end + length, edtf)
    return None


def _period(tokens: Tokens, left: Point, conjunction: str) -> Point:
    """The date `left`, or the period from it to another; after "between" the `conjunction` joins too."""
    separator = tokens.words[left.end]
    if left.edtf.isdecimal() and separator == str(int(left.edtf) + 1):  # "budget 2021 2022"
        return joined(left.edtf, separator, left.end + 1) or left
    if left.sides is not None or not (separator in SEPARATORS or (separator and separator == conjunction)):
        return left
    for length in (3, 2, 1):
        if " ".join(tokens.words[left.end + 1 : left.end + 1 + length]) in NOW_AS_END:
            begins = left.edtf.partition("/")[0]  # of "early 2007 to the present"
            return Point(left.end + 1 + length, f"{begins}/..", (begins, OPEN), "since")
    j = left.end + 1
    while tokens.words[j] in ("the", "year", "in", "on", "about", "around"):
        j += 1
    right = _modified(tokens, j)
    if right is None or right.sides is not None:
        return left
    return joined(left.edtf, right.edtf, right.end) or left


def _modified(tokens: Tokens, i: int) -> Point | None:
    """A date, or a named part of one: "early 2007", "end of the 1990s"."""
    if tokens.words[i] in PART_STARTS:
        for length in range(LONGEST_PART, 0, -1):
            part = PARTS.get(tuple(tokens.words[i : i + length]))
            if part is None:
                continue
            j = i + length
            while tokens.words[j] in ("the", "year", "fiscal", "financial"):
                j += 1
            whole = _point(tokens, j)
            edtf = None if whole is None or whole.sides else part_of(part, whole.edtf)
            if whole is not None and edtf is not None:
                return Point(whole.end, edtf)
    return _point(tokens, i)


def _point(tokens: Tokens, i: int) -> Point | None:
    """A date with nothing around it."""
    word = tokens.words[i]
    return _numeric(tokens, i) if word[:1].isdigit() else _first_read(_READERS.get(word, ()), tokens, i)


def _numeric(tokens: Tokens, i: int) -> Point | None:
    """A date that begins with a digit."""
    if not tokens.words[i].isdecimal():
        return dotted(tokens, i)
    return None if tokens.is_glued(i) else _first_read(_NUMERIC_READERS, tokens, i)


def _first_read(readers: Sequence[_DateReader], tokens: Tokens, i: int) -> Point | None:
    """What the first of the readers that can reads from `i` on."""
    for reader in readers:
        point = reader(tokens, i)
        if point is not None:
            return point
    return None


def _fiscal(tokens: Tokens, i: int) -> Point | None:
    """FY2021, FY 2021-22: a word before the year that changes nothing."""
    return _numeric(tokens, i + 1) if tokens.words[i + 1][:1].isdigit() else None


def _turn(tokens: Tokens, i: int) -> Point | None:
    """The turn of the century: the year in which the centuries changed and its neighbours."""
    j = i + 2 + (tokens.words[i + 2] == "the")
    if tokens.words[i + 1] != "of":
        return None
    if tokens.words[j] in ("century", "millennium"):
        return Point(j + 1, "1999/2001", None, "around")
    turned = _point(tokens, j)
    if turned is None or not re.fullmatch(r"\d\dXX", turned.edtf) or turned.edtf == "00XX":
        return None
    year = 100 * int(turned.edtf[:2])
    return Point(turned.end, f"{year - 1:04}/{year + 1:04}", None, "around")


#: What reads on from digits, in the order in which it is tried.
_NUMERIC_READERS: tuple[_DateReader, ...] = (
    year_first,
    day_first,
    named_calendar,
    century,
    decade,
    ago,
    short_period,
    bare_year,
)
#: The words a date can begin with, and what reads on from there.
_READERS: Mapping[str, tuple[_DateReader, ...]] = {
    **dict.fromkeys(SMALL_NUMBERS, (decade_of_century, year_in_words, century, ago)),
    **dict.fromkeys(ORDINALS, (century,)),
    **dict.fromkeys(MONTH_NUMBERS, (named_calendar,)),
    **dict.fromkeys(SEASONS, (season,)),
    **dict.fromkeys(DECADES, (decade_word,)),
    **dict.fromkeys(("last", "past", "previous", "this", "next"), (recent,)),
    **dict.fromkeys(("yesterday", "tomorrow"), (near_day,)),
    **dict.fromkeys(APOSTROPHES, (two_digits,)),
    **dict.fromkeys(("a", "an"), (ago,)),
    "ad": (anno_domini,),
    "fy": (_fiscal,),
    "noughties": (noughties,),
    "turn": (_turn,),
}
