"""Commands about the documents: `chatbot check`, `chatbot index`, `chatbot use`."""

import click
import msgspec

from chatbot.cli.given import DOCUMENTS, Given, common, remembered, show, tell
from chatbot.cli.manual import Page
from chatbot.cli.talking import cli
from chatbot.terminal.counts import Counts


@cli.command(cls=Page, examples=["chatbot check --corpus ~/handbook --intents my-intents"])
@common
@click.pass_obj
def check(given: Given) -> int:
    """Check documents and intents, and report every problem."""
    from chatbot.evaluation.checking import check as checked

    report = checked(given.corpus, given.intents, given.day)
    if given.json:
        click.echo(msgspec.json.encode({"failed": report.failed, "lines": report.lines}))
    else:
        show("\n".join(report.lines))
    return 1 if report.failed else 0


@cli.command(cls=Page, examples=["chatbot index --corpus ~/handbook"])
@common
@click.pass_obj
def index(given: Given) -> None:
    """Build the index of the documents, or refresh it where they changed.

    Ctrl-C stops it and leaves the index as it was.
    """
    tell("Reading the documents …")
    bot = given.open()
    counts = Counts.of(bot)
    if given.json:
        click.echo(msgspec.json.encode(msgspec.structs.asdict(counts) | {"engine": bot.engine}))
    else:
        click.echo(counts.worded())


@cli.command(
    cls=Page,
    examples=["chatbot use ~/handbook", "chatbot use ~/handbook --name staff", "chatbot use", "chatbot use shipped"],
)
@click.argument("documents", required=False, type=DOCUMENTS)
@click.option("--name", help="The name to remember a folder under; by default its own.")
@click.option("--forget", metavar="NAME", help="Forget a name.", shell_complete=lambda c, p, text: remembered(text))
@common
@click.pass_obj
def use(given: Given, documents: str | None, name: str | None, forget: str | None) -> None:
    """Remember a folder of documents, and open it from now on.

    DOCUMENTS is a folder (or a single document), which is read and counted, or a name remembered before. Without any,
    what is remembered is listed, the one opened marked. The documents that came with the program are always there,
    as “shipped”.
    """
    from chatbot.terminal import remembered as names

    if forget is not None:
        if documents is not None or name is not None:
            raise click.UsageError("Give --forget alone.")
        names.forget(forget, given.settings)
        show(f"{forget} is forgotten; its folder stays as it is.")
    elif documents is None:
        if name is not None:
            raise click.UsageError("Name the folder too: `chatbot use FOLDER --name NAME`.")
        _list(given)
    elif name is None and documents in (*given.settings.corpora, names.SHIPPED):
        names.switch(documents, given.settings)
        _confirm(given, documents)
    else:
        folder = names.place_of(documents, given.settings)
        counts = Counts.of(given.open([folder]))
        called = names.remember(folder, name, given.settings)
        click.echo(counts.worded())
        _confirm(given, called)


def _list(given: Given) -> None:
    from chatbot.terminal.remembered import SHIPPED

    corpora, opened = given.settings.corpora, given.settings.corpus or SHIPPED
    if given.json:
        click.echo(msgspec.json.encode({"open": opened, "remembered": corpora}, enc_hook=str))
        return
    rows = {SHIPPED: "the documents that came with the program"}
    rows |= {name: str(path) if path.exists() else f"{path} (gone)" for name, path in corpora.items()}
    if opened not in rows:  # the settings may name a path
        rows[opened] = ""
    widest = max(map(len, rows))
    for name, place in rows.items():
        show(f"{'*' if name == opened else ' '} {name:<{widest}}  {place}".rstrip())


def _confirm(given: Given, name: str) -> None:
    show(f"{name} is opened from now on.")
    reason = given.in_force.reasons["corpus"]
    if reason.isupper():
        tell(f"As long as {reason} is set, it opens {given.settings.corpus} instead.")
