"""The span ranker: it finds plain answers of every kind, always inside a sentence, and says when something is lacking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading.answerable import NAMES, features, is_answered
from chatbot.reading.spans import Read, best_spans

SENTENCES = (
    "The North Light was built in 1874 by the engineer Tomas Wren.",
    "It stands on Gull Point and is 41 metres high.",
    "The lamp was moved to Vale Harbour in May 1911 because the cliff had begun to crumble.",
)


def read(question: str, sentences: tuple[str, ...] = SENTENCES) -> Read:
    found = best_spans(question, sentences, "North Light", lambda term: 3.0)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "answer", "kind"),
    [
        ("When was the North Light built?", "1874", "date"),
        ("Who built the North Light?", "Tomas Wren", "person"),
        ("Where does the North Light stand?", "Gull Point", "place"),
        ("How high is the light?", "41 metres high", "text"),
        ("In what year was the lamp moved?", "1911", "date"),
    ],
    ids=["date", "person", "place", "measure", "year"],
)
def test_the_span_that_answers_comes_first(question: str, answer: str, kind: str) -> None:
    found = read(question)
    best = found.spans[0]
    assert SENTENCES[best.sentence][best.start : best.end] == answer
    assert found.type == kind


def test_why_is_answered_by_a_clause() -> None:
    best = read("Why was the lamp moved?").spans[0]
    assert "cliff" in SENTENCES[best.sentence][best.start : best.end]


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=4))
def test_every_span_lies_in_its_sentence(question: str, sentences: list[str]) -> None:
    found = best_spans(question, sentences, "", lambda term: 1.0)
    if found is None:
        return
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(sentences[span.sentence])
    scores = [span.score for span in found.spans]
    assert scores == sorted(scores, reverse=True)
    assert sum(span.chance for span in found.spans) <= 1 + 1e-9


def test_nothing_to_read_gives_nothing() -> None:
    assert best_spans("Who?", [], "", lambda term: 1.0) is None
    assert best_spans("Who?", ["…", ""], "", lambda term: 1.0) is None


def test_a_passage_about_something_else_does_not_answer() -> None:
    asked, beside = "When was the North Light built?", "When was the Winter Carnival abolished by Queen Edda?"
    assert is_answered(asked, SENTENCES, read(asked))
    assert not is_answered(beside, SENTENCES, read(beside))
    lacking = dict(zip(NAMES, features(beside, SENTENCES, read(beside)), strict=True))
    assert lacking["everywhere"] > 0.5
    assert lacking["names"] == 4
