"""`export text`: the characters of the source, in a layout that encodes to the same text again."""

from pathlib import Path

import pytest
from lxml import etree

from tei_serge import encode
from tei_serge.edition.read import read_editions
from tei_serge.export.text import export_text, plain_text

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
TEI = "{http://www.tei-c.org/ns/1.0}"


def text_of(text: str) -> tuple[etree._ElementTree, bytes]:
    tree = encode(text, name="export.txt").to_tei()
    return tree, etree.tostring(tree.getroot().find(f"{TEI}text"))


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_the_canonical_layout_encodes_to_the_same_text(folder: Path) -> None:
    raw = (folder / "raw.txt").read_text("utf-8")
    tree, before = text_of(raw)
    canonical = export_text(tree)
    assert "".join(canonical.split()) == "".join(raw.split())
    _, after = text_of(canonical)
    assert after == before


@pytest.mark.parametrize(
    "close",
    [
        "Yours in struggle\n\nB. Miller,\n12 Mill Lane,\nLeeds.",
        "Yours in struggle,\nB. Miller,\n12 Mill Lane,\nLeeds.",
        "Yours in struggle,\nB. Miller\n\n12 Mill Lane,\nLeeds.",
        "Yours in struggle,\n\nB. Miller.",
    ],
)
def test_the_end_of_a_letter_is_read_the_same_again(close: str) -> None:
    raw = f"Jane Doe 1912\n\nOn Clocks\n\nSource: The Clock, May 1912;\n\nDear Editor,\n\nI disagree.\n\n{close}\n"
    tree, before = text_of(raw)
    canonical = export_text(tree)
    assert "".join(canonical.split()) == "".join(raw.split())
    assert text_of(canonical)[1] == before


@pytest.mark.parametrize("raw", ["Fellow workers!\nr", "]\nDear"])
def test_short_texts_are_read_the_same_again(raw: str) -> None:
    tree, before = text_of(raw)
    assert text_of(export_text(tree))[1] == before


def test_the_layout_is_one_blank_line_between_blocks() -> None:
    tree, _ = text_of(
        "Anna Miller 1921\r\n\r\n\r\nOn Clocks\r\n\r\nThe first.\r\n  1. one\r\n  2. two\r\n\r\nThe last."
    )
    assert (
        export_text(tree)
        == "Anna Miller 1921\n\nOn Clocks\n\nThe first.\n\n  1. one\n  2. two\n\nThe last.\n"
    )


def test_forbidden_characters_come_back() -> None:
    tree, _ = text_of("On Clocks\n\nThe bell\x07 rang\x0c twice, and then it rang no more that night.")
    assert "bell\x07 rang\x0c twice" in export_text(tree)


def test_a_file_without_text_gives_nothing() -> None:
    assert export_text(etree.ElementTree(etree.fromstring(f'<TEI xmlns="{TEI[1:-1]}"/>'))) == ""


def test_all_texts_of_a_corpus_are_given() -> None:
    one, other = (
        f"<TEI><text><group><text><body><p>{name}</p></body></text></group></text></TEI>" for name in "ab"
    )
    root = etree.fromstring(f'<teiCorpus xmlns="{TEI[1:-1]}">{one}{other}</teiCorpus>')
    assert export_text(etree.ElementTree(root)) == "a\n\nb\n"


def test_tei_of_others_loses_no_character() -> None:
    foreign = etree.ElementTree(
        etree.fromstring(
            f'<TEI xmlns="{TEI[1:-1]}"><text><body><div><head>On <hi>Clocks</hi></head><p>a<lb/>b <note>c</note> d</p>'
            "<table><head>t</head><row><cell>u</cell><cell>v</cell></row></table><figure><head>e</head></figure><!-- f --><p>g<?pi h?>i</p></div></body></text></TEI>"
        )
    )
    assert export_text(foreign) == "On Clocks\n\na\nb c d\n\nt\nu\tv\n\ne\n\ngi\n"


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "exports" / "foreign").glob("*.xml")), ids=lambda path: path.name
)
def test_all_characters_of_other_projects_are_given(path: Path) -> None:
    tree = etree.parse(path)
    texts = [text for text in tree.iter(f"{TEI}text") if next(text.iterancestors(f"{TEI}text"), None) is None]
    every = "".join(
        etree.tostring(text, method="text", encoding="unicode", with_tail=False) for text in texts
    )
    assert "".join(export_text(tree).split()) == "".join(every.split())
    given = "".join(plain_text(edition) for edition in read_editions([path]))
    assert sorted("".join(given.split())) == sorted("".join(every.split()))
