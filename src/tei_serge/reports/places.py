"""Where something was found, as machines want it said: a path from the root, a URI, the words of a line."""

import ntpath
import os
import posixpath
import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from tei_serge.display_width import offset_of, width
from tei_serge.findings import Finding

Checked = tuple[str, Sequence[Finding]]
"""A file that was checked, by its path, and what was found in it; a clean one has nothing."""

STDIN = "-"
_DRIVE = re.compile("[A-Za-z]:/")


class Base(NamedTuple):
    """What paths count from: the folder where they were typed, and the root that the reader knows.

    Both absolute or both empty. `windows` says whether a backslash parts folders, or belongs to a name.
    """

    folder: str = ""
    root: str = ""
    windows: bool = os.name == "nt"


HERE = Base()
"""Paths count from where they count from already."""


def from_root(path: str, base: Base = HERE) -> str:
    """A path with forward slashes: from the root where it lies in it, else absolute, or as short as given.

    >>> from_root("tei/../tei/a.xml"), from_root("../a.xml", Base("/home/me/docs", "/home/me", windows=False))
    ('tei/a.xml', 'a.xml')
    """
    flavour = ntpath if base.windows else posixpath
    whole: str = flavour.normpath(flavour.join(base.folder, path))
    if base.root and flavour.isabs(whole):
        try:
            inside = str(flavour.relpath(whole, base.root))
        except ValueError:  # on another drive
            inside = os.pardir
        if inside.split(flavour.sep)[0] != flavour.pardir:
            whole = inside
    return whole.replace("\\", "/") if base.windows else whole


def uri(path: str, base: Base = HERE) -> str:
    """The path as a URI, percent-encoded as RFC 3986 wants: relative below the root, else with `file:`.

    >>> uri("tei/Müller 1.xml"), uri("/tmp/a.xml", Base(windows=False))
    ('tei/M%C3%BCller%201.xml', 'file:///tmp/a.xml')
    """
    plain = from_root(path, base)
    drive = plain[:2] if base.windows and _DRIVE.match(plain) else ""
    encoded = drive + quote(_name_bytes(plain.removeprefix(drive)), safe="/")
    if base.windows and plain.startswith("//"):
        return f"file:{encoded}"
    if drive or plain.startswith("/"):
        return f"file:///{encoded.lstrip('/')}"
    return encoded


def _name_bytes(path: str) -> bytes:
    """The bytes that the system knows a name by, also where they are no characters."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "replace")


class Shown(NamedTuple):
    """The line of an excerpt, where the mark under it begins, and how long that is."""

    line: str
    indent: int
    length: int

    @property
    def words(self) -> str:
        """What the mark stands under."""
        return self.line[self.indent : self.indent + self.length]


def shown(finding: Finding) -> Shown | None:
    """The excerpt of a finding in its parts, counted in characters; None for one about a whole file."""
    line, _, marks = finding.excerpt.rpartition("\n")
    mark = marks.strip(" ")
    if not mark or mark.strip("^~"):
        return None
    line = line.rstrip("\x85\u2028\u2029")
    before = len(marks) - len(mark)
    begin = offset_of(line, before)
    return Shown(line, begin, max(1, offset_of(line, before + len(mark)) - begin))


def mark_under(place: Shown) -> str:
    """The line of the mark: a caret where the fault begins, ~ as far as it goes."""
    columns = max(1, width(place.words) + place.length - len(place.words))
    return f"{' ' * margin(place)}^{'~' * (columns - 1)}"


def margin(place: Shown) -> int:
    """How many columns of a terminal stand before what is marked."""
    return width(place.line[: place.indent]) + max(0, place.indent - len(place.line))
