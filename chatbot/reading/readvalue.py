"""The value of a passage: the span that answers, where it is likely enough, and its place in the citation."""

import re
from collections.abc import Callable, Sequence

import msgspec

from chatbot.language.datetext import find_dates
from chatbot.language.numbers import find_quantities
from chatbot.reading.reader import Reading
from chatbot.reading.spans import best_spans
from chatbot.values import Citation, Quoted, Value, ValueType

_LEAST_CHANCE = 0.5
"""Likelihood below which no span stands out, and the whole text is the value."""


def read_value(question: str, reading: Reading, citations: Sequence[Citation], weight: Callable[[str], float]) -> Value:
    """The likeliest span of what was read, one citation a sentence, or all of it where none stands out."""
    sentences = [sentence.text for sentence in reading.sentences]
    read = reading.read or best_spans(question, sentences, reading.passage.title, weight)
    if read is None or read.spans[0].chance < _LEAST_CHANCE:
        return Value("text", reading.text)
    best = read.spans[0]
    number = reading.read_in if reading.read is not None else best.sentence
    if read.type == "number" and len(find_dates(sentences[number], None)) > 1:
        return Value("text", reading.text)  # of several dates each has a number of its own
    text = sentences[number][best.start : best.end]
    return msgspec.structs.replace(_typed(text, read.type), quoted=_quoted(text, best.start, citations[number]))


def _typed(text: str, wanted: ValueType) -> Value:
    """The text as a value of the type asked for, or as text where it is none."""
    if wanted == "date":
        dates = find_dates(text, None)
        return Value("date", text, edtf=dates[0].interval.edtf) if len(dates) == 1 else Value("text", text)
    if wanted == "number":
        numbers = find_quantities(text)
        if len(numbers) != 1 or numbers[0].unit == "days":
            return Value("text", text)
        return Value("number", text, number=numbers[0].number, unit=numbers[0].unit or None)
    return Value(wanted, text)


def _quoted(text: str, start: int, citation: Citation) -> Quoted | None:
    """Where the value stands in the quote of its sentence; None where the source writes it in another way."""
    pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
    found = pattern.search(citation.quote, max(0, start - len(text))) or pattern.search(citation.quote)
    return Quoted(citation.id, *found.span()) if found else None
