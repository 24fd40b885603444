"""The reader: out of the passages found, the sentence that answers, or nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from chatbot.documents.model import SourceText
from chatbot.language.lexicon import Lexicon
from chatbot.reading.cohesion import holds_together
from chatbot.reading.confidence import Parts, confidence
from chatbot.reading.context import Surroundings, surroundings
from chatbot.reading.definition import defines, is_about
from chatbot.reading.demands import is_named_before, meets_demands
from chatbot.reading.evidence import Evidence, evidence
from chatbot.reading.likelihood import Likely
from chatbot.reading.requirements import Requirements
from chatbot.reading.spans import Read
from chatbot.reading.trimming import FEWER_WORDS, MOST_WORDS, shortened
from chatbot.retrieval.collection import Found
from chatbot.retrieval.passage import Passage, Sentence

LEAST_OWN = 0.4
"""Share of the question's words that the answer itself must have."""
LEAST_AROUND = 0.4
LEAST_TOLD, LEAST_TOLD_APART = 2, 1.5
"""Words and names that a sentence has which lacks others of the question; one more for each."""
PLENTY, MANY = 5, 3
"""Words told, and words lacking, from which more change nothing."""
_COMMON = 0.5
"""How much a common word that is lacking counts."""
LEAST_LAST = 0.4
"""Of what two sentences have, the share that the latter must have, or the former does not lead up to it."""
_LIGHT_BONUS = 0.1
_LENGTH_MALUS = 0.02
_SCATTER_MALUS = 0.12


class Reading(msgspec.Struct, frozen=True):
    """The answer that a passage gives."""

    text: str
    sentences: tuple[Sentence, ...]
    """What `text` consists of, in order, one space between."""
    passage: Passage
    confidence: float
    why: tuple[str, ...]
    read: Read | None = None
    """The spans of one of `sentences`, where they are known."""
    read_in: int = 0
    """Which one that is."""


class _Choice(msgspec.Struct, frozen=True):
    passage: Passage
    position: int
    leans: bool
    evidence: Evidence
    parts: Parts
    confidence: float

    @property
    def rank(self) -> tuple[bool, float]:
        """First come choices that lack nothing.

        Of equally good ones that with more of the light words is better, or that which needs no other sentence.
        """
        malus = 0.0 if not self.leans else _LENGTH_MALUS if self.evidence.is_alone else _SCATTER_MALUS
        return not self.evidence.missing, self.confidence + _LIGHT_BONUS * self.evidence.light - malus


def read(
    requirements: Requirements,
    found: Sequence[Found],
    weight: Callable[[str], float],
    lexicon: Lexicon,
    sources: Mapping[str, SourceText],
) -> Reading | None:
    """The sentence of `found` that meets every demand best, or None where none does.

    `weight` says how much a term tells, `sources` has the decoded text of each document. Rows of tables and
    properties are passed over: what they say is computed from relations, exactly, or not said.
    """
    if not requirements.asks:
        return None
    choices = sorted(_choices(requirements, found, weight, lexicon), key=lambda c: c.rank, reverse=True)
    for choice in choices[:3]:
        reading = _reading(choice, requirements, sources)
        if reading is not None:
            return reading
    return None


class _Met(msgspec.Struct, frozen=True):
    """A sentence that meets the demands."""

    hit: Found
    position: int
    around: Surroundings
    evidence: Evidence


def _choices(
    requirements: Requirements, found: Sequence[Found], weight: Callable[[str], float], lexicon: Lexicon
) -> Iterator[_Choice]:
    found = [hit for hit in found if hit.passage.kind in ("prose", "list")]
    strongest = max((hit.bm25 for hit in found), default=1.0)
    met = list(_met(requirements, found, weight, lexicon))
    for each in met:
        seen, around = each.evidence, each.around
        text = around.answer[-1].text
        apart = seen.told - max(
            (other.evidence.told for other in met if other.around.answer[-1].text != text), default=0
        )
        if not _suffices(seen, around, requirements, apart):
            continue
        parts = Parts(
            around=seen.coverage,
            named=seen.named,
            found=(each.hit.bm25 / strongest) ** 0.5,
            typed=seen.typed or float(requirements.is_about and defines(text, requirements)),
            close=seen.close,
            told=min(1.0, seen.told / PLENTY),
            lacking=min(1.0, len(seen.missing) / MANY),
            apart=min(1.0, max(0.0, apart)),
        )
        leans = around.leans or is_named_before(around, requirements)
        yield _Choice(each.hit.passage, each.position, leans, seen, parts, confidence(parts))


def _met(
    requirements: Requirements, found: Sequence[Found], weight: Callable[[str], float], lexicon: Lexicon
) -> Iterator[_Met]:
    for hit in found:
        for position, sentence in enumerate(hit.passage.sentences):
            if sentence.text.endswith(":"):
                continue  # it only announces what follows
            around = surroundings(hit.passage, position, has_date=bool(requirements.dates))
            if not meets_demands(around, requirements, lexicon):
                continue
            if holds_together(around, requirements, hit.passage.kind == "list"):
                yield _Met(hit, position, around, evidence(around, requirements, weight, lexicon))


def _suffices(seen: Evidence, around: Surroundings, requirements: Requirements, apart: float) -> bool:
    """Whether enough of the question is answered, and nothing that it turns on is missing."""
    if requirements.describes:
        return defines(around.answer[-1].text, requirements)
    if requirements.is_about:
        return is_about(around, requirements)
    if around.leans and not requirements.wants and 0 < seen.last < LEAST_LAST:
        return False
    if min(seen.own, seen.asked) < LEAST_OWN or seen.coverage < LEAST_AROUND:
        return False
    return not seen.missing or _may_lack(seen, requirements, apart)


def _may_lack(seen: Evidence, requirements: Requirements, apart: float) -> bool:
    """Whether a sentence has so much of what is asked that it may say the rest in words that nothing knows.

    It needs less where it has a definite type of answer and no other sentence comes near.
    """
    is_person = requirements.wants == "person"
    if any(word.is_exact or (is_person and word.is_point) for word in seen.missing):
        return False
    lacking = sum(_COMMON if word.is_common else 1.0 for word in seen.missing)
    is_plain = seen.typed > 0 and not is_person and apart >= 1
    return seen.told >= (LEAST_TOLD_APART if is_plain else LEAST_TOLD) + lacking


def _reading(choice: _Choice, requirements: Requirements, sources: Mapping[str, SourceText]) -> Reading | None:
    """The choice as an answer; None where it cannot be said briefly."""
    passage, terms = choice.passage, requirements.terms
    sentence = shortened(passage.sentences[choice.position], sources[passage.document], terms)
    if sentence is None:
        return None
    sentences = _with_predecessor(choice, sentence)
    text = " ".join(s.text for s in sentences)
    if len(text.split()) > MOST_WORDS:
        return None
    return Reading(text, sentences, passage, choice.confidence, tuple(_why(choice, len(sentences) > 1)))


def reading_of(likely: Likely, terms: frozenset[str], sources: Mapping[str, SourceText]) -> Reading | None:
    """The likeliest sentence as an answer, with one beside it that may answer as well, or that it leans on.

    None where it is too long.
    """
    passage, positions, source = likely.passage, likely.positions, sources[likely.passage.document]
    best = shortened(passage.sentences[likely.best], source, terms)
    if best is None:
        return None
    shown = [best if n == likely.best else shortened(passage.sentences[n], source, terms) for n in positions]
    if len(positions) == 1 and likely.best and surroundings(passage, likely.best).leans:
        shown.insert(0, passage.sentences[likely.best - 1])
    parts = tuple(part for part in shown if part is not None)
    if sum(len(part.text.split()) for part in parts) > MOST_WORDS:
        parts = (best,)
    read = likely.read if best == passage.sentences[likely.best] else None
    text = " ".join(part.text for part in parts)
    return Reading(text, parts, passage, likely.confidence, likely.why, read, parts.index(best))


def _with_predecessor(choice: _Choice, sentence: Sentence) -> tuple[Sentence, ...]:
    """The sentence, with the one before where it leans on it; alone if both are long and it has all the words."""
    if not choice.leans:
        return (sentence,)
    both = (choice.passage.sentences[choice.position - 1], sentence)
    is_long = sum(len(s.text.split()) for s in both) > FEWER_WORDS
    return (sentence,) if is_long and choice.evidence.is_alone else both


def _why(choice: _Choice, is_with_predecessor: bool) -> Iterator[str]:
    place = " / ".join((choice.passage.title, *choice.passage.section))
    yield f"sentence {choice.position + 1} of a passage of {place}"
    yield (
        "confidence "
        + ", ".join(f"{name} {getattr(choice.parts, name):.2f}" for name in Parts.__struct_fields__)
        + f" = {choice.confidence:.2f}"
    )
    if choice.evidence.missing:
        yield "not found there: " + ", ".join(word.text for word in choice.evidence.missing)
    if is_with_predecessor:
        yield "given with the sentence before, which it refers to"
