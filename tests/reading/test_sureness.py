"""How sure one is of the likeliest sentence."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading.likelihood import ordered, read_on, readable, said_of, sentences, weighed
from chatbot.reading.sureness import SURE, calibrated, log_odds, softmax, sureness
from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.collection import Found
from chatbot.retrieval.matching import Asked
from chatbot.retrieval.passage import Passage, Sentence

probabilities = st.floats(0, 1)


def found(title: str, *texts: str, score: float = 1.0) -> Found:
    analysed = [searchable(title), *map(searchable, texts)]
    terms = tuple(term for part in analysed for term in part)
    parts = tuple(Sentence(text, 0, len(text)) for text in texts)
    passage = Passage("a.md", title, (), parts, terms, counts=tuple(map(len, analysed)))
    return Found(passage, score, 10 * score)


FOUND = [
    found("Ravensholm", "The observatory was opened in 1764.", "Ada Roe, a brewer, paid for it.", score=3.0),
    found("Selm", "The observatory of Selm is a ruin.", score=1.0),
]


@given(st.text(max_size=60))
def test_whatever_is_asked_the_features_are_finite(question: str) -> None:
    asked = Asked(question, lambda term: 3.0)
    seen = sentences(asked, readable(FOUND))
    chances = softmax([0.0] * len(seen))
    read = read_on(asked, seen, chances)
    said = said_of(read, chances)
    values = sureness(asked, seen, chances, 0, said[0], FOUND)
    assert len(values) == len(SURE)
    assert all(map(isfinite, values))


def test_what_is_read_in_sentences_moves_what_they_share() -> None:
    said = {0: (-1.0, 2.0), 2: (-1.0, 0.0)}
    moved = weighed(
        {"chance": 1.0, "saying": 1.0, "span": 0.0, "apart": 0.0},
        [0.3, 0.4, 0.3],
        {n: (*values, 0.0, 0.0) for n, values in said.items()},
    )
    assert moved[1] == 0.4
    assert moved[0] > 0.3 > moved[2]
    assert sum(moved) == pytest.approx(1)


def test_few_sentences_are_read_and_the_likeliest_always() -> None:
    asked = Asked("When was the observatory opened?", lambda term: 3.0)
    seen = sentences(asked, FOUND)
    assert list(read_on(asked, seen, [0.9, 0.05, 0.05])) == [0]
    assert list(read_on(asked, seen, [0.3, 0.2, 0.5])) == [2, 0, 1]


@given(st.lists(st.floats(-50, 50), min_size=1))
def test_likelihoods_add_up_to_one(scores: list[float]) -> None:
    assert sum(softmax(scores)) == pytest.approx(1)


@given(probabilities, probabilities)
def test_the_calibrated_probability_keeps_the_order(one: float, other: float) -> None:
    assert (calibrated(one) <= calibrated(other)) or one > other
    assert 0 < calibrated(one) < 1
    assert isfinite(log_odds(one))


def test_sentences_are_ordered_by_what_they_have() -> None:
    asked = Asked("When was the observatory opened?", lambda term: 3.0)
    seen = sentences(asked, FOUND)
    weights = dict.fromkeys(
        "own context around told bigrams near order surface phrases capitals numbers typed kin reason head passage "
        "first opening length news".split(),
        0.0,
    )
    chances = ordered(weights | {"typed": 1.0}, seen)
    assert max(range(len(seen)), key=chances.__getitem__) == 0
