"""The demands that a sentence either meets or does not: names, dates, negation, the type of answer."""

from collections.abc import Sequence

from chatbot.language.dates import Certainty, Interval, within
from chatbot.language.lexicon import Lexicon
from chatbot.reading.context import Surroundings, takes_up_time
from chatbot.reading.expected import dates_of_events, holds_wanted, sure_names
from chatbot.reading.requirements import Requirements
from chatbot.reading.stretch import Stretch
from chatbot.reading.vocabulary import NEGATIONS

_SUPPOSING = frozenset("might could would".split())
"""Verbs before what has not happened, or not yet."""
_A_YEAR = 366
"""Days by which "before 1952" and "until 1952" may differ."""


def meets_demands(around: Surroundings, requirements: Requirements, lexicon: Lexicon) -> bool:
    """Whether nothing is lacking that makes a sentence worthless as the answer."""
    if not _has_dates(around, requirements) or _is_negated(around) < requirements.is_negated:
        return False
    if not (_has_names(around, requirements, ()) or is_named_before(around, requirements)):
        return False
    if not any(holds_wanted(part, requirements) for part in _telling(around, requirements)):
        return False
    return not _is_denied(around.answer[-1], requirements)


def is_named_before(around: Surroundings, requirements: Requirements) -> bool:
    """Whether a name of the question stands only in the sentence before one that names nobody itself."""
    if _has_names(around, requirements, ()) or next(sure_names(around.answer[-1]), None) is not None:
        return False
    return _has_names(around, requirements, around.before)


def _has_names(around: Surroundings, requirements: Requirements, before: Sequence[Stretch]) -> bool:
    above = (part for part, _ in (*around.above, *(around.beside if requirements.succession else ())))
    parts = (*around.answer, *above, *before)
    return all(any(_has_any(part, forms) for part in parts) for forms in requirements.names)


def names_in(answer: Sequence[Stretch], requirements: Requirements) -> float:
    """Share of the question's names that the answer itself has."""
    named = [any(_has_any(part, forms) for part in answer) for forms in requirements.names]
    return sum(named) / len(named) if named else 1.0


def _has_any(part: Stretch, forms: Sequence[str]) -> bool:
    return any(part.has_name(form) for form in forms)


def _telling(around: Surroundings, requirements: Requirements) -> Sequence[Stretch]:
    """The sentences of the answer that may tell the person, date or number asked for.

    It is the last, for the one before only leads up to it; but where that takes up the time of the other
    ("In that year ..."), the date may stand there, and so may a person where its subject is taken up ("She ...").
    """
    if requirements.wants == "person" and around.resumes:
        return around.answer
    if requirements.wants == "date" and takes_up_time(around.answer[-1].text):
        return around.answer
    return around.answer[-1:]


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
        if word in _SUPPOSING and not requirements.is_modal:
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
