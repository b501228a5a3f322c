"""Check many files, one after the other or in several processes."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, located
from tei_serge.parallel import can_copy, side_by_side
from tei_serge.validation.schemas import Left
from tei_serge.validation.validator import Options, Validator

_COPIES_FROM = 2_000_000
"""Bytes below which copying this process, which knows the schema already, takes longer than it saves."""
_FRESH_FROM = 40_000_000
"""The same for fresh processes, each of which learns the schema anew."""
_FIRST = 4
"""From so many files this process learns before it is copied."""
_TOGETHER = 16


class Checked(NamedTuple):
    """The findings of one file, and what a `Validator` tells besides."""

    path: Path
    findings: list[Finding]
    used: Counter[str]
    not_run: dict[str, Left]
    absent: Counter[str]


def check_all(paths: Sequence[Path], options: Options, processes: int | None = None) -> Iterator[Checked]:
    """Check files in order; several processes where that is faster, or as many as told.

    Raises TeiSergeError for a schema that the options name and that is missing or unusable.
    """
    copies = can_copy()
    if processes is None:
        size = sum(map(_size, paths))
        enough = size >= (_COPIES_FROM if copies else _FRESH_FROM)
        processes = min(os.cpu_count() or 1, len(paths)) if enough else 1
    alone = _FIRST if copies and processes > 1 else 0 if processes > 1 else len(paths)
    for path in paths[:alone]:
        yield from _check((path,), options)
    rest = paths[alone:]
    if not rest:
        return
    together = min(_TOGETHER, -(-len(rest) // processes))
    batches = [tuple(rest[start : start + together]) for start in range(0, len(rest), together)]
    for checked in side_by_side(partial(_check, options=options), batches, processes, _lost, copies):
        yield from checked


def told_by(validator: Validator) -> tuple[Counter[str], dict[str, Left], Counter[str]]:
    """What a validator that has checked a file tells besides its findings, in the order of `Checked`."""
    return validator.used, validator.not_run, validator.absent


def _check(paths: Sequence[Path], options: Options) -> list[Checked]:
    checked = []
    for path in paths:
        validator = Validator(options)
        checked.append(Checked(path, validator.check(path), *told_by(validator)))
    return checked


def _lost(paths: Sequence[Path]) -> list[Checked]:
    """What to say of files that killed their process: each of them may be the one."""
    return [
        Checked(path, [located(diagnostic("SCH-016", name=path), str(path))], Counter(), {}, Counter())
        for path in paths
    ]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
