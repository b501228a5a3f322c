"""What looks like a time and is none: pages, sums, ages, armies, verbs; decided from the words around."""

import re

from tei_serge.temporal.grammar import Found
from tei_serge.temporal.lexicon import around, is_ambiguous, lexicon
from tei_serge.temporal.model import Expression

_WORD_BEFORE = re.compile(r"([^\W_]+)[.:°º]*\s*(?:\d[\d.,–-]*[\s,&–-]*)?$")
_WORD_AFTER = re.compile(r"\s*([^\W\d_]+)")
_OWNER = re.compile(r"['’]s?(?=\s)")
_FILE = re.compile(r"(?<!\d)(?:\d+\.\d+|\d{5,}|\d+[A-Z]+)[/-]$")  # the number of a file: 12.34/1914
_LETTER = re.compile(r"\s*([^\W\d_])")


def is_decoy(text: str, found: Found, expression: Expression, *, day_list: bool) -> bool:
    """Whether an expression is none, for what stands before and behind it.

    `day_list` tells that a day stands before in the same paragraph, so that a bare ordinal can go on from it.
    """
    rule = found.rule.name
    if text[expression.start].isupper() and _is_surname(text, expression.start):
        return True
    check = _CHECKS.get(rule)
    if check is not None and check(text, found, expression, day_list):
        return True
    return text[expression.start].isdigit() and _is_numbered(text, expression.start)


_TITLE = re.compile(r"([^\W\d_]+)\.?\s+$")
_LETTER_OF = re.compile(
    r"\b(?:letters?|favou?r|yours|note|des?patch|dispatch|telegram|communication|report|issue|number)\s+of\s+(?:the\s+)?$",
    re.I,
)
_AMOUNT = re.compile(
    r"\b(?:(?:rose|fell|grew|increased|decreased|dropped|sank|climbed|amounted|came)\s+(?:from|to)|there\s+(?:were|are)|"
    r"numbered|totalled|totaled|reached|number\s+was|production\s+was)\s+$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|whom|which)\b")
_STREET = re.compile(r"\s+[A-Z][a-z]+\s+(?:Street|St\.|Road|Avenue|Square|Lane|Terrace|Boulevard)\b")


def _is_surname(text: str, start: int) -> bool:
    match = _TITLE.search(text[max(0, start - 16) : start])
    return bool(match) and match[1].lower() in lexicon().titles and match[1][0].isupper()  # type: ignore[index]


def word_before(text: str, position: int) -> str:
    """The word before an offset in small letters, empty at the beginning of a sentence."""
    start = max(0, position - 24)
    match = re.search(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[\s(“\"]*$", text[start:position])
    return match[1].lower() if match else ""


def word_after(text: str, position: int) -> str:
    """The word behind an offset as it is written, empty where punctuation comes first."""
    match = _WORD_AFTER.match(text, position)
    return match[1] if match else ""


def _is_numbered(text: str, start: int) -> bool:
    """Whether a counter (page, No., Vol.) or a sign of currency stands before the number."""
    before = text[max(0, start - 28) : start]
    if before.rstrip()[-1:] in lexicon().signs and before.strip():
        return True
    if _FILE.search(before):
        return True
    match = _WORD_BEFORE.search(before)
    return bool(match) and match[1].lower() in lexicon().before_number  # type: ignore[index]


def _year(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """A number of four figures that counts something."""
    token = found.token("year") or found.token("short")
    if token is None:
        return False
    before, after = word_before(text, token.start), word_after(text, token.end)
    if text[token.end : token.end + 1] in ("%", "°") or text[max(0, token.start - 1) : token.start] in (
        "+",
        "=",
        "×",
    ):
        return True
    if "short" in found.captured:
        return before not in around("before_year") and not expression.temporal.part
    if found.first != found.captured["year"]:
        return False
    lowered = after.lower()
    if _AMOUNT.search(text, max(0, token.start - 40), token.start) or _OF_THEM.match(text, token.end):
        return True
    if lowered in around("measured") or _STREET.match(text, token.end):
        return True
    value = token.classes["YEAR"]
    plural = (
        after.islower() and len(after) > 3 and lowered.endswith("s") and lowered not in around("no_plurals")
    )
    if plural and not lowered.endswith("ss") and before not in around("before_year"):
        return True
    if value % 50 == 0 and (before == "of" or before not in around("before_year")):
        return after.islower() and after not in around("after_day")
    return value < 1300 and before not in around("before_year")


def _month(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """May, March, August as other words; a month as part of a name (the October Revolution)."""
    token = found.token("month")
    assert token is not None
    before, after = word_before(text, expression.start), word_after(text, expression.end)
    if token.word in ("jan", "dec", "sep", "jun", "jul", "mar"):
        # Jan van der Velde is nobody's January.
        return before not in around("before_month") or after in around("particles")
    if is_ambiguous(token.word):
        if before not in around("before_month") and not _IN_A_ROW.match(text, expression.end):
            return True
        given = after[:1].isupper() and len(after) > 1 and token.word in ("may", "april", "june", "august")
        if given and before not in around("before_name_of_month"):
            return True
        return before in ("the",)
    if (
        before
        and before not in around("before_month")
        and before not in ("the", "or", "but", "with", "for", "was", "is")
    ):
        # "the whole October generation": an attribute of a noun, behind an adjective
        return after.islower() and len(after) > 3 and after not in around("after_day")
    return (before == "the" and after[:1].isupper()) or after in _NAMED


_IN_A_ROW = re.compile(
    r"\s*(?:[-–—/]|,|and|to)\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b"
)
_NAMED = frozenset(
    ("Revolution", "Manifesto", "Days", "Uprising", "Group", "Insurrection", "League", "Decree")
)


def _day_alone(text: str, found: Found, expression: Expression, day_list: bool) -> bool:
    """An ordinal that counts congresses, armies or attempts."""
    if expression.temporal.weekday is not None:
        return False
    tokens = found.run.tokens
    first, last = tokens[found.first], tokens[found.last]
    before = word_before(text, first.start)
    if first.word in ("from", "on"):
        before = first.word
    after = word_after(text, last.end)
    in_words = "ORDW" in tokens[found.captured.get("day", found.captured.get("one", found.last))].classes
    if in_words and (not day_list or before not in ("on", "until", "till", "since", "by")):
        return True
    if after.lower() in lexicon().counted:
        return True
    if _LETTER_OF.search(text[max(0, first.start - 30) : first.start]):
        return False
    if len(after) > 1 and after[0].isupper() and not (day_list and before in ("on", "")):
        return True
    if after and after[0].islower() and after not in around("after_day"):
        return True
    if after == "of" and not day_list:
        return True
    if before in around("before_day"):
        return before in ("of", "to", "about") and not day_list
    return not (day_list or (not before and not in_words))


def _season(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """Spring, fall as other words."""
    token = found.token("season")
    assert token is not None
    before = word_before(text, token.start)
    after = word_after(text, expression.end).lower()
    if after == "time":
        return True
    if is_ambiguous(token.word):
        if after in ("of", "to", "from", "in", "into", "upon", "on", "back", "with") and token.word == "fall":
            return True
        if after == "of" and "year" not in found.captured and found.rule.name != "season of that year":
            return True
        return before not in around("before_season")
    return False


def _age(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """The years of a person; a second, a quarter as other words."""
    behind = _OWNER.match(text, expression.end)
    following = word_after(text, behind.end() if behind else expression.end)
    counted = found.token("n")
    named = text[counted.start if counted else expression.start].isupper()
    hyphen = (
        text[expression.end : expression.end + 1] == " " and "-" in text[expression.start : expression.end]
    )
    if following[:1].isupper() and (hyphen or named):
        return True  # the Five-Year Plan, the Thirty Years’ War
    if following in ("day", "week") and hyphen:
        return True  # an eight-hour day
    after = text[expression.end : expression.end + 10].lstrip(" -–").lower()
    if after.startswith("ago"):
        return True  # read from its number on: only | a year ago
    if after.startswith(("old", "of age", "-old")):
        return True
    before = word_before(text, expression.start)
    if before in ("aged", "age", "ages"):
        return True
    token = found.token("unit")
    if token is None:
        return False
    word = token.word
    if word == "second" or (word == "day" and after.startswith(("labour", "labor"))):
        return True
    if found.word("n") == "one" and word == "day" and "-" not in text[expression.start : expression.end]:
        return before not in around("before_one_day")
    if found.word("n") in ("a", "an") and word in ("night", "minute", "day") and not found.token("few"):
        if text[expression.end : expression.end + 1] == "-":
            return True
        following = word_after(text, expression.end)
        if word == "minute" and following == "of":
            return True
        return (
            following.islower()
            and following not in around("after_day")
            and following not in ("or", "ago", "later")
        )
    return False


def _clock(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """Figures with a colon that are a verse, a score, a ratio."""
    if found.token("half") or "o'clock" in text[expression.start : expression.end].lower().replace("’", "'"):
        return False
    before = word_before(text, expression.start)
    return bool(before) and before not in around("before_hours")


def _same_time(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """At the same time, at the head of a sentence: a conjunction."""
    before = text[max(0, expression.start - 4) : expression.start]
    return before.startswith("At ") or before[-3:] == "At "


def _phrase(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """At the time I write, at the time of the trial: not the present."""
    return word_after(text, expression.end).lower() in ("i", "we", "of", "when", "that")


def _set_word(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """The Daily Herald: a name."""
    return text[expression.start].isupper() and word_after(text, expression.end)[:1].isupper()


def _weekday(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """It was a Wednesday: which one is not said."""
    return word_before(text, expression.start) == "a" and "way" not in found.captured


def _eve(text: str, found: Found, expression: Expression, _: bool) -> bool:
    return word_after(text, expression.end) == "of"


def _month_word(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """October the first: not where the ordinal goes with a noun."""
    return word_after(text, expression.end).lower() not in ("", *around("after_day"))


def _plural(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """Days, years and hours of which nobody says how long they lasted."""
    return word_before(text, expression.start) not in around("before_plural")


def _distance(text: str, found: Found, expression: Expression, _: bool) -> bool:
    """A year before the war, a month earlier than usual: lengths, not counted from the time told."""
    after = word_after(text, expression.end)
    return after == "than" or (found.word("way") in ("before", "after") and bool(after) and after != "that")


def _approximate(text: str, found: Found, expression: Expression, _: bool) -> bool:
    token = found.token("year")
    assert token is not None
    after = word_after(text, token.end).lower()
    plural = after.endswith("s") and len(after) > 3 and after not in around("no_plurals")
    return after in around("measured") or (plural and not after.endswith("ss"))


_CHECKS = {
    "plain plural": _plural,
    "clock": _clock,
    "same time": _same_time,
    "eve": _eve,
    "set word": _set_word,
    "weekday": _weekday,
    "vague phrase": _phrase,
    "month ordinal word": _month_word,
    "later": _distance,
    "year": _year,
    "year about": _approximate,
    "short year": _year,
    "month": _month,
    "ordinal": _day_alone,
    "ordinals": _day_alone,
    "bare days": _day_alone,
    "season": _season,
    "season year": _season,
    "season relative": _season,
    "duration": _age,
    "half duration": _age,
    "the duration": _age,
}
