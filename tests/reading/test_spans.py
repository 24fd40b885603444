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


WEIGHT = 7.0


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        pytest.param("When was the North Light built?", True, id="all is there"),
        pytest.param("When was the Winter Carnival abolished by Queen Edda?", False, id="about something else"),
        pytest.param("When was the North Light of Norrland demolished?", False, id="a name and a deed are lacking"),
    ],
)
def test_a_passage_answers_what_it_tells_of(question: str, is_told: bool) -> None:
    assert is_answered(question, SENTENCES, "North Light", lambda term: WEIGHT, read(question)) is is_told


def test_what_tells_whether_a_passage_answers() -> None:
    question = "When was the North Light not demolished?"
    found = features(question, SENTENCES, "North Light", lambda term: WEIGHT, read(question))
    known = dict(zip(NAMES, found, strict=True))
    assert known["denied"] == 1
    assert known["missed"] == WEIGHT / 10
    assert known["chance"] <= 0 <= known["elsewhere"]
