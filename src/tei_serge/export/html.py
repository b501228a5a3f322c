"""Export to a static edition: a folder of pages for browsers that need no server and no network.

Texts are read one at a time; what the pages around them need goes into a database in the scratch folder,
which lasts until the next run: a text that has not changed since is not read again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from tei_serge.edition.model import Edition
from tei_serge.edition.read import Unread
from tei_serge.export.folder import Folder
from tei_serge.export.registry import Wishes
from tei_serge.export.site.about import About, write_about
from tei_serge.export.site.chronology import place_events, write_chronology
from tei_serge.export.site.contents import write_contents
from tei_serge.export.site.entries import merge_entries
from tei_serge.export.site.indexes import place_entries, write_indexes
from tei_serge.export.site.keep_text import keep_text, place_of, search_file
from tei_serge.export.site.pictures import Pictures, state_of
from tei_serge.export.site.place import INDEXES, Head, Kept, Section, Site
from tei_serge.export.site.search_files import write_search
from tei_serge.export.site.spool import Spool, open_spool
from tei_serge.export.site.templates import ASSETS, asset
from tei_serge.export.site.text_files import write_texts
from tei_serge.tables import DATA
from tei_serge.version import __version__

__all__ = ["write"]

_OWN_ASSETS = ("site.css", "contents.js", "entries.js", "search-engine.js", "search.js")
_SOURCES = Path(__file__).parent


def write(editions: Iterable[Edition | Unread], folder: Folder, wishes: Wishes) -> None:
    """Write the site of some texts; files that are there as they should be are left alone."""
    kept = Kept(folder)
    with folder.scratch() as scratch, open_spool(Path(scratch) / "html.sqlite", _version()) as spool:
        changed = [_take(spool, kept, wishes, one) for one in editions]
        changed.append(spool.drop_unseen())
        told = json.dumps([wishes.title, wishes.base])
        if not any(changed) and spool.get("wishes") == told and spool.spare_all(kept.spare):
            return
        _write_site(spool, kept, wishes, Path(scratch))
        spool.set("wishes", told)
        spool.remember(kept.names)


def _take(spool: Spool, folder: Kept, wishes: Wishes, text: Edition | Unread) -> bool:
    """Take a text into this run; True if it, its place or one of its pictures was not there as it is."""
    known = spool.pictures(text.name, text.digest)
    if known is not None:
        urls, before = known
        pictures, state = state_of(text.path, text.name, urls)
        if state == before and folder.spare(search_file(text.name)):
            _tell(wishes, text.path, pictures)
            return spool.take(text.name, place_of(text.path))
    edition = text if isinstance(text, Edition) else text.read()
    if edition is not None:
        _tell(wishes, text.path, keep_text(spool, folder, edition, text.digest))
    return edition is not None


def _tell(wishes: Wishes, path: str, pictures: Pictures) -> None:
    """Say which pictures of a text the site has not."""
    if said := pictures.left_out():
        wishes.left_out(path, said)


def _write_site(spool: Spool, folder: Kept, wishes: Wishes, scratch: Path) -> None:
    if not spool.put_in_order():
        return
    merge_entries(spool)
    place_entries(spool)
    place_events(spool)
    about, heads = About(), []
    for number, _, record in spool.texts():
        about.add(number, record)
        heads.append(Head(record.name, record.title, record.author, record.date))
    site = Site(_title(wishes, heads), tuple(_sections(spool, heads)), tuple(heads), wishes.base)
    for name in ASSETS:
        folder.put(f"assets/{name}", asset(name))
    for name in _OWN_ASSETS:
        folder.put(f"assets/{name}", (DATA / "export" / "html" / name).read_bytes())
    write_contents(spool, folder, site, len(about.languages))
    write_texts(spool, folder, site)
    write_indexes(spool, folder, site)
    write_chronology(spool, folder, site)
    write_about(spool, folder, site, about)
    write_search(spool, folder, site, scratch)


def _title(wishes: Wishes, heads: list[Head]) -> str:
    """What the user called the collection, else its only text, else what it is."""
    return wishes.title.strip() or (heads[0].title if len(heads) == 1 else "Digital edition")


def _sections(spool: Spool, heads: list[Head]) -> Iterator[Section]:
    """The parts of the site that have something in them."""
    there = {kind for (kind,) in spool.connection.execute("select distinct kind from entry")}
    if len(heads) == 1:
        yield Section("text", "Text", f"texts/{heads[0].name}.html")
    else:
        yield Section("contents", "Contents", "index.html")
    for index in INDEXES:
        if index.layer.value in there:
            yield Section(index.stem, index.title, f"{index.stem}.html")
    if spool.connection.execute("select 1 from chronicle limit 1").fetchone():
        yield Section("chronology", "Chronology", "chronology.html")
    yield Section("about", "About", "about.html")
    yield Section("search", "Search", "search.html")


@cache
def _version() -> str:
    """What a spool must be of to be used: the program, its templates and the modules that make pages."""
    digest = hashlib.sha256(__version__.encode())
    folders = (DATA / "export", DATA / "edition", _SOURCES, _SOURCES.parent / "edition")
    for path in sorted(path for folder in folders for path in folder.rglob("*.*")):
        if path.suffix != ".pyc":
            with suppress(OSError):
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
