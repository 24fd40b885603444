"""Words: tokens with offsets, folding of case and accents, and stems.

Every room that compares words does it through this module, so that a question, a template,
a table header and a passage always meet in the same form.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import islice

import msgspec

# Letters that Unicode does not decompose, with the plain letters people type for them.
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)

_TOKEN = re.compile(
    r"""(?:[^\W\d_]\.){2,}                         # U.N.
      | \d+(?:[.,\u202f\u00a0]\d+)*                # 81,370  6.38
        (?:[^\W\d_]+(?:[-'’][^\W_]+)*)?            # 5th  20m
      | [^\W_]+(?:[-‐‑'’&][^\W_]+)*                # Under-Secretary-General  L'Aquila
      | [%$€£]""",
    re.VERBOSE,
)

#: Words that carry grammar rather than meaning. They never decide what a question is about.
STOP_WORDS: frozenset[str] = frozenset(
    """a about above after again against all am an and any are as at be because been before being below between
    both but by can could did do does doing down during each few for from further had has have having he her here
    hers him his how i if in into is it its just me more most my no nor not now of off on once only or other our
    out over own same she should so some such than that the their them then there these they this those through
    to too under until up us very was we were what when where which while who whom whose why will with would you
    your shall may might must upon within without per via also ever whether one's 's""".split()
)


class Token(msgspec.Struct, frozen=True):
    """A word of a text: `text[start:end]`, and its folded form."""

    text: str
    start: int
    end: int
    folded: str

    @property
    def is_capitalised(self) -> bool:
        return self.text[:1].isupper()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Case, accents and typographic punctuation folded; the length may change.

    >>> fold("Guéhenno’s Łódź")
    "guehenno's lodz"
    """
    if text.isascii():
        return text.lower()
    # Compatibility forms ("𝑨") become letters only by NFKD, so case is folded after it as well.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS)).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN_LETTERS).lower()


def tokens(text: str) -> list[Token]:
    """The words of `text` in order; possessive endings are left out, hyphenated words stay whole.

    >>> [t.folded for t in tokens("Who was Guéhenno's Under-Secretary-General (U.N.)?")]
    ['who', 'was', 'guehenno', 'under-secretary-general', 'un']
    """
    return list(_sentence_tokens(text)) if len(text) < _LONGEST_REMEMBERED else _tokens(text)


#: Questions, names and sentences come up again and again; whole sections would only fill memory.
_LONGEST_REMEMBERED = 400


@lru_cache(maxsize=8192)
def _sentence_tokens(text: str) -> tuple[Token, ...]:
    return tuple(_tokens(text))


def _tokens(text: str) -> list[Token]:
    found = []
    for match in _TOKEN.finditer(text):
        word = _without_possessive(match.group())
        found.append(Token(word, match.start(), match.start() + len(word), _folded(word)))
    return found


def folded_words(text: str) -> list[str]:
    """The folded forms of the tokens of `text`, for texts that are read once.

    >>> folded_words("Guéhenno's U.N. posts")
    ['guehenno', 'un', 'posts']
    """
    return [_folded(_without_possessive(word)) for word in _TOKEN.findall(text)]


def _without_possessive(word: str) -> str:
    return word[:-2] if len(word) > 2 and word[-2:].lower() in ("'s", "’s") else word


def _folded(word: str) -> str:
    folded = fold(word)
    if not word.isascii():
        folded = "".join(folded.split())  # a space that parts thousands is no end of a word
    if "." in folded and not folded[0].isdigit():
        folded = folded.replace(".", "")
    return folded


_stems: dict[str, str] = {}
_stemmer: list[object] = []
_MOST_STEMS = 200_000
"""Of a large corpus, the words beyond these are names and slips that are rarely met again."""


def remember_stems(stems: dict[str, str]) -> None:
    """Take over stems computed earlier (from a cache), so that nltk need not be imported for them."""
    _stems.update(stems)


def known_stems() -> dict[str, str]:
    """Every stem computed or remembered so far, to be written into a cache."""
    return dict(_stems)


def stem_count() -> int:
    """How many stems are known."""
    return len(_stems)


def stems_after(count: int) -> dict[str, str]:
    """Those learnt since so many were known."""
    return dict(islice(reversed(_stems.items()), len(_stems) - count))


def stem(word: str) -> str:
    """The Snowball (Porter 2, M. F. Porter 2001) stem of a folded word, memoised.

    >>> stem("appointed"), stem("mayors"), stem("under-secretary-general")
    ('appoint', 'mayor', 'under-secretary-general')
    """
    known = _stems.get(word)
    if known is None:
        known = _snowball(word) if word.isalpha() else _stem_of_compound(word)
        if len(_stems) < _MOST_STEMS:
            _stems[word] = known
    return known


def _stem_of_compound(word: str) -> str:
    """Hyphenated words inflect at their end: "secretaries-general" is rare enough to leave alone."""
    head, hyphen, tail = word.rpartition("-")
    return f"{head}-{_snowball(tail)}" if hyphen and tail.isalpha() else word


def _snowball(word: str) -> str:
    if not _stemmer:
        # nltk takes longer to import than everything else together; words met before never need it.
        from nltk.stem.snowball import EnglishStemmer

        _stemmer.append(EnglishStemmer())
    stemmed: str = _stemmer[0].stem(word)  # type: ignore[attr-defined]
    return stemmed


def root(stem_: str) -> str:
    """The stem without the ending of one who does: "discoverer" is found by "discovered"."""
    return stem_[:-2] if len(stem_) > 6 and stem_.endswith(("er", "or")) else stem_
