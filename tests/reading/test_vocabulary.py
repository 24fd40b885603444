import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.reading.stretch import Stretch
from chatbot.reading.vocabulary import LIGHT, Families, bases, families, is_person
from chatbot.retrieval.analysis import one_spelling

FAMILIES = Families(["boat, ship", "set up, found, founded", "set, group", "organize, arrange"])

MENTIONS = {
    "a word": ("the boat", [(1, 2)]),
    "its plural": ("the ships", [(1, 2)]),
    "the longest phrase": ("they set up a boat", [(1, 3), (4, 5)]),
    "a shorter one": ("the set", [(1, 2)]),
    "a British spelling": ("they organised", [(1, 2)]),
    "a part of a word": ("the boatman", []),
    "nothing": ("", []),
}

SAME = {
    "creation": "founded",
    "launch": "began",
    "paid for": "financed",
    "restructured": "re-organisation",
    "carried on": "continued",
    "reimbursement": "get back",
    "aims": "goal",
    "led": "at the head of",
    "programme": "project",
    "planned": "planning",
}

OTHER = {
    "abolished": "created",
    "paid": "built",
    "born": "founded",
    "harmonised": "mission",
    "vetoed": "passed",
    "United": "unit",
    "operations": "run",
}


@pytest.mark.parametrize(("text", "spans"), MENTIONS.values(), ids=MENTIONS)
def test_members_of_families_are_found_in_every_form(text: str, spans: list[tuple[int, int]]) -> None:
    assert [(mention.start, mention.end) for mention in FAMILIES.mentions(text.split())] == spans


def test_a_word_may_belong_to_several_families() -> None:
    (mention,) = Families(["start, begin", "start, opening"]).mentions(["starts"])
    assert mention.families == {0, 1}


@pytest.mark.parametrize(("one", "other"), SAME.items(), ids=SAME)
def test_words_of_one_meaning_share_a_family(one: str, other: str) -> None:
    assert Stretch(f"it {one}").families & Stretch(f"it {other}").families


def test_a_verb_belongs_where_its_particle_comes_later() -> None:
    held = Families(["return, give back"])
    found = [(m.start, m.end) for m in held.mentions("they give the tin prize back".split())]
    assert found == [(1, 2)]
    assert not held.mentions("they give prizes to those who come back".split())


@pytest.mark.parametrize(("one", "other"), OTHER.items(), ids=OTHER)
def test_words_of_other_meanings_share_none(one: str, other: str) -> None:
    assert not Stretch(f"the {one}").families & Stretch(f"the {other}").families


@given(st.sampled_from(sorted(LIGHT)))
def test_a_word_is_a_base_of_itself_in_both_spellings(word: str) -> None:
    assert {word, one_spelling(word)} <= set(bases(word))


def test_every_member_is_found_as_it_is_written() -> None:
    known = families()
    lost = [
        phrase
        for phrase in ("set up", "get rid of", "all-time high", "reorganization", "free will", "defence")
        if [(m.start, m.end) for m in known.mentions(phrase.split())] != [(0, len(phrase.split()))]
    ]
    assert not lost


PEOPLE = ["workers", "pianist", "officials", "fishermen", "sailor", "monks"]
THINGS = ["papers", "boat", "december", "other", "rivers"]


@pytest.mark.parametrize("word", PEOPLE)
def test_people_are_told_by_their_nouns(word: str) -> None:
    assert is_person(word)


@pytest.mark.parametrize("word", THINGS)
def test_things_are_no_people(word: str) -> None:
    assert not is_person(word)
