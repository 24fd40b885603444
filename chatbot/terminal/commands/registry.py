"""The one registry of commands: what runs them, lists them in `/help`, completes them and offers close matches."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from chatbot.terminal.blocks import Block, note

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

Run = Callable[["Sitting", str], Sequence[Block]]
"""What a command does with what was typed after its name, stripped."""
Arguments = Callable[["Sitting"], Iterable[str]]


def _nothing(_: "Sitting") -> Iterable[str]:
    return ()


class Command(msgspec.Struct, frozen=True):
    name: str
    """With the slash: "/sources"."""
    argument: str
    """How the help shows what may follow: "[n]", "add|drop|list PATH"; empty where nothing may."""
    summary: str
    """What it does, a line without full stop."""
    run: Run
    arguments: Arguments = _nothing
    """What Tab offers after the name."""


REGISTRY: dict[str, Command] = {}
"""Every command by name, in the order of the help."""


def command(name: str, argument: str = "", arguments: Arguments = _nothing) -> Callable[[Run], Run]:
    """Register a function as a command; the first line of its docstring is its summary."""

    def registered(run: Run) -> Run:
        summary = (run.__doc__ or "").strip().splitlines()[0].rstrip(".")
        REGISTRY[name] = Command(name, argument, summary, run, arguments)
        return run

    return registered


def obey(sitting: "Sitting", line: str) -> Sequence[Block]:
    """Run the command that `line` (beginning with a slash) names."""
    name, _, rest = line.partition(" ")
    found = REGISTRY.get(name) or REGISTRY.get(name.lower())
    if found is None:
        return [note(unknown(name))]
    if rest.strip() and not found.argument:
        return [note(f"{found.name} stands alone, without further words.")]
    return found.run(sitting, rest.strip())


def unknown(name: str) -> str:
    """What is said of a command that is none, with the nearest that is one."""
    from difflib import get_close_matches

    typed = name.lower()
    begun = [known for known in REGISTRY if len(typed) > 2 and known.startswith(typed)]
    close = begun or get_close_matches(typed, REGISTRY, n=1)
    return f"No command {name}. " + (f"Did you mean {close[0]}?" if close else "/help lists the commands.")
