"""Authority files: who and what is known by name, and where these names stand in a text.

A `Register` is made from files (`load_register`, or `register_for` the settings of a project), and finds
entries by id, by form, by surname, and all that stand in a text.
"""

from functools import lru_cache
from pathlib import Path

from tei_serge.authority.files import default_files
from tei_serge.authority.model import Entry, Form, Kind, Match
from tei_serge.authority.register import Register, empty_register, load_register
from tei_serge.config import Config
from tei_serge.findings import Finding

__all__ = [
    "Entry",
    "Form",
    "Kind",
    "Match",
    "Register",
    "authority_files",
    "empty_register",
    "findings_for",
    "load_register",
    "register_for",
]

_Stamp = tuple[int, int]


def authority_files(config: Config) -> tuple[Path, ...]:
    """The files that the settings ask for: ours first, so that those of the user overrule them."""
    return (*(default_files() if config.default_authority else ()), *config.authority)


def register_for(config: Config) -> Register:
    """The register that the settings ask for; read once, and again when one of its files has changed.

    Raises TeiSergeError `AUT-001` with exit status 2 for a file that is not there.
    """
    return _loaded(config)[0]


def findings_for(config: Config) -> tuple[Finding, ...]:
    """What there is to say of the authority files that the settings ask for."""
    return _loaded(config)[1]


def _loaded(config: Config) -> tuple[Register, tuple[Finding, ...]]:
    paths = authority_files(config)
    return _load(paths, tuple(_stamp(path) for path in paths))


@lru_cache(4)
def _load(paths: tuple[Path, ...], stamps: tuple[_Stamp, ...]) -> tuple[Register, tuple[Finding, ...]]:
    return load_register(paths)


def _stamp(path: Path) -> _Stamp:
    """What changes when a file does; nothing for one that is not there, which reading it will tell."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_mtime_ns, status.st_size
