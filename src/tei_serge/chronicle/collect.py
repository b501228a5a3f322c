"""Read the files of a corpus into one chronicle: events in order, entries compared, the same ones found."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from tei_serge.chronicle.identity import keys_of
from tei_serge.chronicle.library import Library
from tei_serge.chronicle.model import Chronicle, Named, Text, Told
from tei_serge.chronicle.order import in_order
from tei_serge.chronicle.read import Reading, is_chronicle, read_events
from tei_serge.chronicle.same import likely_same
from tei_serge.config import Config
from tei_serge.diagnostics import Span, TeiSergeError, diagnostic
from tei_serge.findings import Finding, line_starts, located
from tei_serge.findings import in_order as places_in_order
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_file
from tei_serge.validation.promises import is_register
from tei_serge.xmlfile import (
    Fault,
    NotWellFormed,
    XmlFile,
    attribute_span,
    not_tei,
    read_xml,
    start_tags,
)

__all__ = ["collect", "compose"]

_RAW = ".txt"


def collect(
    paths: Iterable[Path],
    settings: Callable[[Path], Config],
    tell: Callable[[object], object] = lambda path: None,
) -> tuple[Chronicle, list[Finding]]:
    """The chronicle of files, and what is wrong with them; `tell` hears of each file.

    A raw text (`*.txt`) is encoded in memory with the settings for its folder. Register files are read after
    the texts, for those events that no text has shown already. A file that cannot be read costs no other.
    """
    library = Library()
    readings: list[Reading] = []
    registers: list[tuple[Path, XmlFile]] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            if path.suffix.lower() == _RAW:
                readings.append(_of_raw(path, settings, library))
            else:
                file = _xml(path)
                library.put(str(path), file.root)
                if is_register(file.root):
                    registers.append((path, file))
                else:
                    readings.append(_reading(path, file, library, findings))
        except NotWellFormed as error:
            findings += [located(fault, str(path), error.text) for fault in error.faults]
        except TeiSergeError as error:
            findings.append(located(error.finding, str(path)))
        tell(path)
    shown = {(event.file, event.id, event.text) for reading in readings for event in reading.events}
    for path, file in registers:
        if readings and is_chronicle(file.root):
            continue  # it holds nothing that the texts have not told
        reading = _reading(path, file, library, findings)
        left = tuple(one for one in reading.events if (one.file, one.id, one.text) not in shown)
        telling = {one.text for one in left}
        texts = tuple(text for text in reading.texts if text.path in telling)
        readings.append(reading._replace(events=left, texts=texts))
    return compose(readings), findings


def _xml(path: Path) -> XmlFile:
    """A TEI file. Raises NotWellFormed, or TeiSergeError `SCH-004` and `SCH-011`."""
    try:
        file = read_xml(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise TeiSergeError(diagnostic("SCH-004", name=path, reason=reason)) from error
    foreign = not_tei(file.root)
    if foreign:
        raise TeiSergeError(foreign)
    return file


def _of_raw(path: Path, settings: Callable[[Path], Config], library: Library) -> Reading:
    """A raw text, encoded; its registers stay with it, since no file is written."""
    config = replace(settings(path.parent), registers="standoff")
    root = encode_source(read_file(str(path)), config).to_tei(config).getroot()
    library.put(str(path), root)
    reading = read_events(root, str(path), library)
    texts = tuple(replace(text, anchored=False) for text in reading.texts)
    return reading._replace(texts=texts, faults=())


def _reading(path: Path, file: XmlFile, library: Library, findings: list[Finding]) -> Reading:
    reading = read_events(file.root, str(path), library)
    findings += _placed(file, str(path), reading.faults)
    return reading


def _placed(file: XmlFile, path: str, faults: Iterable[Fault]) -> list[Finding]:
    """What is wrong, with its place in the file."""
    faults = tuple(faults)
    tags = start_tags(file, [fault.node for fault in faults if fault.node is not None])
    starts = line_starts(file.text) if faults else [0]
    findings = []
    for fault in faults:
        span = None if fault.node is None else tags.get(fault.node)
        if span is None and fault.node is not None:
            line = min(max(fault.node.sourceline or 1, 1), len(starts))
            span = Span(starts[line - 1], starts[line - 1])
        elif span is not None and fault.attribute:
            span = attribute_span(file, span, fault.attribute)
        findings.append(located(fault.found, path, file.text, starts, span, fault.severity))
    return places_in_order(findings)


def compose(readings: Iterable[Reading]) -> Chronicle:
    """One chronicle of what was read of many files, the same in whatever order they come."""
    readings = tuple(readings)
    told = [event for reading in readings for event in reading.events]
    texts: dict[str, Text] = {}
    for reading in readings:
        for text in reading.texts:
            texts.setdefault(text.path, text)
    names = _names(texts)
    counts = Counter(event.text for event in told)
    keys = keys_of(one for event in told for one in _entries(event))
    events = in_order(_settled(event, names, keys) for event in told)
    kept = sorted(
        (replace(text, name=names[path], events=counts[path]) for path, text in texts.items()),
        key=lambda text: text.name,
    )
    return Chronicle(tuple(kept), events, likely_same(events))


def _names(paths: Iterable[str]) -> Mapping[str, str]:
    """A name for each file: its own, with as many folders as tell it from the others of that name."""
    left = {path: Path(path).parts for path in paths}
    everything = tuple(left.values())
    names: dict[str, str] = {}
    depth = 0
    while left:
        depth += 1
        counts = Counter(parts[-depth:] for parts in everything)
        found = {path for path, parts in left.items() if counts[parts[-depth:]] == 1 or depth >= len(parts)}
        names.update((path, Path(*left[path][-depth:]).as_posix()) for path in found)
        left = {path: parts for path, parts in left.items() if path not in found}
    return names


def _entries(event: Told) -> tuple[Named, ...]:
    people = (one.named for one in event.participants if one.named)
    return (*event.places, *people, *event.answers)


def _settled(event: Told, names: Mapping[str, str], keys: Mapping[tuple[str, str], str]) -> Told:
    """The event with the name of its text, and each of its entries with its key."""

    def keyed(one: Named) -> Named:
        return replace(one, key=keys[one.file, one.id])

    return replace(
        event,
        text=names[event.text],
        places=tuple(map(keyed, event.places)),
        participants=tuple(
            one._replace(named=keyed(one.named)) if one.named else one for one in event.participants
        ),
        answers=tuple(map(keyed, event.answers)),
    )
