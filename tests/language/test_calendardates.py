"""Calendar dates in text."""

import pytest
from dateexamples import found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
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
        ("spring 2001", "2001-21"),
        ("the winter of 2010-11", "2010-24"),
        ("2021–22", "2021/2022"),
        ("2021/22", "2021/2022"),
        ("1999-00", "1999/2000"),
        ("2010-11", "2010/2011"),
        ("In 2013-4", "2013/2014"),
    ],
    ids=str,
)
def test_a_calendar_date_is_read(text, edtf):
    assert found(text) == [(text, edtf, "in")]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("3–9 May 2003", "2003-05-03/2003-05-09"),
        ("March 3-9, 2010", "2010-03-03/2010-03-09"),
        ("between 3 March and 9 June 2003", "2003-03-03/2003-06-09"),
        ("May–July 2003", "2003-05/2003-07"),
        ("Dec–Feb 2004", "2003-12/2004-02"),
        ("1994-98", "1994/1998"),
    ],
    ids=str,
)
def test_a_period_may_say_month_or_year_once(text, edtf):
    assert found(text) == [(text, edtf, "between")]


@pytest.mark.parametrize(
    "text",
    [
        "who may lead the march",
        "31 Smarch 20100",
        "1 2 3",
    ],
)
def test_days_and_months_without_a_year_are_no_dates(text):
    assert found(text) == []
