"""Cohesion: what a question says together must stand together in the sentence that is given as its answer."""

from pathlib import Path

import pytest

from chatbot import Chatbot

DOCUMENTS = {
    "harbour.md": """# The Harbour Office of Vale

The Harbour Office of Vale keeps the lights and the pilots of the bay. The largest ship of the bay is the ferry Swift.
The first tug, Heron, was designed by Lucan Petherow. Its replacement, Osprey, came in 1992 and still works.
The Harbour Office shares its pilots with the Canal Board.

## People

- Ana Roe (born 1950), commander of the Coast Guard, clerk in the Harbour Office
- Bo Lund (born 1961), spokesman of the Canal Board, diver in the Harbour Office
"""
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    folder = tmp_path_factory.mktemp("harbour")
    for name, text in DOCUMENTS.items():
        Path(folder, name).write_text(text, encoding="utf-8")
    return Chatbot.open(folder, cache=tmp_path_factory.mktemp("cache"))


@pytest.mark.parametrize(
    "question",
    [
        "who is the commander of the Harbour Office?",  # she commands the Coast Guard
        "who is the spokesman of the Harbour Office?",
        "which pilot is the largest?",
        "who designed Osprey?",  # the first tug was designed by him
        "is the Harbour Office older than the Canal Board?",
    ],
)
def test_what_is_said_of_another_is_no_answer(bot: Chatbot, question: str) -> None:
    assert bot.ask(question).kind == "unknown"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("who was clerk in the Harbour Office?", "Ana Roe"),
        ("which ship of the bay is the largest?", "Swift"),
        ("who designed the Heron?", "Petherow"),
        ("who is the spokesman of the Canal Board?", "Bo Lund"),
    ],
)
def test_what_is_said_of_the_thing_itself_is(bot: Chatbot, question: str, said: str) -> None:
    assert said in bot.ask(question).text
