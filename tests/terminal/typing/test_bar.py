"""The bar at the bottom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.utils import get_cwidth

from chatbot import Chatbot
from chatbot.terminal.typing.bar import bar, subject
from chatbot.values import Answer


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("who led DPO in 2005?", "Jean-Marie Guéhenno"),
        ("how long did Kofi Annan serve?", "Kofi Annan"),
        ("which country pays the most?", "United States"),
    ],
)
def test_the_subject_is_what_was_found_or_asked_about(department: Chatbot, question: str, about: str) -> None:
    assert subject(department.ask(question)) == about


def test_nothing_is_the_subject_before_anything_was_asked() -> None:
    assert subject(None) == ""


@given(st.text(max_size=60), st.none() | st.integers(0, 10**7), st.text(max_size=60), st.integers(1, 120))
def test_it_fits_any_width_and_obeys_nothing(corpus: str, passages: int | None, about: str, width: int) -> None:
    answer = Answer(question="q", text="t", kind="fact", entities=(about,))
    shown = bar(corpus, passages, answer, "", width)
    assert get_cwidth(shown) <= width
    assert shown.isprintable()


def test_what_tells_least_goes_first() -> None:
    answer = Answer(question="q", text="t", kind="fact", entities=("Kofi Annan",), elapsed_ms=1.25)
    assert bar("town", 20, answer, "", 60) == " town · 20 passages · Kofi Annan · 1.2 ms"
    assert bar("town", 20, answer, "", 30) == " town · Kofi Annan · 1.2 ms"
    assert bar("town", 20, answer, "", 20) == " town · Kofi Annan"
