"""Composition: a light verb and a noun that together mean what neither says alone.

"Held the top post", "came to the job", "gave up the chair": have, take and the like say of an office noun that somebody
held it, began to or ceased to. English has few such verbs and uses them with every noun of the kind (O. Jespersen,
A Modern English Grammar VI, 1942, calls them light), so that no list of phrases would ever hold all.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from chatbot.language.understanding import Unit

OFFICE_WORD = "office_word"
"""Concept of the nouns for an office as such: post, job, role."""
_MOST_BETWEEN = 4
"""Units that may stand between the verb and the noun: "up the top peacekeeping"."""

_HOLD = "have has had having hold held holding holds do does did doing done keep kept keeping keeps own owned bear bore bearing"
_TAKE = (
    "take took taken taking takes get got gotten getting gets come came coming comes begin began begun beginning start started starting "
    "enter entered entering receive received receiving assume assumed accept accepted accepting gain gained land landed win won "
    "given offered handed obtain obtained inherit inherited move moved step stepped"
)
_LEAVE = (
    "leave left leaving leaves quit quitting lose lost losing drop dropped surrender surrendered vacate vacated resign resigned "
    "give gave giving relinquish relinquished hand handed finish finished end ended stop stopped"
)
_MEANS: dict[str, frozenset[str]] = {
    **dict.fromkeys(_HOLD.split(), frozenset(("lead", "serve"))),
    **dict.fromkeys(_TAKE.split(), frozenset(("take_office",))),
    **dict.fromkeys(_LEAVE.split(), frozenset(("leave_office",))),
}
_NOUNS = frozenset("work office chair seat helm duties duty assignment responsibilities portfolio".split())
#: "gave" is of leaving only with "up", "handed" with "in" or "over".
_PARTICLES = {"give": "up", "gave": "up", "giving": "up", "hand": "in over", "handed": "in over"}
#: Adjectives of rank say of a post only that it is the one at the head of the list.
_RANK = frozenset("top highest most leading senior main chief principal number-one topmost prime full-time".split())


def composed(units: Sequence["Unit"]) -> list["Unit"]:
    """The units with what light verbs and office nouns mean together added to what they mean alone."""
    found = list(units)
    for at, verb in enumerate(units):
        means = _MEANS.get(verb.folded)
        noun = _office_noun(units, at) if means and not verb.names else None
        if means is None or noun is None or not _has_particle(units, at):
            continue
        found[at] = msgspec.structs.replace(verb, meanings=verb.meanings - {"filler"} | means)
        found[noun] = msgspec.structs.replace(units[noun], meanings=units[noun].meanings | {"lead", OFFICE_WORD})
        for between in range(at + 1, noun):
            if units[between].folded in _RANK:
                found[between] = msgspec.structs.replace(
                    units[between], meanings=frozenset(("filler",)), properties=frozenset()
                )
    return found


def _office_noun(units: Sequence["Unit"], at: int) -> int | None:
    """The number of the office noun that the verb at `at` governs: nothing that names or dates stands between."""
    for number in range(at + 1, min(at + 2 + _MOST_BETWEEN, len(units))):
        unit = units[number]
        if unit.folded in _NOUNS or OFFICE_WORD in unit.meanings:
            return number
        following = units[number + 1] if number + 1 < len(units) else unit
        # "the DPO post" may stand between, "Ana Roe's post" may not: that one is hers.
        is_of_noun = following.folded in _NOUNS or OFFICE_WORD in following.meanings
        is_whose = bool(unit.names) and following.start - unit.end > 1  # an apostrophe is between
        if (unit.names and not is_of_noun) or is_whose or unit.date or unit.number is not None or unit.folded in _MEANS:
            return None
    return None


def _has_particle(units: Sequence["Unit"], at: int) -> bool:
    wanted = _PARTICLES.get(units[at].folded)
    return wanted is None or (at + 1 < len(units) and units[at + 1].folded in wanted.split())
