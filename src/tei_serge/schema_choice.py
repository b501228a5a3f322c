"""Which schemas a file is to be validated with, as it says itself; nothing is ever fetched.

The `<?xml-model?>` instructions count, each found through XML Catalogs, in the file's folder, or among the
schemas that are installed. A file that this program wrote is checked against our own schema as well, and
before others. Where nothing is said, all of TEI P5 is taken, if it is installed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tei_serge.catalogs import NO_CATALOGS, Catalogs
from tei_serge.diagnostics import diagnostic
from tei_serge.findings import Finding, line_starts, located
from tei_serge.namespaces import TEI
from tei_serge.schema_addresses import Target, find_schema, release, remedy
from tei_serge.schema_store import OWN, installed, own_file
from tei_serge.xml_model import HEAD, Model, Prolog, read_prolog, walk

__all__ = ["ALL_OF_TEI", "Choice", "Kind", "NotRun", "Selected", "choose", "kind_of", "written_by_us"]

ALL_OF_TEI = "tei_all"
"""The schema of a file that names none."""

_MISSING = ("SCH-041", "SCH-042")


class Kind(StrEnum):
    """What a schema is written in, as it is shown to people."""

    RNG = "RELAX NG"
    RNC = "RELAX NG in compact syntax"
    SCHEMATRON = "Schematron"
    XSD = "W3C XML Schema"
    NVDL = "NVDL"
    DTD = "a DTD"
    OTHER = "of a kind that is not known"


_GRAMMARS = (Kind.RNG, Kind.RNC)
_OWN_KINDS = (Kind.RNG, Kind.SCHEMATRON)
_BY_NAMESPACE = {
    "http://relaxng.org/ns/structure/1.0": Kind.RNG,
    "http://purl.oclc.org/dsdl/schematron": Kind.SCHEMATRON,
    "http://www.w3.org/2001/XMLSchema": Kind.XSD,
    "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0": Kind.NVDL,
}
_BY_TYPE = {"application/relax-ng-compact-syntax": Kind.RNC, "application/xml-dtd": Kind.DTD}
_BY_ENDING = {
    ".rng": Kind.RNG,
    ".rnc": Kind.RNC,
    ".sch": Kind.SCHEMATRON,
    ".xsd": Kind.XSD,
    ".nvdl": Kind.NVDL,
    ".dtd": Kind.DTD,
}

_XML_ID = "http://www.w3.org/XML/1998/namespace id"
# What the encoder writes into the header: the attribute that holds our name, and where the element stands.
_MARKS = {
    "application": ("ident", ["teiHeader", "encodingDesc", "appInfo"]),
    "respStmt": (_XML_ID, ["teiHeader", "fileDesc", "titleStmt"]),
}
_REGISTERS = ("tei-register", "tei-chronicle")


class Selected(NamedTuple):
    """A schema or rules to use: name, file, kind, why it was chosen, the phase of rules, the line (or 0)."""

    name: str
    path: Path
    kind: Kind
    origin: str
    phase: str = ""
    line: int = 0

    @property
    def label(self) -> str:
        """The name with the reason, such as `tei_all (xml-model, line 2)`."""
        return f"{self.name} ({self.origin})"


class NotRun(NamedTuple):
    """A schema that the file names and that is of no use here."""

    href: str
    kind: Kind
    line: int


class _Remark(NamedTuple):
    code: str
    model: Model | None
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What to check a file with; the findings have their places, and name whatever is not used.

    `root` and `namespace` are those of the root element, empty where it was not found; `ours` says that this
    program wrote the file.
    """

    schemas: tuple[Selected, ...]
    rules: tuple[Selected, ...]
    not_run: tuple[NotRun, ...]
    findings: tuple[Finding, ...]
    root: str
    namespace: str
    ours: bool


def choose(path: Path | None, data: bytes, catalogs: Catalogs = NO_CATALOGS, name: str = "") -> Choice:
    """Choose the schemas of one file from its bytes, or from its first 64 KB.

    Paths in the file count from its folder, or from the working folder where `path` is None; `name` is shown
    as its path then. `schemas` is empty only where the findings hold an error, or where the file names rules
    alone and tei_all is not installed. Never raises.
    """
    prolog = read_prolog(data)
    folder = Path.cwd() if path is None else path.parent.absolute()
    targets = [(model, find_schema(model.href, folder, catalogs)) for model in prolog.models if model.href]
    ours = written_by_us(prolog, any(target.known == ALL_OF_TEI for _, target in targets))
    made = [one for model, target in targets for one in _outcomes(model, target, ours)]
    used = [*(_own_schema() if ours else ()), *(one for one in made if isinstance(one, Selected))]
    remarks = [*_problems(prolog), *(one for one in made if isinstance(one, _Remark))]
    # A schema that the file names and that cannot be had is not made good by another one.
    if not any(one.kind in _GRAMMARS for one in used) and not any(one.code in _MISSING for one in remarks):
        default = installed(ALL_OF_TEI)
        if default is not None:
            used.append(Selected(ALL_OF_TEI, default, Kind.RNG, "the file names none"))
        elif not used:
            remarks.append(_remark("SCH-040", None, name=ALL_OF_TEI))
    shown = str(path) if path is not None else name or "-"
    return Choice(
        _once(one for one in used if one.kind in _GRAMMARS),
        _once(one for one in used if one.kind is Kind.SCHEMATRON),
        tuple(one for one in made if isinstance(one, NotRun)),
        tuple(_located(remarks, prolog, shown)),
        prolog.root,
        prolog.namespace,
        ours,
    )


def written_by_us(prolog: Prolog, names_all_of_tei: bool = False) -> bool:
    """Whether a file says in its header that this program wrote it, as an encoding or as a register.

    Registers have no place for our name but their id; they count if they also name tei_all, as ours do.
    """
    if prolog.namespace != TEI or prolog.start < 0:
        return False
    if prolog.root_id.startswith(_REGISTERS) and names_all_of_tei:
        return True
    if OWN not in prolog.text:
        return False
    above: list[str] = []
    for (_, local), attributes in walk(prolog.text, prolog.start):
        if attributes is None:
            above.pop()
            if len(above) == 1:
                return False
            continue
        mark = _MARKS.get(local)
        if mark and attributes.get(mark[0]) == OWN and above[1:] == mark[1]:
            return True
        above.append(local)
    return False


def kind_of(model: Model, path: Path | None = None) -> Kind:
    """What a schema is written in: by `schematypens`, else `type`, else the ending, else its own root."""
    ending = (path or PurePosixPath(re.split("[?#]", model.href)[0])).suffix.lower()
    by_type = _BY_TYPE.get(model.type.partition(";")[0].strip().lower())
    if model.schematypens:
        kind = _BY_NAMESPACE.get(model.schematypens, Kind.OTHER)
        compact = kind is Kind.RNG and (by_type is Kind.RNC or ending == ".rnc")
        return Kind.RNC if compact else kind
    kind = by_type or _BY_ENDING.get(ending, Kind.OTHER)
    if kind is Kind.OTHER and path is not None:
        try:
            with path.open("rb") as file:
                return _BY_NAMESPACE.get(read_prolog(file.read(HEAD)).namespace, kind)
        except (OSError, ValueError):
            return kind
    return kind


@cache
def _own_schema() -> tuple[Selected, ...]:
    """Our own schema and its rules."""
    files = ((kind, own_file(f"{OWN}{ending}")) for ending, kind in _BY_ENDING.items() if kind in _OWN_KINDS)
    return tuple(Selected(OWN, path, kind, f"written by {OWN}") for kind, path in files if path is not None)


def _problems(prolog: Prolog) -> Iterator[_Remark]:
    for model in prolog.models:
        for problem in model.problems:
            yield _remark("SCH-043", model, reason=problem)
    if prolog.surplus:
        yield _remark("SCH-043", prolog.models[-1], reason="more of them follow than are looked at")


def _outcomes(model: Model, target: Target, ours: bool) -> Iterator[Selected | NotRun | _Remark]:
    """What comes of one instruction that has an href."""
    path = target.path
    there = path is not None and _is_file(path)
    kind = kind_of(model, path if there else None)
    if kind not in (*_GRAMMARS, Kind.SCHEMATRON):
        yield NotRun(model.href, kind, model.line)
        yield _remark("SCH-046", model, href=model.href, kind=kind)
    elif path is None and ours and target.known:
        # Our own schema is stricter; that the other is not at hand is told once, in the summary.
        yield NotRun(target.known, kind, model.line)
    elif path is None:
        way = remedy(target, kind is Kind.RNG)
        yield _remark("SCH-041", model, href=model.href, remedy=way)
    elif not there:
        yield _remark("SCH-042", model, href=model.href, reason=f"there is no file {path}")
    else:
        if not target.certain:
            yield _remark("SCH-044", model, href=model.href, release=release(target.known))
        name = target.known or path.name
        yield Selected(name, path, kind, f"xml-model, line {model.line}", model.phase, model.line)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _once(used: Iterable[Selected]) -> tuple[Selected, ...]:
    """Each file once, for each phase."""
    first: dict[tuple[Path, str], Selected] = {}
    for one in used:
        first.setdefault((one.path, one.phase), one)
    return tuple(first.values())


def _remark(code: str, model: Model | None, **values: str) -> _Remark:
    return _Remark(code, model, tuple(values.items()))


def _located(remarks: Iterable[_Remark], prolog: Prolog, path: str) -> Iterator[Finding]:
    """Findings with their places; what two lines with the same href have in common is said once."""
    said: set[object] = set()
    starts: list[int] = []
    for code, model, values in remarks:
        if (code, values, model and (model.href or model.span)) in said:
            continue
        said.add((code, values, model and (model.href or model.span)))
        span = model.span if model else None
        if span and not starts:
            # To the end of the line of the last instruction, as the line is shown.
            end = prolog.text.find("\n", prolog.models[-1].span.end)
            starts = line_starts(prolog.text[: end + 1] if end >= 0 else prolog.text)
        yield located(diagnostic(code, span, **dict(values)), path, prolog.text, starts)
