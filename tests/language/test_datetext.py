"""Dates read from questions and from prose."""

import pytest
from dateexamples import DAYS, SHOWN, TEXTS, TODAY, found
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.dates import Interval, show
from chatbot.language.datetext import find_dates


def test_other_words_are_no_dates():
    assert found("what is it now") == []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what about 2015?", [("2015", "2015", "in")]),
        ("Who led DPO in 2005?", [("in 2005", "2005", "in")]),
        ("the 2007 General Assembly resolution", [("the 2007", "2007", "in")]),
        ("in the 1990s and 2000s", [("in the 1990s", "199X", "in"), ("2000s", "200X", "in")]),
        ("2003, 2004 and 2005", [("2003", "2003", "in"), ("2004", "2004", "in"), ("2005", "2005", "in")]),
        ("İzmir (in 1999)", [("in 1999", "1999", "in")]),
        ("In 2000 people left; 1500 troops came", [("In 2000", "2000", "in")]),
        ("on 3 May, 120 people", []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_dates_in_questions(question, expected):
    assert found(question) == expected


@given(SHOWN)
def test_a_date_shown_is_found_again(edtf):
    words = show(edtf)
    assert found(words) == [(words, edtf, "in")]


@given(DAYS, DAYS)
def test_a_period_shown_is_found_again(one, other):
    edtf = f"{min(one, other)}/{max(one, other)}"
    assert [m.interval.edtf for m in find_dates(show(edtf), TODAY)] == [edtf]


@given(DAYS.map(lambda day: day.isoformat()[:7]), st.sampled_from(["{}/..", "../{}", "{}~"]))
def test_open_and_approximate_datesSHOWN_arefound_again(edtf, pattern):
    edtf = pattern.format(edtf)
    assert [m.interval.edtf for m in find_dates(show(edtf), TODAY)] == [edtf]


@given(TEXTS, st.dates() | st.none())
def test_mentions_lie_within_any_text_and_do_not_overlap(text, today):
    position = 0
    for mention in find_dates(text, today):
        assert position <= mention.start < mention.end <= len(text)
        assert Interval.parse(mention.interval.edtf) == mention.interval
        position = mention.end
