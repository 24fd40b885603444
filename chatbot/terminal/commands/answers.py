"""Commands that look back at the last answer."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from chatbot.bot import THRESHOLD, Chatbot
from chatbot.errors import ChatbotError
from chatbot.intents.answering import CERTAIN
from chatbot.terminal.blocks import Block, Line, Opened, Prose, note
from chatbot.terminal.commands.registry import command
from chatbot.terminal.exporting import place
from chatbot.terminal.quoting import Around, address, around, is_as_quoted, is_text, line_of
from chatbot.values import Answer, Citation, Slot

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_NOTHING = note("Nothing has been asked yet.")
_NO_DOCUMENT = note("The last answer rests on no document.")
_CONTEXT = 2
"""Lines shown before and after a single quote."""
_COLUMN = 12
_INDENT = "    "


def _numbers(sitting: "Sitting") -> Iterable[str]:
    return map(str, range(1, len(_places(sitting)) + 1))


@command("/sources", "[n]", lambda sitting: map(str, range(1, len(_cited(sitting)) + 1)))
def sources(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Quote what the last answer rests on, or its nth source.

    /sources 2 shows the second with the lines of the document around it.
    """
    if sitting.last is None:
        return [_NOTHING]
    cited = sitting.last.citations
    if not cited:
        return [_NO_DOCUMENT]
    number = _number(rest, len(cited))
    if rest and number is None:
        return [note(_out_of_range("/sources", rest, len(cited), "source"))]
    shown = list(enumerate(cited, 1)) if number is None else [(number, cited[number - 1])]
    lines = 0 if number is None else _CONTEXT
    return [Prose(tuple(_source(sitting.bot, sitting.last, at, each, lines))) for at, each in shown]


@command("/open", "n", _numbers)
def open_(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """Open the nth source, or the nth passage found.

    The numbers are those of the last answer's sources; after /search, those of the passages it showed.
    """
    places = _places(sitting)
    if not places:
        return [_NOTHING if sitting.last is None else _NO_DOCUMENT]
    number = 1 if not rest and len(places) == 1 else _number(rest, len(places))
    if number is None:
        return [note(_out_of_range("/open", rest, len(places), "passage" if sitting.found else "source"))]
    document, start, where = places[number - 1]
    try:
        path = sitting.bot.file(document)
        if not is_text(path):
            return [note(f"{path}{f', {where}' if where else ''}: the program it was made with opens it.")]
        line = line_of(sitting.bot, document, start)
    except ChatbotError as error:
        return [note(str(error))]
    return [Opened(path, line), note(f"{path}:{line}")]


@command("/why")
def why(sitting: "Sitting", rest: str) -> Sequence[Block]:
    """How the last answer came about, and how sure it is."""
    if sitting.last is None:
        return [_NOTHING]
    answer = sitting.last
    asked = answer.asked or answer.question
    facts = [
        ("asked", asked),
        ("understood", answer.question if answer.question != asked else ""),
        ("kind", answer.kind),
        ("intent", answer.intent or ""),
        ("slots", ", ".join(map(_described, answer.slots))),
        ("plan", answer.plan or ""),
        ("confidence", f"{answer.confidence:.2f}, {_sureness(answer)}"),
        *(("evidence" if number == 0 else "", line) for number, line in enumerate(answer.why)),
        ("elapsed", f"{answer.elapsed_ms:.1f} ms"),
    ]
    return [Prose(tuple(_fact(name, " ".join(fact.split())) for name, fact in facts if fact))]


def _cited(sitting: "Sitting") -> tuple[Citation, ...]:
    return () if sitting.last is None else sitting.last.citations


def _places(sitting: "Sitting") -> list[tuple[str, int, str]]:
    """What /open counts: document, character and, in a file of pages or cells, the place."""
    if sitting.found:
        return [(passage.document, passage.sentences[0].start, "") for passage in sitting.found]
    return [(each.document, each.start, each.place) for each in _cited(sitting)]


def _number(text: str, most: int) -> int | None:
    """A number from 1 to the most; None for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number and 1 <= int(text) <= most else None


def _out_of_range(name: str, rest: str, most: int, noun: str) -> str:
    given = f", not “{rest}”" if rest else ""
    if most == 1:
        return f"There is 1 {noun}: {name} 1{given}."
    return f"There are {most} {noun}s: {name} takes a number from 1 to {most}{given}."


def _source(bot: Chatbot, answer: Answer, number: int, citation: Citation, lines: int) -> Iterator[Line]:
    """One source; of a document that is gone or changed, what was quoted from it."""
    near, where = Around(), f"characters {citation.start}–{citation.end}"
    try:
        line = line_of(bot, citation.document, citation.start)
        if is_as_quoted(bot, citation):
            where = f"line {line}, {where}"
            near = around(bot, citation, lines) if lines else near
        else:
            where += "; the document has changed since"
    except ChatbotError as error:
        where += f"; {error}"
    yield Line(
        (("number", f"[{number}] "), ("source", place(citation))),
        "",
        _INDENT,
        address(bot, citation.document, citation.start),
    )
    yield Line((("hint", where),), _INDENT, _INDENT)
    yield from (_context(line) for line in near.before)
    yield from _quote(citation.quote, near)
    yield from (_context(line) for line in near.after)
    if backed := "; ".join(f"“{' '.join(answer.text[start:end].split())}”" for start, end in citation.supports):
        yield Line((("hint", f"backs {backed}"),), _INDENT, _INDENT)


def _quote(quote: str, near: Around) -> Iterator[Line]:
    """The quote, set apart from the rest of its lines."""
    first, *others = f"“{quote}”".splitlines()
    parted = [[("hint", near.opening), ("", first)], *([("", line)] for line in others)]
    parted[-1].append(("hint", near.closing.rstrip("\r")))
    for fragments in parted:
        yield Line(tuple(pair for pair in fragments if pair[1]), _INDENT, _INDENT)


def _context(line: str) -> Line:
    return Line((("hint", line.rstrip("\r")),), _INDENT, _INDENT)


def _fact(name: str, fact: str) -> Line:
    return Line((("hint", f"{name:<{_COLUMN}}"), ("", fact)), "", " " * _COLUMN)


def _described(slot: Slot) -> str:
    meaning = f" = {slot.value}" if slot.value and slot.value != slot.text else ""
    return f"{slot.type} “{slot.text}”{meaning}"


def _sureness(answer: Answer) -> str:
    if answer.kind == "unknown":
        return "nothing near was found" if answer.confidence == 0 else "too unsure to be shown"
    if answer.confidence >= CERTAIN:
        return "sure"
    return "likely" if answer.confidence >= (CERTAIN + THRESHOLD) / 2 else "unsure"
