"""A folder that an export writes: its own, or none; each file whole or not at all, and none over another's.

`DIR/.tei-serge/export.json` says which format the folder is of. A folder that has other things in it and no
such record is not written into. Files that an earlier run wrote and this one does not are removed, unless
somebody has changed them, or a text could not be read. A file is put on a list before it is written, so that
a run that was killed leaves nothing that the next one does not know.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from secrets import token_hex
from typing import IO

from tei_serge.diagnostics import Diagnostic, TeiSergeError, diagnostic
from tei_serge.files import (
    STATE_FOLDER,
    keep_copy,
    locked,
    read_manifest,
    write_atomically,
    write_manifest,
)

__all__ = ["Folder", "export_folder"]

_RECORD = "export.json"
_JOURNAL = "journal.txt"
_BESIDE = ".tei-serge-*.tmp"
_CHUNK = 1 << 20


class Folder:
    """The folder of one run; given by `export_folder`."""

    def __init__(
        self, path: Path, format: str, records: dict[str, str], force: bool, journal: IO[str]
    ) -> None:
        self.path = path
        """Where it lies."""
        self.complete = True
        """Whether all texts could be read; if not, nothing of an earlier run is removed."""
        self.diagnostics: list[tuple[Path, Diagnostic]] = []
        """What there is to say of its files."""
        self.written = 0
        """How many files were new or changed."""
        self.removed = 0
        """How many files of an earlier run were removed."""
        self._format = format
        self._old = records
        self._killed = _entries(journal)
        self._journal = journal
        self._new: dict[str, str] = {}
        self._force = force

    def put(self, name: str, data: bytes) -> None:
        """Write a file; the name may have folders, with /. An unchanged file is left as it is."""
        path = self._place(name)
        digest = hashlib.sha256(data).hexdigest()
        if self._may_write(name, path, digest):
            self._note(name, digest)
            write_atomically(path, data)
            self.written += 1
        self._new[name] = digest

    @contextmanager
    def open(self, name: str) -> Iterator[IO[bytes]]:
        """A binary stream; the file takes its place when that is closed, unless it fails before."""
        path = self._place(name)
        beside = path.with_name(f".tei-serge-{token_hex(6)}.tmp")
        try:
            with beside.open("xb") as stream:
                yield stream
            digest = _digest(beside) or ""
            if self._may_write(name, path, digest):
                self._note(name, digest)
                beside.replace(path)
                self.written += 1
            self._new[name] = digest
        except OSError as error:
            raise _refusal(path, error) from error
        finally:
            with suppress(OSError):
                beside.unlink()

    def spare(self, name: str) -> bool:
        """Keep a file of an earlier run as it is; False where it is not there as that run wrote it."""
        now = _digest(self.path / name)
        if now is None or now not in self._known(name):
            return False
        self._new[name] = now
        return True

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder for what is needed between runs, or for a while; nobody reads it but the format."""
        path = self.path / STATE_FOLDER / self._format
        try:
            path.mkdir(exist_ok=True)
        except OSError as error:
            raise _refusal(path, error) from error
        yield path

    def finish(self) -> dict[str, str]:
        """Remove what this run has not written; what the record is to say comes back."""
        records = dict(self._new)
        if not self.complete:
            return {**self._old, **records}
        for name in (*self._old, *self._killed):
            if name in records:
                continue
            path = self.path / name
            now = _digest(path)
            if now in self._known(name):
                with suppress(OSError):
                    path.unlink()
                    self.removed += 1
                    _remove_empty(path.parent, self.path)
            elif now is not None:
                self.diagnostics.append((path, diagnostic("EXP-006", name=path)))
        return records

    def interrupted(self) -> dict[str, str]:
        """What the record is to say after a run that did not end: what was written before and now."""
        return {**self._old, **self._new}

    def _known(self, name: str) -> frozenset[str]:
        """The contents that a file can have by our doing: of an earlier run, of a killed one, of this one."""
        known = (self._old.get(name), self._new.get(name), *self._killed.get(name, ()))
        return frozenset(digest for digest in known if digest)

    def _note(self, name: str, digest: str) -> None:
        """Put a file on the list before it is written."""
        self._journal.write(f"{digest} {name}\n")
        self._journal.flush()

    def _place(self, name: str) -> Path:
        """Where a file goes; a name that leads out of the folder is a mistake of the program."""
        pure = PurePosixPath(name)
        if pure.is_absolute() or not pure.parts or any(one in ("..", STATE_FOLDER) for one in pure.parts):
            raise ValueError(f"not a name inside the folder: {name!r}")
        if "\\" in name or ":" in name or "\0" in name:
            raise ValueError(f"not a name that every system has: {name!r}")
        path = self.path / pure
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refusal(path.parent, error) from error
        return path

    def _may_write(self, name: str, path: Path, digest: str) -> bool:
        """Whether the file is to be written: not where it is the same, nor over somebody's changes."""
        now = _digest(path)
        if now is None:
            return True
        if now == digest:
            return False
        if now in self._known(name):
            return True
        if not self._force:
            self.diagnostics.append((path, diagnostic("OUT-001", name=path)))
            return False
        kept = keep_copy(
            self.path / STATE_FOLDER / "kept",
            PurePosixPath(name).as_posix().replace("/", "-"),
            path.read_bytes(),
        )
        self.diagnostics.append((path, diagnostic("OUT-004", name=path, kept=kept)))
        return True


@contextmanager
def export_folder(path: Path, format: str, force: bool = False) -> Iterator[Folder]:
    """Hold the folder of an export while it is written.

    Raises TeiSergeError `EXP-004` (it has other things in it), `OUT-002`, `OUT-005` or `OUT-006`.
    """
    _must_be_own(path, format)
    with locked(path) as state:
        record = json.dumps({"format": format, "version": 1}) + "\n"
        write_atomically(state / _RECORD, record.encode())
        before = read_manifest(state, force)
        journal = state / _JOURNAL
        if journal.exists():
            _tidy(path)
        with journal.open("a+", encoding="utf-8", newline="\n") as listed:
            folder = Folder(path, format, before, force, listed)
            try:
                yield folder
            except BaseException:
                write_manifest(state, folder.interrupted())
                raise
            records = folder.finish()
        if records != before:
            write_manifest(state, records)
        journal.unlink(missing_ok=True)


def _entries(journal: IO[str]) -> Mapping[str, list[str]]:
    """What a killed run has listed: the digests of each file."""
    found: dict[str, list[str]] = {}
    journal.seek(0)
    for line in journal:
        digest, _, name = line.rstrip("\n").partition(" ")
        if name:
            found.setdefault(name, []).append(digest)
    return found


def _tidy(path: Path) -> None:
    """Remove what a killed run has written beside its files."""
    for left in path.rglob(_BESIDE):
        with suppress(OSError):
            left.unlink()


def _must_be_own(path: Path, format: str) -> None:
    try:
        if not path.exists() or not any(path.iterdir()):
            return
        record = path / STATE_FOLDER / _RECORD
        own = json.loads(record.read_text("utf-8"))["format"] if record.exists() else ""
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _refusal(path, error) from error
    if own != format:
        what = f"it holds an export of the format {own}" if own else "it has other files in it"
        raise TeiSergeError(diagnostic("EXP-004", name=path, reason=what))


def _digest(path: Path) -> str | None:
    """The SHA-256 of a file; None where none is."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _refusal(path, error) from error
    return digest.hexdigest()


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        folder.rmdir()
        folder = folder.parent


def _refusal(path: Path, error: Exception) -> TeiSergeError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return TeiSergeError(diagnostic("OUT-002", name=path, reason=reason))
