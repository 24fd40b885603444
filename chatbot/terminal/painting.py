"""Stand-in."""

from chatbot.terminal.plain import plain


def painted(blocks, width, settings):
    return plain(blocks, width)
