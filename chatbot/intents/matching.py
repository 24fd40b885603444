"""The one matcher: which templates explain a question, and which of its units each explains."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush

import msgspec

from chatbot.intents.model import Element, Intent, Template

MOST_MATCHES = 64
"""Templates worth grounding; the ones that explain most of the question come first."""


_PROPERTY = "s:property"
_ENTITY = "s:entity"


class Match(msgspec.Struct, frozen=True):
    """A template laid over the units of a question."""

    intent: Intent
    template: Template
    bound: tuple[tuple[Element, int], ...]
    """Each matched element and the number of its unit, in template order."""
    inversions: int
    """How often the question's order departs from the template's."""
    weight: int
    """How much it binds."""

    @property
    def units(self) -> frozenset[int]:
        return frozenset(unit for _, unit in self.bound)

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
        self._elements = [Counter(element.key for element in template.elements) for _, template in self._ways]
        frequency = Counter(key for required in self._required for key in required)
        self.keys = frozenset(element.key for _, template in self._ways for element in template.elements)
        """Everything that any template can match."""
        self._by_rarest: dict[str, list[int]] = {}
        """Templates under the required element that fewest others have: few are ever looked at."""
        for number, required in enumerate(self._required):
            if required:
                self._by_rarest.setdefault(min(required, key=lambda key: (frequency[key], key)), []).append(number)

    def matches(self, features: Sequence[frozenset[str]], weights: Sequence[float]) -> Iterator[Match]:
        """Matches for the units whose feature keys and weights are given, those that bind most first.

        They are laid out one by one as the caller asks for more, since the first is most often the one meant. A match
        that binds nothing that an earlier one of the same intent does not bind as well is left out.
        """
        places: dict[str, list[int]] = {}
        for unit, keys in enumerate(features):
            for key in keys:
                places.setdefault(key, []).append(unit)
        waiting: list[tuple[int, int, float, int, Match]] = []
        yielded: dict[str, list[frozenset[tuple[str, int]]]] = {}
        candidates, left, serial = self._candidates(places), MOST_MATCHES, 0
        while left and (waiting or candidates):
            while candidates and (not waiting or -candidates[-1][0] <= waiting[0][0]):
                _, number = candidates.pop()
                for choice in _choices(self._ways[number][1], places):
                    match = _assign(*self._ways[number], choice)
                    if match is not None and not (match.inversions and match.intent.file.ordered):
                        explained = sum(weights[unit] for unit in match.units)
                        serial += 1
                        heappush(waiting, (-match.weight, match.inversions, -explained, serial, match))
            if waiting:
                match = heappop(waiting)[-1]
                bound = frozenset((element.key, unit) for element, unit in match.bound)
                known = yielded.setdefault(match.intent.name, [])
                if not any(bound <= other for other in known):
                    known.append(bound)
                    left -= 1
                    yield match

    def _candidates(self, places: Mapping[str, list[int]]) -> list[tuple[int, int]]:
        """Templates whose required elements are all there, each after the most weight it could bind, ascending."""
        counts = {key: len(units) for key, units in places.items()}
        found = []
        for rarest in counts:
            for number in self._by_rarest.get(rarest, ()):
                if all(counts.get(key, 0) >= least for key, least in self._required[number].items()):
                    most = sum(
                        min(count, counts[key]) * _weight(key)
                        for key, count in self._elements[number].items()
                        if key in counts
                    )
                    found.append((most, number))
        found.sort(key=lambda pair: (pair[0], -pair[1]))
        return found


def _weight(key: str) -> int:
    """Slots, being more particular, count twice."""
    return 2 if key.startswith("s:") or key == "c:lead" else 1


def _choices(template: Template, places: Mapping[str, list[int]]) -> list[Mapping[str, list[int]]]:
    """The places as they are; where one slot for a property or a name meets several, one way with each: "the town's motto",
    "the office of the Board that Ana Roe worked in"."""
    for key in (_PROPERTY, _ENTITY):
        units = places.get(key, ())
        if len(units) > 1 and sum(element.key == key for element in template.elements) == 1:
            return [{**places, key: [unit]} for unit in units[:3]]
    return [places]


def _assign(intent: Intent, template: Template, places: Mapping[str, list[int]]) -> Match | None:
    """Give each element a unit of its own: those with the fewest choices first, each where the order suffers least.

    An optional element never takes the last unit that a required one could have; among optional ones, those that fit
    the order come first.
    """
    elements = template.elements
    options = [places.get(element.key, []) for element in elements]
    taken = _only_choice(options) or _best_choice(elements, options)
    if taken is None:
        return None
    bound = tuple((elements[i], taken[i]) for i in sorted(taken))
    sequence = [unit for _, unit in bound]
    inversions = sum(1 for a in range(len(sequence)) for b in range(a + 1, len(sequence)) if sequence[a] > sequence[b])
    return Match(intent, template, bound, inversions, sum(_weight(element.key) for element, _ in bound))


def _only_choice(options: Sequence[list[int]]) -> dict[int, int] | None:
    """The units by number of element, where none has a choice and no two want the same."""
    units = [unit for each in options for unit in each]
    if len(set(units)) < len(units) or any(len(each) > 1 for each in options):
        return None
    return {i: each[0] for i, each in enumerate(options) if each}


def _best_choice(elements: Sequence[Element], options: Sequence[list[int]]) -> dict[int, int] | None:
    """A unit for each element that gets one, None where a required one gets none."""
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
    return taken


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
