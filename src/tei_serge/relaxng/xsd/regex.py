"""Regular expressions of XML Schema, read into a machine that runs in one pass.

XML Schema Part 2 (second edition), appendix F.
"""

from functools import lru_cache

from tei_serge.relaxng.xsd.characters import (
    CATEGORIES,
    DOT,
    ESCAPES,
    SINGLE,
    Charset,
    between,
    of_block,
    of_category,
    one_of,
    outside,
    union,
    without,
)
from tei_serge.relaxng.xsd.regex_machine import Choice, Machine, Node, Repeat, Sequence, Single

DEEPEST = 100  # groups, or subtracted sets, within each other
_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_DIGITS = "0123456789"
_LONGEST_NUMBER = 18


class PatternError(ValueError):
    """A pattern that cannot be read; `place` is the index of the character where reading stopped."""

    def __init__(self, why: str, place: int) -> None:
        super().__init__(f"{why}, at character {place + 1}")
        self.place = place


class _Reader:
    """Reads one pattern from left to right."""

    __slots__ = ("place", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.place = 0

    @property
    def char(self) -> str:
        """The next character, or the empty string at the end."""
        return self.source[self.place : self.place + 1]

    def take(self) -> str:
        """The next character, which is then behind us."""
        char = self.char
        self.place += 1
        return char

    def skip(self, char: str) -> bool:
        """Go past this character if it is the next."""
        if self.char != char:
            return False
        self.place += 1
        return True

    def expect(self, char: str) -> None:
        """Go past this character; raises PatternError if another is next."""
        if not self.skip(char):
            self.fail(f"“{char}” is missing")

    def fail(self, why: str) -> None:
        """Raise PatternError for this place."""
        raise PatternError(why, self.place)

    def choice(self, depth: int) -> Node:
        """Branches between `|`, up to the end or a closing parenthesis."""
        if depth > DEEPEST:
            self.fail(f"more than {DEEPEST} groups stand within each other")
        branches = [self.branch(depth)]
        while self.skip("|"):
            branches.append(self.branch(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def branch(self, depth: int) -> Node:
        """Atoms with their quantifiers."""
        items: list[Node] = []
        while self.char not in ("", "|", ")"):
            items.append(self.quantified(self.atom(depth)))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def atom(self, depth: int) -> Node:
        """A group, a set or a character."""
        if self.skip("("):
            inner = self.choice(depth + 1)
            self.expect(")")
            return inner
        if self.char in "?*+{":
            self.fail(f"there is nothing that “{self.char}” could repeat")
        if self.char in "}]":
            self.fail(f"“{self.char}” stands alone; as a character it is written “\\{self.char}”")
        if self.skip("["):
            return Single(self.set_body(depth))
        if self.skip("."):
            return Single(DOT)
        if self.char == "\\":
            return Single(self.escape())
        return Single(one_of(self.take()))

    def quantified(self, atom: Node) -> Node:
        """The atom, repeated as the next characters say."""
        if self.char and self.char in "?*+":
            return Repeat(atom, *_QUANTIFIERS[self.take()])
        if not self.skip("{"):
            return atom
        start = self.place
        low = high = self.number()
        if self.skip(","):
            high = self.number() if self.char != "}" else None
        self.expect("}")
        if high is not None and low is not None and low > high:
            raise PatternError("the first number is greater than the second", start)
        return Repeat(atom, low or 0, high)

    def number(self) -> int | None:
        """Digits; a number so great that no text reaches it is cut."""
        start = self.place
        while self.char and self.char in _DIGITS:
            self.place += 1
        if start == self.place:
            self.fail("a digit is missing")
        digits = self.source[start : self.place].lstrip("0")
        return int("9" * _LONGEST_NUMBER if len(digits) > _LONGEST_NUMBER else digits or "0")

    def escape(self) -> Charset:
        """What `\\` and the next characters stand for."""
        start = self.place
        self.take()
        letter = self.take()
        if letter in SINGLE:
            return one_of(SINGLE[letter])
        if letter and letter in "pP":
            return self.property(negated=letter == "P")
        known = ESCAPES.get(letter.lower())
        if known is None or len(letter) != 1:
            raise PatternError(f"“\\{letter}” has no meaning", start)
        return known if letter.islower() else outside(known)

    def property(self, *, negated: bool) -> Charset:
        """`{Lu}` or `{IsGreek}`."""
        self.expect("{")
        start = self.place
        while self.char.isascii() and (self.char.isalnum() or self.char == "-"):
            self.place += 1
        name = self.source[start : self.place]
        self.expect("}")
        block = of_block(name[2:]) if name.startswith("Is") else None
        if block is None and name not in CATEGORIES:
            what = "block" if name.startswith("Is") else "category"
            raise PatternError(f"XML Schema knows no {what} of characters named “{name}”", start)
        found = block or of_category(name)
        return outside(found) if negated else found

    def set_body(self, depth: int) -> Charset:
        """What stands between `[` and `]`; the opening bracket is behind us."""
        if depth > DEEPEST:
            self.fail(f"more than {DEEPEST} sets stand within each other")
        negated = self.skip("^")
        parts: list[Charset] = []
        less: Charset | None = None
        while not parts or not self.skip("]"):
            if parts and self.source.startswith("-[", self.place):
                self.place += 2
                less = self.set_body(depth + 1)
                self.expect("]")
                break
            parts.append(self.set_part())
        whole = outside(union(parts)) if negated else union(parts)
        return whole if less is None else without(whole, less)

    def set_part(self) -> Charset:
        """A character, a range or an escape."""
        start = self.place
        low, many = self.bound()
        if self.char != "-" or self.source.startswith("-[", self.place):
            return many or one_of(low)
        if many is not None:
            self.fail("a range goes from one character to another, not from a whole set")
        self.take()
        high, many = self.bound()
        if many is not None:
            self.fail("a range goes from one character to another, not to a whole set")
        if low > high:
            raise PatternError(f"the range goes backwards, from “{low}” to “{high}”", start)
        if self.char == "-" and not self.source.startswith("-[", self.place):
            self.fail("“-” stands alone; as a character it is written “\\-”")
        return between(low, high)

    def bound(self) -> tuple[str, Charset | None]:
        """A single character, or the set that an escape stands for."""
        if not self.char:
            self.fail("“]” is missing")
        if self.char in "[]-":
            self.fail(f"“{self.char}” stands alone; as a character it is written “\\{self.char}”")
        if self.char != "\\":
            return self.take(), None
        letter = self.source[self.place + 1 : self.place + 2]
        if letter in SINGLE:
            self.place += 2
            return SINGLE[letter], None
        return "", self.escape()


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> Machine:
    """Read a pattern; the whole value must match it.

    Raises PatternError, whose text says what is wrong and at which character. `^` and `$` are ordinary
    characters; there are no references back, no lazy quantifiers and no options.
    """
    reader = _Reader(pattern)
    root = reader.choice(0)
    if reader.char:
        reader.fail("“)” closes no group")
    return Machine(root)
