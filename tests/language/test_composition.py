"""Composition: light verbs and office nouns that together say who held, began or ceased to hold an office."""

from datetime import date

import pytest

from chatbot.language.lexicon import Lexicon, LexiconFile
from chatbot.language.names import NameIndex
from chatbot.language.spelling import Speller
from chatbot.language.understanding import Understander, Unit

LEXICON = Lexicon(
    [
        LexiconFile(
            questions={"who": ("who",)},
            concepts={"office_word": ("post", "job", "role"), "most": ("top", "highest")},
        )
    ]
)
UNDERSTANDER = Understander(
    LEXICON, NameIndex([("Ana Roe", "person", ["Ana Roe"])]), {}, {}, Speller(LEXICON.words(), set(), set())
)


def unit(text: str, word: str) -> Unit:
    return next(u for u in UNDERSTANDER.understand(text, date(2024, 7, 1)).units if u.folded == word)


@pytest.mark.parametrize(
    ("text", "verb", "means"),
    [
        ("who held the post in 1990", "held", {"lead", "serve"}),
        ("who has been doing this job", "doing", {"lead", "serve"}),
        ("who came to the job after Ana Roe", "came", {"take_office"}),
        ("when did she take up her work", "take", {"take_office"}),
        ("when did she give up the role", "give", {"leave_office"}),
        ("who took the top harbour post", "took", {"take_office"}),
    ],
)
def test_verb_and_noun_say_together_what_neither_says_alone(text: str, verb: str, means: set[str]) -> None:
    assert means <= unit(text, verb).meanings


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("who gave the role to her", "gave"),  # given to somebody, not up
        ("who held Ana Roe's post", "held"),  # a name between: it is hers
        ("who held it", "held"),
        ("who lost 3 of the post", "lost"),
    ],
)
def test_other_uses_of_the_verb_stay_as_they_are(text: str, word: str) -> None:
    assert not unit(text, word).meanings


def test_the_noun_then_asks_for_the_holder_and_the_rank_before_it_for_nothing() -> None:
    text = "who held the top post"
    assert {"lead", "office_word"} <= unit(text, "post").meanings
    assert unit(text, "top").is_filler
    assert not unit("who is top", "top").is_filler
