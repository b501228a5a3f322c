"""Encoded texts for the benchmark of sites: registers, names, dates, events and notes; the same everywhere.

Run as a program, `site_texts.py FOLDER NUMBER` writes what `bench/site.py` measures. The words are made up: a
few of them frequent and most of them rare, as in any language; persons, places, bodies and works come back
from text to text.
"""

import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

_WORDS_OF_A_TEXT = 1_500
_COMMON = """
    the of and to a in that it is was for on with as they we had not from by his her their but which
""".split()  # noqa: SIM905
_BEGIN = "b br c ch d dr f g gr h j k l m n p pr qu r s sh st t tr v w z".split()  # noqa: SIM905
_MIDDLE = "a e i o u ai ea ou ia".split()  # noqa: SIM905
_END = "n r s l t nd rk m st ne ve th ck ly ng".split()  # noqa: SIM905
_MONTHS = ("January", "March", "May", "July", "August", "October", "November", "December")
_KINDS = {"person": (3_000, 14), "place": (600, 8), "org": (250, 4), "bibl": (400, 3)}
_TYPES = ("arrest", "strike", "congress", "publication", "death", "trial")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t{number}">
  <teiHeader xml:lang="en"><fileDesc>
    <titleStmt><title level="a" type="main">{title}</title>
      <author><persName>{author}</persName></author></titleStmt>
    <publicationStmt><publisher>Made up for a benchmark</publisher><availability status="free">
      <licence target="https://creativecommons.org/publicdomain/zero/1.0/"><p>Free.</p></licence>
    </availability></publicationStmt>
    <sourceDesc><p>No source: the words are drawn by chance.</p></sourceDesc></fileDesc>
    <profileDesc><creation><date type="composition" when="{date}">{date}</date></creation>
      <langUsage><language ident="en">English</language></langUsage></profileDesc>
  </teiHeader>
  <text xml:lang="en"><body><div xml:id="article"><head xml:id="h1">{title}</head>
"""


class Chance:
    """Draws by chance; only `Random.random` is used, whose numbers are the same in every Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, number: int) -> int:
        return int(self._random.random() * number)

    def rank(self, number: int) -> int:
        """A number below another, the small ones far more often than the large ones."""
        return int(number ** self._random.random()) - 1

    def pick(self, choices: Sequence[str]) -> str:
        return choices[self.below(len(choices))]


@cache
def vocabulary() -> tuple[str, ...]:
    """All words, the frequent ones first."""
    chance = Chance(1)
    made = dict.fromkeys(_COMMON)
    while len(made) < 20_000:
        syllables = 1 + chance.below(3)
        word = "".join(chance.pick(_BEGIN) + chance.pick(_MIDDLE) for _ in range(syllables)) + chance.pick(
            _END
        )
        made[word] = None
    return tuple(made)


@cache
def names(kind: str) -> tuple[str, ...]:
    """All names of a kind."""
    chance = Chance(sum(map(ord, kind)))
    many = _KINDS[kind][0]

    def word() -> str:
        return vocabulary()[200 + chance.below(15_000)].capitalize()

    forms: dict[str, Callable[[], str]] = {
        "person": lambda: f"{word()} {word()}",
        "place": word,
        "org": lambda: f"{word()} Committee of {word()}",
        "bibl": lambda: f"The {word()} and the {word()}",
    }
    return tuple(forms[kind]() for _ in range(many))


def text(number: int) -> str:
    """One encoded text."""
    chance = Chance(number + 10)
    cast = {kind: sorted({chance.rank(many) for _ in range(few)}) for kind, (many, few) in _KINDS.items()}
    events: list[str] = []
    notes = 0
    blocks: list[str] = []
    words = 0
    while words < _WORDS_OF_A_TEXT:
        sentences = []
        for _ in range(3 + chance.below(5)):
            said = escape(" ".join(vocabulary()[chance.rank(20_000)] for _ in range(6 + chance.below(16))))
            words += said.count(" ") + 1
            sentences.append(_sentence(said, chance, cast, events))
        if chance.below(3) == 0:
            notes += 1
            sentences.append(f'<ref xml:id="r{notes}" type="note" target="#n{notes}">[{notes}]</ref>')
        blocks.append(f'<p xml:id="p{len(blocks) + 1}">{" ".join(sentences)}</p>\n')
    title = " ".join(vocabulary()[chance.rank(5_000)].capitalize() for _ in range(2 + chance.below(4)))
    author = names("person")[chance.rank(60)]
    date = f"{1905 + chance.below(40)}-{1 + chance.below(9):02}-{10 + chance.below(18)}"
    head = _HEAD.format(number=number, title=title, author=author, date=date)
    ends = "".join(
        f'<note xml:id="n{place}" type="source" n="{place}" target="#r{place}">'
        f"<p>{vocabulary()[place + 300]} {vocabulary()[chance.rank(9_000)]}.</p></note>\n"
        for place in range(1, notes + 1)
    )
    back = f'<back><div type="notes">{ends}</div></back>'
    return f"{head}{''.join(blocks)}</div></body>{back}</text>{_registers(cast, events)}</TEI>"


def _sentence(said: str, chance: Chance, cast: dict[str, list[int]], events: list[str]) -> str:
    drawn = chance.below(10)
    kind = ("person", "person", "person", "place", "place", "org", "bibl")[chance.below(7)]
    tag = {"person": "persName", "place": "placeName", "org": "orgName", "bibl": "title"}[kind]
    who = cast[kind][chance.below(len(cast[kind]))]
    name = f'<{tag} ref="#{kind}-{who}" ana="#rN1">{names(kind)[who]}</{tag}>'
    year, month = 1905 + chance.below(40), 1 + chance.below(12)
    if drawn < 5:
        return f"{said} {name}."
    if drawn < 7:
        date = f'<date when="{year}-{month:02}" cert="high" ana="#rD1">{_MONTHS[month % 8]} {year}</date>'
        return f"{said} {date}."
    if drawn == 7 and len(events) < 6:
        id = len(events) + 1
        person = cast["person"][chance.below(len(cast["person"]))]
        events.append(
            f'<event xml:id="ev{id}" type="{chance.pick(_TYPES)}" cert="medium"'
            f' when="{year}-{month:02}-1{chance.below(9)}">'
            f"<label>{said[:40].rpartition(' ')[0].capitalize()}</label>"
            f'<ptr type="participant" target="#person-{person}"/><ptr type="span" target="#s{id}"/></event>'
        )
        return f'<seg type="event" xml:id="s{id}" corresp="#ev{id}">{said} {name}.</seg>'
    return f"{said}."


def _registers(cast: dict[str, list[int]], events: list[str]) -> str:
    def named(kind: str, tag: str, name: str) -> str:
        return "".join(
            f'<{tag} xml:id="{kind}-{one}"><{name}>{names(kind)[one]}</{name}></{tag}>\n'
            for one in cast[kind]
        )

    return (
        f"<standOff><listPerson>{named('person', 'person', 'persName')}</listPerson>"
        f"<listPlace>{named('place', 'place', 'placeName')}</listPlace>"
        f"<listOrg>{named('org', 'org', 'orgName')}</listOrg>"
        f"<listBibl>{named('bibl', 'bibl', 'title')}</listBibl>"
        + (f"<listEvent>{''.join(events)}</listEvent>" if events else "")
        + "</standOff>"
    )


def main(folder: Path, number: int) -> None:
    """Write the texts."""
    for one in range(number):
        (folder / f"text-{one:05}.xml").write_text(text(one), "utf-8", newline="")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
