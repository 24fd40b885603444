"""What a question demands of a sentence before it may be given as the answer."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from chatbot.language.dates import Interval
from chatbot.language.lexicon import Lexicon
from chatbot.language.understanding import Understanding, Unit
from chatbot.language.words import STOP_WORDS
from chatbot.reading.stretch import stretch
from chatbot.retrieval.analysis import analyse

Wanted = Literal["", "person", "date", "number", "place", "duration", "reason"]

_WANTED_BY_CONCEPT: dict[str, Wanted] = {
    "who": "person",
    "when": "date",
    "where": "place",
    "how_long": "duration",
    "how_many": "number",
    "how_much": "number",
    "how_old": "number",
}
_WANTED_BY_WORD: dict[str, Wanted] = {"who": "person", "whom": "person", "whose": "person", "why": "reason"}
_ASKING = frozenset(["who", "whom", "whose", "why", "how", "what", "which"])
_OPENERS = frozenset(["list", "is_it", "describe"])
"""Concepts of question words that ask for no particular type."""
_COMPARING = frozenset(["most", "least", "longest", "shortest", "oldest", "youngest", "average", "total"])
"""Concepts that are demanded even where grammar words express them ("the most")."""
_LASTING = frozenset(["duration", "length", "serve"])
"""Concepts that a length of time expresses by itself."""
NEGATIONS = frozenset("not no never nor neither without except cannot n't nobody nothing none".split())
_LIGHT = frozenset(
    """use uses used using make makes made making get gets got getting go goes went gone give gives gave
    given take takes took taken call calls called name names named known kind kinds sort sorts
    type types thing things happen happens happened occur occurs occurred exist exists existed
    include includes included including involve involves involved way ways want wants wanted need
    needs needed become becomes became come comes came coming say says said tell tells told many
    much part parts person people""".split()
)
"""Words whose absence changes little: a paraphrase drops them."""


class Word(msgspec.Struct, frozen=True):
    """A word or phrase that the answer must speak of, by itself or by a phrase of the same meaning."""

    text: str
    terms: tuple[str, ...]
    concepts: frozenset[str] = frozenset()
    is_light: bool = False
    is_setting: bool = False
    """It belongs to a clause that only says when: "what did she do when the pier burnt?"."""
    is_named: bool = False
    """It is part of a name that is demanded as a whole."""
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

    @property
    def describes(self) -> bool:
        """Whether nothing but a name is given: "who is Ana Roe?", "what is a capstan?"."""
        return not self.dates and not self.wants_value and len(self.names) + len(self.words) == 1

    @property
    def wants_value(self) -> bool:
        return self.wants not in ("", "person")


def requirements_of(
    understanding: Understanding, aliases: Callable[[str], tuple[str, ...]], lexicon: Lexicon
) -> Requirements:
    """The demands of a question; `aliases` gives the forms of the name of an entity by its id."""
    units = understanding.units
    asking = _asking(units, lexicon)
    wants: Wanted = "" if asking is None else _wanted(asking) or _wanted_property(units, asking, lexicon)
    names = [_forms(unit, aliases) for unit in units if unit.names]
    phrases = list(_proper_phrases(understanding, lexicon))
    names += [(understanding.text[start:end],) for start, end in phrases]
    words = _words(understanding, lexicon, asking, wants, phrases)
    dates = tuple(unit.date.interval for unit in units if unit.date is not None)
    is_event = bool(words and dates) and not wants and all(word.is_light for word in words)
    counted = [word.terms for word in words if word.is_point and not word.is_light] if _counts(asking) else []
    return Requirements(
        tuple(names),
        dates,
        () if is_event else tuple(words),
        wants,
        counted[0] if counted else (),
        any(word in NEGATIONS for unit in units for word in unit.folded.replace("n't", " n't").split()),
        is_event,
    )


def _words(
    understanding: Understanding,
    lexicon: Lexicon,
    asking: Unit | None,
    wants: Wanted,
    phrases: Sequence[tuple[int, int]],
) -> list[Word]:
    units, setting = understanding.units, _setting_start(understanding, asking)
    return [
        msgspec.structs.replace(
            _word(unit, lexicon),
            is_setting=setting < unit.start,
            is_named=any(start <= unit.start < end for start, end in phrases),
            is_point=asking is not None and _is_next(units, asking, unit),
        )
        for unit in units
        if _is_required(unit, lexicon) and not (wants == "duration" and unit.meanings & _LASTING)
    ]


def _asking(units: Sequence[Unit], lexicon: Lexicon) -> Unit | None:
    """The unit that says what kind of thing is asked for: the first question word that is no mere opener."""
    for unit in units:
        meanings = unit.meanings & lexicon.questions
        first = unit.folded.split()[:1]
        if meanings - _OPENERS or (first and first[0] in _ASKING):
            return unit
    return None


def _wanted(asking: Unit) -> Wanted:
    first = asking.folded.split()[0]
    if first in _WANTED_BY_WORD:
        return _WANTED_BY_WORD[first]
    for concept, wanted in _WANTED_BY_CONCEPT.items():
        if concept in asking.meanings:
            return wanted
    # "how tall", "how heavy": phrases that ask for a property
    return "number" if first == "how" and asking.properties else ""


def _wanted_property(units: Sequence[Unit], asking: Unit, lexicon: Lexicon) -> Wanted:
    """What "what was the annual budget ..." asks for: the type of the property its noun phrase ends in."""
    phrase: list[Unit] = []
    for unit in units:
        if unit.start > asking.start and not (unit.is_stop and not phrase):
            if unit.is_stop or unit.date is not None or unit.names:
                break
            phrase.append(unit)
    if not phrase:
        return ""
    asks = {lexicon.properties[key].asks for key in phrase[-1].properties if key in lexicon.properties}
    return "number" if asks == {"number"} or "share" in phrase[-1].meanings else ""


def _counts(asking: Unit | None) -> bool:
    return asking is not None and "how_many" in asking.meanings


def _is_next(units: Sequence[Unit], asking: Unit, unit: Unit) -> bool:
    """Whether only grammar stands between the question word and `unit`."""
    between = [u for u in units if asking.start < u.start < unit.start]
    return unit.start > asking.start and all(u.is_stop or u.is_filler for u in between)


def _is_required(unit: Unit, lexicon: Lexicon) -> bool:
    if unit.names or unit.date is not None:
        return False
    if unit.meanings & lexicon.questions:
        return False
    return bool(unit.meanings & _COMPARING) or not (unit.is_stop or unit.is_filler)


def _setting_start(understanding: Understanding, asking: Unit | None) -> int:
    """Where a clause begins that only says when, or the end of the question."""
    for unit in understanding.units:
        if unit.folded in ("when", "while") and asking is not None and unit.start > asking.end:
            return unit.start
    return len(understanding.text)


def _word(unit: Unit, lexicon: Lexicon) -> Word:
    terms = tuple(analyse(unit.text)) or tuple(unit.folded.split())
    concepts = unit.meanings or frozenset().union(*stretch(unit.text).meanings(lexicon))
    words = unit.folded.split()
    is_light = not unit.meanings & _COMPARING and all(w in _LIGHT or w in STOP_WORDS for w in words)
    return Word(unit.text, terms, concepts, is_light)


def _forms(unit: Unit, aliases: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    forms = [unit.text, *(form for entity in unit.names for form in aliases(entity))]
    return tuple(dict.fromkeys(forms))


def _proper_phrases(understanding: Understanding, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that name nothing known: the sentence must have them as they stand."""
    text, units = understanding.text, understanding.units
    if _is_title_case(units):
        return
    run: tuple[int, int] | None = None
    for unit in units:
        is_proper = unit.text[:1].isupper() and unit.start > units[0].start and _is_required(unit, lexicon)
        if run is not None and (not is_proper or text[run[1] : unit.start].strip(" -")):
            yield run
            run = None
        if is_proper:
            run = (unit.start if run is None else run[0], unit.end)
    if run is not None:
        yield run


def _is_title_case(units: Sequence[Unit]) -> bool:
    """Whether capitals say nothing here, because nearly every word has one."""
    words = [unit for unit in units[1:] if not unit.is_stop and unit.text[:1].isalpha()]
    stops = [unit for unit in units[1:] if unit.is_stop]
    capitals = [unit for unit in (*words, *stops) if unit.text[:1].isupper()]
    return len(words) > 1 and len(capitals) > 0.8 * len(words + stops)
