"""The label of an event: short, readable, and the same each time."""

from collections.abc import Collection, Sequence

from tei_serge.events.model import LASTS, NOUN, Draft, Trigger
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords

_MOST = 110


def label_of(draft: Draft, row: Sequence[Token], start: int, end: int, words: EventWords) -> str:
    """A noun of the type with those to whom it happened, who did it and where, in the words of the text."""
    one = draft.trigger
    if one.how == NOUN and draft.dated.rule != "rE2" and one.support != LASTS:
        phrase = _phrase(row, one.place, end, words)
        owned = one.place > 0 and (row[one.place - 1].word in ("'s", "’s", "’", "his", "her", "their"))
        if phrase and not owned and not _names_whole(row, one.place):
            return phrase
    if one.how != NOUN and not draft.parties and row[one.end - 1].word in words.nouns:
        phrase = _phrase(row, one.end - 1, end, words)  # there began a strange campaign of …
        if phrase:
            return phrase
    groups: dict[str, list[str]] = {}
    for party, _ in draft.parties:
        shown = _name(row, party.id, party.start, party.end, start, end, words.grammar["determiners"])
        if shown:
            groups.setdefault(_preposition(one, party.part), []).append(shown)
    if "of" not in groups and "with" in groups and "by" in groups:
        groups["of"] = groups.pop("by")
    label = plain = one.sort.labels.get(one.base, one.sort.label)
    for preposition in ("of", "with", "by", "to"):
        if preposition in groups:
            label += f" {preposition} {_series(groups[preposition])}"
    places = [_place(row, id, start, end) for id in draft.where]
    shown_places = [place for place in places if place and place not in label]
    if shown_places:
        label += f" in {_series(shown_places)}"
    if label == plain:
        return _cut(_words(row, start, end))
    return _cut(label)


def _preposition(one: Trigger, part: str) -> str:
    """What stands before those with a part: the arrest *of* Harrow *by* the police, a letter *to* Lund."""
    parts = one.sort.parts
    if part == "recipient":
        return "to"
    doer = part == parts.get("subject") != parts.get("object")
    if part == "killer" or (doer and "object" in parts and one.base not in one.sort.intransitive):
        return "by"
    return "with" if part == parts.get("with") != parts.get("subject") and "object" in parts else "of"


def _names_whole(row: Sequence[Token], place: int) -> bool:
    return place + 1 < len(row) and row[place + 1].word in ("'s", "’s")


def _phrase(row: Sequence[Token], place: int, end: int, words: EventWords) -> str:
    """The phrase around a noun: its adjectives, and what hangs on it, up to a verb, a date or a mark."""
    grammar = words.grammar
    first = place
    while (
        first > 0
        and row[first - 1].kind == "word"
        and row[first - 1].word not in grammar["prepositions"]
        and row[first - 1].word not in grammar["determiners"]
        and row[first - 1].word not in grammar["finite"]
        and row[first - 1].word not in words.happen
        and row[first - 1].word not in grammar["coordinators"]
        and row[first - 1].end + 1 == row[first].start
        and place - first < 3
        and row[first - 1].word not in words.done
    ):
        first -= 1
    if first > 0 and row[first - 1].word in ("more", "many", "new", "several"):
        first -= 1
    at = place + 1
    while at < end:
        token = row[at]
        if token.kind in ("note",) or token.word in (";", ":", ".", "?", "!", "(", "–", "—", "…", "..."):
            break
        if token.kind == "date" or (
            token.kind == "word"
            and (
                token.word in grammar["finite"]
                or token.word in ("he", "she", "they", "i", "we")
                or token.word in words.happen
                or token.word in grammar["relatives"]
                or (token.word in words.verbs and token.word not in words.nouns)
            )
        ):
            break
        at += 1
    while at > place + 1 and (
        (row[at - 1].kind == "mark" and row[at - 1].word not in ("”", '"', "’"))
        or row[at - 1].word in grammar["prepositions"]
        or row[at - 1].word in grammar["determiners"]
        or row[at - 1].word in ("and", "was", "then", "now", "later", "also")
    ):
        at -= 1
    text = _words(row, first, at)
    return _cut(text[:1].upper() + text[1:]) if at > place + 1 or first < place else ""


def _name(
    row: Sequence[Token], id: str, start: int, end: int, first: int, last: int, small: Collection[str]
) -> str:
    """The name of a participant as the passage has it, or the words of one without a name."""
    if not id:
        words = _words(row, start, end)
        return (
            words[:1].lower() + words[1:] if row[start].kind == "word" and row[start].word in small else words
        )
    own = [token for token in row[first:last] if token.named and token.ids[:1] == (id,)]
    named = [token for token in own if token.capital and token.word.split()[0] not in small]
    if named or own:
        return (named or own)[0].shown
    return next((token.shown for token in row if token.named and token.ids[:1] == (id,)), "")


def _place(row: Sequence[Token], id: str, start: int, end: int) -> str:
    for token in row[start:end]:
        if token.kind == "place" and token.ids and token.ids[0] == id:
            return token.shown
    return ""


def _words(row: Sequence[Token], start: int, end: int) -> str:
    pieces: list[str] = []
    for at in range(start, end):
        token = row[at]
        if token.kind == "note":
            continue
        gap = at > start and row[at - 1].end < token.start
        pieces.append((" " if gap and pieces else "") + token.shown)
    return "".join(pieces).strip(" ,;:")


def _series(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) > 6:
        return f"{', '.join(names[:5])} and {len(names) - 5} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _cut(label: str) -> str:
    if label.count("“") > label.count("”"):
        label += "”"
    if len(label) <= _MOST:
        return label
    return f"{label[: label.rindex(' ', 0, _MOST)]} …"
