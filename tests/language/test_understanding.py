"""Understanding: the units of a question, in order, each with all it may stand for."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.lexicon import Lexicon, LexiconFile, Property
from chatbot.language.names import NameIndex
from chatbot.language.spelling import Speller
from chatbot.language.understanding import Understander, Understanding, Unit, compounds_of

TODAY = date(2024, 7, 1)

LEXICON = Lexicon(
    [
        LexiconFile(
            fillers=("please", "tell me"),
            questions={"who": ("who", "which person"), "when": ("when",), "how_many": ("how many",)},
            concepts={"lead": ("led", "in charge of", "head"), "first": ("first",), "latest": ("last",)},
            properties={"height": Property(("height", "tall"), asks="number", max=("tallest",))},
            offices=("mayor",),
        )
    ]
)
NAMES = NameIndex(
    [
        ("Alain Le Roy", "person", ["Alain Le Roy"]),
        ("DPO", "organization", ["DPO", "Department of Peace Operations"]),
        ("Area 51", "place", ["Area 51"]),
    ]
)
HEADERS = {
    ("took", "office"): frozenset({"h:took office"}),
    ("party",): frozenset({"h:party"}),
    ("rehearsal", "venue"): frozenset({"h:rehearsal venue"}),
    ("venue",): frozenset({"h:rehearsal venue"}),
}
CORPUS = {
    "under-secretary-general",
    "secretary-general",
    "general",
    "ships",
    "under",
    "secretary",
    "personnel",
}
UNDERSTANDER = Understander(
    LEXICON,
    NAMES,
    HEADERS,
    compounds_of(CORPUS),
    Speller(LEXICON.words(), NAMES.words(), CORPUS | {"party", "office", "venue", "took"}),
)


def understand(text: str) -> Understanding:
    return UNDERSTANDER.understand(text, TODAY)


def unit(text: str, words: str) -> Unit:
    """The unit of the question that is written as `words`."""
    (found,) = [each for each in understand(text).units if each.text == words]
    return found


def test_units_stand_in_the_order_of_the_question() -> None:
    found = understand("Who was in charge of DPO in March 2005?")
    assert [each.text for each in found.units] == ["Who", "was", "in charge of", "DPO", "in March 2005"]


def test_a_phrase_of_the_lexicon_is_one_unit_with_its_meaning() -> None:
    assert unit("which person led it", "which person").meanings == {"who"}
    assert unit("who was in charge of it", "in charge of").meanings == {"lead"}


def test_a_date_carries_its_interval() -> None:
    found = next(each for each in understand("who led DPO in 2005").units if each.date is not None)
    assert found.date is not None
    assert found.date.interval.edtf == "2005"


def test_relative_dates_are_read_from_today() -> None:
    found = next(each for each in understand("who led it last year").units if each.date is not None)
    assert found.date is not None
    assert found.date.interval.edtf == "2023"


@pytest.mark.parametrize(
    ("text", "words", "entity"),
    [
        ("when did Le Roy go", "Le Roy", "Alain Le Roy"),
        ("when did le roy go", "le roy", "Alain Le Roy"),
        ("the Department of Peace Operations", "Department of Peace Operations", "DPO"),
        ("is Area 51 tall", "Area 51", "Area 51"),
    ],
)
def test_a_name_is_one_unit_with_its_entity(text: str, words: str, entity: str) -> None:
    assert unit(text, words).names == (entity,)


@pytest.mark.parametrize(
    ("text", "words", "number", "of"),
    [
        ("more than 5 ships", "5", 5, ""),
        ("over 41 m tall", "41 m", 41, "m"),
        ("more than two years", "two years", 2 * 365.2425, "days"),
        ("who pays over 20%", "20%", 20, "%"),
    ],
)
def test_a_number_comes_with_its_unit(text: str, words: str, number: float, of: str) -> None:
    found = unit(text, words)
    assert found.number == pytest.approx(number)
    assert found.unit == of


@pytest.mark.parametrize(
    ("text", "words", "ordinal"),
    [("the second mayor", "second", 2), ("the 11th head", "11th", 11), ("the first mayor", "first", 1)],
)
def test_an_ordinal_is_a_position(text: str, words: str, ordinal: int) -> None:
    assert unit(text, words).ordinal == ordinal


def test_a_header_phrase_asks_for_its_column() -> None:
    assert unit("which party was it", "party").properties == {"h:party"}
    assert unit("when he took office", "took office").properties == {"h:took office"}


def test_a_word_meets_a_header_by_its_stem() -> None:
    assert unit("where do they rehearse", "rehearse").properties == {"h:rehearsal venue"}


def test_a_superlative_is_two_units_of_one_place() -> None:
    most, height = [each for each in understand("the tallest ships").units if each.text == "tallest"]
    assert most.meanings == {"most"}
    assert height.meanings == {"height"}
    assert height.properties == {"height"}
    assert not most.properties


@pytest.mark.parametrize("text", ["under secretary general", "under-secretary general", "Under-Secretary-General"])
def test_words_are_joined_by_hyphens_where_the_documents_join_them(text: str) -> None:
    assert [each.folded for each in understand(text).units] == ["under-secretary-general"]


def test_words_are_parted_at_hyphens_that_the_documents_do_not_have() -> None:
    assert [each.folded for each in understand("party-venue").units] == ["party", "venue"]


def test_misspelt_words_are_corrected_and_told() -> None:
    found = understand("who led the personel")
    assert [(each.typed, each.meant) for each in found.corrections] == [("personel", "personnel")]
    assert found.text == "who led the personnel"


def test_grammar_and_fillers_are_not_meaningful() -> None:
    found = understand("please tell me how tall the mayor of the DPO is")
    assert [each.text for each in found.meaningful] == ["tall", "mayor", "DPO"]


@pytest.mark.parametrize("text", ["", "?!", "   "], ids=repr)
def test_nothing_is_understood_of_nothing(text: str) -> None:
    assert understand(text).units == ()


ANY_ORDER = """who led DPO in 2005 Le Roy tallest second mayor of the 5 % took office under secretary general
please xyz March 1997, after how many - ? ( )"""
WORDS = st.sampled_from(ANY_ORDER.split())


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_every_unit_is_the_text_at_its_place(text: str) -> None:
    found = understand(text)
    for each in found.units:
        assert found.text[each.start : each.end] == each.text
    assert [each.start for each in found.units] == sorted(each.start for each in found.units)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_units_overlap_only_where_one_word_means_two_steps(text: str) -> None:
    units = understand(text).units
    for before, after in pairwise(units):
        assert before.end <= after.start or (before.start, before.end) == (after.start, after.end)


def test_compounds_are_hyphenated_words_by_their_parts() -> None:
    assert compounds_of(["secretary-general", "plain", "-x", "a--b"]) == {("secretary", "general"): "secretary-general"}
