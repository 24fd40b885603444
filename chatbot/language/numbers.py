"""Numbers in text and in cells: counts, money, percentages, lengths of time and measures.

Scale words are multiplied in ("$6.5 billion" is 6.5e9 USD) and lengths of time are in days.
"""

import re
from decimal import Decimal
from typing import Literal

import msgspec

from chatbot.language.dates import DAYS_OF_MONTH, DAYS_OF_YEAR

QuantityType = Literal["number", "money", "percent", "duration"]


class Quantity(msgspec.Struct, frozen=True):
    """A number that stands at `text[start:end]`, its unit included."""

    start: int
    end: int
    number: float
    unit: str
    """ISO 4217 code of money, "%", "days" of a length of time, the symbol of a measure, or ""."""
    about: bool
    """The text says "about", "over", "nearly": the number is not exact."""
    type: QuantityType


def _list(words: str) -> list[str]:
    return words.split()


_ONES = _list("zero one two three four five six seven eight nine")
_TEENS = _list("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

#: Number words below a hundred that are one word, by value.
SMALL_NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES + _TEENS)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_FIRST_ORDINALS = _list(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
#: Ordinal words that are one word, by value.
ORDINALS: dict[str, int] = {
    **{word: value for value, word in enumerate(_FIRST_ORDINALS, 1)},
    **{f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_TENS, 2)},
}

_SCALE_WORDS = {**_SCALES, "dozen": 12, "bn": 10**9, "mn": 10**6, "mln": 10**6, "tn": 10**12}
#: Letters that scale a number they are joined to; the last two only where a currency stands before it.
_SCALE_LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}

_SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₪": "ILS",
}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_DOLLARS = {
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "r": "BRL",
}
_CURRENCY_CODES = frozenset(
    _list(
        "USD EUR GBP JPY CHF CNY INR RUB KRW BRL AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ZAR MXN SGD HKD ILS "
        "AED SAR EGP NGN KES THB IDR MYR PHP ARS CLP COP"
    )
)
_CURRENCY_WORDS = {
    "USD": "dollar|dollars|us dollars|u.s. dollars|american dollars",
    "EUR": "euro|euros",
    "GBP": "pounds|pounds sterling",
    "JPY": "yen",
    "CHF": "swiss francs",
    "CNY": "yuan",
    "INR": "rupees|indian rupees",
    "RUB": "roubles|rubles",
    "AUD": "australian dollars",
    "CAD": "canadian dollars",
}
_DURATIONS = {
    1.0: "day|days",
    7.0: "week|weeks",
    14.0: "fortnight|fortnights",
    DAYS_OF_MONTH: "month|months|mths",
    DAYS_OF_YEAR: "year|years|yr|yrs",
    10 * DAYS_OF_YEAR: "decade|decades",
    100 * DAYS_OF_YEAR: "century|centuries",
}
#: Words and symbols of measures by the symbol we use for them.
_MEASURES = {
    "mm": "mm|millimetre|millimetres|millimeter|millimeters",
    "cm": "cm|centimetre|centimetres|centimeter|centimeters",
    "m": "m|metre|metres|meter|meters",
    "km": "km|kms|kilometre|kilometres|kilometer|kilometers",
    "nmi": "nmi|nautical mile|nautical miles",
    "mi": "mi|mile|miles",
    "ft": "ft|foot|feet",
    "in": "inch|inches",
    "yd": "yd|yard|yards",
    "m²": "m²|m2|sqm|sq m|square metre|square metres|square meter|square meters",
    "km²": "km²|km2|sq km|square kilometre|square kilometres|square kilometer|square kilometers",
    "sq mi": "mi²|sq mi|square mile|square miles",
    "ha": "ha|hectare|hectares",
    "acres": "acre|acres",
    "g": "g|gram|grams",
    "kg": "kg|kgs|kilogram|kilograms|kilo|kilos",
    "t": "t|tonne|tonnes|metric tons",
    "tons": "ton|tons",
    "lb": "lb|lbs",
    "l": "l|litre|litres|liter|liters",
    "hl": "hl|hectolitre|hectolitres|hectoliter|hectoliters",
    "ml": "ml|millilitre|millilitres",
    "cl": "cl|centilitre|centilitres",
    "m³": "m³|m3|cubic metre|cubic metres|cubic meter|cubic meters",
    "kWh": "kwh|kilowatt hours",
    "MWh": "mwh|megawatt hours",
    "GWh": "gwh|gigawatt hours",
    "s": "sec|secs|seconds",
    "min": "min|mins|minute|minutes",
    "h": "h|hr|hrs|hour|hours",
    "km/h": "km/h|kph",
    "mph": "mph",
    "kn": "kn|knot|knots",
    "kW": "kw|kilowatt|kilowatts",
    "MW": "mw|megawatt|megawatts",
    "GW": "gw|gigawatt|gigawatts",
    "°C": "°c|° c",
    "°F": "°f|° f",
    "°": "°",
}


class _Unit(msgspec.Struct, frozen=True):
    type: QuantityType
    name: str
    factor: float = 1.0


def _units() -> dict[str, _Unit]:
    found = {
        word: _Unit("percent", "%") for word in ("%", "percent", "per cent", "percentage point", "percentage points")
    }
    for code, words in _CURRENCY_WORDS.items():
        found |= dict.fromkeys(words.split("|"), _Unit("money", code))
    for days, words in _DURATIONS.items():
        found |= dict.fromkeys(words.split("|"), _Unit("duration", "days", days))
    for symbol, words in _MEASURES.items():
        found |= dict.fromkeys(words.split("|"), _Unit("number", symbol))
    return found | {mark: _Unit("money", _SYMBOLS[mark]) for mark in "€£$"}


_UNITS = _units()

QUANTITY_WORDS: frozenset[str] = frozenset(
    word for word in (*SMALL_NUMBERS, *ORDINALS, *_SCALES, "hundred", *_UNITS) if word.isalpha() and len(word) > 2
)
"""Single words that say a number or name a unit."""

_DIGITS = (
    r"\d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?:\.\d+)?(?!\d)"  # 81,370.5
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1.234.567
    r"|\d+(?:\.\d+)?"
)
_NUMBER_WORDS = "|".join(sorted([*SMALL_NUMBERS, *_SCALES, "hundred", "dozen", "half", "an", "a"], reverse=True))
_START = re.compile(
    rf"(?<![\w.,/])(?<![^\W\d_][-–])(?P<sign>[-−+])?(?P<digits>{_DIGITS})(?!\d)|\b(?P<word>{_NUMBER_WORDS})\b"
)
_NEXT_NUMBER_WORD = re.compile(r"(?P<joint>,? and |, |[ \u00a0-])(?P<word>[a-z]+)\b")
_NEXT_WORD = re.compile(r"[ \u00a0\u202f-]?([%€£$°](?!\d)|[^\W\d_](?:[\w²/]|\.(?=\w|\ ))*)")
_BEFORE_DOLLAR = re.compile(r"(?<![^\W_])[a-zA-Z]{1,2}$")
_AND_A_HALF = re.compile(r" and a half\b")
_NEXT_PART = re.compile(r"(?:,|,? and|) (?=\d|[a-z])")
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|some|over|more than|less than|fewer than|at least|"
    r"at most|up to|nearly|almost|under|circa|ca?\.)\s*|[~≈<>]\s*)$"
)


def find_quantities(text: str) -> list[Quantity]:
    """Every number of `text` in order, none overlapping; the digits of dates are read as numbers too.

    "one" by itself is a pronoun and no number; nor are ordinals.

    >>> [(q.number, q.unit) for q in find_quantities("about $6.5 billion for sixteen missions of 12 km")]
    [(6500000000.0, 'USD'), (16.0, ''), (12.0, 'km')]
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # one character may become two, and positions must hold
        lowered = "".join(c.lower()[0] for c in text)
    found: list[Quantity] = []
    position = floor = 0
    while (match := _START.search(lowered, position)) is not None:
        quantity = _quantity(text, lowered, match, floor)
        position = match.end() if quantity is None else quantity.end
        if quantity is not None:
            found.append(quantity)
            floor = quantity.end
    return found


def _quantity(text: str, lowered: str, match: re.Match[str], floor: int) -> Quantity | None:
    """The quantity at `match` that begins at `floor` or later; None for "one" and "a" that count nothing."""
    read = _amount(lowered, match)
    if read is None:
        return None
    number, end = read
    start, currency = _currency_before(text, match.start()) if match["digits"] else (match.start(), "")
    if start < floor:
        start, currency = match.start(), ""
    number, end = _scaled(lowered, end, number, is_money=bool(currency))
    about = _ABOUT.search(lowered, max(0, start - 16), start) is not None
    if currency:
        unit: _Unit | None = _Unit("money", currency)
    else:
        unit, end = _unit_after(text, lowered, end)
    if lowered[end : end + 1].isalpha():  # "5th", "1990s", "4x4" are no numbers
        return None
    if unit is None:
        if match["word"] and lowered[match.start() : end] in ("one", "a", "an", "half a", "half an"):
            return None
        return Quantity(start, end, float(number), "", about, "number")
    if unit.type == "duration":
        end, days = _duration(lowered, end, float(number), unit.factor)
        return Quantity(start, end, days, "days", about, "duration")
    return Quantity(start, end, float(number), unit.name, about, unit.type)


def _amount(lowered: str, match: re.Match[str]) -> tuple[Decimal, int] | None:
    """The number that begins at `match` and where it ends, "and a half" with it."""
    if match["digits"] is not None:
        digits = re.sub(r"[,\u00a0\u202f\u2009'’]", "", match["digits"])
        number = Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)
        number, end = -number if match["sign"] in ("-", "−") else number, match.end()
    else:
        read = _spelt(lowered, match)
        if read is None:
            return None
        number, end = read
    half = _AND_A_HALF.match(lowered, end)
    return (number, end) if half is None else (number + Decimal("0.5"), half.end())


def _spelt(lowered: str, match: re.Match[str]) -> tuple[Decimal, int] | None:
    """The value of a number in words and its end: "two thousand five hundred", "half a million", "a dozen".

    "a" and "half a" are numbers before a scale word or a unit that takes them: "a decade", "half a year".
    """
    word, end = match["word"], match.end()
    if word in ("a", "an", "half"):
        following = _NEXT_NUMBER_WORD.match(lowered, end)
        if word == "half" and following is not None and following["word"] in ("a", "an"):
            end = following.end()
            following = _NEXT_NUMBER_WORD.match(lowered, end)
        if following is None or not _counts(lowered, match, following["word"]):
            return None
        start = Decimal("0.5") if word == "half" else Decimal(1)
        return _continued(lowered, end, Decimal(0), start, "article")
    if word in _SCALES or word == "hundred":
        return Decimal(_SCALES.get(word, 100)), end
    if word == "dozen":
        return Decimal(12), end
    return _continued(lowered, end, Decimal(0), Decimal(SMALL_NUMBERS[word]), _kind(word))


def _counts(lowered: str, match: re.Match[str], following: str) -> bool:
    """Whether "a" or "half a" before `following` is a number: "a hundred", "a decade", "more than a year"."""
    if following in _SCALES or following in ("hundred", "dozen"):
        return True
    unit = _UNITS.get(following)
    if unit is None or unit.type == "money":
        return False
    return match["word"] == "half" or following in ("decade", "century") or lowered[: match.start()].endswith("than ")


def _kind(word: str) -> str:
    value = SMALL_NUMBERS.get(word)
    if value is None:
        return word if word in ("hundred", "dozen") else "scale" if word in _SCALES else ""
    return "ones" if value < 10 else "teens" if value < 20 else "tens"


#: Which kinds of number word may follow which in one number.
_MAY_FOLLOW: dict[str, frozenset[str]] = {
    "article": frozenset(("hundred", "dozen", "scale")),
    "ones": frozenset(("hundred", "dozen", "scale")),
    "teens": frozenset(("hundred", "dozen", "scale")),
    "tens": frozenset(("ones", "hundred", "dozen", "scale")),
    "hundred": frozenset(("ones", "teens", "tens", "scale")),
    "scale": frozenset(("ones", "teens", "tens")),
    "dozen": frozenset(),
}


def _continued(lowered: str, end: int, total: Decimal, group: Decimal, kind: str) -> tuple[Decimal, int]:
    """The number whose first word ends at `end`, read on as far as words make one number."""
    while (match := _NEXT_NUMBER_WORD.match(lowered, end)) is not None:
        word, following = match["word"], _kind(match["word"])
        if following not in _MAY_FOLLOW[kind] or word == "zero":
            break
        if match["joint"] not in (" ", "\u00a0", "-") and kind not in ("hundred", "scale"):
            break  # "two and three" are two numbers
        if following == "scale":
            if 0 < total < _SCALES[word]:
                break
            total, group = total + group * _SCALES[word], Decimal(0)
        elif following in ("hundred", "dozen"):
            group *= 100 if following == "hundred" else 12
        else:
            group += SMALL_NUMBERS[word]
        end, kind = match.end(), following
    return total + group, end


def _currency_before(text: str, start: int) -> tuple[int, str]:
    """Where a sum of money begins whose digits begin at `start`, and its currency; codes only in capitals."""
    end = start - 1 if start and text[start - 1] in " \u00a0" else start
    code = text[max(end - 3, 0) : end]
    if code in _CURRENCY_CODES and not text[max(end - 4, 0) : end - 3].isalnum():
        return end - 3, code
    mark = text[end - 1 : end]
    if mark == "$":
        country = _BEFORE_DOLLAR.search(text, max(end - 3, 0), end - 1)
        if country is not None and country.group().lower() in _DOLLARS:
            return country.start(), _DOLLARS[country.group().lower()]
    return (end - 1, _SYMBOLS[mark]) if mark in _SYMBOLS else (start, "")


def _scaled(lowered: str, end: int, number: Decimal, is_money: bool) -> tuple[Decimal, int]:
    """The number with a scale word or letter after it multiplied in: "5 million", "2.5bn", "$3m"."""
    match = _NEXT_WORD.match(lowered, end)
    if match is None:
        return number, end
    factor = _SCALE_WORDS.get(match[1])
    if factor is None and (is_money or (match[1] == "k" and match.start(1) == end)):
        factor = _SCALE_LETTERS.get(match[1])
    return (number, end) if factor is None else (number * factor, match.end())


def _unit_after(text: str, lowered: str, end: int) -> tuple[_Unit | None, int]:
    """The unit after a number, the longest of up to three words, and its end; None and `end` without one."""
    found, found_end, phrase, position = None, end, "", end
    for _ in range(3):
        match = _NEXT_WORD.match(lowered, position)
        if match is None:
            break
        phrase, position = f"{phrase} {match[1]}".lstrip(), match.end()
        unit = _UNITS.get(phrase)
        if unit is None and text[match.start(1) : match.end()] == phrase.upper() in _CURRENCY_CODES:
            unit = _Unit("money", phrase.upper())
        if unit is not None:
            found, found_end = unit, position
    return found, found_end


def _duration(lowered: str, end: int, number: float, factor: float) -> tuple[int, float]:
    """The end of a length of time and its days; smaller units may follow, "3 years and 2 months"."""
    half = _AND_A_HALF.match(lowered, end)
    if half is not None:
        return half.end(), (number + 0.5) * factor
    days = number * factor
    while (joint := _NEXT_PART.match(lowered, end)) is not None:
        match = _START.match(lowered, joint.end())
        read = None if match is None else _amount(lowered, match)
        unit, after = (None, end) if read is None else _unit_after(lowered, lowered, read[1])
        if read is None or unit is None or unit.type != "duration" or unit.factor >= factor:
            break
        days, factor, end = days + float(read[0]) * unit.factor, unit.factor, after
    return end, days


_FOOTNOTE = re.compile(r"\[[^\]]*\]|[*†‡]+")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"^([-−+]?\d+),(\d{1,2})(?!\d)")
_LEAD = re.compile(r"(?:about|around|roughly|approximately|approx\.?|over|nearly|almost|circa|ca?\.|[~≈<>])\s*", re.I)
_BRACKETS = re.compile(r"\s*\([^()]*\)$")


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that is the whole of a table cell, footnote marks and a conversion in brackets apart.

    Positions are those in the cell's text without these and without "about".

    >>> [(q.number, q.unit) for q in map(parse_quantity, ("41 m (135 ft)", "1 200[3]", "c. $6 billion")) if q]
    [(41.0, 'm'), (1200.0, ''), (6000000000.0, 'USD')]
    """
    cleaned = _BRACKETS.sub("", " ".join(_FOOTNOTE.sub(" ", text).split())).rstrip(" .")
    lead = _LEAD.match(cleaned)
    body = _SPACED.sub("\u00a0", cleaned if lead is None else cleaned[lead.end() :])
    found = find_quantities(_DECIMAL_COMMA.sub(r"\1.\2", body))
    if len(found) != 1 or found[0].start != 0 or found[0].end != len(body):
        return None
    return msgspec.structs.replace(found[0], about=lead is not None)


def unit_of(text: str) -> str:
    """A unit in the form that amounts are read in: "metres" is "m"; unknown ones stay as they are."""
    one = next(iter(find_quantities(f"1 {text}")), None)
    return one.unit if one is not None and one.unit else text


def parse_ordinal(word: str) -> int | None:
    """The place that an ordinal names: 2 for "second" and "2nd"; None for "last" and for anything else."""
    word = word.lower().strip()
    if (match := re.fullmatch(r"(\d{1,6})(?:st|nd|rd|th)", word, re.ASCII)) is not None:
        return int(match[1])
    tens, hyphen, one = word.rpartition("-")
    if hyphen and tens in _TENS and 0 < ORDINALS.get(one, 0) < 10:
        return SMALL_NUMBERS[tens] + ORDINALS[one]
    return ORDINALS.get(word)


def show_number(number: float, unit: str) -> str:
    """A number with its unit as people write it, to three decimals at most.

    >>> show_number(6.38e9, "USD"), show_number(3e6, "CHF"), show_number(27.89, "%"), show_number(81370, "")
    ('$6.38 billion', 'CHF 3 million', '27.89%', '81,370')
    """
    if unit in _CURRENCY_CODES:
        sign = "-" if number < 0 else ""
        return f"{sign}{_SIGNS.get(unit, unit + ' ')}{_with_scale(abs(number))}"
    if unit in ("", "%"):
        return f"{_digits(number)}{unit}"
    singular = unit[:-1] if number == 1 and len(unit) > 3 and unit.endswith("s") else unit
    return f"{_digits(number)} {singular}"


def _with_scale(number: float) -> str:
    """Millions and more in words, where that loses nothing."""
    for word in ("trillion", "billion", "million"):
        scaled = number / _SCALES[word]
        if scaled >= 1 and abs(scaled - round(scaled, 3)) < 1e-9 * scaled:
            return f"{_digits(scaled)} {word}"
    return _digits(number)


def _digits(number: float) -> str:
    rounded = round(number, 3) if abs(number) >= 0.1 else float(f"{number:.3g}")
    if rounded == 0:
        return "0"
    shown = format(Decimal(repr(rounded)), ",f")
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
