"""The export `epub`: books that epubcheck takes, with the whole text and with nothing but the text."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from client_browser import Axe, Driver, Serve, console_errors
from client_programs import Checker
from hostile_document import document
from hostile_tei import HOSTILE, LARGE
from markdown_reading import squeezed
from tei_serge.edition.model import Begin, Content, Edition, End
from tei_serge.edition.read import read_editions
from tei_serge.export.epub import write, write_together
from tei_serge.export.epub.chapters import chapters
from tei_serge.export.epub.metadata import About, Credit, about_book, merged
from tei_serge.export.epub.pages import Heading, nested
from tei_serge.export.epub.text import lay_out
from tei_serge.export.markup.shown import is_moved
from tei_serge.export.registry import Wishes

HERE = Path(__file__).parent
CORPUS = sorted((HERE.parent / "corpus" / "tei").glob("*.xml"))
TEXTS = [*CORPUS, *sorted((HERE / "exports" / "foreign").glob("*.xml")), HERE / "chronicle" / "harbour.xml"]
H = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
# A page of a book is no page of a site, with landmarks around all that stands in it; and axe-core takes a footnote
# for one, which its role (doc-footnote) is not.
NO_SITE = {name: {"enabled": False} for name in ("landmark-one-main", "region", "landmark-unique")}
OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def files_of(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as container:
        return {name: container.read(name) for name in container.namelist()}


def edition_of(inside: str, folder: Path, title: str = "A Title") -> Edition:
    path = folder / "text.xml"
    path.write_bytes(document(inside, title))
    (edition,) = read_editions([path])
    return edition


def package_of(book: bytes) -> Any:
    return etree.fromstring(files_of(book)["EPUB/package.opf"])


def said(book: bytes, path: str) -> list[str]:
    return [str(one) for one in package_of(book).xpath(path, namespaces=OPF)]


def shown(data: bytes) -> str:
    """The characters of a page without what the program added, and without white space."""
    body = etree.fromstring(data).find(f"{H}body")
    assert body is not None
    pieces: list[str] = []
    silent = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            silent += silent > 0 or node.get("data-generated") is not None
            if not silent:
                pieces.append(node.text or "")
        else:
            silent -= silent > 0
            if not silent and node is not body:
                pieces.append(node.tail or "")
    return squeezed("".join(pieces))


def told(content: Content) -> str:
    """The characters of a part of a text, notes that stand in a line behind all others, and theirs behind them."""
    ends: dict[int, int] = {}
    waiting: list[int] = []
    for place, step in enumerate(content):
        if isinstance(step, Begin):
            waiting.append(place)
        elif isinstance(step, End):
            ends[waiting.pop()] = place
    pieces: list[str] = []
    rows = [(0, len(content))]
    for start, stop in rows:
        place = start
        while place < stop:
            step = content[place]
            if isinstance(step, str):
                pieces.append(step)
            elif isinstance(step, Begin) and is_moved(step.part):
                rows.append((place + 1, ends[place]))
                place = ends[place]
            place += 1
    return squeezed("".join(pieces))


def compare(edition: Edition, files: dict[str, bytes]) -> int:
    """All files of a text have all characters of it, in their order; how many files there are."""
    text = lay_out(edition, "text")
    for chapter in text.chapters:
        assert shown(files[f"EPUB/{chapter.name}"]) == told(chapter.content)
    whole = "".join(told(chapter.content) for chapter in text.chapters)
    assert sorted(whole) == sorted(squeezed(edition.plain))
    return len(text.chapters)


def test_the_container_is_one_that_readers_know(tmp_path: Path) -> None:
    edition = edition_of("<p>Words.</p>", tmp_path)
    book = write(edition, Wishes())
    with zipfile.ZipFile(io.BytesIO(book)) as container:
        first, *others = container.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book[30:66] == b"mimetypeapplication/epub+zipPK"[:8] + b"application/epub+zip" + book[58:66]
    assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in [first, *others])
    assert book == write(edition, Wishes())


def test_the_metadata_of_a_real_text() -> None:
    (edition,) = read_editions(CORPUS[:1])
    book = write(edition, Wishes())
    assert said(book, "//dc:title/text()") == ["Kronstadt 1921", "Trotsky’s Defense. Response to Trotsky"]
    assert said(book, "//opf:meta[@property='title-type']/text()") == ["main", "subtitle"]
    assert said(book, "//dc:creator/text()") == ["Victor Serge"]
    assert said(book, "//dc:contributor/text()") == ["Mitch Abidor", "tei_serge"]
    assert said(book, "//opf:meta[@property='role']/text()") == ["aut", "trl", "mrk"]
    assert said(book, "//opf:meta[@property='file-as']/text()") == ["Serge, Victor", "Abidor, Mitch"]
    assert said(book, "//dc:date/text()") == ["1938-10-25"]
    assert said(book, "//dc:language/text()") == ["en"]
    assert said(book, "//opf:meta[@property='dcterms:modified']/text()") == ["2010-04-15T00:00:00Z"]
    assert said(book, "//dc:rights/text()")[-1] == "https://creativecommons.org/licenses/by-sa/2.0/"
    (identifier,) = said(book, "//dc:identifier[@id = /opf:package/@unique-identifier]/text()")
    assert identifier.startswith("urn:uuid:")
    for property in ("accessMode", "accessModeSufficient", "accessibilityHazard", "accessibilitySummary"):
        assert len(said(book, f"//opf:meta[@property='schema:{property}']/text()")) == 1
    assert len(said(book, "//opf:meta[@property='schema:accessibilityFeature']/text()")) >= 4


@pytest.mark.parametrize(
    ("idno", "identifier"),
    [
        ('type="URI">https://example.org/1', "https://example.org/1"),
        ('type="DOI">10.1234/abc', "https://doi.org/10.1234/abc"),
        ('type="URN">urn:isbn:9780000000002', "urn:isbn:9780000000002"),
        ('type="uuid">3F2504E0-4F89-11D3-9A0C-0305E82C3301', "urn:uuid:3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        ('type="URI">javascript:1', "urn:uuid:"),
        ('type="file">https://example.org/1', "urn:uuid:"),
    ],
)
def test_an_identifier_of_the_world_is_that_of_the_book(idno: str, identifier: str, tmp_path: Path) -> None:
    text = document("<p>Words.</p>").decode()
    path = tmp_path / "text.xml"
    path.write_text(text.replace("<publicationStmt>", f"<publicationStmt><idno {idno}</idno>", 1))
    (edition,) = read_editions([path])
    assert said(write(edition, Wishes()), "//dc:identifier[@id]/text()")[0].startswith(identifier)


def test_the_moment_can_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = edition_of("<p>Words.</p>", tmp_path)
    path = "//opf:meta[@property='dcterms:modified']/text()"
    assert said(write(edition, Wishes()), path) == ["1970-01-01T00:00:00Z"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert said(write(edition, Wishes()), path) == ["1970-01-02T00:00:00Z"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "now")
    assert said(write(edition, Wishes()), path) == ["1970-01-01T00:00:00Z"]


def test_notes_pop_up_and_lead_back() -> None:
    (edition,) = read_editions(CORPUS[:1])
    root = etree.fromstring(files_of(write(edition, Wishes()))["EPUB/text.xhtml"])
    (marker,) = root.iterfind(f".//{H}a[@{OPS}type='noteref']")
    (note,) = root.iterfind(f".//{H}aside[@{OPS}type='footnote']")
    assert (marker.get("href"), marker.get("role")) == (f"text.xhtml#{note.get('id')}", "doc-noteref")
    assert note.get("role") == "doc-footnote"
    (back,) = note.iterfind(f".//{H}a[@role='doc-backlink']")
    assert back.get("href") == f"text.xhtml#{marker.get('id')}"


def test_contents_landmarks_and_pages(tmp_path: Path) -> None:
    inside = (
        "<div><head>One</head><pb n='5'/><p>a</p><div><head>One a</head><p>b</p></div></div>"
        "<div><head>Two</head><p>c<pb xml:id='six' n='6'/>d</p></div>"
    )
    nav = etree.fromstring(files_of(write(edition_of(inside, tmp_path), Wishes()))["EPUB/nav.xhtml"])
    lists = {
        one.get(f"{OPS}type"): [(a.text, a.get("href")) for a in one.iter(f"{H}a")]
        for one in nav.iter(f"{H}nav")
    }
    assert [words for words, _ in lists["toc"]] == ["One", "One a", "Two", "About this book"]
    assert lists["page-list"] == [("5", "text.xhtml#page-1"), ("6", "text.xhtml#six")]
    assert [words for words, _ in lists["landmarks"]] == ["Title page", "Contents", "Text"]


def test_a_book_from_right_to_left(tmp_path: Path) -> None:
    path = tmp_path / "text.xml"
    text = document("<p>\u05de\u05d0\u05d6\u05e0\u05d9\u05d9\u05dd</p>").decode()
    path.write_text(text.replace("<text>", '<text xml:lang="he">'))
    (edition,) = read_editions([path])
    book = write(edition, Wishes())
    assert said(book, "//opf:spine/@page-progression-direction") == ["rtl"]
    assert etree.fromstring(files_of(book)["EPUB/text.xhtml"]).get("dir") == "rtl"
    assert etree.fromstring(files_of(book)["EPUB/nav.xhtml"]).get("dir") is None


def test_headings_are_lists_in_lists() -> None:
    made = nested(
        [Heading("a", "#a", 2), Heading("b", "#b", 4), Heading("c", "#c", 2), Heading("d", "#d", 1)]
    )
    root = etree.fromstring(f"<x>{made}</x>")
    assert [one.tag for one in root] == ["ol"]
    assert [one.text for one in root.iter("a")] == ["a", "b", "c", "d"]
    assert [one.text for one in root.findall("ol/li/a")] == ["a", "c", "d"]
    assert [one.text for one in root.findall("ol/li/ol/li/a")] == ["b"]


def test_the_indexes_lead_into_the_text() -> None:
    (edition,) = read_editions(CORPUS[1:2])
    files = files_of(write(edition, Wishes()))
    ids = {str(one) for one in etree.fromstring(files["EPUB/text.xhtml"]).xpath("//@id")}
    persons = etree.fromstring(files["EPUB/persons.xhtml"])
    names = [one.text or "" for one in persons.iter(f"{H}span") if one.get("class") == "entry-name"]
    assert "Lenin, Vladimir" in names
    assert names == sorted(names, key=str.casefold)
    events = etree.fromstring(files["EPUB/chronology.xhtml"])
    links = [one.get("href", "") for page in (persons, events) for one in page.iter(f"{H}a")]
    assert len(links) > 60
    assert all(link.partition("#")[2] in ids for link in links)
    assert len(list(events.iter(f"{H}li"))) == len(edition.events)


def long_text() -> str:
    parts = [
        f"<div xml:id='d{n}'><head>Part {n}</head>"
        + "".join(
            f"<div><head>{n}.{m}</head><p xml:id='p{n}.{m}'>{'Words and words. ' * 1500}</p></div>"
            for m in range(4)
        )
        + "</div>"
        for n in range(4)
    ]
    refs = "<p>Ends<ref xml:id='r' target='#n'>[1]</ref> <ref target='#p1.2'>there</ref> <ref target='#d2'>here</ref></p>"
    back = "<div type='notes'><note xml:id='n' target='#p0.0'><p>A note far away.</p></note></div>"
    return refs + "".join(parts) + refs.replace(" xml:id='r'", "") + back


def test_a_long_text_is_cut_at_its_divisions(tmp_path: Path) -> None:
    edition = edition_of(long_text(), tmp_path)
    files = files_of(write(edition, Wishes()))
    assert compare(edition, files) > 3
    text = lay_out(edition, "text")
    ids: list[str] = []
    for chapter in text.chapters:
        root = etree.fromstring(files[f"EPUB/{chapter.name}"])
        ids += (str(one) for one in root.xpath("//@id"))
        for link in root.iter(f"{H}a"):
            name, _, anchor = link.get("href", "").partition("#")
            # An anchor that the program made is in the same file.
            assert text.places.get(anchor, chapter.name) == name
    assert len(ids) == len(set(ids))
    last = etree.fromstring(files[f"EPUB/{text.chapters[-1].name}"])
    assert [one.get("id") for one in last.iter(f"{H}aside")] == ["n"]
    assert [one.words for one in text.headings][:3] == ["Part 0", "0.0", "0.1"]


def test_pieces_are_balanced_and_lose_nothing(tmp_path: Path) -> None:
    edition = edition_of(long_text(), tmp_path)
    for piece in chapters(edition.content):
        depth = 0
        for step in piece:
            depth += isinstance(step, Begin) - isinstance(step, End)
            assert depth >= 0
        assert depth == 0
    pieces = [step for piece in chapters(edition.content) for step in piece if isinstance(step, str)]
    assert pieces == [step for step in edition.content if isinstance(step, str)]


def test_pictures_beside_the_text_go_into_the_book(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a b.png").write_bytes(png)
    (tmp_path / "secret.png").write_bytes(png)
    (tmp_path / "text" / "c.svg").write_text("<svg/>")
    urls = ("a%20b.png", "../secret.png", "c.svg", "missing.png", "https://example.org/d.png", "/etc/passwd")
    inside = "".join(f"<p><graphic url='{url}'/></p>" for url in urls)
    told_of: list[str] = []
    wishes = Wishes(left_out=lambda path, reason: told_of.append(reason))
    files = files_of(write(edition_of(inside, tmp_path / "text"), wishes))
    assert told_of == ["5 pictures without a PNG, JPEG or GIF file beside the text"]
    (name,) = [name for name in files if name.startswith("EPUB/images/")]
    assert files[name] == png
    assert len(list(etree.fromstring(files["EPUB/text.xhtml"]).iter(f"{H}img"))) == 1


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_the_text_of_the_book_is_the_text(path: Path) -> None:
    editions = list(read_editions([path]))
    assert editions
    for edition in editions:
        assert compare(edition, files_of(write(edition, Wishes())))


@pytest.mark.parametrize("name", [name for name in HOSTILE if name not in LARGE])
def test_hostile_tei_is_contained(name: str, tmp_path: Path) -> None:
    path = tmp_path / "text.xml"
    path.write_bytes(HOSTILE[name]())
    for edition in read_editions([path]):
        files = files_of(write(edition, Wishes()))
        for file, data in files.items():
            if file.endswith((".xhtml", ".opf")):
                root = etree.fromstring(data)
                assert not list(root.iter(f"{H}script", f"{H}style", f"{H}iframe"))
                for value in root.xpath("//@href | //@src"):
                    assert not str(value).lower().strip().startswith(("javascript", "data", "vbscript"))
                assert not root.xpath("//@*[starts-with(name(), 'on')]")
        assert compare(edition, files)


def test_a_book_of_many_texts(tmp_path: Path) -> None:
    book = b"".join(write_together(read_editions(TEXTS), Wishes(title="All & more")))
    assert book == b"".join(write_together(read_editions(TEXTS), Wishes(title="All & more")))
    assert said(book, "//dc:title/text()") == ["All & more"]
    assert said(book, "//dc:date/text()") == []
    assert said(book, "//dc:language/text()") == ["en", "fr", "de", "und"]
    assert len(said(book, "//opf:itemref/@idref")) > len(TEXTS)
    persons = etree.fromstring(files_of(book)["EPUB/persons.xhtml"])
    (serge,) = [one for one in persons.iter(f"{H}li") if "Serge, Victor" in "".join(one.itertext())]
    assert [one.text for one in serge.iter(f"{H}cite")] == ["Notes on Russia", "Kronstadt 1921"]


def texts_of(folder: Path, bodies: dict[str, str]) -> list[Path]:
    """Files with these bodies; what stands before a bar is their author, their publisher and their year."""
    paths = []
    for name, body in bodies.items():
        head, _, inside = body.rpartition("|")
        author, publisher, year = [*head.split(","), "", "", ""][:3]
        data = document(inside, name).decode()
        data = data.replace(
            "</titleStmt>", f"{f'<author>{author}</author>' if author else ''}</titleStmt>", 1
        )
        if publisher:
            data = data.replace(
                "<publicationStmt><p>None.</p>", f"<publicationStmt><publisher>{publisher}</publisher>"
            )
        created = f"<profileDesc><creation><date when='{year}'/></creation></profileDesc>" if year else ""
        paths.append(folder / f"{name}.xml")
        paths[-1].write_text(data.replace("</fileDesc>", f"</fileDesc>{created}", 1))
    return paths


def together(paths: list[Path], wishes: Wishes | None = None) -> bytes:
    return b"".join(write_together(read_editions(paths), wishes or Wishes()))


def test_texts_of_a_book_lead_to_each_other(tmp_path: Path) -> None:
    targets = (
        "b c.xml#p%201",
        "b%20c.xml#p1",
        "b%20c.xml",
        "./a.xml#p1",
        "b%20c.xml#p9",
        "no.xml",
        "../a.xml#p1",
    )
    refs = "".join(f"<ref xml:id='r{n}' target='{url}'>to {n}</ref> " for n, url in enumerate(targets))
    refs += "<ptr target='b%20c.xml#p1'/><ptr target='no.xml'/>elsewhere: href=\"elsewhere:1\""
    files = files_of(
        together(texts_of(tmp_path, {"a": f"<p xml:id='p1'>{refs}</p>", "b c": "<p xml:id='p1'>b</p>"}))
    )
    page = etree.fromstring(files["EPUB/text-1.xhtml"])
    links = [(one.text, one.get("href")) for one in page.iter(f"{H}a") if one.text]
    assert links == [("to 1", "text-2.xhtml#p1"), ("to 2", "text-2.xhtml"), ("to 3", "text-1.xhtml#p1")]
    assert [one.get("href") for one in page.iter(f"{H}a") if not one.text] == ["text-2.xhtml#p1"]
    words = str(page.xpath("string(//*[@id = 'p1'])"))
    assert [n for n in range(len(targets)) if f"to {n}" in words] == list(range(len(targets)))
    assert [n for n in range(len(targets)) if page.xpath(f"//*[@id = 'r{n}']")] == list(range(len(targets)))
    assert words.count("→") == 1
    assert words.endswith('elsewhere: href="elsewhere:1"')
    assert not page.xpath("//@href[starts-with(., 'elsewhere')]")


def test_a_text_alone_leads_to_no_other(tmp_path: Path) -> None:
    (path, _) = texts_of(tmp_path, {"a": "<p><ref target='b.xml#p'>b</ref></p>", "b": "<p xml:id='p'>b</p>"})
    (edition,) = read_editions([path])
    page = etree.fromstring(files_of(write(edition, Wishes()))["EPUB/text.xhtml"])
    assert not list(page.iter(f"{H}a"))
    assert page.findtext(f".//{H}p/{H}span") == "b"


@pytest.mark.parametrize(
    ("publishers", "wished", "publisher"),
    [
        (("A", "A"), "", ["A"]),
        (("A", "B"), "", []),
        (("A", ""), "", []),
        (("", ""), "", []),
        (("A", "B"), "C", ["C"]),
    ],
)
def test_the_publisher_is_one_that_all_texts_name(
    publishers: tuple[str, ...], wished: str, publisher: list[str], tmp_path: Path
) -> None:
    bodies = {f"t{n}": f",{name}|<p>a</p>" for n, name in enumerate(publishers)}
    book = together(texts_of(tmp_path, bodies), Wishes(publisher=wished))
    assert said(book, "//dc:publisher/text()") == publisher


def test_texts_stand_in_the_order_of_author_date_and_title(tmp_path: Path) -> None:
    bodies = {
        "q": "|<p>a</p>",
        "Zeta": "Victor Serge,,1920|<p>a</p>",
        "Beta": "Victor Serge,,1921|<p>a <persName key='x'>Ada</persName></p>",
        "Alpha": "Victor Serge,,1921|<p>a <persName key='x'>Ada</persName></p>",
        "Last": "Emma Goldman,,1930|<p>a</p>",
    }
    book = together(texts_of(tmp_path, bodies))
    order = ["Last", "Zeta", "Alpha", "Beta", "q"]
    names = [f"text-{list(bodies).index(name) + 1}.xhtml" for name in order]
    refs = said(book, "//opf:itemref/@idref")
    hrefs = [said(book, f"//opf:item[@id = '{ref}']/@href")[0] for ref in refs]
    assert [one for one in hrefs if one.startswith("text-")] == names
    nav = etree.fromstring(files_of(book)["EPUB/nav.xhtml"])
    assert [one.text for one in nav.iter(f"{H}a")][:5] == order
    persons = etree.fromstring(files_of(book)["EPUB/persons.xhtml"])
    assert [one.text for one in persons.iter(f"{H}cite")] == ["Alpha", "Beta"]


def test_who_did_what_is_said_once() -> None:
    credits = [
        Credit("Ada O'Hara", "trl"),
        Credit("Ada O’Hara", "trl", "O’Hara, Ada", "Translated by"),
        Credit("Ada  O’Hara", "edt"),
        Credit("Ada O’Hare", "trl"),
    ]
    assert merged(credits) == [
        Credit("Ada O'Hara", "trl", "O’Hara, Ada", "Translated by"),
        Credit("Ada  O’Hara", "edt"),
        Credit("Ada O’Hare", "trl"),
    ]


@pytest.mark.parametrize(
    ("life", "words"),
    [
        ("<birth when='1879-11-07'/><death when='1940-08-20'/>", "7 November 1879 – 20 August 1940"),
        ("<birth when='1879'/><death when='1940'/>", "1879–1940"),
        ("<birth when='1879'/>", "born 1879"),
        ("<death notAfter='1899'/>", "died not after 1899"),
        ("<birth notBefore='1850' notAfter='1860'/><death when='1899'/>", "between 1850 and 1860 – 1899"),
        ("", None),
    ],
)
def test_lives_are_words_and_bounds_are_no_facts(life: str, words: str | None, tmp_path: Path) -> None:
    person = f"<listPerson><person xml:id='ada'><persName>Ada</persName>{life}</person></listPerson>"
    path = tmp_path / "text.xml"
    path.write_bytes(
        document("<p><persName ref='#ada'>Ada</persName></p>", after=f"<standOff>{person}</standOff>")
    )
    (edition,) = read_editions([path])
    page = etree.fromstring(files_of(write(edition, Wishes()))["EPUB/persons.xhtml"])
    assert page.findtext(f".//{H}span[@class='entry-dates']") == words


def test_epubcheck_takes_a_real_text(epubcheck: Checker, tmp_path: Path) -> None:
    (edition,) = read_editions(CORPUS[1:2])
    path = tmp_path / "book.epub"
    path.write_bytes(write(edition, Wishes()))
    assert epubcheck(path) == []


def test_epubcheck_takes_all_texts_in_one_book(epubcheck: Checker, tmp_path: Path) -> None:
    path = tmp_path / "all.epub"
    path.write_bytes(b"".join(write_together(read_editions(TEXTS), Wishes(title="All"))))
    assert epubcheck(path) == []


def test_epubcheck_takes_long_and_hostile_texts(epubcheck: Checker, tmp_path: Path) -> None:
    paths = []
    for number, name in enumerate(name for name in HOSTILE if name not in LARGE):
        path = tmp_path / f"{number}.xml"
        path.write_bytes(HOSTILE[name]())
        paths.append(path)
    (tmp_path / "long.xml").write_bytes(document(long_text()))
    book = tmp_path / "hostile.epub"
    book.write_bytes(b"".join(write_together(read_editions([*paths, tmp_path / "long.xml"]), Wishes())))
    assert epubcheck(book) == []


def test_pages_are_accessible(browser: Driver, serve: Serve, axe: Axe, tmp_path: Path) -> None:
    book = b"".join(write_together(read_editions(TEXTS), Wishes(title="All")))
    with zipfile.ZipFile(io.BytesIO(book)) as container:
        container.extractall(tmp_path)
    address = serve(tmp_path / "EPUB")
    names = ["title", "nav", "text-1", "text-3", "text-6", "persons", "chronology", "about"]
    found = {}
    for name in names:
        browser.get(f"{address}/{name}.xhtml")
        found[name] = axe(browser, rules=NO_SITE)
    assert found == {name: [] for name in names}
    assert console_errors(browser) == []


def test_terms_that_differ_are_told_with_their_titles() -> None:
    texts = [
        About(title="A", rights=["CC BY"], sources=["One, 1912"]),
        About(title="B", rights=["CC BY-SA"]),
        About(title="C", rights=["CC BY"]),
        About(title="D"),
    ]
    book = about_book(texts, Wishes(), ["1", "2", "3", "4"])
    assert book.rights == ["A; C: CC BY", "B: CC BY-SA"]
    assert book.sources == ["A: One, 1912"]
    assert about_book(texts[:1] * 2, Wishes(), ["1", "1"]).rights == ["CC BY"]
