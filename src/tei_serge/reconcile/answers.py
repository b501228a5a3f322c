"""Read what a service says: strings of strangers, cleaned, cut to size, or refused with a reason."""

import math
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from tei_serge.characters import XML_FORBIDDEN
from tei_serge.reconcile.model import Answer, Candidate, Service
from tei_serge.reconcile.transport import fault_of_address

__all__ = ["read_answer", "read_service"]

LONGEST = 300
"""Characters of a name or an identifier; what is longer is neither."""

_LARGEST_BATCH = 500
_SCRIPT = re.compile(r"<(script|style)\b[^>]*+>.*?(?:</\1\s*+>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?+[A-Za-z!?][^<>]*+(?:>|\Z)")
# Controls, and marks that turn the direction of the words beside them.
_FOREIGN = re.compile(f"[{XML_FORBIDDEN}\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ID = re.compile(r"[^\s<>\"\\^`{}|]{1,300}")


def read_service(url: str, raw: object) -> Service:
    """The manifest of a service. Raises ValueError for what is none."""
    if not isinstance(raw, dict):
        raise ValueError("it is no JSON object")
    if not isinstance(raw.get("name"), str) and not isinstance(raw.get("identifierSpace"), str):
        raise ValueError("it has neither a name nor an identifierSpace")
    view = raw.get("view")
    batch = raw.get("batchSize")
    return Service(
        url,
        _clean(raw.get("name"))[0],
        _address(raw.get("identifierSpace")),
        _address(view.get("url")) if isinstance(view, dict) else "",
        min(batch, _LARGEST_BATCH) if type(batch) is int and batch > 0 else 0,
    )


def read_answer(raw: object, service: Service, limit: int) -> Answer:
    """The best candidates of an answer to one query, at most `limit`, the highest score first."""
    rows = raw.get("result") if isinstance(raw, dict) else None
    if not isinstance(rows, list):
        return Answer(fault="it has no list of results")
    remarks: list[tuple[str, str]] = []
    found: dict[str, tuple[float, Candidate]] = {}
    # Some services pay no heed to the limit; nobody looks through thousands.
    for row in rows[: max(limit, 100)]:
        fault = _fault(row)
        if fault:
            remarks.append(("REC-005", fault))
            continue
        id = _full(str(row["id"]), service)
        name, changed = _clean(row.get("name"))
        types, changed_types = _types(row.get("type"))
        if changed or changed_types:
            remarks.append(("REC-006", str(row["id"])))
        score = _score(row.get("score"))
        if id not in found:
            found[id] = score, Candidate(id, name, types, _shown(score))
    best = sorted(found.values(), key=lambda item: (-item[0], item[1].id))
    return Answer(tuple(candidate for _, candidate in best[:limit]), tuple(remarks))


def _fault(row: object) -> str:
    """Why something in a list of results is no candidate."""
    if not isinstance(row, dict):
        return "it is no JSON object"
    id = row.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int) or id == "":
        return "it has no id"
    shown = str(id) if isinstance(id, str) else f"{id:d}" if abs(id) < 1 << 63 else ""
    if not _ID.fullmatch(shown) or _FOREIGN.search(shown):
        return "its id is too long, or holds characters that no identifier has"
    return ""


def _full(id: str, service: Service) -> str:
    """The identifier as an address, where the service says how to make one."""
    if re.match("https?://", id):
        return id
    if service.space.endswith(("/", "#", "=")):
        return service.space + quote(id, safe="/:@!$&'()*+,;=~%-._")
    if "{{id}}" in service.view:
        return service.view.replace("{{id}}", quote(id, safe=""))
    return id


def _clean(raw: object) -> tuple[str, bool]:
    """A string without markup and characters that XML forbids, cut to size; and whether it was another."""
    if not isinstance(raw, str):
        return "", raw is not None
    # A cut first, so that no pattern has to run through megabytes.
    text = raw[: 4 * LONGEST]
    text = _FOREIGN.sub("", _TAG.sub("", _SCRIPT.sub("", text)))
    text = " ".join(text.split())
    if len(text) > LONGEST or len(raw) > 4 * LONGEST:
        text = text[: LONGEST - 1].rstrip() + "…" if text else ""
    return text, text != " ".join(raw[: 4 * LONGEST].split()) or len(raw) > 4 * LONGEST


def _types(raw: object) -> tuple[str, bool]:
    """The names of the types, parted by bars; version 0.1 allows strings and objects."""
    names = [_clean(name) for name in _names(raw if isinstance(raw, list) else [raw])]
    return _clean(" | ".join(dict.fromkeys(name for name, _ in names if name)))[0], any(
        changed for _, changed in names
    )


def _names(raw: list[object]) -> Iterator[str]:
    for item in raw[:10]:
        told = item.get("name") or item.get("id") if isinstance(item, Mapping) else item
        if isinstance(told, str):
            yield told


def _score(raw: object) -> float:
    """The score as a number; below all others if it is none."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return -math.inf
    try:
        score = float(raw)
    except OverflowError:
        return -math.inf
    return score if math.isfinite(score) else -math.inf


def _shown(score: float) -> str:
    return f"{round(score, 2):.12g}" if score > -math.inf else ""


def _address(raw: object) -> str:
    """An address that may open identifiers, or an empty string."""
    if not isinstance(raw, str) or len(raw) > LONGEST or re.search(r"[\s<>\"\\^`|]", raw):
        return ""
    return "" if fault_of_address(raw) else raw
