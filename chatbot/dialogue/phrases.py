"""The noun phrases of a question."""

import re

import msgspec

from chatbot.dialogue.grammar import Word, words_of
from chatbot.dialogue.wordforms import is_plural


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase without its complement: `text[start:end]`, a leading determiner included."""

    text: str
    start: int
    end: int
    determiner: str = ""
    """Folded; "" where there is none."""

    @property
    def bare(self) -> str:
        """Without the determiner."""
        return self.text[len(self.determiner) :].strip() if self.determiner else self.text

    @property
    def head(self) -> str:
        return self.bare.split()[-1] if self.bare else ""

    @property
    def is_plural(self) -> bool:
        return is_plural(self.head) or bool(re.search(r"\sand\s|\s&\s", self.text))

    @property
    def is_name(self) -> bool:
        """Written like a name: its head has a capital."""
        return self.head[:1].isupper() or self.bare[:1].isupper()


def phrases_of(words: list[Word], text: str) -> list[Phrase]:
    """The noun phrases of a question in order.

    >>> text = "What is the role of positivism in it?"
    >>> [phrase.text for phrase in phrases_of(words_of(text), text)]
    ['the role', 'positivism']
    """
    found: list[Phrase] = []
    n = 0
    while n < len(words):
        if words[n].kind not in "tn":
            n += 1
            continue
        first = n
        has_determiner = words[n].kind == "t"
        n += has_determiner
        start = n
        while n < len(words) and _continues(words, start, n):
            n += 1
        if n > start:
            determiner = words[first].folded if has_determiner else ""
            found += _owned(text, words[first].start, words[n - 1].end, determiner)
    return found


_OWNER = re.compile(r"^(.+?(?:['’]s|s['’]))\s+\S")


def _owned(text: str, start: int, end: int, determiner: str) -> list[Phrase]:
    """The phrase, and of "lung cancer's symptoms" the owner as well."""
    owner = _OWNER.match(text[start:end])
    whole = Phrase(text[start:end], start, end, determiner)
    if owner is None:
        return [whole]
    cut = start + len(re.sub(r"['’]s?$", "", owner[1]))
    return [whole, Phrase(text[start:cut], start, cut, determiner)]


def _continues(words: list[Word], start: int, n: int) -> bool:
    kind = words[n].kind
    if kind == "n":
        return True
    is_inside = n + 1 < len(words) and words[n + 1].kind == "n"
    if kind == "s" and words[n].text in ",'’" + '"':
        return False
    if kind == "c" and words[n].folded == "and" and n > start and is_inside:
        return n + 2 >= len(words) or words[n + 2].kind != "v"
    if kind in "av" and n == start and is_inside:  # "most common types", "binge drinking"
        return words[n].folded not in ("there", "here", "not") and kind == "a"
    return False


def is_bound(text: str, start: int) -> bool:
    """Whether a possessive that stands at `start` means the question's own subject.

    It does where a noun phrase stands before it with a verb between; "the head of its office" asks of something before.

    >>> is_bound("where does the department have its seat", 31), is_bound("who heads its office", 10)
    (True, False)
    """
    words = [word for word in words_of(text) if word.end <= start]
    phrases = phrases_of(words, text)
    return bool(phrases) and any(word.kind in "vm" and word.start >= phrases[0].end for word in words)
