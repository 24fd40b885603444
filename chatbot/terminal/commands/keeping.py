"""Commands about the conversation as a whole: keep, resume, step back, copy, export."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.errors import ChatbotError
from chatbot.terminal import keeping
from chatbot.terminal.blocks import Block, Copied, Table, note, prose
from chatbot.terminal.commands.registry import command
from chatbot.terminal.controls import clean
from chatbot.terminal.counts import counted

if TYPE_CHECKING:
    from chatbot.terminal.keeping import Kept
    from chatbot.terminal.sitting import Sitting

_NOTHING = note("Nothing has been asked yet.")
_LIST = "list"


@command("/save", "[name]")
def save(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Keep the conversation, under a name or the time."""
    if sitting.last is None:
        return [_NOTHING]
    try:
        name = keeping.save(sitting, rest)
    except ChatbotError as error:
        return [note(str(error))]
    return [note(f"Kept as “{name}”; /resume {name} goes on with it.")]


def _kept_names(sitting: "Sitting") -> Iterable[str]:
    return (_LIST, *reversed(keeping.names(sitting.kept_in)))


@command("/resume", "[name|list]", _kept_names)
def resume(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Go on with a kept conversation, or list them."""
    if rest == _LIST:
        return _listed(sitting)
    try:
        kept = keeping.load(keeping.find(sitting.kept_in, rest)) if rest else _latest(sitting)
        if kept is None:
            return [note("No conversation is kept yet. /save keeps this one.")]
        before = keeping.keep(sitting)
    except ChatbotError as error:
        return [note(str(error))]
    sitting.conversation = sitting.kept = kept.conversation
    # A file from elsewhere is gone on with as a new one.
    sitting.kept_as = kept.name if kept.name in keeping.names(sitting.kept_in) else ""
    said = [f"This conversation is kept as “{before}”."] if before else []
    when = f"{kept.at.day} {kept.at:%B %Y, %H:%M}"
    said.append(f"Resumed “{kept.name}” of {when}: {counted(len(kept.conversation.turns), 'turn')}.")
    if kept.corpus != sitting.corpus_name:
        said.append(f"It was about {kept.corpus}; open now is {sitting.corpus_name}, from which new answers come.")
    return [note("\n".join(said)), *_last(sitting)]


def _latest(sitting: "Sitting") -> "Kept | None":
    found, _ = keeping.every(sitting.kept_in)
    return next((kept for kept in found if kept.conversation != sitting.conversation), None)


def _last(sitting: "Sitting") -> list[Block]:
    if sitting.last is None:
        return []
    return [note(f"Last asked: {sitting.last.asked or sitting.last.question}"), prose(sitting.last.text)]


def _listed(sitting: "Sitting") -> Sequence[Block]:
    found, problems = keeping.every(sitting.kept_in)
    rows = tuple(
        (kept.name, f"{kept.at:%Y-%m-%d %H:%M}", str(len(kept.conversation.turns)), kept.corpus, kept.first)
        for kept in found
    )
    header = ("name", "kept", "turns", "about", "first question")
    shown: list[Block] = [Table(header, rows, numeric=frozenset({2}))] if rows else [note("No conversation is kept.")]
    return [*shown, *map(note, problems)]


@command("/undo", "[n]")
def undo(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Take back the last question, or the last n."""
    if sitting.last is None:
        return [note("There is nothing to undo.")]
    count = _count(rest)
    if count is None:
        return [note(f"/undo takes a number of questions, not “{rest}”.")]
    taken = min(count, len(sitting.conversation.turns))
    for _ in range(taken):
        sitting.conversation = sitting.conversation.undone()
    said = note(f"{counted(taken, 'question')} taken back.")
    return [said, *(_last(sitting) or [note("The conversation begins anew.")])]


@command("/copy", "[n]")
def copy(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Copy the last answer with its sources."""
    turns, back = sitting.conversation.turns, _count(rest)
    if not turns:
        return [_NOTHING]
    if back is None or back > len(turns):
        return [note(f"/copy takes a number from 1, the last answer, to {len(turns)}, not “{rest}”.")]
    from chatbot.terminal.exporting import with_sources

    answer = turns[-back]
    sources = f" with {counted(len(answer.citations), 'source')}" if answer.citations else ""
    return [Copied(with_sources(answer)), note(f"Copied the answer to “{answer.asked or answer.question}”{sources}.")]


_FORMATS = ("md", "json", "html")


@command("/export", "md|json|html [file]", lambda _: _FORMATS)
def export(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Write the conversation with its sources to a file."""
    form, _, name = rest.partition(" ")
    if form not in _FORMATS:
        return [
            note(f"/export takes md, json or html, and then a file if you like{f', not “{form}”' if form else ''}.")
        ]
    if sitting.last is None:
        return [_NOTHING]
    from chatbot.terminal import exporting

    path = Path(name.strip()).expanduser() if name.strip() else exporting.free_name(sitting, form)
    if path.is_dir():
        return [note(f"{path} is a folder. Name a file in it.")]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(exporting.written(sitting, form))
    except FileExistsError:
        return [note(f"{path} exists already and is left as it is. Name another file: /export {form} FILE.")]
    except OSError as error:
        return [note(f"{path} cannot be written: {error.strerror}. Name another file: /export {form} FILE.")]
    return [note(f"Written to {clean(str(path))}: {counted(len(sitting.conversation.turns), 'question')}.")]


def _count(rest: str) -> int | None:
    """The number typed, 1 for none; None where it is no number from 1 on."""
    if not rest:
        return 1
    return int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 9 and int(rest) > 0 else None
