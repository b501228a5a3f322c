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
    addresses = ["../" + one for one in spool.addresses(name)]
    shown = json.dumps([asdict(place.frame), place.previous, place.next, place.crumbs, place.url, addresses])
    digest = hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()
    address = f"texts/{name}.html"
    run = spool.connection.execute
    before, pictures = run("select page, pictures from text where name = ?", (name,)).fetchone()
    for source, target in json.loads(pictures):
        with suppress(OSError):
            folder.put(target, Path(source).read_bytes())
    if before == digest and folder.spare(address):
        return
    nonce = nonce_of(name, row.digest).encode()
    page = write_parts(spool.page(name).parts, place)
    folder.put(
        address,
        _ENTRY.sub(
            lambda found: addresses[int(found[2])].encode() if found[1] == nonce else found[0],
            page,
        ),
    )
    run("update text set page = ? where name = ?", (digest, name))


def _neighbour(site: Site, number: int) -> Link | None:
    if not 0 <= number < len(site.heads):
        return None
    head: Head = site.heads[number]
    return Link(head.title, text_address(head.name).removeprefix("texts/"), more=head.author)
