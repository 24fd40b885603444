""" "See: Overview": the beginning of the section that a suggestion names."""

import re
from collections.abc import Mapping, Sequence

from chatbot.documents.model import SourceText
from chatbot.language.words import fold
from chatbot.retrieval.collection import Found
from chatbot.retrieval.passage import Passage
from chatbot.values import Candidate, Citation

_SEE = re.compile(r"^\s*see:\s*(?P<heading>\S.*?)\s*$", re.I)
_MOST_WORDS = 60
_SURE = 0.95


def heading_of(passage: Passage) -> str:
    """What a passage stands under: its section's heading, else the title of its document."""
    return passage.section[-1] if passage.section else passage.title


def pointer(passage: Passage) -> str:
    """The suggestion that leads to a passage: "See: Overview"."""
    return f"See: {heading_of(passage)}"


def heading_asked(text: str) -> str | None:
    """The heading that a suggestion taken up names; None for every other question.

    >>> heading_asked("See: Overview"), heading_asked("what do you see?")
    ('Overview', None)
    """
    found = _SEE.match(text)
    return found["heading"] if found else None


def beginning(heading: str, found: Sequence[Found], sources: Mapping[str, SourceText]) -> Candidate | None:
    """The first sentences under a heading, each cited; None where none of the passages found stands under it."""
    under = [hit.passage for hit in found if fold(heading_of(hit.passage)) == fold(heading)]
    if not under:
        return None
    passage = min(under, key=lambda each: (each.document != under[0].document, each.sentences[0].start))
    text, citations = "", list[Citation]()
    for number, sentence in enumerate(passage.sentences, 1):
        if text and len(f"{text} {sentence.text}".split()) > _MOST_WORDS:
            break
        start = len(text) + bool(text)
        text = f"{text} {sentence.text}".strip()
        quote = sources[passage.document][sentence.start : sentence.end]
        place = (passage.document, passage.title, passage.section, sentence.start, sentence.end)
        citations.append(Citation(f"c{number}", *place, quote, ((start, len(text)),)))
    return Candidate(
        "passage", text, _SURE, citations=tuple(citations), why=(f"the section “{heading}” was asked for",)
    )
