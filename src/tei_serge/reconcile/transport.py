"""One request to a service, and JSON as its answer: whatever comes back, in bounded time and size.

The standard library does it: requests go one after the other, and a client of HTTP with a pool of connections
would be one dependency more.
"""

import json
import threading
import time
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPMessage
from typing import IO, NoReturn
from urllib.parse import urlencode, urlsplit

from tei_serge.version import __version__

__all__ = ["LIMIT", "ServiceError", "ask", "fault_of_address"]

LIMIT = 8 * 1024 * 1024
"""Bytes of an answer; one about fifty names has some thousands."""

_HEADERS = {"Accept": "application/json", "User-Agent": f"tei-serge/{__version__} (reconciliation of names)"}
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 1 << 16


class ServiceError(Exception):
    """A service gave no answer; the text says why. `passing`: it may give one later, after `wait` seconds."""

    def __init__(self, reason: str, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(reason)
        self.passing = passing
        self.wait = wait


def fault_of_address(url: str) -> str:
    """Why no service can be asked at an address; an empty string if one can.

    >>> fault_of_address("https://example.org/reconcile"), fault_of_address("file:///etc/passwd")
    ('', 'only http and https addresses are asked')
    """
    if not url.isascii() or not url.isprintable() or " " in url:
        return "it holds characters that no address has"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        return str(error)[:1].lower() + str(error)[1:]
    if parts.scheme not in ("http", "https"):
        return "only http and https addresses are asked"
    if not host:
        return "it names no host"
    # The address goes into the table.
    return "a name or password may not stand in it" if "@" in parts.netloc else ""


def ask(url: str, timeout: float, form: dict[str, str] | None = None) -> object:
    """What a service answers to a GET, or to a POST of a form; numbers that JSON has not are refused.

    Raises ServiceError, after `timeout` seconds at the latest.
    """
    box: list[object] = []
    deadline = time.monotonic() + timeout

    def work() -> None:
        try:
            box.append(_read(url, timeout, deadline, form))
        except ServiceError as error:
            box.append(error)
        except Exception as error:
            # Whatever a library makes of a strange answer, it is the answer of this request only.
            box.append(ServiceError(_reason(error), passing=isinstance(error, OSError)))

    # The timeout of a socket starts again with each byte; a service that sends one now and then is too slow.
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(timeout)
    found = box[0] if box else _too_slow(timeout)
    if isinstance(found, ServiceError):
        raise found
    assert isinstance(found, bytes)
    return _json(found)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses to be sent on: a query would lose its form, and the names would go to somebody else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        fp.close()
        raise ServiceError(f"it sends on to {newurl[:200]!a}, where nobody was told to ask")

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> None:
        self.redirect_request(req, fp, code, msg, headers, str(headers.get("Location") or "nowhere"))

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _read(url: str, timeout: float, deadline: float, form: dict[str, str] | None) -> bytes:
    data = urlencode(form).encode("ascii") if form is not None else None
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(urllib.request.Request(url, data, _HEADERS), timeout=timeout) as answer:
            parts: list[bytes] = []
            size = 0
            while chunk := answer.read1(_CHUNK):
                parts.append(chunk)
                size += len(chunk)
                if size > LIMIT:
                    raise ServiceError(f"its answer is larger than {LIMIT // 1024 // 1024} MB")
                if time.monotonic() > deadline:
                    raise _too_slow(timeout)
            length = answer.headers.get("Content-Length", "")
            if length.isdecimal() and size < int(length[:20]):
                raise ServiceError("its answer breaks off", passing=True)
            return b"".join(parts)
    except urllib.error.HTTPError as error:
        with error:
            _refused(error)
    except TimeoutError as error:
        raise _too_slow(timeout) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _too_slow(timeout) from error
        raise ServiceError(_reason(error), passing=True) from error
    except HTTPException as error:
        raise ServiceError(f"no sound answer in HTTP ({type(error).__name__})", passing=True) from error


def _refused(error: urllib.error.HTTPError) -> NoReturn:
    raise ServiceError(
        f"HTTP status {error.code}", error.code in _PASSING, _seconds(error.headers.get("Retry-After") or "")
    ) from error


def _seconds(told: str) -> float | None:
    """The pause that a service asks for, in seconds: a number, or a time of day."""
    if told.strip().isdecimal():
        return float(told.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _too_slow(timeout: float) -> ServiceError:
    return ServiceError(f"no whole answer within {timeout:g} seconds", passing=True)


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", None) or error
    text = (inner.strerror if isinstance(inner, OSError) else None) or str(inner) or type(inner).__name__
    return text[:1].lower() + text[1:300]


def _json(data: bytes) -> object:
    def refuse(name: str) -> NoReturn:
        raise ValueError(name)

    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=refuse)
    except UnicodeDecodeError as error:
        raise ServiceError(f"its answer is not UTF-8: byte 0x{data[error.start]:02X}") from error
    except (ValueError, RecursionError) as error:
        raise ServiceError("its answer is not JSON") from error
