"""The project's settings: `tei-serge.toml`, read once, checked, and handed down."""

import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import regex

from tei_serge.diagnostics import TeiSergeError, diagnostic

FILE_NAME = "tei-serge.toml"
EVENTS = "events"
LAYERS = (
    "dates",
    "names",
    "quantities",
    "quotations",
    EVENTS,
)  # what can be annotated in the running text, in the order of `annotators`
REGISTERS = ("standoff", "source", "external")  # where the registers of what a text names are written

_READABLE = regex.compile(r"[^\p{Z}\p{C}]")
_CONTROL = regex.compile(r"[\p{Cc}\p{Cs}\ufffe\uffff--\t\n]", regex.VERSION1)
_DATE = regex.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", regex.ASCII)
_LANGUAGE = regex.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*|[ix](?:-[A-Za-z0-9]{1,8})+")
_ADDRESS = regex.compile(
    r"(?:https?://[^\s/?#<>\"{}|\\^`%\[\]]+|(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:(?=.))"
    r"(?:[^\s<>\"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})*"
)
_SEVERAL_LINES = frozenset({"project", "licence_text"})


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

    def __post_init__(self) -> None:
        """Refuse what would make an encoding invalid: TeiSergeError `CFG-003`, exit status 2."""
        for item in fields(self):
            _check(item.name, getattr(self, item.name), type(self).__name__)


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; `root` is the folder of the file they came from, None for the defaults.

    `annotate` names what is looked for in the running text: some of `LAYERS`, or nothing. `authority` are
    the user's files of names, and `default_authority` says whether ours are read before them. `registers`,
    one of `REGISTERS`, says where the registers are written.
    """

    header: HeaderDefaults = field(default_factory=HeaderDefaults)
    root: Path | None = None
    annotate: tuple[str, ...] = LAYERS
    authority: tuple[Path, ...] = ()
    default_authority: bool = True
    registers: str = "standoff"


def find_config(start: Path) -> Path | None:
    """The nearest `tei-serge.toml` in `start` or a folder above it."""
    for folder in (start, *start.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    return None


def load_config(path: Path) -> Config:
    """Read a settings file.

    Raises TeiSergeError with exit status 2: `CFG-001` (not TOML), `CFG-002` (a key that is not known),
    `CFG-003` (a value that is not of its form) or `CFG-004` (the file cannot be opened).
    """
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise TeiSergeError(diagnostic("CFG-004", name=path, reason=error.strerror or error), 2) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TeiSergeError(diagnostic("CFG-001", name=path, reason=error), 2) from error
    known = {item.name for item in fields(HeaderDefaults)}
    header = raw.pop("header", {})
    layers = raw.pop("annotate", list(LAYERS))
    authority = raw.pop("authority", [])
    default_authority = raw.pop("default_authority", True)
    registers = raw.pop("registers", "standoff")
    wrong = list(raw)
    if isinstance(header, dict):
        wrong += [f"header.{key}" for key in header if key not in known]
    else:
        wrong.append("header (it must be the table [header])")
    if wrong:
        raise TeiSergeError(diagnostic("CFG-002", name=path, keys=", ".join(wrong)), 2)
    for key, value in header.items():
        _check(key, value, str(path))
    if not isinstance(default_authority, bool):
        _refuse("default_authority", default_authority, str(path), "true or false")
    if registers not in REGISTERS:
        _refuse("registers", registers, str(path), f"one of: {', '.join(REGISTERS)}")
    return Config(
        HeaderDefaults(**header),
        path.parent,
        read_layers(layers, str(path)),
        read_paths(authority, path.parent, str(path)),
        default_authority,
        registers,
    )


def read_layers(value: object, place: str) -> tuple[str, ...]:
    """The annotators to run, in their order; TeiSergeError `CFG-003` for what is no list of their names."""
    if not isinstance(value, list) or any(name not in LAYERS for name in value):
        expected = f"a list with some of: {', '.join(LAYERS)}; an empty list for none"
        _refuse("annotate", value, place, expected)
    return tuple(name for name in LAYERS if name in value)


def read_paths(value: object, folder: Path, place: str) -> tuple[Path, ...]:
    """Paths that count from a folder; TeiSergeError `CFG-003` for what is no list of them."""
    if not isinstance(value, list) or not all(isinstance(name, str) and _is_path(name) for name in value):
        _refuse("authority", value, place, "a list of files, each in quotation marks")
    return tuple(folder / name for name in value)


def _is_path(name: str) -> bool:
    return _READABLE.search(name) is not None and _CONTROL.search(name) is None and "\n" not in name


def _refuse(key: str, value: object, place: str, expected: str) -> NoReturn:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    raise TeiSergeError(diagnostic("CFG-003", name=place, key=key, value=shown, expected=expected), 2)


def _check(key: str, value: object, place: str) -> None:
    """Refuse a value that cannot be written as what it says; an empty string is a setting left out."""
    expected = _fault(key, value)
    if expected:
        shown = f"“{value}”" if isinstance(value, str) else str(value)
        raise TeiSergeError(diagnostic("CFG-003", name=place, key=key, value=shown, expected=expected), 2)


def _fault(key: str, value: object) -> str:
    """What a value should be and is not; an empty string if nothing is wrong with it."""
    if not isinstance(value, str):
        return "a string in quotation marks"
    if not value:
        return ""
    if not _READABLE.search(value):
        return "a text that can be read, or nothing at all"
    if _CONTROL.search(value):
        return "a text without control characters"
    if "\n" in value and key not in _SEVERAL_LINES:
        return "a text of one line"
    if key == "publication_date" and not _is_date(value):
        return "a year, a month or a day such as 2026, 2026-05 or 2026-05-01"
    if key == "language" and not _LANGUAGE.fullmatch(value):
        return "the code of a language as in xml:lang, such as en, grc or fr-CA"
    if key == "licence" and not _ADDRESS.fullmatch(value):
        return "a complete address such as https://creativecommons.org/licenses/by/4.0/"
    return ""


def _is_date(value: str) -> bool:
    match = _DATE.fullmatch(value)
    if match is None:
        return False
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True
