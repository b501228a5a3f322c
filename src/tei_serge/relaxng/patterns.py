"""Patterns, each of them once: two that say the same are one object, so that every step can be remembered.

The kinds are those of the simple syntax (RELAX NG specification, 5), and `after`, which is what is left when
a start tag was read: the content of the open element, and what may follow when it is closed.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from tei_serge.relaxng.names import NameClass

EMPTY = "empty"
NOT_ALLOWED = "notAllowed"
TEXT = "text"
CHOICE = "choice"
GROUP = "group"
INTERLEAVE = "interleave"
ONE_OR_MORE = "oneOrMore"
ELEMENT = "element"
ATTRIBUTE = "attribute"
DATA = "data"
VALUE = "value"
LIST = "list"
AFTER = "after"
ANYTHING = "anything"
"""What a document may hold where the schema is lost; only behind a fault."""

MOST_PATTERNS = 2_000_000
"""How many patterns may be made for one document, or to load a schema, before we give up."""
MOST_ALTERNATIVES = 2_000_000
"""How many alternatives may be looked at before something is forgotten: some seconds go by with that."""
_FORGET = 300_000
_FORGET_STEPS = 500_000


class TooComplex(Exception):
    """A schema and a document would need more patterns than can be kept."""


class Declaration:
    """An element of a schema: its names and its content, `known` once it was asked for and compiled."""

    __slots__ = ("_compile", "known", "line", "names", "path")

    def __init__(
        self, names: NameClass, compile_content: Callable[[], "Pattern"], path: str, line: int
    ) -> None:
        self.names = names
        self.path = path
        self.line = line
        self._compile = compile_content
        self.known: Pattern | None = None

    @property
    def content(self) -> "Pattern":
        """The pattern of attributes and children."""
        if self.known is None:
            self.known = self._compile()
        return self.known


class Pattern:
    """One pattern: its kind, its parts, and what else it needs, with what was worked out about it.

    `what` is the `Declaration` of an element, the name class of an attribute, the `Datatype` of data, and
    datatype and value of a value. The last slots remember the steps that were taken from here.
    """

    __slots__ = (
        "closed",
        "has_attributes",
        "has_data",
        "index",
        "kind",
        "nullable",
        "opened",
        "parts",
        "plans",
        "steps",
        "texted",
        "valued",
        "values",
        "what",
    )

    def __init__(
        self,
        kind: str,
        parts: "tuple[Pattern, ...]" = (),
        what: Any = None,
        *,
        nullable: bool = False,
        has_data: bool = False,
        has_attributes: bool = False,
    ) -> None:
        self.kind = kind
        self.parts = parts
        self.what = what
        self.nullable = nullable
        self.has_data = has_data
        self.has_attributes = has_attributes
        self.opened: dict[str, Pattern] = {}
        self.steps: dict[str, tuple[Pattern, Pattern | None]] = {}
        self.plans: dict[tuple[str, ...], Any] = {}
        self.valued: tuple[dict[Any, set[Hashable]], tuple[Pattern, ...]] | None = None
        self.values: dict[str, bool] = {}
        self.closed: Pattern | None = None
        self.texted: Pattern | None = None
        self.index: tuple[dict[str, list[Pattern]], list[Pattern]] | None = None

    def forget(self) -> None:
        """Forget the steps that were taken from here."""
        self.opened.clear()
        self.steps.clear()
        self.plans.clear()
        self.values.clear()
        self.closed = None
        self.texted = self if self.texted is self else None

    def __repr__(self) -> str:
        inside = ", ".join(map(repr, self.parts)) if self.parts else ""
        return f"{self.kind}({inside})"


class Patterns:
    """Makes patterns; asked twice for the same, it gives the same object, simplified as far as is free."""

    def __init__(self) -> None:
        self._table: dict[Hashable, Pattern] = {}
        self._kept = self._made = self._alternatives = 0
        self.steps = 0
        self.empty = Pattern(EMPTY, nullable=True)
        self.not_allowed = Pattern(NOT_ALLOWED)
        self.text = Pattern(TEXT, nullable=True)
        self.text.texted = self.text
        self.anything = Pattern(ANYTHING, nullable=True)
        self.anything.texted = self.anything

    def __len__(self) -> int:
        return len(self._table)

    def begin(self) -> None:
        """Another document is read: what the one before has used counts no more."""
        self._made = self._alternatives = 0

    @property
    def is_full(self) -> bool:
        """Whether so much was learnt from documents that it should be forgotten; `steps` counts what is."""
        return len(self._table) - self._kept > _FORGET or self.steps > _FORGET_STEPS

    def forget(self, kept: Iterable[Pattern]) -> None:
        """Forget all but some patterns and what is in them, and the steps from these."""
        reached = {self.empty, self.not_allowed, self.text, self.anything}
        waiting = list(kept)
        while waiting:
            pattern = waiting.pop()
            if pattern not in reached:
                reached.add(pattern)
                waiting += pattern.parts
        self._table = {key: pattern for key, pattern in self._table.items() if pattern in reached}
        self._kept = len(self._table)
        self._alternatives = self.steps = 0
        for pattern in reached:
            pattern.forget()

    def _make(self, key: Hashable, kind: str, parts: tuple[Pattern, ...], **more: Any) -> Pattern:
        found = self._table.get(key)
        if found is None:
            self._made += 1
            if self._made > MOST_PATTERNS:
                raise TooComplex
            found = self._table[key] = Pattern(kind, parts, **more)
        return found

    def choice(self, items: Iterable[Pattern]) -> Pattern:
        """One of several patterns."""
        possible = [item for item in items if item.kind != NOT_ALLOWED]
        if len(possible) == 1:
            return possible[0]
        kept: dict[Pattern, None] = {}
        for item in possible:
            kept.update(dict.fromkeys(item.parts if item.kind == CHOICE else (item,)))
        if self.empty in kept and any(item.nullable for item in kept if item is not self.empty):
            del kept[self.empty]
        if sum(item.kind == AFTER for item in kept) > 1:
            kept = self._join_afters(kept)
        if len(kept) < 2:
            return next(iter(kept), self.not_allowed)
        key = CHOICE, frozenset(kept)
        found = self._table.get(key)
        # What is known already takes little time and no memory.
        self._alternatives += len(kept) if found is None else len(kept) >> 4
        if self._alternatives > MOST_ALTERNATIVES:
            raise TooComplex
        return found or self._make(
            key,
            CHOICE,
            tuple(kept),
            nullable=any(item.nullable for item in kept),
            has_data=any(item.has_data for item in kept),
            has_attributes=any(item.has_attributes for item in kept),
        )

    def _join_afters(self, items: dict[Pattern, None]) -> dict[Pattern, None]:
        """Unite what differs only behind the end tag: one step is then enough where there would be many."""
        rests: dict[Pattern, list[Pattern]] = {}
        others: dict[Pattern, None] = {}
        for item in items:
            if item.kind == AFTER:
                rests.setdefault(item.parts[0], []).append(item.parts[1])
            else:
                others[item] = None
        for content, following in rests.items():
            others[self.after(content, self.choice(following))] = None
        return others

    def _pair(self, kind: str, one: Pattern, other: Pattern) -> Pattern:
        if one.kind == NOT_ALLOWED or other.kind == NOT_ALLOWED:
            return self.not_allowed
        if one is self.empty:
            return other
        if other is self.empty:
            return one
        return self._make(
            (kind, one, other),
            kind,
            (one, other),
            nullable=one.nullable and other.nullable,
            has_data=one.has_data or other.has_data,
            has_attributes=one.has_attributes or other.has_attributes,
        )

    def group(self, one: Pattern, other: Pattern) -> Pattern:
        """One pattern, then another."""
        return self._pair(GROUP, one, other)

    def interleave(self, one: Pattern, other: Pattern) -> Pattern:
        """Two patterns whose parts may stand between each other."""
        return self._pair(INTERLEAVE, one, other)

    def one_or_more(self, item: Pattern) -> Pattern:
        """A pattern once or several times."""
        if item.kind in (NOT_ALLOWED, EMPTY, TEXT, ONE_OR_MORE):
            return item
        if item.kind == CHOICE and self.empty in item.parts:
            rest = self.choice(part for part in item.parts if part is not self.empty)
            return self.choice((self.one_or_more(rest), self.empty))
        return self._make(
            (ONE_OR_MORE, item),
            ONE_OR_MORE,
            (item,),
            nullable=item.nullable,
            has_data=item.has_data,
            has_attributes=item.has_attributes,
        )

    def after(self, content: Pattern, rest: Pattern) -> Pattern:
        """The content of the open element, and what follows its end tag."""
        if content.kind == NOT_ALLOWED or rest.kind == NOT_ALLOWED:
            return self.not_allowed
        return self._make(
            (AFTER, content, rest),
            AFTER,
            (content, rest),
            has_data=content.has_data,
            has_attributes=content.has_attributes,
        )

    def element(self, declaration: Declaration) -> Pattern:
        """An element; each declaration is a pattern of its own."""
        return Pattern(ELEMENT, what=declaration)

    def attribute(self, names: NameClass, value: Pattern) -> Pattern:
        """An attribute of one of some names."""
        if value.kind == NOT_ALLOWED:
            return value
        return self._make((ATTRIBUTE, names, value), ATTRIBUTE, (value,), what=names, has_attributes=True)

    def data(self, datatype: Any, exception: Pattern | None = None) -> Pattern:
        """Text of a datatype, apart from what another pattern fits."""
        if exception is not None and exception.kind == NOT_ALLOWED:
            exception = None
        parts = () if exception is None else (exception,)
        return self._make((DATA, datatype, exception), DATA, parts, what=datatype, has_data=True)

    def value(self, datatype: Any, value: Hashable, shown: str) -> Pattern:
        """One value of a datatype; `shown` is how the schema writes it."""
        what = (datatype, value, shown)
        return self._make((VALUE, *what), VALUE, (), what=what, has_data=True)

    def list(self, item: Pattern) -> Pattern:
        """Words between spaces that fit a pattern together."""
        if item.kind == NOT_ALLOWED:
            return item
        return self._make((LIST, item), LIST, (item,), has_data=True)


def alternatives(pattern: Pattern) -> tuple[Pattern, ...]:
    """The patterns of a choice; of any other pattern itself."""
    return pattern.parts if pattern.kind == CHOICE else (pattern,)
