"""Measure how fast tei_serge validates against TEI's own schema, beside jing and libxml2 (lxml), in one run.

    python bench/validate.py [--runs N] [--size MB] [--files N] [--schema FILE] [--json FILE]

Each figure is that of a fresh process, the grammar alone is checked, and all texts are valid. The tables give
medians; ratios are taken run by run, for which the programs take turns. Absolute times mean nothing on a
shared machine: look at the ratios. jing cannot say how long it loads a schema: its figure is a whole process
with a document of a few lines.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import processes
from processes import Cost

_HERE = Path(__file__).parent
_MB = 1024 * 1024
OURS, JING, LXML = "tei_serge", "jing", "lxml"
_CHECKED = "tei_serge, checked"

_LXML = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
parser = etree.XMLParser(huge_tree=True)
for path in sys.argv[2:]:
    schema.assertValid(etree.parse(path, parser))
"""


class Expected(NamedTuple):
    """A figure that is hoped for: at most so much."""

    what: str
    task: str
    peer: str
    most: float
    column: str = "wall"


EXPECTED = (
    Expected("one file of 10 KB", "one", JING, 0.35),
    Expected("many files of 10 KB", "files", JING, 0.6),
    Expected("large prose", "prose", JING, 0.8),
    Expected("large drama", "drama", JING, 1.5),
    Expected("memory, large prose", "prose", JING, 0.25, "peak"),
    Expected("memory, large drama", "drama", JING, 0.25, "peak"),
)
_LOAD = 0.040
"""The seconds that loading the schema may take."""

Results = dict[str, dict[str, list[Cost]]]
"""What was measured, by task and program."""


def main() -> None:
    """Measure, print the tables, write the figures."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="tei-serge-bench-") as name:
        folder = Path(name)
        texts = [sys.executable, str(_HERE / "tei_texts.py"), name, str(options.files), str(options.size)]
        processes.run(texts)
        tasks = _tasks(folder)
        results, loads = _measure(tasks, _programs(options.schema), options.schema, folder, options.runs)
        sizes = {task: sum(Path(path).stat().st_size for path in paths) for task, paths in tasks.items()}
    print(
        f"{options.files} files and {options.size} MB; median of {options.runs} runs; {options.schema.name}\n"
    )
    _print_loads(loads, results)
    _print_results(results, sizes)
    _print_expected(results, loads)
    print("\nAbsolute times mean nothing on a shared machine; compare ratios.")
    if options.json:
        figures = {
            "runs": options.runs,
            "bytes": sizes,
            "load": loads,
            "costs": {
                task: {name: [cost._asdict() for cost in costs] for name, costs in found.items()}
                for task, found in results.items()
            },
            "ratios": {
                task: {peer: _ratios(found, peer) for peer in (JING, LXML) if OURS in found and peer in found}
                for task, found in results.items()
            },
        }
        options.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how tei_serge validates, beside jing and lxml.")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often to measure (3)")
    parser.add_argument("--size", type=int, default=50, metavar="MB", help="how large a large text is (50)")
    parser.add_argument("--files", type=int, default=1_000, metavar="N", help="how many small files (1,000)")
    parser.add_argument(
        "--schema", type=Path, metavar="FILE", help="the schema, tei_all of TEI P5 by default"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    options = parser.parse_args()
    if min(options.runs, options.size, options.files) < 1:
        parser.error("--runs, --size and --files must be at least 1")
    options.schema = options.schema or _tei_all()
    if options.schema is None or not options.schema.is_file():
        parser.error("no tei_all: run `tei-serge schema install tei_all`, or give --schema")
    return options


def _tei_all() -> Path | None:
    """Where `schema install` puts it; asked in a process of its own, so that this one stays small."""
    with tempfile.TemporaryDirectory() as name:
        answer = Path(name) / "path"
        _as("where", answer)
        said = answer.read_text("utf-8")
    return Path(said) if said else None


# The programs


def _programs(schema: Path) -> Mapping[str, Sequence[str]]:
    """The commands, to which files are added; says which are missing."""
    ours = [
        sys.executable,
        "-m",
        "tei_serge",
        "validate",
        "--quiet",
        "--schema",
        str(schema),
        "--grammar-only",
    ]
    programs: dict[str, Sequence[str]] = {OURS: ours}
    if jing := shutil.which("jing"):
        programs[JING] = [jing, str(schema)]
    else:
        print("jing is missing (Debian package jing): left out.")
    programs[LXML] = [sys.executable, "-c", _LXML, str(schema)]
    return programs


def _tasks(folder: Path) -> Mapping[str, Sequence[str]]:
    """The files of each task."""
    small = sorted(str(path) for path in (folder / "small").iterdir())
    large = {name: [str(folder / f"{name}.xml")] for name in ("prose", "drama")}
    return {"empty": [str(folder / "empty.xml")], "one": small[:1], "files": small, **large}


def _as(role: str, *arguments: object) -> Cost:
    """Run a part of this file in a process of its own."""
    return processes.run([sys.executable, str(_HERE / "validate.py"), "--as", role, *map(str, arguments)])


def _measure(
    tasks: Mapping[str, Sequence[str]],
    programs: Mapping[str, Sequence[str]],
    schema: Path,
    folder: Path,
    runs: int,
) -> tuple[Results, dict[str, list[float]]]:
    """Every task with every program in turn, so that a busy minute of the machine meets all of them."""
    # What lxml needs for a document of a few lines is its load, which is measured already.
    results: Results = {
        task: {name: [] for name in programs if (task, name) != ("empty", LXML)} for task in tasks
    }
    loads: dict[str, list[float]] = {OURS: [], _CHECKED: [], LXML: []}
    processes.run([*programs[OURS], *tasks["empty"]])  # compiles the modules
    for _ in range(runs):
        for name, seconds in loads.items():
            _as(f"load {name}", schema, folder / "seconds")
            seconds.append(float((folder / "seconds").read_text("ascii")))
        for task, found in results.items():
            for name, costs in found.items():
                costs.append(processes.run([*programs[name], *tasks[task]]))
    return results, loads


# The tables


def _middle(costs: Sequence[Cost], column: str) -> float:
    return float(median(getattr(cost, column) for cost in costs))


def _ratios(found: Mapping[str, Sequence[Cost]], peer: str) -> Mapping[str, float]:
    """Ours to the peer's, run by run, then the median."""
    pairs = list(zip(found[OURS], found[peer], strict=True))
    return {
        column: median(getattr(own, column) / getattr(other, column) for own, other in pairs)
        for column in Cost._fields
    }


def _print_loads(loads: Mapping[str, Sequence[float]], results: Results) -> None:
    print("loading the schema, milliseconds of processor time")
    for name, seconds in loads.items():
        print(f"  {name:<24} {median(seconds) * 1_000:10,.0f}")
    if JING in results["empty"]:
        print(f"  {'jing (a whole process)':<24} {_middle(results['empty'][JING], 'wall') * 1_000:10,.0f}")
    print()


def _print_results(results: Results, sizes: Mapping[str, int]) -> None:
    heads = ("MB/s", "seconds", "cpu s", "peak MB", "time", "cpu", "memory")
    print(f"{'':<66}{'tei_serge / this one':^26}")
    print(f"{'task':<10} {'program':<12}" + "".join(f" {head:>8}" for head in heads))
    for task, found in results.items():
        for name, costs in found.items():
            wall, cpu, peak = (_middle(costs, column) for column in Cost._fields)
            row = f"{task:<10} {name:<12} {sizes[task] / _MB / wall:8.2f} {wall:8.2f} {cpu:8.2f}"
            row += f" {peak / _MB:8.0f}"
            if name != OURS:
                row += "".join(f" {ratio:8.2f}" for ratio in _ratios(found, name).values())
            print(row)
    print()


def _print_expected(results: Results, loads: Mapping[str, Sequence[float]]) -> None:
    """What is hoped for beside what was measured; on a busy machine processor time tells more."""
    print(f"{'expected at most':<32} {'expected':>9} {'measured':>9} {'of cpu':>9}")
    _print_one("load of the schema, ms", _LOAD * 1_000, median(loads[OURS]) * 1_000, "")
    for what, task, peer, most, column in EXPECTED:
        if peer in results[task]:
            ratios = _ratios(results[task], peer)
            cpu = f"{ratios['cpu']:9.2f}" if column == "wall" else ""
            _print_one(f"{what}, to {peer}", most, ratios[column], cpu)


def _print_one(what: str, most: float, measured: float, cpu: str) -> None:
    print(f"  {what:<30} {most:9.2f} {measured:9.2f} {cpu:>9}  {'yes' if measured <= most else 'NO'}")


# What runs in a process of its own


def _where(answer: str) -> None:
    from tei_serge.schema_store import installed

    Path(answer).write_text(str(installed("tei_all") or ""), "utf-8")


def _load_ours(schema: str, answer: str) -> None:
    """As the program loads a schema that it knows: without the check that the schema itself is correct."""
    from tei_serge.relaxng import load

    _timed(lambda: load(Path(schema), check=False), answer)


def _load_checked(schema: str, answer: str) -> None:
    from tei_serge.relaxng import load

    _timed(lambda: load(Path(schema), check=True), answer)


def _load_lxml(schema: str, answer: str) -> None:
    from lxml import etree

    _timed(lambda: etree.RelaxNG(etree.parse(schema)), answer)


def _timed(act: Callable[[], Any], answer: str) -> None:
    """The first load of a process, without the imports, in processor time: others change it least."""
    start = time.process_time()
    act()
    Path(answer).write_text(repr(time.process_time() - start), "ascii")


_ROLES: Mapping[str, Callable[..., None]] = {
    "where": _where,
    f"load {OURS}": _load_ours,
    f"load {_CHECKED}": _load_checked,
    f"load {LXML}": _load_lxml,
}

if __name__ == "__main__":
    try:
        if sys.argv[1:2] == ["--as"]:
            _ROLES[sys.argv[2]](*sys.argv[3:])
        else:
            main()
    except processes.FailedError as failure:
        sys.exit(f"bench: {failure}")
