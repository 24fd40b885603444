"""Loading intent and lexicon files: every fault of a load is found, placed and reported together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from chatbot.errors import IntentError, IntentErrors
from chatbot.intents.model import (
    COMPUTED_SLOTS,
    SLOTS,
    Condition,
    Expected,
    Intent,
    IntentFile,
    Step,
    Template,
)
from chatbot.intents.templates import TemplateError, compile_sentence
from chatbot.knowledge.relation import Role
from chatbot.language.lexicon import Lexicon, LexiconFile, Property

LEXICON_NAME = "lexicon.yaml"
_SUFFIXES = (".yaml", ".yml")
_PATH_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ROLES = frozenset(Role.__args__)  # type: ignore[attr-defined]


_File = TypeVar("_File", IntentFile, LexiconFile)


class Loaded(msgspec.Struct, frozen=True):
    """Everything read from the intent folders; encodes to JSON for the cache."""

    intents: tuple[Intent, ...]
    lexicon: tuple[LexiconFile, ...]


def intent_files(folders: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Pairs (folder, file) of every YAML file below the folders, sorted; hidden files are ignored."""
    found = []
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
        base = folder.parent if folder.is_file() else folder
        for file in files:
            hidden = any(part.startswith(".") for part in file.relative_to(base).parts)
            if file.suffix in _SUFFIXES and file.is_file() and not hidden:
                found.append((base, file))
    return found


def load(folders: Sequence[Path]) -> Loaded:
    """Read, check and compile every intent. Raises `IntentErrors` with all the faults found."""
    errors: list[IntentError] = []
    for folder in folders:
        if not folder.exists():
            errors.append(IntentError(str(folder), 0, 0, "no such file or folder of intents"))
    lexicons: list[LexiconFile] = []
    sources: list[tuple[str, _Source]] = []
    for base, path in intent_files([folder for folder in folders if folder.exists()]):
        try:
            source = _Source.read(path)
            if path.name == LEXICON_NAME:
                lexicons.append(source.convert(LexiconFile))
            else:
                sources.append((path.relative_to(base).with_suffix("").as_posix(), source))
        except IntentError as error:
            errors.append(error)
    if any(Path(error.path).name == LEXICON_NAME for error in errors):
        raise IntentErrors(errors)  # every concept would seem unknown
    lexicon = Lexicon(lexicons)
    intents: dict[str, Intent] = {}
    for name, source in sources:
        try:
            intent = _intent(name, source, lexicon)
        except IntentError as error:
            errors.append(error)
            continue
        except IntentErrors as many:
            errors.extend(many.errors)
            continue
        if name in intents:
            errors.append(source.error((), f"a second intent named {name!r}; give this file another name"))
        intents.setdefault(name, intent)
    if errors:
        raise IntentErrors(errors)
    return Loaded(tuple(intents.values()), tuple(lexicons))


class Placer:
    """Says where in its file a piece of an intent stands: "intents/office/holder_at.yaml:12:5"."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._paths = {path.relative_to(base).with_suffix("").as_posix(): path for base, path in intent_files(folders)}
        self._sources: dict[str, _Source] = {}

    def place(self, intent: str, path: Sequence[str | int]) -> str:
        if intent not in self._sources:
            self._sources[intent] = _Source.read(self._paths[intent])
        error = self._sources[intent].error(path, "")
        return f"{error.path}:{error.line}:{error.column}"


def _intent(name: str, source: "_Source", lexicon: Lexicon) -> Intent:
    file = source.convert(IntentFile)
    errors = [source.error(path, problem) for path, problem in _faults(file)]
    templates: list[Template] = []
    for number, sentence in enumerate(file.sentences):
        try:
            templates += compile_sentence(sentence, number, lexicon, every_word=bool(file.responses))
        except TemplateError as error:
            errors.append(source.error(("sentences", number), str(error)))
    if errors:
        raise IntentErrors(errors)
    return Intent(name, file, tuple(templates))


def _faults(file: IntentFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What the shape alone does not forbid: the path inside the file, and the problem."""
    if not file.sentences:
        yield ("sentences",), "an intent needs at least one sentence"
    if not file.plan and not file.responses:
        yield (), "an intent needs a plan, or responses if it is small talk"
    for number, need in enumerate(file.needs):
        for role in need.split("|"):
            if role not in _ROLES:
                yield ("needs", number), f"unknown role {role!r}.{_guess(role, _ROLES)}"
    for number, step in enumerate(file.plan):
        given = [name for name in step.__struct_fields__ if getattr(step, name) is not None]
        if len(given) != 1:
            yield ("plan", number), "a step does exactly one thing: " + ", ".join(step.__struct_fields__)
        known = (*SLOTS, *COMPUTED_SLOTS)
        if step.keep is not None:
            if bool(step.keep.slot) == bool(step.keep.value):
                yield ("plan", number, "keep"), "a condition has either a slot or a value"
            for slot in step.keep.slot.split("|") if step.keep.slot else ():
                if slot not in known:
                    yield ("plan", number, "keep", "slot"), f"unknown slot {slot!r}.{_guess(slot, known)}"
    if file.plan:
        required = {"values": ("one",), "rows": ("one",), "yes_no": ("yes", "no"), "difference": ("number",)}
        for key in required.get(file.answer, ()):
            counted = any(s.count or s.total or s.average or s.difference or s.age or s.change for s in file.plan)
            if key not in file.wordings and not (counted and "number" in file.wordings):
                yield ("wordings",), f"the wording {key!r} is missing"


def _guess(word: str, allowed: Iterable[str]) -> str:
    from difflib import get_close_matches

    known = sorted(name for name in allowed if name)
    near = get_close_matches(word, known, 1)
    return (f" Did you mean {near[0]!r}?" if near else "") + f" Known: {', '.join(known)}."


class _Source:
    """A YAML file as data and as nodes, so that a fault found in the data can be placed in the file."""

    def __init__(self, path: str, data: Any, root: Any) -> None:
        self.path, self.data, self.root = path, data, root

    @classmethod
    def read(cls, path: Path) -> "_Source":
        """Raises `IntentError` where the file cannot be read as YAML."""
        import yaml

        loader_class = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        shown = _shown(path)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise IntentError(shown, 1, 1, f"cannot be read as UTF-8 text: {error}") from error
        try:
            loader = loader_class(text)
            root = loader.get_single_node()
            data = None if root is None else loader.construct_document(root)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
            raise IntentError(shown, line, column, f"not valid YAML: {error.problem}") from error
        except yaml.YAMLError as error:
            raise IntentError(shown, 1, 1, f"not valid YAML: {error}") from error
        if data is None:
            raise IntentError(shown, 1, 1, "the file is empty; an intent has a description, sentences and a plan")
        return cls(shown, data, root)

    def convert(self, kind: type[_File]) -> _File:
        """The data as an intent or a lexicon; raises `IntentError` at the fault, with the nearest allowed name."""
        try:
            return msgspec.convert(self.data, kind)
        except msgspec.ValidationError as error:
            message, _, where = str(error).partition(" - at `")
            steps = [name or int(number) for name, number in _PATH_STEP.findall(where) if number != "..."]
            unknown = re.search(r"unknown field `(\w+)`", message)
            if unknown is not None:
                steps.append(unknown.group(1))
                message = f"unknown key {unknown.group(1)!r}.{_guess(unknown.group(1), _fields(kind, steps))}"
            raise self.error(steps, message) from error

    def error(self, path: Sequence[str | int], problem: str) -> IntentError:
        line, column = self._place(path)
        return IntentError(self.path, line, column, problem)

    def _place(self, path: Sequence[str | int]) -> tuple[int, int]:
        node = self.root
        for step in path:
            following = _child(node, step)
            if following is None:
                break
            node = following
        return node.start_mark.line + 1, node.start_mark.column + 1


def _child(node: Any, step: str | int) -> Any:
    """The YAML node of a key or an item; None where there is none."""
    if isinstance(step, int):
        items = node.value if isinstance(node.value, list) else []
        return items[step] if step < len(items) and not isinstance(items[step], tuple) else None
    if isinstance(node.value, list):
        for entry in node.value:
            if isinstance(entry, tuple) and entry[0].value == step:
                return entry[0] if not isinstance(entry[1].value, list) else entry[1]
    return None


def _fields(kind: type[Any], steps: Sequence[str | int]) -> Sequence[str]:
    """The keys allowed at the place of a fault."""
    inner: dict[str | int, type[Any]] = {
        "plan": Step,
        "keep": Condition,
        "tests": Expected,
        "properties": Property,
    }
    for step in steps[:-1]:
        kind = inner.get(step, kind)
    return tuple(kind.__struct_fields__)


def _shown(path: Path) -> str:
    """The path as the user would type it: relative to where they stand, if it lies below."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
