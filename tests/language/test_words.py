"""Tokens, folding and stems: the forms in which all rooms compare words."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.language.words import STOP_WORDS, fold, known_stems, remember_stems, stem, tokens

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=80)


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who led it?", ["who", "led", "it"]),
        ("Guéhenno's term", ["guehenno", "term"]),
        ("Guéhenno’s term", ["guehenno", "term"]),
        ("the Directors' list", ["the", "directors", "list"]),
        ("U.N. and U.S.A.", ["un", "and", "usa"]),
        ("81,370 people, 6.38 billion", ["81,370", "people", "6.38", "billion"]),
        ("the 5th of 1990s", ["the", "5th", "of", "1990s"]),
        ("Under-Secretary-General", ["under-secretary-general"]),
        ("Under‑Secretary‐General", ["under-secretary-general"]),
        ("L’Aquila and d'Aubigny", ["l'aquila", "and", "d'aubigny"]),
        ("27.89% of $5", ["27.89", "%", "of", "$", "5"]),
        ("R&D, AT&T", ["r&d", "at&t"]),
        ("Łódź, Ærø, Þór", ["lodz", "aero", "thor"]),
        ("one/two (three)", ["one", "two", "three"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("?! …", []),
    ],
    ids=lambda value: repr(value) if isinstance(value, str) else None,
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert folded(text) == expected


def test_a_possessive_ending_is_left_out_of_the_span() -> None:
    (token,) = [token for token in tokens("Who was Annan's chief?") if token.folded == "annan"]
    assert (token.text, token.start, token.end) == ("Annan", 8, 13)


@given(TEXTS)
def test_a_token_is_the_text_at_its_place_and_tokens_come_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert end <= token.start < token.end
        end = token.end


@given(TEXTS)
def test_a_token_folds_to_no_space_and_no_capital(text: str) -> None:
    for token in tokens(text):
        assert token.folded
        assert token.folded.split() == [token.folded]
        assert token.folded == fold(token.folded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Guéhenno’s Łódź", "guehenno's lodz"),
        ("STRASSE Straße", "strasse strasse"),
        ("ﬁne", "fine"),
        ("𝑨nnan ＤＰＯ", "annan dpo"),
        ("“quoted” – dashed", '"quoted" - dashed'),
        ("İstanbul ısı", "istanbul isi"),
        ("non\u00a0breaking\u202fspaces", "non breaking spaces"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("plain", "plain"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("abcdefghijklmnopqrstuvwxyzéàüßøÉÀÜØ ", max_size=40))
def test_folding_is_blind_to_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower()) == fold(text)


@pytest.mark.parametrize(
    "family",
    [
        ("appoint", "appointed", "appointing", "appoints"),
        ("mayor", "mayors"),
        ("contribution", "contributions"),
        ("secretary-general", "secretary-generals"),
    ],
    ids=lambda family: family[0],
)
def test_inflections_have_one_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize("word", ["81,370", "u2", "5th", "%", ""], ids=repr)
def test_what_is_no_word_is_its_own_stem(word: str) -> None:
    assert stem(word) == word


def test_stems_met_are_known_and_can_be_taken_over() -> None:
    stem("lanterns")
    assert known_stems()["lanterns"] == "lantern"
    remember_stems({"zzyzxes": "zzyzx"})
    assert stem("zzyzxes") == "zzyzx"


def test_remembered_stems_spare_the_import_of_the_stemmer() -> None:
    program = (
        "import sys; from chatbot.language.words import remember_stems, stem; "
        "remember_stems({'heads': 'head'}); assert stem('heads') == 'head'; assert 'nltk' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_stop_words_are_folded_words() -> None:
    assert all(fold(word) == word for word in STOP_WORDS)
    assert {"the", "of", "who"} <= STOP_WORDS
    assert not {"mayor", "led", "first", "long"} & STOP_WORDS
