"""A machine that runs a pattern over a text in one pass: no pattern makes it go back.

A pattern is a tree of nodes. What may still follow is a set of terms; a term is a chain `(node, done,
rest)`: of this node so many parts are done, and then comes the rest. The set after one more character is its
partial derivative (V. Antimirov, “Partial derivatives of regular expressions and finite automaton
constructions”, 1996). Each set is a state, and a state remembers where each character led, so that a text
costs one look-up a character.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from tei_serge.relaxng.xsd.characters import Charset

MOST_TERMS = 20_000  # in one state
MOST_WORK = 1_000_000  # terms beyond the first looked at in one text: some seconds
MOST_MEMORY = 100_000  # remembered steps


class TooComplexError(Exception):
    """A pattern and a text that would take too long."""


class Node(ABC):
    """A part of a pattern; equal only to itself. `empty`: whether it matches the empty text."""

    __slots__ = ("empty",)
    empty: bool

    def rest_empty(self, done: int) -> bool:
        """Whether it may end here, after `done` parts."""
        return self.empty

    @abstractmethod
    def step(self, done: int, rest: Term | None, char: str, out: set[Term | None]) -> None:
        """Put into `out` what may follow after this character."""


Term = tuple[Node, int, "Term | None"]


class Single(Node):
    """One character of a set."""

    __slots__ = ("chars",)

    def __init__(self, chars: Charset) -> None:
        self.chars = chars
        self.empty = False

    def step(self, done: int, rest: Term | None, char: str, out: set[Term | None]) -> None:
        """See Node."""
        if self.chars(char):
            out.add(rest)


class Sequence(Node):
    """One node after the other; none: the empty text."""

    __slots__ = ("free", "items")

    def __init__(self, items: tuple[Node, ...]) -> None:
        self.items = items
        self.free = len(items)  # from this part on all may be empty
        while self.free and items[self.free - 1].empty:
            self.free -= 1
        self.empty = self.free == 0

    def rest_empty(self, done: int) -> bool:
        """See Node."""
        return done >= self.free

    def step(self, done: int, rest: Term | None, char: str, out: set[Term | None]) -> None:
        """See Node."""
        last = len(self.items) - 1
        for place in range(done, last + 1):
            item = self.items[place]
            item.step(0, rest if place == last else (self, place + 1, rest), char, out)
            if not item.empty:
                break


class Choice(Node):
    """One of some nodes."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Node, ...]) -> None:
        self.items = items
        self.empty = any(item.empty for item in items)

    def step(self, done: int, rest: Term | None, char: str, out: set[Term | None]) -> None:
        """See Node."""
        for item in self.items:
            item.step(0, rest, char, out)


class Repeat(Node):
    """A node from `low` to `high` times; None is without end."""

    __slots__ = ("high", "item", "low")

    def __init__(self, item: Node, low: int, high: int | None) -> None:
        self.item = item
        self.low = 0 if item.empty else low  # rounds that match nothing need not be counted
        self.high = high
        self.empty = self.low == 0

    def rest_empty(self, done: int) -> bool:
        """See Node."""
        return done >= self.low

    def step(self, done: int, rest: Term | None, char: str, out: set[Term | None]) -> None:
        """See Node."""
        if self.high == 0:
            return
        after = done + 1 if self.high is not None else min(done + 1, self.low)
        self.item.step(0, rest if after == self.high else (self, after, rest), char, out)


class _DeadEndError(Exception):
    """No text that begins like this can match."""


class _State(dict[str, "_State"]):
    """Where each character leads from here; steps are worked out when they are first taken."""

    __slots__ = ("accepts", "machine", "terms")

    def __init__(self, machine: Machine, terms: frozenset[Term | None]) -> None:
        super().__init__()
        self.machine = machine
        self.terms = terms
        self.accepts = any(map(_may_end, terms))

    def __missing__(self, char: str) -> _State:
        return self.machine.find_step(self, char)


def _may_end(term: Term | None) -> bool:
    while term is not None:
        node, done, term = term
        if not node.rest_empty(done):
            return False
    return True


class Machine:
    """A pattern made ready to run; its memory is bounded."""

    __slots__ = ("_remembered", "_start", "_states", "_work")

    def __init__(self, root: Node) -> None:
        self._states: dict[frozenset[Term | None], _State] = {}
        self._remembered = 0
        self._work = 0
        self._start = self._state(frozenset([(root, 0, None)]))

    def _state(self, terms: frozenset[Term | None]) -> _State:
        found = self._states.get(terms)
        if found is None:
            found = self._states[terms] = _State(self, terms)
            self._remembered += len(terms)
        return found

    def find_step(self, state: _State, char: str) -> _State:
        """Work out where a character leads; raises if nowhere, or if there is too much to look at."""
        out: set[Term | None] = set()
        for term in state.terms:
            link = term
            while link is not None:
                node, done, rest = link
                node.step(done, rest, char, out)
                link = rest if node.rest_empty(done) else None
        if not out:
            raise _DeadEndError
        self._work += len(state.terms) + len(out) - 2
        if len(out) > MOST_TERMS or self._work > MOST_WORK:
            raise TooComplexError
        if self._remembered > MOST_MEMORY:
            self._forget()
        self._remembered += 1
        after = state[char] = self._state(frozenset(out))
        return after

    def _forget(self) -> None:
        for state in self._states.values():
            state.clear()
        self._states = {self._start.terms: self._start}
        self._remembered = 0

    def matches(self, text: str) -> bool:
        """Whether the whole text matches; raises TooComplexError. Takes time in proportion to the text."""
        self._work = 0
        state = self._start
        try:
            for char in text:
                state = state[char]
        except _DeadEndError:
            return False
        return state.accepts

    def stops_at(self, text: str) -> int | None:
        """Where a text that does not match goes wrong.

        The index of the first character that no match can have there; the length of the text if it only ends
        too early; None if it matches.
        """
        self._work = 0
        state = self._start
        for place, char in enumerate(text):
            try:
                state = state[char]
            except _DeadEndError:
                return place
        return None if state.accepts else len(text)
