"""Follow-ups said again by grammar alone: about things that no corpus names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.dialogue.antecedents import said_before
from chatbot.dialogue.grammar import words_of
from chatbot.dialogue.phrases import phrases_of
from chatbot.dialogue.rephrasing import rephrased
from chatbot.dialogue.substitution import substituted
from chatbot.dialogue.wordforms import is_plural, plural, singular
from chatbot.values import Answer


def completed(*turns: str) -> list[str]:
    """Each turn as completed from those before it."""
    before: list[Answer] = []
    for turn in turns:
        opening = said_before(before[:1])
        question = rephrased(turn, said_before(before), opening[0] if opening else None)
        before.append(Answer(question, "", "unknown", asked=turn))
    return [answer.question for answer in before]


CASES: dict[str, tuple[list[str], str]] = {
    "it": (["What is a tidal bore?", "How does it form?"], "How does a tidal bore form?"),
    "its": (["What is quicksand?", "What are its dangers?"], "What are quicksand's dangers?"),
    "they": (["Tell me about giant squids.", "Where do they live?"], "Where do giant squids live?"),
    "their": (["Tell me about giant squids.", "What is their diet?"], "What is giant squids' diet?"),
    "them of one": (["What is a fjord?", "How are they made?"], "How are fjords made?"),
    "she": (["Who was Ada Lovelace?", "When did she die?"], "When did Ada Lovelace die?"),
    "the complement, not the noun that asks": (["What are the symptoms of scurvy?", "How is it cured?"], "How is scurvy cured?"),
    "it goes on": (
        ["What is amber?", "How does heat affect it?", "How is it formed?"],
        "How is amber formed?",
    ),
    "what is left out": (["What is scurvy?", "What are the symptoms?"], "What are the symptoms of scurvy?"),
    "what is left out, inside": (["What is scurvy?", "What are the causes in children?"], "What are the causes of scurvy in children?"),
    "the noun left out": (["What are the largest lakes?", "Which is the deepest?"], "Which is the deepest lake?"),
    "the kind alone": (["Tell me about the Kon-Tiki expedition.", "Who paid for the expedition?"], "Who paid for the Kon-Tiki expedition?"),
    "a longer name": (["Who was Anne Bonny?", "What happened to Bonny?"], "What happened to Anne Bonny?"),
    "comparison": (["What is a fjord?", "How is a ria different?"], "How is a ria different from a fjord?"),
    "two compared": (["Is amber the same as copal?", "How do they differ?"], "How do amber and copal differ?"),
    "how about": (["Is copal a resin?", "How about pitch?"], "Is pitch a resin?"),
    "what about, at the end": (["What is the deepest lake in Asia?", "What about in Africa?"], "What is the deepest lake in Africa?"),
    "an opposite": (["Where is the oldest tree found?", "What about the youngest?"], "Where is the youngest tree found?"),
    "there are": (["What is there to see in Reykjavik?", "Are there any museums?"], "Are there any museums in Reykjavik?"),
    "a subject of its own": (["What is scurvy?", "What is rickets?"], "What is rickets?"),
    "its own antecedent": (["What is scurvy?", "If a dog barks at night, is it ill?"], "If a dog barks at night, is it ill?"),
    "you and I are nobody before": (["What is scurvy?", "Do you eat lemons?"], "Do you eat lemons?"),
}  # fmt: skip


@pytest.mark.parametrize(("turns", "expected"), CASES.values(), ids=CASES)
def test_the_last_turn_stands_by_itself(turns: list[str], expected: str) -> None:
    assert completed(*turns)[-1] == expected


@given(st.text(max_size=60))
def test_a_first_turn_is_left_as_it_is(text: str) -> None:
    assert completed(text) == [text]


@given(st.lists(st.text(st.sampled_from("abc ?.,'it its they one the of WhatHow"), max_size=30), max_size=5))
def test_any_text_can_be_said(turns: list[str]) -> None:
    assert len(completed(*turns)) == len(turns)


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("How does the harbour light work?", ["the harbour light"]),
        ("Is the harbour light reliable?", ["the harbour light"]),
        ("What causes acid rain?", ["acid rain"]),
        ("Why did Elmsford leave the league in May?", ["Elmsford", "the league", "May"]),
        ("What are a virtual machine's limits?", ["a virtual machine's limits", "a virtual machine"]),
        ("How was the first steam engine built?", ["the first steam engine"]),
    ],
)
def test_noun_phrases_are_told_from_verbs(question: str, phrases: list[str]) -> None:
    assert [phrase.text for phrase in phrases_of(words_of(question), question)] == phrases


@given(st.text(max_size=60))
def test_words_and_phrases_stand_where_they_say(text: str) -> None:
    words = words_of(text)
    assert all(text[word.start : word.end] == word.text for word in words)
    assert all(text[phrase.start : phrase.end] == phrase.text for phrase in phrases_of(words, text))


@given(st.from_regex(r"[a-z]{3,8}[bdgkmnprt]", fullmatch=True))
def test_a_plural_is_one_and_leads_back(noun: str) -> None:
    assert is_plural(plural(noun))
    assert singular(plural(noun)) == noun


def test_nothing_is_put_where_nothing_is_alike() -> None:
    assert substituted("the moon", "Tell me about it.") is None
