"""Tokens of RELAX NG's compact syntax: words, names, literals and signs, each with its line and column.

Lexical rules: RELAX NG Compact Syntax (OASIS, 21 November 2002), section 3.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

_WORDS = """
    attribute default datatypes div element empty external grammar include inherit list mixed namespace
    notAllowed parent start string text token
"""
KEYWORDS = frozenset(_WORDS.split())
# Kinds besides keywords and signs, which are their own kind: a quoted identifier is a plain name.
NAME, CNAME, NSNAME, LITERAL, DOCUMENTATION = "a name", "a prefixed name", "p:*", "a literal", "##"
WRONG, END = "wrong", "the end of the text"

# An escaped line feed is white space but no end of a line: the ends of lines are marked by a
# character that no schema can hold, so that the two stay apart (in "…" only a true end is forbidden).
_LINE_END = "\0"
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = f"[{_START}][-.0-9\u00b7\u0300-\u036f\u203f\u2040{_START}]*+"
_BAD = "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_SPECIAL = re.compile(rf"(?P<escape>\\x+\{{)(?:(?P<code>[0-9A-Fa-f]++)\}})?|\n|{_BAD}")
_TOKEN = re.compile(
    r"(?P<space>[ \t\n\0]++)"
    r"|(?P<comment>#[^\0\n]*+)"
    rf"|(?P<name>\\?{_NCNAME})(?P<local>:(?:\*|{_NCNAME}))?"
    r'|(?P<long>"""(?:"{0,2}+[^"])*+"""|' + r"'''(?:'{0,2}+[^'])*+''')"
    r'|(?P<short>(?!""")"[^"\0]*+"|' + r"(?!''')'[^'\0]*+')"
    r"|(?P<sign>\|=|&=|>>|[=|&,?*+\-(){}\[\]~])"
)
_FORBIDDEN = "The schema holds a character (code {0:X}) that no XML text may hold."
_TOO_GREAT = "The escape stands for a character that does not exist: the greatest code is 10FFFF."
_NO_CODE = "Here an escape such as \\x{{E9}} is begun, but a hexadecimal number and “}}” do not follow."


class CompactSyntaxError(ValueError):
    """Tell where and why a text is no schema in compact syntax: `sentence`, `line`, `column` (from 1)."""

    def __init__(self, sentence: str, line: int, column: int) -> None:
        super().__init__(sentence, line, column)
        self.sentence, self.line, self.column = sentence, line, column

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.sentence}"


class Token(NamedTuple):
    """A token: kind (a keyword or sign itself, or one of the kinds above), its text, its place."""

    kind: str
    text: str
    line: int
    column: int


class _Decoded(NamedTuple):
    """Text with escapes replaced and line ends marked, cut at the first fault; how to find the way back."""

    text: str
    line_starts: list[int]  # in the text as given
    escapes: list[int]  # where, in the decoded text, characters written as escapes stand …
    lost: list[int]  # … and how many characters are missing from there on (one entry more, at the front)
    fault: tuple[str, int] | None  # sentence, and where in the text as given

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, in the text as given, of an offset in the decoded text."""
        return _place(self.line_starts, offset + self.lost[bisect_right(self.escapes, offset - 1)])


def _place(line_starts: list[int], offset: int) -> tuple[int, int]:
    line = bisect_right(line_starts, offset)
    return line, offset - line_starts[line - 1] + 1


def _fault(match: re.Match[str]) -> str | None:
    """Say what is wrong with an escape or a character, if anything is."""
    if not match["escape"]:
        return _FORBIDDEN.format(ord(match[0])) if match[0] != "\n" else None
    if match["code"] is None:
        return _NO_CODE.format()
    digits = match["code"].lstrip("0")
    if len(digits) > 6 or int(digits or "0", 16) > 0x10FFFF:
        return _TOO_GREAT
    code = int(digits or "0", 16)
    # A carriage return may be escaped, although a plain one is an end of a line.
    return _FORBIDDEN.format(code) if re.match(_BAD, chr(code)) and code != 0xD else None


def _decode(text: str) -> _Decoded:
    """Replace escapes and mark line ends, up to the first character or escape that is not allowed."""
    pieces: list[str] = []
    line_starts, lost = [0], [0]
    escapes: list[int] = []
    done = length = 0
    for match in _SPECIAL.finditer(text):
        piece = text[done : match.start()]
        pieces.append(piece)
        length += len(piece) + 1
        done = match.end()
        if sentence := _fault(match):
            return _Decoded("".join(pieces), line_starts, escapes, lost, (sentence, match.start()))
        if match["escape"]:
            pieces.append(chr(int(match["code"], 16)))
            escapes.append(length - 1)
            lost.append(lost[-1] + len(match[0]) - 1)
        else:
            pieces.append(_LINE_END)
            line_starts.append(done)
    pieces.append(text[done:])
    return _Decoded("".join(pieces), line_starts, escapes, lost, None)


def _kind_and_text(match: re.Match[str]) -> tuple[str, str]:
    found = match[0]
    match match.lastgroup:
        case "local":
            return (NSNAME if found.endswith("*") else CNAME), found
        case "name" if found.startswith("\\"):
            return NAME, found[1:]
        case "name":
            return (found if found in KEYWORDS else NAME), found
        case "long":
            return LITERAL, found[3:-3].replace(_LINE_END, "\n")
        case "short":
            return LITERAL, found[1:-1]
        case "comment":
            return DOCUMENTATION, "##"
    return found, found


def _wrong(decoded: _Decoded, offset: int) -> Token:
    """The token that tells, when a reader comes to it, why the text cannot be read on from here."""
    rest = decoded.text[offset : offset + 3]
    triple = rest in ('"""', "'''")
    if decoded.fault and (
        not rest or triple or (rest[0] in "\"'" and _LINE_END not in decoded.text[offset:])
    ):
        sentence, at = decoded.fault
        return Token(WRONG, sentence, *_place(decoded.line_starts, at))
    place = decoded.place(offset)
    if not rest:
        return Token(END, END, *place)
    if rest[0] in "\"'":
        within = "" if triple else " in its line"
        sign = rest if triple else rest[0]
        return Token(WRONG, f"The literal that begins here is not closed by {sign}{within}.", *place)
    return Token(WRONG, f"The character “{rest[0]}” has no meaning here in the compact syntax.", *place)


def tokens(text: str) -> list[Token]:
    """Split a schema in compact syntax into tokens; the last one is of the kind END or WRONG.

    A token of the kind WRONG has a sentence for its text: it stands where the text cannot be read on, so
    that mistakes before it are told first. Comments are left out, documentation (`##`) is kept as a token.
    """
    decoded = _decode(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    found: list[Token] = []
    offset = 0
    while match := _TOKEN.match(decoded.text, offset):
        offset = match.end()
        comment = match["comment"]
        quoted_prefix = match["local"] and match[0].startswith("\\")
        if quoted_prefix:  # \p:x: a quoted name may have no local part
            offset = match.start("local")
            found.append(Token(NAME, match["name"][1:], *decoded.place(match.start())))
        elif not match["space"] and (not comment or comment.startswith("##")):
            found.append(Token(*_kind_and_text(match), *decoded.place(match.start())))
    found.append(_wrong(decoded, offset))
    return found
