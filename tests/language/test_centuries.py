"""Decades and centuries in text."""

import pytest
from dateexamples import found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in the 1990s", "199X"),
        ("the 1990's", "199X"),
        ("in the 1970 s", "197X"),
        ("the nineties", "199X"),
        ("the '90s", "199X"),
        ("the nineteen nineties", "199X"),
        ("the 19th century", "18XX"),
        ("in the twenty-first century", "20XX"),
        ("nineteenth-century", "18XX"),
    ],
    ids=str,
)
def test_a_decade_or_century_is_read(text, edtf):
    assert found(text) == [(text, edtf, "in")]


def test_centuries_are_joined():
    text = "19th and 20th centuries"
    assert found(text) == [(text, "18XX/19XX", "between")]


@pytest.mark.parametrize(
    "text",
    [
        "1200 BC and the 5th century BC",
        "in her nineties",
        "who came second or third",
    ],
)
def test_ages_ranks_and_times_before_christ_are_none(text):
    assert found(text) == []
