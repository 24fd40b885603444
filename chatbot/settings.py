"""Settings: one typed value, read from a file, the environment and flags, each overruling the one before."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

import msgspec

from chatbot import settingsfile
from chatbot.errors import SettingsError
from chatbot.places import OFF, ON, settings_file

DEFAULT = "default"
"""Why a setting is as it is, where nobody set it."""
_VARIABLE = "CHATBOT_"
_PLACES = ("CHATBOT_CONFIG", "CHATBOT_STATE")
"""Variables that are no settings."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may set. Every field has a default, so an empty file is a whole one."""

    theme: Literal["auto", "dark", "light", "plain"] = "auto"
    """How the terminal is coloured; "plain" has no colour, no charts and no redrawing, for screen readers and logs."""
    keys: Literal["emacs", "vi"] = "emacs"
    mouse: bool = False
    multiline: bool = False
    """Enter begins a new line, Alt-Enter asks."""
    history: bool = True
    """Lines typed are kept for the next talk."""
    cache: bool = True
    """The index is kept for the next start."""
    save: bool = True
    """The conversation is kept when the talk ends, for `/resume`."""
    pager: bool = True
    """Answers longer than the screen are paged."""
    links: bool = True
    """Sources are links where the terminal knows them."""
    editor: str = ""
    """Command that opens files and long questions; without one $VISUAL or $EDITOR."""
    corpus: str = ""
    """Name or path of the documents opened when none are named; empty: those shipped."""
    corpora: dict[str, Path] = {}
    """Folders remembered under a name."""


NAMES = tuple(name for name in Settings.__struct_fields__ if name != "corpora")
"""What a person sets by name; folders are remembered by `chatbot use`."""


class InForce(msgspec.Struct, frozen=True):
    """The settings in force and why each is as it is."""

    settings: Settings
    reasons: dict[str, str]
    """"default", "path:line" of the file, a variable or a flag."""


def load(flags: Mapping[str, str] | None = None, environment: Mapping[str, str] | None = None) -> InForce:
    """The settings of the file, overruled by the environment, overruled by `flags`, name to text.

    Raises `SettingsError` with every fault there is.
    """
    variables = os.environ if environment is None else environment
    path = settings_file()
    written = settingsfile.read(path)
    given: dict[str, Any] = {}
    reasons = dict.fromkeys(Settings.__struct_fields__, DEFAULT)
    problems: list[str] = []
    typed = [(name, text, f"--{name}") for name, text in (flags or {}).items()]
    for values, source in (
        (value_of, _in_file(path, written)),
        (read_from, _in_variables(variables)),
        (read_from, typed),
    ):
        for name, value, place in source:
            try:
                given[name], reasons[name] = values(name, value), place
            except SettingsError as error:
                problems.append(f"{place}: {error}")
    if problems:
        raise SettingsError("\n".join(problems))
    return InForce(Settings(**given), reasons)


def value_of(name: str, value: Any) -> Any:
    """The value of a setting as its type has it; `value` as TOML has it. Raises `SettingsError` saying what is allowed."""
    if name not in Settings.__struct_fields__:
        raise SettingsError(_unknown(name))
    kind = _kinds()[name]
    try:
        return msgspec.convert(value, kind, dec_hook=_path)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{name} is {_worded(value)}. {_allowed(kind)}") from error


def read_from(name: str, text: str) -> Any:
    """The value of a setting that was typed: "on" or "off" for what is true or false. Raises `SettingsError`."""
    if name in NAMES and _kinds()[name] is bool:
        word = text.strip().lower()
        if word not in ON | OFF:
            raise SettingsError(f"{name} is {_worded(text)}. Write on or off (or 1, 0, yes, no, true, false).")
        return word in ON
    if name == "corpora":
        raise SettingsError("Folders are remembered by `chatbot use FOLDER`.")
    return value_of(name, text)


def choices(name: str) -> tuple[str, ...]:
    """The values a setting may have, where they can be counted."""
    kind = _kinds()[name]
    return ("on", "off") if kind is bool else get_args(kind) if kind is not str else ()


def worded(value: object) -> str:
    """A value as a person types it."""
    return ("on" if value else "off") if isinstance(value, bool) else str(value)


def misspelt(environment: Mapping[str, str]) -> Iterator[str]:
    """A line for each variable that is no setting but is spelt nearly as one."""
    known = {*map(variable_of, NAMES), *_PLACES}
    for name in sorted(set(environment) - known):
        bare = [each.removeprefix(_VARIABLE) for each in known]
        if name.startswith(_VARIABLE) and (close := _closest(name.removeprefix(_VARIABLE), bare)):
            yield f"{name} is no setting. Did you mean {_VARIABLE}{close}?"


def variable_of(name: str) -> str:
    """
    >>> variable_of("theme")
    'CHATBOT_THEME'
    """
    return _VARIABLE + name.upper()


Given = tuple[str, Any, str]
"""A setting, its value as TOML has it or as it was typed, and where it comes from."""


def _in_file(path: Path, written: settingsfile.Written) -> Iterator[Given]:
    for name, value in written.values.items():
        place = name
        if name == "corpora" and isinstance(value, dict):
            place = next((f"corpora.{key}" for key, folder in value.items() if not isinstance(folder, str)), name)
            value = {key: _from_home(path.parent, folder) for key, folder in value.items()}
        yield name, value, f"{path}:{written.lines.get(place, 1)}"


def _in_variables(environment: Mapping[str, str]) -> Iterator[Given]:
    for name in NAMES:
        variable = variable_of(name)
        text = environment.get(variable, "")
        # This one is also the folder's place; only a word that switches is meant for the setting.
        if text and (name != "cache" or text.lower() in ON | OFF):
            yield name, text, variable


def _kinds() -> dict[str, Any]:
    return get_type_hints(Settings)


def _path(kind: type, value: Any) -> Path:
    if not isinstance(value, str):
        raise TypeError(kind)
    return Path(value)


def _from_home(base: Path, folder: Any) -> Any:
    """A folder written in a file that lies in `base`; "~" is the user's home."""
    return str(base / Path(folder).expanduser()) if isinstance(folder, str) and folder else folder


def _worded(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else f"“{value}”"


def _allowed(kind: Any) -> str:
    if kind is bool:
        return "It may be true or false."
    if kind is str:
        return "It must be a text in quotes."
    if get_args(kind) and all(isinstance(choice, str) for choice in get_args(kind)):
        *most, last = map(_worded, get_args(kind))
        return f"It may be {', '.join(most)} or {last}."
    return 'It must be a table of names and folders, such as [corpora] with handbook = "~/handbook".'


def _unknown(name: str) -> str:
    close = _closest(name, Settings.__struct_fields__)
    guess = f"Did you mean {close}? " if close else ""
    return f"There is no setting “{name}”. {guess}Settings: {', '.join(Settings.__struct_fields__)}."


def _closest(name: str, known: Any) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.7)), None)
