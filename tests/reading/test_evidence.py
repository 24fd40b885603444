import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_corpus import LEXICON

from chatbot.language.dates import Interval
from chatbot.reading.demands import tells_of
from chatbot.reading.matching import match
from chatbot.reading.requirements import Word
from chatbot.reading.stretch import Stretch

TOLD = {
    "the same year": ("1952", "1952", True),
    "a day of the year asked about": ("1952-05-03", "1952", True),
    "a year is no month": ("1952", "1952-05", False),
    "another year": ("1953", "1952", False),
    "a period over the day": ("1950/1960", "1952-05", True),
    "a period that only overlaps": ("1950/1952", "1951/1953", False),
    "the known end of an open period": ("../1952", "1952", True),
    "within an open period": ("../1952", "1940", False),
    "since then": ("1952/..", "1952", True),
    "long since": ("1952/..", "1980", False),
    "until then, asked before then": ("../1952", "../1951", True),
    "until then, asked after then": ("../1952", "1953/..", False),
    "until long after": ("../1952", "../1900", False),
}

MATCHES = {
    "the word": ("boat", "A boat sank.", 1.0),
    "another form of it": ("boats", "A boat sank.", 1.0),
    "every word of a phrase": ("canal boats", "A boat on the canal.", 1.0),
    "part of a phrase": ("canal boats", "A boat sank.", 0.0),
    "a phrase of the same meaning": ("led", "She ran the boat as she directed the hall.", 0.95),
    "another word": ("boat", "A barge sank.", 0.0),
    "a word of only partly the same meaning": ("created", "She was born at sea.", 0.0),
    "a noun of office for a role": ("role", "She became deputy.", 0.95),
}


@pytest.mark.parametrize(("told", "asked", "expected"), TOLD.values(), ids=TOLD)
def test_what_is_told_of_one_date_may_be_told_of_another(told: str, asked: str, expected: bool) -> None:
    assert tells_of(Interval.parse(told), Interval.parse(asked)) is expected


@given(st.integers(1800, 2100), st.integers(1, 12))
def test_a_date_tells_of_itself_and_of_what_holds_it(year: int, month: int) -> None:
    inner, outer = Interval.parse(f"{year}-{month:02}"), Interval.parse(str(year))
    assert tells_of(inner, inner)
    assert tells_of(inner, outer)
    assert not tells_of(outer, inner)


@pytest.mark.parametrize(("word", "text", "expected"), MATCHES.values(), ids=MATCHES)
def test_words_are_met_by_themselves_or_their_meaning(word: str, text: str, expected: float) -> None:
    asked = Stretch(word)
    demanded = Word(word, tuple(asked.terms), frozenset().union(*asked.meanings(LEXICON)))
    assert match(demanded, Stretch(text), LEXICON) == pytest.approx(expected)
