"""The cache on disk: whole files of one known type, and nothing worse than lost time."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot import Chatbot
from chatbot.cache import MOST_FILES, Cache, key_of
from chatbot.places import cache_folder


class Entry(msgspec.Struct, frozen=True):
    name: str
    numbers: tuple[int, ...] = ()


ENTRY = Entry("Guéhenno", (1, 2, 3))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache")


def only_file(cache: Cache) -> Path:
    (path,) = cache.folder.iterdir()
    return path


def test_what_was_put_is_got(cache: Cache) -> None:
    cache.put("a", ENTRY)
    assert cache.get("a", Entry) == ENTRY


def test_what_was_not_put_is_not_there(cache: Cache) -> None:
    assert cache.get("a", Entry) is None


def test_a_later_entry_takes_the_place_of_an_earlier(cache: Cache) -> None:
    cache.put("a", ENTRY)
    cache.put("a", Entry("new"))
    assert cache.get("a", Entry) == Entry("new")


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data.replace(b"1", b"7"),
        lambda data: data + b" ",
        lambda data: b"\xff" * 100,
        lambda data: data.partition(b"\n")[2],
    ],
    ids=["last byte lost", "half lost", "emptied", "changed", "added to", "noise", "no checksum"],
)
def test_a_damaged_file_counts_as_none(cache: Cache, damage: object) -> None:
    cache.put("a", ENTRY)
    path = only_file(cache)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert cache.get("a", Entry) is None
    cache.put("a", ENTRY)
    assert cache.get("a", Entry) == ENTRY


@pytest.mark.parametrize("content", [b"{}", b'{"name": "x"}', b"[]", b'"' * 5000, b"[" * 200_000], ids=len)
def test_foreign_files_are_ignored(cache: Cache, content: bytes) -> None:
    cache.folder.mkdir(parents=True)
    (cache.folder / "a.json").write_bytes(content)
    assert cache.get("a", Entry) is None


def test_an_entry_of_another_type_counts_as_none(cache: Cache) -> None:
    cache.put("a", {"other": 1})
    assert cache.get("a", Entry) is None
    assert cache.get("a", dict[str, int]) == {"other": 1}


def test_nothing_but_whole_entries_is_left_behind(cache: Cache) -> None:
    for number in range(3):
        cache.put(f"a{number}", ENTRY)
    assert sorted(path.name for path in cache.folder.iterdir()) == ["a0.json", "a1.json", "a2.json"]


def test_readers_never_see_half_an_entry(cache: Cache) -> None:
    entries = [Entry(name, tuple(range(4000))) for name in "abcd"]

    def write_and_read(entry: Entry) -> bool:
        cache.put("shared", entry)
        return cache.get("shared", Entry) in entries

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(write_and_read, entries * 10))


def test_a_folder_that_cannot_be_written_to_only_costs_time(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = Cache(blocked / "cache")
    cache.put("a", ENTRY)
    assert cache.get("a", Entry) is None


def test_a_file_in_the_way_only_costs_time(cache: Cache) -> None:
    (cache.folder / "a.json").mkdir(parents=True)
    cache.put("a", ENTRY)
    assert cache.get("a", Entry) is None
    assert [path.name for path in cache.folder.iterdir()] == ["a.json"]


def test_the_files_used_longest_ago_go_first(cache: Cache) -> None:
    for number in range(MOST_FILES + 5):
        cache.put(f"a{number:03}", ENTRY)
        os.utime(cache.folder / f"a{number:03}.json", (number, number))
    kept = sorted(path.stem for path in cache.folder.iterdir())
    assert len(kept) == MOST_FILES
    assert kept[-1] == f"a{MOST_FILES + 4:03}"
    assert "a000" not in kept


def test_a_file_that_is_read_counts_as_used(cache: Cache) -> None:
    for number in range(MOST_FILES):
        cache.put(f"a{number:03}", ENTRY)
        os.utime(cache.folder / f"a{number:03}.json", (number, number))
    assert cache.get("a000", Entry) == ENTRY
    cache.put("one more", ENTRY)
    assert cache.get("a000", Entry) == ENTRY
    assert cache.get("a001", Entry) is None


def test_the_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"


def test_the_folder_is_the_user_s_cache_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHATBOT_CACHE", raising=False)
    assert cache_folder().is_absolute()
    assert cache_folder().name == "chatbot"


PARTS = st.lists(st.binary(max_size=6), max_size=4)


@given(PARTS, PARTS)
def test_keys_are_equal_where_all_parts_are(one: list[bytes], other: list[bytes]) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)


# -- the bot's own cache

TOWN = "# Tarn\n\n| Mayor | From | To |\n|---|---|---|\n| Ana Ruiz | 1990 | 1994 |\n| Bo Lind | 1994 | present |\n"
INTENT = "description: Nothing.\nsentences: [zzyzx]\nresponses: [Zzyzx!]\n"


def mayor(corpus: Path, folder: Path, *intents: Path) -> str:
    return Chatbot.open(corpus, list(intents), cache=folder).ask("who was mayor in 1992?").text


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "tarn.md").write_text(TOWN, encoding="utf-8")
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_opening_again_reads_what_was_kept(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first = mayor(corpus, folder)
    kept = names(folder)
    assert kept
    assert mayor(corpus, folder) == first
    assert names(folder) == kept


def test_changed_documents_are_read_anew(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert "Ana Ruiz" in mayor(corpus, folder)
    (corpus / "tarn.md").write_text(TOWN.replace("Ana Ruiz", "Eva Klein"), encoding="utf-8")
    assert "Eva Klein" in mayor(corpus, folder)


def test_changed_documents_leave_the_compiled_intents(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    mayor(corpus, folder)
    intents = {name for name in names(folder) if name.startswith("intents-")}
    assert len(intents) == 1
    (corpus / "more.md").write_text("# Note\n\nThe ferry of Tarn sank in 1911.\n", encoding="utf-8")
    assert "Ana Ruiz" in mayor(corpus, folder)
    assert {name for name in names(folder) if name.startswith("intents-")} == intents


def test_a_renamed_document_is_cited_by_its_new_name(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    mayor(corpus, folder)
    (corpus / "tarn.md").rename(corpus / "town.md")
    answer = Chatbot.open(corpus, cache=folder).ask("who was mayor in 1992?")
    assert {citation.document for citation in answer.citations} == {"town.md"}


def test_added_and_changed_intents_are_read_anew(corpus: Path, tmp_path: Path) -> None:
    folder, own = tmp_path / "cache", tmp_path / "own"
    own.mkdir()
    (own / "zzyzx.yaml").write_text(INTENT, encoding="utf-8")
    assert Chatbot.open(corpus, cache=folder).ask("zzyzx").kind == "unknown"
    assert Chatbot.open(corpus, own, cache=folder).ask("zzyzx").text == "Zzyzx!"
    (own / "zzyzx.yaml").write_text(INTENT.replace("Zzyzx!", "Again!"), encoding="utf-8")
    assert Chatbot.open(corpus, own, cache=folder).ask("zzyzx").text == "Again!"


@pytest.mark.parametrize("content", [b"", b"{}", b"\x00\x01"], ids=repr)
def test_a_damaged_index_is_built_again(corpus: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "cache"
    mayor(corpus, folder)
    for path in folder.iterdir():
        path.write_bytes(content)
    assert "Ana Ruiz" in mayor(corpus, folder)


def test_without_a_place_to_write_the_bot_works(corpus: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert "Ana Ruiz" in mayor(corpus, blocked / "cache")


def test_nothing_is_written_beside_the_documents(corpus: Path, tmp_path: Path) -> None:
    mayor(corpus, tmp_path / "cache")
    assert names(corpus) == {"tarn.md"}
