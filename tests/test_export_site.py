"""The site around the texts: every link leads somewhere, nothing is lost, nothing is written twice."""

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from tei_serge.edition.model import Edition, Layer
from tei_serge.edition.read import find_texts, read_editions
from tei_serge.export import html as exporter
from tei_serge.export.folder import Folder, export_folder
from tei_serge.export.registry import Wishes
from tei_serge.export.site import indexes, shown_entries
from tei_serge.export.site.entries import letter_of
from tei_serge.export.site.folding import sort_key
from tei_serge.export.site.paging import Row, pages_of

ROOT = Path(__file__).parent.parent
SEEDS = tuple(sorted((ROOT / "corpus" / "tei").glob("*.xml")))
CHRONICLE = tuple(sorted((ROOT / "tests" / "chronicle").glob("*.xml")))
KINDS = {
    Layer.PERSON: "persons",
    Layer.PLACE: "places",
    Layer.ORGANISATION: "organisations",
    Layer.WORK: "works",
}
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
<titleStmt><title>{title}</title>{author}</titleStmt>
<publicationStmt><p>Invented for the tests.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>{persons}</listPerson><listEvent>{events}</listEvent></standOff>
<text><body><div><head>{title}</head>{body}</div></body></text></TEI>"""


def tei(
    folder: Path, name: str, body: str, title: str = "", author: str = "", persons: str = "", events: str = ""
) -> Path:
    """A small file; persons are `id=Name` in a row of words with ; between them."""
    rows = "".join(
        f'<person xml:id="{id}"><persName>{escape(said)}</persName></person>'
        for id, _, said in (one.strip().partition("=") for one in persons.split(";") if one)
    )
    written = f"<author><persName>{escape(author)}</persName></author>" if author else ""
    path = folder / f"{name}.xml"
    path.write_text(
        TEI.format(title=escape(title or name), author=written, persons=rows, events=events, body=body),
        "utf-8",
    )
    return path


def build(paths: Sequence[Path], folder: Path, **wishes: str) -> Folder:
    with export_folder(folder, "html") as made:
        exporter.write(find_texts(paths), made, Wishes(**wishes))
    return made


def pages(folder: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), html.document_fromstring(path.read_bytes())


def page(folder: Path, name: str) -> html.HtmlElement:
    return html.document_fromstring((folder / name).read_bytes())


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def broken_links(folder: Path) -> list[str]:
    """The links inside the site that lead to no file or no id, and what is loaded from elsewhere."""
    ids = {name: {one.get("id") for one in tree.iter() if one.get("id")} for name, tree in pages(folder)}
    wrong = []
    for name, tree in pages(folder):
        for element in tree.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute)
                if address is None:
                    continue
                parts = urlsplit(address)
                if parts.scheme or parts.netloc:
                    if element.tag != "a" or parts.scheme not in ("http", "https", "mailto"):
                        wrong.append(f"{name}: {element.tag} {address}")
                    continue
                target = urljoin(name, parts.path) if parts.path else name
                if not (folder / unquote(target)).is_file():
                    wrong.append(f"{name}: no file {address}")
                elif parts.fragment and unquote(parts.fragment) not in ids[unquote(target)]:
                    wrong.append(f"{name}: no id {address}")
    return wrong


def double_ids(folder: Path) -> list[str]:
    return [
        f"{name}: {id}"
        for name, tree in pages(folder)
        for id, count in Counter(one.get("id") for one in tree.iter() if one.get("id")).items()
        if count > 1
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    build([*SEEDS, *CHRONICLE], folder)
    return folder


@pytest.fixture(scope="module")
def editions() -> list[Edition]:
    return list(read_editions([*SEEDS, *CHRONICLE]))


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    assert len(list(pages(site))) >= 12
    assert sum(len(tree.xpath("//a[@href]")) for _, tree in pages(site)) > 500
    assert broken_links(site) == []


def test_every_id_is_unique(site: Path) -> None:
    assert double_ids(site) == []


def test_no_page_holds_a_placeholder_or_code(site: Path) -> None:
    for name, tree in pages(site):
        text = (site / name).read_text("utf-8")
        assert not re.search(r"entry:[0-9a-f]{16}", text), name
        assert not [
            one for one in tree.iter() for key in one.attrib if key.startswith("on") or key == "style"
        ], name
        assert not tree.xpath("//style"), name
        assert all(
            one.get("src") or one.get("type") == "application/json" for one in tree.xpath("//script")
        ), name


@pytest.mark.parametrize("layer", KINDS)
def test_an_index_has_every_entry_and_every_passage(
    site: Path, editions: list[Edition], layer: Layer
) -> None:
    told = {one.identity for edition in editions for one in edition.entities.values() if one.kind is layer}
    passages = sum(
        1
        for edition in editions
        for mention in edition.mentions
        for key in set(mention.entities)
        if key in edition.entities and edition.entities[key].kind is layer
    )
    assert told
    assert passages
    entries = page(site, f"{KINDS[layer]}.html").xpath("//li[@class='entry']")
    assert len(entries) == len(told)
    assert shown_passages(site, KINDS[layer]) == passages


def shown_passages(site: Path, stem: str) -> int:
    """The passages beside the entries of an index, those on pages of their own for entries that have too many."""
    count = 0
    for tree in [
        page(site, f"{stem}.html"),
        *(tree for name, tree in pages(site) if name.startswith(f"{stem}/")),
    ]:
        for entry in tree.xpath("//li[@class='entry']"):
            more = entry.xpath(".//a[contains(@href, 'passages-')]")
            count += 0 if more else len(entry.xpath(".//mark"))
        count += 0 if tree.xpath("//li[@class='entry']") else len(tree.xpath("//mark"))
    return count


def test_a_passage_stands_where_its_link_leads(site: Path) -> None:
    looked = 0
    texts = {name: tree for name, tree in pages(site) if name.startswith("texts/")}
    for one in page(site, "persons.html").xpath("//ul[@class='passages']/li[.//mark]"):
        path, _, anchor = one.xpath("./a/@href")[0].partition("#")
        (block,) = texts[path].xpath("//*[@id=$id]", id=unquote(anchor))
        assert "".join(said(one.xpath(".//mark")[0]).split()) in "".join(block.text_content().split())
        looked += 1
    assert looked > 50


def test_the_chronology_has_every_event_in_order(site: Path, editions: list[Edition]) -> None:
    told = sum(len(edition.events) for edition in editions)
    tree = page(site, "chronology.html")
    rows = tree.xpath("//li[@class='event-row']")
    assert len(rows) == told > 40
    years = [said(one) for one in tree.xpath("//h2[@class='year']")]
    dated = [int(year) for year in years if year.isdigit()]
    assert dated == sorted(dated)
    assert years[-1] == "Without a date"
    assert said(rows[-1].xpath(".//span[@class='when']")[0]) == "no date"


def test_the_page_about_the_edition_tells_its_numbers(site: Path, editions: list[Edition]) -> None:
    facts = {
        said(one.xpath("./dt")[0]): said(one.xpath("./dd")[0])
        for one in page(site, "about.html").xpath("//dl[@class='facts']/div")
    }
    persons = {
        one.identity for edition in editions for one in edition.entities.values() if one.kind is Layer.PERSON
    }
    assert facts["Texts"] == str(len(editions))
    assert facts["Persons"] == str(len(persons))
    assert facts["Events"] == str(sum(len(edition.events) for edition in editions))
    dates = sum(1 for edition in editions for one in edition.mentions if one.layer is Layer.DATE)
    assert facts["Dates in the texts"] == str(dates)
    text = said(page(site, "about.html"))
    for edition in editions:
        for principle in edition.header.principles:
            assert all(" ".join(words.split()) in text for words in principle.words)
        for rule in {rule for mention in edition.mentions for rule in mention.rules}:
            assert page(site, "about.html").xpath("//dt/code[.=$rule]", rule=rule)


def test_the_contents_have_every_text_once_by_author_and_date(site: Path, editions: list[Edition]) -> None:
    links = page(site, "index.html").xpath("//a[@class='text-title']/@href")
    assert Counter(links) == Counter(f"texts/{edition.name}.html" for edition in editions)
    authors = [said(one) for one in page(site, "index.html").xpath("//section/h2")]
    assert authors == ["Jane Harrow", "Victor Serge", "Ada Tarn"]
    serge = page(site, "index.html").xpath("//section[h2='Victor Serge']//a[@class='text-title']")
    assert [said(one) for one in serge] == ["Notes on Russia", "Kronstadt 1921"]


def test_texts_know_their_neighbours(site: Path) -> None:
    row = page(site, "index.html").xpath("//a[@class='text-title']/@href")
    for place, address in enumerate(row):
        tree = page(site, address)
        for rel, neighbour in (("prev", place - 1), ("next", place + 1)):
            wanted = [row[neighbour].removeprefix("texts/")] if 0 <= neighbour < len(row) else []
            assert tree.xpath("//a[@rel=$rel]/@href", rel=rel) == wanted


def test_one_text_has_no_contents(tmp_path: Path) -> None:
    build(SEEDS[:1], tmp_path / "out")
    start = page(tmp_path / "out", "index.html")
    address = f"texts/{SEEDS[0].stem}.html"
    assert start.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={address}"]
    assert start.xpath("//main//a/@href") == [address]
    assert not page(tmp_path / "out", address).xpath("//nav[@class='crumbs']")
    assert broken_links(tmp_path / "out") == []


def test_no_texts_make_no_site(tmp_path: Path) -> None:
    assert build([], tmp_path / "out").written == 0


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".tei-serge" not in path.parts
    }


def test_a_second_run_reads_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(SEEDS, tmp_path / "out")
    before = state(tmp_path / "out")
    monkeypatch.setattr(exporter, "keep_text", lambda *args: pytest.fail("read again"))
    assert build(SEEDS, tmp_path / "out").written == 0
    assert state(tmp_path / "out") == before


def test_one_changed_text_costs_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcde":
        tei(
            tmp_path,
            name,
            f"<p>The text {name} tells of <persName ref='#p'>Ann</persName>.</p>",
            persons="p=Ann",
        )
    paths = sorted(tmp_path.glob("*.xml"))
    build(paths, tmp_path / "out")
    before = state(tmp_path / "out")
    tei(
        tmp_path,
        "c",
        "<p>Another text tells of <persName ref='#p'>Ann</persName> alone.</p>",
        persons="p=Ann",
    )
    read = []
    keep = exporter.keep_text
    monkeypatch.setattr(exporter, "keep_text", lambda *args: (read.append(args[2].name), keep(*args))[1])
    build(paths, tmp_path / "out")
    after = state(tmp_path / "out")
    assert read == ["c"]
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name for name in changed if name.startswith("texts/")} == {"texts/c.html"}
    assert "persons.html" in changed
    build(paths, tmp_path / "fresh")
    assert {name: data for name, (_, data) in state(tmp_path / "fresh").items()} == {
        name: data for name, (_, data) in after.items()
    }


def test_a_removed_text_is_gone_from_every_page(tmp_path: Path) -> None:
    for name in "abc":
        tei(tmp_path, name, f"<p>Only here: <persName>Person {name}</persName>.</p>", title=f"Text {name}")
    paths = sorted(tmp_path.glob("*.xml"))
    build(paths, tmp_path / "out")
    build(paths[:1] + paths[2:], tmp_path / "out")
    build(paths[:1] + paths[2:], tmp_path / "fresh")
    assert not (tmp_path / "out" / "texts" / "b.html").exists()
    assert not (tmp_path / "out" / "search" / "texts" / "b.js").exists()
    assert {k: v for k, (_, v) in state(tmp_path / "out").items()} == {
        k: v for k, (_, v) in state(tmp_path / "fresh").items()
    }
    assert "Person b" not in "".join(
        path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.*") if path.suffix in (".html", ".js")
    )


def test_a_file_that_somebody_deleted_comes_back(tmp_path: Path) -> None:
    build(SEEDS, tmp_path / "out")
    before = state(tmp_path / "out")
    for name in (f"texts/{SEEDS[0].stem}.html", f"search/texts/{SEEDS[1].stem}.js", "about.html"):
        (tmp_path / "out" / name).unlink()
        build(SEEDS, tmp_path / "out")
        assert {k: v for k, (_, v) in state(tmp_path / "out").items()} == {
            k: v for k, (_, v) in before.items()
        }


def test_a_broken_spool_is_made_anew(tmp_path: Path) -> None:
    build(SEEDS, tmp_path / "out")
    before = state(tmp_path / "out")
    (tmp_path / "out" / ".tei-serge" / "html" / "html.sqlite").write_bytes(zlib.compress(b"no database") * 50)
    assert build(SEEDS, tmp_path / "out").written == 0
    assert state(tmp_path / "out") == before


SAME = (
    # What two texts say, how many entries there are.
    ("ann=Ann Lee", "ann=Ann Lee", 1),
    ("ann=Ann Lee", "ann=ANN LEE", 1),
    ("ann=Ann Lee", "ann=Anna Leigh", 2),
    ("ann=Ann Lee", "lee=Ann Lee", 2),
    ("ann=Ann Lee;lee=Bob", "ann=Bob;lee=Ann Lee", 4),
)


@pytest.mark.parametrize(("one", "other", "count"), SAME)
def test_entries_of_several_texts(tmp_path: Path, one: str, other: str, count: int) -> None:
    paths = []
    for name, persons in (("a", one), ("b", other)):
        named = "".join(
            f"<p><persName ref='#{p.partition('=')[0]}'>X</persName></p>" for p in persons.split(";")
        )
        paths.append(tei(tmp_path, name, named, persons=persons))
    build(paths, tmp_path / "out")
    entries = page(tmp_path / "out", "persons.html").xpath("//li[@class='entry']")
    assert len(entries) == count
    assert double_ids(tmp_path / "out") == []
    assert broken_links(tmp_path / "out") == []
    # Each text leads to the entry that has its own name.
    for name, persons in (("a", one), ("b", other)):
        data = (tmp_path / "out" / "texts" / f"{name}.html").read_text("utf-8")
        for person in persons.split(";"):
            id, _, words = person.partition("=")
            (entry,) = [
                e
                for e in entries
                if said(e.xpath(".//h3")[0]).casefold() == words.casefold()
                and e.get("id").split(".")[0] == id
            ]
            assert f"persons.html#{entry.get('id')}" in data


def test_names_of_one_id_in_three_texts_stay_apart(tmp_path: Path) -> None:
    paths = [
        tei(tmp_path, n, "<p><persName ref='#x'>X</persName></p>", persons=f"x={n} Smith")
        for n in ("Al", "Bo", "Cy")
    ]
    build(paths, tmp_path / "out")
    ids = [one.get("id") for one in page(tmp_path / "out", "persons.html").xpath("//li[@class='entry']")]
    assert ids == ["x", "x.2", "x.3"]


HOSTILE = (
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "../../escape",
    "a&b<c>'d'",
    "{{ 7*7 }}{% for x in y %}",
    "\u202eright to left\u202c",
    "entry:0123456789abcdef:0:",
    "</script><!--",
    "\u2028line\u2029ends",
)


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    paths = []
    for number, words in enumerate(HOSTILE):
        event = f'<event xml:id="e{number}" type="{escape(words)}" when="1921-03-0{number + 1}"><label>{escape(words)}</label></event>'
        body = f"<p>{escape(words)} <persName>{escape(words)}</persName> <title ref='javascript:alert(1)'>{escape(words)}</title></p>"
        paths.append(
            tei(
                tmp_path,
                f"t{number}",
                body,
                title=words,
                author=words,
                persons=f"p{number}={words}".replace(";", ""),
                events=event,
            )
        )
    folder = tmp_path / "out"
    build(paths, folder, title=HOSTILE[0])
    assert broken_links(folder) == []
    assert double_ids(folder) == []
    for name, tree in pages(folder):
        scripts = tree.xpath("//script")
        assert all(
            one.get("src", "").lstrip("./").startswith("assets/") or one.get("type") == "application/json"
            for one in scripts
        ), name
        assert not [key for one in tree.iter() for key in one.attrib if key.startswith("on")], name
        assert not [one for one in tree.xpath("//@href") if one.lower().lstrip().startswith("javascript")], (
            name
        )
    for words in HOSTILE:
        assert " ".join(words.split()) in said(page(folder, "persons.html")), words
    for path in folder.rglob("*.js"):
        if "search" in path.relative_to(folder).parts[:1]:
            assert "\u2028" not in path.read_text("utf-8")


def test_hostile_file_names_stay_inside(tmp_path: Path) -> None:
    names = ("..", "a b", "ü-ß", "%2e%2e", "con", "x'y", "-", "{{x}}", "a#b?c")
    paths = [tei(tmp_path, name, "<p>Words.</p>") for name in names]
    build(paths, tmp_path / "deep" / "out")
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}.xml" for name in names} | {"deep"}
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out"]
    assert len(list((tmp_path / "deep" / "out" / "texts").iterdir())) == len(names)
    assert broken_links(tmp_path / "deep" / "out") == []


def test_hostile_ids_make_good_addresses(tmp_path: Path) -> None:
    ids = ("ed-main", "a.b", "é", "x:y", "page-1", "constructor", "__proto__")
    persons = ";".join(f"{id}=Name {number}" for number, id in enumerate(ids))
    body = "".join(f'<p><persName ref="#{id}">Name</persName></p>' for id in ids)
    build([tei(tmp_path, "a", body, persons=persons), tei(tmp_path, "b", "<p>B</p>")], tmp_path / "out")
    assert len(page(tmp_path / "out", "persons.html").xpath("//li[@class='entry']")) == len(ids)
    assert broken_links(tmp_path / "out") == []
    assert double_ids(tmp_path / "out") == []


PNG = b"\x89PNG\r\n\x1a\n picture"


def test_only_pictures_below_the_text_are_copied(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "img").mkdir(parents=True)
    for path in (folder / "img" / "a b.png", tmp_path / "secret.png"):
        path.write_bytes(PNG)
    (folder / "img" / "x.svg").write_bytes(b"<svg/>")
    (folder / "img" / "link.png").symlink_to(tmp_path / "secret.png")
    urls = (
        "img/a%20b.png",
        "../secret.png",
        "img/x.svg",
        "img/link.png",
        "https://example.org/x.png",
        "file:///etc/hosts",
    )
    body = "".join(f'<figure><graphic url="{url}"/></figure>' for url in urls)
    build([tei(folder, "t", f"<p>Words.</p>{body}")], tmp_path / "out")
    copied = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.read_bytes() == PNG]
    assert [path.relative_to(tmp_path / "out").as_posix() for path in copied] == ["images/t/1.png"]
    assert page(tmp_path / "out", "texts/t.html").xpath("//img/@src") == ["../images/t/1.png"]


FILES = (
    # Name of the file, what is in it, the ending of the copy, why there is none.
    ("a.png", PNG, ".png", ""),
    ("a.png", b"\xff\xd8\xff\xe0 jpeg", ".jpg", ""),
    ("a", b"GIF89a", ".gif", ""),
    ("a.webp", b"RIFF\0\0\0\0WEBP", ".webp", ""),
    ("a.png", b"RIFF\0\0\0\0WAVE", "", "not a PNG, JPEG, GIF or WebP file"),
    ("a.png", b"<html><script>alert(1)</script>", "", "not a PNG, JPEG, GIF or WebP file"),
    ("a.png", b"", "", "not a PNG, JPEG, GIF or WebP file"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "", "SVG, which may run scripts"),
    ("b.png", PNG, "", "not there"),
    ("../a.png", PNG, "", "outside the folder of the text"),
)


@pytest.mark.parametrize(("name", "data", "suffix", "reason"), FILES)
def test_pictures_are_known_by_what_is_in_them(
    tmp_path: Path, name: str, data: bytes, suffix: str, reason: str
) -> None:
    (tmp_path / "in").mkdir()
    url = name.replace("b.png", "c.png")
    (tmp_path / "in" / name).write_bytes(data)
    told: list[tuple[str, str]] = []
    path = tei(tmp_path / "in", "t", f'<p>Words.</p><figure><graphic url="{url}"/></figure>')
    wishes = Wishes(left_out=lambda path, reason: told.append((path, reason)))
    for _ in range(2):
        with export_folder(tmp_path / "out", "html") as made:
            exporter.write(find_texts([path]), made, wishes)
    copies = [one.suffix for one in (tmp_path / "out").glob("images/t/*")]
    assert copies == ([suffix] if suffix else [])
    assert told == ([(str(path), f"1 picture: {url} ({reason})")] * 2 if reason else [])


def test_a_picture_of_another_day_is_seen(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    path = tei(tmp_path, "t", '<p>Words.</p><figure><graphic url="a.png"/></figure>')
    copy = tmp_path / "out" / "images" / "t" / "1.png"
    for data in (None, PNG, PNG + b" changed", None, PNG):
        if data is None:
            picture.unlink(missing_ok=True)
        else:
            picture.write_bytes(data)
        build([path], tmp_path / "out")
        assert (copy.read_bytes() if copy.exists() else None) == data
        assert page(tmp_path / "out", "texts/t.html").xpath("//img/@src") == (
            ["../images/t/1.png"] if data else []
        )
        assert build([path], tmp_path / "out").written == 0


def test_one_file_by_two_addresses_is_one_copy(tmp_path: Path) -> None:
    (tmp_path / "a b.png").write_bytes(PNG)
    urls = ("a%20b.png", "a b.png", "./a%20b.png")
    body = "".join(f'<figure><graphic url="{url}"/></figure>' for url in urls)
    build([tei(tmp_path, "t", f"<p>Words.</p>{body}")], tmp_path / "out")
    assert page(tmp_path / "out", "texts/t.html").xpath("//img/@src") == ["../images/t/1.png"] * 3
    assert [path.name for path in (tmp_path / "out" / "images" / "t").iterdir()] == ["1.png"]


POINTERS = (
    # A pointer in the text a, where its words lead to; None for words without a link.
    ("b.xml#p1", "b.html#p1"),
    ("b.xml", "b.html"),
    ("b.xml#nowhere", "b.html"),
    ("./b.xml#p1", "b.html#p1"),
    ("sub/../b.xml#p1", "b.html#p1"),
    ("sub/c%20d.xml#p1", "c-d.html#p1"),
    ("none.xml#p1", None),
    ("../b.xml", None),
    ("B.xml", None),
    ("a.xml#p2", "a.html#p2"),
    ("javascript:b.xml", None),
    ("/b.xml", None),
)


@pytest.mark.parametrize(("pointer", "target"), POINTERS)
def test_links_between_texts(tmp_path: Path, pointer: str, target: str | None) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    body = f'<p>See <ref target="{pointer}">there <hi>and</hi> then</ref>; <ptr target="{pointer}"/>.</p>'
    paths = [
        tei(folder, "a", f"{body}<p xml:id='p2'>Here.</p>"),
        tei(folder, "b", "<p xml:id='p1'>B</p>"),
        tei(folder / "sub", "c d", "<p xml:id='p1'>C</p>"),
    ]
    build(paths, tmp_path / "out")
    (paragraph,) = page(tmp_path / "out", "texts/a.html").xpath("//article//p[contains(., 'See')]")
    links = [str(one) for one in paragraph.xpath(".//a/@href") if not str(one).startswith("#")]
    assert links == ([target] * 2 if target else [])
    assert "See there and then; " in said(paragraph)
    assert ("→" in said(paragraph)) is (target is not None)
    assert broken_links(tmp_path / "out") == []


def test_a_link_into_a_file_of_several_texts(tmp_path: Path) -> None:
    parts = [tei(tmp_path, "part", f"<p xml:id='p{n}'>Text {n}</p>").read_text("utf-8") for n in (1, 2)]
    corpus = tmp_path / "all.xml"
    head = "<teiHeader><fileDesc><titleStmt><title>All</title></titleStmt></fileDesc></teiHeader>"
    corpus.write_text(
        f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{head}{"".join(parts)}</teiCorpus>', "utf-8"
    )
    refs = "".join(f'<ref target="all.xml{end}">there</ref> ' for end in ("#p1", "#p2", "#p3", ""))
    build([tei(tmp_path, "a", f"<p>See {refs}.</p>"), corpus], tmp_path / "out")
    links = page(tmp_path / "out", "texts/a.html").xpath("//article//p//a[.='there']/@href")
    assert links == ["all.html#p1", "all-2.html#p2", "all.html", "all.html"]
    assert broken_links(tmp_path / "out") == []


def test_a_link_to_a_text_comes_and_goes_with_it(tmp_path: Path) -> None:
    one = tei(tmp_path, "a", '<p>See <ref target="b.xml#p1">there</ref>.</p>')
    other = tei(tmp_path, "b", "<p xml:id='p1'>B</p>")
    third = tei(tmp_path, "c", "<p>C</p>")
    for paths, links in (([one, third], 0), ([one, other, third], 1), ([one, third], 0)):
        build(paths, tmp_path / "out")
        tree = page(tmp_path / "out", "texts/a.html")
        assert len(tree.xpath("//article//a[@href='b.html#p1']")) == links
        assert "See there." in said(tree.xpath("//article")[0])
        assert broken_links(tmp_path / "out") == []


def test_a_text_that_has_moved_is_found_where_it_is(tmp_path: Path) -> None:
    one = tei(tmp_path, "a", '<p>See <ref target="sub/b.xml">there</ref>.</p>')
    other = tei(tmp_path, "b", "<p>B</p>")
    build([one, other], tmp_path / "out")
    assert not page(tmp_path / "out", "texts/a.html").xpath("//article//a[@href='b.html']")
    (tmp_path / "sub").mkdir()
    build([one, other.rename(tmp_path / "sub" / "b.xml")], tmp_path / "out")
    assert page(tmp_path / "out", "texts/a.html").xpath("//article//a[@href='b.html']")


OURS = '<encodingDesc><appInfo><application ident="tei_serge" version="1"><label>x</label></application></appInfo></encodingDesc>'


def certain(folder: Path, name: str, ours: bool) -> Path:
    event = f'<event xml:id="{name}e" when="1921" cert="high"><label>Event {name}</label></event>'
    path = tei(folder, name, f"<p><seg type='event' corresp='#{name}e'>Words.</seg></p>", events=event)
    if ours:
        path.write_text(path.read_text("utf-8").replace("</teiHeader>", f"{OURS}</teiHeader>"), "utf-8")
    return path


@pytest.mark.parametrize("ours", [(True,), (False,), (True, False), (False, False)])
def test_only_our_certainty_is_explained(tmp_path: Path, ours: tuple[bool, ...]) -> None:
    paths = [certain(tmp_path, f"t{number}", own) for number, own in enumerate(ours)]
    build(paths, tmp_path / "out")
    about = said(page(tmp_path / "out", "about.html"))
    assert ("inferred by a sure chain" in about) is any(ours)
    assert ("In the texts that tei_serge encoded" in about) is (any(ours) and not all(ours))
    shown = {
        said(row.xpath(".//span[@class='ed-label']")[0]): said(
            row.xpath(".//span[contains(@class, 'cert')]")[0]
        )
        for row in page(tmp_path / "out", "chronology.html").xpath("//li[@class='event-row']")
    }
    assert shown == {
        f"Event t{number}": "inferred" if own else "certainty: high" for number, own in enumerate(ours)
    }


def test_kinds_that_say_nothing_are_not_shown(tmp_path: Path) -> None:
    events = (
        '<event xml:id="e" type="other" when="1921"><label>Event</label><p>By <persName ref="#q">Q</persName></p></event>'
        '<event xml:id="f" type="uprising" when="1922"><label>Event</label></event>'
    )
    path = tei(tmp_path, "t", "<p>W <persName ref='#q'>Q</persName></p>", persons="q=Al Quux", events=events)
    build([path], tmp_path / "out")
    tree = page(tmp_path / "out", "chronology.html")
    assert [said(one) for one in tree.xpath("//span[@class='kind-word']")] == ["uprising"]
    assert [said(one) for one in tree.xpath("//p[@class='ed-who']")] == ["Al Quux"]
    assert not tree.xpath("//bdi[not(node())]")


LIVES = (
    # What the TEI says, what the index says.
    ('<birth when="1850"/><death when="1899"/>', "1850–1899"),
    ('<death notAfter="1899"/>', "died not after 1899"),
    ('<birth notBefore="1850" notAfter="1855"/>', "born between 1850 and 1855"),
    ('<birth from="1850" to="1851"/><death when="1900"/>', "1850–1851 – 1900"),
    ('<birth when="1850-03-02"/><death when="1900"/>', "2 March 1850 – 1900"),
    ("<birth>about 1850</birth>", "born about 1850"),
    ("", ""),
)


@pytest.mark.parametrize(("said_by", "shown"), LIVES)
def test_lives_have_their_bounds(tmp_path: Path, said_by: str, shown: str) -> None:
    path = tei(tmp_path, "t", "<p><persName ref='#q'>Q</persName></p>", persons="q=Al Quux")
    text = path.read_text("utf-8").replace("</persName></person>", f"</persName>{said_by}</person>")
    path.write_text(text, "utf-8")
    build([path], tmp_path / "out")
    (name,) = page(tmp_path / "out", "persons.html").xpath("//h3[@class='entry-name']")
    assert said(name) == f"Al Quux {shown}".strip()


ORDERED = (
    # The element of the name, the names as they are shown, in their order.
    ("persName", ("Adams, Zoe", "Cher", "Louis XIV", "Mao Zedong", "Jane Smith", "Ludwig van Beethoven")),
    ("title", ("The Case", "Das Kapital", "L’Humanité", "Les Misérables", "A Zebra")),
)


def test_persons_stand_by_surname_and_titles_without_their_article(tmp_path: Path) -> None:
    body = "".join(f"<p><{tag}>{name}</{tag}></p>" for tag, names in ORDERED for name in names[::-1])
    build(
        [tei(tmp_path, "a", body, title="The Zoo"), tei(tmp_path, "b", "<p>B</p>", title="Ape")],
        tmp_path / "out",
    )
    shown = [said(one) for one in page(tmp_path / "out", "persons.html").xpath("//h3[@class='entry-name']")]
    assert shown == ["Adams, Zoe", "Cher", "Louis XIV", "Mao Zedong", "Jane Smith", "Ludwig van Beethoven"]
    shown = [said(one) for one in page(tmp_path / "out", "works.html").xpath("//h3[@class='entry-name']")]
    assert shown == ["The Case", "L’Humanité", "Das Kapital", "Les Misérables", "A Zebra"]
    keys = page(tmp_path / "out", "index.html").xpath("//li/@data-title")
    assert keys == ["ape", "zoo"]


def test_a_title_of_spaces_is_none(tmp_path: Path) -> None:
    build(SEEDS, tmp_path / "out", title="  \n ")
    assert said(page(tmp_path / "out", "index.html").xpath("//h1")[0]) == "Digital edition"


def test_a_principle_names_the_few_texts_that_state_it(tmp_path: Path) -> None:
    paths = [tei(tmp_path, f"t{n}", "<p>A</p>", title=f"Text {n}") for n in range(9)]
    for number, path in enumerate(paths):
        words = "".join(f"<p>Said of {n}.</p>" for n in (1, 7, 9) if number < n)
        text = path.read_text("utf-8").replace(
            "</teiHeader>",
            f"<encodingDesc><editorialDecl><normalization>{words}</normalization></editorialDecl></encodingDesc></teiHeader>",
        )
        path.write_text(text, "utf-8")
    build(paths, tmp_path / "out")
    tree = page(tmp_path / "out", "about.html")
    shown = {said(p).partition(".")[0]: p for p in tree.xpath("//p[starts-with(., 'Said of')]")}
    assert said(shown["Said of 1"]) == "Said of 1. said of Text 0"
    assert shown["Said of 1"].xpath(".//a/@href") == ["texts/t0.html"]
    assert said(shown["Said of 7"]).endswith("Text 4 and 2 more")
    assert said(shown["Said of 9"]) == "Said of 9."


def test_a_verse_is_told_by_its_number(tmp_path: Path) -> None:
    body = '<lg><l n="12">Of <persName>Ann</persName></l><l>Of <persName>Ann</persName></l></lg>'
    build([tei(tmp_path, "a", body)], tmp_path / "out")
    links = page(tmp_path / "out", "persons.html").xpath("//ul[@class='passages']/li/a")
    assert [said(one) for one in links] == ["verse 12", "verse"]


LETTERS = (
    ("Élan", "E"),
    ("émile", "E"),
    ("Œuvres", "O"),
    ("Ångström", "A"),
    ("Ørsted", "O"),
    ("’t Hooft", "T"),
    ("“Pravda”", "P"),
    ("Жизнь", "Ж"),
    ("1905", "#"),
    ("—", "#"),
    ("", "#"),
)


@pytest.mark.parametrize(("name", "letter"), LETTERS)
def test_letters(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_names_are_in_the_order_of_the_alphabet_whatever_their_accents(tmp_path: Path) -> None:
    names = ["Zola", "Élan", "Eluard", "Œuvre", "Orwell", "Odets", "ångström", "Abel", "1905", "Жук"]
    body = "".join(f"<p><persName>{name}</persName></p>" for name in names)
    build([tei(tmp_path, "a", body), tei(tmp_path, "b", "<p>B</p>")], tmp_path / "out")
    tree = page(tmp_path / "out", "persons.html")
    shown = [said(one) for one in tree.xpath(".//h3")]
    assert shown == ["Abel", "ångström", "Élan", "Eluard", "Odets", "Œuvre", "Orwell", "Zola", "Жук", "1905"]
    assert [said(one) for one in tree.xpath("//h2[@class='ed-letter']")] == [
        "A",
        "E",
        "O",
        "Z",
        "Ж",
        "0–9 and signs",
    ]
    assert [said(one) for one in tree.xpath("//nav[@class='jump']/a")] == ["A", "E", "O", "Z", "Ж", "#"]


def test_words_that_differ_in_accents_keep_one_order() -> None:
    names = ["Emile", "Émile", "emile", "EMILE"]
    assert (
        len({tuple(sorted(order, key=sort_key)) for order in (names, names[::-1], names[1:] + names[:1])})
        == 1
    )


def test_large_indexes_are_cut_into_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in (
        (indexes, "_SMALL", 10),
        (indexes, "_PAGE", 12),
        (indexes, "SHOWN", 3),
        (shown_entries, "SHOWN", 3),
        (shown_entries, "_PASSAGES", 5),
    ):
        monkeypatch.setattr(module, name, value)
    names = [f"{letter}{end}" for letter in ("A", "B", "É") for end in ("aron", "esh", "ilo", "orn")]
    many = "<p><persName>Aaron</persName></p>" * 17
    body = "".join(f"<p><persName>{name}</persName></p>" for name in names) + many
    paths = [tei(tmp_path, "a", body), tei(tmp_path, "b", many)]
    folder = tmp_path / "out"
    build(paths, folder)
    files = sorted(path.name for path in (folder / "persons").iterdir())
    assert [name for name in files if not name.startswith("passages")] == [
        "a-2.html",
        "a.html",
        "b-2.html",
        "b.html",
        "e-2.html",
        "e.html",
    ]
    assert broken_links(folder) == []
    assert double_ids(folder) == []
    assert shown_passages(folder, "persons") == len(names) + 34 + 0
    entries = [
        said(one)
        for name, tree in pages(folder)
        if name.startswith("persons/")
        for one in tree.xpath(".//h3")
    ]
    assert sorted(entries, key=sort_key) == sorted([*names], key=sort_key)
    own = [tree for name, tree in pages(folder) if name.startswith("persons/passages")]
    assert all(len(tree.xpath("//mark")) <= 5 for tree in own)


def test_a_large_chronology_is_cut_into_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tei_serge.export.site import chronology

    monkeypatch.setattr(chronology, "_SMALL", 5)
    monkeypatch.setattr(chronology, "_PAGE", 4)
    days = ["1917-03-08", *(f"1921-03-{day:02}" for day in range(1, 8)), "1918", "-0044-03-15", ""]
    events = "".join(
        f'<event xml:id="e{n}"{f" when={day!r}" if day else ""}><label>Event {n}</label></event>'
        for n, day in enumerate(days)
    )
    build([tei(tmp_path, "a", "<p>A</p>", events=events), tei(tmp_path, "b", "<p>B</p>")], tmp_path / "out")
    rows = [
        said(one)
        for name, tree in pages(tmp_path / "out")
        if name.startswith("chronology/")
        for one in tree.xpath("//span[@class='ed-label']")
    ]
    assert sorted(rows) == sorted(f"Event {n}" for n in range(len(days)))
    assert broken_links(tmp_path / "out") == []
    overview = page(tmp_path / "out", "chronology.html").xpath("//ol/li/a")
    assert [said(one) for one in overview] == ["44 BC", "1917", "1918", "1921", "Without a date"]


def test_events_of_one_id_have_each_its_own_place(tmp_path: Path) -> None:
    events = "".join(f'<event xml:id="e" when="192{n}"><label>Event {n}</label></event>' for n in range(3))
    events += "".join(f'<event when="193{n}"><label>Event 3{n}</label></event>' for n in range(2))
    build([tei(tmp_path, "a", "<p>A</p>", events=events), tei(tmp_path, "b", "<p>B</p>")], tmp_path / "out")
    rows = page(tmp_path / "out", "chronology.html").xpath("//li[@class='event-row']/@id")
    assert len(rows) == len(set(rows)) >= 3
    assert double_ids(tmp_path / "out") == []


def test_contents_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tei_serge.export.site import contents

    monkeypatch.setattr(contents, "_PAGE", 2)
    paths = [tei(tmp_path, f"t{n}", "<p>A</p>", author=f"Author {n}") for n in range(5)]
    build(paths, tmp_path / "out")
    found = [
        said(one)
        for name in ("index.html", "contents-2.html", "contents-3.html")
        for one in page(tmp_path / "out", name).xpath("//a[@class='text-title']")
    ]
    assert found == [f"t{n}" for n in range(5)]
    assert broken_links(tmp_path / "out") == []


@pytest.mark.parametrize("most", [1, 3, 7, 100])
@pytest.mark.parametrize("together", [True, False])
def test_pages_hold_every_line_once_and_not_too_much(most: int, together: bool) -> None:
    rows = [
        Row(number, "ABCDEF"[number % 6 // 1 * 0 + min(number // 7, 5)], 1 + number % 3)
        for number in range(50)
    ]
    parts = list(pages_of(iter(rows), most, together))
    assert [number for part in parts for number in part.numbers] == list(range(50))
    weights = {row.number: row.weight for row in rows}
    assert all(len(part.numbers) == 1 or sum(weights[n] for n in part.numbers) <= most for part in parts)
    assert len({part.word for part in parts}) == len(parts)
    assert [group for part in parts for group in part.groups] == list("ABCDEF")


def test_the_same_texts_in_another_order_make_the_same_site(tmp_path: Path) -> None:
    for n, author in enumerate(("Zo", "Al", "Al", "")):
        tei(
            tmp_path,
            f"t{n}",
            f"<p>Words of <persName ref='#p'>Ann</persName> {n}</p>",
            author=author,
            persons=f"p=Ann {n % 2}",
        )
    paths = sorted(tmp_path.glob("*.xml"))
    build(paths, tmp_path / "one")
    build(paths[::-1], tmp_path / "other")
    assert {k: v for k, (_, v) in state(tmp_path / "one").items()} == {
        k: v for k, (_, v) in state(tmp_path / "other").items()
    }


def test_search_files_are_calls_with_json(site: Path) -> None:
    files = sorted((site / "search").rglob("*.js"))
    assert {path.parent.name for path in files} == {"search", "words", "names", "entries", "texts"}
    for path in files:
        found = re.fullmatch(
            r"teiSergeSearch\.(start|range|entries|text)\((.*)\);\n", path.read_text("utf-8"), re.DOTALL
        )
        assert found, path
        assert json.loads(f"[{found[2]}]")


def test_every_page_parses_without_errors(site: Path) -> None:
    for path in site.rglob("*.html"):
        parser = etree.HTMLParser(encoding="utf-8")
        etree.parse(path, parser)
        # libxml2 knows HTML 4 alone: its unknown tags are no faults.
        errors = [one.message for one in parser.error_log if "Tag" not in one.message]
        assert errors == [], path
