"""The kinds of mutants: a change for each, those that can leave a file well-formed and those that do not."""

from random import Random

from mutants import Document, Edit, Element, Mutation, Vocabulary
from mutation_of_attributes import (
    add_attribute,
    add_foreign_attribute,
    add_from,
    add_identity,
    add_unknown_attribute,
    code_value,
    dated,
    delete_attribute,
    order_attributes,
    quote,
    rename_attribute,
    spread_tag,
    value_from,
    value_known,
    value_letter,
    value_of_other,
)
from mutation_of_elements import (
    change_root,
    delete,
    duplicate,
    example,
    hollow,
    insert,
    insert_known,
    move,
    nest,
    no_namespace,
    other_namespace,
    other_prefix,
    rename_known,
    rename_misspelt,
    rename_sibling,
    rename_unknown,
    swap,
    unwrap,
    wrap,
)
from mutation_of_text import (
    around,
    as_cdata,
    at_gap,
    blank_text,
    byte_order_mark,
    code_text,
    delete_text,
    encoding,
    in_text,
    line_ends,
    prologue,
    text_as_value,
)
from mutation_places import Edits, an_attribute
from mutation_words import BLANKS, DATES, LANGUAGES, MARKUP, NUMBERS, POINTERS, SPACES, TEXTS, VALUES

KINDS: dict[str, Mutation] = {
    "delete": delete,
    "unwrap": unwrap,
    "duplicate": duplicate,
    "swap": swap,
    "move": move,
    "nest": nest,
    "wrap": wrap,
    "hollow": hollow,
    "rename: known": rename_known,
    "rename: of this file": rename_sibling,
    "rename: misspelt": rename_misspelt,
    "rename: unknown": rename_unknown,
    "namespace: other": other_namespace,
    "namespace: prefix": other_prefix,
    "namespace: none": no_namespace,
    "root": change_root,
    "insert": insert,
    "insert: known": insert_known,
    "example": example,
    "attribute: delete": delete_attribute,
    "attribute: rename": rename_attribute,
    "attribute: add": add_attribute,
    "attribute: unknown": add_unknown_attribute,
    "attribute: foreign": add_foreign_attribute,
    "attribute: xml:id": add_identity,
    "attribute: xml:lang": add_from("xml:lang", LANGUAGES),
    "attribute: xml:space": add_from("xml:space", SPACES),
    "attribute: date": dated,
    "attribute: order": order_attributes,
    "attribute: lines": spread_tag,
    "attribute: quotes": quote,
    "value: any": value_from(VALUES),
    "value: date": value_from(DATES),
    "value: number": value_from(NUMBERS),
    "value: pointer": value_from(POINTERS),
    "value: known": value_known,
    "value: letter": value_letter,
    "value: of another": value_of_other,
    "value: coded": code_value,
    "text: insert": at_gap(TEXTS),
    "text: delete": delete_text,
    "text: blank": blank_text,
    "text: white space": at_gap(BLANKS),
    "text: markup": in_text(MARKUP),
    "text: CDATA": as_cdata,
    "text: coded": code_text,
    "text: value": text_as_value,
    "markup": at_gap(MARKUP),
    "DOCTYPE": prologue,
    "around": around,
    "line ends": line_ends,
    "encoding": encoding,
    "byte order mark": byte_order_mark,
}
"""The kinds that can leave a file well-formed."""


def _cut(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    return [Edit(random.randrange(at.start + 1, document.root.end), len(document.text), "")]


def _unended(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return [Edit(at.close_start, at.end, "")]


def _unstarted(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return [] if at.empty else [Edit(at.start, at.open_end, "")]


def _crossed(_d: Document, at: Element, _r: Random, _w: Vocabulary) -> Edits:
    return [] if at.empty else [Edit(at.close_start + 2, at.close_start + 2 + len(at.name), "other")]


def _twice(document: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    return [Edit(one.end, one.end, document.text[one.start : one.end])] if one else []


def _unquoted(_d: Document, at: Element, random: Random, _w: Vocabulary) -> Edits:
    one = an_attribute(at, random)
    return [Edit(one.value_start - 1, one.value_start, "")] if one else []


def _after_root(document: Document, _at: Element, random: Random, _w: Vocabulary) -> Edits:
    return [Edit(document.root.end, document.root.end, random.choice(("x", "<p/>", "&amp;", "</p>")))]


def _before_root(document: Document, _at: Element, random: Random, _w: Vocabulary) -> Edits:
    return [Edit(0, 0, random.choice(("x", "\n", "&#32;")))] if document.text.startswith("<?xml ") else []


ILL_FORMED: dict[str, Mutation] = {
    "cut": _cut,
    "no end tag": _unended,
    "no start tag": _unstarted,
    "wrong end tag": _crossed,
    "attribute twice": _twice,
    "no quote": _unquoted,
    "after the root": _after_root,
    "before the root": _before_root,
    "bad text": at_gap(
        ("&", "<", "& b", "&nosuch;", "]]>", "\x01", "&#0;", "&#xFFFF;", "<!-- -- -->", "<?xml a?>")
    ),
    "bad value": value_from(("<", "&", "&nosuch;", "\x02", "&#1;")),
    "no prefix": add_from("nosuch:a", ("1",)),
}
"""The kinds that mostly leave a file that is no XML."""
