import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_corpus import LEXICON

from chatbot.reading.stretch import Stretch, has_phrase

NAMES = {
    "whole": ("Mirela Obst", "In May Mirela Obst left.", True),
    "case and accents": ("Hervé Lund", "herve lund left", True),
    "hyphen": ("Secretary General", "the Secretary-General left", True),
    "a word between": ("President Roe", "President Ana Roe left", True),
    "wrong order": ("Obst Mirela", "Mirela Obst left", False),
    "far apart": ("Ana Roe", "Ana and Otto met the old Roe", False),
    "part of it": ("Ana Roe", "Ana left", False),
    "abbreviation": ("LFQ", "the LFQ-run boat", True),
    "abbreviation with points": ("U.N.", "a UN ship", True),
    "abbreviation is no pronoun": ("US", "they told us", False),
    "a misspelt part": ("Mirela Obstmeyer", "In May Mirella Obstmeyer left.", True),
    "two misspelt parts": ("Mirela Obstmeyer", "In May Mirella Obstmeier left.", False),
    "a misspelt name of one word": ("Obstmeyer", "In May Obstmeier left.", False),
    "a short part of another name": ("Ana Rose", "In May Ana Roe left.", False),
    "nothing left of it": ("The Who", "they who left", False),
}


@pytest.mark.parametrize(("form", "text", "expected"), NAMES.values(), ids=NAMES)
def test_names_are_found_as_they_are_written(form: str, text: str, expected: bool) -> None:
    assert Stretch(text).has_name(form) is expected


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), min_size=1, max_size=3))
def test_without_gaps_a_phrase_is_a_run_of_terms(terms: list[str], phrase: list[str]) -> None:
    runs = [terms[at : at + len(phrase)] for at in range(len(terms))]
    assert has_phrase(terms, phrase, 0) is (phrase in runs)


def test_numbers_of_dates_are_no_quantities() -> None:
    found = Stretch("On 3 May 1983 eleven boats sailed.")
    assert [mention.interval.edtf for mention in found.dates] == ["1983-05-03"]
    assert [quantity.number for quantity in found.quantities] == [11]


def test_dates_relative_to_today_are_passed_over() -> None:
    assert Stretch("Today and last year it rained.").dates == []


def test_other_forms_of_a_word_mean_what_it_means() -> None:
    assert Stretch("creating it").meanings(LEXICON) == Stretch("created").meanings(LEXICON) != []
