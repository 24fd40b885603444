"""Dates in text: reading them from questions, from prose and from table cells.

Text is cut into words once; at each word that can begin a date a small grammar is tried, and the words before it that
say how the date is meant ("after", "in the", "between") are taken along. Every word is looked at a bounded number of
times, so long prose takes linear time.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal

import msgspec

from chatbot.language.dates import MONTHS, OPEN, Interval, Term, day_after, day_before
from chatbot.language.numbers import SMALL_NUMBERS, parse_ordinal

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


class _Day(msgspec.Struct, frozen=True):
    """A calendar date in parts, which ends before token `end`."""

    end: int
    year: int
    month: int
    day: int
    """0 for parts not given."""

    @property
    def edtf(self) -> str:
        return (
            f"{self.year:04}"
            + (f"-{self.month:02}" if self.month else "")
            + (f"-{self.day:02}" if self.day else "")
        )


_MONTHS: dict[str, int] = {
    form: number
    for number, name in enumerate((month.lower() for month in MONTHS), 1)
    for form in (
        name,
        name[:3],
        *(["sept"] if number == 9 else []),
        *([name[:4]] if number in (6, 7) else []),
    )
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_DECADES = {f"{word[:-1]}ies": SMALL_NUMBERS[word] for word in SMALL_NUMBERS if word.endswith("ty")}
_ORDINAL_ENDS = frozenset(("st", "nd", "rd", "th"))
_DASHES = frozenset("-–—‐‑−")
_SEPARATORS = frozenset(("to", "until", "till", "til", "through", "thru", "/", *_DASHES))
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun".split()
)

# Words before a date, read backwards: first these, which belong to it ...
_INNER_WORDS = frozenset(
    ("the", "year", "years", "period", "fiscal", "financial", "calendar", "fy", "month", *_WEEKDAYS)
)
# ... then one of these, which says how it is meant.
_LEADS: dict[tuple[str, ...], DateRelation | Literal["from"]] = {
    tuple(phrase.split()): relation
    for relation, phrases in {
        "in": "in|on|at|during|of|for|as of|as at|back in|back on|within|throughout|over|in the course of|"
        "over the course of|dated|from within|as|as on|sometime in|some time in|exactly in|all through|around the time of",
        "before": "before|prior to|earlier than|ahead of|preceding|pre -|pre|until before",
        "after": "after|later than|following|past|post -|post|subsequent to|from after",
        "since": "since|ever since|starting in|starting on|starting from|starting|beginning in|beginning on|"
        "beginning from|as from|on or after|in or after|from and including|no earlier than|not before|with effect from",
        "until": "until|till|til|up to|up until|up till|through|thru|by|on or before|in or before|no later than|"
        "not later than|not after|right up to|to the end of",
        "around": "around|about|circa|c .|ca .|c|ca|approximately|approx|approx .|roughly|near|in about|in around|"
        "in or around|in circa|in c .|~|in approximately|in roughly|some time around|sometime around",
        "between": "between|in between",
        "from": "from|in the period from|the period from",
    }.items()
    for phrase in phrases.split("|")
}  # type: ignore[misc]
_LONGEST_LEAD = max(map(len, _LEADS))

_Part = Literal["early", "mid", "late", "start", "end", "h1", "h2", "q1", "q2", "q3", "q4"]
_PARTS: dict[tuple[str, ...], _Part] = {
    tuple(phrase.split()): part
    for part, phrases in {
        "early": "early|early in|early -",
        "mid": "mid|mid -|middle of|middle",
        "late": "late|late in|late -",
        "start": "start of|beginning of|opening of|outset of|start -|beginning -",
        "end": "end of|close of|end -|end|close|year end|year - end|very end of",
        "h1": "first half of|1 st half of|h 1|h 1 of",
        "h2": "second half of|2 nd half of|latter half of|h 2|h 2 of|last half of",
        "q1": "first quarter of|1 st quarter of|q 1|q 1 of",
        "q2": "second quarter of|2 nd quarter of|q 2|q 2 of",
        "q3": "third quarter of|3 rd quarter of|q 3|q 3 of",
        "q4": "fourth quarter of|4 th quarter of|last quarter of|final quarter of|q 4|q 4 of",
    }.items()
    for phrase in phrases.split("|")
}  # type: ignore[misc]
_PART_STARTS = frozenset(phrase[0] for phrase in _PARTS)
#: Each part as its share of the whole: from and to.
_SHARES: dict[_Part, tuple[float, float]] = {
    "early": (0, 1 / 3),
    "mid": (1 / 3, 2 / 3),
    "late": (2 / 3, 1),
    "start": (0, 1 / 12),
    "end": (11 / 12, 1),
    "h1": (0, 1 / 2),
    "h2": (1 / 2, 1),
    "q1": (0, 1 / 4),
    "q2": (1 / 4, 1 / 2),
    "q3": (1 / 2, 3 / 4),
    "q4": (3 / 4, 1),
}

_PRESENT = frozenset(
    "present|the present|present day|the present day|date|to date|now|today|current|currently|incumbent|ongoing|"
    "in office|still in office|to present|until present|until now|till now|up to now|to the present|serving|"
    "current holder|present time|incumbents".split("|")
)
_SINCE_TAILS = frozenset(
    "onwards|onward|and after|or after|or later|and later|and onwards|and beyond|or newer|on wards".split("|")
)
_UNTIL_TAILS = frozenset("or earlier|and earlier|and before|or before|or older|and prior".split("|"))
_FISCAL_TAILS = frozenset(
    f"{kind} {noun}" for kind in ("fiscal", "financial", "budget") for noun in ("year", "years", "period")
)
_CLOSING = frozenset("ended ends closed closes".split())
_OPENING = frozenset("began begins started starts opened opens".split())

#: Nouns that make the number before them a count, not a year.
_COUNTED = frozenset(
    """people persons personnel troops soldiers men women children heads members staff employees workers students
    pupils teachers officers police policemen civilians peacekeepers volunteers inhabitants residents citizens
    passengers visitors guests spectators delegates refugees victims deaths casualties dead jobs votes seats books
    copies pages words points items houses homes households ships boats vessels aircraft planes vehicles cars trucks
    tanks guns species animals trees islands villages schools hospitals companies dollars euros pounds francs yen
    cents percent per hundred thousand million billion trillion dozen m km cm mm kg ft feet foot inches metres meters
    kilometres kilometers miles yards acres hectares tonnes tons litres liters hours minutes seconds days weeks months
    years decades times degrees watts volts mw kw gw kn knots mph usd eur gbp chf kilograms grams square cubic
    sq nautical nmi""".split()
)
_NUMBERED = frozenset(
    """number numbers no nr num resolution resolutions article articles page pages chapter section room route model
    id code rule paragraph line volume issue than nearly almost exactly least most figure flight bus train highway
    channel extension verse psalm plus minus times only""".split()
)
_OWNING = frozenset(
    "have has had having with contains contain contained holds hold held some employs".split()
)
_POSSESSIVE = frozenset("his her their my your our its s".split())

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_PREFILTER = re.compile(
    r"\d|\b(?:centur|decade|millenn|yesterday|tomorrow|(?:last|past|this|next|previous|coming) |noughties|thousand)|"
    r"ago\b|ties\b|\b(?:thir|four|fif|six|seven|eigh|nine)teen|\btwenty"
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_COARSE = {"years": 365, "year": 365, "months": 30, "month": 30, "weeks": 7, "week": 7, "days": 1, "day": 1}


class _Reader:
    """The words of one text and the grammar of dates over them; every method takes the token to start from."""

    def __init__(self, text: str, today: date | None, in_cell: bool = False) -> None:
        lowered = text.lower()
        if len(lowered) != len(text):
            lowered = "".join(c.lower()[:1] for c in text)
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
            mention = self._mention(position, floor) if self._may_begin(position) else None
            if mention is None:
                position += 1
                continue
            found.append(mention)
            position = floor = mention[1].end
        return found

    def _may_begin(self, i: int) -> bool:
        word = self.words[i]
        return word[0].isdigit() or word in _READERS or word in _PART_STARTS

    def _mention(self, i: int, floor: int) -> tuple[int, _Point, DateRelation] | None:
        first, lead = self._lead(i, floor)
        point = self._period(i, is_listed=lead == "between")
        if point is None:
            return None
        point = self._with_tail(point, first, lead)
        relation: DateRelation
        if point.relation is not None:
            relation = point.relation
        elif lead == "from":
            relation = "since" if point.sides is None else "between"
        elif lead is None or lead in ("in", "between"):
            relation = "in" if point.sides is None or point.sides[0] == point.sides[1] else "between"
        else:
            relation = lead
        return first, point, relation

    # -- around a date

    def _lead(self, i: int, floor: int) -> tuple[int, DateRelation | Literal["from"] | None]:
        """The first token of the words that introduce the date at `i`, and what they say."""
        while i > floor:
            word = self.words[i - 1]
            if word in _INNER_WORDS or (word == "," and i - 1 > floor and self.words[i - 2] in _WEEKDAYS):
                i -= 1
            elif (
                word == "of" and i - 1 > floor and self.words[i - 2] in ("year", "years", "month", "morning")
            ):
                i -= 2
            else:
                break
        for length in range(min(_LONGEST_LEAD, i - floor), 0, -1):
            lead = _LEADS.get(tuple(self.words[i - length : i]))
            if lead is not None and not (length == 1 and self._is_part_of_word(i - 1)):
                return i - length, lead
        return i, None

    def _is_part_of_word(self, i: int) -> bool:
        """Whether token `i` hangs on the one before, as "post" in "ex-post" or "c" in "u.c."."""
        return (
            i > 0
            and self.ends[i - 1] == self.starts[i]
            and self.words[i - 1] not in ("(", "[", "“", '"', "‘")
        )

    def _with_tail(self, point: _Point, first: int, lead: str | None) -> _Point:
        """The date with the words after it that belong to it: onwards, or earlier, fiscal year, "(as 1999) ended"."""
        end = point.end
        if f"{self.words[end]} {self.words[end + 1]}" in _FISCAL_TAILS:
            point, end = msgspec.structs.replace(point, end=end + 2), end + 2
        one, two = self.words[end], f"{self.words[end]} {self.words[end + 1]}"
        if one in _SINCE_TAILS or (one == "on" and lead == "from"):
            return msgspec.structs.replace(point, end=end + 1, relation="since")
        if two in _SINCE_TAILS:
            return msgspec.structs.replace(point, end=end + 2, relation="since")
        if two in _UNTIL_TAILS:
            return msgspec.structs.replace(point, end=end + 2, relation="until")
        if lead == "in" and self.words[first] == "as":
            part: _Part | None = "end" if one in _CLOSING else "start" if one in _OPENING else None
            edtf = None if part is None else _part_of(part, point.edtf)
            if edtf is not None:
                return _Point(end + 1, edtf)
        return point

    # -- periods

    def _period(self, i: int, is_listed: bool) -> _Point | None:
        """A date, or two joined into a period; after "between", "and" joins too."""
        left = self._modified(i)
        if left is None or left.sides is not None:
            return left
        separator = self.words[left.end]
        if separator in _SEPARATORS or (is_listed and separator == "and"):
            present = self._present(left.end + 1)
            if present is not None:
                return _Point(present, f"{left.edtf}/..", (left.edtf, OPEN), "since")
            j = left.end + 1
            while self.words[j] in ("the", "year", "in", "on", "about", "around"):
                j += 1
            right = self._modified(j)
            if right is not None and right.sides is None:
                return _joined(left.edtf, right.edtf, right.end) or left
        return left

    def _present(self, i: int) -> int | None:
        for length in (3, 2, 1):
            if " ".join(self.words[i : i + length]) in _PRESENT:
                return i + length
        return None

    def _modified(self, i: int) -> _Point | None:
        """A date, or a named part of one: "early 2007", "the end of the 1990s"."""
        if self.words[i] in _PART_STARTS:
            for length in (4, 3, 2, 1):
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

    # -- calendar dates

    def _numeric(self, i: int) -> _Point | None:
        """A date that begins with a digit."""
        dotted = _DOTTED.fullmatch(self.words[i])
        if dotted is not None:
            return _dated(i + 1, int(dotted[3]), int(dotted[2]), int(dotted[1]))
        if not self.words[i].isdecimal() or self._is_glued(i):
            return None
        for reader in (
            self._year_first, self._day_first, self._named_calendar, self._century, self._decade, self._ago,
            self._bare_year,
        ):  # fmt: skip
            point = reader(i)
            if point is not None:
                return point
        return None

    def _is_glued(self, i: int) -> bool:
        """Whether the digits are part of a code ("F-2005", "A2005", "$2000", "#2005")."""
        if i == 0 or self.ends[i - 1] != self.starts[i]:
            return False
        before = self.words[i - 1]
        if before in _DASHES and i > 1 and self.ends[i - 2] == self.starts[i - 1]:
            return (
                self.words[i - 2] not in _PART_STARTS | {"pre", "post"} and not self.words[i - 2][0].isdigit()
            )
        return before in "$€£¥#№_@+" or (before.isalpha() and before not in ("fy", "q", "h"))

    def _adjacent(self, i: int, count: int) -> bool:
        """Whether `count` tokens from `i` on stand without space between."""
        last = i + count - 1
        return last < self.count and all(self.ends[k] == self.starts[k + 1] for k in range(i, last))

    def _number(self, i: int, low: int, high: int, digits: tuple[int, ...] = (1, 2)) -> int | None:
        word = self.words[i]
        if len(word) not in digits or not word.isdecimal():
            return None
        value = int(word)
        return value if low <= value <= high else None

    def _year_first(self, i: int) -> _Point | None:
        """2010-03-03, 2010/03/03, 2010-03, and the periods 1994-98, 2021/22."""
        year, mark = self._number(i, 1000, 2999, (4,)), self.words[i + 1]
        if year is None or (mark != "/" and mark not in _DASHES) or not self._adjacent(i, 3):
            return None
        second = self._number(i + 2, 1, 99, (2,))
        if second is None:
            return None
        if self.words[i + 3] == mark and self._adjacent(i, 5):
            day = self._number(i + 4, 1, 31)
            return None if day is None else _dated(i + 5, year, second, day)
        end = year - year % 100 + second
        if self._adjacent(i, 4) and self.words[i + 3].isalnum():
            return None
        if second <= 12 and (mark == "-" or end <= year) and end != year + 1:
            return _dated(i + 3, year, second, 0)
        if end == year + 1 or (year % 100 == 99 and second == 0):
            return _Point(i + 3, f"{year}/{year + 1}", (str(year), str(year + 1)), "in")
        return _joined(str(year), str(end), i + 3)

    def _day_first(self, i: int) -> _Point | None:
        """03/04/2010 and 03/2010; the day comes first unless that makes no date."""
        first, mark = self._number(i, 1, 31), self.words[i + 1]
        if first is None or (mark != "/" and mark not in _DASHES):
            return None
        if self._adjacent(i, 5) and self.words[i + 3] == mark:
            second, year = self._number(i + 2, 1, 31), self._number(i + 4, 1000, 2999, (4,))
            if second is not None and year is not None:
                return _dated(i + 5, year, second, first) or _dated(i + 5, year, first, second)
        year = self._number(i + 2, 1000, 2999, (4,)) if mark == "/" and self._adjacent(i, 3) else None
        return None if year is None else _dated(i + 3, year, first, 0)

    def _named_calendar(self, i: int) -> _Point | None:
        """3 March 2010, March 3rd, 2010, March 2010; 3-9 May 2003, May to July 2003, 3 May - 9 June 2003."""
        whole = self._calendar(i, 0)
        if whole is not None:
            return _dated(whole.end, whole.year, whole.month, whole.day)
        left = self._yearless(i)
        if left is None or self.words[left.end] not in _SEPARATORS | {"and"}:
            return None
        j = left.end + 1
        while self.words[j] == "the":
            j += 1
        right = self._calendar(j, left.month if left.day else 0)
        if right is None or (self.words[left.end] == "and" and not (i and self.words[i - 1] == "between")):
            return None
        month = left.month or right.month
        year = right.year - 1 if month > right.month else right.year
        start = msgspec.structs.replace(left, year=year, month=month)
        return _joined(start.edtf, right.edtf, right.end)

    def _calendar(self, i: int, month: int) -> _Day | None:
        """A day or month with its year; in "March 3-9, 2010" the right side has its `month` from the left."""
        parts = self._yearless(i)
        if parts is None or not (parts.month or (month and parts.day)):
            return None
        j = parts.end
        while self.words[j] in (",", "of", ".", "in") and j < parts.end + 2:
            j += 1
        if self.words[j : j + 2] == ["the", "year"]:
            j += 2
        year = self._year(j, allow_short=bool(parts.day))
        return None if year is None else _Day(year[0], year[1], parts.month or month, parts.day)

    def _yearless(self, i: int) -> _Day | None:
        """3 March, 3rd of March, March 3rd, March, 3: what comes before a year."""
        month = _MONTHS.get(self.words[i], 0)
        if month:
            j = i + 2 if self.words[i + 1] == "." else i + 1
            j += self.words[j] == "the"
            day = self._day(j)
            return (
                _Day(i + 2 if self.words[i + 1] == "." else i + 1, 0, month, 0)
                if day is None
                else _Day(day[0], 0, month, day[1])
            )
        day = self._day(i)
        if day is None:
            return None
        j = day[0] + (self.words[day[0]] == "of")
        j += self.words[j] in _DASHES and self.words[j + 1] in _MONTHS and self._adjacent(j - 1, 3)
        month = _MONTHS.get(self.words[j], 0)
        if not month:
            return _Day(day[0], 0, 0, day[1])
        j += (
            2
            if self.words[j + 1] == "."
            or (
                self.words[j + 1] in _DASHES
                and self._adjacent(j, 3)
                and self.words[j + 2].isdecimal()
                and len(self.words[j + 2]) == 4
            )
            else 1
        )
        return _Day(j, 0, month, day[1])

    def _day(self, i: int) -> tuple[int, int] | None:
        day = self._number(i, 1, 31)
        if day is None:
            return None
        has_ending = self.words[i + 1] in _ORDINAL_ENDS and self._adjacent(i, 2)
        return i + 1 + has_ending, day

    # -- years

    def _year(self, i: int, allow_short: bool = False) -> tuple[int, int] | None:
        """The token after a year and the year, where a date cannot go on otherwise."""
        word = self.words[i]
        year = self._number(i, 1000, 2999, (4,))
        if year is None and (allow_short or self.in_cell):
            year = self._number(i, 100, 999, (3,))
        if year is not None:
            if self._adjacent(i, 2) and self.words[i + 1].isalpha():
                return None
            return self._era(i + 1, year)
        if word == "ad" and (year := self._number(i + 1, 1, 2999, (1, 2, 3, 4))) is not None:
            return i + 2, year
        if word in ("'", "’", "‘"):
            point = self._two_digits(i)
            return None if point is None else (point.end, int(point.edtf))
        return self._spelt_year(i)

    def _era(self, i: int, year: int) -> tuple[int, int] | None:
        """The year before `i` with "AD" or "CE" after it; None for years before Christ, which no calendar here has."""
        if self.words[i] in ("ad", "ce"):
            return i + 1, year
        if self.words[i] in ("bc", "bce") or self.words[i : i + 3] == ["b", ".", "c"]:
            return None
        return i, year

    def _bare_year(self, i: int) -> _Point | None:
        """Four digits that the words around do not make a count, a sum or the number of a thing."""
        year = self._number(i, 1000, 2099, (4,))
        if year is None:
            return self._early_year(i)
        ended = self._era(i + 1, year)
        if ended is None or not self._reads_as_year(i, ended[0]):
            return None
        end = ended[0]
        q = end + (self.words[end] in _DASHES)
        quarter = self._number(q + 1, 1, 4, (1,)) if self.words[q] == "q" else None
        if quarter is not None:
            return _Point(q + 2, _part_of(f"q{quarter}", str(year)) or "")  # type: ignore[arg-type]
        return _Point(end, f"{year:04}")

    def _early_year(self, i: int) -> _Point | None:
        """962 AD; in a cell 962 alone."""
        year = self._number(i, 1, 999, (1, 2, 3))
        if year is None:
            return None
        if self.words[i + 1] in ("ad", "ce"):
            return _Point(i + 2, f"{year:04}")
        is_cell = self.in_cell and year >= 100 and self.count == i + 1
        return _Point(i + 1, f"{year:04}") if is_cell else None

    def _reads_as_year(self, i: int, end: int) -> bool:
        after, before = self.words[end], self.words[i - 1] if i else ""
        if self._adjacent(end - 1, 2) and (after.isalnum() or after in "%°€$£"):
            return False
        if after == "%" or before in ("$", "€", "£", "¥", "#", "№") or before in _NUMBERED:
            return False
        if before == "." and i > 1 and self.words[i - 2] in ("no", "nr", "art", "p", "pp", "vol"):
            return False
        if after in _COUNTED:
            return before in ("in", "since", "during") and after not in ("per", "%")
        return not (before in _OWNING and after.endswith("s"))

    def _two_digits(self, i: int) -> _Point | None:
        """'05 and '98; of the two centuries the one that is not yet to come."""
        value = self._number(i + 1, 0, 99, (2,))
        if value is None or not self._adjacent(i, 2) or (i and self.ends[i - 1] == self.starts[i]):
            return None
        if self.words[i + 2] == "s" and self._adjacent(i, 3):
            return _Point(i + 3, f"{_century_of(value)}{value // 10}X") if value % 10 == 0 else None
        return _Point(i + 2, f"{_century_of(value)}{value:02}")

    def _spelt(self, i: int) -> _Point | None:
        """nineteen ninety-four, twenty ten, two thousand and five; the nineteen nineties."""
        j = i + 1 + (self.words[i + 1] in _DASHES)
        if self.words[j] in _DECADES and 11 <= SMALL_NUMBERS[self.words[i]] <= 20:
            return _Point(j + 1, f"{SMALL_NUMBERS[self.words[i]]}{_DECADES[self.words[j]] // 10}X")
        if self.words[j] == "first" or self.words[i + 1] in ("years", "months", "weeks", "days", "decades"):
            return self._century(i) or self._ago(i)
        year = self._spelt_year(i)
        if year is None or self.words[year[0]] in _COUNTED or (i and self.words[i - 1] in _NUMBERED):
            return None
        return _Point(year[0], str(year[1]))

    def _spelt_year(self, i: int) -> tuple[int, int] | None:
        first = SMALL_NUMBERS.get(self.words[i], 0)
        if first == 2 and self.words[i + 1] == "thousand":
            j = i + 2 + (self.words[i + 2] == "and")
            rest = self._below_hundred(j)
            if rest is not None and self.words[rest[0]] not in _COUNTED:
                return rest[0], 2000 + rest[1]
            return (i + 2, 2000) if i and self.words[i - 1] == "year" else None
        if not 11 <= first <= 20:
            return None
        j = i + 1 + (self.words[i + 1] in _DASHES)
        if self.words[j] == "hundred" and first < 20:
            rest = self._below_hundred(j + 1 + (self.words[j + 1] == "and"))
            return (j + 1, 100 * first) if rest is None else (rest[0], 100 * first + rest[1])
        if self.words[j] in ("oh", "o"):
            one = SMALL_NUMBERS.get(self.words[j + 1 + (self.words[j + 1] in _DASHES)], 0)
            return (j + 2 + (self.words[j + 1] in _DASHES), 100 * first + one) if 0 < one < 10 else None
        rest = self._below_hundred(j)
        return None if rest is None or rest[1] < 10 else (rest[0], 100 * first + rest[1])

    def _below_hundred(self, i: int) -> tuple[int, int] | None:
        """The token after a spelt number from 1 to 99, and the number."""
        value = SMALL_NUMBERS.get(self.words[i], 0)
        if not value:
            return None
        j = i + 1 + (self.words[i + 1] in _DASHES)
        one = SMALL_NUMBERS.get(self.words[j], 0)
        if value >= 20 and 0 < one < 10:
            return j + 1, value + one
        return i + 1, value

    # -- longer spans of years

    def _decade(self, i: int) -> _Point | None:
        """1990s, 1990's; the 90s."""
        marks = self.words[i + 1] in ("'", "’")
        if self.words[i + 1 + marks] != "s" or not self._adjacent(i, 2 + marks):
            return None
        end = i + 2 + marks
        year = self._number(i, 100, 2990, (3, 4))
        if year is not None and year % 10 == 0:
            return _Point(end, f"{year // 10:03}X")
        short = self._number(i, 20, 90, (2,))
        if short is None or short % 10 or (i and self.words[i - 1] in _POSSESSIVE):
            return None
        return _Point(end, f"19{short // 10}X")

    def _decade_word(self, i: int) -> _Point | None:
        if i and self.words[i - 1] in _POSSESSIVE:
            return None
        return _Point(i + 1, f"19{_DECADES[self.words[i]] // 10}X")

    def _noughties(self, i: int) -> _Point | None:
        return _Point(i + 1, "200X")

    def _century(self, i: int) -> _Point | None:
        """19th century, twentieth century, twenty-first century."""
        if self.words[i].isdecimal():
            number, j = self._number(i, 1, 30), i + 2
            if self.words[i + 1] not in _ORDINAL_ENDS:
                return None
        elif self.words[i + 1] in _DASHES:
            number, j = parse_ordinal(f"{self.words[i]}-{self.words[i + 2]}"), i + 3
        else:
            number, j = parse_ordinal(self.words[i]), i + 1
            if number is None:
                number, j = parse_ordinal(f"{self.words[i]}-{self.words[i + 1]}"), i + 2
        j += self.words[j] in _DASHES
        if number is None or not 1 <= number <= 30 or self.words[j] not in ("century", "c"):
            return None
        if self.words[j] == "c" and not self.in_cell:
            return None
        ended = self._era(j + 1, number)
        return None if ended is None else _Point(ended[0], f"{number - 1:02}XX")

    def _turn(self, i: int) -> _Point | None:
        """The turn of the century: the year in which the centuries changed and its neighbours."""
        j = i + 2 + (self.words[i + 2] == "the")
        if self.words[i + 1] != "of":
            return None
        if self.words[j] in ("century", "millennium"):
            return _Point(j + 1, "1999/2001", None, "around")
        century = self._point(j)
        if century is None or not century.edtf.endswith("XX"):
            return None
        year = 100 * int(century.edtf[:2])
        return _Point(century.end, f"{year - 1:04}/{year + 1:04}", None, "around") if year else None

    def _season(self, i: int) -> _Point | None:
        """Spring 2001, the winter of 2010-11 (which is called by the year in which it begins)."""
        j = i + 1 + (self.words[i + 1] in ("of", ",", "in"))
        year = self._year(j)
        if year is None:
            return None
        end = year[0]
        if self.words[i] == "winter" and self.words[end] in _DASHES | {"/"} and self._adjacent(end - 1, 3):
            end += 2 if self._number(end + 1, 0, 9999, (2, 4)) == (year[1] + 1) % 100 else 0
        return _Point(end, f"{year[1]:04}-{_SEASONS[self.words[i]]}")

    def _anno_domini(self, i: int) -> _Point | None:
        year = self._number(i + 1, 1, 2099, (1, 2, 3, 4))
        return None if year is None else _Point(i + 2, f"{year:04}")

    def _fiscal(self, i: int) -> _Point | None:
        """FY2021, FY 2021-22: nothing but a word before the year."""
        return self._numeric(i + 1) if self.words[i + 1][:1].isdigit() else None

    # -- relative to today

    def _recent(self, i: int) -> _Point | None:
        """last year, this month, next decade; the last ten years, the past decade."""
        if self.today is None:
            return None
        step = -1 if self.words[i] in ("last", "past", "previous") else 0 if self.words[i] == "this" else 1
        counted = self._count_of(i + 1)
        j = i + 1 if counted is None else counted[0]
        unit = self.words[j]
        is_rolling = counted is not None or self.words[i] == "past" or (i > 0 and self.words[i - 1] == "the")
        if self.words[j + 1] == "of" or unit.removesuffix("s") not in (
            "year",
            "month",
            "decade",
            "century",
            "week",
            "day",
        ):
            return None
        if is_rolling and step and unit.removesuffix("s") != "century":
            moved = _moved(self.today, step * (1 if counted is None else counted[1]), unit.removesuffix("s"))
            if moved is None:
                return None
            first, last = sorted((moved, self.today))
            return _Point(j + 1, f"{first.isoformat()}/{last.isoformat()}")
        return None if counted is not None else self._calendar_unit(j + 1, unit, step)

    def _calendar_unit(self, end: int, unit: str, step: int) -> _Point | None:
        assert self.today is not None
        year = self.today.year
        if unit == "year":
            return _Point(end, f"{year + step:04}")
        if unit == "month":
            index = 12 * year + self.today.month - 1 + step
            return _Point(end, f"{index // 12:04}-{index % 12 + 1:02}")
        if unit == "decade":
            return _Point(end, f"{year // 10 + step:03}X")
        if unit == "century":
            return _Point(end, f"{year // 100 + step:02}XX")
        return None

    def _ago(self, i: int) -> _Point | None:
        """two years ago, 3 months ago, a decade ago: to the precision of the unit."""
        counted = self._count_of(i)
        if self.today is None or counted is None or self.words[counted[0] + 1] != "ago":
            return None
        unit = self.words[counted[0]].removesuffix("s")
        moved = _moved(self.today, -counted[1], unit)
        if moved is None:
            return None
        length = {"year": 4, "decade": 4, "century": 4, "month": 7}.get(unit, 10)
        return _Point(counted[0] + 2, moved.isoformat()[:length])

    def _count_of(self, i: int) -> tuple[int, int] | None:
        """The token after a small whole number, in digits or words, and the number; "a" and "one" are 1."""
        if self.words[i] in ("a", "an"):
            return i + 1, 1
        number = self._number(i, 1, 999, (1, 2, 3))
        return (i + 1, number) if number is not None else self._below_hundred(i)

    def _near_day(self, i: int) -> _Point | None:
        if self.today is None:
            return None
        step = timedelta(days=1 if self.words[i] == "tomorrow" else -1)
        return _Point(i + 1, (self.today + step).isoformat())


_READERS: Mapping[str, Callable[[_Reader, int], _Point | None]] = {
    **dict.fromkeys(SMALL_NUMBERS, _Reader._spelt),
    **{word: _Reader._century for word in "first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
       "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()},
    **dict.fromkeys(_MONTHS, _Reader._named_calendar),
    **dict.fromkeys(_SEASONS, _Reader._season),
    **dict.fromkeys(_DECADES, _Reader._decade_word),
    **dict.fromkeys(("last", "past", "previous", "this", "next", "coming"), _Reader._recent),
    **dict.fromkeys(("yesterday", "tomorrow"), _Reader._near_day),
    **dict.fromkeys(("'", "’", "‘"), _Reader._two_digits),
    **dict.fromkeys(("a", "an"), _Reader._ago),
    "ad": _Reader._anno_domini,
    "fy": _Reader._fiscal,
    "noughties": _Reader._noughties,
    "turn": _Reader._turn,
}  # fmt: skip


def _century_of(two_digits: int) -> int:
    return 20 if two_digits < 40 else 19


def _dated(end: int, year: int, month: int, day: int) -> _Point | None:
    """The point of a calendar date, None where there is no such day."""
    edtf = _Day(end, year, month, day).edtf
    try:
        if month > 12:
            return None
        Interval.parse(edtf)
    except ValueError:
        return None
    return _Point(end, edtf)


def _joined(left: str, right: str, end: int) -> _Point | None:
    """The period from one date to another, None where it would end before it begins."""
    edtf = f"{left.split('/')[0]}/{right.split('/')[-1]}"
    try:
        Interval.parse(edtf)
    except ValueError:
        return None
    return _Point(end, edtf, (left, right))


def _part_of(part: _Part, edtf: str) -> str | None:
    """A share of a century, decade, year or month, in its decades, years, months or days."""
    whole = Interval.parse(edtf)
    first, last = whole.earliest, whole.latest
    if first is None or last is None:
        return None
    low, high = _SHARES[part]
    if whole.precision == "year":
        months = round(12 * low) + 1, round(12 * high)
        start, end = (f"{first.year:04}-{month:02}" for month in months)
    elif whole.precision in ("decade", "century"):
        years = last.year - first.year + 1
        start, end = (
            f"{first.year + round(years * low):04}",
            f"{first.year + max(round(years * high), 1) - 1:04}",
        )
    elif whole.precision == "month":
        days = [
            round(last.day * share) for share in _SHARES[{"start": "early", "end": "late"}.get(part, part)]
        ]  # type: ignore[index]
        start, end = first.replace(day=days[0] + 1).isoformat(), first.replace(day=days[1]).isoformat()
    else:
        return None
    return start if start == end else f"{start}/{end}"


def _moved(day: date, count: int, unit: str) -> date | None:
    """The day so many units later; the last day of the month where it has no such day."""
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(unit)
    try:
        if months is None:
            return day + timedelta(days=count * {"week": 7, "day": 1}[unit])
        index = 12 * day.year + day.month - 1 + count * months
        for last in range(day.day, 27, -1):
            try:
                return date(index // 12, index % 12 + 1, last)
            except ValueError:
                continue
        return date(index // 12, index % 12 + 1, day.day)
    except (KeyError, ValueError, OverflowError):
        return None


def _related(edtf: str, relation: DateRelation) -> Interval | None:
    """The days that stand in this relation to a date: those after 2000 begin with 2001."""
    whole = Interval.parse(edtf)
    first, _, last = edtf.partition("/")
    match relation:
        case "after":
            day = day_after(whole)
            return None if day is None else Interval.parse(f"{_coarsest(day, whole, 1)}/..")
        case "before":
            day = day_before(whole)
            return None if day is None else Interval.parse(f"../{_coarsest(day, whole, -1)}")
        case "since":
            return Interval.parse(f"{first}/..")
        case "until":
            return Interval.parse(f"../{last or first}")
        case "around":
            return whole if last else Interval.parse(f"{edtf}~")
        case _:
            return whole


def _coarsest(day: date, neighbour: Interval, step: Literal[1, -1]) -> str:
    """A neighbouring day at the precision of the date it borders on: the year after 2000 is 2001."""
    sides = neighbour.edtf.split("/")
    side = Interval.parse(sides[-1] if step == 1 else sides[0])
    length = {"day": 10, "month": 7, "other": 7}.get(side.precision, 4)
    return day.isoformat()[:length]


def find_dates(text: str, today: date | None) -> list[DateMention]:
    """Every date and period in `text`, in order, none overlapping. Without `today`, "last year" is no date.

    >>> [(m.interval.edtf, m.relation) for m in find_dates("who led it after 2000 and in mid-1994", date(2026, 1, 1))]
    [('2001/..', 'after'), ('1994-05/1994-08', 'in')]
    """
    lowered = text.lower()
    if _PREFILTER.search(lowered) is None:
        return []
    reader = _Reader(text, today)
    found: list[DateMention] = []
    for first, point, relation in reader.mentions():
        interval = _related(point.edtf, relation)
        if interval is not None:
            found.append(DateMention(reader.starts[first], reader.ends[point.end - 1], interval, relation))
    return found


_FOOTNOTE = re.compile(r"\[[^\]]*\]|[*†‡§¶]+|[¹²³⁰⁴-⁹]+")
_REMARK = re.compile(r"\((?![^()]*\d{4})[^()]*\)")
_CLOCK = re.compile(
    r"(?<=\d)(?:T|,? +)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?Z| ?[+-]\d\d:?\d\d| ?UTC| ?[ap]m)?$", re.I
)
_OPEN_END = re.compile(r"\s*[-–—]+\s*$")
_OPEN_START = re.compile(r"^\s*[-–—]+\s*")


def parse_cell_date(text: str) -> str | None:
    """EDTF of the one date that is the whole of a table cell; ".." for an incumbent's "present"; else None.

    >>> parse_cell_date("3 Sept. 1999[2]"), parse_cell_date("Incumbent"), parse_cell_date("–")
    ('1999-09-03', '..', None)
    """
    cleaned = _cleaned(text)
    if " ".join(cleaned.lower().strip(" .-–—").split()) in _PRESENT:
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
    """EDTF "start/end" of the term that is the whole of a table cell; None for a single date and anything else.

    >>> [parse_cell_term(c) for c in ("1993–96", "2017–", "May–July 2003", "until 1990", "2003")]
    ['1993/1996', '2017/..', '2003-05/2003-07', '../1990', None]
    """
    cleaned = _cleaned(text)
    for mark, words in ((_OPEN_END, "since {}"), (_OPEN_START, "until {}")):
        bare = mark.sub("", cleaned)
        if bare != cleaned:
            date_ = parse_cell_date(bare)
            return (
                None
                if date_ in (None, OPEN)
                else f"{date_}/.."
                if words.startswith("since")
                else f"../{date_}"
            )
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
    return _CLOCK.sub("", folded).strip(" ,;.")


def _whole_cell(text: str) -> tuple[_Point, DateRelation] | None:
    """The date and relation of a cell that holds nothing else."""
    if len(text) > 80:
        return None
    reader = _Reader(text, None, in_cell=True)
    found = reader.mentions()
    if len(found) != 1 or found[0][0] != 0 or found[0][1].end != reader.count:
        return None
    return found[0][1], found[0][2]
