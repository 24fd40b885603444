"""A draft: one match laid on one relation, while it is being worked out."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chatbot.intents.matching import Match
from chatbot.knowledge.catalogue import Described
from chatbot.knowledge.plan import Operator
from chatbot.language.understanding import Unit

if TYPE_CHECKING:
    from chatbot.intents.grounding import Grounder

#: What kind of value an intent may ask for, as types of columns.
TYPES_ASKED: dict[str, tuple[str, ...]] = {
    "date": ("date", "interval"),
    "number": ("number", "money", "percent", "duration"),
    "person": ("person",),
    "place": ("text", "country"),
}
#: Question words that ask for nothing more when another question word is there already.
SOFT = frozenset(("what", "list", "describe", "is_it", "filler", "ever", "both"))
#: Question words that ask for one kind of answer; a reading that leaves one out answers something else.
HARD = frozenset(("who", "how", "how_often", "when", "where", "how_many", "how_much", "how_long", "how_old", "why"))
WEAK = frozenset(("current", "more_than", "less_than"))
#: Words for the rows of any list of people; another word must say which list is meant.
PERSON_WORDS = frozenset("people persons person individuals".split())

Place = tuple[int, int]
"""Row and column of a cell."""

Loss = tuple[str, Unit]
"""Why a reading fails, and at which unit: "name", "entity", "date", "word", "property", "holder", "office"."""


class Draft:
    """What is known so far of one way to read a question; changed in place until it is a `Grounded`."""

    def __init__(
        self, grounder: "Grounder", match: Match, view: Described, units: Sequence[Unit], weights: Sequence[float]
    ) -> None:
        self.grounder, self.catalogue, self.match, self.view = grounder, grounder.catalogue, match, view
        self.units, self.weights = units, weights
        self.slots: dict[str, tuple[str, ...]] = {}
        """Slot → canonical values: cell values, EDTF, numbers as text."""
        self.properties: tuple[int, ...] = ()
        """Columns that the property slot means, best first."""
        self.filters: list[tuple[int, Operator, tuple[str, ...]]] = []
        """Columns and values by which left-over names and words narrow the rows."""
        self.counted = False
        """Whether a word of the question says what a figure counts."""
        self.released: list[Unit] = []
        """Units that the template took and could do without: left over after all."""
        self.named_by: set[int] = set()
        """Columns beside the key by which a row was named."""
        self.losses: list[Loss] = []
        self.explained_elsewhere: list[Unit] = []
        self.is_generic_kind = False
        self.expected: int | None = None
        """How many rows the question says that the answer has."""
        self.named = 0
        """How many units name the relation's subject or heading."""

    def add(self, slot: str, value: str) -> None:
        self.slots[slot] = (*self.slots.get(slot, ()), value)

    def names(self, unit: Unit) -> list[str]:
        """Every name of what the unit names."""
        return self.grounder.names(unit)

    def places(self, unit: Unit) -> list[Place]:
        """Cells of the relation that hold what the unit names."""
        return self.grounder.places(self.view, unit)
