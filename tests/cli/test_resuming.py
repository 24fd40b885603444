"""`chatbot --resume`: the talk goes on where the latest one ended."""

import os
import subprocess
import sys
from pathlib import Path

TOWN = Path(__file__).parents[1] / "domains" / "elmsford" / "docs"


def talk(folder: Path, lines: str, *options: str) -> str:
    environment = os.environ | {"CHATBOT_STATE": str(folder / "state"), "CHATBOT_CACHE": str(folder / "cache")}
    command = [sys.executable, "-m", "chatbot", "--corpus", str(TOWN), "--today", "2024-07-01", *options]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, env=environment, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_talk_goes_on_with_the_latest_conversation_kept(tmp_path: Path) -> None:
    talk(tmp_path, "who was mayor in 1955?\n/save\n")
    shown = talk(tmp_path, "who came after him?\n", "-r")
    assert "Last asked: who was mayor in 1955?" in shown
    assert "Seán Ó Dálaigh" in shown


def test_without_one_it_says_so_and_begins_anew(tmp_path: Path) -> None:
    shown = talk(tmp_path, "who was mayor in 1955?\n", "--resume")
    assert "Arthur Quennell" in shown
    assert len(shown.splitlines()) > 2
