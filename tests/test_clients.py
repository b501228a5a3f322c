"""The clients themselves: each takes what is good and finds what is bad, or its silence would prove nothing."""

import zipfile
from pathlib import Path

import pytest

import conftest
from client_browser import Axe, Driver, Serve, console_errors, media, phone, picture, requested, scripts_off
from client_pages import Annotator, ReadTei, ReadTimeline
from client_programs import FIXTURES, Checker, ManyChecker, Node, Pandoc, client_missing

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>{}</body></html>'
GOOD = PAGE.format("<main><h1>Heading</h1><p>Words.</p></main>")


def test_a_missing_client_skips_here_and_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEI_SERGE_CLIENTS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="run `make test-clients`"):
        client_missing("a thing")
    monkeypatch.setenv("TEI_SERGE_CLIENTS", "required")
    with pytest.raises(pytest.fail.Exception, match="a thing is not here"):
        client_missing("a thing")


def test_a_test_that_asks_for_a_client_is_marked(request: pytest.FixtureRequest) -> None:
    marked = {item.name for item in request.session.items if item.get_closest_marker("clients")}
    assert request.node.name not in marked
    browsing = {item.name for item in request.session.items if "browser" in getattr(item, "fixturenames", ())}
    assert browsing <= marked
    assert {name for name in FIXTURES if not hasattr(conftest, name)} == set()


def test_citation_js(node: Node, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        '[{"id": "a", "type": "article-magazine", "title": "On Boats", "container-title": "The Ferry",'
        ' "author": [{"family": "Lind", "given": "Paul"}], "issued": {"date-parts": [[1938, 7]]}}]'
    )
    told = node("citation", path)
    assert told["bibliography"] == "Lind, P. (1938, July). On Boats. The Ferry.\n"
    path.write_text(told["bibtex"])
    assert node("citation", path)["items"][0]["title"] == "On Boats"
    path.write_text(told["ris"])
    assert node("citation", path, "vancouver")["bibliography"].startswith("1. Lind P. On Boats.")
    path.write_text("neither this nor that")
    with pytest.raises(AssertionError, match="Error"):
        node("citation", path)


def test_graphology(node: Node, tmp_path: Path) -> None:
    path = tmp_path / "a.gexf"
    text = (
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected"><nodes>'
        '<node id="a" label="Anna"/><node id="b" label="Bo"/></nodes>'
        '<edges><edge id="0" source="a" target="b" weight="2"/></edges></graph></gexf>'
    )
    path.write_text(text)
    told = node("gexf", path)
    assert (told["order"], told["size"], told["nodes"]["a"]["label"]) == (2, 1, "Anna")
    assert told["edges"][0]["attributes"]["weight"] == 2
    path.write_text(text.replace('target="b"', 'target="c"'))
    with pytest.raises(AssertionError, match="inexisting node"):
        node("gexf", path)


def test_jsonld_without_a_network(node: Node, tmp_path: Path) -> None:
    path, context = tmp_path / "a.jsonld", tmp_path / "context.json"
    path.write_text('{"@context": "https://example.org/c", "@id": "https://example.org/a", "name": "A"}')
    context.write_text('{"@context": {"name": "https://schema.org/name"}}')
    told = node("jsonld", path, f"https://example.org/c={context}")
    assert told["nquads"] == ['<https://example.org/a> <https://schema.org/name> "A" .']
    with pytest.raises(AssertionError, match=r"wants https://example.org/c from the network"):
        node("jsonld", path)


def test_epubcheck(epubcheck: Checker, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        made.writestr("META-INF/container.xml", "<container/>")
    found = epubcheck(path)
    assert {one.severity for one in found} >= {"error"}
    assert any("container.xml" in one.where for one in found)


def test_the_html_checker(vnu: ManyChecker, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.html", tmp_path / "bad.html"
    good.write_text(GOOD)
    bad.write_text(GOOD.replace("</p>", "<p><li>"))
    assert vnu([good]) == []
    found = vnu([good, bad])
    assert found
    assert all("bad.html" in one.where for one in found)
    assert "error" in {one.severity for one in found}


def test_pandoc(pandoc: Pandoc) -> None:
    assert pandoc("--from=markdown", "--to=html", text="A *b*[^1].\n\n[^1]: C.").startswith("<p>A <em>b</em>")
    with pytest.raises(AssertionError):
        pandoc("--from=no-such-thing")


def test_axe(browser: Driver, serve: Serve, axe: Axe, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(GOOD)
    (tmp_path / "bad.html").write_text(
        GOOD.replace("Words.", '<img src="data:,"> <input>').replace('lang="en"', "")
    )
    address = serve(tmp_path)
    browser.get(f"{address}/good.html")
    assert axe(browser) == []
    browser.get(f"{address}/bad.html")
    assert {line.split()[0] for line in axe(browser)} == {"html-has-lang", "image-alt", "label"}
    assert {line.split()[0] for line in axe(browser, runOnly=["image-alt"])} == {"image-alt"}


def test_axe_works_under_a_strict_policy(browser: Driver, serve: Serve, axe: Axe, tmp_path: Path) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    (tmp_path / "a.html").write_text(GOOD.replace("<title>", policy + "<title>"))
    browser.get(f"{serve(tmp_path)}/a.html")
    assert axe(browser) == []
    assert console_errors(browser) == []


def test_the_console_and_what_was_asked_for(browser: Driver, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format("<script>missing.thing</script><img src=b.png alt=B>"))
    address = serve(tmp_path)
    browser.get(f"{address}/a.html")
    found = console_errors(browser)
    assert any("missing is not defined" in one for one in found)
    assert any("404" in one for one in found)
    assert console_errors(browser) == []
    assert requested(browser) == [f"{address}/a.html", f"{address}/b.png"]


def test_the_world_cannot_be_reached(browser: Driver, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format('<img src="https://example.org/a.png" alt="A">'))
    browser.get(f"{serve(tmp_path)}/a.html")
    assert "https://example.org/a.png" in requested(browser)
    assert any("ERR_NAME_NOT_RESOLVED" in one for one in console_errors(browser))


def test_phone_dark_and_no_script(browser: Driver, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        PAGE.replace("<title>", '<meta name="viewport" content="width=device-width"><title>').format(
            "<script>document.body.append('ran')</script>"
        )
    )
    address = f"{serve(tmp_path)}/a.html"
    with phone(browser):
        browser.get(address)
        assert browser.execute_script("return [innerWidth, matchMedia('(pointer: coarse)').matches]") == [
            390,
            True,
        ]
        assert picture(browser, tmp_path / "a.png", whole=True).stat().st_size > 100
    with media(browser, prefers_color_scheme="dark"):
        assert browser.execute_script("return matchMedia('(prefers-color-scheme: dark)').matches")
    with media(browser, "print"):
        assert browser.execute_script("return matchMedia('print').matches")
    assert (
        browser.execute_script(
            "return matchMedia('print').matches || matchMedia('(pointer: coarse)').matches"
        )
        is False
    )
    with scripts_off(browser):
        browser.get(address)
        assert browser.execute_script("return document.body.textContent.trim()") != "ran"


def test_ceteicean(ceteicean: ReadTei, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    tei = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc>'
        '</teiHeader>{}<text><body><p xml:id="p1">Anna <persName>Lind</persName> came.</p></body></text></TEI>'
    )
    path.write_text(tei.format(""))
    told = ceteicean(path)
    assert told.errors == []
    assert told.counts["p"] == told.counts["persName"] == 1
    assert told.text.strip() == "Anna Lind came."
    assert "p1" in told.ids
    assert told.shown == []
    path.write_text(
        tei.format("<standOff><listPerson><person><persName>X</persName></person></listPerson></standOff>")
    )
    assert set(ceteicean(path).shown) == {"standOff", "listPerson"}
    path.write_text("<TEI>")
    assert ceteicean(path).errors


def test_timelinejs(timelinejs: ReadTimeline) -> None:
    text = {"headline": "Boats"}
    told = timelinejs(
        {
            "title": {"text": {"headline": "A year"}},
            "events": [
                {"start_date": {"year": 1938, "month": 7, "display_date": "in July"}, "text": text},
                {"start_date": {"year": -44}, "end_date": {"year": 12}, "text": text},
            ],
        }
    )
    assert told.errors == []
    assert (told.slides, told.markers) == (3, 2)
    assert "in July" in told.dates
    assert told.headlines[0] == "A year"
    assert timelinejs({"events": [{"start_date": {"year": "soon"}, "text": text}]}).errors


def test_the_annotator_of_recogito(annotator: Annotator) -> None:
    text = "Anna came.\nAnna left — \U0001f6a4 and Anna stayed."

    def annotation(name: str, start: int, end: int, quote: str) -> dict[str, object]:
        selector = [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": quote},
        ]
        return {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "Annotation",
            "id": name,
            "body": [{"type": "TextualBody", "purpose": "tagging", "value": "person"}],
            "target": {"source": "https://example.org/a.txt", "selector": selector},
        }

    told = annotator(text, [annotation("a", 11, 15, "Anna"), annotation("b", 23, 25, "\U0001f6a4")])
    assert told.errors == []
    assert told.quotes == {"a": "Anna", "b": "\U0001f6a4"}
    assert told.refused == []
