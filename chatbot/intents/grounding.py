"""Grounding: tying a matched template to one relation, and accounting for every word left over.

A word of the question is explained by the template, by the relation (its subject, headings, file name), or by a
value in it, which then narrows the rows ("the first French head"). What none of these explains costs confidence,
and a name or date left over makes the reading worthless.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec

from chatbot.intents.matching import Match
from chatbot.knowledge.catalogue import NO_PROPERTIES, Catalogue, Described, singular_of, value_forms
from chatbot.knowledge.plan import Keep, Operator, Plan, Rows
from chatbot.language.countries import country, demonym_country
from chatbot.language.dates import Certainty, Interval, overlaps
from chatbot.language.lexicon import phrase_of
from chatbot.language.numbers import find_quantities, unit_of
from chatbot.language.understanding import Unit
from chatbot.language.words import STOP_WORDS, fold, root, stem

#: What kind of value an intent may ask for, as types of columns.
TYPES_ASKED: dict[str, tuple[str, ...]] = {
    "date": ("date", "interval"),
    "number": ("number", "money", "percent", "duration"),
    "person": ("person",),
    "place": ("text", "country"),
}
#: Question words that ask for nothing more when another question word is there already.
_SOFT = frozenset(("what", "list", "describe", "is_it", "filler", "ever"))

#: Words for the rows of any list of people; another word must say which list is meant.
PERSON_WORDS = frozenset("people persons person individuals".split())
#: Question words that ask for one kind of answer; a reading that leaves one out answers something else.
HARD = frozenset(("who", "how", "how_often", "when", "where", "how_many", "how_much", "how_long", "how_old", "why"))

_GENERIC_SUPERLATIVES = frozenset(
    "most least highest lowest greatest largest smallest biggest top higher lower larger smaller bigger greater".split()
)
_BY = frozenset("under by with to from on for against".split())
_COMPARISONS = frozenset(("most", "least", "more", "less"))
_WEAK = frozenset(("current", "more_than", "less_than"))

#: Properties whose verbs say what a person did to the row: "which bridges did she build".
_MAKING = frozenset(("creator", "built", "opened", "founded", "released"))

Place = tuple[int, int]
"""Row and column of a cell."""

Loss = tuple[str, Unit]
"""Why a reading fails, and at which unit: "name", "entity", "date", "word", "property", "holder", "office"."""


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
    if unit.meanings & HARD and unit.meanings <= HARD | _SOFT:
        return 1.0  # though "when" and "where" are grammar elsewhere
    if _WEAK & unit.meanings and not unit.names and (unit.is_stop or "current" in unit.meanings):
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
        self, catalogue: Catalogue, may_see: Callable[[str], bool], fitting: dict[str, tuple[Described, ...]]
    ) -> None:
        self.catalogue, self._may_see, self._fitting = catalogue, may_see, fitting
        self._places: dict[tuple[str, int], list[Place]] = {}

    def groundings(self, match: Match, units: Sequence[Unit], weights: Sequence[float]) -> Iterator[Grounded]:
        """The match on each relation that has the roles its intent needs."""
        name = match.intent.name
        if name not in self._fitting:
            self._fitting[name] = tuple(view for view in self.catalogue.views.values() if self._fits(match, view))
        for view in self._fitting[name]:
            if self._may_see(view.relation.document):
                yield _Grounding(self, match, view, units, weights).result()

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


class _Grounding:
    def __init__(
        self,
        grounder: Grounder,
        match: Match,
        view: Described,
        units: Sequence[Unit],
        weights: Sequence[float],
    ) -> None:
        self.grounder, self.catalogue, self.match, self.view = grounder, grounder.catalogue, match, view
        self.units, self.weights = units, weights
        self.slots: dict[str, tuple[str, ...]] = {}
        self.properties: tuple[int, ...] = ()
        self.filters: list[tuple[int, Operator, tuple[str, ...]]] = []
        self.counted = False
        """Whether a word of the question says what a figure counts."""
        self.losses: list[Loss] = []
        self.explained_elsewhere: list[Unit] = []
        self.is_generic_kind = False
        self.expected: int | None = None
        self.named = 0

    def result(self) -> Grounded:
        for subject in self.view.subjects:
            for name in (subject.name, *subject.aliases):
                self._add("subject", name)
        bound = set(self.match.units)
        for element, number in self.match.bound:
            self._bind(element.key, self.units[number])
        spans = {(self.units[n].start, self.units[n].end) for n in bound if self._stands_alone(n, bound)}
        total = lost = 0.0
        left = []
        for number, unit in enumerate(self.units):
            total += self.weights[number]
            # The second step of a phrase such as "tallest" is explained with the first.
            if number not in bound and (unit.start, unit.end) not in spans and self.weights[number] > 0:
                left.append(number)
        self._property_column([self.units[n] for n in bound])
        failed = [number for number in left if not self._explain(self.units[number], left)]
        self.losses = [loss for loss in self.losses if not self._is_of_filter(loss[1])]
        lost += sum(self.weights[number] for number in failed if not self._is_of_filter(self.units[number]))
        if "counted" in self.view.roles and (not self.counted or self._asks_which()):
            self.losses.append(("property", self.units[left[0]] if left else self.units[0]))
        if self.is_generic_kind and not self.named:
            self.losses.append(("word", self.units[0]))  # "people" alone does not say which list
        if self._is_half_a_superlative(bound):
            self.losses.append(("word", self.units[0]))
        if self._is_really_yes_no():
            self.losses.append(("word", self.units[0]))
        if self._is_no_contribution():
            self.losses.append(("word", self.units[0]))
        if self.match.intent.file.answer == "yes_no" and (self._offers_choice() or self._opens_otherwise()):
            self.losses.append(("word", self.units[-1]))
        if self.match.intent.file.asks == "date" and self._asks_deeds():
            self.losses.append(("word", self.units[0]))
        if self.match.intent.file.narrowed and not self.filters:
            self.losses.append(("word", self.units[-1]))
        lost += sum(1.0 for kind, _ in self.losses if kind in ("holder", "entity", "property", "office"))
        explained = 1.0 if total == 0 else max(0.0, 1 - lost / total)
        return Grounded(
            self.match,
            tuple(self.units),
            self.view,
            self.slots,
            self.properties,
            tuple(self.filters),
            explained,
            tuple(self.losses),
            self.expected,
            self.named,
        )

    def _asks_which(self) -> bool:
        """ "Which office ran them": a name is asked for, not a number."""
        return self.match.intent.file.asks != "date" and any(unit.folded == "which" for unit in self.units)

    def _opens_otherwise(self) -> bool:
        """Whether something meaningful stands before the "is" or "did" of what should be a yes/no question."""
        asking = [n for e, n in self.match.bound if e.key == "c:is_it"]
        return bool(asking) and any(self.weights[n] > 0 and self.units[n].date is None for n in range(min(asking)))

    def _is_no_contribution(self) -> bool:
        """ "pays", "gave" or "share" said of a table that measures metres."""
        said = any(element.key in ("c:contribute", "c:share") for element, _ in self.match.bound)
        measures = [column for column in self.view.relation.columns if column.role == "measure"]
        is_of_money = any(column.type in ("percent", "money") or column.unit == "%" for column in measures)
        return said and self.view.relation.kind == "table" and bool(measures) and not is_of_money

    def _is_really_yes_no(self) -> bool:
        """A question that opens with "is" or "did" and asks for nothing else, read as one that asks for a value."""
        first = next((n for n, unit in enumerate(self.units) if not unit.is_filler), 0)
        if self.match.intent.file.answer == "yes_no" or not self.units or "is_it" not in self.units[first].meanings:
            return False
        asks = self._offers_choice() or any(unit.meanings & (HARD | {"what", "list"}) for unit in self.units)
        return not asks and first not in self.match.units

    def _asks_deeds(self) -> bool:
        """ "What did he do after leaving office": no date, though the verb would suit one."""
        asked = {word for unit in self.units for word in unit.folded.split()}
        return (
            bool(asked & {"what"})
            and bool(asked & {"did", "do", "does"})
            and not any("when" in unit.meanings for unit in self.units)
        )

    def _offers_choice(self) -> bool:
        """ "Did Miyet or Le Roy serve longer": to be answered by a name, not by yes."""
        named = [n for n, unit in enumerate(self.units) if unit.names]
        return any(any(unit.folded == "or" for unit in self.units[a + 1 : b]) for a, b in itertools.pairwise(named))

    def _stands_alone(self, number: int, bound: set[int]) -> bool:
        """Whether the half of a superlative that is bound says all of it: "largest" may, "oldest" is about age."""
        unit = self.units[number]
        if not {e.key[2:] for e, n in self.match.bound if n == number} & _COMPARISONS:
            return True
        twin = next(
            (n for n, u in enumerate(self.units) if n != number and (u.start, u.end) == (unit.start, unit.end)),
            None,
        )
        return twin is None or twin in bound or unit.folded in _GENERIC_SUPERLATIVES

    def _is_half_a_superlative(self, bound: set[int]) -> bool:
        """ "oldest" read as "founded": the property without the comparison."""
        spans = {(self.units[n].start, self.units[n].end): n for e, n in self.match.bound if e.key == "s:property"}
        return any(
            bool(unit.meanings & _COMPARISONS) and n != spans[unit.start, unit.end] and n not in bound
            for n, unit in enumerate(self.units)
            if (unit.start, unit.end) in spans
        )

    # -- what the template bound

    def _bind(self, key: str, unit: Unit) -> None:
        kind, _, name = key.partition(":")
        if kind == "c":
            if name == "lead":
                self._bind_office(unit)
            return
        if kind != "s":
            return
        match name:
            case "date":
                self._add("date", unit.date.interval.edtf if unit.date else "")
            case "number":
                self._add("number", str(unit.number))
                self._add("number unit", unit.unit)
            case "ordinal":
                self._add("ordinal", str(ordinal_of(unit)))
            case "duration":
                self._add("duration", str(unit.number))
                self._add("duration unit", unit.unit)
            case "kind":
                self._bind_kind(unit)
            case "holder" | "person" | "entity":
                self._bind_name(name, unit)

    def _add(self, slot: str, value: str) -> None:
        self.slots[slot] = (*self.slots.get(slot, ()), value)

    def _bind_office(self, unit: Unit) -> None:
        """A word for one office (mayor) must be this relation's; a word for any (led, boss) suits all."""
        if "counted" in self.view.roles:
            return  # "how many missions did it lead"
        if "holder" not in self.view.roles:
            is_light = "active" in unit.meanings  # "served as ..."
            if not is_light and not self.match.slot("entity") and not self._is_described(unit):
                self.losses.append(("office", unit))
            return
        missing = self.view.qualifiers - {word for other in self.units for word in other.folded.split()}
        if missing:
            self.losses.append(("office", unit))
            return
        if "reign" in unit.meanings and not self.view.is_royal:
            self.losses.append(("office", unit))
            return
        if unit.folded in self.view.offices or ("royal" in unit.meanings and self.view.is_royal):
            self.named += 1
            return
        if any(self._is_office(phrase) for phrase in (unit.folded.split(), *map(phrase_of, self._names(unit)))):
            self.named += 1
            return
        is_told = any(other.folded in self.view.offices for other in self.units)  # "held the post of town clerk"
        if "lead" not in unit.meanings or not (self.view.is_leadership or is_told):
            self.losses.append(("office", unit))

    def _is_office(self, phrase: Sequence[str]) -> bool:
        """Whether a phrase names this relation's office, every other word of it being about the same."""
        offices = self.view.offices
        others = [w for w in phrase if w not in offices and singular_of(w) not in offices and w not in STOP_WORDS]
        return len(others) < len(phrase) and all(stem(word) in self.view.labels for word in others)

    def _bind_kind(self, unit: Unit) -> None:
        if unit.folded in PERSON_WORDS:
            key = self.view.key_columns[:1]
            if not key or self.view.column(key[0]).type != "person":
                self.losses.append(("word", unit))
            self.is_generic_kind = True
            return
        if any(s in self.view.kinds for s in unit.stems):
            self.named += 1
        else:
            self.losses.append(("word", unit))

    def _bind_name(self, slot: str, unit: Unit) -> None:
        roles = ("holder",) if slot == "holder" else ("key", "holder", "name")
        is_property = self.view.relation.kind == "properties"
        columns = {i for i, column in enumerate(self.view.relation.columns) if is_property or column.role in roles}
        values: list[str] = []
        own = self.view.places([unit.text]) if "alias" in self.view.roles else []
        places = [place for place in own if place[1] in columns] or self._places(unit)
        if any(column in columns for _, column in own):
            self._add("full name", unit.text)
        elif "alias" in self.view.roles:  # "United Nations Department of X" where "Department of X (DX)" stands
            cells = (row[min(columns)] for row in self.view.relation.rows)
            for name in {cell.text for cell in cells if cell is not None}:
                if fold(unit.text).endswith(" " + fold(name)):
                    self._add("full name", name)
        for row, column in places:
            cell = self.view.cell(row, column)
            if column in columns and cell is not None and str(cell.value) not in values:
                values.append(str(cell.value))
        if (slot == "person" or is_property) and not values and self.match.intent.file.answer == "yes_no":
            values = self._names(unit)
        if not values and not ("alias" in self.view.roles and self.view.places([unit.text])):
            self.losses.append(("holder" if slot == "holder" else "entity", unit))
        number = 1 + sum(key.startswith(f"{slot} ") for key in self.slots)
        if "alias" in self.view.roles:
            aliases = {i for i, column in enumerate(self.view.relation.columns) if column.role == "alias"}
            for row, column in self.view.places([unit.text]):
                cell = self.view.cell(row, column)
                if column in aliases and cell is not None:
                    self._add("alias", str(cell.value))
        for value in values:
            self._add(slot, value)
            self._add(f"{slot} {number}", value)

    def _names(self, unit: Unit) -> list[str]:
        return self.grounder.names(unit)

    def _places(self, unit: Unit) -> list[tuple[int, int]]:
        return self.grounder.places(self.view, unit)

    def _property_column(self, bound: Sequence[Unit]) -> None:
        """Columns that the property slot, or the intent's own property, asks for."""
        keys: set[str] = set()
        asked = [unit for e, n in self.match.bound if e.key == "s:property" for unit in (self.units[n],)]
        if "counted" in self.view.roles:
            self.losses += [("property", unit) for unit in asked if not self._is_counted(unit)]
            return
        for unit in asked:
            keys |= unit.properties
        # "highest budget" is said as most, height, budget: the twin of "most" gives way to the property named.
        spans = {(u.start, u.end) for u in bound}
        twins = [u for u in self.units if u not in asked and u.properties and (u.start, u.end) in spans]
        if not asked and self.match.intent.file.property:
            keys = {self.match.intent.file.property}
        found = self._columns_with(keys)
        if not found and not asked:
            for twin in twins:
                found = found or self._columns_with(set(twin.properties))
        if asked and not found:
            found = self._other_property(asked) or self._of_heading(keys)
        if asked and not found:
            self.losses.append(("property", asked[0]))
        self.properties = self._preferred(found)

    def _of_heading(self, keys: set[str]) -> tuple[int, ...]:
        """The total, or the only number, of a table whose heading names the property: "Employees"."""
        relation = self.view.relation
        if not keys & self.view.heading_properties:
            return ()
        measures = [i for i, column in enumerate(relation.columns) if column.role == "measure"]
        totals = [i for i in measures if "total" in self.catalogue.lexicon.meanings(relation.columns[i].header)]
        return tuple(totals[:1]) or (tuple(measures) if len(measures) == 1 else ())

    def _other_property(self, asked: Sequence[Unit]) -> tuple[int, ...]:
        """ "oldest instrument by first light": what the superlative lacks may be named elsewhere."""
        spans = [(self.units[n].start, self.units[n].end) for n in self.match.units]
        if spans.count((asked[0].start, asked[0].end)) < 2:
            return ()
        for unit in self.units:
            if unit.properties and unit not in asked and (found := self._columns_with(set(unit.properties))):
                self.explained_elsewhere.append(unit)
                return found
        return ()

    def _preferred(self, columns: tuple[int, ...]) -> tuple[int, ...]:
        """The columns of the type asked for first: of a venue and a time for rehearsals, "where" asks the venue."""
        asks = self.match.intent.file.asks
        said = next((unit.unit for unit in self.units if unit.unit and unit.unit != "days"), "")

        def rank(column: int) -> int:
            spec = self.view.column(column)
            if asks == "person" or (not asks and any("who" in unit.meanings for unit in self.units)):
                cells = [row[column] for row in self.view.relation.rows]
                parts = [part for cell in cells if cell is not None for part in (cell, *cell.parts)]
                return 0 if any((part.type or spec.type) == "person" for part in parts) else 1
            if said and (spec.unit or asks == "number"):
                return 0 if unit_of(spec.unit) == said else 2
            if asks == "place":
                is_place = "location" in self.view.column_keys[column] and spec.type in ("text", "person")
                return 0 if is_place or spec.type == "country" else 1
            return 0 if spec.type in TYPES_ASKED.get(asks, (spec.type,)) else 1

        return tuple(sorted(columns, key=rank))

    def _columns_with(self, keys: set[str]) -> tuple[int, ...]:
        scored = []
        for column, column_keys in enumerate(self.view.column_keys):
            shared = keys & column_keys
            if shared and self.view.column(column).role not in NO_PROPERTIES:
                exact = any(key.startswith("h:") for key in shared)
                scored.append((not exact, -len(shared), column))
            elif "location" in keys and self.view.column(column).role == "country":
                scored.append((True, 0, column))  # where a thing is, a table often says by its country
        return tuple(column for *_, column in sorted(scored))

    # -- what it left over

    def _explain(self, unit: Unit, left: Sequence[int]) -> bool:
        """Whether the relation explains a left-over unit; otherwise the loss is noted."""
        if _WEAK & unit.meanings and unit.is_stop:
            if "current" not in unit.meanings and self._compares(unit):
                self.losses.append(("word", unit))
            return False
        if unit in self.explained_elsewhere or self._is_measure_word(unit):
            return True
        if self.properties and not unit.names and unit.properties & self.view.column_keys[self.properties[0]]:
            return True  # "which organization does it belong to": both words mean the parent organization
        if unit.names:
            return self._explain_name(unit, left)
        if self._is_repeated(unit) or self._is_light(unit):
            return True
        if unit.number is not None and (self._is_known_number(unit.number) or self._expects(unit)):
            return True
        if unit.date is not None:
            if any(self._narrows_date(unit.date.interval, edtf) for edtf in self.slots.get("date", ())):
                return True
            if self._holds_then(unit.date.interval):
                return True
            self.losses.append(("date", unit))
            return False
        if "counted" in self.view.roles and self._is_counted(unit):
            return True
        if unit.meanings & HARD & {meaning for n in self.match.units for meaning in self.units[n].meanings}:
            return True  # "from when to when"
        if self.match.intent.file.answer == "yes_no" and unit.meanings & HARD == {"who"}:
            return True  # "Was it Annan who led it?"
        if "directly" in unit.meanings and any(
            step.next_of or step.previous_of for step in self.match.intent.file.plan
        ):
            return True
        if "how_many" in unit.meanings and unit.folded.startswith(("number", "amount", "size")) and self.properties:
            return True  # "when was the number of inhabitants lowest"
        if unit.folded in ("name", "names") and unit is not self.units[0]:
            if not self._is_label(unit):
                self.losses.append(("word", unit))
            return False
        is_soft = bool(unit.meanings) and unit.meanings <= _SOFT and self.match.intent.file.answer != "yes_no"
        if is_soft and unit.number is None and unit.ordinal is None:
            return True
        if (
            self._is_kind_of_values(unit)
            or self._is_label(unit)
            or self._is_in_header(unit)
            or self._narrows(unit)
            or self._is_described(unit)
        ):
            return True
        self.losses.append(("word", unit))
        return False

    def _explain_name(self, unit: Unit, left: Sequence[int]) -> bool:
        subjects = {subject.id for subject in self.view.subjects}
        if subjects & set(unit.names) or unit.folded in self.view.offices:
            self.named += 2
            return True
        if len(unit.stems) > 1 and not self._places(unit) and self._is_label(unit):
            return True
        if "counted" in self.view.roles and self._is_counted(unit):
            return True
        if self._narrows(unit) or self._is_context(unit, left) or self._is_described(unit):
            return True
        self.losses.append(("name", unit))
        return False

    def _holds_then(self, asked: Interval) -> bool:
        """Whether the relation as a whole is vouched for at the time asked."""
        if not self.view.relation.as_of or "as_of" in self.view.roles or self.view.has_terms:
            return False
        return overlaps(Interval.parse(self.view.relation.as_of), asked) is not Certainty.NO

    def _is_counted(self, unit: Unit) -> bool:
        """Whether a figure's sentence speaks of what the unit names; only such rows are kept.

        The first unit that says what is counted, by its last word, narrows the rows to figures of that.
        """
        names = [phrase_of(name) for name in self._names(unit)]
        heads = [stem(_head(name)) for name in names if len(name) > 1]  # "the board" for the Coastal Lights Board
        counted, description = self.view.roles["counted"], self.view.roles["description"]
        own = (*heads, *unit.stems) if len(unit.stems) == 1 else tuple(heads) if unit.names else unit.stems
        forms = self.view.forms_in(description, own, unit.meanings)
        if not forms:
            return False
        of_counted = self.view.forms_in(counted, unit.stems, unit.meanings)
        is_head = any(form in self.view.heads for form in of_counted)
        if not is_head and self._is_label(unit):
            return True  # what the whole document is about need not be said in every sentence
        self.filters.append((description, "contains", forms))
        is_property = any(key in self.catalogue.lexicon.properties for key in unit.meanings)
        if not self.counted and is_head:
            self.filters.append((counted, "contains", of_counted))
        self.counted = self.counted or is_head or (is_property and self._counts_people())
        return True

    def _counts_people(self) -> bool:
        """Whether a figure counts mere people, and the verb says which: "23,052 people lived in the town"."""
        return bool(self.view.forms_in(self.view.roles["counted"], (stem("people"), stem("persons")), frozenset()))

    def _is_described(self, unit: Unit) -> bool:
        """Whether the prose about a row has the unit's words; only such rows are kept."""
        column = self.view.roles.get("description")
        if column is None or not self.match.intent.file.describes:
            return False
        found = [self.view.forms_in(column, (s,), unit.meanings) for s in unit.stems]
        if not all(found):
            return False
        self.filters += [(column, "contains", forms) for forms in found]
        return True

    def _is_context(self, unit: Unit, left: Sequence[int]) -> bool:
        """ "UN" in "UN peacekeeping": part of the subject's own name, beside something that names the subject."""
        names = [phrase_of(name) for name in self._names(unit)]
        if self._places(unit) or not any(
            all(stem(word) in self.view.labels or word in STOP_WORDS for word in name) for name in names
        ):
            return False
        others = [self.units[n] for n in left if self.units[n] is not unit]
        subjects = {subject.id for subject in self.view.subjects}
        return any(subjects & set(other.names) or self._is_label(other) for other in others)

    def _labels(self, stem_: str) -> bool:
        """Whether a stem, or a longer or shorter relative of it ("departmental"), is one of the labels."""
        labels = self.view.labels
        return stem_ in labels or (
            len(stem_) > 5 and any(len(s) > 5 and (s.startswith(stem_) or stem_.startswith(s)) for s in labels)
        )

    def _is_label(self, unit: Unit) -> bool:
        if "nationality" in unit.meanings and {"country", "holder"} <= self.view.roles.keys():
            return False  # it asks for that column, though "nation" stands in the subject's name too
        content = [s for s in unit.stems if s not in STOP_WORDS]
        said = self.view.labels.__contains__ if unit.meanings else self._labels  # "nationality" is not "nations"
        if (content and all(map(said, content))) or unit.folded in self.view.offices:
            self.named += 1
            return True
        return False

    def _compares(self, unit: Unit) -> bool:
        """Whether "over" or "under" stands before a name or a number, to compare with it."""
        at = next((n for n, other in enumerate(self.units) if other is unit), 0)
        following = next((other for other in self.units[at + 1 :] if other.folded != "the"), None)
        if following is None:
            return False
        named = {column for _, column in self._places(following)} if following.names else set()
        return following.number is not None or bool(named & set(self.view.key_columns))

    def _is_repeated(self, unit: Unit) -> bool:
        """ "in the post" beside "stayed": the same idea said twice, or the office once more."""
        concepts = {e.key[2:] for e, _ in self.match.bound if e.key.startswith("c:")} - _SOFT - HARD
        if "holder" in self.view.roles and not self.match.intent.file.fallback:
            concepts |= {"lead", "serve", "office_word"}
            if unit.folded == "office":  # the plural means bodies
                return True
        return bool(unit.meanings & concepts)

    def _is_light(self, unit: Unit) -> bool:
        """ "stand" beside the number of inhabitants; "years" beside a table that has a row for each."""
        if self.properties and unit.meanings and unit.meanings <= {"active", "is_it"} and unit.number is None:
            return True
        return unit.folded in ("year", "years") and "as_of" in self.view.roles and self.view.relation.kind == "table"

    def _narrows_date(self, other: Interval, bound: str) -> bool:
        """ "as 1993 closed, on 31 December 1993": one date within the other; the narrower is meant."""
        own = Interval.parse(bound)
        if None in (own.earliest, own.latest, other.earliest, other.latest):
            return False
        inside = own.earliest <= other.earliest and other.latest <= own.latest  # type: ignore[operator]
        around = other.earliest <= own.earliest and own.latest <= other.latest  # type: ignore[operator]
        if inside:
            self.slots["date"] = tuple(other.edtf if edtf == bound else edtf for edtf in self.slots["date"])
        return inside or around

    def _expects(self, unit: Unit) -> bool:
        """ "Which two people ...": the number of rows that the answer is expected to have."""
        number = unit.number or 0.0
        if unit.unit or not number.is_integer() or number > 12 or self.match.intent.file.answer != "values":
            return False
        if any(step.count or step.total or step.average for step in self.match.intent.file.plan):
            return False
        self.expected = int(number)
        return True

    def _is_known_number(self, number: float) -> bool:
        """ "the five top contributors" where five are listed, or the caption says "top 5"."""
        rows = float(len(self.view.relation.rows))
        named = {float(len(self.match.slot(slot))) for slot in ("holder", "entity", "person")}
        return (
            number == rows
            or (number > 1 and number in named)
            or any(q.number == number for q in find_quantities(self.view.relation.caption))
        )

    def _is_measure_word(self, unit: Unit) -> bool:
        """ "in metres" beside a height that is given in metres."""
        measured = _measured_by(unit.folded)
        if not measured:
            return False
        if "counted" in self.view.roles:
            cells = (self.view.role_cell(row, "measure") for row in range(len(self.view.relation.rows)))
            return any(cell is not None and cell.unit == measured for cell in cells)
        return bool(self.properties) and measured == self.view.column(self.properties[0]).unit

    def _is_claimed(self, unit: Unit) -> bool:
        """Whether a yes/no question says that a property has this value: a name known from anywhere."""
        asked = [self.units[n].start for e, n in self.match.bound if e.key == "s:property"]
        is_yes_no = self.match.intent.file.answer == "yes_no"
        if not is_yes_no or not unit.names or not self.properties or unit.start < max(asked, default=0):
            return False
        self.filters.append((self.properties[0], "is", (*self._names(unit), unit.text)))
        return True

    def _may_narrow(self, unit: Unit, column: int) -> bool:
        """Whether the unit is said as such a column would be: another person with "under" or "by", a country of
        people as an adjective or with "from"."""
        spec = self.view.column(column)
        at = next((n for n, other in enumerate(self.units) if other is unit), 0)
        before = next((other for other in reversed(self.units[:at]) if other.folded != "the"), None)
        said = before.folded.split()[-1] if before is not None else ""
        if spec.type == "person":
            is_told = any(_are_of_header(other, spec.header) or other.meanings & _MAKING for other in self.units)
            return said in _BY or is_told
        if spec.role == "country" and "holder" in self.view.roles:
            return said == "from" or demonym_country(unit.text) is not None
        return True

    def _is_kind_of_values(self, unit: Unit) -> bool:
        """ "river" in "what river does it cross": what the values asked for are, by another table's rows."""
        if not self.properties or unit.names:
            return False
        cells = (row[self.properties[0]] for row in self.view.relation.rows)
        values = {form for cell in cells if cell is not None for form in value_forms(str(cell.value))}
        others = (v for v in self.catalogue.views.values() if v is not self.view and set(unit.stems) & v.kinds)
        return any(
            values & view.values.keys()
            and any(c in view.key_columns for f in values for _, c in view.values.get(f, ()))
            for view in others
        )

    def _is_of_filter(self, unit: Unit) -> bool:
        """ "chosen" in "chosen by the trustees": the header of a column that another word narrows."""
        headers = (self.view.column(column).header for column, *_ in self.filters)
        return (
            unit.date is None
            and not unit.names
            and any(
                {root(s) for s in unit.stems} <= {root(stem(word)) for word in phrase_of(header)} for header in headers
            )
        ) or any(
            unit.properties & self.view.column_keys[column]
            or (self.view.column(column).type == "person" and unit.meanings & _MAKING)
            for column, *_ in self.filters
        )

    def _is_in_header(self, unit: Unit) -> bool:
        """ "twinned" beside "towns": the header of the column asked for has the word."""
        headers = [self.view.column(column).header for column in self.properties[:1]]
        return bool(headers) and {root(s) for s in unit.stems} <= {root(stem(word)) for word in phrase_of(headers[0])}

    def _narrows(self, unit: Unit) -> bool:
        """Whether the unit is a value of some column, which then must hold it."""
        if self.view.relation.kind == "properties":
            return self._is_claimed(unit)
        places = [*self._places(unit)]
        nation = country(unit.text) or demonym_country(unit.text)
        if nation is not None:
            places += self.view.places([nation])
        bound = {
            self.view.roles.get("holder"),
            self.view.roles.get("key"),
        }  # their names are what is asked for
        columns = {column for _, column in places if column not in bound and self._may_narrow(unit, column)}
        if not columns:
            return False
        column = min(columns)
        values = []
        for row, at in places:
            cell = self.view.cell(row, at)
            if at == column and cell is not None:
                values += [str(part.value) for part in (cell, *cell.parts)]
        names = [
            *self._names(unit),
            unit.text,
            *([nation] if nation else []),
        ]
        self.filters.append((column, "is", tuple(dict.fromkeys([*names, *(v for v in values if v in names)]))))
        return True


def _head(name: Sequence[str]) -> str:
    """The noun that a name is about: "office" of Office of Operations."""
    return name[name.index("of") - 1] if "of" in name[1:] else name[-1]


@lru_cache(maxsize=4096)
def _measured_by(word: str) -> str:
    """The unit that a word is the name of: m for "metres"; "" for most words."""
    return next((quantity.unit for quantity in find_quantities("1 " + word)), "")


def _are_of_header(unit: Unit, header: str) -> bool:
    """Whether every word of a unit is of one family with a word of a header: "buried" with "Burial"."""
    roots = [root(stem(word)) for word in phrase_of(header)]
    return all(
        any(r == own or (min(len(r), len(own)) > 3 and (r.startswith(own) or own.startswith(r))) for r in roots)
        for own in map(root, unit.stems)
    )


def ordinal_of(unit: Unit) -> int:
    """The position an ordinal asks for: 2 for second, -1 for last, most recent, newest."""
    if unit.ordinal is not None:
        return unit.ordinal
    if "penultimate" in unit.meanings:
        return -2
    if "antepenultimate" in unit.meanings:
        return -3
    return -1 if "latest" in unit.meanings else 1
