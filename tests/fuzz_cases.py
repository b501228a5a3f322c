"""What the engine and jing are asked about: mutants of the project's own TEI and of documents from its schema."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from lxml import etree

from grammar_walk import Grammar, Walker
from mutants import Document, mutants, vocabulary
from mutations import ILL_FORMED, KINDS

HERE = Path(__file__).parent
OURS = HERE.parent / "schemas" / "tei_serge.rng"


class Case(NamedTuple):
    """A file to ask about, and how it was made."""

    kind: str
    what: str
    text: str


def corpus(paths: Iterable[Path]) -> list[str]:
    """The texts of XML files; folders give all that is in them, in order."""
    files = [file for path in paths for file in (sorted(path.rglob("*.xml")) if path.is_dir() else [path])]
    return [file.read_text("utf-8-sig") for file in files]


def default_corpus() -> list[str]:
    """The encodings that belong to the project."""
    golden = sorted((HERE / "cases").glob("*/tei.xml"))
    return corpus([HERE.parent / "corpus" / "tei", *golden])


def walked(seed: int, count: int) -> list[str]:
    """Small documents from our own schema, that together lead to so many of its elements, over many lines."""
    grammar = Grammar(OURS)
    random = Random(seed)
    walker = Walker(grammar, random)
    paths = list(grammar.paths().values())
    made = [walker.document(path, 40) for path in random.sample(paths, min(count, len(paths)))]
    return [
        re.sub(r"(</[^<>]+)>", _over_lines(random), etree.tostring(one, encoding="unicode")) for one in made
    ]


def _over_lines(random: Random) -> Callable[[re.Match[str]], str]:
    """A line end within an end tag: it changes the line of all that follows and nothing else."""
    return lambda tag: f"{tag[1]}\n>" if random.random() < 0.5 else tag[0]


def cases(bases: Sequence[Document], schema: Path, seed: int, count: int, ill_formed: int) -> Iterator[Case]:
    """Mutants of documents, some of them not well-formed."""
    words = vocabulary(schema)
    yield from (Case(*one) for one in mutants(bases, words, seed, count, KINDS))
    yield from (Case(*one) for one in mutants(bases, words, seed, ill_formed, ILL_FORMED, sound=False))
