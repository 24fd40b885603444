import pytest

from chatbot.reading.context import leans_back, names_again, surroundings, takes_up_time
from chatbot.retrieval.passage import Passage, PassageKind, Sentence

LEANING = {
    "It burnt down.": True,
    "This brought a prize.": True,
    "Such boats are rare.": True,
    "The former was sold.": True,
    "In 1950 she left.": True,
    "Letters are a part of this.": True,
    "Mirela Obst said that it rained.": False,
    "The pier burnt down.": False,
    "Boats sailed.": False,
    "": False,
}


@pytest.mark.parametrize(("text", "expected"), LEANING.items(), ids=LEANING)
def test_sentences_that_lean_on_the_one_before(text: str, expected: bool) -> None:
    assert leans_back(text) is expected


AGAIN = {
    "brought up": ("The mill burnt down.", "In May they built a mill.", True),
    "brought up with an adjective": ("The mill burnt down.", "They built an old wooden mill.", True),
    "behind another word": ("Whereas the mill burnt, it rained.", "They built a mill.", True),
    "another name for it": ("The new body met.", "They founded the Harbour Board.", True),
    "not brought up": ("The mill burnt down.", "It rained.", False),
    "known before": ("The mill burnt down.", "They sold the mill.", False),
    "not at the beginning": ("They sold the mill.", "They built a mill.", False),
}

TIMES = {
    "In that year it burnt.": True,
    "At the same time it burnt.": True,
    "Then it burnt.": True,
    "In 1950 it burnt.": False,
    "That mill burnt.": False,
}


@pytest.mark.parametrize(("text", "before", "expected"), AGAIN.values(), ids=AGAIN)
def test_a_thing_brought_up_is_named_again(text: str, before: str, expected: bool) -> None:
    assert names_again(text, before) is expected


@pytest.mark.parametrize(("text", "expected"), TIMES.items(), ids=TIMES)
def test_a_sentence_may_take_up_the_time_of_the_one_before(text: str, expected: bool) -> None:
    assert takes_up_time(text) is expected


def passage(*texts: str, kind: PassageKind = "prose") -> Passage:
    return Passage("a.md", "A", (), tuple(Sentence(text, 0, len(text)) for text in texts), (), kind)


DATED = {
    "the one before has the date": (("In 1950 it rained.", "Mills burnt."), True, True),
    "no date is asked": (("In 1950 it rained.", "Mills burnt."), False, False),
    "it has a date itself": (("In 1950 it rained.", "Mills burnt in 1951."), True, False),
    "none has a date": (("It rained.", "Mills burnt."), True, False),
}


@pytest.mark.parametrize(("texts", "has_date", "leans"), DATED.values(), ids=DATED)
def test_where_a_date_is_asked_a_sentence_without_one_leans(
    texts: tuple[str, str], has_date: bool, leans: bool
) -> None:
    assert surroundings(passage(*texts), 1, has_date).leans is leans


def test_items_of_a_list_never_lean() -> None:
    assert not surroundings(passage("A mill.", "It burnt.", kind="list"), 1).leans
