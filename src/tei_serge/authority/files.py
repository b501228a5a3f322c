"""Authority files on the disk: ours, which come with the package, and reading one of any form."""

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from tei_serge.authority.cells import first_row
from tei_serge.authority.decide import Decided, decide
from tei_serge.authority.model import Entry
from tei_serge.authority.read_table import read_table
from tei_serge.authority.read_tei import read_tei
from tei_serge.authority.reading import Remarks, settle
from tei_serge.authority.review import is_review, read_review
from tei_serge.diagnostics import TeiSergeError, diagnostic
from tei_serge.findings import Finding

_BLANK = b"\xef\xbb\xbf \t\r\n"
_XML = (".xml", ".tei")
_XML_UTF16 = (b"\xff\xfe<\0", b"\xfe\xff\0<")


class Reading(NamedTuple):
    """What came of one file; `decided` is what a review table says besides its entries."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    decided: Decided = Decided()


@cache
def default_files() -> tuple[Path, ...]:
    """Our own authority files: of the package, or of the checkout around it."""
    package = Path(str(files("tei_serge")))
    for folder in (package / "authority_files", package.parent.parent / "corpus" / "authority"):
        found = tuple(sorted(folder.glob("*.xml")))
        if found:
            return found
    return ()


def read_file(path: Path) -> Reading:
    """Read an authority file; the form is told by its name or its first character.

    Raises TeiSergeError `AUT-001` with exit status 2 if it is not there.
    """
    remarks = Remarks(str(path), [])
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise TeiSergeError(diagnostic("AUT-001", name=path, reason=reason), 2) from error
    except OSError as error:
        remarks.add("AUT-001", reason=error.strerror or error)
        return Reading((), tuple(remarks.findings))
    if not data.strip(_BLANK):
        remarks.add("AUT-004", reason="it is empty")
        return Reading((), tuple(remarks.findings))
    before = len(remarks.findings)
    is_xml = path.suffix.lower() in _XML or data.lstrip(_BLANK)[:1] == b"<" or data[:4] in _XML_UTF16
    if not is_xml and is_review(first_row(data)):
        table = read_review(data, remarks)
        decided = decide(table.rows, remarks) if table else Decided()
        return Reading(decided.entries, tuple(remarks.findings), decided)
    entries = settle((read_tei if is_xml else read_table)(data, remarks), remarks)
    if not entries and len(remarks.findings) == before:
        remarks.add("AUT-004", reason="nothing in it is an entry")
    return Reading(entries, tuple(remarks.findings))
