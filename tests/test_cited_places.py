"""Questions on PDF, office and EPUB files, answered and cited by page, slide and cell."""

import json
import shutil
from pathlib import Path

import pytest
from officefiles import write_all

from chatbot import Chatbot
from chatbot.cache import Cache
from chatbot.documents.loading import corpus_files, read_text
from chatbot.terminal.answers import answered, quoted
from chatbot.terminal.plain import plain
from chatbot.values import Answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_all(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def bot(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(folder, cache=tmp_path_factory.mktemp("cache"))


def assert_quoted(answer: Answer, folder: Path, kept: Path) -> None:
    texts = {file.name: read_text(file, Cache(kept)).source for file in corpus_files([folder])}
    for citation in answer.citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(
    ("question", "value", "document", "place", "section"),
    [
        ("who was the keeper of the North Light in 1911?", "Ines Vale", "north.docx", "", "Keepers of the North Light"),
        ("who managed the quarry in 1980?", "Bram Oaks", "quarry.xlsx", "'Quarry managers'!A3:C3", "Quarry managers"),
        (
            "who was the choir's director in 1930?",
            "Otto Quill",
            "choir.pptx",
            "slide 2",
            "Directors of the Harbour Choir",
        ),
        ("who was landlord of the Anchor Inn in 1840?", "Rosa Pike", "inn.epub", "", "Landlords of the Anchor Inn"),
        ("who was the warden in 1911?", "Vera Holt", "south.pdf", "p. 2", "Wardens"),
    ],
)
def test_facts_are_computed_from_tables(
    question: str, value: str, document: str, place: str, section: str, bot: Chatbot, folder: Path, tmp_path: Path
) -> None:
    answer = bot.ask(question)
    assert (answer.kind, [each.text for each in answer.value]) == ("fact", [value])
    (citation,) = answer.citations
    assert (citation.document, citation.place, citation.section) == (document, place, (section,))
    assert_quoted(answer, folder, tmp_path)


@pytest.mark.parametrize(
    ("question", "words", "document", "place"),
    [
        ("what was the North Light built from?", "black basalt", "north.docx", ""),
        ("when does the choir rehearse?", "every Tuesday", "choir.pptx", "slide 3"),
        ("what was tuned by a blind sailmaker?", "The piano", "choir.pptx", "slide 3, notes"),
        ("who opened the inn?", "a retired pilot & his daughter", "inn.epub", ""),
        ("when was the weather station added?", "1902", "south.pdf", "p. 3"),
    ],
)
def test_passages_are_found(
    question: str, words: str, document: str, place: str, bot: Chatbot, folder: Path, tmp_path: Path
) -> None:
    answer = bot.ask(question)
    assert answer.kind == "passage"
    assert words in answer.text
    assert {(citation.document, citation.place) for citation in answer.citations} == {(document, place)}
    assert_quoted(answer, folder, tmp_path)


def test_json_has_a_place_only_where_there_is_one(bot: Chatbot) -> None:
    def citation(question: str) -> dict[str, object]:
        found: dict[str, object] = json.loads(bot.ask(question).to_json())["citations"][0]
        return found

    assert citation("who was the warden in 1911?")["place"] == "p. 2"
    assert "place" not in citation("who was the keeper of the North Light in 1911?")


def test_the_terminal_shows_the_place(bot: Chatbot) -> None:
    answer = bot.ask("who was the warden in 1911?")
    assert "[1] South, p. 2 › Wardens" in plain(answered(answer)).replace("The South Light", "South")
    assert "[1] south.pdf, p. 2 › Wardens: “" in plain(quoted(answer))


def test_what_was_extracted_is_kept(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, cache = tmp_path / "corpus", tmp_path / "cache"
    shutil.copytree(folder, corpus)
    question = "who was the warden in 1911?"
    before = Chatbot.open(corpus, cache=cache).ask(question)
    monkeypatch.setattr("chatbot.documents.pdf.extract", None)  # would fail if it were called
    (corpus / "more.md").write_text("# More\n\nWords.\n", encoding="utf-8")
    again = Chatbot.open(corpus, cache=cache)
    assert again.ask(question).citations == before.citations
    assert again.skipped == ()
