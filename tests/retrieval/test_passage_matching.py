"""Where a question's words stand in a passage, and what other words say of them."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.analysis import searchable
from chatbot.retrieval.matching import Asked, Match, kinship
from chatbot.retrieval.passage import Passage, Sentence
from chatbot.retrieval.translation import kind_of, translations

WEIGHTS = {"keeper": 4.0, "light": 1.5, "write": 3.0, "book": 2.0}


def weight(term: str) -> float:
    return WEIGHTS.get(term, 2.5)


def matched(question: str, *sentences: str, title: str = "Gull Point") -> tuple[Asked, Match]:
    analysed = [searchable(title), *map(searchable, sentences)]
    parts = tuple(Sentence(text, 0, len(text)) for text in sentences)
    terms, counts = tuple(chain.from_iterable(analysed)), tuple(map(len, analysed))
    asked = Asked(question, weight)
    return asked, Match(asked, Passage("a.md", title, (), parts, terms, counts=counts))


def words(asked: Asked, bits: int) -> set[str]:
    return {term for term, bit in asked.bits.items() if bit & bits}


def test_words_are_found_in_their_sentences_and_in_the_title() -> None:
    asked, match = matched("Which keeper of Gull Point lit the light?", "The keeper rowed.", "The light burned oil.")
    assert words(asked, match.context) == {"gull", "point"}
    assert [words(asked, sentence) for sentence in match.sentences] == [{"keeper"}, {"light"}]
    assert words(asked, match.everything) >= {"gull", "point", "keeper", "light"}
    assert match.places_in(1) == {asked.bits["light"]: [0]}
    assert match.terms_of(0) == ("keeper", "row")


@given(st.lists(st.sampled_from("keeper light boat oil wren harbour cliff".split()), unique=True), st.integers(0))
def test_a_set_of_words_weighs_what_its_words_do(terms: list[str], some: int) -> None:
    asked = Asked(" ".join(terms), weight)
    bits = some % (1 << len(asked.bits))
    assert asked.weigh(bits) == pytest.approx(sum(asked.weights[term] for term in words(asked, bits)))


def test_a_word_that_speaks_of_one_of_the_question_counts_where_that_is_lacking() -> None:
    assert translations("write")["book"] > 50
    asked, match = matched("Who wrote about the light?", "A book of the light is by Ada Roe.")
    _, silent = matched("Who wrote about the light?", "A lamp of the light is by Ada Roe.")
    _, written = matched("Who wrote about the light?", "Ada Roe wrote a book of the light.")
    assert 0 < match.told_by(0) <= asked.weights["write"]
    assert match.translated == match.told_by(0)
    assert silent.told_by(0) == 0
    assert written.told_by(0) == 0


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("In what year did it close?", "?what year"),
        ("HOW MANY boats are there?", "?how many"),
        ("Who kept it?", "?who"),
        ("Name the keeper.", "?none"),
    ],
)
def test_the_kind_of_a_question_is_its_question_word(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_words_tell_what_kind_of_question_a_sentence_answers() -> None:
    asked = Asked("Who kept the light?", weight)
    assert kinship(asked, searchable("The minister kept it.")) > kinship(asked, searchable("Oil kept it burning."))
    assert kinship(asked, []) == 0
