"""What every command is given: documents, intents, the date, the form of the output and settings."""

import gc
import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from chatbot import settings
from chatbot.errors import ChatbotError
from chatbot.settings import InForce, Settings
from chatbot.terminal.controls import clean

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from chatbot.bot import Chatbot
    from chatbot.terminal.remembered import Corpus


class Given(msgspec.Struct):
    """The options every command takes, gathered from before and after its name."""

    named: tuple[str, ...] = ()
    """Paths and remembered names of documents."""
    intents: tuple[Path, ...] = ()
    today: date | None = None
    json: bool = False
    flags: dict[str, str] = {}
    """Settings given as flags, by name."""
    loaded: InForce | None = None

    @property
    def day(self) -> date:
        return self.today or date.today()

    @property
    def in_force(self) -> InForce:
        """Raises `SettingsError`."""
        if self.loaded is None:
            self.loaded = settings.load(self.flags)
            if not self.loaded.settings.cache:
                os.environ["CHATBOT_CACHE"] = "off"  # heard wherever a bot is opened, by processes started here too
        return self.loaded

    @property
    def settings(self) -> Settings:
        return self.in_force.settings

    @property
    def opened(self) -> "Corpus":
        """The documents to open and their name. Raises `CorpusError` and `SettingsError`."""
        from chatbot.terminal.remembered import corpus_of

        return corpus_of(self.named, self.settings)

    @property
    def corpus(self) -> tuple[Path, ...]:
        return self.opened.paths

    def open(self, paths: Sequence[Path] | None = None) -> "Chatbot":
        """The bot on these paths, by default on those opened; where a large corpus is to be indexed, it shows how far
        that has come. Raises `ChatbotError`."""
        from chatbot.bot import Chatbot

        bot = Chatbot.open(
            (self.corpus if paths is None else paths) or None,
            self.intents or None,
            today=self.day,
            on_warning=tell,
        )
        if bot.engine == "tantivy":
            from chatbot.terminal.progress import indexing

            with indexing() as on_progress:
                bot.prepare(on_progress)
        # What was loaded stays to the end: searching it for garbage would make one question in a hundred wait 30 ms.
        gc.freeze()
        return bot


def tell(text: str) -> None:
    """Say something on stderr."""
    click.echo(clean(text), err=True)


def show(text: str) -> None:
    """Say something on stdout that names files or quotes documents."""
    click.echo(clean(text))


class _Documents(click.ParamType[Any]):
    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        # An empty path, as an unset shell variable leaves it, is not taken for the current folder.
        return str(value) or self.fail("the path is empty.", param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem[str]]":
        return [*_files(incomplete), *remembered(incomplete)]


class _Files(_Documents):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return Path(super().convert(value, param, ctx))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> "list[CompletionItem[str]]":
        return _files(incomplete)


def _files(incomplete: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def remembered(incomplete: str) -> "list[CompletionItem[str]]":
    """The remembered names that begin so; none where the settings are at fault, which is no matter of a Tab."""
    from click.shell_completion import CompletionItem

    from chatbot.terminal.remembered import SHIPPED

    names = {SHIPPED: "the documents that came with the program"}
    with suppress(ChatbotError):
        names |= {name: str(path) for name, path in settings.load().settings.corpora.items()}
    return [CompletionItem(name, help=path) for name, path in names.items() if name.startswith(incomplete)]


DOCUMENTS, FILES = _Documents(), _Files()


def _day(text: str) -> date:
    with suppress(ValueError):  # a day that the calendar does not have
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    raise click.BadParameter(f"{text!r} is not a date. Write year-month-day, for example 2020-03-31.")


def _gather(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    given = ctx.ensure_object(Given)
    name = str(param.name)
    if param.multiple:
        setattr(given, name, getattr(given, name) + value)
    elif value and name in ("theme", "plain"):
        given.flags = given.flags | {"theme": "plain" if name == "plain" else value}
    elif value:
        setattr(given, name, value)


_COMMON: dict[tuple[str, ...], dict[str, Any]] = {
    ("--plain",): {"is_flag": True, "help": "No colour and no drawing, as --theme plain."},
    ("--theme",): {"type": click.Choice(settings.choices("theme")), "help": "Colours of the terminal, for this run."},
    ("--json",): {"is_flag": True, "help": "Print JSON."},
    ("--today",): {"type": _day, "metavar": "YYYY-MM-DD", "help": "The date to take for today."},
    ("--intents",): {
        "type": FILES,
        "multiple": True,
        "metavar": "PATH",
        "help": "More intents, a file or folder; repeatable.",
    },
    ("--corpus", "named"): {
        "type": DOCUMENTS,
        "multiple": True,
        "metavar": "PATH",
        "help": "Documents to open instead: a file, a folder or a name that `chatbot use` remembers; repeatable.",
    },
}


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command. They end up in one `Given`, the context's object."""
    for names, declared in _COMMON.items():
        command = click.option(*names, expose_value=False, callback=_gather, **declared)(command)
    return command
