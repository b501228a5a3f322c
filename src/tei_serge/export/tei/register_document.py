"""Register files of an export: a TEI document around entries that are written one after another."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from tei_serge.edition.model import Edition
from tei_serge.export.registry import Wishes
from tei_serge.export.tei.registers import Registers
from tei_serge.namespaces import TEI

__all__ = ["TITLES", "tell_otherwise", "write_register"]

TITLES: Mapping[str, str] = {
    "listPerson": "Register of persons",
    "listPlace": "Register of places",
    "listOrg": "Register of organisations",
    "listEvent": "Register of events",
    "listBibl": "Register of works",
    "listRelation": "Register of relations",
    "listNym": "Register of names",
}
_MODEL = (
    '<?xml-model href="https://vault.tei-c.org/P5/4.3.0/xml/tei/custom/schema/relaxng/tei_all.rng"'
    ' type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
)
_MOST = 5
_WORDS = "Made by tei_serge from the registers of the texts that point here."


def write_register(
    stream: IO[bytes], registers: Registers, file: str, id: str, lists: Iterable[str], publisher: str
) -> None:
    """Write the register of a file: its header with the rules that it names, and the lists in `standOff`."""
    for piece in _pieces(registers, file, id, tuple(lists), publisher or "tei_serge"):
        stream.write(piece.encode("utf-8") if isinstance(piece, str) else piece)


def tell_otherwise(edition: Edition, otherwise: Sequence[str], wishes: Wishes) -> None:
    """Tell what a text says of its entries otherwise than texts before it: it is not in the registers."""
    if otherwise:
        more = f" and {len(otherwise) - _MOST:,} more" if len(otherwise) > _MOST else ""
        words = f"what texts before it say otherwise: {', '.join(otherwise[:_MOST])}{more}"
        wishes.left_out(edition.path, words)


def _pieces(
    registers: Registers, file: str, id: str, lists: tuple[str, ...], publisher: str
) -> Iterator[str | bytes]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{_MODEL}'
    yield f'<TEI xmlns="{TEI}" xml:id={quoteattr(id)} version="4.3.0">\n'
    yield '  <teiHeader xml:lang="en">\n    <fileDesc>\n'
    titles = "".join(f"<title>{TITLES[name]}</title>" for name in lists)
    yield f"      <titleStmt>{titles}</titleStmt>\n"
    yield f"      <publicationStmt><publisher>{escape(publisher)}</publisher></publicationStmt>\n"
    yield f"      <sourceDesc><p>{_WORDS}</p></sourceDesc>\n    </fileDesc>\n"
    categories = registers.categories(file)
    if categories:
        yield "    <encodingDesc>\n      <classDecl>\n        <taxonomy>\n"
        yield "          <bibl>Rules that this register names</bibl>\n"
        for category in categories:
            yield b"          " + category + b"\n"
        yield "        </taxonomy>\n      </classDecl>\n    </encodingDesc>\n"
    yield "  </teiHeader>\n  <standOff>\n"
    for name in lists:
        yield f"    <{name}>\n"
        for entry in registers.entries(file, name):
            yield b"      " + entry.strip() + b"\n"
        yield f"    </{name}>\n"
    yield "  </standOff>\n</TEI>\n"
