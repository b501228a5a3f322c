"""Codes of languages as references give them, and their English names."""

from tei_serge.export.bibliography.rows import table
from tei_serge.tei.source_desc import language_name

__all__ = ["language_code", "language_words", "short_code"]


def language_code(code: str) -> str:
    """A code with two letters (ISO 639-1) in place of the three of catalogues (ISO 639-2), where there are.

    >>> language_code("eng"), language_code("ger"), language_code("fr-CA"), language_code("grc")
    ('en', 'de', 'fr-CA', 'grc')
    """
    first, dash, rest = code.partition("-")
    return f"{table('language_codes').get(first.lower(), first)}{dash}{rest}"


def short_code(code: str) -> str:
    """The language alone, without country and script.

    >>> short_code("fra-CA"), short_code("EN")
    ('fr', 'en')
    """
    return language_code(code).partition("-")[0].lower()


def language_words(code: str) -> str:
    """The English name of a language; empty for one without a name in the tables.

    >>> language_words("fr-CA"), language_words("deu"), language_words("x-klingon")
    ('French', 'German', '')
    """
    short = short_code(code)
    name = language_name(short)
    return name if name != short else ""
