"""Numbers in text and in cells: counts, money, percentages, lengths of time and measures.

Scale words are multiplied in ("$6.5 billion" is 6.5e9 USD) and lengths of time are in days.
"""

import re
from collections.abc import Iterable
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
_CURRENCY_CODES = frozenset(
    _list(
        "USD EUR GBP JPY CHF CNY INR RUB KRW BRL AUD CAD NZD SEK NOK DKK PLN CZK HUF TRY ZAR MXN SGD HKD ILS "
        "AED SAR EGP NGN KES THB IDR MYR PHP ARS CLP COP"
    )
)
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
    "s": "sec secs seconds",
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


def _any_of(words: Iterable[str]) -> str:
    """A regular expression for any of these, the longest first; a space may be one that does not break."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\ ", "[ \u00a0]") for word in ordered)


_CODE = _any_of(code.lower() for code in _CURRENCY_CODES)
_DIGITS = (
    r"\d{1,3}(?:[,\u00a0\u202f\u2009'’]\d{3})+(?:\.\d+)?(?!\d)"  # 81,370.5
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)"  # 1.234.567
    r"|\d+(?:\.\d+)?"
)
_BELOW_HUNDRED = rf"(?:(?:{_any_of(_TENS)})(?:[ -](?:{_any_of(_ONES[1:])})\b)?|{_any_of(_ONES + _TEENS)})"
_BELOW_THOUSAND = rf"(?:(?:{_BELOW_HUNDRED}|an?) hundred(?:(?: and)? {_BELOW_HUNDRED}\b)?|{_BELOW_HUNDRED})"
_SCALED_GROUP = rf"(?:{_BELOW_THOUSAND}|half an?|an?)[ -](?:{_any_of(_SCALES)})"
_SPELT = (
    rf"(?:{_SCALED_GROUP}\b(?:(?:,| and|) {_SCALED_GROUP}\b)*(?:(?:,| and|) {_BELOW_THOUSAND})?"
    rf"|(?:{_BELOW_HUNDRED}|half an?|an?) dozen|{_BELOW_THOUSAND}|{_any_of(_SCALES)}|hundred|dozen)\b"
)
_PREFILTER = re.compile(
    rf"\d|\b(?:{_any_of([*SMALL_NUMBERS, *_SCALES, 'hundred', 'dozen'])}|half an?|than an?|an? (?:decade|century))\b"
)
_AMOUNT = re.compile(
    rf"(?:(?P<currency>(?<!\w)(?:{_any_of(_CURRENCIES)}|{_CODE}))[ \u00a0]?)?"
    rf"(?:(?<![\w.,/])(?<![^\W\d_][-–])(?P<sign>[-−+](?=\d))?(?P<digits>{_DIGITS})(?!\d)|\b(?P<spelt>{_SPELT}))"
    r"|\b(?P<unit>half an? (?=year|decade|century|month)|an? (?=decade|century)"
    r"|(?<=than )an? (?=year|month|week|day))"
)
_SCALE = re.compile(
    r"[ \u00a0-](?:million|billion|trillion|thousand|dozen|bn|mn|mln|tn)\b|(?:bn|mn|mln|tn|k)\b"
)
_MONEY_SCALE = re.compile(r"[ \u00a0]?(?:bn|mn|mln|tn|m|b|k)\b")
_CURRENCY_AFTER = re.compile(rf"[ \u00a0]?(?P<word>(?:{_any_of(_CURRENCY_WORDS)}|{_CODE})\b|[€£$](?!\d))")
_PERCENT = re.compile(r"[ \u00a0]?%| ?per ?cent\b| percentage points?\b")
_MEASURE = re.compile(rf"[ \u00a0\u202f-]?(?P<word>{_any_of(_MEASURE_OF)})(?![\w²])")
_DURATION = re.compile(rf"[ \u00a0-]?(?P<word>{_any_of(_DURATION_WORDS)})\b(?P<half> and a half\b)?")
_AND_A_HALF = re.compile(r" and a half\b")
_NEXT_PART = re.compile(rf"(?:,|,? and|) (?P<number>\d+|{_any_of(SMALL_NUMBERS)})(?=[ \u00a0-]?[a-z])")
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|some|over|more than|less than|fewer than|at least|"
    r"at most|up to|nearly|almost|under|circa|ca?\.)\s*|[~≈<>]\s*)(?:an? )?$"
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
    if _PREFILTER.search(lowered) is None:
        return []
    found: list[Quantity] = []
    position = 0
    while (match := _AMOUNT.search(lowered, position)) is not None:
        quantity = _quantity(text, lowered, match)
        position = match.end() if quantity is None else quantity.end
        if (
            quantity is not None and not lowered[position : position + 1].isalpha()
        ):  # "5th", "1990s" are no numbers
            found.append(quantity)
    return found


def _quantity(text: str, lowered: str, match: re.Match[str]) -> Quantity | None:
    """The quantity that begins with the amount `match`; None for "one" without a unit."""
    start, currency = _currency(text, match)
    number, end = _amount(match), match.end()
    half = _AND_A_HALF.match(lowered, end)
    if half is not None:
        number, end = number + Decimal("0.5"), half.end()
    scale = (_MONEY_SCALE.match(lowered, end) if currency else None) or _SCALE.match(lowered, end)
    if scale is not None:
        number, end = _scaled(number, scale.group()), scale.end()
    about = _ABOUT.search(lowered, max(0, start - 16), start) is not None
    if currency:
        return Quantity(start, end, float(number), currency, about, "money")
    unit = _with_unit(text, lowered, start, end, number)
    if unit is not None:
        return msgspec.structs.replace(unit, about=about)
    if match["unit"] is not None or (match["spelt"] == "one" and end == match.end()):
        return None
    return Quantity(start, end, float(number), "", about, "number")


def _currency(text: str, match: re.Match[str]) -> tuple[int, str]:
    """Where the quantity starts and the currency before its number; codes only in capitals ("try 5")."""
    mark = match["currency"]
    if mark is None:
        return match.start(), ""
    if mark.isalpha() and not text[match.start("currency") : match.end("currency")].isupper():
        amount = "digits" if match["digits"] is not None else "spelt"
        return match.start("sign" if match["sign"] else amount), ""
    return match.start(), _CURRENCIES.get(mark) or mark.upper()


def _amount(match: re.Match[str]) -> Decimal:
    if match["digits"] is not None:
        digits = re.sub(r"[,\u00a0\u202f\u2009'’]", "", match["digits"])
        number = Decimal(digits.replace(".", "") if digits.count(".") > 1 else digits)
        return -number if match["sign"] in ("-", "−") else number
    if match["spelt"] is not None:
        return _from_words(match["spelt"])
    return Decimal("0.5") if match["unit"].startswith("half") else Decimal(1)


def _from_words(spelt: str) -> Decimal:
    """The value of a number in words: "two thousand five hundred", "half a million", "a dozen"."""
    total, group = Decimal(0), Decimal(0)
    for word in re.split(r"[ ,-]+", spelt):
        if word == "half":
            group = Decimal("0.5")
        elif word in SMALL_NUMBERS:
            group += SMALL_NUMBERS[word]
        elif word in ("hundred", "dozen"):
            group = (group or Decimal(1)) * (100 if word == "hundred" else 12)
        elif word in _SCALES:
            total, group = total + (group or Decimal(1)) * _SCALES[word], Decimal(0)
    return total + group


def _scaled(number: Decimal, scale: str) -> Decimal:
    word = scale.strip(" \u00a0-")
    return number * (12 if word == "dozen" else _SCALES.get(word) or _SHORT_SCALES[word])


def _with_unit(text: str, lowered: str, start: int, end: int, number: Decimal) -> Quantity | None:
    """The quantity from `start` with the unit that follows its number at `end`, if one does."""
    if (match := _PERCENT.match(lowered, end)) is not None:
        return Quantity(start, match.end(), float(number), "%", False, "percent")
    if (match := _CURRENCY_AFTER.match(lowered, end)) is not None:
        word = match["word"]
        code = _CURRENCY_WORDS.get(word.replace("\u00a0", " ")) or _CURRENCIES.get(word)
        if code is not None or text[match.start("word") : match.end()].isupper():
            return Quantity(start, match.end(), float(number), code or word.upper(), False, "money")
    if _DURATION.match(lowered, end) is not None:
        end, days = _duration_at(lowered, end, float(number))
        return Quantity(start, end, days, "days", False, "duration")
    if (match := _MEASURE.match(lowered, end)) is not None:
        unit = _MEASURE_OF[match["word"].replace("\u00a0", " ")]
        return Quantity(start, match.end(), float(number), unit, False, "number")
    return None


def _duration_at(text: str, end: int, number: float) -> tuple[int, float]:
    """The end of a length of time and its days; smaller units may follow, "3 years and 2 months"."""
    days, smallest = 0.0, float("inf")
    while (match := _DURATION.match(text, end)) is not None:
        smallest = _DURATION_WORDS[match["word"]]
        days += (number + (0.5 if match["half"] else 0)) * smallest
        end = match.end()
        part = _NEXT_PART.match(text, end)
        following = None if part is None else _DURATION.match(text, part.end())
        if part is None or following is None or _DURATION_WORDS[following["word"]] >= smallest:
            break
        spelt = SMALL_NUMBERS.get(part["number"])
        number, end = float(part["number"] if spelt is None else spelt), part.end()
    return end, days


_FOOTNOTE = re.compile(r"\[[^\]]*\]|[*†‡]+")
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_DECIMAL_COMMA = re.compile(r"^([-−+]?\d+),(\d{1,2})(?!\d)")
_LEAD = re.compile(
    r"(?:about|around|roughly|approximately|approx\.?|over|nearly|almost|circa|ca?\.|[~≈<>])\s*", re.I
)
_BRACKETS = re.compile(r"\s*\([^()]*\)$")


def parse_quantity(text: str) -> Quantity | None:
    """The quantity that is the whole of a table cell, footnote marks and a conversion in brackets apart.

    Positions are those in the cell's text without these and without "about".

    >>> [(q.number, q.unit) for q in map(parse_quantity, ("41 m (135 ft)", "1 200[3]", "c. $6.4 billion")) if q]
    [(41.0, 'm'), (1200.0, ''), (6400000000.0, 'USD')]
    """
    cleaned = _BRACKETS.sub("", " ".join(_FOOTNOTE.sub(" ", text).split())).rstrip(" .")
    lead = _LEAD.match(cleaned)
    body = _SPACED.sub("\u00a0", cleaned if lead is None else cleaned[lead.end() :])
    found = find_quantities(_DECIMAL_COMMA.sub(r"\1.\2", body))
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
    if re.fullmatch(_SPELT, lowered):
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
