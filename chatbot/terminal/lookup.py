"""Looking up what a person names: exactly, else by a few letters or nearly, else what comes near is offered."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from chatbot.language.words import fold
from chatbot.terminal.typing.nearest import Nearest

Thing = TypeVar("Thing")
Named = tuple[str, Thing]

OFFERED = 6
_COMPARED = 5000
"""Names compared letter by letter, at some ten microseconds each."""


def looked_up(wanted: str, tiers: Sequence[Iterable[Named[Thing]]]) -> tuple[list[Named[Thing]], list[str]]:
    """The things of that name, each once; where there are none, the names that come near.

    A name in full is looked for tier by tier. One in part, else one with a slip, counts where only one name of the
    first tier that has any is meant, or all that may be meant name one thing.
    """
    known: list[list[Named[Thing]]] = []
    folded = fold(wanted).strip()
    for tier in tiers:
        known.append([(name, thing) for name, thing in tier if name.strip()])
        if exact := [(name, thing) for name, thing in known[-1] if fold(name).strip() == folded]:
            return _distinct(exact), []
    names = list(dict.fromkeys(name for tier in known for name, _ in tier))
    near = Nearest(names).found(wanted, OFFERED) or _close(folded, names)
    near = [name for name in near if _has_begun(name, folded)] or near
    meant = next((found for tier in known if (found := [pair for pair in tier if pair[0] in near])), [])
    # "Keepers" names what it is called before what adds to it, "Keepers: other names".
    shortest = min((name for name, _ in meant), key=len, default="")
    if all(name == shortest or name.startswith(f"{shortest}: ") for name, _ in meant):
        meant = [pair for pair in meant if pair[0] == shortest]
    if len({fold(name) for name, _ in meant}) == 1 or len(_distinct(meant)) == 1:
        return _distinct(meant), []
    return [], near


def _has_begun(name: str, folded: str) -> bool:
    """Whether a word of a name, or some of them, begin as typed."""
    return f" {folded}" in " " + fold(name).replace("-", " ")


def unfound(wanted: str, near: Sequence[str], known: Sequence[str]) -> str:
    """What is said where nothing has that name: what comes near, else what there is."""
    if near:
        return f"“{wanted}” may be: {'; '.join(near)}."
    shown = "; ".join(known[:OFFERED])
    more = f" and {len(known) - OFFERED} more" if len(known) > OFFERED else ""
    return f"Nothing here is called “{wanted}”. There are: {shown}{more}."


def _distinct(pairs: Iterable[Named[Thing]]) -> list[Named[Thing]]:
    found: dict[int, Named[Thing]] = {}
    for name, thing in pairs:
        found.setdefault(id(thing), (name, thing))
    return list(found.values())


def _close(folded: str, names: Sequence[str]) -> list[str]:
    by_form = {fold(name): name for name in names[:_COMPARED]}
    return [by_form[form] for form in get_close_matches(folded, by_form, OFFERED, 0.7)]
