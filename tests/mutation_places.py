"""Places in a document where something can be changed, and the commonest edits there."""

from collections.abc import Sequence
from random import Random

from mutants import Attribute, Document, Edit, Element

Edits = Sequence[Edit]


def gaps_in(at: Element) -> Sequence[int]:
    """The places between the children of an element."""
    return () if at.empty else (at.open_end, *(child.end for child in at.children), at.close_start)


def inside_text(document: Document, at: Element, random: Random) -> int | None:
    """A place in the text of an element, not within a reference."""
    if not at.texts:
        return None
    start, end = random.choice(at.texts)
    place = random.randrange(start, end + 1)
    amp = document.text.rfind("&", start, place)
    return start if amp >= 0 and document.text.find(";", amp, end) >= place else place


def misspelt(name: str, random: Random) -> str:
    place = random.randrange(len(name))
    return random.choice(
        (
            name[:place] + name[place + 1 :] or "x",
            name[:place] + name[place] + name[place:],
            name[:place] + name[place:][1:2] + name[place] + name[place + 2 :],
            name[:place] + name[place].swapcase() + name[place + 1 :],
            name + "s",
        )
    )


def named(at: Element, name: str, more: str = "") -> Edits:
    """Another name in both tags, and an addition to the start tag."""
    edits = [Edit(at.start + 1, at.name_end, name + more)]
    if not at.empty:
        edits.append(Edit(at.close_start + 2, at.close_start + 2 + len(at.name), name))
    return edits


def added(at: Element, attribute: str) -> Edits:
    return [Edit(at.name_end, at.name_end, f" {attribute}")]


def an_attribute(at: Element, random: Random) -> Attribute | None:
    own = [one for one in at.attributes if not one.name.startswith("xmlns")]
    return random.choice(own) if own else None
