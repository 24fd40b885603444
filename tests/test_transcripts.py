"""Whole conversations, as files under `transcripts/`, held with the library and with the REPL.

The first line of a file names the corpus. Then comes what is typed, after ">", and what its reply must be:
`has` a text or one of several ("a || b"), `not` a text, `kind`, `value` (all that was asked for, in any order).
"""

import io
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest
from conftest import ROOT, TODAY

from chatbot import Answer, Chatbot, Conversation
from chatbot.language.words import fold
from chatbot.terminal.repl import follow
from chatbot.terminal.sitting import Sitting

FOLDER = ROOT / "tests" / "transcripts"
FILES = sorted(FOLDER.glob("*.txt"))


class Turn(msgspec.Struct, frozen=True):
    typed: str
    wanted: tuple[tuple[str, str], ...]
    line: int


def read(path: Path) -> tuple[str, list[Turn]]:
    """The corpus and the turns of a transcript."""
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    turns: list[Turn] = []
    for number, line in enumerate(lines, 2):
        if line.startswith("> "):
            turns.append(Turn(line[2:], (), number))
        elif line:
            key, _, text = line.partition(": ")
            turns[-1] = msgspec.structs.replace(turns[-1], wanted=(*turns[-1].wanted, (key, text)))
    return first.removeprefix("corpus: "), turns


def said(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text))


def holds(answer: Answer, key: str, wanted: str) -> bool:
    match key:
        case "has":
            return any(said(each) in said(answer.text) for each in wanted.split(" || "))
        case "not":
            return said(wanted) not in said(answer.text)
        case "kind":
            return answer.kind in wanted.split(" | ")
        case "value":
            told, asked = [said(value.text) for value in answer.value], [said(each) for each in wanted.split(" | ")]
            return len(told) == len(asked) and all(any(each in value for value in told) for each in asked)
    raise ValueError(f"`{key}` is nothing that a transcript can want")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("cache")

    @cache
    def bot(corpus: str) -> Chatbot:
        places = (ROOT / "tests" / kind / corpus / "docs" for kind in ("domains", "domains_held_out"))
        docs = ROOT / "corpus" if corpus == "shipped" else next(place for place in places if place.is_dir())
        return Chatbot.open(docs, today=TODAY, cache=folder)

    return bot


def test_there_are_transcripts_of_both_kinds() -> None:
    corpora = [read(path)[0] for path in FILES]
    assert len(corpora) >= 40
    assert 2 * sum(corpus != "shipped" for corpus in corpora) >= len(corpora)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_library_holds_the_conversation(path: Path, opened: object) -> None:
    corpus, turns = read(path)
    bot = opened(corpus)  # type: ignore[operator]
    conversation = Conversation()
    for turn in turns:
        answer = bot.ask(turn.typed, conversation)
        for key, wanted in turn.wanted:
            assert holds(answer, key, wanted), f"{path.name}:{turn.line}: {answer.question!r}: {answer.text}"
        conversation = Conversation.from_json(conversation.after(answer).to_json())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_repl_shows_the_conversation(path: Path, opened: object, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, turns = read(path)
    sitting = Sitting(opened(corpus), today=TODAY)  # type: ignore[operator]
    typed, shown = io.TextIOWrapper(io.BytesIO("\n".join(turn.typed for turn in turns).encode())), io.StringIO()
    monkeypatch.setattr(sys, "stdin", typed)
    monkeypatch.setattr(sys, "stdout", shown)
    assert follow(sitting) == 0
    screen = said(shown.getvalue())
    for wanted in wanted_texts(turns):
        assert any(said(each) in screen for each in wanted.split(" || ")), wanted


def wanted_texts(turns: list[Turn]) -> Iterator[str]:
    yield from (wanted for turn in turns for key, wanted in turn.wanted if key == "has")
