"""The search of a site: its index in Python, and in Chromium what is found, from a file as well as from a server."""

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from client_browser import Axe, Driver, Serve, console_errors, phone, requested, until, window
from client_programs import ManyChecker
from tei_serge.edition.read import find_texts
from tei_serge.export import html as exporter
from tei_serge.export.folder import export_folder
from tei_serge.export.registry import Wishes
from tei_serge.export.site import folding, search_index
from tei_serge.export.site.folding import fold, fold_words, whole_numbers
from tei_serge.export.site.search_index import order_of, write_words
from tei_serge.export.site.search_words import DIGITS, GAP, number, pack, unpack, words_of

FOLDED = (
    # Words as they stand, how they are compared.
    ("Trotsky", ("trotsky",)),
    ("Trotsky’s", ("trotsky", "s")),
    ("Trotsky's Trotskyʼs Trotsky‘s", ("trotsky", "s") * 3),
    ("ÉLAN élan e\u0301lan", ("elan",) * 3),
    ("Œuvre œuvre oeuvre", ("oeuvre",) * 3),
    ("Ægir encyclopædia", ("aegir", "encyclopaedia")),
    ("Straße STRASSE STRAẞE", ("strasse",) * 3),
    ("ﬁn ﬂow ﬀ", ("fin", "flow", "ff")),
    ("Łódź Ørsted Þór đ ŋ", ("lodz", "orsted", "thor", "d", "n")),
    ("İstanbul ıstanbul ISTANBUL", ("istanbul",) * 3),
    ("ΛΟΓΟΣ λόγος λογοσ", ("λογοσ",) * 3),
    ("Ёлка ёлка елка Йод", ("елка",) * 3 + ("иод",)),
    ("anti-Stalinist anti‐Stalinist anti–Stalinist", ("anti", "stalinist") * 3),
    ("1,000 1936–37 §12 ½ ² ⅷ", ("1", "000", "1936", "37", "12", "12", "2", "viii")),
    ("snake_case", ("snake", "case")),
    ("l’homme d'État", ("l", "homme", "d", "etat")),
    ("東京都 とうきょう カタカナ", ("東", "京", "都", "と", "う", "き", "ょ", "う", "カ", "タ", "カ", "ナ")),
    ("한국어 한국", ("한국어", "한국")),
    ("שָׁלוֹם שלום", ("שלום", "שלום")),
    ("ٱلْعَرَبِيَّة", ("ٱلعربية",)),
    ("हिन्दी", ("हनद",)),
    ("\u0301 — … “”", ()),
    ("𝔉𝔯𝔞𝔨𝔱𝔲𝔯 𐐨𐐀", ("fraktur", "𐐨𐐨")),
    ("a\u00adb zero\u200bwidth", ("a", "b", "zero", "width")),
    ("constructor __proto__ toString", ("constructor", "proto", "tostring")),
    ("x" * 100 + " " + "é" * 100 + " " + "𐐀" * 70, ("x" * 64, "e" * 64, "𐐨" * 64)),
    ("ſtraſse ĲSSEL Ǆ", ("strasse", "ijssel", "dz")),
)


def nfkd(words: Sequence[str]) -> list[str]:
    import unicodedata

    return [unicodedata.normalize("NFKD", word) for word in words]


@pytest.mark.parametrize(("text", "words"), FOLDED, ids=[text[:30] for text, _ in FOLDED])
def test_folding(text: str, words: tuple[str, ...]) -> None:
    assert fold_words(text) == nfkd(words)


def test_the_quick_pattern_finds_what_the_slow_one_finds() -> None:
    plain = [chr(code) for code in range(0x2B0) if chr(code)] + [chr(code) for code in range(0x2010, 0x2028)]
    for char in plain:
        text = f"ab{char}cd {char}"
        assert folding._PLAIN.fullmatch(text)
        assert folding._PLAIN_WORD.findall(text) == folding.WORD.findall(text), hex(ord(char))


NUMBERS = (
    # Words, the numbers in them that are written in groups: first and last word, digits.
    ("of 16,000 men", [(1, 2, "16000")]),
    ("16.000; 16’000; 16'000; 16 000; 16\u202f000", [(n, n + 1, "16000") for n in (0, 2, 4, 6, 8)]),
    ("l'an 1,234,567 — 9,999.", [(2, 4, "1234567"), (5, 6, "9999")]),
    ("16,000人", [(0, 1, "16000")]),
    ("1,00 1921, 300 and 1,0000 a16,000 16,000a 12,345,6 1921.300 0", []),
    ("", []),
)


@pytest.mark.parametrize(("text", "numbers"), NUMBERS, ids=[text for text, _ in NUMBERS])
def test_numbers_in_groups(text: str, numbers: list[tuple[int, int, str]]) -> None:
    assert list(whole_numbers(text)) == numbers
    words, _ = words_of([("", "title", text)])
    at = {word: decoded(places) for word, _, places in words}
    for first, last, digits in numbers:
        assert {first, last} <= set(at[digits])


def test_folding_is_stable() -> None:
    for text, _ in FOLDED:
        for word in fold_words(text):
            assert fold(word) == word


def test_places_count_through_the_blocks_with_a_gap() -> None:
    words, count = words_of(
        [("", "title", "Peace Jane"), ("p1", "¶ 1", "war and peace"), ("p2", "¶ 2", "peace")]
    )
    places = {word: decoded(told) for word, _, told in words}
    assert places == {"and": [GAP + 3], "jane": [1], "peace": [0, GAP + 4, 2 * GAP + 5], "war": [GAP + 2]}
    assert [word for word, *_ in words] == sorted(places)
    assert count == 4


def decoded(digits: str) -> list[int]:
    values = numbers(digits)
    return [sum(values[: place + 1]) for place in range(len(values))]


def numbers(digits: str) -> list[int]:
    found, value, shift = [], 0, 0
    for digit in digits:
        part = DIGITS.index(digit)
        value |= (part & 31) << shift
        shift += 5
        if not part & 32:
            found.append(value)
            value = shift = 0
    return found


@pytest.mark.parametrize("value", [0, 1, 31, 32, 1023, 1024, 4095, 4096, 10**6, 2**31 - 1])
def test_numbers_come_back(value: int) -> None:
    assert numbers(number(value)) == [value]


def test_words_are_kept_as_they_are() -> None:
    words, _ = words_of([("", "title", "Élan élan 東京 war")])
    assert list(unpack(pack(words))) == words


@pytest.mark.parametrize("run", [3, 10, 10_000])
@pytest.mark.parametrize("size", [10, 60, 10_000])
def test_an_index_in_runs_and_files_says_where_words_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: int, size: int
) -> None:
    monkeypatch.setattr(search_index, "_RUN", run)
    monkeypatch.setattr(search_index, "_FILE", size)
    texts = ["war and peace", "peace peace 𐐨 war", "ﬀ war", "", "and war and and", "\ufb1d zebra"]
    told = [words_of([("", "title", text)])[0] for text in texts]
    files: dict[str, bytes] = {}
    folder: Any = SimpleNamespace(put=files.__setitem__)
    ranges = write_words(((place * 7, words) for place, words in enumerate(told)), folder, "words", tmp_path)
    assert list(tmp_path.iterdir()) == []
    found: dict[str, dict[int, list[int]]] = {}
    for place, name in enumerate(files):
        call = re.fullmatch(r"teiSergeSearch\.range\((.*)\);\n", files[name].decode())
        assert call
        kind, at, held = json.loads(f"[{call[1]}]")
        assert (kind, at, name) == ("words", place, f"search/words/{place}.js")
        assert next(iter(held)) == ranges.firsts[place]
        for word, line in held.items():
            pairs, places = (numbers(part) for part in line.split(" "))
            text = 0
            for distance, count in zip(pairs[::2], pairs[1::2], strict=True):
                text += distance
                own, places = places[:count], places[count:]
                found.setdefault(word, {})[text] = [sum(own[: n + 1]) for n in range(count)]
            assert places == []
    assert found == {
        word: {
            place * 7: decoded({one: at for one, _, at in words}[word])
            for place, words in enumerate(told)
            if word in {w for w, *_ in words}
        }
        for words in told
        for word, *_ in words
    }
    assert list(ranges.firsts) == sorted(ranges.firsts, key=order_of)
    assert list(found) == sorted(found, key=order_of)


# In the browser.

BODIES = (
    # Name, title, author, paragraphs.
    (
        "kronstadt",
        "Kronstadt Remembered",
        "Anna Œhler",
        (
            "The sailors of <persName ref='#p1'>Lev Bronstein</persName> were shot at dawn.",
            "A second paragraph on the naïve coöperation of 1921.",
        ),
    ),
    (
        "letters",
        "Letters from Łódź",
        "Émile Zòla",
        (
            "He never spoke of Kronstadt, nor of the sailors.",
            "The naive reader shot a glance at dawn's light.",
            "At dawn were shot the <persName ref='#p1'>Bronstein</persName> papers.",
        ),
    ),
    (
        "tokyo",
        "東京 Notes",
        "",
        (
            "東京都 is a city. constructor __proto__ toString",
            "Kron &lt;script>alert(1)&lt;/script> &amp; more",
            "Some 16,000 men, or 16 000, and <persName ref='#p1'>Old Davidovich</persName>,"
            " <rs type='person' ref='#p1'>the thirsty commander</rs>, in 1921.",
        ),
    ),
)


def written(folder: Path, name: str, title: str, author: str, paragraphs: Sequence[str]) -> Path:
    body = "".join(f'<p xml:id="p.{place}">{text}</p>' for place, text in enumerate(paragraphs, 1))
    by = f"<author><persName>{escape(author)}</persName></author>" if author else ""
    path = folder / f"{name}.xml"
    path.write_text(
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>{escape(title)}</title>{by}</titleStmt>'
        "<publicationStmt><p>Test.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader><standOff><listPerson>"
        '<person xml:id="p1"><persName>Lev Bronstein</persName><persName type="variant">Bröñstein the Elder</persName></person>'
        f"</listPerson></standOff><text><body><div><head>{escape(title)}</head>{body}</div></body></text></TEI>",
        "utf-8",
    )
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    paths = [written(folder, *one) for one in BODIES]
    more = ("The twentieth part of the fleet lay in the harbour.", "Winter came early, and with it the ice.")
    paths += [
        written(folder, f"more{n:02}", f"Report {n}", "Many Hands", more * (1 + n % 3)) for n in range(14)
    ]
    with export_folder(folder / "out", "html") as made:
        exporter.write(find_texts(paths), made, Wishes(title="Searched"))
    return folder / "out"


class Page:
    """The page of the search in the browser."""

    def __init__(self, browser: Driver, address: str) -> None:
        self.browser = browser
        browser.get(f"{address}/search.html")
        self.ready()

    def ready(self) -> None:
        until(lambda: self.browser.execute_script("return document.documentElement.dataset.searchReady"))

    def state(self) -> str:
        return str(self.browser.execute_script("return document.documentElement.dataset.searched ?? ''"))

    def type(self, query: str) -> list[str]:
        """Type a query; the titles of what is found, when the passages are there."""
        self.browser.execute_script(
            "const i = document.getElementById('ed-query'); i.value = ''; i.dispatchEvent(new Event('input'))"
        )
        field = self.browser.find_element(By.ID, "ed-query")
        before = self.state()
        field.send_keys(query)
        until(lambda: self.settled(query, before))
        return self.titles()

    def settled(self, query: str, before: str) -> bool:
        return bool(
            self.browser.execute_script(
                "return document.getElementById('ed-query').value === arguments[0]"
                " && document.documentElement.dataset.query === arguments[0]"
                " && ![...document.querySelectorAll('.ed-hit')].some(hit => !hit.querySelector('.passages') && !hit.dataset.bare)",
                query,
            )
        )

    def texts(self, css: str) -> list[str]:
        found = self.browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())", css
        )
        return [str(one) for one in found]

    def titles(self) -> list[str]:
        return self.texts(".ed-hit h2")

    def marks(self) -> list[str]:
        return self.texts("#ed-results mark")

    def names(self) -> list[str]:
        return self.texts("#ed-names a")

    def status(self) -> str:
        return self.texts("#ed-status")[0]

    def press(self, key: str) -> None:
        self.browser.switch_to.active_element.send_keys(key)

    def press_button(self, css: str) -> None:
        self.browser.execute_script("document.querySelector(arguments[0]).click()", css)

    def focused(self) -> str:
        return str(
            self.browser.execute_script(
                "return document.activeElement.id || document.activeElement.textContent"
            )
        )


@pytest.fixture
def local(browser: Driver, site: Path) -> Page:
    return Page(browser, site.as_uri())


ASKED = (
    # Query, titles in their order, words that are marked.
    ("kronstadt", ["Kronstadt Remembered", "Letters from Łódź"], {"Kronstadt"}),
    ("KRONST", ["Kronstadt Remembered", "Letters from Łódź"], {"Kronstadt"}),
    ("kron ", ["東京 Notes"], {"Kron"}),
    ("sailors shot", ["Kronstadt Remembered", "Letters from Łódź"], {"sailors", "shot"}),
    ("“shot at dawn”", ["Kronstadt Remembered"], {"shot at dawn"}),
    ('"were shot', ["Kronstadt Remembered", "Letters from Łódź"], {"were shot"}),
    ('"shot were"', [], set()),
    ('"dawn a second"', [], set()),
    ("naïve", ["Kronstadt Remembered", "Letters from Łódź"], {"naive", "naïve"}),
    ("naive cooperation", ["Kronstadt Remembered"], {"naïve", "coöperation"}),
    ("oehler", ["Kronstadt Remembered"], {"Œhler"}),
    ("lodz", ["Letters from Łódź"], {"Łódź"}),
    ("dawn’s", ["Letters from Łódź"], {"dawn's"}),
    ("京都", ["東京 Notes"], {"京都"}),
    ("constructor", ["東京 Notes"], {"constructor"}),
    ("__proto__ tostring", ["東京 Notes"], {"proto", "toString"}),
    ("script alert", ["東京 Notes"], {"script", "alert"}),
    ("author:zola", ["Letters from Łódź"], set()),
    ("author:zola sailors", ["Letters from Łódź"], {"sailors"}),
    ("title:remembered shot", ["Kronstadt Remembered"], {"shot"}),
    ("author:nobody shot", [], set()),
    ("xyzzy", [], set()),
    ("kronstadt xyzzy", [], set()),
    ("1921", ["Kronstadt Remembered", "東京 Notes"], {"1921"}),
    ("16000", ["東京 Notes"], {"16,000", "16 000"}),
    ("1600", ["東京 Notes"], {"16,000", "16 000"}),
    ('"16000 men"', ["東京 Notes"], {"16,000 men"}),
    ('"some 16000"', ["東京 Notes"], {"Some 16,000"}),
    ('"some 16000 men"', [], set()),
    ("16,000", ["東京 Notes"], {"16,000", "16 000"}),
    ("…", [], set()),
)


@pytest.mark.parametrize(("query", "titles", "marks"), ASKED, ids=[query for query, *_ in ASKED])
def test_what_is_found(local: Page, query: str, titles: list[str], marks: set[str]) -> None:
    assert sorted(local.type(query)) == sorted(titles)
    if titles:
        assert local.titles()[0] == titles[0]
    assert set(local.marks()) == marks
    assert console_errors(local.browser) == []


def test_python_and_the_browser_fold_alike(local: Page) -> None:
    told = local.browser.execute_script(
        "return arguments[0].map(text => teiSergeSearch.words(text))", [text for text, _ in FOLDED]
    )
    assert told == [fold_words(text) for text, _ in FOLDED]


def test_the_names_of_entries_are_found_by_every_form(local: Page) -> None:
    for query in ("bronst", "lev bronstein", "elder bro", "old davidovich"):
        local.type(query)
        until(lambda: local.names() == ["Lev Bronstein"])
    assert "17 texts" not in local.texts("#ed-names li")[0]
    assert "person, 4 passages in 3 texts" in local.texts("#ed-names li")[0]
    local.type("thirsty")
    until(lambda: local.names() == [])
    local.type("bronstein")
    assert local.status() == "2 texts and 1 name found."
    local.browser.find_element(By.CSS_SELECTOR, "#ed-names a").click()
    until(lambda: "persons.html#p1" in local.browser.current_url)


def test_from_a_server_as_from_a_file(browser: Driver, site: Path, serve: Serve) -> None:
    address = serve(site)
    page = Page(browser, address)
    assert page.type("sailors shot") == ["Kronstadt Remembered", "Letters from Łódź"]
    assert console_errors(browser) == []
    assert all(one.startswith(address) for one in requested(browser))


def test_a_passage_leads_to_its_paragraph(local: Page) -> None:
    local.type('"papers"')
    link = local.browser.find_element(By.CSS_SELECTOR, ".passages a")
    assert link.text == "¶ 3"
    link.click()
    until(lambda: "letters.html" in local.browser.current_url)
    assert local.browser.current_url.endswith("#p.3")
    assert (
        local.browser.execute_script("return document.querySelector(':target').textContent").count("papers")
        == 1
    )
    local.browser.back()
    local.ready()
    until(lambda: local.titles() == ["Letters from Łódź"])


def test_a_number_in_groups_is_marked_in_its_text(local: Page) -> None:
    local.type("16000")
    local.browser.find_element(By.CSS_SELECTOR, ".passages a").click()
    until(lambda: "tokyo.html" in local.browser.current_url)
    until(lambda: local.texts(".text :target mark, mark.hit, .text mark"))
    assert {"16", "000"} <= set(local.texts(".text mark"))


def test_many_texts_are_shown_a_few_at_a_time(local: Page) -> None:
    local.type("harbour fleet")
    assert local.status() == "14 texts found."
    assert len(local.titles()) == 10
    local.press_button("#ed-results > button")
    until(lambda: len(local.titles()) == 14)
    assert local.focused() == local.titles()[10]
    assert not local.browser.find_elements(By.CSS_SELECTOR, "#ed-results > button")


def test_all_passages_of_a_text_on_demand(local: Page) -> None:
    local.type("the")
    button = next(one for one in local.browser.find_elements(By.CSS_SELECTOR, ".ed-hit button"))
    wanted = int(re.findall(r"\d+", button.text)[0])
    hit = button.find_element(By.XPATH, "./..")
    button.click()
    until(lambda: len(hit.find_elements(By.CSS_SELECTOR, ".passages li")) == wanted > 3)


def test_the_keyboard_alone_is_enough(local: Page) -> None:
    local.browser.execute_script("document.activeElement.blur()")
    local.browser.find_element(By.TAG_NAME, "body").send_keys("/")
    assert local.focused() == "ed-query"
    local.type("bronstein")
    until(lambda: local.names())
    local.press(Keys.ARROW_DOWN)
    assert local.focused() == "Lev Bronstein"
    local.press(Keys.ARROW_DOWN)
    first = local.focused()
    assert first == local.titles()[0]
    local.press(Keys.ARROW_UP)
    local.press(Keys.ARROW_UP)
    assert local.focused() == "ed-query"
    local.press(Keys.ARROW_UP)
    assert local.focused() == "ed-query"
    local.press(Keys.ENTER)
    until(lambda: local.focused() == "Lev Bronstein")
    local.press(Keys.ESCAPE)
    assert local.focused() == "ed-query"
    local.press("/")
    assert local.browser.find_element(By.ID, "ed-query").get_attribute("value") == "bronstein/"


def test_the_address_holds_the_query(local: Page) -> None:
    local.type("naïve")
    until(lambda: local.browser.current_url.endswith("#q=na%C3%AFve"))
    local.browser.get(local.browser.current_url.replace("na%C3%AFve", "kron%20sailors"))
    local.ready()
    until(lambda: local.browser.find_element(By.ID, "ed-query").get_attribute("value") == "kron sailors")
    assert console_errors(local.browser) == []


def test_a_letter_more_waits_for_the_next(local: Page) -> None:
    assert local.type("sailors s") == ["Kronstadt Remembered", "Letters from Łódź"]
    assert local.type("sailors sh") == ["Kronstadt Remembered", "Letters from Łódź"]
    assert local.type("sailors shz") == []
    assert local.status() == "No text found."


def test_typing_on_shows_the_last_query_alone(local: Page) -> None:
    field = local.browser.find_element(By.ID, "ed-query")
    for letter in "kronstadt":
        field.send_keys(letter)
    until(lambda: local.settled("kronstadt", ""))
    assert local.titles() == ["Kronstadt Remembered", "Letters from Łódź"]


def test_the_page_is_accessible(browser: Driver, site: Path, serve: Serve, axe: Axe) -> None:
    page = Page(browser, serve(site))
    for query in ("", "bronstein", "xyzzy", "harbour"):
        if query:
            page.type(query)
        assert axe(browser) == []
    with phone(browser):
        assert axe(browser) == []
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    status = browser.find_element(By.ID, "ed-status")
    assert (status.get_attribute("role"), status.get_attribute("aria-live")) == ("status", "polite")


PAGES = ("index.html", "persons.html", "about.html", "texts/letters.html")


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_around_are_accessible_and_quiet(
    browser: Driver, site: Path, serve: Serve, axe: Axe, name: str
) -> None:
    browser.get(f"{serve(site)}/{name}")
    assert console_errors(browser) == []
    assert axe(browser) == []


def test_the_contents_in_another_order(browser: Driver, site: Path) -> None:
    browser.get(f"{site.as_uri()}/index.html")

    def shown(css: str) -> list[str]:
        return [
            str(one)
            for one in browser.execute_script(
                "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent.trim())", css
            )
        ]

    titles = shown("a.text-title")
    assert shown(".ed-group h2") == ["Many Hands", "Anna Œhler", "Émile Zòla", "Without an author"]
    browser.find_element(By.CSS_SELECTOR, "[data-order=title]").click()
    assert shown(".ed-group h2") == ["K", "L", "R", "東"]
    assert sorted(shown("a.text-title")) == sorted(titles)
    assert browser.find_element(By.CSS_SELECTOR, "[data-order=title]").get_attribute("aria-pressed") == "true"
    assert "Émile Zòla" in [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".by")]
    browser.find_element(By.ID, "ed-filter").send_keys("zola")
    until(lambda: shown("a.text-title") == ["Letters from Łódź"])
    assert shown("#ed-told") == ["1 of 17 texts"]
    assert console_errors(browser) == []


def test_the_index_finds_what_a_reader_of_everything_finds(browser: Driver, tmp_path: Path) -> None:
    chance = Random(7)
    words = ["dawn", "day", "däwn", "daylight", "œuf", "oeufs", "the", "them", "a", "b", "x1", "Ж"]
    texts = {
        f"t{number:02}": [" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(3)]
        for number in range(25)
    }
    paths = [written(tmp_path, name, f"Zz {name}", "", paragraphs) for name, paragraphs in texts.items()]
    with export_folder(tmp_path / "out", "html") as made:
        exporter.write(find_texts(paths), made, Wishes())
    queries = [" ".join(chance.choices(words, k=chance.randint(1, 3))) for _ in range(60)]
    queries += [f'"{query}"' for query in queries] + [f"{query} " for query in queries]
    page = Page(browser, (tmp_path / "out").as_uri())
    told = browser.execute_async_script(
        "const [queries, done] = arguments, e = teiSergeSearch;"
        "(async () => { const found = []; for (const query of queries) { const asked = e.parse(query);"
        " await Promise.all(e.missing('words', asked).map(e.loadRange));"
        " found.push([asked.terms, e.find(asked).map(row => e.table.texts[row[0]][0]).sort()]); }"
        " done(found); })()",
        queries,
    )
    assert page.browser is browser
    some = 0
    for query, (terms, found) in zip(queries, told, strict=True):
        assert found == sorted(
            name for name, rows in texts.items() if all(_has(rows, term) for term in terms)
        ), query
        some += bool(found)
    assert some > 60


def _has(paragraphs: Sequence[str], term: dict[str, Any]) -> bool:
    wanted = " " + " ".join(term["words"]) + ("" if term["prefix"] else " ")
    return any(wanted in f" {' '.join(fold_words(text))} " for text in paragraphs)


def test_the_html_checker_of_the_w3c_finds_no_fault(site: Path, vnu: ManyChecker) -> None:
    paths = [path for path in sorted(site.rglob("*.html")) if path.parent.name != "texts"]
    found = [
        one
        for one in vnu([*paths, site / "assets" / "site.css"])
        if "Content Security Policy" not in one.message
    ]
    assert found == []


def test_the_passages_of_an_entry_that_a_link_leads_to_are_open(browser: Driver, tmp_path: Path) -> None:
    paths = [written(tmp_path, "a", "A", "", ["<persName ref='#p1'>Lev</persName>"] * 9)]
    with export_folder(tmp_path / "out", "html") as made:
        exporter.write(find_texts(paths), made, Wishes())
    page = (tmp_path / "out" / "persons.html").as_uri()
    for address, shown in (
        (page, False),
        (f"{page}#p1", True),
        (f"{page}#%zz", False),
        (f"{page}#none", False),
    ):
        browser.get("about:blank")
        browser.get(address)
        (details,) = browser.find_elements(By.CSS_SELECTOR, "#p1 details.more")
        assert (details.get_attribute("open") is not None) is shown, address
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert details.get_attribute("open") is not None
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    assert details.get_attribute("open") is None
    assert console_errors(browser) == []


def test_very_long_words_stay_on_a_narrow_screen(browser: Driver, tmp_path: Path) -> None:
    long = "Donaudampfschiff" * 12
    paths = []
    for name in "ab":
        path = written(
            tmp_path, name, long, long, [f"<persName ref='#p1'>{long}</persName> <title>{long}</title>"] * 5
        )
        event = (
            f'<event xml:id="e{name}" type="{long}" when="1921" cert="low"><label>{long}</label>'
            f"<p>By <persName>{long}</persName> in <placeName>{long}</placeName></p></event>"
            f'<event xml:id="f{name}"><label>{long}</label></event>'
        )
        text = path.read_text("utf-8").replace(
            "</listPerson>", f"</listPerson><listEvent>{event}</listEvent>"
        )
        path.write_text(text.replace("<persName>Lev Bronstein", f"<persName>{long}"), "utf-8")
        paths.append(path)
    with export_folder(tmp_path / "out", "html") as made:
        exporter.write(find_texts(paths), made, Wishes(title=long))
    names = sorted(path.name for path in (tmp_path / "out").glob("*.html"))
    assert {"index.html", "chronology.html", "persons.html", "works.html", "about.html"} <= set(names)
    with window(browser, 320, 640, mobile=True):
        for name in names:
            browser.get((tmp_path / "out" / name).as_uri())
            wide = browser.execute_script(
                "return [...document.querySelectorAll('main *')].filter(e => e.getClientRects().length"
                " && e.getBoundingClientRect().right > 320.5 && !e.closest('.visually-hidden'))"
                ".map(e => `${e.tagName}.${e.className}`)"
            )
            assert wide == [], name
            assert browser.execute_script("return document.documentElement.scrollWidth") <= 320, name
