"""The greeting: which documents are open and, the first time, what they know and five questions that surely work."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatbot.bot import Chatbot
from chatbot.terminal.blocks import Block, Line, Prose
from chatbot.terminal.counts import counted

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

SAMPLES = 5
_SIZES = ((3, 8), (1, 2), (1, 0), (0, 0))
"""Titles and topics named, ever fewer until the screen holds them; the rest is counted."""
_LONGEST = 60
"""Characters of a title."""
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")


_KINDS = {"holder": "who held office and when", "birth": "lives of people"}
"""Roles of columns, and what a person would call what they record."""


def greetings(sitting: "Sitting", is_first: bool) -> Iterator[Sequence[Block]]:
    """At the first start a page and shorter ones for small screens; at the end always two lines."""
    if is_first:
        yield from ([_welcome(sitting, titles, topics)] for titles, topics in _SIZES)
    yield [_banner(sitting)]


def sample_questions(sitting: "Sitting") -> tuple[str, ...]:
    """Questions that work, remembered in the cache unless that is off."""
    from chatbot.places import cache_folder
    from chatbot.terminal.samples import samples

    return samples(sitting.bot, SAMPLES, cache_folder() if sitting.settings.cache else None)


def _banner(sitting: "Sitting") -> Prose:
    return Prose(
        (
            Line((("emphasis", sitting.corpus_name), ("hint", f": {_counted(sitting.bot)}")), hanging="  "),
            Line((("hint", "Ask a question; /help lists the commands, Ctrl-D leaves."),)),
        )
    )


def _welcome(sitting: "Sitting", most_titles: int, most_topics: int) -> Prose:
    bot = sitting.bot
    lines = [Line((("emphasis", sitting.corpus_name), ("hint", f": {_counted(bot)}")), hanging="  ")]
    if most_titles:
        lines.append(Line((("", _few(list(dict.fromkeys(bot.knowledge.titles.values())), most_titles)),), "  ", "  "))
    if most_topics and (topics := _topics(bot)):
        lines.append(Line((("hint", "It knows: "), ("", _few(topics, most_topics))), hanging="  "))
    if period := _period(bot):
        lines.append(Line((("hint", "Period:   "), ("", period))))
    asked = sample_questions(sitting)
    if asked:
        lines.append(Line((("hint", "Try:"),)))
        lines += [Line((("", question),), "  ", "    ") for question in asked]
    else:
        said = "There are no tables or lists to compute from here; questions are answered by quoting."
        lines.append(Line((("hint", said),)))
    lines.append(Line((("hint", "/tour shows five things worth knowing, /help the commands; Ctrl-D leaves."),)))
    return Prose(tuple(lines))


def _counted(bot: Chatbot) -> str:
    found = counted(len(bot.knowledge.titles), "document")
    return f"{found}, {len(bot.skipped)} left out (`chatbot check` says why)" if bot.skipped else found


def _topics(bot: Chatbot) -> list[str]:
    """What is recorded, from the widest to the narrowest: kinds of facts, headings, columns and properties."""
    relations = [each for each in bot.knowledge.relations if each.kind not in ("aliases", "figures")]
    roles = {column.role for each in relations for column in each.columns}
    kinds = [kind for role, kind in _KINDS.items() if role in roles]
    headings = [each.section[-1] for each in relations if each.section and each.kind != "properties"]
    headers = [
        column.header.rpartition(" / ")[2]
        for each in sorted(relations, key=lambda each: each.kind == "properties")
        for column in each.columns
        if column.role in ("", "measure", "country")
    ]
    titles = set(bot.knowledge.titles.values())
    return [name for name in dict.fromkeys((*kinds, *headings, *headers)) if name not in titles]


def _period(bot: Chatbot) -> str:
    """The years that facts are dated with; when people were born and died aside."""
    years = {
        int(year)
        for relation in bot.knowledge.relations
        for at, column in enumerate(relation.columns)
        if column.type in ("date", "interval") and column.role not in ("birth", "death")
        for row in relation.rows
        if (cell := row[at]) is not None
        for year in _YEAR.findall(str(cell.value))
    }
    return f"{min(years)}–{max(years)}" if years else ""


def _few(names: list[str], most: int) -> str:
    shown = [name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…" for name in names[:most]]
    more = [f"and {len(names) - most} more"] if len(names) > most else []
    return "; ".join((*shown, *more))
