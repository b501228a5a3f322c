"""Character encodings: what the first bytes of a document show, and which names are known."""

import codecs
from functools import lru_cache

# Byte order marks, and the first characters of <?xml or of < alone in encodings without one.
_BEGINNINGS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
# Names that XML mentions and Python does not know.
_NAMES = {"iso-10646-ucs-2": "utf-16", "ucs-2": "utf-16", "iso-10646-ucs-4": "utf-32", "ucs-4": "utf-32"}
# What Python calls an encoding is not always a set of characters.
_NO_ENCODINGS = frozenset(
    {"utf-7", "unicode-escape", "raw-unicode-escape", "charmap", "idna", "punycode", "undefined"}
)
# Several bytes make a character; all of these hold ASCII, so the first line can be read.
_SEVERAL_BYTES = (
    *("big5", "cp932", "cp949", "cp950", "euc", "gb", "hz", "iso2022", "johab", "shift"),
    *("utf-8-sig", "utf-16", "utf-32"),
)


def family_of(head: bytes) -> str:
    """The encoding that the first bytes of a document show; "" for one in which the first line is in ASCII.

    >>> family_of(b"<?xml"), family_of(b"\\xff\\xfe<\\0"), family_of(b"\\0<\\0?")
    ('', 'utf-16-le', 'utf-16-be')
    """
    return next((codec for start, codec in _BEGINNINGS if head.startswith(start)), "")


@lru_cache(128)
def codec_of(name: str) -> str | None:
    """The name of Python's codec for an encoding as a document declares it; None for one that is not known.

    >>> codec_of("Windows-1252"), codec_of("ISO-10646-UCS-2"), codec_of("zlib"), codec_of("x-nothing")
    ('cp1252', 'utf-16', None, None)
    """
    try:
        codec = codecs.lookup(_NAMES.get(name.lower(), name)).name
        b"<".decode(codec, "ignore")
    except (LookupError, ValueError):
        return None
    return None if codec.replace("_", "-") in _NO_ENCODINGS else codec


def fits_beginning(codec: str, family: str) -> bool:
    """Whether a declared encoding can be that of a document that begins as those of a family do."""
    if family.startswith("utf"):
        return codec in (family, family[:6])
    begins = b"\x4c\x6f\xa7\x94" if family else b"<?xm"
    return begins.decode(codec, "replace") == "<?xm"


@lru_cache(128)
def is_single_byte(codec: str) -> bool:
    """Whether the reader of XML can use an encoding as it is: UTF-8, or one byte for each character."""
    if codec == "utf-8":
        return True
    if codec.startswith(_SEVERAL_BYTES):
        return False
    return len(bytes(range(256)).decode(codec, "replace")) == 256
