"""What a question leaves out put in: of what the symptoms are, from what a ria is different, where the museums are."""

import re
from collections.abc import Sequence

from chatbot.dialogue.antecedents import SELECTING_WORDS, Antecedents
from chatbot.dialogue.centering import Mention, is_description
from chatbot.dialogue.grammar import words_of
from chatbot.dialogue.kinds import UNNAMED
from chatbot.dialogue.phrases import Phrase, phrases_of
from chatbot.dialogue.wordforms import complements

_ASKS_OF = re.compile(
    r"^\W*(?:tell\s+(?:me\s+)?(?:more\s+)?about|describe|what(?:'s|\s+is|\s+are|\s+was|\s+were)|who(?:'s|\s+is|\s+are|\s+was|\s+were))\s+",
    re.I,
)
_THERE_ARE = re.compile(r"^\W*(?:is|are|was|were)\s+there\b", re.I)
_CHOOSES = re.compile(r"\b(?:ones?|others?|second|third|both|then|before|after|next)\b", re.I)
_COMPARES = re.compile(r"\b(compare|differ|different)\W*$", re.I)
#: "What improves ABSORPTION": the object of a verb that asks.
_IS_OBJECT = re.compile(r"^\W*(?:what|who|which)\s+[a-z]+s\s+$", re.I)
_HOW_MANY = re.compile(r"\bhow\s+(?:many|much)\s*$", re.I)
_OF_ITS_OWN = re.compile(r"\b(?:in|at|of|why)\b", re.I)


def with_topic(text: str, antecedents: Antecedents, is_careful: bool) -> str:
    """The text with what was spoken of where it is left out; a careful one only where a noun asks for it."""
    phrases = [phrase for phrase in phrases_of(words_of(text), text) if not is_description(phrase, text)]
    topic = antecedents.topic()
    if topic is None or not phrases or _CHOOSES.search(text) or antecedents.shares_words(text):
        return text
    if is_careful and phrases[0].head.lower() not in complements():
        return text
    partner = _COMPARES.search(text)
    if partner is not None:
        return _at_end(text, "to" if partner[1].lower() == "compare" else "from", topic)
    asking, opened = phrases[0], antecedents.opened()
    is_relational = asking.head.lower() in complements()
    if opened is not None and not is_relational and _is_there(asking, text, phrases):
        return _at_end(text, "in", opened)
    if _lacks_complement(asking, text, len(phrases)):
        return _appended(text, asking, complements().get(asking.head.lower(), "of"), topic)
    if complements().get(asking.head.lower()) == "in" and _has_agent(asking, text):
        return _at_end(text, "in", topic)
    if _stands_alone(text, phrases):
        return text
    return _at_end(text, "in" if topic == opened else _preposition(topic), topic)


def _is_there(asking: Phrase, text: str, phrases: Sequence[Phrase]) -> bool:
    """Whether a question asks about something in the place that the conversation is about."""
    if _lacks_complement(asking, text, len(phrases)) or not _stands_alone(text, phrases):
        return True
    return asking.is_name and asking.determiner == "the" and not _OF_ITS_OWN.search(text)


def _lacks_complement(phrase: Phrase, text: str, count: int) -> bool:
    """Whether a noun that asks for one ("symptoms"), or a choice among things ("typical dishes"), stands without."""
    words = phrase.bare.lower().split()
    if phrase.start and re.search(_IS_OBJECT, text[: phrase.start]):
        return False
    asks = phrase.head.lower() in complements() or bool(SELECTING_WORDS.intersection(words[:-1]))
    if phrase.is_name or not asks or phrase.determiner in ("my", "your") or phrase.head.lower() in UNNAMED:
        return False
    rest = text[phrase.end :].strip(" ?.!")
    follows = rest.lower().split()
    if phrase.determiner in ("a", "an") and (follows or phrase.head.lower() not in ("example", "instance")):
        return False
    if re.search(r"\b(?:what|which)\s*$", text[: phrase.start], re.I):
        is_predicated = follows[:1] in (["are"], ["is"], ["were"], ["was"])
        names_others = bool({"a", "an", "the"}.intersection(follows)) or any(word.istitle() for word in rest.split())
        return phrase.head.lower() in complements() and is_predicated and not names_others
    if _HOW_MANY.search(text[: phrase.start]) and count > 1:
        return False
    if not follows or follows[0] in ("in", "on", "at", "and"):
        return True
    if follows[0] == "for":  # "the implications for society" are of something
        return complements().get(phrase.head.lower()) == "of"
    return count == 1 and follows[0] not in ("of", "between", "with", "from", "to")


def _has_agent(phrase: Phrase, text: str) -> bool:
    """ "The role of melatonin", which is a role in something."""
    return bool(re.match(r"\s+of\b(?!.*\bin\b)", text[phrase.end :], re.I))


def _stands_alone(text: str, phrases: Sequence[Phrase]) -> bool:
    """Whether a question brings a subject of its own."""
    if _THERE_ARE.match(text):
        return False
    if re.match(r"\s+(?:of|for)\b", text[phrases[0].end :]):
        return True
    if _ASKS_OF.match(text):
        return phrases[0].determiner != "the" or phrases[0].is_name
    if any(phrase.is_name for phrase in phrases) or len(phrases) > 1 or re.search(r"\b(?:you|i)\b", text, re.I):
        return True
    return phrases[0].determiner != "the"


def _appended(text: str, phrase: Phrase, preposition: str, topic: Mention) -> str:
    """The topic right after the noun that asks for it."""
    rest = text[phrase.end :]
    is_said = re.match(rf"\s+{preposition}\b", rest, re.I)
    word = "for" if is_said or (preposition == "between" and not topic.is_plural) else preposition
    return f"{text[: phrase.end]} {word} {topic.text}{rest}"


def _preposition(topic: Mention) -> str:
    return "in" if topic.preposition in ("in", "at", "on", "around") else "for"


def _at_end(text: str, preposition: str, topic: Mention) -> str:
    stripped = text.rstrip(" ?.!")
    return f"{stripped} {preposition} {topic.text}{text[len(stripped) :].strip()}"
