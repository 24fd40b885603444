"""What a store of passages takes and keeps: a corpus in parts, each analysed by itself and replaced as one.

A part is a whole file, or some neighbouring lines of a JSON Lines file. Everything that its passages say about places
counts from the part's own beginning, so that a part stays valid whatever changes before it in the file.
"""

import msgspec

from chatbot.documents.loading import CorpusFile
from chatbot.retrieval.passage import Passage, Sentence


class Part(msgspec.Struct, frozen=True):
    """What is added, replaced or deleted as one."""

    file: CorpusFile
    digest: bytes
    """Of its bytes, decompressed."""
    lines: bytes | None
    """Neighbouring lines as they stand in the decompressed file, line ends included: all but the last part end in
    "\\n", and the first begins with the byte order mark if there is one. None: the file is read whole, by its path."""


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """A passage as engines on disk take it."""

    terms: str
    """Its terms, one space between."""
    passage: bytes
    """See `pack`."""


class Batch(msgspec.Struct, frozen=True):
    """A part after its analysis."""

    passages: tuple[Packed, ...]
    """In the order of the source."""
    lines: int = 0
    """Line ends of the part as the reader of records counts lines; 0 for a whole file."""
    chars: int = 0
    """Characters of the decoded part; 0 for a whole file."""
    documents: int = 0
    problems: tuple[tuple[int, str], ...] = ()
    """What was left out: its line in the part, from 1 (0: the whole file), and why, in a sentence that does not begin
    with the place where it stands in the file ("Not JSON: …")."""
    stems: dict[str, str] = {}
    """Stems of words met here first, at least by this process."""


def pack(passage: Passage) -> Packed:
    """The passage, of a part: spans count the part's characters and `document` ends in "#3" for its third line."""
    record = passage.document.rpartition("#")[2]
    record = record if record.isdecimal() else ""  # a file may be called "report #3.md"
    kept = msgspec.structs.replace(passage, document=record)
    return Packed(" ".join(passage.terms), _ENCODER.encode(kept))


def unpack(packed: bytes, name: str, line: int = 0, char: int = 0) -> Passage:
    """The passage of a part of the file `name` before which the file has `line` lines and `char` characters."""
    passage = _DECODER.decode(packed)
    document = f"{name}#{int(passage.document) + line}" if passage.document else name
    sentences = passage.sentences
    if char:
        sentences = tuple(Sentence(s.text, s.start + char, s.end + char) for s in sentences)
    return msgspec.structs.replace(passage, document=document, sentences=sentences)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Passage)
