"""Take the pictures of the html edition that the pages show: from the corpus, in Chromium, desktop and phone.

Run `make test-clients` once before, which installs Chromium and its driver.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from selenium.webdriver.common.by import By

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from client_browser import Driver, media, picture, started, until, window  # noqa: E402
from tei_serge.cli import cli  # noqa: E402

IMAGES = ROOT / "docs" / "images"
_NAME = "001_8d7f41b26dc7da75"


def _open_card(browser: Driver) -> None:
    # The name of a person that an authority file knows, in the middle of the text.
    name = next(
        one
        for one in browser.find_elements(By.CSS_SELECTOR, "a.person")
        if one.text and "pers-trotsky" in (one.get_attribute("href") or "")
    )
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", name)
    name.click()
    until(lambda: browser.find_elements(By.CSS_SELECTOR, ".card, #ed-card"))


def _search(browser: Driver) -> None:
    browser.find_element(By.CSS_SELECTOR, "input[type=search]").send_keys("trotsky rep")
    until(lambda: browser.find_elements(By.CSS_SELECTOR, "mark"))


def _nothing(browser: Driver) -> None:
    """Show the page as it opens."""


PICTURES: tuple[tuple[str, str, int, int, str, Callable[[Driver], None]], ...] = (
    ("html-text.png", f"texts/{_NAME}.html", 1280, 860, "light", _nothing),
    ("html-card.png", "texts/000_7755cf06542c6dec.html", 1280, 760, "light", _open_card),
    ("html-text-phone.png", f"texts/{_NAME}.html", 390, 844, "light", _nothing),
    ("html-persons.png", "persons.html", 1280, 860, "light", _nothing),
    ("html-chronology-phone.png", "chronology.html", 390, 844, "dark", _nothing),
    ("html-search-dark.png", "search.html", 1280, 760, "dark", _search),
)


def main() -> None:
    """Write all pictures into docs/images."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        arguments = [
            "export",
            "html",
            str(ROOT / "corpus" / "tei"),
            "-o",
            str(site),
            "--title",
            "Victor Serge",
        ]
        done = CliRunner().invoke(cli, arguments)
        if done.exit_code:
            raise SystemExit(done.output)
        with started(Path(folder) / "browser") as browser:
            for name, page, width, height, scheme, prepare in PICTURES:
                with window(browser, width, height), media(browser, prefers_color_scheme=scheme):
                    browser.get((site / page).as_uri())
                    prepare(browser)
                    picture(browser, IMAGES / name)


if __name__ == "__main__":
    main()
