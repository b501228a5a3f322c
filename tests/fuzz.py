"""Differential test of the RELAX NG engine against jing: mutants of TEI files, and random small schemas.

    python tests/fuzz.py [--seconds S] [--seed N] [--corpus PATH ...] [--schema PATH ...]

Asks both about the same files, prints every difference with the change that led to it, and keeps the files in
build/fuzz. The same seed makes the same mutants, round by round. Exit status 1 if there is any difference.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import random_schemas
from explained import Extent, explained, explained_refusal
from fuzz_cases import OURS, Case, cases, corpus, default_corpus, walked
from mutants import Document, encoded, well_formed
from tei_serge.relaxng import SchemaError, load
from tei_serge.schema_store import installed

Judge = Callable[[Path, Sequence[Path]], list[str]]
"""What jing prints about a schema and files; a file that is no XML must come alone, for it ends the run."""

KEPT = Path(__file__).parent.parent / "build" / "fuzz"
ROUND = 600
SCHEMAS_A_ROUND = 20
_MESSAGE = re.compile(r"(?P<path>.*?):(?P<line>\d+):(?P<column>\d+): (?P<kind>error|fatal): (?P<text>.*)")


class Message(NamedTuple):
    """An error or a fatal error of jing's."""

    line: int
    column: int
    kind: str
    text: str


class Difference(NamedTuple):
    """Where the two do not say the same: in the verdict, in the line, or because the engine broke."""

    about: str
    case: Case
    schema: str
    ours: str
    jing: str

    def __str__(self) -> str:
        return f"{self.about}: {self.case.what}\n    schema {self.schema}\n    ours: {self.ours}\n    jing: {self.jing}"


@dataclass
class Tally:
    """How many files were asked about, and what came of it."""

    valid: int = 0
    invalid: int = 0
    ill_formed: int = 0
    schemas: int = 0
    bad_schemas: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def __iadd__(self, other: "Tally") -> "Tally":
        for name in ("valid", "invalid", "ill_formed", "schemas", "bad_schemas", "explained", "differences"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def __str__(self) -> str:
        found = Counter(one.about for one in self.differences)
        return (
            f"{self.valid + self.invalid + self.ill_formed:,} files ({self.valid:,} valid, {self.invalid:,} invalid,"
            f" {self.ill_formed:,} not well-formed), {self.schemas:,} random schemas"
            f" ({self.bad_schemas:,} incorrect); other line, explained: {dict(self.explained) or 'none'};"
            f" differences: {dict(found) or 'none'}"
        )


# Asking and comparing


def valid_bases(texts: Sequence[str], schema: Path, folder: Path, judge: Judge) -> list[Document]:
    """The documents among these that jing finds valid, since a mutant of another has its first fault elsewhere."""
    files = _written([Case("", "", text) for text in texts], folder)
    wrong = _by_file(judge(schema, files))
    return [Document(text) for text, file in zip(texts, files, strict=True) if str(file) not in wrong]


def judge_of(program: str) -> Judge:
    """Ask a jing; for many processes at once, each a start of Java."""

    def judge(schema: Path, files: Sequence[Path]) -> list[str]:
        command = [program, str(schema), *map(str, files)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        messages = done.stdout.splitlines()
        if done.returncode and not messages:
            raise RuntimeError(f"jing failed: {done.stderr}")
        return messages

    return judge


def compare(schema: Path, asked: Sequence[Case], folder: Path, judge: Judge) -> Tally:
    """Ask jing and the engine about all cases under a schema that is correct."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _written(asked, folder)
    sound = [well_formed(case.text) for case in asked]
    whole = [file for file, good in zip(files, sound, strict=True) if good]
    broken = [file for file, good in zip(files, sound, strict=True) if not good]
    with ThreadPoolExecutor(2) as threads:
        said = list(threads.map(lambda some: judge(schema, some), [whole] if whole else []))
        said += threads.map(lambda one: judge(schema, [one]), broken)
    theirs = _by_file(line for messages in said for line in messages)
    engine = load(schema)
    tally = Tally()
    for case, file, good in zip(asked, files, sound, strict=True):
        try:
            ours = engine.faults(file.read_bytes())
        except Exception:
            tally.differences.append(Difference("crash", case, schema.name, traceback.format_exc(), ""))
            continue
        tally += judged(case, schema, ours, theirs.get(str(file), []), good)
    return tally


def judged(case: Case, schema: Path, ours: Sequence[Extent], theirs: Sequence[Message], good: bool) -> Tally:
    """Compare the two answers about one file."""
    tally = Tally()
    # jing looks for what IDREFs name when it has read all, in no order; the engine lists each where it stands.
    ours = sorted(ours, key=lambda fault: fault.kind == "missing-id")
    first = {theirs[0].line} if theirs else set()
    if theirs and theirs[0].text.startswith("IDREF "):
        first = {message.line for message in theirs}
    if not good:
        tally.ill_formed = 1
    elif theirs:
        tally.invalid = 1
    else:
        tally.valid = 1
    about = ""
    if bool(ours) != bool(theirs):
        about = "verdict"
    elif ours and good and not any(ours[0].line <= line <= ours[0].end_line for line in first):
        reason = next(filter(None, (explained(case.text, ours[0], line) for line in sorted(first))), "")
        tally.explained.update([reason] if reason else [])
        about = "" if reason else "line"
    if about:
        said = [" | ".join(map(str, some[:2])) or "valid" for some in (ours, theirs)]
        tally.differences.append(Difference(about, case, schema.name, *said))
    return tally


def compare_schema(seed: int, folder: Path, judge: Judge) -> Tally:
    """Make a random schema and documents for it, and ask both."""
    made = random_schemas.make(seed)
    folder.mkdir(parents=True, exist_ok=True)
    schema = folder / f"schema-{seed}.rng"
    schema.write_text(made.schema, "utf-8")
    asked = [Case("random schema", f"random schema {seed}", text) for text in made.documents]
    files = _written(asked, folder / f"{seed}")
    said = judge(schema, files)
    theirs = _by_file(said)
    refused = [line for line in said if not line.startswith(str(folder / f"{seed}"))]
    tally = Tally(schemas=1, bad_schemas=bool(refused))
    whole = Case("random schema", f"random schema {seed}", made.schema)
    try:
        engine = load(schema)
    except SchemaError as error:
        reason = "" if refused else explained_refusal(made.schema, str(error))
        tally.explained.update([reason] if reason else [])
        if not refused and not reason:
            tally.differences.append(Difference("schema", whole, schema.name, str(error), "correct"))
        return tally
    except Exception:
        tally.differences.append(
            Difference("crash", whole, schema.name, traceback.format_exc(), str(refused))
        )
        return tally
    if refused:
        tally.differences.append(Difference("schema", whole, schema.name, "correct", refused[0]))
        return tally
    for case, file in zip(asked, files, strict=True):
        try:
            ours = engine.faults(file.read_bytes())
        except Exception:
            tally.differences.append(Difference("crash", case, made.schema, traceback.format_exc(), ""))
            continue
        one = judged(case, schema, ours, theirs.get(str(file), []), True)
        one.differences = [difference._replace(schema=made.schema) for difference in one.differences]
        tally += one
    return tally


def _written(asked: Sequence[Case], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number:05}.xml" for number in range(len(asked))]
    for case, file in zip(asked, files, strict=True):
        file.write_bytes(encoded(case.text))
    return files


def _by_file(lines: Iterable[str]) -> dict[str, list[Message]]:
    """The messages of each file in jing's order; a message goes on where a line does not begin with a place."""
    found: dict[str, list[Message]] = {}
    for line in lines:
        if match := _MESSAGE.fullmatch(line):
            message = Message(int(match["line"]), int(match["column"]), match["kind"], match["text"])
            found.setdefault(match["path"], []).append(message)
    return found


# The long run


def main() -> None:
    """Fuzz for a while; print differences as they come and the numbers at the end."""
    options = _options()
    program = shutil.which("jing")
    if program is None:
        sys.exit("jing is missing: install the Debian package jing")
    judge = judge_of(program)
    shutil.rmtree(KEPT, ignore_errors=True)
    total, end, turn = Tally(), time.monotonic() + options.seconds, 0
    texts = default_corpus() + corpus(options.corpus)
    while turn == 0 or time.monotonic() < end:
        seed = options.seed * 1_000_000 + turn
        with tempfile.TemporaryDirectory(prefix="tei-serge-fuzz-") as name:
            for tally in _round(seed, texts, options.schema, Path(name), judge):
                for difference in tally.differences:
                    print(difference, "\n    kept as", _kept(difference, len(total.differences)))
                    total.differences.append(difference)
                tally.differences = []
                total += tally
        turn += 1
        print(f"round {turn}: {total}", flush=True)
    sys.exit(bool(total.differences))


def _round(
    seed: int, texts: Sequence[str], schemas: Sequence[Path], folder: Path, judge: Judge
) -> Iterator[Tally]:
    for number, schema in enumerate(schemas):
        place = folder / str(number)
        bases = valid_bases([*texts, *walked(seed, 60)], schema, place / "bases", judge)
        yield compare(schema, list(cases(bases, schema, seed + number, ROUND, 4)), place, judge)
    with ThreadPoolExecutor(2) as threads:
        seeds = range(seed * SCHEMAS_A_ROUND, (seed + 1) * SCHEMAS_A_ROUND)
        yield from threads.map(lambda one: compare_schema(one, folder / "random", judge), seeds)


def _kept(difference: Difference, number: int) -> Path:
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{number:04}-{difference.about}.xml"
    path.write_bytes(encoded(difference.case.text))
    path.with_suffix(".txt").write_text(f"{difference}\n", "utf-8")
    return path


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare the RELAX NG engine with jing on mutants.")
    parser.add_argument("--seconds", type=float, default=600, metavar="S", help="how long (600)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other mutants (1)")
    parser.add_argument(
        "--corpus", type=Path, nargs="+", default=[], metavar="PATH", help="more files or folders of TEI"
    )
    parser.add_argument(
        "--schema", type=Path, nargs="+", metavar="PATH", help="other schemas than tei_all and our own"
    )
    options = parser.parse_args()
    everything = installed("tei_all")
    options.schema = options.schema or [OURS, *([everything] if everything else [])]
    return options


if __name__ == "__main__":
    main()
