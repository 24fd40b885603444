"""Cohesion: whether what a question says together stands together in the sentence that would answer it.

"Who heads the Harbour Office?" is not answered by somebody who was "a commander, clerk in the Harbour Office": there is
a head of something and there is the office, but not the one of the other.
"""

from collections.abc import Sequence
from itertools import pairwise

from chatbot.language.words import tokens
from chatbot.reading.context import Surroundings
from chatbot.reading.requirements import Requirements, Word
from chatbot.reading.stretch import Stretch

_NEAR = 8
"""Tokens between which what belongs together may stand apart, whatever marks are between."""
_OPENING = 6
"""Tokens at the head of a sentence: what it is about is meant throughout."""
_NAMING = frozenset(("former_name", "other_name"))
"""Concepts of words that say what something is called."""
_MARKS = frozenset(",;:–—")
_COMPARED = frozenset(
    "than exceed exceeded exceeds exceeding surpass surpassed surpasses outnumber outnumbered outdo unlike".split()
)


def holds_together(around: Surroundings, requirements: Requirements, is_list: bool) -> bool:
    """Whether each word and the name that it governs stand in one clause, and what is compared or ranked is so there.

    Of the items of a list each comma parts what is said of one thing from the next; prose is looser.
    """
    if requirements.compares and not any(_compares(part) for part in around.answer):
        return False
    ranked = requirements.ranked
    if ranked is not None:
        said = {term for word in requirements.words if word is ranked or word.is_exact for term in word.terms}
        if not any(part.term_set.issuperset(said) for part in around.answer):
            return False
    is_doer = requirements.wants == "person" or any(_NAMING & word.concepts for word in requirements.words)
    if is_doer and not is_list and len(around.answer) > 1 and _is_of_another(around.answer, requirements):
        return False
    return all(
        any(_is_together(part, word, forms, is_list) for part in around.answer) for word, forms in requirements.governed
    )


def _compares(part: Stretch) -> bool:
    return any(token.folded in _COMPARED for token in part.tokens)


def _is_of_another(answer: Sequence[Stretch], requirements: Requirements) -> bool:
    """Whether all that is asked is told in the first sentence, and the name only follows in the second."""
    first, second = answer
    words = [word for word in requirements.words if not word.is_light]
    if not any(_word_places(first, word) for word in words) or any(_word_places(second, word) for word in words):
        return False
    named = [forms for forms in requirements.names if _name_places(second, forms)]
    return any(not _name_places(first, forms) for forms in named)


def _is_together(part: Stretch, word: Word, forms: Sequence[str], is_list: bool) -> bool:
    words, names = _word_places(part, word), _name_places(part, forms)
    if not names:
        return not is_list or not words  # the item's heading or neighbour has the name
    if not words:
        return not is_list  # prose may say it in words that have no place of their own
    clause = _clauses(part)
    return any(
        clause[at] == clause[name] or (not is_list and (abs(at - name) <= _NEAR or name < _OPENING))
        for at in words
        for name in names
    ) or (is_list and any(clause[name] == 0 for name in names))


def _word_places(part: Stretch, word: Word) -> list[int]:
    return [start for start, _ in part.places(word.terms, word.families)]


def _name_places(part: Stretch, forms: Sequence[str]) -> list[int]:
    """Numbers of the tokens with which a form of the name begins."""
    folded = [token.folded for token in part.tokens]
    asked = [[token.folded for token in tokens(form)] for form in forms]
    return [
        at
        for wanted in asked
        for at in range(len(folded) - len(wanted) + 1)
        if wanted and folded[at : at + len(wanted)] == wanted
    ]


def _clauses(part: Stretch) -> list[int]:
    """For each token the number of its clause: marks part them, but not inside brackets, where more is said of a name."""
    found, number, depth = [0] if part.tokens else [], 0, 0
    for before, token in pairwise(part.tokens):
        between = part.text[before.end : token.start]
        depth += between.count("(") - between.count(")")
        number += depth <= 0 and not _MARKS.isdisjoint(between)
        found.append(number)
    return found
