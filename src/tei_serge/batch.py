"""Encode many texts, one after the other or side by side, and save the results.

Results come in the order of the sources, whatever the number of processes, and one bad text stops no other.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tei_serge.config import Config
from tei_serge.diagnostics import Severity, TeiSergeError, diagnostic
from tei_serge.files import save_all
from tei_serge.findings import Finding, locate_all, located
from tei_serge.model import Document, Entity, Kind, Source, walk
from tei_serge.parallel import side_by_side
from tei_serge.pipeline import encode_source
from tei_serge.reader import read_file
from tei_serge.tei import build, serialize
from tei_serge.tei.builder import tag
from tei_serge.tei.external import outside_entities
from tei_serge.tei.stand_off import count_mentions

if TYPE_CHECKING:
    from lxml import etree

# Not counted among the blocks of a text.
_PARTS = frozenset({Kind.FRONT, Kind.BODY, Kind.BACK})
NOT_WRITTEN = frozenset({"OUT-001", "OUT-002", "OUT-007"})
"""The codes of findings which tell that an encoding was not written."""

Counted = tuple[Entity, int]
"""An entry of a register, and how often a text mentions it."""

_SIDE_BY_SIDE_FROM = 2_000_000
"""Bytes of text below which starting other processes takes longer than it saves."""
_CHUNK = 64
_CHUNK_BYTES = 32_000_000


class Job(NamedTuple):
    """One text to encode, the settings for it and the name of the file to write."""

    path: Path
    target: str
    config: Config
    encoding: str | None = None


class Encoded(NamedTuple):
    """What came of one text: the TEI (None if nothing could be made) and all there is to say.

    `entities` are the entries for register files outside the TEI, None where it holds its own registers.
    """

    path: str
    target: str
    data: bytes | None
    findings: tuple[Finding, ...]
    blocks: int = 0
    notes: int = 0
    entities: tuple[Counted, ...] | None = None

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(found.severity is severity for found in self.findings)


def encode_safely(read: Callable[[], Source], path: str, target: str, config: Config) -> Encoded:
    """Read and encode one text; whatever goes wrong becomes a finding, so that the others go on."""
    try:
        document = encode_source(read(), config)
        tree = build(document, config)
        found = tuple(locate_all(document.diagnostics, path, document.source.text))
        kinds = Counter(block.kind for block in walk(document.blocks) if block.kind not in _PARTS)
        entities = _outside(document, tree) if config.registers == "external" else None
        del document  # a long text need not be held while its TEI is written
        data = serialize(tree)
    except TeiSergeError as error:
        return Encoded(path, target, None, (located(error.finding, path),))
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        return Encoded(path, target, None, (located(diagnostic("OUT-008", name=path, reason=reason), path),))
    return Encoded(path, target, data, found, kinds.total(), kinds[Kind.NOTE], entities)


def _outside(document: Document, tree: "etree._ElementTree") -> tuple[Counted, ...]:
    """The entries that a text has in files outside, with the number of its mentions."""
    root = tree.getroot()
    text = root.find(tag("text"))
    mentions = count_mentions(root if text is None else text)
    return tuple((entity, mentions[entity.id]) for entity in outside_entities(document))


def encode_job(job: Job) -> Encoded:
    """Read and encode one text."""
    return encode_safely(lambda: read_file(job.path, job.encoding), str(job.path), job.target, job.config)


def encode_all(jobs: Sequence[Job], processes: int | None = None) -> Iterator[Encoded]:
    """Encode texts in order; several processes where that is faster, or as many as told."""
    if processes is None:
        size = sum(_size(job.path) for job in jobs)
        processes = min(os.cpu_count() or 1, len(jobs)) if size >= _SIDE_BY_SIDE_FROM else 1
    if processes <= 1 or len(jobs) <= 1:
        yield from map(encode_job, jobs)
    else:
        yield from side_by_side(encode_job, jobs, processes, _lost)


def _lost(job: Job) -> Encoded:
    """What to say of a text that killed its process."""
    found = diagnostic("OUT-008", name=job.path, reason="the process was killed (out of memory?)")
    return Encoded(str(job.path), job.target, None, (located(found, str(job.path)),))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


def save(results: Iterable[Encoded], folder: Path, force: bool = False) -> Iterator[Encoded]:
    """Write results into a folder, a few at a time; each comes back with what there is to say of its file.

    Raises TeiSergeError if the folder cannot be used at all.
    """
    chunk: list[Encoded] = []
    for result in results:
        chunk.append(result)
        if len(chunk) == _CHUNK or sum(len(item.data or b"") for item in chunk) > _CHUNK_BYTES:
            yield from _save_chunk(chunk, folder, force)
            chunk = []
    yield from _save_chunk(chunk, folder, force)


def _save_chunk(chunk: list[Encoded], folder: Path, force: bool) -> list[Encoded]:
    own = {item.target for item in chunk if _is_source(folder / item.target, item.path)}
    outputs = {item.target: item.data for item in chunk if item.data is not None and item.target not in own}
    saved = {file.path.name: file for file in save_all(folder, outputs, force)} if outputs else {}
    done = []
    for item in chunk:
        path = folder / item.target
        notes = saved[item.target].diagnostics if item.target in saved else ()
        if item.data is not None and item.target in own:
            notes = (diagnostic("OUT-007", name=path),)
        new = (located(note, str(path)) for note in notes)
        done.append(item._replace(findings=(*item.findings, *new)))
    return done


def _is_source(target: Path, source: str) -> bool:
    try:
        return target.samefile(source)
    except (OSError, ValueError):
        return False
