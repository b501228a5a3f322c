"""Numbers with their nouns, for messages."""


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "text", "texts"), counted(0, "text", "texts")
    ('1 text', '0 texts')
    """
    return f"{number:,} {one if number == 1 else many}"
