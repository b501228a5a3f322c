"""What encodings name: the entries of their registers, who is new, how often and where each is mentioned."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_serge.authority.apply import with_forms
from tei_serge.authority.files import read_file
from tei_serge.authority.folding import fold, tidy
from tei_serge.authority.model import Entry, Kind
from tei_serge.authority.read_tei import read_tei
from tei_serge.authority.reading import Remarks, settle
from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, located
from tei_serge.namespaces import TEI, XML_ID
from tei_serge.tei.stand_off import REVIEW
from tei_serge.xmlfile import Node, NotWellFormed, not_tei, read_xml

__all__ = ["Named", "collect"]

_TEXT = f"{{{TEI}}}text"
_BLOCKS = frozenset(
    f"{{{TEI}}}{name}"
    for name in (
        *("p", "head", "item", "label", "byline", "titlePart", "l", "ab", "cell", "note", "salute", "signed"),
        *("dateline", "addrLine"),
    )
)
_XML = (".xml", ".tei")
_AROUND = 45
"""Characters of context on each side of a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """An entry with what the texts say of it: whether it is new, how often it is named, in how many texts.

    `context` is the first place where it is named, with the name of its file.
    """

    entry: Entry
    new: bool = False
    mentions: int = 0
    texts: int = 0
    context: str = ""


@dataclass(slots=True)
class _Seen:
    """The mentions of one entry of one file."""

    mentions: int = 0
    texts: set[str] = field(default_factory=set)
    context: str = ""


_Key = tuple[Path, str]


def collect(
    paths: Iterable[Path], tell: Callable[[Path], object] = lambda path: None
) -> tuple[list[Named], list[Finding]]:
    """The entries of encodings and authority files, in the order of the files; `tell` hears of each file.

    An entry of an authority file is one by its id. A new entry is one by its name: the same name in several
    texts is one line to review. What is wrong in a file is told, and the rest is used.
    """
    findings: list[Finding] = []
    entries: dict[_Key, tuple[Entry, bool]] = {}
    seen: dict[_Key, _Seen] = {}
    read: set[Path] = set()
    for path in paths:
        tell(path)
        _read(path, entries, seen, read, findings)
    # Registers outside the texts that nobody named, but the texts point into.
    for path in sorted({path for path, _ in seen} - read):
        if path.is_file():
            _read(path, entries, {}, read, findings)
    return _united(entries, seen), findings


def _read(
    path: Path,
    entries: dict[_Key, tuple[Entry, bool]],
    seen: dict[_Key, _Seen],
    read: set[Path],
    findings: list[Finding],
) -> None:
    place = path.resolve()
    if place in read:
        return
    read.add(place)
    if path.suffix.lower() not in _XML:
        reading = read_file(path)
        findings += reading.findings
        entries.update({(place, entry.id): (entry, False) for entry in reading.entries})
        return
    remarks = Remarks(str(path), [])
    try:
        data = path.read_bytes()
        root = read_xml(data).root
    except NotWellFormed as error:
        findings += [located(fault, str(path), error.text) for fault in error.faults]
        return
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        findings.append(located(diagnostic("SCH-004", name=path, reason=reason), str(path)))
        return
    foreign = not_tei(root)
    if foreign:
        findings.append(located(foreign, str(path)))
        return
    marked = {
        str(node.get(XML_ID))
        for node in root.iter(etree.Element)
        if f"#{REVIEW}" in node.get("ana", "").split()
    }
    for entry in settle(read_tei(data, remarks), remarks):
        entries[place, entry.id] = entry, entry.id in marked
    findings += remarks.findings
    _mentions(root, path, seen)


def _mentions(root: Node, path: Path, seen: dict[_Key, _Seen]) -> None:
    """Note all pointers of the text of a file, and the words around the first one to each entry."""
    here = path.resolve()
    places: dict[str, Path] = {"": here}
    for text in root.iter(_TEXT):
        for node in text.iter(etree.Element):
            for token in (node.get("ref") or "").split():
                file, mark, id = token.partition("#")
                if not mark or ":" in file:
                    continue
                if file not in places:
                    places[file] = (here.parent / unquote(file)).resolve()
                one = seen.setdefault((places[file], id), _Seen())
                one.mentions += 1
                one.texts.add(str(here))
                if not one.context:
                    one.context = f"{path.name}: {_around(node)}"


def _around(node: Node) -> str:
    """The words of the block around a name."""
    block = next((one for one in node.iterancestors() if one.tag in _BLOCKS), node)
    before: list[str] = []
    after: list[str] = []
    parts, inside = before, False
    for event, one in etree.iterwalk(block, events=("start", "end")):
        if one is node:
            inside = event == "start"
            parts = after
        if event == "start" and not inside:
            parts.append(one.text or "")
        elif event == "end" and not inside and one is not block:
            parts.append(one.tail or "")
    left, right = "".join(before), "".join(after)
    if len(left) > _AROUND:
        left = f"…{left[-_AROUND:].partition(' ')[2]}"
    if len(right) > _AROUND:
        right = f"{right[:_AROUND].rpartition(' ')[0]}…"
    return tidy(f"{left}{''.join(map(str, node.itertext()))}{right}")


def _united(entries: Mapping[_Key, tuple[Entry, bool]], seen: Mapping[_Key, _Seen]) -> list[Named]:
    """Each known entry once by its id, each new one once by its kind and name."""
    found: dict[tuple[Kind, str, bool], tuple[Entry, list[_Seen]]] = {}
    for key, (entry, new) in entries.items():
        own = (entry.kind, fold(entry.main) if new else entry.id, new)
        known = found.get(own)
        found[own] = (with_forms(known[0], entry), known[1]) if known else (entry, [])
        if key in seen:
            found[own][1].append(seen[key])
    return [_named(entry, own[2], marks) for own, (entry, marks) in found.items()]


def _named(entry: Entry, new: bool, marks: list[_Seen]) -> Named:
    texts = {text for one in marks for text in one.texts}
    context = next((one.context for one in marks if one.context), "")
    return Named(entry, new, sum(one.mentions for one in marks), len(texts), context)
