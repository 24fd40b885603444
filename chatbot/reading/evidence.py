"""How well a sentence, with what stands around it, meets the demands of a question."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from chatbot.language.dates import Certainty, Interval, within
from chatbot.language.lexicon import OFFICE, Lexicon
from chatbot.reading.context import Surroundings, takes_up_time
from chatbot.reading.expected import dates_of_events, holds_wanted, is_typed
from chatbot.reading.requirements import Requirements, Word
from chatbot.reading.stretch import Stretch
from chatbot.reading.vocabulary import NEGATIONS
from chatbot.retrieval.analysis import root

SYNONYM = 0.95
"""Credit for a word of the same family or a phrase of the same meanings; less where they share only some."""

LEAST = 0.55
"""Credit from which a word counts as found: a heading has it, a sentence beside the answer has not."""
_TRACE = 0.01
_NEAR = 3
_UNDECIDED = 0.5
_A_YEAR = 366
"""Days by which "before 1952" and "until 1952" may differ."""
_LESSER = 0.3
"""Weight of settings, where others have 1."""
_LIGHT = 0.5
"""Greatest weight of a light word."""


class Evidence(msgspec.Struct, frozen=True):
    """What a sentence has of what is asked. Shares are of the weight of the question's words."""

    own: float
    """Share that the answer itself has, its predecessor included where it leans on it; without settings."""
    asked: float
    """The same, of words that are not light: of what is asked about the names."""
    coverage: float
    """The same with lesser credit for headings, title and neighbours."""
    named: float
    """Share of the names that the answer itself has."""
    missing: tuple[Word, ...]
    """Words found nowhere around, light ones apart."""
    close: float
    """Share of the question's neighbouring words that stand close together in the answer too."""
    light: float
    """Share of the light words that the answer itself has, unweighted."""
    typed: float
    """1 where a definite type of answer was asked for and is there."""
    is_alone: bool
    """Whether the sentence has all the words by itself, light ones apart."""


def evidence(
    around: Surroundings, requirements: Requirements, weight: Callable[[str], float], lexicon: Lexicon
) -> Evidence | None:
    """What speaks for the sentence, or None where name, date, negation or type of answer lacks."""
    if not _has_dates(around, requirements) or _is_negated(around) < requirements.is_negated:
        return None
    above = [part for part, _ in (*around.above, *(around.beside if requirements.succession else ()))]
    named = [any(_has_any(part, forms) for part in around.answer) for forms in requirements.names]
    for forms, is_here in zip(requirements.names, named, strict=True):
        if not is_here and not any(_has_any(part, forms) for part in above):
            return None
    if not any(holds_wanted(part, requirements) for part in _telling(around, requirements, lexicon)):
        return None
    if _is_denied(around.answer[-1], requirements):
        return None
    words = requirements.words
    weights = [_weight(word, weight) for word in words]
    parts = (*((part, 1.0) for part in around.answer), *around.frame)
    own = [max(credit * match(word, part, lexicon) for part, credit in parts) for word in words]
    credits = [
        max(here, *(credit * match(word, part, lexicon) for part, credit in (*around.above, *around.beside)))
        for word, here in zip(words, own, strict=True)
    ]
    # Light words count where they are there; where not, a paraphrase may have dropped them.
    there = [w * (credit > 0 or not word.is_light) for word, w, credit in zip(words, weights, own, strict=True)]
    return Evidence(
        _share(own, [w * (not word.is_setting) for word, w in zip(words, there, strict=True)]),
        _share(own, [w * (not (word.is_setting or word.is_light)) for word, w in zip(words, weights, strict=True)]),
        _share(credits, there),
        sum(named) / len(named) if named else 1.0,
        tuple(w for w, credit in zip(words, credits, strict=True) if credit < _least(w, requirements)),
        _closeness(words, around.answer),
        _share(own, [float(word.is_light) for word in words]),
        float(any(is_typed(part, requirements) for part in around.answer)),
        all(word.is_light or match(word, around.answer[-1], lexicon) > 0 for word in words),
    )


def _least(word: Word, requirements: Requirements) -> float:
    """Credit below which a word is missing."""
    if word.is_light:
        return 0.0
    return _TRACE if word.is_setting or requirements.succession else LEAST


def _weight(word: Word, weight: Callable[[str], float]) -> float:
    """How much a word tells. Those that tell little do so the less, the rarer a text has them."""
    if word.is_light:
        return min(_LIGHT, sum(map(weight, word.terms)))
    return sum(map(weight, word.terms)) * (_LESSER if word.is_setting else 1)


def match(word: Word, part: Stretch, lexicon: Lexicon) -> float:
    """1 where the words stand in `part`, less for a phrase that shares meanings with them, else 0."""
    if part.term_set.issuperset(word.terms):
        return 1.0
    if word.families & part.families or part.roots.issuperset(map(root, word.terms)):
        return SYNONYM
    if not word.concepts:
        return 0.0
    meanings = part.meanings(lexicon)
    # Asked for a role ("what post did she hold"), a noun of office answers.
    if "office_word" in word.concepts and any(OFFICE in meaning for meaning in meanings):
        return SYNONYM
    # Where families know the word, the lexicon, made for headers and short questions, is too generous.
    wanted = word.concepts - {OFFICE}
    if word.families or not wanted:
        return 0.0
    shared = max((len(wanted & meaning) / len(wanted | meaning) for meaning in meanings), default=0.0)
    # "born" and "founded" share one of two meanings: they are not said of the same things.
    return SYNONYM * shared if shared > 0.5 else 0.0


def _closeness(words: Sequence[Word], answer: Sequence[Stretch]) -> float:
    main = [word for word in words if not word.is_light and not word.is_setting]
    places = [_places(part.terms) for part in answer]
    there = {term for at in places for term in at}
    pairs = [(one.terms[-1], other.terms[0]) for one, other in pairwise(main)]
    pairs = [pair for pair in pairs if there.issuperset(pair)]
    near = sum(any(_are_near(at.get(one, ()), at.get(other, ())) for at in places) for one, other in pairs)
    return near / len(pairs) if pairs else _UNDECIDED


def _places(terms: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, term in enumerate(terms):
        found.setdefault(term, []).append(at)
    return found


def _are_near(ones: Sequence[int], others: Sequence[int]) -> bool:
    return any(abs(one - other) <= _NEAR for one in ones for other in others)


def _share(credits: Sequence[float], weights: Sequence[float]) -> float:
    total = sum(weights)
    return sum(c * w for c, w in zip(credits, weights, strict=True)) / total if total else 1.0


def _has_any(part: Stretch, forms: Sequence[str]) -> bool:
    return any(part.has_name(form) for form in forms)


def _telling(around: Surroundings, requirements: Requirements, lexicon: Lexicon) -> Sequence[Stretch]:
    """The sentences of the answer that may tell the person, date or number asked for.

    They speak of the matter; of a date, the one before may tell too where the other takes it up: "In that year ...".
    """
    deed = requirements.deed
    if requirements.wants == "person" and deed is not None and not around.resumes:
        return [part for part in around.answer if match(deed, part, lexicon)] or around.answer
    if requirements.wants not in ("date", "number") or takes_up_time(around.answer[-1].text):
        return around.answer
    words = [word for word in requirements.words if not word.is_light]
    return [part for part in around.answer if not words or any(match(word, part, lexicon) for word in words)]


def _has_dates(around: Surroundings, requirements: Requirements) -> bool:
    parts = [*around.answer, *(part for part, _ in around.above)]
    known = [d.interval for part in parts for d in dates_of_events(part)] if requirements.dates else []
    return all(any(tells_of(date, asked) for date in known) for asked in requirements.dates)


def tells_of(told: Interval, asked: Interval) -> bool:
    """Whether what is told of `told` is told of the days asked about.

    A coarser date is not enough: what happened in 1952 need not have happened in May 1952. A period from one
    date to another holds for all its days; of one that is open ("until 1952") only its known end is told.
    """
    if within(told, asked) is Certainty.CERTAINLY:
        return True
    if told.earliest is not None and told.latest is not None:
        return "/" in told.edtf and within(asked, told) is Certainty.CERTAINLY
    end, other = (told.earliest, asked.earliest) if told.latest is None else (told.latest, asked.latest)
    if end is None:
        return False
    is_open_alike = (asked.earliest is None, asked.latest is None) == (
        told.earliest is None,
        told.latest is None,
    )
    if is_open_alike and other is not None and abs((other - end).days) <= _A_YEAR:
        return True
    starts = asked.earliest is None or asked.earliest <= end
    return starts and (asked.latest is None or end <= asked.latest)


def _is_denied(found: Stretch, requirements: Requirements) -> bool:
    """Whether the sentence says of what is asked that it is not so, or only if: "is not always practical"."""
    if requirements.is_negated or not requirements.is_open:
        return False
    words = [token.folded for token in found.tokens]
    denied: set[int] = set()
    for at, word in enumerate(words):
        if _is_denial(word, words[at + 1 :]) and "until" not in words:
            denied.update((at + 1, at + 2))
        if word == "if" and not requirements.is_modal:
            denied.update(range(at + 1, _clause_end(found, at)))
    for asked in requirements.words if denied else ():
        places = [] if asked.is_light else found.places(asked.terms, frozenset())
        if places and all(start in denied for start, _ in places):
            return True
    return False


def _clause_end(found: Stretch, at: int) -> int:
    """The number of the token behind the clause that begins with token `at`."""
    tokens = found.tokens
    for n in range(at + 1, len(tokens)):
        if any(mark in found.text[tokens[n - 1].end : tokens[n].start] for mark in ",;:"):
            return n
    return len(tokens)


def _is_denial(word: str, following: Sequence[str]) -> bool:
    return (word in ("not", "never") or word.endswith("n't")) and following[:1] not in (["only"], ["just"])


def _is_negated(around: Surroundings) -> bool:
    words = (word for part in around.answer for word in part.text.lower().replace("n't", " n't").split())
    return any(word in NEGATIONS for word in words)
