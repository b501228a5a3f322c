"""Names of elements and attributes without which an expression of XPath cannot be true, or finds nothing."""

from collections.abc import Sequence

from tei_serge.validation.xpath import Token, split

__all__ = ["names_needed", "names_of_truth"]


def names_needed(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Names without which a match pattern fits nothing: of steps, and of attributes alone in brackets.

    >>> from tei_serge.validation.xpath import read_expression
    >>> names_needed(read_expression("t:p[@n][not(@k)]/t:*"))
    ('p', '@n')
    """
    found = []
    for place, token in enumerate(tokens):
        if token.kind != "test":
            continue
        window = "".join(one.text for one in tokens[max(place - 2, 0) : place + 2])
        if token.level == 0 or (token.level == 1 and window == f"[@{token.text}]"):
            found.append(place)
    return _local(tokens, found)


def names_of_truth(tokens: Sequence[Token]) -> tuple[tuple[str, ...], ...]:
    """Groups of names of which one must occur for an expression to be true; an empty one where that is open.

    >>> from tei_serge.validation.xpath import read_expression
    >>> names_of_truth(read_expression("@a and b or @c")), names_of_truth(read_expression("not(@a)"))
    ((('@a', 'b'), ('@c',)), ((),))
    """
    if len(tokens) > 2 and tokens[0].text == "(" and _closer(tokens) == len(tokens) - 1:
        return names_of_truth(tokens[1:-1])
    for operator in ("or", "and", "|"):
        parts = split(tokens, operator)
        if len(parts) == 1:
            continue
        found = [names_of_truth(part) for part in parts]
        if operator != "and":
            return tuple(group for groups in found for group in groups)
        # All that are single groups together, or else the first that says anything.
        single = tuple(name for groups in found if len(groups) == 1 for name in groups[0])
        several = [groups for groups in found if len(groups) > 1 and () not in groups]
        return several[0] if several and not single else (single,)
    plain = all(token.kind in ("test", "at", "slash", "axis", "axis-name") for token in tokens)
    places = [place for place, token in enumerate(tokens) if token.kind == "test"]
    return (_local(tokens, places),) if plain else ((),)


def _closer(tokens: Sequence[Token]) -> int:
    depth = tokens[0].depth
    return next((place for place, one in enumerate(tokens) if one.text == ")" and one.depth == depth), -1)


def _local(tokens: Sequence[Token], places: Sequence[int]) -> tuple[str, ...]:
    found = []
    for place in places:
        name = tokens[place].text.rpartition(":")[2]
        axis = "".join(token.text for token in tokens[max(place - 2, 0) : place])
        if name != "*":
            found.append(f"@{name}" if axis.endswith(("@", "attribute::")) else name)
    return tuple(found)
