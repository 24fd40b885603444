import pytest
from reading_corpus import TODAY, understander

from chatbot.reading.expected import proper_names
from chatbot.reading.stretch import Stretch
from chatbot.reading.succession import Succession, succession_asked, tells_succession

UNDERSTANDER = understander()

ASKED = {
    "who led the choir after Mirela Obst?": ("Mirela Obst", True),
    "who followed Karla Brodt at the mill?": ("Karla Brodt", True),
    "who took over from Wenn": ("Wenn", True),
    "who was the successor of Wenn?": ("Wenn", True),
    "who led the choir before Obst?": ("Obst", False),
    "who was the predecessor of Karla Brodt?": ("Karla Brodt", False),
    "who led the choir after the flood?": None,
    "who led the choir after 1990?": None,
    "who led the choir?": None,
}

TOLD = {
    "followed": ("Otto Lund followed Ana Roe.", True, True),
    "followed, asked of the last": ("Otto Lund followed Ida Fenn, and Ana Roe followed Lund.", True, False),
    "followed by": ("Ana Roe was followed by Otto Lund.", True, True),
    "followed by, asked of the last": ("Otto Lund was followed by Ana Roe.", True, False),
    "in a row": ("It was led by Ana Roe and then by Otto Lund and Ida Fenn.", True, True),
    "at the end of a row": ("It was led by Otto Lund and then by Ida Fenn and Ana Roe.", True, False),
    "took over": ("Ana Roe stayed until May, when Otto Lund took over.", True, True),
    "took something else": ("Ana Roe met Otto Lund and took a boat.", True, False),
    "after": ("After Roe, Otto Lund led it.", True, True),
    "nobody else": ("Ana Roe led it later.", True, False),
    "only a surname in small letters": ("They followed the roe to Otto Lund.", True, False),
    "before, active": ("Ana Roe succeeded Otto Lund.", False, True),
    "before, passive": ("Otto Lund was succeeded by Ana Roe.", False, True),
    "before, in a row": ("It was led by Otto Lund and subsequently Ana Roe.", False, True),
    "before the first": ("It was led by Ana Roe and subsequently Otto Lund.", False, False),
    "before, asked of the predecessor": ("Otto Lund succeeded Ana Roe.", False, False),
}


@pytest.mark.parametrize(("question", "expected"), ASKED.items(), ids=ASKED)
def test_questions_for_successors_and_predecessors(question: str, expected: tuple[str, bool] | None) -> None:
    found = succession_asked(UNDERSTANDER.understand(question, TODAY))
    assert (None if found is None else (found.name, found.later)) == expected


@pytest.mark.parametrize(("text", "later", "expected"), TOLD.values(), ids=TOLD)
def test_sentences_that_tell_who_came_after_or_before(text: str, later: bool, expected: bool) -> None:
    found = Stretch(text)
    names = [run for run in proper_names(found) if [token.folded for token in run] != ["ana", "roe"]]
    assert tells_succession(found, Succession("Ana Roe", later, 0, 0), names) is expected
