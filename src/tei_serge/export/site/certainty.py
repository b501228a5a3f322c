"""The certainty of a decision in words."""

from collections.abc import Mapping

__all__ = ["CERTAINTIES", "certainty", "certainty_alone"]

CERTAINTIES: Mapping[str, tuple[str, str]] = {
    "": ("stated", "the words of the source are explicit"),
    "high": ("inferred", "inferred by a sure chain"),
    "medium": ("inferred, may be wrong", "the inference may fail"),
    "low": ("doubtful", "a default, or one possibility of several"),
}
"""What this program means by the values of TEI's `cert`. Others may mean something else by them."""


def certainty(cert: str, ours: bool = True) -> str:
    """A value of TEI's `cert` in a word; as it stands where another program or person encoded the text.

    `ours` tells that this program did (`chronicle.entries.is_ours`): then no value says something, too.

    >>> certainty("high"), certainty(""), certainty("unknown")
    ('inferred', 'stated', 'unknown')
    >>> certainty("high", False), certainty("", False)
    ('high', '')
    """
    return CERTAINTIES[cert][0] if ours and cert in CERTAINTIES else cert


def certainty_alone(cert: str, ours: bool) -> str:
    """A value of `cert` where nothing beside it says what it is; empty for none.

    >>> certainty_alone("low", True), certainty_alone("low", False), certainty_alone("", True)
    ('doubtful', 'certainty: low', '')
    """
    if not cert:
        return ""
    return certainty(cert) if ours and cert in CERTAINTIES else f"certainty: {cert}"
