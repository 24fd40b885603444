"""Texts found by a few letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.terminal.typing.nearest import Nearest

NAMES = ("Jean-Marie Guéhenno", "Hervé Ladsous", "Kofi Annan", "Alain Le Roy", "Department of Peace Operations")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kof", "Kofi Annan"),
        ("KOF", "Kofi Annan"),
        ("guehenno", "Jean-Marie Guéhenno"),
        ("Gué", "Jean-Marie Guéhenno"),
        ("marie gue", "Jean-Marie Guéhenno"),
        ("hl", "Hervé Ladsous"),
        ("dpo", None),
        ("dopo", "Department of Peace Operations"),
        ("guehnno", "Jean-Marie Guéhenno"),
        ("geuhenno", "Jean-Marie Guéhenno"),
        ("ldss", "Hervé Ladsous"),
        ("zzzz", None),
        ("", None),
        ("—", None),
    ],
)
def test_what_is_found_first(typed: str, first: str | None) -> None:
    found = Nearest(NAMES).found(typed, 5)
    assert (found[0] if found else None) == first


words = st.text("abcdé", min_size=1, max_size=6)
texts = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=12)


@given(texts, st.text("abcdé -", max_size=6), st.integers(1, 5))
def test_never_more_than_wanted_nor_twice_nor_anything_else(known: list[str], typed: str, most: int) -> None:
    found = Nearest(known).found(typed, most)
    assert len(found) == len(set(found)) <= most
    assert set(found) <= set(known)


@given(texts.filter(bool), st.data())
def test_every_text_is_found_by_its_beginning(known: list[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(known))
    typed = text[: data.draw(st.integers(1, len(text)))]
    if typed.strip():
        assert text in Nearest(known).found(typed, len(known))
