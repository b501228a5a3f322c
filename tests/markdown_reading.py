"""What pandoc reads in our Markdown, and what it should: the text, the notes in the order of their markers."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from tei_serge.edition.model import Begin, Content, Edition, End, Kind
from tei_serge.export.markdown.lists import is_ordered, number_of, roman
from tei_serge.export.markdown.notes import notes_of
from tei_serge.export.markdown.words import hollow, picture_words, pointer_words, words_of
from tei_serge.export.markup.plan import make_plan

READINGS = (Kind.CORRECTED, Kind.READING)
BULLETS = "•-–—*·○●▪■◦‣⁃∙"


def squeezed(text: str) -> str:
    """Without white space of any kind."""
    return "".join("".join(text.split()).split("\N{ZERO WIDTH SPACE}"))


def told(edition: Edition) -> tuple[str, list[str]]:
    """The text of an edition without white space, and the texts of the notes in the order of their markers."""
    notes = notes_of(edition.content)
    main: list[str] = []
    texts: dict[str, list[str]] = {}
    plan = make_plan(edition.content)
    signs = {} if plan.quoted else {Kind.QUOTATION: "“”", Kind.SO_CALLED: "‘’"}
    signs |= {} if plan.supplied else {Kind.SUPPLIED: "[]"}
    signs |= {Kind.CORRECTED: "[]", Kind.READING: "[]"}
    pointed = pointer_words(edition, notes.labels)
    order: list[str] = []
    into = [main]
    silent = 0
    counted: list[Iterator[str]] = []
    for place, step in enumerate(edition.content):
        if isinstance(step, str):
            if not silent:
                into[-1].append(step)
        elif isinstance(step, Begin):
            part = step.part
            footnote = part.kind is Kind.NOTE and part.id in notes.labels
            if footnote and not part.block:
                order.append(part.id)
            elif part.kind is Kind.NOTE_MARKER and part.target in notes.labels and len(into) == 1:
                order.append(part.target)
            if footnote:
                into.append(texts.setdefault(part.id, []))
            bullet = part.kind is Kind.LABEL and part.block and edition.content[place + 1] in tuple(BULLETS)
            if silent or bullet or _silent(part, notes.labels, len(into) > 1):
                silent += 1
            if part.kind is Kind.LIST:
                counted.append(_counted(edition.content, place))
            elif part.kind is Kind.ITEM and counted:
                into[-1].append(next(counted[-1], ""))
            empty = hollow(edition.content, place)
            if sign := signs.get(part.kind) if not (silent or part.block) else None:
                into[-1].append(sign[0] if not (empty and part.kind in READINGS) else "")
            if not silent and part.kind is Kind.GRAPHIC:
                into[-1].append(picture_words(part))
            elif not silent and empty and part.kind is Kind.REFERENCE:
                into[-1].append(words_of(part, pointed))
            if part.kind is Kind.GAP and not silent:
                into[-1].append("[…]")
        else:
            part = step.part
            if sign := signs.get(part.kind) if not (silent or part.block) else None:
                empty = hollow(edition.content, place - 1)
                into[-1].append(sign[1] if not (empty and part.kind in READINGS) else "")
            if part.kind is Kind.NOTE and part.id in notes.labels:
                into.pop()
            if part.kind is Kind.LIST:
                counted.pop()
            if silent:
                silent -= 1
    return squeezed("".join(main)), [squeezed("".join(texts[id])) for id in order]


def _counted(content: Content, place: int) -> Iterator[str]:
    """The numbers of the items of a list that has some and that are not of the text, else none."""
    step = content[place]
    if not isinstance(step, Begin) or not is_ordered(step.part):
        return iter(())
    depth = 0
    numbers: list[str] = []
    for other in islice(content, place + 1, None):
        if isinstance(other, Begin):
            if not depth and other.part.kind is Kind.LABEL:
                return iter(())
            if not depth and other.part.kind is Kind.ITEM:
                numbers.append(number_of(other.part))
            depth += 1
        elif isinstance(other, End):
            depth -= 1
            if depth < 0:
                break
    if all(numbers):
        return iter([f"{number}." for number in numbers])
    start = int(numbers[0] or 1)
    return iter([f"{number}." for number in range(start, start + len(numbers))])


def _silent(part: Any, labels: Any, in_note: bool) -> bool:
    if part.kind is Kind.NOTE_MARKER:
        return part.target in labels and not in_note
    return part.kind is Kind.NOTE_BACKLINK and in_note


def read(tree: Any) -> tuple[str, list[str]]:
    """The same of the document that pandoc made (`-t json`); the numbers of lists are those that it counts."""
    notes: list[str] = []
    main = squeezed("".join(_strings(tree["blocks"], notes)))
    return main, notes


def _strings(value: Any, notes: list[str]) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _strings(one, notes)
        return
    if not isinstance(value, dict):
        return
    kind, content = value.get("t"), value.get("c")
    if kind == "Str":
        yield content
    elif kind in ("Code", "Math", "CodeBlock"):
        yield content[1]
    elif kind in ("RawInline", "RawBlock"):
        assert content == ["html", "<!-- -->"], content
    elif kind == "Note":
        notes.append("")
        place = len(notes) - 1
        notes[place] = squeezed("".join(_strings(content, [])))
    elif kind == "OrderedList":
        start, style, delimiter = content[0][0], content[0][1]["t"], content[0][2]["t"]
        for number, item in enumerate(content[1], start):
            yield _marker(number, style, delimiter)
            yield from _strings(item, notes)
    elif kind == "Quoted":
        # Of curly quotation marks alone: pandoc writes the same again.
        left, right = {"DoubleQuote": "“”", "SingleQuote": "‘’"}[content[0]["t"]]
        yield left
        yield from _strings(content[1], notes)
        yield right
    elif kind in ("Link", "Image", "Span", "Header", "Div", "Cite"):
        assert kind != "Cite", f"pandoc saw a {kind}: {content}"
        yield from _strings(
            [one for one in content if not isinstance(one, str)][
                -1 if kind in ("Header", "Span", "Div") else 1
            ],
            notes,
        )
    elif kind == "DefinitionList":
        for term, definitions in content:
            yield from _strings(term, notes)
            yield from _strings(definitions, notes)
    else:
        yield from _strings(content, notes)


def _marker(number: int, style: str, delimiter: str) -> str:
    letters = {
        "LowerAlpha": lambda n: chr(96 + n),
        "UpperAlpha": lambda n: chr(64 + n),
        "LowerRoman": roman,
        "UpperRoman": lambda n: roman(n).upper(),
    }
    word = letters.get(style, str)(number)
    return {"TwoParens": f"({word})", "OneParen": f"{word})"}.get(delimiter, f"{word}.")
