"""The file of settings: TOML, read with the line of every key, and changed without losing a comment."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from chatbot.errors import SettingsError
from chatbot.places import make_private, write_whole

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w.-]+))\s*=""")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Written(msgspec.Struct, frozen=True):
    """What stands in a file of settings; nothing where there is none."""

    values: dict[str, Any]
    lines: dict[str, int]
    """Where each key stands, counted from 1; one of a table as "table.key"."""


def read(path: Path) -> Written:
    """Raises `SettingsError` where the file cannot be read or is no TOML, with its place."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Written({}, {})
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not encoded in UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise SettingsError(f"{path} cannot be read: {reason}.") from error
    import tomllib

    try:
        return Written(tomllib.loads(text), _lines(text))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{_placed(path, text, str(error))} A line is `name = value`, texts in quotes.") from error


def change(path: Path, changes: Callable[["TOMLDocument"], None]) -> None:
    """Let `changes` edit the file, which is made where there is none; comments and order stay.

    Raises `SettingsError` where it cannot be read or written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    read(path)  # says what is wrong with it in the same words as everywhere else
    try:
        is_there = path.exists()
        document = tomlkit.parse(path.read_text(encoding="utf-8-sig") if is_there else "")
        changes(document)
        path = path.resolve()  # a link to a file kept elsewhere stays a link
        make_private(path.parent)
        write_whole(path, tomlkit.dumps(document).encode())
    except (OSError, TOMLKitError) as error:
        raise SettingsError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}.") from error


def _lines(text: str) -> dict[str, int]:
    """The line on which each key stands first. Lines inside texts of several lines may pass for keys: they do no harm."""
    table, found = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _TABLE.match(line):
            table = f"{header[1].strip()}."
            found.setdefault(header[1].strip(), number)
        elif key := _KEY.match(line):
            found.setdefault(table + key[1].strip("\"'"), number)
    return found


def _placed(path: Path, text: str, problem: str) -> str:
    """The problem as the parser words it, with the place it gives at the front."""
    place = _PLACE.search(problem)
    if place is None:
        return f"{path}: {problem}."
    where = f"{place[1]}:{place[2]}" if place[1] else str(len(text.splitlines()))
    return f"{path}:{where}: {problem[: place.start()]}."
