"""Commands that show and change settings."""

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from chatbot import settings as known
from chatbot import settingsfile
from chatbot.errors import SettingsError
from chatbot.places import settings_file
from chatbot.terminal.blocks import Block, Restyled, Table, note
from chatbot.terminal.commands.registry import command

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_SAVE = "save"
_AT_START = ("history", "cache", "corpus")
"""Settings that are read when the program starts."""


def _themes(_: "Sitting") -> Iterable[str]:
    return known.choices("theme")


@command("/theme", "[auto|dark|light|plain]", _themes)
def theme(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Show or change the colours, for this talk."""
    if not rest:
        return [note(f"The theme is {sitting.settings.theme}; there are {', '.join(known.choices('theme'))}.")]
    return _changed(sitting, "theme", rest)


def _completed(_: "Sitting") -> Iterable[str]:
    return [_SAVE, *known.NAMES, *(f"{name} {value}" for name in known.NAMES for value in known.choices(name))]


@command("/settings", "[name value | save]", _completed)
def settings(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Show the settings, change one, or save changes."""
    name, _, text = rest.partition(" ")
    if not rest:
        return [_table(sitting), note(f"/settings save writes changes to {settings_file()}.")]
    if name == _SAVE and not text:
        return _saved(sitting)
    if text:
        return _changed(sitting, name, text.strip())
    try:
        known.value_of(name, getattr(sitting.settings, name, None))
    except SettingsError as error:
        return [note(str(error))]
    allowed = ", ".join(known.choices(name)) if name in known.NAMES else ""
    value = known.worded(getattr(sitting.settings, name)) or "not set"
    return [note(f"{name} is {value}{f'; it may be {allowed}' if allowed else ''}.")]


def _table(sitting: "Sitting") -> Table:
    rows = []
    for name in known.NAMES:
        value = known.worded(getattr(sitting.settings, name))
        rows.append((name, value, "changed" if name in sitting.changed else "", ", ".join(known.choices(name))))
    return Table(("setting", "value", "", "may be"), tuple(rows))


def _changed(sitting: "Sitting", name: str, text: str) -> Sequence[Block]:
    try:
        value = known.read_from(name, text)
    except SettingsError as error:
        return [note(str(error))]
    sitting.settings = msgspec.structs.replace(sitting.settings, **{name: value})
    sitting.changed[name] = value
    when = "once saved, from the next start on" if name in _AT_START else "for this talk"
    return [Restyled(), note(f"{name} is {known.worded(value)}, {when}; /settings save keeps it.")]


def _saved(sitting: "Sitting") -> Sequence[Block]:
    if not sitting.changed:
        return [note("No setting was changed in this talk.")]
    changed = dict(sitting.changed)
    try:
        settingsfile.change(settings_file(), lambda document: document.update(changed))
    except SettingsError as error:
        return [note(str(error))]
    sitting.changed.clear()
    said = [f"Saved to {settings_file()}: {', '.join(changed)}."]
    over = [variable for variable in map(known.variable_of, changed) if os.environ.get(variable)]
    said += [f"{variable} overrules it as long as it is set." for variable in over]
    return [note("\n".join(said))]
