"""The contract of every engine; a new one is added to ENGINES."""

import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.retrieval.bm25 import BM25Index, inverse_document_frequency
from chatbot.retrieval.disk import DiskIndex, DiskWriter
from chatbot.retrieval.index import IndexFactory
from chatbot.retrieval.store import Packed


def on_disk(passages: Sequence[Sequence[str]]) -> DiskIndex:
    """An index whose folder is gone, as that of a reader whose index was deleted meanwhile."""
    with TemporaryDirectory() as folder:
        with DiskWriter(Path(folder)) as writer:
            writer.add(1, [Packed(" ".join(terms), b"") for terms in passages])
            writer.commit(b"")
        return DiskIndex(Path(folder))


ENGINES: dict[str, IndexFactory] = {"rank_bm25": BM25Index, "tantivy": on_disk}

HARBOUR = ["ferry", "harbour", "pier", "harbour"]
FARM = ["apple", "orchard", "pier"]
TOWN = ["mayor", "council", "pier", "harbour"]

terms = st.lists(st.sampled_from("abcdef"), max_size=6)


@pytest.fixture(params=ENGINES.values(), ids=ENGINES, scope="module")
def engine(request: pytest.FixtureRequest) -> IndexFactory:
    factory: IndexFactory = request.param
    return factory


def found(engine: IndexFactory, passages: list[list[str]], question: list[str], k: int = 10) -> list[int]:
    return [hit.passage for hit in engine(passages).search(question, k)]


def test_the_passage_with_more_of_the_rarer_terms_comes_first(engine: IndexFactory) -> None:
    assert found(engine, [FARM, HARBOUR, TOWN], ["harbour", "ferry"]) == [1, 2]


def test_nothing_is_found_in_an_empty_corpus(engine: IndexFactory) -> None:
    assert found(engine, [], ["harbour"]) == []


def test_nothing_is_found_in_passages_without_terms(engine: IndexFactory) -> None:
    assert found(engine, [[], []], ["harbour"]) == []


def test_a_passage_without_terms_is_never_found(engine: IndexFactory) -> None:
    assert found(engine, [[], HARBOUR], ["harbour"]) == [1]


def test_nothing_is_found_for_no_terms(engine: IndexFactory) -> None:
    assert found(engine, [HARBOUR], []) == []


def test_unknown_terms_change_nothing(engine: IndexFactory) -> None:
    assert found(engine, [FARM, HARBOUR], ["zeppelin"]) == []
    assert found(engine, [FARM, HARBOUR], ["zeppelin", "ferry"]) == [1]


def test_a_single_passage_is_found(engine: IndexFactory) -> None:
    assert found(engine, [HARBOUR], ["ferry"]) == [0]


def test_a_term_of_every_passage_finds_them_all(engine: IndexFactory) -> None:
    assert sorted(found(engine, [FARM, HARBOUR, TOWN], ["pier"])) == [0, 1, 2]


def test_one_of_two_passages_is_told_apart(engine: IndexFactory) -> None:
    assert found(engine, [FARM, HARBOUR], ["orchard", "pier"]) == [0, 1]


@pytest.mark.parametrize(("k", "count"), [(0, 0), (1, 1), (2, 2), (9, 3), (-1, 0)])
def test_at_most_k_are_returned(engine: IndexFactory, k: int, count: int) -> None:
    assert len(found(engine, [FARM, HARBOUR, TOWN], ["pier"], k)) == count


@given(passages=st.lists(terms, max_size=8), question=terms)
def test_found_exactly_when_a_term_is_shared(
    engine: IndexFactory, passages: list[list[str]], question: list[str]
) -> None:
    hits = engine(passages).search(question, len(passages))
    sharing = {n for n, passage in enumerate(passages) if set(passage) & set(question)}
    assert {hit.passage for hit in hits} == sharing
    assert all(hit.score > 0 for hit in hits)


@given(passages=st.lists(terms, max_size=8), question=terms, k=st.integers(0, 8))
def test_order_is_by_score_then_place_and_k_only_cuts(
    engine: IndexFactory, passages: list[list[str]], question: list[str], k: int
) -> None:
    index = engine(passages)
    every = index.search(question, len(passages))
    assert every == sorted(every, key=lambda hit: (-hit.score, hit.passage))
    assert index.search(question, k) == every[:k]


LONGEST_EXACT = 40
"""tantivy knows lengths of more terms only roughly, in steps of up to an eighth, as Lucene does."""


def test_engines_give_the_same_ranking_and_scores() -> None:
    chance = random.Random(1)
    vocabulary = [f"w{n}" for n in range(60)]
    passages = [chance.choices(vocabulary, range(60, 0, -1), k=chance.randrange(LONGEST_EXACT)) for _ in range(400)]
    # The index on disk counts its own record as a passage without terms.
    memory, disk = BM25Index([*passages, []]), on_disk(passages)
    for _ in range(100):
        question = chance.sample(vocabulary, 5)
        expected, hits = memory.search(question, 400), disk.search(question, 400)
        scores = {hit.passage: hit.score for hit in expected}
        assert [scores[hit.passage] for hit in hits] == pytest.approx([hit.score for hit in expected], rel=1e-5)
        assert {hit.passage: hit.score for hit in hits} == pytest.approx(scores, rel=1e-5)


def test_long_passages_are_ranked_alike_by_all_engines() -> None:
    chance = random.Random(1)
    vocabulary = [f"w{n}" for n in range(2000)]
    passages = [chance.choices(vocabulary, range(2000, 0, -1), k=chance.randrange(40, 250)) for _ in range(400)]
    memory, disk = BM25Index([*passages, []]), on_disk(passages)
    shared = 0
    for _ in range(100):
        question = chance.sample(vocabulary, 8)
        best = [{hit.passage for hit in engine.search(question, 10)} for engine in (memory, disk)]
        shared += len(best[0] & best[1])
    assert shared >= 950  # of 1,000


@given(st.integers(1, 1000).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_rarer_terms_weigh_more_and_all_weigh_something(counts: tuple[int, int]) -> None:
    passages, containing = counts
    rarer = inverse_document_frequency(passages, containing)
    assert rarer > inverse_document_frequency(passages, containing + 1) > 0
