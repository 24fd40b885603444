"""Texts found by a few letters: by the start of any of their words, their initials, and words nearly typed so."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from chatbot.language.lexicon import phrase_of
from chatbot.language.words import STOP_WORDS

LEAST_FOR_TYPOS = 4
"""Letters from which a slip is looked for: of three, everything is near everything."""
MOST_COMPARED = 1500
"""Words compared letter by letter for one key press, two or three microseconds each."""
MOST_SORTED = 500
"""Texts that begin alike and are put into order by their length."""
_LAST = "\U0010ffff"


class Nearest:
    """An index of texts. Building takes about 10 µs a text, a search at most a few milliseconds among 100,000."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(texts))
        starts, inner, initials = [], [], []
        holding: dict[str, list[int]] = {}
        for number, text in enumerate(self.texts):
            words = _words(text)
            starts.append((" ".join(words), number))
            inner += [(" ".join(words[at:]), number) for at in range(1, len(words)) if words[at] not in STOP_WORDS]
            if len(words) > 1:
                initials.append(("".join(word[0] for word in words), number))
            for word in words:
                holding.setdefault(word, []).append(number)
        self._sorted = [_sorted(keys) for keys in (starts, inner, initials)]
        self._holding = holding
        self._by_start: dict[str, list[str]] = {}
        for word in sorted(holding):
            for start in {word[:1], word[:2]}:
                self._by_start.setdefault(start, []).append(word)

    def found(self, typed: str, most: int) -> list[str]:
        """The texts meant by `typed`, best first: begun so, a later word begun so, initials, slips of a key."""
        key = " ".join(_words(typed))
        if not key:
            return []
        numbers = dict.fromkeys(islice(self._begun(key), most))
        if len(numbers) < most and " " not in key:
            numbers |= dict.fromkeys(islice(self._slipped(key), most - len(numbers)))
        return [self.texts[number] for number in numbers]

    def starting(self, typed: str, most: int) -> list[str]:
        """The texts that begin with `typed`."""
        key = " ".join(_words(typed))
        return [self.texts[number] for number in islice(_range(*self._sorted[0], key), most)] if key else []

    def _begun(self, key: str) -> Iterator[int]:
        seen: set[int] = set()
        for keys, numbers in self._sorted:
            # What is short is rather meant: of two names of one thing the one that people say.
            for number in sorted(islice(_range(keys, numbers, key), MOST_SORTED), key=lambda at: len(self.texts[at])):
                if number not in seen:
                    seen.add(number)
                    yield number

    def _slipped(self, key: str) -> Iterator[int]:
        """Of words that begin with the same letter: those typed with a slip, then those of which letters were left out."""
        if len(key) < LEAST_FOR_TYPOS:
            return
        words = self._by_start.get(key[:1], [])
        if len(words) > MOST_COMPARED:
            words = self._by_start.get(key[:2], [])[:MOST_COMPARED]
        scattered = re.compile(".*?".join(map(re.escape, key)))
        near = [word for word in words if _is_near(key, word)]
        known = set(near)
        near += [word for word in words if word not in known and scattered.match(word)]
        for word in near:
            yield from self._holding[word]


def _is_near(typed: str, word: str) -> bool:
    """Whether a word begins with what was typed but for one slip, or two in eight letters."""
    from jellyfish import damerau_levenshtein_distance as distance

    allowed = 1 if len(typed) < 8 else 2
    return any(
        distance(typed, word[:length]) <= allowed
        for length in {len(typed), min(len(typed) + 1, len(word))}
        if len(word) >= length - 1
    )


def _words(text: str) -> Sequence[str]:
    return [part for word in phrase_of(text) for part in word.split("-") if part]


def _sorted(keys: list[tuple[str, int]]) -> tuple[list[str], list[int]]:
    keys.sort()
    return [key for key, _ in keys], [number for _, number in keys]


def _range(keys: list[str], numbers: list[int], start: str) -> Iterator[int]:
    return iter(numbers[bisect_left(keys, start) : bisect_left(keys, start + _LAST)])
