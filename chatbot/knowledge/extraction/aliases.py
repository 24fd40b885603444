"""Aliases in prose: abbreviations in brackets, former and other names, names in other languages."""

import re
from collections.abc import Callable, Iterator

import msgspec

from chatbot.documents.model import Text
from chatbot.language.languages import LANGUAGES

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
          |(?:founded|established|formed|created|set\s+up|launched)(?:\s+(?:in|on)\s+(?:\d{{1,2}}\s+)?(?:\w+\s+)?\d{{4}})?\s+as
          |also\s+(?:known\s+as|called|named)|nicknamed|known\s+locally\s+as|better\s+known\s+as|aka))\s+
        (?:simply\s+|as\s+)?(?:the\s+|The\s+)?[“"'‘]?(?P<name>{_NAME})""",
    re.VERBOSE,
)
_FORMER = re.compile(
    r"previously|formerly|originally|earlier|initially|once|renamed|until|before|at first|changed|former|"
    r"\b(?:founded|established|formed|created|set up|launched)\b.* as$",
    re.I,
)
#: After a name: "was called X until 1921 and then Y until 1958".
_UNTIL = re.compile(r"[”\"'’]?,?\s+(?:until|till|up\s+to|before)\b")
_DATE = r"(?P<date>(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?\d{4})"
_USED_UNTIL = re.compile(
    rf"[”\"'’]?(?:,?\s+(?:until|till|up\s+to)\s+|\s*(?:\([A-Z&]+\))?,?\s*\(?(?:from\s+)?\d{{4}}\s*(?:[–—-]|to)\s*){_DATE}"
)
_UNTIL_BEFORE = re.compile(rf"\b[Uu]ntil\s+{_DATE}\b")
_THEN = re.compile(
    rf"[”\"'’]?,?\s+(?:until|till|up\s+to)\s+[\w\s]{{4,20}}?,?\s+(?:and\s+)?(?:then|later|afterwards|after\s+that)\s+(?:as\s+)?"
    rf"(?:the\s+)?[“\"'‘]?(?P<name>{_NAME})(?=[”\"'’]?,?\s+(?:until|till|up\s+to)\b)"
)
_FORMERLY = re.compile(r"(?:formerly|previously|originally)(?:\s+(?:known\s+as|called|named))?", re.I)
_LANGUAGE = rf"(?P<language>{'|'.join(sorted(LANGUAGES))})"
_FOREIGN = r"[“\"'‘«]?(?P<name>[^\W\d_][^.,;:()“”\"»]{1,120}?)"
_ENDS = r"(?=\s*(?:[.,;:()“”\"»]|$|\s(?:and|or)\s+in\s))"
_CALLED = r"(?:called|named|known\s+as|titled|referred\s+to\s+as)"
#: "(French: Département ...)", "(in French: ...)", and the sentences that say the same.
_IN_BRACKETS = re.compile(rf"(?:[(;]\s*|,\s+)(?:in\s+)?{_LANGUAGE}\s*(?::|\bname:)\s+{_FOREIGN}(?=\s*[,;)])")
_IN_SENTENCES = (
    re.compile(
        rf"\b[Ii]n\s+{_LANGUAGE},?\s+(?:the\s+[\w\s]{{1,40}}?|it|its\s+name)\s+(?:is|was)\s+(?:also\s+)?(?:{_CALLED}\s+)?{_FOREIGN}{_ENDS}"
    ),
    re.compile(rf"\b(?:known|called|named|referred\s+to)\s+in\s+{_LANGUAGE}\s+as\s+{_FOREIGN}{_ENDS}"),
    re.compile(rf"\b{_CALLED}\s+{_FOREIGN}\s+in\s+{_LANGUAGE}\b"),
    re.compile(rf"\b{_LANGUAGE}\s+(?:name|title|designation)\s+(?:is|was|being|reads)\s+{_FOREIGN}{_ENDS}"),
)
_OF_NAME = re.compile(
    rf"(?:\b{_LANGUAGE}\s+(?:name|title|designation)\b|\b(?:name|title|called)\s+\(?in\s+{_LANGUAGE.replace('language', 'other')}\b)",
    re.I,
)
_AS = re.compile(rf"\bas\s+(?:the\s+)?(?P<name>{_NAME})")


class Alias(msgspec.Struct, frozen=True):
    """Another name: which, where it stands in the text, of what kind, and of what.

    `long` is the span of the full name beside it, or None where the document's subject is meant.
    """

    short: Span
    long: Span | None
    kind: str
    """ "abbreviation", "former name", "other name" or "foreign name"."""
    language: str = ""
    """Of a foreign name: "French"."""
    until: Span | None = None
    """Of a former name: where the text says until when it was used."""


def abbreviations_in(text: Text) -> Iterator[Alias]:
    """The abbreviations that stand beside their long form."""
    for match in _BRACKETS.finditer(text.text):
        found = _abbreviation(text.text, match)
        if found is not None:
            yield found


def aliases_in(text: Text) -> Iterator[Alias]:
    """Every alias that a paragraph declares, in order."""
    yield from abbreviations_in(text)
    yield from _foreign_names(text.text)
    for match in _NAMED.finditer(text.text):
        sentence = re.split(r"[.;]\s", text.text[: match.end("how")])[-1]
        is_former = _FORMER.search(sentence) or _UNTIL.match(text.text, match.end())
        if is_former:
            yield former_name(text.text, match.span("name"))
        else:
            yield Alias(match.span("name"), None, "other name")
        following = _THEN.match(text.text, match.end())
        if following is not None:
            yield former_name(text.text, following.span("name"))


def former_name(text: str, name: Span) -> Alias:
    """A former name, and until when it was used, where the text tells: "until 1952 it was called X", "X (1874-1931)"."""
    after = _USED_UNTIL.match(text, name[1])
    before = _UNTIL_BEFORE.search(text, max(text.rfind(". ", 0, name[0]), 0), name[0]) if after is None else None
    found = after or before
    return Alias(name, None, "former name", until=found.span("date") if found else None)


def language_of(header: str) -> str:
    """The language of which a header says that it has a name: "French name", "Name in Welsh"; "" for others."""
    match = _OF_NAME.search(header)
    return (match["language"] or match["other"]).capitalize() if match else ""


def is_of_former_name(header: str) -> bool:
    """Whether an adverb alone heads a former name: "Formerly", "Previously known as"."""
    return _FORMERLY.fullmatch(header.strip(" :")) is not None


def name_within(text: str) -> Span | None:
    """Where "(as Wexford Tanners)" beside a date says under which name something began."""
    match = _AS.search(text)
    return match.span("name") if match else None


def _foreign_names(text: str) -> Iterator[Alias]:
    for pattern in (_IN_BRACKETS, *_IN_SENTENCES):
        for match in pattern.finditer(text):
            yield Alias(match.span("name"), None, "foreign name", match["language"])


def _abbreviation(text: str, brackets: re.Match[str]) -> Alias | None:
    """ "Long Form (SHORT)" or "SHORT (Long Form)" (A. S. Schwartz, M. A. Hearst 2003)."""
    inside, start = brackets.group(1).strip(), brackets.start(1)
    inside = re.sub(r"^or\s+", "", inside)
    start = text.index(inside, start)
    if _SHORT.match(inside) and sum(c.isupper() for c in inside) >= 2:
        before = text[: brackets.start()].rstrip()
        begin = _long_form(inside, before)
        if begin is None:
            begin = _name_by_initials(inside, before)
        if begin is not None:
            end = len(text[: brackets.start()].rstrip())
            return Alias((start, start + len(inside)), (begin, end), "abbreviation")
        return None
    short = re.search(r"([A-Z][\w&.\-]{1,11})\s*$", text[: brackets.start()])
    if short and sum(c.isupper() for c in short.group(1)) >= 2 and _long_form(short.group(1), inside) == 0:
        return Alias(short.span(1), (start, start + len(inside)), "abbreviation")
    return None


def _name_by_initials(short: str, before: str) -> int | None:
    """Where the name begins whose initials are those of `short` but for one: "UN African Union Hybrid Operation in Darfur"
    is UNAMID, though no word of it begins with an M. Only a name right before the brackets is meant, and the first and
    the last letter must fit."""
    if len(short) < 5 or not short.isalpha() or not short.isupper():
        return None
    name = re.search(rf"{_NAME}$", before)
    if name is None:
        return None
    words = [(name.start() + match.start(), match.group()) for match in re.finditer(r"[^\s\-]+", name.group())]
    for number in range(len(words) - 2, -1, -1):
        begin, first = words[number]
        initials = "".join(word if word.isupper() else word[0].upper() for _, word in words[number:])
        if first[0] == short[0] and initials[-1] == short[-1] and _in_order(short, initials) >= len(short) - 1:
            return begin
    return None


def _in_order(letters: str, others: str) -> int:
    """How many of the letters stand among the others in the same order (the longest common subsequence)."""
    row = [0] * (len(others) + 1)
    for letter in letters:
        last, row = row, [0] * (len(others) + 1)
        for at, other in enumerate(others, 1):
            row[at] = last[at - 1] + 1 if letter == other else max(last[at], row[at - 1])
    return row[-1]


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
