"""What dates in text mean."""

from datetime import date

import pytest

from chatbot.language.datemeaning import moved, part_of, related


@pytest.mark.parametrize(
    ("part", "edtf", "expected"),
    [
        ("start", "2001", "2001-01"),
        ("h2", "19XX", "1950/1999"),
        ("late", "1992-02", "1992-02-20/1992-02-29"),
        ("early", "00XX", "0001/0033"),
        ("early", "2001-03-05", None),
        ("early", "2001/..", None),
    ],
)
def test_a_part_of_a_date_is_finer_than_the_date(part, edtf, expected):
    assert part_of(part, edtf) == expected


@pytest.mark.parametrize(
    ("edtf", "relation", "expected"),
    [
        ("1994/1998", "after", "1999/.."),
        ("1994/1998", "before", "../1993"),
        ("1994/1998", "since", "1994/.."),
        ("1994/1998", "until", "../1998"),
        ("1994/1998", "around", "1994/1998"),
        ("1994", "around", "1994~"),
        ("1994", "in", "1994"),
    ],
)
def test_the_days_in_relation_to_a_date(edtf, relation, expected):
    interval = related(edtf, relation)
    assert interval is not None
    assert interval.edtf == expected


def test_nothing_is_after_the_end_of_the_calendar():
    assert related("9999-12-31", "after") is None
    assert moved(date(9999, 12, 31), 1, "day") is None


def test_a_day_moves_to_the_last_of_a_shorter_month():
    assert moved(date(2024, 2, 29), -1, "year") == date(2023, 2, 28)
    assert moved(date(2024, 3, 31), 1, "month") == date(2024, 4, 30)
    assert moved(date(2024, 3, 31), -1, "week") == date(2024, 3, 24)
