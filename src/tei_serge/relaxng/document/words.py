"""One word of a value as it is written, in bytes."""

import re

_BEFORE, _BEHIND = rb"""(?<=[ \t\r\n"'])""", rb"""(?=[ \t\r\n"'])"""
_AROUND = b" \t\r\n\"'"
# What can stand for a character besides itself; & only so.
_WRITTEN = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;"))


def word_between(data: bytes, start: int, stop: int, word: str, encoding: str) -> tuple[int, int]:
    """Where a word of an attribute's value stands first.

    The whole attribute if it is the only word there, or written in another way.
    """
    begin = data.find(b"=", start, stop)
    for written in (word, _escaped(word)):
        if not written or begin < 0:
            break
        sought = re.escape(written.encode(encoding, "replace"))
        found = re.compile(_BEFORE + sought + _BEHIND).search(data, begin, stop)
        if found:
            alone = len(data[begin + 1 : stop].strip(_AROUND)) == found.end() - found.start()
            return (start, stop) if alone else found.span()
    return start, stop


def _escaped(word: str) -> str:
    for character, written in _WRITTEN:
        word = word.replace(character, written)
    return word
