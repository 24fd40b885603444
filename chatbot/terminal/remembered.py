"""Folders remembered under a name, and which documents are meant by what a person names."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from chatbot import settingsfile
from chatbot.errors import CorpusError, SettingsError
from chatbot.places import settings_file
from chatbot.settings import Settings

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

SHIPPED = "shipped"
"""What the documents that came with the program are called."""
_GENERAL = ("docs", "documents", "corpus")
"""Names that say nothing about a folder: the one around it has a better one."""


class Corpus(msgspec.Struct, frozen=True):
    """Documents to open, and what they are called."""

    name: str
    paths: tuple[Path, ...]
    """Without any, the documents shipped."""


def corpus_of(given: Sequence[str], settings: Settings) -> Corpus:
    """The documents named, or without names those that the settings open. Raises `CorpusError` where there are none."""
    if given:
        paths = tuple(place_of(text, settings) for text in given)
        return Corpus(name_of(paths, settings), paths)
    name = settings.corpus
    if name in ("", SHIPPED):
        return Corpus(SHIPPED, ())
    if name in settings.corpora:
        return Corpus(name, (_there(name, settings.corpora[name]),))
    path = Path(name).expanduser()
    if not path.exists():
        raise CorpusError(f"The settings open “{name}”, which is neither {_known(settings)} nor a path. {_LIST}")
    return Corpus(name_of((path,), settings), (path,))


def place_of(text: str, settings: Settings) -> Path:
    """The path of this spelling, else the folder remembered under it.

    Raises `CorpusError` where there is neither.
    """
    path = Path(text).expanduser()
    if path.exists():
        return path
    if text in settings.corpora:
        return _there(text, settings.corpora[text])
    if text == SHIPPED:
        from chatbot.bot import shipped

        return shipped("corpus")
    names = f" It is no remembered name either: {_known(settings)}." if settings.corpora else ""
    raise CorpusError(f"{text} does not exist. Name a folder of documents, or a single document.{names}")


def name_of(paths: Sequence[Path], settings: Settings) -> str:
    """What documents are called: as they are remembered, else by their folder."""
    if not paths:
        return SHIPPED
    absolute = Path(os.path.abspath(paths[0]))
    name = next((name for name, path in settings.corpora.items() if path == absolute), None) or _own_name(absolute)
    return name if len(paths) == 1 else f"{name} and {len(paths) - 1} more"


def remember(folder: Path, name: str | None, settings: Settings) -> str:
    """Remember a folder and open it from now on; the name it has.

    Without a name it gets the one it has already, or its own. Raises `SettingsError` where that is taken.
    """
    absolute = Path(os.path.abspath(folder))
    if name is None:
        known = next((known for known, path in settings.corpora.items() if path == absolute), None)
        name = known or _own_name(absolute)
    if name == SHIPPED or not name.strip() or "/" in name or not name.isprintable():
        raise SettingsError(
            f"“{name}” cannot be a name. Give another with --name; it has no slash and is not {SHIPPED}."
        )
    if settings.corpora.get(name, absolute) != absolute:
        raise SettingsError(f"“{name}” already means {settings.corpora[name]}. Give another name with --name.")

    def add(document: "TOMLDocument") -> None:
        import tomlkit

        document["corpus"] = name
        document.setdefault("corpora", tomlkit.table())[name] = str(absolute)

    settingsfile.change(settings_file(), add)
    return name


def switch(name: str, settings: Settings) -> None:
    """Open what is remembered under a name from now on. Raises `CorpusError` where it is gone or was never there."""
    if name != SHIPPED:
        if name not in settings.corpora:
            raise CorpusError(_unknown(name, settings))
        _there(name, settings.corpora[name])
    settingsfile.change(settings_file(), lambda document: document.update(corpus=name))


def forget(name: str, settings: Settings) -> None:
    """Forget a name; where it was the one opened, those shipped are. Raises `CorpusError` where it is not known."""
    if name not in settings.corpora:
        raise CorpusError(_unknown(name, settings))

    def drop(document: "TOMLDocument") -> None:
        document["corpora"].pop(name, None)
        if document.get("corpus") == name:
            del document["corpus"]

    settingsfile.change(settings_file(), drop)


_LIST = "`chatbot use` lists what there is."


def _there(name: str, path: Path) -> Path:
    if path.exists():
        return path
    raise CorpusError(
        f"“{name}” is remembered as {path}, which is gone. Bring it back, open another (`chatbot use {SHIPPED}`), "
        f"or `chatbot use --forget {name}`."
    )


def _unknown(name: str, settings: Settings) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, [*settings.corpora, SHIPPED], n=1)
    return f"Nothing is remembered as “{name}”. " + (f"Did you mean {close[0]}?" if close else _LIST)


def _known(settings: Settings) -> str:
    return ", ".join([*settings.corpora, SHIPPED])


def _own_name(path: Path) -> str:
    from chatbot.bot import shipped

    if path == shipped("corpus"):
        return SHIPPED
    named = path.parent if path.name.lower() in _GENERAL and path.parent.name else path
    return named.name or str(named)
