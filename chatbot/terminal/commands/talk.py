"""Commands about the talk itself: help and leaving."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatbot.terminal.blocks import Block, Left, note
from chatbot.terminal.commands.registry import REGISTRY, command

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting


@command("/help", "[command]", lambda _: REGISTRY)
def help_(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """List the commands, or tell of one."""
    shown = [f"{each.name} {each.argument}".rstrip() for each in REGISTRY.values()]
    widest = max(map(len, shown))
    lines = [f"  {name:<{widest}}  {each.summary}" for name, each in zip(shown, REGISTRY.values(), strict=True)]
    return [
        note("Ask a question about the documents; what you ask may lean on what was said before."),
        note("\n".join(lines)),
    ]


@command("/quit")
def quit_(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Leave, as Ctrl-D does."""
    return [Left()]
