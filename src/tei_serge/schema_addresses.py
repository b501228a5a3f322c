"""Where a schema lies that a file names by an address: through catalogs, in a folder, or among the installed.

Addresses of schemas that are installed are known from `data/schemas.toml` and from what `schema install` has
recorded. The network is never used.
"""

import hashlib
import json
import os
import re
import shlex
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from tei_serge.catalog_files import file_path, normal_uri
from tei_serge.catalogs import Catalogs, resolve
from tei_serge.schema_store import OWN, cache_folder, installed
from tei_serge.tables import read_table

__all__ = ["Target", "find_schema", "release", "remedy"]

_CACHE_VARIABLES = ("TEI_SERGE_CACHE", "XDG_CACHE_HOME", "HOME")
_RELEASE = re.compile(r"\d+(?:\.\d+){1,3}")
_UNUSABLE = re.compile(r"[^A-Za-z0-9_.-]+")


class _Known(NamedTuple):
    """A schema by name; it is `certain` that the address means what is installed if it came from there."""

    name: str
    certain: bool


class Target(NamedTuple):
    """What an href leads to.

    `address` is complete; `path` is None where there is no file to take, and need not exist otherwise.
    `known` is the name of a schema that the address stands for; `certain` says that just this is meant.
    """

    address: str
    path: Path | None
    known: str = ""
    certain: bool = True


def find_schema(href: str, folder: Path, catalogs: Catalogs) -> Target:
    """Find what an href means in a file of a folder, whose path is absolute.

    Catalogs come first, with the address made complete and then as it stands; then what is installed, for an
    address that is known; paths count from the folder.
    """
    cache = _cache(*map(os.environ.get, _CACHE_VARIABLES))
    # An address of the network means the same in every folder.
    base = "" if href.startswith(("http:", "https:")) else str(folder)
    plain, known = _find(href, base, catalogs, cache, _stamp(cache))
    # What was installed from a file is a copy: it counts only where the file is gone.
    return plain if known is None or (plain.path is not None and plain.path.is_file()) else known


@lru_cache(8)
def _cache(*_told: str | None) -> Path:
    """The cache of schemas, asked for again only when a variable that names it has changed."""
    return cache_folder()


@lru_cache(4096)
def _find(
    href: str, folder: str, catalogs: Catalogs, cache: Path, stamp: int
) -> tuple[Target, Target | None]:
    """What an href means as a path, and as the address of a schema that is known."""
    try:
        complete = urljoin(f"{Path(folder).as_uri()}/", normal_uri(href)) if folder else href
        address = resolve(catalogs, complete) or resolve(catalogs, href) or complete
        known = _addresses(cache, stamp).get(_key(address))
    except ValueError:
        return Target("", None), None
    plain = Target(address, file_path(address))
    if known is None:
        return plain, None
    path = installed(known.name)
    return plain, Target(address, path, known.name, known.certain or path is None)


@lru_cache(8)
def _addresses(cache: Path, stamp: int) -> Mapping[str, _Known]:
    """The addresses that stand for a schema which is installed or can be; what was recorded comes first."""
    found: dict[str, _Known] = {}
    for record in sorted(cache.glob("*.json")):
        name = record.stem
        origin = _recorded(name)
        if origin and installed(name) is not None:
            path = Path(origin)
            found.setdefault(_key(path.as_uri() if path.is_absolute() else origin), _Known(name, True))
    for name, entry in read_table("schemas").items():
        pinned = {origin["url"] for origin in entry["origins"] if origin["kind"] == "file"}
        for address in (*sorted(pinned), *entry.get("also", ())):
            certain = address in pinned and _is_pinned(name)
            found.setdefault(_key(address), _Known(name, certain))
    return found


def release(name: str) -> str:
    """What is installed under a name, in words."""
    if _is_pinned(name):
        return f"the installed {name} ({read_table('schemas')[name]['title']})"
    origin = _recorded(name)
    return f"the installed {name} (from {origin})" if origin else f"the installed {name}"


def remedy(target: Target, installable: bool) -> str:
    """The one command, or else the way, to bring a schema to this machine that is not there."""
    if target.known:
        return f"run `tei-serge schema install {target.known}`"
    if not installable or not target.address.lower().startswith(("http:", "https:")):
        return "save it here, and let a catalog lead to it (--catalog FILE)"
    # The address comes from the file, and the command is there to be copied into a shell.
    return f"run `tei-serge schema install {_new_name(target.address)} --from {shlex.quote(target.address)}`"


def _new_name(address: str) -> str:
    """A name under which the schema of an address can be installed beside those there are.

    >>> _new_name("https://vault.tei-c.org/P5/4.7.0/xml/tei/custom/schema/relaxng/tei_all.rng")
    'tei_all-4.7.0'
    """
    path = PurePosixPath(unquote(urlsplit(address).path))
    name = _UNUSABLE.sub("-", path.stem).strip("-._")[:40] or "project"
    if name not in (OWN, *read_table("schemas")) and installed(name) is None:
        return name
    number = next((part for part in path.parts if _RELEASE.fullmatch(part)), "other")
    return f"{name}-{number}"


def _key(address: str) -> str:
    """An address as it is compared: http and https are the same, and so are the cases of a host."""
    parts = urlsplit(address)
    scheme = "http" if parts.scheme in ("http", "https") else parts.scheme
    host = parts.netloc.lower().removesuffix(":443" if parts.scheme == "https" else ":80")
    query = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{host}{unquote(parts.path)}{query}"


def _stamp(folder: Path) -> int:
    """Changes when something is installed or removed."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _recorded(name: str) -> str:
    """Where an installed schema came from, or an empty string."""
    try:
        return str(json.loads((cache_folder() / f"{name}.json").read_text("utf-8"))["origin"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_pinned(name: str) -> bool:
    """Whether the installed file is exactly the one that `data/schemas.toml` pins."""
    path = installed(name)
    entry = read_table("schemas").get(name)
    if path is None or entry is None:
        return False
    status = path.stat()
    return _sha256(path, status.st_mtime_ns, status.st_size) == str(entry["sha256"])


@lru_cache(16)
def _sha256(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
