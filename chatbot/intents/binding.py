"""Binding: what the template took of the question, tied to the columns and values of one relation."""

from collections.abc import Sequence

from chatbot.intents.draft import PERSON_WORDS, TYPES_ASKED, Draft
from chatbot.intents.leftovers import LIGHT
from chatbot.intents.misreadings import GENERIC_SUPERLATIVES
from chatbot.intents.model import Element
from chatbot.intents.narrowing import CREATORS, is_counted, is_described, is_leader_column, narrows, nation_meant
from chatbot.knowledge.catalogue import NO_PROPERTIES, singular_of
from chatbot.knowledge.relation import Column
from chatbot.language.lexicon import phrase_of
from chatbot.language.numbers import unit_of
from chatbot.language.understanding import Unit
from chatbot.language.words import STOP_WORDS, fold, stem

#: Superlatives and comparatives of age, and the properties that tell when a thing came to be.
_BY_DATE = frozenset("oldest newest youngest older newer younger".split())
_ORIGINS = frozenset(
    "creator author composer painter sculptor architect manufacturer built begun founded released".split()
)
#: Last words of headers for where a thing is.
_PLACES = {
    (word,)
    for word in """room gallery hall enclosure shelf house building floor wing ward town city village county province region
    district island port harbour place venue ground stadium park garden church site""".split()
}
#: Nouns for whoever made a thing, which no date and no number answers.
_MAKERS = frozenset(
    """architect author artist builder choreographer composer creator designer engraver founder inventor lyricist maker
    manufacturer owner painter photographer playwright poet publisher sculptor winner writer""".split()
)


def bind(draft: Draft) -> None:
    """Fill the draft's slots and properties from what the template took; what the relation lacks is noted as a loss."""
    for subject in draft.view.subjects:
        for name in (subject.name, *subject.aliases):
            draft.add("subject", name)
    for element, number in sorted(draft.match.bound, key=lambda pair: pair[1]):  # the first of two names or dates first
        _bind(draft, element, draft.units[number])
    _property_column(draft, [draft.units[n] for n in sorted(set(draft.match.units))])


def _bind(draft: Draft, element: Element, unit: Unit) -> None:
    kind, _, name = element.key.partition(":")
    if kind == "c":
        if name == "lead":
            _bind_office(draft, unit)
        return
    if kind != "s":
        return
    match name:
        case "date":
            edtf = unit.date.interval.edtf if unit.date else ""
            draft.add("date", edtf)
            draft.add(f"date {len(draft.slots['date'])}", edtf)
        case "number":
            draft.add("number", str(unit.number))
            draft.add("number unit", unit.unit)
        case "ordinal":
            draft.add("ordinal", str(_ordinal_of(unit)))
        case "duration":
            draft.add("duration", str(unit.number))
            draft.add("duration unit", unit.unit)
        case "kind":
            _bind_kind(draft, unit, element.optional)
        case "holder" | "person" | "entity":
            _bind_name(draft, name, unit, element.optional)


def _bind_office(draft: Draft, unit: Unit) -> None:
    """A word for one office (mayor) must be this relation's; a word for any (led, boss) suits all."""
    if "counted" in draft.view.roles:
        if "lead" not in unit.meanings and "serve" not in unit.meanings:
            draft.losses.append(("office", unit))
        return  # "how many missions did it lead"
    if "holder" not in draft.view.roles:
        is_light = "active" in unit.meanings  # "served as ..."
        if not is_light and not draft.match.slot("entity") and not is_described(draft, unit):
            draft.losses.append(("office", unit))
        return
    missing = draft.view.qualifiers - {word for other in draft.units for word in other.folded.split()}
    if missing:
        draft.losses.append(("office", unit))
        return
    if "reign" in unit.meanings and not draft.view.is_royal:
        draft.losses.append(("office", unit))
        return
    if unit.folded in draft.view.offices or ("royal" in unit.meanings and draft.view.is_royal):
        draft.named += 1
        return
    if any(_is_office(draft, phrase) for phrase in (unit.folded.split(), *map(phrase_of, draft.names(unit)))):
        draft.named += 1
        return
    is_told = any(other.folded in draft.view.offices for other in draft.units)  # "held the post of town clerk"
    if "lead" not in unit.meanings or not (draft.view.is_leadership or is_told):
        draft.losses.append(("office", unit))


def _is_office(draft: Draft, phrase: Sequence[str]) -> bool:
    """Whether a phrase names this relation's office, every other word of it being about the same."""
    offices = draft.view.offices
    others = [w for w in phrase if w not in offices and singular_of(w) not in offices and w not in STOP_WORDS]
    return len(others) < len(phrase) and all(stem(word) in draft.view.labels for word in others)


def _bind_kind(draft: Draft, unit: Unit, is_optional: bool) -> None:
    if unit.folded in PERSON_WORDS:
        key = draft.view.key_columns[:1]
        if not key or draft.view.column(key[0]).type != "person":
            draft.losses.append(("word", unit))
        draft.is_generic_kind = True
        return
    if any(s in draft.view.kinds for s in unit.stems):
        draft.named += any(s in draft.view.own_kinds for s in unit.stems)
    elif is_optional and unit.folded in LIGHT:
        draft.released.append(unit)  # a verb perhaps: "which room shows the most objects"
    else:
        draft.losses.append(("word", unit))


def _bind_name(draft: Draft, slot: str, unit: Unit, is_optional: bool) -> None:
    roles = ("holder",) if slot == "holder" else ("key", "holder", "name")
    is_property = draft.view.relation.kind == "properties"
    columns = {i for i, column in enumerate(draft.view.relation.columns) if is_property or column.role in roles}
    values: list[str] = []
    own = draft.view.places([unit.text]) if "alias" in draft.view.roles else []
    places = [place for place in own if place[1] in columns] or draft.places(unit)
    nation = nation_meant(draft.units, unit)
    if nation is not None:
        places = [*places, *draft.view.places([nation])]
    if any(column in columns for _, column in own):
        draft.add("full name", unit.text)
    elif (
        "alias" in draft.view.roles
    ):  # "United Nations Department of X" where "Department of X (DX)" stands, or the reverse
        cells = (row[min(columns)] for row in draft.view.relation.rows)
        said, others = fold(unit.text), {fold(name) for name in draft.names(unit)}
        for name in {cell.text for cell in cells if cell is not None}:
            is_shorter = fold(name) in others and fold(name).endswith(" " + said)
            if is_shorter or said.endswith(" " + fold(name)):
                draft.add("full name", name)
    for row, column in places:
        cell = draft.view.cell(row, column)
        if column in draft.view.second_keys and slot != "holder":
            draft.named_by.add(column)
            column, cell = draft.view.roles["key"], draft.view.role_cell(row, "key")
        if column in columns and cell is not None and str(cell.value) not in values:
            values.append(str(cell.value))
    if (slot == "person" or is_property) and not values and draft.match.intent.file.answer == "yes_no":
        values = draft.names(unit)
    if not values and is_optional and (_is_subject(draft, unit) or narrows(draft, unit)):
        return  # "of all the cameras": not a row's name, but its category
    if not values and not ("alias" in draft.view.roles and draft.view.places([unit.text])):
        draft.losses.append(("holder" if slot == "holder" else "entity", unit))
    number = 1 + sum(key.startswith(f"{slot} ") for key in draft.slots)
    if "alias" in draft.view.roles:
        aliases = {i for i, column in enumerate(draft.view.relation.columns) if column.role == "alias"}
        for row, column in draft.view.places([unit.text]):
            cell = draft.view.cell(row, column)
            if column in aliases and cell is not None:
                draft.add("alias", str(cell.value))
    for value in values:
        draft.add(slot, value)
        draft.add(f"{slot} {number}", value)


def _is_place(column: Column) -> bool:
    """Whether a column beside the key says in its header that it is of places: "Room", "Venue"."""
    return not column.role and column.type in ("text", "person") and phrase_of(column.header)[-1:] in _PLACES


def _is_subject(draft: Draft, unit: Unit) -> bool:
    return any(subject.id in unit.names for subject in draft.view.subjects)


def _property_column(draft: Draft, bound: Sequence[Unit]) -> None:
    """Columns that the property slot, or the intent's own property, asks for."""
    keys: set[str] = set()
    asked = [unit for e, n in draft.match.bound if e.key == "s:property" for unit in (draft.units[n],)]
    if "counted" in draft.view.roles:
        draft.losses += [("property", unit) for unit in asked if not is_counted(draft, unit)]
        return
    for unit in asked:
        keys |= unit.properties
    # "highest budget" is said as most, height, budget: the twin of "most" gives way to the property named.
    spans = {(u.start, u.end) for u in bound}
    twins = [u for u in draft.units if u not in asked and u.properties and (u.start, u.end) in spans]
    if not asked and draft.match.intent.file.property:
        keys = {draft.match.intent.file.property}
    found = _columns_with(draft, keys)
    if any(singular_of(unit.folded) in _MAKERS for unit in asked):
        found = tuple(c for c in found if draft.view.column(c).type in ("person", "text", "country"))
    found = tuple(column for column in found if column not in draft.named_by)
    if not found and len(asked) == 1 and asked[0].folded in _BY_DATE:
        columns = enumerate(draft.view.column_keys)
        found = tuple(c for c, own in columns if own & _ORIGINS and draft.view.column(c).type in ("date", "interval"))
    if not found and draft.match.intent.file.property == "location":
        found = tuple(c for c, column in enumerate(draft.view.relation.columns) if _is_place(column))
    if not found and draft.match.intent.file.property == "leader":
        found = tuple(c for c, _ in enumerate(draft.view.relation.columns) if is_leader_column(draft, c))
    if not found and not asked and not draft.match.intent.file.property:
        for twin in twins:
            found = found or _columns_with(draft, set(twin.properties))
    if asked and not found:
        found = _other_property(draft, asked) or _of_heading(draft, keys)
    if asked and not found:
        draft.losses.append(("property", asked[0]))
    draft.properties = _preferred(draft, found)


def _of_heading(draft: Draft, keys: set[str]) -> tuple[int, ...]:
    """The total, or the only number, of a table whose heading names the property: "Employees"."""
    relation = draft.view.relation
    if not keys & draft.view.heading_properties:
        return ()
    # A share of the budget is no budget.
    measures = [
        i for i, c in enumerate(relation.columns) if c.role == "measure" and c.type != "percent" and c.unit != "%"
    ]
    totals = [i for i in measures if "total" in draft.catalogue.lexicon.meanings(relation.columns[i].header)]
    return tuple(totals[:1]) or (tuple(measures) if len(measures) == 1 else ())


def _other_property(draft: Draft, asked: Sequence[Unit]) -> tuple[int, ...]:
    """ "oldest instrument by first light": what the superlative lacks may be named elsewhere."""
    spans = [(draft.units[n].start, draft.units[n].end) for n in draft.match.units]
    if spans.count((asked[0].start, asked[0].end)) < 2:
        return ()
    for unit in draft.units:
        if unit.properties and unit not in asked and (found := _columns_with(draft, set(unit.properties))):
            draft.explained_elsewhere.append(unit)
            return found
    return ()


def _preferred(draft: Draft, columns: tuple[int, ...]) -> tuple[int, ...]:
    """The columns of the type asked for first: of a venue and a time for rehearsals, "where" asks the venue."""
    asks = draft.match.intent.file.asks
    said = next((unit.unit for unit in draft.units if unit.unit and unit.unit != "days"), "")
    is_reckoned = _is_reckoned(draft) or any(
        element.key in ("c:most", "c:least") and draft.units[n].folded in GENERIC_SUPERLATIVES
        for element, n in draft.match.bound
    )

    def rank(column: int) -> int:
        spec = draft.view.column(column)
        if asks == "person" or (not asks and any("who" in unit.meanings for unit in draft.units)):
            cells = [row[column] for row in draft.view.relation.rows]
            parts = [part for cell in cells if cell is not None for part in (cell, *cell.parts)]
            is_person = any((part.type or spec.type) == "person" for part in parts)
            return 0 if is_person else 1 if spec.type == "text" else 2
        if said and (spec.unit or asks == "number"):
            return 0 if unit_of(spec.unit) == said else 2
        if asks == "place":
            is_place = "location" in draft.view.column_keys[column] and spec.type in ("text", "person")
            return 0 if is_place or spec.type == "country" else 1
        if is_reckoned and not asks:
            return 0 if spec.type in TYPES_ASKED["number"] else 1
        return 0 if spec.type in TYPES_ASKED.get(asks, (spec.type,)) else 1

    return tuple(sorted(columns, key=rank))


def _is_reckoned(draft: Draft) -> bool:
    """Whether the property is summed, averaged or held against a number."""
    plan = draft.match.intent.file.plan
    return any(step.total or step.average or step.change or step.less for step in plan) or any(
        step.keep is not None and step.keep.column == "property" and "number" in step.keep.slot for step in plan
    )


def _columns_with(draft: Draft, keys: set[str]) -> tuple[int, ...]:
    scored = []
    for column, column_keys in enumerate(draft.view.column_keys):
        shared = keys & column_keys
        if draft.view.column(column).role == "birth" and shared == {"founded"}:
            continue  # a firm may be said to be born, but nobody to be founded
        if shared == {"creator"} and keys & CREATORS and column_keys & CREATORS:
            continue  # who painted it is not its architect
        if shared and draft.view.column(column).role not in NO_PROPERTIES:
            exact = any(key.startswith("h:") for key in shared)
            others = sum(not key.startswith("h:") for key in column_keys - keys)  # "Win %" is more than wins
            scored.append((not exact, others, -len(shared), column))
        elif "location" in keys and draft.view.column(column).role == "country":
            scored.append((True, 0, 0, column))  # where a thing is, a table often says by its country
    return tuple(column for *_, column in sorted(scored))


def _ordinal_of(unit: Unit) -> int:
    """The position an ordinal asks for: 2 for second, -1 for last, most recent, newest."""
    if unit.ordinal is not None:
        return unit.ordinal
    if "penultimate" in unit.meanings:
        return -2
    if "antepenultimate" in unit.meanings:
        return -3
    return -1 if "latest" in unit.meanings else 1
