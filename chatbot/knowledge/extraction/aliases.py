"""Aliases in prose: abbreviations in brackets, former and other names."""

import re
from collections.abc import Callable, Iterator

import msgspec

from chatbot.documents.model import Text

Span = tuple[int, int]

_SHORT = re.compile(r"[A-Z0-9][\w&./\-]{1,11}$")
_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_WORD = r"(?:[\w'’&\-]|\.(?=\w))*"
_NAME = rf"(?:[A-ZÀ-Þ]{_WORD}(?:\s+(?:(?:of|the|and|for|in|on|de|la|le|du|des|von|van|&)\s+)+[A-ZÀ-Þ]{_WORD}|\s+[A-ZÀ-Þ0-9]{_WORD})*)"
_NAMED = re.compile(
    rf"""\b(?P<how>(?i:(?:previously|formerly|originally|earlier|initially|once)\s+(?:known\s+as|called|named|styled|titled)
          |(?:until\s+\S+\s+)?(?:was\s+)?(?:known|called)\s+(?:previously|formerly|originally|until\s+(?:\w+\s+)?\d{{4}})\s+as
          |(?:known|called)\s+(?:before\s+\d{{4}}\s+|until\s+(?:\w+\s+)?\d{{4}}\s+|at\s+first\s+)?as
          |renamed\s+from|(?:was|were)\s+(?:\w+ly\s+)?(?:known\s+as|called|named)|(?:formerly|previously|originally)(?=\s+(?:the\s+)?[“"']?(?-i:[A-Z]))
          |(?:changed|took)\s+its\s+name\s+from|succeeded\s+the\s+former
          |also\s+(?:known\s+as|called|named)|nicknamed|known\s+locally\s+as|better\s+known\s+as|aka))\s+
        (?:simply\s+|as\s+)?(?:the\s+|The\s+)?[“"'‘]?(?P<name>{_NAME})""",
    re.VERBOSE,
)
_FORMER = re.compile(
    r"previously|formerly|originally|earlier|initially|once|renamed|until|before|at first|changed|former",
    re.I,
)


class Alias(msgspec.Struct, frozen=True):
    """Another name: which, where it stands in the text, of what kind, and of what.

    `long` is the span of the full name beside it, or None where the document's subject is meant.
    """

    short: Span
    long: Span | None
    kind: str
    """ "abbreviation", "former name" or "other name"."""


def aliases_in(text: Text) -> Iterator[Alias]:
    """Every alias that a paragraph declares, in order."""
    for match in _BRACKETS.finditer(text.text):
        found = _abbreviation(text.text, match)
        if found is not None:
            yield found
    for match in _NAMED.finditer(text.text):
        sentence = re.split(r"[.;]\s", text.text[: match.end("how")])[-1]
        kind = "former name" if _FORMER.search(sentence) else "other name"
        yield Alias(match.span("name"), None, kind)


def _abbreviation(text: str, brackets: re.Match[str]) -> Alias | None:
    """ "Long Form (SHORT)" or "SHORT (Long Form)" (A. S. Schwartz, M. A. Hearst 2003)."""
    inside, start = brackets.group(1).strip(), brackets.start(1)
    inside = re.sub(r"^or\s+", "", inside)
    start = text.index(inside, start)
    if _SHORT.match(inside) and sum(c.isupper() for c in inside) >= 2:
        begin = _long_form(inside, text[: brackets.start()].rstrip())
        if begin is not None:
            end = len(text[: brackets.start()].rstrip())
            return Alias((start, start + len(inside)), (begin, end), "abbreviation")
        return None
    before = re.search(r"([A-Z][\w&.\-]{1,11})\s*$", text[: brackets.start()])
    if before and sum(c.isupper() for c in before.group(1)) >= 2 and _long_form(before.group(1), inside) == 0:
        return Alias(before.span(1), (start, start + len(inside)), "abbreviation")
    return None


def _long_form(short: str, before: str) -> int | None:
    """Where in `before` the long form of `short` begins, or None: its letters matched from the right, the first at
    the start of a word, within min(|A| + 5, 2|A|) words. A capital begins the long form where one can."""
    for starts in (str.isupper, str.isalnum):
        begin = _matched(short, before, starts)
        if begin is not None:
            return begin
    return None


def _matched(short: str, before: str, starts: Callable[[str], bool]) -> int | None:
    letters = [c.lower() for c in short if c.isalnum()]
    most = min(len(letters) + 5, len(letters) * 2)
    position = len(before) - 1
    for place, letter in reversed(list(enumerate(letters))):
        while position >= 0 and not _fits(before, position, letter, starts if place == 0 else None):
            position -= 1
        if position < 0:
            return None
        position -= 1
    begin = before.rfind(" ", 0, position + 1) + 1
    long = before[begin:]
    if not 2 <= len(re.split(r"[\s\-]+", long)) <= most or len(long) <= len(short) or re.search(r"[.;:!?]\s", long):
        return None
    return begin + (4 if long.lower().startswith("the ") else 0)


def _fits(text: str, position: int, letter: str, starts: Callable[[str], bool] | None) -> bool:
    if text[position].lower() != letter:
        return False
    return starts is None or (starts(text[position]) and (position == 0 or not text[position - 1].isalnum()))
