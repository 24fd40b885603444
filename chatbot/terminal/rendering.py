"""How an answer looks in a terminal: the answer, its sources in short, and both in full.

Everything here is a pure function. What it returns are `Fragments`, pairs (style class, text), the form that
prompt_toolkit prints in colour; `plain` joins them for every other output.
"""

import textwrap
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from chatbot.values import Answer, Citation, Slot

Fragments = list[tuple[str, str]]

#: Places shown under an answer; `/sources` and `--json` have them all.
SOURCES_SHOWN = 5
#: Characters of a quote, and of a place, in short, where the output has no width of its own.
QUOTE_LENGTH, PLACE_LENGTH = 100, 80

SOURCE, HINT, EMPHASIS = "class:source", "class:hint", "class:emphasis"

# Documents may hold escape sequences; a terminal must never obey them.
_CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10, 13)}


def plain(fragments: Fragments) -> str:
    return "".join(text for _, text in fragments)


def render(answer: Answer, width: int | None = None) -> str:
    """The answer's text and a line for each source with its quote shortened.

    `width` counts the columns of the terminal; None leaves lines as long as they are.
    """
    return plain(_text(answer, width) + _quoted_sources(answer, width) + _suggestions(answer, width))


def brief(answer: Answer, width: int | None = None) -> Fragments:
    """The answer's text and where it comes from, without quotes."""
    return _text(answer, width) + _places(answer, width) + _suggestions(answer, width)


def sources(answer: Answer, width: int | None = None) -> Fragments:
    """Every quote in full, with its document, its place and what it backs."""
    fragments: Fragments = []
    for number, citation in enumerate(answer.citations, 1):
        place = f"{_placed(citation.document, citation)}, characters {citation.start}–{citation.end}"
        fragments += _lines(SOURCE, f"[{number}] {_path((citation.title, *citation.section))} ({place})", width)
        fragments += _lines("", f"“{citation.quote}”", width, indent="    ")
        backed = "; ".join(f"“{answer.text[start:end]}”" for start, end in citation.supports)
        if backed:
            fragments += _lines(HINT, f"backs {backed}", width, indent="    ")
    return fragments


def explanation(answer: Answer, width: int | None = None) -> Fragments:
    """How the answer came about: what was understood, what was computed, how sure it is."""
    facts = [
        ("question", answer.question),
        ("kind", answer.kind),
        ("intent", answer.intent or ""),
        ("slots", ", ".join(_described(slot) for slot in answer.slots)),
        ("plan", answer.plan or ""),
        ("confidence", f"{answer.confidence:.2f}"),
        ("elapsed", f"{answer.elapsed_ms:.1f} ms"),
    ]
    fragments: Fragments = []
    for name, fact in facts:
        if fact:
            fragments += _lines("", f"{name:<11} {fact}", width, hanging=" " * 12)
    for line in answer.why:
        fragments += _lines(HINT, line, width, indent="  ", hanging="    ")
    return fragments


def note(text: str, width: int | None = None) -> Fragments:
    """A word of the program itself, set apart from answers."""
    return _lines(HINT, text, width)


def counted(count: int, noun: str) -> str:
    """
    >>> counted(1, "document"), counted(2, "document")
    ('1 document', '2 documents')
    """
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _text(answer: Answer, width: int | None) -> Fragments:
    inked = _inked(answer.text)
    marked = {inked[at] for span in answer.highlights for at in range(*span) if at in inked}
    return list(_emphasised(_lines("", answer.text, width), marked))


def _inked(text: str) -> dict[int, int]:
    """Positions of the characters that are not white space → their numbers, which wrapping leaves as they are."""
    return {at: number for number, at in enumerate(at for at, c in enumerate(_clean(text)) if not c.isspace())}


def _emphasised(fragments: Fragments, marked: Collection[int]) -> Iterator[tuple[str, str]]:
    """The same text, parted where emphasis begins and ends; `marked` numbers characters, white space not counted."""
    number, is_marked = 0, False
    for style, text in fragments:
        start = 0
        for at, character in enumerate(text):
            if character.isspace():
                continue
            if (number in marked) != is_marked:
                if at > start:
                    yield (EMPHASIS if is_marked else style, text[start:at])
                start, is_marked = at, not is_marked
            number += 1
        yield (EMPHASIS if is_marked else style, text[start:])


def _suggestions(answer: Answer, width: int | None) -> Fragments:
    if answer.kind not in ("unknown", "clarification") or not answer.suggestions:
        return []
    heading = "Did you mean:" if answer.kind == "clarification" else "Perhaps of use:"
    fragments = _lines(HINT, heading, width, indent="  ")
    for suggestion in answer.suggestions:
        fragments += _lines(HINT, f"- {suggestion}", width, indent="  ", hanging="    ")
    return fragments


def _places(answer: Answer, width: int | None) -> Fragments:
    """One line for consecutive citations of one place: "[1-3] title › section"."""
    numbered = groupby(enumerate(answer.citations, 1), key=lambda pair: _heading(pair[1]))
    places = [(heading, [number for number, _ in group]) for heading, group in numbered]
    fragments: Fragments = []
    for heading, numbers in places[:SOURCES_SHOWN]:
        label = f"  [{numbers[0]}] " if len(numbers) == 1 else f"  [{numbers[0]}-{numbers[-1]}] "
        room = PLACE_LENGTH if width is None else max(width - len(label), 20)
        fragments.append((SOURCE, _clean(f"{label}{_shortened(heading, room)}\n")))
    return fragments + _left_out(len(places))


def _quoted_sources(answer: Answer, width: int | None) -> Fragments:
    fragments: Fragments = []
    for number, citation in enumerate(answer.citations[:SOURCES_SHOWN], 1):
        place = f"  [{number}] {_path((_placed(citation.document, citation), *citation.section))}: "
        room = QUOTE_LENGTH if width is None else max(width - len(place) - 2, 20)
        fragments.append((SOURCE, _clean(f"{place}“{_shortened(citation.quote, room)}”\n")))
    return fragments + _left_out(len(answer.citations))


def _left_out(count: int) -> Fragments:
    return [(HINT, f"  … and {count - SOURCES_SHOWN} more\n")] if count > SOURCES_SHOWN else []


def _heading(citation: Citation) -> str:
    return _path((_placed(citation.title, citation), *citation.section))


def _placed(name: str, citation: Citation) -> str:
    """The name of a document with the page, slide or cell that is cited, where it has such."""
    return f"{name}, {citation.place}" if citation.place else name


def _path(names: Iterable[str]) -> str:
    return " › ".join(" ".join(name.split()) for name in names)


def _described(slot: Slot) -> str:
    meaning = f" = {slot.value}" if slot.value and slot.value != slot.text else ""
    return f"{slot.type} “{slot.text}”{meaning}"


def _shortened(quote: str, room: int) -> str:
    """The quote on one line of at most `room` characters, cut between words where it can be."""
    line = " ".join(quote.split())
    if len(line) <= room:
        return line
    kept = line[: room - 1]
    before_space = kept.rpartition(" ")[0] if line[room - 1] != " " else kept
    return f"{(before_space or kept).rstrip()}…"


def _lines(style: str, text: str, width: int | None, indent: str = "", hanging: str | None = None) -> Fragments:
    """The text line by line, each wrapped between words; a word longer than a line stays whole."""
    hanging = indent if hanging is None else hanging
    lines: list[str] = []
    for line in _clean(text).expandtabs(4).splitlines() or [""]:
        if width is None or len(indent) + len(line) <= width:
            lines.append(indent + line)
            continue
        lines += textwrap.wrap(
            line,
            max(width, len(hanging) + 10),
            initial_indent=indent,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return [(style, "".join(f"{line}\n" for line in lines))]


def _clean(text: str) -> str:
    return text.translate(_CONTROLS)
