"""Sets of characters as patterns of XML Schema write them: escapes, categories and blocks.

XML Schema Part 2 (second edition), appendix F. A set is a function that tells whether a character is in it.
"""

from collections.abc import Callable, Iterable
from unicodedata import category

from tei_serge.relaxng.xsd.names import in_name, starts_name

Charset = Callable[[str], bool]

_GROUPS = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
CATEGORIES = frozenset(group + kind for group, kinds in _GROUPS.items() for kind in ("", *kinds))
# The blocks of Unicode 3.1, as the recommendation lists them (surrogates are no characters).
_BLOCKS = """
BasicLatin 0 7F; Latin-1Supplement 80 FF; LatinExtended-A 100 17F; LatinExtended-B 180 24F;
IPAExtensions 250 2AF;
SpacingModifierLetters 2B0 2FF; CombiningDiacriticalMarks 300 36F; Greek 370 3FF; Cyrillic 400 4FF;
Armenian 530 58F; Hebrew 590 5FF; Arabic 600 6FF; Syriac 700 74F; Thaana 780 7BF; Devanagari 900 97F;
Bengali 980 9FF; Gurmukhi A00 A7F; Gujarati A80 AFF; Oriya B00 B7F; Tamil B80 BFF; Telugu C00 C7F;
Kannada C80 CFF; Malayalam D00 D7F; Sinhala D80 DFF; Thai E00 E7F; Lao E80 EFF; Tibetan F00 FFF;
Myanmar 1000 109F; Georgian 10A0 10FF; HangulJamo 1100 11FF; Ethiopic 1200 137F; Cherokee 13A0 13FF;
UnifiedCanadianAboriginalSyllabics 1400 167F; Ogham 1680 169F; Runic 16A0 16FF; Khmer 1780 17FF;
Mongolian 1800 18AF; LatinExtendedAdditional 1E00 1EFF; GreekExtended 1F00 1FFF; GeneralPunctuation 2000 206F;
SuperscriptsandSubscripts 2070 209F; CurrencySymbols 20A0 20CF; CombiningMarksforSymbols 20D0 20FF;
LetterlikeSymbols 2100 214F; NumberForms 2150 218F; Arrows 2190 21FF; MathematicalOperators 2200 22FF;
MiscellaneousTechnical 2300 23FF; ControlPictures 2400 243F; OpticalCharacterRecognition 2440 245F;
EnclosedAlphanumerics 2460 24FF; BoxDrawing 2500 257F; BlockElements 2580 259F; GeometricShapes 25A0 25FF;
MiscellaneousSymbols 2600 26FF; Dingbats 2700 27BF; BraillePatterns 2800 28FF;
CJKRadicalsSupplement 2E80 2EFF;
KangxiRadicals 2F00 2FDF; IdeographicDescriptionCharacters 2FF0 2FFF; CJKSymbolsandPunctuation 3000 303F;
Hiragana 3040 309F; Katakana 30A0 30FF; Bopomofo 3100 312F; HangulCompatibilityJamo 3130 318F;
Kanbun 3190 319F;
BopomofoExtended 31A0 31BF; EnclosedCJKLettersandMonths 3200 32FF; CJKCompatibility 3300 33FF;
CJKUnifiedIdeographsExtensionA 3400 4DBF; CJKUnifiedIdeographs 4E00 9FFF; YiSyllables A000 A48F;
YiRadicals A490 A4CF; HangulSyllables AC00 D7AF; PrivateUse E000 F8FF F0000 FFFFD 100000 10FFFD;
CJKCompatibilityIdeographs F900 FAFF; AlphabeticPresentationForms FB00 FB4F;
ArabicPresentationForms-A FB50 FDFF;
CombiningHalfMarks FE20 FE2F; CJKCompatibilityForms FE30 FE4F; SmallFormVariants FE50 FE6F;
ArabicPresentationForms-B FE70 FEFF; HalfwidthandFullwidthForms FF00 FFEF; Specials FFF0 FFFD;
OldItalic 10300 1032F; Gothic 10330 1034F; Deseret 10400 1044F; ByzantineMusicalSymbols 1D000 1D0FF;
MusicalSymbols 1D100 1D1FF; MathematicalAlphanumericSymbols 1D400 1D7FF;
CJKUnifiedIdeographsExtensionB 20000 2A6D6; CJKCompatibilityIdeographsSupplement 2F800 2FA1F; Tags E0000 E007F
"""


def one_of(chars: str) -> Charset:
    """The set of these characters."""
    return frozenset(chars).__contains__


def between(low: str, high: str) -> Charset:
    """The set of characters from `low` to `high`, both included."""
    return lambda char: low <= char <= high


def union(sets: Iterable[Charset]) -> Charset:
    """The characters that are in any of the sets."""
    parts = tuple(sets)
    return parts[0] if len(parts) == 1 else lambda char: any(part(char) for part in parts)


def outside(inner: Charset) -> Charset:
    """The characters that are not in the set."""
    return lambda char: not inner(char)


def without(whole: Charset, less: Charset) -> Charset:
    """The characters of the one set that are not in the other."""
    return lambda char: whole(char) and not less(char)


def of_category(name: str) -> Charset:
    """The characters of a general category of Unicode: one letter for a group (`L`), or two (`Lu`)."""
    return lambda char: category(char).startswith(name)


def of_block(name: str) -> Charset | None:
    """The characters of a block, named without `Is`; None if XML Schema 1.0 knows no such block."""
    found = (entry.split() for entry in _BLOCKS.split(";"))
    edges = next((rest for block, *rest in found if block == name), None)
    if edges is None:
        return None
    codes = [chr(int(edge, 16)) for edge in edges]
    return union(between(low, high) for low, high in zip(codes[::2], codes[1::2], strict=True))


def _is_word(char: str) -> bool:
    return category(char)[0] not in "PZC"


# Escapes of many characters: the small letter; its capital is everything else.
ESCAPES: dict[str, Charset] = {
    "s": one_of(" \t\n\r"),
    "d": of_category("Nd"),
    "w": _is_word,
    "i": starts_name,
    "c": in_name,
}
DOT = outside(one_of("\n\r"))
# Escapes of one character.
SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {char: char for char in "\\|.-^?*+{}()[]"}
