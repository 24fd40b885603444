from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.sentences import Learnt, Splitter, learnt_from, splitter_for, splitter_of

CORPUS = [
    "The ferry Halcyon sailed for Brenn in May. It carried Mr. Olsen and forty crates of pears.",
    "A storm broke over the bay. Nobody was hurt, but the pier at St. Runa was lost in the storm.",
]

SENTENCES = {
    "plain": ["The ferry sailed.", "It came back at noon."],
    "question and exclamation": ["Who came?", "Nobody!", "The hall stayed dark."],
    "title before a name": ["The council heard Dr. Vale on Monday.", "It then voted."],
    "saint": ["The chapel of St. Runa burnt down.", "It was rebuilt."],
    "initial": ["The bell was cast by J. Brandt in Oslo.", "It weighs two tonnes."],
    "initials": ["The score is by A. B. Quist.", "He wrote it at sea."],
    "abbreviation with points": ["The U.N. Secretariat sent three ships.", "Two came back."],
    "abbreviation before a small letter": ["Bring fruit, e.g. pears, and bread.", "Leave at six."],
    "decimal number": ["The tower rises 41.5 metres.", "It is white."],
    "closing quotation mark": ["He said, “We sail at noon.”", "Nobody answered."],
    "number of something": ["See pier No. 4 on the map.", "It is the longest."],
    "word that closes a sentence": ["The pier was lost in the storm.", "The storm lasted two days."],
}


@pytest.fixture(scope="module")
def split() -> Splitter:
    return splitter_for(CORPUS)


@pytest.mark.parametrize("sentences", SENTENCES.values(), ids=SENTENCES)
def test_sentences_are_told_apart(split: Splitter, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in split(text)] == sentences


def test_a_splitter_needs_no_corpus() -> None:
    assert splitter_for([])("One came. Two left.") == [(0, 9), (10, 19)]


@given(st.lists(st.sampled_from(["Mr. ", "Olsen ", "left. ", "U.N. ", "“Go!” ", "a. ", "\n", "12.5 "])).map("".join))
def test_spans_are_ordered_disjoint_and_lose_only_white_space(text: str) -> None:
    spans = splitter_for(CORPUS[:1])(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


WORDS = (
    "Mr. Olsen left. U.N. “Go!” a. 12.5 1999. No. 4 (He came.) St. Runa well-known. word.) ... e.g. pears, Why?! J. B."
    " Vale the The storm. «So.» it's Moore's. $5. etc. 3.) [a.] -- A.D. x.y. ?"
).split(" ")


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_doubtful_or_not_a_full_stop_is_decided_as_punkt_does(text: str) -> None:
    split = shared_splitter()
    # With a line end in it, a text is left to Punkt as a whole.
    assert split(text) == split(text + "\n")


@cache
def shared_splitter() -> Splitter:
    return splitter_for(CORPUS)


def test_what_was_learnt_can_be_kept() -> None:
    learnt = learnt_from(CORPUS)
    kept = msgspec.json.decode(msgspec.json.encode(learnt), type=Learnt)
    assert kept == learnt
    text = " ".join(" ".join(sentences) for sentences in SENTENCES.values())
    assert splitter_of(kept)(text) == splitter_for(CORPUS)(text)
