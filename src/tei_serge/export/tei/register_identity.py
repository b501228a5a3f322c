"""Which entries of several texts are one: those of one element, `xml:id` and main name."""

from tei_serge.authority.read_tei import entry_of
from tei_serge.authority.reading import Remarks
from tei_serge.chronicle.identity import folded
from tei_serge.export.tei.tei_copy import name_of, t
from tei_serge.xmlfile import Node

__all__ = ["shared_identity"]

_ENTITIES = frozenset(("person", "personGrp", "place", "org", "event", "bibl", "biblStruct"))
"""The entries that have a name to be known by (`edition.entities`)."""


def shared_identity(entry: Node) -> str:
    """What an entry of another text must share to be the same, beside the id; empty for what no other means.

    Nothing is shared by what has no name, or one that somebody has made for it: anonymous figures
    (`role="anonymous"`), works whose titles are all supplied. Nor is an event that a text tells in a passage.
    """
    name = name_of(entry)
    if name not in _ENTITIES or _is_told(entry) or entry.get("role") == "anonymous" or _is_supplied(entry):
        return ""
    forms = entry_of(entry, Remarks("", [])).forms
    return f"{name}\n{folded(forms[0].text)}" if forms else ""


def _is_told(entry: Node) -> bool:
    """Whether an entry is an event that one text tells, in a passage of its own."""
    return entry.find(f"{t('ptr')}[@type='span']") is not None


def _is_supplied(entry: Node) -> bool:
    titles = entry.findall(t("title"))
    return bool(titles) and all(title.get("type") == "supplied" for title in titles)
