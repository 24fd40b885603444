"""Numbers and dates as spreadsheets show them, dates never ambiguous."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.numberformats import shown


@pytest.mark.parametrize(
    ("value", "code", "seen"),
    [
        (1874.0, "General", "1874"),
        (0.1 + 0.2, "General", "0.3"),
        (1234.5, "#,##0", "1,234"),
        (1234.56, "0.0", "1234.6"),
        (12.0, "0.##", "12"),
        (12.5, "0.##", "12.5"),
        (7.0, "000", "007"),
        (0.2789, "0.00%", "27.89%"),
        (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
        (-12.0, "0", "-12"),
        (0.0, '0;-0;"none"', "none"),
        (12.5, '"$"#,##0.00', "$12.50"),
        (12.5, "[$€-407] 0.00", "€ 12.50"),
        (12.5, '_-* #,##0.00\\ "kr"_-', "12.50 kr"),
        (1_500_000.0, '0.0,,"M"', "1.5M"),
        (12.0, '0 "days"', "12 days"),
        (12345.0, "0.00E+00", "1.23E+04"),
        (12.0, "[Red]0.0", "12.0"),
        (0.5, "# ?/?", "0.5"),
        (27515.0, "d mmmm yyyy", "1 May 1975"),
        (27515.0, "m/d/yy", "1975-05-01"),
        (27515.0, "[$-409]d-mmm-yy;@", "1 May 1975"),
        (27515.0, "mmm-yy", "May 1975"),
        (27515.0, "yyyy", "1975"),
        (27515.5, "yyyy-mm-dd h:mm", "1975-05-01 12:00"),
        (1.5, "[h]:mm:ss", "36:00:00"),
        (59.0, "yyyy-mm-dd", "1900-02-28"),
        (61.0, "yyyy-mm-dd", "1900-03-01"),
        (-5.0, "yyyy-mm-dd", "-5"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, code: str, seen: str) -> None:
    assert shown(value, code) == seen


def test_dates_of_workbooks_from_a_macintosh_begin_in_1904() -> None:
    assert shown(26053, "yyyy-mm-dd", from_1904=True) == "1975-05-01"


@given(st.floats(-1e12, 1e12), st.text('#0?.,;%"[]$-@ymdhsE+_*\\/ AP', max_size=12))
def test_no_code_fails(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
