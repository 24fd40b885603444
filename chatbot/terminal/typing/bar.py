"""The bar at the bottom: corpus, passages, what the conversation is about, time of the last answer."""

from prompt_toolkit.utils import get_cwidth

from chatbot.terminal.counts import counted
from chatbot.values import Answer

_NAMES = ("entity", "person", "holder", "office", "organization", "place")


def bar(corpus: str, passages: int | None, last: Answer | None, mode: str, width: int) -> str:
    """One line of at most `width` columns; what tells least is left out first where it is narrow.

    >>> bar("shipped", 210, None, "", 80)
    ' shipped · 210 passages · /help'
    >>> bar("shipped", 210, None, "", 12)
    ' shipped'
    """
    about = subject(last)
    parts = [  # in order, each with how much it is worth
        (corpus, 4),
        (counted(passages, "passage") if passages is not None else "", 1),
        (about, 3),
        ("" if last is None else f"{last.elapsed_ms:.1f} ms", 2),
        (mode, 5),
        ("/help" if last is None else "", 0),
    ]
    parts = [(text, worth) for text, worth in parts if text]
    while len(parts) > 1 and get_cwidth(_joined(parts)) > width:
        parts.remove(min(parts, key=lambda part: part[1]))
    return _cut(_joined(parts), width)


def subject(answer: Answer | None) -> str:
    """What the last answer spoke of: the name asked about, else the one that was found."""
    if answer is None:
        return ""
    asked = [slot.value or slot.text for slot in answer.slots if slot.type in _NAMES]
    found = [value.text for value in answer.value if value.type in ("person", "organization", "place")]
    return next(iter((*found, *answer.entities, *asked)), "")


def _joined(parts: list[tuple[str, int]]) -> str:
    return " " + " · ".join(text for text, _ in parts)


def _cut(text: str, width: int) -> str:
    text = "".join(character for character in text if character.isprintable())
    while text and get_cwidth(text) > width:
        text = text[:-1]
    return text
