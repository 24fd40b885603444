"""Re-ranking: the passage that answers comes first, whatever order candidates come in, and every feature is sane."""

from collections.abc import Sequence
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.documents.model import Document, Paragraph
from chatbot.documents.textmap import text_at
from chatbot.retrieval.collection import Collection
from chatbot.retrieval.passage import Passage, passages
from chatbot.retrieval.ranking import DEPTH, NAMES, Asked, Candidate, features, ranked
from chatbot.retrieval.sentences import splitter_for

TEXTS = (
    "The light at Gull Point burns oil. Oil is brought by boat. The boat is old.",
    "The keeper of the light bought a boat in 1911. He painted it green.",
    "The boat race is held in May. Keepers of the light may not row.",
    "Tomas Wren kept the light. Ines Vale, his pupil, bought the old boat from him.",
    "Boats, boats and boats again: the light of the harbour shines on boats.",
)


def passage(number: int, text: str) -> Passage:
    shown = text_at(text, 0, len(text))
    assert shown is not None
    document = Document(f"{number}.md", "Lights", text, (Paragraph((), shown),))
    return passages(document, splitter_for([text]))[0]


COLLECTION = Collection([passage(n, text) for n, text in enumerate(TEXTS)])


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("when did the keeper of the light buy a boat?", "1.md"),
        ("who bought the old boat?", "3.md"),
        ("when is the boat race held?", "2.md"),
    ],
)
def test_the_passage_that_answers_comes_first(question: str, document: str) -> None:
    assert COLLECTION.search(question, 3)[0].passage.document == document


@given(st.permutations(range(len(TEXTS))))
def test_equal_questions_rank_alike_whatever_the_order_of_equals(order: Sequence[int]) -> None:
    asked = Asked("who bought the old boat?", COLLECTION.weight)
    candidates = [Candidate(COLLECTION.passages[n], 1.0) for n in order]
    assert ranked(asked, candidates)[0][0].passage.document == "3.md"


@given(st.text(max_size=80), st.integers(0, 12))
def test_features_are_finite_and_the_search_never_fails(question: str, k: int) -> None:
    candidates = COLLECTION.candidates(question, DEPTH)
    for values in features(Asked(question, COLLECTION.weight), candidates):
        assert len(values) == len(NAMES)
        assert all(map(isfinite, values))
    found = COLLECTION.search(question, k)
    assert len(found) <= k
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


def test_what_lies_below_the_depth_keeps_its_place() -> None:
    many = Collection([passage(n, f"The boat number {n} is old.") for n in range(DEPTH + 5)])
    asked = Asked("the old boat", many.weight)
    candidates = many.candidates("the old boat", DEPTH + 5)
    assert [c.passage.document for c, _ in ranked(asked, candidates)[DEPTH:]] == [
        c.passage.document for c in candidates[DEPTH:]
    ]


def test_a_described_topic_brings_passages_like_the_best() -> None:
    asked = Asked("flow of heat through thin curved plates of steel under great pressure", lambda term: 2.0)
    assert asked.is_topic
    assert not Asked(
        "who measured the flow of heat through thin curved plates of steel under great pressure?", lambda term: 2.0
    ).is_topic
