"""Stand-in."""

from collections.abc import Sequence

from chatbot.settings import Settings
from chatbot.terminal.blocks import Block
from chatbot.terminal.plain import plain


def painted(blocks: Sequence[Block], width: int, settings: Settings) -> str:
    return plain(blocks, width)
