"""Years: in digits where the words around make them no count, in words, cut short, and with their era."""

from chatbot.language.datemeaning import Part, part_of
from chatbot.language.datetokens import Point, Tokens
from chatbot.language.datewords import APOSTROPHES, DASHES
from chatbot.language.numbers import SMALL_NUMBERS

_QUARTERS: tuple[Part, ...] = ("q1", "q2", "q3", "q4")

#: Nouns that make the number before them a count, not a year.
_COUNTED = frozenset(
    """people persons personnel troops soldiers men women children members staff employees workers
    students pupils teachers officers police policemen civilians peacekeepers volunteers inhabitants
    residents citizens passengers visitors guests spectators delegates refugees victims deaths
    casualties dead jobs votes seats books copies pages words points items houses homes households ships
    boats vessels aircraft planes vehicles cars trucks tanks guns species animals trees islands villages
    schools hospitals companies dollars euros pounds francs yen cents percent per hundred thousand
    million billion trillion dozen m km cm mm kg ft feet foot inches metres meters kilometres kilometers
    miles yards acres hectares tonnes tons litres liters hours minutes seconds days weeks months years
    decades times degrees watts volts mw kw gw kn knots mph usd eur gbp chf kilograms grams square cubic
    sq nautical nmi""".split()
)
#: Units that, joined to a number by a hyphen, make it a count: a 2000-seat hall.
_HYPHENED = _COUNTED | frozenset(
    "strong man member person seat page word year day metre meter ton tonne mile acre hour".split()
)
#: Words after which digits are the number of something, or how much there is.
_NUMBERED = frozenset(
    """number numbers no nr num resolution resolutions article articles page pages chapter section room route
    model id code rule paragraph line volume issue nearly almost exactly most figure flight bus train highway
    channel extension verse psalm plus minus times only over under""".split()
)
#: Words after which digits before a plural count it.
_OWNING = frozenset(
    "have has had having with contains contain contained holds hold held some employs about around".split()
)


def full_year(tokens: Tokens, word: str) -> int | None:
    """The year of four digits; in cells also of two, where a whole date leaves no other reading."""
    if len(word) == 4 and word.isdecimal() and word[0] in "12":
        return int(word)
    return _expanded(int(word)) if tokens.in_cell and len(word) == 2 and word.isdecimal() else None


def _expanded(two_digits: int) -> int:
    """'05 is 2005, '98 is 1998; few documents speak of the years after 2040."""
    return two_digits + (2000 if two_digits < 40 else 1900)


def year_at(tokens: Tokens, i: int, has_day: bool) -> tuple[int, int] | None:
    """The token after a year and the year, where a month or season before leaves no other reading."""
    year = tokens.number(i, 1000, 2999, 4) or (tokens.number(i, 100, 999, 3) if tokens.in_cell else None)
    if year is None and tokens.in_cell and (has_day or (tokens.number(i, 32, 99, 2) is not None)):
        year = full_year(tokens, tokens.words[i])
    if year is not None:
        is_longer = tokens.is_joined(i, 2) and tokens.words[i + 1].isalpha()
        return None if is_longer else era(tokens, i + 1, year)
    if tokens.words[i] == "ad":
        year = tokens.number(i + 1, 1, 2999, 1, 2, 3, 4)
        return None if year is None else (i + 2, year)
    if tokens.words[i] in APOSTROPHES:
        point = two_digits(tokens, i)
        return None if point is None or not point.edtf.isdecimal() else (point.end, int(point.edtf))
    return _spelt_year(tokens, i)


def era(tokens: Tokens, i: int, year: int) -> tuple[int, int] | None:
    """The year with "AD" or "CE" after it at `i`; None before Christ: our calendar begins with AD 1."""
    if tokens.words[i] in ("ad", "ce"):
        return i + 1, year
    if tokens.words[i] in ("bc", "bce") or tokens.words[i : i + 3] == ["b", ".", "c"]:
        return None
    return i, year


def bare_year(tokens: Tokens, i: int) -> Point | None:
    """Four digits that the words around do not make a count, a sum or the number of a thing."""
    year = tokens.number(i, 1000, 2099, 4)
    if year is None:
        return _early_year(tokens, i)
    ended = era(tokens, i + 1, year)
    if ended is None or not _reads_as_year(tokens, i, ended[0]):
        return None
    end = ended[0]
    q = end + (tokens.words[end] in DASHES)
    quarter = tokens.number(q + 1, 1, 4, 1) if tokens.words[q] == "q" else None
    if quarter is not None:
        return Point(q + 2, part_of(_QUARTERS[quarter - 1], str(year)) or str(year))
    return Point(end, str(year))


def short_period(tokens: Tokens, i: int) -> Point | None:
    """21/22 is 2021-22: two years in a row, cut short."""
    first, second = tokens.number(i, 0, 99, 2), tokens.number(i + 2, 0, 99, 2)
    if first is None or second is None or tokens.words[i + 1] != "/" or not tokens.is_joined(i, 3):
        return None
    if (first + 1) % 100 != second or tokens.words[i + 3] == "/":
        return None
    year = _expanded(first)
    return Point(i + 3, f"{year}/{year + 1}")


def _early_year(tokens: Tokens, i: int) -> Point | None:
    """962 AD; as a whole cell also 962."""
    year = tokens.number(i, 1, 999, 1, 2, 3)
    if year is None:
        return None
    if tokens.words[i + 1] in ("ad", "ce"):
        return Point(i + 2, f"{year:04}")
    return Point(i + 1, f"{year:04}") if tokens.in_cell and year >= 100 and tokens.count == 1 else None


def _reads_as_year(tokens: Tokens, i: int, end: int) -> bool:
    after = tokens.words[end]
    before, second = tokens.words[i - 1] if i else "", tokens.words[i - 2] if i > 1 else ""
    if tokens.is_joined(end - 1, 2) and (after.isalnum() or after in "%°€$£"):
        return False
    if after in DASHES and tokens.is_joined(end - 1, 3) and tokens.words[end + 1] in _HYPHENED:
        return False
    if after == "%" or before in ("$", "€", "£", "¥", "#", "№") or before in _NUMBERED:
        return False
    if before in ("than", "least"):
        return second in ("later", "earlier") or tokens.words[max(i - 3, 0)] == "since"
    if before == "." and second in ("no", "nr", "art", "p", "pp", "vol"):
        return False
    if after in _COUNTED:
        return before in ("in", "since", "during") and after != "per"
    return not (before in _OWNING and after.endswith("s"))


def two_digits(tokens: Tokens, i: int) -> Point | None:
    """'05 and '98, the '90s."""
    value = tokens.number(i + 1, 0, 99, 2)
    if value is None or not tokens.is_joined(i, 2) or (i and tokens.ends[i - 1] == tokens.starts[i]):
        return None
    year = _expanded(value)
    if tokens.words[i + 2] == "s" and tokens.is_joined(i, 3):
        return Point(i + 3, f"{year // 10}X") if value % 10 == 0 else None
    return Point(i + 2, str(year))


def year_in_words(tokens: Tokens, i: int) -> Point | None:
    """nineteen ninety-four, two thousand and twelve; not two thousand people."""
    year = _spelt_year(tokens, i)
    if year is None:
        return None
    is_count = tokens.words[year[0]] in _COUNTED or (i > 0 and tokens.words[i - 1] in _NUMBERED)
    return None if is_count else Point(year[0], str(year[1]))


def _spelt_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """The token after a year in words and the year; "two thousand" needs "the year" before it."""
    first = SMALL_NUMBERS.get(tokens.words[i], 0)
    if first == 2 and tokens.words[i + 1] == "thousand":
        rest = tokens.below_hundred(i + 2 + (tokens.words[i + 2] == "and"))
        if rest is not None:
            return rest[0], 2000 + rest[1]
        return (i + 2, 2000) if i and tokens.words[i - 1] == "year" else None
    if not 11 <= first <= 20:
        return None
    j = i + 1 + (tokens.words[i + 1] in DASHES)
    if tokens.words[j] == "hundred" and first < 20:
        rest = tokens.below_hundred(j + 1 + (tokens.words[j + 1] == "and"))
        return (j + 1, 100 * first) if rest is None else (rest[0], 100 * first + rest[1])
    if tokens.words[j] in ("oh", "o"):
        rest = tokens.below_hundred(j + 1 + (tokens.words[j + 1] in DASHES))
        return (rest[0], 100 * first + rest[1]) if rest is not None and rest[1] < 10 else None
    rest = tokens.below_hundred(j)
    return None if rest is None or rest[1] < 10 else (rest[0], 100 * first + rest[1])


def anno_domini(tokens: Tokens, i: int) -> Point | None:
    year = tokens.number(i + 1, 1, 2099, 1, 2, 3, 4)
    return None if year is None else Point(i + 2, f"{year:04}")
