"""Commands that measure: `chatbot eval …`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from chatbot.cli.given import Given, common, tell
from chatbot.cli.talking import cli

if TYPE_CHECKING:
    from chatbot.evaluation.watching import Watch

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@cli.group("eval", no_args_is_help=False)
@common
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
@common
@click.pass_obj
def speed(given: Given, runs: int, passages: tuple[int, ...], words_from: tuple[Path, ...]) -> None:
    """Time warm questions and cold starts, on this machine."""
    tell("Timing; this takes a while …")
    if passages:
        from chatbot.evaluation import scale

        with _watching("Generating", "passages") as watch:
            measured = scale.run(passages, words_from, given.day, watch)
        _report(given, measured)
        return
    from chatbot.evaluation.speed import run

    with _watching("Starting", "rounds") as watch:
        times = run(given.corpus, given.intents, given.day, runs, watch)
    _report(given, times)


@evaluate.command()
@click.option("--runs", type=click.IntRange(min=1), default=5, show_default=True, help="Starts to time.")
@common
@click.pass_obj
def terminal(given: Given, runs: int) -> None:
    """Time the terminal: start to prompt, key press to menu, Enter to answer."""
    from chatbot.evaluation.terminal import run

    tell("Timing; this takes a while …")
    _report(given, run(runs))


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
    return evaluate.command(command.__name__.rstrip("_"))(common(click.pass_obj(command)))


@contextmanager
def _watching(label: str, noun: str = "questions") -> "Iterator[Watch]":
    """Shows how far indexing has come, and what is done one by one after it."""
    from chatbot.evaluation.watching import Watch
    from chatbot.terminal.progress import measuring

    with measuring(label, noun) as (indexed, done):
        yield Watch(indexed, done)


def _report(given: Given, measured: Any, predictions: object = None, path: Path | None = None) -> None:
    from chatbot.evaluation.benchmarks import write_predictions

    write_predictions(path, predictions)
    click.echo(msgspec.json.encode(measured) if given.json else "\n".join(measured.lines()))


@_benchmark
def retrieval(given: Given, passages: tuple[Path, ...], questions: Path, predictions: Path | None) -> None:
    """Measure how well passages are found: gold@k, or nDCG@10."""
    from chatbot.evaluation.retrieval import run

    with _watching("Searching") as watch:
        measured = run(passages, questions, given.day, watch)
    _report(given, *measured, predictions)


@_benchmark
def open_(given: Given, passages: tuple[Path, ...], questions: Path, predictions: Path | None) -> None:
    """Measure what is shown when all passages are searched."""
    from chatbot.evaluation.open_domain import run

    with _watching("Asking") as watch:
        measured = run(passages, questions, given.day, watch)
    _report(given, *measured, predictions)


@_benchmark
def reading(given: Given, passages: tuple[Path, ...], questions: Path, predictions: Path | None) -> None:
    """Measure the spans read from each question's own passage: EM and F1."""
    from chatbot.evaluation.reading import run

    with _watching("Reading") as watch:
        measured = run(passages, questions, watch)
    _report(given, *measured, predictions)


@evaluate.command()
@click.option(
    "--questions", type=_FILE, required=True, help='JSON lines {"id", "topic", "turn", "utterance", "rewrite"}.'
)
@click.option("--predictions", type=click.Path(path_type=Path), help="Where to write id → completed question as JSON.")
@common
@click.pass_obj
def followups(given: Given, questions: Path, predictions: Path | None) -> None:
    """Measure how well follow-ups are completed, against rewrites by hand."""
    from chatbot.evaluation.followups import run

    _report(given, *run(questions), predictions)


@evaluate.command()
@click.option("--passages", type=_FILE, multiple=True, help=_PASSAGES_HELP)
@click.option("--questions", type=_FILE, help=_QUESTIONS_HELP)
@click.option(
    "--own",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    multiple=True,
    help="A folder of your own with `docs` and `questions.yaml`, to measure facts on; repeatable.",
)
@common
@click.pass_obj
def calibration(given: Given, passages: tuple[Path, ...], questions: Path | None, own: tuple[Path, ...]) -> None:
    """Measure confidence: reliability, risk and coverage, and whether it drops where nothing answers.

    Passages are measured on benchmark files, facts on folders of your own, or without any on the intents' own tests.
    """
    from chatbot.evaluation import calibration as measures

    if bool(passages) != bool(questions):
        raise click.UsageError("Give --passages and --questions together.")
    tell("Asking; this takes a while …")
    if passages and questions:
        with _watching("Asking") as watch:
            measured = measures.passages(passages, questions, given.day, watch)
    else:
        measured = measures.Calibration((measures.shipped_facts(given.corpus, given.intents, given.day),))
    if own:
        answers = (measures.facts(own, given.day), *measured.answers)
        measured = msgspec.structs.replace(measured, answers=answers)
    _report(given, measured)
