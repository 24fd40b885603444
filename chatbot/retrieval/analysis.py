"""The one analyser: what a question and a passage are reduced to before they are compared."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from chatbot.language.words import STOP_WORDS, folded_words, stem

# British and American spellings of a word meet in one form; words of both forms are treated alike.
_SPELLINGS = (
    (re.compile(r"(?<=\w{3})is(?=(?:e[ds]?|ers?|ing|ations?|ational)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|ing|al|able|ful|ite)?$)"), "or"),
    (re.compile(r"(?<=[tb])re(?=s?$)"), "er"),
    (re.compile(r"(?:(?<=defen)|(?<=offen)|(?<=licen)|(?<=reten))c(?=e[drs]?$|ing$)"), "s"),
    (re.compile(r"(?<=ogra)mme(?=[sd]?$)"), "m"),
)
_SHORTEST_VARIANT = 6
_MEN = re.compile(r"(?<!speci)(?<!regi)(?<!abdo)(?<=\w{2})men$")
_DERIVED = (
    re.compile(r"(?<=\w{7})ship$"),
    re.compile(r"(?<=\w{5})(?:ion|er|or|ist|ism|ness)$"),
    re.compile(r"(?<=\w{5})it$"),  # what "-ition" leaves
    re.compile(r"(?<=\w{5})(?:ili|eri|ic|i)$"),
)
"""Endings that make one kind of word of another, which the stemmer leaves where little is before them."""


def analyse(text: str) -> list[str]:
    """The terms of `text` in order: folded words without stop words, hyphenated ones in parts, stemmed.

    Digits lose the marks that group thousands.

    >>> analyse("The Under-Secretary-General reorganised 81,370 posts.")
    ['secretari', 'general', 'reorgan', '81370', 'post']
    """
    if _JOINING_SPACE.search(text):
        return [term for word in folded_words(text) for term in _remembered_terms(word)]
    return list(chain.from_iterable(map(_terms_between_spaces, text.split())))


#: Spaces that part thousands inside one number: with them, words cannot be taken one by one.
_JOINING_SPACE = re.compile("[\u00a0\u202f]")


@lru_cache(maxsize=262144)
def _terms_between_spaces(stretch: str) -> tuple[str, ...]:
    """The terms of a stretch of text without white space, which holds whole tokens only."""
    return tuple(term for word in folded_words(stretch) for term in _remembered_terms(word))


def terms_of(folded: str) -> list[str]:
    """The terms of one folded token; none where it is a stop word.

    >>> terms_of("re-elected"), terms_of("colour") == terms_of("color")
    (['elect'], True)
    """
    return list(_remembered_terms(folded))


@lru_cache(maxsize=65536)
def _remembered_terms(folded: str) -> tuple[str, ...]:
    if folded[0].isdigit():
        return (folded.replace(",", ""),)
    if folded in STOP_WORDS:
        return ()
    parts = re.split(r"[-'&]", folded) if not folded.isalpha() else [folded]
    kept = (part for part in parts if len(part) > 1 + (part == "re") and part not in STOP_WORDS)
    return tuple(stem(one_spelling(base(part))) for part in kept)


def base(word: str) -> str:
    """The word that a folded word is an irregular form of, or itself.

    >>> base("wrote"), base("fishermen"), base("harbour")
    ('write', 'fisherman', 'harbour')
    """
    return _bases().get(word) or _MEN.sub("man", word)


@cache
def _bases() -> dict[str, str]:
    text = files("chatbot.retrieval").joinpath("irregular.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {form: word for word, *forms in lines for form in forms}


@lru_cache(maxsize=65536)
def root(term: str) -> str:
    """What the terms of a word and of one made of it share.

    >>> root("creation"), root("creat"), root("mission"), root("economi"), root("econom")
    ('creat', 'creat', 'mission', 'econom', 'econom')
    """
    for ending in _DERIVED:
        term = ending.sub("", term)
    return term


def one_spelling(word: str) -> str:
    """The form in which British and American spellings of a folded word meet.

    >>> one_spelling("organised"), one_spelling("programme")
    ('organized', 'program')
    """
    if len(word) >= _SHORTEST_VARIANT or word.endswith(("our", "tre")):
        for pattern, replacement in _SPELLINGS:
            word = pattern.sub(replacement, word)
    return word
