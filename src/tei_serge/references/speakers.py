"""Who says the words of a quotation: somebody named, somebody told by a phrase or a noun, the author."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_serge.diagnostics import Span
from tei_serge.model import Cert, Mark
from tei_serge.references.model import Name, Phrase
from tei_serge.references.phrases import Role, is_role, read_role
from tei_serge.references.setting import Setting, Voice, paragraph_start, sentence_start
from tei_serge.references.words import reference_words

_AGENTS = (Mark.PERSON, Mark.ORGANISATION)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_COMPLEMENT = re.compile(r"\b(?:of|to|from|by|with|in|for|against|about|on|at|than|like)\b")
_THAT_OF = re.compile(r"that\sof\s(?=an?\s|the\s)", re.IGNORECASE)
_ALSO = re.compile(r"[ \u00a0\n](?:and|or|&)[ \u00a0\n]\Z|,[ \u00a0\n]\Z")
_INDEFINITE = re.compile(r"(?:an?|one|another|some)\s")
_LONGEST = 200  # characters of a phrase
_OWNED = re.compile(r"['’]s[ \u00a0\n](?P<noun>[\w-]+)")
# Behind these a person is no subject; “by” can stand before who acts.
_OBLIQUE = re.compile(
    r"\b(?:of|to|from|with|in|for|against|about|on|at|than|like|between|upon|over|after|before|behind)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_BELONGS = re.compile(r"\b(?:of|from|at|in)\b|['’]s\s")
_AND = re.compile(r"[ \u00a0\n]and[ \u00a0\n]")
_ADVERB = re.compile(r"(?:[A-Z][a-z]+,?\s){0,2}\Z")


class Found(NamedTuple):
    """A speaker, and the phrase that tells of him where he has no name."""

    voice: Voice
    phrase: Phrase | None = None


def speaker_of(setting: Setting, speaker: Span, last: str, outer: Sequence[str]) -> Found | None:
    """Whose words they are; `last` spoke before in the same paragraph, `outer` speak the words around."""
    words = setting.text[speaker.start : speaker.end]
    low = words.lower()
    if words in ("I", "we", "We", "me"):
        if words != "I":
            return None
        who = tuple(outer) or tuple(filter(None, (setting.author(speaker.start),)))
        return Found(Voice(who, "", None if outer else Cert.MEDIUM, "“I” is the writer")) if who else None
    if low in ("he", "she", "he himself", "she herself"):
        return _pronoun(setting, speaker, low.split()[0], last)
    named = _named(setting, speaker)
    if named:
        return Found(Voice(named, "", None, "named beside the verb"))
    phrase = _phrase(setting, speaker.start, speaker.end)
    if phrase is not None:
        return Found(Voice((phrase.id,), "", phrase.cert, phrase.reason))
    if " " not in words:
        return None
    return _nameless(setting, speaker, Cert.MEDIUM) or _opening(setting, speaker)


def _named(setting: Setting, speaker: Span) -> tuple[str, ...]:
    """The persons or bodies that the words of the speaker name, not those that he belongs to."""
    found: list[Name] = []
    position = speaker.start
    for name in _touching(setting, speaker):
        gap = setting.text[position : name.start] if name.start > position else ""
        if name.mark not in _AGENTS:
            if found or name.mark is Mark.TITLE:
                break
            continue
        if found and not _ALSO.fullmatch(gap):
            break
        if not found and _COMPLEMENT.search(gap):
            break
        owned = _OWNED.match(setting.text, name.end)
        if owned and (owned.end() <= speaker.end or is_role(owned["noun"])):
            break  # Harrow’s cousin
        found.append(name)
        position = name.end
    return tuple(dict.fromkeys(name.id for name in (*_joined(setting, found), *found)))


def _joined(setting: Setting, found: Sequence[Name]) -> list[Name]:
    """The person before “and”, where he opens the sentence: Harrow and Lund said."""
    before = setting.names.last(found[0].start) if found else None
    if before is None or before.mark not in _AGENTS:
        return []
    gap = setting.text[before.end : found[0].start]
    return (
        [before] if _AND.fullmatch(gap) and sentence_start(setting.text, before.start) == before.start else []
    )


def _touching(setting: Setting, span: Span) -> list[Name]:
    """The names that lie in the words of the speaker, or hold their beginning."""
    before = setting.names.last(span.start)
    held = [before] if before is not None and before.end > span.start else []
    return [*held, *setting.names.within(span.start, span.end)]


def _phrase(setting: Setting, start: int, end: int) -> Phrase | None:
    """The phrase about a person that the words of the speaker begin with."""
    near = setting.phrases.within(start - _LONGEST, min(end, start + 5))
    return next((one for one in near if one.end > start and one.type.startswith("person")), None)


def _nameless(setting: Setting, span: Span, cert: Cert) -> Found | None:
    """A person or a group without a name, told by a noun with its article."""
    text = setting.text
    prefix = _THAT_OF.match(text, span.start, span.end)
    start = prefix.end() if prefix else span.start
    table = reference_words()
    words = list(_WORD.finditer(text, start, min(span.end, start + 90)))
    for number, word in enumerate(words[:6]):
        low = word[0].lower()
        if number and (low in table.finite or low in table.links - {"of"}):
            return None
        single, many = is_role(low), low in table.groups
        if not (single or many or (words[0][0].lower() == "one" and is_role(low, True))) or not number:
            continue
        opening = text[start : word.start()].lower().split()
        end = _tail(text, word.end(), span.end)
        if many and opening[:2] != ["one", "of"]:
            if opening[0] not in table.openings:
                return None
            return _made(setting, Span(start, end), "person-group", low, cert)
        for stop in (end, word.end()):
            role = read_role(text, start, stop)
            if role is not None and role.opening:
                return _holder(setting, role) or _made(setting, Span(start, stop), "person", role.noun, cert)
        return None
    return None


def _holder(setting: Setting, role: Role) -> Found | None:
    """The only person of the text who has the title or office: `the judge`, after `Judge Lund`."""
    holders = setting.holders.get(role.noun, frozenset())
    if role.opening != "the" or not role.bare or len(holders) != 1:
        return None
    reason = f"the only {role.noun} of the text"
    phrase = Phrase(role.span, "person", tuple(holders), "rN4", reason, Cert.MEDIUM, role.office)
    return Found(Voice(phrase.ids, "", Cert.MEDIUM, reason), phrase)


def _tail(text: str, end: int, limit: int) -> int:
    """The end of a noun with its “of …”."""
    match = re.compile(r"\sof\s(?:the\s)?[\w’'-]+").match(text, end, limit)
    return match.end() if match else end


def _made(setting: Setting, span: Span, type: str, noun: str, cert: Cert) -> Found | None:
    words = setting.text[span.start : span.end]
    if setting.names.within(span.start, span.end) and not _BELONGS.search(words):
        return None  # somebody with a name after all
    kind = "person-group" if type == "person-group" else "anonymous"
    low = " ".join(words.lower().split())
    key = f"{low} {span.start}" if _INDEFINITE.match(low) else ""  # every “a woman” is another
    record = setting.records.record(kind, words, key)
    phrase = Phrase(span, type, (record,), "rN8", "somebody without a name who speaks", cert)
    return Found(Voice((phrase.id,), "", cert, f"“{noun}”, who has no name"), phrase)


def _opening(setting: Setting, speaker: Span) -> Found | None:
    """The phrase that opens the sentence, where the words taken for the speaker are nobody."""
    start = sentence_start(setting.text, speaker.start)
    persons = (name.mark is Mark.PERSON for name in setting.names.within(start, speaker.start))
    if start >= speaker.start or any(persons):
        return None
    return _nameless(setting, Span(start, min(speaker.start, start + 80)), Cert.LOW)


def _pronoun(setting: Setting, speaker: Span, word: str, last: str) -> Found | None:
    """The person whom “he” or “she” means: the only one of the paragraph, its subject, or who spoke last."""
    wrong = "F" if word == "he" else "M"
    begin = paragraph_start(setting.text, speaker.start)
    near = [
        name
        for name in setting.names.within(begin, speaker.start)
        if name.mark is Mark.PERSON
        and setting.sexes.get(name.id) != wrong
        and not setting.marked.holds(name.start)
    ]
    ids = list(dict.fromkeys(name.id for name in near))
    if len(ids) == 1 and any(
        not _OBLIQUE.search(setting.text, max(0, one.start - 20), one.start) for one in near
    ):
        return Found(Voice((ids[0],), "", Cert.MEDIUM, f"“{word}” is the only person named in the paragraph"))
    for name in _subjects(setting, near):
        return Found(Voice((name.id,), "", Cert.MEDIUM, f"“{word}” is the subject of the sentence before"))
    if last in ids:
        return Found(Voice((last,), "", Cert.MEDIUM, f"“{word}” is the one who spoke before"))
    return None


def _subjects(setting: Setting, near: Sequence[Name]) -> Iterator[Name]:
    """The persons who open a sentence, the last first."""
    for name in reversed(near):
        start = sentence_start(setting.text, name.start)
        if _ADVERB.fullmatch(setting.text, start, name.start):
            yield name
