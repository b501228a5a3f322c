"""Write files so that nothing is lost: beside and rename, and never over somebody's own changes.

`DIR/.tei-serge/manifest.json` records the SHA-256 of every file that the program wrote. A file that differs
from its record, or has none, was changed by hand. Runs that share a folder take turns by a lock.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import IO, NamedTuple

from tei_serge.diagnostics import Diagnostic, TeiSergeError, diagnostic

STATE_FOLDER = ".tei-serge"
MANIFEST = "manifest.json"
_VERSION = 1
_LOCK_SECONDS = 60.0


class Outcome(StrEnum):
    """What became of one file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Saved(NamedTuple):
    """One file with its outcome and what there is to say about it."""

    path: Path
    outcome: Outcome
    diagnostics: tuple[Diagnostic, ...] = ()


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all; an old one stays as it was on failure.

    Where an old one would be lost, a power cut counts as failure: the new one is on the disk before it takes
    its place. Where none was, nothing is lost but what the next run makes again.

    Raises TeiSergeError `OUT-002`.
    """
    try:
        # A link is followed, so that it goes on leading where its owner pointed it.
        target = Path(os.path.realpath(path))
        beside = target.with_name(f".tei-serge-{token_hex(6)}.tmp")
        try:
            with beside.open("xb") as stream:
                stream.write(data)
                stream.flush()
                if target.exists():
                    os.fsync(stream.fileno())
            beside.replace(target)
        finally:
            with suppress(OSError):
                beside.unlink()
    except (OSError, ValueError) as error:
        raise TeiSergeError(diagnostic("OUT-002", name=path, reason=_reason(error))) from error


def save_all(folder: Path, outputs: Mapping[str, bytes], force: bool = False) -> list[Saved]:
    """Write files into a folder, leaving alone those changed by hand; one that fails stops no other.

    `outputs` maps file names to contents. With `force` a changed file is overwritten after a copy was put
    into `.tei-serge/kept`. Raises TeiSergeError `OUT-002` (the folder cannot be used), `OUT-005` (locked)
    or `OUT-006` (no readable manifest).
    """
    with locked(folder) as state:
        records = read_manifest(state, force)
        before = dict(records)
        try:
            return [_save(folder, name, data, records, force) for name, data in outputs.items()]
        finally:
            if records != before:
                write_manifest(state, records)


def _save(folder: Path, name: str, data: bytes, records: dict[str, str], force: bool) -> Saved:
    path = folder / name
    digest = hashlib.sha256(data).hexdigest()
    notes: tuple[Diagnostic, ...] = ()
    try:
        old = _content(path)
        if old == data:
            records[name] = digest
            return Saved(path, Outcome.UNCHANGED)
        if old is not None and hashlib.sha256(old).hexdigest() != records.get(name):
            if not force:
                return Saved(path, Outcome.REFUSED, (diagnostic("OUT-001", name=path),))
            kept = keep_copy(folder / STATE_FOLDER / "kept", name, old)
            notes = (diagnostic("OUT-004", name=path, kept=kept),)
        write_atomically(path, data)
    except TeiSergeError as error:
        return Saved(path, Outcome.REFUSED, (*notes, error.finding))
    records[name] = digest
    return Saved(path, Outcome.WRITTEN, notes)


def _content(path: Path) -> bytes | None:
    """The bytes of a file that is there, None where nothing is."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise _refusal(path, "it is a link that leads nowhere") from None
        return None
    except (OSError, ValueError) as error:
        raise _refusal(path, _reason(error)) from error


def _refusal(path: Path, reason: str) -> TeiSergeError:
    return TeiSergeError(diagnostic("OUT-002", name=path, reason=reason))


def keep_copy(folder: Path, name: str, data: bytes) -> Path:
    """Put a copy aside, named by its content; the same content is kept once."""
    kept = folder / f"{name}.{hashlib.sha256(data).hexdigest()[:8]}"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _refusal(kept, _reason(error)) from error
    if not kept.exists():
        write_atomically(kept, data)
    return kept


def read_manifest(state: Path, force: bool) -> dict[str, str]:
    """The SHA-256 of every file that was written, by its name; `state` is the folder of the records.

    Raises TeiSergeError `OUT-006` where it is damaged; with `force` a copy is put aside, and it is empty.
    """
    path = state / MANIFEST
    try:
        raw = json.loads(path.read_text("utf-8"))
        if raw["version"] != _VERSION:
            raise ValueError(f"its version is {raw['version']}, not {_VERSION}")
        return {str(name): str(entry["sha256"]) for name, entry in raw["files"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if not force:
            reason = _reason(error) if isinstance(error, (OSError, ValueError)) else "it is damaged"
            raise TeiSergeError(diagnostic("OUT-006", name=path, reason=reason)) from error
        with suppress(OSError):
            keep_copy(state / "kept", MANIFEST, path.read_bytes())
        return {}


def write_manifest(state: Path, records: Mapping[str, str]) -> None:
    """Record the SHA-256 of every file that was written."""
    raw = {
        "version": _VERSION,
        "files": {name: {"sha256": digest} for name, digest in sorted(records.items())},
    }
    text = json.dumps(raw, ensure_ascii=False, indent=1) + "\n"
    write_atomically(state / MANIFEST, text.encode("utf-8", "surrogateescape"))


def _reason(error: Exception) -> str:
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return text[:1].lower() + text[1:]


@contextmanager
def locked(folder: Path) -> Iterator[Path]:
    """Hold the lock of a folder and give that of its records; runs that share the folder take turns.

    Raises TeiSergeError `OUT-002` (the folder cannot be used) or `OUT-005` (locked for too long).
    """
    state = folder / STATE_FOLDER
    try:
        state.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise TeiSergeError(diagnostic("OUT-002", name=folder, reason=_reason(error))) from error
    with _lock(state):
        yield state


@contextmanager
def _lock(state: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when the process ends, however that happens."""
    path = state / "lock"
    try:
        stream = path.open("ab")
    except OSError as error:
        raise _refusal(path, _reason(error)) from error
    with stream:
        deadline = time.monotonic() + _LOCK_SECONDS
        while not _try_lock(stream):
            if time.monotonic() > deadline:
                raise TeiSergeError(diagnostic("OUT-005", name=state.parent, seconds=f"{_LOCK_SECONDS:.0f}"))
            time.sleep(0.05)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(stream: IO[bytes]) -> bool:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # Some network file systems know no locks; the manifest is still replaced in one step.
            return True
        return True
