"""Which files a command line means, and which of them would be written to the same place."""

import os
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, located

STDIN = "-"
_LOST = "it is a link that leads nowhere"


def gather(given: Sequence[str], suffix: str, empty: str) -> tuple[list[Path], list[Finding]]:
    """The files that paths stand for, each once: files as given, folders by their files with the suffix.

    `empty` is the code to report for a folder without such files. Hidden files and folders are passed over.
    """
    paths: dict[str, Path] = {}
    found: list[Finding] = []
    for name in given:
        path = Path(name)
        if not path.is_dir():
            inside = [path]
        else:
            named = [item for item in sorted(path.rglob("*")) if item.name.lower().endswith(suffix)]
            inside = [item for item in named if _counts(item, path)]
            lost = [item for item in named if item.is_symlink() and not item.exists()]
            found += (located(diagnostic("SCH-004", name=item, reason=_LOST), str(item)) for item in lost)
            if not inside and not lost:
                found.append(located(diagnostic(empty, name=path), name))
        for item in inside:
            paths.setdefault(os.path.realpath(item), item)
    return list(paths.values()), found


def _counts(item: Path, folder: Path) -> bool:
    return item.is_file() and not any(part.startswith(".") for part in item.relative_to(folder).parts)


def find_clashes(targets: Sequence[tuple[Path, str]]) -> tuple[set[int], list[Finding]]:
    """The positions of all sources whose target another source has as well, and a finding for each.

    Names that differ only in case or in how accents are stored are one file on many systems.
    """
    groups: dict[str, list[int]] = {}
    for position, (_, target) in enumerate(targets):
        groups.setdefault(unicodedata.normalize("NFC", target).casefold(), []).append(position)
    clashing: set[int] = set()
    found = []
    for group in groups.values():
        if len(group) == 1:
            continue
        clashing.update(group)
        for position, other in zip(group, (*group[1:], group[0]), strict=True):
            path, target = targets[position]
            note = diagnostic("OUT-003", name=path, other=targets[other][0], target=target)
            found.append(located(note, str(path)))
    return clashing, found
