"""The one matcher: which templates explain a question, and which of its units each explains."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from chatbot.intents.model import Element, Intent, Template

MOST_MATCHES = 64
"""Templates worth grounding; the ones that explain most of the question come first."""


_PROPERTY = "s:property"


class Match(msgspec.Struct, frozen=True):
    """A template laid over the units of a question."""

    intent: Intent
    template: Template
    bound: tuple[tuple[Element, int], ...]
    """Each matched element and the number of its unit, in template order."""
    inversions: int
    """How often the question's order departs from the template's."""

    @property
    def units(self) -> frozenset[int]:
        return frozenset(unit for _, unit in self.bound)

    @property
    def weight(self) -> int:
        """How much it binds: slots, being more particular, count twice."""
        return sum(2 if element.key.startswith("s:") or element.key == "c:lead" else 1 for element, _ in self.bound)

    def slot(self, name: str) -> list[int]:
        """Numbers of the units that fill the slot, in the question's order."""
        return sorted(unit for element, unit in self.bound if element.key == "s:" + name)


class Matcher:
    """Finds every template whose required elements all stand in a question.

    Word order is a preference, not a demand ("dpo 2014 boss?"), so each pair of elements met in the other order
    only counts against a match.
    """

    def __init__(self, intents: Sequence[Intent]) -> None:
        self._ways = [(intent, template) for intent in intents for template in intent.templates]
        self._required = [
            Counter(element.key for element in template.elements if not element.optional) for _, template in self._ways
        ]
        frequency = Counter(key for required in self._required for key in required)
        self.keys = frozenset(element.key for _, template in self._ways for element in template.elements)
        """Everything that any template can match."""
        self._by_rarest: dict[str, list[int]] = {}
        """Templates under the required element that fewest others have: few are ever looked at."""
        for number, required in enumerate(self._required):
            if required:
                self._by_rarest.setdefault(min(required, key=lambda key: (frequency[key], key)), []).append(number)

    def matches(self, features: Sequence[frozenset[str]], weights: Sequence[float]) -> list[Match]:
        """Matches for the units whose feature keys and weights are given, the most explaining first."""
        places: dict[str, list[int]] = {}
        for unit, keys in enumerate(features):
            for key in keys:
                places.setdefault(key, []).append(unit)
        counts = {key: len(units) for key, units in places.items()}
        found = []
        for rarest in counts:
            for number in self._by_rarest.get(rarest, ()):
                if all(counts.get(key, 0) >= least for key, least in self._required[number].items()):
                    found.append((self._promise(self._ways[number][1], places, weights), number))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        matches = []
        for _, number in found[: 3 * MOST_MATCHES]:
            for choice in _choices(self._ways[number][1], places):
                match = _assign(*self._ways[number], choice)
                if match is not None and not (match.inversions and match.intent.file.ordered):
                    matches.append(match)
        matches = _largest(matches)
        matches.sort(key=lambda m: (-sum(weights[u] for u in m.units), m.inversions))
        return sorted(matches[:MOST_MATCHES], key=lambda m: (-m.weight, m.inversions))

    @staticmethod
    def _promise(template: Template, places: Mapping[str, list[int]], weights: Sequence[float]) -> float:
        """The most of the question that the template could explain."""
        units = {unit for element in template.elements for unit in places.get(element.key, ())}
        best = sorted((weights[unit] for unit in units), reverse=True)
        return sum(best[: len(template.elements)])


def _largest(matches: Sequence[Match]) -> list[Match]:
    """Without the matches that bind nothing that another match of the same intent does not bind as well."""
    found: dict[str, list[tuple[frozenset[tuple[str, int]], Match]]] = {}
    for match in sorted(matches, key=lambda m: (-len(m.bound), m.inversions)):
        bound = frozenset((element.key, unit) for element, unit in match.bound)
        known = found.setdefault(match.intent.name, [])
        if not any(bound <= other for other, _ in known):
            known.append((bound, match))
    return [match for known in found.values() for _, match in known]


def _choices(template: Template, places: Mapping[str, list[int]]) -> list[Mapping[str, list[int]]]:
    """The places as they are; where one slot for a property meets several, one way with each: "the town's motto"."""
    slots = [element for element in template.elements if element.key == _PROPERTY]
    units = places.get(_PROPERTY, ())
    if len(slots) != 1 or len(units) < 2:
        return [places]
    return [{**places, _PROPERTY: [unit]} for unit in units[:3]]


def _assign(intent: Intent, template: Template, places: Mapping[str, list[int]]) -> Match | None:
    """Give each element a unit of its own: those with the fewest choices first, each where the order suffers least.

    An optional element never takes the last unit that a required one could have; among optional ones, those that fit
    the order come first.
    """
    elements = template.elements
    options = [places.get(element.key, []) for element in elements]
    order = sorted(range(len(elements)), key=lambda i: (len(options[i]), elements[i].optional, i))
    taken: dict[int, int] = {}
    for is_last_resort in (False, True):
        for i in order:
            if i in taken:
                continue
            free = [unit for unit in options[i] if unit not in taken.values()]
            if elements[i].optional:
                free = [u for u in free if not _is_needed(u, elements, options, taken)]
                free = [u for u in free if is_last_resort or not _inversions(i, u, taken)]
            elif not free:
                return None
            if free:
                taken[i] = min(free, key=lambda unit: (_inversions(i, unit, taken), _distance(i, unit, taken), unit))
    bound = tuple((elements[i], taken[i]) for i in sorted(taken))
    sequence = [unit for _, unit in bound]
    inversions = sum(1 for a in range(len(sequence)) for b in range(a + 1, len(sequence)) if sequence[a] > sequence[b])
    return Match(intent, template, bound, inversions)


def _is_needed(unit: int, elements: Sequence[Element], options: Sequence[list[int]], taken: Mapping[int, int]) -> bool:
    """Whether a required element that has no unit yet could be left without one."""
    used = {*taken.values(), unit}
    return any(
        not element.optional and i not in taken and unit in options[i] and used.issuperset(options[i])
        for i, element in enumerate(elements)
    )


def _inversions(element: int, unit: int, taken: Mapping[int, int]) -> int:
    return sum((i < element) != (other < unit) for i, other in taken.items())


def _distance(element: int, unit: int, taken: Mapping[int, int]) -> int:
    """To the unit of the nearest element before, in the template, that has one."""
    before = [other for i, other in taken.items() if i < element]
    return abs(unit - max(before)) if before else 0
