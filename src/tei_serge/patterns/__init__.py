"""The patterns by which a single line shows its shape; word lists come from `data/en/lines.toml`.

Each function answers one question about one line, without regard to its neighbours.
"""

from tei_serge.patterns.apparatus import (
    editorial_label,
    is_editorial,
    is_navigation,
    is_remark,
    is_trail,
    is_updated,
    note_heading,
)
from tei_serge.patterns.datelines import is_dateline
from tei_serge.patterns.letters import (
    is_closing,
    is_enclosure,
    is_leave,
    is_postscript,
    is_salutation,
    is_signed,
)
from tei_serge.patterns.lines import (
    BULLETS,
    LABEL,
    WHITE,
    ends_open,
    ends_sentence,
    in_figures,
    indent_of,
    is_blank,
    is_page_number,
    is_parenthesis,
    is_separator,
    is_stage_direction,
    is_unreadable,
    small_words,
    without_note_marks,
)
from tei_serge.patterns.names import byline_year, is_by, is_name, speaker

__all__ = [
    "BULLETS",
    "LABEL",
    "WHITE",
    "byline_year",
    "editorial_label",
    "ends_open",
    "ends_sentence",
    "in_figures",
    "indent_of",
    "is_blank",
    "is_by",
    "is_closing",
    "is_dateline",
    "is_editorial",
    "is_enclosure",
    "is_leave",
    "is_name",
    "is_navigation",
    "is_page_number",
    "is_parenthesis",
    "is_postscript",
    "is_remark",
    "is_salutation",
    "is_separator",
    "is_signed",
    "is_stage_direction",
    "is_trail",
    "is_unreadable",
    "is_updated",
    "note_heading",
    "small_words",
    "speaker",
    "without_note_marks",
]
