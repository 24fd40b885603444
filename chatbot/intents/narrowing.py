"""Narrowing: what a word of the question says about a relation, and which of its rows are then meant.

A word may name what the relation is about (its subject, headings, file name), or be a value in it, which then narrows
the rows ("the first French head").
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from chatbot.intents.draft import PERSON_WORDS, Draft
from chatbot.knowledge.catalogue import NO_PROPERTIES, Described, singular_of, value_forms
from chatbot.knowledge.execution import View
from chatbot.knowledge.plan import Operator
from chatbot.language.countries import country, demonym_country
from chatbot.language.dates import Certainty, Interval, overlaps
from chatbot.language.lexicon import OFFICE, phrase_of
from chatbot.language.numbers import find_quantities, unit_of
from chatbot.language.understanding import Unit
from chatbot.language.words import STOP_WORDS, fold, root, stem

#: Properties whose words say different things of somebody: an office is no division.
_TOO_WIDE = frozenset(("subsidiaries", "staff", "members", "location", "parent"))
_BY = frozenset("under by with to from on for against".split())
#: Properties whose verbs say what a person did to the row: "which bridges did she build".
#: Words of a cell that says yes or no.
_VERDICTS = {
    **dict.fromkeys(("yes", "y", "true", "✓", "✔", "x"), True),
    **dict.fromkeys(("no", "n", "false", "✗", "✘", "-", "none"), False),
}
NEGATIONS = frozenset("not no never without except excluding neither nor non lacking lack lacks".split())
_CURRENCIES = frozenset("£ $ € ¥ USD EUR GBP CHF JPY usd eur gbp chf euros dollars pounds crowns francs".split())
_COSTS = frozenset(("cost", "income", "profit", "budget", "salary", "expenses", "debt"))
#: Words of headers for sums of money that are no property of their own.
_SUMS = frozenset(
    "dividend dividends premium bonus rent tax duty subsidy grant pension prize prizes fine ransom fare fee".split()
)
#: Words before the name of a measure that make another measure of it.
_DIMENSIONS = frozenset(("square", "cubic", "nautical"))
#: Most words of a cell that is a value rather than prose.
_SHORT = 6
_TRADE = re.compile(r"(olog)(?:ist|i|y|ic)$|(surg)(?:eon|eri|ic|ic)$")
#: Properties that tell of a person's life before.
_LIFE = frozenset(("origin", "education", "occupation", "speciality"))
MAKING = frozenset(("creator", "built", "opened", "founded", "released"))
#: Properties that say in what way somebody made a thing.
CREATORS = frozenset(("author", "composer", "painter", "sculptor", "architect", "inventor", "manufacturer"))


def holds_then(draft: Draft, asked: Interval) -> bool:
    """Whether the relation as a whole is vouched for at the time asked."""
    if not draft.view.relation.as_of or "as_of" in draft.view.roles or draft.view.has_terms:
        return False
    return overlaps(Interval.parse(draft.view.relation.as_of), asked) is not Certainty.NO


def is_counted(draft: Draft, unit: Unit) -> bool:
    """Whether a figure's sentence speaks of what the unit names; only such rows are kept.

    The first unit that says what is counted, by its last word, narrows the rows to figures of that.
    """
    names = [phrase_of(name) for name in draft.names(unit)]
    heads = [stem(_head(name)) for name in names if len(name) > 1]  # "the board" for the Coastal Lights Board
    counted, description = draft.view.roles["counted"], draft.view.roles["description"]
    own = (*heads, *unit.stems) if len(unit.stems) == 1 else tuple(heads) if unit.names else unit.stems
    forms = draft.view.forms_in(description, own, unit.meanings)
    of_counted = draft.view.forms_in(counted, unit.stems, unit.meanings)
    if unit.folded in PERSON_WORDS and not forms:  # "how many people" of personnel
        forms = of_counted = draft.view.forms_in(counted, (), frozenset(("staff", "population", "visitors")))
    if not forms:
        return False
    is_head = any(form in draft.view.heads for form in of_counted)
    if not is_head and is_label(draft, unit):
        return True  # what the whole document is about need not be said in every sentence
    draft.filters.append((description, "contains", forms))
    is_property = any(key in draft.catalogue.lexicon.properties for key in unit.meanings)
    if not draft.counted and is_head:
        draft.filters.append((counted, "contains", of_counted))
    draft.counted = draft.counted or is_head or (is_property and _counts_people(draft))
    return True


def _counts_people(draft: Draft) -> bool:
    """Whether a figure counts mere people, and the verb says which: "23,052 people lived in the town"."""
    return bool(draft.view.forms_in(draft.view.roles["counted"], (stem("people"), stem("persons")), frozenset()))


def nation_meant(units: Sequence[Unit], unit: Unit) -> str | None:
    """The country that is meant by its people: "the Americans", "the French" with no noun behind."""
    if unit.names or unit.meanings or not unit.text[:1].isupper():
        return None
    nation = demonym_country(unit.text)
    if nation is None or (unit.folded.endswith("s") and unit.folded[-2:] not in ("ss", "us")):
        return nation
    at = next((n for n, other in enumerate(units) if other is unit), 0)
    before, behind = units[at - 1].folded if at else "", units[at + 1 : at + 2]
    is_alone = all(other.is_stop or "contribute" in other.meanings or other.date is not None for other in behind)
    return nation if before == "the" and is_alone else None


def is_described(draft: Draft, unit: Unit) -> bool:
    """Whether the prose about a row has the unit's words; only such rows are kept."""
    column = draft.view.roles.get("description")
    if column is None or not draft.match.intent.file.describes:
        return False
    is_office = "lead" in unit.meanings  # "chief of" in "chief of staff"
    words = zip(unit.folded.split(), unit.stems, strict=True)
    content = [s for word, s in words if not (is_office and word in STOP_WORDS)]
    meanings = unit.meanings - _TOO_WIDE
    found = [draft.view.forms_in(column, (s,), meanings) or _doers(draft, column, s) for s in content]
    if not found or not all(found):
        return False
    draft.filters += [(column, "contains", forms) for forms in found]
    return True


def _doers(draft: Draft, column: int, verb: str) -> tuple[str, ...]:
    """The words of a prose column for those who do what a verb says: "player" for play, "inventor" for invent."""
    endings = ("r", "er", "or", "rs", "ers", "ors", verb[-1] + "er", verb[-1] + "ers")
    is_verb = len(verb) > 2
    return draft.view.words_of(column, lambda word: is_verb and word.removeprefix(verb) in endings)


def is_context(draft: Draft, unit: Unit, left: Sequence[int]) -> bool:
    """ "UN" in "UN peacekeeping": part of the subject's own name, beside something that names the subject."""
    names = [phrase_of(name) for name in draft.names(unit)]
    if draft.places(unit) or not any(
        all(stem(word) in draft.view.labels or word in STOP_WORDS for word in name) for name in names
    ):
        return False
    others = [draft.units[n] for n in left if draft.units[n] is not unit]
    subjects = {subject.id for subject in draft.view.subjects}
    return any(subjects & set(other.names) or is_label(draft, other) for other in others)


def is_label(draft: Draft, unit: Unit) -> bool:
    if "nationality" in unit.meanings and {"country", "holder"} <= draft.view.roles.keys():
        return False  # it asks for that column, though "nation" stands in the subject's name too
    if _is_other_header(draft, unit):
        return False  # "most runs" is of that column, though the heading has the word too
    content = [s for s in unit.stems if s not in STOP_WORDS]
    # "nationality" is not "nations": a word of the lexicon must stand there as it is.
    are_labels = all(s in draft.view.labels if unit.meanings else draft.view.is_label(s) for s in content)
    if (content and are_labels) or unit.folded in draft.view.offices:
        draft.named += 1
        return True
    if content and not unit.names and all(s in draft.view.kinds for s in content):
        return True
    return bool(content) and not unit.names and _is_title(draft, unit, content)


def _is_title(draft: Draft, unit: Unit, content: Sequence[str]) -> bool:
    """ "in the atlas", where a document is called so: everything is in it."""
    before = [other for other in draft.units if other.start < unit.start][-2:]
    is_in = [other.folded.split()[-1] for other in before] == ["in", "the"]
    return is_in and set(content) <= draft.catalogue.title_stems


def _is_other_header(draft: Draft, unit: Unit) -> bool:
    """Whether the unit is the very header of a column that is not the one asked for."""
    words = tuple(unit.folded.split())
    return bool(draft.properties) and any(
        i != draft.properties[0] and column.role not in NO_PROPERTIES and phrase_of(column.header) == words
        for i, column in enumerate(draft.view.relation.columns)
    )


def narrows_date(draft: Draft, other: Interval, bound: str) -> bool:
    """ "as 1993 closed, on 31 December 1993": one date within the other; the narrower is meant."""
    own = Interval.parse(bound)
    if None in (own.earliest, own.latest, other.earliest, other.latest):
        return False
    inside = own.earliest <= other.earliest and other.latest <= own.latest  # type: ignore[operator]
    around = other.earliest <= own.earliest and own.latest <= other.latest  # type: ignore[operator]
    if inside:
        draft.slots["date"] = tuple(other.edtf if edtf == bound else edtf for edtf in draft.slots["date"])
    return inside or around


def _is_claimed(draft: Draft, unit: Unit) -> bool:
    """Whether a yes/no question says that a property has this value: a name known from anywhere, or words of the value."""
    asked = [draft.units[n].start for e, n in draft.match.bound if e.key == "s:property"]
    is_yes_no = draft.match.intent.file.answer == "yes_no"
    if not is_yes_no or not draft.properties or unit.start < max(asked, default=0):
        return False
    names = [*draft.names(unit), unit.text]
    meant = [value for value in _members(draft) if any(_is_short_for(name, value, unit) for name in names)]
    if not unit.names and not meant:
        return False
    draft.filters.append((draft.properties[0], "is", (*names, *meant)))
    return True


def _members(draft: Draft) -> list[str]:
    """The values of the property asked for, one by one."""
    cells = (row[draft.properties[0]] for row in draft.view.relation.rows)
    return [str(part.value) for cell in cells if cell is not None for part in cell.parts or (cell,)]


def _is_short_for(name: str, value: str, unit: Unit) -> bool:
    """Whether a name means a value by its head ("the Academy" for the Academy of Sciences) or by the body that it is of
    ("the United Nations" for the United Nations Secretariat)."""
    words, whole = phrase_of(name), phrase_of(value)
    if not words or len(words) >= len(whole):
        return False
    if unit.names and whole[: len(words)] == words:
        return True
    return set(words) <= set(whole) and _head(whole) in words


def _is_in_value(draft: Draft, unit: Unit) -> bool:
    """ "United Nations" in "which organ of the United Nations": the one value asked for begins with the name."""
    if not unit.names or draft.match.intent.file.answer != "values" or not draft.properties:
        return False
    members = _members(draft)
    names = [phrase_of(name) for name in draft.names(unit)]
    value = phrase_of(members[0]) if len(members) == 1 else ()
    return any(len(name) < len(value) and value[: len(name)] == name for name in names)


def _is_of_member(draft: Draft, unit: Unit) -> bool:
    """ "training" in "which division deals with training": a word in the names of some members of the list asked for."""
    file = draft.match.intent.file
    if not file.narrowed or file.answer != "values" or not draft.properties:
        return False
    words = [word for value in _members(draft) for word in phrase_of(value)]
    found = [tuple(dict.fromkeys(w for w in words if root(stem(w)) == root(s))) for s in unit.stems]
    if not all(found):
        return False
    draft.filters += [(draft.properties[0], "contains", forms) for forms in found]
    return True


def _may_narrow(draft: Draft, unit: Unit, column: int) -> bool:
    """Whether the unit is said as such a column would be: another person with "under" or "by", a country of
    people as an adjective or with "from"."""
    spec = draft.view.column(column)
    at = next((n for n, other in enumerate(draft.units) if other is unit), 0)
    before = next((other for other in reversed(draft.units[:at]) if other.folded != "the"), None)
    said = before.folded.split()[-1] if before is not None else ""
    if spec.type == "person":
        is_told = any(tells_of(draft, other, column) for other in draft.units)
        return said in _BY or is_told
    if said == "of" and draft.view.column_keys[column] & _LIFE:
        return False  # the director of X is not one who came from X
    if spec.role == "country" and "holder" in draft.view.roles:
        return said == "from" or demonym_country(unit.text) is not None
    return True


def tells_of(draft: Draft, unit: Unit, column: int) -> bool:
    """Whether a word says what the people of a column did to a row: "build" of engineers, "look after" of keepers."""
    if are_of_header(unit, draft.view.column(column).header) or unit.properties & draft.view.column_keys[column]:
        return True
    if "lead" in unit.meanings:
        return is_leader_column(draft, column)
    meant = draft.view.column_keys[column] & draft.catalogue.lexicon.properties.keys()
    if "winner" in unit.properties and "winner" in draft.view.heading_properties:
        return "creator" in meant  # the director of a film that won, not the runner-up
    made = unit.meanings & (MAKING | CREATORS)
    if meant & (CREATORS | {"creator"}):
        return bool(made - CREATORS) or bool(made & meant)
    return bool(made) and not meant & {"owner", "parent", "leader"}


def is_leader_column(draft: Draft, column: int) -> bool:
    """Whether a column beside the key names who is in charge of the row: its head, keeper, captain."""
    spec = draft.view.column(column)
    if spec.type != "person" or spec.role or "holder" in draft.view.roles:
        return False
    words = phrase_of(spec.header)
    is_office = any(OFFICE in draft.catalogue.lexicon.meanings(word) for word in words)
    return "leader" in draft.view.column_keys[column] or (is_office and "founded" not in words)


def measure_named(units: Sequence[Unit], unit: Unit) -> str:
    """The measure that a word is the name of, or a part of the name: m for "metres", m² for "square" before it."""
    measured = _measured_by(unit.folded)
    if not measured and unit.folded not in _DIMENSIONS:
        return ""
    at = next((n for n, other in enumerate(units) if other is unit), 0)
    first = at if unit.folded in _DIMENSIONS else max(0, at - 1)
    pair = [other.folded for other in units[first : first + 2]]
    return _measured_by(" ".join(pair)) if pair[0] in _DIMENSIONS else measured


def measures_named(view: View, units: Sequence[Unit]) -> list[int]:
    """The columns that rows may be ranked by: all that measure something, or those in the measure that is named."""
    measures = [i for i, column in enumerate(view.relation.columns) if column.role == "measure"]
    if len(measures) > 1:
        said = {unit.unit for unit in units if unit.unit} | {m for unit in units if (m := measure_named(units, unit))}
        # What a table measures first, it is about: of a peak's height and its prominence, the height.
        measures = [i for i in measures if said & _units_of(view, i)][:1]
    return measures


def _units_of(view: View, column: int) -> set[str]:
    """The units that a column's numbers come in: its header's, else those of its cells."""
    unit = view.column(column).unit
    if unit:
        return {unit, unit_of(unit)}
    return {cell.unit for row in view.relation.rows if (cell := row[column]) is not None and cell.unit}


@lru_cache(maxsize=4096)
def _measured_by(words: str) -> str:
    """The unit that words are the name of: m for "metres"; "" for most words."""
    return next((quantity.unit for quantity in find_quantities("1 " + words)), "")


def is_money(view: Described, column: int) -> bool:
    """Whether a column holds sums of money: by its cells, its unit ("Price (£)") or its header ("Price (crowns)")."""
    spec = view.column(column)
    is_sum = spec.type == "money" or spec.unit in _CURRENCIES or bool(view.column_keys[column] & _COSTS)
    return is_sum or (spec.role == "measure" and bool(_SUMS & set(phrase_of(spec.header))))


def may_be_paid(view: Described, column: int) -> bool:
    """Whether a column holds shares, sums, or the prices of things: not what they are worth or bring in."""
    spec = view.column(column)
    is_price = "cost" in view.column_keys[column] or bool(_SUMS & set(phrase_of(spec.header)))
    return spec.type in ("percent", "money") or spec.unit == "%" or is_price


def is_kind_of_values(draft: Draft, unit: Unit) -> bool:
    """ "river" in "what river does it cross": what the values asked for are, by another table's rows."""
    if not draft.properties or unit.names:
        return False
    cells = (row[draft.properties[0]] for row in draft.view.relation.rows)
    values = {form for cell in cells if cell is not None for form in value_forms(str(cell.value))}
    others = (v for v in draft.catalogue.views.values() if v is not draft.view and set(unit.stems) & v.kinds)
    return any(
        values & view.values.keys() and any(c in view.key_columns for f in values for _, c in view.values.get(f, ()))
        for view in others
    )


def narrows(draft: Draft, unit: Unit) -> bool:
    """Whether the unit is a value of some column, which then must hold it."""
    if draft.view.relation.kind == "properties":
        return _is_claimed(draft, unit) or _is_of_member(draft, unit) or _is_in_value(draft, unit)
    places = [*draft.places(unit)]
    nation = country(unit.text) or demonym_country(unit.text)
    if nation is not None:
        places += draft.view.places([nation])
    bound = {
        draft.view.roles.get("holder"),
        draft.view.roles.get("key"),
    }  # their names are what is asked for
    columns = {column for _, column in places if column not in bound and _may_narrow(draft, unit, column)}
    if not columns and nation is not None and _claims_country(draft, unit):
        draft.filters.append((draft.view.roles["country"], "is", (nation,)))
        return True
    if not columns:
        return _narrows_by_word(draft, unit)
    column = min(columns)
    names = [*draft.names(unit), unit.text, *([nation] if nation else [])]
    forms = {form for name in (*names, singular_of(unit.folded)) for form in value_forms(name)}
    cells = [cell for row, at in places if at == column and (cell := draft.view.cell(row, at)) is not None]
    values = [str(part.value) for cell in cells for part in (cell, *cell.parts)]
    said = [value for value in values if forms & value_forms(value)]  # "Museum" where "museums" are asked for
    _keep(draft, unit, column, (*names, *said))
    return True


def _keep(draft: Draft, unit: Unit, column: int, values: Sequence[str]) -> None:
    operator: Operator = "is not" if is_denied(draft, unit) else "is"
    draft.filters.append((column, operator, tuple(dict.fromkeys(values))))


def is_denied(draft: Draft, unit: Unit) -> bool:
    """Whether the question says that it is not so: "castles that are not ruins"."""
    before = [other for other in draft.units if other.start < unit.start and not other.is_filler]
    return any(negates(other) for other in before[-3:])


def negates(unit: Unit) -> bool:
    has_none = "vacant" in unit.meanings and "no" in unit.folded.split()  # "have no"
    return unit.folded in NEGATIONS or unit.folded.endswith("n't") or has_none


def _narrows_by_word(draft: Draft, unit: Unit) -> bool:
    """Whether a column of short texts has the unit's words in some cells ("under overhaul"), or says yes or no to its
    header ("that charge a toll"); then only such rows are kept."""
    if unit.names or unit.number is not None or not unit.folded:
        return False
    key = draft.view.key_columns
    for column, spec in enumerate(draft.view.relation.columns):
        if spec.type == "text" and column not in key and spec.role in ("", "office"):
            values = _values_with(draft, unit, column)
            if values:
                _keep(draft, unit, column, values)
                return True
    return False


def _values_with(draft: Draft, unit: Unit, column: int) -> tuple[str, ...]:
    """The values of a column that the unit's words speak of; none where they speak of nothing there or of every row."""
    cells = [str(cell.value) for row in draft.view.relation.rows if (cell := row[column]) is not None]
    different = dict.fromkeys(cells)
    if different and all(fold(value) in _VERDICTS for value in different):
        is_asked = unit.properties & draft.view.column_keys[column] or are_of_header(
            unit, draft.view.column(column).header
        )
        return tuple(value for value in different if _VERDICTS[fold(value)]) if is_asked else ()
    wanted = {_trade(s) for s in unit.stems if s not in STOP_WORDS}
    found = tuple(value for value in different if wanted and wanted <= _short_text(value))
    return found if len(found) < len(different) else ()


@lru_cache(maxsize=8192)
def _short_text(text: str) -> frozenset[str]:
    words = phrase_of(text)
    return frozenset(_trade(stem(word)) for word in words) if len(words) <= _SHORT else frozenset()


def _trade(stem_: str) -> str:
    """One form for a trade and those who follow it: "surgeons" and surgery, "cardiologist" and cardiology."""
    return _TRADE.sub(r"\1\2", root(stem_))


def _claims_country(draft: Draft, unit: Unit) -> bool:
    """Whether the unit says from which country somebody is, "German" or "from Germany", be it one that the list has or not."""
    file, at = draft.match.intent.file, next((n for n, other in enumerate(draft.units) if other is unit), 0)
    if demonym_country(unit.text) is None and (at == 0 or draft.units[at - 1].folded not in ("from", "of")):
        return False
    return file.answer == "yes_no" and any("country" in need.split("|") for need in file.needs)


def _head(name: Sequence[str]) -> str:
    """The noun that a name is about: "office" of Office of Operations."""
    return name[name.index("of") - 1] if "of" in name[1:] else name[-1]


def are_of_header(unit: Unit, header: str) -> bool:
    """Whether every word of a unit is of one family with a word of a header: "buried" with "Burial"."""
    roots = [root(stem(word)) for word in phrase_of(header)]
    return all(
        any(r == own or (min(len(r), len(own)) > 3 and (r.startswith(own) or own.startswith(r))) for r in roots)
        for own in map(root, unit.stems)
    )
