"""Whether a sentence holds the kind of thing a question asks for."""

import re
from collections.abc import Callable, Iterator, Sequence

from chatbot.language.countries import country, demonym_country
from chatbot.language.datetext import DateMention
from chatbot.language.spelling import english_words
from chatbot.language.words import STOP_WORDS, Token
from chatbot.reading.asking import Wanted
from chatbot.reading.requirements import Requirements
from chatbot.reading.stretch import Stretch
from chatbot.reading.succession import tells_succession
from chatbot.reading.vocabulary import CALENDAR, is_person
from chatbot.retrieval.analysis import terms_of

_REACH = 5
"""Words between a number and what it counts."""
_PLACE_PREPOSITIONS = frozenset("in at near from to on outside into around off along via over across".split())
_LIFE = re.compile(r"\((?:[^()]*\b(?:born|died)\b[^()]*|\d{4}\s?[–-]\s?\d{4})\)")
"""Dates of birth and death behind a name: they say nothing of when something happened."""
_LIFE_CONCEPTS = frozenset(["bear", "die"])
_REASON = re.compile(
    r"\b(because|since|due to|owing to|as a result|so that|in order to|reasons?|caused?|thanks to|therefore|"
    r"led to|so as to|in response to|to avoid|to prevent|to allow|to ensure|for fear|comes? from|came from|"
    r"results? from|resulted from|for (?:lack|want) of|for the sake of|given that|allowing|thereby|thus|hence|"
    r"as part of|with the aim|aimed at|in an (?:effort|attempt)|in (?:the )?hopes?|on (?:the )?grounds?|"
    r"on account of|motivated by|prompted by|blamed? (?:it )?on|down to|attributed to|put it to)\b|,\s(?:after|following)\s|"
    r"\b(?:strike|dispute|quarrel\w*|row|argu\w+|protest\w*|resign\w*)\b.{0,40}\bover\b"
    # "to save money": an infinitive that no verb or adjective of its own governs
    r"|(?:^|[,;]|\b\w+ly|\b\w+s|\d)\s(?:and\s)?to\s(?!the\b|an?\b|its\b|their\b|his\b|her\b)[a-z]{3,}",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\bto\s(?!the\b|an?\b|its\b|their\b|his\b|her\b|be\b)[a-z]{2,}|\bfor\s\w+ing\b|\bso that\b|\baim|"
    r"\b(?:purpose|goal|objective|meant|designed|intended)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:only|when|if|unless|in case|except|save in|save for|while|until|as long as|during|after|once|"
    r"on condition|provided|providing|on the understanding|subject to)\b",
    re.IGNORECASE,
)
_MANNER = re.compile(
    r"\b(?:by|through|via|from|with|using|ways?|manner|means|method|like|thereby|so that|according to)\b",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\b(?:named|called|known as|titled|entitled|dubbed|termed|nicknamed)\s(?:(?:the|an?)\s)?[\"“'‘]?(?!by\b|for\b|after\b|in\b|"
    r"on\b|to\b)\w{3,}",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|bulk|none|\w+ (?:in|out of) (?:every )?(?:\w+teen|two|three|"
    r"four|five|six|seven|eight|nine|ten|twenty|hundred|\d+))\b",
    re.IGNORECASE,
)
_LENGTHS = frozenset("km m cm mm mi yd ft in nmi".split())
_LANDS = frozenset("country countries nation nations nationality nationalities".split())
_ATTACHING = frozenset("of for in at to from with between".split())
_CONJUNCTION = re.compile(r",\sfor(?:\s(?:the|an?|its|his|her|their))?\s$")
_TITLE_REACH = 3
_BY_REACH = 8
"""Words between a passive verb and "by"."""


def holds_wanted(found: Stretch, requirements: Requirements) -> bool:
    """Whether `found` can answer by its type: a name for "who", a date for "when", and so on."""
    return _TESTS[requirements.wants](found, requirements)


def is_typed(found: Stretch, requirements: Requirements) -> bool:
    """Whether a definite type of answer was asked for, and `found` has it beyond doubt."""
    if requirements.wants == "manner":
        return _has_manner(found, requirements)
    return requirements.wants != ""


def _has_person(found: Stretch, requirements: Requirements) -> bool:
    names = _new_names(found, requirements)
    if requirements.succession is not None:
        return tells_succession(found, requirements.succession, names)
    deed = requirements.deed
    if deed is None:
        return bool(names)
    places = found.places(deed.terms, deed.families)
    if not places:
        # The lexicon may know other words for the deed, whose places are not told.
        return bool(names)
    doers = names + [[token] for token in found.tokens if is_person(token.folded)]
    return any(_is_done_by(found, start, end, doers) for start, end in places)


def _is_done_by(found: Stretch, start: int, end: int, names: Sequence[Sequence[Token]]) -> bool:
    """Whether one of `names` may be the subject of the verb at these tokens, or stands behind "by"."""
    tokens = found.tokens
    is_noun = [token.folded for token in tokens[end : end + 1]] == ["of"]
    before = [run for run in names if run[-1].end <= tokens[start].start]
    # "with Ana Roe appointed as deputy": she is no doer, nor is whoever stands before her.
    is_done_to = start > 0 and tokens[start - 1].is_capitalised and not any(tokens[start - 1] in run for run in names)
    if not (is_noun or is_done_to) and any(not _is_attached(found, run) for run in before):
        return True
    is_passive = any(token.folded == "by" for token in tokens[end : end + _BY_REACH])
    return is_passive and any(run[0].start > tokens[end - 1].end for run in names)


def _is_attached(found: Stretch, run: Sequence[Token]) -> bool:
    """Whether a name belongs to the noun before it: "a mission *of the United Nations (UN)*"."""
    text = found.text[: run[0].start]
    if text.endswith("(") or _CONJUNCTION.search(text):
        return text.endswith("(")
    before = [token.folded for token in found.tokens if token.end <= run[0].start][-_TITLE_REACH:]
    while before and before[-1] in ("the", "a", "an", "its", "his", "her", "their"):
        before.pop()
    return bool(before) and before[-1] in _ATTACHING


def _has_new_name(found: Stretch, requirements: Requirements) -> bool:
    names = _new_names(found, requirements)
    if any(word.is_light and word.text.lower() in _LANDS for word in requirements.words):
        texts = [found.text[run[0].start : run[-1].end] for run in names]
        texts += [token.text for token in found.tokens[:1] if token.folded not in requirements.terms]
        return any(country(text) or demonym_country(text) for text in texts)
    return bool(names) or _NAMING.search(found.text) is not None


def _new_names(found: Stretch, requirements: Requirements) -> list[list[Token]]:
    return [run for run in sure_names(found) if not requirements.terms.issuperset(_terms(run))]


def sure_names(found: Stretch) -> Iterator[list[Token]]:
    """Proper names, but for a first word that may be any."""
    return (run for run in proper_names(found) if not _is_mere_beginning(run))


def _is_mere_beginning(run: Sequence[Token]) -> bool:
    """Whether one ordinary word has its capital only because a sentence begins with it."""
    return len(run) == 1 and run[0].start == 0 and run[0].folded in english_words()


def _has_new_date(found: Stretch, requirements: Requirements) -> bool:
    asked = {interval.edtf for interval in requirements.dates}
    concepts = {concept for word in requirements.words for concept in word.concepts}
    mentions = found.dates if concepts & _LIFE_CONCEPTS else dates_of_events(found)
    if any(mention.interval.edtf not in asked for mention in mentions):
        return True
    return any(token.is_capitalised and token.folded in CALENDAR for token in found.tokens) and not asked


def dates_of_events(found: Stretch) -> list[DateMention]:
    """The dates of a text but for those of birth and death that stand behind a name."""
    lives = [match.span() for match in _LIFE.finditer(found.text)]
    return [d for d in found.dates if not any(start <= d.start < end for start, end in lives)]


def _has_number(found: Stretch, requirements: Requirements) -> bool:
    asked = requirements.terms
    numbers = [q for q in found.quantities if not asked.issuperset(_digits(found.text[q.start : q.end]))]
    if not requirements.counted:
        return bool(numbers)
    counted = [t for t in found.tokens if set(requirements.counted) & set(terms_of(t.folded))]
    return any(_is_near(found, q.start, q.end, token) for q in numbers for token in counted)


def _has_share(found: Stretch, requirements: Requirements) -> bool:
    return any(q.type == "percent" for q in found.quantities) or _FRACTION.search(found.text) is not None


def _has_distance(found: Stretch, requirements: Requirements) -> bool:
    return any(q.unit in _LENGTHS for q in found.quantities)


def _has_place(found: Stretch, requirements: Requirements) -> bool:
    asked = requirements.terms
    for run in proper_names(found):
        before = found.text[: run[0].start].replace("the ", " ").lower().split()[-1:]
        leads = before and (before[0] in _PLACE_PREPOSITIONS or asked.intersection(terms_of(before[0])))
        if leads and not asked.issuperset(_terms(run)):
            return True
    return any(
        token.folded in _PLACE_PREPOSITIONS and _follows(found, n, asked) for n, token in enumerate(found.tokens)
    )


def _follows(found: Stretch, at: int, asked: frozenset[str]) -> bool:
    """Whether a preposition stands between a word asked about and an article: "... moved to the station"."""
    before, after = found.tokens[max(0, at - 2) : at], found.tokens[at + 1 : at + 2]
    is_asked = any(asked.intersection(terms_of(token.folded)) for token in before)
    return is_asked and any(token.folded in ("the", "a", "an") for token in after)


def _has_duration(found: Stretch, requirements: Requirements) -> bool:
    is_period = len(found.dates) > 1 or any("/" in mention.interval.edtf for mention in found.dates)
    return is_period or any(q.type == "duration" for q in found.quantities)


def _has_reason(found: Stretch, requirements: Requirements) -> bool:
    return _REASON.search(found.text) is not None


def _has_purpose(found: Stretch, requirements: Requirements) -> bool:
    return _PURPOSE.search(found.text) is not None


def _has_condition(found: Stretch, requirements: Requirements) -> bool:
    return _CONDITION.search(found.text) is not None or _has_new_date(found, requirements)


def _has_manner(found: Stretch, requirements: Requirements) -> bool:
    return _MANNER.search(found.text) is not None


def _has_anything(found: Stretch, requirements: Requirements) -> bool:
    return True


_TESTS: dict[Wanted, Callable[[Stretch, Requirements], bool]] = {
    "": _has_anything,
    "person": _has_person,
    "name": _has_new_name,
    "condition": _has_condition,
    "purpose": _has_purpose,
    "manner": _has_anything,
    "date": _has_new_date,
    "number": _has_number,
    "share": _has_share,
    "distance": _has_distance,
    "place": _has_place,
    "duration": _has_duration,
    "reason": _has_reason,
}


def proper_names(found: Stretch) -> Iterator[list[Token]]:
    """Runs of capitalised words, but for a grammar word that begins the text and names of days and months."""
    run: list[Token] = []
    for token in found.tokens:
        is_proper = token.is_capitalised and token.folded not in CALENDAR
        is_proper = is_proper and not (token.start == 0 and token.folded in STOP_WORDS)
        if run and (not is_proper or found.text[run[-1].end : token.start].strip(" .'’s")):
            yield run
            run = []
        if is_proper:
            run.append(token)
    if run:
        yield run


def _terms(run: Sequence[Token]) -> list[str]:
    return [term for token in run for term in terms_of(token.folded)]


def _digits(text: str) -> list[str]:
    return terms_of(text.lower()) if text[:1].isdigit() else text.lower().split()


def _is_near(found: Stretch, start: int, end: int, token: Token) -> bool:
    between = found.text[end : token.start] if token.start >= end else found.text[token.end : start]
    return len(between.split()) <= _REACH
