import msgspec
import pytest

from chatbot.language.dates import Interval
from chatbot.reading.expected import holds_wanted
from chatbot.reading.requirements import Requirements, Wanted, Word
from chatbot.reading.stretch import Stretch

BOATS = Requirements(
    (("Ana Roe",),),
    (Interval.parse("1983"),),
    (Word("boats", ("boat",)), Word("moved", ("move",))),
    counted=("boat",),
    terms=frozenset(["ana", "roe", "boat", "move"]),
)

CASES: dict[str, tuple[Wanted, str, bool]] = {
    "anything": ("", "boats", True),
    "a new name": ("person", "In May Otto Lund left.", True),
    "only the name asked about": ("person", "In May Ana Roe left.", False),
    "an ordinary word that begins a sentence": ("person", "Rain fell on the boats.", False),
    "a month is no name": ("person", "They left in May.", False),
    "a new date": ("date", "They sailed in 1984.", True),
    "only the date asked about": ("date", "They sailed in 1983.", False),
    "dates of a life": ("date", "Otto Lund (born 1956), keeper of boats.", False),
    "a span of years of a life": ("date", "Otto Lund (1931–2008), keeper of boats.", False),
    "a year in brackets": ("date", "The long war (1956) sank them.", True),
    "a number by what is counted": ("number", "Eleven small boats sailed.", True),
    "a number of other things": ("number", "Boats sailed with the priest, the mayor and eleven men.", False),
    "a year is no number": ("number", "Boats sailed in 1984.", False),
    "a place with a name": ("place", "They sailed from Brenn.", True),
    "the name asked about is no place": ("place", "They sailed with the boats to Ana Roe.", False),
    "a place behind the verb asked about": ("place", "They moved to the station.", True),
    "a preposition elsewhere": ("place", "They moved, and a man in the bar sang.", False),
    "a length of time": ("duration", "It rained for seven weeks.", True),
    "two dates": ("duration", "It rained from 3 May 1983 to 9 June 1983.", True),
    "one date": ("duration", "It rained in 1983.", False),
    "a purpose as a reason": ("reason", "They moved quickly, to save money.", True),
    "an infinitive that a verb governs": ("reason", "They wanted to move.", False),
    "an aim": ("purpose", "It was meant to keep boats dry.", True),
    "no aim": ("purpose", "It kept boats dry.", False),
    "a condition": ("condition", "Boats moved only at night.", True),
    "no condition": ("condition", "Boats moved often.", False),
    "a name for a kind of thing": ("name", "Boats came from Brenn.", True),
    "no name for a kind of thing": ("name", "Boats came from afar.", False),
    "a name given by a word": ("name", "Boats of a kind called cobles came.", True),
    "a share": ("share", "Boats carry 40% of it.", True),
    "a part in words": ("share", "Boats carry a third of it.", True),
    "a number is no share": ("share", "Boats carry 40 of them.", False),
    "a distance": ("distance", "They moved it forty yards.", True),
    "a number is no distance": ("distance", "They moved forty boats.", False),
    "a condition that is stated": ("condition", "They lent it on condition that it came back.", True),
    "a place that a verb asked about leads to": ("place", "They moved Brenn.", True),
    "any manner": ("manner", "Boats moved.", True),
    "a month, where a year is given": ("date", "Boats sail in August.", False),
    "a reason": ("reason", "It sank because it leaked.", True),
    "no reason": ("reason", "It sank and leaked.", False),
}


DOERS = {
    "before the verb": ("In May Otto Lund founded it.", True),
    "behind by": ("It was founded in May by Otto Lund.", True),
    "people of a trade": ("It was founded by leather workers.", True),
    "another verb": ("Otto Lund sold it.", True),
    "an object": ("It founded Otto Lund.", False),
    "only the name asked about": ("Ana Roe founded it.", False),
    "belonging to another noun": ("The pupil of Otto Lund founded it.", True),
    "a place": ("In Brenn they founded it.", False),
    "of its foundation": ("The Otto Lund Hall tells of the founding of it.", False),
    "things": ("Mills founded it.", False),
    "the one asked about right before the verb": ("Otto Lund left with Ana Roe founding it.", False),
}

LANDS = {
    "a country": ("It came from Norway.", True),
    "its people": ("It was a Norwegian boat.", True),
    "another name": ("It came from Brenn.", False),
    "its people at the beginning": ("Norwegian boats came.", True),
}


@pytest.mark.parametrize(("text", "expected"), DOERS.values(), ids=DOERS)
def test_who_did_it_stands_where_the_doer_stands(text: str, expected: bool) -> None:
    deed = Word("founded", ("found",), families=Stretch("founded").families)
    requirements = Requirements((("Ana Roe",),), (), (deed,), "person", deed=deed, terms=frozenset(["ana", "roe"]))
    assert holds_wanted(Stretch(text), requirements) is expected


@pytest.mark.parametrize(("text", "expected"), LANDS.values(), ids=LANDS)
def test_a_country_is_answered_by_a_country(text: str, expected: bool) -> None:
    requirements = Requirements((), (), (Word("country", ("countri",), is_light=True),), "name")
    assert holds_wanted(Stretch(text), requirements) is expected


@pytest.mark.parametrize(("wants", "text", "expected"), CASES.values(), ids=CASES)
def test_an_answer_holds_what_is_asked_for(wants: Wanted, text: str, expected: bool) -> None:
    requirements = msgspec.structs.replace(BOATS, wants=wants)
    assert holds_wanted(Stretch(text), requirements) is expected
