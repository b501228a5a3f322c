"""When an event happened: its own date, one that governs it, or the bounds that the story gives."""

from collections.abc import Collection, Mapping, Sequence

from tei_serge.events.clauses import Clause, is_finite
from tei_serge.events.model import NOUN, Dated, Trigger
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords
from tei_serge.model import Cert

NAMES = ("when", "from", "to", "notBefore", "notAfter")
_TIMELESS = ("duration", "frequency", "age")


def values_of(token: Token) -> dict[str, str]:
    """The date attributes of a token; empty where it is no date, or a length of time."""
    if token.kind != "date":
        return {}
    given = dict(token.values)
    if given.get("type") in _TIMELESS:
        return {}
    return {name: given[name].partition("T")[0] for name in NAMES if given.get(name)}


def cert_of(token: Token) -> Cert | None:
    """The certainty of a date."""
    value = dict(token.values).get("cert")
    return Cert(value) if value else None


def earliest(values: Mapping[str, str]) -> str:
    """The first day, month or year that a date can mean; empty if it is open."""
    return values.get("when") or values.get("from") or values.get("notBefore") or ""


def latest(values: Mapping[str, str]) -> str:
    """The last day, month or year that a date can mean; empty if it is open."""
    return values.get("when") or values.get("to") or values.get("notAfter") or ""


def assign(
    row: Sequence[Token],
    parts: Sequence[Clause],
    triggers: Sequence[Trigger],
    words: EventWords,
    taken: Collection[int] = (),
) -> dict[int, list[int]]:
    """The dates of a sentence by the event word that each belongs to; keys are numbers of triggers.

    A date belongs to the nearest word of its clause, else to the nearest clause; a bracket that holds
    nothing but a date gives the years of a life or of a book. Those in `taken` have been read already.
    """
    found: dict[int, list[int]] = {}
    told = {one.clause for one in triggers}
    for number, clause in enumerate(parts):
        if number not in told and _aside(row, parts, number):
            continue
        for at in range(clause.start, clause.end):
            if (
                at in taken
                or row[at].kind != "date"
                or not values_of(row[at])
                or _of_a_thing(row, at, triggers, words)
            ):
                continue
            best = min(
                range(len(triggers)),
                key=lambda n: (
                    _apart(parts, number, triggers[n]),
                    abs(triggers[n].place - at) + (triggers[n].place > at),
                ),
                default=None,
            )
            head = at - parts[0].start < _HEAD
            if (
                best is not None
                and not head
                and triggers[best].clause != number
                and _tells_itself(row, clause, words)
            ):
                continue
            if best is not None:
                found.setdefault(best, []).append(at)
    return found


_HEAD = 5  # tokens in which a date governs its sentence


def _tells_itself(row: Sequence[Token], clause: Clause, words: EventWords) -> bool:
    """Whether a clause without an event word has a verb of its own that its date belongs to."""
    return clause.opener not in ("when", "after", "before", "while", "as", "(", ")") and is_finite(
        row, clause, words
    )


def _aside(row: Sequence[Token], parts: Sequence[Clause], number: int) -> bool:
    """Whether a clause without an event word keeps its dates to itself: relative, in brackets, in dashes."""
    clause = parts[number]
    before = row[clause.start - 1] if clause.start else None
    if clause.opener in ("who", "whom", "which", "whose", "where", "if", "because", "although"):
        return True
    if clause.opener == "(":
        # The years of a life or of a book, but “once (from 1923 to 1926)”.
        outer = row[clause.start - 2] if clause.start > 1 else None
        return clause.end - clause.start > 4 or outer is None or outer.named
    dashes = ("–", "—", "--")
    closed = row[clause.end - 1].word in dashes or (clause.end < len(row) and row[clause.end].word in dashes)
    return before is not None and before.word in dashes and closed


def _of_a_thing(row: Sequence[Token], at: int, triggers: Sequence[Trigger], words: EventWords) -> bool:
    """Whether a date belongs to a thing that is no event: `the law of April 8`."""
    if at < 2 or row[at - 1].word != "of":
        return False
    owner = row[at - 2]
    return (
        owner.kind == "word"
        and owner.word not in words.grammar["times"]
        and all(one.place != at - 2 for one in triggers)
    )


def _apart(parts: Sequence[Clause], number: int, one: Trigger) -> int:
    apart = abs(one.clause - number)
    if apart and parts[one.clause].opener in ("who", "whom", "which", "(") and one.clause < number:
        # “Harrow, who was shot, came back in 1920”: the date is not that of the relative clause.
        return apart + 2
    return apart


def own_date(row: Sequence[Token], dates: Sequence[int], one: Trigger, written: str) -> Dated | None:
    """The date of an event word among those that belong to it: the nearest, an exact one before others."""
    if not dates:
        return None
    best = min(
        dates,
        key=lambda at: (
            one.how == NOUN and at < one.place,
            "when" not in values_of(row[at]),
            abs(at - one.place) + (at < one.place) / 2,
        ),
    )
    return dated(row[best], one, written)


def dated(token: Token, one: Trigger, written: str) -> Dated:
    """What a date says of an event."""
    values = values_of(token)
    cert = cert_of(token)
    kind = dict(token.values).get("type", "")
    if set(values) == {"notAfter"} and cert is Cert.LOW:
        return Dated(values, Cert.LOW, "rE3", f"“{token.shown}” gives no more than that")
    if set(values) == {"notBefore"}:
        if written and values["notBefore"] <= written:
            values["notAfter"] = written
        return Dated(values, Cert.MEDIUM, "rE7", f"“{token.shown}”, and not after the day of writing")
    if kind == "event-relative":
        return Dated(values, Cert.MEDIUM, "rE7", f"dated by another event: “{token.shown}”")
    if "from" in values and "to" not in values and one.sort.state:
        return Dated(values, cert, "rE6", f"a state that lasts: “{token.shown}”")
    if "from" in values and one.sort.state:
        return Dated(values, cert, "rE6", f"a state with its bounds: “{token.shown}”")
    return Dated(values, cert, "rE1", f"the date “{token.shown}” in its clause")
