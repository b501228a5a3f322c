"""A place in the tokens of a compact schema: look ahead, take, demand, and count what is open."""

from collections.abc import Container

from tei_serge.relaxng.compact.tokens import END, KEYWORDS, LITERAL, NAME, WRONG, CompactSyntaxError, Token

# A bracket costs seven calls of functions at most; Python allows 1,000, the caller's included.
DEEPEST = 100
IDENTIFIER = KEYWORDS | {NAME}
_CLOSING = {"{": "}", "(": ")", "[": "]"}


class Cursor:
    """Read tokens one after the other; every demand that fails raises CompactSyntaxError at its token."""

    __slots__ = ("_at", "_found", "_open", "braces")

    def __init__(self, found: list[Token]) -> None:
        self._found = found
        self._at = 0
        self._open: list[Token] = []
        self.braces = 0

    @property
    def kind(self) -> str:
        """The kind of the next token."""
        return self._found[self._at].kind

    def next(self, ahead: int = 0) -> Token:
        """The next token, or one further ahead; after the last there is only the last."""
        return self._found[min(self._at + ahead, len(self._found) - 1)]

    def take(self) -> Token:
        """The next token; go on behind it."""
        token = self._found[self._at]
        if token.kind not in (END, WRONG):
            self._at += 1
        return token

    def mark(self) -> int:
        """The present place, for `back`."""
        return self._at

    def back(self, mark: int) -> None:
        """Go back to a marked place (at which the same brackets were open)."""
        self._at = mark

    def demand(self, kinds: Container[str], wanted: str) -> Token:
        """Take the next token, which must be of one of these kinds."""
        if self.kind not in kinds:
            raise self.unexpected(wanted)
        return self.take()

    def literal(self, wanted: str) -> str:
        """Take a literal: one or more pieces joined by `~`."""
        parts = [self.demand((LITERAL,), wanted).text]
        while self.kind == "~":
            self.take()
            parts.append(self.demand((LITERAL,), "a further piece in quotation marks after “~”").text)
        return "".join(parts)

    def open(self, sign: str, wanted: str = "") -> Token:
        """Take an opening bracket, unless brackets are nested deeper than can be read."""
        token = self.demand((sign,), wanted or f"“{sign}”")
        self._open.append(token)
        self.braces += sign == "{"
        if len(self._open) > DEEPEST:
            raise error(token, f"Brackets are nested more than {DEEPEST} deep here, which is too deep.")
        return token

    def close(self, wanted: str = "") -> None:
        """Take the bracket that closes what was opened last."""
        sign = _CLOSING[self._open[-1].kind]
        self.demand((sign,), f"{wanted} or “{sign}”" if wanted else f"“{sign}”")
        self.braces -= self._open.pop().kind == "{"

    def unexpected(self, wanted: str) -> CompactSyntaxError:
        """The error that something else stands next than what is wanted."""
        token = self.next()
        if token.kind == WRONG:
            return error(token, token.text)
        if token.kind == END:
            opened = "".join(
                f" (the “{bracket.kind}” of line {bracket.line} is not closed)" for bracket in self._open[-1:]
            )
            return error(token, f"The text ends{opened} where {wanted} is expected.")
        if token.kind == "##":
            return error(token, f"Documentation (##) cannot stand here: {wanted} is expected.")
        shown = "a literal" if token.kind == LITERAL else f"“{token.text[:60]}”"
        return error(token, f"Here stands {shown}, where {wanted} is expected.")


def error(token: Token, sentence: str) -> CompactSyntaxError:
    """The error that a sentence tells of a token."""
    return CompactSyntaxError(sentence, token.line, token.column)
