"""Why a value is not allowed, in words for editors of texts."""

import re
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from tei_serge.plurals import counted
from tei_serge.relaxng import FORM, Fault
from tei_serge.tables import read_table
from tei_serge.validation.attributes import language_fault
from tei_serge.validation.invisible import invisible_names, made_visible, only_invisible
from tei_serge.validation.listing import Manner, in_quotes, joined, values

_PATTERN = re.compile(
    r".* does not match the pattern (?P<pattern>.*?)(?:: (?:it ends|.* does not fit).*)?", re.S
)
_NO = re.compile(r"(?P<value>“.*?”) is no (?P<type>\w+): (?P<why>.*)", re.S)
_MOST_SAMPLES = 3


def why_not(fault: Fault, manner: Manner) -> str:
    """What is wrong with the value of a fault, and what would be right."""
    value = fault.token or fault.value
    if fault.least or fault.most:
        return _wrong_count(fault)
    if only_invisible(value):
        return f"the value is nothing but {joined(invisible_names(value), 'and')}, which nobody sees"
    shown = in_quotes(made_visible(value)) if value.strip() else "an empty value"
    meant = fault.suggestion or _by_initial(fault)
    if meant:
        return f"{shown} is not allowed; did you mean {meant}?"
    advice = _advice(fault)
    if advice:
        return f"{shown} is not allowed; {advice}"
    if fault.reason and not _only_form(fault.reason) and not fault.expected and value.strip():
        return _plain(fault)
    forms = _forms(fault, manner)
    if fault.expected:
        return f"{shown} is not allowed; allowed: {values(fault, forms, manner)}"
    if not forms:
        return fault.reason or f"{shown} is not allowed"
    return f"{shown} is not allowed; it must be {joined(forms)}"


def _wrong_count(fault: Fault) -> str:
    """What is wrong with a list in which each word may be right."""
    there = len(fault.value.split())
    limit = fault.least if there < fault.least else fault.most
    how = "exactly" if fault.least == fault.most else "at least" if there < fault.least else "at most"
    values_ = counted(there, "value", "values")
    return f"{in_quotes(fault.value)} holds {values_}; it must hold {how} {limit}, with spaces between them"


def _only_form(reason: str) -> bool:
    """Whether a reason tells only what form a datatype wants, and nothing of the value."""
    return FORM in reason or bool(_PATTERN.fullmatch(reason))


def _plain(fault: Fault) -> str:
    """A reason of a datatype, with the noun for the type's name."""
    found = _NO.fullmatch(fault.reason)
    if not found:
        return fault.reason
    noun = _table("types").get(found["type"], ("",))[0]
    return f"{made_visible(found['value'])} is {f'no {noun}' if noun else 'not allowed'}: {found['why']}"


def _by_initial(fault: Fault) -> str:
    """One of values that are single letters, for a word that begins with it."""
    single = fault.expected and all(len(value) == 1 for value in fault.expected)
    value = (fault.token or fault.value).strip()
    if not single or not value.isalpha():
        return ""
    initial = value[0].casefold()
    return next((value for value in fault.expected if value.casefold() == initial), "")


def _advice(fault: Fault) -> str:
    """What to write for a value that is often written in another way."""
    value = (fault.token or fault.value).strip()
    if not value:
        return ""
    if "language" in fault.datatypes:
        return language_fault(value)
    for entry in _table("advice"):
        if entry["type"] in fault.datatypes:
            found = re.fullmatch(entry["match"], value)
            if found:
                return str(found.expand(entry["say"]))
    return _without_spaces(fault, value)


def _without_spaces(fault: Fault, value: str) -> str:
    """The same value without its spaces, where that is what the schema wants."""
    pattern = _pattern(fault.reason)
    if not pattern or not re.search(r"\s", value):
        return ""
    if _table("patterns").get(pattern) == _WORD:
        return f"it must be {_WORD}, such as {'-'.join(value.split())}"
    together = "".join(value.split())
    try:
        fits = re.fullmatch(pattern, together)
    except re.error:
        return ""
    return f"write {together}" if fits else ""


_WORD = "one word, without spaces"


def _pattern(reason: str) -> str:
    found = _PATTERN.fullmatch(reason)
    return found["pattern"] if found else ""


def _table(name: str) -> Any:
    return read_table("validation/value_forms")[name]


def _forms(fault: Fault, manner: Manner) -> list[str]:
    """What a value could be, by its datatypes and a pattern."""
    pattern = _pattern(fault.reason)
    words = _table("patterns").get(pattern)
    if words:
        return [words]
    if pattern:
        return [f"of the form that the schema gives as {pattern}"]
    types = [entry for name, entry in _table("types").items() if name in fault.datatypes]
    return _of_types(types if manner.most is None else types[:_MOST_SAMPLES])


def _of_types(types: Sequence[tuple[str, str, str]]) -> list[str]:
    """What datatypes want, in words: those with one noun together, with a sample of each."""
    forms: list[str] = []
    for noun, same in groupby(types, key=itemgetter(0)):
        alike = list(same)
        together = _table("together").get(noun) if len(alike) > 1 else None
        by_words: dict[str, list[str]] = {}
        for _, words, sample in alike:
            by_words.setdefault(together or words, []).append(sample)
        for words, samples in by_words.items():
            shown = list(dict.fromkeys(filter(None, samples)))
            forms.append(f"{words} such as {joined(shown)}" if shown else words)
    return forms
