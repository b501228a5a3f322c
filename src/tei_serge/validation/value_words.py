"""Why a value is not allowed, in words for editors of texts."""

import re
from collections.abc import Sequence

from tei_serge.relaxng import FORM, Fault
from tei_serge.tables import read_table
from tei_serge.validation.attributes import language_fault
from tei_serge.validation.listing import Manner, in_quotes, joined, values

_PATTERN = re.compile(
    r".* does not match the pattern (?P<pattern>.*?)(?:: (?:it ends|.* does not fit).*)?", re.S
)
_NO = re.compile(r"(?P<value>“.*?”) is no (?P<type>\w+): (?P<why>.*)", re.S)
_MOST_SAMPLES = 3


def why_not(fault: Fault, manner: Manner) -> str:
    """What is wrong with the value of a fault, and what would be right."""
    shown = in_quotes(fault.value) if fault.value.strip() else "an empty value"
    meant = fault.suggestion or _by_initial(fault)
    if meant:
        return f"{shown} is not allowed; did you mean {meant}?"
    advice = _advice(fault)
    if advice:
        return f"{shown} is not allowed; {advice}"
    if fault.reason and not _only_form(fault.reason) and not fault.expected and fault.value.strip():
        return _plain(fault)
    forms = _forms(fault)
    if fault.expected:
        return f"{shown} is not allowed; allowed: {values(fault, forms, manner)}"
    if not forms:
        return fault.reason or f"{shown} is not allowed"
    return f"{shown} is not allowed; it must be {joined(_in_short(forms, manner))}"


def _only_form(reason: str) -> bool:
    """Whether a reason tells only what form a datatype wants, and nothing of the value."""
    return FORM in reason or bool(_PATTERN.fullmatch(reason))


def _plain(fault: Fault) -> str:
    """A reason of a datatype, with the noun for the type's name."""
    found = _NO.fullmatch(fault.reason)
    if not found:
        return fault.reason
    noun = read_table("validation/value_forms")["types"].get(found["type"], ("",))[0]
    return f"{found['value']} is {f'no {noun}' if noun else 'not allowed'}: {found['why']}"


def _by_initial(fault: Fault) -> str:
    """One of values that are single letters, for a word that begins with it."""
    single = fault.expected and all(len(value) == 1 for value in fault.expected)
    if not single or not fault.value.strip().isalpha():
        return ""
    initial = fault.value.strip()[0].casefold()
    return next((value for value in fault.expected if value.casefold() == initial), "")


def _advice(fault: Fault) -> str:
    """What to write for a value that is often written in another way."""
    value = fault.value.strip()
    if not value:
        return ""
    if "language" in fault.datatypes:
        return language_fault(value)
    for entry in read_table("validation/value_forms")["advice"]:
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
    if read_table("validation/value_forms")["patterns"].get(pattern) == _WORD:
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


def _forms(fault: Fault) -> list[str]:
    """What a value could be, by its datatypes and a pattern."""
    table = read_table("validation/value_forms")
    pattern = _pattern(fault.reason)
    words = table["patterns"].get(pattern)
    if words:
        return [words]
    if pattern:
        return [f"of the form that the schema gives as {pattern}"]
    return list(dict.fromkeys(table["types"][name][1] for name in fault.datatypes if name in table["types"]))


def _in_short(forms: Sequence[str], manner: Manner) -> Sequence[str]:
    """The first samples in the order of the table, which is that of use."""
    order = [sample for _, sample in read_table("validation/value_forms")["types"].values()]
    known = sorted(forms, key=lambda form: order.index(form) if form in order else -1)
    return known if manner.most is None else known[:_MOST_SAMPLES]
