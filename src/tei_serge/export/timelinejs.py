"""Events as JSON for TimelineJS 3: a title slide, and a slide for each dated event in the order of time.

Besides the events that the texts tell, those of their registers that they mention have a slide.

The text of a slide is HTML, which TimelineJS puts into the page: all that comes from a TEI file is escaped
here. TimelineJS takes the markup out of `display_date` and `group` and puts what is left into the page as
HTML again, so that those are escaped twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from operator import itemgetter
from typing import Any

from tei_serge.authority.folding import tidy
from tei_serge.chronicle.collect import compose
from tei_serge.chronicle.date_words import date_words
from tei_serge.chronicle.days import civil, days_of
from tei_serge.chronicle.model import Chronicle, Participant, Text, Told
from tei_serge.chronicle.order import in_time
from tei_serge.chronicle.read import Reading
from tei_serge.edition.model import Edition
from tei_serge.export.iris import passage_iri
from tei_serge.export.json_text import json_array, json_value
from tei_serge.export.registry import Wishes
from tei_serge.export.timeline_mentions import Mentioned, MentionedEvents

__all__ = ["write"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LONGEST_PASSAGE = 700
_MOST_GROUPS = 6
_MOST_OTHERS = 5
_MOST_NAMED = 12
"""How many events without a date the title slide names; of more it only says how many."""


@dataclass(frozen=True, slots=True)
class _Timeline:
    """What the slides are made of: `others` are the rows that likely tell the event of a row as well."""

    chronicle: Chronicle
    texts: Mapping[str, Text]
    others: Mapping[int, list[int]]
    groups: Mapping[tuple[str, str], str]
    base: str
    mentioned: tuple[Mentioned, ...] = ()


def write(editions: Iterable[Edition], wishes: Wishes) -> Iterator[bytes]:
    """The timeline, a slide a line. Of the texts only their events are kept until all are compared."""
    mentions = MentionedEvents()
    chronicle = compose(_reading(edition, mentions, wishes) for edition in editions)
    texts = {text.name: text for text in chronicle.texts}
    mentioned = tuple(mentions.found())
    groups = _groups(chronicle, texts, mentioned)
    line = _Timeline(chronicle, texts, _others(chronicle), groups, wishes.base, mentioned)
    title = json_value(_title(line, wishes))
    yield from json_array(f'{{"title": {title},\n"events": [', _unique(_slides(line)), "]}")


def _slides(line: _Timeline) -> Iterator[dict[str, Any]]:
    """The slides of what is told and of what is mentioned, in the order of time."""
    told = (
        (in_time(one), partial(_slide, line, row))
        for row, one in enumerate(line.chronicle.events)
        if one.dated
    )
    mentioned = ((in_time(one.event), partial(_mention, line, one)) for one in line.mentioned)
    for _, slide in sorted((*told, *mentioned), key=itemgetter(0)):
        yield slide()


def _reading(edition: Edition, mentions: MentionedEvents, wishes: Wishes) -> Reading:
    """What the chronicle compares of an edition. Its name stands for its path: it is unique in a run."""
    header = edition.header
    undated = sum(not told.dated for told in edition.events)
    left = [f"{_number(undated, 'event')} without a date"] if undated else []
    if passed := mentions.take(edition):
        left.append(f"{_number(passed, 'event')} of a register that the text neither tells nor mentions")
    if left:
        wishes.left_out(edition.path, ", ".join(left))
    author = ", ".join(one.name for one in header.authors)
    text = Text(edition.name, edition.name, header.title or edition.name, author)
    return Reading((text,), tuple(replace(told, text=edition.name) for told in edition.events), ())


def _others(chronicle: Chronicle) -> Mapping[int, list[int]]:
    """The rows that other texts likely tell the event of a row in."""
    found: dict[int, list[int]] = {}
    for pair in chronicle.same:
        found.setdefault(pair.one, []).append(pair.other)
        found.setdefault(pair.other, []).append(pair.one)
    return found


def _groups(
    chronicle: Chronicle, texts: Mapping[str, Text], mentioned: Sequence[Mentioned]
) -> Mapping[tuple[str, str], str]:
    """The group of events of a type and a text: the type, else the text, else none.

    Each group takes a row of the line away from the slides, so that more than a few leave nothing to read.
    What is only mentioned is a group of its own; where there is no other, it stands beside what is told.
    """
    kinds = {(event.type, event.text): event.type or "event" for event in chronicle.events if event.dated}
    titles = {kind: texts[kind[1]].title for kind in kinds}
    more = 1 if mentioned else 0
    for groups in (kinds, titles):
        if 1 < len(set(groups.values())) <= _MOST_GROUPS - more:
            return groups
    return dict.fromkeys(kinds, "told") if more else {}


def _title(line: _Timeline, wishes: Wishes) -> dict[str, Any]:
    """The title slide: the collection or its only text, how many events, and which are not on the line."""
    chronicle = line.chronicle
    only = chronicle.texts[0] if len(chronicle.texts) == 1 else None
    headline = wishes.title or (only.title if only else "Chronology")
    dated = [event for event in chronicle.events if event.dated]
    undated = [event.label or event.type or "event" for event in chronicle.events if not event.dated]
    told = f"{_number(len(dated), 'event')} of {_number(len(chronicle.texts), 'text')}"
    more = f", and {len(line.mentioned):,} more {'that it mentions' if only else 'that they mention'}"
    said = [escape(only.author)] if only and only.author else []
    said.append(f"{told}{more if line.mentioned else ''}.")
    if undated:
        few = len(undated) <= _MOST_NAMED
        named = escape("; ".join(undated)) if few else _number(len(undated), "event")
        said.append(f"Without a date, and so not on the line: {named}.")
    text = {"headline": escape(_clean(headline)), "text": "".join(f"<p>{_clean(one)}</p>" for one in said)}
    return {"unique_id": "title", "text": text, "autolink": False}


def _slide(line: _Timeline, row: int) -> dict[str, Any]:
    """The slide of an event that a text tells and dates."""
    event = line.chronicle.events[row]
    rows = (*_told(event), *_where(line, event), *_also(line, row))
    return _made(event, line.groups.get((event.type, event.text), ""), rows, f"{event.text}.{event.id}")


def _mention(line: _Timeline, mentioned: Mentioned) -> dict[str, Any]:
    """The slide of an event that texts mention: what the register says of it, and where to read of it."""
    event = mentioned.event
    places = list(mentioned.texts.items())
    rows = [*_told(event), "Mentioned in:", *(_source(line, text, id) for text, id in places[:_MOST_OTHERS])]
    if len(places) > _MOST_OTHERS:
        rows.append(f"and {len(places) - _MOST_OTHERS:,} more")
    return _made(event, "mentioned" if line.groups else "", rows, f"mentioned.{event.id}")


def _made(event: Told, group: str, rows: Iterable[str], id: str) -> dict[str, Any]:
    start, end = _ends(event)
    slide: dict[str, Any] = {"unique_id": id, "start_date": start}
    if end and end != start:
        slide["end_date"] = end
    words = date_words(event.dates) + (" ?" if event.cert == "low" else "")
    slide["display_date"] = _twice(words)
    if group:
        slide["group"] = _twice(group)
    headline = escape(_clean(event.label or event.type or "Event"))
    slide["text"] = {"headline": headline, "text": "".join(f"<p>{_clean(one)}</p>" for one in rows)}
    slide["autolink"] = False
    return slide


def _ends(event: Told) -> tuple[dict[str, int], dict[str, int] | None]:
    """Where an event stands on the line: its dates, no more precise than they are told.

    Where only an end is known, the event stands there.
    """
    dates = event.dates
    firsts = [one for one in (dates.when, dates.first, dates.not_before) if days_of(one)]
    lasts = [one for one in (dates.last, dates.not_after) if days_of(one)] if not days_of(dates.when) else []
    if not firsts:
        return _date(max(lasts, key=_last_day)), None
    first = min(firsts, key=_first_day)
    last = max(lasts, key=_last_day, default="")
    return _date(first), _date(last) if last and _last_day(last) >= _first_day(first) else None


def _first_day(value: str) -> int:
    return (days_of(value) or (0, 0))[0]


def _last_day(value: str) -> int:
    return (days_of(value) or (0, 0))[1]


def _date(value: str) -> dict[str, int]:
    """A year, month or day of TEI. Both TEI and TimelineJS write 44 BC as the year -44."""
    span = days_of(value) or (1, 1)
    year, month, day = civil(span[0])
    date = {"year": year if year > 0 else year - 1}
    if span[1] - span[0] < 31:
        date["month"] = month
    if span[0] == span[1]:
        date["day"] = day
    return date


def _told(event: Told) -> Iterator[str]:
    """The words of the passages, who and where, how sure, and the notes."""
    yield from (f"“{escape(_cut(passage.text))}”" for passage in event.passages if passage.text.strip())
    facts = [f"{escape(_capital(event.type))}."] if event.type else []
    if event.places:
        facts.append(f"Where: {escape(', '.join(place.name for place in event.places))}.")
    if event.participants:
        facts.append(f"Who: {escape('; '.join(map(_participant, event.participants)))}.")
    if facts:
        yield " ".join(facts)
    if event.cert or event.why:
        certainty = f"Certainty of the encoding: {event.cert or 'the source is explicit'}"
        yield escape(f"{certainty} ({event.why})." if event.why else f"{certainty}.")
    yield from (escape(f"{_capital(note.type or 'note')}: {note.text}") for note in event.notes)


def _where(line: _Timeline, event: Told) -> Iterator[str]:
    """The text that tells the event."""
    yield _source(line, event.text, next((one.id for one in event.passages if one.id), ""))


def _source(line: _Timeline, name: str, passage: str) -> str:
    """A text, with a link to the passage where the edition has an address."""
    text = line.texts[name]
    source = escape(f"{text.author}, {text.title}" if text.author else text.title)
    if line.base:
        source = f'<a href="{escape(passage_iri(line.base, name, passage))}">{source}</a>'
    return source


def _also(line: _Timeline, row: int) -> Iterator[str]:
    """The other texts that likely tell the event."""
    others = line.others.get(row, [])
    for other in others[:_MOST_OTHERS]:
        event = line.chronicle.events[other]
        when = date_words(event.dates)
        words = f"{line.texts[event.text].title}: {event.label or event.type}{f' ({when})' if when else ''}"
        yield f"Likely told also in {escape(words)}"
    if len(others) > _MOST_OTHERS:
        yield f"and {len(others) - _MOST_OTHERS:,} more"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _participant(one: Participant) -> str:
    return f"{one.name} ({one.part})" if one.part else one.name


def _cut(words: str) -> str:
    """A passage that is too long for a slide, cut between words."""
    if len(words) <= _LONGEST_PASSAGE:
        return words
    head = words[:_LONGEST_PASSAGE]
    return f"{head.rpartition(' ')[0] or head} …"


def _twice(words: str) -> str:
    return escape(escape(_clean(words)))


def _clean(words: str) -> str:
    """Words with single spaces, without control characters; those that say how letters join or run stay."""
    return tidy(_CONTROL.sub(" ", words))


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _unique(slides: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The slides, each with an id of its own that can stand in the address of a page."""
    taken = {"title"}
    for slide in slides:
        key = wanted = slide["unique_id"]
        number = 1
        while key in taken:
            number += 1
            key = f"{wanted}-{number}"
        taken.add(key)
        yield {**slide, "unique_id": key}
