import pytest

from chatbot.reading.context import Surroundings
from chatbot.reading.definition import defines, is_about
from chatbot.reading.requirements import Requirements
from chatbot.reading.stretch import Stretch

BOARD = Requirements((("Harbour Board",),), (), ())

DEFINITIONS = {
    "what it is": ("The Harbour Board is a body of twelve.", True),
    "an apposition": ("In May the Harbour Board, a body of twelve, met.", True),
    "an apposition to the name in quotes": ("They set up the “Harbour Board”, a body of twelve.", True),
    "a thing so called": ("A body of twelve called the Harbour Board met.", True),
    "a relative clause": ("They asked the Harbour Board, which meets in May.", True),
    "what it did": ("The Harbour Board sold the pier.", False),
    "what is a part of it": ("The clerk of the Harbour Board is a sailor.", False),
    "something else": ("The Mill Board is a body of ten.", False),
}

ABOUT = {
    "its deed": (["The Harbour Board keeps the lights."], True),
    "behind a title": (["President Harbour Board keeps the lights."], True),
    "a clause about it": (["They asked the Harbour Board, which keeps the lights."], True),
    "behind another verb": (["One is the Harbour Board; the other is the Mill Board."], False),
    "as an object": (["The town pays the Harbour Board."], False),
    "taken up again": (["They set up a Harbour Board.", "It keeps the lights."], True),
    "another taken up": (["The Harbour Board set up the mill of Roe.", "It grinds corn."], True),
    "not taken up": (["In the town of the Harbour Board are mills.", "They grind corn."], False),
}


@pytest.mark.parametrize(("text", "expected"), DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_definition_says_what_it_is(text: str, expected: bool) -> None:
    assert defines(text, BOARD) is expected


@pytest.mark.parametrize(("texts", "expected"), ABOUT.values(), ids=ABOUT)
def test_a_sentence_is_about_its_subject(texts: list[str], expected: bool) -> None:
    around = Surroundings(tuple(map(Stretch, texts)), (), (), leans=len(texts) > 1)
    assert is_about(around, BOARD) is expected
