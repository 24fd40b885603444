"""What dates in text mean: parts of a date, the days before, after or around one, the day so long ago."""

from datetime import date, timedelta
from math import ceil
from typing import Literal

from chatbot.language.dates import Interval, day_after, day_before

DateRelation = Literal["in", "before", "after", "since", "until", "between", "around"]
Part = Literal["early", "mid", "late", "start", "end", "h1", "h2", "q1", "q2", "q3", "q4", "first day", "last day"]

#: Each part as a share of the whole, in twelfths: from and to.
_SHARES: dict[Part, tuple[int, int]] = {
    "early": (0, 4),
    "mid": (4, 8),
    "late": (8, 12),
    "start": (0, 1),
    "end": (11, 12),
    "h1": (0, 6),
    "h2": (6, 12),
    "q1": (0, 3),
    "q2": (3, 6),
    "q3": (6, 9),
    "q4": (9, 12),
}


def is_edtf(edtf: str) -> bool:
    """Whether there is such a date: not so of 31 June, nor of a period that ends before it begins."""
    try:
        Interval.parse(edtf)
    except ValueError:
        return False
    return True


def part_of(part: Part, edtf: str) -> str | None:
    """A part of a century, decade, year or month, in years, months or days; None of anything else.

    >>> [part_of(*p) for p in (("early", "2007"), ("end", "1999"), ("late", "199X"), ("mid", "1992-03"))]
    ['2007-01/2007-04', '1999-12', '1997/1999', '1992-03-11/1992-03-20']
    >>> part_of("last day", "2010")
    '2010-12-31'
    """
    whole = Interval.parse(edtf)
    first, last = whole.earliest, whole.latest
    if first is None or last is None or whole.precision not in ("century", "decade", "year", "month"):
        return None
    if part in ("first day", "last day"):
        return (first if part == "first day" else last).isoformat()
    if whole.precision != "year" and part in ("start", "end"):
        part = "early" if part == "start" else "late"  # a twelfth of a month or decade is finer than people mean
    low, high = _SHARES[part]
    if whole.precision == "year":
        start, end = f"{first.year:04}-{low + 1:02}", f"{first.year:04}-{high:02}"
    elif whole.precision == "month":
        days = 30 if last.day >= 30 else last.day
        start = first.replace(day=low * days // 12 + 1).isoformat()
        end = (last if high == 12 else first.replace(day=high * days // 12)).isoformat()
    else:
        years = 10 if whole.precision == "decade" else 100
        base = last.year - years + 1
        start = f"{max(base + ceil(low * years / 12), 1):04}"
        end = f"{base + ceil(high * years / 12) - 1:04}"
    return start if start == end else f"{start}/{end}"


def moved(day: date, count: int, unit: str) -> date | None:
    """The day so many units later, in a shorter month its last; None beyond the calendar."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = 12 * day.year + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        last = Interval.parse(f"{months // 12:04}-{months % 12 + 1:02}").latest
        return None if last is None else last.replace(day=min(day.day, last.day))
    except (ValueError, OverflowError):
        return None


def related(edtf: str, relation: DateRelation) -> Interval | None:
    """The days that stand in this relation to a date, if any: those after 2000 begin with 2001."""
    whole = Interval.parse(edtf)
    first, _, last = edtf.partition("/")
    match relation:
        case "after":
            day = day_after(whole)
            return None if day is None else Interval.parse(f"{_as_fine_as(last or first, day)}/..")
        case "before":
            day = day_before(whole)
            return None if day is None else Interval.parse(f"../{_as_fine_as(first, day)}")
        case "since":
            return Interval.parse(f"{first}/..")
        case "until":
            return Interval.parse(f"../{last or first}")
        case "around":
            return whole if last else Interval.parse(f"{edtf}~")
        case _:
            return whole


def _as_fine_as(edtf: str, day: date) -> str:
    """The day next to a date, no finer than that date: after 2000 comes 2001."""
    length = {"day": 10, "month": 7, "other": 7}.get(Interval.parse(edtf).precision, 4)
    return day.isoformat()[:length]
