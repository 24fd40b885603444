"""A corpus on disk: it answers as one in memory does, takes up only what changed, and survives whatever kills it."""

import gzip
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.documents.loading import corpus_files, load
from chatbot.indexing import SMALL, build_passages
from chatbot.retrieval.collection import Collection
from chatbot.retrieval.stored import StoredCollection, is_current
from chatbot.retrieval.updating import update

TOWNS = ("Alder", "Brack", "Cold", "Dun", "Elm", "Fern", "Gorse", "Heath")
WORKS = ("bridge", "mill", "lighthouse", "theatre", "brewery", "harbour", "library", "windmill")


def record(number: int, year: int = 1700) -> dict[str, str]:
    town, work = TOWNS[number % 8] + "ford" * (number // 64 % 2), WORKS[number // 8 % 8]
    text = f"The {work} of {town} number{number} was opened in {year + number % 250}. It was paid for by “Ada Roe”."
    return {"title": f"{town} number{number}", "text": text}


def write(path: Path, records: list[dict[str, str]]) -> Path:
    text = "".join(json.dumps(each, ensure_ascii=number % 2 == 0) + "\n" for number, each in enumerate(records))
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def stored(corpus: Path, folder: Path) -> StoredCollection:
    update(folder, corpus_files([corpus]))
    return StoredCollection(folder)


def found(collection: StoredCollection | Collection, question: str) -> list[tuple[str, str]]:
    return [(hit.passage.document, hit.passage.text) for hit in collection.search(question, 5)]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder / "towns.jsonl", [record(n) for n in range(300)])
    write(folder / "more.jsonl.gz", [record(n) for n in range(300, 360)])
    (folder / "note.md").write_text("# Note\n\nThe ferry of Dun sank in 1911.\n", encoding="utf-8")
    return folder


QUESTIONS = ("when was the bridge of Alder number64 opened?", "who paid for the mill?", "when did the ferry sink?")


@pytest.mark.parametrize("question", QUESTIONS)
def test_disk_and_memory_find_the_same(corpus: Path, tmp_path: Path, question: str) -> None:
    in_memory = Collection(build_passages(load([corpus]).documents).passages)
    on_disk = stored(corpus, tmp_path / "index")
    assert len(on_disk) == len(in_memory)
    assert found(on_disk, question) == found(in_memory, question)


def test_every_sentence_is_quoted_from_its_place(corpus: Path, tmp_path: Path) -> None:
    on_disk = stored(corpus, tmp_path / "index")
    for number in (0, 17, 299, 300, 359):
        hit = on_disk.search(f"number{number}", 1)[0]
        name, _, line = hit.passage.document.rpartition("#")
        path = corpus / name
        data = path.read_bytes()
        source = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
        window = on_disk.source(hit.passage.document)
        assert window is not None
        for sentence in hit.passage.sentences:
            assert window[sentence.start : sentence.end] == source[sentence.start : sentence.end]
            assert source[: sentence.start].count("\n") == int(line) - 1
        assert f"number{number}" in hit.passage.text


def test_only_what_changed_is_taken_up(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    stored(corpus, folder)
    assert is_current(folder, corpus_files([corpus]))
    (corpus / "note.md").write_text("# Note\n\nThe ferry of Dun sank in 1925.\n", encoding="utf-8")
    (corpus / "more.jsonl.gz").unlink()
    write(corpus / "new.jsonl", [{"title": "New", "text": "The observatory of Fern was built in 1999."}])
    assert not is_current(folder, corpus_files([corpus]))
    taken: list[int] = []
    update(folder, corpus_files([corpus]), lambda documents, passages, share: taken.append(documents))
    after = StoredCollection(folder)
    assert taken[-1] == 2
    assert "1925" in found(after, "when did the ferry sink?")[0][1]
    assert "1999" in found(after, "observatory of Fern")[0][1]
    assert not [text for _, text in found(after, "number359") if "number359" in text]
    assert len(after) == 302


def test_a_line_added_to_a_long_file_leaves_most_of_it_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "long.jsonl", [record(n) for n in range(4000)])
    folder = tmp_path / "index"
    stored(path, folder)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.insert(5, json.dumps({"title": "New", "text": "The observatory of Fern was built in 1999."}) + "\n")
    path.write_text("".join(lines), encoding="utf-8")
    taken: list[int] = []
    update(folder, corpus_files([path]), lambda documents, passages, share: taken.append(documents))
    after = StoredCollection(folder)
    assert taken[-1] < 2000
    assert found(after, "observatory of Fern")[0][0] == "long.jsonl#6"
    assert found(after, "number3999")[0][0] == "long.jsonl#4001"
    assert len(after) == 4001


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(["add", "drop", "change"]), max_size=4), st.randoms(use_true_random=False))
def test_steps_lead_where_a_fresh_index_does(steps: list[str], chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        (base / "corpus").mkdir()
        records = [record(n) for n in range(40)]
        write(base / "corpus" / "a.jsonl", records)
        stored(base / "corpus", base / "index")
        for step, kind in enumerate(steps):
            at = chance.randrange(len(records))
            if kind == "add":
                records.insert(at, record(100 + step))
            elif kind == "drop":
                records.pop(at)
            else:
                records[at] = record(200 + step)
            write(base / "corpus" / "a.jsonl", records)
            stored(base / "corpus", base / "index")
        stepwise, fresh = StoredCollection(base / "index"), stored(base / "corpus", base / "fresh")
        assert len(stepwise) == len(fresh) == len(records)
        for each in records[::7]:
            assert found(stepwise, each["title"])[0] == found(fresh, each["title"])[0]


def test_a_reader_keeps_what_it_opened(corpus: Path, tmp_path: Path) -> None:
    before = stored(corpus, tmp_path / "index")
    (corpus / "note.md").unlink()
    update(tmp_path / "index", corpus_files([corpus]))
    assert "1911" in found(before, "when did the ferry sink?")[0][1]


_UPDATE = """
import sys
import tempfile
from pathlib import Path
from chatbot.documents.loading import corpus_files
from chatbot.retrieval.updating import update
print("begun", flush=True)
update(Path(sys.argv[1]), corpus_files([Path(sys.argv[2])]))
"""


@pytest.mark.parametrize("bytes_written", [0, 20_000, 200_000, 1_000_000])
def test_a_killed_run_loses_nothing_and_the_next_completes_it(tmp_path: Path, bytes_written: int) -> None:
    """The run is killed as soon as the index folder has grown by so much, whenever that is."""
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    write(corpus / "a.jsonl", [record(n) for n in range(200)])
    before = found(stored(corpus, folder), "number150")
    write(corpus / "b.jsonl", [record(n) for n in range(1000, 6000)])
    size = _size(folder)
    run = subprocess.Popen([sys.executable, "-c", _UPDATE, str(folder), str(corpus)], stdout=subprocess.PIPE)
    assert run.stdout is not None
    run.stdout.readline()
    while run.poll() is None and _size(folder) < size + bytes_written:
        pass
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    left = StoredCollection(folder)
    assert len(left) in (200, 5200)
    assert found(left, "number150") == before
    update(folder, corpus_files([corpus]))
    after = StoredCollection(folder)
    assert len(after) == 5200
    assert "number5999" in found(after, "number5999")[0][1]


def _size(folder: Path) -> int:
    total = 0
    for path in folder.iterdir():
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total


def test_two_writers_take_turns(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    threads = [threading.Thread(target=update, args=(folder, corpus_files([corpus]))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(StoredCollection(folder)) == 361


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    observatory = {"title": "Ravensholm", "text": "The observatory of Ravensholm was opened in 1764 by Ada Roe."}
    path = write(folder / "towns.jsonl", [*(record(n) for n in range(SMALL + 499)), observatory])
    with path.open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    (folder / "keepers.csv").write_text("Keeper,From,To\nTomas Wren,1874,1909\nInes Vale,1909,1930\n", encoding="utf-8")
    return folder


def test_a_large_corpus_gives_passages_and_facts_and_says_so(large: Path, tmp_path: Path) -> None:
    notices: list[str] = []
    bot = Chatbot.open(large, cache=tmp_path / "cache", on_warning=notices.append)
    bot.prepare()
    assert bot.engine == "tantivy"
    assert any("tantivy" in notice for notice in notices)
    assert [value.text for value in bot.ask("who was the keeper in 1911?").value] == ["Ines Vale"]
    answer = bot.ask("when was the observatory of Ravensholm opened?")
    assert "1764" in answer.text
    cited = answer.citations[0]
    source = (large / "towns.jsonl").read_text(encoding="utf-8")
    assert source[cited.start : cited.end] == cited.quote
    assert bot.ask("when was the observatory of Grimsby opened?").kind == "unknown"
    assert [skipped.path for skipped in bot.skipped] == [f"towns.jsonl#{SMALL + 501}"]
    again: list[str] = []
    Chatbot.open(large, cache=tmp_path / "cache", on_warning=again.append).prepare()
    assert not any("tantivy" in notice for notice in again)


def test_documents_that_may_not_be_seen_are_passed_over(large: Path, tmp_path: Path) -> None:
    bot = Chatbot.open(large, cache=tmp_path / "cache")
    hidden = bot.search("number64", 1)[0].passage.document
    assert all(hit.passage.document != hidden for hit in bot.search("number64", 5, lambda document: document != hidden))
    assert bot.search("number64", 5, lambda document: False) == []
