"""The pile of packed passages beside the index: it grows, is tidied, and never tells what was not committed."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tantivy import Index

from chatbot.retrieval.disk import DiskIndex, DiskWriter
from chatbot.retrieval.pile import Pile
from chatbot.retrieval.store import Packed


def packed(unit: int, count: int = 20) -> list[Packed]:
    return [Packed(f"unit{unit} passage{number}", b"%d/%d" % (unit, number) * 9) for number in range(count)]


def commit(folder: Path, add: Iterable[int] = (), delete: Iterable[int] = ()) -> DiskIndex:
    with DiskWriter(folder) as writer:
        for unit in delete:
            writer.delete(unit)
        for unit in add:
            writer.add(unit, packed(unit), b"source %d" % unit)
        writer.commit(b"record")
    return DiskIndex(folder)


def holds(index: DiskIndex, units: Iterable[int]) -> bool:
    """Whether all that the units gave, and nothing else, is found in full."""
    found = {
        place.unit: index.passages(index.best([f"unit{place.unit}"], 50)) for place in index.best(["passage7"], 50)
    }
    wanted = {unit: [each.passage for each in packed(unit)] for unit in units}
    return found == wanted and all(index.source(unit) == b"source %d" % unit for unit in wanted)


def pile(folder: Path) -> Path:
    (found,) = folder.glob("*.pile")
    return found


def test_what_was_added_is_found_whole(tmp_path: Path) -> None:
    index = commit(tmp_path, add=[1, 2, 3])
    assert holds(index, [1, 2, 3])
    assert index.record == b"record"


def test_a_unit_may_have_no_source(tmp_path: Path) -> None:
    with DiskWriter(tmp_path) as writer:
        writer.add(1, packed(1))
        writer.commit(b"")
    assert DiskIndex(tmp_path).source(1) is None


def test_what_was_not_committed_is_dropped_by_the_next_writer(tmp_path: Path) -> None:
    commit(tmp_path, add=[1])
    size = pile(tmp_path).stat().st_size
    with DiskWriter(tmp_path) as writer:
        writer.add(2, packed(2, 2000), b"lost")
    assert pile(tmp_path).stat().st_size > size
    assert holds(DiskIndex(tmp_path), [1])
    assert holds(commit(tmp_path, add=[3]), [1, 3])
    assert pile(tmp_path).stat().st_size < 2.5 * size


def test_a_run_killed_before_its_first_commit_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    with DiskWriter(tmp_path) as writer:
        writer.add(1, packed(1))
    with pytest.raises(ValueError, match="nothing was ever committed"):
        DiskIndex(tmp_path)
    assert holds(commit(tmp_path, add=[2]), [2])
    pile(tmp_path)


def test_the_pile_is_tidied_when_much_of_it_was_deleted(tmp_path: Path) -> None:
    before = commit(tmp_path, add=range(1, 9))
    first, size = pile(tmp_path), pile(tmp_path).stat().st_size
    few = commit(tmp_path, delete=[2, 5])
    assert pile(tmp_path) == first
    most = commit(tmp_path, add=[9], delete=[1, 3, 6])
    assert pile(tmp_path) != first
    assert pile(tmp_path).stat().st_size < size
    assert holds(before, range(1, 9))
    assert holds(few, [1, 3, 4, 6, 7, 8])
    assert holds(most, [4, 7, 8, 9])
    assert holds(commit(tmp_path, add=[10], delete=[4]), [7, 8, 9, 10])


def test_a_reader_follows_a_pile_that_moves_while_it_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(tmp_path, add=[1])

    def moved_meanwhile(path: Path, size: int) -> Pile:
        monkeypatch.undo()
        commit(tmp_path, add=[2], delete=[1])
        commit(tmp_path, add=[3], delete=[2])
        return Pile(path, size)

    monkeypatch.setattr("chatbot.retrieval.disk.Pile", moved_meanwhile)
    assert holds(DiskIndex(tmp_path), [3])


def test_a_writer_goes_on_from_what_another_committed_while_it_began(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path, add=[1])
    opened = Index.open

    class Slow:
        """An index to which another writer commits just before this one gets the lock."""

        exists = staticmethod(Index.exists)
        index: Any

        @staticmethod
        def open(path: str) -> Any:
            slow = Slow()
            slow.index = opened(path)
            return slow

        def __getattr__(self, name: str) -> Any:
            return getattr(self.index, name)

        def writer(self, *options: int) -> Any:
            monkeypatch.undo()
            commit(tmp_path, add=[2])
            return self.index.writer(*options)

    monkeypatch.setattr("tantivy.Index", Slow)
    assert holds(commit(tmp_path, add=[3]), [1, 2, 3])


@pytest.mark.parametrize("left", [0, 100])
def test_a_pile_that_is_cut_short_is_no_index(tmp_path: Path, left: int) -> None:
    commit(tmp_path, add=[1])
    os.truncate(pile(tmp_path), left)
    with pytest.raises(ValueError, match="cut short"):
        DiskIndex(tmp_path)
    with pytest.raises(ValueError, match="cut short"):
        DiskWriter(tmp_path)


def test_a_writer_that_could_not_begin_leaves_the_lock(tmp_path: Path) -> None:
    commit(tmp_path, add=[1])
    kept = pile(tmp_path)
    kept.rename(tmp_path / "away")
    with pytest.raises(FileNotFoundError):
        DiskWriter(tmp_path)
    with pytest.raises(FileNotFoundError):
        DiskIndex(tmp_path)
    (tmp_path / "away").rename(kept)
    assert holds(commit(tmp_path, add=[2]), [1, 2])


def test_systems_without_reads_by_place_and_advice_read_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pread", "posix_fadvise"):
        monkeypatch.delattr(os, name, raising=False)
    assert holds(commit(tmp_path, add=[1, 2]), [1, 2])
