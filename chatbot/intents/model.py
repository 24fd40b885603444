"""What an intent file says, checked and compiled."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

from chatbot.knowledge.relation import ColumnType, RelationKind, Role
from chatbot.values import Kind

#: Slots a template may hold, and what fills them.
SLOTS: dict[str, str] = {
    "date": "a date or period: in 2005, after March 1992",
    "holder": "the name of somebody who held an office",
    "entity": "the name of anything a row or property block is about",
    "person": "the name of a person",
    "property": "the name of a column or key, or a word of the lexicon that means it",
    "kind": "the noun for what the rows of a table are: lighthouses, countries",
    "number": "a number or percentage",
    "duration": "a number of years, months or days",
    "ordinal": "second, third, last",
}

#: Slots that no template holds: the day of asking, the subject's names, the alias as it was said, and the first and
#: second of two names.
COMPUTED_SLOTS = (
    "today",
    "subject",
    "alias",
    "full name",
    "date 1",
    "date 2",
    "holder 1",
    "holder 2",
    "entity 1",
    "entity 2",
    "person 1",
    "person 2",
)

ROLES = frozenset(get_args(Role)) - {""}
SLOT_NAMES = frozenset((*SLOTS, *COMPUTED_SLOTS))

#: Columns a plan may name: roles, what is computed from a term or a life, and the ones that the question chooses;
#: properties of the lexicon besides, for the column that records them.
COLUMNS = ROLES | {"term", "length", "life", "start", "end", "position", "property", "measure", "when"}

#: What the steps that name something may name.
STEP_NAMES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("sort", "select", "total", "average", "change", "less", "difference"), COLUMNS),
    "age": COLUMNS | {"date", "today"},
    "count": COLUMNS | {"rows"},
    **dict.fromkeys(("top", "before", "after", "next_of", "previous_of", "between"), SLOT_NAMES),
    "take": SLOT_NAMES | {"first", "last"},
}

#: Fields a wording may show of one row, and those of the whole answer.
ROW_FIELDS = ROLES | {
    *("value", "life", "property", "term", "length", "start", "end", "position", "sorted", "about", "narrowed", "when"),
    *("next_holder", "next_term"),
}
FIELDS = ROW_FIELDS | {"items", "rows", "number", "size", "truth", "counted_parts"}
#: Before a row's field: of the row on either side of a gap, and of the second row.
OTHER_ROWS = ("left_", "right_", "other_")

#: Question words that may be all that is said: "when?", "and how long?"
BARE_WORDS = frozenset(("when", "how_long", "who", "where", "how_much", "why"))

Test = Literal["is", "overlaps", "within", "until", "before", "after", "contains", "more", "less"]


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Rows are kept when `column` passes `test` with the value of `slot`."""

    column: str
    test: Test
    slot: str = ""
    """Alternatives as "entity|number": the first that the question fills."""
    value: str = ""
    """A constant in place of a slot."""
    optional: bool = False
    """Without a value for the slot, all rows are kept."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One step of a plan over the rows that fit the question; exactly one field is given."""

    keep: Condition | None = None
    sort: str | None = None
    """A role, or `term`, `length`, `property`; a leading "-" sorts from the greatest."""
    take: str | None = None
    """"first", "last", or the name of a slot that holds a position."""
    top: str | None = None
    """A slot with how many to take from the start."""
    before: str | None = None
    """The rows before the first of those named in this slot, in order of time."""
    after: str | None = None
    next_of: str | None = None
    """The rows after those whose holder is in this slot; of `today`, after those who hold the office then."""
    previous_of: str | None = None
    between: str | None = None
    """The rows strictly between the first and the second name of this slot, in order of time."""
    gaps: Literal["term"] | None = None
    """The rows that a time without holder follows."""
    select: str | tuple[str, ...] | None = None
    """The column or columns that hold the answer."""
    count: str | None = None
    """"rows", or the role whose different values are counted."""
    total: str | None = None
    average: str | None = None
    age: str | None = None
    """How long after its birth the row's date under a role was, in years; or the date asked for, or today."""
    change: str | None = None
    """A column: what it gained between the ends of the period asked for, or how much more it was at the first date."""
    less: str | None = None
    """A column: how much less it was at the first of two dates."""
    difference: str | None = None
    """Of the first two rows, in the order the question names them."""


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One test of an intent: a question and what the answer must hold."""

    ask: str
    value: tuple[str, ...] | None = None
    """Exactly these value texts, in any order."""
    has: tuple[str, ...] = ()
    """Strings that the text must hold."""
    kind: Kind | None = None
    corpus: str = "shipped"
    """Name of the corpus that the test needs; it is skipped where another is loaded."""
    after: tuple[str, ...] = ()
    """Questions asked first, in the same conversation."""


class IntentFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An intent file as written. Its name is its path without the suffix: `office/holder_at`."""

    description: str
    sentences: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Roles a relation must have; "a|b" for either."""
    kinds: tuple[RelationKind, ...] = ()
    """Kinds of relation it speaks of; any where empty."""
    asks: Literal[ColumnType, "place", ""] = ""
    """Type the selected value must have; any where empty."""
    property: str = ""
    """The property asked for where no slot names one."""
    answer: Literal["values", "yes_no", "rows", "described", "difference"] = "values"
    fallback: bool = False
    """Another intent that answers as much is preferred."""
    only_facts: bool = False
    """Nothing but a relation can answer it: where none does, no passage is tried."""
    ordered: bool = False
    """The question's words must stand in the order of the sentence."""
    narrowed: bool = False
    """A left-over word of the question must narrow the rows."""
    describes: bool = False
    """Left-over words of the question may be explained by the prose of a row."""
    single: bool = False
    """It is answered by one row only: of several, the question does not say which is meant."""
    plan: tuple[Step, ...] = ()
    wordings: dict[str, str] = {}
    responses: tuple[str, ...] = ()
    """Of small talk: what to say; no plan is needed."""
    follow_ups: tuple[str, ...] = ()
    bare: dict[str, str] = {}
    """What a bare question word asks after this intent: when → "when did {holder} take office"."""
    tests: tuple[Expected, ...] = ()


class Element(msgspec.Struct, frozen=True, array_like=True):
    """One piece of a compiled template: "c:lead" a concept, "s:date" a slot, "w:mandate" a word's stem."""

    key: str
    optional: bool = False


class Template(msgspec.Struct, frozen=True, array_like=True):
    """One way through a sentence: its elements in order."""

    sentence: int
    elements: tuple[Element, ...]


class Intent(msgspec.Struct, frozen=True):
    name: str
    file: IntentFile
    templates: tuple[Template, ...]
