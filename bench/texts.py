"""Raw texts for the benchmark: the same bytes on every machine, in the layouts of an archive.

Run as a program, `texts.py FOLDER SIZE` writes what `bench/encode.py` measures, so that the measuring process
itself stays small.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

KB = 1024
GROWTH = (10, 100, 1_000, 10_000)
SEEDS = Path(__file__).parent.parent / "corpus" / "raw"

_WORDS = """
    the the the of of of and and to to a in in that it is was for on with as they we had not from by his
    her their but which there were be at no one all when who will this have would more against between
    under workers peasants printers delegates council strike committee assembly harvest railway factory
    winter bread question answer republic history speech paper street harbour teachers sailors wages
    prison letter meeting resolution majority danger hunger peace war land law school bridge evening
    morning year month village city new old long great small last first whole public certain bitter
    common hopeless honest later never always spoke wrote demanded refused printed travelled arrested
    elected waited believed answered gathered returned
""".split()  # noqa: SIM905
_PLACES = ("Port Ambrose", "Vell", "Old Karsk", "Lowmere", "Saint-Avit", "Tarnow Bridge")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_PERSONS = ("Anna Verrill", "Josef Mander", "Elise Corvin", "Tom Harrow", "Ilya Brenn", "Marta Osgood")
_PAPERS = ("The Printers’ Voice", "Labour Quarterly", "The Lowmere Herald", "New Harbour")


class Writer:
    """Writes one text; only `Random.random` is used, whose numbers are the same in every Python."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.notes = 0

    def pick(self, choices: tuple[str, ...] | list[str]) -> str:
        return choices[int(self.random.random() * len(choices))]

    def number(self, low: int, high: int) -> int:
        """A number between the two, both included."""
        return low + int(self.random.random() * (high - low + 1))

    def words(self, low: int, high: int) -> str:
        return " ".join(self.pick(_WORDS) for _ in range(self.number(low, high)))

    def date(self) -> str:
        return f"{self.pick(_MONTHS)} {self.number(1, 28)}, {self.number(1905, 1939)}"

    def sentence(self) -> str:
        said = self.words(5, 24)
        chance = self.random.random()
        if chance < 0.12:
            said += f" on {self.date()} in {self.pick(_PLACES)}"
        elif chance < 0.24:
            said += f", wrote {self.pick(_PERSONS)}, “{self.words(4, 12)},” {self.words(2, 6)}"
        elif chance < 0.30:
            said += f" ({self.words(2, 6)} – {self.number(2, 900)} of them)"
        return said[0].upper() + said[1:] + "."

    def paragraph(self, low: int = 2, high: int = 7) -> str:
        return " ".join(self.sentence() for _ in range(self.number(low, high)))

    def prose(self) -> Iterator[str]:
        for _ in range(self.number(2, 5)):
            yield self.paragraph()

    def section(self) -> Iterator[str]:
        heading = self.words(2, 6)
        numbered = f"{self.number(1, 12)}. " if self.random.random() < 0.3 else ""
        yield heading.upper() if self.random.random() < 0.3 else f"{numbered}{heading.title()}"
        yield from self.prose()

    def annotated(self) -> Iterator[str]:
        """Paragraphs with markers; the bodies come at the end of the text."""
        for _ in range(self.number(2, 4)):
            self.notes += 1
            yield f"{self.paragraph()}[{self.notes}] {self.sentence()}"

    def listed(self) -> Iterator[str]:
        yield f"{self.words(4, 8).capitalize()}:"
        form = self.pick(("  {}. ", "  {}) ", "  * "))
        yield "\n".join(form.format(n) + self.sentence() for n in range(1, self.number(3, 8)))

    def verse(self) -> Iterator[str]:
        for _ in range(self.number(2, 4)):
            yield "\n".join(f"    {self.words(5, 8).capitalize()}," for _ in range(4))

    def letter(self) -> Iterator[str]:
        yield f"{self.pick(_PLACES)}, {self.date()}"
        yield f"Dear {self.pick(_PERSONS)},"
        yield from self.prose()
        yield "With fraternal greetings,"
        yield self.pick(_PERSONS)
        if self.random.random() < 0.4:
            yield f"P.S. {self.paragraph(1, 2)}"

    def dialogue(self) -> Iterator[str]:
        for _ in range(self.number(2, 4)):
            yield f"Question: {self.sentence()}"
            yield f"Answer: {self.paragraph(1, 3)}"

    def separated(self) -> Iterator[str]:
        yield "* * *"
        yield f"“{self.paragraph(2, 3)}”"

    def masthead(self) -> Iterator[str]:
        author, paper = self.pick(_PERSONS), self.pick(_PAPERS)
        yield f"{author} {self.number(1905, 1939)}"
        yield self.words(3, 7).title()
        yield (
            f"First Published: {paper}, No. {self.number(1, 90)}, {self.date()};\n"
            f"Source: {paper}. {self.pick(_PLACES)} {self.number(1950, 1990)};\n"
            f"Translated: for 2005 by {self.pick(_PERSONS)};\n"
            "CopyLeft: Creative Commons (Attribute & ShareAlike) 2006."
        )

    def note_bodies(self) -> Iterator[str]:
        yield "Notes"
        yield from (f"{n}. {self.paragraph(1, 2)}" for n in range(1, self.notes + 1))

    def ending(self) -> Iterator[str]:
        if self.notes:
            yield from self.note_bodies()
        yield f"Last updated on {self.number(1, 28)} {self.pick(_MONTHS)} {self.number(2004, 2015)}"

    def parts(self) -> Iterator[str]:
        """Parts of a text, in every layout, without end."""
        layouts: tuple[Callable[[], Iterator[str]], ...] = (
            self.prose,
            self.section,
            self.section,
            self.annotated,
            self.listed,
            self.verse,
            self.letter,
            self.dialogue,
            self.separated,
        )
        while True:
            yield from layouts[self.number(0, len(layouts) - 1)]()


def text(seed: int, size: int) -> str:
    """A whole text of about `size` characters: masthead, imprint, parts in every layout, notes, last line."""
    writer = Writer(seed)
    blocks = list(writer.masthead())
    length = sum(map(len, blocks))
    for part in writer.parts():
        blocks.append(part)
        length += len(part) + 2
        # The notes at the end add about a tenth.
        if length >= size * 0.9:
            break
    return "\n\n".join([*blocks, *writer.ending()]) + "\n"


def book(seed: int, size: int) -> str:
    """A text of about `size` characters in chapters, each with notes of its own, numbered from 1."""
    writer = Writer(seed)
    blocks = list(writer.masthead())
    length = sum(map(len, blocks))
    while length < size:
        writer.notes = 0
        chapter = [*writer.section(), *writer.annotated(), *writer.note_bodies()]
        blocks += chapter
        length += sum(map(len, chapter)) + 2 * len(chapter)
    return "\n\n".join(blocks) + "\n"


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Name and text of small texts, a page to a long article each, until there are `size` bytes of them."""
    written = 0
    for path in sorted(SEEDS.glob("*.txt")):
        seed_text = path.read_text("utf-8")
        written += len(seed_text.encode("utf-8"))
        yield path.name, seed_text
    seed = 0
    while written < size:
        seed += 1
        made = text(seed, (2, 4, 8, 16)[seed % 4] * KB)
        written += len(made.encode("utf-8"))
        yield f"text-{seed:04d}.txt", made


def main(folder: Path, size: int) -> None:
    """Write the small texts, the same as one document, and documents of growing size."""
    made = list(texts(size))
    (folder / "small").mkdir()
    for name, content in made:
        (folder / "small" / name).write_text(content, "utf-8", newline="")
    joined = "\n\n".join(content for _, content in made)
    (folder / "large").mkdir()
    (folder / "large" / "all.txt").write_text(joined, "utf-8", newline="")
    # One seed for all sizes: the longer documents begin like the shorter ones.
    for name, make in (("growth", text), ("chapters", book)):
        (folder / name).mkdir()
        for kilobytes in GROWTH:
            path = folder / name / f"{kilobytes:05d}.txt"
            path.write_text(make(1, kilobytes * KB), "utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
