"""Whatever the README shows works: its commands, its Python, its files and its conversation.

The two commands that set up an environment are left to the checks, which run them in a fresh copy.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

README = Path(__file__).parents[1] / "README.md"
PROMPT = "you> "


class Block(NamedTuple):
    language: str
    path: str
    """Of the file it shows, if the opening fence names one."""
    code: str
    line: int


def blocks() -> list[Block]:
    text = README.read_text(encoding="utf-8")
    found = re.finditer(r"^```(\w*) ?(\S*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(m[1], m[2], m[3], text[: m.start()].count("\n") + 1) for m in found]


BLOCKS = blocks()
SHELL = [block for block in BLOCKS if block.language == "sh" and "-m venv" not in block.code]
PYTHON = [block for block in BLOCKS if block.language == "python"]
TALKS = [block for block in BLOCKS if block.code.startswith(PROMPT)]


def name(block: Block) -> str:
    return f"line {block.line}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the README shows."""
    folder = tmp_path_factory.mktemp("readme")
    for block in BLOCKS:
        if block.path:
            path = folder / "here" / block.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
    return folder


def run(folder: Path, command: list[str], typed: str = "") -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    environment = os.environ | {
        "CHATBOT_CACHE": str(folder / "cache"),
        "CHATBOT_CONFIG": str(folder / "settings.toml"),
        "PATH": os.pathsep.join([scripts, os.environ["PATH"]]),
    }
    return subprocess.run(
        command,
        cwd=folder / "here",
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_readme_shows_something_of_each_kind() -> None:
    assert SHELL
    assert PYTHON
    assert TALKS
    assert sum("-m venv" in block.code for block in BLOCKS) == 2


@pytest.mark.parametrize("block", SHELL, ids=name)
def test_commands_run(block: Block, folder: Path) -> None:
    done = run(folder, ["bash", "-euo", "pipefail", "-c", block.code])
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("block", PYTHON, ids=name)
def test_python_prints_what_its_comments_say(block: Block, folder: Path) -> None:
    done = run(folder, [sys.executable, "-W", "error", "-c", block.code])
    assert done.returncode == 0, done.stderr
    promised = re.findall(r"^print\(.*\)  # (.*)$", block.code, re.MULTILINE)
    assert done.stdout.splitlines() == promised


@pytest.mark.parametrize("block", TALKS, ids=name)
def test_conversations_go_as_shown(block: Block, folder: Path) -> None:
    lines = block.code.splitlines()
    asked = [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]
    shown = [line for line in lines if not line.startswith(PROMPT)]
    done = run(folder, [sys.executable, "-m", "chatbot"], "\n".join(asked))
    assert done.stdout.splitlines() == shown
