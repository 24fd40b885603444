"""What only the owner of the terminal can do for a command: fill the clipboard, open a file, page a long answer."""

import base64
import os
import shlex
import shutil
import subprocess
from pathlib import Path

from chatbot.terminal.blocks import Opened

LARGEST = 74_994
"""Bytes that terminals take for the clipboard: 100,000 once encoded."""
_WITH_COLON = frozenset(("code", "codium", "subl", "zed"))
"""Editors that take path:line instead of +line path."""


def clipboard_code(text: str) -> str:
    """The sequence (OSC 52) by which a terminal takes a text to its clipboard. Raises `ValueError` where it is too long."""
    raw = text.encode("utf-8", "replace")
    if len(raw) > LARGEST:
        raise ValueError(f"{len(raw):,} bytes are more than terminals take to the clipboard ({LARGEST:,}).")
    return f"\x1b]52;c;{base64.b64encode(raw).decode('ascii')}\a"


def copied_by_tmux(text: str) -> bool:
    """Whether tmux took the text; it passes sequences of programs on only if it is told to, but takes a text itself."""
    if not os.environ.get("TMUX") or not (tmux := shutil.which("tmux")):
        return False
    done = subprocess.run([tmux, "load-buffer", "-w", "-"], input=text.encode(), capture_output=True, check=False)
    return done.returncode == 0


def open_file(wanted: Opened) -> str:
    """Show a file at a line in the editor, else in a pager; what to print where that cannot be, else nothing."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if command is None and (less := shutil.which("less")):
        command = less
    place = f"{wanted.path}:{wanted.line}"
    if not command:
        return place
    try:
        words = shlex.split(command)
        is_joined = Path(words[0]).name in _WITH_COLON
        subprocess.run(
            [*words, *(["--goto", place] if is_joined else [f"+{wanted.line}", str(wanted.path)])], check=False
        )
    except (OSError, ValueError, IndexError) as error:
        return f"{place} (the editor {command!r} could not be started: {error})"
    return ""


def page(text: str) -> None:
    """Show a long text in $PAGER, `less` or `more`."""
    import click

    os.environ.setdefault("LESS", "-FRX")  # as git does: what was read stays on the screen
    click.echo_via_pager(text, color=True)
