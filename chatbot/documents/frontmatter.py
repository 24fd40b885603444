"""YAML front matter, as key-values that keep their place."""

import re

from chatbot.documents.lines import Span
from chatbot.documents.model import KeyValues, Text
from chatbot.documents.tabular import pair
from chatbot.documents.textmap import Piece, joined, line_spans, text_at, text_of

_FENCED = re.compile(r"\s*?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_MAX_YAML = 20_000
"""Characters; YAML nested deeper than so many allow would exhaust the parser's stack."""


def front_matter(source: str) -> tuple[KeyValues | None, int]:
    """The metadata at the head of `source`, if any, and where the body begins.

    Text between the fences that is not YAML is read line by line as `key: value`.
    """
    fenced = _FENCED.match(source)
    if fenced is None:
        return None, 0
    start, end = fenced.span("yaml")
    found = _yaml_pairs(source, start, end)
    if found is None:
        lines = (text_at(source, *span) for span in line_spans(source[:end], start))
        found = [key_value for line in lines if line and (key_value := pair(line))]
        if not found:
            return None, 0
    return (KeyValues((), tuple(found), "metadata") if found else None), fenced.end()


def _yaml_pairs(source: str, start: int, end: int) -> list[tuple[Text, Text]] | None:
    import yaml

    if end - start > _MAX_YAML:
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(source[start:end], Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        return None
    found = []
    for key_node, value_node in node.value:
        if isinstance(key_node, yaml.ScalarNode):
            key = text_of(_scalar(source, key_node.value, start + key_node.start_mark.index, end))
            members = value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]
            texts = [
                text_of(_scalar(source, member.value, *_span(member, start)))
                for member in members
                if isinstance(member, yaml.ScalarNode)
            ]
            value = joined([text for text in texts if text], ", ")
            if key and value:
                found.append((key, value))
    return found


def _span(node: object, base: int) -> Span:
    marks = (node.start_mark, node.end_mark)  # type: ignore[attr-defined]
    return base + marks[0].index, base + marks[1].index


def _scalar(source: str, value: str, start: int, end: int) -> list[Piece]:
    """A scalar word by word: quotes, escapes and folding may stand between and inside the words."""
    pieces: list[Piece] = []
    for word in value.split():
        at = source.find(word, start, end)
        if at < 0:
            # Written with escapes: the whole scalar is its place.
            return [Piece(value[: end - start], start, end)]
        pieces += [Piece(" ", start, at)] if pieces else []
        pieces.append(Piece(word, at, at + len(word)))
        start = at + len(word)
    return pieces
