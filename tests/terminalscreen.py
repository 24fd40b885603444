"""The program in a terminal without a person: keys go into a real pty, the screen is what a terminal would show."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pexpect
import pyte

DEADLINE = 20.0
"""Seconds to wait for a screen; far more than is ever needed, so that a busy machine fails no test."""
PROMPT = "you> "


class _Answering(pyte.Screen):
    """A screen that answers when it is asked where the cursor is, as terminals do."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.reply: Callable[[str], object] = lambda text: None

    def write_process_input(self, data: str) -> None:
        self.reply(data)

    def report_device_status(self, mode: int, **kwargs: bool) -> None:
        super().report_device_status(mode)


class TerminalScreen:
    """`python -m chatbot` at a terminal of so many columns and lines."""

    def __init__(
        self, *arguments: str, environment: Mapping[str, str], columns: int = 80, lines: int = 24, state: Path
    ) -> None:
        self.screen = _Answering(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        given = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "CHATBOT_STATE": str(state)} | dict(environment)
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "chatbot", *arguments],
            env=kept | {"CHATBOT_CONFIG": str(state / "settings.toml")} | given,
            cwd=str(state.parent),
            dimensions=(lines, columns),
            timeout=DEADLINE,
        )
        self.screen.reply = self._child.send
        self._child.delaybeforesend = None
        self.received = b""
        """Everything the program wrote so far."""

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    @property
    def typed(self) -> str:
        """The line at the cursor."""
        return self.screen.display[self.screen.cursor.y].rstrip()

    def send(self, keys: str) -> None:
        self._child.send(keys)

    def resize(self, columns: int, lines: int) -> None:
        self.screen.resize(lines, columns)
        self._child.setwinsize(lines, columns)

    def until(self, condition: "str | Callable[[TerminalScreen], object]") -> "TerminalScreen":
        """Wait until the text is on the screen, or the condition holds."""
        held = (lambda shown: condition in shown.text) if isinstance(condition, str) else condition
        end = time.monotonic() + DEADLINE
        while not held(self):
            assert time.monotonic() < end, f"waited in vain for {condition!r}; the screen shows:\n{self.text}"
            self._take()
        return self

    def ready(self) -> "TerminalScreen":
        """Wait for an empty prompt at the cursor."""
        return self.until(lambda shown: shown.typed == PROMPT.rstrip() and shown.screen.cursor.x == len(PROMPT))

    def entered(self, *lines: str) -> "TerminalScreen":
        """Type whole lines, each once the one before has got what it gets."""
        for line in lines:
            shown = PROMPT + line
            self.send(line)
            self.until(lambda screen, shown=shown: screen.typed.startswith(shown))
            self.send("\r")
            self.until(lambda screen, shown=shown: f"\n{PROMPT.strip()}" in screen.text.rpartition(shown)[2]).ready()
        return self

    def cleared(self) -> "TerminalScreen":
        """Nothing but an empty prompt, at the top."""
        self.send("\x05\x15\x0c")  # to the end of the line, all of it gone, the screen too
        return self.until(lambda shown: shown.screen.cursor.y == 0).ready()

    def ended(self) -> int:
        """Wait for the end of the program; its exit code."""
        end = time.monotonic() + DEADLINE
        while self._child.isalive():
            assert time.monotonic() < end, f"the program goes on; the screen shows:\n{self.text}"
            self._take()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -1)

    def close(self) -> None:
        self._child.close(force=True)

    def _take(self) -> None:
        try:
            got = self._child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.received += got
        self._stream.feed(got)
