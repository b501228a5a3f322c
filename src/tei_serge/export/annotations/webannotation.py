"""W3C Web Annotations: each text as plain text, and beside it what it mentions, as annotations of that text.

Source of the rules: Web Annotation Data Model, W3C Recommendation of 23 February 2017.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from urllib.parse import quote as percent

from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.model import Told
from tei_serge.edition.model import Edition, Entity, Layer, Mention
from tei_serge.export.annotations.quotes import Quote, quotes
from tei_serge.export.annotations.text_offsets import Laid, lay
from tei_serge.export.authorities import addresses_of
from tei_serge.export.edtf_values import edtf
from tei_serge.export.folder import Folder
from tei_serge.export.graphs.events import told_events
from tei_serge.export.iris import URN, entity_iri
from tei_serge.export.json_text import json_array, json_value
from tei_serge.export.registry import Wishes
from tei_serge.version import __version__

__all__ = ["write"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_TEI_DATES = (
    ("when", "when"),
    ("from", "first"),
    ("to", "last"),
    ("notBefore", "not_before"),
    ("notAfter", "not_after"),
)


def write(editions: Iterable[Edition], folder: Folder, wishes: Wishes) -> None:
    """Write NAME.txt and NAME.json for each text.

    NAME.txt is the text that the offsets count in. NAME.json is an `AnnotationCollection` whose `first` page
    has all annotations, one on each line.
    """
    for edition in editions:
        laid = lay(edition)
        folder.put(f"{edition.name}.txt", laid.text.encode("utf-8"))
        with folder.open(f"{edition.name}.json") as stream:
            for piece in _collection(edition, laid, wishes.base):
                stream.write(piece)


def _collection(edition: Edition, laid: Laid, base: str) -> Iterator[bytes]:
    name = percent(edition.name, safe="")
    here = f"{base or URN}{name}.json"
    spans = [laid.span(mention.start, mention.end) for mention in edition.mentions]
    found = [
        (key, mention, span)
        for key, mention, span in zip(_keys(edition.mentions), edition.mentions, spans, strict=True)
        if span is not None
    ]
    # Without a base the text is the file beside: an address that is relative to this one.
    source = f"{base}{name}.txt"
    addresses = told_events(edition, base)
    made = (
        {"id": f"{here}#{percent(key, safe='~')}", "type": "Annotation"}
        | _annotation(edition, addresses, mention, _target(source, span, quote), base)
        for (key, mention, span), quote in zip(
            found, quotes(laid.text, [span for _, _, span in found]), strict=True
        )
    )
    head = {
        "@context": _CONTEXT,
        "id": here,
        "type": "AnnotationCollection",
        "label": edition.header.title or edition.name,
        "generator": {"type": "Software", "name": f"tei_serge {__version__}"},
        "total": len(found),
    }
    page = {"id": f"{here}#page-1", "type": "AnnotationPage", "partOf": here, "startIndex": 0}
    opened = f'{json_value(head, 1)[:-2]},\n "first": {json_value(page)[:-1]}, "items": ['
    yield from json_array(opened, made, "]}\n}")


def _annotation(
    edition: Edition, told: Mapping[str, str], mention: Mention, target: dict[str, Any], base: str
) -> dict[str, Any]:
    """Motivation, bodies and target of a mention; `told` has the addresses of the events of the text."""
    entities = [edition.entities[key] for key in mention.entities if key in edition.entities]
    value = edtf(mention.dates) or _tei_dates(mention) or mention.duration
    bodies: list[dict[str, Any]] = [
        {"type": "SpecificResource", "purpose": "identifying", "source": _address(entity, told, base)}
        for entity in entities
    ]
    bodies += [_words(purpose, words) for purpose, words in (("identifying", value),) if words]
    bodies.append(_words("tagging", mention.layer.value))
    described = _description(mention, entities, edition.events)
    bodies += [_words("describing", described)] if described else []
    motivation = "identifying" if entities or value else "tagging"
    return {"motivation": motivation, "body": bodies, "target": target}


def _words(purpose: str, words: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": words, "format": "text/plain"}


def _address(entity: Entity, told: Mapping[str, str], base: str) -> str:
    """The address that an authority gives to an entry, else one under the base, else a URN.

    An event that the text tells has the address of its telling, as in the graphs.
    """
    if entity.kind is Layer.EVENT and entity.id in told:
        return told[entity.id]
    return next(addresses_of(entity.identifiers), "") or entity_iri(base, entity)


def _tei_dates(mention: Mention) -> str:
    """Dates that EDTF has no form for, as the attributes of TEI."""
    return " ".join(
        f"{name}={value}" for name, field in _TEI_DATES if (value := getattr(mention.dates, field))
    )


def _description(mention: Mention, entities: Sequence[Entity], events: Iterable[Told]) -> str:
    """The name or the value in words, how certain it is, and why; of an event, when it was."""
    said = [*(entity.name for entity in entities), mention.value, *_certainty(mention.cert, mention.why)]
    if mention.layer is Layer.EVENT:
        ids = {entity.id for entity in entities if entity.id}
        for told in (one for one in events if one.id in ids):
            said += [date_words(told.dates), *_certainty(told.cert, told.why)]
    return "; ".join(dict.fromkeys(filter(None, said)))


def _certainty(cert: str, why: str) -> tuple[str, str]:
    return f"certainty: {cert}" if cert else "", why


def _target(source: str, span: tuple[int, int], quote: Quote) -> dict[str, Any]:
    """The span by its position, in code points as the Recommendation wants them, and by its words."""
    position = {"type": "TextPositionSelector", "start": span[0], "end": span[1]}
    words = {
        "type": "TextQuoteSelector",
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }
    return {"source": source, "selector": [position, words]}


def _keys(mentions: Iterable[Mention]) -> Iterator[str]:
    """What annotations are called: `xml:id`, or block, layer and number, which other blocks do not change."""
    counts: dict[str, Iterator[int]] = {}
    taken: set[str] = set()
    for mention in mentions:
        stem = mention.id or f"{mention.block or 'text'}.{mention.layer}"
        number = next(counts.setdefault(stem, count(1)))
        key = stem if mention.id and number == 1 else f"{stem}.{number}"
        while key in taken:
            key = f"{stem}.{next(counts[stem])}"
        taken.add(key)
        yield key
