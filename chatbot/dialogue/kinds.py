"""Things named by their kind alone: "the expedition", "the city", "traditional ones", "the largest", "a good score"."""

import re

from chatbot.dialogue.antecedents import SELECTING_WORDS, Antecedents
from chatbot.dialogue.centering import Mention
from chatbot.dialogue.grammar import words_of
from chatbot.dialogue.phrases import Phrase, phrases_of
from chatbot.dialogue.wordforms import is_superlative, plural, singular, verbs

UNNAMED = frozenset("year time day case way moment period".split())
_PLACES = frozenset("city town region country area state village island place neighborhood neighbourhood".split())
_ONES = re.compile(r"\b(?P<what>\w+)\s+(?P<ones>ones?)\b(?=\W*$|\s+(?:in|of|on|for|from|at|to|that|who)\b)", re.I)
_NO_MODIFIERS = re.compile(r"\b(?:and|or|most|many|more|first|second|third|last|other|own|same|\w+ing)\b")
_NO_KIND = frozenset("no any every some than other the".split())


def with_kinds(text: str, antecedents: Antecedents, is_careful: bool) -> str:
    """The text with the first such phrase in full; a careful one leaves "that N" to those who know what is one."""
    for phrase in reversed(phrases_of(words_of(text), text)):
        new = _named(phrase, antecedents, text, is_careful)
        if new is not None:
            return text[: phrase.start] + new + re.sub(r"^\s+ones?\b", "", text[phrase.end :])
    return _with_ones(text, antecedents)


def _with_ones(text: str, antecedents: Antecedents) -> str:
    ones = _ONES.search(text)
    if ones is None or ones["what"].lower() in _NO_KIND:
        return text
    several, what = ones["ones"].lower() == "ones", ones["what"].lower()
    topic = antecedents.several() if several else antecedents.topic()
    if topic is None:
        return text
    if what in verbs() or what == "be":  # "to become one"
        return text[: ones.start("ones")] + topic.text + text[ones.end() :]
    noun = topic.head if what in SELECTING_WORDS - {"important"} else without_choice(topic.text)
    return text[: ones.start("ones")] + (plural(noun) if several else _singular(noun)) + text[ones.end() :]


def without_choice(text: str) -> str:
    """A phrase without its article and what singles it out: "literary elements" of "the important literary elements"."""
    words = text.split()
    while len(words) > 1 and (words[0].lower() in ("the", "a", "an") or words[0].lower() in SELECTING_WORDS):
        words.pop(0)
    return " ".join(words)


def _named(phrase: Phrase, antecedents: Antecedents, text: str, is_careful: bool) -> str | None:
    """The phrase in full, where it takes something up."""
    if phrase.determiner == "the" and is_superlative(phrase.head) and " " not in phrase.bare:
        follows = text[phrase.end :].split()
        kind = antecedents.kind()
        return f"{phrase.text} {kind}" if kind and not (follows and follows[0].endswith(("of", "ing"))) else None
    if phrase.is_name:
        full = antecedents.in_full(phrase.bare) if " " not in phrase.bare else None
        return full.text if full is not None else None
    if " " not in phrase.bare and phrase.determiner in ("the", "this", "that", "these", "those"):
        return _definite(phrase, antecedents, is_careful)
    return _of_kind(phrase, antecedents.topic())


def _definite(phrase: Phrase, antecedents: Antecedents, is_careful: bool) -> str | None:
    """ "The expedition" by its name, "the city" and "that tradition" as of what was spoken of."""
    same = antecedents.of_kind(phrase.head)
    if same is not None and not phrase.is_plural:
        return same.text
    noun = phrase.head.lower()
    if noun in _PLACES:
        place = antecedents.opened() or antecedents.topic()
        return f"the {phrase.head} of {place.text}" if place is not None and place.is_name else None
    is_taken_up = phrase.determiner in ("this", "that") and noun not in UNNAMED and not is_careful
    topic = antecedents.topic() if is_taken_up else None
    return f"the {phrase.head} of {topic.text}" if topic is not None else None


def _of_kind(phrase: Phrase, topic: Mention | None) -> str | None:
    """ "A good score" after a credit score: a good credit score; "plans" after a 529 plan: 529 plans."""
    if topic is None or topic.is_name or phrase.determiner not in ("", "a", "an", "some"):
        return None
    *before, head = phrase.bare.split()
    whole = without_choice(topic.text)
    is_kind = singular(head.lower()) == singular(whole.split()[-1].lower()) and " " in whole
    if not is_kind or not all(word.lower() in SELECTING_WORDS for word in before):
        return None
    modifiers = whole.rpartition(" ")[0]
    if not all(word.islower() or word[0].isdigit() for word in modifiers.split()) or _NO_MODIFIERS.search(modifiers):
        return None
    return " ".join([*([phrase.determiner] if phrase.determiner else []), *before, modifiers, head])


def _singular(noun: str) -> str:
    first, _, last = noun.rpartition(" ")
    return f"{first} {singular(last)}".strip()
