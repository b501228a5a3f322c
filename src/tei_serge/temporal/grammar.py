"""The rules of `temporal_rules.toml`, matched against the codes of runs of tokens."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tei_serge.tables import read_table
from tei_serge.temporal.patterns import expand, first_codes, items_of, read_pattern, to_regex
from tei_serge.temporal.tokens import Run, Token, inventory

__all__ = ["Found", "Rule", "parse", "rules"]

_WINDOW = 40  # codes that a rule may look at; the longest rule is shorter


class Rule(NamedTuple):
    """One row of the table: how an expression looks, which class it serves, which function reads it."""

    name: str
    serves: str
    pattern: str
    read: str
    examples: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """A match of a rule against a run, from the first token to the last; what was captured, by name."""

    rule: Rule
    run: Run
    first: int
    last: int
    captured: Mapping[str, int]

    def token(self, name: str) -> Token | None:
        """The captured token, if the pattern took it."""
        number = self.captured.get(name)
        return None if number is None else self.run.tokens[number]

    def get(self, name: str, *classes: str) -> Any:
        """The value of a captured token in the first of these classes that it has; None without it."""
        token = self.token(name)
        if token is None:
            return None
        return next((token.classes[key] for key in classes if key in token.classes), None)

    def word(self, name: str) -> str:
        """The captured word in small letters, empty if the pattern did not take it."""
        token = self.token(name)
        return token.word if token else ""


@cache
def rules() -> tuple[Rule, ...]:
    """The rules in the order of the table, macros replaced."""
    table = read_table("en/temporal_rules")
    made = []
    for row in table["rule"]:
        examples = tuple((surface, value) for surface, value in row.get("examples", ()))
        made.append(
            Rule(row["name"], row["serves"], expand(row["pattern"], table["macros"]), row["read"], examples)
        )
    return tuple(made)


@cache
def literal_words() -> frozenset[str]:
    """The words in small letters that some rule names."""
    return frozenset(
        part
        for rule in rules()
        for item in items_of(read_pattern(rule.pattern))
        for part in item.parts
        if part[:1].islower()
    )


@cache
def _members() -> Mapping[str, list[str]]:
    """The codes of the tokens that have a class or are a word."""
    members: dict[str, list[str]] = {}
    for classes, code in inventory().items():
        for name in classes:
            members.setdefault(name, []).append(code)
    return members


@cache
def _by_code() -> Mapping[str, list[tuple[int, Rule]]]:
    """The rules that can begin with a code, in the order of the table."""
    found: dict[str, list[tuple[int, Rule]]] = {}
    for order, rule in enumerate(rules()):
        for code in first_codes(read_pattern(rule.pattern), _members())[0]:
            found.setdefault(code, []).append((order, rule))
    return found


@cache
def _regex(rule: Rule) -> "re.Pattern[str]":
    """The pattern of a rule, compiled when it is first tried."""
    return re.compile(to_regex(read_pattern(rule.pattern), _members()))


@lru_cache(maxsize=1 << 15)
def _parsed(codes: str) -> tuple[tuple[Rule, int, tuple[tuple[str, int], ...]], ...]:
    """Every rule that matches at the beginning of these codes: longest first, then as in the table."""
    matches = []
    for order, rule in _by_code().get(codes[0], ()):
        match = _regex(rule).match(codes)
        if match and match.end():
            captured = tuple(
                (name.partition("__")[0], match.start(name))
                for name, value in match.groupdict().items()
                if value
            )
            matches.append((-match.end(), order, rule, captured))
    matches.sort(key=lambda row: row[:2])
    return tuple((rule, -end, captured) for end, _, rule, captured in matches)


def parse(run: Run, token: int, position: int) -> list[Found]:
    """The matches that begin at this token, which has this position in the codes: the longest first."""
    found = []
    for rule, end, captured in _parsed(run.codes[position : position + _WINDOW]):
        last = position + end - 1
        while run.token_at[last] < 0:
            last -= 1
        names = {name: run.token_at[position + start] for name, start in captured}
        found.append(Found(rule, run, token, run.token_at[last], names))
    return found
