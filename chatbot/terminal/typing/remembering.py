"""Past lines: kept in a private file, or for this talk alone."""

import os
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from chatbot.places import make_private


def history(path: Path | None) -> History:
    """The lines of the file `path`, which is made for its owner alone; without one, or where it cannot be, of this talk."""
    if path is not None:
        with suppress(OSError):  # a talk without a memory of past lines is better than none
            make_private(path.parent)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            path.chmod(0o600)
            return PastLines(path)
    return InMemoryHistory()


class PastLines(FileHistory):
    """Lines without control characters, whoever wrote them into the file; one that cannot be kept is only not kept."""

    def load_history_strings(self) -> list[str]:
        try:
            return [_harmless(line) for line in super().load_history_strings()]
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            super().store_string(_harmless(string))


def _harmless(line: str) -> str:
    return "".join(character for character in line if character.isprintable() or character == "\n")
