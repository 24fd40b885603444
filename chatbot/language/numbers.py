"""Numbers in text and in cells: counts, money, percentages, lengths of time and measures.

Scale words are multiplied in ("$6.5 billion" is 6.5e9 USD) and lengths of time are in days.
"""

import re
from collections.abc import Iterator
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


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}

#: Number words below a hundred, by value.
SMALL_NUMBERS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}

#: Ordinal words that are one word, by value.
ORDINALS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {f"{word[:-1]}ieth": 10 * value for value, word in enumerate(_TENS, 2)}

_SHORT_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "tn": 10**12,
}

_CURRENCIES = {
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₦": "NGN",
    "₪": "ILS",
}
_CURRENCY_CODES = (
    "USD EUR GBP JPY CHF CNY INR RUB KRW BRL AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ZAR MXN SGD HKD ILS AED SAR EGP "
    "NGN KES THB IDR MYR PHP ARS CLP COP"
).split()
_CURRENCY_WORDS = {
    "us dollars": "USD",
    "u.s. dollars": "USD",
    "american dollars": "USD",
    "dollars": "USD",
    "dollar": "USD",
    "euros": "EUR",
    "euro": "EUR",
    "pounds sterling": "GBP",
    "pounds": "GBP",
    "yen": "JPY",
    "swiss francs": "CHF",
    "yuan": "CNY",
    "rupees": "INR",
    "roubles": "RUB",
    "rubles": "RUB",
    "australian dollars": "AUD",
    "canadian dollars": "CAD",
}
_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}

_DAYS = {
    "day": 1.0,
    "week": 7.0,
    "fortnight": 14.0,
    "month": DAYS_OF_MONTH,
    "year": DAYS_OF_YEAR,
    "decade": 10 * DAYS_OF_YEAR,
    "century": 100 * DAYS_OF_YEAR,
}
_DURATION_WORDS = {
    **_DAYS,
    **{f"{word}s": days for word, days in _DAYS.items()},
    "centuries": _DAYS["century"],
    "yr": DAYS_OF_YEAR,
    "yrs": DAYS_OF_YEAR,
    "mths": DAYS_OF_MONTH,
}

#: Words and symbols of measures by the symbol we use for them.
_MEASURES = {
    "mm": "mm millimetre millimetres millimeter millimeters",
    "cm": "cm centimetre centimetres centimeter centimeters",
    "m": "m metre metres meter meters",
    "km": "km kms kilometre kilometres kilometer kilometers",
    "nmi": "nmi|nautical mile|nautical miles",
    "mi": "mi mile miles",
    "ft": "ft foot feet",
    "in": "inch inches",
    "yd": "yd yard yards",
    "m²": "m² m2 sqm|sq m|square metre|square metres|square meters",
    "km²": "km² km2|sq km|square kilometre|square kilometres|square kilometers",
    "sq mi": "mi²|sq mi|square mile|square miles",
    "ha": "ha hectare hectares",
    "acres": "acre acres",
    "g": "g gram grams",
    "kg": "kg kgs kilogram kilograms kilo kilos",
    "t": "t tonne tonnes|metric tons",
    "tons": "ton tons",
    "lb": "lb lbs",
    "l": "l litre litres liter liters",
    "s": "sec secs second seconds",
    "min": "min mins minute minutes",
    "h": "h hr hrs hour hours",
    "km/h": "km/h kph",
    "mph": "mph",
    "kn": "kn knot knots",
    "kW": "kw kilowatt kilowatts",
    "MW": "mw megawatt megawatts",
    "GW": "gw gigawatt gigawatts",
    "°C": "°c|° c",
    "°F": "°f|° f",
    "°": "°",
}
_MEASURE_OF = {
    word: symbol
    for symbol, words in _MEASURES.items()
    for part, group in enumerate(words.split("|"))
    for word in (group.split() if part == 0 else [group])
}


def _alternatives(words: Iterator[str] | list[str]) -> str:
    """A regular expression for any of these, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DIGITS = (
    r"\d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d+(?:\.\d+)?"
)
_NUMBER_WORD = _alternatives([*SMALL_NUMBERS, *_SCALES, "dozen"])
_SPELT = rf"(?:half\ an?\ |an?\ )?(?:{_NUMBER_WORD})(?:(?:[ -]|\ and\ )(?:{_NUMBER_WORD})\b)*"

_PREFILTER = re.compile(rf"\d|{_NUMBER_WORD}|(?:\ba|\ban|half a)\ (?:decade|year|century|day|week|month)")

_AMOUNT = re.compile(
    rf"""(?:(?P<currency>{_alternatives([*_CURRENCIES])}|\b(?:{_alternatives([c.lower() for c in _CURRENCY_CODES])}))\ ?)?
         (?:(?<![\w.,/])(?P<sign>[-−](?=\d))?(?P<digits>{_DIGITS})(?!\d) | \b(?P<spelt>{_SPELT})\b)
       | \b(?P<single>half\ an?\ (?=year|decade|century|month)|an?\ (?=decade|century))
       | \b(?<=\bthan\ )(?P<compared>an?\ (?=year|month|week|day))""",
    re.VERBOSE,
)
_SCALE = re.compile(
    r"[ \u00a0-](?:million|billion|trillion|thousand|hundred|dozen|bn|mn|mln|tn)\b|(?:bn|mn|mln|tn|k)\b"
)
_MONEY_SCALE = re.compile(r" ?(?:bn|mn|mln|tn|m|b|k)\b")
_CURRENCY_AFTER = re.compile(
    rf" ?(?:(?:{_alternatives([*_CURRENCY_WORDS])}|{_alternatives([c.lower() for c in _CURRENCY_CODES])})\b|[€£])"
)
_PERCENT = re.compile(r" ?%| ?per ?cent\b| percentage points?\b")
_MEASURE = re.compile(rf"[ \u00a0\u202f-]?(?:{_alternatives([*_MEASURE_OF])})(?![\w²])")
_DURATION = re.compile(
    rf"[ \u00a0-]?(?P<word>{_alternatives([*_DURATION_WORDS])})\b(?P<half>\ and\ a\ half\b)?"
)
_AND_A_HALF = re.compile(r" and a half(?= )")
_NEXT_PART = re.compile(
    rf"(?:,|,? and|)\ (?P<number>\d+|{_alternatives([*SMALL_NUMBERS])})(?=[ \u00a0-]?[a-z])"
)
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|some|over|more than|less than|fewer than|at least|at most|"
    r"up to|nearly|almost|under|circa|ca?\.)\s*|[~≈<>]\s*)(?:an? )?$"
)


def find_quantities(text: str) -> list[Quantity]:
    """Every number of `text` in order, none overlapping; the digits of dates are read as numbers too.

    "one" by itself is a pronoun and no number; nor are ordinals.
    """
    lowered = _lowered(text)
    if _PREFILTER.search(lowered) is None:
        return []
    found: list[Quantity] = []
    position = 0
    while (match := _AMOUNT.search(lowered, position)) is not None:
        quantity = _quantity(lowered, match)
        if quantity is not None:
            found.append(quantity)
        position = match.end() if quantity is None else quantity.end
    return found


def _lowered(text: str) -> str:
    """Lower case, character by character where a whole-string conversion would shift positions."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower()[:1] for c in text)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    """The quantity that starts with the amount `match`, or None where the characters mean something else."""
    number, end = _amount(match), match.end()
    currency = _CURRENCIES.get(match["currency"] or "", (match["currency"] or "").upper())
    scale = (_MONEY_SCALE.match(text, end) if currency else None) or _SCALE.match(text, end)
    if scale is not None and (match["digits"] or currency):
        number, end = _scaled(number, scale.group()), scale.end()
    about = _ABOUT.search(text, max(0, match.start() - 16), match.start()) is not None
    if currency:
        return (
            Quantity(match.start(), end, float(number), currency, about, "money")
            if _ends(text, end)
            else None
        )
    unit = _unit_at(text, end, number)
    if unit is not None:
        end, value, name, kind = unit
        return Quantity(match.start(), end, value, name, about, kind)
    is_bare = match["digits"] is not None or (match["spelt"] or "one") != "one"
    return (
        Quantity(match.start(), end, float(number), "", about, "number")
        if is_bare and _ends(text, end)
        else None
    )


def _ends(text: str, end: int) -> bool:
    """Whether a number can end here: "5th", "1990s" and "4x4" are no numbers."""
    return end >= len(text) or not (text[end].isalpha() or text[end] == "_")


def _amount(match: re.Match[str]) -> Decimal:
    if match["digits"] is not None:
        number = _from_digits(match["digits"])
        return -number if match["sign"] else number
    if match["spelt"] is not None:
        return _from_words(match["spelt"])
    return Decimal("0.5") if (match["single"] or "").startswith("half") else Decimal(1)


def _from_digits(digits: str) -> Decimal:
    digits = re.sub(r"[,\u00a0\u202f\u2009'’ ]", "", digits)
    return Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)


def _from_words(spelt: str) -> Decimal:
    """ "two thousand five hundred", "a hundred", "half a million", "a dozen"."""
    words = re.split(r"[ -]+", spelt)
    total, group = Decimal(0), Decimal(0)
    for word in words:
        if word == "half":
            group = Decimal("0.5")
        elif word in SMALL_NUMBERS:
            group += SMALL_NUMBERS[word]
        elif word == "hundred":
            group = (group or Decimal(1)) * 100
        elif word == "dozen":
            group = (group or Decimal(1)) * 12
        elif word in _SCALES:
            total, group = total + (group or Decimal(1)) * _SCALES[word], Decimal(0)
    return total + group


def _scaled(number: Decimal, scale: str) -> Decimal:
    word = scale.strip(" \u00a0-")
    return number * (12 if word == "dozen" else _SCALES.get(word) or _SHORT_SCALES[word])


def _unit_at(text: str, end: int, number: Decimal) -> tuple[int, float, str, QuantityType] | None:
    """Where the unit after a number ends, the number in it, its name and type."""
    if (match := _PERCENT.match(text, end)) is not None:
        return match.end(), float(number), "%", "percent"
    if (match := _CURRENCY_AFTER.match(text, end)) is not None:
        word = match.group().strip()
        return (
            match.end(),
            float(number),
            _CURRENCY_WORDS.get(word) or _CURRENCIES.get(word) or word.upper(),
            "money",
        )
    half = _AND_A_HALF.match(text, end)
    if half is not None:
        number, end = number + Decimal("0.5"), half.end()
    if _DURATION.match(text, end) is not None:
        end, days = _duration_at(text, end, float(number))
        return end, days, "days", "duration"
    if (match := _MEASURE.match(text, end)) is not None:
        return match.end(), float(number), _MEASURE_OF[match.group().lstrip(" \u00a0\u202f-")], "number"
    return None


def _duration_at(text: str, end: int, number: float) -> tuple[int, float]:
    """The end of a length of time and its days; smaller units may follow, "3 years and 2 months"."""
    days, smallest = 0.0, float("inf")
    while (match := _DURATION.match(text, end)) is not None and _DURATION_WORDS[match["word"]] < smallest:
        smallest = _DURATION_WORDS[match["word"]]
        days += (number + (0.5 if match["half"] else 0)) * smallest
        end = match.end()
        part = _NEXT_PART.match(text, end)
        following = None if part is None else _DURATION.match(text, part.end())
        if part is None or following is None or _DURATION_WORDS[following["word"]] >= smallest:
            break
        number = float(SMALL_NUMBERS.get(part["number"]) or part["number"])
        end = part.end()
    return end, days


_FOOTNOTE = re.compile(r"\[[^\]]*\]|[*†‡#]+$")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LEAD = re.compile(
    r"(?:about|around|roughly|approximately|approx\.?|over|nearly|almost|circa|ca?\.|[~≈<>])\s*", re.I
)
_BRACKETS = re.compile(r"\s*\([^()]*\)$")


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that is the whole of a table cell, footnote marks and a conversion in brackets apart.

    Positions are those in the cell's text without these.

    >>> parse_quantity("41 m (135 ft)").number, parse_quantity("1 200[3]").number
    (41.0, 1200.0)
    """
    cleaned = _BRACKETS.sub("", _FOOTNOTE.sub("", text).strip()).strip()
    lead = _LEAD.match(cleaned)
    body = _SPACED.sub("\u00a0", cleaned if lead is None else cleaned[lead.end() :])
    found = find_quantities(body)
    if len(found) != 1 or found[0].start != 0 or found[0].end != len(body):
        return None
    return msgspec.structs.replace(found[0], about=lead is not None)


def parse_ordinal(word: str) -> int | None:
    """The place that an ordinal names: 2 for "second" and "2nd"; None for "last" and for anything else."""
    word = word.lower().strip()
    if (match := re.fullmatch(r"(\d{1,6})(?:st|nd|rd|th)", word, re.ASCII)) is not None:
        return int(match[1])
    tens, hyphen, one = word.rpartition("-")
    if hyphen and tens in _TENS and 0 < ORDINALS.get(one, 0) < 10:
        return SMALL_NUMBERS[tens] + ORDINALS[one]
    return ORDINALS.get(word)


def parse_cardinal(text: str) -> int | None:
    """A whole number in digits or words; None for anything else, ordinals among it."""
    lowered = text.lower().strip()
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,18}", lowered, re.ASCII):
        return int(lowered.replace(",", ""))
    if re.fullmatch(_SPELT, lowered, re.VERBOSE):
        number = _from_words(lowered)
        return int(number) if number == int(number) else None
    return None


def show_number(number: float, unit: str) -> str:
    """A number with its unit as people write it, to three decimals at most.

    >>> show_number(6.38e9, "USD"), show_number(3e6, "CHF"), show_number(27.89, "%"), show_number(81370, "")
    ('$6.38 billion', 'CHF 3 million', '27.89%', '81,370')
    """
    if unit in _CURRENCY_CODES:
        sign = "-" if number < 0 else ""
        return f"{sign}{_SYMBOLS.get(unit, unit + ' ')}{_with_scale(abs(number))}"
    if unit in ("", "%"):
        return f"{_digits(number)}{unit}"
    return f"{_digits(number)} {unit}"


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
