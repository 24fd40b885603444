"""Control characters: documents, questions and file names may hold them, and no terminal may obey them."""

_CONTROLS = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160)) if code not in (9, 10, 13)}


def clean(text: str) -> str:
    """The text with a replacement character for every control character but tabs and line ends."""
    return text.translate(_CONTROLS)
