"""Dates and terms that are the whole of a table cell."""

import pytest
from dateexamples import DAYS, SHOWN, TEXTS
from hypothesis import given

from chatbot.language.datecells import parse_cell_date, parse_cell_term
from chatbot.language.dates import Interval, Term, show


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


@given(SHOWN)
def test_a_date_shown_is_read_again(edtf):
    assert parse_cell_date(show(edtf)) == edtf


@given(DAYS, DAYS)
def test_a_period_shown_is_read_again(one, other):
    edtf = f"{min(one, other)}/{max(one, other)}"
    assert parse_cell_term(show(edtf)) == edtf


@given(TEXTS)
def test_any_cell_is_read_as_edtf_or_not_at_all(text):
    day, term = parse_cell_date(text), parse_cell_term(text)
    assert day is None or Interval.parse(day)
    assert term is None or Term.parse(term).edtf == term
