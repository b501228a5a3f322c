"""TEI in other projects' styles, which our exports take too: valid TEI P5, so a fault of an export is none of theirs."""

from pathlib import Path

import pytest

from conftest import Judge
from tei_serge.namespaces import TEI
from tei_serge.xmlfile import read_xml

FOLDER = Path(__file__).parent / "exports" / "foreign"
FILES = tuple(sorted(FOLDER.glob("*.xml")))
# What each is there for.
FEATURES = {
    "letters": "correspDesc particDesc settingDesc prefixDef opener postscript choice/sic choice/abbr choice/orig add del unclear gap note//list figDesc geo rs",
    "play": "castList sp speaker stage lg/lg l[@part] app/rdg titlePage epigraph choice/sic",
    "book": "front back table row[@role='label'] cell[@rows] cell[@cols] list[@type='gloss']/label list//list//list note[@place='end'] ref ptr cit/quote/p pb cb fw lb[@break='no'] formula code eg milestone floatingText listBibl citeStructure",
    "group": "TEI/text/group/text text/group/text/group/text standOff",
}


@pytest.mark.jing
def test_valid(jing: Judge, tei_all: Path) -> None:
    assert jing(tei_all, FILES) == []


def test_each_has_a_purpose() -> None:
    assert {path.stem for path in FILES} == set(FEATURES)


@pytest.mark.parametrize("name", FEATURES)
def test_what_it_is_there_for(name: str) -> None:
    root = read_xml((FOLDER / f"{name}.xml").read_bytes()).root
    for path in FEATURES[name].split():
        steps = "/".join(f"tei:{step}" if step else "" for step in path.split("/"))
        assert root.xpath(f"//{steps}", namespaces={"tei": TEI}), path
    # Pretty-printed: white space between elements, which no reader should see.
    assert root.xpath("//tei:body//tei:*[not(normalize-space(text()[1]))]/text()[1]", namespaces={"tei": TEI})
