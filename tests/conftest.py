"""Fixtures shared by the tests that need a bot on a whole corpus: each is opened once in a run."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from chatbot import Chatbot

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 23)

#: Name of a corpus → the folder of its documents. "shipped" is the one that comes with the program.
CORPORA = {"shipped": ROOT / "corpus"} | {
    questions.parent.name: questions.with_name("docs")
    for questions in sorted((ROOT / "tests" / "domains").glob("*/questions.yaml"))
}


@pytest.fixture(scope="session", autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither read the settings of whoever runs them nor write into that person's folders."""
    folder = tmp_path_factory.mktemp("places")
    with pytest.MonkeyPatch.context() as patched:
        for name in [name for name in os.environ if name.startswith("CHATBOT_") and name != "CHATBOT_CACHE"]:
            patched.delenv(name)
        patched.setenv("CHATBOT_CONFIG", str(folder / "settings.toml"))
        patched.setenv("CHATBOT_STATE", str(folder / "state"))
        yield


BotOf = Callable[[str], Chatbot]


@pytest.fixture(scope="session")
def bot_of(tmp_path_factory: pytest.TempPathFactory) -> BotOf:
    """The bot on the corpus of a name: `bot_of("elmsford")`."""
    folder = tmp_path_factory.mktemp("cache")
    return cache(lambda name: Chatbot.open(CORPORA[name], today=TODAY, cache=folder))


@pytest.fixture(scope="session")
def elmsford(bot_of: BotOf) -> Chatbot:
    return bot_of("elmsford")


@pytest.fixture(scope="session")
def department(bot_of: BotOf) -> Chatbot:
    """The bot on the corpus that comes with the program."""
    return bot_of("shipped")


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the index of the documents shipped, so that every program started on it is there at once."""
    folder = tmp_path_factory.mktemp("indexed")
    command = [sys.executable, "-m", "chatbot", "index"]
    subprocess.run(command, env=os.environ | {"CHATBOT_CACHE": str(folder)}, check=True, capture_output=True)
    return folder
