"""The one analyser: what a question and a passage are reduced to before they are compared."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from chatbot.language.numbers import ORDINALS, SMALL_NUMBERS
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
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd)$")
_LEADING_ZERO = re.compile(r"^0(?=\d$)")
_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\w-])")
_MONTHS = "january february march april may june july august september october november december".split()
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_HARDLY_NUMBERS = frozenset(("zero", "one", "first", "second"))
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

    Digits lose the marks that group thousands; number words below a hundred become digits, ordinals digits with one
    ending, and the month of a date such as 2008-07-12 a word.

    >>> analyse("The Under-Secretary-General reorganised 81,370 posts.")
    ['secretari', 'general', 'reorgan', '81370', 'post']
    """
    if _JOINING_SPACE.search(text):
        return [term for word in folded_words(text) for term in _remembered_terms(word)]
    return list(chain.from_iterable(map(_terms_between_spaces, text.split())))


def searchable(text: str) -> list[str]:
    """The terms of a text that is found by itself (a question, a title, a sentence): stop words if it has no others.

    >>> searchable("To be or not to be"), searchable("to be a captain")
    (['to', 'be', 'or', 'not', 'to', 'be'], ['captain'])
    """
    return analyse(text) or [word for word in folded_words(text) if word in STOP_WORDS]


#: Spaces that part thousands inside one number: with them, words cannot be taken one by one.
_JOINING_SPACE = re.compile("[\u00a0\u202f]")


@lru_cache(maxsize=262144)
def _terms_between_spaces(stretch: str) -> tuple[str, ...]:
    """The terms of a stretch of text without white space, which holds whole tokens only."""
    if "-" in stretch:
        stretch = _ISO_DATE.sub(lambda date: f"{date[1]} {_MONTHS[int(date[2]) - 1]} {date[3]}", stretch)
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
        digits = _LEADING_ZERO.sub("", folded.replace(",", ""))
        return (_ORDINAL.sub(r"\1th", digits),)
    if folded in STOP_WORDS:
        return ()
    if folded == "%":
        return (stem("percent"),)
    if _number(folded) is not None:
        return (_term(folded),)
    parts = re.split(r"[-'&]", folded) if not folded.isalpha() else [folded]
    kept = (part for part in parts if len(part) > 1 + (part == "re") and part not in STOP_WORDS)
    return tuple(_term(part) for part in kept)


def _term(word: str) -> str:
    number = _number(word)
    return stem(one_spelling(base(word))) if number is None else number


def _number(folded: str) -> str | None:
    """The digits of the number below a hundred that a word names, "th" behind those of an ordinal.

    "One", "first" and "second" mostly mean something else.
    """
    tens, _, ones = folded.partition("-")
    if ones:
        if tens not in _TENS or not 0 < SMALL_NUMBERS.get(ones, ORDINALS.get(ones, 0)) < 10:
            return None
        start = SMALL_NUMBERS[tens]
        return f"{start + SMALL_NUMBERS[ones]}" if ones in SMALL_NUMBERS else f"{start + ORDINALS[ones]}th"
    if folded in _HARDLY_NUMBERS:
        return None
    if folded in ORDINALS:
        return f"{ORDINALS[folded]}th"
    return str(SMALL_NUMBERS[folded]) if folded in SMALL_NUMBERS else None


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
