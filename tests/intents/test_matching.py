"""Matching: which templates lie over a question's units, and how well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.intents.matching import MOST_MATCHES, Match, Matcher
from chatbot.intents.model import Element, Intent, IntentFile, Template


def intent(name: str, *ways: str, ordered: bool = False) -> Intent:
    """An intent of templates written as keys, optional ones in brackets."""
    templates = tuple(
        Template(number, tuple(Element(key.strip("[]"), key.startswith("[")) for key in way.split()))
        for number, way in enumerate(ways)
    )
    return Intent(name, IntentFile(name, ways, ordered=ordered), templates)


def matches(intents: list[Intent], *units: str) -> list[Match]:
    """Matches for units written as their keys, "c:lead,w:led"; every unit weighs 1."""
    features = [frozenset(unit.split(",")) for unit in units]
    return list(Matcher(intents).matches(features, [1.0] * len(units)))


def told(match: Match) -> tuple[str, int, list[tuple[str, int]]]:
    return match.intent.name, match.template.sentence, [(element.key, unit) for element, unit in match.bound]


HOLDER_AT = intent("holder_at", "[c:who] c:lead s:date")
SUCCESSOR = intent("successor", "[c:who] c:succeed s:holder", "s:holder c:replaced_by")


def test_each_element_has_a_unit_of_its_own() -> None:
    (match,) = matches([HOLDER_AT], "c:who", "c:lead", "s:entity", "s:date")
    assert told(match) == ("holder_at", 0, [("c:who", 0), ("c:lead", 1), ("s:date", 3)])
    assert match.units == {0, 1, 3}
    assert match.slot("date") == [3]
    assert match.slot("holder") == []


def test_a_required_element_that_is_missing_is_no_match() -> None:
    assert matches([HOLDER_AT], "c:who", "c:lead") == []
    assert matches([HOLDER_AT]) == []


def test_of_several_names_each_may_be_meant() -> None:
    about = intent("about", "c:what s:entity")
    found = [told(match) for match in matches([about], "c:what", "s:entity", "s:entity")]
    assert found == [
        ("about", 0, [("c:what", 0), ("s:entity", 1)]),
        ("about", 0, [("c:what", 0), ("s:entity", 2)]),
    ]


def test_an_optional_element_may_be_missing() -> None:
    (match,) = matches([HOLDER_AT], "c:lead", "s:date")
    assert told(match) == ("holder_at", 0, [("c:lead", 0), ("s:date", 1)])


def test_another_order_counts_against_a_match_and_is_no_bar() -> None:
    (straight,), (turned,) = (
        matches([HOLDER_AT], "c:lead", "s:date"),
        matches([HOLDER_AT], "s:date", "c:lead"),
    )
    assert (straight.inversions, turned.inversions) == (0, 1)


def test_an_ordered_intent_needs_its_order() -> None:
    ordered = intent("ordered", "c:lead s:date", ordered=True)
    assert matches([ordered], "s:date", "c:lead") == []
    assert len(matches([ordered], "c:lead", "s:date")) == 1


def test_two_slots_of_one_kind_take_two_units_in_order() -> None:
    longer = intent("longer", "c:longer s:holder s:holder")
    (match,) = matches([longer], "c:longer", "s:holder", "s:holder")
    assert match.slot("holder") == [1, 2]
    assert match.inversions == 0
    assert matches([longer], "c:longer", "s:holder") == []


def test_an_optional_element_leaves_the_only_unit_to_a_required_one() -> None:
    served = intent("served", "[c:serve] s:holder c:serve")
    (match,) = matches([served], "s:holder", "c:serve")
    assert told(match)[2] == [("s:holder", 0), ("c:serve", 1)]


def test_a_unit_of_several_readings_fills_one_place() -> None:
    both = intent("both", "c:lead w:head")
    assert matches([both], "c:lead,w:head") == []
    assert len(matches([both], "c:lead,w:head", "w:head")) == 1


def test_a_slot_binds_more_than_a_word() -> None:
    (match,) = matches([SUCCESSOR], "c:who", "c:succeed", "s:holder")
    assert match.weight == 4


def test_matches_that_bind_more_come_first() -> None:
    plain = intent("plain", "c:lead")
    found = matches([plain, HOLDER_AT], "c:who", "c:lead", "s:date")
    assert [match.intent.name for match in found] == ["holder_at", "plain"]


def test_a_property_slot_is_tried_with_each_property() -> None:
    value = intent("value", "s:property s:entity")
    found = matches([value], "s:property", "s:entity", "s:property")
    assert {tuple(match.slot("property")) for match in found} == {(0,), (2,)}


def test_of_one_intent_no_match_binds_a_part_of_another() -> None:
    many = intent("many", "c:lead", "c:lead s:date", "c:who c:lead s:date")
    (match,) = matches([many], "c:who", "c:lead", "s:date")
    assert match.template.sentence == 2


def test_there_are_never_too_many() -> None:
    crowd = [intent(f"i{number}", "c:lead") for number in range(3 * MOST_MATCHES)]
    assert len(matches(crowd, "c:lead")) == MOST_MATCHES


KEYS = ["c:who", "c:lead", "c:succeed", "s:date", "s:holder", "w:word"]
WAYS = st.lists(
    st.lists(st.sampled_from([*KEYS, *(f"[{key}]" for key in KEYS)]), min_size=1, max_size=5).map(" ".join),
    min_size=1,
    max_size=3,
)
UNITS = st.lists(st.sets(st.sampled_from(KEYS), max_size=3).map(frozenset), max_size=7)


@given(st.lists(WAYS, min_size=1, max_size=4), UNITS)
def test_every_match_is_a_lawful_one(ways: list[list[str]], units: list[frozenset[str]]) -> None:
    intents = [intent(f"i{number}", *each) for number, each in enumerate(ways)]
    found = list(Matcher(intents).matches(units, [1.0] * len(units)))
    for match in found:
        assert match.template in match.intent.templates
        assert len({unit for _, unit in match.bound}) == len(match.bound)
        assert all(element.key in units[unit] for element, unit in match.bound)
        required = sum(not element.optional for element in match.template.elements)
        assert sum(not element.optional for element, _ in match.bound) == required
        assert (match.inversions == 0) == ([u for _, u in match.bound] == sorted(u for _, u in match.bound))
    assert [match.weight for match in found] == sorted((match.weight for match in found), reverse=True)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_matching_changes_nothing(count: int) -> None:
    matcher = Matcher([HOLDER_AT, SUCCESSOR])
    units = [frozenset({"c:who"}), frozenset({"c:lead"}), frozenset({"s:date"})]
    results = [list(matcher.matches(units, [1.0] * 3)) for _ in range(count)]
    assert all(result == results[0] for result in results)
