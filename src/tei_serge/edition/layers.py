"""What the elements of a text mention: persons, places, organisations, works, events and dates."""

from collections.abc import Mapping
from types import MappingProxyType

from tei_serge.edition.elements import local_name
from tei_serge.edition.model import Layer
from tei_serge.namespaces import XML_ID
from tei_serge.xmlfile import Node

__all__ = ["layer_of", "pointers_of"]

_OF_ELEMENT: Mapping[str, Layer] = MappingProxyType(
    {
        "persName": Layer.PERSON,
        "placeName": Layer.PLACE,
        "geogName": Layer.PLACE,
        "orgName": Layer.ORGANISATION,
        "title": Layer.WORK,
        "date": Layer.DATE,
        "time": Layer.DATE,
    }
)
_OF_PART = frozenset(("settlement", "region", "country", "district", "bloc"))
"""Parts of the name of a place: mentions of their own where no `placeName` holds them."""
_OF_TYPE: Mapping[str, Layer] = MappingProxyType(
    {
        "person": Layer.PERSON,
        "persName": Layer.PERSON,
        "people": Layer.PERSON,
        "character": Layer.PERSON,
        "place": Layer.PLACE,
        "placeName": Layer.PLACE,
        "city": Layer.PLACE,
        "country": Layer.PLACE,
        "org": Layer.ORGANISATION,
        "organisation": Layer.ORGANISATION,
        "organization": Layer.ORGANISATION,
        "orgName": Layer.ORGANISATION,
        "institution": Layer.ORGANISATION,
        "work": Layer.WORK,
        "bibl": Layer.WORK,
        "book": Layer.WORK,
        "title": Layer.WORK,
        "event": Layer.EVENT,
    }
)
_BY_TYPE = frozenset(("rs", "name"))
_POINTERS = ("ref", "key", "corresp")


def layer_of(node: Node) -> Layer | None:
    """The layer of an element; None for one that mentions nothing.

    `rs` and `name` say it in `type`; a `seg` tells an event if it is of the type event and points to one.
    """
    name = local_name(node)
    found = _OF_ELEMENT.get(name)
    if found is not None:
        return found
    if name in _BY_TYPE:
        return _OF_TYPE.get(node.get("type", "")) or _OF_TYPE.get(node.get("type", "").lower())
    if name in _OF_PART:
        above = node.getparent()
        inside = above is not None and local_name(above) in ("placeName", *_OF_PART)
        return Layer.PLACE if not inside or node.get("ref") or node.get("key") else None
    if name in ("speaker", "role"):
        return Layer.PERSON if _figure(node, name) else None
    if name == "seg" and node.get("type") == "event" and node.get("corresp"):
        return Layer.EVENT
    return None


def pointers_of(node: Node) -> tuple[str, ...]:
    """What an element points to, each once: `ref`, else `key`, else (of an event) `corresp`.

    A `key` is one value, whatever it holds. A speaker points where the speech says (`who`), a role to its own
    place in the list of the cast.
    """
    if local_name(node) in ("speaker", "role"):
        return _figure(node, local_name(node))
    if node.get("ref"):
        return tuple(dict.fromkeys(node.get("ref", "").split()))
    if node.get("key", "").strip():
        return (" ".join(node.get("key", "").split()),)
    if local_name(node) in ("seg", "rs"):
        return tuple(dict.fromkeys(node.get("corresp", "").split()))
    return ()


def _figure(node: Node, name: str) -> tuple[str, ...]:
    """What a speaker or a role of a drama points to."""
    above = node.getparent()
    if name == "speaker":
        return tuple(dict.fromkeys((above.get("who", "") if above is not None else "").split()))
    for one in (node, above):
        if one is not None and one.get(XML_ID) and local_name(one) in ("role", "castItem"):
            return (f"#{one.get(XML_ID)}",)
    return ()
