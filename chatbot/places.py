"""Where the program keeps things: settings, state and cache, each in the user's folder for it (XDG on Linux).

All of it is private: folders that are made here are 0700, files 0600, whatever the umask.
"""

import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

NAME = "chatbot"
OFF = frozenset({"0", "false", "no", "off"})
ON = frozenset({"1", "true", "yes", "on"})
"""Words that switch a thing off and on where a variable holds them, in lower case."""


def settings_file() -> Path:
    """The file of settings, which need not exist; `CHATBOT_CONFIG` names another."""
    moved = os.environ.get("CHATBOT_CONFIG")
    if moved:
        return Path(moved).expanduser()
    from platformdirs import user_config_path

    return Path(user_config_path(NAME)) / "settings.toml"


def state_folder() -> Path:
    """The folder of past lines and kept conversations; `CHATBOT_STATE` moves it."""
    moved = os.environ.get("CHATBOT_STATE")
    if moved:
        return Path(moved).expanduser()
    from platformdirs import user_state_path

    return Path(user_state_path(NAME))


def cache_folder() -> Path:
    """The folder of what can be computed again; `CHATBOT_CACHE` moves it or, being "off", makes it a passing one."""
    moved = os.environ.get("CHATBOT_CACHE", "")
    if moved.lower() in OFF:
        return passing_folder()
    if moved and moved.lower() not in ON:
        return Path(moved).expanduser()
    from platformdirs import user_cache_path

    return Path(user_cache_path(NAME))


@cache
def passing_folder() -> Path:
    """A private folder that is gone when the process ends."""
    import atexit
    import shutil

    folder = Path(tempfile.gettempdir(), f"{NAME}-{os.urandom(8).hex()}")
    # First: a request to end may come as soon as the folder is there.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def make_private(folder: Path) -> None:
    """Make the folder and those above it that are missing, open to their owner alone; one that is there stays as it is.

    Raises `OSError`.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
        each.chmod(0o700)


def close_to_others(folder: Path) -> None:
    """Make every file of a folder private: those that a library wrote, which asks nobody."""
    for path in folder.iterdir():
        with suppress(OSError):  # gone meanwhile, or not ours
            path.chmod(0o600)


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all, through one beside it, so that no reader ever sees half of it.

    Raises `OSError`.
    """
    handle, temporary = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:  # an interrupt too must leave nothing half written
        with suppress(OSError):
            os.unlink(temporary)
        raise
