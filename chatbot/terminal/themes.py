"""Themes: what each style name means in colour. Only the sixteen colours that every terminal lets its user set."""

import os
from collections.abc import Mapping

from chatbot.settings import Settings

_ALWAYS = {"answer": "", "emphasis": "bold", "heading": "bold", "error": "bold red", "name": "bold", "command": "bold"}
_DARK = {"source": "bright_black", "hint": "yellow", "number": "cyan", "bar": "cyan", "marked": "bold bright_green"}
_LIGHT = {"source": "bright_black", "hint": "magenta", "number": "blue", "bar": "blue", "marked": "bold green"}
#: Readable on both, for terminals that do not say what they are.
_EITHER = {"source": "dim", "hint": "dim italic", "number": "", "bar": "cyan", "marked": "bold magenta"}


def styles(settings: Settings, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Style name → what rich calls it, for the theme in force."""
    chosen = settings.theme if settings.theme != "auto" else _background(environment)
    return _ALWAYS | {"dark": _DARK, "light": _LIGHT}.get(chosen, _EITHER)


def _background(environment: Mapping[str, str]) -> str:
    """ "dark" or "light" as COLORFGBG tells it ("15;0"), which some terminals set; else "either"."""
    last = environment.get("COLORFGBG", "").rpartition(";")[2]
    if not last.isdecimal():
        return "either"
    return "light" if int(last) in (7, *range(9, 16)) else "dark"
