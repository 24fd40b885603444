"""The program itself, and the commands that answer: `chatbot`, `chatbot ask`, `chatbot batch`."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from chatbot.cli.given import Given, common, tell
from chatbot.cli.manual import Page, Pages, Section
from chatbot.errors import ChatbotError

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting
    from chatbot.values import Answer

_SECTIONS: list[Section] = [
    (
        "Environment",
        [
            ("CHATBOT_CONFIG", "The file of settings."),
            ("CHATBOT_STATE", "The folder of past lines and kept conversations."),
            ("CHATBOT_CACHE", "The folder of indexes; “off” keeps none."),
            ("CHATBOT_THEME, …", "Any setting by its name; `chatbot settings` lists them."),
            ("NO_COLOR", "Set to anything: no colour."),
            ("VISUAL, EDITOR", "What opens files and long questions."),
        ],
    ),
    (
        "Files",
        [
            ("settings.toml", "In the user's folder for settings, ~/.config/chatbot on Linux."),
            ("history, conversations", "In the user's folder for state, ~/.local/state/chatbot on Linux. Private."),
            ("indexes", "In the user's folder for caches, ~/.cache/chatbot on Linux. Private."),
        ],
    ),
    (
        "Exit status",
        [
            ("0", "There is a reply; that the documents do not know is one."),
            ("1", "Something failed, or was interrupted."),
            ("2", "Misused: an option, a path, a setting or an intent that cannot be."),
        ],
    ),
]


@click.group(
    cls=Pages,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    modules=["chatbot.cli.documents", "chatbot.cli.evaluating", "chatbot.cli.preferences"],
    sections=_SECTIONS,
    examples=[
        "chatbot",
        'chatbot ask "who led DPO in 2005?"',
        'echo "who led DPO in 2005?" | chatbot',
        "chatbot use ~/handbook",
        "chatbot --corpus handbook --plain",
    ],
)
@click.version_option(package_name="chatbot")
@click.option("-r", "--resume", is_flag=True, help="Go on with the latest conversation that was kept.")
@common
@click.pass_context
def cli(ctx: click.Context, resume: bool) -> int | None:
    """Ask your documents.

    Without a command, talk: one question a line, at a terminal or in a pipe; a question may lean on those before it.
    Answers go to stdout, everything else to stderr. Options may stand before or after the command's name.
    """
    if ctx.invoked_subcommand is not None:
        return None
    from chatbot.places import state_folder
    from chatbot.terminal.repl import run
    from chatbot.terminal.sitting import Sitting

    given: Given = ctx.obj
    opened = given.opened
    sitting = Sitting(
        given.open(),
        opened.paths,
        corpus_name=opened.name,
        opener=given.open,
        settings=given.settings,
        today=given.day,
        as_json=given.json,
    )
    try:
        history = state_folder() / "history" if given.settings.history else None
        return run(sitting, history, "/resume" if resume else "")
    finally:  # however the talk ends, a closed window included
        if sys.stdin.isatty() and sys.stdout.isatty():
            _keep(sitting)


def _keep(sitting: "Sitting") -> None:
    from chatbot.terminal.keeping import keep

    try:
        name = keep(sitting)
    except ChatbotError as error:
        tell(str(error))
    else:
        if name:
            tell(f"Kept as “{name}”; /resume goes on with it.")


@cli.command(
    cls=Page,
    examples=[
        'chatbot ask "which country pays the most?"',
        'chatbot ask "which country pays the most?" --json',
        "chatbot ask - < questions.txt",
    ],
)
@click.argument("question", nargs=-1, required=True)
@common
@click.pass_obj
def ask(given: Given, question: tuple[str, ...]) -> int:
    """Answer one QUESTION.

    A hyphen for the question reads many, one a line: each is answered by itself, with an empty line between answers
    or, with --json, a line for each. For questions that lean on one another, pipe them into `chatbot`.
    """
    if question == ("-",):
        return _answer_lines(given)
    # Bytes that are no UTF-8 reach us as lone surrogates, which nothing could print again.
    text = os.fsencode(" ".join(question)).decode("utf-8", "replace").strip()
    if not text:
        raise click.UsageError("The question is empty.")
    answer = given.open().ask(text, today=given.day)
    if given.json:
        click.echo(answer.to_json().encode())
        return 0
    click.echo(_shown(given, answer), nl=False)
    return 0


def _answer_lines(given: Given) -> int:
    """Answer every line of stdin; 1 where one could not be answered."""
    bot = given.open()
    code, is_first = 0, True
    for number, line in _questions():
        try:
            answer = bot.ask(line, today=given.day)
        except ChatbotError as error:
            tell(f"line {number}: {error}")
            code = 1
            continue
        if given.json:
            click.echo(answer.to_json().encode())
        else:
            click.echo(("" if is_first else "\n") + _shown(given, answer), nl=False)
        sys.stdout.flush()
        is_first = False
    return code


def _shown(given: Given, answer: "Answer") -> str:
    """The answer with its sources quoted: painted on a terminal, plain anywhere else."""
    from chatbot.terminal.answers import quoted

    width = _width()
    if width is None or given.settings.theme == "plain":
        from chatbot.terminal.plain import plain

        return plain(quoted(answer, width), width)
    from chatbot.terminal.painting import painted

    return painted(quoted(answer, width), width, given.settings)


def _questions() -> Iterator[tuple[int, str]]:
    """The lines of stdin that hold something, with their numbers."""
    for number, line in enumerate(sys.stdin.buffer, 1):
        if text := line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").strip():
            yield number, text


@cli.command(cls=Page, examples=["""echo '{"id": "1", "ask": "who led DPO in 2003?"}' | chatbot batch"""])
@common
@click.pass_obj
def batch(given: Given) -> None:
    """Answer questions read as JSON lines.

    Each line {"id": "1", "ask": "…", "conversation": "c1"} gets a line {"id": "1", "answer": {…}}, in order.
    Lines that share a conversation are its turns.
    """
    from chatbot.terminal.batch import replies

    out = sys.stdout.buffer
    for reply in replies(sys.stdin.buffer, given.open(), given.day):
        out.write(reply)
        out.flush()


def _width() -> int | None:
    return os.get_terminal_size(sys.stdout.fileno()).columns or None if sys.stdout.isatty() else None
