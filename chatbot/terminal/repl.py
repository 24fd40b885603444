"""The REPL: read a line, answer it, remember the conversation.

`Sitting.respond` does the work on plain values; the loops around it only read and print. With a terminal at
both ends prompt_toolkit edits the line and colours the answer; otherwise lines are read as they come,
so `chatbot` serves in a pipe as well.
"""

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.bot import Chatbot
from chatbot.errors import ChatbotError
from chatbot.places import make_private
from chatbot.terminal import rendering, sitting
from chatbot.terminal.rendering import Fragments, note
from chatbot.values import Answer, Conversation

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

PROMPT = "you> "
_COLOURS = {"prompt": "bold ansicyan", "source": "ansibrightblack", "hint": "ansiyellow", "emphasis": "bold"}


class Sitting:
    """One person's talk with the bot: the conversation so far and the commands that look back at it."""

    def __init__(self, bot: Chatbot, today: date | None = None, as_json: bool = False) -> None:
        self._bot, self._today, self._as_json = bot, today, as_json
        self._conversation = Conversation()
        self._last: Answer | None = None

    def respond(self, line: str, width: int | None = None) -> Fragments | None:
        """What to show for one line, wrapped to `width` columns; None when the talk is over."""
        line = line.strip()
        if not line:
            return []
        if not line.startswith("/"):
            return self._answered(line, width)
        if line not in COMMANDS:
            return note(_unknown(line), width)
        return COMMANDS[line](self, width)

    def help(self, width: int | None) -> Fragments:
        """this list"""
        intro = "Ask a question about the documents; what you ask may lean on what was said before."
        table = [f"  {name:<10} {command.__doc__}" for name, command in COMMANDS.items()]
        return note(intro, width) + note("\n".join(table), width)

    def sources(self, width: int | None) -> Fragments:
        """every quote the last answer rests on, and where it stands"""
        if self._last is None:
            return note("Nothing has been asked yet.", width)
        return rendering.sources(self._last, width) or note("The last answer rests on no document.", width)

    def why(self, width: int | None) -> Fragments:
        """how the last answer came about"""
        if self._last is None:
            return note("Nothing has been asked yet.", width)
        return rendering.explanation(self._last, width)

    def quit(self, width: int | None) -> None:
        """leave, as Ctrl-D does"""

    def _answered(self, question: str, width: int | None) -> Fragments:
        try:
            answer = self._bot.ask(question, self._conversation, today=self._today)
        except ChatbotError as error:
            return note(str(error), width)
        except Exception as error:  # a fault of ours must not end the talk
            return note(f"This question could not be answered ({type(error).__name__}: {error}).", width)
        self._conversation, self._last = self._conversation.after(answer), answer
        return [("", f"{answer.to_json()}\n")] if self._as_json else rendering.brief(answer, width)


COMMANDS: dict[str, Callable[[Sitting, int | None], Fragments | None]] = {
    "/help": Sitting.help,
    "/sources": Sitting.sources,
    "/why": Sitting.why,
    "/quit": Sitting.quit,
    "/exit": Sitting.quit,
}


def run(opened: sitting.Sitting, history: Path | None = None) -> int:
    """Talk until the input ends; the exit code. Past lines are kept in the file `history`."""
    talk = Sitting(opened.bot, opened.today, opened.as_json)
    try:
        if sys.stdin.isatty() and sys.stdout.isatty():
            return converse(talk, banner(opened.bot), history)
        return follow(talk)
    finally:
        opened.conversation = talk._conversation


def banner(bot: Chatbot) -> str:
    """What is loaded and how to go on."""
    loaded = f"{rendering.counted(len(bot.knowledge.titles), 'document')} loaded"
    if bot.skipped:
        loaded += f", {len(bot.skipped)} left out (`chatbot check` says why)"
    return f"{loaded}. Ask a question; /help lists the commands, Ctrl-D leaves."


def follow(sitting: Sitting) -> int:
    """Answer the lines of standard input, in order, without a prompt."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in sys.stdin.buffer:
        shown = sitting.respond(line.decode("utf-8", "replace"), width)
        if shown is None:
            break
        sys.stdout.write(rendering.plain(shown))
        sys.stdout.flush()
    return 0


def converse(sitting: Sitting, greeting: str, history: Path | None = None) -> int:
    """Prompt, answer, and again: Ctrl-C drops the line or the answer under way, Ctrl-D leaves."""
    from prompt_toolkit.application import get_app_session
    from prompt_toolkit.formatted_text import FormattedText
    from prompt_toolkit.shortcuts import print_formatted_text
    from prompt_toolkit.styles import Style

    session, output, style = _prompt_session(history), get_app_session().output, Style.from_dict(_COLOURS)

    def show(fragments: Fragments) -> None:
        print_formatted_text(FormattedText(fragments), style=style)

    show(note(greeting, output.get_size().columns))
    while True:
        try:
            line = session.prompt([("class:prompt", PROMPT)], style=style)
            shown = sitting.respond(line, output.get_size().columns)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return 0
        if shown is None:
            return 0
        if shown:
            show(shown)


def _prompt_session(history: Path | None) -> "PromptSession[str]":
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import WordCompleter
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    kept: History = InMemoryHistory()
    if history is not None:
        with suppress(OSError):  # a talk without a memory of past lines is better than none
            make_private(history.parent)
            history.touch(mode=0o600)
            kept = FileHistory(history)
    completer = WordCompleter(list(COMMANDS), sentence=True)
    return PromptSession(history=kept, completer=completer, complete_while_typing=False)


def _unknown(line: str) -> str:
    from difflib import get_close_matches

    name = line.split()[0]
    if name in COMMANDS:
        return f"{name} stands alone, without further words."
    close = get_close_matches(name.casefold(), COMMANDS, n=1)
    return f"No command {name}. " + (f"Did you mean {close[0]}?" if close else "/help lists the commands.")
