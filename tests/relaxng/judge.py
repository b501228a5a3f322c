"""The cases of RELAX NG in this folder: reading them, and letting jing judge them all.

A case is a table in a TOML file: its `name`; the `section` of the specification that it is about; its schema, as
a whole (`schema`), as what the element `doc` holds (`pattern`) or as what a grammar holds (`grammar`), where
`{rng}` and `{xsd}` stand for the two long addresses; further `files` by name; `correct = false` if the schema is
none; and the `valid` and `invalid` documents. An invalid one is faulty on its first line, unless `line` is given.
A `note` says what is not plain to see.

Run by hand, as jing takes about half a second for each case:

    python tests/relaxng/judge.py [NAME...]

prints each case in which jing differs from what the case says, and the number of verdicts.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent
SHORT = {
    "{rng}": "http://relaxng.org/ns/structure/1.0",
    "{xsd}": "http://www.w3.org/2001/XMLSchema-datatypes",
}
WRAPPED = {
    "schema": "{}",
    "pattern": '<element name="doc" xmlns="{rng}" datatypeLibrary="{xsd}">\n{}\n</element>',
    "grammar": '<grammar xmlns="{rng}" datatypeLibrary="{xsd}">\n{}\n</grammar>',
}
KEYS = {"name", "section", "correct", "jing", "note", "files", "valid", "invalid", *WRAPPED}
MESSAGE = re.compile(r"^(?:(?P<path>.*?)(?::(?P<line>\d+)(?::\d+)?)?: )?(?:error|fatal): (?P<text>.*)$")


class Document(NamedTuple):
    """A document and its verdict: the line of jing's first error, or None if it is valid.

    jing names the end of a start-tag; `at` is the line of the attribute in it that is at fault, if another.
    """

    xml: str
    line: int | None
    at: int | None = None

    @property
    def place(self) -> int | None:
        """The line on which a reader would look for the first fault."""
        return self.at or self.line


class Case(NamedTuple):
    """One schema, the files it names, and documents judged by it.

    `jing` is what jing says of the schema: the same as `correct`, but for the cases whose note says why not.
    """

    name: str
    section: str
    correct: bool
    jing: bool
    files: dict[str, str]
    documents: tuple[Document, ...]
    note: str


def _long(text: str) -> str:
    for short, full in SHORT.items():
        text = text.replace(short, full)
    return text


def _documents(table: dict[str, Any]) -> Iterator[Document]:
    for xml in table.get("valid", ()):
        yield Document(xml, None)
    for told in table.get("invalid", ()):
        yield Document(told, 1) if isinstance(told, str) else Document(**told)


def _case(table: dict[str, Any]) -> Case:
    assert set(table) <= KEYS, (table["name"], set(table) - KEYS)
    (kind,) = set(table) & set(WRAPPED)
    documents = tuple(_documents(table))
    correct = table.get("correct", True)
    assert correct is bool(documents), f"{table['name']}: documents if, and only if, the schema is correct"
    jing = table.get("jing", correct)
    assert jing is correct or table.get("note"), f"{table['name']}: a note on why jing differs is missing"
    main = WRAPPED[kind].replace("{}", table[kind].removesuffix("\n"))
    files = {"schema.rng": main, **table.get("files", {})}
    return Case(
        f"{table['section']}-{table['name']}",
        table["section"],
        correct,
        jing,
        {name: _long(text) for name, text in files.items()},
        documents,
        table.get("note", ""),
    )


@cache
def cases() -> tuple[Case, ...]:
    """All cases of the folder; their names are unlike one another."""
    found = tuple(
        _case(table)
        for path in sorted(FOLDER.glob("*.toml"))
        for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    )
    names = [case.name for case in found]
    assert len(set(names)) == len(names), sorted({name for name in names if names.count(name) > 1})
    return found


def written(case: Case, folder: Path) -> tuple[Path, list[Path]]:
    """Write the files of a case into a folder: the path of its schema and those of its documents."""
    for name, text in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    documents = []
    for number, document in enumerate(case.documents):
        path = folder / f"document-{number}.xml"
        path.write_text(document.xml, encoding="utf-8")
        documents.append(path)
    return folder / "schema.rng", documents


def judged(case: Case) -> list[str]:
    """What jing says otherwise than the case, one sentence each."""
    with tempfile.TemporaryDirectory() as folder:
        schema, documents = written(case, Path(folder))
        given = documents or [Path(folder) / "nothing.xml"]
        if not documents:
            given[0].write_text("<nothing-at-all/>", encoding="utf-8")
        done = subprocess.run(
            ["jing", str(schema), *map(str, given)], capture_output=True, text=True, check=False
        )
    first: dict[str, tuple[int, str]] = {}
    for line in done.stdout.splitlines():
        if message := MESSAGE.match(line):
            first.setdefault(message["path"] or "", (int(message["line"] or 0), message["text"]))
        elif not first:
            return [f"{case.name}: not understood: {line}"]
    paths = {str(path) for path in given}
    refused = next((told for path, told in first.items() if path not in paths), None)
    if done.returncode and not first:
        return [f"{case.name}: jing failed: {done.stderr[-300:]}"]
    if case.jing is (refused is not None):
        return [f"{case.name}: the schema is {'correct' if refused is None else refused}"]
    if case.jing is not case.correct:
        return []
    differences = []
    for document, path in zip(case.documents, documents, strict=True):
        found = first.get(str(path))
        if (found and found[0]) != document.line:
            told = f"{found[1]}, line {found[0]}" if found else "valid"
            differences.append(f"{case.name}: {document.xml!r} is {told}")
    return differences


def main(wanted: list[str]) -> int:
    """Judge all cases, or those whose name has one of the words in it; 1 if there is a difference."""
    chosen = [case for case in cases() if not wanted or any(word in case.name for word in wanted)]
    with ThreadPoolExecutor(2) as pool:
        differences = [line for lines in pool.map(judged, chosen) for line in lines]
    print(*differences, sep="\n")
    verdicts = sum(max(1, len(case.documents)) for case in chosen)
    print(f"{len(chosen)} cases, {verdicts} verdicts, {len(differences)} differences")
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
