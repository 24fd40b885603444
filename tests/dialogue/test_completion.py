"""Follow-ups: which question the last of several turns is completed to."""

import pytest
from conftest import BotOf
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chatbot import Answer, Chatbot, Conversation

SHIPPED = [
    # a new value for the last question
    (["who led DPO in 2005", "and in 1995?"], "who led DPO in 1995"),
    (["who led DPO in 2005", "what about 2013?"], "who led DPO in 2013"),
    (["who led DPO in 2005", "1995?"], "who led DPO in 1995"),
    (["who led DPO in 2005", "and on 3 March 2010"], "who led DPO on 3 March 2010"),
    (["who led DPO in 2005", "and in 1995?", "and 2013?"], "who led DPO in 2013"),
    (["what share does China pay", "and Japan?"], "what share does Japan pay"),
    (["what share does China pay", "how about france"], "what share does france pay"),
    (["who came after Guéhenno?", "and Ladsous?"], "who came after Ladsous"),
    (["when was Maurice Baril born", "and Kiran Bedi?"], "when was Kiran Bedi born"),
    (["who was the second head", "and the third?"], "who was the third head"),
    (["which country pays the most", "and the least?"], "which country pays the least"),
    (["who served longest", "and shortest?"], "who served shortest"),
    (["when did Annan take office", "and leave office?"], "when did Annan leave office"),
    # a pronoun
    (["who led DPO in 2005", "who came after him?"], "who came after Jean-Marie Guéhenno?"),
    (["who led DPO in 2005", "how long did he serve?"], "how long did Jean-Marie Guéhenno serve?"),
    (["who led DPO in 2005", "what was his nationality"], "what was Jean-Marie Guéhenno's nationality"),
    (["who came after Guéhenno?", "and after him?"], "who came after Alain Le Roy"),
    (["who is Kiran Bedi", "when was she born?"], "when was Kiran Bedi born?"),
    (["who led DPO in 2011", "how long did they serve"], "how long did Alain Le Roy and Hervé Ladsous serve"),
    (["what share does China pay", "and France?", "what is their total"], "what is China and France's total"),
    # a bare question word
    (["who led DPO in 2005", "when?"], "when did Jean-Marie Guéhenno take office"),
    (["who led DPO in 2005", "and how long?"], "how long did Jean-Marie Guéhenno serve"),
    (["who was the shortest-serving head", "and the longest?"], "who was the longest serving head"),
    (["which country pays the most", "how much?", "and the second?"], "which country pays the second most"),
    (["when was the department created", "by whom?"], "who created the department"),
    (["who led DPO in 2005", "and the year after?"], "who led DPO in 2006"),
    (["who led DPO in 2005", "two years earlier"], "who led DPO in 2003"),
    (["how many personnel in March 2020", "in how many missions?"], "in how many missions in March 2020"),
    (["who led DPO in 2005", "the one before?"], "who came before Jean-Marie Guéhenno"),
    (["who led DPO in 2005", "next one"], "who came after Jean-Marie Guéhenno"),
    (["who led DPO in 2005", "and before him?"], "who came before Jean-Marie Guéhenno"),
    (["who led DPO in 2005", "his immediate successor?"], "who came after Jean-Marie Guéhenno"),
    (["who led DPO in 2005", "end?"], "when did Jean-Marie Guéhenno leave office"),
    (["who led DPO in 2005", "what about him, start?"], "when did Jean-Marie Guéhenno take office"),
    (["who led DPO in 2005", "how long did that head serve"], "how long did Jean-Marie Guéhenno serve"),
    (["who was in charge on 10 January 1997", "Who took over next?"], "who came after Kofi Annan"),
    (["what share does Japan pay", "and China?", "which of the two pays more?"], "which of Japan and China pays more?"),
    # a pronoun that reaches back
    (["who is Kiran Bedi", "what nationality is she", "when was she born?"], "when was Kiran Bedi born?"),
    (
        ["who came after Annan", "did they serve equally long?"],
        "did Kofi Annan and Bernard Miyet serve equally long?",
    ),
    (["which country pays the most", "is that more than Germany?"], "is United States more than Germany?"),
    (["who came before Ladsous", "what did Bernard Miyet do before?"], "what did Bernard Miyet do before?"),
    # the last date
    (["who led DPO in 2005", "who was the head then?"], "who was the head in 2005?"),
    # small talk in between changes nothing
    (["who led DPO in 2005", "thanks", "and in 1995?"], "who led DPO in 1995"),
    # what stands by itself stays as it is
    (["who led DPO in 2005", "who was in charge on 3 March 2010"], "who was in charge on 3 March 2010"),
    (["who led DPO in 2005", "what is the capital of France"], "what is the capital of France"),
    (["who led DPO in 2005", "when was DPO formed?"], "when was DPO formed?"),
    (
        ["who led DPO in 2005", "is it true that Annan led DPO in 1995"],
        "is it true that Annan led DPO in 1995",
    ),
    (["and in 1995?"], "and in 1995?"),
    (["when?"], "when?"),
    (["who came after him?"], "who came after him?"),
    (["hello", "and in 1995?"], "and in 1995?"),
]

ELMSFORD = [
    (["who was mayor in 1955?", "and in 1975?"], "who was mayor in 1975"),
    (["who was mayor in 1955?", "and in 1975?", "who came before her?"], "who came before Ingrid Sørensen?"),
    (["Who was mayor in 1930?", "When did he take office?"], "When did Rhys Llewellyn-Cole take office?"),
    (["who was the tenth mayor", "and the eleventh"], "who was the eleventh mayor"),
    (
        ["How many inhabitants were there in 1851?", "what about 1951"],
        "How many inhabitants were there in 1951",
    ),
    (["who is Beatrix Oyelaran", "when was she born?"], "when was Dame Beatrix Oyelaran born?"),
    (["when was Elmsford founded", "what is its motto"], "what is Elmsford's motto"),
    (
        ["What party did Arthur Quennell belong to", "and Ingrid Sørensen?"],
        "What party did Ingrid Sørensen belong to",
    ),
    (
        ["who was mayor in 1955?", "did the town have a railway in 1955"],
        "did the town have a railway in 1955",
    ),
]

CASES = [
    *(pytest.param("shipped", turns, expected, id=" - ".join(turns)) for turns, expected in SHIPPED),
    *(pytest.param("elmsford", turns, expected, id=" - ".join(turns)) for turns, expected in ELMSFORD),
]


def last_answer(bot: Chatbot, *turns: str) -> Answer:
    conversation = Conversation()
    for turn in turns[:-1]:
        conversation = conversation.after(bot.ask(turn, conversation))
    return bot.ask(turns[-1], conversation)


@pytest.mark.parametrize(("corpus", "turns", "expected"), CASES)
def test_the_last_turn_is_completed(bot_of: BotOf, corpus: str, turns: list[str], expected: str) -> None:
    assert last_answer(bot_of(corpus), *turns).question == expected


@pytest.mark.parametrize(
    ("corpus", "turns", "choices"),
    [
        (
            "shipped",
            ["who led DPO in 2011", "when did he leave office"],
            ("Alain Le Roy", "Hervé Ladsous"),
        ),
        (
            "elmsford",
            ["who was mayor in 1963?", "who came after him?"],
            ("Arthur Quennell", "Seán Ó Dálaigh"),
        ),
    ],
)
def test_a_pronoun_that_fits_several_asks_back(
    bot_of: BotOf, corpus: str, turns: list[str], choices: tuple[str, ...]
) -> None:
    answer = last_answer(bot_of(corpus), *turns)
    assert answer.kind == "clarification"
    assert answer.suggestions == choices
    assert all(choice in answer.text for choice in choices)
    assert not answer.value
    assert not answer.citations


def test_a_clarification_may_be_answered_by_a_name(elmsford: Chatbot) -> None:
    answer = last_answer(elmsford, "who was mayor in 1963?", "who came after him?", "Seán Ó Dálaigh")
    assert [value.text for value in answer.value] == ["Ingrid Sørensen"]


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (["who led DPO in 2005", "and in 1995?"], ["Kofi Annan"]),
        (["who led DPO in 2005", "who came after him?", "and after him?"], ["Hervé Ladsous"]),
        (["what share does China pay", "and France?", "what is their total"], ["21%"]),
        (["who led DPO in 2005", "when?"], ["1 October 2000"]),
    ],
    ids=lambda value: " - ".join(value),
)
def test_the_completed_question_is_the_one_answered(department: Chatbot, turns: list[str], value: list[str]) -> None:
    assert [each.text for each in last_answer(department, *turns).value] == value


def test_a_conversation_that_went_through_json_completes_alike(elmsford: Chatbot) -> None:
    conversation = Conversation().after(elmsford.ask("who was mayor in 1955?"))
    restored = Conversation.from_json(conversation.to_json())
    assert elmsford.ask("who came after him?", restored).question == "who came after Arthur Quennell?"


FRAGMENTS = [
    "and in 1995?",
    "when?",
    "him?",
    "and shortest?",
    "the third",
    "and it?",
    "they?",
    "then?",
    "in total",
    "",
    "?",
]
QUESTIONS = [
    "who was mayor in 1955?",
    "who served longest",
    "which mayors were Liberal",
    "how many inhabitants were there in 1851",
    "who was mayor in 1850",
    "hello",
    "what is the motto",
]


@given(st.lists(st.sampled_from(QUESTIONS + FRAGMENTS), min_size=2, max_size=4))
def test_any_turns_in_any_order_are_replied_to(elmsford: Chatbot, turns: list[str]) -> None:
    first, again = (last_answer(elmsford, *turns) for _ in range(2))
    assert first.text
    assert replace(first, elapsed_ms=0) == replace(again, elapsed_ms=0)
