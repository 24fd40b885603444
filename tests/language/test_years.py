"""Years in text."""

import pytest
from dateexamples import found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in '05", "2005"),
        ("1066", "1066"),
        ("AD 962", "0962"),
        ("962 AD", "0962"),
        ("2010 Q3", "2010-07/2010-09"),
        ("nineteen ninety-four", "1994"),
        ("nineteen oh five", "1905"),
        ("two thousand and twelve", "2012"),
        ("two thousand five", "2005"),
        ("21/22", "2021/2022"),
        ("twenty ten", "2010"),
        ("the year two thousand", "2000"),
    ],
    ids=str,
)
def test_a_year_is_read_in_digits_and_in_words(text, edtf):
    assert found(text) == [(text, edtf, "in")]


@pytest.mark.parametrize(
    "text",
    [
        "2000 people",
        "over 2000 personnel",
        "more than 2000",
        "it has 1500 paintings",
        "two thousand people",
        "two thousand five hundred",
        "$2000",
        "2,000",
        "a 2000-seat hall",
        "resolution 1325",
        "number 2005",
        "F-2005 and A2005",
    ],
)
def test_counts_and_sums_and_the_numbers_of_things_are_no_years(text):
    assert found(text) == []
