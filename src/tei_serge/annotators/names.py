"""The names of a text: persons, places, bodies and works, with the records that they point to."""

from collections.abc import Iterator

from tei_serge.annotators.running import FRONT, filled_leaves, parted
from tei_serge.authority import register_for
from tei_serge.authority.model import Kind
from tei_serge.authority.register import Register
from tei_serge.config import Config
from tei_serge.diagnostics import Diagnostic, Span, diagnostic
from tei_serge.model import Annotation, Cert, Decision, Document, Entity, Mark
from tei_serge.model import Kind as BlockKind
from tei_serge.names.find import find_names
from tei_serge.names.link import Linker, Record
from tei_serge.names.model import Mention
from tei_serge.names.persons import in_words
from tei_serge.names.rejected import without_rejected
from tei_serge.names.sequences import find_sequences

_MARKS = {
    Kind.PERSON: Mark.PERSON,
    Kind.PLACE: Mark.PLACE,
    Kind.ORGANISATION: Mark.ORGANISATION,
    Kind.WORK: Mark.TITLE,
    Kind.EVENT: Mark.REFERENCE,
}
_KINDS = {
    Mark.PERSON: Kind.PERSON,
    Mark.PLACE: Kind.PLACE,
    Mark.ORGANISATION: Kind.ORGANISATION,
    Mark.TITLE: Kind.WORK,
}
# Blocks whose names the header reads; in titles the running rules hold as well.
_READ = FRONT - {BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.SPEAKER, BlockKind.NAVIGATION_LINE}
_HEADINGS = frozenset({BlockKind.TITLE, BlockKind.SUBTITLE, BlockKind.HEADING})


def annotate_names(document: Document, config: Config) -> Iterator[Annotation | Diagnostic | Entity]:
    """Names in the blocks of a text and in its front, each with a pointer to a record."""
    blocks = filled_leaves(document)
    text = parted(document.source.text, blocks)
    register = register_for(config)
    header = [one for one in document.annotations if one.mark in _KINDS]
    closed = [block.span for block in blocks if block.kind in _READ]
    holders = [one for one in header if one.mark in (Mark.TITLE, Mark.ORGANISATION)]
    closed += [one.span for one in document.annotations if not _holds_names(one)]
    headings = sorted(block.span for block in blocks if block.kind in _HEADINGS)
    outer = [Mention(one.span, _KINDS[one.mark], "", "", "", one.span) for one in holders]
    signed = sorted(block.span for block in blocks if block.kind is BlockKind.SIGNED)
    mentions = find_names(text, register, closed, headings, outer, signed)
    said = [_said(text, one, register) for one in header]
    linker = Linker(register)
    linker.link(text, [*said, *mentions])
    mentions, rejected = without_rejected(mentions, linker.records, register)
    for annotation, mention in zip(header, said, strict=True):
        if mention.id not in rejected:
            pointer = ("ref", f"#{mention.id}")
            yield Annotation(
                annotation.span, annotation.mark, (pointer, *annotation.attributes), annotation.decision
            )
    for mention in mentions:
        yield from _annotations(mention)
        several = mention.rivals or tuple(entry.id for entry in mention.candidates)
        if len(several) > 1 and mention.cert == "low":
            names = ", ".join(several[:4])
            words = text[mention.span.start : mention.span.end]
            yield diagnostic("NAM-001", mention.span, words=words, candidates=names)
    for record in linker.records.values():
        if record.id not in rejected:
            yield _entity(record)


def _holds_names(annotation: Annotation) -> bool:
    """Whether names can stand inside: in a title, a body, a description, a time given by an event."""
    if annotation.mark is Mark.DATE:
        return ("type", "event-relative") in annotation.attributes
    return annotation.mark in (Mark.TITLE, Mark.ORGANISATION, Mark.BIBLIOGRAPHY)


def _said(text: str, annotation: Annotation, register: Register) -> Mention:
    """A name that the header has read, as a mention to be linked with the others."""
    kind = _KINDS[annotation.mark]
    words = " ".join(text[annotation.span.start : annotation.span.end].split())
    known = register.by_form(words) or register.by_form(words[:1].upper() + words[1:])
    entries = tuple(entry for entry in known if entry.kind is kind)
    forename = surname = ""
    if kind is Kind.PERSON:
        row = next(iter(find_sequences(words)), None)
        forename, surname = in_words(row.words) if row else ("", words)
    level = dict(annotation.attributes).get("level", "")
    return Mention(
        annotation.span, kind, "", "rN1", "read by the header", annotation.span,
        entries[0] if entries else None, entries, forename, surname, level=level,
    )  # fmt: skip


def _annotations(mention: Mention) -> Iterator[Annotation]:
    decision = Decision(mention.rule, mention.reason, Cert(mention.cert) if mention.cert else None)
    attributes = [("ref", f"#{mention.id}")]
    if mention.kind is Kind.EVENT:
        attributes.insert(0, ("type", "event"))
    if mention.kind is Kind.WORK and mention.level:
        attributes.insert(0, ("level", mention.level))
    yield Annotation(mention.span, _MARKS[mention.kind], tuple(attributes), decision)
    if mention.name.start > mention.span.start and mention.kind is Kind.PERSON:
        yield Annotation(_role(mention), Mark.ROLE)
    for inner in mention.inner:
        yield from _annotations(inner)


def _role(mention: Mention) -> Span:
    """The title before the name, without the space behind it."""
    return Span(mention.span.start, mention.name.start - 1)


def _entity(record: Record) -> Entity:
    entry = record.entry
    if entry is None:
        return Entity(
            record.id, str(record.kind), tuple(("variant", form) for form in record.forms), record.forename,
            record.surname, level=record.level,
        )  # fmt: skip
    known = [(form.type, form.text) for form in entry.forms]
    texts = {text for _, text in known}
    used = [("variant", form) for form in record.forms if form not in texts]
    kept = [pair for number, pair in enumerate(known) if not number or pair[1] in record.forms]
    return Entity(
        entry.id, str(entry.kind), (*kept, *used), entry.forename, entry.surname, entry.type, entry.level,
        entry.language, entry.birth, entry.death, entry.sex, entry.description, entry.authors, True,
        entry.first, entry.last,
    )  # fmt: skip
