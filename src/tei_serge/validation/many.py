"""Check many files, one after the other or in several processes."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, located
from tei_serge.parallel import side_by_side
from tei_serge.validation.validator import Options, Validator

_SIDE_BY_SIDE_FROM = 40_000_000
"""Bytes below which starting processes, each of which learns the schema anew, takes longer than it saves."""
_TOGETHER = 16


class Checked(NamedTuple):
    """The findings of one file, and what a `Validator` tells besides."""

    path: Path
    findings: list[Finding]
    used: Counter[str]
    not_run: dict[str, int]
    absent: Counter[str]


def check_all(paths: Sequence[Path], options: Options, processes: int | None = None) -> Iterator[Checked]:
    """Check files in order; several processes where that is faster, or as many as told.

    Raises TeiSergeError for a schema that the options name and that is missing or unusable.
    """
    if processes is None:
        size = sum(map(_size, paths))
        processes = min(os.cpu_count() or 1, len(paths)) if size >= _SIDE_BY_SIDE_FROM else 1
    if processes <= 1 or len(paths) <= 1:
        for path in paths:
            yield from _check((path,), options)
        return
    together = min(_TOGETHER, -(-len(paths) // processes))
    batches = [tuple(paths[start : start + together]) for start in range(0, len(paths), together)]
    for checked in side_by_side(partial(_check, options=options), batches, processes, _lost):
        yield from checked


def told_by(validator: Validator) -> tuple[Counter[str], dict[str, int], Counter[str]]:
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
