"""The REPL: what a talk prints, line by line, typed without a screen or coming through a pipe."""

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from chatbot import Chatbot
from chatbot.settings import Settings
from chatbot.terminal.blocks import Block, Left, Prose
from chatbot.terminal.commands import REGISTRY
from chatbot.terminal.greeting import greetings
from chatbot.terminal.plain import plain
from chatbot.terminal.sitting import Sitting

TOWN = Path(__file__).parents[1] / "domains" / "elmsford" / "docs"
TODAY = date(2024, 7, 1)
MAYOR = "who was mayor of Elmsford in 1930?"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(TOWN, today=TODAY, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def sitting(bot: Chatbot, tmp_path: Path) -> Sitting:
    return Sitting(bot, [TOWN], corpus_name="elmsford", today=TODAY, kept_in=tmp_path, settings=Settings(cache=False))


def said(sitting: Sitting, line: str) -> str:
    return plain(sitting.respond(line))


@pytest.mark.parametrize("line", ["", "   ", "\t", "\n"], ids=["empty", "spaces", "tab", "line end"])
def test_an_empty_line_is_ignored(sitting: Sitting, line: str) -> None:
    assert list(sitting.respond(line)) == []


def test_a_follow_up_leans_on_the_conversation(sitting: Sitting) -> None:
    assert "Rhys Llewellyn-Cole" in said(sitting, MAYOR)
    assert "Arthur Quennell" in said(sitting, "and in 1955?")


def test_help_lists_every_command_once_by_subject(sitting: Sitting) -> None:
    shown = said(sitting, "/help")
    lines = shown.splitlines()
    for name, command in REGISTRY.items():
        is_second_name = any(
            other.run is command.run for other in list(REGISTRY.values())[list(REGISTRY).index(name) + 1 :]
        )
        if name != "/exit" and not is_second_name:
            assert sum(line.split()[:1] == [name] for line in lines) == 1, name
    assert lines.index("Keys") > next(at for at, line in enumerate(lines) if line.startswith("  /quit"))


@pytest.mark.parametrize("line", ["/help /sources", "/help sources", "/help SOURCES"])
def test_help_tells_of_one_command(sitting: Sitting, line: str) -> None:
    shown = said(sitting, line)
    assert shown.startswith("/sources [n]\n")
    assert "/topics" not in shown


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("/sorces", "No command /sorces. Did you mean /sources?"),
        ("/sou", "No command /sou. Did you mean /sources?"),
        ("/frobnicate", "No command /frobnicate. /help lists the commands."),
        ("/", "No command /. /help lists the commands."),
        ("/quit now", "/quit stands alone, without further words."),
        ("/help frobnicate", "No command /frobnicate. /help lists the commands."),
    ],
)
def test_what_is_no_command_gets_one_clear_line(sitting: Sitting, line: str, reply: str) -> None:
    assert said(sitting, line) == f"{reply}\n"


@pytest.mark.parametrize("line", ["/quit", "/exit", " /quit ", "/QUIT"])
def test_quitting_ends_the_talk(sitting: Sitting, line: str) -> None:
    assert any(isinstance(block, Left) for block in sitting.respond(line))


def test_the_tour_asks_a_question_and_teaches_on_its_answer(sitting: Sitting) -> None:
    shown = said(sitting, "/tour")
    assert [line[0] for line in shown.splitlines() if line[:1].isdigit()] == list("12345")
    assert sitting.last is not None
    assert sitting.last.kind == "fact"
    _, _, leaning = shown.partition("Now type: ")
    assert sitting.bot.ask(leaning.splitlines()[0], sitting.conversation).kind == "fact"


def worded(blocks: Sequence[Block]) -> str:
    assert all(isinstance(block, Prose) for block in blocks)
    return plain(blocks)


def test_the_greeting_tells_what_is_known(sitting: Sitting) -> None:
    shown = worded(next(greetings(sitting, is_first=True)))
    for piece in ("elmsford: 2 documents", "Civic offices of Elmsford", "Mayors", "Period:", "/tour"):
        assert piece in shown
    assert len(worded(next(greetings(sitting, is_first=False))).splitlines()) == 2


def test_the_greeting_shortens_until_a_small_screen_holds_it(sitting: Sitting) -> None:
    shown = [worded(blocks) for blocks in greetings(sitting, is_first=True)]
    lengths = [len(each.splitlines()) for each in shown]
    assert lengths == sorted(lengths, reverse=True)
    assert [each.count("?") for each in shown] == [5, 5, 5, 5, 0]
    assert ["Elmsford; Civic offices" in each for each in shown] == [True, False, False, False, False]
    assert ["Elmsford; and 1 more" in each for each in shown] == [False, True, True, False, False]


def test_where_nothing_can_be_computed_the_greeting_says_so(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "note.txt").write_text("The lamp is lit at dusk and put out at dawn, whatever the weather.\n")
    sitting = Sitting(Chatbot.open(tmp_path / "docs", cache=tmp_path / "cache"), settings=Settings(cache=False))
    shown = worded(next(greetings(sitting, is_first=True)))
    assert "Try:" not in shown
    assert "quoting" in shown
    assert "5  " in worded(sitting.respond("/tour"))


def piped(lines: bytes, cache: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"CHATBOT_CACHE": str(cache)}
    command = [sys.executable, "-m", "chatbot", "--corpus", str(TOWN), "--today", "2024-07-01", *options]
    return subprocess.run(command, input=lines, capture_output=True, env=environment, timeout=120)


def test_a_pipe_gets_plain_answers_without_prompt_greeting_or_colour(tmp_path: Path) -> None:
    done = piped(f"\n{MAYOR}\nand in 1955?\n/quit\n{MAYOR}\n".encode(), tmp_path)
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "you>" not in shown
    assert "\x1b" not in shown
    assert shown.count("Llewellyn-Cole") == 1
    assert shown.index("Llewellyn-Cole") < shown.index("Arthur Quennell")


@pytest.mark.parametrize("lines", [b"", b"/help", b"\xff\xfe?\n"], ids=["nothing", "no line end", "no UTF-8"])
def test_a_pipe_always_ends_well(tmp_path: Path, lines: bytes) -> None:
    done = piped(lines, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
