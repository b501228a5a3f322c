"""Write one page for each code of the catalogue into `docs/codes/`, and the index of them.

`make docs` runs this, and `make check` with `--check`, which writes nothing and fails if a page is out of
date.
"""

import sys
from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

from tei_serge.diagnostics import Code, Severity, catalogue

FOLDER = Path(__file__).parent / "codes"

FAMILIES: Mapping[str, str] = {
    "SRC": "reading a source",
    "CFG": "settings",
    "OUT": "writing files",
    "SCN": "lines and blocks",
    "NOT": "notes",
    "HDR": "the header",
    "DAT": "dates",
    "AUT": "authority files",
    "REC": "reconciliation with services",
    "QUO": "quotations",
    "NAM": "names",
    "PER": "persons",
    "PLC": "places",
    "EVT": "events",
    "MRG": "annotations that do not go together",
    "TEI": "writing TEI",
    "SCH": "checking against a schema, and the store of schemas",
    "REF": "identifiers and pointers",
    "TXT": "the text of an encoding against its source",
    "ODD": "compiling the schema",
    "EXP": "exports",
}
SEVERITIES: Mapping[Severity, str] = {
    Severity.ERROR: "error: the run ends with status 1, or 2 for wrong use",
    Severity.WARNING: "warning: something to look at; the run fails with `--strict` only",
    Severity.INFO: "remark: shown with `--verbose` and in `--format json`",
}


def family(code: str) -> str:
    """The letters that open a code.

    >>> family("SRC-001")
    'SRC'
    """
    return code.partition("-")[0]


def page(entry: Code) -> str:
    """The page of one code."""
    parts = (
        f"# {entry.code}",
        f"> {entry.title or entry.message}",
        "Words in braces stand for what the message fills in."
        if "{" in entry.message and not entry.title
        else "",
        f"**Why.** {entry.why}",
        f"**What to do.** {entry.do}",
        f"Wrong:\n\n```xml\n{entry.wrong}\n```" if entry.wrong else "",
        f"Right:\n\n```xml\n{entry.right}\n```" if entry.right else "",
        f"**Severity.** {SEVERITIES[entry.severity]}.",
        f"**Family.** {family(entry.code)}, {FAMILIES[family(entry.code)]}. [All codes](README.md)",
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def index() -> str:
    """The list of all codes by family, in the order of the catalogue within each."""
    parts = [
        "# Codes",
        "Every message of the program has a code. Codes are promises: none changes its meaning, none is used"
        " again. The wording comes from `src/tei_serge/data/diagnostics.toml`; `make docs` writes these pages"
        " from it.",
    ]
    order = list(FAMILIES)
    entries = sorted(catalogue().values(), key=lambda entry: (order.index(family(entry.code)), entry.code))
    for name, group in groupby(entries, key=lambda entry: family(entry.code)):
        rows = [
            f"| [{entry.code}]({entry.code}.md) | {entry.severity} | {_cell(entry.title or entry.message)} |"
            for entry in group
        ]
        parts.append(f"## {name}: {FAMILIES[name]}")
        parts.append("\n".join(("| code | severity | message |", "|---|---|---|", *rows)))
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def pages() -> dict[str, str]:
    """All pages by file name."""
    return {"README.md": index(), **{f"{code}.md": page(entry) for code, entry in catalogue().items()}}


def stale(folder: Path = FOLDER) -> list[str]:
    """The names of pages that are missing, out of date, or about no code of the catalogue."""
    made = pages()
    there = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def main() -> None:
    """Write the pages that are out of date, and remove those of codes that are no longer there."""
    names = stale()
    if "--check" in sys.argv[1:]:
        if names:
            raise SystemExit(f"out of date in docs/codes: {', '.join(names)}; run `make docs`")
        return
    made = pages()
    FOLDER.mkdir(exist_ok=True)
    for name in names:
        if name in made:
            (FOLDER / name).write_text(made[name], "utf-8", newline="\n")
        else:
            (FOLDER / name).unlink()


if __name__ == "__main__":
    main()
