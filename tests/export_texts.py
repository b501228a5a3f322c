"""Texts for tests of exports: the seeds, texts in other projects' styles, and TEI made for one test."""

import itertools
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import rdflib

from hostile_tei import HOSTILE as TEXTS
from hostile_tei import SMALL
from tei_serge.edition.model import Edition
from tei_serge.edition.read import read_editions

HERE = Path(__file__).parent
SEEDS = tuple(sorted((HERE.parent / "corpus" / "tei").glob("*.xml")))
FOREIGN = tuple(sorted((HERE / "exports" / "foreign").glob("*.xml")))
CHRONICLE = (HERE / "chronicle" / "harbour.xml", HERE / "chronicle" / "letter.xml")
ALL = (*SEEDS, *CHRONICLE, *FOREIGN)

HOSTILE = "</script><script>alert(1)</script> &lt;img src=x onerror=alert(1)&gt; \"'{{ }} \u202eabc\u202c \U0001f3f4 \u2028"


def read(*paths: Path) -> Iterator[Edition]:
    """Read TEI; a file that cannot be read is a failure of the test."""

    def fail(findings: Iterable[object]) -> None:
        raise AssertionError(findings)

    return read_editions(paths, fail)


def graph_of(data: str | bytes, form: str) -> rdflib.Graph:
    """What rdflib reads: `turtle` or `json-ld`."""
    with warnings.catch_warnings():
        # The parser of rdflib makes use of a class of its own that is to go.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return rdflib.Graph().parse(data=data, format=form)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def tei(
    *,
    events: str = "",
    registers: str = "",
    body: str = "<p>Words.</p>",
    header: str = "",
    title: str = "A text",
) -> str:
    """A TEI file with these elements in it."""
    lists = f"{registers}<listEvent>{events}</listEvent>" if events else registers
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        f"<title>{title}</title></titleStmt><publicationStmt><p>Nowhere.</p></publicationStmt>"
        f"<sourceDesc><p>Invented.</p></sourceDesc></fileDesc>{header}</teiHeader>"
        f"<text><body>{body}</body></text><standOff>{lists or '<listPerson/>'}</standOff></TEI>"
    )


def saved(folder: Path, *texts: str) -> list[Path]:
    """Write TEI files into a folder, one after the other."""
    numbers = itertools.count(1)
    paths = [folder / f"text-{next(numbers)}.xml" for _ in texts]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def hostile_files(folder: Path) -> list[Path]:
    """All small texts of `hostile_tei`, as files."""
    paths = []
    for number, name in enumerate(sorted(SMALL)):
        paths.append(folder / f"hostile-{number}.xml")
        paths[-1].write_bytes(TEXTS[name]())
    return paths
