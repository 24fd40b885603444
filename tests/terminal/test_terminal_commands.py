"""Every command typed at a real terminal."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminalscreen import TerminalScreen

from chatbot.terminal.commands import REGISTRY

ASKED = "who led DPO in 2005?"
ANSWER = "Jean-Marie Guéhenno"

#: Command → lines typed one after the other, and what the screen then shows.
COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "/help": (("/help",), "Keys"),
    "/help of one": (("/help /sources",), "Quote what the last answer rests on"),
    "/help of none": (("/help /sorces",), "Did you mean /sources?"),
    "/sources": ((ASKED, "/sources"), "heads.csv"),
    "/sources n": ((ASKED, "/sources 1"), "heads.csv"),
    "/open": ((ASKED, "/open 1"), "edited +"),
    "/why": ((ASKED, "/why"), "office/holder_at"),
    "/timeline": (("/timeline",), "Kofi Annan"),
    "/table": ((ASKED, "/table"), "Kofi Annan"),
    "/topics": (("/topics",), "Largest contributors"),
    "/browse": (("/browse",), "contributors"),
    "/search": (("/search peacekeeping",), "peacekeeping"),
    "/corpus": (("/corpus",), "shipped"),
    "/reload": (("/reload",), "document"),
    "/theme": (("/theme light",), "light"),
    "/export": ((ASKED, "/export md"), "Written to"),
    "/save": ((ASKED, "/save talk"), "talk"),
    "/resume": ((ASKED, "/save talk", "/resume talk"), "talk"),
    "/undo": ((ASKED, "/undo"), ASKED),
    "/copy": ((ASKED, "/copy"), "opied"),
    "/settings": (("/settings",), "theme"),
    "/tour": (("/tour",), "chatbot use"),
    "a close match": (("/soruces",), "Did you mean /sources?"),
    "no command": (("/frobnicate",), "/help lists the commands"),
}
LEAVING = ("/quit", "/exit")


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory, indexed: Path) -> Iterator[TerminalScreen]:
    folder = tmp_path_factory.mktemp("talk")
    editor = folder / "editor"
    editor.write_text('#!/bin/sh\necho "edited $*"\n')
    editor.chmod(0o755)
    environment = {"CHATBOT_CACHE": str(indexed), "EDITOR": str(editor)}
    shown = TerminalScreen(environment=environment, columns=100, lines=90, state=folder / "state")
    yield shown.ready()
    shown.close()


@pytest.mark.parametrize("case", [case for case in COMMANDS if case[0] != "/" or case.split()[0] in REGISTRY])
def test_a_command_shows(talk: TerminalScreen, case: str) -> None:
    lines, expected = COMMANDS[case]
    talk.cleared().entered(*lines)
    assert expected in talk.text.partition(f"you> {lines[-1]}")[2]


def test_copying_fills_the_clipboard_of_the_terminal(talk: TerminalScreen) -> None:
    talk.cleared().entered(ASKED, "/copy")
    code = talk.received.rpartition(b"\x1b]52;c;")[2].partition(b"\a")[0]
    assert ANSWER in base64.b64decode(code).decode()


@pytest.mark.parametrize("line", LEAVING)
def test_leaving(line: str, indexed: Path, tmp_path: Path) -> None:
    shown = TerminalScreen(environment={"CHATBOT_CACHE": str(indexed)}, state=tmp_path).ready()
    shown.send(f"{line}\r")
    assert shown.ended() == 0


def test_every_command_is_tried() -> None:
    assert set(REGISTRY) <= {case.split()[0] for case in (*COMMANDS, *LEAVING)}


def test_an_answer_redraws_the_screen_at_most_once(indexed: Path, tmp_path: Path) -> None:
    shown = TerminalScreen(environment={"CHATBOT_CACHE": str(indexed)}, state=tmp_path).ready()
    shown.send(ASKED)
    shown.until(ASKED).until(lambda shown: "question" not in shown.text)
    before = len(shown.received)
    shown.send("\r")
    shown.until(ANSWER).ready()
    written = shown.received[before:]
    shown.close()
    assert b"\x1b[2J" not in written
    assert b"\x1b[H" not in written
    assert written.count(b"in office from") == 1
    # Below the line alone: as it is typed for good, after it, and under the next prompt.
    assert written.count(b"\x1b[J") <= 3
