"""Loading intents: what a good file becomes, and every fault with its place and what to try."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from intent_files import HOLDER_AT, LEXICON, write

from chatbot.errors import IntentError, IntentErrors
from chatbot.intents.loading import Loaded, Placer, intent_files, load


def faults(folder: Path, files: Mapping[str, str]) -> list[IntentError]:
    with pytest.raises(IntentErrors) as caught:
        load([write(folder, files)])
    return list(caught.value.errors)


def changed(old: str, new: str) -> str:
    assert old in HOLDER_AT
    return HOLDER_AT.replace(old, new)


def test_an_intent_is_named_by_its_path(tmp_path: Path) -> None:
    loaded = load([write(tmp_path, {"office/holder_at.yaml": HOLDER_AT, "top.yml": HOLDER_AT})])
    assert [intent.name for intent in loaded.intents] == ["office/holder_at", "top"]
    intent = loaded.intents[0]
    assert intent.file.description == "Who held an office."
    assert intent.file.needs == ("holder", "start|term")
    assert [element.key for element in intent.templates[0].elements] == ["c:who", "c:lead", "s:date"]


def test_lexicons_are_no_intents(tmp_path: Path) -> None:
    loaded = load([write(tmp_path, {"more/lexicon.yaml": "fillers: [hm]\n", "a.yaml": HOLDER_AT})])
    assert [intent.name for intent in loaded.intents] == ["a"]
    assert [file.fillers for file in loaded.lexicon] == [("please",), ("hm",)]


def test_concepts_of_one_folder_serve_the_templates_of_another(tmp_path: Path) -> None:
    write(tmp_path / "shipped", {})
    own = write(
        tmp_path / "own",
        {"lexicon.yaml": "concepts: {sail: [sailed]}\n", "a.yaml": changed("<lead>", "<sail>")},
    )
    assert load([tmp_path / "shipped", own]).intents[0].templates


def test_a_file_may_be_given_by_itself(tmp_path: Path) -> None:
    folder = write(tmp_path, {"deep/a.yaml": HOLDER_AT})
    loaded = load([folder / "lexicon.yaml", folder / "deep" / "a.yaml"])
    assert [intent.name for intent in loaded.intents] == ["a"]


def test_hidden_files_and_other_kinds_are_left_alone(tmp_path: Path) -> None:
    files = {"a.yaml": HOLDER_AT, ".b.yaml": "?", ".git/c.yaml": "?", "notes.md": "?", "d.yaml~": "?"}
    folder = write(tmp_path, files)
    assert [path.name for _, path in intent_files([folder])] == ["a.yaml", "lexicon.yaml"]
    assert len(load([folder]).intents) == 1


def test_what_is_loaded_survives_the_cache(tmp_path: Path) -> None:
    loaded = load([write(tmp_path, {"a.yaml": HOLDER_AT})])
    assert msgspec.json.decode(msgspec.json.encode(loaded), type=Loaded) == loaded


TALK = "description: A greeting.\nsentences: [hello]\nresponses: [Hello!]\n"


def test_small_talk_needs_no_plan(tmp_path: Path) -> None:
    assert load([write(tmp_path, {"hi.yaml": TALK})]).intents[0].file.responses == ("Hello!",)


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        pytest.param(changed("wordings:", "wordigns:"), 8, 1, ["'wordigns'", "mean 'wordings'"], id="misspelt key"),
        pytest.param(changed("description", "descripion"), 1, 1, ["mean 'description'"], id="misspelt first key"),
        pytest.param(changed("column: term", "colum: term"), 6, 12, ["mean 'column'"], id="misspelt key of a test"),
        pytest.param(changed("select:", "selekt:"), 7, 5, ["mean 'select'"], id="misspelt step"),
        pytest.param(changed("overlaps", "overlap"), 6, 26, ["'overlap'", "'overlaps'"], id="misspelt test"),
        pytest.param(changed('{date}"', '{dat}"'), 3, 5, ["'dat'", "mean 'date'"], id="misspelt slot"),
        pytest.param(changed("<lead>", "<laed>"), 3, 5, ["'laed'", "mean 'lead'"], id="misspelt concept"),
        pytest.param(changed("slot: date", "slot: dat"), 6, 42, ["'dat'", "mean 'date'"], id="slot of a plan"),
        pytest.param(changed("[holder,", "[holdr,"), 4, 9, ["'holdr'", "mean 'holder'"], id="misspelt role"),
        pytest.param(changed("start|term", "start|trem"), 4, 17, ["'trem'", "mean 'term'"], id="role of two"),
        pytest.param(
            changed("select: holder", "select: holdr"),
            7,
            5,
            ["'holdr'", "mean 'holder'"],
            id="column selected",
        ),
        pytest.param(changed("column: term", "column: trem"), 6, 12, ["'trem'", "mean 'term'"], id="column kept by"),
        pytest.param(changed("({term})", "({trem})"), 9, 3, ["'trem'", "mean 'term'"], id="field of a wording"),
        pytest.param(HOLDER_AT + "kinds: [tabel]\n", 10, 9, ["'tabel'", "'table'"], id="kind of relation"),
        pytest.param(HOLDER_AT + "asks: dat\n", 10, 1, ["'dat'", "'date'"], id="type asked for"),
        pytest.param(HOLDER_AT + "answer: yesno\n", 10, 1, ["'yesno'", "'yes_no'"], id="kind of answer"),
        pytest.param(HOLDER_AT + "bare: {wen: who}\n", 10, 8, ["'wen'", "'when'"], id="bare question word"),
        pytest.param(HOLDER_AT + "tests:\n  - {asks: who}\n", 11, 6, ["mean 'ask'"], id="key of a test"),
        pytest.param(HOLDER_AT + "description: Again.\n", 10, 1, ["'description'"], id="key twice"),
        pytest.param(changed("[<who>]", "[<who>"), 3, 5, ["never closed"], id="open bracket"),
        pytest.param(changed("[<who>]", "<who>]"), 3, 5, ["closes nothing"], id="stray bracket"),
        pytest.param(changed("[<who>] <lead> {date}", "of the"), 3, 5, ["of the"], id="sentence of nothing"),
        pytest.param(changed("[<who>] <lead>", "(a1|b1|c1|d1) " * 5), 3, 5, ["two sentences"], id="too many ways"),
        pytest.param(changed("needs: [holder, start|term]", "needs: holder"), 4, 1, ["array"], id="no list"),
        pytest.param(
            changed("- select: holder", "- {select: holder, count: rows}"),
            7,
            5,
            ["one thing"],
            id="two in a step",
        ),
        pytest.param(changed("- select: holder", "- {}"), 7, 5, ["one thing"], id="empty step"),
        pytest.param(changed("slot: date}", "slot: date, value: x}"), 6, 11, ["slot or a value"], id="slot and value"),
        pytest.param(changed(", slot: date}", "}"), 6, 11, ["slot or a value"], id="neither slot nor value"),
        pytest.param(changed("one:", "two:"), 9, 3, ["'one' is missing"], id="wording missing"),
        pytest.param(HOLDER_AT.split("plan:")[0], 1, 1, ["plan"], id="no plan"),
        pytest.param(changed("plan:", "plan: ["), 6, 3, ["not valid YAML"], id="broken YAML"),
        pytest.param("", 1, 1, ["empty"], id="empty file"),
        pytest.param("- a\n- b\n", 1, 1, ["object"], id="a list"),
        pytest.param("plan: []\n", 1, 1, ["description"], id="no description"),
    ],
)
def test_a_fault_is_placed_and_says_what_to_try(
    tmp_path: Path, text: str, line: int, column: int, says: list[str]
) -> None:
    (fault,) = faults(tmp_path, {"office/a.yaml": text})
    assert fault.path.endswith("office/a.yaml")
    assert (fault.line, fault.column) == (line, column), fault.problem
    for words in says:
        assert words in fault.problem
    assert str(fault).startswith(f"{fault.path}:{line}:{column}: ")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        pytest.param(LEXICON.replace("concepts:", "concept:"), 5, "mean 'concepts'", id="part"),
        pytest.param(LEXICON.replace("words:", "wrods:"), 8, "words", id="words of a property"),
        pytest.param(LEXICON.replace("offices: [mayor]", "offices: mayor"), 9, "array", id="no list"),
        pytest.param("fillers: [", 2, "not valid YAML", id="broken YAML"),
    ],
)
def test_faults_of_a_lexicon(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = faults(tmp_path, {"lexicon.yaml": text})
    assert (found[0].line, says in found[0].problem) == (line, True), found[0]


def test_every_fault_of_a_load_is_told_at_once(tmp_path: Path) -> None:
    worst = HOLDER_AT.replace("<who>", "<hwo>").replace("[holder,", "[holdr,").replace("one:", "two:")
    found = faults(tmp_path, {"a.yaml": worst, "b.yaml": "", "c.yaml": HOLDER_AT, "d.yaml": changed("plan:", "paln:")})
    assert sorted((Path(fault.path).name, fault.line) for fault in found) == [
        ("a.yaml", 3),
        ("a.yaml", 4),
        ("a.yaml", 9),
        ("b.yaml", 1),
        ("d.yaml", 5),
    ]


def test_the_message_of_several_faults_has_a_line_for_each(tmp_path: Path) -> None:
    with pytest.raises(IntentErrors) as caught:
        load([write(tmp_path, {"a.yaml": "", "b.yaml": ""})])
    assert str(caught.value).splitlines() == [str(error) for error in caught.value.errors]
    assert len(caught.value.errors) == 2
    assert caught.value.exit_code == 2


def test_a_second_intent_of_one_name_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "one", {"office/a.yaml": HOLDER_AT})
    write(tmp_path / "two", {"office/a.yaml": HOLDER_AT})
    with pytest.raises(IntentErrors) as caught:
        load([tmp_path / "one", tmp_path / "two"])
    (fault,) = caught.value.errors
    assert "two" in fault.path
    assert "second intent named 'office/a'" in fault.problem


def test_a_second_suffix_makes_no_second_name(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, {"a.yaml": HOLDER_AT, "a.yml": HOLDER_AT})
    assert "second intent named 'a'" in fault.problem


def test_a_missing_folder_is_named_among_the_other_faults(tmp_path: Path) -> None:
    write(tmp_path / "own", {"a.yaml": ""})
    with pytest.raises(IntentErrors) as caught:
        load([tmp_path / "nowhere", tmp_path / "own"])
    assert "nowhere" in str(caught.value.errors[0])
    assert len(caught.value.errors) == 2


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    (folder / "a.yaml").write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(IntentErrors, match=r"a\.yaml:1:1: cannot be read as UTF-8"):
        load([folder])


def test_nothing_in_yaml_is_run(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, {"a.yaml": "description: !!python/object/apply:os.getcwd []\n"})
    assert "YAML" in fault.problem


def test_paths_are_shown_as_the_user_would_type_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (fault,) = faults(tmp_path / "own", {"a.yaml": ""})
    assert fault.path == "own/a.yaml"


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("sentences", 0), "3:5"),
        (("plan", 1), "7:5"),
        (("wordings", "one"), "9:3"),
        ((), "1:1"),
        (("none",), "1:1"),
    ],
    ids=str,
)
def test_pieces_of_an_intent_can_be_placed(tmp_path: Path, path: tuple[str | int, ...], place: str) -> None:
    placer = Placer([write(tmp_path, {"office/a.yaml": HOLDER_AT})])
    assert placer.place("office/a", path).endswith(f"office/a.yaml:{place}")
