import pytest
from reading_corpus import LEXICON, NAMES, TODAY, understander

from chatbot.reading.requirements import Requirements, requirements_of

UNDERSTANDER = understander()


def demands(question: str) -> Requirements:
    understanding = UNDERSTANDER.understand(question, TODAY)
    return requirements_of(understanding, lambda entity: NAMES[entity][2], LEXICON)


WANTED = {
    "who founded the festival?": "person",
    "whose pupil took over?": "person",
    "when was the parade moved?": "date",
    "what year was the parade moved?": "date",
    "where did the concerts move?": "place",
    "how many boats were there?": "number",
    "how tall is the heron?": "number",
    "what was the height of the heron?": "number",
    "how long did the strike last?": "duration",
    "why was the parade moved?": "reason",
    "what does the winner keep?": "",
    "how are boats judged?": "manner",
    "what is the purpose of the parade?": "purpose",
    "when may boats be varnished?": "condition",
    "which city did the concerts move to?": "name",
    "what are the main offices of the festival?": "name",
    "what is the name of the heron?": "name",
    "what did she do when the pier burnt?": "",
    "boats": "",
    "what percentage of boats sank?": "share",
    "under which circumstances were boats sunk?": "condition",
    "in which century was the pier built?": "date",
    "what caused the flood?": "reason",
}


@pytest.mark.parametrize(("question", "wanted"), WANTED.items(), ids=WANTED)
def test_the_kind_of_thing_asked_for(question: str, wanted: str) -> None:
    assert demands(question).wants == wanted


def test_known_names_bring_all_their_forms() -> None:
    assert demands("when did the LFQ begin?").names == (("LFQ", "Lantern Festival"),)


def test_capitalised_words_that_nothing_knows_are_demanded_as_they_stand() -> None:
    assert demands("what did Karla Brodt tell Wenn?").names == (
        ("Wenn", "Tobias Wenn", "Father Tobias"),
        ("Karla Brodt",),
    )


@pytest.mark.parametrize("question", ["what does the winner keep", "What Does The Winner Keep?"])
def test_capitals_say_nothing_where_there_are_none_or_all(question: str) -> None:
    assert demands(question).names == ()


def test_dates_are_demanded_and_are_no_words() -> None:
    found = demands("who directed the parade in 1983?")
    assert [interval.edtf for interval in found.dates] == ["1983"]
    assert [word.text for word in found.words] == ["directed", "parade"]


def test_fillers_and_grammar_demand_nothing() -> None:
    assert [word.text for word in demands("please tell me what is in the barge").words] == ["barge"]


def test_superlatives_are_demanded_though_grammar_words_express_them() -> None:
    assert [word.text for word in demands("which boat has the most oars").words] == ["boat", "most", "oars"]


def test_what_is_counted_is_known() -> None:
    assert demands("how many lanterns does a boat carry?").counted == ("lantern",)


def test_the_point_is_what_stands_behind_the_question_word() -> None:
    assert [word.text for word in demands("what is the motto of the boats?").words if word.is_point] == ["motto"]


def test_a_clause_of_time_is_a_setting() -> None:
    settings = [w.text for w in demands("what role had the priest when the strike ended?").words if w.is_setting]
    assert settings == ["strike", "ended"]


@pytest.mark.parametrize(
    ("question", "negated"),
    [("which boat does not sail?", True), ("who never sailed?", True), ("who sailed?", False)],
)
def test_negation_is_noticed(question: str, negated: bool) -> None:
    assert demands(question).is_negated is negated


@pytest.mark.parametrize(
    ("question", "describes"),
    [
        ("who is Mirela Obst?", True),
        ("what is a capstan?", True),
        ("when was Mirela Obst?", False),
        ("who is the pupil of Mirela Obst?", False),
    ],
)
def test_a_bare_name_asks_for_a_description(question: str, describes: bool) -> None:
    assert demands(question).describes is describes


NAMED = {
    "what are Letters of Credit?": [("Letters of Credit",)],
    "who met Karla Brodt and Ida Fenn?": [("Karla Brodt",), ("Ida Fenn",)],
    "what did the Board of the Mill do in May?": [("Board of the Mill",)],
}


@pytest.mark.parametrize(("question", "names"), NAMED.items(), ids=NAMED)
def test_small_words_stand_inside_names(question: str, names: list[tuple[str, ...]]) -> None:
    assert list(demands(question).names) == names


@pytest.mark.parametrize("stands", [True, False])
def test_a_year_belongs_to_a_name_that_the_texts_have_with_it(stands: bool) -> None:
    understanding = UNDERSTANDER.understand("when was Canal Vision 2010 launched?", TODAY)
    found = requirements_of(understanding, lambda entity: (), LEXICON, lambda phrase: stands)
    assert found.names == ((("Canal Vision 2010",),) if stands else (("Canal Vision",),))
    assert [interval.edtf for interval in found.dates] == ([] if stands else ["2010"])


ABOUT = {
    "what does the LFQ do?": True,
    "what is the LFQ responsible for?": True,
    "what is the aim of the LFQ?": True,
    "what does the LFQ include?": False,
    "what does the LFQ paint?": False,
    "what is the LFQ?": False,
    "who is the LFQ?": False,
}


@pytest.mark.parametrize(("question", "about"), ABOUT.items(), ids=ABOUT)
def test_what_something_does_is_asked_of_its_name_alone(question: str, about: bool) -> None:
    assert demands(question).is_about is about


def test_the_deed_is_the_verb_behind_who() -> None:
    deeds = {q: demands(q).deed for q in ("who painted the pier?", "who was the pilot?", "what burnt?")}
    assert [deed and deed.text for deed in deeds.values()] == ["painted", None, None]


def test_one_word_is_not_enough_to_be_answered() -> None:
    assert not demands("when was the strike?").asks
    assert not demands("what did they say?").asks
    assert demands("who painted the pier?").asks


def test_a_verb_right_behind_what_is_asked_for_is_no_kind_of_it() -> None:
    words = {word.text: word for word in demands("which wooden lantern lit the basin?").words}
    assert words["wooden"].is_common
    assert words["lantern"].is_common
    assert not words["lit"].is_common


def test_a_phrase_of_time_is_a_setting() -> None:
    words = {word.text: word.is_setting for word in demands("where were concerts held after the flood?").words}
    assert words["flood"]
    assert not words["concerts"]


def test_numbers_and_superlatives_let_nothing_stand_for_them() -> None:
    words = {word.text: word.is_exact for word in demands("which of the two oldest boats burnt?").words}
    assert words["oldest"]
    assert not words["boats"]
