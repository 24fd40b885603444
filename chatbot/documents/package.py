"""Zip files of XML, the shape of office files and e-books, read with bounds that no file can talk its way past."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from chatbot.documents.extracted import DAMAGED, Unreadable

MOST_MEMBERS = 20_000
MOST_UNPACKED = 100_000_000
"""Bytes that the parts read of one file may unpack to; pictures and films are never unpacked."""
MOST_RATIO = 400
"""How often its own size a part may unpack to, once it is of some size; office files reach about 100."""
_SMALL = 5_000_000
_MOST_DEPTH = 200
"""How deep elements may lie in each other; office files stay below 100."""

_TOO_LARGE = f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB, or is packed suspiciously tightly; split it into smaller files."


class Package:
    """The members of one zip file."""

    def __init__(self, data: bytes) -> None:
        """Raises `Unreadable`."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable(DAMAGED) from error
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise Unreadable(f"holds more than {MOST_MEMBERS} files, more than any document needs.")
        self._names = frozenset(self._zip.namelist())
        self._left = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self) -> Iterator[str]:
        return iter(self._names)

    def read(self, name: str) -> bytes:
        """A member unpacked. Raises `Unreadable` when it is missing, damaged, locked or too large."""
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise Unreadable("is protected by a password; save it without one.")
            with self._zip.open(info) as member:
                data = member.read(self._left + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise Unreadable(DAMAGED) from error
        if len(data) > self._left or len(data) > max(_SMALL, MOST_RATIO * info.compress_size):
            raise Unreadable(_TOO_LARGE)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """The tree of a member, its names without namespaces, but for `r:` before those of relationships."""
        return parsed(self.read(name))

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to (Open Packaging Conventions): id → kind and member name, those inside the file only."""
        folder, base = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        if path not in self:
            return {}
        return {
            entry.get("Id", ""): (entry.get("Type", "").rpartition("/")[2], inside(folder, entry.get("Target", "")))
            for entry in self.xml(path)
            if entry.get("TargetMode") != "External"
        }

    def first(self, name: str, kind: str) -> str | None:
        """The member that `name` refers to as being of a kind, if it is there."""
        found = (target for each, target in self.related(name).values() if each == kind and target in self)
        return next(found, None)


def inside(folder: str, target: str) -> str:
    """The member that a reference found in `folder` means.

    >>> inside("ppt/slides", "../media/a%20b.xml"), inside("xl", "/xl/styles.xml")
    ('ppt/media/a b.xml', 'xl/styles.xml')
    """
    return posixpath.normpath(posixpath.join("/", folder, unquote(target.partition("#")[0]))).lstrip("/")


def parsed(data: bytes) -> Element:
    """The tree of an XML text, names without namespaces. Raises `Unreadable`."""
    *_, root = elements(data)
    return root


def elements(data: bytes) -> Iterator[Element]:
    """Every element of an XML text when it is complete, the root last. Raises `Unreadable`.

    Entities may not be declared: no office file needs them, and a few lines of them unpack to gigabytes.
    """
    _refuse_entities(data)
    depth = 0
    try:
        for event, element in ElementTree.iterparse(BytesIO(data), ("start", "end")):
            depth += 1 if event == "start" else -1
            if depth > _MOST_DEPTH:
                raise Unreadable(DAMAGED)
            if event == "end":
                _shorten(element)
                yield element
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


class _RootReached(Exception):
    pass


def _refuse_entities(data: bytes) -> None:
    def declared(*_: object) -> None:
        raise Unreadable("declares XML entities, which no document needs and which can be an attack; save it again.")

    def reached(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.EntityDeclHandler, parser.StartElementHandler = declared, reached
    try:
        parser.Parse(data, True)
    except _RootReached:
        return
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(DAMAGED) from error


def _shorten(element: Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    attributes = element.attrib
    for name in [name for name in attributes if name[0] == "{"]:
        space, _, local = name.rpartition("}")
        # `id` and `r:id` stand on one element in presentations and mean different things.
        attributes["r:" + local if space.endswith("/relationships") else local] = attributes.pop(name)
