"""Dates read from questions, from prose and from table cells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.dates import Interval, Term, show
from chatbot.language.datetext import find_dates, parse_cell_date, parse_cell_term

TODAY = date(2026, 3, 5)


def _found(text):
    return [(text[m.start : m.end], m.interval.edtf, m.relation) for m in find_dates(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in 2005", "2005"),
        ("for the year 2005", "2005"),
        ("in '05", "2005"),
        ("1066", "1066"),
        ("AD 962", "0962"),
        ("962 AD", "0962"),
        ("as of March 2020", "2020-03"),
        ("in Sept. 1999", "1999-09"),
        ("may 2005", "2005-05"),
        ("on 3 March 2010", "2010-03-03"),
        ("on the 3rd of March 2010", "2010-03-03"),
        ("on Tuesday, 3 March 2010", "2010-03-03"),
        ("March 3rd, 2010", "2010-03-03"),
        ("May 3,2010", "2010-05-03"),
        ("3.3.2010", "2010-03-03"),
        ("2010-03-03", "2010-03-03"),
        ("03/04/2010", "2010-04-03"),
        ("04/13/2010", "2010-04-13"),
        ("2007-06", "2007-06"),
        ("03/2010", "2010-03"),
        ("in the 1990s", "199X"),
        ("the 1990's", "199X"),
        ("in the 1970 s", "197X"),
        ("the nineties", "199X"),
        ("the '90s", "199X"),
        ("the nineteen nineties", "199X"),
        ("the early 1990s", "1990/1993"),
        ("mid-1990s", "1994/1996"),
        ("the late 1990s", "1997/1999"),
        ("the 19th century", "18XX"),
        ("in the twenty-first century", "20XX"),
        ("nineteenth-century", "18XX"),
        ("the second half of the 20th century", "1950/1999"),
        ("in mid-2019", "2019-05/2019-08"),
        ("in the early part of the 20th century", "1900/1933"),
        ("late 2007", "2007-09/2007-12"),
        ("at the end of 1999", "1999-12"),
        ("as 1999 ended", "1999-12"),
        ("at the beginning of 2001", "2001-01"),
        ("Q3 2010", "2010-07/2010-09"),
        ("2010 Q3", "2010-07/2010-09"),
        ("in the first half of 2003", "2003-01/2003-06"),
        ("spring 2001", "2001-21"),
        ("the winter of 2010-11", "2010-24"),
        ("in fiscal year 2021-22", "2021/2022"),
        ("FY 2021-22", "2021/2022"),
        ("FY2021", "2021"),
        ("2021–22", "2021/2022"),
        ("2021/22", "2021/2022"),
        ("the 2021–22 fiscal year", "2021/2022"),
        ("1999-00", "1999/2000"),
        ("2010-11", "2010/2011"),
        ("In 2013-4", "2013/2014"),
        ("nineteen ninety-four", "1994"),
        ("nineteen oh five", "1905"),
        ("two thousand and twelve", "2012"),
        ("two thousand five", "2005"),
        ("twenty ten", "2010"),
        ("the year two thousand", "2000"),
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
def test_a_date_is_read_with_the_words_that_introduce_it(text, edtf):
    assert _found(text) == [(text, edtf, "in")]


@pytest.mark.parametrize(
    ("text", "edtf", "relation"),
    [
        ("after 2000", "2001/..", "after"),
        ("after March 1992", "1992-04/..", "after"),
        ("after 31 December 1999", "2000-01-01/..", "after"),
        ("after spring 2001", "2001-06/..", "after"),
        ("later than 2000", "2001/..", "after"),
        ("post-2000", "2001/..", "after"),
        ("before 1995", "../1994", "before"),
        ("before the 1990s", "../1989", "before"),
        ("prior to 3 March 2010", "../2010-03-02", "before"),
        ("pre-1995", "../1994", "before"),
        ("since 2005", "2005/..", "since"),
        ("since at least 2005", "2005/..", "since"),
        ("from 2005 onwards", "2005/..", "since"),
        ("2005 or later", "2005/..", "since"),
        ("from 2005 to the present", "2005/..", "since"),
        ("2017-present", "2017/..", "since"),
        ("until 2005", "../2005", "until"),
        ("up to the end of 2005", "../2005-12", "until"),
        ("by 1995", "../1995", "until"),
        ("no later than 1995", "../1995", "until"),
        ("2005 or earlier", "../2005", "until"),
        ("c. 1890", "1890~", "around"),
        ("circa March 1890", "1890-03~", "around"),
        ("around 1890", "1890~", "around"),
        ("at the turn of the century", "1999/2001", "around"),
        ("from 1994 to 1998", "1994/1998", "between"),
        ("between 1994 and 1998", "1994/1998", "between"),
        ("1994–1998", "1994/1998", "between"),
        ("1994-98", "1994/1998", "between"),
        ("starting from June 1993 to 1997", "1993-06/1997", "between"),
        ("between early 1994 and late 1998", "1994-01/1998-12", "between"),
        ("from 1 July 2021 - 30 June 2022", "2021-07-01/2022-06-30", "between"),
        ("3–9 May 2003", "2003-05-03/2003-05-09", "between"),
        ("March 3-9, 2010", "2010-03-03/2010-03-09", "between"),
        ("between 3 March and 9 June 2003", "2003-03-03/2003-06-09", "between"),
        ("May–July 2003", "2003-05/2003-07", "between"),
        ("Dec–Feb 2004", "2003-12/2004-02", "between"),
        ("19th and 20th centuries", "18XX/19XX", "between"),
    ],
    ids=str,
)
def test_the_relation_is_worked_into_the_interval(text, edtf, relation):
    assert _found(text) == [(text, edtf, relation)]


@pytest.mark.parametrize(
    "text",
    [
        "who may lead the march",
        "who came second or third",
        "what is it now",
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
        "1200 BC and the 5th century BC",
        "in her nineties",
        "the last year of his term",
        "the last three heads",
        "31 Smarch 20100",
        "1 2 3",
    ],
)
def test_other_words_and_numbers_are_no_dates(text):
    assert _found(text) == []


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
    assert _found(question) == expected


def test_without_today_nothing_is_relative_to_it():
    assert find_dates("last year, two years ago and yesterday", None) == []


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("1997", "1997"),
        ("962", "0962"),
        ("3 Sept. 1999[2]", "1999-09-03"),
        ("1 March 1993 (aged 54)", "1993-03-01"),
        ("3rd March 1992 (acting)", "1992-03-03"),
        ("Tuesday 3 March 2010", "2010-03-03"),
        ("12 Mar 92", "1992-03-12"),
        ("Mar-92", "1992-03"),
        ("22.07.2010 at 14:00", "2010-07-22"),
        ("2010-03-03T00:00:00Z", "2010-03-03"),
        ("c. 1890", "1890~"),
        ("early 2007", "2007-01/2007-04"),
        ("19th century", "18XX"),
        ("Incumbent", ".."),
        ("present", ".."),
        ("to date", ".."),
        ("in office*", ".."),
        ("–", None),
        ("", None),
        ("n/a", None),
        ("unknown", None),
        ("?", None),
        (".500", None),
        ("1993–96", None),
        ("since 1990", None),
        ("44 BC", None),
        ("1990 in London", None),
        ("12", None),
    ],
    ids=str,
)
def test_a_cell_that_is_one_date_is_read(cell, edtf):
    assert parse_cell_date(cell) == edtf


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        ("1 March 1993 – 31 December 1996", "1993-03-01/1996-12-31"),
        ("1993–1996", "1993/1996"),
        ("1993-96", "1993/1996"),
        ("1993–1996 (3 years)", "1993/1996"),
        ("Mar 1993 to Dec 1996", "1993-03/1996-12"),
        ("since 2017", "2017/.."),
        ("2017–", "2017/.."),
        ("2017 – (incumbent)", "2017/.."),
        ("2017–present", "2017/.."),
        ("until 1990", "../1990"),
        ("–1990", "../1990"),
        ("May–July 2003", "2003-05/2003-07"),
        ("3–9 May 2003", "2003-05-03/2003-05-09"),
        ("early 2007 – 2008", "2007-37/2008"),
        ("2010-11", "2010/2011"),
        ("2003", None),
        ("2003-05", None),
        ("2–1", None),
        ("1993–1996, 1998–2000", None),
        ("1990–?", None),
        ("after 2000", None),
        ("", None),
    ],
    ids=str,
)
def test_a_cell_that_is_a_term_is_read(cell, edtf):
    assert parse_cell_term(cell) == edtf
    if edtf is not None:
        assert Term.parse(edtf).edtf == edtf


_days = st.dates(date(1000, 1, 1), date(2099, 12, 31))
_shown = st.one_of(
    _days.map(date.isoformat),
    _days.map(lambda day: day.isoformat()[:7]),
    _days.map(lambda day: day.isoformat()[:4]),
    _days.map(lambda day: f"{day.year // 10}X"),
    _days.map(lambda day: f"{day.year // 100}XX"),
    st.builds(lambda day, season: f"{day.year}-{season}", _days, st.integers(21, 24)),
    st.builds(
        lambda day, months: f"{day.year}-{months[:2]}/{day.year}-{months[2:]}",
        _days,
        st.sampled_from(["0104", "0508", "0912", "0103", "0709", "0106", "0712"]),
    ),
)


@given(_shown)
def test_a_date_shown_is_found_again(edtf):
    words = show(edtf)
    assert _found(words) == [(words, edtf, "in")]
    assert parse_cell_date(words) == edtf


@given(_days, _days)
def test_a_period_shown_is_found_again(one, other):
    edtf = f"{min(one, other)}/{max(one, other)}"
    assert [m.interval.edtf for m in find_dates(show(edtf), TODAY)] == [edtf]
    assert parse_cell_term(show(edtf)) == edtf


@given(_days.map(lambda day: day.isoformat()[:7]), st.sampled_from(["{}/..", "../{}", "{}~"]))
def test_open_and_approximate_dates_shown_are_found_again(edtf, pattern):
    edtf = pattern.format(edtf)
    assert [m.interval.edtf for m in find_dates(show(edtf), TODAY)] == [edtf]


_PIECES = [
    "2005",
    "1994",
    "98",
    "3",
    "12",
    "31",
    "March",
    "may",
    "Sept",
    ".",
    ",",
    "-",
    "–",
    "/",
    "'",
    "s",
    "th",
    "st",
]
_PIECES += [
    "after",
    "from",
    "to",
    "between",
    "and",
    "the",
    "end of",
    "early",
    "mid",
    "century",
    "19th",
    "nineties",
]
_PIECES += [
    "nineteen",
    "two",
    "thousand",
    "last",
    "years",
    "ago",
    "AD",
    "BC",
    "Q",
    "winter",
    "turn of the",
    "fiscal year",
]
_PIECES += [
    "first half of",
    "2010-03-03",
    "0000",
    "9999",
    "present",
    "(",
    "İ",
    "²",
    "٣",
    "year",
    "as",
    "ended",
    "this",
]
_texts = st.lists(st.sampled_from(_PIECES), max_size=12)


@given(_texts.map(" ".join) | _texts.map("".join) | st.text(), st.dates() | st.none())
def test_mentions_lie_within_any_text_and_do_not_overlap(text, today):
    position = 0
    for mention in find_dates(text, today):
        assert position <= mention.start < mention.end <= len(text)
        assert Interval.parse(mention.interval.edtf) == mention.interval
        position = mention.end


@given(_texts.map(" ".join) | _texts.map("".join) | st.text())
def test_any_cell_is_read_as_edtf_or_not_at_all(text):
    day, term = parse_cell_date(text), parse_cell_term(text)
    assert day is None or Interval.parse(day)
    assert term is None or Term.parse(term).edtf == term
