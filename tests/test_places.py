"""Where things are kept, and that nobody else can read them."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from chatbot import Chatbot, places, settingsfile
from chatbot.cache import Cache
from chatbot.evaluation.invented import Inventor, write
from chatbot.terminal.keeping import save
from chatbot.terminal.sitting import Sitting

TOWN = Path(__file__).parent / "domains" / "elmsford" / "docs"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")


@pytest.fixture(params=[0o000, 0o022, 0o277], ids=["open", "usual", "tight"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> set[int]:
    """The modes of the files below a folder; folders must be their owner's alone."""
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    found = list(folder.rglob("*"))
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o700 for path in found if path.is_dir())
    return {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()}


@pytest.mark.usefixtures("umask")
def test_cache_files_are_private(tmp_path: Path) -> None:
    Cache(tmp_path / "a" / "cache").put("x", {"a": 1})
    assert modes(tmp_path / "a") == {0o600}


def test_the_index_of_a_large_corpus_is_private(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        write(corpus / "passages.jsonl", Inventor({"stone": 3, "water": 2}), 2100, 0)
        Chatbot.open(corpus, cache=tmp_path / "cache").prepare()
    finally:
        os.umask(before)
    assert modes(tmp_path / "cache") == {0o600}


@pytest.mark.usefixtures("umask")
def test_kept_conversations_and_settings_are_private(tmp_path: Path, elmsford: Chatbot) -> None:
    sitting = Sitting(
        elmsford, [TOWN], kept_in=tmp_path / "state" / "conversations", clock=lambda: datetime(2026, 1, 2)
    )
    sitting.respond("who was mayor in 1930?")
    save(sitting)
    settingsfile.change(tmp_path / "config" / "settings.toml", lambda document: document.update(keys="vi"))
    assert modes(tmp_path / "state") == {0o600}
    assert modes(tmp_path / "config") == {0o600}


def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    places.make_private(tmp_path / "new")
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.parametrize(
    ("variable", "place"),
    [
        ("CHATBOT_CONFIG", places.settings_file),
        ("CHATBOT_STATE", places.state_folder),
        ("CHATBOT_CACHE", places.cache_folder),
    ],
    ids=["settings", "state", "cache"],
)
def test_places_are_the_user_s_and_can_be_moved(
    variable: str, place: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(place)
    monkeypatch.setenv(variable, str(tmp_path / "moved"))
    assert place() == tmp_path / "moved"
    monkeypatch.delenv(variable)
    assert "chatbot" in place().parts


@pytest.mark.parametrize("how", ["variable", "setting", "check", "library"])
def test_a_cache_that_is_switched_off_leaves_nothing(how: str, tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CHATBOT_", "XDG_"))}
    environment |= {"HOME": str(home), "TMPDIR": str(temporary)}
    if how in ("setting", "check"):
        environment["CHATBOT_CONFIG"] = str(tmp_path / "settings.toml")
        (tmp_path / "settings.toml").write_text("cache = false\n")
    else:
        environment["CHATBOT_CACHE"] = "off"
    command = ["-m", "chatbot", "ask", "who was mayor in 1930?", "--corpus", str(TOWN)]
    if how == "check":
        command = ["-m", "chatbot", "check", "--corpus", str(TOWN)]
    if how == "library":
        command = [
            "-c",
            f"import chatbot; print(chatbot.Chatbot.open({str(TOWN)!r}).ask('who was mayor in 1930?').text)",
        ]
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, timeout=120)
    assert ("0 failed" if how == "check" else "Llewellyn-Cole") in done.stdout, done.stderr
    assert [*home.rglob("*"), *temporary.iterdir()] == []
