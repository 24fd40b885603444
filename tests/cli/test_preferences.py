"""`chatbot settings`, `chatbot completion` and the manual that `--help` is."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from chatbot.cli import main
from chatbot.cli.talking import cli
from chatbot.settings import Settings

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHATBOT_CONFIG", str(tmp_path / "settings.toml"))
    return tmp_path / "settings.toml"


def test_settings_tell_where_what_and_why(config: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["settings"]) == 0
    assert capsys.readouterr().out.startswith(f"{config} (not there")
    config.write_text('keys = "vi"\n[corpora]\nrules = "/r"\n')
    monkeypatch.setenv("CHATBOT_MOUSE", "on")
    assert main(["settings", "--plain"]) == 0
    out = capsys.readouterr().out
    rows = [line.split() for line in out.splitlines()]
    assert rows[0] == [str(config)]
    assert ["theme", "plain", "--theme"] in rows
    assert ["keys", "vi", f"{config}:1"] in rows
    assert ["mouse", "on", "CHATBOT_MOUSE"] in rows
    assert ["pager", "on", "default"] in rows
    assert ["corpora", "rules", f"{config}:2"] in rows


def test_settings_as_json_name_every_setting(config: Path, capsys: Captured) -> None:
    assert main(["settings", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["file"], found["exists"]) == (str(config), False)
    assert list(found["settings"]) == list(Settings.__struct_fields__)
    assert found["settings"]["theme"] == {"value": "auto", "reason": "default"}


def test_a_misspelt_variable_is_told_of(config: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHATBOT_PAGR", "off")
    assert main(["settings"]) == 0
    assert capsys.readouterr().err == "CHATBOT_PAGR is no setting. Did you mean CHATBOT_PAGER?\n"


@pytest.mark.parametrize("arguments", [["ask", "x"], ["use"], ["settings"]], ids=" ".join)
def test_a_faulty_file_is_told_by_every_command(config: Path, arguments: list[str], capsys: Captured) -> None:
    config.write_text("mouse = true\nthme = 'dark'\n")
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"chatbot: {config}:2: There is no setting “thme”. Did you mean theme?")


COMMANDS = ["", *cli.list_commands(click.Context(cli))]


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda name: name or "chatbot")
def test_help_is_a_page_as_wide_as_the_terminal(
    command: str, width: int, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main([*command.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    page, _, examples = shown.partition("EXAMPLES\n")
    assert max(map(len, page.splitlines())) <= width
    headings = [line for line in shown.splitlines() if line and not line.startswith(" ")]
    assert headings[:2] == ["NAME", "SYNOPSIS"]
    assert "OPTIONS" in headings
    if not command:
        assert headings[2:] == ["DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES"]
    assert command == "eval" or examples


def completed(words: str, shell: str = "bash") -> list[str]:
    """What the program offers a shell for the last of these words."""
    *before, last = words.split(" ")
    variables = {"_CHATBOT_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(before))}
    variables["COMP_CWORD"] = last if shell == "fish" else variables["COMP_CWORD"]
    command = [sys.executable, "-m", "chatbot"]
    done = subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split("\n")


@pytest.fixture
def remembered(config: Path) -> Path:
    config.write_text('[corpora]\nhandbook = "/h"\nrules = "/r"\n')
    return config


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("chatbot comp", ["plain,completion"]),
        ("chatbot ask --to", ["plain,--today"]),
        ("chatbot --theme da", ["plain,dark"]),
        ("chatbot completion f", ["plain,fish"]),
        ("chatbot use hand", ["file,hand", "plain,handbook"]),
        ("chatbot use --forget ", ["plain,shipped", "plain,handbook", "plain,rules"]),
        ("chatbot ask --corpus r", ["file,r", "plain,rules"]),
        ("chatbot --intents x", ["file,x"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_commands_options_names_and_files_are_completed(words: str, offered: list[str]) -> None:
    assert [line for line in completed(words) if line] == offered


def test_a_faulty_file_does_not_disturb_completion(config: Path) -> None:
    config.write_text("thme =")
    assert completed("chatbot use sh")[:2] == ["file,sh", "plain,shipped"]


BASH = """
source <(chatbot completion bash)
COMP_WORDS=({words}); COMP_CWORD={last}
compopt() {{ :; }}
_chatbot_completion chatbot
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
ZSH = """
autoload -Uz compinit; compinit -D -d "$ZDOTDIR/dump"
_path_files() {{ : }}
compadd() {{ print -rl -- $completions }}
_describe() {{ print -rl -- ${{completions_with_descriptions%%:*}} }}
source <(chatbot completion zsh)
words=({words}); CURRENT={next}
_chatbot_completion
"""
FISH = """
chatbot completion fish | source
complete -C {quoted} | string split -f1 \\t
"""


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize(
    ("words", "offered"),
    [(["chatbot", "use", "ru"], "rules"), (["chatbot", "ask", "--jso"], "--json"), (["chatbot", "sett"], "settings")],
    ids=["name", "option", "command"],
)
@pytest.mark.parametrize(
    ("shell", "script"), [("bash", BASH), ("zsh", ZSH), ("fish", FISH)], ids=["bash", "zsh", "fish"]
)
def test_the_script_works_in_its_shell(shell: str, script: str, words: list[str], offered: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    text = script.format(words=" ".join(words), last=len(words) - 1, next=len(words), quoted=f"'{' '.join(words)}'")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path)}
    options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    done = subprocess.run(
        [shell, *options, "-c", text], env=environment, capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert offered in done.stdout.split(), done.stderr


def test_a_shell_that_is_not_known_is_misuse(capsys: Captured) -> None:
    assert main(["completion", "tcsh"]) == 2
    assert "'bash', 'zsh', 'fish'" in capsys.readouterr().err
