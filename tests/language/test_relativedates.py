"""Dates in text that are told from today."""

import pytest
from dateexamples import found

from chatbot.language.datetext import find_dates


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("last year", "2025"),
        ("this year", "2026"),
        ("next month", "2026-04"),
        ("yesterday", "2026-03-04"),
        ("two years ago", "2024"),
        ("3 months ago", "2025-12"),
        ("a decade ago", "2016"),
        ("in the last ten years", "2016-03-05/2026-03-05"),
        ("over the past decade", "2016-03-05/2026-03-05"),
        ("the last century", "19XX"),
    ],
    ids=str,
)
def test_a_date_is_told_from_today(text, edtf):
    assert found(text) == [(text, edtf, "in")]


@pytest.mark.parametrize(
    "text",
    [
        "the last year of his term",
        "the last three heads",
    ],
)
def test_the_last_of_something_is_no_date(text):
    assert found(text) == []


def test_without_today_nothing_is_relative_to_it():
    assert find_dates("last year, two years ago and yesterday", None) == []
