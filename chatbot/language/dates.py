"""Partial dates as intervals of days, written in EDTF (Extended Date/Time Format, ISO 8601-2).

"March 1992" is one day of that month, we do not know which: the interval from its first day to its last.
Comparing such dates has three outcomes, kept apart by `Certainty`. Terms of office are pairs of such dates.

Of EDTF we read years, months and days, decades ("199X"), centuries ("19XX"), the codes of seasons and groups
of months in the place of the month, "a/b" with ".." for an open side, and the flags "~", "?" and "%", which
change nothing in the arithmetic.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from typing import Literal

import msgspec

Precision = Literal["day", "month", "year", "decade", "century", "other"]

OPEN = ".."
"""EDTF of a side without bound; by itself, of an end that has not come: an incumbent's."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

DAYS_OF_YEAR = 365.2425
DAYS_OF_MONTH = 30.436875

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_MASKED = re.compile(r"(\d\d)(\dX|XX)", re.ASCII)

#: Codes of ISO 8601-2 that stand in the place of the month: first month, number of months, name.
_GROUPS: dict[int, tuple[int, int, str]] = {
    21: (3, 3, "spring"),
    22: (6, 3, "summer"),
    23: (9, 3, "autumn"),
    24: (12, 3, "winter"),
    33: (1, 3, "the first quarter of"),
    34: (4, 3, "the second quarter of"),
    35: (7, 3, "the third quarter of"),
    36: (10, 3, "the fourth quarter of"),
    37: (1, 4, "early"),
    38: (5, 4, "mid"),
    39: (9, 4, "late"),
    40: (1, 6, "the first half of"),
    41: (7, 6, "the second half of"),
}
#: The groups within one year by the months they are also written with: "2007-01/2007-04" is "2007-37".
_GROUP_OF_MONTHS = {(first, first + n - 1): code for code, (first, n, _) in _GROUPS.items() if code >= 33}

# Bounds as day numbers, so that unbounded sides compare like any other.
_NEVER_BEGAN, _NEVER_ENDS = 0, date.max.toordinal() + 1


class Certainty(Enum):
    """Whether something holds, given dates that are known only in part."""

    NO = 0
    POSSIBLY = 1
    CERTAINLY = 2


class Interval(msgspec.Struct, frozen=True):
    """The days from `earliest` to `latest`, both included; None where there is no bound."""

    edtf: str
    earliest: date | None
    latest: date | None

    @staticmethod
    def parse(edtf: str) -> "Interval":
        """The interval of a date or period in EDTF. Raises `ValueError` for anything else.

        >>> Interval.parse("1992-03").latest
        datetime.date(1992, 3, 31)
        """
        return _parse(edtf)

    @property
    def precision(self) -> Precision:
        """How fine a single date is; "other" for month groups, periods and open sides."""
        plain = self.edtf.rstrip("~?%")
        match = _DATE.fullmatch(plain)
        if match is None:
            return "other" if len(plain) != 4 else "century" if plain.endswith("XX") else "decade"
        _, month, day = match.groups()
        if month is None:
            return "year"
        return "other" if int(month) > 12 else "month" if day is None else "day"


@lru_cache(maxsize=16384)
def _parse(edtf: str) -> Interval:
    first, slash, second = edtf.partition("/")
    if not slash:
        return Interval(edtf, *_bounds(edtf))
    earliest, latest = _bounds(first)[0], _bounds(second)[1]
    if earliest is not None and latest is not None and earliest > latest:
        raise ValueError(f"{edtf!r} ends before it begins")
    return Interval(edtf, earliest, latest)


def _bounds(edtf: str) -> tuple[date | None, date | None]:
    """First and last day of one date. Raises `ValueError`."""
    if edtf == OPEN:
        return None, None
    plain = edtf[:-1] if edtf[-1:] in ("~", "?", "%") else edtf
    masked = _MASKED.fullmatch(plain)
    if masked is not None:
        # There is no year 0: the first decade and century begin with the year 1.
        first, last = int(plain.replace("X", "0")), int(plain.replace("X", "9"))
        return date(max(first, 1), 1, 1), date(last, 12, 31)
    match = _DATE.fullmatch(plain)
    if match is None:
        raise ValueError(f"{edtf!r} is not a date in EDTF")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is not None:
        return date(year, month, day), date(year, month, day)
    if month in _GROUPS:
        return _group_bounds(year, month)
    if not 1 <= month <= 12:
        raise ValueError(f"{edtf!r} has no month {month:02}")
    return date(year, month, 1), _month_end(year, month)


def _group_bounds(year: int, code: int) -> tuple[date, date]:
    first, count, _ = _GROUPS[code]
    years, last = divmod(first + count - 2, 12)
    return date(year, first, 1), _month_end(year + years, last + 1)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _low(interval: Interval) -> int:
    return _NEVER_BEGAN if interval.earliest is None else interval.earliest.toordinal()


def _high(interval: Interval) -> int:
    return _NEVER_ENDS if interval.latest is None else interval.latest.toordinal()


def _certainty(always: bool, sometimes: bool) -> Certainty:
    return Certainty.CERTAINLY if always else Certainty.POSSIBLY if sometimes else Certainty.NO


def before(a: Interval, b: Interval) -> Certainty:
    """Whether the day `a` comes before every day of the period `b`.

    A day ".." has not come yet: it lies neither before nor within nor after any period.
    """
    if a.edtf == OPEN:
        return Certainty.NO
    return _certainty(_high(a) < _low(b), _low(a) < _low(b))


def after(a: Interval, b: Interval) -> Certainty:
    """Whether the day `a` comes after every day of the period `b`: no day of 2000 is after 2000."""
    if a.edtf == OPEN:
        return Certainty.NO
    return _certainty(_low(a) > _high(b), _high(a) > _high(b))


def within(a: Interval, b: Interval) -> Certainty:
    """Whether the day `a` is one of the days of the period `b`."""
    if a.edtf == OPEN:
        return Certainty.NO
    return _certainty(_low(b) <= _low(a) and _high(a) <= _high(b), _low(b) <= _high(a) and _low(a) <= _high(b))


def overlaps(a: Interval, b: Interval) -> Certainty:
    """Whether two periods, each of all its days, share one; never merely possible."""
    shared = _low(a) <= _high(b) and _low(b) <= _high(a)
    return _certainty(shared, shared)


class Term(msgspec.Struct, frozen=True):
    """A time from one partial date to another, both days included. An open side lasts for ever."""

    start: Interval
    end: Interval

    @staticmethod
    def parse(edtf: str) -> "Term":
        """The term "start/end"; a single date is a term that began and ended within it. Raises `ValueError`.

        >>> Term.parse("2000-10-01/2008-06").end.latest
        datetime.date(2008, 6, 30)
        """
        first, slash, second = edtf.partition("/")
        whole = Interval.parse(edtf)
        return Term(Interval.parse(first), Interval.parse(second)) if slash else Term(whole, whole)

    @property
    def is_open(self) -> bool:
        return self.end.latest is None

    @property
    def edtf(self) -> str:
        return f"{_one_date(self.start, 0)}/{_one_date(self.end, -1)}"

    def overlaps(self, period: Interval) -> Certainty:
        """Whether the term covers a day of `period`: certainly, if so for every start and end it may have."""
        latest_start, earliest_end = self._inner
        return _certainty(
            latest_start <= _high(period) and earliest_end >= _low(period),
            _low(self.start) <= _high(period) and _high(self.end) >= _low(period),
        )

    def length(self, today: date) -> tuple[int, int]:
        """Least and most days from start to end; a term still open is counted to `today`."""
        latest_start, earliest_end = self._inner
        latest_end = _high(self.end)
        if self.is_open:
            earliest_end = latest_end = today.toordinal()
        earliest_start = max(_low(self.start), _NEVER_BEGAN + 1)
        return max(0, earliest_end - max(latest_start, earliest_start)), max(0, latest_end - earliest_start)

    @property
    def _inner(self) -> tuple[int, int]:
        """Latest start and earliest end possible, as day numbers: a term does not end before it starts."""
        latest_start = _NEVER_BEGAN if self.start.edtf == OPEN else min(_high(self.start), _high(self.end))
        earliest_end = _NEVER_ENDS if self.end.edtf == OPEN else max(_low(self.end), _low(self.start))
        return latest_start, earliest_end


def _one_date(interval: Interval, side: Literal[0, -1]) -> str:
    """A partial date without a slash, so that two of them can be joined by one: early 2007 is "2007-37"."""
    sides = interval.edtf.split("/")
    if len(sides) == 1:
        return interval.edtf
    code = _month_group(sides)
    return sides[side] if code is None else f"{sides[0][:4]}-{code}"


def _month_group(sides: list[str]) -> int | None:
    """The code of the months from one to another of the same year, where they have one."""
    matches = [_DATE.fullmatch(side) for side in sides]
    if any(match is None or match[2] is None or match[3] is not None for match in matches):
        return None
    if sides[0][:4] != sides[1][:4]:
        return None
    return _GROUP_OF_MONTHS.get((int(sides[0][5:]), int(sides[1][5:])))


def show(edtf: str) -> str:
    """A date or period in words, in British order. Raises `ValueError` for what is not EDTF.

    >>> [show(d) for d in ("1993-02-28", "199X", "2007-01/2007-04", "2017-04-01/..", "1890~")]
    ['28 February 1993', 'the 1990s', 'early 2007', 'since 1 April 2017', 'about 1890']
    """
    Interval.parse(edtf)
    first, slash, second = edtf.partition("/")
    if not slash:
        return _show_date(edtf)
    if first == OPEN and second == OPEN:
        return "always"
    if first == OPEN:
        return f"until {_show_date(second)}"
    if second == OPEN:
        return f"since {_show_date(first)}"
    code = _month_group([first, second])
    return _show_group(int(first[:4]), code) if code else f"{_show_date(first)} to {_show_date(second)}"


def _show_date(edtf: str) -> str:
    if edtf == OPEN:
        return "the present"
    if edtf[-1] in "~?%":
        return f"about {_show_date(edtf[:-1])}"
    if edtf.endswith("XX"):
        return f"the {ordinal(int(edtf[:2]) + 1)} century"
    if edtf.endswith("X"):
        return f"the {int(edtf[:3])}0s"
    year, month, day = int(edtf[:4]), int(edtf[5:7] or 0), int(edtf[8:] or 0)
    if month > 12:
        return _show_group(year, month)
    parts = [str(day) if day else "", MONTHS[month - 1] if month else "", _show_year(year)]
    return " ".join(part for part in parts if part)


def _show_group(year: int, code: int) -> str:
    name = _GROUPS[code][2]
    return f"{name}{'-' if name == 'mid' else ' '}{_show_year(year)}"


def _show_year(year: int) -> str:
    return str(year) if year >= 1000 else f"AD {year}"


def ordinal(number: int) -> str:
    """The number with its ending: 1st, 2nd, 3rd, 11th, 21st."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def day_after(interval: Interval) -> date | None:
    """The first day that is after all of `interval`; None where there is none."""
    return None if interval.latest in (None, date.max) else interval.latest + timedelta(days=1)


def day_before(interval: Interval) -> date | None:
    """The last day that is before all of `interval`; None where there is none."""
    return None if interval.earliest in (None, date.min) else interval.earliest - timedelta(days=1)


def duration_words(days: float) -> str:
    """A length of time as a person would say it: in days below 60, then in months, then in years and months.

    >>> duration_words(1), duration_words(425), duration_words(2829)
    ('1 day', 'about 14 months', 'about 7 years and 9 months')
    """
    if days < 60:
        return _counted(round(days), "day")
    if days < 730:
        return f"about {_counted(round(days / DAYS_OF_MONTH), 'month')}"
    years, rest = divmod(days, DAYS_OF_YEAR)
    months = round(rest / DAYS_OF_MONTH)
    if months == 12:
        years, months = years + 1, 0
    whole = f"about {_counted(int(years), 'year')}"
    return f"{whole} and {_counted(months, 'month')}" if months else whole


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
