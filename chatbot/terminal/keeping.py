"""Conversations kept in files: one JSON file each, private, with the documents it was about."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from chatbot.errors import ChatbotError
from chatbot.places import make_private, write_whole
from chatbot.values import Conversation

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

MOST_AUTOMATIC = 100
"""Conversations kept without being asked to; the oldest go first. Those that were given a name stay."""
_SUFFIX = ".json"
_AUTOMATIC = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(-\d+)?")
_NAME = re.compile(r"[^\W_][\w .+-]{0,59}")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One conversation as it lies in its file."""

    schema: Literal[1] = 1
    name: str
    corpus: str
    """What the documents were called."""
    paths: tuple[str, ...]
    """Where they were; without any, those shipped."""
    at: datetime
    """When it was kept."""
    conversation: Conversation

    @property
    def first(self) -> str:
        """The first question."""
        turns = self.conversation.turns
        return turns[0].asked or turns[0].question if turns else ""


def kept_of(sitting: "Sitting", name: str) -> Kept:
    """What is kept of a talk as it stands."""
    return Kept(
        name=name,
        corpus=sitting.corpus_name,
        paths=tuple(str(path.absolute()) for path in sitting.corpus),
        at=sitting.clock(),
        conversation=sitting.conversation,
    )


def encoded(kept: Kept) -> bytes:
    return msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n"


def keep(sitting: "Sitting") -> str:
    """Keep the conversation of a talk that ends; its name, empty where there was nothing new or settings forbid it.

    Raises `ChatbotError` where it cannot be written.
    """
    is_new = bool(sitting.conversation.turns) and sitting.conversation != sitting.kept
    return save(sitting) if is_new and sitting.settings.save else ""


def save(sitting: "Sitting", name: str = "") -> str:
    """Keep the conversation under a name, by default the one it has or else the time; the name.

    Raises `ChatbotError` where the name cannot be, is that of another conversation, or nothing can be written.
    """
    folder = sitting.kept_in
    name = name or sitting.kept_as or _free(folder, f"{sitting.clock():%Y-%m-%d-%H%M%S}")
    if not _NAME.fullmatch(name) or name.endswith((" ", ".")):
        raise ChatbotError(
            f"“{name}” cannot be a name. Use letters, digits, spaces and - . + _, a letter or digit first."
        )
    path = folder / (name + _SUFFIX)
    if path.exists() and name != sitting.kept_as:
        raise ChatbotError(f"Another conversation is kept as “{name}”. Give another name, or /resume {name}.")
    try:
        make_private(folder)
        write_whole(path, encoded(kept_of(sitting, name)))
        _prune(folder)
    except OSError as error:
        raise ChatbotError(f"{path} cannot be written: {error.strerror}. `CHATBOT_STATE` moves it.") from error
    sitting.kept_as, sitting.kept = name, sitting.conversation
    return name


def load(path: Path) -> Kept:
    """The conversation of a file. Raises `ChatbotError` where it is damaged or cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except OSError as error:
        raise ChatbotError(f"{path} cannot be read: {error.strerror}.") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ChatbotError(f"{path} is damaged or no kept conversation: {error}.") from error


def names(folder: Path) -> list[str]:
    """The names of all that is kept, sorted."""
    return sorted(path.stem for path in folder.glob(f"[!.]*{_SUFFIX}"))


def find(folder: Path, name: str) -> Path:
    """The file of a name, or a file that lies elsewhere. Raises `ChatbotError` where there is neither."""
    if name in names(folder):
        return folder / (name + _SUFFIX)
    elsewhere = Path(name).expanduser()
    if elsewhere.suffix == _SUFFIX and elsewhere.is_file():
        return elsewhere
    from difflib import get_close_matches

    close = get_close_matches(name, names(folder), n=1)
    raise ChatbotError(
        f"No conversation is kept as “{name}”. " + (f"Did you mean {close[0]}?" if close else "/resume list shows all.")
    )


def every(folder: Path) -> tuple[Sequence[Kept], Sequence[str]]:
    """All that is kept, the latest first, and what is wrong with each file that cannot be read."""
    found, problems = [], []
    for name in names(folder):
        try:
            found.append(load(folder / (name + _SUFFIX)))
        except ChatbotError as error:
            problems.append(str(error))
    return sorted(found, key=lambda kept: kept.at.replace(tzinfo=None), reverse=True), problems


def _free(folder: Path, name: str) -> str:
    taken, count, free = set(names(folder)), 1, name
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return free


def _prune(folder: Path) -> None:
    automatic = [name for name in names(folder) if _AUTOMATIC.fullmatch(name)]
    for name in automatic[:-MOST_AUTOMATIC]:
        (folder / (name + _SUFFIX)).unlink(missing_ok=True)
