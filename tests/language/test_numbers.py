"""Numbers, money, lengths of time and measures, read and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.numbers import (
    find_quantities,
    parse_ordinal,
    parse_quantity,
    show_number,
)

YEAR, MONTH = 365.2425, 30.436875


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("81,370 personnel in 13 missions", [("81,370", 81370, ""), ("13", 13, "")]),
        ("1.234.567 and 12.5", [("1.234.567", 1234567, ""), ("12.5", 12.5, "")]),
        ("$6.5 billion", [("$6.5 billion", 6.5e9, "USD")]),
        ("US$5 billion", [("US$5 billion", 5e9, "USD")]),
        ("it cost €3m", [("€3m", 3e6, "EUR")]),
        ("£2.5bn", [("£2.5bn", 2.5e9, "GBP")]),
        ("A$10", [("A$10", 10, "AUD")]),
        ("5 billion dollars", [("5 billion dollars", 5e9, "USD")]),
        ("five million euros", [("five million euros", 5e6, "EUR")]),
        ("CHF 3 million", [("CHF 3 million", 3e6, "CHF")]),
        ("5 USD 6", [("5 USD", 5, "USD"), ("6", 6, "")]),
        ("10k €5", [("10k", 10000, ""), ("€5", 5, "EUR")]),
        ("try 5 times", [("5", 5, "")]),
        ("15.21%", [("15.21%", 15.21, "%")]),
        ("3 per cent or five percent", [("3 per cent", 3, "%"), ("five percent", 5, "%")]),
        ("3 years", [("3 years", 3 * YEAR, "days")]),
        ("a 3-year term", [("3-year", 3 * YEAR, "days")]),
        ("18 months", [("18 months", 18 * MONTH, "days")]),
        ("ten days", [("ten days", 10, "days")]),
        ("two and a half years", [("two and a half years", 2.5 * YEAR, "days")]),
        ("3 years and 2 months", [("3 years and 2 months", 3 * YEAR + 2 * MONTH, "days")]),
        ("13 years, 120 days", [("13 years, 120 days", 13 * YEAR + 120, "days")]),
        ("for a decade", [("a decade", 10 * YEAR, "days")]),
        ("half a year", [("half a year", YEAR / 2, "days")]),
        ("more than a year", [("a year", YEAR, "days")]),
        ("five weeks", [("five weeks", 35, "days")]),
        ("41 m high", [("41 m", 41, "m")]),
        ("12 km", [("12 km", 12, "km")]),
        ("120 metres", [("120 metres", 120, "m")]),
        ("3,500 tonnes", [("3,500 tonnes", 3500, "t")]),
        ("18 nmi", [("18 nmi", 18, "nmi")]),
        ("90 minutes", [("90 minutes", 90, "min")]),
        ("2 square kilometres", [("2 square kilometres", 2, "km²")]),
        ("sixteen missions", [("sixteen", 16, "")]),
        ("twenty-one", [("twenty-one", 21, "")]),
        ("a hundred", [("a hundred", 100, "")]),
        ("one hundred and five", [("one hundred and five", 105, "")]),
        ("two thousand five hundred", [("two thousand five hundred", 2500, "")]),
        ("half a million", [("half a million", 5e5, "")]),
        ("two and a half million", [("two and a half million", 2.5e6, "")]),
        ("a dozen", [("a dozen", 12, "")]),
        ("two and three", [("two", 2, ""), ("three", 3, "")]),
        ("sixteen twenty", [("sixteen", 16, ""), ("twenty", 20, "")]),
        ("12 million people", [("12 million", 12e6, "")]),
        ("one mile", [("one mile", 1, "mi")]),
        ("no one came second, one of a kind", []),
        ("the 5th of the 1990s", []),
        ("COVID-19, F-16, A4, MP3", []),
        ("who led it", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_quantities_are_found_with_their_units(text, expected):
    found = find_quantities(text)
    assert [(text[q.start : q.end], q.unit) for q in found] == [(part, unit) for part, _, unit in expected]
    assert [q.number for q in found] == pytest.approx([number for _, number, _ in expected])


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("about 300", True),
        ("over 20", True),
        ("nearly $5", True),
        ("more than a year", True),
        ("~5 km", True),
        ("300 about", False),
        ("with 20", False),
    ],
    ids=str,
)
def test_words_before_a_number_say_whether_it_is_exact(text, about):
    assert [q.about for q in find_quantities(text)] == [about]


@pytest.mark.parametrize(
    ("cell", "number", "unit", "kind"),
    [
        ("81,370", 81370, "", "number"),
        ("1 200", 1200, "", "number"),
        ("1.234.567", 1234567, "", "number"),
        ("27.89%", 27.89, "%", "percent"),
        ("$6.38 billion", 6.38e9, "USD", "money"),
        ("41 m", 41, "m", "number"),
        ("41 m (135 ft)", 41, "m", "number"),
        ("5.2\u00a0sq\u00a0mi (13 km2)", 5.2, "sq mi", "number"),
        ("approx. 40[3]", 40, "", "number"),
        ("3,50", 3.5, "", "number"),
        ("−5", -5, "", "number"),
        ("1.", 1, "", "number"),
        ("sixteen", 16, "", "number"),
        ("3 years, 2 days", 3 * YEAR + 2, "days", "duration"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_cell_that_is_one_quantity_is_read(cell, number, unit, kind):
    quantity = parse_quantity(cell)
    assert quantity is not None
    assert quantity.number == pytest.approx(number)
    assert (quantity.unit, quantity.type) == (unit, kind)


@pytest.mark.parametrize("cell", ["", "–", "abc", "5th", "2–1", "12 people", "(12)", "A4", "1993–1996", "one"])
def test_a_cell_that_is_more_than_a_quantity_is_not_read(cell):
    assert parse_quantity(cell) is None


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        (81370, "", "81,370"),
        (12.5, "", "12.5"),
        (0, "", "0"),
        (10 / 3, "", "3.333"),
        (0.00123, "", "0.00123"),
        (27.89, "%", "27.89%"),
        (41, "m", "41 m"),
        (1, "days", "1 day"),
        (6.38e9, "USD", "$6.38 billion"),
        (2.5e6, "GBP", "£2.5 million"),
        (-5e6, "EUR", "-€5 million"),
        (3e6, "CHF", "CHF 3 million"),
        (6381234567, "USD", "$6,381,234,567"),
        (99.5, "USD", "$99.5"),
    ],
    ids=str,
)
def test_numbers_are_shown_as_people_write_them(number, unit, shown):
    assert show_number(number, unit) == shown


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("first", 1),
        ("second", 2),
        ("Third", 3),
        ("twentieth", 20),
        ("ninetieth", 90),
        ("2nd", 2),
        ("21st", 21),
        ("twenty-first", 21),
        ("last", None),
        ("two", None),
        ("5", None),
        ("", None),
    ],
    ids=str,
)
def test_ordinals(word, number):
    assert parse_ordinal(word) == number


@given(
    st.integers(-(10**12), 10**12).map(float) | st.decimals(-1000, 1000, places=2).map(float),
    st.sampled_from(["", "%", "USD", "GBP", "CHF", "m", "km²"]),
)
def test_what_is_shown_is_read_back(number, unit):
    if unit in ("USD", "GBP", "CHF"):
        number = abs(number)
    quantity = parse_quantity(show_number(number, unit))
    assert quantity is not None
    assert quantity.number == pytest.approx(number)
    assert quantity.unit == unit


_PIECES = [
    "5",
    "$",
    "€",
    "US$",
    "USD ",
    " ",
    "-",
    ",",
    ".",
    "%",
    "one",
    "two",
    "half a ",
    "a ",
    "hundred",
    "million",
    "k",
]
_PIECES += [
    " and ",
    " and a half",
    "year",
    "months",
    "km",
    "m",
    "(",
    "[1]",
    "\u00a0",
    "İ",
    "1,200",
    "2005",
    "th",
    "²",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text())
def test_quantities_lie_within_any_text_and_do_not_overlap(text):
    position = 0
    for quantity in find_quantities(text):
        assert position <= quantity.start < quantity.end <= len(text)
        position = quantity.end
    parse_quantity(text)
    parse_ordinal(text)
