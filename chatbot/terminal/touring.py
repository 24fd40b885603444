"""The tour: five things worth knowing, shown on a question that these documents answer."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chatbot.terminal.blocks import Block, Line, Prose
from chatbot.terminal.greeting import sample_questions
from chatbot.values import Answer

if TYPE_CHECKING:
    from chatbot.terminal.sitting import Sitting

_FOLLOW_UPS = ("who came after?", "and before?", "how long?", "when?", "and the second largest?", "where is it?")
_FALLBACK = "what are these documents about?"


def steps(sitting: "Sitting") -> Sequence[Block]:
    """Asks the first sample question, so that what is taught can be tried on its answer at once."""
    question = next(iter(sample_questions(sitting)), _FALLBACK)
    shown = [_step(1, "Ask in your own words.", f"I ask for you: {question}"), *sitting.respond(question)]
    follow_up = next(_follow_ups(sitting), "") if sitting.last is not None else ""
    leaning = f"Now type: {follow_up}" if follow_up else "A question may leave out what was said before: “and in 2009?”"
    return [
        *shown,
        _step(2, "Go on from an answer.", leaning),
        _step(
            3,
            "Check it.",
            "/sources shows what an answer rests on, /open 1 opens the place, /why tells how it came about.",
        ),
        _step(
            4,
            "Type less.",
            "Names and questions are offered as you type: Tab takes one. Up and Ctrl-R bring back past lines.",
        ),
        _step(5, "Open your own folder.", "In your shell: chatbot use ~/handbook. Any folder of documents will do."),
    ]


def _step(number: int, title: str, text: str) -> Prose:
    return Prose((Line((("hint", f"{number}  "), ("emphasis", title))), Line((("", text),), "   ", "   ")))


def _follow_ups(sitting: "Sitting") -> Iterator[str]:
    """Of what might come next, what gets a fact."""
    last: Answer | None = sitting.last
    suggested = () if last is None else last.suggestions
    for question in (*_FOLLOW_UPS, *suggested):
        answer = sitting.bot.ask(question, sitting.conversation, today=sitting.today)
        if answer.kind == "fact" and answer.citations:
            yield question
