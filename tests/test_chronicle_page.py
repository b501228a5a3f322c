"""The page of a chronicle in a real browser: filters, axis, links, keys, and nothing fetched from anywhere."""

import itertools
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

from chronicles import FILES, FOLDER, chronicle, event, person, place, tei, written
from client_browser import Driver, Serve, console_errors, media, requested, scripts_off, until, window
from tei_serge.chronicle.write_html import write_html


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, serve: Serve) -> str:
    """A folder with texts and page, served on this machine alone, on a port that is free."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    paths = [folder / path.relative_to(FOLDER) for path in FILES]
    (folder / "page.html").write_bytes(write_html(chronicle(*paths), folder))
    return serve(folder)


@pytest.fixture
def page(browser: Driver, site: str) -> Iterator[Driver]:
    """The page, opened anew; afterwards the console must be empty and nothing else have been fetched."""
    browser.get(f"{site}/page.html")
    yield browser
    assert console_errors(browser) == []
    assert set(requested(browser)) <= {f"{site}/page.html"}


def shown(page: Driver) -> list[str]:
    """The labels of the events that can be seen."""
    found: list[str] = page.execute_script(
        "return [...document.querySelectorAll('.event')].filter(e => e.checkVisibility())"
        ".map(e => e.querySelector('h4').textContent)"
    )
    return found


def count(page: Driver) -> str:
    return page.find_element(By.ID, "count").text


def choose(page: Driver, name: str, words: str) -> None:
    select = Select(page.find_element(By.ID, name))
    select.select_by_visible_text(next(one.text for one in select.options if one.text.startswith(words)))


def press(page: Driver, element: WebElement) -> None:
    """Click on something, away from the headings that stay at the top of the window."""
    page.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()


def marks(page: Driver) -> int:
    """How many events the axis shows, dots and bars."""
    return len(page.find_elements(By.CSS_SELECTOR, "#axis circle")) + len(
        page.find_elements(By.CSS_SELECTOR, "#axis a.bar")
    )


def test_all_events_are_there_and_on_the_axis(page: Driver) -> None:
    assert count(page) == "11 events"
    assert len(shown(page)) == 11
    assert marks(page) == 10  # one has no date
    assert page.title == "Chronology, 1909–1912"


def test_filters_work_together_with_right_counts(page: Driver) -> None:
    choose(page, "type", "arrest")
    until(lambda: count(page) == "4 of 11 events")
    types = [one.text for one in Select(page.find_element(By.ID, "type")).options]
    assert "arrest (4)" in types
    assert "trial (1)" in types  # what another choice of the same filter would give
    places = {one.text: one.is_enabled() for one in Select(page.find_element(By.ID, "place")).options}
    assert places == {"everywhere": True, "Karnow (1)": True, "Ostrey (1)": True}
    choose(page, "who", "Paul Lind")
    until(lambda: count(page) == "2 of 11 events")
    assert shown(page) == ["They come for Lind", "Arrest of Paul Lind"]
    page.find_element(By.ID, "words").send_keys("coat")
    until(lambda: count(page) == "1 of 11 events")
    assert shown(page) == ["Arrest of Paul Lind"]
    assert marks(page) == 1
    people = {one.text for one in Select(page.find_element(By.ID, "who")).options if one.is_enabled()}
    assert people == {"everybody", "Paul Lind (1)"}
    page.find_element(By.ID, "words").send_keys(" nothing")
    until(lambda: count(page) == "0 of 11 events")
    assert page.find_element(By.ID, "none").is_displayed()
    page.find_element(By.ID, "reset-too").click()
    until(lambda: count(page) == "11 events")
    assert len(shown(page)) == 11


def test_what_is_chosen_stays_in_the_address_and_can_be_reset(page: Driver, site: str) -> None:
    choose(page, "type", "banishment")
    page.find_element(By.ID, "words").send_keys("carters")
    until(lambda: "q=carters" in page.current_url)
    assert "type=banishment" in page.current_url
    address = page.current_url
    page.get("about:blank")
    page.get(address)
    assert shown(page) == ["Several carters are sent away"]
    page.find_element(By.ID, "reset").click()
    until(lambda: count(page) == "11 events")
    assert page.current_url == f"{site}/page.html"
    assert not page.find_element(By.ID, "reset").is_enabled()
    # Nonsense in an address chooses nothing.
    page.get(f"{site}/page.html#type=%3Cscript%3E&from=1912-99-99&to=x&at=e999&who=nobody")
    page.refresh()
    assert count(page) == "11 events"


def test_those_that_more_than_one_text_tells_lead_to_each_other(page: Driver) -> None:
    page.find_element(By.ID, "same").click()
    until(lambda: count(page) == "4 of 11 events")
    items = page.find_elements(By.CSS_SELECTOR, ".event:not([hidden])")
    item = next(one for one in items if one.find_element(By.TAG_NAME, "h4").text == "Arrest of Paul Lind")
    link = item.find_element(By.CSS_SELECTOR, ".same a")
    assert "They come for Lind" in link.text
    assert "Paul Lind in both" in item.text
    target = link.get_attribute("href").partition("#")[2]
    press(page, link)
    until(lambda: page.switch_to.active_element.get_attribute("id") == target)
    assert "They come for Lind" in page.switch_to.active_element.text
    assert "same=1" in page.current_url
    assert f"at={target}" in page.current_url


def test_a_link_to_an_event_that_is_filtered_away_shows_it(page: Driver) -> None:
    page.find_element(By.ID, "words").send_keys("without his coat")
    until(lambda: count(page) == "1 of 11 events")
    press(page, page.find_element(By.CSS_SELECTOR, ".event:not([hidden]) .same a"))
    until(lambda: count(page) == "11 events")


def test_links_point_to_ids_that_exist(page: Driver, site: str) -> None:
    found = page.execute_script("return [...document.querySelectorAll('.told a')].map(a => a.href)")
    assert len(found) >= 20
    for address in found:
        parts = urlsplit(address)
        if parts.path == "/page.html":
            assert page.find_elements(By.ID, parts.fragment)
        else:
            root = etree.parse(FOLDER / unquote(parts.path)[1:]).getroot()
            assert root.xpath("//*[@xml:id = $id]", id=parts.fragment), address


def test_a_column_looks_closer_and_back(page: Driver) -> None:
    # From 1909 to 1912 the axis has columns of months.
    page.execute_script("document.querySelector('#axis').scrollIntoView()")
    before = marks(page)
    february = next(
        one
        for one in page.find_elements(By.CSS_SELECTOR, "#axis a.column")
        if "February" in one.get_attribute("aria-label")
    )
    told = february.get_attribute("aria-label")
    assert told.startswith("February 1912: ")
    page.execute_script(
        "arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))", february
    )
    until(lambda: "from=1912-02-01" in page.current_url)
    assert "to=1912-02-29" in page.current_url
    assert page.find_element(By.ID, "range").text == "February 1912"
    assert told.partition(": ")[2].partition(" ")[0] == count(page).partition(" ")[0]
    assert "3 February 1912: 1 event" in [
        one.get_attribute("aria-label") for one in page.find_elements(By.CSS_SELECTOR, "#axis a.column")
    ]
    page.find_element(By.ID, "later").click()
    until(lambda: page.find_element(By.ID, "range").text == "March 1912")
    page.find_element(By.ID, "wider").click()
    until(lambda: page.find_element(By.ID, "range").text == "1912")
    page.find_element(By.ID, "whole").click()
    until(lambda: count(page) == "11 events")
    assert marks(page) == before


def test_the_keyboard_reaches_everything(page: Driver) -> None:
    body = page.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert page.switch_to.active_element.text == "Skip to the events"
    seen = []
    for _ in range(12):
        page.switch_to.active_element.send_keys(Keys.TAB)
        active = page.switch_to.active_element
        seen.append(active.get_attribute("id") or active.get_attribute("class"))
        outline = page.execute_script(
            "const s = getComputedStyle(document.activeElement), h = document.activeElement.querySelector('.hit');"
            "return s.outlineStyle !== 'none' || (h && getComputedStyle(h).stroke !== 'none')"
        )
        assert outline, f"no sign of focus on {seen[-1]}"
        if seen[-1] == "place":
            break
    # One stop for all columns of the axis, each bar, then the filters.
    assert seen.count("column") == 1
    assert seen[-4:] == ["words", "type", "who", "place"]
    column = page.find_element(By.CSS_SELECTOR, "#axis a.column[tabindex='0']")
    page.execute_script("arguments[0].focus()", column)
    first = page.switch_to.active_element.get_attribute("aria-label")
    page.switch_to.active_element.send_keys(Keys.END)
    last = page.switch_to.active_element.get_attribute("aria-label")
    assert first != last
    page.switch_to.active_element.send_keys(Keys.HOME)
    assert page.switch_to.active_element.get_attribute("aria-label") == first
    page.switch_to.active_element.send_keys(Keys.ENTER)
    until(lambda: page.current_url.count("#"))
    page.find_element(By.ID, "words").send_keys("coat", Keys.ENTER)
    until(lambda: shown(page) == ["Arrest of Paul Lind"])


def test_landmarks_labels_and_headings(page: Driver) -> None:
    assert len(page.find_elements(By.TAG_NAME, "main")) == 1
    assert len(page.find_elements(By.TAG_NAME, "h1")) == 1
    assert page.find_elements(By.CSS_SELECTOR, "form[role=search][aria-label]")
    assert page.find_elements(By.CSS_SELECTOR, "section[aria-label]")
    assert page.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en"
    unlabelled = page.execute_script(
        "return [...document.querySelectorAll('select, input')].filter(e => !e.labels.length).map(e => e.id)"
    )
    assert unlabelled == []
    levels = page.execute_script(
        "return [...document.querySelectorAll('main h2, main h3, main h4')].map(e => Number(e.tagName[1]))"
    )
    assert levels[0] == 2
    assert all(other - one <= 1 for one, other in itertools.pairwise(levels))


_CONTRAST = """
const parse = (c) => c.match(/[\\d.]+/g).map(Number);
const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * r + .7152 * g + .0722 * b; };
const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length === 3 || c[3] === 1) return c.slice(0, 3); } return [255, 255, 255]; };
const poor = [];
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility() || e.disabled) continue;
  if (e.closest('svg') || e.tagName === 'OPTION') continue;
  const [a, b] = [light(parse(getComputedStyle(e).color).slice(0, 3)), light(ground(e))].sort((x, y) => y - x);
  if ((a + .05) / (b + .05) < 4.5) poor.push(`${e.tagName}.${e.className}: ${((a + .05) / (b + .05)).toFixed(2)}`);
}
return [...new Set(poor)];
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(page: Driver, scheme: str) -> None:
    with media(page, prefers_color_scheme=scheme):
        assert page.execute_script(_CONTRAST) == []


@pytest.mark.parametrize("width", [360, 400, 700, 1000])
def test_nothing_runs_over_the_edge(page: Driver, width: int) -> None:
    with window(page, width, 800):
        until(lambda: page.execute_script("return document.documentElement.scrollWidth") <= width)
        until(lambda: page.execute_script("return document.querySelector('#axis').scrollWidth") <= width)


def test_without_its_script_the_list_is_whole(browser: Driver, site: str) -> None:
    with scripts_off(browser):
        browser.get(f"{site}/page.html")
        events = browser.find_elements(By.CSS_SELECTOR, ".event h4")
        assert len(events) == 11
        assert all(one.size["height"] for one in events)
        assert browser.find_element(By.ID, "filters").size["height"] == 0
        assert browser.find_element(By.ID, "time-tools").size["height"] == 0
        assert marks(browser) == 10


def test_it_works_from_a_file_and_runs_nothing_of_the_texts(browser: Driver, tmp_path: Path) -> None:
    nasty = (
        '&lt;/script>&lt;script>window.bad = 1&lt;/script>&lt;img src="x" onerror="window.bad = 2">'.replace(
            '"', "&quot;"
        )
    )
    told = event("e", 'type="war" when="-0044-03-15" where="#p"', ["h"], nasty) + event(
        "f", 'type="peace" when="1936"'
    )
    paths = written(tmp_path, {"a.xml": tei(told, person("h", nasty) + place("p", nasty), title=nasty)})
    (tmp_path / "page.html").write_bytes(write_html(chronicle(*paths), tmp_path))
    browser.get((tmp_path / "page.html").as_uri())
    assert count(browser) == "2 events"
    assert browser.execute_script("return window.bad") is None
    assert shown(browser)[0].startswith("</script><script>")
    choose(browser, "who", "</script>")
    until(lambda: count(browser) == "1 of 2 events")
    assert browser.find_element(By.TAG_NAME, "h1").text == "Chronology 44 BC–1936"
    assert console_errors(browser) == []
    assert not any(one.startswith("http") for one in requested(browser))


def test_an_empty_chronicle_is_a_page(browser: Driver, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(
        write_html(chronicle(*written(tmp_path, {"a.xml": tei("", ours=True)})), tmp_path)
    )
    browser.get((tmp_path / "page.html").as_uri())
    assert "No event was told." in browser.find_element(By.TAG_NAME, "main").text
    assert console_errors(browser) == []


@pytest.mark.slow
def test_five_thousand_events_stay_usable(browser: Driver, tmp_path: Path) -> None:
    told = "".join(
        event(
            f"e{n}",
            f'type="{("war", "trial", "fair")[n % 3]}" when="{1750 + n % 200}-{1 + n % 12:02}"',
            [f"h{n % 50}"],
            f"Event number {n}",
        )
        for n in range(5000)
    )
    people = "".join(person(f"h{n}", f"Name Number{n}") for n in range(50))
    (tmp_path / "page.html").write_bytes(
        write_html(chronicle(*written(tmp_path, {"a.xml": tei(told, people)})), tmp_path)
    )
    browser.get((tmp_path / "page.html").as_uri())
    until(lambda: count(browser) == "5,000 events")
    times = browser.execute_script(
        "const words = document.getElementById('words'), times = [];"
        "for (const text of ['number 12', 'number 123', '']) { const start = performance.now(); words.value = text;"
        "words.form.dispatchEvent(new Event('submit', {cancelable: true})); document.body.offsetHeight;"
        "times.push(performance.now() - start); } return times"
    )
    assert max(times) < 2500
    assert count(browser) == "5,000 events"


def test_the_page_is_one_file_in_good_order(tmp_path: Path) -> None:
    """Without a browser: every element is closed, and nothing is to be fetched."""
    text = write_html(chronicle(*FILES), FOLDER).decode()
    open_ones: list[str] = []
    empty = {"meta", "link", "input", "br"}

    class Check(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in empty:
                open_ones.append(tag)
            given = dict(attrs)
            assert not any(name.startswith("on") for name in given)
            assert tag not in {"iframe", "img", "object", "embed"}
            assert tag != "script" or "src" not in given
            assert tag != "link" or given["href"] == "data:,"

        def handle_endtag(self, tag: str) -> None:
            assert open_ones.pop() == tag

    Check().feed(text)
    assert open_ones == []
    assert "http:" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https:" not in text
