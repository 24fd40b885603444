"""Text of no declared format, read by the marks it bears."""

import re

from chatbot.documents import export, markdown, mediawiki, plain
from chatbot.documents.outline import Draft

_WIKI_SIGN = re.compile(r"\[\[[^\[\]\n]+\]\]|\{\{[^{}]+\}\}|'''[^'\n]+'''|^\{\|", re.MULTILINE)
_MARKDOWN_SIGN = re.compile(
    r"""^\#{1,6}[ ]+\S | \A---[ \t]*$ | ^```
        | ^\|?[ ]*:?-{3,}:?[ ]*\|[ |:-]*$
        | \*\*[^*\s][^*\n]*\*\* | \[[^\[\]\n]+\]\([^\s()]+\)""",
    re.MULTILINE | re.VERBOSE,
)
_ENOUGH_SIGNS = 2
"""A single one may be a slip or part of an example."""


def read(source: str) -> Draft:
    """Never fails: MediaWiki text, an encyclopedia export, Markdown, else plain text."""
    if len(_WIKI_SIGN.findall(source)) >= _ENOUGH_SIGNS:
        return mediawiki.read(source)
    if any(export.HEADING.fullmatch(line) for line in source.splitlines()):
        return export.read(source)
    if len(_MARKDOWN_SIGN.findall(source)) >= _ENOUGH_SIGNS:
        return markdown.read(source)
    return plain.read(source)
