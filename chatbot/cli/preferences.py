"""Commands about the program itself: `chatbot settings`, `chatbot completion`."""

import os

import click
import msgspec

from chatbot import settings as known
from chatbot.cli.given import Given, common, show, tell
from chatbot.cli.manual import Page
from chatbot.cli.talking import cli
from chatbot.places import settings_file

_SHELLS = {
    "bash": 'eval "$(chatbot completion bash)"  # in ~/.bashrc',
    "zsh": 'eval "$(chatbot completion zsh)"  # in ~/.zshrc, after compinit',
    "fish": "chatbot completion fish > ~/.config/fish/completions/chatbot.fish",
}


@cli.command(cls=Page, examples=["chatbot settings", "CHATBOT_THEME=light chatbot settings"])
@common
@click.pass_obj
def settings(given: Given) -> None:
    """Show where the settings are kept, which are in force, and why.

    A setting is a line `theme = "dark"` of the file, overruled by a variable such as CHATBOT_THEME, overruled by a
    flag such as --theme.
    """
    path, found = settings_file(), given.in_force
    for line in known.misspelt(os.environ):
        tell(line)
    values = msgspec.structs.asdict(found.settings)
    if given.json:
        rows = {name: {"value": value, "reason": found.reasons[name]} for name, value in values.items()}
        click.echo(msgspec.json.encode({"file": path, "exists": path.exists(), "settings": rows}, enc_hook=str))
        return
    show(f"{path}{'' if path.exists() else ' (not there; every setting has a default)'}")
    texts = {name: known.worded(values[name]) or "–" for name in known.NAMES}
    widest = max(map(len, texts.values()))
    for name, text in texts.items():
        show(f"  {name:<9}  {text:<{widest}}  {found.reasons[name]}")
    if found.settings.corpora:
        show(f"  {'corpora':<9}  {', '.join(found.settings.corpora):<{widest}}  {found.reasons['corpora']}")


@cli.command(cls=Page, examples=list(_SHELLS.values()))
@click.argument("shell", type=click.Choice(list(_SHELLS)))
@common
def completion(shell: str) -> None:
    """Print the script that completes commands, options, remembered names and files in a SHELL."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None  # click has all three
    click.echo(found(cli, {}, "chatbot", "_CHATBOT_COMPLETE").source(), nl=False)
