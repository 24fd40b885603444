"""Understanding: from the words a user typed to typed units, before any intent is tried.

A unit is the smallest piece that means one thing to a template: a date, a name, a number, a phrase of the
lexicon, or a plain word. Dates are found first, then the longest of name, lexicon phrase and header phrase
at each word.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from chatbot.language.composition import composed
from chatbot.language.countries import country
from chatbot.language.datetext import DateMention, find_dates
from chatbot.language.lexicon import FILLER, OFFICE, Lexicon, phrase_of
from chatbot.language.names import NameIndex
from chatbot.language.numbers import find_quantities, parse_ordinal
from chatbot.language.spelling import Correction, Speller
from chatbot.language.words import STOP_WORDS, Token, root, stem, tokens

_REMEMBERED = 8
"""Questions whose units are kept."""


class Unit(msgspec.Struct, frozen=True):
    """One piece of a question. What it may stand for is the union of its readings."""

    text: str
    start: int
    end: int
    folded: str = ""
    meanings: frozenset[str] = frozenset()
    """Concepts of the lexicon."""
    names: tuple[str, ...] = ()
    """Entity ids, where it names something known."""
    properties: frozenset[str] = frozenset()
    """Keys of the columns that a header phrase or a property word of it asks for."""
    date: DateMention | None = None
    number: float | None = None
    unit: str = ""
    ordinal: int | None = None
    is_acronym: bool = False
    """Written in capitals: "WHO" is a name, whatever the small word means."""

    @property
    def is_filler(self) -> bool:
        return FILLER in self.meanings

    @property
    def is_stop(self) -> bool:
        """Grammar only: nothing is lost when no template explains it."""
        return (
            not self.names
            and self.date is None
            and self.number is None
            and self.ordinal is None
            and not self.is_acronym
            and all(word in STOP_WORDS for word in self.folded.split())
        )

    @property
    def stems(self) -> tuple[str, ...]:
        return _stems(self.folded)


class Understanding(msgspec.Struct, frozen=True):
    """A question, its spelling corrected, as units in order."""

    text: str
    units: tuple[Unit, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def meaningful(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if not unit.is_stop and not unit.is_filler)


class Understander:
    """Reads questions against one corpus' names, headers and words and the shared lexicon.

    `headers` maps folded header phrases (tuples of words) to column keys, `compounds` the parts of hyphenated
    words of the corpus to their whole ("secretary general" is said for "secretary-general"), `phrases` are further
    words that belong together ("town clerk").
    """

    def __init__(
        self,
        lexicon: Lexicon,
        names: NameIndex,
        headers: Mapping[tuple[str, ...], frozenset[str]],
        compounds: Mapping[tuple[str, ...], str],
        speller: Speller,
        phrases: Iterable[str] = (),
    ) -> None:
        self.lexicon, self.names, self.speller = lexicon, names, speller
        self._understand = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._headers, self._compounds = headers, compounds
        self._phrases = {tuple(phrase.split()) for phrase in phrases if " " in phrase}
        # "rehearse" asks for "Rehearsal venue": single words also meet headers by their stems.
        self._header_words: set[str] = set()
        self._header_stems: dict[str, frozenset[str]] = {}
        for phrase, keys in headers.items():
            for word in phrase:
                if word not in STOP_WORDS and len(word) > 3:
                    self._header_words.add(word)
                    family = root(stem(word))
                    self._header_stems[family] = self._header_stems.get(family, frozenset()) | keys
        self._header_lengths = sorted({len(phrase) for phrase in headers}, reverse=True)

    def understand(self, text: str, today: date) -> Understanding:
        """The question as units. Every answerer asks for the same question's, so the last few are remembered."""
        return self._understand(text, today)

    def _read(self, text: str, today: date) -> Understanding:
        corrected, corrections = self.speller.correct(_two_digit_years(text))
        dates = find_dates(corrected, today)
        words = self._joined(corrected, [t for t in tokens(corrected) if not _inside(t, dates)])
        numbers = {q.start: q for q in find_quantities(corrected)}
        units: list[Unit] = [
            Unit(corrected[d.start : d.end], d.start, d.end, corrected[d.start : d.end].lower(), date=d) for d in dates
        ]
        position = 0
        while position < len(words):
            token = words[position]
            quantity = numbers.get(token.start)
            if quantity is not None and not self._is_phrase(words, position):
                units.append(_number_unit(corrected, quantity.start, quantity.end, quantity.number, quantity.unit))
                while position < len(words) and words[position].start < quantity.end:
                    position += 1
                continue
            length, found = self._units_at(corrected, words, position, is_shouted=text.isupper())
            units.extend(found)
            position += length
        units.sort(key=lambda unit: (unit.start, unit.end))
        return Understanding(corrected, tuple(composed(units)), corrections)

    def _is_phrase(self, words: Sequence[Token], position: int) -> bool:
        """Whether a number word is really part of a known phrase or name ("number one", "Area 51")."""
        folded = _run(words, position)
        return self.names.longest(folded, 0)[0] > 0 or self.lexicon.longest(folded, 0)[0] > 1

    def _units_at(self, text: str, words: Sequence[Token], position: int, is_shouted: bool) -> tuple[int, list[Unit]]:
        """The number of words consumed at `position` and the unit, or the units of a two-step phrase."""
        run = _run(words, position)
        name_length, ids = self.names.longest(run, 0)
        phrase_length, meaning = self.lexicon.longest(run, 0)
        header_length, keys = self._header(run)
        office_length = next((n for n in (4, 3, 2) if n <= len(run) and tuple(run[:n]) in self._phrases), 1)
        length = max(name_length, phrase_length, header_length, office_length)
        start, end = words[position].start, words[position + length - 1].end
        folded = " ".join(run[:length])
        is_filler = any(FILLER in step for step in meaning)  # "i.e." is not Ireland
        is_acronym = length == 1 and not is_shouted and not is_filler and _is_acronym(words[position])
        is_acronym = is_acronym or (length == 1 and _is_country_us(words, position))
        if is_acronym and not ids and (nation := country(words[position].text.upper())):
            name_length, ids = 1, self.names.longest([*phrase_of(nation)], 0)[1]
        # "WHO" is a name whatever the small word means; "CEO" is an office in capitals too.
        is_word = not is_acronym or any(OFFICE in step for step in meaning)
        steps = meaning if phrase_length == length and is_word else (frozenset[str](),)
        properties = {key for step in steps for key in step if key in self.lexicon.properties}
        if header_length == length:
            properties |= keys
        last = len(steps) - 1
        return length, [
            Unit(
                text[start:end],
                start,
                end,
                folded,
                meanings=step,
                names=ids if name_length == length and i == last else (),
                properties=frozenset(properties) if i == last else frozenset(),
                ordinal=parse_ordinal(folded) if length == 1 and i == 0 else None,
                is_acronym=is_acronym,
            )
            for i, step in enumerate(steps)
        ]

    def _header(self, run: Sequence[str]) -> tuple[int, frozenset[str]]:
        for length in self._header_lengths:
            keys = self._headers.get(tuple(run[:length])) if length <= len(run) else None
            if keys:
                return length, keys
        if run[0] in self._header_words:
            return 0, frozenset()
        keys = self._header_stems.get(root(stem(run[0])), frozenset())
        return (1, keys) if keys else (0, frozenset())

    def _joined(self, text: str, words: list[Token]) -> list[Token]:
        """Words with hyphens as the corpus writes them: joined where it joins, split where it does not."""
        found: list[Token] = []
        position = 0
        while position < len(words):
            length = self._compound_length(words, position)
            first, last = words[position], words[position + length - 1]
            if length > 1:
                parts = tuple(part for word in words[position : position + length] for part in word.folded.split("-"))
                found.append(Token(text[first.start : last.end], first.start, last.end, self._compounds[parts]))
            elif length == 1 and position + 1 < len(words) and self._is_parted(first, words[position + 1]):
                last, length = words[position + 1], 2
                whole = first.folded + last.folded
                found.append(Token(text[first.start : last.end], first.start, last.end, whole))
            elif "-" in first.folded and not self._is_known(first.folded):
                found.extend(_parts(first))
            else:
                found.append(first)
            position += length
        return found

    def _is_parted(self, first: Token, second: Token) -> bool:
        return second.start - first.end == 1 and self.speller.is_written_as_one(first.folded, second.folded)

    def _compound_length(self, words: Sequence[Token], position: int) -> int:
        run = _run(words, position)  # a date between parts it
        for length in range(min(4, len(run)), 1, -1):
            if tuple(part for word in run[:length] for part in word.split("-")) in self._compounds:
                return length
        return 1

    def _is_known(self, word: str) -> bool:
        return (
            self.lexicon.longest([word], 0)[0] > 0
            or self.names.longest([word], 0)[0] > 0
            or tuple(word.split("-")) in self._compounds
        )


_SHORT_YEAR = re.compile(r"(?<=\b(?:in|by|of) )['’]?(\d\d)(?=\s*(?:[?!.,;]|$))", re.I)
_SHORT_YEAR_AFTER = re.compile(r"(?<=\b(?:since|until|after) )['’]?(\d\d)(?=\s*(?:[?!.,;]|$))", re.I)


def _two_digit_years(text: str) -> str:
    """ "in 96" is 1996, "in 05" 2005: from 40 on the last century, below 30 this one."""

    def year(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"19{match[1]}" if number >= 40 else f"20{match[1]}" if number < 30 else match.group()

    return _SHORT_YEAR_AFTER.sub(year, _SHORT_YEAR.sub(year, text))


def _is_acronym(token: Token) -> bool:
    is_country = "." in token.text and country(token.text.upper()) is not None  # "u.s."
    return is_country or (len(token.text) > 1 and token.text.isupper())


#: Words after which "us" is a pronoun.
_TO_US = frozenset(
    "to for of from with by about tell give show let help among between before after than remind teach on".split()
)


def _is_country_us(words: Sequence[Token], position: int) -> bool:
    """ "us share": the country, where no word before takes a pronoun and something follows that it may have or do."""
    before = words[position - 1].folded if position else ""
    return words[position].folded == "us" and before not in _TO_US and position + 1 < len(words)


@lru_cache(maxsize=8192)
def _stems(folded: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in folded.split())


def _inside(token: Token, dates: Sequence[DateMention]) -> bool:
    return any(d.start <= token.start < d.end for d in dates)


def _run(words: Sequence[Token], position: int) -> list[str]:
    """The folded words from `position` that stand together: a date between two words parts them."""
    run = [words[position].folded]
    for before, word in zip(words[position:], words[position + 1 : position + 10], strict=False):
        if word.start - before.end > 3:
            break
        run.append(word.folded)
    return run


def _parts(token: Token) -> list[Token]:
    found, start = [], token.start
    for part, shown in zip(token.folded.split("-"), token.text.replace("–", "-").split("-"), strict=False):
        if part:
            found.append(Token(shown, start, start + len(shown), part))
        start += len(shown) + 1
    return found


def _number_unit(text: str, start: int, end: int, number: float, unit: str) -> Unit:
    return Unit(text[start:end], start, end, text[start:end].lower(), number=number, unit=unit)


def compounds_of(words: Iterable[str]) -> dict[tuple[str, ...], str]:
    """The parts of each hyphenated word to the whole: ("secretary", "general") to "secretary-general"."""
    return {tuple(word.split("-")): word for word in words if "-" in word and all(word.split("-"))}
