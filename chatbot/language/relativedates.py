"""Dates in text that are told from today: last year, two years ago, the past decade, yesterday."""

from datetime import timedelta

from chatbot.language.datemeaning import is_edtf, moved
from chatbot.language.datetokens import Point, Tokens

_UNITS = frozenset("day week month year decade century".split())


def recent(tokens: Tokens, i: int) -> Point | None:
    """Last year, this month, next decade; the time up to today: the last ten years, the past decade."""
    if tokens.today is None:
        return None
    word = tokens.words[i]
    step = 0 if word == "this" else 1 if word == "next" else -1
    counted = _count_of(tokens, i + 1)
    j = i + 1 if counted is None else counted[0]
    unit = _unit(tokens.words[j])
    if unit is None or tokens.words[j + 1] == "of":
        return None
    is_rolling = counted is not None or word == "past" or (i > 0 and tokens.words[i - 1] == "the")
    if not is_rolling or not step or (unit == "century" and counted is None):
        return None if counted is not None else _calendar_unit(tokens, j + 1, unit, step)
    other = moved(tokens.today, step * (1 if counted is None else counted[1]), unit)
    if other is None:
        return None
    first, last = sorted((other, tokens.today))
    return Point(j + 1, f"{first.isoformat()}/{last.isoformat()}")


def _calendar_unit(tokens: Tokens, end: int, unit: str, step: int) -> Point | None:
    """The calendar year, month, decade or century `step` after the present one."""
    assert tokens.today is not None
    year = tokens.today.year
    months = 12 * year + tokens.today.month - 1 + step
    edtf = {
        "year": f"{year + step:04}",
        "month": f"{months // 12:04}-{months % 12 + 1:02}",
        "decade": f"{year // 10 + step:03}X",
        "century": f"{year // 100 + step:02}XX",
    }.get(unit)
    return Point(end, edtf) if edtf is not None and is_edtf(edtf) else None


def ago(tokens: Tokens, i: int) -> Point | None:
    """Two years ago, 3 months ago, a decade ago: as exact as the unit."""
    counted = _count_of(tokens, i)
    if tokens.today is None or counted is None or tokens.words[counted[0] + 1] != "ago":
        return None
    unit = _unit(tokens.words[counted[0]])
    day = None if unit is None else moved(tokens.today, -counted[1], unit)
    if day is None:
        return None
    length = {"day": 10, "week": 10, "month": 7}.get(unit or "", 4)
    return Point(counted[0] + 2, day.isoformat()[:length])


def _count_of(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The token after a small whole number, in digits or words, and the number; "a" is 1."""
    if tokens.words[i] in ("a", "an"):
        return i + 1, 1
    number = tokens.number(i, 1, 999, 1, 2, 3)
    return tokens.below_hundred(i) if number is None else (i + 1, number)


def near_day(tokens: Tokens, i: int) -> Point | None:
    if tokens.today is None:
        return None
    step = timedelta(days=1 if tokens.words[i] == "tomorrow" else -1)
    return Point(i + 1, (tokens.today + step).isoformat())


def _unit(word: str) -> str | None:
    singular = "century" if word == "centuries" else word.removesuffix("s")
    return singular if singular in _UNITS else None
