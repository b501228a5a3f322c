"""Addresses and ids as Markdown writes them."""

import re
from urllib.parse import quote

from tei_serge.export.markup import safe_target

__all__ = ["attribute", "fragment", "link_address", "value"]

# What may stand in an address as it is; parentheses end it in Markdown, all else is written in bytes.
_PLAIN = "/?#:@!$&*+,;=%-._~"
_ODD = re.compile(r"[^\w .,:;+-]|_")
_NAME = re.compile(r"[^\W\d_][\w\-.:]*")


def link_address(target: str) -> str:
    """The address of a link of the web or of electronic mail; empty for all others.

    >>> link_address("https://a.org/x?b=1&copy=(2)"), link_address("javascript:alert(1)")
    ('https://a.org/x?b=1&amp;copy=%282%29', '')
    """
    return quote(safe_target(target), safe=_PLAIN).replace("&", "&amp;")


def attribute(id: str) -> str:
    """An id as an attribute of pandoc.

    >>> attribute("p1"), attribute("_1")
    ('#p1', 'id="_1"')
    """
    return f"#{id}" if _NAME.fullmatch(id) else f'id="{id}"'


def fragment(id: str) -> str:
    """An id as the end of an address within the file."""
    return f"#{id}" if _NAME.fullmatch(id) else f"#{quote(id, safe='-._~:')}"


def value(text: str) -> str:
    """A value of an attribute between quotation marks; all but letters, numbers and points as references.

    >>> value("12"), value('a"]')
    ('"12"', '"a&#34;&#93;"')
    """
    return f'"{_ODD.sub(lambda odd: f"&#{ord(odd[0])};", text)}"'
