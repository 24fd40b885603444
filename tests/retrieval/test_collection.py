import pytest

from chatbot.retrieval.analysis import analyse
from chatbot.retrieval.collection import Collection
from chatbot.retrieval.passage import Passage, Sentence


def passage(document: str, text: str) -> Passage:
    return Passage(document, "Brenn", (), (Sentence(text, 0, len(text)),), tuple(analyse(text)))


@pytest.fixture(scope="module")
def collection() -> Collection:
    return Collection([passage("piers.md", "The oak pier is old."), passage("mayors.md", "Mayor Roe opened the pier.")])


def documents(collection: Collection, question: str, k: int = 5) -> list[str]:
    return [found.passage.document for found in collection.search(question, k)]


def test_questions_are_analysed_like_passages(collection: Collection) -> None:
    assert documents(collection, "Which MAYORS opened piers?") == ["mayors.md", "piers.md"]


def test_hidden_documents_never_take_a_place(collection: Collection) -> None:
    found = collection.search("mayor pier", 1, lambda document: document == "piers.md")
    assert [f.passage.document for f in found] == ["piers.md"]


def test_rare_terms_weigh_more_than_common_ones_and_unknown_ones_most(collection: Collection) -> None:
    assert collection.weight("pier") < collection.weight("oak") < collection.weight("zeppelin")


def test_an_empty_collection_finds_nothing() -> None:
    assert Collection([]).search("pier", 3) == []
