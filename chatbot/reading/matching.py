"""Whether a text has a word of the question, or another of the same meaning."""

from chatbot.language.lexicon import OFFICE, Lexicon
from chatbot.reading.requirements import Word
from chatbot.reading.stretch import Stretch
from chatbot.retrieval.analysis import root

SYNONYM = 0.95
"""Credit for a word of the same family or a phrase of the same meanings; less where they share only some."""


def match(word: Word, part: Stretch, lexicon: Lexicon) -> float:
    """1 where the words stand in `part`, less for a phrase that shares meanings with them, else 0."""
    if part.is_only_within(word.text):
        return 0.0
    if part.term_set.issuperset(word.terms):
        return 1.0
    if any(part.term_set.issuperset(terms) for terms in word.synonyms):
        return SYNONYM
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
