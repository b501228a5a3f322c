"""What the search for references asks of a document: its names, who says “I”, who holds which office."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from tei_serge.model import Block, Document, Entity, Kind, Mark, walk
from tei_serge.references.appositions import Apposition
from tei_serge.references.model import Name, Names, Phrase, Row
from tei_serge.references.records import Records
from tei_serge.references.setting import Quoted, Setting
from tei_serge.references.words import reference_words

# Tuples, since members of an enumeration are slow to hash and quick to compare.
NAMED = (Mark.PERSON, Mark.PLACE, Mark.ORGANISATION, Mark.TITLE)
QUOTED = (Mark.SAID, Mark.QUOTE)
# Here somebody else than the author can say “I”.
_OTHERS = (Kind.EDITORIAL, Kind.QUOTATION, Kind.EPIGRAPH, Kind.SPEECH, Kind.NOTE)


def names_of(document: Document) -> Names:
    """The names of the document, those inside others left out."""
    found = []
    for one in document.annotations:
        if one.mark in NAMED:
            pointer = level = ""
            for name, value in one.attributes:
                if name == "ref":
                    pointer = value[1:]
                elif name == "level":
                    level = value
            if pointer:
                found.append(Name(*one.span, one.mark, pointer, level))
    return Row(_outermost(found))


def _outermost(names: Sequence[Name]) -> list[Name]:
    outer: list[Name] = []
    for name in sorted(names, key=lambda one: (one.start, -one.end)):
        if not outer or name.end > outer[-1].end:
            outer.append(name)
    return outer


def setting_of(
    document: Document,
    text: str,
    names: Names,
    phrases: Sequence[Phrase],
    told: Sequence[Apposition],
    records: Records,
) -> Setting:
    """The document as speakers and sources are looked for in it."""
    labels = {one.id: _label(one) for one in document.entities}

    def label(id: str) -> str:
        made = records.entities.get(id)
        return made.forms[0][1] if made else labels.get(id, "")

    marked = [one for one in document.annotations if one.mark in QUOTED]
    quoted = [
        Quoted(one.span, one.mark.value, one.speaker)
        for one in sorted(marked, key=lambda one: (one.span.start, -one.span.end))
    ]
    outer = _outermost([Name(*one.span, Mark.SAID, "") for one in quoted])
    sexes = {one.id: one.sex for one in document.entities if one.sex}
    return Setting(
        text,
        names,
        Row(phrases),
        quoted,
        Row(outer),
        records,
        author_of(document, names),
        label,
        sexes,
        _holders(document, text, names, told),
    )


def _label(entity: Entity) -> str:
    """The name to show of somebody who can write; empty for places and things."""
    if entity.kind != "person":
        return ""
    return f"{entity.forename} {entity.surname}".strip() or (entity.forms[0][1] if entity.forms else "")


def author_of(document: Document, names: Names) -> Callable[[int], str]:
    """Who says “I” at an offset: the author of the byline, the speaker of a speech; empty if not known."""

    @cache
    def known() -> tuple[str, list[int], list[tuple[int, int, str]]]:
        own: set[str] = set()
        others: list[tuple[int, int, str]] = []
        for block in walk(document.blocks):
            if block.kind is Kind.BYLINE:
                own |= {name.id for name in names.within(*block.span) if name.mark is Mark.PERSON}
            elif block.kind in _OTHERS and not (block.kind is Kind.NOTE and block.type == "authorial"):
                others.append((*block.span, _speaker(block, names)))
        return own.pop() if len(own) == 1 else "", [start for start, _, _ in others], others

    def author(offset: int) -> str:
        own, starts, others = known()
        place = bisect_right(starts, offset)
        around = (one for one in reversed(others[max(0, place - 4) : place]) if offset < one[1])
        return next((speaker for _, _, speaker in around), own)

    return author


def _speaker(block: Block, names: Names) -> str:
    for one in block.children:
        if one.kind is Kind.SPEAKER:
            name = names.first(*one.span)
            return name.id if name is not None and name.mark is Mark.PERSON else ""
    return ""


def _holders(
    document: Document, text: str, names: Names, told: Sequence[Apposition]
) -> dict[str, frozenset[str]]:
    """The persons of the text by title and office."""
    offices = reference_words().offices
    found: dict[str, set[str]] = {}
    for annotation in document.annotations:
        if annotation.mark is Mark.ROLE:
            name = names.last(annotation.span.start + 1)
            title = text[annotation.span.start : annotation.span.end].lower()
            if name is not None and title in offices:
                found.setdefault(title, set()).add(name.id)
    for one in told:
        if one.role.noun in offices:
            found.setdefault(one.role.noun, set()).update(one.phrase.ids)
    return {noun: frozenset(ids) for noun, ids in found.items()}
