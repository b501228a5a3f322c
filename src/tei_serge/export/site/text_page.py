"""The page of a text: its reading view, in two steps, because what stands around it is known only later."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from tei_serge.edition.model import Begin, Edition, Entity, Kind, Layer
from tei_serge.export.bibliography.citation import cite
from tei_serge.export.markup import Entry, Options, has_title, markup, nowhere, outline
from tei_serge.export.markup.anchors import language_of
from tei_serge.export.markup.tags import is_right_to_left
from tei_serge.export.site.about_text import Fact, about
from tei_serge.export.site.cards import embedded, make_cards
from tei_serge.export.site.frame import PagePlace
from tei_serge.export.site.templates import environment

__all__ = ["PagePlace", "contents", "read_parts", "write_page", "write_parts"]

_LAYERS = (
    (Layer.PERSON, "Persons"),
    (Layer.PLACE, "Places"),
    (Layer.ORGANISATION, "Organisations"),
    (Layer.WORK, "Works"),
    (Layer.EVENT, "Events"),
    (Layer.DATE, "Dates"),
)
# From how many headings on a text has a table of contents.
_CONTENTS = 2
# Beyond so many, headings of inner levels are left out of it.
_MOST = 400


def write_page(edition: Edition, place: PagePlace) -> bytes:
    """The page of a text as HTML in UTF-8."""
    return write_parts(read_parts(edition, place.entry, place.image, place.elsewhere), place)


def read_parts(
    edition: Edition,
    entry: Callable[[Entity], str],
    image: Callable[[str], str],
    elsewhere: Callable[[str], str] = nowhere,
) -> dict[str, Any]:
    """What the page of a text says that depends on nothing but the text, as values that JSON has as well.

    `entry` gives the address of an entry, `image` that of a picture, `elsewhere` that of what a pointer to
    another file means (`b.xml#p1`): see `PagePlace`.
    """
    cards = make_cards(edition, entry)
    options = Options(entry=entry, image=image, card=cards.number, elsewhere=elsewhere)
    header = edition.header
    language = language_of(edition.language)
    counts = Counter(mention.layer for mention in edition.mentions)
    return {
        "name": edition.name,
        "title": header.title or edition.name,
        "author": ", ".join(agent.name for agent in header.authors),
        "titled": has_title(edition),
        "language": language,
        "direction": "rtl" if is_right_to_left(language) else "",
        "article": "".join(markup(edition, options)),
        "contents": [list(one) for one in contents(outline(edition))],
        "layers": [[str(layer), words, counts[layer]] for layer, words in _LAYERS if counts[layer]],
        "pages": _has(edition, Kind.PAGE_BREAK),
        "about": [_values(fact) for fact in about(header)],
        "citation": cite(header, edition.name),
        "data": embedded(cards.data()),
    }


def contents(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The headings that a table of contents has room for: the outer levels of very many, none of too few."""
    for level in sorted({entry.level for entry in entries}, reverse=True):
        chosen = [entry for entry in entries if entry.level <= level]
        if len(chosen) <= _MOST:
            return chosen if len(chosen) >= _CONTENTS else []
    return []


def _values(fact: Fact) -> list[Any]:
    return [fact.label, [[list(run) for run in line] for line in fact.lines], fact.warns]


def _has(edition: Edition, kind: Kind) -> bool:
    return any(isinstance(step, Begin) and step.part.kind is kind for step in edition.content)


def write_parts(parts: Mapping[str, Any], place: PagePlace) -> bytes:
    """The page made of what `read_parts` gave, and of its place in the site."""
    page = environment().get_template("text.html")
    shown = {**parts, "article": Markup(parts["article"]), "data": Markup(parts["data"])}
    text = page.render(text=shown, place=place, frame=place.frame, title=parts["title"], language="en")
    return text.encode("utf-8", "backslashreplace")
