"""Texts in the formats that write TEI for other programs, for the tests of these."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Wishes
from tei_serge.export.tei import evt, tei_portable, teipublisher, voyant

HERE = Path(__file__).parent
SOURCE = HERE / "exports" / "tei" / "source.xml"
SEEDS = sorted((HERE.parent / "corpus" / "tei").glob("*.xml"))
FOREIGN = sorted((HERE / "exports" / "foreign").glob("*.xml"))
CHRONICLE = sorted((HERE / "chronicle").glob("*.xml"))
ALL = [*SEEDS, *FOREIGN, *CHRONICLE, SOURCE]
T = "{http://www.tei-c.org/ns/1.0}"
NS = {"t": T[1:-1]}
FOLDERS = {"tei-portable": tei_portable.write, "teipublisher": teipublisher.write, "evt": evt.write}
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Clocks</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc>{source}</sourceDesc></fileDesc>{rest}</teiHeader>"
)
Made = dict[str, bytes]
Judge = Callable[[Path, Sequence[Path]], list[str]]
Node = etree._Element


def export(format: str, paths: Sequence[Path], folder: Path, **wishes: Any) -> Made:
    """Export files into a folder, and give back what was written, by name."""
    with export_folder(folder, format, force=False) as target:
        FOLDERS[format](read_editions(paths), target, Wishes(**wishes))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".tei-serge" not in path.parts
    }


def document(body: str, source: str = "<p/>", rest: str = "", after: str = "", front: str = "") -> str:
    return (
        f'<TEI xmlns="{T[1:-1]}">{HEADER.format(source=source, rest=rest)}'
        f"<text>{front}<body>{body}</body></text>{after}</TEI>"
    )


def portable(tmp_path: Path, text: str, name: str = "one") -> Node:
    """The root of a document as tei-portable has it."""
    (tmp_path / f"{name}.xml").write_text(text, encoding="utf-8")
    made = export("tei-portable", [tmp_path / f"{name}.xml"], tmp_path / "out")
    return etree.fromstring(made[f"{name}.xml"])


def body_of(root: Node) -> str:
    """What stands in the body, without the namespace."""
    body = root.find(f"{T}text/{T}body")
    assert body is not None
    text = etree.tostring(body, encoding="unicode", with_tail=False).replace(f' xmlns="{T[1:-1]}"', "")
    return re.sub(r"\n *", "", text).removeprefix("<body>").removesuffix("</body>")


def words(root: Node) -> list[str]:
    """The characters of each outermost text, white space aside."""
    texts = [text for text in root.iter(f"{T}text") if next(text.iterancestors(f"{T}text"), None) is None]
    return ["".join(str(text.xpath("string()")).split()) for text in texts]


def editions(paths: Sequence[Path]) -> Iterator[Edition]:
    yield from read_editions(paths)


def roots(made: Made) -> Mapping[str, Node]:
    return {name: etree.fromstring(data) for name, data in made.items() if name.endswith(".xml")}


OfAll = Callable[..., tuple[Path, Made]]
"""All texts in a format: the folder, and what is in it, made once."""


def export_all(folder: Path) -> OfAll:
    """A function that gives all texts in a format and makes them the first time, below a folder."""

    @cache
    def made(format: str, registers: str = "source") -> tuple[Path, Made]:
        target = folder / f"{format}-{registers}"
        return target, export(format, ALL, target, registers=registers)

    return made


@cache
def read_all() -> list[Edition]:
    return list(editions(ALL))


FORMATS = [
    ("tei-portable", "source"),
    ("tei-portable", "external"),
    ("teipublisher", "source"),
    ("evt", "source"),
]


@cache
def corpus(*paths: Path) -> tuple[bytes, dict[str, Node]]:
    data = b"".join(voyant.write(editions(paths or ALL), Wishes()))
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return data, {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}
