"""Measure the static edition: texts to a site, and the search in the browser beside a plain scan.

    python bench/site.py [--texts N] [--json FILE]

Texts are made up (site_texts.py), about 1,500 words each. An eighth, a quarter, half and all of them are
exported by the command line, each into a new folder in a process of its own; then all of them again,
unchanged, and with one text changed. Chromium then types queries letter by letter into the page of the
search, opened as a file; the scan goes through the words of all texts, folded and joined before, for the
same queries, and has to find the same texts. Absolute times mean nothing on a shared machine: look at the
ratios.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import processes
from processes import Cost

_HERE = Path(__file__).parent
_MB = 1024 * 1024
_TYPED = 12  # queries of each kind
# Asks with one row of keys after the other; answers with the milliseconds from each key to its results.
_TYPING = """
const [queries, done] = arguments;
const field = document.getElementById('ed-query'), page = document.documentElement;
const type = (words) => new Promise((answered) => {
  const begin = performance.now();
  const look = new MutationObserver(() => {
    if (page.dataset.query === words) { look.disconnect(); answered(performance.now() - begin); }
  });
  look.observe(page, { attributes: true });
  field.value = words;
  field.dispatchEvent(new Event('input'));
});
(async () => {
  const times = [];
  for (const query of queries) {
    for (let length = 1; length <= query.length; length += 1) {
      if (query.slice(0, length) !== page.dataset.query) times.push(await type(query.slice(0, length)));
    }
  }
  done({ times });
})().catch((error) => done({ failed: String(error) }));
"""
_SCAN = """
const [queries, done] = arguments, engine = teiSergeSearch;
(async () => {
  const texts = [];
  for (const [name] of engine.table.texts) {
    await engine.loadText(name);
    texts.push(engine.blocksOf(name).map((row) => ` ${engine.words(row[2]).join(' ')} `).join('|'));
  }
  const times = [];
  let wrong = 0;
  for (const query of queries) {
    for (let length = 1; length <= query.length; length += 1) {
      const asked = engine.parse(query.slice(0, length));
      if (!asked.terms.length) continue;
      const begin = performance.now();
      const wanted = asked.terms.map((term) => ` ${term.words.join(' ')}${term.prefix ? '' : ' '}`);
      const found = [];
      texts.forEach((text, number) => { if (wanted.every((one) => text.includes(one))) found.push(number); });
      times.push(performance.now() - begin);
      const ours = engine.find(asked).map((row) => row[0]).sort((one, other) => one - other);
      if (ours.join() !== found.join()) wrong += 1;
    }
  }
  done({ times, wrong });
})().catch((error) => done({ failed: String(error) }));
"""


def main() -> None:
    """Measure, print the tables, write the figures."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="tei-serge-bench-") as name:
        folder = Path(name)
        (folder / "tei").mkdir()
        processes.run([sys.executable, str(_HERE / "site_texts.py"), str(folder / "tei"), str(options.texts)])
        processes.run([sys.executable, "-m", "tei_serge", "--version"])  # compiles the modules
        paths = sorted((folder / "tei").iterdir())
        words = round(sum(path.stat().st_size for path in paths) / len(paths) / 1024)
        print(f"{len(paths)} texts of about {words} KB of TEI\n")
        exports = _exports(folder, paths)
        again = _again(folder, paths)
        _print_exports(exports, again)
        search = _search(folder / f"site-{len(paths)}", paths)
    if options.json:
        figures = {"exports": {str(number): cost._asdict() for number, cost in exports.items()}}
        figures |= {"again": {name: cost._asdict() for name, cost in again.items()}, "search": search}
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the static edition and its search.")
    parser.add_argument("--texts", type=int, default=1_000, metavar="N", help="how many texts (1,000)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    options = parser.parse_args()
    if options.texts < 8:
        parser.error("--texts must be at least 8")
    return options


def _export(paths: Sequence[Path], site: Path) -> Cost:
    return processes.run(
        [sys.executable, "-m", "tei_serge", "export", "html", *map(str, paths), "-o", str(site)]
    )


def _exports(folder: Path, paths: Sequence[Path]) -> Mapping[int, Cost]:
    numbers = [len(paths) // part for part in (8, 4, 2, 1)]
    return {number: _export(paths[:number], folder / f"site-{number}") for number in numbers}


def _again(folder: Path, paths: Sequence[Path]) -> Mapping[str, Cost]:
    """The same export again: nothing has changed, then one text has."""
    site = folder / f"site-{len(paths)}"
    unchanged = _export(paths, site)
    changed = paths[len(paths) // 2]
    before = changed.read_text("utf-8")
    changed.write_text(before.replace("</p>", " Amended.</p>", 1), "utf-8")
    return {"unchanged": unchanged, "one text changed": _export(paths, site)}


def _print_exports(exports: Mapping[int, Cost], again: Mapping[str, Cost]) -> None:
    print(f"{'texts to a site':<24} {'s':>8} {'cpu s':>8} {'cpu ms/text':>12} {'peak MB':>8}")
    for number, cost in exports.items():
        each = cost.cpu * 1_000 / number
        print(f"{number:<24,} {cost.wall:8.1f} {cost.cpu:8.1f} {each:12.1f} {cost.peak / _MB:8.0f}")
    for name, cost in again.items():
        print(f"{name:<24} {cost.wall:8.1f} {cost.cpu:8.1f} {'':>12} {cost.peak / _MB:8.0f}")
    _, small, _, large = sorted(exports)
    growth = exports[large].cpu / large / (exports[small].cpu / small)
    print(f"time per text, {large:,} / {small:,} texts: {growth:.2f} (linear is about 1)")
    print(f"peak memory, {large:,} / {small:,} texts: {exports[large].peak / exports[small].peak:.2f}\n")


def _search(site: Path, paths: Sequence[Path]) -> dict[str, Any]:
    """Type into the search in Chromium; nothing where it is not installed."""
    sys.path.insert(0, str(_HERE.parent / "tests"))
    try:
        from client_browser import started, until
    except ImportError:
        print("selenium is missing: the search was not measured.")
        return {}
    queries = _queries(paths)
    with (
        tempfile.TemporaryDirectory(prefix="tei-serge-chromium-") as profile,
        started(Path(profile)) as browser,
    ):
        browser.set_script_timeout(110)
        browser.get(f"{site.as_uri()}/search.html")
        until(lambda: browser.execute_script("return document.documentElement.dataset.searchReady"), 60)
        first, typed, scan = (_told(browser, script, queries) for script in (_TYPING, _TYPING, _SCAN))
    size = sum(path.stat().st_size for path in (site / "search").rglob("*.js") if path.parent.name != "texts")
    print(f"search over {len(paths):,} texts, an index of {size / _MB:.1f} MB, {len(queries)} queries")
    print(f"{'ms from a key to its results':<34} {'keys':>6} {'median':>8} {'95th':>8} {'worst':>8}")
    rows = {"index, files not loaded yet": first, "index, files loaded": typed, "plain scan, not shown": scan}
    for name, row in rows.items():
        times = row["times"]
        last = quantiles(times, n=20)[18]
        print(f"{name:<34} {len(times):6} {median(times):8.1f} {last:8.1f} {max(times):8.1f}")
    print(f"keys whose texts differ from those of the scan: {scan['wrong']}")
    return {"wrong": scan["wrong"], "bytes": size, **{name: row["times"] for name, row in rows.items()}}


def _told(browser: Any, script: str, queries: Sequence[str]) -> dict[str, Any]:
    told: dict[str, Any] = browser.execute_async_script(script, queries)
    if "failed" in told:
        raise processes.FailedError(told["failed"])
    return told


def _queries(paths: Sequence[Path]) -> list[str]:
    """Frequent words, names, several words, phrases, and words that nobody has, as people type them."""
    from site_texts import names, vocabulary

    words = vocabulary()
    asked: list[str] = []
    for place in range(_TYPED):
        asked += (
            words[place * 3],
            words[150 + place * 400],
            names("person")[place * 7],
            f"{words[40 + place]} {words[300 + place * 50]}",
            f'"{words[place]} {words[place + 1]}"',
        )
    return [*asked, "xyzzy", "the of and", "zz"]


if __name__ == "__main__":
    main()
