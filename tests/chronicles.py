"""Chronicles for tests: the two texts of `tests/chronicle`, and texts made from a few words."""

from collections.abc import Sequence
from pathlib import Path

from tei_serge.chronicle.collect import collect
from tei_serge.chronicle.model import Chronicle
from tei_serge.config import Config
from tei_serge.findings import Finding

FOLDER = Path(__file__).parent / "chronicle"
FILES = (*sorted(FOLDER.glob("*.xml")), *sorted(FOLDER.glob("registers/*.xml")))
TEI = "http://www.tei-c.org/ns/1.0"


def read(*paths: Path) -> tuple[Chronicle, list[Finding]]:
    return collect(paths, lambda _: Config(annotate=()))


def chronicle(*paths: Path) -> Chronicle:
    """A chronicle of files with which nothing is wrong."""
    found, findings = read(*paths)
    assert findings == []
    return found


def tei(events: str, entries: str = "", text: str = "", ours: bool = False, title: str = "A Text") -> str:
    """A TEI file with events; `ours` makes it one that this program wrote."""
    app = '<encodingDesc><appInfo><application ident="tei_serge" version="1"><label>t</label></application></appInfo></encodingDesc>'
    return (
        f'<TEI xmlns="{TEI}" xml:id="t"><teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>'
        "<publicationStmt><publisher>p</publisher></publicationStmt><sourceDesc><p>s</p></sourceDesc></fileDesc>"
        f"{app if ours else ''}</teiHeader><text><body><p>{text or 'Words.'}</p></body></text>"
        f"<standOff>{entries}<listEvent>{events}</listEvent></standOff></TEI>"
    )


def written(folder: Path, texts: dict[str, str]) -> list[Path]:
    """Files in a folder, by their names."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in texts]


def person(id: str, name: str, more: str = "") -> str:
    return f'<listPerson><person xml:id="{id}"{more}><persName>{name}</persName></person></listPerson>'


def place(id: str, name: str, more: str = "") -> str:
    return f'<listPlace><place xml:id="{id}"{more}><placeName>{name}</placeName></place></listPlace>'


def event(id: str, attributes: str, who: Sequence[str] = (), label: str = "") -> str:
    pointers = "".join(f'<ptr type="participant" subtype="agent" target="#{one}"/>' for one in who)
    return f'<event xml:id="{id}" {attributes}><label>{label or id}</label>{pointers}</event>'
