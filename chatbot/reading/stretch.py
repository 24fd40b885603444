"""A stretch of text with everything that is looked for in it, each found at most once."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache

from chatbot.language.datetext import DateMention, find_dates
from chatbot.language.lexicon import Lexicon, Meaning
from chatbot.language.numbers import Quantity, find_quantities
from chatbot.language.words import STOP_WORDS, Token, fold, stem, tokens
from chatbot.reading.vocabulary import CALENDAR, LIGHT, Mention, families
from chatbot.retrieval.analysis import analyse, root, terms_of

_NAME_GAP = 1
"""Terms that may stand inside a name: "President Roe" is in "President Ana Roe"."""
_LONG = 6
"""Letters from which a word of a name may be misspelt."""
_REMEMBERED = 64
"""Names that a stretch remembers whether it has: those of one question are looked for several times."""
_ANY_DAY = date(2000, 1, 1)
"""Texts are read for dates that stand written out; those relative to today are passed over."""


class Stretch:
    """A sentence, a heading or a title."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._meanings: dict[Lexicon, list[frozenset[str]]] = {}
        self._named: dict[str, bool] = {}

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.text)

    @cached_property
    def terms_by_token(self) -> list[list[str]]:
        return [terms_of(token.folded) for token in self.tokens]

    @cached_property
    def terms(self) -> list[str]:
        return [term for terms in self.terms_by_token for term in terms]

    @cached_property
    def term_set(self) -> frozenset[str]:
        return frozenset(self.terms)

    @cached_property
    def roots(self) -> frozenset[str]:
        return frozenset(map(root, self.terms))

    @cached_property
    def dates(self) -> list[DateMention]:
        found = find_dates(self.text, _ANY_DAY)
        return [mention for mention in found if any(map(str.isdigit, self.text[mention.start : mention.end]))]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Numbers that are no part of a date."""
        return [
            quantity
            for quantity in find_quantities(self.text)
            if not any(d.start < quantity.end and quantity.start < d.end for d in self.dates)
        ]

    @cached_property
    def mentions(self) -> list[Mention]:
        """Words and phrases that belong to families."""
        return families().mentions([_as_said(token) for token in self.tokens])

    @cached_property
    def families(self) -> frozenset[int]:
        return frozenset[int]().union(*(mention.families for mention in self.mentions))

    def families_within(self, start: int, end: int) -> frozenset[int]:
        """The families of the word or phrase whose meaningful words all stand in `start:end`, or around it."""
        inside = [n for n, token in enumerate(self.tokens) if token.start < end and start < token.end]
        told = [n for n in inside if self.tokens[n].folded not in STOP_WORDS] or inside
        covering = (m.families for m in self.mentions if told and m.start <= told[0] and told[-1] < m.end)
        return frozenset[int]().union(*covering)

    def is_in_phrase(self, start: int) -> bool:
        """Whether a family's phrase of several words has the word that begins at this character."""
        return any(
            mention.end - mention.start > 1
            and any(token.start == start for token in self.tokens[mention.start : mention.end])
            for mention in self.mentions
        )

    def places(self, terms: Sequence[str], families: frozenset[int]) -> list[tuple[int, int]]:
        """Where words of these terms or families stand, as ranges of tokens."""
        wanted = frozenset(terms)
        found = [(at, at + 1) for at, own in enumerate(self.terms_by_token) if not wanted.isdisjoint(own)]
        return found + [(m.start, m.end) for m in self.mentions if m.families & families]

    def meanings(self, lexicon: Lexicon) -> list[frozenset[str]]:
        """What each phrase of the lexicon means; other forms of its words ("establishment") count too.

        Words that mean little by themselves ("make") mean nothing here.
        """
        if lexicon not in self._meanings:
            self._meanings[lexicon] = self._looked_up(lexicon)
        return self._meanings[lexicon]

    def _looked_up(self, lexicon: Lexicon) -> list[frozenset[str]]:
        words = [token.folded for token in self.tokens]
        by_stem = _meanings_by_stem(lexicon)
        found: list[frozenset[str]] = []
        for at, word in enumerate(words):
            length, steps = lexicon.longest(words, at)
            if length < 2 and word in LIGHT:
                continue
            found += steps if length else by_stem.get(stem(word), ())
        return found

    def is_only_within(self, text: str) -> bool:
        """Whether a hyphenated word stands here only inside a longer one: an under-secretary-general is another."""
        if "-" not in text:
            return False
        wanted = [stem(piece) for piece in fold(text).split("-")]
        inside = False
        for token in self.tokens:
            pieces = [stem(piece) for piece in token.folded.split("-")]
            if pieces == wanted:
                return False
            inside = inside or (len(pieces) > len(wanted) and pieces[-len(wanted) :] == wanted)
        return inside

    def has_name(self, form: str) -> bool:
        """Whether a name stands here. Abbreviations need their capitals, or "US" would be found in "us"."""
        if form not in self._named:
            if len(self._named) >= _REMEMBERED:
                self._named.clear()
            self._named[form] = self._has_name(form)
        return self._named[form]

    def _has_name(self, form: str) -> bool:
        if form.isupper() and " " not in form:
            bare = form.replace(".", "")
            return any(bare == part for t in self.tokens for part in t.text.replace(".", "").split("-"))
        phrase = _analysed(form)
        if self.term_set.isdisjoint(phrase) or self.is_only_within(form):
            return False
        return has_phrase(self.terms, phrase, _NAME_GAP) or self._has_misspelt(phrase)

    def _has_misspelt(self, phrase: Sequence[str]) -> bool:
        """Whether a name of several words stands here but for one letter of a long one."""
        if len(phrase) < 2 or not self.term_set.intersection(phrase):
            return False
        for at, term in enumerate(phrase):
            if term not in self.term_set and len(term) >= _LONG:
                rest = [*phrase[:at], *phrase[at + 1 :]]
                like = [t for t in self.term_set if len(t) >= _LONG and _differ_by_a_letter(t, term)]
                return self.term_set.issuperset(rest) and any(
                    has_phrase(self.terms, [*phrase[:at], t, *phrase[at + 1 :]], _NAME_GAP) for t in like
                )
        return False


@lru_cache(maxsize=1024)
def _analysed(form: str) -> tuple[str, ...]:
    return tuple(analyse(form))


@lru_cache(maxsize=4)
def _meanings_by_stem(lexicon: Lexicon) -> dict[str, Meaning]:
    """The meanings of the lexicon's single words by their stem, where only one meaning has it."""
    found: dict[str, set[Meaning]] = {}
    for word in lexicon.words():
        length, meaning = lexicon.longest([word], 0)
        if length:
            found.setdefault(stem(word), set()).add(meaning)
    return {key: meanings.pop() for key, meanings in found.items() if len(meanings) == 1}


@lru_cache(maxsize=4096)
def stretch(text: str) -> Stretch:
    """The stretch of `text`, remembered between questions."""
    return Stretch(text)


def _as_said(token: Token) -> str:
    """The word of a token; nothing where it is a month or, with a capital, part of a name: "March", "United"."""
    is_name = token.is_capitalised and token.start > 0 and token.folded.endswith(("ed", "ing"))
    is_name = is_name or (token.is_capitalised and token.folded in CALENDAR)
    return "" if is_name else token.folded


def _differ_by_a_letter(one: str, other: str) -> bool:
    """Whether one letter more, less or other makes one word of the other, a plural ending apart."""
    shorter, longer = sorted((one.removesuffix("s"), other.removesuffix("s")), key=len)
    if len(longer) - len(shorter) > 1 or longer[0] != shorter[0]:
        return False
    at = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    rest = longer[at + 1 :]
    return rest in (shorter[at:], shorter[at + 1 :])


def has_phrase(terms: Sequence[str], phrase: Sequence[str], gap: int) -> bool:
    """Whether `phrase` stands in `terms` in order, with at most `gap` other terms between.

    >>> has_phrase(["presid", "ana", "roe"], ["presid", "roe"], 1)
    True
    """
    if not phrase:
        return False
    return any(
        term == phrase[0] and _continues(terms[at + 1 : at + len(phrase) + gap], phrase[1:])
        for at, term in enumerate(terms)
    )


def _continues(terms: Sequence[str], phrase: Sequence[str]) -> bool:
    rest = iter(terms)
    return all(term in rest for term in phrase)
