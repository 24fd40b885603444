"""What changed in the files of a corpus between two looks at it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from chatbot.documents.loading import corpus_files
from chatbot.errors import CorpusError
from chatbot.retrieval.manifest import State, state_of

Seen = Mapping[str, State]
"""Each file by name, as it was."""


def seen(paths: Sequence[Path]) -> Seen:
    """The files of these folders as they are now; none where a folder is gone."""
    try:
        return {file.name: state_of(file.path) for file in corpus_files(paths)}
    except CorpusError:
        return {}


def changes(before: Seen, now: Seen) -> Iterator[str]:
    """A line for each file that is new, gone or changed, by name."""
    for name in sorted(before.keys() | now.keys()):
        if name not in before:
            yield f"{name} is new"
        elif name not in now:
            yield f"{name} is gone"
        elif (before[name].size, before[name].modified) != (now[name].size, now[name].modified):
            yield f"{name} changed"
