"""Forms of English words: which are verbs and adjectives, plural and singular, superlatives and participles.

Which words are verbs and which nouns ask for a complement ("symptoms of") was counted in English text by
`evaluation/train_grammar`.
"""

import re
from functools import cache
from pathlib import Path

import msgspec

_ADJECTIVE_END = re.compile(r"(?:able|ible|ful|ous|less|ish|ive|ary|ical)$")
DATA = Path(__file__).with_name("grammar.json")
_IRREGULAR = frozenset(
    "came went led began became made took gave got lost won met held kept saw wrote knew sent spent".split()
)
_SUPERLATIVE = re.compile(r"(?:[^aeiou]est|first|last|best|worst|only)$")


class Lists(msgspec.Struct, frozen=True):
    """What was counted."""

    verbs: tuple[str, ...]
    """Base forms that are verbs in most of their uses."""
    either: tuple[str, ...]
    """Those that are verbs in some: "work", "change"."""
    adjectives: tuple[str, ...]
    complements: dict[str, tuple[str, ...]]
    """Preposition → the nouns that it most often follows: "of" → "symptoms"."""


@cache
def _lists() -> Lists:
    return msgspec.json.decode(DATA.read_bytes(), type=Lists)


@cache
def verbs() -> frozenset[str]:
    return frozenset(_lists().verbs) | _IRREGULAR


@cache
def either() -> frozenset[str]:
    return frozenset(_lists().either)


@cache
def adjectives() -> frozenset[str]:
    return frozenset(_lists().adjectives)


@cache
def complements() -> dict[str, str]:
    """Nouns that ask for a complement → the preposition it most often has."""
    return {noun: preposition for preposition, nouns in _lists().complements.items() for noun in nouns}


def is_participle(word: str) -> bool:
    is_past = len(word) > 3 and word.endswith("ed") and not word.endswith("eed")
    return word in _PARTICIPLES or is_past or (len(word) > 4 and word.endswith("ing"))


_NO_SUPERLATIVES = frozenset(
    "test west rest guest forest interest request conquest protest harvest chest nest priest contest quest".split()
)


def is_superlative(word: str) -> bool:
    """
    >>> is_superlative("largest"), is_superlative("test")
    (True, False)
    """
    return word.lower() not in _NO_SUPERLATIVES and bool(_SUPERLATIVE.search(word.lower()))


def is_said_of(word: str) -> bool:
    """Whether a word that stands alone describes rather than names: a participle, an adjective."""
    return is_participle(word) or describes(word) or word in verbs()


_DESCRIBING = frozenset("same other unique free safe legal long best worst".split())


def describes(word: str) -> bool:
    return word in adjectives() or word in _DESCRIBING or bool(_ADJECTIVE_END.search(word))


def is_gerund(word: str) -> bool:
    """Whether a word is the "-ing" of a verb: "consuming", not "hiking" or "evening", whose verbs were not counted."""
    stem = word.removesuffix("ing")
    return word.endswith("ing") and word.islower() and (stem in verbs() or f"{stem}e" in verbs())


_PARTICIPLES = frozenset(
    """born built bought brought chosen done drawn driven eaten fallen felt found fought given gone grown held hidden
    kept known laid led left lost made meant met paid put read run said seen sent set shown sold spent spoken taken caught
    taught told thought understood won worn written""".split()
)


def base(word: str) -> str:
    for end, put in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(end) and word.removesuffix(end) + put in verbs():
            return word.removesuffix(end) + put
    return word


def is_plural(word: str) -> bool:
    """Whether a noun is written in the plural.

    >>> is_plural("sharks"), is_plural("analysis"), is_plural("people")
    (True, False, True)
    """
    word = word.lower()
    if word in ("people", "men", "women", "children", "species", "fish", "mice"):
        return True
    return len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def singular(word: str) -> str:
    """A noun in the singular.

    >>> singular("galaxies"), singular("sharks"), singular("boxes"), singular("people")
    ('galaxy', 'shark', 'box', 'people')
    """
    if not is_plural(word) or not word.lower().endswith("s") or word.lower() == "species":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ss|x|ch|sh)es$", word) else word[:-1]


def plural(noun: str) -> str:
    """A noun, or a phrase that ends in it, in the plural.

    >>> plural("galaxy"), plural("virtual machine"), plural("box")
    ('galaxies', 'virtual machines', 'boxes')
    """
    if is_plural(noun.split()[-1]):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(?:s|x|ch|sh)$", noun) else "s")
