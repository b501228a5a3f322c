"""A real browser for tests: Chromium by selenium, pages served on this machine alone, axe-core, what the console said."""

import functools
import http.server
import json
import threading
import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver

from client_programs import packages, program

Driver = webdriver.Chrome
Serve = Callable[[Path], str]
Axe = Callable[..., list[str]]
WAIT = 10.0
DESKTOP = (1280, 1000)
PHONE = (390, 844)
# What the browser shows before any page, and what holds its own content.
INSIDE = ("data:", "about:", "chrome:", "blob:", "devtools:")


@contextmanager
def started(profile: Path) -> Iterator[Driver]:
    """Chromium without a window, and without a way to anywhere but this machine; ended afterwards."""
    driver = program("chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = program("chromium", "chromium-browser")
    for word in (
        *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--hide-scrollbars", "--force-color-profile=srgb", "--lang=en-GB"),
        f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # The path of the driver is given, so that nothing is looked for on the network.
    made = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        made.get("about:blank")
        yield made
    finally:
        made.quit()


def cleared(browser: Driver) -> Driver:
    """The browser as if just started: one empty window of desktop size, no emulation, nothing in the logs."""
    first, *others = browser.window_handles
    for other in others:
        browser.switch_to.window(other)
        browser.close()
    browser.switch_to.window(first)
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
    browser.get("about:blank")
    browser.set_window_size(*DESKTOP)
    console_errors(browser)
    requested(browser)
    return browser


def console_errors(browser: Driver) -> list[str]:
    """The errors and warnings of the console since the last call, breaches of the security policy among them."""
    return [one["message"] for one in browser.get_log("browser") if one["level"] in {"WARNING", "SEVERE"}]


def requested(browser: Driver) -> list[str]:
    """The addresses that were asked for since the last call, without fragments and without data: and the like."""
    asked = []
    for entry in browser.get_log("performance"):
        told = json.loads(entry["message"])["message"]
        if told["method"] == "Network.requestWillBeSent":
            address = str(told["params"]["request"]["url"]).partition("#")[0]
            # Chromium asks for /favicon.ico by itself where a page names no icon.
            if not address.startswith(INSIDE) and not address.endswith("/favicon.ico"):
                asked.append(address)
    return asked


def until(test: Callable[[], Any], seconds: float = WAIT) -> Any:
    """Wait for something to become true, and give it back."""
    end = time.monotonic() + seconds
    while not (found := test()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


@contextmanager
def window(browser: Driver, width: int, height: int, mobile: bool = False) -> Iterator[Driver]:
    """The browser with a viewport of exactly this size; `mobile` with a finger instead of a mouse, too."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 2 if mobile else 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": mobile})
    try:
        yield browser
    finally:
        browser.execute_cdp_cmd("Emulation.setTouchEmulationEnabled", {"enabled": False})
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def phone(browser: Driver) -> Any:
    """`with phone(browser):` the browser as a phone held upright."""
    return window(browser, *PHONE, mobile=True)


@contextmanager
def media(browser: Driver, kind: str = "", **features: str) -> Iterator[Driver]:
    """Other media: `media(browser, "print")`, `media(browser, prefers_color_scheme="dark")`."""
    wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": wanted})
    try:
        yield browser
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


@contextmanager
def scripts_off(browser: Driver) -> Iterator[Driver]:
    """The browser of somebody who lets no script run."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        yield browser
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def picture(browser: Driver, path: Path, whole: bool = False) -> Path:
    """Write what the window shows (`whole`: the page to its end) as PNG."""
    told = browser.execute_cdp_cmd(
        "Page.captureScreenshot", {"format": "png", "captureBeyondViewport": whole} | _clip(browser, whole)
    )
    path.write_bytes(b64decode(told["data"]))
    return path


def _clip(browser: Driver, whole: bool) -> dict[str, Any]:
    if not whole:
        return {}
    size = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}


def axe_checker() -> Axe:
    """`axe(browser, **options)`: run axe-core in the page; each violation a line, none if it is accessible.

    The options are those of `axe.run`, so `axe(browser, runOnly=["wcag2a", "wcag2aa"])`; without any, all rules.
    """
    source = (packages("axe-core") / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def axe(browser: Driver, **options: Any) -> list[str]:
        browser.execute_script(source)
        told = browser.execute_async_script(
            "const [options, done] = arguments;"
            "axe.run(document, options).then(r => done({violations: r.violations,"
            " looked: r.passes.length + r.violations.length}), e => done({failed: String(e)}));",
            {"resultTypes": ["violations", "passes"], **options},
        )
        assert "failed" not in told, told
        assert told["looked"], "axe-core looked at nothing"
        return [
            f"{rule['id']} ({rule['impact']}): {' '.join(map(str, one['target']))}: {one['failureSummary']}"
            for rule in told["violations"]
            for one in rule["nodes"]
        ]

    return axe


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        # A file that is written again is to be seen again.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[Serve]:
    """`serve(folder)`: the address of a folder on this machine, on a free port; all are ended afterwards."""
    running: list[tuple[http.server.ThreadingHTTPServer, threading.Thread]] = []

    def serve(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_address[1]}"

    try:
        yield serve
    finally:
        for server, thread in running:
            server.shutdown()
            server.server_close()
            thread.join()
