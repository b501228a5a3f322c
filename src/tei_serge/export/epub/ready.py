"""Make the row of a text ready for a book: page breaks have ids, addresses are ones that EPUB takes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from tei_serge.edition.model import Begin, Content, End, Kind, Part, Step
from tei_serge.export.markup import safe_target
from tei_serge.export.markup.options import nowhere

__all__ = ["ready"]

# RFC 3986, the host of an address: a name or number without escapes, or a number of IPv6 in brackets.
_WEB = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]*:[0-9a-f:.]*\])(?::[0-9]*)?(?:[/?#].*)?",
    re.IGNORECASE | re.DOTALL,
)


_LEADING = frozenset((Kind.REFERENCE, Kind.NOTE_MARKER, Kind.NOTE_BACKLINK))


def ready(content: Content, other: Callable[[str], str] = nowhere) -> Content:
    """The same row; a page break without an id gets one, an address that is no URI is left out.

    `other` gives an id for an address of a place in another file, or nothing.
    """
    ids = _free_ids(content)
    row: list[Step] = []
    parts: list[Part] = []
    for step in content:
        if isinstance(step, Begin):
            parts.append(_ready(step.part, ids, other))
            row.append(Begin(parts[-1]))
        else:
            row.append(End(parts.pop()) if isinstance(step, End) else step)
    return tuple(row)


def _free_ids(content: Content) -> Iterator[str]:
    taken = {step.part.id for step in content if isinstance(step, Begin)}
    return (id for id in map("page-{}".format, range(1, len(content) + 1)) if id not in taken)


def _ready(part: Part, ids: Iterator[str], other: Callable[[str], str]) -> Part:
    if part.kind is Kind.PAGE_BREAK and not part.id:
        return replace(part, id=next(ids))
    if part.kind in _LEADING and part.target and not part.inside and not safe_target(part.target):
        id = other(part.target)
        return replace(part, target=id, inside=bool(id))
    if part.target and not part.inside and not _is_uri(part.target):
        return replace(part, target="")
    if part.kind is Kind.GRAPHIC and ":" in part.said.get("url", "") and not _is_uri(part.said["url"]):
        return replace(part, said={name: value for name, value in part.said.items() if name != "url"})
    return part


def _is_uri(target: str) -> bool:
    """Whether the link that the target becomes is a URI; true for what becomes none.

    >>> _is_uri("https://example.org/a b"), _is_uri("https://ex%41mple.org/"), _is_uri("javascript:1")
    (True, False, True)
    """
    address = safe_target(target)
    if not address.lower().startswith("http"):
        return True
    return bool(_WEB.fullmatch(address))
