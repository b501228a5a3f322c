"""How the compiler says that an ODD is wrong: a code, the line, and what to look at."""

from lxml import etree

from tei_serge.diagnostics import TeiSergeError, diagnostic

TEI = "{http://www.tei-c.org/ns/1.0}"


def local_name(node: etree._Element) -> str:
    """The element's name as a reader of the ODD knows it: TEI names bare, others with their namespace."""
    return str(node.tag).removeprefix(TEI)


def fault(code: str, node: etree._Element, **values: str) -> TeiSergeError:
    """The error to raise about a node of the ODD; every wording of the family has {line} and {element}."""
    values |= {"line": str(node.sourceline or 0), "element": local_name(node)}
    return TeiSergeError(diagnostic(code, None, **values), 2)


def unsupported(node: etree._Element, what: str) -> TeiSergeError:
    """The error for a construct of ODD that this compiler does not know."""
    return fault("ODD-001", node, what=what)
