"""References: phrases for persons, works and events, and whose words the quotations are.

It comes after all others, since it needs the names, the dates and the quotations.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

from tei_serge.annotators.asked import NAMED, QUOTED, names_of, setting_of
from tei_serge.annotators.running import FRONT, filled_leaves, parted
from tei_serge.authority import register_for
from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.model import Annotation, Decision, Document, Entity, Kind, Mark, Sourced, walk
from tei_serge.references.again import again, pairs
from tei_serge.references.appositions import Apposition, appositions
from tei_serge.references.events import events
from tei_serge.references.model import Name, Names, Phrase, Row
from tei_serge.references.records import Records
from tei_serge.references.relatives import families, relatives
from tei_serge.references.setting import Voice
from tei_serge.references.sources import lead_source
from tei_serge.references.voices import lower, voices
from tei_serge.references.works import works

_LONGEST = 300  # characters of a phrase
_CLOSED = FRONT | {Kind.HEADING, Kind.SIGNED, Kind.SALUTE, Kind.ADDRESS_LINE, Kind.DATELINE}


def annotate_references(
    document: Document, config: Config
) -> Iterator[Annotation | Diagnostic | Entity | Sourced]:
    """Phrases that refer, with a pointer each, and the quotations again, with speaker and source."""
    blocks = filled_leaves(document)
    text = parted(document.source.text, blocks)
    starts = [block.span.start for block in blocks]
    names = names_of(document)
    register = cache(lambda: register_for(config))  # to ask for it looks at the files
    records = Records((one.id for one in document.entities), lambda id: register().get(id))
    told = [_other(text, names, one, records) for one in appositions(text, names)]
    found = _phrases(document, text, names, told, records)
    phrases = [one for one in found if blocks[bisect_right(starts, one.start) - 1].kind not in _CLOSED]
    setting = setting_of(document, text, names, phrases, told, records)
    spoken = list(voices(setting))
    used = {one.name.id for one in told}
    for phrase in _standing(document, names, chain(phrases, *(more for _, _, more in spoken))):
        used.add(phrase.id)
        yield from _annotations(phrase, text)
    yield from _named_anew(document, names, told)
    for annotation, voice in _with_parts(document, {(one.span, one.kind): voice for one, voice, _ in spoken}):
        used.update((*voice.who, voice.source))
        yield _spoken(annotation, voice)
    for block in walk(document.blocks):
        if block.kind is Kind.QUOTATION and block.id:
            source, _ = lead_source(setting, block.span.start)
            if source:
                used.add(source)
                yield Sourced(block.id, source)
    yield from (one for id, one in records.entities.items() if id in used)


def _phrases(
    document: Document, text: str, names: Names, told: Sequence[Apposition], records: Records
) -> list[Phrase]:
    """What refers without being a name, the surest first."""
    known = [
        Phrase(one.span, "event", (dict(one.attributes)["ref"][1:],), "rN7", "")
        for one in document.annotations
        if one.mark is Mark.REFERENCE
    ]
    surnames = frozenset(
        one.surname for one in document.entities if one.kind == "person" and one.surname and one.forename
    )
    return [
        *pairs(text, names),
        *(one.phrase for one in told),
        *relatives(text, names, records),
        *again(text, names, told),
        *works(text, names, records),
        *events(text, names, known, records),
        *families(text, names, surnames, records),
    ]


def _other(text: str, names: Names, one: Apposition, records: Records) -> Apposition:
    """The apposition; where it makes a person a relative of himself, the name is that of somebody else."""
    owner = names.first(one.phrase.start, one.phrase.start + 1)
    if owner is None or owner.id != one.name.id or not one.role.opening.endswith(("’s", "'s", "s’", "s'")):
        return one
    words = text[one.name.start : one.name.end]
    identifier = records.record("person", words, f"{words} {owner.id}")
    return Apposition(one.phrase._replace(ids=(identifier,)), one.role, one.name._replace(id=identifier))


def _named_anew(document: Document, names: Names, told: Sequence[Apposition]) -> Iterator[Annotation]:
    """The names whose pointer an apposition has proved wrong, with the new one."""
    changed = {
        (one.name.start, one.name.end): one.name.id
        for one in told
        if (name := names.first(one.name.start, one.name.end)) is not None and name.id != one.name.id
    }
    for annotation in document.annotations if changed else ():
        if annotation.mark is Mark.PERSON and tuple(annotation.span) in changed:
            pointer = {"ref": f"#{changed[annotation.span.start, annotation.span.end]}"}
            yield replace(annotation, attributes=tuple((dict(annotation.attributes) | pointer).items()))


def _standing(document: Document, names: Names, phrases: Iterable[Phrase]) -> Iterator[Phrase]:
    """The phrases that cross nothing and hold no quotation; of two that overlap the first."""
    rest = [Name(*one.span, one.mark, "") for one in document.annotations if one.mark not in NAMED]
    others = Row([*names, *rest])
    longest = max((one.end - one.start for one in others), default=0)
    kept: list[tuple[int, int, str]] = []
    for phrase in phrases:
        start, end = phrase.span
        near = kept[bisect_left(kept, (start - _LONGEST, 0, "")) : bisect_left(kept, (end, 0, ""))]
        around = others.within(max(0, start - longest), end)
        if not any(one[1] > start and _clash(phrase, *one) for one in near) and not any(
            one.end > start and _in_the_way(phrase, one) for one in around
        ):
            insort(kept, (start, end, phrase.type))
            yield phrase


def _clash(phrase: Phrase, start: int, end: int, type: str) -> bool:
    """Whether one that was taken before crosses the phrase, or is of its kind and overlaps it."""
    nested = (start <= phrase.start and phrase.end <= end) or (phrase.start <= start and end <= phrase.end)
    return not nested or type == phrase.type or (start, end) == tuple(phrase.span)


def _in_the_way(phrase: Phrase, one: Name) -> bool:
    """Whether an annotation crosses the phrase, is a quotation inside it, or a name around it."""
    inside = phrase.start <= one.start and one.end <= phrase.end
    outside = one.start <= phrase.start and phrase.end <= one.end
    if inside and not outside:
        return one.mark in QUOTED
    return not outside or one.mark in NAMED


def _annotations(phrase: Phrase, text: str) -> Iterator[Annotation | Diagnostic]:
    attributes = (("type", phrase.type), ("ref", f"#{phrase.id}"))
    yield Annotation(
        phrase.span, Mark.REFERENCE, attributes, Decision(phrase.rule, phrase.reason, phrase.cert)
    )
    if phrase.role is not None:
        yield Annotation(phrase.role, Mark.ROLE)
    if len(phrase.ids) > 1:
        words = " ".join(text[phrase.start : phrase.end].split())
        yield diagnostic("NAM-002", phrase.span, words=words, candidates=", ".join(phrase.ids[:4]))


def _with_parts(
    document: Document, voices: Mapping[tuple[Span, str], Voice]
) -> Iterator[tuple[Annotation, Voice]]:
    """The quotations of which something is known; a later part of one has the voice of the first."""
    heard: dict[str, Voice] = {}
    for one in document.annotations:
        if one.mark in QUOTED:
            values = dict(one.attributes)
            first = heard.get(values.get("prev", ""), Voice())
            voice = voices.get((one.span, one.mark.value), first)
            if not voice.who and not voice.source:
                continue
            if not voice.source and first.source:
                voice = voice._replace(source=first.source)
            heard[f"#{values.get('xml:id', '')}"] = voice
            yield one, voice


def _spoken(annotation: Annotation, voice: Voice) -> Annotation:
    """The quotation with its speaker and source; what is inferred of them lowers its certainty."""
    attributes = dict(annotation.attributes)
    if voice.who:
        attributes["who"] = " ".join(f"#{id}" for id in voice.who)
    if voice.source:
        attributes["source"] = f"#{voice.source}"
    decision = annotation.decision
    assert decision is not None
    cert = lower(decision.cert, voice.cert)
    rules = attributes.pop("ana", f"#{decision.rule}")
    if cert is not None:
        attributes["cert"] = cert.value
    attributes["ana"] = f"{rules} #rQ12"
    reason = f"{decision.reason}; {voice.reason}" if voice.reason else decision.reason
    return replace(
        annotation, attributes=tuple(attributes.items()), decision=Decision(decision.rule, reason, cert)
    )
