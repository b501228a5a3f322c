"""What a line looks like by its characters alone: blank, ornament, brackets, label, end of a sentence."""

import regex

# The label of an item, a clause or a note, first in a line: "1.", "2)", "(3)", "[5*]", "a)", "(iv)", "•".
LABEL = regex.compile(
    r"""
    (?P<label>
        \[ (?P<n>\d{1,4}[*?]? | [A-Za-z] | [ivxlcdm]{1,6} | [*†‡§]{1,4}) \]
      | \( (?P<n>\d{1,4}[*?]? | [A-Za-z]{1,2} | [ivxlcdm]{1,6} | [*†‡§]{1,4}) \) [.)]?
      | (?P<n>\d{1,3} \*?) (?: [.)\]] | \.\) | \.\] | [ \u00a0] [–—-](?=[ \u00a0]) ) (?![\d])
      | (?P<n>[⁰¹²³⁴-⁹]{1,3}) [.)]?
      | (?P<n>[A-Za-z]) [.)]
      | (?P<n>[ivxlcdm]{1,6} | [IVXLCDM]{1,6}) [.)]
      | (?P<n>[*†‡§]{1,4})
      | (?P<n>[•◦▪●○■□‣⁃·∙–—-])
    )
    (?P<gap> [ \t\u00a0]* ) (?=\S)
    """,
    regex.VERBOSE,
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
BULLETS = frozenset("•◦▪●○■□‣⁃·∙–—-*")
_READABLE = regex.compile(r"[^\p{C}\p{Z}]")
# White space that XML admits. Control characters that Python counts as white space (form feed and others) are
# none here: they stay in the text, as `g`.
WHITE = "".join(
    char for char in map(chr, range(0x3001)) if char.isspace() and char not in "\x0b\x0c\x1c\x1d\x1e\x1f"
)
INDENT = regex.compile(r"[ \t\u00a0]*+")
_SEPARATOR = regex.compile(
    r"""
    (?: (?: [*•·⁂☆★~#=+—–_.◊§-] | \.[ ] ) [ \t\u00a0]* ){3,60}
    | \* | ⁂ | § | \# | _{3,} | -{3,} | o{1,3}O{1,3}o{1,3}
    | [•·] (?: [ \u00a0]+ [•·] )*
    | (?: x [ \u00a0]* ){3,7}
    """,
    regex.VERBOSE,
)
_DOTS = regex.compile(r"\.{2,5}|…+")
_PAGE = regex.compile(
    r"""
    \[ (?: p (?:age|\.)? [ \u00a0]* )? \d{1,4} \]
    | [Pp]age [ \u00a0] \d{1,4}
    | -[ \u00a0]? \d{1,4} [ \u00a0]?-
    | \{ \d{1,4} \}
    """,
    regex.VERBOSE,
)
_PARENTHESIS = regex.compile(r"\([^()]{1,160}\)[.,;]?|\[[^\[\]]{1,160}\][.,;]?")
_STAGE = regex.compile(r"[(\[](?!\d)[^()\[\]]{3,160}[)\]]\.?")
_TERMINAL = regex.compile(r"[.!?;:,…][\"'”’)\]»]*(?:[ \u00a0]?[\[(][\w*]{1,4}[\])])?$")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’)\]»]*(?:[ \u00a0]?[\[(][\w*]{1,4}[\])])?$")
_NOTE_MARK = regex.compile(r"\[[\w*]{1,3}\]")
_SMALL_WORD = regex.compile(r"(?<![\p{L}'’.])\p{Ll}{2,}")
_LETTERS = regex.compile(r"\p{L}{3}")


def small_words(text: str) -> int:
    """How many words of two letters or more are in small letters: many make prose, few a name or a title.

    >>> small_words("The History of the Clocks"), small_words("J. Doe, Esq.")
    (2, 0)
    """
    return len(_SMALL_WORD.findall(text))


def in_figures(number: str) -> str:
    """The number of a label with its raised figures as plain ones: `¹²` is `12`."""
    return number.translate(_RAISED)


def is_blank(text: str) -> bool:
    """Whether the line holds nothing but white space; a no-break space is white space."""
    return not text.strip(WHITE)


def is_unreadable(text: str) -> bool:
    """Whether the line holds control characters or signs without a shape, and nothing else."""
    return not _READABLE.search(text)


def indent_of(text: str) -> int:
    """The number of white-space characters before the first other one."""
    return len(text) - len(text.lstrip(WHITE))


def is_separator(text: str) -> bool:
    """Whether the line is an ornament: `* * *`, `_____`, `. . . .`."""
    stripped = text.strip()
    return len(stripped) <= 120 and bool(_SEPARATOR.fullmatch(stripped)) and not _DOTS.fullmatch(stripped)


def is_page_number(text: str) -> bool:
    """Whether the line is the number of a page of the printed source: `[126]`, `Page 12`."""
    return bool(_PAGE.fullmatch(text.strip()))


def is_parenthesis(text: str) -> bool:
    """Whether the whole line stands in one pair of brackets."""
    return bool(_PARENTHESIS.fullmatch(text.strip()))


def is_stage_direction(text: str) -> bool:
    """Whether the whole line stands in brackets and could direct a stage: `(Stormy applause.)`."""
    return bool(_STAGE.fullmatch(text.strip())) and bool(_LETTERS.search(text))


def ends_sentence(text: str) -> bool:
    """Whether the text ends like a sentence, closing quotation marks and note marks aside."""
    return bool(_SENTENCE_END.search(text.rstrip()[-12:]))


def ends_open(text: str) -> bool:
    """Whether the text ends in any punctuation that a heading or a title does not end in."""
    return bool(_TERMINAL.search(text.rstrip()[-12:]))


def without_note_marks(text: str) -> str:
    """The text without `[1]`, for comparing names."""
    return _NOTE_MARK.sub("", text).strip() if "[" in text else text.strip()
