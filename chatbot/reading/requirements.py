"""What a question demands of a sentence before it may be given as the answer."""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from chatbot.language.dates import Interval
from chatbot.language.lexicon import Lexicon
from chatbot.language.understanding import Understanding, Unit
from chatbot.language.words import STOP_WORDS
from chatbot.reading.asking import MODAL, Asked, Wanted, asked_for, counted, is_next, is_past
from chatbot.reading.naming import (
    COMPARING,
    Span,
    Stands,
    forms_of,
    forms_of_phrase,
    is_padding,
    is_required,
    named_years,
    proper_phrases,
)
from chatbot.reading.stretch import Stretch, stretch
from chatbot.reading.succession import Succession, succession_asked
from chatbot.reading.vocabulary import COMMON, LIGHT, NEGATIONS, TASKS, is_exact
from chatbot.retrieval.analysis import analyse

_LASTING = frozenset(["duration", "length", "serve"])
"""Concepts that a length of time expresses by itself."""
#: Nouns that a ranking need not repeat.
_ANY_KIND = frozenset(
    "country countries state states nation nations body person people place places one ones man woman".split()
)
#: Words after which a name is set beside what is asked, not under it: "the biggest payer after France".
_PARTING = frozenset("after before than since besides except like and or".split())
_DOING = frozenset("do does did doing done".split())
_LOOSE = frozenset(
    "new different distinct complete respective aforementioned corresponding successive gentleman".split()
)
"""Words that describe so loosely that a text need not say them where a question may do without them."""
_DEFINITE = frozenset(["person", "date", "number", "place", "duration", "reason"])
"""Kinds of answers that a sentence shows by itself, so that no more than a name need be asked about."""


class Word(msgspec.Struct, frozen=True):
    """A word or phrase that the answer must speak of, by itself or by a phrase of the same meaning."""

    text: str
    terms: tuple[str, ...]
    concepts: frozenset[str] = frozenset()
    families: frozenset[int] = frozenset()
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Terms of each phrase that the user's lexicon allows instead."""
    is_light: bool = False
    is_common: bool = False
    """A paraphrase may well say it otherwise."""
    is_exact: bool = False
    """No paraphrase may say it otherwise: a number, a superlative."""
    is_task: bool = False
    """It asks what somebody or something does: "what is she responsible for?"."""
    is_setting: bool = False
    """It belongs to a clause that only says when: "what did she do when the pier burnt?"."""
    is_point: bool = False
    """It stands right behind the question word: it is what is asked for."""


class Requirements(msgspec.Struct, frozen=True):
    """Everything a question demands."""

    names: tuple[tuple[str, ...], ...]
    """For each name in the question the forms of it; any of them will do."""
    dates: tuple[Interval, ...]
    words: tuple[Word, ...]
    wants: Wanted = ""
    counted: tuple[str, ...] = ()
    """Terms of what "how many" asks the number of."""
    is_negated: bool = False
    is_event: bool = False
    """Nothing but what happened at a date is asked; `words` is empty."""
    deed: Word | None = None
    """What the person asked for did: "who *founded* it?"."""
    succession: Succession | None = None
    """Whoever came after, or before, somebody is asked for."""
    is_bare: bool = False
    """Nothing stands between the question word and a name but grammar."""
    is_open: bool = True
    """A question word asks; else yes or no, or only some words are given."""
    is_modal: bool = False
    """What can or might be is asked."""
    is_doing: bool = False
    """What somebody or something does is asked: "what does the Harbour Board do?"."""
    governed: tuple[tuple[Word, tuple[str, ...]], ...] = ()
    """Each word that stands right before a name, with the forms of that name: "heads" of "who heads the Harbour Office"."""
    ranked: Word | None = None
    """The noun of which the greatest or the like is asked: "which *mission* is the largest"."""
    compares: bool = False
    """Two named things are compared: "is the North Light taller than the South Light"."""
    terms: frozenset[str] = frozenset()
    """Terms of all words and names: what the question says itself answers nothing."""

    @property
    def describes(self) -> bool:
        """Whether nothing but a name is given: "who is Ana Roe?", "what is a capstan?"."""
        is_bare = self.is_bare and not (self.dates or self.succession or self.is_doing)
        return is_bare and self.wants in ("", "person") and len(self.names) + len(self.words) == 1

    @property
    def is_about(self) -> bool:
        """Whether it is asked what something does or is for: "what does the Harbour Board do?"."""
        is_task = self.is_doing or self.wants == "purpose" or bool(self.words)
        is_bare = self.wants in ("", "purpose") and not (self.dates or self.describes or self.is_specific)
        return is_bare and is_task and bool(self.names)

    @property
    def is_specific(self) -> bool:
        """Whether it turns on more than names, dates and words that say little."""
        return any(not word.is_light for word in self.words)

    @property
    def asks(self) -> bool:
        """Whether enough is asked for a sentence to answer it."""
        if self.describes or self.is_event or self.succession or self.is_about:
            return True
        demands = len(self.words) + len(self.names) + len(self.dates)
        is_enough = demands > 1 or self.wants == "name"
        return bool(self.words) and is_enough and (self.is_specific or self.wants in _DEFINITE)


def requirements_of(
    understanding: Understanding,
    aliases: Callable[[str], tuple[str, ...]],
    lexicon: Lexicon,
    stands: Stands = lambda phrase: False,
) -> Requirements:
    """The demands of a question.

    `aliases` gives the forms of the name of an entity by its id; `stands` says whether a phrase stands in the
    passages found, so that "Vision 2010" is known for a name with a year in it.
    """
    named = named_years(understanding, stands)
    units = [unit for unit in understanding.units if not any(a <= unit.start < b for a, b in named)]
    asked = asked_for(units, lexicon)
    succession = succession_asked(understanding) if asked.wants == "person" else None
    names = [forms_of(unit, aliases) for unit in units if unit.names]
    phrases = list(proper_phrases(understanding.text, units, lexicon))
    names += [forms_of_phrase(understanding.text[start:end], stands) for start, end in (*named, *phrases)]
    words = _words(understanding, units, lexicon, asked, phrases, succession)
    dates = tuple(unit.date.interval for unit in units if unit.date is not None)
    if names and not asked.wants and all(word.is_light for word in words):
        words = [_weighty(word) for word in words]
    is_doing = any(unit.folded in _DOING for unit in units)
    is_event = bool(dates) and not asked.wants and all(word.is_light for word in words)
    is_event = is_event and (bool(words) or (bool(names) and is_doing and asked.unit is not None))
    numbered = {term for unit in counted(units, asked) for term in analyse(unit.text)}
    terms = {term for word in words for term in word.terms}
    terms |= {term for forms in names for form in forms for term in stretch(form).terms}
    return Requirements(
        names=tuple(names),
        dates=dates,
        words=() if is_event else tuple(words),
        wants=asked.wants,
        counted=tuple(sorted(numbered)),
        is_negated=_is_negated(units),
        is_event=is_event,
        deed=_deed(understanding.text, words, asked) if succession is None else None,
        succession=succession,
        is_bare=_is_bare(units, asked),
        is_open=asked.unit is not None,
        is_modal=any(unit.folded in MODAL for unit in units),
        is_doing=is_doing,
        ranked=_ranked(units, words),
        governed=tuple(_governed(understanding.text, units, words, phrases, aliases)),
        compares=asked.unit is None and len(names) > 1 and any(unit.folded.split()[-1] == "than" for unit in units),
        terms=frozenset(terms),
    )


def _ranked(units: Sequence[Unit], words: Sequence[Word]) -> Word | None:
    """The noun right behind "which" where a superlative asks for one of its kind."""
    opens = bool(units) and units[0].folded in ("which", "what")
    if not (opens and any({"most", "least"} & unit.meanings for unit in units)):
        return None
    return next(
        (word for word in words if word.is_point and not _ANY_KIND.intersection(word.text.lower().split())), None
    )


def _governed(
    text: str,
    units: Sequence[Unit],
    words: Sequence[Word],
    phrases: Sequence[Span],
    aliases: Callable[[str], tuple[str, ...]],
) -> Iterator[tuple[Word, tuple[str, ...]]]:
    """The last weighty word before each name, where only grammar stands between them."""
    last: Word | None = None
    for unit in units:
        span = next((span for span in phrases if span[0] <= unit.start < span[1]), None)
        if unit.names or span is not None:
            if last is not None and not (last.is_light or last.is_common):
                yield last, forms_of(unit, aliases) if unit.names else (text[slice(*span)],) if span else ()
            last = None
        elif unit.folded in _PARTING:
            last = None
        elif not unit.is_stop and not unit.is_filler:
            last = next((word for word in words if word.text == unit.text), None)


def _is_negated(units: Sequence[Unit]) -> bool:
    return any(word in NEGATIONS for unit in units for word in unit.folded.replace("n't", " n't").split())


def _words(
    understanding: Understanding,
    units: Sequence[Unit],
    lexicon: Lexicon,
    asked: Asked,
    phrases: Sequence[Span],
    succession: Succession | None,
) -> list[Word]:
    asking, setting = asked.unit, _setting_start(understanding, asked.unit)
    whole = stretch(understanding.text)
    words: list[Word] = []
    for unit in units:
        if not is_required(unit, lexicon) or any(start <= unit.start < end for start, end in phrases):
            continue
        if any(word.text == unit.text and word.is_exact for word in words):
            continue
        if asked.wants == "duration" and unit.meanings & _LASTING:
            continue
        if succession is not None and succession.start <= unit.start < succession.end:
            continue
        word = _word(unit, lexicon, whole)
        is_loose = unit.is_filler and unit is not asked.head and set(unit.folded.split()) <= COMMON | _LOOSE
        # "When was it first shown?" asks when it was shown.
        is_loose = is_loose or (unit.folded == "first" and asked.wants == "date" and _is_before_verb(units, unit))
        words.append(
            msgspec.structs.replace(
                word,
                is_light=word.is_light or unit in asked.light or is_loose,
                is_exact=word.is_exact and not is_loose,
                is_common=word.is_common or unit in asked.kind,
                is_setting=setting < unit.start,
                is_point=asking is not None and is_next(units, asking, unit),
            )
        )
    return words


def _is_before_verb(units: Sequence[Unit], unit: Unit) -> bool:
    following = [other.folded for other in units if other.start > unit.start][:1]
    return any(map(is_past, following))


def _setting_start(understanding: Understanding, asking: Unit | None) -> int:
    """Where a clause or phrase begins that only says when, or the end of the question."""
    for at, unit in enumerate(understanding.units):
        if asking is None or unit.start <= asking.end:
            continue
        said = [u for u in understanding.units[:at] if not (u.is_stop or is_padding(u)) and u.start > asking.end]
        if unit.folded in ("when", "while") or (unit.folded in ("after", "before", "during", "once") and len(said) > 1):
            return unit.start
    return len(understanding.text)


def _word(unit: Unit, lexicon: Lexicon, whole: Stretch) -> Word:
    terms = tuple(analyse(unit.text)) or tuple(unit.folded.split())
    concepts = unit.meanings or frozenset().union(*stretch(unit.text).meanings(lexicon))
    words = unit.folded.split()
    is_light = not unit.meanings & COMPARING and all(w in LIGHT or w in STOP_WORDS for w in words)
    is_task = words[0] in TASKS
    is_light = is_light and (is_task or not whole.is_in_phrase(unit.start))
    families = whole.families_within(unit.start, unit.end)
    return Word(
        unit.text,
        terms,
        concepts,
        families,
        _synonyms(unit, lexicon, whole),
        is_light,
        is_common=all(w in COMMON or w in STOP_WORDS for w in words),
        is_exact=bool(unit.meanings & COMPARING)
        or any(map(is_exact, words))
        or (unit.start > 0 and unit.text[:1].isupper()),
        is_task=is_task,
    )


def _synonyms(unit: Unit, lexicon: Lexicon, whole: Stretch) -> tuple[tuple[str, ...], ...]:
    """The terms of every phrase that may stand for the unit or for a phrase that it is part of."""
    found = lexicon.synonyms([token.folded for token in whole.tokens])
    around = [o for a, b, o in found if whole.tokens[a].start <= unit.start and unit.end <= whole.tokens[b - 1].end]
    return tuple(tuple(analyse(other)) for others in around for other in others)


def _weighty(word: Word) -> Word:
    """A light word that is all that is asked about a name is not light, unless it asks for a task."""
    return word if word.is_task else msgspec.structs.replace(word, is_light=False)


def _is_bare(units: Sequence[Unit], asked: Asked) -> bool:
    """Whether nothing is said of what is asked for before it is named."""
    if asked.unit is None:
        return True
    following = [unit for unit in units if unit.start > asked.unit.start and not unit.is_stop]
    return not (following and following[0].is_filler and len(following) > 1)


def _deed(text: str, words: Sequence[Word], asked: Asked) -> Word | None:
    """The verb right behind "who"."""
    if asked.unit is None or asked.unit.folded != "who":
        return None
    following = text[asked.unit.end :].lstrip()
    return next((w for w in words if w.is_point and following.startswith(w.text)), None)
