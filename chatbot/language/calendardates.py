"""Calendar dates in text: 3 March 2010, 2010-03-03, March 2010, the periods among them, and spring 2010."""

import re

import msgspec

from chatbot.language.datemeaning import is_edtf
from chatbot.language.datetokens import Point, Tokens, joined
from chatbot.language.datewords import DASHES, MONTH_NUMBERS, ORDINAL_ENDS, SEASONS, SEPARATORS
from chatbot.language.years import full_year, year_at

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)", re.ASCII)


class _Day(msgspec.Struct, frozen=True):
    """A calendar date in parts, 0 for those not given; it ends before token `end`."""

    end: int
    year: int
    month: int
    day: int

    @property
    def edtf(self) -> str:
        month = f"-{self.month:02}" if self.month else ""
        day = f"-{self.day:02}" if self.day else ""
        return f"{self.year:04}{month}{day}"


def dotted(tokens: Tokens, i: int) -> Point | None:
    """3.3.2010, which is one token; in cells also 3.3.10."""
    match = _DOTTED.fullmatch(tokens.words[i])
    year = None if match is None else full_year(tokens, match[3])
    return None if match is None or year is None else _dated(i + 1, year, int(match[2]), int(match[1]))


def year_first(tokens: Tokens, i: int) -> Point | None:
    """2010-03-03, 2010/03/03, 2010-03, and the periods 1994-98, 2021/22, 2013-4."""
    year, mark = tokens.number(i, 1000, 2999, 4), tokens.words[i + 1]
    if year is None or (mark != "/" and mark not in DASHES) or not tokens.is_joined(i, 3):
        return None
    second = tokens.number(i + 2, 0, 99, 1, 2)
    if second is None:
        return None
    if tokens.words[i + 3] == mark and tokens.is_joined(i, 5):
        day = tokens.number(i + 4, 1, 31, 1, 2)
        return None if day is None else _dated(i + 5, year, second, day)
    if tokens.is_joined(i, 4) and (tokens.words[i + 3].isalnum() or tokens.words[i + 3] in DASHES):
        return None
    base = 10 ** len(tokens.words[i + 2])
    end = year - year % base + second
    end += base if end <= year and (end + base == year + 1) else 0
    if end == year + 1:  # the way to write a fiscal year, a season, a school year: one period
        return Point(i + 3, f"{year}/{end}", (str(year), str(end)), "in")
    if base == 100 and 1 <= second <= 12 and (mark == "-" or end <= year):
        return _dated(i + 3, year, second, 0)
    return joined(str(year), str(end), i + 3)


def day_first(tokens: Tokens, i: int) -> Point | None:
    """03/04/2010 and 03/2010; the day comes first unless that makes no date."""
    first, mark = tokens.number(i, 1, 31, 1, 2), tokens.words[i + 1]
    if first is None or (mark != "/" and mark not in DASHES):
        return None
    if tokens.is_joined(i, 5) and tokens.words[i + 3] == mark:
        second, year = tokens.number(i + 2, 1, 31, 1, 2), full_year(tokens, tokens.words[i + 4])
        if second is not None and year is not None:
            return _dated(i + 5, year, second, first) or _dated(i + 5, year, first, second)
    year = tokens.number(i + 2, 1000, 2999, 4) if mark == "/" and tokens.is_joined(i, 3) else None
    return None if year is None else _dated(i + 3, year, first, 0)


def named_calendar(tokens: Tokens, i: int) -> Point | None:
    """3 March 2010, March 3rd, 2010, March 2010; 3-9 May 2003, May to July 2003, 3 May - 9 June 2003."""
    whole = _calendar(tokens, i, 0)
    if whole is not None:
        return _dated(whole.end, whole.year, whole.month, whole.day)
    left = _yearless(tokens, i)
    if left is None:
        return None
    separator = tokens.words[left.end]
    if separator not in SEPARATORS and not (separator == "and" and "between" in tokens.words[max(i - 2, 0) : i]):
        return None
    j = left.end + 1 + (tokens.words[left.end + 1] == "the")
    right = _calendar(tokens, j, left.month if left.day else 0)
    if right is None:
        return None
    month = left.month or right.month
    year = right.year - 1 if month > right.month else right.year
    return joined(_Day(0, year, month, left.day).edtf, right.edtf, right.end)


def _calendar(tokens: Tokens, i: int, month: int) -> _Day | None:
    """A day or month with its year; in "March 3-9, 2010" the right side has its `month` from the left."""
    parts = _yearless(tokens, i)
    if parts is None or not (parts.month or (month and parts.day)):
        return None
    j = parts.end
    if tokens.words[j] in DASHES and tokens.is_joined(j - 1, 3):
        j += 1
    while tokens.words[j] in (",", "of", ".", "in") and j < parts.end + 2:
        j += 1
    j += 2 if tokens.words[j : j + 2] == ["the", "year"] else 0
    year = year_at(tokens, j, has_day=bool(parts.day))
    return None if year is None else _Day(year[0], year[1], parts.month or month, parts.day)


def _yearless(tokens: Tokens, i: int) -> _Day | None:
    """What comes before a year: 3 March, 3rd of March, March 3rd, March, or only 3."""
    month = _month(tokens, i)
    if month is not None:
        day = _day(tokens, month[0] + (tokens.words[month[0]] == "the"))
        return _Day(month[0], 0, month[1], 0) if day is None else _Day(day[0], 0, month[1], day[1])
    day = _day(tokens, i)
    if day is None:
        return None
    j = day[0] + (tokens.words[day[0]] == "of")
    j += tokens.words[j] in DASHES and tokens.is_joined(j - 1, 3) and tokens.words[j + 1].isalpha()
    month = _month(tokens, j)
    return _Day(day[0], 0, 0, day[1]) if month is None else _Day(month[0], 0, month[1], day[1])


def _month(tokens: Tokens, i: int) -> tuple[int, int] | None:
    month = MONTH_NUMBERS.get(tokens.words[i])
    return None if month is None else (i + 1 + (tokens.words[i + 1] == "."), month)


def _day(tokens: Tokens, i: int) -> tuple[int, int] | None:
    day = tokens.number(i, 1, 31, 1, 2)
    if day is None:
        return None
    return i + 1 + (tokens.words[i + 1] in ORDINAL_ENDS and tokens.is_joined(i, 2)), day


def season(tokens: Tokens, i: int) -> Point | None:
    """Spring 2001; the winter of 2010-11, which is called by the year in which it begins."""
    year = year_at(tokens, i + 1 + (tokens.words[i + 1] in ("of", ",", "in")), has_day=False)
    if year is None:
        return None
    end = year[0]
    if tokens.words[i] == "winter" and tokens.words[end] in DASHES | {"/"} and tokens.is_joined(end - 1, 3):
        following = tokens.number(end + 1, 0, 2999, 2, 4)
        end += 2 if following in (year[1] + 1, (year[1] + 1) % 100) else 0
    return Point(end, f"{year[1]:04}-{SEASONS[tokens.words[i]]}")


def _dated(end: int, year: int, month: int, day: int) -> Point | None:
    """The point of a calendar date, None where there is no such day."""
    edtf = _Day(end, year, month, day).edtf
    return Point(end, edtf) if 1 <= month <= 12 and is_edtf(edtf) else None
