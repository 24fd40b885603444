"""Follow-ups of every kind, on real corpora: what each is completed to and what it then gets."""

import pytest
from conftest import BotOf

from chatbot import Answer, Chatbot, Conversation


def talk(bot: Chatbot, *turns: str) -> list[Answer]:
    conversation, answers = Conversation(), []
    for turn in turns:
        answers.append(bot.ask(turn, conversation))
        conversation = conversation.after(answers[-1])
    return answers


COMPLETED: dict[str, tuple[str, list[str], str]] = {
    "comparison": ("shipped", ["who led DPO in 2003?", "and before him?", "who served longer?"], "who served longer, Jean-Marie Guéhenno or Bernard Miyet?"),
    "comparison of the last with another": ("shipped", ["who pays the most?", "is that more than France?"], "is United States more than France?"),
    "which of them": ("shipped", ["who pays the most?", "and the second?", "which of them pays more?"], "which pays more, United States or China?"),
    "by how much": ("shipped", ["who served longer, Annan or Miyet?", "by how much"], "how much longer did Kofi Annan serve than Bernard Miyet?"),
    "the second one": ("shipped", ["list the heads of the department", "when did the second one take office?"], "when did Kofi Annan take office?"),
    "the first two": ("shipped", ["list the heads of the department", "how long did the first two serve?"], "how long did Marrack Goulding and Kofi Annan serve?"),
    "the one before somebody": ("shipped", ["who led DPO in 2020?", "how long did the one before Lacroix serve?"], "how long did Hervé Ladsous serve?"),
    "the other one": ("theatre", ["which has the bigger cast, A Quiet Mutiny or Low Water?", "who wrote the other one?"], "who wrote Low Water?"),
    "correction of a date": ("shipped", ["who led DPO in 2005?", "I meant 1995"], "who led DPO in 1995"),
    "correction of a thing": ("shipped", ["how many personnel in March 2020?", "no, missions"], "how many missions in March 2020?"),
    "correction by a denial": ("shipped", ["when did Annan take office?", "Goulding, not Annan"], "when did Goulding take office"),
    "a date answered": ("shipped", ["when was the department created?", "who led it then?"], "who led the department in March 1992?"),
    "back to somebody": ("shipped", ["who led DPO in 1995?", "which country pays the most?", "back to Annan, who came after him?"], "who came after Kofi Annan?"),
    "after small talk": ("shipped", ["when was Brian Urquhart born?", "thanks", "what about Cammaert?"], "when was Cammaert born"),
    "and then": ("elmsford", ["who was mayor in 1955?", "and then?"], "who came after Arthur Quennell"),
    "how many": ("hospital", ["which department has the most beds?", "how many?"], "how many beds does Internal medicine have"),
    "more than another": ("shipped", ["how much does Japan pay?", "more than Germany?"], "does Japan pay more than Germany?"),
    "its own subject's": ("shipped", ["when was Kiran Bedi born?", "where does the department have its headquarters?"], "where does the department have its headquarters?"),
    "that of somebody beside": ("dynasty", ["who ruled ostravar in 1400?", "what was his epithet?", "and that of his successor?"], "what was Aldric IV's epithet"),
    "between two terms": ("choir", ["when did Lise-Lotte Krag conduct the choir?", "who was conductor in between?"], "who was conductor between 16 June 1971 and 31 August 1984?"),
    "between two dates": ("shipped", ["who led DPO in 1995?", "and in 2010?", "and in between?"], "who led DPO between 1 January 1996 and 31 December 2009"),
    "a number": ("hospital", ["which departments have more than 30 beds?", "40"], "which departments have more than 40 beds"),
    "a new subject": ("shipped", ["when was Brian Urquhart born?", "who is Patrick Cammaert?"], "who is Patrick Cammaert?"),
}  # fmt: skip


@pytest.mark.parametrize(("corpus", "turns", "expected"), COMPLETED.values(), ids=COMPLETED)
def test_the_follow_up_is_completed_and_answered(bot_of: BotOf, corpus: str, turns: list[str], expected: str) -> None:
    last = talk(bot_of(corpus), *turns)[-1]
    assert last.question == expected
    assert last.asked == turns[-1]
    assert last.kind == "fact"


def test_a_number_that_nothing_offered_is_no_follow_up(department: Chatbot) -> None:
    last = talk(department, "who led DPO in 2005?", "1")[-1]
    assert (last.question, last.kind) == ("1", "unknown")


@pytest.mark.parametrize(
    "asked", ["who led the department in between?", "how many people died there?", "who was head there?"]
)
def test_what_points_at_nothing_said_is_not_left_out(department: Chatbot, asked: str) -> None:
    assert department.ask(asked).kind == "unknown"


def test_names_joined_are_asked_for_each(department: Chatbot) -> None:
    answer = department.ask("how much do France and China pay?")
    assert answer.text == "France: 5.79%; China: 15.21%."
    assert [value.text for value in answer.value] == ["5.79%", "15.21%"]
    for citation in answer.citations:
        for start, end in citation.supports:
            assert answer.text[start:end].strip("%") in citation.quote


def test_names_that_one_question_compares_are_not_parted(department: Chatbot) -> None:
    assert department.ask("who served longer, Annan and Miyet?").text.startswith("Kofi Annan")


# -- looking back


@pytest.mark.parametrize("asked", ["say that again", "Repeat that, please", "what was that?"])
def test_an_answer_is_said_again(department: Chatbot, asked: str) -> None:
    first, again = talk(department, "who led DPO in 2005?", asked)
    assert (again.text, again.citations, again.kind) == (first.text, first.citations, first.kind)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("who led DPO in 2005?", "Jean-Marie Guéhenno."),
        ("which countries pay more than 10 percent?", "United States; China."),
    ],
)
def test_shorter_is_what_was_asked_for(department: Chatbot, question: str, short: str) -> None:
    last = talk(department, question, "shorter please")[-1]
    assert last.text == short
    assert all(
        last.text[start:end] in citation.quote for citation in last.citations for start, end in citation.supports
    )


@pytest.mark.parametrize("asked", ["why?", "how do you know?", "says who?", "where does it say that?", "source?"])
def test_the_evidence_is_quoted(department: Chatbot, asked: str) -> None:
    first, evidence = talk(department, "who led DPO in 2005?", asked)
    assert first.citations[0].quote in evidence.text
    assert [citation.quote for citation in evidence.citations] == [citation.quote for citation in first.citations]
    start, end = evidence.citations[0].supports[0]
    assert evidence.text[start:end] == first.citations[0].quote


def test_sureness_is_stated_with_the_evidence(department: Chatbot) -> None:
    sure = talk(department, "who led DPO in 2005?", "are you sure?")[-1]
    assert sure.text.startswith("Yes, if the documents are right.")
    unknown = talk(department, "who led NATO in 2005?", "are you sure?")[-1]
    assert unknown.kind == "unknown"
    assert "NATO" in unknown.text


def test_what_follows_leans_on_the_answer_and_not_on_looking_back(department: Chatbot) -> None:
    answers = talk(department, "who led DPO in 1995?", "why?", "are you sure?", "and in 2005?")
    assert answers[-1].question == "who led DPO in 2005"


@pytest.mark.parametrize("asked", ["why?", "say that again", "shorter"])
def test_without_an_answer_there_is_nothing_to_look_back_at(department: Chatbot, asked: str) -> None:
    assert department.ask(asked).kind == "unknown"


# -- clarification


@pytest.mark.parametrize(
    "reply", ["2", "the second", "the second one", "Seán Ó Dálaigh", "sean o dalaigh", "Dálaigh", "the last"]
)
def test_a_clarification_is_resolved_by_number_place_or_name(elmsford: Chatbot, reply: str) -> None:
    answers = talk(elmsford, "who was mayor in 1963?", "who came after him?", reply)
    assert answers[1].kind == "clarification"
    assert [choice.label for choice in answers[1].choices] == ["Arthur Quennell", "Seán Ó Dálaigh"]
    assert [value.text for value in answers[2].value] == ["Ingrid Sørensen"]


def test_any_other_question_moves_on(elmsford: Chatbot) -> None:
    answers = talk(elmsford, "who was mayor in 1963?", "who came after him?", "how many mayors have there been?")
    assert answers[-1].kind == "fact"
    assert answers[-1].question == "how many mayors have there been?"


@pytest.mark.parametrize("number", ["0", "3", "17"])
def test_a_number_that_is_no_option_is_no_reply(elmsford: Chatbot, number: str) -> None:
    last = talk(elmsford, "who was mayor in 1963?", "who came after him?", number)[-1]
    assert last.kind == "unknown"


def test_a_name_that_fits_several_is_asked_back(bot_of: BotOf) -> None:
    answers = talk(bot_of("agency"), "when was heron launched?", "the second")
    assert answers[0].kind == "clarification"
    assert {"Heron A", "Heron B"} <= {choice.label for choice in answers[0].choices}
    assert answers[1].question == "when was Heron B launched?"


def test_every_choice_is_answered(bot_of: BotOf) -> None:
    bot = bot_of("agency")
    for choice in bot.ask("when was heron launched?").choices:
        assert bot.ask(choice.question).kind == "fact"


# -- conversations


def test_conversations_do_not_touch_each_other(department: Chatbot) -> None:
    one = Conversation().after(department.ask("who led DPO in 1995?"))
    other = Conversation().after(department.ask("who led DPO in 2005?"))
    assert department.ask("who came after him?", one).question == "who came after Kofi Annan?"
    assert department.ask("who came after him?", other).question == "who came after Jean-Marie Guéhenno?"


def test_a_step_back_undoes_a_turn(department: Chatbot) -> None:
    first = Conversation().after(department.ask("who led DPO in 1995?"))
    both = first.after(department.ask("which country pays the most?", first))
    assert both.undone() == first
    assert Conversation().undone() == Conversation()


def test_all_that_a_follow_up_needs_survives_json(department: Chatbot) -> None:
    conversation = Conversation().after(department.ask("who led DPO in 2005?"))
    restored = Conversation.from_json(conversation.to_json())
    assert restored == conversation
    assert department.ask("why?", restored).citations == department.ask("why?", conversation).citations
