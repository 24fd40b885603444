"""Loading intent and lexicon files: every fault of a load is found, placed and reported together."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import NoneType
from typing import Any, TypeAlias, TypeVar, get_args, get_type_hints

import msgspec

from chatbot.errors import IntentError, IntentErrors
from chatbot.intents.model import (
    BARE_WORDS,
    COLUMNS,
    FIELDS,
    OTHER_ROWS,
    ROLES,
    ROW_FIELDS,
    SLOT_NAMES,
    STEP_NAMES,
    Condition,
    Intent,
    IntentFile,
    Step,
    Template,
)
from chatbot.intents.templates import TemplateError, compile_sentence
from chatbot.language.lexicon import Lexicon, LexiconFile

LEXICON_NAME = "lexicon.yaml"
_SUFFIXES = (".yaml", ".yml")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
#: How msgspec words the faults it finds.
_PATH_STEP = re.compile(r"\.(\w+)|\[(\d+|\.\.\.)\]")
_UNKNOWN_KEY = re.compile(r"unknown field `(.*)`")
_UNFIT = re.compile(r"Invalid enum value '(.*)'", re.S)

_File = TypeVar("_File", IntentFile, LexiconFile)
#: Keys and positions from the root of a file to a piece of it; and what is wrong there.
_Path: TypeAlias = Sequence[str | int]
_Fault: TypeAlias = tuple[_Path, str]


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
    errors = [IntentError(str(f), 0, 0, "no such file or folder of intents") for f in folders if not f.exists()]
    lexicons: list[LexiconFile] = []
    sources: list[tuple[str, _Source]] = []
    for base, path in intent_files([folder for folder in folders if folder.exists()]):
        with _collecting(errors):
            source = _Source.read(path)
            if path.name == LEXICON_NAME:
                lexicons.append(source.convert(LexiconFile))
            else:
                sources.append((path.relative_to(base).with_suffix("").as_posix(), source))
    if any(Path(error.path).name == LEXICON_NAME for error in errors):
        raise IntentErrors(errors)  # every concept would seem unknown
    lexicon = Lexicon(lexicons)
    intents: dict[str, Intent] = {}
    for name, source in sources:
        with _collecting(errors):
            intent = _intent(name, source, lexicon)
            if name in intents:
                raise source.error((), f"a second intent named {name!r}; give this file another name")
            intents[name] = intent
    if errors:
        raise IntentErrors(errors)
    return Loaded(tuple(intents.values()), tuple(lexicons))


@contextmanager
def _collecting(errors: list[IntentError]) -> Iterator[None]:
    """Faults of one file end its reading, and are kept to be told with those of the others."""
    try:
        yield
    except IntentError as error:
        errors.append(error)
    except IntentErrors as many:
        errors.extend(many.errors)


class Placer:
    """Says where in its file a piece of an intent stands: "intents/office/holder_at.yaml:12:5"."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._paths = {path.relative_to(base).with_suffix("").as_posix(): path for base, path in intent_files(folders)}
        self._sources: dict[str, _Source] = {}

    def place(self, intent: str, path: _Path) -> str:
        if intent not in self._sources:
            self._sources[intent] = _Source.read(self._paths[intent])
        error = self._sources[intent].error(path, "")
        return f"{error.path}:{error.line}:{error.column}"


def _intent(name: str, source: "_Source", lexicon: Lexicon) -> Intent:
    file = source.convert(IntentFile)
    errors = [source.error(path, problem) for path, problem in _faults(file, lexicon.properties)]
    templates: list[Template] = []
    for number, sentence in enumerate(file.sentences):
        try:
            ways = compile_sentence(sentence, number, lexicon, every_word=bool(file.responses))
        except TemplateError as error:
            errors.append(source.error(("sentences", number), str(error)))
            continue
        if not ways:
            problem = f"{sentence!r} holds no slot, concept or word but those of grammar, so no question can match it"
            errors.append(source.error(("sentences", number), problem))
        templates += ways
    if errors:
        raise IntentErrors(errors)
    return Intent(name, file, tuple(templates))


def _faults(file: IntentFile, properties: Collection[str]) -> Iterator[_Fault]:
    """What the shape alone does not forbid."""
    if not file.sentences:
        yield ("sentences",), "an intent needs at least one sentence"
    if not file.plan and not file.responses:
        yield (), "an intent needs a plan, or responses if it is small talk"
    for number, need in enumerate(file.needs):
        yield from _unknown(("needs", number), "role", need.split("|"), ROLES)
    for number, step in enumerate(file.plan):
        yield from _step_faults(("plan", number), step, properties)
    if file.plan:
        yield from _missing_wordings(file)
    for key, wording in file.wordings.items():
        yield from _field_faults(("wordings", key), wording, ROW_FIELDS if key == "item" else FIELDS)
    for number, question in enumerate(file.follow_ups):
        yield from _field_faults(("follow_ups", number), question, FIELDS)
    for word in file.bare:
        yield from _unknown(("bare", word), "question word", [word], BARE_WORDS)


def _step_faults(path: _Path, step: Step, properties: Collection[str]) -> Iterator[_Fault]:
    given = [name for name in step.__struct_fields__ if getattr(step, name) is not None]
    if len(given) != 1:
        yield path, "a step does exactly one thing: " + ", ".join(step.__struct_fields__)
    if step.keep is not None:
        yield from _condition_faults((*path, "keep"), step.keep, properties)
    for name in given:
        if name in STEP_NAMES:
            allowed, named = STEP_NAMES[name], getattr(step, name)
            what = "column" if "key" in allowed else "slot"
            if name == "sort":
                named = named.removeprefix("-")
            names = [*named] if isinstance(named, tuple) else named.split("|") if name == "take" else [named]
            known = properties if what == "column" else ()
            yield from _unknown((*path, name), what, [each for each in names if each not in known], allowed)


def _condition_faults(path: _Path, condition: Condition, properties: Collection[str]) -> Iterator[_Fault]:
    if condition.column not in properties:
        yield from _unknown((*path, "column"), "column", [condition.column], COLUMNS)
    if bool(condition.slot) == bool(condition.value):
        yield path, "a condition has either a slot or a value"
    elif condition.slot:
        yield from _unknown((*path, "slot"), "slot", condition.slot.split("|"), SLOT_NAMES)


def _missing_wordings(file: IntentFile) -> Iterator[_Fault]:
    required = {"values": ("one",), "rows": ("one",), "yes_no": ("yes",), "difference": ("number",)}
    counted = any(s.count or s.total or s.average or s.difference or s.age or s.change or s.less for s in file.plan)
    for key in required.get(file.answer, ()):
        if key not in file.wordings and not (counted and "number" in file.wordings):
            yield ("wordings",), f"the wording {key!r} is missing"


def _field_faults(path: _Path, wording: str, allowed: Collection[str]) -> Iterator[_Fault]:
    for field in _PLACEHOLDER.findall(wording):
        prefix = next((prefix for prefix in OTHER_ROWS if field.startswith(prefix)), "")
        yield from _unknown(path, "field", [field], {prefix + name for name in ROW_FIELDS} if prefix else allowed)


def _unknown(path: _Path, what: str, names: Iterable[str], allowed: Collection[str]) -> Iterator[_Fault]:
    for name in names:
        if name not in allowed:
            yield path, f"unknown {what} {name!r}.{_guess(name, allowed)}"


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
        """Raises `IntentError` where the file cannot be read as YAML, `IntentErrors` for keys given twice."""
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
        source = cls(shown, data, root)
        errors = [source._at(key, f"the key {key.value!r} is here a second time") for key in _repeated(root)]
        if errors:
            raise IntentErrors(errors)
        return source

    def convert(self, kind: type[_File]) -> _File:
        """The data as an intent or a lexicon; raises `IntentError` at the fault, with the nearest allowed name."""
        try:
            return msgspec.convert(self.data, kind)
        except msgspec.ValidationError as error:
            message, _, where = str(error).partition(" - at `")
            path, expected = _located(kind, self.data, where)
            node = self._node(path)
            if where.startswith("key`"):
                node = next((key for key, _ in node.value if not _is_text(key)), node)
                message = f"{message} as a key: put it in quotes"
            elif (unknown := _UNKNOWN_KEY.search(message)) is not None:
                node = next((key for key, _ in node.value if key.value == unknown[1]), node)
                message = f"unknown key {unknown[1]!r}.{_guess(unknown[1], expected.__struct_fields__)}"
            elif (unfit := _UNFIT.fullmatch(message)) is not None:
                message = f"{unfit[1]!r} is not allowed here.{_guess(unfit[1], get_args(expected))}"
            raise self._at(node, message) from error

    def error(self, path: _Path, problem: str) -> IntentError:
        return self._at(self._node(path), problem)

    def _at(self, node: Any, problem: str) -> IntentError:
        return IntentError(self.path, node.start_mark.line + 1, node.start_mark.column + 1, problem)

    def _node(self, path: _Path) -> Any:
        """The node at a path, or the last one on the way that is there."""
        node = self.root
        for step in path:
            following = _child(node, step)
            if following is None:
                break
            node = following
        return node


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


def _is_text(key: Any) -> bool:
    return bool(key.tag == "tag:yaml.org,2002:str")


def _repeated(root: Any) -> Iterator[Any]:
    """Keys that their mapping has already; YAML's own reader lets the last one win without a word."""
    nodes, met = [root], set[int]()
    while nodes:
        node = nodes.pop()
        if id(node) in met or not isinstance(node.value, list):
            continue
        met.add(id(node))  # an alias leads to a node again, perhaps from inside it
        keys = set[tuple[str, str]]()
        for item in node.value:
            if isinstance(item, tuple):
                key, item = item
                if (key.tag, key.value) in keys:
                    yield key
                keys.add((key.tag, key.value))
            nodes.append(item)


def _located(kind: Any, data: Any, where: str) -> tuple[list[str | int], Any]:
    """The path of a fault that msgspec words as "$.plan[0].keep", and the type expected there.

    It says "[...]" for a key of a mapping: the first whose value does not fit.
    """
    path: list[str | int] = []
    for name, item in _PATH_STEP.findall(where):
        step: Any = name or item
        if name:
            kind = get_type_hints(kind)[name]
        elif item == "...":
            kind = get_args(kind)[1]
            step = next(key for key, value in data.items() if not _fits(value, kind))
        else:
            kind, step = get_args(kind)[0], int(item)
        if NoneType in get_args(kind):
            kind = next(inner for inner in get_args(kind) if inner is not NoneType)
        path.append(step)
        data = data[step]
    return path, kind


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True


def _shown(path: Path) -> str:
    """The path as the user would type it: relative to where they stand, if it lies below."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(path)
