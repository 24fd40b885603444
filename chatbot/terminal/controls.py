"""Control characters: documents, questions and file names may hold them, and no terminal may obey them."""

_BIDI = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
"""Characters that turn the direction of writing: they can show a file name or a figure backwards."""
_OBEYED = (*range(32), *range(127, 160), 0x2028, 0x2029)
_SHOWN = {code: "\N{REPLACEMENT CHARACTER}" for code in _OBEYED if code not in (9, 10, 13)}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
_CONTROLS = _SHOWN | _SURROGATES | dict.fromkeys(_BIDI)


def clean(text: str) -> str:
    """The text with a replacement character for everything that a terminal would obey but tabs and line ends.

    What turns the direction has no looks, and names hold it in good faith: it is left out.
    """
    return text.translate(_CONTROLS)


def one_line(text: str) -> str:
    """The clean text with every run of white space as one space."""
    return " ".join(clean(text).split())
