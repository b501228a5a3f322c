"""Which entries of different registers are the same: by what an authority file knows, else by the whole name.

Entries that hold together get one key. A surname alone holds nothing together, nor does an id: two texts may
each have their own `pers-pell`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

import regex

from tei_serge.authority.folding import fold, tidy
from tei_serge.chronicle.model import Named
from tei_serge.tables import read_table

__all__ = ["file_ending", "folded", "keys_of", "whole_name"]

_Place = tuple[str, str]
_UNSAFE = regex.compile(r"[^\p{L}\p{N}_.-]+")
_INITIAL = re.compile(r".\.?(?:-.\.?)?|.+\.")


def keys_of(entries: Iterable[Named]) -> Mapping[_Place, str]:
    """The key of each entry, by its file and id.

    Two entries are the same where an authority file knows both by one id, where they share an identifier,
    where they have one id and share a form of the name, or where the whole name of one that nobody knows is
    that of another. A whole name that two known ones share decides nothing. Time grows with the number of
    entries.
    """
    own = {(one.file, one.id): one for one in entries}
    order = sorted(own, key=lambda place: (place[1], place[0]))
    above: dict[_Place, _Place] = {place: place for place in order}
    first: dict[tuple[str, ...], _Place] = {}
    for place in order:
        for sign in _signs(own[place]):
            _join(above, place, first.setdefault(sign, place))
    _join_by_name(own, order, above)
    return _named_keys(own, order, above)


def _signs(one: Named) -> Iterator[tuple[str, ...]]:
    """What an entry must share with another to be the same."""
    bare = _bare(one)
    if one.nameless:
        return
    for identifier in one.identifiers:
        yield one.kind, "idno", identifier
    if one.known:
        yield one.kind, "known", one.id
    new_person = one.kind == "person" and not one.known
    for form in one.forms:
        if not new_person or whole_name(form):
            yield one.kind, "id", bare, folded(form)


def _join_by_name(own: Mapping[_Place, Named], order: Iterable[_Place], above: dict[_Place, _Place]) -> None:
    """Put together those that nobody knows with all others of the same whole name."""
    groups: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in order:
        one = own[place]
        if not one.nameless and whole_name(one.name):
            groups[one.kind, folded(one.name)].append(place)
    for group in groups.values():
        new = [place for place in group if not own[place].known]
        known = {_top(above, place) for place in group if own[place].known}
        for place in new:
            _join(above, new[0], place)
        if new and len(known) == 1:
            _join(above, new[0], known.pop())


def _named_keys(
    own: Mapping[_Place, Named], order: Iterable[_Place], above: dict[_Place, _Place]
) -> Mapping[_Place, str]:
    """A key for each group: the id of its first entry, with the name of the file where two have the same."""
    tops: dict[_Place, list[_Place]] = defaultdict(list)
    for place in order:
        tops[_top(above, place)].append(place)
    # The id of a known entry, where there is one, is the best name for all of them.
    heads = {
        top: min(group, key=lambda place: (not own[place].known, place[1], place[0]))
        for top, group in tops.items()
    }
    shared: dict[str, int] = defaultdict(int)
    for file, id in heads.values():
        shared[_bare(own[file, id])] += 1
    taken: set[str] = set()
    keys: dict[_Place, str] = {}
    for top, head in heads.items():
        bare = _bare(own[head])
        base = bare if shared[bare] == 1 else f"{bare}.{file_ending(head[0])}"
        key, number = base, 1
        while key in taken:
            number += 1
            key = f"{base}-{number}"
        taken.add(key)
        keys.update(dict.fromkeys(tops[top], key))
    return keys


def _bare(one: Named) -> str:
    """The id without the name of the text that register files put behind it, fit to be an id."""
    id = one.id if one.known else one.id.partition(".")[0]
    safe = _UNSAFE.sub("-", id) or one.kind
    return safe if safe[0].isalpha() or safe[0] == "_" else f"_{safe}"


def file_ending(name: str) -> str:
    """The name of a text as it can stand behind an id.

    >>> file_ending("tei/07 Clocks.xml")
    '07-Clocks'
    """
    return _UNSAFE.sub("-", PurePath(name).stem) or "text"


def whole_name(form: str) -> bool:
    """Whether a form is a whole name: two words beside titles and initials.

    >>> whole_name("Edward Pell"), whole_name("Pell"), whole_name("Mr. Pell"), whole_name("E. Pell")
    (True, False, False, False)
    """
    titles = _titles()
    words = [word for word in tidy(form).split(" ") if word.lower().rstrip(".") not in titles]
    return sum(not _INITIAL.fullmatch(word) for word in words) >= 2


def _titles() -> frozenset[str]:
    table = read_table("en/names")["titles"]
    return frozenset((*table["honorifics"], *table["ranks"]))


def folded(form: str) -> str:
    """A form of a name without what no reader sees: capitals, kinds of apostrophes, hyphens and spaces."""
    return fold(tidy(form)).casefold()


def _top(above: dict[_Place, _Place], place: _Place) -> _Place:
    while above[place] != place:
        above[place] = above[above[place]]
        place = above[place]
    return place


def _join(above: dict[_Place, _Place], one: _Place, other: _Place) -> None:
    first, second = sorted((_top(above, one), _top(above, other)), key=lambda place: (place[1], place[0]))
    above[second] = first
