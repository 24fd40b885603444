"""The command line: options, streams and exit codes. What the commands do lives in the rooms they call.

Answers go to stdout, everything else to stderr; 0 means replied, 1 failed, 2 misused.
"""

import io
import os
import signal
import sys
from collections.abc import Sequence

import click

from chatbot.cli.given import tell
from chatbot.cli.talking import cli
from chatbot.errors import ChatbotError

__all__ = ["cli", "main", "program"]


def main(args: Sequence[str] | None = None) -> int:
    """Run the command that `args` (or the process's own) name; its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without accents gets "?" rather than nothing
    try:
        code = cli.main(args, prog_name="chatbot", standalone_mode=False)
        sys.stdout.flush()
    except (click.ClickException, ChatbotError) as error:
        tell(_message(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 1
    except OSError as error:
        _abandon_stdout()
        if not isinstance(error, BrokenPipeError):
            tell(f"chatbot: {error}")
        return 1
    except Exception as error:  # a fault of ours: the user gets a sentence, never a traceback
        tell(f"chatbot: internal error: {type(error).__name__}: {error}. Please report the command you ran.")
        return 1
    return code or 0


def program() -> int:
    """What the installed command runs: `main`, and a request to end is obeyed tidily."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda *_: sys.exit(1))  # unwinds: what is passing is removed, a talk is kept
    return main()


def _message(error: click.ClickException | ChatbotError) -> str:
    if isinstance(error, ChatbotError):
        return f"chatbot: {error}"
    hint = (
        f"\n`{error.ctx.command_path} --help` tells more." if isinstance(error, click.UsageError) and error.ctx else ""
    )
    return f"chatbot: {error.format_message()}{hint}"


def _abandon_stdout() -> None:
    """Nobody reads on: leave nothing for the interpreter's last flush to fail at."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
