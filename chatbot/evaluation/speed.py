"""The latency bench: how long a warm question takes, and a cold start as the user sees it.

Times depend on the machine, so each is also given in units of a calibration loop, a fixed piece of pure
Python timed in the same run: ratios compare between machines and Python versions where milliseconds cannot.
"""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec

from chatbot.bot import Chatbot
from chatbot.errors import ChatbotError
from chatbot.evaluation.timing import percentile
from chatbot.evaluation.watching import UNWATCHED, Watch

QUESTIONS = (
    # terms of office
    "who led DPO in 2005",
    "Who was the head of the department in March 1994?",
    "who was in charge on 15 January 1997",
    "who held the post between 1999 and 2001?",
    "name everyone who led peacekeeping in the 1990s",
    "who is the current head of DPO?",
    "who ran the department before Alain Le Roy",
    "who took over from Kofi Annan?",
    "who was the third under-secretary-general for peacekeeping",
    "when did Hervé Ladsous take office?",
    "how long was Bernard Miyet in office",
    "who served the longest?",
    "did Guéhenno serve longer than Annan",
    "how many people have headed the department",
    "list all heads of the department",
    # properties, figures, shares
    "what does DPO stand for?",
    "when was the department created",
    "where are the headquarters of DPO",
    "what was the department called before?",
    "which divisions belong to it",
    "how many peacekeepers served in March 2020?",
    "how big was the budget for 2021-2022",
    "what share of the budget does Japan pay?",
    "which country contributes the most",
    "does Germany pay more than France?",
    # people and passages
    "who is Kiran Bedi?",
    "when was Edmond Mulet born",
    "which doctrine document came out in 2008",
    "what does the Office of Mission Support do?",
    "why was the Department of Field Support set up",
    "who worked as deputy when the department began",
    "where is the regional service centre in Africa",
    # noise
    "pls who was teh boss of dpko in 2012??",
    "WHO LED THE DPO IN TWO THOUSAND AND NINE",
    "hey, could you tell me who came rigth after miyet",
    # nothing to be found
    "who led the World Bank in 2005?",
    "what is the phone number of Jean-Pierre Lacroix",
    "who will win the next world cup",
    "how many dogs work for the department",
    "who led DPO in 1950?",
)

WARM_ROUNDS = 5
CALIBRATION_ROUNDS = 9

# Each step of a cold start as a process that stops there; the last one is the whole command.
_UP_TO_IMPORTS = "import chatbot.cli, chatbot.bot, chatbot.terminal.answers, chatbot.terminal.plain"
_UP_TO_OPENING = _UP_TO_IMPORTS + (
    "\nimport datetime, sys"
    "\npaths, more = (part.split('\\n') if part else None for part in sys.argv[1:3])"
    "\nchatbot.bot.Chatbot.open(paths, more, today=datetime.date.fromisoformat(sys.argv[3]))"
)


class Times(msgspec.Struct, frozen=True):
    """Milliseconds, and the same in units of the calibration loop."""

    median_ms: float
    p99_ms: float
    ratio: float
    """Median by calibration."""


class Speed(msgspec.Struct, frozen=True):
    """What one run of the bench measured."""

    machine: str
    python: str
    calibration_ms: float
    questions: int
    warm: Times
    slowest: tuple[tuple[str, float], ...]
    """The slowest questions, with their median in milliseconds."""
    cold: Times
    steps: dict[str, float]
    """Milliseconds of a cold start by step; they add up to its median."""

    def lines(self) -> tuple[str, ...]:
        return (
            f"{self.machine}, Python {self.python}; calibration loop {self.calibration_ms:.1f} ms",
            f"warm, {self.questions} questions: {_worded(self.warm)}",
            *(f"  {milliseconds:8.2f} ms  {question}" for question, milliseconds in self.slowest),
            f"cold start, whole process: {_worded(self.cold)}",
            *(f"  {milliseconds:8.1f} ms  {step}" for step, milliseconds in self.steps.items()),
        )


def run(corpus: Sequence[Path], intents: Sequence[Path], today: date, runs: int = 9, watch: Watch = UNWATCHED) -> Speed:
    """Measure on these documents and intents, empty for those shipped; `runs` counts the cold starts.

    Raises `ChatbotError` when the bot does not start.
    """
    unit = calibration()
    bot = Chatbot.open(corpus or None, intents or None, today=today)
    by_question = warm(bot, today)
    steps = cold(corpus, intents, today, runs, watch)
    medians = [(question, median(times)) for question, times in by_question.items()]
    return Speed(
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        python=platform.python_version(),
        calibration_ms=unit,
        questions=len(by_question),
        warm=_times([time for times in by_question.values() for time in times], unit),
        slowest=tuple(sorted(medians, key=lambda each: -each[1])[:3]),
        cold=_times(steps["answer"], unit),
        steps=_differences(steps),
    )


def calibration() -> float:
    """Milliseconds of a fixed loop over small integers, the median of several rounds."""
    return median(_timed(_loop) for _ in range(CALIBRATION_ROUNDS))


def warm(bot: Chatbot, today: date) -> dict[str, list[float]]:
    """Milliseconds of every question, several times each, after one round that is not counted."""
    for question in QUESTIONS:
        bot.ask(question, today=today)
    # Each round has a day of its own: answers that are remembered for a day may not be timed as found.
    days = [today + timedelta(days=round_ + 1) for round_ in range(WARM_ROUNDS)]
    return {question: [_timed(bot.ask, question, None, day) for day in days] for question in QUESTIONS}


def cold(
    corpus: Sequence[Path], intents: Sequence[Path], today: date, runs: int, watch: Watch = UNWATCHED
) -> dict[str, list[float]]:
    """Milliseconds of whole processes that stop after each step: `runs` of each, interleaved, caches warm."""
    places = [option for path in corpus for option in ("--corpus", str(path))]
    places += [option for path in intents for option in ("--intents", str(path))]
    joined = ["\n".join(map(str, corpus)), "\n".join(map(str, intents)), today.isoformat()]
    commands = {
        "interpreter": ["-c", "pass"],
        "imports": ["-c", _UP_TO_IMPORTS],
        "reading the cache": ["-c", _UP_TO_OPENING, *joined],
        "answer": ["-m", "chatbot", "ask", QUESTIONS[0], "--today", today.isoformat(), *places],
    }
    times: dict[str, list[float]] = {step: [] for step in commands}
    for _ in watch.each(range(runs + 1), runs + 1):
        for step, arguments in commands.items():
            times[step].append(_timed(_process, arguments))
    return {step: measured[1:] for step, measured in times.items()}


def _process(arguments: Sequence[str]) -> None:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise ChatbotError(f"a cold start failed: {done.stderr.strip()}")


def _timed(work: Callable[..., object], *arguments: object) -> float:
    start = perf_counter()
    work(*arguments)
    return (perf_counter() - start) * 1000


def _loop() -> int:
    total = 0
    for number in range(200_000):
        total = (total * 31 + number) % 1_000_003
    return total


def _times(milliseconds: Sequence[float], unit: float) -> Times:
    middle = median(milliseconds)
    return Times(middle, percentile(milliseconds, 0.99), middle / unit)


def _differences(steps: dict[str, list[float]]) -> dict[str, float]:
    medians = [0.0, *(median(times) for times in steps.values())]
    return {step: medians[place + 1] - medians[place] for place, step in enumerate(steps)}


def _worded(times: Times) -> str:
    return f"median {times.median_ms:.2f} ms ({times.ratio:.3f} loops), p99 {times.p99_ms:.2f} ms"
