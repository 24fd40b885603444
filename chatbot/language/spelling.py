"""Correcting misspelt words of a question, and never a word that is somebody's own.

A word is corrected only when neither the corpus, the templates nor ordinary English has it, it is not in capitals (a
capital at its head marks a name, which is only corrected where it is a single slip from one name that is known), and
one known word is clearly nearest: by Damerau-Levenshtein distance (F. J. Damerau 1964; V. Levenshtein 1966),
then by sound (Metaphone, L. Philips 1990).
"""

import gzip
import re
from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib import resources

import msgspec

from chatbot.language.words import STOP_WORDS, Token, tokens

ORDINARY = 200
"""How often the list must have met a word: rarer ones are mostly names and slips ("mots", "jonathon")."""
FREQUENT = 4000
"""How often a word must have been met for it never to be taken for a slip."""
_FAR_COMMONER = 20
"""How much oftener one word must be met than another to be meant rather than that."""
_OPENERS = ("who", "what", "when", "where", "which", "how", "whose", "why")
_DOUBLED = re.compile(r"(.)\1$")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


class Correction(msgspec.Struct, frozen=True):
    typed: str
    meant: str


class Speller:
    """Knows the words that may be meant.

    `common` are words of the templates and the lexicon, `names` those of names; both are preferred over the
    `corpus`' other words at the same distance. `shorthand` maps what people write to save time to the word meant.
    `is_met` knows words of the documents beyond those of `corpus`: none of them is misspelt.
    """

    def __init__(
        self,
        common: Collection[str],
        names: Collection[str],
        corpus: Collection[str],
        shorthand: Mapping[str, str] | None = None,
        is_met: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self._is_met = is_met
        self._common, self._names, self._corpus = common, names, corpus
        self._shorthand = shorthand or {}
        phrases = (short for short in self._shorthand if " " in short)
        self._short_phrases = [(short, re.compile(rf"\b{re.escape(short)}\b", re.I)) for short in phrases]
        self._by_length: dict[int, list[str]] | None = None
        self._memo: dict[str, str | None] = {}

    def knows(self, word: str) -> bool:
        return (
            word in self._common
            or word in self._names
            or word in self._corpus
            or word in STOP_WORDS
            or not word.isalpha()
            or self._is_met(word)
        )

    def is_written_as_one(self, first: str, second: str) -> bool:
        """Whether the documents join two words, and do not have them apart: "peace keeping"."""
        return first + second in self._corpus and not (first in self._corpus and second in self._corpus)

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with misspelt words replaced, and what was replaced."""
        made: list[Correction] = []
        for short, pattern in self._short_phrases:
            if pattern.search(text):
                text = pattern.sub(self._shorthand[short], text)
        for token in reversed(tokens(text)):
            is_short = token.folded in self._shorthand and token.folded not in self._corpus
            if self.knows(token.folded) and not is_short:
                continue
            if _is_proper(token, text):
                meant = self._slip_of_a_name(token)
                if meant is not None:
                    text = text[: token.start] + meant + text[token.end :]
                    made.append(Correction(token.text, meant))
                continue
            if token.folded not in self._memo:
                self._memo[token.folded] = self._meant(token.folded)
            meant = self._memo[token.folded]
            if meant is not None:
                text = text[: token.start] + meant + text[token.end :]
                made.append(Correction(token.text, meant))
        return text, tuple(reversed(made))

    def _slip_of_a_name(self, token: Token) -> str | None:
        """The one name that a capitalised word is a single slip from; capitals throughout are never touched."""
        word = token.folded
        if token.text.isupper() or len(word) < 4 or word in english_words():
            return None
        import jellyfish

        near = {n for n in self._candidates(len(word), 1) if n in self._names and n[0] == word[0]}
        near = {name for name in near if jellyfish.damerau_levenshtein_distance(word, name) == 1}
        return near.pop() if len(near) == 1 else None

    def _meant(self, word: str) -> str | None:
        """What a word that nothing knows may be: shorthand, drawn out, misspelt, or run into a question word."""
        return (
            self._shorthand.get(word)
            or self._drawn_out(word)
            or self.nearest(word)
            or self._run_together(word)
            or self._name_run_together(word)
        )

    def _name_run_together(self, word: str) -> str | None:
        """ "leroy" is Le Roy, "dpos" the DPO's: a name without the space or the apostrophe in it."""
        if len(word) > 3 and word[-1] == "s" and word[:-1] in self._names:
            return word[:-1]
        cuts = (at for at in range(2, len(word) - 1) if word[:at] in self._names and word[at:] in self._names)
        return next((f"{word[:at]} {word[at:]}" for at in cuts if word not in english_words()), None)

    def _run_together(self, word: str) -> str | None:
        """ "whoruns" is who runs: a question word without the space after it."""
        rest = next((word[len(first) :] for first in _OPENERS if word.startswith(first)), "")
        is_known = len(rest) > 2 and (self.knows(rest) or rest in frequent_words())
        return f"{word[: -len(rest)]} {rest}" if is_known and word not in english_words() else None

    def _drawn_out(self, word: str) -> str | None:
        """ "soooo" is so, "whooo" who, "ledd" led: a letter said twice or more, for emphasis or by a slip."""
        if not _DRAWN_OUT.search(word):
            once = _DOUBLED.sub(r"\1", word)
            is_meant = once != word and len(once) > 2 and (once in self._common or once in STOP_WORDS)
            return once if is_meant and word not in english_words() else None
        forms = (_DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word))
        return next((form for form in forms if self.knows(form)), None)

    def nearest(self, word: str) -> str | None:
        """The known word that `word` misspells, or None: too far, too short, ordinary English, or a tie."""
        if len(word) < 3 or word in frequent_words():
            return None
        is_word = word in english_words()
        if is_word and len(word) > 5 and any(known.startswith(word[:5]) for known in self._corpus):
            return None  # "curated", where the documents have curators
        import jellyfish  # a question without misspellings never needs it

        sound, found = jellyfish.metaphone(word), []
        reach = 1 if len(word) < 6 else 2
        for candidate in self._candidates(len(word), reach):
            distance = jellyfish.damerau_levenshtein_distance(word, candidate)
            sounds_alike = jellyfish.metaphone(candidate) == sound
            # "tuk" is two letters from "took", yet sounds the same.
            far = reach + (sounds_alike and candidate in self._common)
            if is_word and (distance > 1 or not _is_far_commoner(candidate, word)):
                continue  # "manger" is a word, but far oftener a slip for "manager"
            if is_word and candidate[0] != word[0] and not sounds_alike:
                continue  # "tended" is not "ended"
            if distance > far or (candidate[0] != word[0] and distance > 1):
                continue
            if distance > 1 and not (sounds_alike or _is_likely(word, candidate)):
                continue  # "unicef" is a name of its own, not "united"
            closeness = _closeness(word, candidate, distance) - 0.6 * (sounds_alike and candidate[0] != word[0])
            found.append((closeness, not sounds_alike, self._rank(candidate), candidate))
        if not found:
            return None
        found.sort()
        tied = sorted((f[3] for f in found if f[:3] == found[0][:3]), key=lambda w: -english_words().get(w, 0))
        if len(tied) > 1 and not _one_family(tied[0], tied[1]) and not _is_far_commoner(tied[0], tied[1]):
            return None
        return tied[0]

    def _rank(self, word: str) -> int:
        return 0 if word in self._common else 1 if word in self._names else 2

    def _candidates(self, length: int, reach: int) -> list[str]:
        if self._by_length is None:
            self._by_length = {}
            for word in {*self._common, *self._names, *self._corpus}:
                shortest = 3 if word in self._common else 4  # any three letters are one away from some code
                is_light = word in STOP_WORDS and not (
                    word in self._common and len(word) > 3
                )  # "most" is no light word
                if word.isalpha() and len(word) >= shortest and not is_light:
                    self._by_length.setdefault(len(word), []).append(word)
        return [w for n in range(length - reach, length + reach + 2) for w in self._by_length.get(n, ())]


def _is_proper(token: Token, text: str) -> bool:
    """Capitals mark a name, except on the first word of a question typed in sentence case."""
    if token.text.isupper() and not text.isupper():
        return True
    if text.isupper():
        return False
    return token.is_capitalised and bool(text[: token.start].strip())


def _closeness(word: str, candidate: str, distance: int) -> float:
    """The distance, less where letters are only swapped or left out, more where the first is another."""
    is_swapped = sorted(word) == sorted(candidate)
    return distance - 0.5 * is_swapped - 0.4 * _lacks_letters(word, candidate) + 0.6 * (word[0] != candidate[0])


def _is_likely(word: str, candidate: str) -> bool:
    """Whether a word two letters away may still be meant: letters are only left out or swapped, or it is a long one."""
    return len(word) > 7 or sorted(word) == sorted(candidate) or _lacks_letters(word, candidate)


def _lacks_letters(word: str, candidate: str) -> bool:
    """Whether the word is the candidate with letters left out."""
    letters = iter(candidate)
    return all(letter in letters for letter in word)


def _is_far_commoner(word: str, other: str) -> bool:
    counts = english_words()
    return counts.get(word, 0) > _FAR_COMMONER * counts.get(other, 0)


def _one_family(first: str, second: str) -> bool:
    """Inflections of one word (head, heads) are no real tie: either leads to the same meaning."""
    short, long = sorted((first, second), key=len)
    return long.startswith(short) and len(long) - len(short) <= 2


@cache
def english_words() -> Mapping[str, int]:
    """The words of ordinary English with how often each was met, as pyspellchecker ships them; rare ones left out."""
    packed = resources.files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    counts = msgspec.json.decode(gzip.decompress(packed), type=dict[str, int])
    return {word: count for word, count in counts.items() if count >= ORDINARY}


@cache
def frequent_words(least: int = FREQUENT) -> frozenset[str]:
    """The words met at least so often: what is written like one of them was meant."""
    return frozenset(word for word, count in english_words().items() if count >= least)
