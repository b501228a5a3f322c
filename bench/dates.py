"""Measure how fast tei_serge finds dates, beside dateparser.search and chrono-node, in one run.

    python bench/dates.py [--runs N] [--size KB] [--texts FOLDER] [--json FILE]
                          [--install-peers] [--node-modules FOLDER]

All find the dates of the same texts with the same day of writing, each in a fresh process; the tables
give medians. The texts are made up, from fixed seeds, or those of `--texts`: TimeML without its tags, or
plain text. dateparser comes with the extra `bench`; chrono-node is installed only if `--install-peers` asks
for it. A peer that is missing is left out. Absolute times mean nothing on a shared machine: look at the
ratios, for which the programs take turns.

How well the dates are found is not measured here.
"""

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple

import processes
from linear import growth_ratio, print_growth
from processes import Cost

_HERE = Path(__file__).parent
_KB = 1024
_MB = 1024 * 1024
_GROWTH = (10, 100, 1_000, 10_000)
_DAY = date(1936, 8, 25)
_OURS = "tei_serge"
_WARM_UP = "They came on 3 May 1921 and left the next day."


class Figure(NamedTuple):
    """What one program took for all texts: the whole process, finding alone, and how many dates it found."""

    cost: Cost
    seconds: float
    found: int


Results = dict[str, list[Figure]]


def main() -> None:
    """Measure, print the tables, write the figures."""
    options = _options()
    if options.install_peers:
        _install(options.node_modules)
    with tempfile.TemporaryDirectory(prefix="tei-serge-bench-") as name:
        folder = Path(name)
        source = str(options.texts.resolve()) if options.texts else ""
        _as("make", folder, options.size, source)
        programs = _programs(options.node_modules, folder)
        paths = sorted((folder / "texts").iterdir())
        size = sum(path.stat().st_size for path in paths)
        results = _throughput(programs, folder, options.runs)
        growth = _growth(folder, options.runs)
    print(f"{len(paths)} texts, {size / _KB:,.0f} KB; median of {options.runs} runs; {', '.join(programs)}\n")
    _print_throughput(results, size)
    print_growth("one made-up document, finding alone", growth)
    print("Absolute times mean nothing on a shared machine; compare ratios.")
    if options.json:
        figures = {
            "texts": len(paths), "bytes": size, "runs": options.runs,
            "figures": {
                name: [{**one.cost._asdict(), "seconds": one.seconds, "found": one.found} for one in rows]
                for name, rows in results.items()
            },
            "ratios": {name: _ratios(results, name) for name in _peers(results)},
            "growth": {str(size): took for size, took in growth.items()},
            "growth per KB": growth_ratio(growth),
        }  # fmt: skip
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how fast tei_serge finds dates, beside others.")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often to measure (3)")
    parser.add_argument("--size", type=int, default=300, metavar="KB", help="how much text to make (300)")
    parser.add_argument("--texts", type=Path, metavar="FOLDER", help="measure on these texts instead")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    parser.add_argument("--install-peers", action="store_true", help="install chrono-node with npm first")
    parser.add_argument(
        "--node-modules", type=Path, default=_cache(), metavar="FOLDER",
        help="where chrono-node is, or is to be installed (%(default)s)",
    )  # fmt: skip
    options = parser.parse_args()
    if options.runs < 1 or options.size < 1:
        parser.error("--runs and --size must be at least 1")
    if options.texts and not (options.texts.is_dir() and any(options.texts.iterdir())):
        parser.error(f"--texts: {options.texts} is no folder with texts")
    return options


# The programs


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("tei-serge") / "bench-node"


def _install(folder: Path) -> None:
    """Install chrono-node where it is looked for."""
    npm = shutil.which("npm")
    if npm is None:
        raise processes.FailedError("npm is missing: chrono-node cannot be installed")
    folder.mkdir(parents=True, exist_ok=True)
    command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), "chrono-node@2"]
    subprocess.run(command, check=True)


def _programs(modules: Path, folder: Path) -> dict[str, list[str]]:
    """The commands that find all dates, by name and version; says which peers are missing."""
    texts, figure = str(folder / "texts"), str(folder / "figure")
    this = [sys.executable, str(_HERE / "dates.py"), "--as"]
    programs = {_OURS: [*this, "ours", texts, figure]}
    try:
        programs[f"dateparser {version('dateparser')}"] = [*this, "dateparser", texts, figure]
    except PackageNotFoundError:
        print("dateparser is missing (pip install dateparser): left out.")
    node, package = shutil.which("node"), modules.resolve() / "node_modules" / "chrono-node" / "package.json"
    if node and package.is_file():
        name = f"chrono-node {json.loads(package.read_text('utf-8'))['version']}"
        programs[name] = [node, str(_HERE / "dates_chrono.mjs"), str(modules.resolve()), texts, figure]
    else:
        lacks = "is not installed (--install-peers)" if node else "needs node, which is missing"
        print(f"chrono-node {lacks}: left out.")
    return programs


def _as(role: str, *arguments: object) -> Cost:
    """Run a part of this file in a process of its own, so that the measuring one stays small."""
    return processes.run([sys.executable, str(_HERE / "dates.py"), "--as", role, *map(str, arguments)])


def _throughput(programs: Mapping[str, Sequence[str]], folder: Path, runs: int) -> Results:
    """Measure the programs in turn, so that a busy minute of the machine meets all of them."""
    results: Results = {}
    processes.run(programs[_OURS])  # compiles the modules
    for _ in range(runs):
        for name, command in programs.items():
            cost = processes.run(command)
            told = json.loads((folder / "figure").read_text("ascii"))
            results.setdefault(name, []).append(Figure(cost, told["seconds"], told["found"]))
    return results


def _growth(folder: Path, runs: int) -> Mapping[int, float]:
    """Seconds of processor time for one document, by its size in bytes."""
    times: dict[int, list[float]] = {}
    for _ in range(runs):
        for path in sorted((folder / "growth").iterdir()):
            _as("grow", path, folder / "figure")
            times.setdefault(path.stat().st_size, []).append(float((folder / "figure").read_text("ascii")))
    return {size: median(found) for size, found in times.items()}


# The tables


def _peers(results: Results) -> list[str]:
    return [name for name in results if name != _OURS]


def _ratios(results: Results, peer: str) -> Mapping[str, float]:
    """Ours to the peer's, run by run, then the median: throughput by clock and by processor, peak memory."""
    pairs = list(zip(results[_OURS], results[peer], strict=True))
    return {
        "throughput": median(theirs.cost.wall / ours.cost.wall for ours, theirs in pairs),
        "throughput per processor second": median(theirs.cost.cpu / ours.cost.cpu for ours, theirs in pairs),
        "finding alone": median(theirs.seconds / ours.seconds for ours, theirs in pairs),
        "memory": median(ours.cost.peak / theirs.cost.peak for ours, theirs in pairs),
    }


def _print_throughput(results: Results, size: int) -> None:
    print(f"{'':<24} {'whole process':^35} {'finding alone':^26}")
    heads = ("KB/s", "seconds", "cpu s", "peak MB", "cpu s", "KB/cpu s", "found")
    print(f"{'all texts, one process':<24}" + "".join(f" {head:>8}" for head in heads))
    for name, rows in results.items():
        wall, cpu, peak = (median(row.cost[column] for row in rows) for column in range(3))
        seconds = median(row.seconds for row in rows)
        print(
            f"  {name:<22} {size / _KB / wall:8,.0f} {wall:8.2f} {cpu:8.2f} {peak / _MB:8.0f}"
            f" {seconds:8.2f} {size / _KB / seconds:8,.0f} {rows[0].found:8,}"
        )
    for name in _peers(results):
        ratios = _ratios(results, name)
        print(
            f"  tei_serge / {name}: throughput {ratios['throughput']:.2f}"
            f" (per processor second {ratios['throughput per processor second']:.2f},"
            f" finding alone {ratios['finding alone']:.2f}), memory {ratios['memory']:.2f}"
        )
    print()


def _ours(folder: str, figure: str) -> None:
    from tei_serge import find_dates

    _measure(lambda text: len(find_dates(text, reference=_DAY)), folder, figure)


def _dateparser(folder: str, figure: str) -> None:
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": datetime(_DAY.year, _DAY.month, _DAY.day)}
    _measure(lambda text: len(search_dates(text, languages=["en"], settings=settings) or ()), folder, figure)


def _measure(count: Callable[[str], int], folder: str, figure: str) -> None:
    """Count the dates of every text; the first text of a process pays for tables and caches."""
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).iterdir())]
    count(_WARM_UP)
    start = time.process_time()
    found = sum(map(count, texts))
    seconds = time.process_time() - start
    Path(figure).write_text(json.dumps({"seconds": seconds, "found": found}), "ascii")


def _grow(path: str, figure: str) -> None:
    """Write the shortest processor time for one document; short ones are read several times."""
    from tei_serge import find_dates

    text = Path(path).read_text("utf-8")
    find_dates(made(0, 10 * _KB), reference=_DAY)
    times: list[float] = []
    while not times or (sum(times) < 1.0 and len(times) < 5):
        start = time.process_time()
        find_dates(text, reference=_DAY)
        times.append(time.process_time() - start)
    Path(figure).write_text(repr(min(times)), "ascii")


_TEXT = re.compile(r"<TEXT>(.*?)</TEXT>", re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")


def stripped(content: str) -> str:
    """The plain text of a file of TimeML; any other text as it is."""
    match = _TEXT.search(content)
    return html.unescape(_TAG.sub("", match[1])) if match else content


def _make(folder: str, kilobytes: str, source: str) -> None:
    """Write the texts to measure on, and documents of growing size."""
    target, growth = Path(folder) / "texts", Path(folder) / "growth"
    target.mkdir()
    growth.mkdir()
    if source:
        for path in sorted(path for path in Path(source).iterdir() if path.is_file()):
            (target / path.name).write_text(stripped(path.read_text("utf-8")), "utf-8", newline="")
    written, seed = 0, 0
    while not source and written < int(kilobytes) * _KB:
        seed += 1
        text = made(seed, (4, 8, 16, 32)[seed % 4] * _KB)
        written += len(text.encode("utf-8"))
        (target / f"text-{seed:04d}.txt").write_text(text, "utf-8", newline="")
    # One seed for all sizes: the longer documents begin like the shorter ones.
    for size in _GROWTH:
        (growth / f"{size:05d}.txt").write_text(made(1, size * _KB), "utf-8", newline="")


# Made-up history

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
_WHO = (
    "the dockers of Lowmere", "Anna Verrill", "the printers", "the provincial council", "Josef Mander",
    "the strike committee", "a delegation of teachers", "the old guard of the party", "the garrison",
    "Elise Corvin and her brother", "the 3rd Army", "the Second Congress", "some 1,500 sailors",
)  # fmt: skip
_DID = (
    "refused to unload the ships", "demanded bread and an answer", "printed a leaflet against the governor",
    "met behind closed doors in Old Karsk", "left the capital without a word", "voted by 214 to 96 for peace",
    "was arrested at the bridge and taken to the fortress", "returned to the question of the land",
    "wrote a long letter about the hopeless state of the railways",
    "signed the agreement (p. 48) with regret",
)  # fmt: skip
_THEN = (
    "although nobody had expected it", "while the newspapers kept silent", "and the harbour stood empty",
    "because the treasury could not pay", "so that the whole quarter spoke of nothing else",
    "which the ministers denied", "as the minutes of the council show", "and the matter rested there",
)  # fmt: skip
# The kinds of dates; {d} is a day, {e} a later one, {m} a month, {y} a year, {z} a later one, {w} a weekday.
_WHEN = (
    "on {d} {m} {y}", "on {m} {d}, {y}", "on {d} {m} {y}", "on {m} {d}, {y}", "in {m} {y}", "in {m} {y}",
    "in {y}", "in {y}", "in {y}", "on {m} {d}", "on {d} {m}", "on the {d}th of {m}", "in {m}", "by {m}",
    "on {w}", "on {w}, {d} {m} {y}", "the next day", "two days later", "the following week", "that year",
    "in the same month", "in early {m}", "at the end of {y}", "in mid-{m} {y}", "towards the end of {m} {y}",
    "in the spring of {y}", "that winter", "in the autumn", "in the 1890s", "in the late twenties",
    "in the nineteenth century", "from {d} to {e} {m} {y}", "between {m} {y} and {m} {z}", "in {y}–{z}",
    "since {y}", "until {m} {y}", "before {y}", "since at least {y}", "on 10/22 {m} {y}",
    "on 25 October (7 November) {y}", "on {d}.IX.{y}", "on the morning of {d} {m}", "at 9 o’clock on {w}",
    "for three weeks", "for ten years", "for half a century", "every {w}", "on May Day {y}", "at Easter {y}",
    "yesterday", "last month", "three years ago", "on the {d}th inst.", "in ’{s}", "on the {d}th", "today",
)  # fmt: skip


def made(seed: int, size: int) -> str:
    """A history of about `size` bytes, a date to thirty words, the same bytes on every machine."""
    random = Random(seed)  # only `Random.random` is used, whose numbers are the same in every Python

    def pick(choices: Sequence[str]) -> str:
        return choices[int(random.random() * len(choices))]

    def sentence(year: int) -> str:
        parts = [pick(_WHO), pick(_DID), pick(_THEN)]
        if random.random() < 0.6:
            day = 4 + int(random.random() * 12)
            when = pick(_WHEN).format(
                d=day,
                e=day + 7,
                m=pick(_MONTHS),
                y=year,
                z=year + 1,
                w=pick(_WEEKDAYS),
                s=f"{year % 100:02d}",
            )
            if random.random() < 0.4:
                parts[0] = f"{when}, {parts[0]}"
            else:
                parts[1] += f" {when}"
        text = f"{parts[0]} {parts[1]}, {parts[2]}"
        return f"{text[0].upper()}{text[1:]}."

    blocks: list[str] = []
    length = 0
    while length < size:
        year = 1871 + int(random.random() * 65)
        blocks.append(" ".join(sentence(year) for _ in range(3 + int(random.random() * 5))))
        length += len(blocks[-1].encode("utf-8")) + 2
    return "\n\n".join(blocks) + "\n"


_ROLES: Mapping[str, Callable[..., Any]] = {
    "make": _make,
    "ours": _ours,
    "dateparser": _dateparser,
    "grow": _grow,
}

if __name__ == "__main__":
    try:
        if sys.argv[1:2] == ["--as"]:
            _ROLES[sys.argv[2]](*sys.argv[3:])
        else:
            main()
    except processes.FailedError as failure:
        sys.exit(f"bench: {failure}")
