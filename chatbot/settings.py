"""Settings: one typed value, read from a file, the environment and flags, each overruling the one before."""

from pathlib import Path
from typing import Literal

import msgspec


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
