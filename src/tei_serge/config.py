"""The project's settings: `tei-serge.toml`, read once and handed down."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tei_serge.diagnostics import TeiSergeError, diagnostic

FILE_NAME = "tei-serge.toml"


@dataclass(frozen=True, slots=True)
class HeaderDefaults:
    """What a person says once for a whole collection; an empty string means: not stated, leave it out."""

    publisher: str = "tei_serge project"
    publication_place: str = ""
    publication_date: str = ""
    encoder: str = ""
    principal: str = ""
    funder: str = ""
    sponsor: str = ""
    series: str = ""
    project: str = ""
    licence: str = ""
    licence_text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; `root` is the folder of the file they came from, None for the defaults."""

    header: HeaderDefaults = field(default_factory=HeaderDefaults)
    root: Path | None = None


def find_config(start: Path) -> Path | None:
    """The nearest `tei-serge.toml` in `start` or a folder above it."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def load_config(path: Path) -> Config:
    """Read a settings file.

    Raises TeiSergeError `CFG-001` (cannot be read, or is not TOML) or `CFG-002` (a key or a value that is
    not known), with exit status 2.
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TeiSergeError(diagnostic("CFG-001", name=path, reason=error), 2) from error
    known = {item.name for item in fields(HeaderDefaults)}
    header = raw.pop("header", {})
    wrong = [*raw, *(f"header.{key}" for key in header if key not in known)]
    wrong += [f"header.{key}" for key, value in header.items() if not isinstance(value, str)]
    if wrong:
        raise TeiSergeError(diagnostic("CFG-002", name=path, keys=", ".join(wrong)), 2)
    return Config(HeaderDefaults(**header), path.parent)
