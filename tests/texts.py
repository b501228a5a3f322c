"""Random texts of every shape that the scanner knows, for the laws that hold for all texts."""

from hypothesis import strategies as st

WORDS = st.sampled_from(
    (
        *(
            "the",
            "clock",
            "bridge",
            "of",
            "a",
            "letter",
            "Miller",
            "Anna",
            "was",
            "struck",
            "and",
            "harbour",
            "in",
        ),
        *(
            "Reval",
            "to",
            "we",
            "I",
            "am",
            "it",
            "1921",
            "12",
            "No.",
            "“and”",
            "—",
            "–",
            "Yours",
            "Dear",
            "Sir",
        ),
        *("Committee", "café", "naïve", "Łódź", "ﬁn"),
    )
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(words) + ".")
ODD = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",))
    | st.sampled_from("\x00\x01\x0b\x0c\x1c\x85\u2028\u200b\ufeff\u00a0\ufffe"),
    max_size=12,
)
NUMBERS = st.integers(1, 30).map(str)
SHAPES = st.one_of(
    SENTENCE,
    ODD,
    st.sampled_from(
        [
            "Anna Miller 1921",
            "On Clocks",
            "THE SECOND PART",
            "(March 1921)",
            "Source: The Ferry, Vol. 2 No. 3, 12 March 1921, p. 4;",
            "Translated: for by Jan Doe;",
            "CopyLeft: Creative Commons (Attribute & ShareAlike) 2004.",
            "Unknown Label: value",
            "From The Ferry, No. 7, May 1921, pp. 3–4.",
            "Transcribed by Jan Doe.",
            "Reval, 3 May 1921",
            "6/7/52",
            "Dear Anna,",
            "Comrades,",
            "Yours fraternally",
            "I am [etc.]",
            "(Signed) Anna Miller,",
            "Anna Miller",
            "Secretary, Harbour Committee",
            "P.S. The hens are well.",
            "Editor’s note: he went away.",
            "[Note by the translator: she stayed.]",
            "Notes",
            "Author’s Footnotes:",
            "* * *",
            "_____",
            ". . . .",
            "[126]",
            "Mr. DOE: I did.",
            "(Applause.)",
            "Back to the Anna Miller Archive",
            "Contents | Chapter 7 | Chapter 9",
            "Last updated on 15 April 2010",
            "Subject: clocks",
            "I. BEGINNINGS",
            "Chapter 3: Bells",
            "a\tb\tc",
            "12     13     14",
            "“Quoted words,” he said.",
            "— A. Miller",
            "…",
            "<p>&amp; ]]> <!-- -->",
        ]
    ),
    st.tuples(
        st.sampled_from(["  ", "    ", "\t", "", "\u00a0\u00a0"]),
        NUMBERS,
        st.sampled_from([".", ")", " –", "*."]),
        SENTENCE,
    ).map(lambda parts: f"{parts[0]}{parts[1]}{parts[2]} {parts[3]}"),
    st.tuples(st.sampled_from(["[{}] ", "({}) ", "{}. ", "[{}*] ", "* "]), NUMBERS, SENTENCE).map(
        lambda parts: parts[0].format(parts[1]) + parts[2]
    ),
    st.tuples(st.sampled_from(["  • ", "    • ", "• ", "  - ", "  (a) "]), SENTENCE).map("".join),
    st.tuples(SENTENCE, st.sampled_from(["[1]", " [2]", "[1*]", "(1)", "*", "¹", "2", "[x]"])).map("".join),
    st.lists(SENTENCE, min_size=3, max_size=12).map(" ".join),
    st.sampled_from(["", "", "", " ", "\u00a0", "\x0c"]),
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\x85"])
TEXTS = st.lists(st.tuples(SHAPES, ENDS), min_size=1, max_size=40).map(
    lambda rows: "".join(line + end for line, end in rows)
)
