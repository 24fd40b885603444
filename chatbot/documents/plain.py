"""Plain text: paragraphs, lists, and what plainly is a heading."""

import re
from collections.abc import Sequence

from chatbot.documents.lines import BULLET, Span, add_lines, groups
from chatbot.documents.outline import Draft, Outline
from chatbot.documents.textmap import line_spans, text_at

_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,}|\*{3,}|#{3,})\s*")
_UNDERLINE_LEVELS = {"=": 1, "#": 1, "*": 1, "-": 2, "~": 3}
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)]?\s+(?P<text>[^\W\d_].*)")
_RULE = re.compile(r"\s*([-=_*~#])(?:\s*\1){2,}\s*")
_CAPITALS_LEVEL = 2
_LONE_LEVEL = 4
"""Of a line that only its place makes a heading: below all those that show their level."""
_MAX_HEADING = 80
_MAX_LONE_WORDS = 12


def read(source: str, *, with_title: bool = True) -> Draft:
    """Never fails. A first line that stands alone and ends no sentence is the title, if one is wanted."""
    outline = Outline(with_title=with_title)
    blocks = groups(source, line_spans(source))
    for position, lines in enumerate(blocks):
        if with_title and position == 0 and len(blocks) > 1 and _is_title(source, lines):
            outline.entitle(text_at(source, *lines[0]))
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        _add_group(outline, source, lines, following)
    return outline.draft()


def _is_title(source: str, lines: Sequence[Span]) -> bool:
    line = source[slice(*lines[0])].strip()
    is_short = len(lines) == 1 and len(line) <= _MAX_HEADING
    return is_short and line[-1] not in ".!?:;,|" and not BULLET.match(line) and line[0] not in "|-*"


def _add_group(outline: Outline, source: str, lines: list[Span], following: list[Span] | None) -> None:
    """Add the lines between two blank ones, headings among them."""
    pending: list[Span] = []
    position = 0
    while position < len(lines):
        start, end = lines[position]
        underline = _underline_level(source, lines, position)
        is_alone = len(lines) == 1
        level = underline or _heading_level(source, lines[position], is_alone, position == 0, following)
        if level:
            if pending:
                add_lines(outline, source, pending)
                pending = []
            outline.heading(level, text_at(source, start, end))
        elif not _RULE.fullmatch(source, start, end):
            pending.append((start, end))
        position += 2 if underline else 1
    if pending:
        add_lines(outline, source, pending)


def _underline_level(source: str, lines: Sequence[Span], position: int) -> int:
    """The level of a line with a rule of about its own length below it, else 0."""
    if position + 1 == len(lines):
        return 0
    line, below = source[slice(*lines[position])].strip(), source[slice(*lines[position + 1])].strip()
    if not _UNDERLINE.fullmatch(below) or line.startswith("|") or not any(map(str.isalnum, line)):
        return 0
    return _UNDERLINE_LEVELS[below[0]] if len(below) >= 0.6 * len(line) and len(line) <= _MAX_HEADING else 0


def _heading_level(source: str, span: Span, is_alone: bool, is_first: bool, following: list[Span] | None) -> int:
    """The level of a heading in capitals, or of a numbered or lone one above something else; else 0."""
    line = source[slice(*span)].strip()
    if len(line) > _MAX_HEADING or line[-1] in ".!?;,|" or line[0] in "|-*":
        return 0
    letters = [c for c in line if c.isalpha()]
    if is_first and len(letters) > 3 and all(c.isupper() for c in letters) and ": " not in line:
        return _CAPITALS_LEVEL
    if not is_alone or following is None:
        return 0
    numbered = _NUMBERED.fullmatch(line)
    if numbered is None:
        return _LONE_LEVEL if _opens_section(source, span, following) else 0
    depth = numbered["number"].count(".") + 1
    after = _NUMBERED.fullmatch(source[slice(*following[0])].strip())
    is_list = after is not None and after["number"].count(".") + 1 <= depth
    return 0 if is_list else depth + 1


def _opens_section(source: str, span: Span, following: Sequence[Span]) -> bool:
    """Whether a lone line reads as the heading of what follows: few words, no sentence, above sentences."""
    line = source[slice(*span)].strip()
    is_name = line[0].isupper() or line[0].isdigit()
    ends_sentence = source[slice(*following[-1])].rstrip()[-1:] in '.!?"”)'
    is_short = len(line.split()) <= _MAX_LONE_WORDS
    return is_name and is_short and _is_title(source, [span]) and ends_sentence
