"""Names, dates, works, events and references: what is a link, what only looks like one."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from tei_serge.edition.model import Edition, End, Kind, Layer, Part, Step
from tei_serge.export.markup.anchors import anchor_of, safe_target
from tei_serge.export.markup.options import Options
from tei_serge.export.markup.shown import LEADING, SHORT, Shown, is_passage
from tei_serge.export.markup.signs import MARK, sign_of
from tei_serge.export.markup.tags import GENERATED, generated, tag

__all__ = ["Lead", "lead_of", "pointer"]

_TITLE = "title"
# The values of `time` in HTML that dates of TEI have as well: a year, a month, a day of the common era.
_TIME = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_SHORT_MONTHS = re.compile(r".*-(?:02-3|(?:0[469]|11)-31).*|.*-02-29")
_LABEL = 70
_ROLES = {Kind.NOTE_MARKER: ("doc-noteref", "noteref"), Kind.NOTE_BACKLINK: ("doc-backlink", "")}


class Lead(NamedTuple):
    """Where a part of a line leads: the element for it, attributes and classes, what follows its words.

    `active` tells that it is a link or opens a card, so that nothing in it may; `inner` stands around
    its words, with the value `time` if it is one.
    """

    element: str = ""
    attributes: dict[str, str] = {}  # noqa: RUF012 (never changed)
    classes: tuple[str, ...] = ()
    behind: str = ""
    active: bool = False
    inner: str = ""
    time: str = ""


_NOWHERE = Lead()


def lead_of(part: Part, shown: Shown, edition: Edition, options: Options, linked: bool) -> Lead:
    """What a reference or a mention is in the page; `linked` tells that it stands in an active one."""
    if part.kind in LEADING:
        return _reference(part, shown, options, linked)
    if 0 <= part.mention < len(edition.mentions):
        return _mention(part, shown, edition, options, linked)
    return _NOWHERE


def _reference(part: Part, shown: Shown, options: Options, linked: bool) -> Lead:
    inside = part.inside and part.target
    web = "" if inside else safe_target(part.target)
    address = options.address(anchor_of(part.target)) if inside else web or options.elsewhere(part.target)
    if not address or linked:
        return _NOWHERE
    role, epub = _ROLES.get(part.kind, ("", ""))
    attributes = {"href": address, "rel": "external noreferrer" if web else ""}
    if shown.flow or shown.leads:
        label = "Where this reference leads" if part.kind is Kind.REFERENCE else "Note"
        mark = tag("a", {**attributes, "aria-label": label, GENERATED: ""}, ("mark",))
        return Lead(behind=f"{mark}</a>")
    attributes |= {"role": role, "epub:type": epub if options.epub else ""}
    return Lead("a", attributes, ("external",) if web else (), active=True)


def pointer(part: Part, lead: Lead, step: Step, notes: Mapping[str, str]) -> Lead:
    """A link as its words are, of which `step` is the first: of a note's sign, of more, or of none.

    One without words gets the sign of the note that it leads to, the address, or an arrow.
    """
    words = dict(lead.attributes)
    if not isinstance(step, End):
        long = isinstance(step, str) and len(step.strip()) > SHORT
        marker = part.kind is Kind.NOTE_MARKER
        return lead._replace(classes=("reference" if long else "noteref",)) if marker else lead
    if part.inside and part.target in notes:
        sign = sign_of(notes[part.target]) or MARK
        return lead._replace(
            attributes=words | {"role": "doc-noteref"}, classes=("noteref",), behind=generated("span", sign)
        )
    if not words.get("rel"):
        arrow = generated("span", "→", {"aria-hidden": "true"})
        words["aria-label"] = "The place that is meant"
        return lead._replace(attributes=words, classes=("pointer",), behind=arrow)
    return lead._replace(behind=generated("span", words["href"]))


def _mention(part: Part, shown: Shown, edition: Edition, options: Options, linked: bool) -> Lead:
    mention = edition.mentions[part.mention]
    layer = mention.layer
    entries = (options.entry(edition.entities[key]) for key in mention.entities if key in edition.entities)
    address = next((one for one in entries if one), "")
    card = options.card(part.mention)
    classes = (
        "m",
        str(layer),
        f"cert-{mention.cert}" if mention.cert in ("low", "medium", "unknown") else "",
    )
    when = mention.dates.when if layer is Layer.DATE else ""
    time = {"datetime": when} if _TIME.fullmatch(when) and not _SHORT_MONTHS.fullmatch(when) else {}
    inner = "cite" if part.tag == _TITLE and not shown.flow else ""
    if is_passage(part) or shown.flow or shown.leads:
        if linked or not (address or card):
            return Lead(classes=classes)
        words = {"href": address, "data-m": card, GENERATED: ""}
        label = f"{str(layer).capitalize()}: {' '.join(mention.text.split())[:_LABEL]}"
        words["aria-label" if address else "data-label"] = label
        mark = (
            f"{tag('a' if address else 'span', words, ('mark', str(layer)))}</{'a' if address else 'span'}>"
        )
        return Lead(classes=(*classes, "passage"), behind=mark)
    if linked or not address:
        element = "time" if time else ""
        return Lead(element, {**time, "data-m": card}, classes, active=bool(card), inner=inner)
    words = {"href": address, "data-m": card}
    return Lead("a", words, classes, active=True, inner="time" if time else inner, time=when if time else "")
