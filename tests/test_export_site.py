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
    monkeypatch.setattr(exporter, "keep_text", lambda *args: (read.append(args[2].name), keep(*args)))
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


def test_only_pictures_below_the_text_are_copied(tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "img").mkdir(parents=True)
    for path in (folder / "img" / "a b.png", tmp_path / "secret.png", folder / "img" / "x.svg"):
        path.write_bytes(b"picture")
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
    copied = [
        path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.read_bytes() == b"picture"
    ]
    assert [path.relative_to(tmp_path / "out").as_posix() for path in copied] == ["images/t/1.png"]
    assert page(tmp_path / "out", "texts/t.html").xpath("//img/@src") == ["../images/t/1.png"]


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
