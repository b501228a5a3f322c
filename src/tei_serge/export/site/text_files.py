"""The pages of the texts, when all were read: neighbours, navigation and links to entries are known then."""

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from tei_serge.export.site.frame import Link
from tei_serge.export.site.keep_text import nonce_of
from tei_serge.export.site.place import Head, Kept, Site, text_address
from tei_serge.export.site.spool import Spool, TextRow
from tei_serge.export.site.text_page import PagePlace, write_parts

__all__ = ["write_texts"]

# A link of the article; none has another in it.
_LINK = re.compile(
    rb'<a(?: [^\s="<>]+="[^"]*")*? href="([^"]*)"(?: [^\s="<>]+="[^"]*")*>(.*?)</a>', re.DOTALL
)
_ARROW = re.compile("<span [^<>]*>→</span>".encode())
_ENTRY = re.compile(rb"entry:([0-9a-f]{16}):(\d+):")


def write_texts(spool: Spool, folder: Kept, site: Site) -> None:
    """Write the page of each text, unless nothing in it has changed since the last run."""
    for row in spool.texts():
        _write_text(spool, folder, site, row)


def _write_text(spool: Spool, folder: Kept, site: Site, row: TextRow) -> None:
    name, number = row.record.name, row.number
    place = PagePlace(
        site.frame("text" if site.single else "contents", "../"),
        _neighbour(site, number - 1),
        _neighbour(site, number + 1),
        () if site.single else (Link("Contents", "../index.html"),),
        url=site.base + text_address(name) if site.base else "",
    )
    addresses = [_from_text(one) for one in spool.addresses(name)]
    shown = json.dumps([asdict(place.frame), place.previous, place.next, place.crumbs, place.url, addresses])
    digest = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
    address = f"texts/{name}.html"
    run = spool.connection.execute
    before, files = run("select page, files from text where name = ?", (name,)).fetchone()
    for source, target in json.loads(files):
        with suppress(OSError):
            folder.put(target, Path(source).read_bytes())
    if before == digest and folder.spare(address):
        return
    nonce = nonce_of(name, row.digest).encode()
    page = write_parts(spool.page(name).parts, place)
    if "" in addresses:
        page = _LINK.sub(lambda link: _led(link, nonce, addresses), page)
    folder.put(
        address,
        _ENTRY.sub(
            lambda found: addresses[int(found[2])].encode() if found[1] == nonce else found[0],
            page,
        ),
    )
    run("update text set page = ? where name = ?", (digest, name))


def _from_text(address: str) -> str:
    """An address of the site, seen from the page of a text."""
    own = address.removeprefix("texts/")
    return own if own != address or not address else f"../{address}"


def _led(link: re.Match[bytes], nonce: bytes, addresses: list[str]) -> bytes:
    """A link as it is; its words alone where it leads to a text that is not among the exported ones."""
    found = _ENTRY.fullmatch(link[1])
    if found is None or found[1] != nonce or addresses[int(found[2])]:
        return link[0]
    return _ARROW.sub(b"", link[2])


def _neighbour(site: Site, number: int) -> Link | None:
    if not 0 <= number < len(site.heads):
        return None
    head: Head = site.heads[number]
    return Link(head.title, text_address(head.name).removeprefix("texts/"), more=head.author)
