"""The names of a question: of known entities, proper names that nothing knows, and names that end in a year."""

import re
from collections.abc import Callable, Iterator, Sequence

from chatbot.language.countries import country, demonym_country, demonyms, variants
from chatbot.language.lexicon import Lexicon
from chatbot.language.spelling import english_words
from chatbot.language.understanding import Understanding, Unit
from chatbot.reading.vocabulary import PADDING

COMPARING = frozenset(["most", "least", "longest", "shortest", "oldest", "youngest", "average", "total"])
"""Concepts that are demanded even where grammar words express them ("the most")."""
_ACRONYMS = frozenset("tv cd dvd pc id ceo vip diy gdp dna".split())
"""Common nouns that are written in capitals."""
_INSIDE_NAMES = frozenset("of for the on de la du des von van del della".split())
_YEAR = re.compile(r"\d{4}")
_LONGEST_NAME = 4
"""Units before the year of a name that ends in one."""

#: Says whether a phrase stands somewhere in what was found.
Stands = Callable[[str], bool]
Span = tuple[int, int]


def is_required(unit: Unit, lexicon: Lexicon) -> bool:
    """Whether a word of the question must be met: it is no grammar, filler or question word."""
    if unit.names or unit.date is not None:
        return False
    if unit.meanings & lexicon.questions:
        return False
    return bool(unit.meanings & COMPARING) or not (unit.is_stop or is_padding(unit))


def is_padding(unit: Unit) -> bool:
    """Whether a unit only goes with a question: "tell me", "please".

    Of the single words that questions about facts may do without, passages tell some: "closed", "money".
    """
    return unit.is_filler and (" " in unit.folded or unit.folded in PADDING)


def forms_of(unit: Unit, aliases: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """What a unit that names an entity may be called instead; `aliases` gives the names of an entity."""
    forms = [unit.text, *(form for entity in unit.names for form in aliases(entity))]
    return tuple(dict.fromkeys((*forms, *_of_country(unit.text))))


def forms_of_phrase(phrase: str, stands: Stands) -> tuple[str, ...]:
    """What a proper name that nothing knows may be called instead.

    Where the texts have a name as it is, they may also say its last word alone: "Lennon" for "John Lennon".
    """
    last = phrase.rpartition(" ")[2]
    is_surname = last != phrase and last.isalpha() and last.lower() not in english_words() and stands(phrase)
    return tuple(dict.fromkeys((phrase, *([last] if is_surname else ()), *_of_country(phrase))))


def _of_country(text: str) -> tuple[str, ...]:
    """A country's names and what is called after it, where the text is one of them: "Ugandan", "Uganda"."""
    name = country(text) or demonym_country(text)
    return (name, *variants(name), *demonyms(name)) if name is not None else ()


def named_years(understanding: Understanding, stands: Stands) -> list[Span]:
    """Names that end in a year, as the texts have them: "Vision 2010"."""
    text, found = understanding.text, []
    for at, unit in enumerate(understanding.units):
        if unit.date is not None and _YEAR.fullmatch(unit.text):
            starts = _starts_of_name(understanding.units[:at])
            found += [(start, unit.end) for start in starts if stands(text[start : unit.end])][:1]
    return found


def _starts_of_name(before: Sequence[Unit]) -> list[int]:
    """Where a name may begin that goes on behind these units, the longest first: with a capital, if any has one."""
    starts: list[Unit] = []
    for unit in before[: -_LONGEST_NAME - 1 : -1]:
        if unit.is_stop or unit.date is not None:
            break
        starts.insert(0, unit)
    capitals = [unit for unit in starts if unit.text[:1].isupper()]
    return [unit.start for unit in capitals or starts]


def proper_phrases(text: str, units: Sequence[Unit], lexicon: Lexicon) -> Iterator[Span]:
    """Runs of capitalised words that name nothing known: the sentence must have them as they stand.

    Small words stand inside them: "Letters of Credit".
    """
    if _is_title_case(units):
        return
    run: Span | None = None
    for unit in units:
        is_proper = unit.text[:1].isupper() and unit.start > units[0].start and _may_be_name(unit, lexicon)
        between = text[run[1] : unit.start] if run is not None else ""
        goes_on = not between.strip(" -") or all(word in _INSIDE_NAMES for word in between.split())
        if run is not None and not (is_proper and goes_on) and (is_proper or unit.folded not in _INSIDE_NAMES):
            yield run
            run = None
        if is_proper:
            run = (unit.start if run is None else run[0], unit.end)
    if run is not None:
        yield run


def _may_be_name(unit: Unit, lexicon: Lexicon) -> bool:
    """Capitals make a name of what is elsewhere a mere filler: "Letters of *Credit*"; but not of "TV"."""
    if unit.folded in _ACRONYMS:
        return False
    return is_required(unit, lexicon) or (unit.is_filler and not unit.is_stop)


def _is_title_case(units: Sequence[Unit]) -> bool:
    """Whether capitals say nothing here, because nearly every word has one."""
    words = [unit for unit in units[1:] if not unit.is_stop and unit.text[:1].isalpha()]
    stops = [unit for unit in units[1:] if unit.is_stop]
    capitals = [unit for unit in (*words, *stops) if unit.text[:1].isupper()]
    return len(words) > 1 and len(capitals) > 0.8 * len(words + stops)
