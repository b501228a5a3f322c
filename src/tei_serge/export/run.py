"""Run one export: the texts go in one at a time, files come out, and what there is to say is reported."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.edition.model import Edition
from tei_serge.edition.read import Unread
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Exporter, Shape, Wishes, writer
from tei_serge.files import save_all
from tei_serge.findings import Finding, located
from tei_serge.sources import STDIN

__all__ = ["Done", "Output", "run_export"]

Reporter = Callable[[list[Finding]], object]
_CHUNK = 1 << 20


class Output(NamedTuple):
    """Where an export goes: `path` is a folder or a file, or - for standard output, written by `write`."""

    path: str
    write: Callable[[bytes], object]
    force: bool = False

    @property
    def is_standard(self) -> bool:
        """Whether it is standard output."""
        return self.path == STDIN


class Done(NamedTuple):
    """How many texts were exported, and how many files of an earlier run were removed."""

    texts: int
    removed: int = 0


def run_export(
    exporter: Exporter,
    texts: Iterable[Unread],
    output: Output,
    wishes: Wishes,
    report: Reporter,
    failed: Callable[[], bool] = lambda: False,
) -> Done:
    """Export texts. Where none can be read, nothing is written or removed.

    `failed` tells whether a text could not be read so far: then nothing of an earlier run is removed.
    Raises TeiSergeError where the format as a whole cannot be written: `OUT-002`, `EXP-004` to `EXP-005`.
    """

    def left_out(path: str, reason: str) -> None:
        report([located(diagnostic("EXP-007", name=path, format=exporter.name, reason=reason), path)])

    wishes = replace(wishes, left_out=left_out)
    lacks = _Lacks(exporter)
    counted = _Counter()
    readable = _from_the_first(counted.over(texts))
    if readable is None:
        if not failed():
            report([located(diagnostic("EXP-009", format=exporter.name), output.path)])
        return Done(0)
    editions = lacks.watch(_read(readable))
    removed = 0
    if exporter.shape is Shape.FOLDER:
        given = readable if exporter.lazy else editions
        with export_folder(Path(output.path), exporter.name, output.force) as folder:
            writer(exporter)(given, folder, wishes)
            folder.complete = not failed()
        removed = folder.removed
        report([located(note, str(path)) for path, note in folder.diagnostics])
    elif exporter.shape is Shape.ONE or wishes.together:
        function = "write" if exporter.shape is Shape.ONE else "write_together"
        _write_pieces(writer(exporter, function)(editions, wishes), output, report)
    else:
        _write_each(exporter, editions, output, wishes, report)
    report(lacks.findings(counted.number))
    return Done(counted.number, removed)


class _Counter:
    """Counts the texts that pass."""

    def __init__(self) -> None:
        self.number = 0

    def over(self, texts: Iterable[Unread]) -> Iterator[Unread]:
        for text in texts:
            self.number += 1
            yield text._replace(read=self._wrapped(text))

    def _wrapped(self, text: Unread) -> Callable[[], Edition | None]:
        def read() -> Edition | None:
            edition = text.read()
            if edition is None:
                self.number -= 1
            return edition

        return read


def _from_the_first(texts: Iterator[Unread]) -> Iterator[Unread] | None:
    """The texts from the first one that can be read, which is read now; None where there is none."""
    for text in texts:
        edition = text.read()
        if edition is not None:
            return chain([text._replace(read=partial(_same, edition))], texts)
    return None


def _same(edition: Edition) -> Edition:
    return edition


def _read(texts: Iterable[Unread]) -> Iterator[Edition]:
    for text in texts:
        edition = text.read()
        if edition is not None:
            yield edition


class _Lacks:
    """Which texts have none of the features that the format is made of."""

    def __init__(self, exporter: Exporter) -> None:
        self._exporter = exporter
        self._paths: list[str] = []
        self._more = 0

    def watch(self, editions: Iterable[Edition]) -> Iterator[Edition]:
        needs = self._exporter.needs
        for edition in editions:
            if needs and all(need in edition.missing for need in needs):
                if self._paths:
                    self._more += 1
                else:
                    self._paths.append(edition.path)
            yield edition

    def findings(self, number: int) -> list[Finding]:
        if not self._paths:
            return []
        name = (
            self._paths[0] if not self._more else f"{self._more + 1} of {number} texts, as {self._paths[0]}"
        )
        features = " or ".join(self._exporter.needs)
        found = diagnostic("EXP-003", name=name, features=features, format=self._exporter.name)
        return [located(found, self._paths[0])]


def _write_each(
    exporter: Exporter, editions: Iterable[Edition], output: Output, wishes: Wishes, report: Reporter
) -> None:
    """A file for each text, into a folder, a named file or standard output."""
    write = writer(exporter)
    path = Path(output.path)
    one = not output.is_standard and path.suffix.lower() == exporter.extension and not path.is_dir()
    alone = one or (output.is_standard and exporter.binary)
    held = b""
    for number, edition in enumerate(editions):
        if number and alone:
            raise TeiSergeError(diagnostic("EXP-005", name=output.path, format=exporter.name))
        data: bytes = write(edition, wishes)
        if not data:
            reason = "its text is empty"
            report([located(diagnostic("EXP-001", name=edition.path, reason=reason), edition.path)])
        elif alone:
            held = data  # written when it is sure that it is the only one
        elif output.is_standard:
            output.write(data)
        else:
            _save(path, f"{edition.name}{exporter.extension}", data, output.force, report)
    if held and output.is_standard:
        output.write(held)
    elif held:
        _save(path.parent, path.name, held, output.force, report)


def _save(folder: Path, name: str, data: bytes, force: bool, report: Reporter) -> None:
    saved = save_all(folder, {name: data}, force)
    report([located(note, str(file.path)) for file in saved for note in file.diagnostics])


def _write_pieces(pieces: Iterable[bytes], output: Output, report: Reporter) -> None:
    """One file for all texts: gathered beside, so that it is there whole or not at all."""
    with TemporaryFile() as beside:
        for piece in pieces:
            beside.write(piece)
        size = beside.tell()
        beside.seek(0)
        if output.is_standard:
            for chunk in _chunks(beside):
                output.write(chunk)
            return
        data = beside.read(size)
    path = Path(output.path)
    with suppress(FileExistsError):
        path.parent.mkdir(parents=True, exist_ok=True)
    _save(path.parent, path.name, data, output.force, report)


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk
