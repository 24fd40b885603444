"""The command line: what goes to which stream, and the exit code."""

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from chatbot.cli import main

TOWN = Path(__file__).parent / "domains" / "elmsford" / "docs"
MAYOR = "who was mayor of Elmsford in 1930?"
COMMANDS = ["", "ask", "batch", "check", "index", "eval", "eval speed"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _own_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_CACHE", str(cache))


Captured = pytest.CaptureFixture[str]


def process(*arguments: str, cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "chatbot", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=120, cwd=cwd)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command or "chatbot")
def test_every_command_helps(command: str, capsys: Captured) -> None:
    assert main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(option in shown for option in ("--corpus PATH", "--intents PATH", "--today YYYY-MM-DD", "--json"))


def test_ask_answers_on_stdout_with_its_sources(capsys: Captured) -> None:
    assert main(["ask", MAYOR, "--corpus", str(TOWN)]) == 0
    out, err = capsys.readouterr()
    assert "Rhys Llewellyn-Cole" in out.splitlines()[0]
    assert "mayors.md › Mayors: “" in out
    assert err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--corpus", str(TOWN), "--today", "2024-07-01", "--json", "ask", MAYOR],
        ["ask", "--corpus", str(TOWN), "--today", "2024-07-01", "--json", MAYOR],
        ["--json", "ask", MAYOR, "--corpus", str(TOWN)],
        ["ask", *MAYOR.split(), "--json", "--corpus", str(TOWN)],
    ],
    ids=["before", "after", "both", "unquoted"],
)
def test_options_are_taken_before_and_after_the_command(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["value"] == [{"type": "person", "text": "Rhys Llewellyn-Cole"}]


def test_corpora_given_on_both_sides_add_up(capsys: Captured) -> None:
    files = [str(TOWN / "mayors.md"), str(TOWN / "elmsford.md")]
    assert main(["--corpus", files[0], "index", "--corpus", files[1], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 2


def test_the_json_of_an_answer_has_the_promised_keys_in_order(capsys: Captured) -> None:
    assert main(["ask", MAYOR, "--json", "--corpus", str(TOWN)]) == 0
    line = capsys.readouterr().out
    answer = json.loads(line)
    assert line.count("\n") == 1
    assert list(answer) == [
        "schema", "question", "text", "kind", "confidence", "value", "citations", "intent", "plan",
        "suggestions", "elapsed_ms",
    ]  # fmt: skip
    assert (answer["schema"], answer["kind"], answer["intent"]) == (1, "fact", "office/holder_at")
    assert answer["elapsed_ms"] == round(answer["elapsed_ms"], 3)
    source = (TOWN / "mayors.md").read_text(encoding="utf-8")
    for citation in answer["citations"]:
        assert list(citation) == ["id", "document", "title", "section", "start", "end", "quote", "supports"]
        assert citation["document"] == "mayors.md"
        assert source[citation["start"] : citation["end"]] == citation["quote"]
        assert all(0 <= start < end <= len(answer["text"]) for start, end in citation["supports"])


QUESTIONS = f"{MAYOR}\n\n  and in 1955?\r\nwho was the first mayor?".encode()


def test_a_hyphen_reads_questions_each_by_itself() -> None:
    done = process("ask", "-", "--corpus", str(TOWN), stdin=b"\xef\xbb\xbf" + QUESTIONS)
    assert (done.returncode, done.stderr) == (0, b"")
    answers = done.stdout.decode().split("\n\n")
    assert len(answers) == 3
    assert "Llewellyn-Cole" in answers[0]
    assert "Arthur Quennell" not in answers[1], "no follow-up of the question before"


def test_many_questions_get_a_line_of_json_each() -> None:
    done = process("ask", "-", "--corpus", str(TOWN), "--json", stdin=QUESTIONS + b"\n\xff?\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == [MAYOR, "and in 1955?", "who was the first mayor?", "�?"]


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_no_questions_get_no_answers(options: list[str]) -> None:
    done = process("ask", "-", "--corpus", str(TOWN), *options, stdin=b"\n \n")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("options", [["--plain"], ["--theme", "dark"], []], ids=["plain", "dark", "auto"])
@pytest.mark.parametrize("command", [["ask", MAYOR], ["ask", "-"], []], ids=["ask", "hyphen", "talk"])
def test_a_pipe_gets_neither_colour_nor_links(command: list[str], options: list[str]) -> None:
    done = process(*command, "--corpus", str(TOWN), *options, stdin=MAYOR.encode())
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"Llewellyn-Cole" in done.stdout


def test_not_knowing_is_a_reply(capsys: Captured) -> None:
    assert main(["ask", "who was the mayor of Ravenholt in 1930?", "--corpus", str(TOWN), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["kind"], answer["value"]) == ("unknown", [])


def test_today_decides_what_is_past(capsys: Captured) -> None:
    arguments = ["ask", "who is the mayor?", "--corpus", str(TOWN), "--json", "--today"]
    assert main([*arguments, "2024-06-30"]) == 0
    assert "Priya Raman-Ellery" in json.loads(capsys.readouterr().out)["text"]


MISUSE: dict[str, tuple[list[str], list[str]]] = {
    "impossible day": (["ask", "x", "--today", "2023-02-29"], ["--today", "2023-02-29", "2020-03-31"]),
    "day in another form": (["--today", "1 May 2020", "ask", "x"], ["--today", "1 May 2020", "2020-03-31"]),
    "basic ISO form": (["ask", "x", "--today", "20200331"], ["20200331", "2020-03-31"]),
    "no such command": (["aks", "x"], ["'aks'", "'ask'"]),
    "no such option": (["ask", "--jsno", "x"], ["--jsno", "--json"]),
    "no question": (["ask"], ["QUESTION"]),
    "empty question": (["ask", "  "], ["empty"]),
    "empty path": (["ask", "x", "--corpus", ""], ["--corpus", "empty"]),
    "corpus not there": (["ask", "x", "--corpus", "no/such/folder"], ["no/such/folder"]),
    "theme that is none": (["ask", "x", "--theme", "blue"], ["'blue'", "'plain'"]),
    "intents not there": (["ask", "x", "--intents", "no/such/file.yaml"], ["no/such/file.yaml"]),
    "eval without a name": (["eval"], ["Missing command"]),
}


@pytest.mark.parametrize(("arguments", "pieces"), MISUSE.values(), ids=MISUSE)
def test_misuse_is_told_on_stderr_and_exits_2(arguments: list[str], pieces: list[str], capsys: Captured) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert all(piece in err for piece in pieces)
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments",
    [["ask", "x", "--corpus", "\x1b]0;x\x07"], ["\x1b[2J"], ["ask", "x", "--today", "\x1b[2J"], ["use", "\x9b2J"]],
    ids=["path", "command", "date", "folder"],
)
def test_no_control_character_of_an_argument_reaches_the_terminal(arguments: list[str], capsys: Captured) -> None:
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert not {"\x1b", "\x07", "\x9b"} & set(err)


def test_a_faulty_intent_is_named_with_its_place(tmp_path: Path, capsys: Captured) -> None:
    path = tmp_path / "greet.yaml"
    path.write_text("description: Greets.\nsentnces: [hello]\n")
    assert main(["ask", "hello", "--intents", str(path)]) == 2
    assert "greet.yaml:2:" in capsys.readouterr().err


def test_batch_answers_line_by_line() -> None:
    lines = [
        {"id": "1", "ask": MAYOR, "conversation": "c"},
        {"id": "2", "ask": "and in 1955?", "conversation": "c"},
    ]
    stdin = "\n".join(map(json.dumps, lines)).encode() + b"\nbroken\n"
    done = process("batch", "--corpus", str(TOWN), stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert "Llewellyn-Cole" in first["answer"]["text"]
    assert "Arthur Quennell" in second["answer"]["text"]
    assert list(third) == ["id", "error"]


def test_check_of_the_shipped_documents_and_intents_passes(capsys: Captured) -> None:
    assert main(["check"]) == 0, capsys.readouterr().out


def test_check_fails_on_an_intent_whose_test_fails(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "wrong.yaml").write_text(
        "description: Greets a ship.\nsentences: [ahoy]\nresponses: [Ahoy!]\ntests:\n  - {ask: ahoy, has: [Land]}\n"
    )
    assert main(["check", "--intents", str(tmp_path), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["failed"] is True
    assert any("wrong" in line for line in report["lines"])


def test_index_counts_what_it_holds(capsys: Captured) -> None:
    assert main(["index", "--corpus", str(TOWN), "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["documents"] == 2
    assert counts["relations"] > 2
    assert counts["passages"] > 2
    assert counts["skipped"] == 0


def test_index_words_its_counts(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "boats.csv").write_text("Boat,Built\nTern,1931\nPetrel,1940\n")
    assert main(["index", "--corpus", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("1 document, 1 relation, ")
    assert "Reading" in err


def test_from_an_empty_folder_the_shipped_documents_answer(tmp_path: Path) -> None:
    done = process("ask", "who led DPO in 2005", cwd=tmp_path)
    assert done.returncode == 0
    assert "Jean-Marie Guéhenno" in done.stdout.decode()


def test_a_reader_that_leaves_early_is_no_trouble() -> None:
    questions = b'{"id": "1", "ask": "who was mayor in 1930"}\n' * 2000
    command = [sys.executable, "-m", "chatbot", "batch", "--corpus", str(TOWN)]
    # Jobs in the background may be started with interrupts ignored, and hand that on to what they start.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, preexec_fn=heard) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(questions[:1000])
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        try:
            running.stdin.write(questions)
            running.stdin.close()
        except BrokenPipeError:
            pass
        assert running.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_an_interrupt_ends_quietly() -> None:
    command = [sys.executable, "-m", "chatbot", "batch", "--corpus", str(TOWN)]
    # A job in the background may be started with interrupts ignored, and hands that on to what it starts.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, preexec_fn=heard) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"{}\n")
        running.stdin.flush()
        running.stdout.readline()
        running.send_signal(2)
        assert running.communicate()[1].strip() == b""
        assert running.returncode == 1


def test_a_terminal_with_few_characters_still_gets_the_answer() -> None:
    command = [sys.executable, "-m", "chatbot", "ask", "who led DPO in 2005"]
    done = subprocess.run(
        command, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "iso-8859-1"}, timeout=120
    )
    assert done.returncode == 0
    shown = done.stdout.decode("iso-8859-1")
    assert "Jean-Marie Guéhenno" in shown
    assert ": ?" in shown, "quotation marks that the terminal lacks"


def test_arguments_that_are_no_utf_8_are_answered() -> None:
    done = subprocess.run(
        [*map(os.fsencode, [sys.executable, "-m", "chatbot", "ask", "--json"]), b"who led \xff\xfe in 2005"],
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 0
    assert "�" in json.loads(done.stdout)["question"]


@pytest.mark.parametrize("corpus", [[], ["--corpus", str(TOWN)]], ids=["shipped", "own"])
def test_a_fact_from_a_warm_cache_imports_nothing_heavy(corpus: list[str]) -> None:
    question = "who led DPO in 2005" if not corpus else MAYOR
    heavy = {
        "prompt_toolkit",
        "nltk",
        "yaml",
        "hassil",
        "markdown_it",
        "mwparserfromhell",
        "numpy",
        "selectolax",
    }
    code = (
        "import sys; from chatbot.cli import main; "
        f"main({['ask', question, *corpus]}); print(*{heavy} & set(sys.modules), file=sys.stderr)"
    )
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "\n")
