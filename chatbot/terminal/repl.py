"""The REPL: read a line, show what it gets, and carry out what only the owner of the terminal can.

`Sitting.respond` does the work on plain values; the loops here only read and print. With a terminal at both ends
prompt_toolkit edits the line; otherwise lines are read as they come, so `chatbot` serves in a pipe as well.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.terminal.blocks import Block, Copied, Left, Opened, Restyled, note
from chatbot.terminal.greeting import greetings
from chatbot.terminal.plain import plain
from chatbot.terminal.sitting import Sitting

if TYPE_CHECKING:
    from chatbot.bot import Chatbot
    from chatbot.terminal.typing.line import TypedLine

LEAST_ROOM = 8
"""Lines that a greeting leaves free: the prompt, a menu, the bar."""
_GREETED = "greeted"
"""A file of the state folder that says that the long greeting has been read."""


def run(sitting: Sitting, history: Path | None = None, first: str = "") -> int:
    """Talk until the input ends; the exit code. Past lines are kept in the file `history`, `first` is a line to begin with."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        from chatbot.places import state_folder

        is_first = _is_first(state_folder())
        sitting.asks_next = True
        talk = Talk(sitting, history)
        talk.greet(is_first)
        if first:
            talk.show(sitting.respond(first))
        return talk.converse()
    if first:
        sys.stdout.write(plain(sitting.respond(first)))
    return follow(sitting)


def follow(sitting: Sitting) -> int:
    """Answer the lines of standard input, in order, without a prompt."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in sys.stdin.buffer:
        blocks = sitting.respond(line.decode("utf-8", "replace"))
        sys.stdout.write(plain(blocks, width))
        sys.stdout.flush()
        if any(isinstance(block, Left) for block in blocks):
            break
    return 0


class Talk:
    """The loop at a terminal: prompt, answer, and again."""

    def __init__(self, sitting: Sitting, history: Path | None = None) -> None:
        self._sitting, self._history = sitting, history
        self._line: TypedLine | None = None
        self._bot: Chatbot | None = None

    def converse(self) -> int:
        """Ctrl-C drops the line or the answer under way, Ctrl-D leaves."""
        while True:
            try:
                blocks = self._sitting.respond(self._read())
                self.show(blocks)
            except KeyboardInterrupt:
                continue
            except EOFError:
                return 0
            if any(isinstance(block, Left) for block in blocks):
                return 0

    def greet(self, is_first: bool) -> None:
        """The longest greeting that leaves room to type."""
        room, shown = shutil.get_terminal_size().lines - LEAST_ROOM, ""
        for blocks in greetings(self._sitting, is_first):
            shown = self._painted(blocks)
            if shown.count("\n") <= room:
                break
        _write(shown)

    def show(self, blocks: Sequence[Block]) -> None:
        """Print what is to be seen, at once, and carry out the rest."""
        told = [text for block in blocks if (text := self._carried_out(block))]
        shown = self._painted([*blocks, *map(note, told)])
        if self._is_paged(shown, shutil.get_terminal_size().lines):
            from chatbot.terminal.typing.wishes import page

            page(shown)
        else:
            _write(shown)

    def _is_paged(self, shown: str, lines: int) -> bool:
        settings = self._sitting.settings
        return settings.pager and settings.theme != "plain" and shown.count("\n") >= lines

    def _painted(self, blocks: Sequence[Block]) -> str:
        width = shutil.get_terminal_size().columns
        if self._sitting.settings.theme == "plain":
            return plain(blocks, width)
        from chatbot.terminal.painting import painted

        return painted(blocks, width, self._sitting.settings)

    def _carried_out(self, block: Block) -> str:
        """What is to be said beside; an empty text where all went well."""
        from chatbot.terminal.typing import wishes

        match block:
            case Copied(text):
                return self._copied(text)
            case Opened():
                return wishes.open_file(block)
            case Restyled():
                self._line = None
        return ""

    def _copied(self, text: str) -> str:
        from chatbot.terminal.typing import wishes

        try:
            code = wishes.clipboard_code(text)
        except ValueError as error:
            return str(error)
        if not wishes.copied_by_tmux(text):
            sys.stdout.write(code)
        return ""

    def _read(self) -> str:
        if self._sitting.settings.theme == "plain":
            return _plain_line()
        if self._line is None or self._bot is not self._sitting.bot:
            from chatbot.terminal.typing.line import TypedLine

            self._bot = self._sitting.bot
            self._line = TypedLine(self._sitting, self._history, self._show_help)
        return self._line.read()

    def _show_help(self) -> None:
        self.show(self._sitting.respond("/help"))


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _plain_line() -> str:
    """A line as the terminal itself edits it, readline where there is one: nothing is drawn twice."""
    with suppress(ImportError):
        import readline  # noqa: F401  # importing it is what makes `input` edit

    try:
        return input("you> ")
    except (EOFError, KeyboardInterrupt):
        _write("\n")  # the line is left as it is
        raise


def _is_first(state: Path) -> bool:
    """Whether nobody was greeted yet; from now on somebody was."""
    from chatbot.places import make_private

    marker = state / _GREETED
    if marker.exists():
        return False
    with suppress(OSError):
        make_private(state)
        os.close(os.open(marker, os.O_CREAT | os.O_WRONLY, 0o600))
    return True
