"""Grounding: tying a matched template to one relation, and accounting for every word left over.

A word of the question is explained by the template, by the relation (its subject, headings, file name), or by a
value in it, which then narrows the rows ("the first French head"). What none of these explains costs confidence,
and a name or date left over makes the reading worthless.
"""

from collections.abc import Callable, Iterator, Sequence

import msgspec

from chatbot.intents.binding import bind
from chatbot.intents.draft import HARD, SOFT, WEAK, Draft, Loss, Place
from chatbot.intents.leftovers import unexplained
from chatbot.intents.matching import Match
from chatbot.intents.misreadings import asks_which, misread, stands_alone
from chatbot.knowledge.catalogue import Catalogue, Described, singular_of
from chatbot.knowledge.plan import Keep, Operator, Plan, Rows
from chatbot.language.lexicon import phrase_of
from chatbot.language.understanding import Unit


class Grounded(msgspec.Struct, frozen=True):
    """A match on one relation: its slots filled with that relation's own values."""

    match: Match
    units: tuple[Unit, ...]
    view: Described
    slots: dict[str, tuple[str, ...]]
    """Slot → canonical values: cell values, EDTF, numbers as text."""
    properties: tuple[int, ...]
    """Columns that the property slot means, best first."""
    filters: tuple[tuple[int, Operator, tuple[str, ...]], ...]
    """Columns and values by which left-over names and words narrow the rows."""
    explained: float
    """Share of the question's weight that is explained, 0 to 1."""
    losses: tuple[Loss, ...]
    expected: int | None
    """How many rows the question says that the answer has."""
    named: int
    """How many units name the relation's subject or heading."""

    @property
    def is_exact(self) -> bool:
        """Whether the property asked for is said just as its header has it."""
        if not self.properties:
            return False
        header = " ".join(phrase_of(self.view.column(self.properties[0]).header.rpartition(" / ")[2]))
        return any(unit.properties and singular_of(unit.folded) == singular_of(header) for unit in self.bound)

    @property
    def bound(self) -> tuple[Unit, ...]:
        """The units that the template bound."""
        return tuple(self.units[number] for number in self.match.units)

    @property
    def rows(self) -> Plan:
        """The relation's rows, narrowed by the left-over values."""
        plan: Plan = Rows(self.view.relation.id)
        for column, operator, values in self.filters:
            plan = Keep(plan, column, operator, values)
        return plan


def weight(unit: Unit) -> float:
    """How much of a question's meaning a unit carries."""
    if unit.meanings & HARD and unit.meanings <= HARD | SOFT:
        return 1.0  # though "when" and "where" are grammar elsewhere
    if WEAK & unit.meanings and not unit.names and (unit.is_stop or "current" in unit.meanings):
        is_comparison = unit.folded.endswith(" than")  # "more than Sweden" says nothing of Sweden
        return 1.5 if is_comparison else 0.5  # "now", "over" matter where a reading can use them
    if unit.is_stop or unit.is_filler:
        return 0.0
    if unit.names or unit.date is not None:
        return 1.5
    return 1.0


class Grounder:
    """What grounds the matches of one question in the relations that its asker may see.

    `fitting` remembers, for all questions, the relations that suit each intent.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        units: Sequence[Unit],
        may_see: Callable[[str], bool],
        fitting: dict[str, tuple[Described, ...]],
    ) -> None:
        self.catalogue, self._may_see, self._fitting = catalogue, may_see, fitting
        self._likely = catalogue.likely(lambda: (text for u in units for text in (u.folded, *self.names(u))))
        self._places: dict[tuple[str, int], list[Place]] = {}

    def groundings(self, match: Match, units: Sequence[Unit], weights: Sequence[float]) -> Iterator[Grounded]:
        """The match on each relation that has the roles its intent needs."""
        name = match.intent.name
        if name not in self._fitting:
            self._fitting[name] = tuple(view for view in self.catalogue.views.values() if self._fits(match, view))
        for view in self._fitting[name]:
            is_likely = self._likely is None or view.relation.id in self._likely
            if is_likely and self._may_see(view.relation.document):
                yield _grounded(Draft(self, match, view, units, weights))

    def places(self, view: Described, unit: Unit) -> list[Place]:
        """Cells of the view that hold what the unit names; the same for every match of a question."""
        key = (view.relation.id, id(unit))
        if key not in self._places:
            self._places[key] = view.places(self.names(unit) or [unit.text])
        return self._places[key]

    def names(self, unit: Unit) -> list[str]:
        """Every name of what the unit names."""
        return [name for entity in unit.names for name in self.catalogue.names_of(entity)]

    @staticmethod
    def _fits(match: Match, view: Described) -> bool:
        file = match.intent.file
        if file.kinds and view.relation.kind not in file.kinds:
            return False
        return all(any(role in view.roles for role in need.split("|")) for need in file.needs)


def _grounded(draft: Draft) -> Grounded:
    bind(draft)
    bound = {n for n in draft.match.units if draft.units[n] not in draft.released}
    left = _left_over(draft, bound)
    lost = unexplained(draft, left)
    if "counted" in draft.view.roles and (not draft.counted or asks_which(draft)):
        draft.losses.append(("property", draft.units[left[0]] if left else draft.units[0]))
    taken = {(unit.start, unit.end) for n, unit in enumerate(draft.units) if n in bound}
    lost += sum(
        kind == "word" and (unit.start, unit.end) in taken for kind, unit in draft.losses
    )  # rows of another kind
    if not draft.losses:  # otherwise it is worthless already
        draft.losses += [("word", unit) for unit in misread(draft, bound)]
    lost += sum(1.0 for kind, _ in draft.losses if kind in ("holder", "entity", "property", "office"))
    total = sum(draft.weights)
    return Grounded(
        draft.match,
        tuple(draft.units),
        draft.view,
        draft.slots,
        draft.properties,
        tuple(draft.filters),
        1.0 if total == 0 else max(0.0, 1 - lost / total),
        tuple(draft.losses),
        draft.expected,
        draft.named,
    )


def _left_over(draft: Draft, bound: set[int]) -> list[int]:
    """Numbers of the units with a meaning that the template did not take.

    The second step of a phrase such as "tallest" is explained with the first.
    """
    units = draft.units
    spans = {(units[n].start, units[n].end) for n in bound if stands_alone(draft, n, bound)}
    return [
        number
        for number, unit in enumerate(units)
        if number not in bound and (unit.start, unit.end) not in spans and draft.weights[number] > 0
    ]
