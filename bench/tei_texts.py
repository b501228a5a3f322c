"""Encodings for the benchmark of validators: the same bytes on every machine, valid TEI in made-up words.

Run as a program, `tei_texts.py FOLDER FILES MEGABYTES` writes what `bench/validate.py` measures, so that the
measuring process itself stays small.
"""

import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from xml.sax.saxutils import escape

from texts import KB, Writer

_MB = 1024 * 1024
_FILE = 10 * KB
_PLAYERS = 40
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
  <teiHeader>
    <fileDesc>
      <titleStmt><title type="main">{title}</title><author>{author}</author></titleStmt>
      <publicationStmt><p>Made up for a benchmark.</p></publicationStmt>
      <sourceDesc><p>No source: the words are drawn by chance.</p></sourceDesc>
    </fileDesc>
    <profileDesc>
      <particDesc><listPerson>{persons}</listPerson></particDesc>
    </profileDesc>
  </teiHeader>
  <text>
    <body>
"""
_DIV = "      <div "
_END = "      </div>\n"
_FOOT = "    </body>\n  </text>\n</TEI>\n"


class Encoder(Writer):
    """Writes TEI with the words of `Writer`."""

    def head(self) -> str:
        persons = "".join(
            f'\n        <person xml:id="who{n}" sex="unknown"><persName>{self.name()}</persName></person>'
            for n in range(_PLAYERS)
        )
        return _HEAD.format(title=self.title(), author=self.words(2, 2).title(), persons=persons)

    def phrase(self) -> str:
        """A sentence, with an element in it as often as not."""
        said, chance = escape(self.sentence()), self.random.random()
        year = self.number(1905, 1939)
        if chance < 0.5:
            return said
        inline = (
            f'<date when="{year}-0{self.number(1, 9)}-{self.number(10, 28)}">{year}</date>',
            f'<persName ref="#who{self.number(0, _PLAYERS - 1)}">{self.name()}</persName>',
            f"<placeName>{self.words(1, 1).title()}</placeName>",
            f'<hi rend="italic">{self.words(1, 4)}</hi>',
            f"<q>{self.words(3, 9)}</q>",
            f'<note place="bottom" n="{self.number(1, 90)}"><p>{escape(self.sentence())}</p></note>',
            f'<lb/><pb n="{self.number(1, 900)}" facs="page{year}.jpg"/>',
            f'<measure unit="roubles" quantity="{self.number(2, 900)}">some roubles</measure>',
        )
        return f"{said} {self.pick(inline)} {self.words(2, 5)}."

    def chapters(self) -> Iterator[str]:
        """Paragraphs, with the beginnings and ends of chapters between them, without end."""
        for number in count(1):
            yield f'{_DIV}type="chapter" n="{number}" xml:id="c{number}">\n'
            yield f"        <head>{self.title()}</head>\n        <p>{self.phrase()}</p>\n"
            for _ in range(self.number(3, 8)):
                sentences = "\n          ".join(self.phrase() for _ in range(self.number(3, 7)))
                yield f"        <p>{sentences}</p>\n"
            yield _END

    def scenes(self) -> Iterator[str]:
        """Speeches with stage directions: many elements and little text in each, without end."""
        for number in count(1):
            yield (
                f'{_DIV}type="scene" n="{number}" xml:id="s{number}">\n        <head>Scene {number}</head>\n'
                f'        <stage type="setting">{self.words(3, 9)}</stage>\n'
            )
            for speech in range(self.number(5, 20)):
                yield "".join(self.speech(f"s{number}.{speech}"))
            yield _END

    def speech(self, name: str) -> Iterator[str]:
        yield f'        <sp who="#who{self.number(0, _PLAYERS - 1)}" xml:id="{name}">\n'
        yield f"          <speaker>{self.name().upper()}</speaker>\n"
        if self.random.random() < 0.2:
            yield f'          <stage type="delivery" rend="italic">{self.words(1, 4)}</stage>\n'
        for line in range(self.number(1, 8)):
            yield f'          <l n="{line + 1}" part="N">{self.words(4, 8)}</l>\n'
        if self.random.random() < 0.1:
            stage = f'<stage type="business">{self.words(2, 4)}</stage>'
            yield f'          <p rend="prose">{self.words(8, 20)} {stage}</p>\n'
        yield "        </sp>\n"

    def name(self) -> str:
        return self.words(1, 2).title()

    def title(self) -> str:
        return self.words(2, 6).title()


def write(path: Path, writer: Encoder, parts: Iterator[str], size: int) -> None:
    """A document of about `size` characters."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        written = stream.write(writer.head())
        for part in parts:
            written += stream.write(part)
            if written >= size and not part.startswith(_DIV):
                stream.write("" if part == _END else _END)
                break
        stream.write(_FOOT)


def main(folder: Path, files: int, megabytes: int) -> None:
    """Write the small files, prose and drama in turn, a large one of each, and one of a few lines."""
    kinds: dict[str, Callable[[Encoder], Iterator[str]]] = {
        "prose": Encoder.chapters,
        "drama": Encoder.scenes,
    }
    (folder / "small").mkdir()
    for number in range(files):
        writer = Encoder(number)
        parts = list(kinds.values())[number % 2]
        write(folder / "small" / f"{number:04}.xml", writer, parts(writer), _FILE)
    for name, parts in kinds.items():
        writer = Encoder(1)
        write(folder / f"{name}.xml", writer, parts(writer), megabytes * _MB)
    head = _HEAD.format(title="None", author="Nobody", persons="<person/>")
    (folder / "empty.xml").write_text(f"{head}<p/>{_FOOT}", "utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
