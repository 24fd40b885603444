"""Synonyms from a user's own lexicon lead a question to passages in other words, and only these."""

from pathlib import Path

import pytest

from chatbot import Chatbot

DOCUMENT = """# The Quarry of Selm

The quarry of Selm was opened in 1866. Slate was carried to the port by a wagonway until 1931.

## Strike

The slatemakers downed tools in 1899 because the pay packet had been cut by a third.
"""
SYNONYMS = "synonyms:\n- [tramroad, wagonway]\n- [stop working, downed tools]\n- [wages, pay packet]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quarry")
    (folder / "docs").mkdir()
    (folder / "docs" / "quarry.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "words").mkdir()
    (folder / "words" / "lexicon.yaml").write_text(SYNONYMS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def taught(folder: Path) -> Chatbot:
    return Chatbot.open(folder / "docs", folder / "words", cache=folder / "cache")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Chatbot:
    return Chatbot.open(folder / "docs", cache=folder / "cache")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("until when was slate carried by a tramroad?", "1931"),
        ("why did the slatemakers stop working in 1899?", "pay packet"),
    ],
    ids=["word", "phrase"],
)
def test_synonyms_answer_what_other_words_ask(taught: Chatbot, plain: Chatbot, question: str, answer: str) -> None:
    assert answer in taught.ask(question).text
    assert plain.ask(question).kind == "unknown"


def test_synonyms_do_not_answer_what_is_not_said(taught: Chatbot) -> None:
    assert taught.ask("who built the tramroad of Bethesda?").kind == "unknown"


def test_a_fault_in_synonyms_is_placed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "lexicon.yaml").write_text("synonyms:\n- tramroad\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"lexicon\.yaml:2"):
        Chatbot.open(folder / "docs", tmp_path, cache=folder / "cache")
