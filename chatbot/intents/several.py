"""One question about several names ("how long did Annan and Miyet serve?"), asked of each and answered together."""

import re
from collections.abc import Sequence

from msgspec import structs

from chatbot.intents.answering import CERTAIN, IntentAnswerer
from chatbot.language.understanding import Unit
from chatbot.values import Candidate, Citation, Conversation, Question, Value

_JOINS = re.compile(r"\s*(?:,|;|&|,?\s*\band\b|,?\s*\bas\s+well\s+as\b)\s*", re.I)
_MOST = 8
"""Names that one question may join."""


class EachAnswerer:
    """The answerer of facts: the intents, and where they cannot answer for names together, for each of them."""

    def __init__(self, intents: IntentAnswerer) -> None:
        self._intents, self.sources = intents, intents.sources

    def __call__(self, question: Question, conversation: Conversation) -> Candidate | None:
        whole = self._intents(question, conversation)
        if whole is not None and whole.kind in ("fact", "small_talk") and whole.confidence >= CERTAIN:
            return whole
        joined = self.joined(question)
        if not 1 < len(joined) <= _MOST:
            return whole
        found = [self._asked_of(unit, joined, question, conversation) for unit in joined]
        answers = [each for each in found if each is not None and each.kind == "fact" and each.confidence >= CERTAIN]
        is_alike = len(answers) == len(joined) and len({each.intent for each in answers}) == 1
        return _together(answers) if is_alike else whole

    def joined(self, question: Question) -> Sequence[Unit]:
        """The first names in a row with nothing but "and" or commas between them."""
        understanding = self._intents.understander.understand(question.text, question.today)
        run: list[Unit] = []
        for unit in (unit for unit in understanding.units if unit.names):
            between = understanding.text[run[-1].end : unit.start] if run else ""
            if run and not _JOINS.fullmatch(between):
                if len(run) > 1:
                    break
                run = []
            run.append(unit)
        return run

    def _asked_of(
        self, unit: Unit, joined: Sequence[Unit], question: Question, conversation: Conversation
    ) -> Candidate | None:
        text = self._intents.understander.understand(question.text, question.today).text
        single = text[: joined[0].start] + unit.text + text[joined[-1].end :]
        return self._intents(structs.replace(question, text=single), conversation)


def _together(answers: Sequence[Candidate]) -> Candidate:
    """The answers one after the other, each with its own citations."""
    text, citations, values, seen = "", list[Citation](), list[Value](), list[str]()
    for answer in answers:
        text += "; " if text else ""
        for citation in answer.citations:
            spans = tuple((start + len(text), end + len(text)) for start, end in citation.supports)
            citations.append(structs.replace(citation, id=f"c{len(citations) + 1}", supports=spans))
        text += answer.text.rstrip(".")
        values += answer.value
        seen += answer.entities
    first = answers[0]
    return structs.replace(
        first,
        text=f"{text}.",
        value=tuple(values),
        citations=tuple(citations),
        confidence=min(answer.confidence for answer in answers),
        plan="; ".join(dict.fromkeys(answer.plan for answer in answers if answer.plan)),
        slots=tuple(slot for answer in answers for slot in answer.slots),
        entities=tuple(dict.fromkeys(seen)),
        suggestions=(),
        why=tuple(line for answer in answers for line in answer.why),
    )
