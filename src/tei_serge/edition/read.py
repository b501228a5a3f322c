"""Read TEI into editions, one text at a time."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from tei_serge.chronicle.library import Library
from tei_serge.chronicle.model import Dates
from tei_serge.chronicle.read import read_events
from tei_serge.diagnostics import diagnostic
from tei_serge.edition.content import read_content
from tei_serge.edition.entities import Entries
from tei_serge.edition.header import read_header
from tei_serge.edition.mentions import mention_of
from tei_serge.edition.model import Begin, Edition, Kind, Layer
from tei_serge.edition.pointers import prefixes_of
from tei_serge.findings import Finding, located
from tei_serge.namespaces import TEI, XML, XML_ID
from tei_serge.sources import STDIN
from tei_serge.validation.promises import is_register
from tei_serge.xmlfile import Node, NotWellFormed, not_tei, read_xml

__all__ = ["FEATURES", "Unread", "find_texts", "read_edition", "read_editions", "unique_name"]

_T = f"{{{TEI}}}"
_LANG = f"{{{XML}}}lang"
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 80
# Names that Windows keeps for devices, with any ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_TEI = re.compile(rb"<(?:[\w.-]+:)?TEI[\s>]")
_TEXT = re.compile(rb"<(?:[\w.-]+:)?text[\s>]")
_OUTSIDE = re.compile(rb"[\"'\s]([^\"'\s#:<>]+\.(?:xml|tei))#", re.IGNORECASE)
Reporter = Callable[[list[Finding]], object]


def _silent(_: object) -> None:
    """Say nothing."""


FEATURES = ("persons", "places", "organisations", "works", "dates", "events", "notes", "sources")
"""What an export may need of a text, in the words of `Edition.missing`."""


class Unread(NamedTuple):
    """A text that can be read: its name, its file, a digest of all that reading takes, and how.

    The digest covers the file and the files that it points into: while it stays, so does the edition. `read`
    gives None where the file cannot be read, which has then been reported.
    """

    name: str
    path: str
    digest: str
    read: Callable[[], Edition | None]


def read_editions(
    paths: Iterable[Path], report: Reporter = _silent, tell: Callable[[object], object] = _silent
) -> Iterator[Edition]:
    """The texts of files, one at a time; what is wrong with a file is reported and costs no other."""
    for text in find_texts(paths, report, tell):
        edition = text.read()
        if edition is not None:
            yield edition


def find_texts(
    paths: Iterable[Path],
    report: Reporter = _silent,
    tell: Callable[[object], object] = _silent,
    told: Collection[str] = (),
    load: Callable[[Path], bytes] = Path.read_bytes,
) -> Iterator[Unread]:
    """The texts of files, each to be read when it is wanted, or not at all.

    A register that only lies in a folder is passed over, unless its path is among those `told`. `tell` hears
    of each file when it is done with; `load` gives the bytes of a file.
    """
    library = Library()
    taken: set[str] = set()
    digests: dict[Path, bytes] = {}
    for path in paths:
        try:
            data = load(path)
            digest = _digest(path, data, digests)
            if _is_one_text(data):
                name = unique_name(_stem(path), taken)
                yield Unread(
                    name, str(path), digest, partial(_read_one, path, data, library, name, digest, report)
                )
            else:
                for tei in _parsed(path, data, library, report, str(path) in told):
                    name = unique_name(_stem(path), taken)
                    yield Unread(name, str(path), digest, partial(_read, tei, path, library, name, digest))
        except NotWellFormed as error:
            report([located(fault, str(path), error.text) for fault in error.faults])
        except (OSError, ValueError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            report([located(diagnostic("SCH-004", name=path, reason=reason), str(path))])
        tell(path)


def _stem(path: Path) -> str:
    return path.stem if str(path) != STDIN else "stdin"


def _is_one_text(data: bytes) -> bool:
    """Whether a file holds one text for sure, so that it need not be parsed to know that."""
    return len(_TEI.findall(data)) == 1 and _TEXT.search(data) is not None and b"teiCorpus" not in data


def _digest(path: Path, data: bytes, known: dict[Path, bytes]) -> str:
    """SHA-256 of a file and of those that it points into."""
    digest = hashlib.sha256(data)
    for name in sorted(set(_OUTSIDE.findall(data))):
        other = path.parent / unquote(name.decode("utf-8", "replace"))
        if other not in known:
            try:
                known[other] = hashlib.sha256(other.read_bytes()).digest() if other.is_file() else b""
            except (OSError, ValueError):
                known[other] = b""
        digest.update(known[other])
    return digest.hexdigest()


def _read_one(
    path: Path, data: bytes, library: Library, name: str, digest: str, report: Reporter
) -> Edition | None:
    try:
        for tei in _parsed(path, data, library, report, False):
            return _read(tei, path, library, name, digest)
    except NotWellFormed as error:
        report([located(fault, str(path), error.text) for fault in error.faults])
    return None


def _read(tei: Node, path: Path, library: Library, name: str, digest: str) -> Edition:
    return replace(read_edition(tei, str(path), library, name), digest=digest)


def _parsed(path: Path, data: bytes, library: Library, report: Reporter, told: bool) -> list[Node]:
    """The elements `TEI` of a file that have a text of their own."""
    file = read_xml(data)
    foreign = not_tei(file.root)
    if foreign:
        report([located(foreign, str(path))])
        return []
    library.put(str(path), file.root)
    if is_register(file.root) and not told:
        return []
    found = [tei for tei in file.root.iter(f"{_T}TEI") if tei.find(f"{_T}text") is not None]
    if not found:
        reason = "it has no element text"
        report([located(diagnostic("EXP-001", name=path, reason=reason), str(path))])
    return found


def unique_name(stem: str, taken: set[str]) -> str:
    """A name for a text that is safe in file names and addresses, and that no other text of the run has.

    >>> unique_name("Letters, 1", set()), unique_name("../a", {"a"})
    ('Letters-1', 'a-2')
    """
    base = _UNSAFE.sub("-", unicodedata.normalize("NFC", stem)).strip("-.")[:_LONGEST_NAME] or "text"
    base = f"text-{base}" if _DEVICE.fullmatch(base) else base
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name.casefold())
    return name


def read_edition(tei: Node, path: str, library: Library, name: str = "") -> Edition:
    """The edition of one element `TEI`, of the file at `path`, which the library has taken in."""
    root = tei.getroottree().getroot()
    prefixes = prefixes_of(root)
    header = read_header(tei)
    # Of a corpus each text is looked at alone, or it would have the registers of all.
    tei = tei if tei is root else deepcopy(tei)
    text = tei.find(f"{_T}text")
    if text is None:
        raise ValueError("no element text")
    laid = read_content(text, root, prefixes)
    entries = Entries(root, tei, path, library)
    rules = library.rules(path)
    mentions = tuple(mention_of(draft, laid, entries, rules) for draft in laid.mentions)
    events = read_events(tei, path, library).events
    for event in events:
        for one in (*event.places, *(who.named for who in event.participants if who.named), *event.answers):
            entries.at(one.file, f"#{one.id}")
    language = text.get(_LANG) or tei.get(_LANG) or header.language
    edition = Edition(
        name or unique_name(Path(path).stem, set()),
        path,
        header,
        laid.content,
        laid.plain,
        laid.blocks,
        mentions,
        entries.found,
        events,
        tei,
        tei.get(XML_ID, ""),
        language,
    )
    return replace(edition, missing=_missing(edition))


def _missing(edition: Edition) -> tuple[str, ...]:
    """Which of the features the text has not."""
    layers = {one.kind for one in edition.entities.values()}
    has = {
        "persons": Layer.PERSON in layers,
        "places": Layer.PLACE in layers,
        "organisations": Layer.ORGANISATION in layers,
        "works": Layer.WORK in layers,
        "dates": any(one.dates != Dates() for one in edition.mentions),
        # Those of a register that the text mentions count, if it is known when they were.
        "events": bool(edition.events)
        or any(one.kind is Layer.EVENT and (one.first or one.last) for one in edition.entities.values()),
        "notes": any(isinstance(one, Begin) and one.part.kind is Kind.NOTE for one in edition.content),
        "sources": bool(edition.header.sources),
    }
    return tuple(name for name in FEATURES if not has[name])
