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
    "a reason": ("reason", "It sank because it leaked.", True),
    "no reason": ("reason", "It sank and leaked.", False),
}


@pytest.mark.parametrize(("wants", "text", "expected"), CASES.values(), ids=CASES)
def test_an_answer_holds_what_is_asked_for(wants: Wanted, text: str, expected: bool) -> None:
    requirements = Requirements(BOATS.names, BOATS.dates, BOATS.words, wants, BOATS.counted)
    assert holds_wanted(Stretch(text), requirements) is expected
