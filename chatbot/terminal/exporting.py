"""A conversation with its sources as a document: Markdown, a web page that needs nothing else, or JSON."""

import html
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.terminal.controls import clean
from chatbot.terminal.keeping import encoded, kept_of
from chatbot.values import Answer, Citation

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_MARKED = re.compile(r"([\\`*_\[\]<>&#|~])|^([-+=]|\d+(?=[.)]))")
"""What Markdown would read as more than text."""


def with_sources(answer: Answer) -> str:
    """The answer and each of its sources, numbered, as plain text."""
    sources = [f"[{number}] {place(each)}: “{_line(each.quote)}”" for number, each in enumerate(answer.citations, 1)]
    return clean("\n".join([answer.text, *sources]))


def place(citation: Citation) -> str:
    """Where a quote stands: title, section and, in parentheses, the file with its page, slide or cell."""
    file = f"{citation.document}, {citation.place}" if citation.place else citation.document
    return f"{' › '.join(map(_line, (citation.title, *citation.section)))} ({file})"


def free_name(sitting: "Sitting", form: str) -> Path:
    """A file of today in the current folder that is not there yet."""
    stem = f"chatbot-{sitting.clock():%Y-%m-%d}"
    paths = (Path(f"{stem}.{form}" if number == 1 else f"{stem}-{number}.{form}") for number in count(1))
    return next(path for path in paths if not path.exists())


def written(sitting: "Sitting", form: str) -> str:
    """The whole conversation as "md", "html" or "json", the last being what `/resume` reads."""
    if form == "json":
        return encoded(kept_of(sitting, sitting.kept_as or f"{sitting.clock():%Y-%m-%d-%H%M%S}")).decode()
    return clean("\n".join(_markdown(sitting) if form == "md" else _page(sitting)) + "\n")


def _markdown(sitting: "Sitting") -> Iterator[str]:
    yield f"# Questions about {_escaped(sitting.corpus_name)}"
    yield f"\n{_written_on(sitting)}"
    for answer in sitting.conversation.turns:
        yield f"\n## {_escaped(_line(_question(answer)))}\n"
        yield "  \n".join(_escaped(line.strip()) for line in answer.text.splitlines())
        if answer.citations:
            yield ""
        for number, citation in enumerate(answer.citations, 1):
            yield f"{number}. {_escaped(place(citation))}: “{_escaped(_line(citation.quote))}”"


_STYLE = """\
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
p.answer { white-space: pre-line; margin: 0 0 .5rem }
ol, p.when { font-size: .875rem; opacity: .75 }
section { break-inside: avoid }
@media print { body { max-width: none; margin: 0; color: black; background: white } }"""


def _page(sitting: "Sitting") -> Iterator[str]:
    title = html.escape(f"Questions about {sitting.corpus_name}")
    yield f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>'
    yield f'<meta name="viewport" content="width=device-width">\n<style>\n{_STYLE}\n</style>\n</head>\n<body>'
    yield f'<h1>{title}</h1>\n<p class="when">{_written_on(sitting)}</p>'
    for answer in sitting.conversation.turns:
        yield f'<section>\n<h2 dir="auto">{html.escape(_line(_question(answer)))}</h2>'
        yield f'<p class="answer" dir="auto">{html.escape(answer.text)}</p>'
        if answer.citations:
            sources = (
                f'<li dir="auto">{html.escape(place(each))}: <q>{html.escape(_line(each.quote))}</q></li>'
                for each in answer.citations
            )
            yield "<ol>\n" + "\n".join(sources) + "\n</ol>"
        yield "</section>"
    yield "</body>\n</html>"


def _written_on(sitting: "Sitting") -> str:
    now = sitting.clock()
    return f"{now.day} {now:%B %Y}"


def _question(answer: Answer) -> str:
    return answer.asked or answer.question


def _escaped(line: str) -> str:
    """One line as Markdown that shows just this. What would number a list keeps its digits, the mark after them loses
    its meaning.
    """
    return _MARKED.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)


def _line(text: str) -> str:
    return " ".join(text.split())
