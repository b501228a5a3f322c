"""What a page says of its text: who wrote and translated it, where it comes from, when, its licence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tei_serge.chronicle.date_words import date_words
from tei_serge.edition.header_model import Agent, Header, Licence, Source, When
from tei_serge.export.bibliography.languages import language_words
from tei_serge.export.markup.anchors import safe_target
from tei_serge.tables import read_table

__all__ = ["Fact", "Run", "about", "language_name", "sources_in_order"]

_ROLES = {
    "translator": "Translator",
    "editor": "Editor",
    "compiler": "Compiler",
    "interviewer": "Interviewer",
}
_ROLES |= {"transcriber": "Transcription", "proofreader": "Proofreading", "encoder": "Encoding"}
_STATUS = {"free": "free", "restricted": "restricted", "unknown": "not known"}
_NOTES = {"conflict": "Contradiction", "source-defect": "Defect of the source"}
_CERTAIN = {"medium": "may be wrong", "low": "doubtful"}
_AUTHORS = 8
_JOINED = re.compile(r"([a-z])([A-Z])")


class Run(NamedTuple):
    """Some words of a fact: upright or, a title, in italics; with an address they are a link."""

    words: str
    title: bool = False
    address: str = ""


class Fact(NamedTuple):
    """A label and what stands beside it, a row of words for each line; `warns` for what is to be noticed."""

    label: str
    lines: tuple[tuple[Run, ...], ...]
    warns: bool = False


def about(header: Header) -> tuple[Fact, ...]:
    """All that the header says to a reader, in the order of interest; what it does not say is left out.

    What has the same label stands together.
    """
    made: dict[str, Fact] = {}
    for fact in _facts(header):
        if fact.lines:
            before = made.get(fact.label, Fact(fact.label, ()))
            made[fact.label] = Fact(fact.label, before.lines + fact.lines, before.warns or fact.warns)
    return tuple(made.values())


def _facts(header: Header) -> Iterator[Fact]:
    yield _plain("Author", [agent.name for agent in header.authors])
    for role, label in _ROLES.items():
        names = [one.agent.name for one in header.responsibilities if one.role == role]
        yield _plain(label, [name for name in dict.fromkeys(names) if name not in header.encoder])
    for one in header.responsibilities:
        if not one.role and one.words:
            yield _plain(_capital(one.words), [one.agent.name])
    for when in header.created:
        yield _plain(f"Date of {when.type}" if when.type else "Date", [_when(when)])
    for source in sources_in_order(header.sources):
        if source.words or source.title or source.container:
            yield Fact(_label(source.type) or "Source", (tuple(_source(source)),))
    for letter in header.letter:
        parts = [*(agent.name for agent in letter.agents), *letter.places, date_words(letter.dates)]
        yield _plain(_capital(letter.type or "letter"), [", ".join(part for part in parts if part)])
    spoken = [words or language_name(code) for code, words in header.languages]
    yield _plain("Language", spoken or [language_name(header.language)])
    yield _plain("Genre", header.genres)
    yield _plain("Subjects", [", ".join(header.keywords)])
    yield _plain("Summary", header.abstract)
    yield Fact("Licence", tuple(_licence(header.licence)))
    for type, words in header.notes:
        yield Fact(_NOTES.get(type, _label(type) or "Note"), ((Run(words),),), type in _NOTES)
    published = _when(header.published) if header.published else ""
    place = [header.publisher, header.publication_place, published]
    yield _plain("Published by", [", ".join(part for part in place if part)])
    yield _plain("Edition", [header.edition])
    yield _plain("Series", [header.series])
    yield Fact("Identifiers", tuple((Run(f"{name}: "), _linked(value)) for name, value in header.identifiers))
    yield _plain("Encoded with", [header.encoder])


def language_name(code: str) -> str:
    """The English name of a language; its code where no table has it.

    >>> language_name("fr-CA"), language_name("ar-EG"), language_name("x-own")
    ('French', 'Arabic', 'x-own')
    """
    names = read_table("export/html_languages")["languages"]
    return language_words(code) or str(names.get(code.partition("-")[0].lower(), code))


def sources_in_order(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The chain of manifestations: each before the earlier one that it goes back to."""
    by_id: Mapping[str, Source] = {source.id: source for source in sources if source.id}
    later = {source.earlier for source in sources if source.earlier}
    heads = [source for source in sources if not (source.id and source.id in later)]
    found: dict[int, Source] = {}
    for head in (*heads, *sources):
        one: Source | None = head
        while one is not None and id(one) not in found:
            found[id(one)] = one
            one = by_id.get(one.earlier)
    return tuple(found.values())


def _source(source: Source) -> Iterator[Run]:
    """A source as one sentence; its own words where it has no structure."""
    if not (source.title or source.container):
        yield Run(source.words)
        return
    if names := _names(source.authors):
        yield Run(f"{names}, ")
    whole = source.level in ("m", "j", "s", "u") or not source.container
    if source.title:
        yield Run(source.title, whole)
        if source.subtitle:
            yield Run(f": {source.subtitle}", whole)
    if source.container and source.container != source.title:
        yield Run(", in: " if source.title else "")
        yield Run(f"[{source.container}]" if source.supplied else source.container, not source.supplied)
    rest = [source.series, source.edition, source.volume and f"vol. {source.volume}"]
    rest += [source.issue and f"no. {source.issue}", source.pages and f"pp. {source.pages}"]
    if translators := _names(source.translators):
        rest.append(f"translated by {translators}")
    if editors := _names(source.editors):
        rest.append(f"edited by {editors}")
    rest += [": ".join(part for part in (", ".join(source.places), source.publisher) if part)]
    rest += [", ".join(_dated(when) for when in source.dates)]
    told = ", ".join(part for part in rest if part)
    yield Run(f", {told}." if told else ".")
    if address := safe_target(source.url):
        yield Run(" ")
        yield Run(source.url, address=address)


def _names(agents: Sequence[Agent]) -> str:
    names = [agent.name for agent in agents[:_AUTHORS] if agent.name]
    return ", ".join(names) + (" and others" if len(agents) > _AUTHORS else "")


def _dated(when: When) -> str:
    """A date of a source with what it is the date of, unless that is its publication."""
    words = date_words(when.dates) or when.words
    return f"{when.type.replace('-', ' ')} {words}" if when.type not in ("", "publication") else words


def _when(when: When) -> str:
    """A date of the header in words, with its own words where they say more, and how certain it is."""
    words = date_words(when.dates) or when.words
    return f"{words} ({_CERTAIN[when.cert]})" if words and when.cert in _CERTAIN else words


def _licence(licence: Licence) -> Iterator[tuple[Run, ...]]:
    if address := safe_target(licence.target):
        doubt = f" ({_CERTAIN[licence.cert]})" if licence.cert in _CERTAIN else ""
        yield (Run(licence.target, address=address), Run(doubt))
    yield from ((Run(words),) for words in licence.words)
    if not (licence.target or licence.words) and licence.status:
        yield (Run(_STATUS.get(licence.status, licence.status)),)


def _linked(value: str) -> Run:
    return Run(value, address=safe_target(value))


def _plain(label: str, lines: Sequence[str]) -> Fact:
    return Fact(label, tuple((Run(line),) for line in lines if line))


def _label(type: str) -> str:
    """A type as a label: `originalSource` and `original-source` are "Original source"."""
    return _capital(_JOINED.sub(r"\1 \2", type).replace("-", " ").lower())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
