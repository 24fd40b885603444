"""`chatbot use`: folders remembered under a name."""

import json
import shutil
from pathlib import Path

import pytest

from chatbot.cli import main

TOWN = Path(__file__).parents[1] / "domains" / "elmsford" / "docs"
MAYOR = "who was mayor of Elmsford in 1930?"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def config(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHATBOT_CACHE", str(cache))
    monkeypatch.setenv("CHATBOT_CONFIG", str(tmp_path / "settings.toml"))
    return tmp_path / "settings.toml"


@pytest.fixture
def handbook(config: Path, tmp_path: Path) -> Path:
    """A copy of the town's documents in a folder called handbook."""
    return Path(shutil.copytree(TOWN, tmp_path / "handbook"))


def listed(capsys: Captured) -> dict[str, object]:
    capsys.readouterr()
    assert main(["use", "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_a_folder_is_counted_remembered_and_opened_from_then_on(handbook: Path, capsys: Captured) -> None:
    assert main(["use", str(handbook)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("2 documents, ")
    assert out[1] == "handbook is opened from now on."
    assert main(["ask", MAYOR]) == 0
    assert "Llewellyn-Cole" in capsys.readouterr().out


def test_the_list_marks_the_one_that_is_open(handbook: Path, capsys: Captured) -> None:
    assert listed(capsys) == {"open": "shipped", "remembered": {}}
    main(["use", str(handbook), "--name", "the town"])
    capsys.readouterr()
    assert main(["use"]) == 0
    shipped, town = capsys.readouterr().out.splitlines()
    assert shipped == "  shipped   the documents that came with the program"
    assert town == f"* the town  {handbook}"


def test_names_switch_and_are_forgotten(handbook: Path, capsys: Captured) -> None:
    main(["use", str(handbook)])
    assert main(["use", "shipped"]) == 0
    assert listed(capsys) == {"open": "shipped", "remembered": {"handbook": str(handbook)}}
    assert main(["use", "handbook"]) == 0
    assert listed(capsys)["open"] == "handbook"
    assert main(["use", "--forget", "handbook"]) == 0
    assert listed(capsys) == {"open": "shipped", "remembered": {}}
    assert handbook.is_dir()


def test_comments_in_the_file_survive(handbook: Path, config: Path) -> None:
    config.write_text("# Mine.\nmouse = true  # click\n")
    main(["use", str(handbook)])
    assert config.read_text() == (
        f'# Mine.\nmouse = true  # click\ncorpus = "handbook"\n\n[corpora]\nhandbook = "{handbook}"\n'
    )


def test_a_remembered_name_serves_as_corpus_where_there_is_no_such_path(
    handbook: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    main(["use", str(handbook), "--name", "town"])
    main(["use", "shipped"])
    capsys.readouterr()
    assert main(["ask", MAYOR, "--corpus", "town"]) == 0
    assert "Llewellyn-Cole" in capsys.readouterr().out
    (tmp_path / "town").mkdir()
    (tmp_path / "town" / "a.md").write_text("# Boats\n\nThe Tern was built in 1931.\n")
    monkeypatch.chdir(tmp_path)
    main(["ask", MAYOR, "--corpus", "town"])
    assert "Llewellyn-Cole" not in capsys.readouterr().out


def test_shipped_can_be_named_beside_others(handbook: Path, capsys: Captured) -> None:
    assert main(["index", "--corpus", "shipped", "--corpus", str(handbook), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] > 2


def test_docs_is_no_name_so_the_folder_around_it_has_one(config: Path, capsys: Captured) -> None:
    main(["use", str(TOWN)])
    assert listed(capsys)["open"] == "elmsford"


def test_a_folder_remembered_again_keeps_its_name(handbook: Path, capsys: Captured) -> None:
    main(["use", str(handbook), "--name", "town"])
    main(["use", "shipped"])
    assert main(["use", str(handbook)]) == 0
    assert listed(capsys) == {"open": "town", "remembered": {"town": str(handbook)}}


def test_a_remembered_folder_that_is_gone_is_told_and_nothing_lost(handbook: Path, capsys: Captured) -> None:
    main(["use", str(handbook)])
    shutil.rmtree(handbook)
    capsys.readouterr()
    for arguments in (["ask", MAYOR], ["use", "handbook"], ["ask", MAYOR, "--corpus", "handbook"]):
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert all(piece in err for piece in (str(handbook), "gone", "chatbot use shipped", "--forget handbook"))
    assert listed(capsys) == {"open": "handbook", "remembered": {"handbook": str(handbook)}}
    main(["use"])
    assert f"* handbook  {handbook} (gone)" in capsys.readouterr().out


def test_a_variable_that_overrules_is_told_of(
    handbook: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHATBOT_CORPUS", str(TOWN))
    assert main(["use", str(handbook)]) == 0
    assert f"As long as CHATBOT_CORPUS is set, it opens {TOWN} instead." in capsys.readouterr().err


WRONG = {
    "no such path": (["use", "no/such"], ["no/such does not exist", "Name a folder"]),
    "nothing to read": (["use", "{empty}"], ["{empty}"]),
    "a name taken": (["use", "{town}", "--name", "handbook"], ["“handbook” already means", "--name"]),
    "a reserved name": (["use", "{town}", "--name", "shipped"], ["“shipped” cannot be a name"]),
    "a name with a slash": (["use", "{town}", "--name", "a/b"], ["“a/b” cannot be a name"]),
    "forgetting what is not there": (["use", "--forget", "handbok"], ["“handbok”", "Did you mean handbook?"]),
    "forgetting and more": (["use", "{town}", "--forget", "x"], ["--forget alone"]),
    "a name without a folder": (["use", "--name", "x"], ["Name the folder"]),
    "a corpus that is neither": (["ask", "x", "--corpus", "handbok"], ["handbok does not exist", "handbook, shipped"]),
}


@pytest.mark.parametrize(("arguments", "pieces"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_told_and_changes_nothing(
    arguments: list[str], pieces: list[str], handbook: Path, config: Path, tmp_path: Path, capsys: Captured
) -> None:
    main(["use", str(handbook)])
    before = config.read_text()
    (tmp_path / "empty").mkdir()
    places = {"empty": str(tmp_path / "empty"), "town": str(TOWN)}
    capsys.readouterr()
    assert main([argument.format(**places) for argument in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(piece.format(**places) in err for piece in pieces), err
    assert config.read_text() == before


def test_settings_that_open_what_is_neither_name_nor_path_are_told(config: Path, capsys: Captured) -> None:
    config.write_text('corpus = "hndbook"\n')
    assert main(["ask", MAYOR]) == 2
    assert "“hndbook”" in capsys.readouterr().err
    assert listed(capsys)["open"] == "hndbook"
