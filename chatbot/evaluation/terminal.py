"""The bench of the terminal: from start to prompt, from key press to menu, from Enter to answer, as a person sees them.

The program runs in a pty of its own on the documents shipped; what is timed is when its bytes arrive.
"""

import os
import platform
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median
from time import perf_counter

import msgspec

_PROMPT, _GATHERED = b"you> ", b" passages"
_KEYS = (("gu", "Guéhenno"), ("mi", "Miyet"), ("ko", "Annan"), ("/", "/sources"))
"""What is typed, the last key of which opens the menu (later ones only redraw what changes), and what is offered."""
_ASKED = (
    ("who led DPO in 2005?", "Jean-Marie"),
    ("which country pays the most?", "27.89"),
    ("when was Edmond Mulet born?", "1951"),
)
_WHERE = b"\x1b[6n"
"""How a terminal is asked where its cursor is; not to answer would be to time a terminal that cannot."""
_DEADLINE = 30.0


class TerminalTimes(msgspec.Struct, frozen=True):
    """Medians, in milliseconds."""

    prompt_ms: float
    menu_ms: float
    answer_ms: float
    runs: int
    machine: str

    def lines(self) -> list[str]:
        return [
            f"start to prompt      {self.prompt_ms:7.1f} ms",
            f"key press to menu    {self.menu_ms:7.1f} ms",
            f"Enter to answer      {self.answer_ms:7.1f} ms",
            f"medians of {self.runs} runs on {self.machine}",
        ]


def run(runs: int) -> TerminalTimes:
    """Times of so many warm starts, and in each of every key and question."""
    prompts, menus, answers = [], [], []
    with tempfile.TemporaryDirectory() as state:
        for _ in range(runs + 1):
            began = perf_counter()
            with _started(state) as screen:
                screen.until(_PROMPT)
                prompts.append(1000 * (perf_counter() - began))
                screen.until(_GATHERED)
                menus += [screen.time(typed[:-1], typed[-1], offered) for typed, offered in _KEYS]
                answers += [screen.time(question, "\r", expected) for question, expected in _ASKED]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    # The first start greets and fills the cache.
    prompt, menu, answer = median(prompts[1:]), median(menus[len(_KEYS) :]), median(answers[len(_ASKED) :])
    return TerminalTimes(prompt, menu, answer, runs, machine)


class _Screen:
    """What comes out of the pty."""

    def __init__(self, terminal: int) -> None:
        self._terminal, self._unread = terminal, b""

    def time(self, before: str, key: str, expected: str) -> float:
        """Milliseconds from a key press to what it brings; the line is empty before and after."""
        os.write(self._terminal, before.encode())
        self._settle()
        began = perf_counter()
        os.write(self._terminal, key.encode())
        self.until(expected.encode())
        took = 1000 * (perf_counter() - began)
        self._settle()
        os.write(self._terminal, b"\x05\x15")
        self._settle()
        return took

    def until(self, expected: bytes) -> None:
        """Raises `TimeoutError`."""
        end = perf_counter() + _DEADLINE
        while expected not in self._unread:
            if perf_counter() > end:
                raise TimeoutError(f"the terminal never showed {expected.decode()!r}")
            self._take(0.5)
        self._unread = self._unread.partition(expected)[2]

    def _settle(self) -> None:
        """Wait until nothing more comes."""
        while self._take(0.15):
            pass
        self._unread = b""

    def _take(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], seconds)[0]:
            return False
        got = os.read(self._terminal, 65536)
        if _WHERE in got:
            os.write(self._terminal, b"\x1b[1;1R")
        self._unread += got
        return True


@contextmanager
def _started(state: str) -> Iterator[_Screen]:
    import pty
    import termios

    terminal, its_end = pty.openpty()
    termios.tcsetwinsize(terminal, (24, 80))
    environment = os.environ | {"CHATBOT_STATE": state, "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "chatbot"]
    process = subprocess.Popen(command, stdin=its_end, stdout=its_end, stderr=its_end, env=environment)
    os.close(its_end)
    try:
        yield _Screen(terminal)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(terminal)
