"""A citation in one sentence, as the humanities write it, for pages that show the text."""

from collections.abc import Iterable

from tei_serge.edition.header_model import Agent, Header
from tei_serge.export.bibliography.reference import Reference, reference_of

__all__ = ["cite", "cite_reference"]

_EDITED = frozenset(("book", "document"))
_MADE = {"writing": "written ", "delivery": "delivered ", "the first publication": "first published "}
_CLOSED = frozenset(("book", "pamphlet", "manuscript", "document"))


def cite(header: Header, name: str = "") -> str:
    """The text cited in one sentence, in plain characters; what its header does not say is left out.

    `name` is that of the file, the title of a text without one.
    """
    return cite_reference(reference_of(header, name))


def cite_reference(reference: Reference) -> str:
    """A reference in one sentence: who, “what”, translator, where, when; first publication, reprints, TEI."""
    title = reference.full_title
    shown = title if reference.type in _CLOSED else f"“{title}”"
    parts = [
        _listed(reference.authors),
        shown,
        f"trans. {_listed(reference.translators)}" if reference.translators else "",
        f"ed. {_listed(reference.editors)}" if reference.editors and reference.type in _EDITED else "",
        f"to {_listed(reference.recipients)}" if reference.recipients else "",
        _place(reference),
        _kept(reference),
    ]
    # An imprint in brackets needs no comma before it.
    sentence = ", ".join(part for part in parts if part).replace(", (", " (")
    before = [f"{'orig.' if reference.first else 'from'} {reference.original}"] if reference.original else []
    before += [f"repr. {reprint}" for reprint in reference.reprints]
    if before:
        sentence = f"{sentence} [{'; '.join(before)}]"
    if reference.tei:
        sentence = f"{sentence}, TEI edition: {reference.tei}"
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _listed(agents: Iterable[Agent]) -> str:
    names = [agent.name for agent in agents]
    return ", ".join(names[:-1]) + f" & {names[-1]}" if len(names) > 1 else "".join(names)


def _date(reference: Reference) -> str:
    """The date with what it is of; one of an earlier publication stands behind, with that."""
    if reference.issued is None or (reference.original and "publication" in reference.dated_by):
        return ""
    known = reference.issued.circa or reference.dated_by not in _MADE
    return f"{'' if known else _MADE[reference.dated_by]}{reference.issued.words}"


def _place(reference: Reference) -> str:
    """What the text stands in, with number, date and pages."""
    date = _date(reference)
    if reference.type.startswith("article-"):
        whole = " ".join(part for part in (reference.container, reference.volume) if part)
        whole += f", no. {reference.issue}" if reference.issue else ""
        whole += f" ({date})" if date else ""
        return f"{whole}: {reference.pages}" if reference.pages else whole
    house = ": ".join(part for part in (reference.place, reference.publisher) if part)
    imprint = ", ".join(part for part in (house, date) if part)
    volume = f"vol. {reference.volume}" if reference.volume else ""
    editors = f"ed. {_listed(reference.editors)}" if reference.editors and reference.type == "chapter" else ""
    whole = ", ".join(part for part in (reference.container, volume, editors) if part)
    if imprint:
        whole = f"{whole} ({imprint})" if whole else f"({imprint})" if house else imprint
    return f"{whole}, {reference.pages}" if reference.pages and whole else whole


def _kept(reference: Reference) -> str:
    parts = (reference.archive, reference.archive_place, reference.shelfmark, reference.online)
    return ", ".join(part for part in parts if part)
