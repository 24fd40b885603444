"""Dates in text: reading them from questions, from prose and from table cells.

Text is cut into words once; at each word that can begin a date a small grammar is tried, and the words before
it that say how the date is meant ("after", "in the", "between") are taken along. Every word is looked at a
bounded number of times, so long prose takes linear time.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Literal, TypeVar

import msgspec

from chatbot.language.dates import MONTHS, OPEN, Interval, Term, day_after, day_before
from chatbot.language.numbers import ORDINALS, SMALL_NUMBERS, parse_ordinal

DateRelation = Literal["in", "before", "after", "since", "until", "between", "around"]


class DateMention(msgspec.Struct, frozen=True):
    """A date or period that `text[start:end]` speaks of, with the words that introduce it."""

    start: int
    end: int
    interval: Interval
    """The days meant, the relation worked in: "after 2000" is "2001/.."."""
    relation: DateRelation = "in"


class _Point(msgspec.Struct, frozen=True):
    """A date that ends before token `end`."""

    end: int
    edtf: str
    sides: tuple[str, str] | None = None
    """Both dates, where it is written as a period from one to another."""
    relation: DateRelation | None = None
    """Where the words of the date itself decide it."""


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


_Lead = DateRelation | Literal["from"]
_Part = Literal["early", "mid", "late", "start", "end", "h1", "h2", "q1", "q2", "q3", "q4"]
_Meaning = TypeVar("_Meaning", bound=str)
_Phrases = dict[tuple[str, ...], _Meaning]


def _phrases(table: Mapping[_Meaning, str]) -> _Phrases[_Meaning]:
    """The words of each phrase, phrases being parted by bars, with what they mean."""
    return {tuple(phrase.split()): meaning for meaning, group in table.items() for phrase in group.split("|")}


def _set(words: str, separator: str | None = None) -> frozenset[str]:
    return frozenset(words.split(separator))


_LEAD_TABLE: dict[_Lead, str] = {
    "in": "in|on|at|during|of|for|as of|as at|as on|back in|back on|within|throughout|over|in the course of|"
    "over the course of|dated|sometime in|some time in|exactly in|all through|around the time of",
    "before": "before|prior to|earlier than|ahead of|preceding|pre -|pre",
    "after": "after|later than|following|past|post -|post|subsequent to",
    "since": "since|since at least|ever since|starting in|starting on|starting from|starting|beginning in|"
    "beginning on|beginning from|as from|on or after|in or after|from and including|no earlier than|"
    "not before",
    "until": "until|till|til|up to|up until|up till|through|thru|by|on or before|in or before|no later than|"
    "not later than|not after|right up to",
    "around": "around|about|circa|c .|ca .|c|ca|approximately|approx|approx .|roughly|near|"
    "in about|in around|in or around|in circa|in c .|~|some time around|sometime around",
    "between": "between|in between",
    "from": "from",
}
_PART_TABLE: dict[_Part, str] = {
    "early": "early|early in|early -|early part of",
    "mid": "mid|mid -|middle of|middle part of|halfway through|half way through",
    "late": "late|late in|late -|late part of|later part of|latter part of",
    "start": "start of|beginning of|opening of|outset of|start -|beginning -",
    "end": "end of|close of|end -|year end|year - end|very end of",
    "h1": "first half of|1 st half of|h 1|h 1 of",
    "h2": "second half of|2 nd half of|latter half of|last half of|h 2|h 2 of",
    "q1": "first quarter of|1 st quarter of|q 1|q 1 of",
    "q2": "second quarter of|2 nd quarter of|q 2|q 2 of",
    "q3": "third quarter of|3 rd quarter of|q 3|q 3 of",
    "q4": "fourth quarter of|4 th quarter of|last quarter of|final quarter of|q 4|q 4 of",
}
#: Each part as a share of the whole, in twelfths: from and to.
_SHARES: dict[_Part, tuple[int, int]] = {
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
_QUARTERS: tuple[_Part, ...] = ("q1", "q2", "q3", "q4")
_LEADS, _PARTS = _phrases(_LEAD_TABLE), _phrases(_PART_TABLE)
_LONGEST_LEAD, _LONGEST_PART = max(map(len, _LEADS)), max(map(len, _PARTS))
_PART_STARTS = frozenset(phrase[0] for phrase in _PARTS)

_MONTHS = {form: number for number, name in enumerate(MONTHS, 1) for form in (name.lower(), name[:3].lower())}
_MONTHS |= {"sept": 9, "june": 6, "july": 7}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_DECADES = {f"{word[:-1]}ies": value for word, value in SMALL_NUMBERS.items() if value >= 20}
_ORDINAL_ENDS = _set("st nd rd th")
_WEEKDAYS = _set("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun")
#: Words between a date and the word that says how it is meant.
_INNER_WORDS = _set("the year years period month fiscal financial calendar fy") | _WEEKDAYS
_DASHES = frozenset("-–—‐‑−")
_APOSTROPHES = frozenset("'’‘")
_SEPARATORS = _set("to until till til through thru /") | _DASHES

_NOW = _set(
    "present|the present|present day|the present day|to date|to present|to the present|until present|"
    "until now|up to now|now|current|currently|incumbent|ongoing|in office|still in office|serving",
    "|",
)
_NOW_AS_END = _NOW | _set("date today")
_SINCE_TAILS = _set("onwards|onward|and after|or after|or later|and later|and onwards|and beyond", "|")
_UNTIL_TAILS = _set("or earlier|and earlier|and before|or before", "|")
_FISCAL_TAILS = _set("fiscal year|fiscal years|financial year|financial years|budget year|budget period", "|")
_CLOSING, _OPENING = _set("ended ends closed closes"), _set("began begins started starts opened opens")

#: Nouns that make the number before them a count, not a year.
_COUNTED = _set(
    """people persons personnel troops soldiers men women children heads members staff employees workers
    students pupils teachers officers police policemen civilians peacekeepers volunteers inhabitants
    residents citizens passengers visitors guests spectators delegates refugees victims deaths
    casualties dead jobs votes seats books copies pages words points items houses homes households ships
    boats vessels aircraft planes vehicles cars trucks tanks guns species animals trees islands villages
    schools hospitals companies dollars euros pounds francs yen cents percent per hundred thousand
    million billion trillion dozen m km cm mm kg ft feet foot inches metres meters kilometres kilometers
    miles yards acres hectares tonnes tons litres liters hours minutes seconds days weeks months years
    decades times degrees watts volts mw kw gw kn knots mph usd eur gbp chf kilograms grams square cubic
    sq nautical nmi"""
)
#: Units that, joined to a number by a hyphen, make it a count: a 2000-seat hall.
_HYPHENED = _COUNTED | _set("strong man member person seat page word year day metre meter ton tonne mile acre hour")
#: Words after which digits are the number of something, or how much there is.
_NUMBERED = _set(
    """number numbers no nr num resolution resolutions article articles page pages chapter section room route
    model id code rule paragraph line volume issue nearly almost exactly most figure flight bus train highway
    channel extension verse psalm plus minus times only over under"""
)
#: Words after which digits before a plural count it.
_OWNING = _set("have has had having with contains contain contained holds hold held some employs about around")
_POSSESSIVES = _set("his her their my your our its s")
#: "What about 2015" asks of that year, not of one near it.
_BEFORE_TOPIC = _set("what how me us and know talk talked say said ask asked information facts anything more all")

_TOKEN = re.compile(r"\d+(?:\.\d+|,\d{3}(?!\d))*|[^\W\d_]+|[^\w\s]|_")
_PREFILTER = re.compile(
    r"\d|\bcentur|\bmillenn|\b(?:yester|tomorrow|noughties|thousand|twenty)|teen|ties\b|\bago\b|"
    r"\b(?:last|past|this|next|previous) "
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)", re.ASCII)
_UNITS = _set("day week month year decade century")


class _Reader:
    """The words of one text and the grammar of dates over them; readers take the token to start from."""

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

    def mentions(self) -> list[tuple[int, _Point, DateRelation]]:
        """First token, date and relation of every mention, in order."""
        found: list[tuple[int, _Point, DateRelation]] = []
        position = floor = 0
        while position < self.count:
            word = self.words[position]
            left = None
            if word[0].isdigit() or word in _READERS or word in _PART_STARTS:
                left = self._modified(position)
            if left is None:
                position += 1
                continue
            mention = self._mention(position, left, floor)
            found.append(mention)
            position = floor = mention[1].end
        return found

    def _mention(self, i: int, left: _Point, floor: int) -> tuple[int, _Point, DateRelation]:
        """The date `left`, which starts at `i`, with the words around it that belong to it."""
        first, lead = self._lead(i, floor)
        point = self._period(left, "and" if lead == "between" else "")
        closing = self._closing(point) if first > floor and self.words[first - 1] in ("as", "when") else None
        if closing is not None:
            return first - 1, closing, "in"
        point = self._with_tail(point, lead)
        if point.relation is not None:
            return first, point, point.relation
        is_period = point.sides is not None
        if lead == "from" or (lead == "since" and is_period):
            return first, point, "between" if is_period else "since"
        if lead is None or lead in ("in", "between"):
            return first, point, "between" if is_period else "in"
        return first, point, lead

    # -- around a date

    def _lead(self, i: int, floor: int) -> tuple[int, _Lead | None]:
        """The first token of the words that introduce the date at `i`, and what they say."""
        while i > floor:
            before, second = self.words[i - 1], self.words[i - 2] if i - 1 > floor else ""
            if before in _INNER_WORDS or (before == "," and second in _WEEKDAYS):
                i -= 1
            elif before == "of" and second in ("year", "years", "month"):
                i -= 2
            else:
                break
        for length in range(min(_LONGEST_LEAD, i - floor), 0, -1):
            lead = _LEADS.get(tuple(self.words[i - length : i]))
            if lead is None or self._is_glued(i - length):
                continue
            if self.words[i - 1] == "about" and i > 1 and self.words[i - 2] in _BEFORE_TOPIC:
                break
            return i - length, lead
        return i, None

    def _is_glued(self, i: int) -> bool:
        """Whether token `i` ends a longer word: "post" in "ex-post", 2005 in "F-2005" and "$2005"."""
        if i == 0 or self.ends[i - 1] != self.starts[i]:
            return False
        before = self.words[i - 1]
        if before in _DASHES and i > 1 and self.ends[i - 2] == self.starts[i - 1]:
            second = self.words[i - 2]
            return second.isalpha() and second not in _PART_STARTS and second not in ("pre", "post", "s")
        return before in "$€£¥#№_@+." or (before.isalpha() and before != "fy")

    def _with_tail(self, point: _Point, lead: _Lead | None) -> _Point:
        """The date with the words after it that belong to it: fiscal year, onwards, or earlier."""
        end = point.end
        if " ".join(self.words[end : end + 2]) in _FISCAL_TAILS:
            end += 2
        one, two = self.words[end], " ".join(self.words[end : end + 2])
        relation = point.relation
        if one in _SINCE_TAILS or (one == "on" and lead == "from"):
            end, relation = end + 1, "since"
        elif two in _SINCE_TAILS:
            end, relation = end + 2, "since"
        elif two in _UNTIL_TAILS:
            end, relation = end + 2, "until"
        return point if end == point.end else _Point(end, point.edtf, point.sides, relation)

    def _closing(self, point: _Point) -> _Point | None:
        """The end of 1999 in "as 1999 ended", the beginning in "as 1999 began"."""
        after = self.words[point.end]
        part: _Part | None = "end" if after in _CLOSING else "start" if after in _OPENING else None
        edtf = None if part is None else _part_of(part, point.edtf)
        return None if edtf is None else _Point(point.end + 1, edtf)

    # -- periods

    def _period(self, left: _Point, conjunction: str) -> _Point:
        """The date `left`, or the period from it to another; after "between" the `conjunction` joins too."""
        separator = self.words[left.end]
        if left.sides is not None or not (separator in _SEPARATORS or (separator and separator == conjunction)):
            return left
        for length in (3, 2, 1):
            if " ".join(self.words[left.end + 1 : left.end + 1 + length]) in _NOW_AS_END:
                return _Point(left.end + 1 + length, f"{left.edtf}/..", (left.edtf, OPEN), "since")
        j = left.end + 1
        while self.words[j] in ("the", "year", "in", "on", "about", "around"):
            j += 1
        right = self._modified(j)
        if right is None or right.sides is not None:
            return left
        return _joined(left.edtf, right.edtf, right.end) or left

    def _modified(self, i: int) -> _Point | None:
        """A date, or a named part of one: "early 2007", "end of the 1990s"."""
        if self.words[i] in _PART_STARTS:
            for length in range(_LONGEST_PART, 0, -1):
                part = _PARTS.get(tuple(self.words[i : i + length]))
                if part is None:
                    continue
                j = i + length
                while self.words[j] in ("the", "year", "fiscal", "financial"):
                    j += 1
                whole = self._point(j)
                edtf = None if whole is None or whole.sides else _part_of(part, whole.edtf)
                if whole is not None and edtf is not None:
                    return _Point(whole.end, edtf)
        return self._point(i)

    def _point(self, i: int) -> _Point | None:
        word = self.words[i]
        if word[:1].isdigit():
            return self._numeric(i)
        reader = _READERS.get(word)
        return None if reader is None else reader(self, i)

    def _numeric(self, i: int) -> _Point | None:
        """A date that begins with a digit."""
        dotted = _DOTTED.fullmatch(self.words[i])
        if dotted is not None:
            year = self._full_year(dotted[3])
            return None if year is None else _dated(i + 1, year, int(dotted[2]), int(dotted[1]))
        if not self.words[i].isdecimal() or self._is_glued(i):
            return None
        for reader in _NUMERIC_READERS:
            point = reader(self, i)
            if point is not None:
                return point
        return None

    def _is_joined(self, i: int, count: int) -> bool:
        """Whether `count` tokens from `i` on stand without space between."""
        last = i + count - 1
        return last < self.count and all(self.ends[k] == self.starts[k + 1] for k in range(i, last))

    def _number(self, i: int, low: int, high: int, *digits: int) -> int | None:
        """The number at `i`, if it has one of these counts of digits and lies between the two bounds."""
        word = self.words[i]
        if len(word) not in digits or not word.isdecimal():
            return None
        value = int(word)
        return value if low <= value <= high else None

    def _full_year(self, word: str) -> int | None:
        """The year of four digits; in cells also of two, where a whole date leaves no other reading."""
        if len(word) == 4 and word.isdecimal() and word[0] in "12":
            return int(word)
        return _expanded(int(word)) if self.in_cell and len(word) == 2 and word.isdecimal() else None

    # -- calendar dates

    def _year_first(self, i: int) -> _Point | None:
        """2010-03-03, 2010/03/03, 2010-03, and the periods 1994-98, 2021/22, 2013-4."""
        year, mark = self._number(i, 1000, 2999, 4), self.words[i + 1]
        if year is None or (mark != "/" and mark not in _DASHES) or not self._is_joined(i, 3):
            return None
        second = self._number(i + 2, 0, 99, 1, 2)
        if second is None:
            return None
        if self.words[i + 3] == mark and self._is_joined(i, 5):
            day = self._number(i + 4, 1, 31, 1, 2)
            return None if day is None else _dated(i + 5, year, second, day)
        if self._is_joined(i, 4) and (self.words[i + 3].isalnum() or self.words[i + 3] in _DASHES):
            return None
        base = 10 ** len(self.words[i + 2])
        end = year - year % base + second
        end += base if end <= year and (end + base == year + 1) else 0
        if end == year + 1:  # the way to write a fiscal year, a season, a school year: one period
            return _Point(i + 3, f"{year}/{end}", (str(year), str(end)), "in")
        if base == 100 and 1 <= second <= 12 and (mark == "-" or end <= year):
            return _dated(i + 3, year, second, 0)
        return _joined(str(year), str(end), i + 3)

    def _day_first(self, i: int) -> _Point | None:
        """03/04/2010 and 03/2010; the day comes first unless that makes no date."""
        first, mark = self._number(i, 1, 31, 1, 2), self.words[i + 1]
        if first is None or (mark != "/" and mark not in _DASHES):
            return None
        if self._is_joined(i, 5) and self.words[i + 3] == mark:
            second, year = self._number(i + 2, 1, 31, 1, 2), self._full_year(self.words[i + 4])
            if second is not None and year is not None:
                return _dated(i + 5, year, second, first) or _dated(i + 5, year, first, second)
        year = self._number(i + 2, 1000, 2999, 4) if mark == "/" and self._is_joined(i, 3) else None
        return None if year is None else _dated(i + 3, year, first, 0)

    def _named_calendar(self, i: int) -> _Point | None:
        """3 March 2010, March 3rd, 2010, March 2010; 3-9 May 2003, May to July 2003, 3 May - 9 June 2003."""
        whole = self._calendar(i, 0)
        if whole is not None:
            return _dated(whole.end, whole.year, whole.month, whole.day)
        left = self._yearless(i)
        if left is None:
            return None
        separator = self.words[left.end]
        if separator not in _SEPARATORS and not (separator == "and" and "between" in self.words[max(i - 2, 0) : i]):
            return None
        j = left.end + 1 + (self.words[left.end + 1] == "the")
        right = self._calendar(j, left.month if left.day else 0)
        if right is None:
            return None
        month = left.month or right.month
        year = right.year - 1 if month > right.month else right.year
        return _joined(_Day(0, year, month, left.day).edtf, right.edtf, right.end)

    def _calendar(self, i: int, month: int) -> _Day | None:
        """A day or month with its year; in "March 3-9, 2010" the right side has its `month` from the left."""
        parts = self._yearless(i)
        if parts is None or not (parts.month or (month and parts.day)):
            return None
        j = parts.end
        if self.words[j] in _DASHES and self._is_joined(j - 1, 3):
            j += 1
        while self.words[j] in (",", "of", ".", "in") and j < parts.end + 2:
            j += 1
        j += 2 if self.words[j : j + 2] == ["the", "year"] else 0
        year = self._year(j, has_day=bool(parts.day))
        return None if year is None else _Day(year[0], year[1], parts.month or month, parts.day)

    def _yearless(self, i: int) -> _Day | None:
        """What comes before a year: 3 March, 3rd of March, March 3rd, March, or only 3."""
        month = self._month(i)
        if month is not None:
            day = self._day(month[0] + (self.words[month[0]] == "the"))
            return _Day(month[0], 0, month[1], 0) if day is None else _Day(day[0], 0, month[1], day[1])
        day = self._day(i)
        if day is None:
            return None
        j = day[0] + (self.words[day[0]] == "of")
        j += self.words[j] in _DASHES and self._is_joined(j - 1, 3) and self.words[j + 1].isalpha()
        month = self._month(j)
        return _Day(day[0], 0, 0, day[1]) if month is None else _Day(month[0], 0, month[1], day[1])

    def _month(self, i: int) -> tuple[int, int] | None:
        month = _MONTHS.get(self.words[i])
        return None if month is None else (i + 1 + (self.words[i + 1] == "."), month)

    def _day(self, i: int) -> tuple[int, int] | None:
        day = self._number(i, 1, 31, 1, 2)
        if day is None:
            return None
        return i + 1 + (self.words[i + 1] in _ORDINAL_ENDS and self._is_joined(i, 2)), day

    # -- years

    def _year(self, i: int, has_day: bool) -> tuple[int, int] | None:
        """The token after a year and the year, where a month or season before leaves no other reading."""
        year = self._number(i, 1000, 2999, 4) or (self._number(i, 100, 999, 3) if self.in_cell else None)
        if year is None and self.in_cell and (has_day or (self._number(i, 32, 99, 2) is not None)):
            year = self._full_year(self.words[i])
        if year is not None:
            is_longer = self._is_joined(i, 2) and self.words[i + 1].isalpha()
            return None if is_longer else self._era(i + 1, year)
        if self.words[i] == "ad":
            year = self._number(i + 1, 1, 2999, 1, 2, 3, 4)
            return None if year is None else (i + 2, year)
        if self.words[i] in _APOSTROPHES:
            point = self._two_digits(i)
            return None if point is None or not point.edtf.isdecimal() else (point.end, int(point.edtf))
        return self._spelt_year(i)

    def _era(self, i: int, year: int) -> tuple[int, int] | None:
        """The year with "AD" or "CE" after it at `i`; None before Christ: our calendar begins with AD 1."""
        if self.words[i] in ("ad", "ce"):
            return i + 1, year
        if self.words[i] in ("bc", "bce") or self.words[i : i + 3] == ["b", ".", "c"]:
            return None
        return i, year

    def _bare_year(self, i: int) -> _Point | None:
        """Four digits that the words around do not make a count, a sum or the number of a thing."""
        year = self._number(i, 1000, 2099, 4)
        if year is None:
            return self._early_year(i)
        ended = self._era(i + 1, year)
        if ended is None or not self._reads_as_year(i, ended[0]):
            return None
        end = ended[0]
        q = end + (self.words[end] in _DASHES)
        quarter = self._number(q + 1, 1, 4, 1) if self.words[q] == "q" else None
        if quarter is not None:
            return _Point(q + 2, _part_of(_QUARTERS[quarter - 1], str(year)) or str(year))
        return _Point(end, str(year))

    def _early_year(self, i: int) -> _Point | None:
        """962 AD; as a whole cell also 962."""
        year = self._number(i, 1, 999, 1, 2, 3)
        if year is None:
            return None
        if self.words[i + 1] in ("ad", "ce"):
            return _Point(i + 2, f"{year:04}")
        return _Point(i + 1, f"{year:04}") if self.in_cell and year >= 100 and self.count == 1 else None

    def _reads_as_year(self, i: int, end: int) -> bool:
        after, before, second = (
            self.words[end],
            self.words[i - 1] if i else "",
            self.words[i - 2] if i > 1 else "",
        )
        if self._is_joined(end - 1, 2) and (after.isalnum() or after in "%°€$£"):
            return False
        if after in _DASHES and self._is_joined(end - 1, 3) and self.words[end + 1] in _HYPHENED:
            return False
        if after == "%" or before in ("$", "€", "£", "¥", "#", "№") or before in _NUMBERED:
            return False
        if before in ("than", "least"):
            return second in ("later", "earlier") or self.words[max(i - 3, 0)] == "since"
        if before == "." and second in ("no", "nr", "art", "p", "pp", "vol"):
            return False
        if after in _COUNTED:
            return before in ("in", "since", "during") and after != "per"
        return not (before in _OWNING and after.endswith("s"))

    def _two_digits(self, i: int) -> _Point | None:
        """'05 and '98, the '90s."""
        value = self._number(i + 1, 0, 99, 2)
        if value is None or not self._is_joined(i, 2) or (i and self.ends[i - 1] == self.starts[i]):
            return None
        year = _expanded(value)
        if self.words[i + 2] == "s" and self._is_joined(i, 3):
            return _Point(i + 3, f"{year // 10}X") if value % 10 == 0 else None
        return _Point(i + 2, str(year))

    def _spelt(self, i: int) -> _Point | None:
        """nineteen ninety-four, the nineteen nineties; twenty-first century; two years ago."""
        j = i + 1 + (self.words[i + 1] in _DASHES)
        if self.words[j] in _DECADES and 11 <= SMALL_NUMBERS[self.words[i]] <= 20:
            return _Point(j + 1, f"{SMALL_NUMBERS[self.words[i]]}{_DECADES[self.words[j]] // 10}X")
        year = self._spelt_year(i)
        if year is None:
            return self._century(i) or self._ago(i)
        is_count = self.words[year[0]] in _COUNTED or (i > 0 and self.words[i - 1] in _NUMBERED)
        return None if is_count else _Point(year[0], str(year[1]))

    def _spelt_year(self, i: int) -> tuple[int, int] | None:
        """The token after a year in words and the year; "two thousand" needs "the year" before it."""
        first = SMALL_NUMBERS.get(self.words[i], 0)
        if first == 2 and self.words[i + 1] == "thousand":
            rest = self._below_hundred(i + 2 + (self.words[i + 2] == "and"))
            if rest is not None:
                return rest[0], 2000 + rest[1]
            return (i + 2, 2000) if i and self.words[i - 1] == "year" else None
        if not 11 <= first <= 20:
            return None
        j = i + 1 + (self.words[i + 1] in _DASHES)
        if self.words[j] == "hundred" and first < 20:
            rest = self._below_hundred(j + 1 + (self.words[j + 1] == "and"))
            return (j + 1, 100 * first) if rest is None else (rest[0], 100 * first + rest[1])
        if self.words[j] in ("oh", "o"):
            rest = self._below_hundred(j + 1 + (self.words[j + 1] in _DASHES))
            return (rest[0], 100 * first + rest[1]) if rest is not None and rest[1] < 10 else None
        rest = self._below_hundred(j)
        return None if rest is None or rest[1] < 10 else (rest[0], 100 * first + rest[1])

    def _below_hundred(self, i: int) -> tuple[int, int] | None:
        """The token after a spelt number from 1 to 99, and the number."""
        value = SMALL_NUMBERS.get(self.words[i], 0)
        if not value:
            return None
        j = i + 1 + (self.words[i + 1] in _DASHES)
        one = SMALL_NUMBERS.get(self.words[j], 0) if value >= 20 else 0
        return (j + 1, value + one) if 0 < one < 10 else (i + 1, value)

    def _anno_domini(self, i: int) -> _Point | None:
        year = self._number(i + 1, 1, 2099, 1, 2, 3, 4)
        return None if year is None else _Point(i + 2, f"{year:04}")

    def _fiscal(self, i: int) -> _Point | None:
        """FY2021, FY 2021-22: a word before the year that changes nothing."""
        return self._numeric(i + 1) if self.words[i + 1][:1].isdigit() else None

    # -- seasons, decades, centuries

    def _season(self, i: int) -> _Point | None:
        """Spring 2001; the winter of 2010-11, which is called by the year in which it begins."""
        year = self._year(i + 1 + (self.words[i + 1] in ("of", ",", "in")), has_day=False)
        if year is None:
            return None
        end = year[0]
        if self.words[i] == "winter" and self.words[end] in _DASHES | {"/"} and self._is_joined(end - 1, 3):
            following = self._number(end + 1, 0, 2999, 2, 4)
            end += 2 if following in (year[1] + 1, (year[1] + 1) % 100) else 0
        return _Point(end, f"{year[1]:04}-{_SEASONS[self.words[i]]}")

    def _decade(self, i: int) -> _Point | None:
        """1990s, 1990's, the 1990 s; the 90s."""
        end = i + 1 + (self.words[i + 1] in _APOSTROPHES)
        has_article = i > 0 and self.words[i - 1] in ("the", *_PART_STARTS)
        if self.words[end] != "s" or not (self._is_joined(i, end - i + 1) or has_article):
            return None
        year = self._number(i, 100, 2990, 3, 4)
        if year is not None:
            return _Point(end + 1, f"{year // 10:03}X") if year % 10 == 0 else None
        short = self._number(i, 20, 90, 2)
        if short is None or short % 10 or (i and self.words[i - 1] in _POSSESSIVES):
            return None
        return _Point(end + 1, f"19{short // 10}X")

    def _decade_word(self, i: int) -> _Point | None:
        """The nineties; not "in her nineties"."""
        if i and self.words[i - 1] in _POSSESSIVES:
            return None
        return _Point(i + 1, f"19{_DECADES[self.words[i]] // 10}X")

    def _noughties(self, i: int) -> _Point | None:
        return _Point(i + 1, "200X")

    def _century(self, i: int) -> _Point | None:
        """19th century, twenty-first century, 19th and 20th centuries."""
        ordinal = self._ordinal(i)
        if ordinal is None or not 1 <= ordinal[1] <= 30:
            return None
        j, edtf = ordinal[0], f"{ordinal[1] - 1:02}XX"
        noun = j + (self.words[j] in _DASHES)
        if self.words[noun] in ("century", "centuries"):
            ended = self._era(noun + 1, ordinal[1])
            return None if ended is None else _Point(ended[0], edtf)
        if self.words[j] == "and" or self.words[j] in _SEPARATORS:
            last = self._ordinal(j + 1 + (self.words[j + 1] == "the"))
            if last is not None and self.words[last[0]] in ("century", "centuries") and last[1] <= 30:
                ended = self._era(last[0] + 1, last[1])
                return None if ended is None else _joined(edtf, f"{last[1] - 1:02}XX", ended[0])
        return None

    def _ordinal(self, i: int) -> tuple[int, int] | None:
        """The token after 19th, nineteenth or twenty-first, and its number."""
        word = self.words[i]
        if word.isdecimal():
            is_ordinal = self.words[i + 1] in _ORDINAL_ENDS and len(word) < 4
            return (i + 2, int(word)) if is_ordinal else None
        if word in SMALL_NUMBERS:
            j = i + 1 + (self.words[i + 1] in _DASHES)
            number = parse_ordinal(f"{word}-{self.words[j]}")
            return None if number is None else (j + 1, number)
        number = ORDINALS.get(word)
        return None if number is None else (i + 1, number)

    def _turn(self, i: int) -> _Point | None:
        """The turn of the century: the year in which the centuries changed and its neighbours."""
        j = i + 2 + (self.words[i + 2] == "the")
        if self.words[i + 1] != "of":
            return None
        if self.words[j] in ("century", "millennium"):
            return _Point(j + 1, "1999/2001", None, "around")
        century = self._point(j)
        if century is None or not re.fullmatch(r"\d\dXX", century.edtf) or century.edtf == "00XX":
            return None
        year = 100 * int(century.edtf[:2])
        return _Point(century.end, f"{year - 1:04}/{year + 1:04}", None, "around")

    # -- relative to today

    def _recent(self, i: int) -> _Point | None:
        """Last year, this month, next decade; the time up to today: the last ten years, the past decade."""
        if self.today is None:
            return None
        word = self.words[i]
        step = 0 if word == "this" else 1 if word == "next" else -1
        counted = self._count_of(i + 1)
        j = i + 1 if counted is None else counted[0]
        unit = _unit(self.words[j])
        if unit is None or self.words[j + 1] == "of":
            return None
        is_rolling = counted is not None or word == "past" or (i > 0 and self.words[i - 1] == "the")
        if not is_rolling or not step or (unit == "century" and counted is None):
            return None if counted is not None else self._calendar_unit(j + 1, unit, step)
        other = _moved(self.today, step * (1 if counted is None else counted[1]), unit)
        if other is None:
            return None
        first, last = sorted((other, self.today))
        return _Point(j + 1, f"{first.isoformat()}/{last.isoformat()}")

    def _calendar_unit(self, end: int, unit: str, step: int) -> _Point | None:
        """The calendar year, month, decade or century `step` after the present one."""
        assert self.today is not None
        year = self.today.year
        months = 12 * year + self.today.month - 1 + step
        edtf = {
            "year": f"{year + step:04}",
            "month": f"{months // 12:04}-{months % 12 + 1:02}",
            "decade": f"{year // 10 + step:03}X",
            "century": f"{year // 100 + step:02}XX",
        }.get(unit)
        return None if edtf is None else _Point(end, edtf)

    def _ago(self, i: int) -> _Point | None:
        """Two years ago, 3 months ago, a decade ago: as exact as the unit."""
        counted = self._count_of(i)
        if self.today is None or counted is None or self.words[counted[0] + 1] != "ago":
            return None
        unit = _unit(self.words[counted[0]])
        day = None if unit is None else _moved(self.today, -counted[1], unit)
        if day is None:
            return None
        length = {"day": 10, "week": 10, "month": 7}.get(unit or "", 4)
        return _Point(counted[0] + 2, day.isoformat()[:length])

    def _count_of(self, i: int) -> tuple[int, int] | None:
        """The token after a small whole number, in digits or words, and the number; "a" is 1."""
        if self.words[i] in ("a", "an"):
            return i + 1, 1
        number = self._number(i, 1, 999, 1, 2, 3)
        return self._below_hundred(i) if number is None else (i + 1, number)

    def _near_day(self, i: int) -> _Point | None:
        if self.today is None:
            return None
        step = timedelta(days=1 if self.words[i] == "tomorrow" else -1)
        return _Point(i + 1, (self.today + step).isoformat())


_WordReader = Callable[[_Reader, int], _Point | None]

_NUMERIC_READERS: tuple[_WordReader, ...] = (
    _Reader._year_first,
    _Reader._day_first,
    _Reader._named_calendar,
    _Reader._century,
    _Reader._decade,
    _Reader._ago,
    _Reader._bare_year,
)
#: The words a date can begin with, and what reads on from there.
_READERS: Mapping[str, _WordReader] = {
    **dict.fromkeys(SMALL_NUMBERS, _Reader._spelt),
    **dict.fromkeys(ORDINALS, _Reader._century),
    **dict.fromkeys(_MONTHS, _Reader._named_calendar),
    **dict.fromkeys(_SEASONS, _Reader._season),
    **dict.fromkeys(_DECADES, _Reader._decade_word),
    **dict.fromkeys(("last", "past", "previous", "this", "next"), _Reader._recent),
    **dict.fromkeys(("yesterday", "tomorrow"), _Reader._near_day),
    **dict.fromkeys(_APOSTROPHES, _Reader._two_digits),
    **dict.fromkeys(("a", "an"), _Reader._ago),
    "ad": _Reader._anno_domini,
    "fy": _Reader._fiscal,
    "noughties": _Reader._noughties,
    "turn": _Reader._turn,
}


def _expanded(two_digits: int) -> int:
    """'05 is 2005, '98 is 1998; few documents speak of the years after 2040."""
    return two_digits + (2000 if two_digits < 40 else 1900)


def _unit(word: str) -> str | None:
    singular = "century" if word == "centuries" else word.removesuffix("s")
    return singular if singular in _UNITS else None


def _dated(end: int, year: int, month: int, day: int) -> _Point | None:
    """The point of a calendar date, None where there is no such day."""
    edtf = _Day(end, year, month, day).edtf
    return _Point(end, edtf) if 1 <= month <= 12 and _is_edtf(edtf) else None


def _joined(left: str, right: str, end: int) -> _Point | None:
    """The period from one date to another, None where it would end before it begins."""
    edtf = f"{left.split('/')[0]}/{right.split('/')[-1]}"
    return _Point(end, edtf, (left, right)) if _is_edtf(edtf) else None


def _is_edtf(edtf: str) -> bool:
    try:
        Interval.parse(edtf)
    except ValueError:
        return False
    return True


def _part_of(part: _Part, edtf: str) -> str | None:
    """A part of a century, decade, year or month, in years, months or days; None of anything else.

    >>> [_part_of(*p) for p in (("early", "2007"), ("end", "1999"), ("late", "199X"), ("mid", "1992-03"))]
    ['2007-01/2007-04', '1999-12', '1997/1999', '1992-03-11/1992-03-20']
    """
    whole = Interval.parse(edtf)
    first, last = whole.earliest, whole.latest
    if first is None or last is None or whole.precision not in ("century", "decade", "year", "month"):
        return None
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


def _moved(day: date, count: int, unit: str) -> date | None:
    """The day so many units later, in a shorter month its last; None beyond the calendar."""
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = 12 * day.year + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        last = Interval.parse(f"{months // 12:04}-{months % 12 + 1:02}").latest
        return None if last is None else last.replace(day=min(day.day, last.day))
    except (ValueError, OverflowError):
        return None


def _related(edtf: str, relation: DateRelation) -> Interval | None:
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


def find_dates(text: str, today: date | None) -> list[DateMention]:
    """Every date and period in `text`, in order, none overlapping. Without `today`, "last year" is no date.

    >>> [(m.interval.edtf, m.relation) for m in find_dates("after 2000 or in mid-1994?", date(2026, 1, 1))]
    [('2001/..', 'after'), ('1994-05/1994-08', 'in')]
    """
    if _PREFILTER.search(text.lower()) is None:
        return []
    reader = _Reader(text, today)
    found: list[DateMention] = []
    for first, point, relation in reader.mentions():
        interval = _related(point.edtf, relation)
        if interval is not None:
            found.append(DateMention(reader.starts[first], reader.ends[point.end - 1], interval, relation))
    return found


_FOOTNOTE = re.compile(r"\[[^\]]*\]|[*†‡§¶¹²³⁰⁴-⁹]+")
_REMARK = re.compile(r"\((?![^()]*\d{4})[^()]*\)")
_CLOCK = re.compile(
    r"(?<=\d)(?:T|,? +(?:at +)?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d| ?UTC| ?[ap]m)?$",
    re.I,
)
_OPEN_END = re.compile(r"\s*[-–—]+$")
_OPEN_START = re.compile(r"^[-–—]+\s*")


def parse_cell_date(text: str) -> str | None:
    """EDTF of the one date that is the whole of a table cell; ".." for an incumbent's "present"; else None.

    >>> parse_cell_date("3 Sept. 1999[2]"), parse_cell_date("Incumbent"), parse_cell_date("–")
    ('1999-09-03', '..', None)
    """
    cleaned = _cleaned(text)
    if cleaned.lower() in _NOW:
        return OPEN
    mention = _whole_cell(cleaned)
    if mention is None:
        return None
    point, relation = mention
    if point.sides is not None or relation not in ("in", "around"):
        return None
    interval = _related(point.edtf, relation)
    return None if interval is None else interval.edtf


def parse_cell_term(text: str) -> str | None:
    """EDTF "start/end" of the term that is the whole of a table cell; None for anything else, one date too.

    >>> [parse_cell_term(c) for c in ("1993–96", "2017–", "May–July 2003", "until 1990", "2003")]
    ['1993/1996', '2017/..', '2003-05/2003-07', '../1990', None]
    """
    cleaned = _cleaned(text)
    for mark, term in ((_OPEN_END, "{}/.."), (_OPEN_START, "../{}")):
        bare = mark.sub("", cleaned)
        if bare != cleaned:
            side = parse_cell_date(bare)
            return None if side is None or side == OPEN or "/" in side else term.format(side)
    mention = _whole_cell(cleaned)
    if mention is None:
        return None
    point, relation = mention
    if point.sides is not None and relation in ("in", "between", "since"):
        start, end = (Interval.parse(side) for side in point.sides)
        return Term(start, end).edtf
    if point.sides is None and relation in ("since", "until"):
        interval = _related(point.edtf, relation)
        return None if interval is None else interval.edtf
    return None


def _cleaned(text: str) -> str:
    """A cell without footnote marks, remarks in brackets and the time of day."""
    folded = " ".join(_REMARK.sub(" ", _FOOTNOTE.sub(" ", text)).split())
    return _CLOCK.sub("", folded).rstrip(" ,;.")


def _whole_cell(text: str) -> tuple[_Point, DateRelation] | None:
    """The date and relation of a cell that holds nothing else."""
    if len(text) > 80:
        return None
    reader = _Reader(text, None, in_cell=True)
    found = reader.mentions()
    if len(found) != 1 or found[0][0] != 0 or found[0][1].end != reader.count:
        return None
    return found[0][1], found[0][2]
