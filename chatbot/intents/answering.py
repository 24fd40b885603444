"""Answering a question by intents: match, ground, plan, execute, word."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from chatbot.documents.model import SourceText
from chatbot.intents.ambiguity import clarification
from chatbot.intents.draft import PERSON_WORDS
from chatbot.intents.grounding import Grounded, Grounder, weight
from chatbot.intents.matching import Match, Matcher
from chatbot.intents.model import Intent
from chatbot.intents.narrowing import nation_meant
from chatbot.intents.outcome import Outcome, outcome_of
from chatbot.intents.planning import NoPlan, plan_for
from chatbot.intents.replies import Reply, reply
from chatbot.intents.unknown import only_facts, reason
from chatbot.knowledge.catalogue import Catalogue, Described
from chatbot.knowledge.execution import Result, execute
from chatbot.knowledge.plan import explain
from chatbot.language.lexicon import OFFICE
from chatbot.language.understanding import Understander, Understanding, Unit
from chatbot.language.words import STOP_WORDS, fold, stem, tokens
from chatbot.values import Candidate, Conversation, Question, Slot

CERTAIN = 0.9
"""Confidence from which a fact ends the search."""


class Reading(msgspec.Struct, frozen=True):
    """A grounded match, what its plan came to, and how sure we are that this was asked."""

    grounded: Grounded
    confidence: float
    outcome: Outcome | None
    """None where the words are not explained well enough to execute anything."""
    rank: tuple[float, ...]
    """By which readings are compared, the greatest being the best."""

    @staticmethod
    def of(grounded: Grounded, confidence: float, outcome: Outcome | None) -> "Reading":
        match = grounded.match
        answered = outcome is not None and outcome.is_answer
        rank = (
            round(grounded.explained, 3),
            float(answered),
            -float(match.inversions > 1),
            float(match.weight),
            -float(match.inversions),
            -float(match.intent.file.fallback),
            float(min(grounded.named, 3)),
            float(grounded.is_exact),
            float(len(grounded.view.relation.rows)),
        )
        return Reading(grounded, confidence, outcome, rank)

    @property
    def is_complete(self) -> bool:
        """Whether it explains every word, in order, and has an answer."""
        return self.rank[:3] >= (1.0, 1.0, 0.0)

    @property
    def order(self) -> tuple[int, int]:
        return self.grounded.match.weight, -self.grounded.match.inversions


class IntentAnswerer:
    """The answerer that computes facts from relations. Safe to share between threads."""

    def __init__(
        self,
        intents: Sequence[Intent],
        catalogue: Catalogue,
        understander: Understander,
        sources: Mapping[str, SourceText],
    ) -> None:
        self.catalogue, self.understander, self.sources = catalogue, understander, sources
        self.intents = {intent.name: intent for intent in intents}
        self._matcher = Matcher([intent for intent in intents if not intent.file.responses])
        self._fitting: dict[str, tuple[Described, ...]] = {}
        self._talk = Matcher([intent for intent in intents if intent.file.responses])

    def __call__(self, question: Question, conversation: Conversation) -> Candidate | None:
        return self._answer(question, may_ask=True)

    def _answer(self, question: Question, may_ask: bool) -> Candidate | None:
        """The answer; a question back, where that may be asked and nothing tells two readings apart."""
        understanding = self.understander.understand(question.text, question.today)
        small_talk = self._small_talk(understanding)
        if small_talk is not None:
            return small_talk
        readings = self.readings(understanding, question)
        if _asks_unknown_letters(understanding):
            return only_facts(understanding)
        if not readings:
            return None
        best = readings[0]
        if best.outcome is None or not best.outcome.is_answer:
            if any(_asks_only_facts(reading.grounded) for reading in readings[:3]):
                return only_facts(understanding)
            return reason(readings, understanding, self.catalogue, question.today)
        rivals = [r for r in readings[1:] if _rivals(r, best)]
        if rivals and may_ask:
            relations = {each.grounded.view.relation.id: each.grounded.view.relation for each in (best, *rivals)}
            unclear = clarification(
                question, list(relations.values()), lambda asked: self._answer(asked, may_ask=False)
            )
            if unclear is not None:
                return unclear
        return self._candidate(best, rivals, understanding, question.today)

    def readings(self, understanding: Understanding, question: Question) -> list[Reading]:
        """The ways to read the question as an intent over a relation, the best first.

        Matches come by how much they bind, so the search ends when no later one could be read better.
        """
        units = understanding.units
        weights = [weight(unit) for unit in units]
        questions = self.catalogue.lexicon.questions
        if not any(
            w and not (unit.meanings and unit.meanings <= questions) for w, unit in zip(weights, units, strict=True)
        ):
            return []
        grounder = Grounder(self.catalogue, units, question.may_see, self._fitting)
        found: list[Reading] = []
        best: Reading | None = None
        features = [self._features(unit) for unit in units]
        for n, unit in enumerate(units):
            if nation_meant(units, unit) is not None:  # "what share do the Americans pay"
                features[n] |= {"s:entity"}
        for match in self._matcher.matches(features, weights):
            if best is not None and best.is_complete and (match.weight, -match.inversions) < best.order:
                break
            for grounded in grounder.groundings(match, units, weights):
                reading = self._reading(grounded, question.today)
                found.append(reading)
                if best is None or reading.rank > best.rank:
                    best = reading
        found.sort(key=lambda reading: reading.rank, reverse=True)
        return found

    def _reading(self, grounded: Grounded, today: date) -> Reading:
        if grounded.losses:
            return Reading.of(grounded, round(0.45 * grounded.explained, 3), None)
        file = grounded.match.intent.file
        try:
            plan = plan_for(grounded, file.plan, today)
        except NoPlan:
            return Reading.of(grounded, 0.0, None)
        result = execute(plan, self.catalogue.views, today)
        outcome = outcome_of(
            plan, result, grounded, lambda other: execute(other, self.catalogue.views, today).rows, today
        )
        if grounded.expected is not None and outcome.is_answer and _size(result, grounded) != grounded.expected:
            return Reading.of(grounded, 0.4, None)
        confidence = 0.98 - 0.02 * min(grounded.match.inversions, 3)
        return Reading.of(grounded, confidence if outcome.is_answer else 0.0, outcome)

    def _features(self, unit: Unit) -> frozenset[str]:
        """What of a template the unit can stand for."""
        # A word that is also a name ("Active", a status) is not taken for a mere verb or adjective.
        said = unit.meanings & {"lead", OFFICE, "first", "latest"} if unit.names else unit.meanings
        keys = {"c:" + meaning for meaning in said}
        if not unit.names:
            keys.update("c:" + name for name in self.catalogue.lexicon.classes_of(unit.folded))
        keys.update("w:" + stem(word) for word in unit.folded.split())
        if unit.names:
            keys.add("s:entity")
            if self.catalogue.holders.intersection(unit.names):
                keys.add("s:holder")
            if self.catalogue.persons.intersection(unit.names):
                keys.add("s:person")
        if unit.date is not None:
            keys.add("s:date")
        if unit.number is not None:
            keys |= {"s:number", "s:duration"} if unit.unit == "days" else {"s:number"}
        if unit.ordinal is not None or {"latest", "first", "penultimate", "antepenultimate"} & unit.meanings:
            keys.add("s:ordinal")
        if unit.properties:
            keys.add("s:property")
        if "royal" in unit.meanings:
            keys.add("c:lead")
        if any(word in self.catalogue.offices for word in self.catalogue.words_of(unit.folded, unit.names)):
            keys.add("c:lead")
        if unit.folded in PERSON_WORDS or (not unit.names and self._is_kind(unit)):
            keys.add("s:kind")
        return frozenset(keys)

    def _is_kind(self, unit: Unit) -> bool:
        """Whether a unit's words of content are nouns for rows: "countries", "of which country"."""
        content = [s for s in unit.stems if s not in STOP_WORDS]
        return bool(content) and all(s in self.catalogue.kinds for s in content)

    def is_small_talk(self, text: str, today: date) -> bool:
        return self._small_talk(self.understander.understand(text, today)) is not None

    def _small_talk(self, understanding: Understanding) -> Candidate | None:
        """A whole question that is nothing but a greeting, thanks or the like."""
        words = [token.folded for token in tokens(understanding.text)]
        fillers = self.catalogue.lexicon.fillers
        if not all(word in fillers or "w:" + stem(word) in self._talk.keys for word in words):
            return None
        for match in self._talk.matches([frozenset(("w:" + stem(word),)) for word in words], [1.0] * len(words)):
            file = match.intent.file
            if all(n in match.units or word in fillers for n, word in enumerate(words)):
                return Candidate(
                    "small_talk",
                    file.responses[0],
                    0.99,
                    intent=match.intent.name,
                    sentence=match.template.sentence,
                )
        return None

    def _candidate(
        self, best: Reading, rivals: Sequence[Reading], understanding: Understanding, today: date
    ) -> Candidate:
        assert best.outcome is not None
        answer: Reply = reply(best.grounded, best.outcome, self.catalogue, self.sources, today)
        match = best.grounded.match
        confidence = best.confidence if not rivals else best.confidence * 0.6
        return Candidate(
            "fact",
            answer.text,
            confidence,
            answer.value,
            answer.citations,
            intent=match.intent.name,
            sentence=match.template.sentence,
            plan=explain(best.outcome.plan, self.catalogue.relations),
            suggestions=answer.suggestions,
            slots=slots_of(match, understanding, best.grounded),
            entities=answer.entities,
            why=_why(best, understanding),
        )


def _size(result: Result, grounded: Grounded) -> int:
    """How many things a result names: its rows, or the members of the one cell it selects."""
    cells = [grounded.view.cell(row, column) for row in result.rows for column in result.columns if column >= 0]
    if len(cells) == 1 and cells[0] is not None and cells[0].parts:
        return len(cells[0].parts)
    return len(result.rows)


def _rivals(other: Reading, best: Reading) -> bool:
    """Two readings of the same intent on different relations that nothing in the question tells apart, and that come
    to different things."""
    if other.outcome is None or not other.outcome.is_answer:
        return False
    same = other.grounded.match.intent.name == best.grounded.match.intent.name
    elsewhere = other.grounded.view.relation.id != best.grounded.view.relation.id
    return same and elsewhere and other.rank[:-1] == best.rank[:-1] and _said(other) != _said(best)


def _asks_unknown_letters(understanding: Understanding) -> bool:
    """ "XYZ in full?", "what is XYZ short for": letters that nothing explains; a text that has them does not either."""
    asks = any("stand_for" in unit.meanings for unit in understanding.units)
    return asks and any(unit.is_acronym and not unit.names for unit in understanding.units)


def _asks_only_facts(grounded: Grounded) -> bool:
    """Whether no prose could answer either: "what does XYZ stand for"."""
    match = grounded.match
    is_whole = all(kind != "word" or unit.is_acronym for kind, unit in grounded.losses)
    return match.intent.file.only_facts and bool(match.slot("entity")) and is_whole


def _said(reading: Reading) -> tuple[float | None, frozenset[str]]:
    """What a reading's result comes to, wherever it was found."""
    assert reading.outcome is not None
    result, view = reading.outcome.result, reading.grounded.view
    cells = (view.cell(row, column) for row in result.rows for column in result.columns if column >= 0)
    return result.number, frozenset(fold(str(cell.value)) for cell in cells if cell is not None)


def slots_of(match: Match, understanding: Understanding, grounded: Grounded) -> tuple[Slot, ...]:
    """The question's typed pieces, for follow-ups: every name, date and number with its span."""
    names = {number: element.key[2:] for element, number in match.bound if element.key.startswith("s:")}
    found = []
    for number, unit in enumerate(understanding.units):
        kind = names.get(number) or ("entity" if unit.names else "date" if unit.date else "")
        if kind:
            value = unit.date.interval.edtf if unit.date else unit.names[0] if unit.names else unit.folded
            found.append(Slot(kind, unit.text, unit.start, unit.end, value))
    return tuple(found)


def _why(reading: Reading, understanding: Understanding) -> tuple[str, ...]:
    match, grounded = reading.grounded.match, reading.grounded
    sentence = match.intent.file.sentences[match.template.sentence]
    units = understanding.units
    lines = [
        f"intent {match.intent.name}, sentence {sentence!r}",
        "matched " + ", ".join(f"{e.key[2:]} = {units[n].text!r}" for e, n in match.bound),
        f"explained {grounded.explained:.0%} of the question, confidence {reading.confidence:.2f}",
    ]
    if understanding.corrections:
        lines.insert(0, "read " + ", ".join(f"{c.typed!r} as {c.meant!r}" for c in understanding.corrections))
    for column, operator, values in grounded.filters:
        test = "is" if operator == "is" else "has"
        lines.append(f"only rows whose {grounded.view.column(column).header or 'text'} {test} {' or '.join(values)}")
    return tuple(lines)
