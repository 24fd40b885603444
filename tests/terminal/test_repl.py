"""The REPL: what each line gets, typed at a terminal or coming through a pipe."""

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.plain_text import PlainTextOutput

from chatbot import Chatbot
from chatbot.terminal import rendering
from chatbot.terminal.repl import COMMANDS, Sitting, banner, converse

TOWN = Path(__file__).parents[1] / "domains" / "elmsford" / "docs"
TODAY = date(2024, 7, 1)
MAYOR = "who was mayor of Elmsford in 1930?"
NOBODY = "who was the mayor of Ravenholt in 1930?"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Chatbot:
    return Chatbot.open(TOWN, today=TODAY, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def sitting(bot: Chatbot) -> Sitting:
    return Sitting(bot, TODAY)


def said(sitting: Sitting, line: str, width: int | None = None) -> str:
    shown = sitting.respond(line, width)
    assert shown is not None
    return rendering.plain(shown)


def test_a_question_gets_its_answer_and_a_numbered_source(sitting: Sitting) -> None:
    answer, source = said(sitting, MAYOR).splitlines()[:2]
    assert "Rhys Llewellyn-Cole" in answer
    assert source == "  [1] Civic offices of Elmsford › Mayors"


def test_a_follow_up_leans_on_the_conversation(sitting: Sitting) -> None:
    said(sitting, MAYOR)
    assert "Arthur Quennell" in said(sitting, "and in 1955?")


def test_what_the_documents_do_not_say_is_said_so(sitting: Sitting) -> None:
    shown = said(sitting, NOBODY)
    assert "Ravenholt" in shown
    assert "Llewellyn" not in shown.splitlines()[0]


@pytest.mark.parametrize("line", ["", "   ", "\t", "\n"], ids=["empty", "spaces", "tab", "line end"])
def test_an_empty_line_is_ignored(sitting: Sitting, line: str) -> None:
    assert sitting.respond(line) == []


def test_help_lists_every_command(sitting: Sitting) -> None:
    shown = said(sitting, "/help")
    assert all(name in shown for name in COMMANDS)


@pytest.mark.parametrize("command", ["/sources", "/why"])
def test_before_any_question_there_is_nothing_to_look_back_at(sitting: Sitting, command: str) -> None:
    assert said(sitting, command) == "Nothing has been asked yet.\n"


def test_sources_show_the_very_characters_of_the_document(sitting: Sitting) -> None:
    said(sitting, MAYOR)
    shown = said(sitting, "/sources")
    assert "mayors.md, characters " in shown
    start, end = map(int, shown.split("characters ")[1].split(")")[0].split("–"))
    assert f"“{(TOWN / 'mayors.md').read_text(encoding='utf-8')[start:end]}”" in shown


def test_sources_of_an_answer_without_any_say_so(sitting: Sitting) -> None:
    said(sitting, NOBODY)
    assert said(sitting, "/sources") == "The last answer rests on no document.\n"


@pytest.mark.parametrize("piece", ["office/holder_at", "1930", "plan", "confidence", "elapsed"])
def test_why_tells(sitting: Sitting, piece: str) -> None:
    said(sitting, MAYOR)
    assert piece in said(sitting, "/why")


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("/sorces", "No command /sorces. Did you mean /sources?"),
        ("/HELP", "No command /HELP. Did you mean /help?"),
        ("/frobnicate", "No command /frobnicate. /help lists the commands."),
        ("/", "No command /. /help lists the commands."),
        ("/sources 2", "/sources stands alone, without further words."),
    ],
)
def test_an_unknown_command_gets_one_clear_line(sitting: Sitting, line: str, reply: str) -> None:
    assert said(sitting, line) == f"{reply}\n"


@pytest.mark.parametrize("line", ["/quit", "/exit", " /quit "])
def test_quitting_ends_the_talk(sitting: Sitting, line: str) -> None:
    assert sitting.respond(line) is None


def test_json_replaces_the_rendering(bot: Chatbot) -> None:
    assert said(Sitting(bot, TODAY, as_json=True), MAYOR).startswith('{"schema":1,"question":"')


def test_the_banner_counts_the_documents(bot: Chatbot) -> None:
    assert banner(bot).startswith("2 documents loaded. ")


def test_answers_wrap_to_the_width(sitting: Sitting) -> None:
    shown = said(sitting, MAYOR, 45)
    assert shown.split() == said(sitting, MAYOR).split()
    assert all(len(line) <= 45 for line in shown.splitlines())


class Terminal:
    """A terminal without a person: keys go in, the printed text comes out."""

    def __init__(self, bot: Chatbot, history: Path) -> None:
        self._bot, self._history = bot, history

    def screen_after(self, keys: str) -> str:
        screen = io.StringIO()
        with create_pipe_input() as typed, create_app_session(input=typed, output=PlainTextOutput(screen)):
            typed.send_text(keys)
            assert converse(Sitting(self._bot, TODAY), "Welcome.", self._history) == 0
        return screen.getvalue()


@pytest.fixture
def terminal(bot: Chatbot, tmp_path: Path) -> Terminal:
    return Terminal(bot, tmp_path / "state" / "history")


CTRL_C, CTRL_D, UP = "\x03", "\x04", "\x1b[A"


def test_a_typed_question_is_answered_on_screen(terminal: Terminal) -> None:
    screen = terminal.screen_after(f"{MAYOR}\r/quit\r")
    assert screen.startswith("Welcome.")
    assert "Rhys Llewellyn-Cole" in screen


def test_ctrl_d_leaves(terminal: Terminal) -> None:
    assert "Welcome." in terminal.screen_after(CTRL_D)


def test_ctrl_c_drops_the_line_and_the_talk_goes_on(terminal: Terminal) -> None:
    screen = terminal.screen_after(f"/frobni{CTRL_C}/why\r{CTRL_D}")
    assert "No command" not in screen
    assert "Nothing has been asked yet." in screen


def test_lines_are_remembered_in_the_next_talk(terminal: Terminal) -> None:
    terminal.screen_after(f"/sorces\r{CTRL_D}")
    assert "Did you mean /sources?" in terminal.screen_after(f"{UP}\r{CTRL_D}")


def test_a_history_that_cannot_be_written_does_no_harm(bot: Chatbot, tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("not a folder")
    screen = Terminal(bot, occupied / "history").screen_after(f"/why\r{CTRL_D}")
    assert "Nothing has been asked yet." in screen


def piped(lines: bytes, cache: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"CHATBOT_CACHE": str(cache)}
    command = [sys.executable, "-m", "chatbot", "--corpus", str(TOWN), "--today", "2024-07-01", *options]
    return subprocess.run(command, input=lines, capture_output=True, env=environment, timeout=120)


def test_a_pipe_gets_plain_answers_without_prompt_banner_or_colour(tmp_path: Path) -> None:
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
