"""The command line: options, streams and exit codes. What the commands do lives in the rooms they call.

Answers go to stdout, everything else to stderr; 0 means replied, 1 failed, 2 misused.
"""

import gc
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from chatbot.errors import ChatbotError

if TYPE_CHECKING:
    from chatbot.bot import Chatbot


class Given(msgspec.Struct):
    """The options every command takes, gathered from before and after its name."""

    corpus: tuple[Path, ...] = ()
    intents: tuple[Path, ...] = ()
    today: date | None = None
    json: bool = False

    @property
    def day(self) -> date:
        return self.today or date.today()

    def open(self) -> "Chatbot":
        from chatbot.bot import Chatbot

        bot = Chatbot.open(self.corpus or None, self.intents or None, today=self.day, on_warning=_tell)
        # What was loaded stays to the end: searching it for garbage would make one question in a hundred wait 30 ms.
        gc.freeze()
        return bot


def _day(text: str) -> date:
    with suppress(ValueError):  # a day that the calendar does not have
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    raise click.BadParameter(f"{text!r} is not a date. Write year-month-day, for example 2020-03-31.")


def _place(text: str) -> Path:
    """The path; an empty one, as an unset shell variable leaves it, is not taken for the current folder."""
    if not text:
        raise click.BadParameter("the path is empty.")
    return Path(text)


def _gather(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    given = ctx.ensure_object(Given)
    if param.multiple:
        setattr(given, str(param.name), getattr(given, str(param.name)) + value)
    elif value:
        setattr(given, str(param.name), value)


_COMMON: dict[str, dict[str, Any]] = {
    "--json": {"is_flag": True, "help": "Print JSON."},
    "--today": {"type": _day, "metavar": "YYYY-MM-DD", "help": "The date to take for today."},
    "--intents": {
        "type": _place,
        "multiple": True,
        "metavar": "PATH",
        "help": "More intents, a file or folder; repeatable.",
    },
    "--corpus": {
        "type": _place,
        "multiple": True,
        "metavar": "PATH",
        "help": "Your documents instead of those shipped, a file or folder; repeatable.",
    },
}


def _common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command. They end up in one `Given`, the context's object."""
    for name, declared in _COMMON.items():
        command = click.option(name, expose_value=False, callback=_gather, **declared)(command)
    return command


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chatbot")
@_common
@click.pass_context
def cli(ctx: click.Context) -> int | None:
    """Ask your documents. Without a command, talk: one question a line."""
    if ctx.invoked_subcommand is not None:
        return None
    from chatbot.cache import cache_folder
    from chatbot.terminal.repl import run

    given: Given = ctx.obj
    return run(given.open(), given.day, cache_folder() / "history", given.json)


@cli.command()
@click.argument("question", nargs=-1, required=True)
@_common
@click.pass_obj
def ask(given: Given, question: tuple[str, ...]) -> None:
    """Answer one QUESTION."""
    # Bytes that are no UTF-8 reach us as lone surrogates, which nothing could print again.
    text = os.fsencode(" ".join(question)).decode("utf-8", "replace").strip()
    if not text:
        raise click.UsageError("The question is empty.")
    answer = given.open().ask(text, today=given.day)
    if given.json:
        click.echo(answer.to_json().encode())
        return
    from chatbot.terminal.rendering import render

    click.echo(render(answer, _width()), nl=False)


@cli.command()
@_common
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


@cli.command()
@_common
@click.pass_obj
def check(given: Given) -> int:
    """Check documents and intents, and report every problem."""
    from chatbot.evaluation.checking import check as checked

    report = checked(given.corpus, given.intents, given.day)
    if given.json:
        click.echo(msgspec.json.encode({"failed": report.failed, "lines": report.lines}))
    else:
        click.echo("\n".join(report.lines))
    return 1 if report.failed else 0


@cli.command()
@_common
@click.pass_obj
def index(given: Given) -> None:
    """Build the index of the documents, or refresh it where they changed."""
    from chatbot.terminal.progress import shown

    _tell("Reading the documents …")
    bot = given.open()
    with shown() as on_progress:
        bot.prepare(on_progress)
    documents, relations = bot.documents, len(bot.knowledge.relations)
    passages, skipped = len(bot.passages), len(bot.skipped)
    if given.json:
        counts = {"documents": documents, "relations": relations, "passages": passages, "skipped": skipped}
        click.echo(msgspec.json.encode(counts | {"engine": bot.engine}))
        return
    from chatbot.terminal.rendering import counted

    found = [counted(documents, "document"), counted(relations, "relation"), counted(passages, "passage")]
    click.echo(", ".join([*found, f"{counted(skipped, 'file')} left out"] if skipped else found))


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@cli.group("eval", no_args_is_help=False)
@_common
def evaluate() -> None:
    """Measure the bot."""


@evaluate.command()
@click.option("--runs", type=click.IntRange(min=1), default=9, show_default=True, help="Cold starts to time.")
@click.option(
    "--passages",
    type=click.IntRange(min=10),
    multiple=True,
    help="Time an invented corpus of so many passages; repeatable.",
)
@click.option(
    "--from", "words_from", type=_FILE, multiple=True, help="Passages whose words the invented ones are drawn from."
)
@_common
@click.pass_obj
def speed(given: Given, runs: int, passages: tuple[int, ...], words_from: tuple[Path, ...]) -> None:
    """Time warm questions and cold starts, on this machine."""
    _tell("Timing; this takes a while …")
    if passages:
        from chatbot.evaluation import scale

        _report(given, scale.run(passages, words_from, given.day))
        return
    from chatbot.evaluation.speed import run

    _report(given, run(given.corpus, given.intents, given.day, runs))


_PASSAGES_HELP = 'JSON lines {"id", "title", "text"}, gzipped or not; repeatable.'
_QUESTIONS_HELP = (
    'JSON lines {"id", "question", "passage_id", "answers", "context_id"} or {"id", "question", "relevant"}.'
)


def _benchmark(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command of `eval` over benchmark files, with the options they share."""
    options = [
        click.option("--passages", type=_FILE, multiple=True, required=True, help=_PASSAGES_HELP),
        click.option("--questions", type=_FILE, required=True, help=_QUESTIONS_HELP),
        click.option("--predictions", type=click.Path(path_type=Path), help="Where to write the answers as JSON."),
    ]
    for option in reversed(options):
        command = option(command)
    return evaluate.command(command.__name__.rstrip("_"))(_common(click.pass_obj(command)))


def _report(given: Given, measured: Any, predictions: object = None, path: Path | None = None) -> None:
    from chatbot.evaluation.benchmarks import write_predictions

    write_predictions(path, predictions)
    click.echo(msgspec.json.encode(measured) if given.json else "\n".join(measured.lines()))


@_benchmark
def retrieval(given: Given, passages: tuple[Path, ...], questions: Path, predictions: Path | None) -> None:
    """Measure how well passages are found: gold@k, or nDCG@10."""
    from chatbot.evaluation.retrieval import run

    _tell("Indexing and searching; this takes a while …")
    _report(given, *run(passages, questions, given.day), predictions)


@_benchmark
def open_(given: Given, passages: tuple[Path, ...], questions: Path, predictions: Path | None) -> None:
    """Measure what is shown when all passages are searched."""
    from chatbot.evaluation.open_domain import run

    _tell("Indexing and asking; this takes a while …")
    _report(given, *run(passages, questions, given.day), predictions)


@_benchmark
def reading(given: Given, passages: tuple[Path, ...], questions: Path, predictions: Path | None) -> None:
    """Measure the spans read from each question's own passage: EM and F1."""
    from chatbot.evaluation.reading import run

    _tell("Reading; this takes a while …")
    _report(given, *run(passages, questions), predictions)


@evaluate.command()
@click.option("--passages", type=_FILE, multiple=True, help=_PASSAGES_HELP)
@click.option("--questions", type=_FILE, help=_QUESTIONS_HELP)
@click.option(
    "--own",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="A folder of your own with `docs` and `questions.yaml`, to measure facts on; repeatable.",
)
@_common
@click.pass_obj
def calibration(given: Given, passages: tuple[Path, ...], questions: Path | None, own: tuple[Path, ...]) -> None:
    """Measure confidence: reliability, risk and coverage, and whether it drops where nothing answers.

    Passages are measured on benchmark files, facts on folders of your own, or without any on the intents' own tests.
    """
    from chatbot.evaluation import calibration as measures

    if bool(passages) != bool(questions):
        raise click.UsageError("Give --passages and --questions together.")
    _tell("Asking; this takes a while …")
    if passages and questions:
        measured = measures.passages(passages, questions, given.day)
    else:
        measured = measures.Calibration((measures.shipped_facts(given.corpus, given.intents, given.day),))
    if own:
        answers = (measures.facts(own, given.day), *measured.answers)
        measured = msgspec.structs.replace(measured, answers=answers)
    _report(given, measured)


def main(args: Sequence[str] | None = None) -> int:
    """Run the command that `args` (or the process's own) name; its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without accents gets "?" rather than nothing
    try:
        code = cli.main(args, prog_name="chatbot", standalone_mode=False)
        sys.stdout.flush()
    except (click.ClickException, ChatbotError) as error:
        _tell(_message(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 1
    except OSError as error:
        _abandon_stdout()
        if not isinstance(error, BrokenPipeError):
            _tell(f"chatbot: {error}")
        return 1
    except Exception as error:  # a fault of ours: the user gets a sentence, never a traceback
        _tell(f"chatbot: internal error: {type(error).__name__}: {error}. Please report the command you ran.")
        return 1
    return code or 0


def _message(error: click.ClickException | ChatbotError) -> str:
    if isinstance(error, ChatbotError):
        return f"chatbot: {error}"
    hint = (
        f"\n`{error.ctx.command_path} --help` tells more." if isinstance(error, click.UsageError) and error.ctx else ""
    )
    return f"chatbot: {error.format_message()}{hint}"


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _abandon_stdout() -> None:
    """Nobody reads on: leave nothing for the interpreter's last flush to fail at."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _width() -> int | None:
    return os.get_terminal_size(sys.stdout.fileno()).columns or None if sys.stdout.isatty() else None
