"""Titles in quotation marks, where the words around prove that they are titles."""

from collections.abc import Sequence

from tei_serge.quotations.speakers import verbs
from tei_serge.quotations.streams import Piece
from tei_serge.quotations.words import nouns

_LONGEST = 16
_ENTITLED = frozenset({"entitled", "titled", "headed", "headlined"})
# Nouns that stand before other quotations as well.
_VAGUE = frozenset({"speech", "report", "section", "thesis", "resolution", "work", "works", "picture"})
_MANY = frozenset({"press", "papers", "newspapers"})
_HEADING = frozenset({"title", "titles", "heading", "headline", "caption"})
_WORKS = frozenset({"works", "books", "articles", "essays", "pamphlets", "novels", "poems", "plays"})
_SEE = frozenset({"see", "cf"})


def is_titled(words: Sequence[str]) -> bool:
    """Whether words are written as a title: each with a capital, but for the small ones.

    >>> is_titled(["The", "Clocks", "of", "Ostrey"])
    True
    >>> is_titled(["The", "clocks", "are", "slow"])
    False
    """
    if not words or (not words[0][0].isupper() and not words[0][0].isdigit()):
        return False
    small = nouns("small")
    return all(word[0].isupper() or word[0].isdigit() or word in small for word in words)


def title_level(words: Sequence[str], left: Sequence[Piece], right: Sequence[Piece]) -> str:
    """The level (`a`, `m`, `j`) of a title in marks; an empty string if nothing proves that it is one.

    `words` stand between the marks, `left` and `right` around them in the sentence.
    """
    if not words or len(words) > _LONGEST or not (words[0][0].isupper() or words[0][0].isdigit()):
        return ""
    titled = is_titled(words)
    back = [piece for piece in left if piece.is_word or piece.text == ","]
    comma = bool(back) and back[-1].text == ","
    before = [piece.low for piece in back if piece.is_word]
    if not before:
        return _behind(titled, right)
    last = before[-1]
    if last in _HEADING and (titled or len(words) > 1):
        return "a"
    near = [
        word for word in before[-5:] if word in nouns("periodical") and word not in _MANY - {"newspapers"}
    ]
    if titled and near and not any(True for _ in verbs(list(left)[-8:])) and last not in ("that", "as"):
        return "j"
    if last in ("as", *_WORKS) and left[-1].text == ":" and set(before[-12:]) & _WORKS:
        return "a" if set(before[-12:]) & {"articles", "essays", "poems"} else "m"
    if last in _ENTITLED:
        return next((level for word in reversed(before[-9:]) if (level := _level(word))), "a")
    if last in _SEE and titled:
        return "a"
    if titled and last in ("of", "the", "in") and len(before) > 1 and not comma:
        noun = next((word for word in reversed(before[:-1]) if word not in nouns("determiners")), "")
        if last == "of" and (noun in nouns("makers") or noun in nouns("periodical")):
            return "j"
    level = _level(last)
    if titled and level and last not in _MANY and (last not in _VAGUE or len(words) > 2):
        return level if len(words) > 1 or level == "j" or not comma else ""
    if titled and last == "in" and sum(word[0].isupper() for word in words) > 1 and len(words) > 2:
        return "a" if right and right[0].text in "(,." else "m"
    if comma and len(words) > 2 and len(left) > 1 and left[-2].is_name and _cited(titled, right):
        return "a"
    return _behind(titled, right)


def _cited(titled: bool, right: Sequence[Piece]) -> bool:
    """Whether where it is printed follows: Jane Harrow, “The Clocks of Ostrey,” in Tarnover, 1907."""
    if len(right) < 2:
        return False
    first, second = right[0], right[1]
    if first.low == "in" and second.is_name:
        return True
    numbered = second.text[0].isdigit() and (
        first.is_name or first.text in (",", "(", "no", "vol", "p", "pp")
    )
    return titled and (numbered or first.low in nouns("cited") or first.text[0].isdigit())


def _level(word: str) -> str:
    if word in nouns("periodical"):
        return "j"
    return "a" if word in nouns("article") else "m" if word in nouns("book") else ""


def _behind(titled: bool, right: Sequence[Piece]) -> str:
    """The words behind: `“The Clock,” the organ of the watchmakers`."""
    heads = [piece.low for piece in right[:6] if piece.is_word]
    if titled and heads[:1] and heads[0] in nouns("determiners"):
        noun = next((word for word in heads[1:4] if _level(word)), "")
        if (_level(noun) == "j" and right[0].text == ",") or noun in ("organ",):
            return "j"
    return ""
