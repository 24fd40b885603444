"""Sentences that say what something is, and those that are about it."""

import re

from chatbot.reading.context import Surroundings
from chatbot.reading.requirements import Requirements
from chatbot.reading.stretch import Stretch, stretch
from chatbot.retrieval.analysis import analyse, terms_of

_IS = re.compile(r"[,(:]|\s(?:(?:is|was|are|were)\s(?:an?|the|one|any|another)|refers\sto|means|[–—-])\s")
_APPOSITION = re.compile(r"[\"”'’]?\s*(?:\([^)]*\)\s*)?,\s(?:an?|the|one|which|who)\s")
_NAMING = re.compile(
    r"\b(?:an?|the)\s[^.;]+\s(?:named|called|titled|entitled|known\sas|dubbed)\s(?:the\s)?[\"“'‘]?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"[\"”'’]?\s*(?:\([A-Z][^)]*\)\s*)?(?:,|\()\s?(?:which|who|that)\s")
_NOT_BEFORE = frozenset("is are was were be been has have had of".split())
"""Words that do not stand before the subject of a sentence."""
_TITLES = 2
"""Words that may stand beside a name which is defined."""


def defines(text: str, requirements: Requirements) -> bool:
    """Whether a sentence says what that is which is to be described.

    It begins with it ("A capstan is a ..."), explains it ("the capstan, a ...") or names it ("a winch called
    capstan").
    """
    match = _IS.search(text)
    head = stretch(text[: match.start()]) if match is not None else stretch("")
    forms = [form for forms in requirements.names for form in forms]
    forms += [word.text for word in requirements.words]
    if any(_is_subject(head, form) and len(head.terms) <= len(analyse(form)) + _TITLES for form in forms):
        return True
    return any(
        _APPOSITION.match(text[end:]) or _NAMING.search(text[:start])
        for form in forms
        for start, end in _places(text, form)
    )


def is_about(around: Surroundings, requirements: Requirements) -> bool:
    """Whether a sentence has one of the names for its subject, or adds a clause about it.

    A sentence that leans on another is about what that one is about, or ends with.
    """
    forms = [form for forms in requirements.names for form in forms]
    if any(_is_subject(part, form) or _is_explained(part, form) for part in around.answer for form in forms):
        return True
    return around.leans and any(_ends_with(around.answer[0], form) for form in forms)


def _is_subject(found: Stretch, form: str) -> bool:
    """Whether a sentence begins with it, titles and small words apart."""
    terms, at = analyse(form), 0
    for token in found.tokens:
        own = terms_of(token.folded)
        if own and found.terms[at : at + len(terms)] == terms:
            return True
        if token.folded in _NOT_BEFORE or (own and not token.is_capitalised):
            return False
        at += len(own)
    return False


def _is_explained(found: Stretch, form: str) -> bool:
    places = [end for _, end in _places(found.text, form)]
    return any(_RELATIVE.match(found.text[end:]) or _APPOSITION.match(found.text[end:]) for end in places)


def _ends_with(found: Stretch, form: str) -> bool:
    terms = analyse(form)
    return bool(terms) and found.terms[-len(terms) :] == terms


def _places(text: str, form: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(rf"\b{re.escape(form)}\b", text, re.IGNORECASE)]
