"""Commands about the talk itself."""

import re
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from chatbot.terminal.blocks import Block, Left, Line, Prose, note, prose
from chatbot.terminal.commands.registry import REGISTRY, Command, command, unknown
from chatbot.terminal.keyhelp import described

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_COLUMN = 20
"""Columns of names before what they do."""


@command("/help", "[command]", lambda _: REGISTRY)
def help_(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """List the commands and keys, or tell of one command.

    `/help sources` tells what /sources does and what may follow it.
    """
    if rest:
        name = "/" + rest.split()[0].lower().removeprefix("/")
        return [_told(REGISTRY[name])] if name in REGISTRY else [note(unknown(name))]
    lines = [Line((("", "Ask a question about the documents; it may lean on what was said before."),))]
    for module, commands in groupby(_commands(), lambda each: each.run.__module__):
        lines += [_EMPTY, _heading(_subject(module))]
        for each in commands:
            lines.append(_pair(_briefly(each), each.summary))
    lines += [_EMPTY, _heading("Keys")]
    for keys, effect in described(sitting.settings):
        lines.append(_pair(keys, effect))
    return [Prose(tuple(lines))]


@command("/tour")
def tour(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Five things worth knowing, tried on these documents."""
    from chatbot.terminal.touring import steps

    return steps(sitting)


@command("/exit")
@command("/quit")
def quit_(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Leave, as Ctrl-D does."""
    return [Left()]


_EMPTY = Line((("", ""),))


def _commands() -> Iterable[Command]:
    """All but second names, those of one module together, in the order in which the modules were registered."""
    first = {each.run: each for each in reversed(REGISTRY.values())}
    shown = [each for each in REGISTRY.values() if first[each.run] is each]
    modules = list(dict.fromkeys(each.run.__module__ for each in shown))
    return sorted(shown, key=lambda each: modules.index(each.run.__module__))


def _subject(module: str) -> str:
    """What a module of commands says of itself, as a heading."""
    said = (sys.modules[module].__doc__ or "").splitlines()[0].partition(":")[0]
    words = re.sub(r"^Commands (?:that |for )?", "", said).rstrip(".")
    return words[:1].upper() + words[1:]


def _heading(text: str) -> Line:
    return Line((("hint", text),))


def _briefly(told: Command) -> str:
    """The name and what may follow it, or that something may."""
    whole = f"{told.name} {told.argument}".rstrip()
    return whole if len(whole) <= _COLUMN - 4 else f"{told.name} …"


def _pair(name: str, effect: str) -> Line:
    """A name and what it does beside it."""
    return Line((("emphasis", f"  {name:<{_COLUMN - 4}}  "), ("", effect)), hanging=" " * _COLUMN)


def _told(told: Command) -> Prose:
    text = "\n".join(line.strip() for line in (told.run.__doc__ or "").strip().splitlines())
    return prose(f"{told.name} {told.argument}".rstrip() + f"\n{text}")
