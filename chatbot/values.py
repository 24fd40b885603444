"""The plain values that travel between the rooms: a question, a conversation, an answer and what proves it.

All are immutable `msgspec.Struct`s: they are checked when read from JSON, cost nothing to import,
and no room below this one is needed to understand them. Dates travel as EDTF strings (ISO 8601-2).
"""

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

Kind = Literal["fact", "passage", "clarification", "unknown", "small_talk"]
ValueType = Literal["person", "organization", "place", "date", "duration", "number", "boolean", "text"]

#: Says of a document (its path as citations give it) whether the asker may see it.
DocumentFilter = Callable[[str], bool]


class Quoted(msgspec.Struct, frozen=True):
    """Where a value stands in a citation: `quote[start:end]`."""

    citation: str
    """Its id, "c1"."""
    start: int
    end: int


class Value(msgspec.Struct, frozen=True, omit_defaults=True):
    """One typed value that was asked for; `text` is how the answer words it."""

    type: ValueType
    text: str
    edtf: str | None = None
    """Dates and terms, in EDTF: "2005-03", "2000-10-01/2008-06-30", "2017-04-01/..", "199X"."""
    days: int | None = None
    """Durations, in days."""
    number: float | int | None = None
    unit: str | None = None
    """Unit of a number: "%", "USD", "people", "m" ..."""
    boolean: bool | None = None
    quoted: Quoted | None = None
    """Of a value read from a passage: where it stands."""


class Citation(msgspec.Struct, frozen=True, omit_defaults=True):
    """The very characters an answer rests on: `source[start:end] == quote`."""

    id: str
    document: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    supports: tuple[tuple[int, int], ...]
    """Spans of the answer's text that this citation backs."""
    place: str = ""
    """Where in a file of pages, slides or cells it stands: "p. 3", "slide 2", "Sheet1!B4"; not in JSON when empty."""


class Slot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A typed piece of a question: a name, a date, a number, a property."""

    type: str
    text: str
    start: int
    end: int
    """Characters of the completed question, end excluded."""
    value: str = ""
    """Canonical form: entity id, EDTF, number."""


class Question(msgspec.Struct, frozen=True):
    """What the user typed, and the self-contained question it was completed to."""

    asked: str
    text: str
    today: date
    documents: DocumentFilter | None = None

    def may_see(self, document: str) -> bool:
        return self.documents is None or self.documents(document)


class Choice(msgspec.Struct, frozen=True):
    """One reading of a question that has several, as a clarification offers it."""

    label: str
    """What a person picks: "Kofi Annan", "2021"."""
    question: str
    """The self-contained question that is then asked."""


class Background(msgspec.Struct, frozen=True, kw_only=True):
    """How a reply came about, and what a follow-up may lean on."""

    intent: str | None = None
    sentence: int | None = None
    """Number of the intent's sentence that matched, from 0."""
    plan: str | None = None
    suggestions: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    entities: tuple[str, ...] = ()
    """Ids of the entities the reply speaks of, for pronouns that follow."""
    why: tuple[str, ...] = ()
    """Lines that explain how it came about, for `/why`."""
    choices: tuple[Choice, ...] = ()
    """Of a clarification: what may be meant, in the order in which the options are numbered."""


class Candidate(Background, frozen=True):
    """One answerer's proposal; the bot chooses among candidates by confidence."""

    kind: Kind
    text: str
    confidence: float
    value: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()


class Answer(Background, frozen=True):
    """The reply to one question."""

    question: str
    """As completed from the conversation."""
    text: str
    kind: Kind
    confidence: float = 0.0
    """Probability that it is right; of kind `unknown`, that the best of what is not shown would have been."""
    asked: str = ""
    """As typed."""
    value: tuple[Value, ...] = ()
    citations: tuple[Citation, ...] = ()
    elapsed_ms: float = 0.0

    @property
    def highlights(self) -> tuple[tuple[int, int], ...]:
        """Spans of `text` that hold the values read from passages."""
        cited = {citation.id: citation for citation in self.citations}
        quoted = ((value.text, cited.get(value.quoted.citation), value.quoted) for value in self.value if value.quoted)
        found = (_occurrence(self.text, text, citation, place) for text, citation, place in quoted if citation)
        return tuple(span for span in found if span is not None)

    def to_json(self) -> str:
        """One line of JSON, schema 1: what `--json` prints. Slots, entities and `why` stay inside."""
        names = (
            "question",
            "text",
            "kind",
            "confidence",
            "value",
            "citations",
            "intent",
            "plan",
            "suggestions",
        )
        fields = {"schema": 1, **{name: getattr(self, name) for name in names}}
        return msgspec.json.encode(fields | {"elapsed_ms": round(self.elapsed_ms, 3)}).decode()


def _occurrence(text: str, value: str, citation: Citation, place: Quoted) -> tuple[int, int] | None:
    """The occurrence of a value in what a citation backs of `text` that has as many before it as in the quote."""
    earlier = sum(citation.quote.startswith(value, at) for at in range(place.start))
    found = None
    for start, end in citation.supports[:1]:
        at = text.find(value, start, end)
        while at >= 0 and earlier >= 0:
            found = (at, at + len(value))
            at, earlier = text.find(value, at + 1, end), earlier - 1
    return found


class Conversation(msgspec.Struct, frozen=True):
    """The turns so far, each the answer that was given. Never changed: `after` returns the next conversation."""

    turns: tuple[Answer, ...] = ()

    def after(self, answer: Answer) -> "Conversation":
        return Conversation((*self.turns, answer))

    def undone(self) -> "Conversation":
        """The conversation before its last turn."""
        return Conversation(self.turns[:-1])

    def to_json(self) -> str:
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, text: str | bytes) -> "Conversation":
        """Raises `ValueError` when the text is not a conversation (`msgspec.ValidationError` is one)."""
        return msgspec.json.decode(text, type=cls)


Answerer = Callable[[Question, Conversation], Candidate | None]
