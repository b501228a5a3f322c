"""The hand-written outlines of `tests/cases`: their form, and that they account for every character."""

from itertools import pairwise
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())
LEAVES = frozenset(
    (
        "addrLine",
        "bibl",
        "byline",
        "cell",
        "dateline",
        "docDate",
        "editorial",
        "fw",
        "head",
        "item",
        "item@imprint",
        "l",
        "label",
        "navigation",
        "note",
        "p",
        "postscript",
        "quote",
        "salute",
        "separator",
        "signed",
        "speaker",
        "stage",
        "stray",
        "titlePart",
        "updated",
    )
)
CONTAINERS = frozenset(("closer", "div", "lg", "list", "opener", "quote"))

each_case = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def outline(folder: Path) -> list[str]:
    return (folder / "outline.txt").read_text(encoding="utf-8").splitlines()


def raw(folder: Path) -> str:
    return (folder / "raw.txt").read_text(encoding="utf-8")


def hard(text: str) -> str:
    """The text without white space, U+00A0 included."""
    return "".join(text.split())


def leaves(folder: Path) -> list[tuple[str, str]]:
    """Element and text of each leaf; the text still holds its ` / `."""
    rows = [line.split("\t") for line in outline(folder) if "\t" in line and not line.startswith("#")]
    return [(row[0].removeprefix("?"), row[1]) for row in rows if row[0] != "link"]


def test_there_are_cases() -> None:
    assert len(FOLDERS) >= 90
    assert sum(folder.name.startswith("letter-") for folder in FOLDERS) >= 32


@each_case
def test_outlines_account_for_every_character(folder: Path) -> None:
    said = "".join(hard(text.replace(" / ", " ")) for _, text in leaves(folder))
    assert said == hard(raw(folder))


@each_case
def test_outlines_say_what_they_show_and_use_known_words(folder: Path) -> None:
    lines = outline(folder)
    assert lines[0].startswith("# ")
    for line in lines:
        if line.startswith(">") or line.startswith("<"):
            assert line[1:].split()[0] in CONTAINERS, line
        elif not line.startswith("#"):
            element, *rest = line.split("\t")
            assert element == "link" or element.removeprefix("?") in LEAVES, line
            assert len(rest) == (2 if element == "link" else 1), line
            assert all(rest), line


@each_case
def test_containers_are_properly_nested(folder: Path) -> None:
    open_ones: list[str] = []
    for line in outline(folder):
        if line.startswith(">"):
            open_ones.append(line[1:].split()[0])
        elif line.startswith("<"):
            assert open_ones, line
            assert open_ones.pop() == line[1:], line
    assert open_ones == []


@each_case
def test_line_breaks_of_outlines_are_line_breaks_of_the_text(folder: Path) -> None:
    lines = [hard(line) for line in raw(folder).splitlines()]
    pairs = [before + after for before, after in pairwise(lines) if before and after]
    for _, text in leaves(folder):
        for before, after in pairwise(text.split(" / ")):
            assert any(hard(before) + hard(after) in pair for pair in pairs), (before, after)


@each_case
def test_links_join_a_mark_of_the_text_with_the_number_of_a_note(folder: Path) -> None:
    rows = [line.split("\t") for line in outline(folder) if line.startswith("link\t")]
    notes = [text for element, text in leaves(folder) if element == "note"]
    body = "".join(text for element, text in leaves(folder) if element != "note")
    for _, mark, number in rows:
        assert mark in body
        assert any(note.startswith(number) for note in notes)
