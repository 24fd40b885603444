"""The value of a passage: the span that answers, where it is likely enough, and its place in the citation."""

from collections.abc import Callable, Sequence

import msgspec

from chatbot.reading.reader import Reading
from chatbot.reading.spans import best_spans
from chatbot.values import Citation, Quoted, Value, ValueType

_LEAST_CHANCE = 0.2
"""Likelihood below which no span stands out, and the whole text is the value."""


class ReadValue(msgspec.Struct, frozen=True):
    """A span of one of the sentences shown."""

    text: str
    type: ValueType = "text"
    sentence: int = -1
    """Its number among the sentences, -1 for all of them together."""
    start: int = 0

    def cited(self, citations: Sequence[Citation]) -> Value:
        """The value, with its place in the quote of its sentence where the source writes it the same way."""
        if self.sentence < 0:
            return Value(self.type, self.text)
        citation = citations[self.sentence]
        at = citation.quote.find(self.text, max(0, self.start - len(self.text)))
        if at < 0:
            at = citation.quote.find(self.text)
        quoted = Quoted(citation.id, at, at + len(self.text)) if at >= 0 else None
        return Value(self.type, self.text, quoted=quoted)


def read_value(question: str, reading: Reading, weight: Callable[[str], float]) -> ReadValue:
    """The likeliest span of what was read, or all of it where none stands out."""
    sentences = [sentence.text for sentence in reading.sentences]
    read = best_spans(question, sentences, reading.passage.title, weight)
    if read is None or read.spans[0].chance < _LEAST_CHANCE:
        return ReadValue(reading.text)
    best = read.spans[0]
    return ReadValue(sentences[best.sentence][best.start : best.end], read.type, best.sentence, best.start)
