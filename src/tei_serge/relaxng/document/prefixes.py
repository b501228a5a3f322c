"""Which prefix of a start tag is not declared, which the reader of XML does not say."""

from collections.abc import Mapping, Sequence
from xml.parsers.expat import ParserCreate

from tei_serge.relaxng.document.source import NotXml, Source

_ALWAYS = frozenset({"xml", "xmlns"})


class _Found(Exception):
    """The start tag was reached: there is nothing more to read."""


def unbound_prefix(source: Source, at: int) -> tuple[str, int | None]:
    """The first undeclared prefix of the start tag at an offset, and the number of its attribute, without
    declarations, as they stand; None for the element itself. The prefix is "" if none is found.
    """
    parser = ParserCreate(source.told)
    parser.ordered_attributes = True
    scopes: list[Mapping[str, str]] = [{}]
    found: tuple[str, int | None] = ("", None)

    def start(name: str, attributes: list[str]) -> None:
        nonlocal found
        scopes.append(_scope(scopes[-1], attributes))
        if parser.CurrentByteIndex == at:
            prefix, position = _first_unbound(scopes[-1], name, attributes)
            if prefix:
                found = prefix, position
                raise _Found

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: scopes.pop()
    try:
        source.feed(parser)
    except (NotXml, _Found):
        pass
    finally:
        parser.StartElementHandler = parser.EndElementHandler = None
    return found


def _scope(around: Mapping[str, str], attributes: Sequence[str]) -> Mapping[str, str]:
    own = {
        name.removeprefix("xmlns:"): value
        for name, value in zip(attributes[::2], attributes[1::2], strict=True)
        if name.startswith("xmlns:")
    }
    return {**around, **own} if own else around


def _first_unbound(scope: Mapping[str, str], name: str, attributes: Sequence[str]) -> tuple[str, int | None]:
    names = [one for one in attributes[::2] if one != "xmlns" and not one.startswith("xmlns:")]
    for position, one in enumerate([name, *names]):
        prefix = one.partition(":")[0] if ":" in one else ""
        if prefix and prefix not in scope and prefix not in _ALWAYS:
            return prefix, position - 1 if position else None
    return "", None
