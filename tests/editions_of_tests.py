"""Editions for tests of exports: those of `export_texts`, hostile ones, and one made from the inside of a body."""

from collections.abc import Iterator
from pathlib import Path

from export_texts import ALL as FILES
from export_texts import SEEDS, read
from hostile_tei import HOSTILE
from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions

__all__ = ["FILES", "SEEDS", "edition_of", "editions", "hostile"]


def editions(*paths: Path) -> Iterator[Edition]:
    """The editions of files that can all be read; of all files of the tests where none is named."""
    return read(*(paths or FILES))


def hostile(name: str, folder: Path) -> Iterator[Edition]:
    """The editions of a hostile file; what is wrong with it does not matter here."""
    path = folder / "hostile.xml"
    path.write_bytes(HOSTILE[name]())
    return read_editions([path])


def edition_of(folder: Path, body: str, after: str = "", header: str = "", name: str = "text") -> Edition:
    """The edition of a text made from the inside of its `body`, of what stands behind `text`, of header parts."""
    path = folder / f"{name}.xml"
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{name}</title></titleStmt>'
        f"<publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc>{header}"
        f"</teiHeader><text><body>{body}</body></text>{after}</TEI>",
        "utf-8",
    )
    return next(editions(path))
