"""Loading corpora: names, encodings, formats found by content, and files that must be skipped by name."""

import gzip
import os
from pathlib import Path

import pytest

from chatbot.documents.loading import (
    TEXT_SUFFIXES,
    CorpusFile,
    corpus_files,
    load,
    read_source,
)
from chatbot.documents.model import Document, KeyValues, ListBlock, Paragraph, Table
from chatbot.errors import CorpusError

ARTICLE = Path(__file__).parents[2] / ".." / "shared" / "seeds" / "dpo-article.txt"


def write(path: Path, data: str | bytes = "Words.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def names(*paths: Path) -> list[str]:
    return [file.name for file in corpus_files(paths)]


def only_document(path: Path) -> Document:
    (document,) = load([path]).documents
    return document


def test_folders_are_searched_in_sorted_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.md", "a/z.md", "a/b/c.txt", ".hidden.md", ".git/x.md", "a/.cache/y.md"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a/b/c.txt", "a/z.md", "b.md"]


def test_a_file_given_by_itself_has_its_bare_name(tmp_path: Path) -> None:
    assert names(write(tmp_path / "deep" / "down" / "a.md")) == ["a.md"]


def test_a_file_reached_twice_is_listed_once(tmp_path: Path) -> None:
    write(tmp_path / "sub" / "a.md")
    assert names(tmp_path, tmp_path / "sub", tmp_path / "sub" / "a.md") == ["sub/a.md"]


def test_equal_names_of_several_corpora_take_their_folders(tmp_path: Path) -> None:
    for name in ("north/a.md", "south/a.md", "south/b.md"):
        write(tmp_path / name)
    assert names(tmp_path / "north", tmp_path / "south") == ["north/a.md", "south/a.md", "b.md"]


def test_equal_names_of_equal_folders_take_more_of_the_path(tmp_path: Path) -> None:
    for name in ("north/docs/a.md", "south/docs/a.md"):
        write(tmp_path / name)
    assert names(tmp_path / "north" / "docs", tmp_path / "south" / "docs") == [
        "north/docs/a.md",
        "south/docs/a.md",
    ]


def test_a_relative_folder_gives_the_same_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "docs" / "a.md")
    monkeypatch.chdir(tmp_path / "docs")
    assert names(Path(".")) == ["a.md"]
    assert names(Path("../docs")) == ["a.md"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"nowhere does not exist\. Name a folder"):
        corpus_files([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("data", "source"),
    [
        pytest.param("Café".encode(), "Café", id="utf-8"),
        pytest.param(b"\xef\xbb\xbf" + "Café".encode(), "Café", id="utf-8 with byte order mark"),
        pytest.param("\ufeffCafé".encode("utf-16-le"), "Café", id="utf-16 little-endian"),
        pytest.param("\ufeffCafé".encode("utf-16-be"), "Café", id="utf-16 big-endian"),
        pytest.param(b"one\r\ntwo\rthree\n", "one\r\ntwo\rthree\n", id="line ends stay"),
    ],
)
def test_the_source_is_the_decoded_text_without_byte_order_mark(data: bytes, source: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", data)
    assert only_document(path).source == source
    assert read_source(CorpusFile(path, "a.txt")) == source


HOSTILE = {
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is a binary file"),
    "latin.md": ("Phare d'été".encode("latin-1"), "is not encoded in UTF-8"),
    "odd.csv": ("\ufeffa,b".encode("utf-16-le") + b"x", "is not encoded in UTF-8"),
    "wide.txt": ("\ufeffa".encode("utf-32-be"), "is a binary file"),
    "wider.txt": ("\ufeffa".encode("utf-32-le"), "is a binary file"),
    "empty.md": (b"", "is empty"),
    "blank.html": (b" \r\n\t", "is empty"),
    "marked.md": (b"\xef\xbb\xbf", "is empty"),
    "script.html": (b"<script>var words</script>", "holds no text"),
    "table.xyz": (b"a,b\n1,2\n", "is of an unknown format"),
    "LICENCE": (b"Words.", "is of an unknown format"),
}


def fill_with_hostile_files(folder: Path) -> None:
    for name, (data, _) in HOSTILE.items():
        write(folder / name, data)
    (folder / "gone.md").symlink_to(folder / "nowhere.md")
    os.mkfifo(folder / "pipe.txt")


def test_hostile_files_are_skipped_by_name_and_the_others_load(tmp_path: Path) -> None:
    fill_with_hostile_files(tmp_path)
    write(tmp_path / "good.md", "# Good\n\nWords.\n")
    write(tmp_path / "sub" / "more.TXT", "More words.\n")
    loaded = load([tmp_path])
    assert [document.path for document in loaded.documents] == ["good.md", "sub/more.TXT"]
    problems = {skipped.path: skipped.problem for skipped in loaded.skipped}
    assert sorted(problems) == sorted([*HOSTILE, "gone.md", "pipe.txt"])
    for name, (_, problem) in HOSTILE.items():
        assert problems[name].startswith(f"{name} {problem}")
    assert problems["gone.md"] == "gone.md cannot be read: No such file or directory."
    assert problems["pipe.txt"] == "pipe.txt is not a regular file."


def test_nothing_is_written_into_the_corpus(tmp_path: Path) -> None:
    fill_with_hostile_files(tmp_path)
    write(tmp_path / "good.md")
    before = {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")}
    load([tmp_path])
    assert {path: path.lstat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_no_readable_file_at_all_is_an_error_that_lists_the_problems(tmp_path: Path) -> None:
    write(tmp_path / "empty.md", "")
    with pytest.raises(CorpusError, match=r"No readable document in .*\n  empty\.md is empty\."):
        load([tmp_path])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="No readable document"):
        load([tmp_path])


@pytest.mark.parametrize("suffix", TEXT_SUFFIXES)
def test_every_suffix_promised_is_read_in_any_case(suffix: str, tmp_path: Path) -> None:
    data = '{"text": "Words."}\n' if suffix.removesuffix(".gz") in (".jsonl", ".ndjson") else "Words, more\n"
    path = tmp_path / f"a{suffix.upper()}"
    path.write_bytes(gzip.compress(data.encode()) if suffix.endswith(".gz") else data.encode())
    assert load([path]).documents


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        pytest.param("= T =\n\nT\n- Height: 41 m\n- Built: 1871\n", [KeyValues], id="encyclopedia export"),
        pytest.param("'''T''' is [[old]].\n\n{|\n! A !! B\n|-\n| 1 || 2\n|}\n", [Paragraph, Table], id="wiki"),
        pytest.param("# T\n\n**Bold** words.\n\n- one\n- two\n", [Paragraph, ListBlock], id="markdown"),
        pytest.param("It costs [[five]] today.\n", [Paragraph], id="one pair of brackets is plain"),
        pytest.param("Words, *so* they say.\n\n# 5 of them\n", [Paragraph, Paragraph], id="one sign is plain"),
    ],
)
def test_txt_is_read_by_its_content(source: str, blocks: list[type], tmp_path: Path) -> None:
    document = only_document(write(tmp_path / "a.txt", source))
    assert [type(block) for block in document.blocks] == blocks
    assert "'''" not in str(document.blocks)
    assert "**" not in str(document.blocks)


def test_records_are_documents_and_malformed_lines_are_skipped_by_number(tmp_path: Path) -> None:
    lines = [
        r'{"title": "One", "text": "First \u00e9t\u00e9."}',
        "",
        "{broken",
        '{"title": "No text"}',
        '{"text": 5}',
        "[1]",
        "[" * 100_000,
        '{"title": "Two", "text": "Second."}\r',
        '"end"',
    ]
    path = write(tmp_path / "records.jsonl", "\n".join(lines))
    loaded = load([path])
    assert [(each.path, each.title) for each in loaded.documents] == [
        ("records.jsonl#1", "One"),
        ("records.jsonl#8", "Two"),
    ]
    assert [each.path for each in loaded.skipped] == [f"records.jsonl#{line}" for line in (3, 4, 5, 6, 7, 9)]
    assert all(each.problem.startswith(f"{each.path}: ") for each in loaded.skipped)


def test_offsets_of_a_record_count_the_characters_of_the_whole_file(tmp_path: Path) -> None:
    written = r"A \"caf\u00e9\" on the\n\u00e9t\u00e9 coast"
    path = write(tmp_path / "r.jsonl", '{"text": "Other."}\n{"text": "' + written + '"}\n')
    document = load([path]).documents[1]
    (block,) = document.blocks
    assert isinstance(block, Paragraph)
    assert block.text.text == 'A "café" on the été coast'
    source = read_source(CorpusFile(path, "r.jsonl"))
    assert document.source == source
    start, end = block.text.source_span(0, len(block.text.text))
    assert source[start:end] == written
    assert source[slice(*block.text.source_span(3, 7))] == r"caf\u00e9"
    assert source[slice(*block.text.source_span(16, 19))] == r"\u00e9t\u00e9"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        pytest.param("lighthouse_keepers.csv", "Lighthouse keepers", id="underscores"),
        pytest.param("old-harbour  fees.txt", "Old harbour fees", id="hyphens and spaces"),
        pytest.param("2020.md", "2020", id="digits"),
    ],
)
def test_a_document_without_title_is_called_by_its_file(name: str, title: str, tmp_path: Path) -> None:
    document = only_document(write(tmp_path / name, "one,two\n"))
    assert (document.title, document.title_text) == (title, None)


@pytest.mark.skipif(not ARTICLE.exists(), reason="the article is not part of this checkout")
def test_a_real_encyclopedia_article() -> None:
    document = only_document(ARTICLE)
    assert document.title == "United Nations Department of Peace Operations"
    (infobox,) = [block for block in document.blocks if isinstance(block, KeyValues)]
    assert {key.text: value.text for key, value in infobox.pairs}["Formation"] == "March 1992"
    (heads,) = [block for block in document.blocks if isinstance(block, Table)]
    assert heads.section == ("List of heads",)
    assert [len(row) for row in (*heads.header, *heads.rows)] == [7] * 9
    assert [cell and cell.text for cell in heads.header[1]][:2] == ["Took office", "Left office"]
    assert [row[2].text for row in heads.rows if row[2]][3:5] == ["Jean-Marie Guéhenno", "Alain Le Roy"]
    people = next(block for block in document.blocks if isinstance(block, ListBlock))
    assert people.section == ("Notable personnel",)
    assert len(people.items) == 7
