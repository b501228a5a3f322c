"""By what names and titles stand in the order of the alphabet; they are shown as they are."""

import re
from functools import cache

from tei_serge.edition.agents import agent_of_words
from tei_serge.tables import read_table

__all__ = ["person_order", "title_order"]

_APOSTROPHES = "’'ʼ"
_OPENING = re.compile(r"^[\s\"'“”„«»‘’‹›(\[¡¿]+(?=\w)")
# Of "Louis XIV" the number is no surname.
_ORDINAL = re.compile(r"[IVXLC]+\.?")


def person_order(name: str) -> str:
    """The name of a person with the family first, where the form of a plain name leaves little doubt.

    >>> person_order("Jane Smith"), person_order("Ludwig van Beethoven"), person_order("Smith, Jane")
    ('Smith, Jane', 'van Beethoven, Ludwig', 'Smith, Jane')
    >>> person_order("Louis XIV"), person_order("Peter the Great"), person_order("Mao Zedong")
    ('Louis XIV', 'Peter the Great', 'Mao Zedong')
    """
    if "," in name or _ORDINAL.fullmatch(name.rpartition(" ")[2]):
        return name
    agent = agent_of_words(name)
    return f"{agent.surname}, {agent.forename}" if agent.surname and agent.forename else name


def title_order(title: str, language: str = "") -> str:
    """A title without the article at its head, by data/export/articles.toml.

    >>> title_order("The Case", "en"), title_order("L’Humanité", "fr-FR"), title_order("Die Young", "en")
    ('Case', 'Humanité', 'Die Young')
    >>> title_order("“Das Kapital”"), title_order("A"), title_order("Les")
    ('Kapital”', 'A', 'Les')
    """
    bare = _OPENING.sub("", title)
    found = _articles(language.partition("-")[0].lower()).match(bare)
    return bare[found.end() :] if found else title


@cache
def _articles(language: str) -> re.Pattern[str]:
    table = read_table("export/articles")
    words = str(table.get(language) if language else table["unknown"]) if language in ("", *table) else ""
    forms = []
    for word in words.split():
        form = re.escape(word).replace("’", f"[{_APOSTROPHES}]")
        forms.append(form if word.endswith("’") else rf"{form}\s+")
    # Something must follow that is a word.
    return re.compile(rf"(?:{'|'.join(forms)})[^\w]*(?=\w)" if forms else r"(?!)", re.IGNORECASE)
