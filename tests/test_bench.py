"""The benchmark's own parts, and the law that it measures: time grows with the length of a text."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tei_serge import encode

_BENCH = Path(__file__).parent.parent / "bench"
_KB = 1024


def _load(name: str) -> ModuleType:
    """A module of `bench/`, under a name of its own: `texts` is the name of others, too."""
    specification = importlib.util.spec_from_file_location(f"bench_{name}", _BENCH / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module


texts = _load("texts")
growth = _load("growth")
processes = _load("processes")


def test_texts_are_the_same_every_time() -> None:
    assert texts.text(7, 4 * _KB) == texts.text(7, 4 * _KB)
    assert texts.text(7, 4 * _KB) != texts.text(8, 4 * _KB)


def test_small_texts_begin_with_the_seeds_and_fill_the_size() -> None:
    made = list(texts.texts(60 * _KB))
    assert [name for name, _ in made][:2] == sorted(path.name for path in texts.SEEDS.glob("*.txt"))
    assert 60 * _KB <= sum(len(content.encode()) for _, content in made) < 80 * _KB
    assert len({content for _, content in made}) == len(made)


def test_texts_hold_every_layout_that_they_promise() -> None:
    document = encode(texts.text(3, 30 * _KB), "sample")
    tags = {str(node.tag).rpartition("}")[2] for node in document.to_tei().iter()}
    assert {"byline", "head", "p", "list", "lg", "opener", "closer", "salute", "signed", "ref"} <= tags
    assert {"note", "ab", "dateline", "bibl"} <= tags


def test_a_failing_command_is_told_with_its_words() -> None:
    with pytest.raises(processes.FailedError, match=r"ended with 3: no such thing"):
        processes.run(
            [sys.executable, "-c", "import sys; print('no such thing', file=sys.stderr); sys.exit(3)"]
        )


def test_the_cost_of_several_processes_is_the_sum_of_times_and_the_largest_peak() -> None:
    # A child begins with the peak of its parent, which is large here: ask for more than that.
    size = processes.peak() + 100_000_000
    commands = [[sys.executable, "-c", "pass"], [sys.executable, "-c", f"b = bytearray({size})"]]
    small, large = (processes.run(command) for command in commands)
    assert 0 < small.cpu < 10
    assert small.peak < size <= large.peak
    assert processes.run_all(commands).peak >= size


_HEAD = "Jane Doe 1912\n\nOn Clocks\n\nSource: The Clock, May 1912;\n\n"
_HOSTILE = {
    "one paragraph of lines": ("", "abc\n", ""),
    "lines of one chunk": ("", "By Jane Doe\n", ""),
    "one paragraph of markers": (_HEAD, "A [1] b.", "\n\nNotes\n\n1. Body.\n"),
    "one paragraph of controls": (_HEAD, "all the clocks\x01 ", ""),
    "stars": (_HEAD, "Word* and.\n\n", "* body one\n\n" * 700),
    "notes by chapter": (_HEAD, "Text [1] is here.\n\nNotes\n\n1. All.\n\nPart Two\n\n", ""),
    "runs of labels": (_HEAD, "  5. x\n\n", "1. zz\n"),
    "headings": ("", "Title line\n\n", ""),
    "names": (_HEAD + "The clocks disagree.\n\n", "Jane Doe\n", ""),
    "table": (_HEAD, "a\tb\tc\n", ""),
}


@pytest.mark.parametrize("kind", _HOSTILE)
def test_time_grows_with_the_length_of_a_text_that_repeats_itself(kind: str) -> None:
    # By processor time, the best of three at most; four times the text, and a square law would give sixteen.
    before, line, behind = _HOSTILE[kind]
    data = [(before + line * (size // len(line)) + behind).encode() for size in (6_000, 24_000)]
    best = [float("inf"), float("inf")]
    for _ in range(3):
        best = [min(took, growth.seconds(text, "x.txt")) for took, text in zip(best, data, strict=True)]
        if best[1] <= 7 * best[0]:
            break
    assert best[1] <= 7 * best[0]


@pytest.mark.slow
def test_time_grows_with_the_length_of_a_document() -> None:
    # By processor time, the best of three at most; a square law would give ten.
    data = {size: texts.text(1, size * _KB).encode("utf-8") for size in (200, 2_000)}
    best = dict.fromkeys(data, float("inf"))
    for _ in range(3):
        for size, content in data.items():
            best[size] = min(best[size], growth.seconds(content, "long.txt") / len(content))
        if best[2_000] / best[200] <= 1.6:
            break
    assert best[2_000] / best[200] <= 1.6
