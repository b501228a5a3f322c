"""What the hostile documents are made of: escaping, and a TEI document around a body."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr


def escaped(text: str) -> str:
    """Characters as XML holds them; a carriage return only lives as a reference."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def attribute(text: str) -> str:
    """A value with its quotation marks; white space stays what it is."""
    return quoteattr(text, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def document(
    body: str, title: str = "A hostile text", header: str = "", after: str = "", root: str = ""
) -> bytes:
    """A TEI document: `header` behind fileDesc, `after` behind text, `root` in its start tag."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"{root}><teiHeader><fileDesc>'
        f"<titleStmt><title>{escaped(title)}</title></titleStmt><publicationStmt><p>None.</p></publicationStmt>"
        f"<sourceDesc><p>None.</p></sourceDesc></fileDesc>{header}</teiHeader>"
        f"<text><body>{body}</body></text>{after}</TEI>"
    ).encode()


def paragraphs(words: Iterable[str]) -> str:
    return "".join(f"<p>{escaped(one)}</p>" for one in words)


def register(entries: str) -> str:
    return f"<standOff>{entries}</standOff>"
