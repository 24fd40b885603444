"""The plain-text export of encyclopedias: `= Title =`, `== Section ==`, infobox bullets, barred rows."""

import re

from chatbot.documents.lines import BULLET, Span, add_lines, groups, list_items
from chatbot.documents.model import KeyValues
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.tabular import pair, pairs
from chatbot.documents.textmap import line_spans, text_at

HEADING = re.compile(r"[ \t]*(?P<marks>={1,6})[ \t]*(?P<text>[^=\s](?:.*?[^=\s])?)[ \t]*(?P=marks)[ \t]*")


def read(source: str) -> Draft:
    """Never fails: whatever is not recognised is a paragraph."""
    outline = Outline()
    title = ""
    pending: list[Span] = []
    for start, end in line_spans(source):
        heading = HEADING.fullmatch(source, start, end)
        if heading is None:
            pending.append((start, end))
            continue
        _add_section(outline, source, pending, title)
        pending = []
        outline.heading(len(heading["marks"]), text_at(source, *heading.span("text")))
        title = heading["text"] if len(heading["marks"]) == 1 else ""
    _add_section(outline, source, pending, title)
    return outline.draft()


def _add_section(outline: Outline, source: str, spans: list[Span], title: str) -> None:
    for position, lines in enumerate(groups(source, spans)):
        begins_infobox = position == 0 and title and source[slice(*lines[0])].strip() == title
        if begins_infobox and len(lines) > 1 and _add_infobox(outline, source, lines[1:]):
            continue
        add_lines(outline, source, lines)


def _add_infobox(outline: Outline, source: str, spans: list[Span]) -> bool:
    """Add the bullets under the repeated title as key-values; one without key continues the last value."""
    count = next((i for i, span in enumerate(spans) if not BULLET.match(source, *span)), len(spans))
    items, _ = list_items(source, spans[:count])
    depths = [int(pair(item) is None and not item.text.endswith(":")) for item in items]
    found = pairs(items, depths)
    if not found or depths[0]:
        return False
    outline.add(KeyValues((), found))
    if spans[count:]:
        add_lines(outline, source, spans[count:])
    return True
