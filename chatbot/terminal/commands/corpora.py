"""Commands about the documents that are open."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.bot import Chatbot, shipped
from chatbot.documents.loading import corpus_files, nothing_readable
from chatbot.errors import ChatbotError
from chatbot.terminal.blocks import Block, Restyled, Table, note
from chatbot.terminal.changes import changes, seen
from chatbot.terminal.commands.registry import command
from chatbot.terminal.counts import Counts, counted
from chatbot.terminal.remembered import SHIPPED, name_of, place_of

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_MOST_LISTED = 40
"""Documents and changes that are listed one by one."""


def _completed(sitting: "Sitting") -> Iterable[str]:
    opened = [*(name_of((path,), sitting.settings) for path in _open_paths(sitting)), *map(str, sitting.corpus)]
    closed = [name for name in (*sitting.settings.corpora, SHIPPED) if name not in opened]
    return ["list", "add ", *(f"add {name}" for name in closed), *(f"drop {name}" for name in opened)]


@command("/corpus", "list | add|drop path|name", _completed)
def corpus(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """List the documents, add some, or drop some."""
    action, _, named = rest.partition(" ")
    named = named.strip()
    if action in ("", "list") and not named:
        return list(_listed(sitting))
    if action not in ("add", "drop") or not named:
        return [
            note("/corpus list shows the documents; /corpus add and /corpus drop take a path or a remembered name.")
        ]
    try:
        paths = _with(sitting, named) if action == "add" else _without(sitting, named)
    except ChatbotError as error:
        return [note(str(error))]
    return _reopened(sitting, paths)


@command("/reload")
def reload(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Read changed documents again, and say what changed."""
    return _reopened(sitting, sitting.corpus)


def _reopened(sitting: "Sitting", paths: Sequence[Path]) -> Sequence[Block]:
    """Open these documents instead; where that fails or is interrupted everything stays as it is."""
    try:
        bot, files = sitting.opener(paths), seen(paths or [shipped("corpus")])
        before, after = Counts.of(sitting.bot), Counts.of(bot)
    except ChatbotError as error:
        return [note(f"{error}\nThe documents open are as they were.")]
    except KeyboardInterrupt:
        return [note("The documents open are as they were.")]
    said = list(changes(sitting.files, files))
    shown = [f"  {line}" for line in said[:_MOST_LISTED]]
    if len(said) > _MOST_LISTED:
        shown.append(f"  … and {len(said) - _MOST_LISTED:,} more")
    sitting.bot, sitting.corpus, sitting.files = bot, tuple(paths), files
    sitting.corpus_name = name_of(paths, sitting.settings)
    counts = f"{before.worded()} → {after.worded()}" if before != after else after.worded()
    left_out = [note(f"Left out: {each.problem}") for each in bot.skipped[:_MOST_LISTED]]
    return [
        note("\n".join([f"{sitting.corpus_name}: {counts}", *(shown or ["  no file changed"])])),
        *left_out,
        Restyled(),
    ]


def _with(sitting: "Sitting", named: str) -> tuple[Path, ...]:
    added = Path(os.path.abspath(place_of(named, sitting.settings)))
    paths = _open_paths(sitting)
    if added in map(Path.absolute, paths):
        raise ChatbotError(f"{named} is open already; /reload reads it again.")
    if not corpus_files([added]):
        raise nothing_readable([added], ())
    return (*paths, added)


def _without(sitting: "Sitting", named: str) -> tuple[Path, ...]:
    paths = _open_paths(sitting)
    absolute = Path(os.path.abspath(Path(named).expanduser()))
    dropped = [path for path in paths if path.absolute() == absolute or name_of((path,), sitting.settings) == named]
    if not dropped:
        names = ", ".join(name_of((path,), sitting.settings) for path in paths)
        raise ChatbotError(f"{named} is not among what is open: {names}.")
    left = tuple(path for path in paths if path not in dropped)
    if not left:
        raise ChatbotError(f"{named} is all that is open. /corpus add something else first.")
    return () if left == (shipped("corpus"),) else left


def _open_paths(sitting: "Sitting") -> tuple[Path, ...]:
    return sitting.corpus or (shipped("corpus"),)


def _listed(sitting: "Sitting") -> Iterator[Block]:
    bot = sitting.bot
    rows = tuple((name_of((path,), sitting.settings), str(path)) for path in _open_paths(sitting))
    yield Table(("open", "where"), rows)
    yield _documents(bot)
    for skipped in bot.skipped:
        yield note(f"Left out: {skipped.problem}")
    corpora = sitting.settings.corpora
    if corpora:
        yield Table(("remembered", "where"), tuple((name, str(path)) for name, path in corpora.items()))
    else:
        yield note("`chatbot use FOLDER` remembers a folder under a name.")


def _documents(bot: Chatbot) -> Block:
    titles = bot.knowledge.titles
    if len(titles) > _MOST_LISTED or bot.documents > len(titles):
        return note(f"{counted(bot.documents, 'document')} in all.")
    return Table(("document", "title"), tuple(titles.items()))
