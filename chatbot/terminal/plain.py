"""Stand-in."""

import textwrap
from collections.abc import Sequence

from chatbot.terminal.blocks import Block, Prose, Table


def plain(blocks: Sequence[Block], width: int | None = None) -> str:
    out = []
    for b in blocks:
        if isinstance(b, Prose):
            for line in b.lines:
                text = line.indent + "".join(t for _, t in line.fragments)
                out.append(
                    "\n".join(textwrap.wrap(text, width, subsequent_indent=line.hanging, drop_whitespace=True))
                    if width and len(text) > width
                    else text
                )
        if isinstance(b, Table):
            out += ["  ".join(row) for row in (b.header, *b.rows)]
    return "".join(o + "\n" for o in out)
