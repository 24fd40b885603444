"""Answering a question by the sentence of a passage."""

from collections.abc import Callable, Mapping, Sequence, Set
from functools import lru_cache, partial

from chatbot.documents.model import SourceText
from chatbot.language.lexicon import phrase_of
from chatbot.language.names import partial_names
from chatbot.language.understanding import Understander, Understanding
from chatbot.language.words import tokens
from chatbot.reading.likelihood import FEW_PASSAGES, likeliest
from chatbot.reading.reader import Reading, read, reading_of
from chatbot.reading.readvalue import read_value
from chatbot.reading.requirements import requirements_of
from chatbot.reading.sections import beginning, heading_asked, pointer
from chatbot.reading.stretch import has_phrase, stretch
from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.bm25 import inverse_document_frequency
from chatbot.retrieval.collection import Found, Searchable
from chatbot.retrieval.matching import Asked
from chatbot.values import Candidate, Citation, Conversation, Question, Slot, Value

PASSAGES_READ = 6
MOST_SUGGESTIONS = 2
_UNDER_HEADING = 20
"""Passages found by a heading among which those under it are looked for."""
_MOST_NAMED = 4
"""Names of a sentence that a pronoun may mean afterwards."""
_REMEMBERED = 4
_NEAR = 0.5
"""Share of the words of a question from which a passage that does not answer it is worth a look."""


class PassageAnswerer:
    """The answerer that quotes documents. Safe to share between threads.

    `passages` is called only by questions that get this far, so that it may load them then; `names_of` gives
    the names and aliases of an entity by its id, `sources` the decoded text of each document by its path.
    """

    def __init__(
        self,
        understander: Understander,
        passages: Callable[[], Searchable],
        names_of: Callable[[str], tuple[str, ...]],
        sources: Mapping[str, SourceText],
    ) -> None:
        self.understander, self.sources = understander, sources
        self._passages, self._names_of = passages, names_of
        # An abstention asks for the passages once more, to name the nearest. A bound method equals only that of the same
        # question, so the next question has its asker's rights looked at anew.
        self._ranking = lru_cache(_REMEMBERED)(lambda text, may_see: passages().ranking(text, PASSAGES_READ, may_see))

    def __call__(self, question: Question, conversation: Conversation) -> Candidate | None:
        understanding = self.understander.understand(question.text, question.today)
        heading = heading_asked(question.text)
        if heading is not None:
            may_see = None if question.documents is None else question.may_see
            return beginning(heading, self._passages().search(heading, _UNDER_HEADING, may_see), self.sources)
        found = self._found(question, understanding)
        is_small = len(self._passages()) < FEW_PASSAGES
        reading = (
            self._by_rules(understanding, found[:PASSAGES_READ]) if is_small else self._likeliest(understanding, found)
        )
        if reading is None:
            return None
        near = [f for f in found[:PASSAGES_READ] if f.passage.section != reading.passage.section]
        citations = _citations(reading, self.sources[reading.passage.document])
        value = read_value(understanding.text, reading, citations, self._passages().weight)
        named = self._named(understanding, reading.text, question)
        return _candidate(reading, value, citations, understanding, _headings(near), named)

    def _named(self, understanding: Understanding, text: str, question: Question) -> tuple[str, ...]:
        """What the question names; where it names nothing, what the sentence shown does, for pronouns that follow."""
        asked = [entity for unit in understanding.units for entity in unit.names[:1]]
        told = () if asked else self.understander.understand(text, question.today).units
        return tuple(dict.fromkeys([*asked, *(entity for unit in told for entity in unit.names[:1])]))[:_MOST_NAMED]

    def _by_rules(self, understanding: Understanding, found: Sequence[Found]) -> Reading | None:
        """The sentence that meets every demand of the question: where passages are few, the best need not be good."""
        lexicon = self.understander.lexicon
        requirements = requirements_of(understanding, self._forms, lexicon, partial(_stands, found))
        return read(requirements, found, self._passages().weight, lexicon, self.sources)

    def _likeliest(self, understanding: Understanding, found: Sequence[Found]) -> Reading | None:
        """The sentence that is likeliest to answer: where passages are many, few chances are missed."""
        asked = Asked(understanding.text, self._passages().weight)
        likely = likeliest(asked, found)
        return None if likely is None else reading_of(likely, frozenset(asked.weights), self.sources)

    def search(self, text: str, k: int) -> list[Found]:
        """The best `k` passages for `text`, best first."""
        return self._passages().search(text, k)

    def suggestions(self, question: Question) -> tuple[str, ...]:
        """Where something near may be read: "See: History". Passages that hold little of the question are not near."""
        understanding = self.understander.understand(question.text, question.today)
        asked = Asked(understanding.text, self._passages().weight)
        names = {term for name in asked.capitals for term in analyse(name)}
        found = self._found(question, understanding)[:PASSAGES_READ]
        return _headings([hit for hit in found if _is_near(asked.weights.keys(), names, hit)])

    def _found(self, question: Question, understanding: Understanding) -> list[Found]:
        """Passages for the question, with other names of what it names and the user's synonyms added."""
        may_see = None if question.documents is None else question.may_see
        passages = self._passages()
        is_small = len(passages) < FEW_PASSAGES
        named = (unit for unit in understanding.units if unit.names and (is_small or self._is_unheard(unit.text)))
        names = [form for unit in named for entity in unit.names for form in self._names_of(entity)]
        words = [token.folded for token in tokens(understanding.text)]
        synonyms = [other for _, _, others in self.understander.lexicon.synonyms(words) for other in others]
        return self._ranking(" ".join((understanding.text, *names, *synonyms)), may_see)

    def _is_unheard(self, name: str) -> bool:
        """Whether no passage has a word of it. Other names of what many passages name would only drown the question."""
        passages = self._passages()
        unheard = inverse_document_frequency(len(passages), 0)
        return any(passages.weight(term) >= unheard for term in analyse(name))

    def _forms(self, entity: str) -> tuple[str, ...]:
        """Names and aliases, and the surname alone of a person where nobody else has it."""
        forms = list(self._names_of(entity))
        for name in self._names_of(entity):
            phrase = phrase_of(name)
            for part in partial_names(phrase) if phrase else ():
                is_surname = part == phrase[-len(part) :] and part != phrase
                if is_surname and self.understander.names.longest(part, 0) == (len(part), (entity,)):
                    forms.append(" ".join(part))
        return tuple(dict.fromkeys(forms))


def _stands(found: Sequence[Found], phrase: str) -> bool:
    """Whether a phrase stands as it is in one of the passages found."""
    terms = analyse(phrase)
    sentences = (sentence for hit in found for sentence in hit.passage.sentences)
    return any(has_phrase(stretch(sentence.text).terms, terms, 0) for sentence in sentences)


def _candidate(
    reading: Reading,
    value: Value,
    citations: Sequence[Citation],
    understanding: Understanding,
    suggestions: tuple[str, ...],
    entities: tuple[str, ...],
) -> Candidate:
    return Candidate(
        "passage",
        reading.text,
        round(reading.confidence, 3),
        (value,),
        tuple(citations),
        suggestions=suggestions,
        slots=_slots(understanding),
        entities=entities,
        why=reading.why,
    )


def _citations(reading: Reading, source: SourceText) -> list[Citation]:
    """One citation a sentence, each backing its own part of the text."""
    passage, found, at = reading.passage, [], 0
    for number, sentence in enumerate(reading.sentences, 1):
        end = at + len(sentence.text)
        quote = source[sentence.start : sentence.end]
        place = (passage.document, passage.title, passage.section, sentence.start, sentence.end)
        found.append(Citation(f"c{number}", *place, quote, ((at, end),)))
        at = end + 1
    return found


def _slots(understanding: Understanding) -> tuple[Slot, ...]:
    """The names and dates of the question, for follow-ups."""
    found = []
    for unit in understanding.units:
        if unit.names:
            found.append(Slot("entity", unit.text, unit.start, unit.end, unit.names[0]))
        elif unit.date is not None:
            found.append(Slot("date", unit.text, unit.start, unit.end, unit.date.interval.edtf))
    return tuple(found)


def _is_near(terms: Set[str], names: Set[str], hit: Found) -> bool:
    """Whether a passage has half of the terms of a question, and one of its names if it has any."""
    own = set(hit.passage.terms)
    return len(terms & own) >= _NEAR * len(terms) and (not names or not names.isdisjoint(own))


def _headings(found: Sequence[Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pointer(each.passage) for each in found))[:MOST_SUGGESTIONS]
