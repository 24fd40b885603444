"""Saying what is missing, in one sentence, when no reading can be answered."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from chatbot.intents.grounding import Grounded
from chatbot.intents.outcome import Case, Outcome
from chatbot.knowledge.catalogue import Catalogue, Described
from chatbot.language.dates import show
from chatbot.language.understanding import Understanding
from chatbot.language.words import STOP_WORDS
from chatbot.values import Candidate

if TYPE_CHECKING:
    from chatbot.intents.answering import Reading

#: Confidence of "unknown" where the question was understood and the documents lack just the answer.
UNDERSTOOD = 0.6
#: The date lies outside what the record can tell: no other text is asked.
BEYOND = 0.95
GUESSED = 0.3
#: Share of a question that a relation must explain to be worth naming.
_RELATED = 0.25


def reason(
    readings: Sequence["Reading"], understanding: Understanding, catalogue: Catalogue, today: date
) -> Candidate | None:
    """An `unknown` candidate naming what the best reading lacks; None where nothing useful can be said."""
    best = readings[0]
    about = _about(best.grounded.view)
    if best.outcome is not None:
        text = _lacking(best, best.outcome, about)
        sure = BEYOND if _is_beyond(best.outcome.case, best.grounded) else UNDERSTOOD
        return Candidate("unknown", text, sure, intent=best.grounded.match.intent.name) if text else None
    is_related = best.grounded.explained >= _RELATED and best.grounded.view.relation.kind != "figures"
    if not best.grounded.losses or not is_related:
        return None  # figures are so various that what they lack says nothing
    kind, unit = best.grounded.losses[0]
    if STOP_WORDS.issuperset(unit.folded.split()):
        return None
    said = _as_typed(unit.text, understanding)
    if kind in ("name", "entity", "holder") and best.grounded.view.places([unit.text, *unit.names]):
        text = f"I know {about}, and {said} is there, but I cannot tell what is asked."
    elif kind in ("name", "entity", "holder"):
        text = f"I know {about}, but nothing there is about {said}."
    elif kind == "property":
        text = f"The documents do not record “{said}” for what you ask about."
    elif kind == "date":
        text = f"I know {about}, but not for {said}."
    else:
        text = f"I know {about}, but nothing about “{said}” there."
    return Candidate("unknown", text, GUESSED, intent=best.grounded.match.intent.name)


def _is_beyond(case: Case, grounded: Grounded) -> bool:
    """Whether no prose could tell either: the record ends before, or of all its numbers none is the one said."""
    if case == "none":
        return "number" in grounded.slots
    if case == "mismatch":
        return grounded.match.intent.file.asks != "person"  # a text may well name the founder
    return case in ("before_record", "after_record", "future")


def _as_typed(text: str, understanding: Understanding) -> str:
    """The words as the asker typed them: a correction may be a word of a document that this asker may not see."""
    for correction in understanding.corrections:
        text = text.replace(correction.meant, correction.typed)
    return text


def only_facts(understanding: Understanding) -> Candidate:
    """For what no passage can tell, such as what unexplained letters stand for."""
    words = [_as_typed(unit.text, understanding) for unit in understanding.meaningful if not unit.meanings]
    what = f" “{' '.join(words)}”" if words else " that"
    return Candidate("unknown", f"The documents do not explain{what}.", BEYOND)


def _about(view: Described) -> str:
    """What a relation tells, for people: "the list of heads (United Nations Department of Peace Operations)"."""
    relation = view.relation
    if relation.kind == "figures":
        return f"the dated figures in “{relation.title}”"
    if relation.kind == "properties":
        return f"the facts listed for {relation.title}"
    place = relation.section[-1] if relation.section else relation.title
    title = re.split(r"[(,:;]", relation.title)[0].strip()
    return f"“{title}”" if place == relation.title else f"“{place}” ({title})"


def _lacking(reading: "Reading", outcome: Outcome, about: str) -> str:
    view = reading.grounded.view
    asked = reading.grounded.slots.get("date", ("",))[0]
    match outcome.case:
        case "before_record":
            first = next(term for row in view.chronological if (term := view.terms[row]) is not None)
            return f"I do not know: the record in {about} begins in {show(first.start.edtf)}."
        case "after_record":
            when = show(asked) if asked else "then"
            return f"I do not know: the record in {about} ends before {when}."
        case "future":
            return f"I do not know: {show(asked) if asked else 'that'} lies in the future."
        case "absent" | "mismatch":
            return f"The documents do not record that: {about} has no such entry."
        case "blanks":
            return f"I cannot tell: {about} leaves that blank for most."
        case "none":
            when = f" for {show(asked)}" if asked else ""
            return f"The documents do not say: {about} has nothing that fits{when}."
    return ""
