"""The reading view of texts with very many notes, in other directions, with wide tables and very long words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from client_browser import Axe, Driver, Serve, console_errors, media, phone, until, window
from client_programs import ManyChecker
from tei_serge.edition.read import read_editions
from tei_serge.export.site.frame import Frame, Link, PagePlace
from tei_serge.export.site.templates import ASSETS, asset
from tei_serge.export.site.text_page import write_page

LONG = "many words of a note that is long " * 12
MORE = "and a few more words, so that the lines of the text have room for notes beside them, " * 2
WORD = "Donaudampfschiffahrtsgesellschaft" * 8


def tei(title: str, text: str, language: str = "en") -> str:
    return f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc><titleStmt>
    <title>{title}</title></titleStmt><publicationStmt><publisher>P</publisher></publicationStmt>
    <sourceDesc><p>S</p></sourceDesc></fileDesc></teiHeader><text>{text}</text></TEI>"""


def notes(series: str, words: str) -> str:
    inner = "".join(f'<note xml:id="{series}{n}" n="{n}">{words} {n}</note>' for n in range(1, 31))
    return f'<div type="notes"><head xml:id="head-{series}">Notes {series}</head>{inner}</div>'


def annals(first: str, second: str) -> str:
    paragraphs = "".join(
        f'<p xml:id="p{n}">Line of <persName>Ada Tarn</persName> {n}<ref type="note" target="#a{n}">{n}</ref>, '
        f'and more<ptr target="#b{n}"/>, {MORE}</p>'
        for n in range(1, 31)
    )
    return (
        f"<body><div><head>One</head>{paragraphs}</div></body>"
        f"<back>{notes('a', first)}{notes('b', second)}</back>"
    )


TABLE = "<table><head>Wide</head>{}</table>".format(
    "".join(
        f"<row role='{role}'>" + "".join(f"<cell>Heading {n}</cell>" for n in range(16)) + "</row>"
        for role in ("label", "data")
    )
)
TEXTS = {
    "short": tei("Short Notes", annals("short", "short")),
    "mixed": tei("Long and Short Notes", annals(LONG, "short")),
    "long": tei("Long Notes", annals(LONG, LONG)),
    "marks": tei(
        "Marks",
        '<body><p>A<hi rend="sub"><note n="1">one</note></hi> b<note n="2">two</note>'
        ' <hi rend="sup">c<note n="3">three</note></hi></p></body>',
    ),
    "sea": tei(
        "كتاب البحر",
        '<body><div><head>الباب</head><p xml:id="p1">قال إن البحر واسع<note n="1">حاشية</note></p><lg>'
        + "<l>يا بحر</l>" * 12
        + '</lg><list rend="numbered"><item>واحد</item></list></div></body>',
        "ar",
    ),
    "wide": tei(WORD, f"<body><div><head>{WORD}</head><p>{WORD}</p>{TABLE}</div></body>"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reading")
    for part in ("assets", "tei", "texts"):
        (folder / part).mkdir()
    for name in ASSETS:
        (folder / "assets" / name).write_bytes(asset(name))
    place = PagePlace(Frame("An Edition", "../"), Link(WORD, "a.html"), Link("After", "b.html"))
    for name, text in TEXTS.items():
        (folder / "tei" / f"{name}.xml").write_text(text, encoding="utf-8")
    for one in read_editions(sorted((folder / "tei").iterdir())):
        (folder / "texts" / f"{one.name}.html").write_bytes(write_page(one, place))
    return folder


@pytest.fixture(scope="module")
def address(folder: Path, serve: Serve) -> str:
    return f"{serve(folder)}/texts"


@pytest.fixture
def wide(browser: Driver) -> Iterator[Driver]:
    with window(browser, 1400, 900):
        yield browser
        assert console_errors(browser) == []
        browser.execute_script("localStorage.clear()")


def placed(browser: Driver) -> str:
    """The first letters of the ids of notes that stand in the margin, each once."""
    ids = browser.execute_script(
        "return [...document.querySelectorAll('[data-placed]')].map((one) => one.id)"
    )
    return "".join(sorted({id[0] for id in ids}))


def shown(browser: Driver, css: str) -> list[str]:
    return [one.text for one in browser.find_elements(By.CSS_SELECTOR, css) if one.is_displayed()]


def test_html_is_valid(folder: Path, vnu: ManyChecker) -> None:
    found = vnu([*sorted((folder / "texts").glob("*.html")), folder / "assets" / "icon.svg"])
    assert [one for one in found if one.severity != "info" and "Security Policy" not in one.message] == []


@pytest.mark.parametrize("name", ["short", "long", "sea", "wide"])
def test_accessible(wide: Driver, address: str, axe: Axe, name: str) -> None:
    wide.get(f"{address}/{name}.html")
    wide.find_element(By.CSS_SELECTOR, ".display summary").click()
    assert axe(wide) == []


@pytest.mark.parametrize(("name", "series"), [("short", "ab"), ("mixed", "b"), ("long", "")])
def test_notes_that_are_too_long_for_the_margin_stay_at_the_foot(
    wide: Driver, address: str, name: str, series: str
) -> None:
    wide.get(f"{address}/{name}.html")
    assert placed(wide) == series
    assert shown(wide, ".contents a") == ["One", *(f"Notes {one}" for one in "ab" if one not in series)]
    assert shown(wide, ".type-notes > h2") == [f"Notes {one}" for one in "ab" if one not in series]
    drift = wide.execute_script(
        "return Math.max(0, ...[...document.querySelectorAll('[data-placed]')].map((note) => Math.abs("
        "note.getBoundingClientRect().top - document.querySelector(`[role=doc-noteref][href='#${note.id}']`)"
        ".getBoundingClientRect().top)))"
    )
    assert drift <= 620
    blank = "const text = document.getElementById('ed-text'); const all = text.clientHeight;"
    blank += "text.style.minHeight = ''; return all - text.clientHeight"
    assert wide.execute_script(blank) <= 620


def test_a_marker_and_its_note_beside_it_do_not_jump(wide: Driver, address: str) -> None:
    wide.get(f"{address}/short.html")
    marker = wide.find_element(By.CSS_SELECTOR, "a[href='#a2']")
    note = wide.find_element(By.ID, "a2")
    before = wide.execute_script("return scrollY")
    marker.click()
    assert wide.switch_to.active_element == note
    note.find_element(By.CSS_SELECTOR, ".backlink").click()
    assert wide.switch_to.active_element == marker
    assert wide.execute_script("return scrollY") == before


def test_notes_of_one_line_keep_their_order(wide: Driver, address: str) -> None:
    wide.get(f"{address}/marks.html")
    tops = wide.execute_script(
        "return [...document.querySelectorAll('[data-placed]')].map((one) => one.getBoundingClientRect().top)"
    )
    assert len(tops) == 3
    assert tops == sorted(tops)


@pytest.mark.parametrize("width", [1400, 1024, 390, 320])
def test_text_from_right_to_left(browser: Driver, address: str, width: int) -> None:
    with window(browser, width, 900):
        browser.get(f"{address}/sea.html")
        text, number, line, words = browser.execute_script(
            "return ['#ed-text', '#p1 .para', '.line-number', 'h1'].map((one) => { const at = document.querySelector(one)"
            ".getBoundingClientRect(); return [at.left, at.right]; })"
        )
        assert browser.execute_script("return document.documentElement.scrollWidth") == width
        assert (
            browser.execute_script("return getComputedStyle(document.querySelector('h1')).direction") == "rtl"
        )
        assert number[0] >= text[1]
        assert number[1] <= width
        assert line[0] == pytest.approx(text[0], abs=1)
        assert words[1] == pytest.approx(text[1], abs=1)
        if width >= 1000:
            note = browser.execute_script(
                "return document.querySelector('aside.note').getBoundingClientRect().right"
            )
            assert 0 < note < text[0]
        assert "Arabic" in shown(browser, ".facts dd")


@pytest.mark.parametrize("width", [1400, 390, 320])
def test_very_long_words_and_tables_widen_no_page(browser: Driver, address: str, width: int) -> None:
    with window(browser, width, 800):
        browser.get(f"{address}/wide.html")
        assert browser.execute_script("return document.documentElement.scrollWidth") == width


def test_wide_table_is_printed_whole(wide: Driver, address: str) -> None:
    with window(wide, 700, 900), media(wide, "print"):
        wide.get(f"{address}/wide.html")
        assert shown(wide, "table > caption") == ["Wide"]
        right = "return document.querySelector('tr > :last-child').getBoundingClientRect().right"
        assert wide.execute_script(right) <= 700


def test_sheet_of_a_phone_does_not_hide_its_word(browser: Driver, address: str) -> None:
    with phone(browser):
        browser.get(f"{address}/short.html")
        word = browser.find_element(By.CSS_SELECTOR, "#p4 .m")
        browser.execute_script("arguments[0].scrollIntoView({block: 'end'})", word)
        word.click()
        card = until(lambda: browser.find_element(By.ID, "ed-card"))
        top = "return arguments[0].getBoundingClientRect()"
        at, sheet = browser.execute_script(top, word), browser.execute_script(top, card)
        assert 0 <= at["top"] < at["bottom"] <= sheet["top"]


def test_cards_can_be_kept_for_a_click(wide: Driver, address: str) -> None:
    wide.get(f"{address}/short.html")
    wide.find_element(By.CSS_SELECTOR, ".display summary").click()
    wide.find_element(By.CSS_SELECTOR, "[data-layer=cards]").click()
    wide.find_element(By.CSS_SELECTOR, ".display summary").send_keys(Keys.ESCAPE)
    word = wide.find_element(By.CSS_SELECTOR, "#p1 .m")
    wide.execute_script("arguments[0].focus({focusVisible: true})", word)
    assert not wide.find_elements(By.ID, "ed-card")
    word.click()
    assert wide.find_element(By.ID, "ed-card").is_displayed()


def test_what_has_no_effect_is_not_offered(browser: Driver, address: str) -> None:
    for name, width, there in (("short", 1400, True), ("short", 320, False), ("wide", 1400, False)):
        with window(browser, width, 900):
            browser.get(f"{address}/{name}.html")
            browser.find_element(By.CSS_SELECTOR, ".display summary").click()
            assert ("Notes in the margin" in shown(browser, ".display label")) is there
