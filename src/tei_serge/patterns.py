"""The patterns by which a single line shows its shape; word lists come from `data/en/lines.toml`.

Each function answers one question about one line, without regard to its neighbours.
"""

from functools import cache

import regex

from tei_serge.dates import find_full_dates
from tei_serge.vocabulary import alternation, fold, words

# The label of an item, a clause or a note at the start of a line: "1.", "2)", "(3)", "[4]", "[5*]", "a)", "(iv)", "*", "•".
LABEL = regex.compile(
    r"""
    (?P<label>
        \[ (?P<n>\d{1,4}[*?]? | [A-Za-z] | [ivxlcdm]{1,6} | [*†‡§]{1,4}) \]
      | \( (?P<n>\d{1,4}[*?]? | [A-Za-z]{1,2} | [ivxlcdm]{1,6} | [*†‡§]{1,4}) \) [.)]?
      | (?P<n>\d{1,3} \*?) (?: [.)\]] | \.\) | \.\] | [ \u00a0] [–—-](?=[ \u00a0]) ) (?![\d])
      | (?P<n>[A-Za-z]) [.)]
      | (?P<n>[ivxlcdm]{1,6} | [IVXLCDM]{1,6}) [.)]
      | (?P<n>[*†‡§]{1,4})
      | (?P<n>[•◦▪●○■□‣⁃·∙–—-])
    )
    (?P<gap> [ \t\u00a0]* ) (?=\S)
    """,
    regex.VERBOSE,
)
BULLETS = frozenset("•◦▪●○■□‣⁃·∙–—-*")
INDENT = regex.compile(r"[ \t\u00a0]*+")
_SEPARATOR = regex.compile(
    r"(?:(?:[*•·⁂☆★~#=+—–_.◊§-]|\. )[ \t\u00a0]*){3,60}|\*|⁂|§|_{3,}|-{3,}|o{1,3}O{1,3}o{1,3}|[•·](?:[ \u00a0]+[•·])*|(?:x[ \u00a0]*){3,7}|[#]"
)
_DOTS = regex.compile(r"\[?(?:\.[ \u00a0]?){3,4}\]?|\[?…\]?")
_PAGE = regex.compile(
    r"\[(?:p(?:age|\.)?[ \u00a0]*)?\d{1,4}\]|[Pp]age[ \u00a0]\d{1,4}|-[ \u00a0]?\d{1,4}[ \u00a0]?-|\{\d{1,4}\}"
)
_UPDATED = regex.compile(
    r"[\[(]?(?:this\s+page\s+was\s+|page\s+)?(?:last\s+|most\s+recently\s+)?(?:updated?|modified|revised|changed)(?:\s+(?:on|in|at))?\s*:?\s*+(?P<date>\S.{0,38})"
)
_PARENTHESIS = regex.compile(r"\([^()]{1,160}\)[.,;]?|\[[^\[\]]{1,160}\][.,;]?")
_STAGE = regex.compile(r"[(\[](?!\d)[^()\[\]]{3,160}[)\]]\.?")
_BYLINE_YEAR = regex.compile(
    r"(?P<name>[^\d,;:!?()]{2,60}?),?[ \u00a0]+[(\[]?(?P<year>(?:c\.?a?\.?[ \u00a0]?)?1[0-9]{3}|20[0-2]\d)(?:[-–/]\d{1,4})?[)\]]?"
)
_TERMINAL = regex.compile(r"[.!?;:,…][\"'”’)\]»]*(?:[ \u00a0]?[\[(][\w*]{1,4}[\])])?$")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’)\]»]*(?:[ \u00a0]?[\[(][\w*]{1,4}[\])])?$")
_SPEAKER = regex.compile(
    r"""(?P<name>
            (?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|St|Prof)\.?[ ]|(?:The|THE|A)[ ])? [\p{Lu}][\p{L}.'’\-]*+ (?:[ ](?:[\p{Lu}(][\p{L}.'’\-)]*+|of|the|de|von|and|&))*+
        )
        (?P<mark>\d{0,2}|\[\w{1,3}\]) (?P<aside>[ ]?\([^()]{1,60}\))? : (?=[\s“"‘'(\[…—–-]*[\p{L}\d(\["“…])""",
    regex.VERBOSE,
)
_NAME_WORD = regex.compile(
    r"[\p{Lu}][\p{Ll}\p{M}'’]*(?:[-‑’'][\p{L}\p{M}'’]+)*\.?|(?:\p{Lu}\.?[-‑]?)+\.?|\p{Lu}[\p{Lu}\p{M}'’\-]+\.?|(?:Mc|Mac|O['’]|D['’]|L['’])\p{Lu}\p{L}+"
)
_PLACE_WORD = regex.compile(
    r"[\p{Lu}\d'’][\p{L}\p{M}\d.'’/\-]*|de|del|della|la|le|les|of|the|near|am|an|der|sur|on|upon|en|du|off|aboard|at|do|da|and|&|via|this|c/o"
)
_TIME = regex.compile(
    r"[—–,-]*\s*(?:\d{1,2}(?:[:.]\d\d)?\s*(?:\[\d+\??\]\s*)?(?:[ap]\.?\s?m\.?|o['’]clock|h(?:ours?|rs?)?\b)|noon|midnight)(?:\s+(?:in\s+the\s+)?(?:morning|afternoon|evening|night))?",
    regex.IGNORECASE,
)
_BRACKETS = regex.compile(
    r"\[(?:received|rec['’]d|sent|via|undated|no date|n\.d\.|dated|date|circa|ca\.|[^\]]*,\]?)[^\]]*\]?",
    regex.IGNORECASE,
)
_WEEKDAY = regex.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b\.?(?:\s+(?:morning|afternoon|evening|night))?",
    regex.IGNORECASE,
)
_DAY_ONLY = regex.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:\s+(?:morning|afternoon|evening|night|noon))?(?:,\s*(?:near\s+|at\s+|about\s+)?[\w:.]+(?:\s+(?:o'clock|a\.m\.|p\.m\.))?)?\.?|\[?(?:undated|no date|n\.d\.)\]?"
)
_NOTE_MARK = regex.compile(r"\[[\w*]{1,3}\]")


def is_blank(text: str) -> bool:
    """Whether the line holds nothing but white space; a no-break space is white space."""
    return not text or (text.isspace() and not any(char in "\x0b\x0c\x1c\x1d\x1e\x1f" for char in text))


def indent_of(text: str) -> int:
    """The number of white-space characters before the first other one."""
    return len(text) - len(text.lstrip())


def is_separator(text: str) -> bool:
    """Whether the line is an ornament: `* * *`, `_____`, `. . . .`."""
    stripped = text.strip()
    return (
        len(stripped) <= 120
        and bool(_SEPARATOR.fullmatch(stripped))
        and not _DOTS.fullmatch(stripped[:3] + "\0")
    )


def is_page_number(text: str) -> bool:
    """Whether the line is the number of a page of the printed source: `[126]`, `Page 12`."""
    return bool(_PAGE.fullmatch(text.strip()))


def is_updated(text: str) -> bool:
    """Whether the line tells when the web page was last changed."""
    match = _UPDATED.fullmatch(fold(text).strip())
    return bool(match) and any(char.isdigit() for char in match["date"])


def is_parenthesis(text: str) -> bool:
    """Whether the whole line stands in one pair of brackets."""
    return bool(_PARENTHESIS.fullmatch(text.strip()))


def is_stage_direction(text: str) -> bool:
    """Whether the whole line stands in brackets and could direct a stage: `(Stormy applause.)`."""
    return bool(_STAGE.fullmatch(text.strip()))


def byline_year(text: str) -> regex.Match[str] | None:
    """The groups `name` and `year` of a line such as `Victor Serge 1938`."""
    match = _BYLINE_YEAR.fullmatch(text.strip())
    return match if match and is_name(match["name"]) else None


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence, closing quotation marks and note marks aside."""
    return bool(_SENTENCE_END.search(text.rstrip()[-12:]))


def ends_open(text: str) -> bool:
    """Whether the text ends in any punctuation that a heading or a title does not end in."""
    return bool(_TERMINAL.search(text.rstrip()[-12:]))


def without_note_marks(text: str) -> str:
    """The text without `[1]`, for comparing names."""
    return _NOTE_MARK.sub("", text).strip()


@cache
def _particles() -> frozenset[str]:
    return frozenset(words("masthead", "particles"))


@cache
def _not_names() -> frozenset[str]:
    return frozenset(words("masthead", "not_names"))


def is_name(text: str, *, most: int = 5) -> bool:
    """Whether the text could be the name of a person or several: capitals, initials, particles, nothing else.

    >>> is_name("Natalia Sedova Trotsky"), is_name("History of the World Crisis"), is_name("J.P.C.")
    (True, False, True)
    """
    tokens = without_note_marks(text).strip(" .,;[]").replace(",", " ").replace("\u00a0", " ").split()
    if not tokens or len(tokens) > most + 3 or len(text) > 90:
        return False
    named = 0
    for position, token in enumerate(tokens):
        folded = fold(token).rstrip(".")
        initial = len(folded) == 1 and token[0].isupper()
        if folded in _particles() and not initial:
            if position in (0, len(tokens) - 1) and not (
                position == 0 and token[0].islower() and folded not in ("and", "of", "&", "y", "e")
            ):
                return False
        elif folded in _not_names() or not _NAME_WORD.fullmatch(token) or "’s" in token or "'s" in token:
            return False
        else:
            named += 1
    return 0 < named <= most


def is_dateline(text: str) -> bool:
    """Whether the line is a place and a date, or a date alone: `Paris, 31 October 1938`, `6/7/52`.

    A year alone counts only behind a place and a comma; spans of years are titles.
    """
    stripped = without_note_marks(text).strip()
    if _DAY_ONLY.fullmatch(fold(stripped)):
        return True
    if not 3 <= len(stripped) <= 130 or not any(char.isdigit() for char in stripped):
        return False
    dates = find_full_dates(stripped, without_year=True)
    if not dates:
        return False
    first = dates[0]
    rest = stripped[: first.start] + " , " + stripped[max(date.end for date in dates) :]
    for pattern in (_BRACKETS, _TIME, _WEEKDAY):
        rest = pattern.sub(" ", rest)
    tokens = regex.split(r"[\s,.;:()\[\]—–-]+", rest)
    tokens = [token for token in tokens if token]
    before = stripped[: first.start].rstrip()
    if not first.value or first.grain == "year":
        return (
            bool(before)
            and before.endswith((",", ",]", "(", ";"))
            and len(tokens) <= 3
            and "-" not in first.value
            and _no_span(first.attributes)
            and all(token[0].isupper() and fold(token) != "the" for token in tokens)
        )
    places = [token for token in tokens if _PLACE_WORD.fullmatch(token)]
    if len(tokens) > 9 or len(places) != len(tokens):
        return False
    lower = [token for token in tokens if token[0].islower() and not token.isdigit()]
    behind = stripped[max(date.end for date in dates) :]
    return (
        len(lower) <= 3
        and (not lower or bool(before))
        and len(regex.findall(r"\p{L}+", _BRACKETS.sub("", _TIME.sub("", behind)))) <= 4
    )


def _no_span(attributes: tuple[tuple[str, str], ...]) -> bool:
    return all(name in ("when", "cert") for name, _ in attributes)


def speaker(text: str) -> regex.Match[str] | None:
    """The group `name` of a line that opens like a speech: `Mr. SCHERER: …`, `Reporter: …`."""
    match = _SPEAKER.match(text[:110])
    return match if match and len(match["name"].split()) <= 5 else None


@cache
def _salutation() -> regex.Pattern[str]:
    titled = r"\b(?:mr|mrs|ms|dr|messrs|prof|rev|hon|gen|col|capt|sen|st|mme|mlle|\p{L})"
    opened = rf"{alternation(words('letters', 'salutations'))}\b(?:[^.!?;:]|{titled}\.){{0,90}}?"
    bare = rf"(?:{alternation(words('letters', 'addressed'))}(?:\s+\p{{L}}+(?:\s+\p{{L}}+)?)?)"
    editor = rf"{alternation(words('letters', 'to_the'))}[^.!?:;]{{0,90}}?"
    group = r"to\s+(?:the|our|all|my)\s+[^.!?:;]{3,80}:"
    return regex.compile(
        rf"(?:{opened}[,:;!.—–-]*|{bare}\s*[,:;!—–-]+|{editor}\s*[:,;—–-]+|{group}|{bare})\s*"
    )


def is_salutation(text: str) -> bool:
    """Whether the line addresses somebody and does nothing else: `Dear Leon Davidovich:`, `Comrades,`."""
    stripped = without_note_marks(text).strip()
    if not 2 <= len(stripped) <= 110 or not (stripped[0].isupper() or stripped[0] in "[("):
        return False
    folded = fold(stripped)
    match = _salutation().fullmatch(folded)
    if not match:
        return False
    last = folded.rstrip()[-1]
    # Without a comma or colon only "Dear Peter" is an address; "Workers" alone may be a heading.
    if last.isalnum() or last == ".":
        return folded.startswith(words("letters", "salutations")) and len(folded.split()) <= 6
    return True


@cache
def _closing() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(words('letters', 'closings'))}(?P<rest>\b.{{0,80}})?")


def is_closing(text: str) -> bool:
    """Whether the line takes leave: `Yours fraternally`, `With comradely greetings,`, `I have [etc.]`."""
    stripped = text.strip()
    if not 3 <= len(stripped) <= 100 or not (stripped[0].isupper() or stripped[0] in '[(“"'):
        return False
    folded = fold(stripped).strip('[("')
    match = _closing().match(folded)
    if not match:
        return False
    rest = (match["rest"] or "").strip()
    head = match[0][: len(match[0]) - len(match["rest"] or "")]
    if not rest or regex.fullmatch(r"[,.!;:—–\]\[-]*|[,.]?\s*[\[(](?:etc|&c)\.?[,.]?[\])]\.?,?", rest):
        return (
            head not in ("i have", "i am", "we are", "accept", "signed")
            or "etc" in rest
            or rest == ","
            or head in ("i am", "i remain")
        )
    if folded.endswith((",", "etc.]", "etc.],")):
        return len(folded.split()) <= 12
    if (
        folded.endswith((".", "!", "?", ":", ";"))
        and len(rest.split()) > 2
        and not regex.search(r"\b(?:yours?|servant)\b", rest)
    ):
        return False  # "With comradely greetings they parted."
    # "Yours is the struggle of …" is a sentence; "Yours in the struggle" a leave.
    return (
        len(rest.split()) <= 6
        and not regex.match(
            r"(?:is|are|was|will|has|have|not|the|that|to|who|which|a|an|sure|convinced|afraid|glad|very\s+glad|going|of\s+the\s+opinion)\b",
            rest,
        )
        and head not in ("i am", "i have", "we are", "accept", "love", "i remain")
    )


@cache
def _signed() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{alternation(words('letters', 'signed'))})\s*(?=\S)(?P<name>.{{2,90}})")


def is_signed(text: str) -> bool:
    """Whether the line says that it is a signature: `(Signed) Clara Zetkin,`, `/s/ J. Brown`."""
    stripped = text.strip()
    match = _signed().fullmatch(fold(stripped)) if len(stripped) <= 100 else None
    return bool(match) and stripped[match.start("name")].isupper()


@cache
def _postscript() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(words('letters', 'postscripts'))}(?:\s*[:.—–-]+|\s)\s*\S")


def is_postscript(text: str) -> bool:
    """Whether the line opens a postscript: `P.S.`, `Postscript: …`."""
    return bool(_postscript().match(fold(text[:40]).lstrip())) and text.lstrip()[:1].isupper()


@cache
def _note_heading() -> regex.Pattern[str]:
    noun = alternation(words("notes", "nouns"))
    who = alternation(words("notes", "qualifiers"))
    return regex.compile(
        rf"\[?(?P<who>(?:{who}\s+){{0,2}})(?P<noun>{noun})(?P<by>\s+(?:by|to|from|on)\s+[^.;]{{2,60}})?\s*[:.]?\]?"
    )


def note_heading(text: str) -> str | None:
    """The kind of notes that the line heads, `authorial`, `editorial` or `` (not said); None if it heads none."""
    stripped = text.strip()
    if not 4 <= len(stripped) <= 90:
        return None
    match = _note_heading().fullmatch(fold(stripped))
    if not match:
        return None
    who = match["who"]
    if any(word in who for word in words("notes", "authorial")):
        return "authorial"
    by = match["by"] or ""
    if any(word in who for word in words("notes", "editorial")) or by.lstrip().startswith(("by", "from")):
        return "editorial"
    if match["noun"] in ("note", "references", "notes") and by:
        return None  # "Notes on Russia" is a title
    return ""


@cache
def _editorial() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?P<bracket>[\[(]?)(?:the\s+)?{alternation(words('editorial', 'openers'))}\b(?P<rest>[^:.—–\]]{{0,60}})(?P<mark>[:.—–\]]|$)"
    )


def is_editorial(text: str) -> bool:
    """Whether the line opens somebody else's note on the text: `Editor's note: …`, `[Note by …]`."""
    match = _editorial().match(fold(text[:160]).lstrip())
    return bool(match) and (
        match["mark"] in (":", "]") or bool(match["bracket"]) or not match["rest"].strip()
    )


@cache
def _navigation() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    opener = regex.compile(rf"[\[(<«^|]*\s*{alternation(words('navigation', 'openers'))}(?=\W|$)")
    noun = regex.compile(rf"{alternation(words('navigation', 'nouns'))}[\s\])>»|.]*(?:administ\w+)?$")
    return opener, noun


def is_trail(text: str) -> bool:
    """Whether the line parts names by bars or angles, as links of a site do: `MIA > Archive > Serge`."""
    return bool(regex.search(r"\S\s*[|¦>»]\s+\S|\s{2,}\|\s{2,}", text)) and not ends_sentence(text)


def is_navigation(text: str) -> bool:
    """Whether the line is a link of the web site: `Victor Serge Archive`, `Contents | Chapter 7`, `Back to …`.

    Only lines at the very end (or beginning) of a text are asked; in the body these words are prose.
    """
    folded = fold(text).strip()
    if not folded or len(folded) > 160 or (ends_sentence(folded) and not folded.endswith("...")):
        return False
    if is_trail(folded):
        return True
    opener, noun = _navigation()
    return bool(opener.match(folded)) or (bool(noun.search(folded)) and len(folded.split()) <= 14)
