"""The words of a text as the grammar of dates sees them."""

import pytest

from chatbot.language.datetokens import Point, Tokens, joined


def test_positions_hold_where_a_lower_letter_is_longer():
    text = "İzmir, 1999"
    tokens = Tokens(text, None)
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == ["İzmir", ",", "1999"]


@pytest.mark.parametrize(
    ("text", "is_glued"),
    [("F-2005", True), ("A2005", True), ("$2005", True), ("FY2005", False), ("mid-2005", False), ("in 2005", False)],
)
def test_a_number_is_glued_where_it_ends_a_longer_word(text, is_glued):
    tokens = Tokens(text, None)
    assert tokens.is_glued(tokens.words.index("2005")) == is_glued


def test_a_period_does_not_end_before_it_begins():
    assert joined("1994", "1998", 3) == Point(3, "1994/1998", ("1994", "1998"))
    assert joined("1998", "1994", 3) is None
