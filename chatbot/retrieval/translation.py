"""What words of a document say of words of a question: "novel" of "write", "buried" of "die", "minister" of "who".

A table of word translation probabilities (P. Brown and others 1993, model 1; for retrieval A. Berger and J. Lafferty
1999), learned from questions with the sentences that answer them by `chatbot.evaluation.train_translation`.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

_KIND = re.compile(
    r"\b(who|whom|whose|when|where|why|how many|how much|how long|how old|how far|how|what year|what|which)\b"
)


def kind_of(question: str) -> str:
    """The question word as the table has it.

    >>> kind_of("In what year did it close?"), kind_of("Name the keeper.")
    ('?what year', '?none')
    """
    found = _KIND.search(question.lower())
    return f"?{found[1]}" if found else "?none"


def translations(term: str) -> Mapping[str, int]:
    """The terms of documents that speak of a term of a question, with how far, in hundredths.

    Of a question word (see `kind_of`): the terms of sentences that answer such questions.
    """
    return _table().get(term, {})


@cache
def _table() -> dict[str, dict[str, int]]:
    data = files("chatbot.retrieval").joinpath("translation.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, dict[str, int]])
