"""JSON that is written in pieces, and can stand in a page's script element as it is."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["json_array", "json_value"]

# A value of JSON is one of JavaScript and cannot end the script element that it stands in.
_ESCAPED = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_value(value: Any, indent: int | None = None) -> str:
    """A value as JSON; a lone surrogate, which UTF-8 has no bytes for, becomes the replacement character.

    >>> json_value({"a": "</script>\\ud800"})
    '{"a": "\\\\u003c/script>\\ufffd"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False).translate(_ESCAPED)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def json_array(head: str, values: Iterable[Any], tail: str) -> Iterator[bytes]:
    """A head that ends with [, one value a line, and a tail that begins with ]."""
    yield head.encode()
    between = "\n"
    for value in values:
        yield f"{between}{json_value(value)}".encode()
        between = ",\n"
    yield f"\n{tail}\n".encode()
