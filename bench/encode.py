"""Measure how fast tei_serge encodes, beside pandoc (markdown to TEI), in one run.

    python bench/encode.py [--runs N] [--size KB] [--json FILE]

Each figure is that of a fresh process; the tables give medians. Absolute times mean nothing on a shared
machine: look at the ratios, for which the two programs take turns.
"""

import argparse
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import processes
from linear import growth_ratio, print_growth
from processes import Cost

_HERE = Path(__file__).parent
_KB = 1024
_MB = 1024 * 1024
# What is measured of ours: everything, and the structure and header alone, which is what pandoc reads, too.
_OURS = {"tei_serge": "all", "tei_serge, structure": "none"}
_GROWTH = {"growth": "one document, without start-up", "chapters": "the same, notes chapter by chapter"}
Results = dict[str, list[Cost]]


def main() -> None:
    """Measure, print the tables, write the figures."""
    options = _options()
    pandoc = _pandoc()
    if pandoc is None:
        print("pandoc is missing (pip install pypandoc_binary): measuring tei_serge alone.\n")
    with tempfile.TemporaryDirectory(prefix="tei-serge-bench-") as name:
        folder = Path(name)
        processes.run([sys.executable, str(_HERE / "texts.py"), name, str(options.size * _KB)])
        processes.run([sys.executable, "-m", "tei_serge", "--version"])  # compiles the modules
        results = _throughput(folder, pandoc, options.runs)
        growth = {name: _growth(folder, name, options.runs) for name in _GROWTH}
        sizes = {kind: _size(folder / kind) for kind in ("small", "large")}
        small = len(list((folder / "small").iterdir()))
    version = _version(pandoc) if pandoc else None
    kilobytes = sizes["small"] / _KB
    print(f"{small} texts, {kilobytes:,.0f} KB; median of {options.runs} runs; {version or 'no peer'}\n")
    _print_throughput(results, sizes)
    for name, title in _GROWTH.items():
        print_growth(title, growth[name])
    print("Absolute times mean nothing on a shared machine; compare ratios.")
    if options.json:
        figures = _figures(results, sizes, growth)
        text = json.dumps({"texts": small, "runs": options.runs, "peer": version, **figures}, indent=2)
        options.json.write_text(text + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure tei_serge beside pandoc.")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often to measure (3)")
    parser.add_argument(
        "--size", type=int, default=1_100, metavar="KB", help="how much text to encode (1,100)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    options = parser.parse_args()
    if options.runs < 1 or options.size < 1:
        parser.error("--runs and --size must be at least 1")
    return options


def _pandoc() -> str | None:
    """The pandoc that pypandoc_binary brings, else the one of the system."""
    try:
        return str(importlib.import_module("pypandoc").get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc")


def _version(pandoc: str) -> str:
    return subprocess.run([pandoc, "--version"], capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )[0]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _throughput(folder: Path, pandoc: str | None, runs: int) -> Results:
    """Measure both programs in turn, so that a busy minute of the machine meets both."""
    results: Results = {}
    for _ in range(runs):
        for kind in ("small", "large"):
            files = sorted(str(path) for path in (folder / kind).iterdir())
            out = folder / "out"
            ours = [sys.executable, "-m", "tei_serge", "encode", str(folder / kind), "-o", str(out)]
            for name, layers in _OURS.items():
                _keep(results, f"{kind} {name}", [[*ours, "--jobs", "1", "--quiet", "--annotate", layers]])
                if len(list(out.glob("*.xml"))) != len(files):
                    raise processes.FailedError(f"not all of {len(files)} texts were encoded")
                shutil.rmtree(out)
            if pandoc:
                peer = [pandoc, "-f", "markdown", "-t", "tei", "-s", "-o", str(folder / "peer.xml")]
                _keep(results, f"{kind} pandoc", [[*peer, *files]])
                if kind == "small":
                    _keep(results, "small pandoc, a call per text", [[*peer, file] for file in files])
    return results


def _keep(results: Results, name: str, commands: Sequence[Sequence[str]]) -> None:
    results.setdefault(name, []).append(processes.run_all(commands))


def _growth(folder: Path, name: str, runs: int) -> Mapping[int, float]:
    """Seconds of processor time for one document, by its size in bytes."""
    figure = folder / "figure"
    times: dict[int, list[float]] = {}
    for _ in range(runs):
        for path in sorted((folder / name).iterdir()):
            processes.run([sys.executable, str(_HERE / "growth.py"), str(path), str(figure)])
            times.setdefault(path.stat().st_size, []).append(float(figure.read_text("ascii")))
    return {size: median(found) for size, found in times.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(c.peak for c in costs)),
    )


def _ratios(results: Results, ours: str, peer: str) -> Mapping[str, float]:
    """Ours to pandoc's, run by run, then the median: throughput by clock and by processor, peak memory."""
    pairs = list(zip(results[ours], results[peer], strict=True))
    return {
        "throughput": median(theirs.wall / own.wall for own, theirs in pairs),
        "throughput per processor second": median(theirs.cpu / own.cpu for own, theirs in pairs),
        "memory": median(own.peak / theirs.peak for own, theirs in pairs),
    }


def _peers(results: Results, kind: str) -> list[str]:
    return [name for name in results if name.startswith(f"{kind} pandoc")]


def _pairs(results: Results, kind: str) -> list[tuple[str, str]]:
    """What of ours is compared with what of pandoc's."""
    return [(f"{kind} {ours}", peer) for peer in _peers(results, kind) for ours in _OURS]


def _print_throughput(results: Results, sizes: Mapping[str, int]) -> None:
    titles = {"small": "small texts, one process", "large": "the same as one document"}
    for kind, title in titles.items():
        print(f"{title:<40} {'KB/s':>8} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}")
        for name in (*(f"{kind} {ours}" for ours in _OURS), *_peers(results, kind)):
            cost = _median(results[name])
            rate = sizes[kind] / _KB / cost.wall
            label = name.removeprefix(f"{kind} ")
            print(f"  {label:<38} {rate:8,.0f} {cost.wall:8.2f} {cost.cpu:8.2f} {cost.peak / _MB:8.0f}")
        for ours, peer in _pairs(results, kind):
            ratios = _ratios(results, ours, peer)
            print(
                f"  {ours.removeprefix(f'{kind} ')} / {peer.removeprefix(f'{kind} ')}:"
                f" throughput {ratios['throughput']:.2f}"
                f" (per processor second {ratios['throughput per processor second']:.2f}),"
                f" memory {ratios['memory']:.2f}"
            )
        print()


def _figures(
    results: Results, sizes: Mapping[str, int], growth: Mapping[str, Mapping[int, float]]
) -> Mapping[str, Any]:
    return {
        "bytes": sizes,
        "costs": {name: [cost._asdict() for cost in costs] for name, costs in results.items()},
        "ratios": {
            f"{ours} / {peer}": _ratios(results, ours, peer)
            for kind in sizes
            for ours, peer in _pairs(results, kind)
        },
        "growth": {name: {str(size): took for size, took in found.items()} for name, found in growth.items()},
        "growth per KB": {name: growth_ratio(found) for name, found in growth.items()},
    }


if __name__ == "__main__":
    try:
        main()
    except processes.FailedError as failure:
        sys.exit(f"bench: {failure}")
