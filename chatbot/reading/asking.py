"""What kind of answer a question asks for: a person, a date, a reason ..."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from chatbot.language.lexicon import Lexicon
from chatbot.language.understanding import Unit
from chatbot.reading.vocabulary import KINDS, LIGHT, PURPOSES
from chatbot.retrieval.analysis import base

Wanted = Literal[
    "",
    "person",
    "name",
    "date",
    "condition",
    "number",
    "share",
    "distance",
    "place",
    "duration",
    "reason",
    "purpose",
    "manner",
]

_BY_CONCEPT: dict[str, Wanted] = {
    "who": "person",
    "when": "date",
    "where": "place",
    "how_long": "duration",
    "how_many": "number",
    "how_much": "number",
    "how_old": "number",
    "why": "reason",
}
_BY_WORD: dict[str, Wanted] = {"who": "person", "whom": "person", "whose": "person", "why": "reason"}
_ASKING = frozenset(["who", "whom", "whose", "why", "how", "what", "which"])
_OPENERS = frozenset(["list", "is_it", "describe"])
"""Concepts of question words that ask for no particular type."""
_DETERMINERS = frozenset("the a an its his her their your our".split())
_NAMES = frozenset(["name", "names"])
_LONGEST_COUNTED = 2
_CIRCUMSTANCES = frozenset("circumstance circumstances condition conditions case cases situation situations".split())
_WITHIN = frozenset("under in on".split())
_SHARES = frozenset("percentage percent proportion share fraction".split())
_TIMES = frozenset("century decade centuries decades".split())
_CAUSING = (
    "caused",
    "causes",
    "triggered",
    "prompted",
    "provoked",
    "sparked",
    "brought about",
    "led to",
    "gave rise to",
)
_SPECIAL = frozenset("special remarkable unusual notable peculiar particular interesting unique odd strange".split())
_CALLED = frozenset("called named termed titled entitled dubbed nicknamed".split())
MODAL = frozenset("can could may might must should shall allowed permitted supposed able".split())


class Asked(msgspec.Struct, frozen=True):
    """What is asked for, and the words of the question that only say so."""

    unit: Unit | None = None
    """The question word."""
    wants: Wanted = ""
    light: tuple[Unit, ...] = ()
    """Units that name no more than the kind of the answer: "which body ...", "the aim of ..."."""
    kind: tuple[Unit, ...] = ()
    """Units that describe the answer: "which *Ugandan town* ..."; a text may give the answer without them."""
    head: Unit | None = None
    """The noun asked for: "what is the visiting *time*?"."""


def asked_for(units: Sequence[Unit], lexicon: Lexicon) -> Asked:
    """What the question asks for; nothing in particular where it has no question word."""
    asking = _asking(units, lexicon)
    if asking is None:
        return Asked()
    asked = _asked_by_word(units, asking, lexicon) or _asked_by_noun(units, asking)
    if asking.folded.split()[0] in ("what", "how"):
        called = tuple(unit for unit in units if unit.folded in _CALLED and unit.start > asking.start)
        asked = msgspec.structs.replace(asked, light=asked.light + called)
    return asked


def _asked_by_word(units: Sequence[Unit], asking: Unit, lexicon: Lexicon) -> Asked | None:
    """What the question word itself asks for, a property or a name."""
    following = units[units.index(asking) + 1 :]
    if asking.folded == "how far" and following and following[0].folded == "back":
        return Asked(asking, "date", (asking, following[0]))
    wants = _wanted(asking) or _wanted_property(units, asking, lexicon) or _wanted_name(units)
    modals = tuple(unit for unit in units if unit.folded in MODAL)
    if wants == "date" and modals:
        return Asked(asking, "condition", modals)
    if asking.folded == "how far":
        return Asked(asking, "distance", (asking,))
    return Asked(asking, wants) if wants else None


def _asked_by_noun(units: Sequence[Unit], asking: Unit) -> Asked:
    """What the noun behind "what" or "which" asks for."""
    at, phrase = units.index(asking), _noun_phrase(units, asking)
    if not phrase:
        return Asked(asking, "manner" if asking.folded == "how" else "")
    if phrase[0].folded in PURPOSES:
        return Asked(asking, "purpose", (phrase[0],))
    if phrase[-1].folded in _SPECIAL and [u.folded for u in units if u.start > phrase[-1].start][:1] == ["about"]:
        return Asked(asking, "", (phrase[-1],))
    if asking.folded == "what" and " ".join(u.folded for u in units[at + 1 : at + 4]).startswith(_CAUSING):
        return Asked(asking, "reason", (phrase[0],))
    if asking.folded in ("what", "which") and units[at + 1] in phrase:
        first = phrase[0]
        if first.folded in _CIRCUMSTANCES and at > 0 and units[at - 1].folded in _WITHIN:
            return Asked(asking, "condition", (first,))
        if first.folded in _SHARES:
            return Asked(asking, "share", (first,))
        if first.folded in _TIMES:
            return Asked(asking, "date", (first,))
        phrase = _without_verb(phrase)
        kinds = tuple(unit for unit in phrase if unit.folded in KINDS)
        return Asked(asking, "name" if kinds else "", kinds, tuple(phrase))
    before = {word for unit in units if unit.start < phrase[0].start for word in unit.folded.split()}
    is_plural = not before.isdisjoint(("are", "were")) and phrase[-1].folded.endswith("s")
    if is_plural and any(unit.folded in KINDS for unit in phrase):
        return Asked(asking, "name", head=phrase[-1])
    return Asked(asking, "manner" if asking.folded == "how" else "", head=phrase[-1])


def _without_verb(phrase: Sequence[Unit]) -> list[Unit]:
    """A noun phrase up to the verb that follows it at once: "which *journalist* asked ..."."""
    verbs = (n for n, unit in enumerate(phrase) if n > 0 and is_past(unit.folded))
    return list(phrase[: next(verbs, len(phrase))])


def is_past(word: str) -> bool:
    """Whether a folded word may be a past form of a verb."""
    return word.endswith("ed") or base(word) != word


def counted(units: Sequence[Unit], asked: Asked) -> list[Unit]:
    """What "how many" asks the number of: the noun behind it and what describes the noun."""
    if asked.unit is None or not ({"how_many"} & asked.unit.meanings or asked.unit.folded == "by how many"):
        return []
    found = []
    for unit in _noun_phrase(units, asked.unit)[:_LONGEST_COUNTED]:
        if unit.folded in LIGHT:
            break
        found.append(unit)
        if unit.folded.endswith("s"):
            break
    return found


def is_next(units: Sequence[Unit], asking: Unit, unit: Unit) -> bool:
    """Whether only grammar stands between the question word and `unit`."""
    between = [u for u in units if asking.start < u.start < unit.start]
    return unit.start > asking.start and all(u.is_stop or u.is_filler for u in between)


def _asking(units: Sequence[Unit], lexicon: Lexicon) -> Unit | None:
    """The unit that says what kind of thing is asked for: the first question word that is no mere opener."""
    for unit in units:
        meanings = unit.meanings & lexicon.questions
        first = unit.folded.split()[:1]
        if meanings - _OPENERS or (first and first[0] in _ASKING):
            return unit
    return None


def _wanted(asking: Unit) -> Wanted:
    first = asking.folded.split()[0]
    if first in _BY_WORD:
        return _BY_WORD[first]
    for concept, wanted in _BY_CONCEPT.items():
        if concept in asking.meanings:
            return wanted
    # "how tall", "how heavy": phrases that ask for a property
    is_number = (first == "how" and asking.properties) or asking.folded == "by how many"
    return "number" if is_number else ""


def _wanted_property(units: Sequence[Unit], asking: Unit, lexicon: Lexicon) -> Wanted:
    """What "what was the annual budget ..." asks for: the type of the property its noun phrase ends in."""
    phrase = _noun_phrase(units, asking)
    before = {u.folded for u in units if phrase and asking.start < u.start < phrase[0].start}
    if not phrase or before.isdisjoint(_DETERMINERS) or asking.folded == "which":
        return ""
    asks = {lexicon.properties[key].asks for key in phrase[-1].properties if key in lexicon.properties}
    return "number" if asks == {"number"} or "share" in phrase[-1].meanings else ""


def _wanted_name(units: Sequence[Unit]) -> Wanted:
    """ "what is the name of the pony": however it is said, a name answers."""
    return "name" if any(_NAMES.intersection(unit.folded.split()) for unit in units) else ""


def _noun_phrase(units: Sequence[Unit], asking: Unit) -> list[Unit]:
    """The words right behind the question word, up to the next word of grammar, name or date."""
    phrase: list[Unit] = []
    for unit in units:
        if unit.start > asking.start and not (unit.is_stop and not phrase):
            if unit.is_stop or unit.date is not None or unit.names:
                break
            phrase.append(unit)
    return phrase
