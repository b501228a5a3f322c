"""What a format that is made of markup decides for itself."""

from collections.abc import Callable
from dataclasses import dataclass

from tei_serge.edition.model import Entity

__all__ = ["Options", "nowhere"]


def nowhere(_: object) -> str:
    """No address, whatever is asked for."""
    return ""


def _here(anchor: str) -> str:
    return f"#{anchor}"


@dataclass(frozen=True, slots=True)
class Options:
    """How the markup of a text is written.

    `address` says where an anchor of the edition stands (another file in EPUB), `entry` where the entry of a
    person, place, … stands, `image` where a picture stands, by its address in the TEI; empty for nowhere.
    `elsewhere` gives the address of what a pointer to another file means, as the TEI says it (`b.xml#p1`).
    `card` gives the number of the card that a mention, by its place in `Edition.mentions`, has in the page.
    `epub` adds `epub:type`; `paragraph_links` a number beside each paragraph that leads to it; `title` makes
    the text's own title the first heading (h1). `noted` are the ids of notes that markers lead to, as `noted`
    finds them, for an edition that is written in slices. `heading` is added to the level of other headings.
    """

    address: Callable[[str], str] = _here
    entry: Callable[[Entity], str] = nowhere
    image: Callable[[str], str] = nowhere
    card: Callable[[int], str] = nowhere
    elsewhere: Callable[[str], str] = nowhere
    epub: bool = False
    paragraph_links: bool = True
    title: bool = True
    noted: frozenset[str] = frozenset()
    heading: int = 1
