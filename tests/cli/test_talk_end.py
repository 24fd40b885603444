"""The end of a talk at a terminal: what was said is kept, however it ends."""

import os
import select
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatbot.terminal import keeping

TOWN = Path(__file__).parents[1] / "domains" / "elmsford" / "docs"
MAYOR = "who was mayor of Elmsford in 1930?"
READS = "\x1b[?2004h"
"""What is sent when a line begins to be read: pasted text is to be marked."""
DEADLINE = 60.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX terminals")


class Terminal:
    """A program at a terminal of its own."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.end, other = os.openpty()
        command = [sys.executable, "-m", "chatbot", "--plain", "--corpus", str(TOWN)]
        self.program = subprocess.Popen(command, stdin=other, stdout=other, stderr=other, env=environment)
        os.close(other)
        self.shown = b""

    def wait_for(self, text: str, times: int = 1) -> None:
        """Reads on until the text has been shown so often."""
        until = time.monotonic() + DEADLINE
        while self.shown.count(text.encode()) < times:
            assert time.monotonic() < until, self.shown
            if select.select([self.end], [], [], 0.1)[0]:
                piece = os.read(self.end, 65536)
                self.shown += piece
                if b"\x1b[6n" in piece:  # asked where the cursor is, as a terminal is
                    os.write(self.end, b"\x1b[1;1R")

    def type(self, keys: str) -> None:
        os.write(self.end, keys.encode())


@pytest.mark.parametrize(
    "end", ["/quit\r", "\x04", "hang-up", "terminate"], ids=["quit", "Ctrl-D", "SIGHUP", "SIGTERM"]
)
@pytest.mark.parametrize("kept", ["on", "off"])
def test_a_talk_and_its_lines_are_kept_unless_that_is_switched_off(tmp_path: Path, end: str, kept: str) -> None:
    places = {"CHATBOT_STATE": str(tmp_path / "state"), "CHATBOT_CACHE": str(tmp_path / "cache")}
    terminal = Terminal(os.environ | places | {"CHATBOT_SAVE": kept, "CHATBOT_HISTORY": kept, "TERM": "xterm"})
    try:
        terminal.wait_for(READS)
        terminal.type(f"{MAYOR}\r")
        terminal.wait_for("Llewellyn-Cole")
        terminal.wait_for(READS, 2)
        if end in ("hang-up", "terminate"):
            terminal.program.send_signal(signal.SIGHUP if end == "hang-up" else signal.SIGTERM)
        else:
            terminal.type(end)
        if kept == "on":
            terminal.wait_for("/resume goes on with it")
        code = terminal.program.wait(DEADLINE)
    finally:
        terminal.program.kill()
        terminal.program.wait()
        os.close(terminal.end)
    assert code == (1 if end in ("hang-up", "terminate") else 0)
    found, _ = keeping.every(tmp_path / "state" / "conversations")
    assert [each.first for each in found] == ([MAYOR] if kept == "on" else [])
    history = tmp_path / "state" / "history"
    assert history.exists() == (kept == "on")
    if kept == "on":
        assert stat.S_IMODE(history.stat().st_mode) == 0o600
        assert stat.S_IMODE(history.parent.stat().st_mode) == 0o700
        assert MAYOR in history.read_text(encoding="utf-8")
