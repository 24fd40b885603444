"""The look of one answer: its text with the decisive words marked, where it comes from, and what to ask next."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from chatbot.terminal.blocks import Block, Line, Prose
from chatbot.terminal.controls import one_line
from chatbot.values import Answer, Citation

SOURCES_SHOWN = 5
"""Places shown under an answer; `/sources` and `--json` have them all."""
QUOTE_LENGTH, PLACE_LENGTH = 100, 80
"""Characters of a quote, and of a place, in short."""
SUGGESTIONS_SHOWN = 2
_BETWEEN_ITEMS = "; "
_LONG_LIST = 4
"""Items from which a list is shown line by line."""

Link = Callable[[Citation], str]
"""The address of a citation's place; "" where it has none."""


def unlinked(_: Citation) -> str:
    return ""


def answered(answer: Answer, link: Link = unlinked, *, asks_next: bool = False) -> Sequence[Block]:
    """The answer, then its places without quotes, then choices or where to look.

    `asks_next` is for somebody who reads along: a long list has a line for each item, and questions to ask next follow.
    """
    next_ = _next(answer) if asks_next else ()
    return [Prose((*_text(answer, in_lines=asks_next), *_places(answer, link), *_further(answer), *next_))]


def quoted(answer: Answer, width: int | None = None) -> Sequence[Block]:
    """The answer, and each source with its quote shortened to the line."""
    return [Prose((*_text(answer), *_quotes(answer, width), *_further(answer)))]


def decisive(answer: Answer) -> tuple[tuple[int, int], ...]:
    """Spans of the text that say what was asked: what was read in a passage, the values of a fact."""
    if answer.kind != "fact":
        return answer.highlights
    found, at = [], 0
    for value in answer.value:
        start = answer.text.find(value.text, at)
        if start >= 0:
            at = start + len(value.text)
            found.append((start, at))
    return tuple(found)


def heading(citation: Citation) -> str:
    """ "title, p. 3 › section"."""
    return path((placed(citation.title, citation), *citation.section))


def placed(name: str, citation: Citation) -> str:
    """The name of a document with the page, slide or cell that is cited, where it has such."""
    return f"{name}, {citation.place}" if citation.place else name


def path(names: Sequence[str]) -> str:
    return " › ".join(map(one_line, names))


def shortened(text: str, room: int) -> str:
    """The text on one line of at most `room` characters, cut between words where it can be."""
    line = one_line(text)
    if len(line) <= room:
        return line
    kept = line[: room - 1]
    before_space = kept.rpartition(" ")[0] if line[room - 1] != " " else kept
    return f"{(before_space or kept).rstrip()}…"


def _text(answer: Answer, in_lines: bool = False) -> Iterator[Line]:
    """Every line of the text, the decisive words apart; if wanted a line for each item of a long list."""
    parts = answer.text.split(_BETWEEN_ITEMS)
    is_listed = in_lines and answer.kind == "fact" and min(len(parts), len(answer.value)) >= _LONG_LIST
    border = _BETWEEN_ITEMS if is_listed else "\n"
    spans, start = sorted(decisive(answer)), 0
    for line in answer.text.split(border):
        end = start + len(line)
        indent = "  " if is_listed else ""
        yield Line(tuple(_marked(answer.text, start, end, spans)), indent, indent * 2)
        start = end + len(border)


def _marked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    at = start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first < last:
            yield "answer", text[at:first]
            yield "emphasis", text[first:last]
            at = last
    yield "answer", text[at:end]


def _places(answer: Answer, link: Link) -> Iterator[Line]:
    """One line for consecutive citations of one place: "[1-3] title › section"."""
    numbered = groupby(enumerate(answer.citations, 1), key=lambda pair: heading(pair[1]))
    places = [(name, [number for number, _ in group]) for name, group in numbered]
    for name, numbers in places[:SOURCES_SHOWN]:
        label = f"[{numbers[0]}] " if len(numbers) == 1 else f"[{numbers[0]}-{numbers[-1]}] "
        yield Line(
            (("source", label + shortened(name, PLACE_LENGTH)),), "  ", "      ", link(answer.citations[numbers[0] - 1])
        )
    yield from _left_out(len(places))


def _quotes(answer: Answer, width: int | None) -> Iterator[Line]:
    for number, citation in enumerate(answer.citations[:SOURCES_SHOWN], 1):
        place = f"[{number}] {path((placed(citation.document, citation), *citation.section))}: "
        room = QUOTE_LENGTH if width is None else max(width - len(place) - 4, 20)
        yield Line((("source", f"{place}“{shortened(citation.quote, room)}”"),), "  ", "      ")
    yield from _left_out(len(answer.citations))


def _left_out(count: int) -> Iterator[Line]:
    if count > SOURCES_SHOWN:
        yield Line((("hint", f"… and {count - SOURCES_SHOWN} more"),), "  ")


def _further(answer: Answer) -> Iterator[Line]:
    """Numbered choices of a clarification, where to look after an abstention."""
    if answer.kind == "clarification":
        labels = [choice.label for choice in answer.choices] or list(answer.suggestions)
        for number, label in enumerate(labels, 1):
            yield Line((("number", f"{number}  "), ("", one_line(label))), "  ", "     ")
    elif answer.kind == "unknown" and answer.suggestions:
        yield Line((("hint", "Perhaps of use:"),), "  ")
        for suggestion in answer.suggestions:
            yield Line((("hint", f"- {one_line(suggestion)}"),), "  ", "    ")


def _next(answer: Answer) -> Iterator[Line]:
    if answer.kind == "fact":
        for number, suggestion in enumerate(answer.suggestions[:SUGGESTIONS_SHOWN]):
            yield Line((("hint", f"{'          ' if number else 'Ask next: '}{one_line(suggestion)}"),), "  ", " " * 12)
