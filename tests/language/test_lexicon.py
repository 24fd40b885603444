"""The lexicon: which phrases are recognised, in which inflections, and what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.lexicon import FILLER, OFFICE, Lexicon, LexiconFile, Property, forms, phrase_of

LEXICON = Lexicon(
    [
        LexiconFile(
            fillers=("please", "could you tell me"),
            questions={"who": ("who", "which person"), "what": ("what", "which")},
            classes={"place_noun": ("city", "army"), "naming": ("called", "known as")},
            concepts={"lead": ("led", "in charge of", "steer"), "most": ("most", "largest")},
            properties={
                "height": Property(
                    ("height", "tall"), asks="number", max=("tallest",), min=("lowest",), more=("taller",)
                ),
                "size": Property(("size",), max=("largest",)),
            },
            offices=("mayor", "head coach"),
            same_office=(("chair", "chairman"), ("managing director", "md")),
            shorthand={"dept": "department"},
            synonyms=(("lorry", "truck", "goods vehicle"),),
        )
    ]
)


def test_nouns_for_one_office_lead_to_each_other_and_are_offices() -> None:
    assert LEXICON.same_office["chair"] == {"chair", "chairman"}
    assert OFFICE in LEXICON.meanings("md")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("which lorries burnt", [(1, 2, ("goods vehicle", "truck"))]),
        ("two goods vehicles", []),
        ("the goods vehicle", [(1, 3, ("lorry", "truck"))]),
        ("the mayor", []),
    ],
    ids=["inflected", "inflected phrase", "phrase", "none"],
)
def test_synonyms_are_found_with_their_place(words: str, found: list[tuple[int, int, tuple[str, ...]]]) -> None:
    assert LEXICON.synonyms(words.split()) == found
    assert not LEXICON.meanings("truck")


def test_the_words_of_a_class_share_no_meaning() -> None:
    assert set(LEXICON.classes_of("cities")) == set(LEXICON.classes_of("army")) == {"place_noun"}
    assert set(LEXICON.classes_of("known as")) == {"naming"}
    assert not LEXICON.meanings("army")
    assert LEXICON.longest(("known", "as"), 0) == (0, ())
    assert not set(LEXICON.classes_of("navy"))
    assert "place_noun" in LEXICON.names


def test_shorthand_is_kept_as_written() -> None:
    assert LEXICON.shorthand == {"dept": "department"}


def longest(text: str, start: int = 0) -> tuple[int, list[set[str]]]:
    length, meaning = LEXICON.longest(phrase_of(text), start)
    return length, [set(step) for step in meaning]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("led it", (1, [{"lead"}])),
        ("in charge of it", (3, [{"lead"}])),
        ("in charge", (0, [])),
        ("STEERING", (1, [{"lead"}])),
        ("which person", (2, [{"who"}])),
        ("which persons", (1, [{"what"}])),
        ("could you tell me who", (4, [{FILLER}])),
        ("mayors of it", (1, [{OFFICE}])),
        ("heads coach", (2, [{OFFICE}])),
        ("tallest of all", (1, [{"most"}, {"height"}])),
        ("lowest", (1, [{"least"}, {"height"}])),
        ("taller than", (1, [{"more"}, {"height"}])),
        ("tall", (1, [{"height"}])),
        ("nothing known", (0, [])),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_the_longest_phrase_wins_and_superlatives_mean_two_steps(
    text: str, expected: tuple[int, list[set[str]]]
) -> None:
    assert longest(text) == expected


def test_a_phrase_may_stand_anywhere() -> None:
    assert longest("who was in charge of it", 2) == (3, [{"lead"}])


def test_a_word_that_is_a_concept_and_a_superlative_means_both() -> None:
    length, steps = longest("largest")
    assert length == 1
    assert "most" in steps[0]
    assert "size" in set().union(*steps)


def test_meanings_of_a_text_are_those_of_all_its_phrases() -> None:
    assert {"lead", OFFICE, "height"} <= LEXICON.meanings("Height of the Mayor in charge of it")
    assert LEXICON.meanings("") == LEXICON.meanings("quite unknown") == frozenset()


def test_names_are_those_templates_may_use() -> None:
    assert {"who", "what", "lead", "most", "height", "size", FILLER, OFFICE} <= LEXICON.names
    assert LEXICON.questions == {"who", "what"}
    assert set(LEXICON.properties) == {"height", "size"}


def test_vocabulary_holds_every_word_of_every_phrase() -> None:
    assert {"charge", "steered", "mayors", "tallest", "person"} <= LEXICON.words()


@pytest.mark.parametrize("phrase", ["steer", "steered", "steering", "in charge of"])
def test_inflections_mean_what_their_word_means(phrase: str) -> None:
    assert "lead" in LEXICON.meanings(phrase)


def test_fillers_are_phrases() -> None:
    assert LEXICON.fillers == {"please", "could you tell me"}


def test_a_second_file_adds_to_the_first() -> None:
    both = Lexicon(
        [
            LexiconFile(concepts={"lead": ("led",)}),
            LexiconFile(concepts={"lead": ("boss",), "pay": ("paid",)}),
        ]
    )
    assert both.meanings("boss") == both.meanings("led") == {"lead"}
    assert both.meanings("paid") == {"pay"}


def test_a_phrase_of_two_concepts_means_both() -> None:
    lexicon = Lexicon([LexiconFile(concepts={"a": ("shared",), "b": ("shared",)})])
    assert lexicon.longest(["shared"], 0) == (1, (frozenset({"a", "b"}),))


def test_an_empty_lexicon_knows_nothing() -> None:
    empty = Lexicon([])
    assert empty.longest(["word"], 0) == (0, ())
    assert empty.words() == set()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("steer", {"steer", "steers", "steered", "steering"}),
        ("manage", {"manage", "manages", "managed", "managing"}),
        ("supply", {"supply", "supplies", "supplied", "supplying"}),
        ("stay", {"stay", "stays", "stayed", "staying"}),
        ("coach", {"coach", "coaches", "coached", "coaching"}),
        ("offices", {"offices"}),
        ("led", {"led"}),
        ("%", {"%"}),
    ],
)
def test_regular_inflections(word: str, expected: set[str]) -> None:
    assert {form for (form,) in forms((word,))} >= expected


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8), min_size=1, max_size=3))
def test_a_phrase_is_one_of_its_own_forms_and_all_have_its_length(words: list[str]) -> None:
    phrase = tuple(words)
    assert phrase in forms(phrase)
    assert {len(form) for form in forms(phrase)} == {len(phrase)}


WORDS = st.sampled_from(["led", "in", "charge", "of", "mayor", "tallest", "which", "person", "x"])


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_what_is_found_stands_there(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    length, meaning = LEXICON.longest(words, start)
    assert start + length <= len(words)
    assert bool(length) == bool(meaning)
    for step in meaning:
        assert step <= LEXICON.meanings(" ".join(words[start : start + length]))
