"""The words around a date: how it is meant, which part of it, and up to what other date."""

import pytest
from dateexamples import found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in 2005", "2005"),
        ("for the year 2005", "2005"),
        ("as of March 2020", "2020-03"),
        ("the early 1990s", "1990/1993"),
        ("mid-1990s", "1994/1996"),
        ("the late 1990s", "1997/1999"),
        ("the second half of the 20th century", "1950/1999"),
        ("in mid-2019", "2019-05/2019-08"),
        ("in the early part of the 20th century", "1900/1933"),
        ("late 2007", "2007-09/2007-12"),
        ("at the end of 1999", "1999-12"),
        ("as 1999 ended", "1999-12"),
        ("when the year 1999 drew to a close", "1999-12"),
        ("on the last day of 2010", "2010-12-31"),
        ("the first day of March 2003", "2003-03-01"),
        ("at the beginning of 2001", "2001-01"),
        ("Q3 2010", "2010-07/2010-09"),
        ("in the first half of 2003", "2003-01/2003-06"),
        ("in fiscal year 2021-22", "2021/2022"),
        ("FY 2021-22", "2021/2022"),
        ("FY2021", "2021"),
        ("the 2021–22 fiscal year", "2021/2022"),
    ],
    ids=str,
)
def test_a_date_is_read_with_the_words_that_introduce_it(text, edtf):
    assert found(text) == [(text, edtf, "in")]


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
        ("2021 2022", "2021/2022", "between"),
        ("from early 2007 to the present", "2007-01/..", "since"),
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
        ("starting from June 1993 to 1997", "1993-06/1997", "between"),
        ("between early 1994 and late 1998", "1994-01/1998-12", "between"),
        ("from 1 July 2021 - 30 June 2022", "2021-07-01/2022-06-30", "between"),
    ],
    ids=str,
)
def test_the_relation_is_worked_into_the_interval(text, edtf, relation):
    assert found(text) == [(text, edtf, relation)]
