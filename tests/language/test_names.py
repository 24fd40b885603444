"""Names: full names, surnames and aliases found among the words of a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.lexicon import phrase_of
from chatbot.language.names import NameIndex, partial_names

NAMES = NameIndex(
    [
        ("guehenno", "person", ["Jean-Marie Guéhenno"]),
        ("leroy", "person", ["Alain Le Roy"]),
        ("tour", "person", ["Marguerite de la Tour"]),
        ("pell-j", "person", ["Josiah Pell"]),
        ("pell-c", "person", ["Caroline Pell"]),
        ("urquhart", "person", ["Sir Brian Urquhart"]),
        ("paris-jo", "person", ["Jo Paris"]),
        ("paris", "place", ["Paris"]),
        ("dpo", "organization", ["United Nations Department of Peace Operations", "DPO", "the Department"]),
        ("groat", "thing", ["Groat"]),
    ]
)


def named(text: str, start: int = 0) -> tuple[int, set[str]]:
    length, ids = NAMES.longest(phrase_of(text), start)
    return length, set(ids)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jean-Marie Guéhenno led", (2, {"guehenno"})),
        ("jean-marie guehenno", (2, {"guehenno"})),
        ("guehenno's term", (1, {"guehenno"})),
        ("Le Roy", (2, {"leroy"})),
        ("roy", (1, {"leroy"})),
        ("Alain", (1, {"leroy"})),
        ("de la Tour", (3, {"tour"})),
        ("Pell", (1, {"pell-j", "pell-c"})),
        ("Caroline Pell", (2, {"pell-c"})),
        ("Brian Urquhart", (2, {"urquhart"})),
        ("Sir Brian Urquhart", (3, {"urquhart"})),
        ("United Nations Department of Peace Operations", (6, {"dpo"})),
        ("dpo boss", (1, {"dpo"})),
        ("department", (1, {"dpo"})),
        ("the department", (2, {"dpo"})),
        ("groats", (1, {"groat"})),
        ("sir", (0, set())),
        ("le", (0, set())),
        ("nobody", (0, set())),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_names_and_their_parts(text: str, expected: tuple[int, set[str]]) -> None:
    assert named(text) == expected


def test_a_full_name_comes_before_a_part_of_another() -> None:
    assert NAMES.longest(["paris"], 0) == (1, ("paris", "paris-jo"))


def test_a_name_is_found_in_the_middle_of_a_question() -> None:
    assert named("who came after Alain Le Roy then", 3) == (3, {"leroy"})


def test_words_are_the_vocabulary_of_names() -> None:
    assert {"guehenno", "roy", "dpo", "operations"} <= NAMES.words()
    assert "boss" not in NAMES.words()


def test_names_without_words_are_left_out() -> None:
    assert NameIndex([("x", "thing", ["", "—"])]).words() == set()


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("Sir Alain Le Roy", ["alain", "le roy", "roy", "alain le roy"], ["sir", "le"]),
        ("Marguerite de la Tour", ["marguerite", "de la tour", "la tour", "tour"], ["de", "la"]),
        ("J. Smith", ["smith"], ["j"]),
        ("Plato", ["plato"], []),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_parts_of_a_name_that_people_say_alone(name: str, has: list[str], lacks: list[str]) -> None:
    found = {" ".join(part) for part in partial_names(phrase_of(name))}
    assert set(has) <= found
    assert not set(lacks) & found


WORDS = st.text("abcdefg", min_size=1, max_size=6)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6, unique=True))
def test_every_name_is_found_whole_by_itself(names: list[str]) -> None:
    index = NameIndex((name, "thing", [name]) for name in names)
    for name in names:
        length, ids = index.longest(phrase_of(name), 0)
        assert length == len(phrase_of(name))
        assert name in ids
