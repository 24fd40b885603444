"""Looking back: what is asked about the last answer itself ("why?", "are you sure?", "say that again", "shorter").

Answered from the conversation alone, with the citations that the last answer had.
"""

import re
from collections.abc import Sequence

from msgspec import structs

from chatbot.values import Answer, Candidate, Citation, Conversation, Question, Value

_POLITE = r"(?:\s*[,.]?\s*(?:please|pls|then|now|exactly|again))*\W*"
_AGAIN = re.compile(
    rf"^\W*(?:(?:please\s+|can\s+you\s+|could\s+you\s+)?(?:say|tell\s+me|give\s+me)\s+(?:that|it|this)\s+(?:again|once\s+more)"
    rf"|(?:please\s+|can\s+you\s+|could\s+you\s+)?repeat(?:\s+(?:that|it|this|please))?|again|once\s+more|come\s+again|pardon(?:\s+me)?|what\s+did\s+you\s+say"
    rf"|sorry\s*\?+|what\s+was\s+that){_POLITE}$",
    re.I,
)
_SHORTER = re.compile(
    rf"^\W*(?:(?:make\s+it\s+|say\s+it\s+|a\s+bit\s+|even\s+|in\s+)?(?:shorter|short|brief(?:ly|er)?|a\s+word)|(?:just|only)\s+the\s+(?:name|names|answer|number|date)|"
    rf"(?:the\s+)?short\s+(?:version|answer|form)|tl;?dr|be\s+brief|keep\s+it\s+short|too\s+long){_POLITE}$",
    re.I,
)
_WHY = re.compile(
    rf"^\W*(?:and\s+|but\s+)?(?:why(?:\s+(?:is|do\s+you\s+say|do\s+you\s+think)\s+(?:that|so|this))?|how\s+come|how\s+do\s+you\s+know(?:\s+(?:that|this|it))?|how\s+would\s+you\s+know|"
    rf"says\s+who|who\s+says(?:\s+(?:that|so))?|according\s+to\s+(?:what|whom|who)|where\s+(?:does\s+it\s+say|is|did\s+you\s+(?:find|get|read))\s+(?:that|this|it)(?:\s+(?:from|written|said))?|"
    rf"where\s+is\s+that\s+(?:written|from)|what(?:['’]s|\s+is|\s+are)\s+(?:your|the)\s+(?:sources?|evidence|proof)(?:\s+(?:for|of)\s+(?:that|this|it))?|(?:the\s+)?sources?|(?:any\s+)?evidence|prove\s+it|show\s+me(?:\s+(?:the\s+)?(?:source|evidence|proof))?){_POLITE}$",
    re.I,
)
_SURE = re.compile(
    rf"^\W*(?:(?:are|r)\s+(?:you|u)\s+(?:really\s+|quite\s+|absolutely\s+)?(?:sure|certain|positive|serious)(?:\s+(?:about|of)\s+(?:that|this|it))?|really|seriously|is\s+that\s+(?:really\s+)?(?:true|right|correct|so)|"
    rf"(?:you\s+)?sure|certain|no\s+way|can\s+(?:i|we)\s+(?:trust|rely\s+on)\s+(?:that|this|it)){_POLITE}$",
    re.I,
)
_QUOTES, _LONGEST, _LONGEST_PLACE = 3, 160, 60
"""Quotes that are given as evidence, and the characters of each and of where it stands."""
_CERTAIN = 0.9


def looking_back(question: Question, conversation: Conversation) -> Candidate | None:
    """The answerer of questions about the last answer; None for every other question."""
    turns = reversed(conversation.turns)
    last = next((t for t in turns if t.kind != "small_talk" and not is_looking_back(t.asked)), None)
    if last is None:
        return None
    if _AGAIN.match(question.asked):
        return _said(last, last.text, last.citations)
    if _SHORTER.match(question.asked):
        return _shortened(last)
    if _SURE.match(question.asked):
        return _evidence(last, _assurance(last))
    return _evidence(last, "") if _WHY.match(question.asked) else None


def is_looking_back(text: str) -> bool:
    """Whether a text asks about the last answer rather than the documents.

    >>> is_looking_back("how do you know?"), is_looking_back("how do they know?")
    (True, False)
    """
    return any(pattern.match(text) for pattern in (_AGAIN, _SHORTER, _WHY, _SURE))


def _said(last: Answer, text: str, citations: Sequence[Citation]) -> Candidate:
    fields = {name: getattr(last, name) for name in ("kind", "value", "intent", "plan", "slots", "entities", "choices")}
    return Candidate(
        text=text, confidence=max(last.confidence, _CERTAIN), citations=tuple(citations), suggestions=last.suggestions, why=last.why, **fields
    )  # fmt: skip


def _shortened(last: Answer) -> Candidate:
    """What was asked for and no more; a passage's decisive words, else its first sentence."""
    if last.value and last.kind in ("fact", "passage"):
        text, citations = "", []
        for value in last.value:
            start = len(text) + (2 if text else 0)
            text += ("; " if text else "") + value.text
            citations.append((start, len(text), value))
        return _said(last, text + ".", _backed(last, citations))
    first = re.split(r"(?<=[.!?])\s", last.text, maxsplit=1)[0]
    spans = [structs.replace(c, supports=tuple(s for s in c.supports if s[1] <= len(first))) for c in last.citations]
    return _said(last, first, [citation for citation in spans if citation.supports])


def _backed(last: Answer, values: Sequence[tuple[int, int, Value]]) -> list[Citation]:
    """The citations whose quotes hold the values, each with the spans of the new text that it backs."""
    found = []
    for citation in last.citations:
        spans = tuple((start, end) for start, end, value in values if _words(value.text) & _words(citation.quote))
        if spans:
            found.append(structs.replace(citation, supports=spans))
    return found or list(last.citations)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))


def _assurance(last: Answer) -> str:
    if last.kind == "unknown":
        return "As sure as one can be of what is not there. "
    if last.confidence >= _CERTAIN:
        return "Yes, if the documents are right. "
    return f"Not quite: I put it at {last.confidence:.0%}. "


def _evidence(last: Answer, text: str) -> Candidate:
    """What the last answer rests on, quoted; of an abstention what was missing."""
    if not last.citations:
        return structs.replace(_said(last, text + last.text, ()), citations=())
    citations: list[Citation] = []
    for citation in last.citations[:_QUOTES]:
        place = _cut(" › ".join((citation.title, *citation.section)), _LONGEST_PLACE)
        start = len(text) + len(f"{'; ' if citations else ''}{place}: “")
        quote = _cut(" ".join(citation.quote.split()), _LONGEST)
        text += f"{'; ' if citations else ''}{place}: “{quote}”"
        citations.append(structs.replace(citation, supports=((start, start + len(quote)),)))
    left = len(last.citations) - _QUOTES
    text += f"; and {left} more places." if left > 0 else "."
    return _said(last, text, citations)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
