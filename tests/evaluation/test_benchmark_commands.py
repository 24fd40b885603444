"""`chatbot eval` over benchmark files: what it counts, what it writes, and what it says of files it cannot use."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chatbot.cli import cli, main

PASSAGES = [
    {
        "id": "n",
        "title": "North Light",
        "text": "The North Light was built in 1874 from black basalt. It stands on Gull Point.",
    },
    {
        "id": "s",
        "title": "South Light",
        "text": "The South Light was finished by Tomas Wren in 1902. Its lamp burnt whale oil.",
    },
    {
        "id": "h",
        "title": "Harbour",
        "text": "The harbour of Vale froze in 1911. Forty boats were lost in the storm of 1926.",
    },
    {
        "id": "b",
        "title": "Brewery",
        "text": "The brewery used barley from the Tarn valley. Its cellar was dug by hand.",
    },
]
QUESTIONS = [
    {
        "id": "1",
        "question": "When was the North Light built?",
        "passage_id": "n",
        "answers": ["1874"],
        "context_id": "n",
    },
    {
        "id": "2",
        "question": "Who finished the South Light?",
        "passage_id": "s",
        "answers": ["Tomas Wren", "Wren"],
        "context_id": "s",
    },
    {
        "id": "3",
        "question": "When did the harbour of Vale freeze?",
        "passage_id": "h",
        "answers": ["1911"],
        "context_id": "h",
    },
    {
        "id": "4",
        "question": "Who painted the ceiling of the opera house?",
        "passage_id": None,
        "answers": [],
        "context_id": "b",
    },
]


def lines(path: Path, records: list[dict[str, object]]) -> Path:
    text = "".join(json.dumps(record) + "\n" for record in records)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    monkeypatch.setenv("CHATBOT_CACHE", str(tmp_path / "cache"))
    return {
        "passages": lines(tmp_path / "passages.jsonl.gz", PASSAGES[:2]),
        "more": lines(tmp_path / "more.jsonl", PASSAGES[2:]),
        "questions": lines(tmp_path / "questions.jsonl.gz", QUESTIONS),
        "out": tmp_path / "out.json",
    }


def run(name: str, files: dict[str, Path], *options: str) -> tuple[dict[str, object], dict[str, object]]:
    """The figures and the predictions of one command."""
    arguments = ["eval", name, "--passages", str(files["passages"]), "--passages", str(files["more"])]
    arguments += ["--questions", str(files["questions"]), "--predictions", str(files["out"]), "--json", *options]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout), json.loads(files["out"].read_text(encoding="utf-8"))


def test_retrieval_ranks_the_passages_of_every_question(files: dict[str, Path]) -> None:
    measured, found = run("retrieval", files)
    assert [found[question][0] for question in ("1", "2", "3")] == ["n", "s", "h"]
    assert set(found) == {"1", "2", "3", "4"}
    assert all(len(ids) == len(set(ids)) <= 20 for ids in found.values())
    assert measured["questions"] == 3
    assert measured["figures"] == {"gold@1": 1.0, "gold@5": 1.0, "gold@20": 1.0}


def test_retrieval_with_graded_passages_gives_ndcg(files: dict[str, Path]) -> None:
    lines(files["questions"], [{"id": "1", "question": "North Light basalt", "relevant": [["n", 2], ["b", 4]]}])
    measured, _ = run("retrieval", files)
    assert list(measured["figures"]) == ["nDCG@10"]
    assert measured["figures"]["nDCG@10"] == pytest.approx(1 / (1 + 1 / 1.5849625), abs=1e-6)


def test_open_shows_sentences_that_hold_the_answer_or_nothing(files: dict[str, Path]) -> None:
    measured, shown = run("open", files)
    assert "1874" in shown["1"]
    assert "Wren" in shown["2"]
    assert shown["4"] == ""
    assert measured["answered"] == sum(bool(text) for text in shown.values())


def test_reading_gives_a_span_of_the_paragraph_for_each_question(files: dict[str, Path]) -> None:
    measured, spans = run("reading", files)
    texts = {passage["id"]: passage["text"] for passage in PASSAGES}
    assert all(
        span in texts[str(question["context_id"])] for question, span in zip(QUESTIONS, spans.values(), strict=True)
    )
    assert (spans["1"], spans["2"], spans["3"], spans["4"]) == ("1874", "Tomas Wren", "1911", "")
    assert measured["every"]["em"] == 100
    assert measured["unanswerable"]["count"] == 1


def test_reading_never_abstains_where_every_question_is_answerable(files: dict[str, Path]) -> None:
    lines(files["questions"], [{**QUESTIONS[3], "answers": ["hand"]}])
    _, spans = run("reading", files)
    assert spans["4"]


def test_reading_without_the_paragraph_says_which_is_missing(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--passages", str(files["more"]), "--questions", str(files["questions"])]
    assert main(["eval", "reading", *arguments]) == 1
    assert "question 1 has no passage 'n'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ('{"id": "1", "question": "why?"\n', "questions.jsonl:1: "),
        ('{"id": "1"}\n', "missing required field `question`"),
        ("", "holds no questions"),
    ],
    ids=["cut short", "field missing", "empty"],
)
def test_a_broken_file_is_named_with_its_line(
    files: dict[str, Path], tmp_path: Path, broken: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text(broken, encoding="utf-8")
    code = main(["eval", "open", "--passages", str(files["more"]), "--questions", str(questions)])
    assert code == 1
    shown = capsys.readouterr().err
    assert message in shown
    assert "Traceback" not in shown


def test_predictions_that_cannot_be_written_are_reported(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nowhere" / "out.json"
    arguments = ["--passages", str(files["more"]), "--questions", str(files["questions"]), "--predictions", str(out)]
    assert main(["eval", "retrieval", *arguments]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_calibration_reports_facts_and_passages(files: dict[str, Path], tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "docs").mkdir(parents=True)
    (own / "docs" / "keepers.csv").write_text(
        "Keeper,From,To\nTomas Wren,1874,1909\nInes Vale,1909,1930\n", encoding="utf-8"
    )
    (own / "questions.yaml").write_text(
        '- cat: terms\n  items:\n    - {ask: "who was the keeper in 1911?", value: ["Ines Vale"]}\n'
        '    - turns:\n      - {ask: "who was the keeper in 1900?", all: [Wren]}\n      - {ask: "who came after him?", any: [Vale]}\n',
        encoding="utf-8",
    )
    arguments = ["eval", "calibration", "--own", str(own), "--passages", str(files["passages"])]
    arguments += ["--passages", str(files["more"]), "--questions", str(files["questions"])]
    done = CliRunner().invoke(cli, [*arguments, "--json"])
    assert done.exit_code == 0, done.output
    measured = json.loads(done.stdout)
    facts, passages = measured["answers"]
    assert (facts["name"], facts["count"], facts["shown_right"]) == ("facts", 3, 3)
    assert (passages["name"], passages["count"], measured["hidden"]) == ("passages", 3, 3)
    assert measured["auroc"] > 0.5
    shown = CliRunner().invoke(cli, arguments).output
    assert "calibration error" in shown
    assert "coverage:risk" in shown
    assert "lowest threshold at which 80% are right" in shown
