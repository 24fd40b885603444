"""Parts become the same batches whoever analyses them."""

import json
import sys
from pathlib import Path

import msgspec
import pytest

from chatbot.documents.loading import CorpusFile, load
from chatbot.retrieval.analysing import ALONE, batches
from chatbot.retrieval.passage import Passage, passages
from chatbot.retrieval.sentences import learnt_from, splitter_for
from chatbot.retrieval.store import Batch, Part, unpack

LEARNT = msgspec.json.encode(learnt_from([]))


def part(*lines: bytes, path: str = "records.jsonl") -> Part:
    return Part(CorpusFile(Path(path), path), b"", b"".join(lines))


def line(number: int) -> bytes:
    text = f'The \u201cferry\u201d No. {number} sailed.\nIt\tcame back at "noon", e.g. in May.'
    return json.dumps({"title": f"Ferry {number}", "text": text}, ensure_ascii=number % 2 == 0).encode() + b"\n"


def without_stems(found: list[Batch]) -> list[Batch]:
    """Which stems are new depends on what the process has met."""
    return [msgspec.structs.replace(batch, stems={}) for batch in found]


PARTS = [part(line(number), line(number + 1)) for number in range(0, 2 * (ALONE + 9), 2)]


def test_other_processes_give_the_same_in_the_same_order() -> None:
    assert without_stems(list(batches(PARTS, LEARNT, 2))) == without_stems(list(batches(PARTS, LEARNT, 0)))


@pytest.mark.parametrize("program", ["no-such-python", "false"])
def test_where_no_process_can_be_had_the_caller_does_the_work(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = without_stems(list(batches(PARTS, LEARNT, 0)))
    monkeypatch.setattr(sys, "executable", program)
    assert without_stems(list(batches(PARTS, LEARNT, 2))) == alone


def test_a_reader_that_stops_early_leaves_no_process() -> None:
    found = batches((each for each in PARTS * 3), LEARNT, 2)
    for _ in range(ALONE + 1):
        next(found)
    found.close()  # type: ignore[attr-defined]
    assert next(found, None) is None


BROKEN = {
    "not JSON": (b'{"text": \n', "Not JSON"),
    "no text": (b'{"title": "Halls"}\n', 'No "text"'),
    "not UTF-8": (b'{"text": "Br\xfccke"}\n', "Not encoded in UTF-8"),
}


@pytest.mark.parametrize(("broken", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_broken_line_spoils_no_other(broken: bytes, problem: str) -> None:
    (batch,) = batches([part(line(1), broken, b"\n", line(3))], LEARNT, 0)
    assert [number for number, _ in batch.problems] == [2]
    assert batch.problems[0][1].startswith(problem)
    assert [unpacked(batch, each).document for each in (0, 1)] == ["records.jsonl#1", "records.jsonl#4"]
    assert (batch.documents, batch.lines) == (2, 4)


def unpacked(batch: Batch, number: int, name: str = "records.jsonl", lines: int = 0, chars: int = 0) -> Passage:
    return unpack(batch.passages[number].passage, name, lines, chars)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_parts_add_up_to_the_file(line_end: bytes, mark: bytes, tmp_path: Path) -> None:
    lines = [line(number).replace(b"\n", line_end) for number in range(4)]
    path = tmp_path / "records.jsonl"
    path.write_bytes(mark + b"".join(lines))
    first, second = batches([part(mark, *lines[:2]), part(*lines[2:])], LEARNT, 0)
    found = [unpacked(first, 0), unpacked(first, 1)]
    found += [unpacked(second, number, lines=first.lines, chars=first.chars) for number in range(2)]
    split = splitter_for([])
    assert found == [passage for document in load([path]).documents for passage in passages(document, split)]


@pytest.mark.parametrize("name", ["note.md", "note #3.md"])
def test_a_whole_file_is_read_by_its_path(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text("# Halls\n\nThe hall is dark.\n", encoding="utf-8")
    (batch,) = batches([Part(CorpusFile(path, name), b"", None)], LEARNT, 0)
    found = unpacked(batch, 0, name)
    assert (found.document, found.title, found.text) == (name, "Halls", "The hall is dark.")


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (batch,) = batches([Part(CorpusFile(tmp_path / "gone.md", "gone.md"), b"", None)], LEARNT, 0)
    assert [number for number, _ in batch.problems] == [0]
    assert batch.passages == ()
