"""Leftovers: accounting for every word of the question that the template did not take.

What neither the relation nor the intent explains costs confidence, and a name or date left over makes the reading
worthless.
"""

import re
from collections.abc import Sequence
from datetime import date

from chatbot.intents.draft import HARD, PERSON_WORDS, SOFT, WEAK, Draft
from chatbot.intents.model import Step
from chatbot.intents.narrowing import (
    are_of_header,
    holds_then,
    is_context,
    is_counted,
    is_described,
    is_kind_of_values,
    is_label,
    is_money,
    measure_named,
    measures_named,
    narrows,
    narrows_date,
    negates,
    tells_of,
)
from chatbot.language.dates import Interval
from chatbot.language.datetext import find_dates
from chatbot.language.lexicon import forms, phrase_of
from chatbot.language.numbers import find_quantities, unit_of
from chatbot.language.understanding import Unit
from chatbot.language.words import STOP_WORDS, root, stem

_YEAR = re.compile(r"(?<![\w.,-])[12]\d{3}(?![\w.,-])")


def _forms_of(verbs: str) -> frozenset[str]:
    """The regular forms of verbs; irregular ones are listed as verbs of their own."""
    return frozenset(form for verb in verbs.split() for (form,) in forms((verb,)))


#: Verbs that say of a property only that a thing has it: "which range does it lie in", "how many runs did he make".
LIGHT = _forms_of(
    """lie lay lain lying flow make made take took taken play stand stood sit sat use show shown have had give gave given
    receive happen occur contain include boast offer wear wore worn bear bore carry get got score hit reach achieve run ran
    hold held keep kept exist belong find found stretch extend register manage amass fit sail travel operate fly drive
    dock"""
) | frozenset(
    "measures measured features featured hosts hosted numbered totalled totaled amounted ranked placed".split()
)
#: Those that say so of the rows of a table, though of a body they tell where it came from.
_LIGHT_IN_TABLES = _forms_of("grow grew grown")
#: Those that say no more of rows that another word narrows.
LIGHT_OF_FILTER = _forms_of(
    """lie lay lain lying stand stood sit sat have had use show shown wear wore worn bear bore charge pay boast offer
    feature belong find found place exist contain include happen occur live keep kept house reside stay play sail dock
    operate grow grew grown"""
)
_MADE_OF = frozenset(("made of", "made from", "made out of", "consist of", "consists of", "built of", "built from"))
#: Verbs that say the same of a sum of money.
LIGHT_OF_MONEY = _forms_of("charge cost pay paid earn spend spent fetch")
#: Verbs that say with "for" only what a thing is for.
_MEANT = frozenset("built made designed used meant intended launched developed created bred grown".split())
#: Spans of time, and the words of headers for what is given for each.
_RATES = {
    "day": ("daily",),
    "week": ("weekly",),
    "month": ("monthly",),
    "year": ("yearly", "annual"),
    "hour": ("hourly",),
}
#: Words of headers for what is won.
_WON = frozenset("medals prizes awards trophies titles cups championships points votes seats honours sets".split())
#: Properties that count people.
_OF_PEOPLE = frozenset("visitors passengers staff members population capacity cast deaths".split())


def unexplained(draft: Draft, left: Sequence[int]) -> float:
    """The weight of the units numbered in `left` that nothing explains; each is noted as a loss."""
    failed = [number for number in left if not _explain(draft, draft.units[number], left)]
    draft.losses = [loss for loss in draft.losses if not _is_of_filter(draft, loss[1])]
    return sum(draft.weights[number] for number in failed if not _is_of_filter(draft, draft.units[number]))


def _explain(draft: Draft, unit: Unit, left: Sequence[int]) -> bool:
    """Whether the relation explains a left-over unit; otherwise the loss is noted."""
    if WEAK & unit.meanings and unit.is_stop:
        if "current" not in unit.meanings and _compares(draft, unit):
            draft.losses.append(("word", unit))
        return False
    if unit in draft.explained_elsewhere or _is_measure_word(draft, unit):
        return True
    if draft.properties and not unit.names and unit.properties & draft.view.column_keys[draft.properties[0]]:
        return True  # "which organization does it belong to": both words mean the parent organization
    if draft.properties and (_is_counted_in(draft, unit) or _is_rate(draft, unit)):
        return True
    if unit.properties and not unit.names and _is_of_key(draft, unit):
        return True
    if unit.names:
        return _explain_name(draft, unit, left)
    if negates(unit) and draft.match.intent.name.startswith("table/"):
        return True  # or else the whole question is misread
    if _is_repeated(draft, unit) or _is_light(draft, unit):
        return True
    if "most" in unit.meanings and _is_of_known_number(draft, unit):
        return True
    if unit.folded == "one" and any(other.folded == "the" and 0 < unit.start - other.end < 3 for other in draft.units):
        return True  # "the one of 2020"
    if unit.number is not None and (_is_known_number(draft, unit.number) or _expects(draft, unit)):
        return True
    if unit.date is not None:
        return _explain_date(draft, unit, unit.date.interval)
    if "counted" in draft.view.roles and is_counted(draft, unit):
        return True
    if _is_asked_already(draft, unit):
        return True
    if unit.folded in ("name", "names") and unit is not draft.units[0]:
        if not is_label(draft, unit):
            draft.losses.append(("word", unit))
        return False
    is_soft = bool(unit.meanings) and unit.meanings <= SOFT and draft.match.intent.file.answer != "yes_no"
    if is_soft and unit.number is None and unit.ordinal is None:
        return True
    if (
        is_kind_of_values(draft, unit)
        or is_label(draft, unit)
        or _is_in_header(draft, unit)
        or narrows(draft, unit)
        or is_described(draft, unit)
    ):
        return True
    draft.losses.append(("word", unit))
    return False


def _explain_date(draft: Draft, unit: Unit, asked: Interval) -> bool:
    """Whether a left-over date says no more than one that is bound, joins it, or is when the relation held."""
    if any(narrows_date(draft, asked, edtf) for edtf in draft.slots.get("date", ())):
        return True
    if _is_one_more_date(draft, unit):
        draft.add("date", asked.edtf)
        return True
    if holds_then(draft, asked) or _is_of_column(draft, asked):
        return True
    draft.losses.append(("date", unit))
    return False


def _is_asked_already(draft: Draft, unit: Unit) -> bool:
    """Whether the unit only asks again for what the template asks."""
    file = draft.match.intent.file
    if unit.meanings & HARD & {meaning for n in draft.match.units for meaning in draft.units[n].meanings}:
        return True  # "from when to when"
    if file.answer == "yes_no" and unit.meanings & HARD == {"who"}:
        return True  # "Was it Annan who led it?"
    if "directly" in unit.meanings and any(step.next_of or step.previous_of for step in file.plan):
        return True
    # "when was the number of inhabitants lowest"
    is_amount = "how_many" in unit.meanings and unit.folded.startswith(("number", "amount", "size"))
    return is_amount and bool(draft.properties)


def _is_one_more_date(draft: Draft, unit: Unit) -> bool:
    """ "in 1995 and 2005": another date of the same kind, for plans that ask who held an office then."""
    units = draft.units
    at = next(n for n, other in enumerate(units) if other is unit)
    joined = [other for other in units[max(at - 2, 0) : at] if other.folded in ("and", "or")]
    asks_terms = any(
        s.keep and (s.keep.column, s.keep.test) == ("term", "overlaps") for s in draft.match.intent.file.plan
    )
    before = next((other for other in reversed(units[:at]) if other.date is not None), None)
    return bool(joined) and asks_terms and before is not None and bool(draft.slots.get("date"))


def _is_in_heading(draft: Draft, unit: Unit) -> bool:
    """ "Carty" in "the Carty medal": the heading has the name and the word behind it."""
    following = next((other for other in draft.units if other.start > unit.start), None)
    if following is None or following.start - unit.end > 2:
        return False
    phrase = f" {unit.folded} {following.folded} "
    return any(phrase in f" {' '.join(phrase_of(text))} " for text in draft.view.relation.section[-1:])


def _explain_name(draft: Draft, unit: Unit, left: Sequence[int]) -> bool:
    if _is_in_heading(draft, unit) or (unit.properties and _is_in_header(draft, unit)):
        return True
    subjects = {subject.id for subject in draft.view.subjects}
    if subjects & set(unit.names) or unit.folded in draft.view.offices:
        draft.named += 2
        return True
    if len(unit.stems) > 1 and not draft.places(unit) and is_label(draft, unit):
        return True
    if "counted" in draft.view.roles and is_counted(draft, unit):
        return True
    if narrows(draft, unit) or is_context(draft, unit, left) or is_described(draft, unit):
        return True
    draft.losses.append(("name", unit))
    return False


def _compares(draft: Draft, unit: Unit) -> bool:
    """Whether "over" or "under" stands before a name or a number, to compare with it."""
    at = next((n for n, other in enumerate(draft.units) if other is unit), 0)
    following = next((other for other in draft.units[at + 1 :] if other.folded != "the"), None)
    if following is None:
        return False
    if unit.folded == "under" and following.names and "holder" in draft.view.roles:
        return False  # while somebody was in office
    named = {column for _, column in draft.places(following)} if following.names else set()
    return following.number is not None or bool(named & set(draft.view.key_columns))


def _is_repeated(draft: Draft, unit: Unit) -> bool:
    """ "in the post" beside "stayed": the same idea said twice, or the office once more."""
    concepts = {e.key[2:] for e, _ in draft.match.bound if e.key.startswith("c:")} - SOFT - HARD
    file = draft.match.intent.file
    if "holder" in draft.view.roles and (not file.fallback or file.answer == "yes_no"):
        concepts |= {"lead", "serve", "office_word"}
        if unit.folded == "office":  # the plural means bodies
            return True
    return bool(unit.meanings & concepts)


def _is_light(draft: Draft, unit: Unit) -> bool:
    """ "stand" beside the number of inhabitants; "years" beside a table that has a row for each."""
    if unit.number is None and draft.properties and (unit.meanings and unit.meanings <= {"active", "is_it"}):
        return True
    is_share = any(element.key in ("c:share", "c:contribute") for element, _ in draft.match.bound)
    if is_share and unit.folded in ("make", "makes", "made"):
        return True
    is_verb = all(s in STOP_WORDS for s in unit.stems[1:])
    asked = asked_columns(draft) if is_verb and "counted" not in draft.view.roles else ()
    if asked and any(draft.match.slot(slot) for slot in ("property", "entity", "kind", "number")):
        is_sum = is_money(draft.view, asked[0])
        is_named = draft.view.column(asked[0]).type in ("text", "person") and not draft.match.intent.file.asks
        verb = unit.folded.split()[0]
        is_of_money = is_sum and verb in LIGHT_OF_MONEY
        is_light = verb in LIGHT or (verb in _LIGHT_IN_TABLES and draft.view.relation.kind == "table")
        if is_light or is_of_money or (is_named and unit.folded in ("called", "known", "named")):
            return True
    return unit.folded in ("year", "years") and "as_of" in draft.view.roles and draft.view.relation.kind == "table"


def _is_of_column(draft: Draft, asked: Interval) -> bool:
    """ "2025" beside a column headed "Volume 2025", or in a table under such a heading."""
    texts = [draft.view.column(column).header for column in asked_columns(draft)]
    relation = draft.view.relation
    file = relation.document.rpartition("/")[2].rpartition(".")[0].replace("-", " ", 1)  # "season-2025-26"
    texts += [*relation.section[-1:], relation.title, file] if not draft.view.has_terms else []
    said = [mention.interval.latest for text in texts for mention in find_dates(text, None)]
    said += [date(int(year), 12, 31) for text in texts for year in _YEAR.findall(text)]  # "Volume 2025"
    return asked.latest in said


def _is_of_key(draft: Draft, unit: Unit) -> bool:
    """ "won" where the rows are winners."""
    keys = (draft.view.column_keys[column] for column in draft.view.key_columns[:1])
    known = draft.catalogue.lexicon.properties
    is_winner = "winner" in unit.properties and "winner" in draft.view.heading_properties
    return is_winner or any(key in known and key in unit.properties for each in keys for key in each)


def _is_counted_in(draft: Draft, unit: Unit) -> bool:
    """ "matches" beside those won, "people" beside those who watched: what a number is of."""
    keys = draft.view.column_keys[draft.properties[0]]
    if unit.folded in PERSON_WORDS:
        return bool(keys & _OF_PEOPLE)
    is_of_games = bool(keys & {"won", "lost", "drawn"}) and bool(unit.properties & {"played", "appearances"})
    header = set(phrase_of(draft.view.column(draft.properties[0]).header))
    if unit.properties & {"winner", "won"} and header & _WON:
        return True
    return is_of_games or (unit.folded in ("goals", "goal") and bool(keys & {"goals_for", "goals_against"}))


def _is_rate(draft: Draft, unit: Unit) -> bool:
    """ "a day" beside what is given daily."""
    words = phrase_of(draft.view.column(draft.properties[0]).header)
    return bool({unit.folded, *_RATES.get(unit.folded, ())} & set(words)) and unit.folded in _RATES


def _expects(draft: Draft, unit: Unit) -> bool:
    """ "Which two people ...": the number of rows that the answer is expected to have."""
    number = unit.number or 0.0
    if unit.unit or not number.is_integer() or number > 12 or draft.match.intent.file.answer != "values":
        return False
    if any(step.count or step.total or step.average for step in draft.match.intent.file.plan):
        return False
    draft.expected = int(number)
    return True


def _is_known_number(draft: Draft, number: float) -> bool:
    """ "the five top contributors" where five are listed, or the caption says "top 5"."""
    rows = float(len(draft.view.relation.rows))
    named = {float(len(draft.match.slot(slot))) for slot in ("holder", "entity", "person")}
    return (
        number == rows
        or (number > 1 and number in named)
        or any(q.number == number for q in find_quantities(draft.view.relation.caption))
    )


def _is_of_known_number(draft: Draft, unit: Unit) -> bool:
    """ "leading" in "of the five leading contributors", where five are listed."""
    at = next((n for n, other in enumerate(draft.units) if other is unit), 0)
    near = draft.units[max(0, at - 1) : at + 2]
    return any(other.number is not None and _is_known_number(draft, other.number) for other in near)


def _is_measure_word(draft: Draft, unit: Unit) -> bool:
    """ "in metres" beside a height that is given in metres."""
    measured = measure_named(draft.units, unit)
    if not measured:
        return False
    if "counted" in draft.view.roles:
        cells = (draft.view.role_cell(row, "measure") for row in range(len(draft.view.relation.rows)))
        return any(cell is not None and cell.unit == measured for cell in cells)
    return any(unit_of(draft.view.column(column).unit) == measured for column in asked_columns(draft))


def _may_go_with_filter(draft: Draft, unit: Unit) -> bool:
    """ "lie" in "which islands lie in the Gulf of Salm"; not "flow", which says from or to where."""
    if unit.folded in _MEANT and any(o.folded == "for" and 0 <= o.start - unit.end < 3 for o in draft.units):
        return True
    if unit.folded in _MADE_OF:
        return True
    return unit.folded in LIGHT_OF_FILTER or unit.folded in ("called", "known", "named")


def _is_of_filter(draft: Draft, unit: Unit) -> bool:
    """ "chosen" in "chosen by the trustees": the header of a column that another word narrows."""
    headers = [draft.view.column(column).header for column, *_ in draft.filters]
    is_value = any(operator != "contains" for _, operator, _ in draft.filters)
    return (
        unit.date is None
        and not unit.names
        and (any(are_of_header(unit, header) for header in headers) or (is_value and _may_go_with_filter(draft, unit)))
    ) or any(
        unit.properties & draft.view.column_keys[column]
        or (draft.view.column(column).type == "person" and tells_of(draft, unit, column))
        for column, *_ in draft.filters
    )


def asked_columns(draft: Draft) -> tuple[int, ...]:
    """The column asked for, by name or as the only one that measures anything."""
    if draft.properties or not any(_names_measure(step) for step in draft.match.intent.file.plan):
        return draft.properties[:1]
    return tuple(measures_named(draft.view, draft.units)[:1])


def _names_measure(step: Step) -> bool:
    named = (step.select, step.sort and step.sort.lstrip("-"), step.total, step.difference)
    return "measure" in named or (step.keep is not None and step.keep.column == "measure")


def _is_in_header(draft: Draft, unit: Unit) -> bool:
    """ "twinned" beside "towns": the header of the column asked for has the word."""
    headers = [draft.view.column(column).header for column in asked_columns(draft)]
    return bool(headers) and {root(s) for s in unit.stems} <= {root(stem(word)) for word in phrase_of(headers[0])}
