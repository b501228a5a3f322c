"""`editorialDecl`: correction, normalisation, quotation and the rest, as this run handled them."""

from collections.abc import Sequence

import regex
from lxml import etree

from tei_serge.characters import rare
from tei_serge.model import Document
from tei_serge.tei.builder import FORBIDDEN, append_text, child, tag

__all__ = ["build_editorial_decl"]

_WIDTHLESS = regex.compile("[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff]")
_NO_BREAK = regex.compile("[\u00a0\u202f]")
_SOFT_HYPHEN = "\u00ad"
_EOL_HYPHEN = regex.compile(r"(?<=\p{L})[-‐][ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])[ \t]*\p{Ll}")
# An apostrophe is no quotation mark; two that enclose words are.
_QUOTED = regex.compile("""[“”„«»"‘‚‹›「」『』]|(?<!\\w)'[^'\n]{1,300}'(?!\\w)""")


def build_editorial_decl(
    parent: etree._Element,
    document: Document,
    tags: Sequence[tuple[str, int, int]],
    text_element: etree._Element,
) -> None:
    """Append `editorialDecl`, its statements made from the source and the finished text, `text_element`."""
    declaration = child(parent, "editorialDecl")
    found = {name: occurs for name, occurs, _ in tags}
    text = document.source.text

    correction = child(declaration, "correction", [("status", "unknown"), ("method", "markup")])
    _say(correction, "Nothing has been corrected; contradictions of the source are kept and noted.")
    _normalization(declaration, text, text_element)
    _quotation(declaration, text, found, document.annotated)
    _hyphenation(declaration, text)
    segmentation = child(declaration, "segmentation")
    _say(segmentation, "Blocks follow the lines and blank lines of the source. Sentences are not segmented.")
    if document.wrapped:
        _say(
            segmentation,
            "The lines of the source are broken at a fixed width; the end of a line inside a block is plain"
            " white space.",
        )
    values = child(declaration, "stdVals")
    _say(
        values,
        "Dates are in the W3C formats (Gregorian calendar). A date without cert has its full value in the"
        " words of the source; of two calendars the new style is taken.",
    )
    references = any(ref.get("type") == "noteref" for ref in text_element.iter(tag("ref")))
    _interpretation(declaration, references, document.annotated)
    punctuation = child(declaration, "punctuation", [("marks", "all"), ("placement", "external")])
    _say(
        punctuation,
        "All punctuation is kept as characters; a comma or stop behind a name, a date or a title stands"
        " outside its element.",
    )


def _say(parent: etree._Element, words: str) -> None:
    append_text(child(parent, "p"), words)


def _times(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _normalization(declaration: etree._Element, text: str, text_element: etree._Element) -> None:
    """What is kept, and the characters of the source that deserve a word, counted."""
    normalization = child(declaration, "normalization", [("method", "markup")])
    _say(
        normalization,
        "Spelling, capitals, apostrophes, dashes and dots are kept as they are. Every character of the source"
        " except white space stands in the text once, in the order of the source. White space between blocks"
        " and around them is not kept.",
    )
    # Most texts have none of them: the search is among the rare characters first.
    kinds = rare(text)
    counts = (
        _no_break_spaces(_occurrences(_NO_BREAK, text, kinds), text_element),
        _counted(
            _occurrences(_WIDTHLESS, text, kinds),
            "character without width",
            "characters without width",
            "kept",
        ),
        _counted(text.count(_SOFT_HYPHEN), "soft hyphen", "soft hyphens", "kept"),
        _counted(
            _occurrences(FORBIDDEN, text, kinds),
            "character that XML forbids",
            "characters that XML forbids",
            "in the text an empty g that points to its description, in the header a visible sign",
        ),
    )
    said = [count for count in counts if count]
    if said:
        _say(normalization, f"The source has {'; '.join(said)}.")


def _no_break_spaces(number: int, text_element: etree._Element) -> str:
    """The no-break spaces, those of the text apart from those that only indent or fill a line."""
    if not number:
        return ""
    kept = sum(len(_NO_BREAK.findall(str(words))) for words in text_element.itertext())
    dropped = "dropped as white space around blocks"
    fate = "kept" if kept == number else f"{kept:,} kept, {number - kept:,} {dropped}" if kept else dropped
    return _counted(number, "no-break space", "no-break spaces", fate)


def _occurrences(pattern: regex.Pattern[str], text: str, kinds: str) -> int:
    """How often one of the characters occurs in the text, whose rare characters are `kinds`."""
    return len(pattern.findall(text)) if pattern.search(kinds) else 0


def _counted(number: int, one: str, many: str, fate: str) -> str:
    return f"{_times(number, one, many)} ({fate})" if number else ""


def _quotation(
    declaration: etree._Element, text: str, found: dict[str, int], annotated: Sequence[str]
) -> None:
    if not _QUOTED.search(text):
        quotation = child(declaration, "quotation", [("marks", "none")])
        _say(quotation, "The source has no quotation marks.")
        return
    quotation = child(declaration, "quotation", [("marks", "all")])
    if "quotations" in annotated:
        _say(
            quotation,
            "Quotation marks are kept as characters, outside the element; of a block quotation of several"
            " paragraphs they stand inside. The element holds what stands between them; a comma or stop at"
            " the end of a title or of an expression (soCalled) stays outside. Where the words around the"
            " marks do not say whose words they are, the element is q, with a low certainty.",
        )
        return
    words = "Quotation marks are kept as characters. Quotations inside a paragraph are not tagged in this run"
    _say(quotation, words + ("; block quotations are." if found.get("quote") else "."))


def _hyphenation(declaration: etree._Element, text: str) -> None:
    number = len(_EOL_HYPHEN.findall(text))
    if number:
        hyphenation = child(declaration, "hyphenation", [("eol", "all")])
        lines = _times(number, "line that ends", "lines that end")
        _say(hyphenation, f"The source has {lines} with a hyphen inside a word; all hyphens are kept.")
    else:
        hyphenation = child(declaration, "hyphenation", [("eol", "none")])
        _say(hyphenation, "The source has no word broken at the end of a line; all hyphens are kept.")


def _in_words(things: Sequence[str]) -> str:
    return ", ".join(things[:-1]) + (" and " if len(things) > 1 else "") + things[-1]


_LAYERS = {
    "dates": "dates",
    "names": "names",
    "quantities": "numbers with what they count",
    "quotations": "quotations",
    "events": "events",
}


def _interpretation(declaration: etree._Element, references: bool, annotated: Sequence[str]) -> None:
    """What is tagged, and what is not."""
    interpretation = child(declaration, "interpretation")
    tagged = [words for name, words in _LAYERS.items() if name in annotated]
    absent = [words for name, words in _LAYERS.items() if name not in annotated]
    _say(
        interpretation,
        "Tagged by rule: the structure of the text; names, dates, publications and rights in the lines above"
        " the text and in the lines at its end"
        + (f"; in the running text {_in_words(tagged)}" if tagged else "")
        + (f". {_in_words(absent).capitalize()} in the running text are not tagged." if absent else "."),
    )
    if "dates" in annotated:
        _say(
            interpretation,
            "Dates: calendar dates, periods, lengths of time, times told by their distance from the day of"
            " writing, from another time or from an event. Adverbs (now, today, soon) and repetitions are not"
            " tagged. A time for which the text holds no evidence has no value.",
        )
    if "names" in annotated:
        _say(
            interpretation,
            "Names: persons, places, bodies and periodicals that an authority file knows, or that their form"
            " or the words beside them prove. A ref points to the register; an entry made from this text"
            " alone holds the forms that stand here. Phrases that refer to them (rs): roles in apposition,"
            " relatives, offices that the text has given to somebody, works and events named before. Pronouns"
            " and names without evidence are not tagged.",
        )
    if "quantities" in annotated:
        _say(
            interpretation,
            "Quantities: a number with a noun that the tables know; other numbers are left as they are.",
        )
    if "quotations" in annotated:
        _say(
            interpretation,
            "Quotations: said where a verb of saying and somebody who says it stand beside the words, quote"
            " where they were written or printed, soCalled for at most three words that nobody is said to"
            " have used, title where the words around tell of one."
            + (
                " Where the words beside it tell, who points to its speaker, and source to the work that it"
                " stands in."
                if "names" in annotated
                else " Speakers are not linked to entries."
            ),
        )
    if "events" in annotated:
        _say(
            interpretation,
            "Events: a passage (seg) and an entry of the register for what the text reports as having"
            " happened: a word of the tables with a date, or a grave one that befell a named person. What"
            " is denied, planned, supposed, asked about or usual is left out. Type, date, place and"
            " participants are those that the passage and its neighbours give; the label is made by rule.",
        )
    if references:
        _say(
            interpretation,
            "A marker in the text and its note are linked both ways where it is clear which belong together.",
        )
    _say(
        interpretation,
        "Where cert is absent, the words of the source are explicit; high: inferred by a sure chain; medium:"
        " the inference may fail; low: a default. It is the certainty of the value, not of the historical"
        " fact.",
    )
