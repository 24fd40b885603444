"""`chatbot eval followups`: completed turns against rewrites by hand."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chatbot.cli import cli, main

TURNS = [
    {"id": "1_1", "topic": 1, "turn": 1, "utterance": "What is amber?", "rewrite": "What is amber?"},
    {"id": "1_2", "topic": 1, "turn": 2, "utterance": "How is it formed?", "rewrite": "How is amber formed?"},
    {"id": "2_1", "topic": 2, "turn": 1, "utterance": "What is copal?", "rewrite": "What is copal?"},
    {"id": "2_2", "topic": 2, "turn": 2, "utterance": "Is it old?", "rewrite": "How old is copal?"},
]
CAST = Path(__file__).parents[3] / "shared" / "data" / "cast" / "cast2019.jsonl.gz"


def written(path: Path, turns: list[dict[str, object]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(turn) + "\n" for turn in turns)
    return path


def test_turns_are_completed_within_their_topic_and_measured(tmp_path: Path) -> None:
    questions, out = written(tmp_path / "q.jsonl.gz", TURNS[::-1]), tmp_path / "out.json"
    done = CliRunner().invoke(
        cli, ["eval", "followups", "--questions", str(questions), "--predictions", str(out), "--json"]
    )
    assert done.exit_code == 0, done.output
    measured = json.loads(done.stdout)
    assert json.loads(out.read_text(encoding="utf-8")) == {
        "1_1": "What is amber?",
        "1_2": "How is amber formed?",
        "2_1": "What is copal?",
        "2_2": "Is copal old?",
    }
    assert (measured["turns"], measured["raw_content"], measured["content"]) == (4, 0.5, 1.0)
    assert measured["raw_f1"] < measured["f1"] < 1


def test_without_rewrites_there_are_predictions_all_the_same(tmp_path: Path) -> None:
    bare = [{name: value for name, value in turn.items() if name != "rewrite"} for turn in TURNS]
    out = tmp_path / "out.json"
    questions = written(tmp_path / "q.jsonl.gz", bare)
    done = CliRunner().invoke(cli, ["eval", "followups", "--questions", str(questions), "--predictions", str(out)])
    assert done.output.strip() == "No turn has a rewrite to measure against."
    assert len(json.loads(out.read_text(encoding="utf-8"))) == 4


@pytest.mark.parametrize("line", ['{"id": "1"}', "no JSON"], ids=["fields missing", "no JSON"])
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    questions = tmp_path / "q.jsonl"
    questions.write_text(f"{json.dumps(TURNS[0])}\n{line}\n", encoding="utf-8")
    assert main(["eval", "followups", "--questions", str(questions)]) == 1
    assert "q.jsonl:2" in capsys.readouterr().err.replace(" line ", ":").replace(", line ", ":")


@pytest.mark.skipif(not CAST.exists(), reason="the conversations of TREC CAsT are not at hand")
def test_half_of_what_raw_turns_lack_is_put_in(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["eval", "followups", "--questions", str(CAST), "--json"])
    measured = json.loads(done.stdout)
    closed = (measured["content"] - measured["raw_content"]) / (1 - measured["raw_content"])
    assert closed >= 0.5
