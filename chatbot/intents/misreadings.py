"""Misreadings: whole questions of another shape than the intent they were matched to.

Each check looks at the question as a whole: asked yes or no but read as asking for a value, half of a superlative,
deeds where a date is meant. A draft that one of them fits is worthless, however many of its words are explained.
"""

import itertools
from collections.abc import Iterator

from chatbot.intents.draft import HARD, PERSON_WORDS, Draft
from chatbot.intents.narrowing import may_be_paid, negates
from chatbot.knowledge.catalogue import singular_of
from chatbot.language.lexicon import phrase_of
from chatbot.language.understanding import Unit

_COMPARISONS = frozenset(("most", "least", "more", "less"))
GENERIC_SUPERLATIVES = frozenset(
    "most least highest lowest greatest largest smallest biggest top higher lower larger smaller bigger greater".split()
)
#: Superlatives of number that are grammar where nothing is compared.
_OF_NUMBER = frozenset(("most", "least", "fewest"))
#: Words of what a date may be called: "what was her start date".
_OF_TIME = frozenset(
    "date dates day days year years month months time period term terms tenure start end decade century".split()
)
#: What describes nobody by itself: "the first lady".
_ORDINAL = frozenset("first second third last only next".split())
_IN_THE_PAST = frozenset(("before", "once", "formerly", "previously", "earlier", "originally", "initially", "at first"))
_DO = frozenset("do does did doing done".split())
#: Adjectives of headings that say that not everything of the kind is listed.
_SELECTING = frozenset(
    "notable noted famous prominent distinguished selected key main major top largest biggest best recent important".split()
)


def misread(draft: Draft, bound: set[int]) -> Iterator[Unit]:
    """The unit that shows each misreading of the question; `bound` are the numbers of the units that the template took."""
    file, units = draft.match.intent.file, draft.units
    if draft.is_generic_kind and not draft.named:
        yield units[0]  # "people" alone does not say which list
    if _is_half_a_superlative(draft, bound) or _is_really_yes_no(draft) or _is_no_contribution(draft):
        yield units[0]
    if file.answer == "yes_no" and (_offers_choice(draft) or _opens_otherwise(draft)):
        yield units[-1]
    selects_time = file.asks == "date" or any(step.select in ("term", "start", "end") for step in file.plan)
    if selects_time and (_asks_deeds(draft) or _asks_for_a_thing(draft)):
        yield units[0]
    if _asks_the_cause(draft):
        yield units[0]
    if any(step.count in ("rows", "key", "holder") for step in file.plan):
        other = _counts_others(draft)
        if other is not None:
            yield other
        elif _counts_a_selection(draft):
            yield units[0]
    if draft.view.relation.kind == "properties":
        yield from _other_times(draft, bound)
    if any(step.next_of or step.previous_of for step in file.plan) and (body := _after_a_body(draft)):
        yield body
    if pronoun := _unknown_person(draft):
        yield pronoun
    if _ends_untold(draft, bound):
        yield units[-1]
    if "description" not in file.needs and _asks_what_was_done(draft):
        yield units[0]
    if draft.filters and any(n not in bound and unit.folded in _OF_NUMBER for n, unit in enumerate(units)):
        yield units[0]  # "directed the most films": the film narrows nothing
    if file.narrowed and _asks_property_of_value(draft):
        yield units[0]
    if file.narrowed and all(operator == "contains" and _ORDINAL & {*words} for _, operator, words in draft.filters):
        yield units[-1]
    if draft.match.intent.name.startswith("table/") and (
        _is_denial_lost(draft, bound) or _asks_people(draft) or _asks_other_kind(draft) or _is_number_of_others(draft)
    ):
        yield units[0]
    if _asks_things(draft) or _asks_rows(draft) or _is_ordinal_of_header(draft):
        yield units[0]


def _kind_asked(draft: Draft) -> Unit | None:
    """The noun right behind "which" or "what" that says what the rows are: "which rivers"."""
    content = [unit for unit in draft.units if not unit.is_filler]
    is_which = len(content) > 1 and "what" in content[0].meanings
    is_kind = is_which and not content[1].names and all(s in draft.view.kinds for s in content[1].stems)
    return content[1] if is_kind else None


def _asks_property_of_value(draft: Draft) -> bool:
    """ "The address of Mill Lane" asks for its address, not for whose ground it is."""
    content = [unit for unit in draft.units if unit.folded != "the"]
    triples = zip(content, content[1:], content[2:], strict=False)
    kept = {value for *_, values in draft.filters for value in values}
    return any(first.properties and of.folded == "of" and value.text in kept for first, of, value in triples)


def _asks_other_kind(draft: Draft) -> bool:
    """ "Which club came third", of the opponents of a club: what the heading is of need not be what its rows are."""
    selects = [step.select for step in draft.match.intent.file.plan if step.select]
    content = [unit for unit in draft.units if not unit.is_filler]
    if selects[-1:] != ["key"] or len(content) < 3 or content[0].folded not in ("which", "what"):
        return False
    noun, following = content[1], content[2]
    is_noun = noun.text.islower() and not (noun.meanings or noun.properties or noun.is_stop or noun.date or noun.number)
    is_alone = following.is_stop or bool(following.meanings or following.properties or following.date)
    is_alone = is_alone or following.ordinal is not None
    return is_noun and is_alone and not all(s in draft.view.kinds for s in noun.stems)


def _is_number_of_others(draft: Draft) -> bool:
    """ "The smallest of the top five": five are at the top, and one is asked for."""
    numbers = [n for e, n in draft.match.bound if e.key == "s:number"]
    bound = {n for e, n in draft.match.bound if e.key in ("c:most", "c:least")}
    before = {n - 1 for n in numbers if n and n - 1 not in bound}
    return bool(bound) and any(draft.units[n].meanings & {"most", "least"} for n in before)


def _asks_people(draft: Draft) -> bool:
    """ "What people are on the list", of a list of countries."""
    said = {word for e, n in draft.match.bound if e.key == "c:who" for word in draft.units[n].folded.split()}
    keys = (draft.view.column(column).type for column in draft.view.key_columns[:1])
    return bool(said & PERSON_WORDS) and "person" not in keys


def _is_denial_lost(draft: Draft, bound: set[int]) -> bool:
    """Whether the question says "not", and nothing was made of it."""
    denials = [n for n, unit in enumerate(draft.units) if negates(unit) and n not in bound and not unit.names]
    return bool(denials) and not any(operator == "is not" for _, operator, _ in draft.filters)


def _asks_rows(draft: Draft) -> bool:
    """ "Which rivers flow into the Amberrun" asks for rivers, not where the Amberrun flows: no "does" parts the two."""
    selects = [step.select for step in draft.match.intent.file.plan if step.select]
    is_value = selects[-1:] == ["property"] and draft.match.slot("entity") and draft.match.slot("property")
    if not is_value or _kind_asked(draft) is None:
        return False
    return not any("is_it" in unit.meanings for unit in draft.units)


def _asks_things(draft: Draft) -> bool:
    """ "Which objects are in the treasury" asks for the objects, not for their number."""
    content = [unit for unit in draft.units if not unit.is_filler]
    selects = [step.select for step in draft.match.intent.file.plan if step.select]
    if selects[-1:] != ["property"] or len(content) < 2 or content[0].folded != "which" or not draft.properties:
        return False
    noun = content[1].folded
    is_count = draft.view.column(draft.properties[0]).role == "measure" and noun != singular_of(noun)
    return is_count and bool(content[1].properties)


def _is_ordinal_of_header(draft: Draft) -> bool:
    """ "Which mountains did she climb first": "first" is of the first ascent, since more than one is asked for."""
    kind = _kind_asked(draft)
    if kind is None or not draft.properties or kind.folded == singular_of(kind.folded):
        return False
    header = phrase_of(draft.view.column(draft.properties[0]).header)
    return any(e.key in ("c:first", "c:earlier") and draft.units[n].folded in header for e, n in draft.match.bound)


def asks_which(draft: Draft) -> bool:
    """ "Which office ran them": a name is asked for, not a number."""
    return draft.match.intent.file.asks != "date" and any(unit.folded == "which" for unit in draft.units)


def _opens_otherwise(draft: Draft) -> bool:
    """Whether something meaningful stands before the "is" or "did" of what should be a yes/no question."""
    asking = [n for e, n in draft.match.bound if e.key == "c:is_it"]
    before = draft.units[: min(asking)] if asking else ()
    return any(
        (unit.date is None and draft.weights[n] > 0) or bool(unit.meanings & (HARD | {"what"}))
        for n, unit in enumerate(before)
    )


def _is_no_contribution(draft: Draft) -> bool:
    """ "pays", "gave" or "share" said of a table that measures metres."""
    said = any(element.key in ("c:contribute", "c:share") for element, _ in draft.match.bound)
    measures = [i for i, column in enumerate(draft.view.relation.columns) if column.role == "measure"]
    is_of_money = any(may_be_paid(draft.view, i) for i in measures)
    return said and draft.view.relation.kind == "table" and bool(measures) and not is_of_money


def _is_really_yes_no(draft: Draft) -> bool:
    """A question that opens with "is" or "did" and asks for nothing else, read as one that asks for a value."""
    first = next((n for n, unit in enumerate(draft.units) if not unit.is_filler), 0)
    if draft.match.intent.file.answer == "yes_no" or not draft.units or "is_it" not in draft.units[first].meanings:
        return False
    asking = HARD | {"what", "list"}
    said = any(unit.meanings & asking and unit.folded not in ("name", "names") for unit in draft.units)
    asks = said or _offers_choice(draft)
    return not asks and first not in draft.match.units


def _asks_deeds(draft: Draft) -> bool:
    """ "What did he do after leaving office": no date, though the verb would suit one."""
    asked = {word for unit in draft.units for word in unit.folded.split()}
    return (
        bool(asked & {"what"})
        and bool(asked & {"did", "do", "does"})
        and not any("when" in unit.meanings for unit in draft.units)
    )


def _after_a_body(draft: Draft) -> Unit | None:
    """ "Le Roy's next job after the DPO": what comes after the body that the list is of, not after a holder."""
    subjects = {subject.id for subject in draft.view.subjects}
    named = [unit for unit in draft.units if not unit.is_stop or unit.folded in ("after", "before")]
    for before, unit in itertools.pairwise(named):
        if before.folded in ("after", "before") and subjects & set(unit.names):
            return unit
    return None


def _asks_the_cause(draft: Draft) -> bool:
    """ "What did he die of": a cause is asked for, though the list has the date."""
    dies = any("die" in unit.meanings for unit in draft.units)
    return dies and _asks_deeds(draft) and any(unit.folded == "what" for unit in draft.units)


def _asks_what_was_done(draft: Draft) -> bool:
    """ "What did she do before she became head": auxiliary and verb are both "do"."""
    words = [word for unit in draft.units for word in unit.folded.split()]
    return "what" in words and sum(word in _DO for word in words) > 1


def _other_times(draft: Draft, bound: set[int]) -> Iterator[Unit]:
    """ "What was the river called before": properties tell what is, not what was."""
    for number, unit in enumerate(draft.units):
        is_past = unit.folded in _IN_THE_PAST and number not in bound
        if is_past or ("former_name" in unit.meanings and not unit.properties):
            yield unit


def _ends_untold(draft: Draft, bound: set[int]) -> bool:
    """ "How many people died there", "who led it in between" where nothing has been said: it is somewhere, or some time.

    "How long was Annan there" names whose place it is.
    """
    *before, last = draft.units
    if last.folded == "in between":
        return len(before) not in bound
    is_placed = any(unit.names for unit in before) or not before or before[-1].is_stop
    return last.folded == "there" and not is_placed


def _unknown_person(draft: Draft) -> Unit | None:
    """ "When was she born" where nobody has been named: whatever else it says, it is about somebody."""
    if draft.catalogue.persons.intersection(name for unit in draft.units for name in unit.names):
        return None
    if draft.match.intent.file.describes and draft.filters:
        return None  # "how old was the poet when he died"
    is_led = any("lead" in unit.meanings for unit in draft.units)  # "his boss" names a role
    return next((u for u in draft.units if u.folded in ("he", "she", "him") and not is_led), None)


def _asks_for_a_thing(draft: Draft) -> bool:
    """ "Which job did she get after she left": a thing is asked for, though the rest would suit a date."""
    if any("when" in unit.meanings for unit in draft.units):
        return False
    for unit, following in itertools.pairwise(draft.units):
        if unit.folded in ("which", "what", "whose"):
            words = set(following.folded.split())
            return not following.is_stop and not following.names and not words & _OF_TIME and following.date is None
    return False


def _counts_others(draft: Draft) -> Unit | None:
    """ "How many peacekeepers died": what is counted is not what the rows are, though the subject's name has the word."""
    for at, unit in enumerate(draft.units[:-1]):
        if "how_many" not in unit.meanings:
            continue
        counted, after = draft.units[at + 1], draft.units[at + 2 : at + 3]
        is_noun = counted.folded.endswith("s") and not (counted.names or counted.is_stop or counted.is_filler)
        is_last = not after or after[0].is_stop or bool(after[0].meanings)
        known = draft.view.kinds.intersection(counted.stems) or counted.folded in PERSON_WORDS or counted.meanings
        if is_noun and is_last and not known and counted.folded not in draft.view.offices:
            return counted
    return None


def _counts_a_selection(draft: Draft) -> bool:
    """ "How many personnel are there" asked of a list of notable personnel: there may be others."""
    selecting = {word for word in draft.view.heading_words if word in _SELECTING}
    said = {word for unit in draft.units for word in unit.folded.split()}
    is_of_all = not draft.filters and not any(step.keep for step in draft.match.intent.file.plan)
    return bool(selecting) and not selecting & said and is_of_all


def _offers_choice(draft: Draft) -> bool:
    """ "Did Miyet or Le Roy serve longer": to be answered by a name, not by yes."""
    named = [n for n, unit in enumerate(draft.units) if unit.names]
    return any(any(unit.folded == "or" for unit in draft.units[a + 1 : b]) for a, b in itertools.pairwise(named))


def stands_alone(draft: Draft, number: int, bound: set[int]) -> bool:
    """Whether the half of a superlative that is bound says all of it: "largest" may, "oldest" is about age."""
    unit = draft.units[number]
    if not {e.key[2:] for e, n in draft.match.bound if n == number} & _COMPARISONS:
        return True
    twin = next(
        (n for n, u in enumerate(draft.units) if n != number and (u.start, u.end) == (unit.start, unit.end)),
        None,
    )
    return twin is None or twin in bound or unit.folded in GENERIC_SUPERLATIVES or _is_of_next(draft, unit, bound)


def _is_of_next(draft: Draft, unit: Unit, bound: set[int]) -> bool:
    """ "longest main span": the property that the superlative stands right before says of what."""
    asked = {n for e, n in draft.match.bound if e.key == "s:property"}
    known = draft.catalogue.lexicon.properties
    own = {
        known[key].asks for twin in draft.units if twin.start == unit.start for key in twin.properties if key in known
    }
    is_date = any(draft.view.column(column).type in ("date", "interval") for column in draft.properties[:1])
    if own and is_date != (own == {"date"}):
        return False  # the oldest objects are not the fewest
    following = next(
        (n for n, other in enumerate(draft.units) if other.start >= unit.end and not other.is_filler), None
    )
    return following is not None and following in asked and not draft.units[following].meanings & _COMPARISONS


def _is_half_a_superlative(draft: Draft, bound: set[int]) -> bool:
    """ "oldest" read as "founded": the property without the comparison; but a column may be headed "Top scorer"."""
    headers = [phrase_of(draft.view.column(column).header) for column in draft.properties[:1]]
    spans = {(draft.units[n].start, draft.units[n].end): n for e, n in draft.match.bound if e.key == "s:property"}
    return any(
        bool(unit.meanings & _COMPARISONS) and n != spans[unit.start, unit.end] and n not in bound
        for n, unit in enumerate(draft.units)
        if (unit.start, unit.end) in spans and tuple(unit.folded.split()) not in headers
    )
