"""The certainty of a decision in words."""

from collections.abc import Mapping

__all__ = ["CERTAINTIES", "certainty"]

CERTAINTIES: Mapping[str, tuple[str, str]] = {
    "": ("stated", "the words of the source are explicit"),
    "high": ("inferred", "inferred by a sure chain"),
    "medium": ("inferred, may be wrong", "the inference may fail"),
    "low": ("doubtful", "a default, or one possibility of several"),
}


def certainty(cert: str) -> str:
    """A value of TEI's `cert` in a word; one that TEI does not know as it stands.

    >>> certainty("high"), certainty("unknown")
    ('inferred', 'unknown')
    """
    return CERTAINTIES[cert][0] if cert in CERTAINTIES else cert
