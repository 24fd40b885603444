"""Focus: which part of what was typed asks, and what is kept of the rest."""

from datetime import date

import pytest
from conftest import BotOf
from hypothesis import given
from hypothesis import strategies as st

from chatbot.dialogue.focus import focus

ASKING = [
    # said around it
    ("Quiz time! Who ran the office in 2016?", "Who ran the office in 2016?"),
    ("Question 4: who ran the office in 2016?", "who ran the office in 2016?"),
    ("For the record, who ran it in 2016?", "who ran it in 2016?"),
    ("who ran it in 2016, please?", "who ran it in 2016?"),
    ("when did she leave, do you know?", "when did she leave?"),
    ("what does HB stand for, i forgot", "what does HB stand for?"),
    ("I am writing an essay, who ran the office in 2016?", "who ran the office in 2016?"),
    ("State the year in which it was built.", "the year in which it was built."),
    ("State of the harbour in 1990?", "State of the harbour in 1990?"),
    # wrapped in another sentence
    ("could you tell me who ran it", "who ran it"),
    ("hi can u tell me who ran it", "who ran it"),
    ("I would really like to find out when it was built", "when it was built"),
    ("My editor wants to know how long she stayed", "how long she stayed"),
    ("I wonder whether Ana Roe ran it", "is it true that Ana Roe ran it"),
    ("By whom was Ana Roe succeeded?", "who succeeded Ana Roe?"),
    ("what does HB stand 4?", "what does HB stand for?"),
    ("was it Ana Roe or Bo Lund who ran it in 1998?", "who ran it in 1998?"),
    ("which of them left in 1998, Ana Roe or Bo Lund?", "which of them left in 1998?"),
    ("who served longer, Ana Roe or Bo Lund?", "who served longer, Ana Roe or Bo Lund?"),
    ("under which head did the office work in 1998?", "who led the office in 1998?"),
    ("under which doctrine did they operate?", "under which doctrine did they operate?"),
    ("who was the usg 4 peacekeeping", "who was the usg for peacekeeping"),
    ("the top 4 payers", "the top 4 payers"),
    # corrected while typing
    ("who ran the office in 2004, no sorry, 2014", "who ran the office in 2004"),
    ("who ran the office in 2004? I meant 2014", "who ran the office in 2004"),
    # to be confirmed
    ("Ana Roe ran it in 1998, right?", "is it true that Ana Roe ran it in 1998"),
    ("True or false: Ana Roe ran it in 1998", "is it true that Ana Roe ran it in 1998"),
    ("My teacher says that Ana Roe ran it in 1998. Is that true?", "is it true that Ana Roe ran it in 1998"),
    ("Ana Roe ran it, didn't she?", "is it true that Ana Roe ran it"),
    # the date comes along
    ("If I had come in May 1998, who would have been the boss?", "who would have been the boss? in May 1998"),
    # what asks already stays as it is
    ("Was Ana Roe the head, yes or no?", "Was Ana Roe the head, yes or no?"),
    ("In 1998, who ran it?", "In 1998, who ran it?"),
    ("Of the five lights, which is the tallest?", "Of the five lights, which is the tallest?"),
    ("Tell me about Ana Roe", "Tell me about Ana Roe"),
    ("who ran it", "who ran it"),
]


@pytest.mark.parametrize(("text", "asking"), ASKING, ids=[text for text, _ in ASKING])
def test_the_asking_part_is_found(text: str, asking: str) -> None:
    assert focus(text).text == asking


def test_what_takes_the_place_of_something_said_is_kept() -> None:
    assert focus("who ran the office in 2004, no sorry, 2014").instead == "2014"


def test_what_was_said_beside_is_kept() -> None:
    assert focus("I never met Ana Roe, can you tell me who she was?").said == "I never met Ana Roe"


LEANING = [
    ("I never heard of Edmond Mulet, can you tell me who he is?", "who Edmond Mulet is?"),
    ("My uncle knew Kofi Annan. When did he take office?", "When did Kofi Annan take office?"),
    ("I used to work for NATO. Who was the boss there in 2005?", "Who was the boss there in 2005? NATO"),
    ("who led the DPO in 2004, no sorry, 2014", "who led the DPO in 2014"),
    ("I am new here. Who led the DPO in 2005?", "Who led the DPO in 2005?"),
]


@pytest.mark.parametrize(("text", "completed"), LEANING, ids=[text for text, _ in LEANING])
def test_a_question_may_lean_on_what_is_said_before_it(text: str, completed: str, bot_of: BotOf) -> None:
    assert bot_of("shipped").ask(text, today=date(2026, 1, 1)).question == completed


@given(st.text("abcdeW who.?!,:was it true right", max_size=80))
def test_nothing_typed_breaks_it(text: str) -> None:
    assert isinstance(focus(text).text, str)
