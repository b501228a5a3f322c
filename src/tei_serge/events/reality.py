"""What did not happen: denied, planned, supposed, feared, asked about, usual."""

from collections.abc import Sequence

from tei_serge.events.clauses import Clause, Sentence
from tei_serge.events.model import NOUN, Trigger
from tei_serge.events.stream import Token
from tei_serge.events.words import EventWords

_ASPECT = ("n't", "n’t")
# An infinitive behind these is told at second hand, and told.


def unreal(
    row: Sequence[Token],
    sentence: Sentence,
    parts: Sequence[Clause],
    one: Trigger,
    words: EventWords,
    own_date: bool,
) -> str:
    """Why the word tells nothing that has happened; an empty string if it does.

    `own_date` says that the text dates it: a dated noun tells an event even where it is asked about.
    """
    clause = parts[one.clause]
    if clause.opener == ")":
        clause = clause._replace(start=clause.before)
    if one.how == NOUN:
        return _noun(row, sentence, parts, one, words, own_date)
    reason = _verb(row, one.place, clause, words) or _conditional(row, parts, one.clause, words)
    if reason:
        return reason
    if sentence.question and clause.opener not in ("who", "whom", "which") and not _answered(parts, one):
        return "asked about"
    if one.place > sentence.start and (not own_date or _every(row, clause)) and _habitual(row, clause, words):
        return "usual"
    return _governed(row, parts, one.clause, words)


def _answered(parts: Sequence[Clause], one: Trigger) -> bool:
    """Whether the word stands in a part of a question that is told: a clause of time before the question."""
    return parts[one.clause].opener in ("when", "after", "since") and one.clause == 0


def _verb(row: Sequence[Token], place: int, clause: Clause, words: EventWords) -> str:
    unreal = words.unreal
    grammar = words.grammar
    seen: list[str] = []
    for back in range(place - 1, max(clause.start - 1, place - 9), -1):
        token = row[back]
        if token.kind == "date" or (token.kind == "mark" and token.word == ","):
            continue
        if token.kind != "word":
            if token.named and seen and seen[-1] in ("had", "should", "were") and back - 1 >= clause.start:
                break
            break
        word = token.word
        if word == "not" and back + 1 < place and row[back + 1].word in ("only", "merely"):
            continue
        if word in _ASPECT or word in unreal["negations"]:
            return "denied"
        if word in unreal["modals"] or word == "do":
            return "not told as having happened"
        if word == "did" or word == "does":
            seen.append(word)
            continue
        if word == "to":
            before = row[back - 1].word if back > clause.start else ""
            if before in words.grammar["heard"] and ("have" in seen or "be" in seen):
                return ""
            return "" if before in unreal["fulfilled"] and "be" not in seen else "an aim or a plan"
        if word == "having" and back > clause.start and row[back - 1].word in unreal["governors"]:
            return "wanted, feared or planned"
        if (
            word in grammar["be"]
            or word in grammar["have"]
            or word in grammar["adverbs"]
            or word.endswith("ly")
        ):
            seen.append(word)
            continue
        break
    if "be" in seen and not {"have", "has", "had"} & set(seen):
        return "an aim or a plan"
    stop = next((at for at in range(place - 1, clause.start - 1, -1) if row[at].word == ","), clause.start)
    for token in row[stop:place]:
        if token.word in ("whoever", "anyone", "anybody"):
            return "supposed"
        if token.word in ("nobody", "none", "neither", "nor") or (
            token.word == "no" and token.kind == "word"
        ):
            return "denied"
        if token.word in words.unreal["future"] and "will" in seen:
            return "in the future"
    return ""


def _conditional(row: Sequence[Token], parts: Sequence[Clause], number: int, words: EventWords) -> str:
    clause = parts[number]
    opener = clause.opener
    first = next(
        (
            token
            for token in row[clause.start : clause.end]
            if token.kind == "word" and token.word not in ("and", "but", "that", "as", "even", "or")
        ),
        None,
    )
    if opener in words.unreal["conditions"] or (
        first is not None and first.word in words.unreal["conditions"]
    ):
        return "supposed"
    if (
        first is not None
        and first.word in ("had", "were")
        and first.capital
        and first.start == row[clause.start].start
    ):
        return "supposed"
    for at in range(clause.start, min(clause.start + 4, clause.end) - 1):
        if row[at].word in ("as", "even") and row[at + 1].word == "if":
            return "supposed"
    if opener in ("and", "or") and number and parts[number - 1].opener in words.unreal["conditions"]:
        return "supposed"
    return ""


def _governed(row: Sequence[Token], parts: Sequence[Clause], number: int, words: EventWords) -> str:
    """Whether somebody wants, fears or plans what the clause says: “they demanded that …”."""
    clause = parts[number]
    if clause.opener == "that" and number:
        near = row[max(parts[number - 1].start, clause.start - 4) : clause.start]
        if any(token.word in words.unreal["governors"] for token in near):
            return "wanted, feared or planned"
        if any(token.word in _ASPECT or token.word in ("not", "never", "would") for token in near):
            return "denied"
    return ""


def _every(row: Sequence[Token], clause: Clause) -> bool:
    """Whether it happens at each such time: `every year on May 3`."""
    return any(
        row[at].word in ("every", "each") and row[at + 1].word in ("year", "month", "week", "day")
        for at in range(clause.start, clause.end - 1)
    )


def _habitual(row: Sequence[Token], clause: Clause, words: EventWords) -> bool:
    for at in range(clause.start, clause.end):
        token = row[at]
        if token.kind == "date" and dict(token.values).get("type") in ("frequency", "set"):
            return True
        if token.word in words.unreal["habits"] and not (
            token.word == "each" and at + 1 < clause.end and row[at + 1].word == "other"
        ):
            return True
    return False


def _noun(
    row: Sequence[Token],
    sentence: Sentence,
    parts: Sequence[Clause],
    one: Trigger,
    words: EventWords,
    own_date: bool,
) -> str:
    clause = parts[one.clause]
    if one.support >= 0:
        reason = _verb(row, one.support, clause, words) or _conditional(row, parts, one.clause, words)
        if reason:
            return reason
        if sentence.question and not own_date:
            return "asked about"
        if not own_date and _habitual(row, clause, words):
            return "usual"
    for at in range(max(clause.start, one.place - 5), one.place - 1):
        if (
            row[at].word == "to"
            and row[at + 1].kind == "word"
            and row[at + 1].word not in words.grammar["determiners"]
            and one.support < at
        ) and not (row[at - 1].word in words.nouns or row[at + 1].word in ("his", "her")):
            return "an aim or a plan"
    left = row[max(clause.start, one.place - 7) : one.place]
    for offset, token in enumerate(left):
        if (
            token.kind == "word"
            and (not token.capital or token.start == row[sentence.start].start)
            and token.word in words.unreal["governors"]
            and not (
                token.word == "order" and left[offset + 1 : offset + 2] and left[offset + 1].word == "to"
            )
        ):
            return "wanted, feared or planned"
        if (
            token.kind == "word"
            and token.word in ("no", "without", "not", "never", "until", "till", "pending")
            and one.place - (one.place - len(left) + offset) <= 4
        ):
            return "denied"
    behind = parts[one.clause + 1] if one.clause + 1 < len(parts) else clause
    limit = behind.end if behind.opener == "which" else clause.end
    right = row[one.place + 1 : min(one.place + 10, limit)]
    for before, token in zip((row[one.place], *right), right, strict=False):
        if token.kind == "mark" and token.word not in (",", "“", "”"):
            break
        if token.kind == "word" and (
            token.word in words.unreal["follows"] or token.word in words.unreal["modals"]
        ):
            return "wanted, feared or planned"
        if token.word in _ASPECT or (
            token.word in ("not", "never") and before.word in words.grammar["finite"]
        ):
            return "denied"
    if own_date:
        return ""
    return _conditional(row, parts, one.clause, words) or _governed(row, parts, one.clause, words)
