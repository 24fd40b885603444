"""Spelling: what is corrected, to what, and above all what is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.spelling import Correction, Speller, english_words

SPELLER = Speller(
    common={"successor", "served", "longest", "charge", "head", "heads", "office", "contribute"},
    names={"lacroix", "guehenno", "ladsous", "annan"},
    corpus={"peacekeeping", "brindisi", "personnel", "liquidation"},
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who was the sucessor", "who was the successor"),
        ("who srved longset", "who served longest"),
        ("in chrage of it", "in charge of it"),
        ("peacekeepng persnnel", "peacekeeping personnel"),
        ("when did lacrois start", "when did lacroix start"),
        ("who came after gehenno", "who came after guehenno"),
        ("Sucessor of annan?", "successor of annan?"),
        ("who came after Anan", "who came after annan"),
        ("who came after Lacriox", "who came after lacroix"),
        ("whre is brindsi", "whre is brindisi"),
    ],
)
def test_a_misspelt_word_becomes_the_known_word_nearest(typed: str, meant: str) -> None:
    assert SPELLER.correct(typed)[0] == meant


@pytest.mark.parametrize(
    "text",
    [
        "who led the ministry",  # ordinary English that the documents lack
        "who led the ITU in 2005",  # capitals
        "who succeeded Lacroy",  # a capital inside the question and two letters off: somebody's own name
        "who succeeded ANAN",  # capitals throughout
        "was it in 1995 or 2o05",
        "who ws he",  # too short to tell
        "the of and for whom",
        "",
    ],
    ids=repr,
)
def test_nothing_is_corrected_in(text: str) -> None:
    assert SPELLER.correct(text) == (text, ())


def test_corrections_are_told_in_order() -> None:
    _, made = SPELLER.correct("persnnel of the ofice")
    assert made == (Correction("persnnel", "personnel"), Correction("ofice", "office"))


def test_a_tie_between_different_words_corrects_nothing() -> None:
    speller = Speller(common={"barge", "large"}, names=set(), corpus=set())
    assert speller.nearest("xarge") is None


def test_a_tie_within_one_family_is_none() -> None:
    speller = Speller(common={"legate", "legates"}, names=set(), corpus=set())
    assert speller.nearest("leggate") == "legate"


def test_of_words_equally_near_one_that_is_far_commoner_is_meant() -> None:
    assert Speller({"boss", "bows"}, set(), set()).nearest("bos") == "boss"


def test_a_rare_word_may_be_a_slip_for_a_far_commoner_one_of_the_documents() -> None:
    speller = Speller(common={"manager"}, names=set(), corpus=set())
    assert speller.nearest("manger") == "manager"
    assert speller.nearest("manage") is None  # common enough to be meant


def test_shorthand_is_written_out_unless_the_documents_have_it() -> None:
    shorthand = {"dept": "department"}
    assert Speller(set(), set(), set(), shorthand).correct("the dept head")[0] == "the department head"
    assert Speller(set(), set(), {"dept"}, shorthand).correct("the dept head")[0] == "the dept head"


def test_a_question_word_run_into_the_next_is_parted() -> None:
    assert SPELLER.correct("whoserved longest")[0] == "who served longest"


def test_words_of_templates_come_before_names_and_names_before_other_words() -> None:
    assert Speller({"zorbel"}, {"zorbek"}, set()).nearest("zorbet") == "zorbel"
    assert Speller(set(), {"zorbel"}, {"zorbek"}).nearest("zorbet") == "zorbel"


@pytest.mark.parametrize("word", ["the", "head", "annan", "brindisi", "81,370", "under-secretary"])
def test_known_words(word: str) -> None:
    assert SPELLER.knows(word)


def test_ordinary_english_is_known() -> None:
    assert {"ministry", "weather", "invented"} <= english_words().keys()
    assert "sucessor" not in english_words()


KNOWN = ["successor", "served", "office", "lacroix", "peacekeeping", "the", "who"]


@given(st.lists(st.sampled_from(KNOWN), max_size=8).map(" ".join))
def test_known_words_are_never_touched(text: str) -> None:
    assert SPELLER.correct(text) == (text, ())


@given(st.text("abcdeinorst ", max_size=40))
def test_correcting_twice_changes_nothing_more(text: str) -> None:
    once, _ = SPELLER.correct(text)
    assert SPELLER.correct(once)[0] == once


@given(st.text("abcdeinorst ?,", max_size=40))
def test_only_the_corrected_words_change(text: str) -> None:
    corrected, made = SPELLER.correct(text)
    assert len(corrected.split()) == len(text.split())
    for correction in made:
        assert correction.typed != correction.meant
        assert SPELLER.knows(correction.meant)
