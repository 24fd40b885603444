import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading.trimming import FEWER_WORDS, MOST_WORDS, shortened
from chatbot.retrieval.passage import Sentence

FILLING = "and so it went on for a long while in the old town " * 4


def sentence(text: str, source: str = "") -> Sentence:
    return Sentence(text, 0, len(source or text))


def test_a_sentence_that_is_short_enough_stays_whole() -> None:
    short = sentence("The pier, the oak one, burnt.")
    assert shortened(short, short.text, frozenset()) is short


def test_the_clause_with_the_terms_is_kept() -> None:
    text = f"{FILLING}; the pier burnt in May; {FILLING}"
    found = shortened(sentence(text), text, frozenset({"pier", "burnt"}))
    assert found is not None
    assert found.text == "the pier burnt in May"
    assert text[found.start : found.end] == found.text


def test_markup_inside_the_clause_is_cited() -> None:
    text = f"{FILLING}; the pier burnt in May; {FILLING}"
    source = text.replace("pier burnt", "**pier**  burnt")
    found = shortened(sentence(text, source), source, frozenset({"pier"}))
    assert found is not None
    assert source[found.start : found.end] == "the **pier**  burnt in May"


def test_one_endless_clause_cannot_be_shortened() -> None:
    text = FILLING * 3
    assert shortened(sentence(text), text, frozenset()) is None


def test_what_cannot_be_located_is_not_given() -> None:
    text = f"{FILLING}; the pier burnt; {FILLING}"
    assert shortened(sentence(text), text.replace("burnt", "b&uuml;rnt"), frozenset({"pier"})) is None


clauses = st.lists(
    st.sampled_from(["the pier burnt,", "a storm – it rose;", "nobody saw it", "boats:"]),
    min_size=1,
    max_size=6,
)


@given(clauses.map(lambda parts: " ".join(parts * 9)), st.sets(st.sampled_from(["pier", "storm", "boat"])))
def test_what_is_kept_is_short_and_stands_in_the_source(text: str, terms: set[str]) -> None:
    found = shortened(sentence(text), text, frozenset(terms))
    if found is not None:
        longest = MOST_WORDS if found.text == text else FEWER_WORDS
        assert len(found.text.split()) <= longest
        assert text[found.start : found.end] in found.text


@pytest.mark.parametrize("terms", [frozenset[str](), frozenset({"pier"})])
def test_of_equal_runs_the_shortest_is_kept(terms: frozenset[str]) -> None:
    text = "the pier burnt, a storm rose, " * 20
    found = shortened(sentence(text), text, terms)
    assert found is not None
    assert len(found.text.split()) == 3
