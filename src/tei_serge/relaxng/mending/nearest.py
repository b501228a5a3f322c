"""The known word that is nearest to a wrong one."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], sure: bool = False) -> str:
    """The known word that was perhaps meant: another case first, then a slip of few letters; else "".

    A slip is a letter too many, too few, another or exchanged: one in words of three letters and more, two
    from eight on, three from thirteen. People seldom err in the first letter, so it must be the same, or
    have lost its place. With `sure` only one slip is taken for one, and in words of five letters and more.

    >>> nearest("persNmae", ["placeName", "persName"]), nearest("P", ["p"]), nearest("x", ["p", "q"])
    ('persName', 'p', '')
    >>> nearest("scene", ["sense"]), nearest("cite", ["cit"]), nearest("cite", ["cit"], sure=True)
    ('', 'cit', '')
    """
    words = [one for one in known if one and one != word]
    if not word or len(word) > 100:
        return ""
    folded = word.casefold()
    for one in words:
        if one.casefold() == folded:
            return one
    length = len(word)
    if length < (5 if sure else 3):
        return ""
    slips = 1 if sure or length < 8 else 2 if length < 13 else 3
    # Only here: loading it takes as long as validating a small file.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    alike = {one: one.casefold() for one in words if _begin_alike(folded, one.casefold())}
    found = extractOne(folded, alike, scorer=OSA.distance, score_cutoff=slips)
    return str(found[2]) if found else ""


def _begin_alike(word: str, known: str) -> bool:
    """The same first letter, or one that was lost, put before, or exchanged with the second."""
    return word[0] == known[0] or word[1:2] == known[0] or word[0] == known[1:2]
