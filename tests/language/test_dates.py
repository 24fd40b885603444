"""Partial dates: their bounds, the laws of comparing them, terms, and their words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.dates import (
    Certainty,
    Interval,
    Term,
    after,
    before,
    day_after,
    day_before,
    duration_words,
    overlaps,
    show,
    within,
)

NO, POSSIBLY, CERTAINLY = Certainty.NO, Certainty.POSSIBLY, Certainty.CERTAINLY

days = st.dates(date(1000, 1, 1), date(2099, 12, 31))
single_dates = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    days.map(lambda day: f"{day.year // 10}X"),
    days.map(lambda day: f"{day.year // 100}XX"),
    st.builds(lambda day, code: f"{day.year}-{code}", days, st.sampled_from([21, 22, 23, 24, 34, 38, 41])),
)
bounded = single_dates.map(Interval.parse)
periods = st.one_of(
    bounded,
    st.builds(lambda a, b: f"{min(a, b)}/{max(a, b)}", days, days).map(Interval.parse),
    single_dates.map(lambda edtf: Interval.parse(f"{edtf}/..")),
    single_dates.map(lambda edtf: Interval.parse(f"../{edtf}")),
)
terms = st.one_of(
    st.tuples(bounded, bounded).filter(lambda pair: pair[0].earliest <= pair[1].latest).map(lambda pair: Term(*pair)),
    bounded.map(lambda start: Term(start, Interval.parse(".."))),
    bounded.map(lambda end: Term(Interval.parse(".."), end)),
)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "precision"),
    [
        ("2005", "2005-01-01", "2005-12-31", "year"),
        ("1992-03", "1992-03-01", "1992-03-31", "month"),
        ("2000-02", "2000-02-01", "2000-02-29", "month"),
        ("2000-10-01", "2000-10-01", "2000-10-01", "day"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("2001-21", "2001-03-01", "2001-05-31", "other"),
        ("2001-24", "2001-12-01", "2002-02-28", "other"),
        ("2007-37", "2007-01-01", "2007-04-30", "other"),
        ("2007-05/2007-08", "2007-05-01", "2007-08-31", "other"),
        ("2000-10-01/2008-06-30", "2000-10-01", "2008-06-30", "other"),
        ("2017-04-01/..", "2017-04-01", None, "other"),
        ("../1990", None, "1990-12-31", "other"),
        ("..", None, None, "other"),
        ("1890~", "1890-01-01", "1890-12-31", "year"),
        ("1992-03~", "1992-03-01", "1992-03-31", "month"),
        ("0962", "0962-01-01", "0962-12-31", "year"),
        ("00XX", "0001-01-01", "0099-12-31", "century"),
    ],
    ids=str,
)
def test_interval_has_the_days_its_notation_says(edtf, earliest, latest, precision):
    interval = Interval.parse(edtf)
    assert (interval.earliest and interval.earliest.isoformat()) == earliest
    assert (interval.latest and interval.latest.isoformat()) == latest
    assert interval.precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2005-13",
        "2005-00",
        "2001-02-29",
        "0000",
        "962",
        "20055",
        "2005/",
        "/2005",
        "2008/2000",
        "199x",
        "19X5",
        "2005-1",
        "2005/2006/2007",
        "1 May 2005",
        "2005-21-01",
        "٢٠٠٥",
    ],
)
def test_what_is_not_edtf_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        Interval.parse(text)


@given(periods)
def test_parsing_keeps_the_notation(interval):
    assert Interval.parse(interval.edtf) == interval


@pytest.mark.parametrize(
    ("relation", "day", "period", "expected"),
    [
        (after, "2000", "2000", NO),
        (after, "2000-06-01", "2000", NO),
        (after, "2001", "2000", CERTAINLY),
        (after, "200X", "2000", POSSIBLY),
        (before, "1999", "2000", CERTAINLY),
        (before, "2000", "2000", NO),
        (before, "2000", "2000-06", POSSIBLY),
        (within, "2000-06", "2000", CERTAINLY),
        (within, "2000", "2000-06", POSSIBLY),
        (within, "1999", "2000", NO),
        (within, "2000", "1999-05-01/..", CERTAINLY),
        (before, "..", "2010", NO),
        (after, "..", "2010", NO),
        (within, "..", "2010", NO),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_comparing_a_partial_date_with_a_period(relation, day, period, expected):
    assert relation(Interval.parse(day), Interval.parse(period)) is expected


@given(bounded, periods)
def test_a_day_lies_before_within_or_after_a_period(a, b):
    verdicts = [before(a, b), within(a, b), after(a, b)]
    if CERTAINLY in verdicts:
        assert sorted(v.value for v in verdicts) == [0, 0, 2]
    else:
        assert sum(v is POSSIBLY for v in verdicts) >= 2


@given(days, periods)
def test_nothing_is_merely_possible_of_a_known_day(day, period):
    interval = Interval.parse(day.isoformat())
    assert POSSIBLY not in (before(interval, period), within(interval, period), after(interval, period))


@given(bounded, bounded)
def test_before_is_the_converse_of_after_where_certain(a, b):
    assert (before(a, b) is CERTAINLY) == (after(b, a) is CERTAINLY)


@given(periods)
def test_no_day_of_a_period_is_before_or_after_it(period):
    assert before(period, period) is NO
    assert after(period, period) is NO
    assert within(period, period) is CERTAINLY


@given(periods, periods)
def test_overlap_is_symmetric(a, b):
    assert overlaps(a, b) is overlaps(b, a)
    assert overlaps(a, a) is CERTAINLY


@given(bounded)
def test_neighbouring_days_lie_just_outside(interval):
    assert day_after(interval) == interval.latest + timedelta(days=1)
    assert day_before(interval) == interval.earliest - timedelta(days=1)


@pytest.mark.parametrize(
    ("term", "period", "expected"),
    [
        ("2000-10-01/2008-06-30", "2000", CERTAINLY),
        ("2000-10-01/2008-06-30", "2000-09-30", NO),
        ("2000-10-01/2008-06-30", "2008-06-30/2010", CERTAINLY),
        ("2000-10/2008", "2000-10-15", POSSIBLY),
        ("2000-10/2008", "2000-11-01", CERTAINLY),
        ("2000-10/2008", "2008-03-01", POSSIBLY),
        ("2005", "2005", CERTAINLY),
        ("2005", "2005-06", POSSIBLY),
        ("2017-04-01/..", "2090", CERTAINLY),
        ("2017-04-01/..", "2016", NO),
        ("../1990", "1500", CERTAINLY),
        ("../1990", "1990-06-01", POSSIBLY),
        ("../1990", "1991", NO),
    ],
    ids=str,
)
def test_a_term_overlaps_a_period(term, period, expected):
    assert Term.parse(term).overlaps(Interval.parse(period)) is expected


@given(terms, st.lists(days, min_size=4, max_size=4).map(sorted))
def test_a_longer_period_is_never_less_certainly_overlapped(term, bounds):
    first, second, third, fourth = bounds
    inner, outer = Interval.parse(f"{second}/{third}"), Interval.parse(f"{first}/{fourth}")
    assert term.overlaps(inner).value <= term.overlaps(outer).value


@given(terms)
def test_a_term_is_read_back_from_its_notation(term):
    assert Term.parse(term.edtf) == term


@given(terms, days)
def test_least_length_is_not_above_most(term, today):
    least, most = term.length(today)
    assert 0 <= least <= most


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("2000-10-01/2008-06-30", (2829, 2829)),
        ("2020-01-01/..", (366, 366)),
        ("2005", (0, 364)),
        ("2005/2006", (1, 729)),
        ("2030/..", (0, 0)),
    ],
    ids=str,
)
def test_length_is_counted_from_start_to_end(term, expected):
    assert Term.parse(term).length(date(2021, 1, 1)) == expected


def test_a_term_is_open_while_it_has_no_end():
    assert Term.parse("2000-10/..").is_open
    assert not Term.parse("../2000-10").is_open


def test_a_month_group_becomes_one_code_within_a_term():
    term = Term(Interval.parse("2007-01/2007-04"), Interval.parse("2008"))
    assert term.edtf == "2007-37/2008"
    assert Term.parse(term.edtf).start.latest == date(2007, 4, 30)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1993-02-28", "28 February 1993"),
        ("1992-03", "March 1992"),
        ("2005", "2005"),
        ("199X", "the 1990s"),
        ("19XX", "the 20th century"),
        ("2007-01/2007-04", "early 2007"),
        ("2019-05/2019-08", "mid-2019"),
        ("2007-38", "mid-2007"),
        ("2003-01/2003-06", "the first half of 2003"),
        ("2001-21", "spring 2001"),
        ("1993-03-01/1996-12-31", "1 March 1993 to 31 December 1996"),
        ("2017-04-01/..", "since 1 April 2017"),
        ("../1990", "until 1990"),
        ("1890~", "about 1890"),
        ("0962", "AD 962"),
        ("20XX", "the 21st century"),
        ("10XX", "the 11th century"),
        ("..", "the present"),
        ("../..", "always"),
    ],
    ids=str,
)
def test_dates_are_worded_in_british_order(edtf, words):
    assert show(edtf) == words


def test_only_edtf_can_be_shown():
    with pytest.raises(ValueError, match="not a date"):
        show("last Tuesday")


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0 days"),
        (1, "1 day"),
        (59, "59 days"),
        (60, "about 2 months"),
        (425, "about 14 months"),
        (729, "about 24 months"),
        (731, "about 2 years"),
        (2829, "about 7 years and 9 months"),
        (3 * 365.2425 - 1, "about 3 years"),
        (1127, "about 3 years and 1 month"),
    ],
    ids=str,
)
def test_lengths_are_worded_as_people_say_them(length, words):
    assert duration_words(length) == words
