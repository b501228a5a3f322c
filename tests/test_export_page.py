"""The reading view in a real browser: cards, notes, switches, keyboard, colours, print, and what must not happen."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from client_browser import (
    Axe,
    Driver,
    Serve,
    console_errors,
    media,
    phone,
    requested,
    scripts_off,
    until,
    window,
)
from client_programs import ManyChecker
from hostile_tei import HOSTILE, SMALL
from tei_serge.chronicle.model import Dates, Named, Note, Participant, Told
from tei_serge.edition.header_model import Agent, Header, Licence, Responsibility, Source, When
from tei_serge.edition.model import Edition, Entity, Layer, Mention
from tei_serge.edition.read import read_editions
from tei_serge.export.markup import Entry, markup
from tei_serge.export.site.about_text import about, sources_in_order
from tei_serge.export.site.cards import embedded, life_words, make_cards
from tei_serge.export.site.frame import Frame, Link, PagePlace
from tei_serge.export.site.templates import ASSETS, asset
from tei_serge.export.site.text_page import contents, read_parts, write_page, write_parts

ROOT = Path(__file__).parent
ALMANAC = ROOT / "exports" / "reading" / "almanac.xml"
CORPUS = ROOT.parent / "corpus" / "tei"
KRONSTADT, RUSSIA = (CORPUS / f"{name}.xml" for name in ("000_7755cf06542c6dec", "001_8d7f41b26dc7da75"))
FOREIGN = sorted((ROOT / "exports" / "foreign").glob("*.xml"))
EVIL = "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"
NAV = (Link("Texts", "../index.html", True), Link("Persons", "../persons.html"))
FRAME = Frame("An Edition", "../", NAV, home="../index.html", footer=(Link("Made by a program"),))


def place(**of: Any) -> PagePlace:
    def entry(entity: Entity) -> str:
        return f"../{entity.kind}s.html#{quote(entity.id)}" if entity.id else ""

    said = {"previous": Link("Before", "before.html"), "next": Link("After", "after.html")}
    return PagePlace(FRAME, **(said | {"entry": entry, "crumbs": (Link("Texts", "../index.html"),)} | of))


def only(path: Path) -> Edition:
    (made,) = read_editions([path])
    return made


def hostile(folder: Path) -> Path:
    """A TEI file whose words, values and ids would like to be more than that."""
    words = EVIL.replace("&", "&amp;").replace("<", "&lt;")
    value = words.replace('"', "&quot;")
    path = folder / "hostile.xml"
    path.write_text(
        f"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>
        <titleStmt><title>{words}</title><author>{words}</author></titleStmt>
        <publicationStmt><publisher>{words}</publisher><availability><licence target="javascript:window.hit=3">{words}</licence></availability></publicationStmt>
        <notesStmt><note type="{value}">{words}</note></notesStmt>
        <sourceDesc><bibl>{words}</bibl></sourceDesc></fileDesc></teiHeader>
        <text><body><div><head>{words}</head><p n="{value}" rend="{value}">{words}
        <persName ref="#p">{words}</persName><note n="{value}">{words}</note>
        <ref target="javascript:window.hit=4">a</ref><ref target=" JavaScript:window.hit=5">b</ref>
        <ref target="https://example.org/&quot;onclick=&quot;window.hit=6">c</ref>
        <graphic url="javascript:window.hit=7"/><graphic url="https://example.org/x.png"/>
        <date when="{value}">{words}</date> \u202eright\u202c
        </p><p xml:id="ed-main">own</p><p xml:id="ed-data">own</p></div></body></text>
        <standOff><listPerson><person xml:id="p"><persName>{words}</persName><occupation>{words}</occupation><idno type="{value}">javascript:window.hit=8</idno></person></listPerson></standOff></TEI>""",
        encoding="utf-8",
    )
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of several texts, with what they need."""
    made = tmp_path_factory.mktemp("pages")
    (made / "assets").mkdir()
    (made / "texts").mkdir()
    for name in ASSETS:
        (made / "assets" / name).write_bytes(asset(name))
    for path in (ALMANAC, KRONSTADT, RUSSIA, *FOREIGN, hostile(made)):
        for one in read_editions([path]):
            (made / "texts" / f"{one.name}.html").write_bytes(write_page(one, place()))
    return made


@pytest.fixture(scope="module")
def address(folder: Path, serve: Serve) -> str:
    return f"{serve(folder)}/texts"


@pytest.fixture
def almanac(browser: Driver, address: str) -> Iterator[Driver]:
    """The page of the almanac on a wide screen; nothing may have gone wrong in it, whatever is done."""
    with window(browser, 1400, 1000):
        browser.get(f"{address}/almanac.html")
        yield browser
        assert console_errors(browser) == []
        browser.execute_script("localStorage.clear()")


def find(browser: Driver, css: str, number: int = 0) -> WebElement:
    return browser.find_elements(By.CSS_SELECTOR, css)[number]


def card(browser: Driver) -> str:
    """The words of the card that is open; empty if none is."""
    return browser.execute_script(
        "const c = document.getElementById('ed-card'); return c && !c.hidden ? c.innerText : ''"
    )


def opened(browser: Driver) -> str:
    return until(lambda: card(browser), 3)


def closed(browser: Driver) -> bool:
    return bool(until(lambda: not card(browser), 3))


def box(browser: Driver, element: WebElement) -> dict[str, float]:
    return browser.execute_script(
        "const r = arguments[0].getBoundingClientRect(); return {left: r.left, right: r.right, top: r.top, bottom: r.bottom}",
        element,
    )


# What needs no browser


def test_page_says_the_text_of_its_edition() -> None:
    one = only(KRONSTADT)
    page = write_page(one, place(url="https://example.org/texts/kronstadt.html")).decode()
    article = page[page.index("<article") : page.index("</article>") + len("</article>")]
    root = etree.fromstring(article.replace("&nbsp;", " "))
    for node in root.xpath("//*[@data-generated]"):
        node.text = ""
    assert "".join("".join(root.itertext()).split()) == "".join(one.plain.split())
    assert page.count("<h1") == 1
    assert '<html lang="en">' in page
    assert "https://example.org/texts/kronstadt.html" in page
    assert 'href="before.html"' in page
    assert "onclick" not in page
    assert "style=" not in page
    assert "<script>" not in page


def test_page_in_two_steps_is_the_page_in_one() -> None:
    one, where = only(ALMANAC), place()
    parts = read_parts(one, where.entry, where.image)
    assert write_parts(json.loads(json.dumps(parts)), where) == write_page(one, where)


def test_page_of_one_text_alone_has_no_ways_to_others() -> None:
    page = write_page(only(ALMANAC), PagePlace(Frame("The Harbour Almanac"))).decode()
    assert "<title>The Harbour Almanac</title>" in page
    assert 'class="neighbours"' not in page
    assert 'class="crumbs"' not in page
    assert 'href="assets/edition.css"' in page


def test_pictures_of_the_edition_are_shown() -> None:
    page = write_page(
        only(ALMANAC), place(image=lambda url: "../images/1.png" if url == "quay.png" else "")
    ).decode()
    assert page.count("<img ") == 1
    assert 'src="../images/1.png"' in page


def test_cards_are_shared_by_mentions_that_say_the_same() -> None:
    one = only(KRONSTADT)
    cards = make_cards(one, lambda entity: f"#{entity.id}")
    data = cards.data()
    assert set(cards.numbers) == set(range(len(one.mentions)))
    assert len(data["cards"]) < len(one.mentions)
    for number, mention in enumerate(one.mentions):
        told = data["cards"][int(cards.number(number))]
        assert told["layer"] == mention.layer
        names = [data["entries"][entry]["name"] for entry in told.get("entries", ())]
        assert names == [one.entities[key].name for key in mention.entities]
        if mention.layer is Layer.DATE:
            assert told["value"] == mention.value
    july = next(one for one in data["cards"] if one.get("value") == "between 21 and 31 July 1938")
    assert july["cert"] == "inferred, may be wrong"
    assert july["rules"] == "rD6"
    assert data["reasons"][july["why"]].startswith("part of a month")


def test_card_of_an_event_says_place_and_participants_once() -> None:
    told = Told(
        "t",
        "ev",
        type="other",
        dates=Dates(when="1912"),
        places=(Named("place", "f", "p", ("Ostrey",)),),
        participants=(
            Participant("other", "Lind"),
            Participant("arrested", "Lind"),
            Participant("other", "Tarn"),
        ),
        notes=(Note("description", "They came."), Note("reliability", "Hearsay.")),
    )
    entity = Entity("k", Layer.EVENT, "Arrest", "ev", type="other", description="Lind", place="Ostrey")
    mention = Mention(Layer.EVENT, "seg", "w", 0, 1, entities=("k",))
    one = replace(only(ALMANAC), entities={"k": entity}, mentions=(mention,), events=(told,))
    (made,) = make_cards(one, lambda _: "").entries
    assert made == {
        "kind": "event",
        "name": "Arrest",
        "when": "1912",
        "text": "They came.",
        "facts": [["Where", "Ostrey"], ["Arrested", "Lind"], ["Who", "Tarn"], ["Reliability", "Hearsay."]],
    }


@pytest.mark.parametrize(
    ("of", "words"),
    [
        ({"birth": "1879", "death": "1940"}, "1879–1940"),
        ({"birth": "1879-11-07"}, "born 7 November 1879"),
        ({"death": "1940"}, "died 1940"),
        ({}, ""),
    ],
)
def test_dates_of_a_life_in_words(of: dict[str, str], words: str) -> None:
    assert life_words(Entity("a", Layer.PERSON, "A", **of)) == words  # type: ignore[arg-type]


def test_data_of_cards_cannot_end_their_element() -> None:
    made = embedded({"a": "</script><!--\u2028&"})
    assert "<" not in made
    assert "&" not in made
    assert json.loads(made) == {"a": "</script><!--\u2028&"}


def test_sources_follow_their_chain() -> None:
    first, print_, web, other = (
        Source(id="c", type="original"),
        Source(id="b", type="reprint", earlier="c"),
        Source(id="a", type="web", earlier="b"),
        Source(id="d"),
    )
    assert [one.id for one in sources_in_order((first, print_, other, web))] == ["d", "a", "b", "c"]
    # A chain that goes round in a ring ends all the same.
    ring = (Source(id="a", earlier="b"), Source(id="b", earlier="a"))
    assert [one.id for one in sources_in_order(ring)] == ["a", "b"]


def test_contents_have_room_for_the_outer_levels_of_very_many_headings() -> None:
    entries = [Entry(str(number), "a", 1 if number % 100 == 0 else 2) for number in range(1000)]
    assert [entry.words for entry in contents(entries)] == [str(number) for number in range(0, 1000, 100)]
    assert contents(entries[:200]) == entries[:200]
    assert contents(entries[:1]) == []
    assert contents([Entry("a", "a", 1)] * 500) == []


def test_about_leaves_out_what_the_header_does_not_say() -> None:
    assert about(Header()) == ()
    header = Header(
        title="T",
        authors=(Agent("A"),),
        responsibilities=(Responsibility("Translated by", Agent("B"), "translator"),),
        created=(When("composition", "1920", Dates(when="1920"), "low"),),
        licence=Licence(target="javascript:1", words=("Free.",)),
        notes=(("conflict", "Two years."),),
    )
    told = {fact.label: ["".join(run.words for run in line) for line in fact.lines] for fact in about(header)}
    assert told == {
        "Author": ["A"],
        "Translator": ["B"],
        "Date of composition": ["1920 (doubtful)"],
        "Licence": ["Free."],
        "Contradiction": ["Two years."],
    }


# In the browser


def test_html_is_valid(folder: Path, vnu: ManyChecker) -> None:
    found = vnu([*sorted((folder / "texts").glob("*.html")), folder / "assets" / "edition.css"])
    # The checker does not know from where a page of a disk is served, nor that data are no script.
    assert [
        one for one in found if one.severity != "info" and "Content Security Policy" not in one.message
    ] == []


def test_browser_reads_the_markup_as_xml_does(browser: Driver) -> None:
    browser.get("about:blank")
    for path in (ALMANAC, KRONSTADT, RUSSIA, *FOREIGN):
        for one in read_editions([path]):
            text = "".join(markup(one))
            names = [str(node.tag) for node in etree.fromstring(f"<main>{text}</main>").iter()]
            read = browser.execute_script(
                "const d = new DOMParser().parseFromString('<main>' + arguments[0] + '</main>', 'text/html');"
                "return [d.querySelector('main'), ...d.querySelectorAll('main *')].map(e => e.localName)",
                text,
            )
            assert read == names


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["almanac", KRONSTADT.stem, *(path.stem for path in FOREIGN[:1])])
def test_accessible(browser: Driver, address: str, axe: Axe, name: str, dark: bool) -> None:
    with media(browser, prefers_color_scheme="dark" if dark else "light", prefers_reduced_motion="reduce"):
        for width in (1400, 390):
            with window(browser, width, 900):
                browser.get(f"{address}/{name}.html")
                find(browser, ".display summary").click()
                assert axe(browser) == []
                find(browser, ".display summary").click()
                browser.execute_script("document.querySelector('.text p .m[data-m]').click()")
                assert opened(browser)
                assert axe(browser) == []
    assert console_errors(browser) == []


def test_card_opens_by_hover_and_can_be_entered(almanac: Driver) -> None:
    name = find(almanac, "#a1 .person")
    ActionChains(almanac).move_to_element(name).perform()
    words = opened(almanac)
    for said in ("person", "Paul Lind", "1880 – 2 May 1944", "carter and speaker", "VIAF", "12345"):
        assert said in words
    assert name.get_attribute("aria-expanded") == "true"
    ActionChains(almanac).move_to_element(find(almanac, "#ed-card h2")).pause(0.5).perform()
    assert card(almanac)
    ActionChains(almanac).move_to_element(find(almanac, "h1")).perform()
    assert closed(almanac)
    assert name.get_attribute("aria-expanded") is None


def test_card_of_an_event_lights_its_passage(almanac: Driver) -> None:
    ActionChains(almanac).move_to_element(find(almanac, "#a1 .mark")).perform()
    words = opened(almanac)
    assert "Strike of the dockers" in words
    assert "3 February 1912" in words
    assert "lit" in find(almanac, "#a1 .passage").get_attribute("class")


def test_card_of_a_date_says_value_certainty_and_why(browser: Driver, address: str) -> None:
    with window(browser, 1400, 1000):
        browser.get(f"{address}/{KRONSTADT.stem}.html")
        ActionChains(browser).move_to_element(find(browser, "#p1 .date")).perform()
        words = opened(browser)
    assert "between 21 and 31 July 1938" in words
    assert "inferred, may be wrong" in words
    assert "part of a month" in words


def test_cards_by_keyboard(almanac: Driver) -> None:
    keys = ActionChains(almanac)
    almanac.execute_script("document.querySelector('#a1 .para').focus()")
    keys.send_keys(Keys.TAB).perform()
    assert "3 February 1912" in opened(almanac)
    keys.send_keys(Keys.ESCAPE).perform()
    assert closed(almanac)
    assert almanac.switch_to.active_element.text == "3 February"
    keys.send_keys(Keys.ENTER).perform()
    assert opened(almanac)
    assert almanac.switch_to.active_element.get_attribute("id") == "ed-card"
    # Through the card and out of it, to what stands behind the date.
    keys.send_keys(Keys.TAB).perform()
    assert almanac.switch_to.active_element.get_attribute("class") == "card-close"
    keys.send_keys(Keys.TAB).perform()
    until(lambda: almanac.switch_to.active_element.text == "Ostrey")
    assert "place" in opened(almanac)
    keys.send_keys(Keys.ENTER).send_keys(Keys.ESCAPE).perform()
    assert closed(almanac)
    assert almanac.switch_to.active_element.text == "Ostrey"


def test_click_pins_a_card_and_its_name_leads_to_the_entry(almanac: Driver) -> None:
    before = almanac.current_url
    find(almanac, "#a1 .person").click()
    assert opened(almanac)
    assert almanac.current_url == before
    ActionChains(almanac).move_to_element(find(almanac, "h1")).pause(0.5).perform()
    assert card(almanac)
    assert find(almanac, "#ed-card h2 a").get_attribute("href").endswith("/persons.html#pe-lind")
    find(almanac, "#a2").click()
    assert closed(almanac)


def test_card_opens_by_tap_at_the_foot_of_a_phone(browser: Driver, address: str) -> None:
    with phone(browser):
        browser.get(f"{address}/almanac.html")
        assert browser.execute_script("return document.documentElement.scrollWidth") == 390
        name = find(browser, "#a1 .person")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", name)
        at = box(browser, name)
        point = {"x": at["left"] + 5, "y": (at["top"] + at["bottom"]) / 2}
        browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        browser.execute_cdp_cmd("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert "Paul Lind" in opened(browser)
        shown = box(browser, find(browser, "#ed-card"))
        assert shown["bottom"] == pytest.approx(844, abs=1)
        assert (shown["left"], shown["right"]) == (0, 390)
        find(browser, ".card-close").click()
        assert closed(browser)


def test_notes_stand_beside_their_markers_on_wide_screens(almanac: Driver) -> None:
    text = box(almanac, find(almanac, "#ed-text"))
    notes = almanac.find_elements(By.CSS_SELECTOR, "aside.note")
    markers = almanac.find_elements(By.CSS_SELECTOR, "a.noteref")
    assert len(notes) == len(markers) == 3
    end = 0.0
    for note, marker in zip(notes, markers, strict=True):
        at, mark = box(almanac, note), box(almanac, marker)
        assert at["left"] > text["right"]
        assert at["right"] <= 1400
        assert at["top"] >= end
        assert abs(at["top"] - mark["top"]) < 90
        end = at["bottom"]
    assert not find(almanac, ".notes h2").is_displayed()


@pytest.mark.parametrize("width", [390, 800])
def test_notes_stand_at_the_foot_on_narrow_screens(browser: Driver, address: str, width: int) -> None:
    with window(browser, width, 844):
        browser.get(f"{address}/almanac.html")
        last = box(browser, find(browser, ".closer"))
        for note in browser.find_elements(By.CSS_SELECTOR, "aside.note"):
            assert box(browser, note)["top"] > last["bottom"]
        assert find(browser, ".notes h2").is_displayed()


@pytest.mark.parametrize("width", [390, 820, 1024, 1279, 1400, 1920])
def test_text_has_its_width_on_every_screen(browser: Driver, address: str, width: int) -> None:
    with window(browser, width, 900):
        browser.get(f"{address}/almanac.html")
        at = box(browser, find(browser, "#ed-text"))
        assert at["right"] - at["left"] == pytest.approx(min(608, width - 40), abs=1)
        assert browser.execute_script("return document.documentElement.scrollWidth") == width


def test_notes_move_with_the_window(almanac: Driver) -> None:
    with window(almanac, 390, 844):
        until(lambda: box(almanac, find(almanac, "aside.note"))["left"] < 100)
    with window(almanac, 1400, 1000):
        until(lambda: box(almanac, find(almanac, "aside.note"))["left"] > 900)


@pytest.mark.parametrize("name", ["almanac", KRONSTADT.stem])
def test_marker_and_note_lead_to_each_other(browser: Driver, address: str, name: str) -> None:
    with window(browser, 390, 844):
        browser.get(f"{address}/{name}.html")
        for marker in browser.find_elements(By.CSS_SELECTOR, "a.noteref"):
            there = marker.get_attribute("href").rpartition("#")[2]
            note = browser.find_element(By.ID, there)
            back = note.find_element(By.CSS_SELECTOR, ".backlink").get_attribute("href").rpartition("#")[2]
            assert browser.find_element(By.ID, back) == marker
        marker.send_keys(Keys.ENTER)
        until(lambda: browser.current_url.endswith(f"#{there}"))
        assert 0 <= box(browser, note)["top"] < 844


def test_note_and_marker_light_up_together(almanac: Driver) -> None:
    marker, note = find(almanac, "a.noteref"), find(almanac, "aside.note")
    for one, other in ((marker, note), (note, marker)):
        ActionChains(almanac).move_to_element(one).perform()
        until(lambda other=other: "lit" in other.get_attribute("class"))
        ActionChains(almanac).move_to_element(find(almanac, "h1")).perform()
        until(lambda other=other: "lit" not in other.get_attribute("class"))
    almanac.execute_script("arguments[0].focus()", marker)
    assert "lit" in note.get_attribute("class")


def test_layers_are_switched_and_remembered(almanac: Driver) -> None:
    style = "return getComputedStyle(document.querySelector('#a1 .person')).textDecorationLine"
    assert almanac.execute_script(style) == "underline"
    find(almanac, ".display summary").click()
    find(almanac, "[data-layer=person]").click()
    find(almanac, "[data-layer=event]").click()
    find(almanac, "[data-layer=numbers]").click()

    def quiet() -> None:
        assert almanac.execute_script(style) == "none"
        assert find(almanac, "#a1 .person").get_attribute("tabindex") == "-1"
        assert not find(almanac, "#a1 .mark").is_displayed()
        assert not find(almanac, "#a1 .para").is_displayed()
        assert find(almanac, "#a1 .place").get_attribute("tabindex") is None

    quiet()
    almanac.refresh()
    quiet()
    find(almanac, ".display summary").click()
    assert not find(almanac, "[data-layer=person]").is_selected()
    find(almanac, "[data-layer=person]").click()
    assert almanac.execute_script(style) == "underline"
    ActionChains(almanac).send_keys(Keys.ESCAPE).perform()
    assert find(almanac, ".display").get_attribute("open") is None
    assert almanac.switch_to.active_element.tag_name == "summary"


def test_notes_can_be_kept_at_the_foot(almanac: Driver) -> None:
    find(almanac, ".display summary").click()
    find(almanac, "[data-layer=margin]").click()
    assert box(almanac, find(almanac, "aside.note"))["left"] < 600


def test_colours_follow_the_device_or_the_reader(almanac: Driver) -> None:
    def light() -> bool:
        colour = almanac.execute_script("return getComputedStyle(document.body).backgroundColor")
        return min(int(one) for one in re.findall(r"\d+", colour)[:3]) > 127

    assert light()
    with media(almanac, prefers_color_scheme="dark"):
        assert not light()
        find(almanac, ".display summary").click()
        find(almanac, "[name=ed-theme][value=light]").click()
        assert light()
        almanac.refresh()
        assert light()
    find(almanac, ".display summary").click()
    find(almanac, "[name=ed-theme][value=dark]").click()
    assert not light()


def test_number_beside_a_paragraph_is_its_address(almanac: Driver) -> None:
    find(almanac, "#a3 > .para").click()
    until(lambda: almanac.current_url.endswith("#a3"))
    assert "a3" in almanac.execute_script("return document.querySelector(':target').id")
    until(lambda: "paragraph" in find(almanac, "#ed-status").text)


def test_words_of_a_search_are_marked_in_their_passage(browser: Driver, address: str) -> None:
    browser.get(f"{address}/almanac.html?mark=dockers%20lai%20LIND#a1")
    found = until(lambda: [one.text for one in browser.find_elements(By.CSS_SELECTOR, "mark")])
    assert found == ["dockers", "laid", "Lind"]
    assert console_errors(browser) == []


def test_contents_of_the_text(almanac: Driver) -> None:
    links = almanac.find_elements(By.CSS_SELECTOR, ".contents a")
    assert [link.text for link in links] == ["Winter", "Tides", "Songs", "From a Letter"]
    links[2].click()
    until(lambda: links[2].get_attribute("aria-current") == "true")


def test_print(almanac: Driver) -> None:
    with media(almanac, "print"):
        for css in (".site-head", ".crumbs", ".contents", ".neighbours", ".cite-tools", ".mark"):
            assert not find(almanac, css).is_displayed()
        assert find(almanac, "#ed-citation").is_displayed()
        style = "return getComputedStyle(document.querySelector('#a1 .person')).textDecorationLine"
        assert almanac.execute_script(style) == "none"
    pdf = b64decode(almanac.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    assert pdf.startswith(b"%PDF")
    until(lambda: box(almanac, find(almanac, "aside.note"))["left"] > 900)


def test_page_of_a_disk_works(browser: Driver, folder: Path) -> None:
    with window(browser, 1400, 1000):
        browser.get((folder / "texts" / "almanac.html").as_uri())
        assert find(browser, ".display").is_displayed()
        ActionChains(browser).move_to_element(find(browser, "#a1 .person")).perform()
        assert "Paul Lind" in opened(browser)
        assert box(browser, find(browser, "aside.note"))["left"] > 900
        assert console_errors(browser) == []


def test_without_scripts_all_is_there(browser: Driver, address: str) -> None:
    with scripts_off(browser), window(browser, 1400, 1000):
        browser.get(f"{address}/almanac.html")
        assert find(browser, "#a1 .person").get_attribute("href").endswith("/persons.html#pe-lind")
        assert not find(browser, ".display").is_displayed()
        assert find(browser, ".notes h2").is_displayed()


def test_nothing_is_asked_of_any_other_place(browser: Driver, address: str) -> None:
    browser.get(f"{address}/{KRONSTADT.stem}.html")
    requested(browser)
    browser.get(f"{address}/almanac.html")
    asked = requested(browser)
    root = address.removesuffix("/texts")
    assert sorted(asked) == [
        f"{root}/assets/edition.css",
        f"{root}/assets/edition.js",
        f"{address}/almanac.html",
    ]


def test_hostile_text_is_shown_and_never_run(browser: Driver, address: str) -> None:
    with window(browser, 1400, 1000):
        browser.get(f"{address}/hostile.html")
        assert EVIL in find(browser, "#ed-text").text
        for one in browser.find_elements(
            By.CSS_SELECTOR, "#ed-text a.m, #ed-text [data-m], #ed-text a.noteref"
        ):
            browser.execute_script("arguments[0].click()", one)
        assert EVIL[:20] in opened(browser)
        assert browser.execute_script("return window.hit") is None
        links = {
            one.get_attribute("href").partition(":")[0] for one in browser.find_elements(By.CSS_SELECTOR, "a")
        }
        assert links <= {"http", "https"}
        assert len(browser.find_elements(By.CSS_SELECTOR, "script")) == 2
        assert browser.find_elements(By.CSS_SELECTOR, "img") == []
        assert find(browser, "#ed-main").tag_name == "main"
        assert console_errors(browser) == []


def test_policy_refuses_a_script_that_got_in(folder: Path, browser: Driver, serve: Serve) -> None:
    page = (folder / "texts" / "almanac.html").read_text(encoding="utf-8")
    evil = "<script>window.hit = 1</script><p id=x onclick='window.hit = 2' style='color: red'>x</p><script src='https://example.org/x.js'></script>"
    (folder / "texts" / "evil.html").write_text(
        page.replace("</article>", f"{evil}</article>"), encoding="utf-8"
    )
    try:
        browser.get(f"{serve(folder)}/texts/evil.html")
        browser.execute_script("document.getElementById('x').click()")
        assert browser.execute_script("return window.hit") is None
        assert sum("Content Security Policy" in one for one in console_errors(browser)) >= 3
    finally:
        (folder / "texts" / "evil.html").unlink()


def test_cards_of_all_mentions_open(browser: Driver, address: str) -> None:
    browser.get(f"{address}/{RUSSIA.stem}.html")
    silent = browser.execute_script(
        "const bad = []; for (const one of document.querySelectorAll('#ed-text [data-m]')) {"
        " if (one.parentElement.closest('a[data-m], [role=button]')) continue;"
        " one.click(); const card = document.getElementById('ed-card');"
        " if (!card || card.hidden || !card.querySelector('h2').textContent) bad.push(one.outerHTML);"
        " document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'})); } return bad"
    )
    assert silent == []
    assert console_errors(browser) == []


def test_hostile_tei_runs_nothing(
    browser: Driver, serve: Serve, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "assets").mkdir()
    (folder / "texts").mkdir()
    for name in ASSETS:
        (folder / "assets" / name).write_bytes(asset(name))
    pages = []
    for name in [one for one in SMALL if not one.startswith("name of a file")]:
        path = tmp_path / "text.xml"
        path.write_bytes(HOSTILE[name]())
        for one in read_editions([path]):
            pages.append(f"{len(pages)}.html")
            (folder / "texts" / pages[-1]).write_bytes(write_page(one, place()))
    address = serve(folder)
    assert len(pages) > 20
    for name in pages:
        browser.get(f"{address}/texts/{name}")
        browser.execute_script("document.querySelectorAll('#ed-text [data-m]').forEach(one => one.click())")
        assert browser.execute_script("return window.bad") is None
        assert console_errors(browser) == []
    assert {one.partition("/texts/")[0].partition("/assets/")[0] for one in requested(browser)} == {address}
