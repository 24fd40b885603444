"""Ctrl-C while much is to be done: a word, exit code 1, and everything as it was."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from chatbot.evaluation.invented import Inventor, write

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see other processes")

PASSAGES = 40_000
"""So many that indexing them takes seconds."""
DEADLINE = 60.0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More passages than memory is meant to hold."""
    folder = tmp_path_factory.mktemp("large") / "corpus"
    folder.mkdir()
    write(folder / "some.jsonl", Inventor(), 2500, 0)
    return folder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "tmp").mkdir()
    return os.environ | {
        "CHATBOT_CACHE": str(tmp_path / "cache"),
        "TMPDIR": str(tmp_path / "tmp"),
        "MARK": tmp_path.name,
    }


def started(arguments: list[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    # Jobs in the background may be started with interrupts ignored, and hand that on to what they start.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    command = [sys.executable, "-m", "chatbot", *arguments]
    return subprocess.Popen(command, env=environment, stdin=-1, stdout=-1, stderr=-1, preexec_fn=heard)


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + DEADLINE
    while not is_so():
        assert time.monotonic() < end, "never came"
        time.sleep(0.02)


def left(environment: dict[str, str]) -> list[str]:
    """The processes that were started under this test's own mark and still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"MARK={environment['MARK']}".encode() in path.read_bytes().split(b"\0"):
                found.append((path.parent / "cmdline").read_text())
        except OSError:
            continue
    return found


def run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", *arguments], env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_interrupt_while_indexing_leaves_the_index_as_it_was(
    corpus: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    folder = Path(shutil.copytree(corpus, tmp_path / "corpus"))
    (folder / "keeper.md").write_text("# The North Light\n\nThe North Light was lit by Ines Vale in 1874.\n")
    question = ["ask", "who lit the North Light?", "--corpus", str(folder)]
    run(["index", "--corpus", str(folder)], environment)
    before = run(question, environment)
    assert "Ines Vale" in before
    write(folder / "more.jsonl", Inventor(), PASSAGES, 0)
    cache = tmp_path / "cache"

    def grown() -> int:
        return sum(path.stat().st_size for path in cache.glob("store-*/*.pile"))

    size = grown()
    with started(["index", "--corpus", str(folder)], environment) as running:
        until(lambda: grown() > size or running.poll() is not None)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=DEADLINE)
    assert running.returncode == 1
    assert out == b""
    assert err.decode().strip().splitlines()[-1] == "Stopped. The index is as it was."
    assert b"Traceback" not in err
    assert left(environment) == []
    assert list((tmp_path / "tmp").iterdir()) == []
    (folder / "more.jsonl").unlink()
    assert run(question, environment) == before


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda each: each.name)
def test_an_evaluation_that_is_stopped_leaves_nothing(
    stop: signal.Signals, tmp_path: Path, environment: dict[str, str]
) -> None:
    with started(["eval", "speed", "--passages", "1000000"], environment) as running:
        until(lambda: any((tmp_path / "tmp").glob("*/corpus/passages.jsonl")) or running.poll() is not None)
        running.send_signal(stop)
        out, err = running.communicate(timeout=DEADLINE)
    assert (running.returncode, out) == (1, b"")
    assert b"Traceback" not in err
    assert left(environment) == []
    assert list((tmp_path / "tmp").iterdir()) == []


def test_predictions_are_not_half_written(tmp_path: Path, environment: dict[str, str]) -> None:
    passages = tmp_path / "passages.jsonl"
    line = '{{"id": "{}", "title": "Bridge", "text": "The bridge of Elm was built by Ada Berson in 1931."}}\n'
    passages.write_text("".join(map(line.format, range(2500))))
    questions = tmp_path / "questions.jsonl"
    line = '{{"id": "{}", "question": "Who built the bridge of Elm?"}}\n'
    questions.write_text("".join(map(line.format, range(100_000))))
    arguments = ["--passages", str(passages), "--questions", str(questions)]
    out = tmp_path / "out.json"
    with started(["eval", "open", *arguments, "--predictions", str(out)], environment) as running:
        until(lambda: any((tmp_path / "cache").glob("store-*/meta.json")) or running.poll() is not None)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=DEADLINE)
    assert running.returncode == 1
    assert err.decode().strip().splitlines()[-1] == "Stopped. Nothing was written."
    assert [path for path in tmp_path.iterdir() if path.name.startswith((".", "out"))] == []
    assert left(environment) == []


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
def test_a_passing_cache_goes_with_its_process(
    stop: signal.Signals, tmp_path: Path, environment: dict[str, str]
) -> None:
    environment["CHATBOT_CACHE"] = "off"
    with started(["batch"], environment) as running:
        until(lambda: any((tmp_path / "tmp").iterdir()) or running.poll() is not None)
        running.send_signal(stop)
        running.communicate(timeout=DEADLINE)
    assert running.returncode == 1
    assert list((tmp_path / "tmp").iterdir()) == []
