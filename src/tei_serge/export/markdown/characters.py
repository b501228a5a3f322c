"""Escape the characters of a text, so that pandoc reads each as itself.

Sources: pandoc's manual, section “Pandoc's Markdown”, with the extensions that are on by default. What
stands at the beginning of a line can be more than in its midst; that is guarded when the line is whole.
"""

import re

__all__ = ["escape", "guard"]

# Markup anywhere; with `smart`, straight quotation marks, two hyphens and three dots are changed, too, and
# the control characters that are dashes and quotation marks in an old code of Windows.
_MARKUP = re.compile(r"[\\*_\[\]^~$|@\"'{#\x85\x91-\x97]|&(?=#?\w+;)|-(?=-)|\.(?=\.\.)")
# These as references: pandoc looks for code and comments in the lines of a list before it minds backslashes.
_REFERENCES = str.maketrans({"`": "&#96;", "<": "&lt;"})
# A single opening quotation mark that is not closed behind a word becomes an apostrophe.
_OPENED = re.compile(r"(?<!\w)‘(?=\w[^‘’“”]*(?:’\w[^‘’“”]*)*’(?!\w))")
_OPENING = "‘"
# Lists, headings, quotations, definitions, rules, fenced parts, underlines of headings, title blocks.
_BEGINS = re.compile(r"[-+>:%=]")
_NUMBERED = re.compile(r"(?P<open>\()?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+)(?P<close>[.)])(?=\s|$)")
_CAPTION = re.compile(r"([Tt]able)(?=:)")
# Pandoc makes a box of it, escaped or not.
_TASK = re.compile(r"\\\[[ xX]\\\]")


def escape(text: str) -> str:
    r"""The characters with a backslash before those that could be markup.

    >>> print(escape('*a* [1] snake_case ... -- "x"'))
    \*a\* \[1\] snake\_case \... \-- \"x\"
    >>> print(escape("AT&T &amp; a-b. C."))
    AT&T \&amp; a-b. C.
    """
    escaped = _MARKUP.sub(r"\\\g<0>", text).translate(_REFERENCES)
    if _OPENING not in escaped:
        return escaped
    closed = frozenset(found.start() for found in _OPENED.finditer(escaped))
    return "".join(
        f"\\{one}" if one == _OPENING and place not in closed else one for place, one in enumerate(escaped)
    )


def guard(line: str) -> str:
    r"""A line of escaped text that begins no list, heading, quotation or other block.

    >>> print(guard("1. May"), guard("(a) b"), guard("- c"), guard("V. Serge"), guard("Table: d"), sep="|")
    1\. May|\(a) b|\- c|V\. Serge|Table\: d
    >>> print(guard("1.5 million"), guard("May 1."), sep="|")
    1.5 million|May 1.
    """
    if _BEGINS.match(line):
        return f"\\{line}"
    if _TASK.match(line):
        return f"<!-- -->{line}"
    number = _NUMBERED.match(line)
    if number:
        return (
            f"\\{line}"
            if number["open"]
            else f"{line[: number.start('close')]}\\{line[number.start('close') :]}"
        )
    return _CAPTION.sub(r"\1\\", line, count=1) if _CAPTION.match(line) else line
