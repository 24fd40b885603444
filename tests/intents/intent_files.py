"""Intent folders written for tests."""

from collections.abc import Mapping
from pathlib import Path

LEXICON = """\
fillers: [please]
questions:
  who: [who]
  how_many: ["how many"]
concepts:
  lead: [led, "in charge of"]
properties:
  height: {words: [height, tall], asks: number, max: [tallest]}
offices: [mayor]
"""

HOLDER_AT = """\
description: Who held an office.
sentences:
  - "[<who>] <lead> {date}"
needs: [holder, start|term]
plan:
  - keep: {column: term, test: overlaps, slot: date}
  - select: holder
wordings:
  one: "{holder} ({term})."
"""


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder, with these files and, unless it is among them, a small lexicon."""
    for name, text in {"lexicon.yaml": LEXICON, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
