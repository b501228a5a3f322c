"""The words that `mutations` puts into files: values, dates, numbers, pointers, elements, markup."""

TEI = "http://www.tei-c.org/ns/1.0"
EXAMPLE = "http://www.tei-c.org/ns/Examples"
FOREIGN = "http://example.org/ns"

VALUES = (
    "", " ", "x", "a b", " a  b ", "1a", "a:b", ":", "-", "ключ", "é", "a\u00a0b", "a&#9;b", "a&#10;b", "a\nb",
    "&amp;", "&lt;b>", "true", "TRUE", "en", "en-", "x-", "123456789", "none", "high", "unknown", "\U00020000",
)  # fmt: skip
DATES = (
    "1917", "1917-02", "1917-02-29", "1916-02-29", "1917-13", "1917-13-01", "1917-00-01", "1917-1-1", "0000",
    "-0044", "-0044-03-15", "12017", "012017", "17", "+1917", "--02-29", "--02-30", "--13", "---31", "---32",
    "--04-31", "1917-10-25Z", "1917-10-25+14:00", "1917-10-25+14:01", "1917-10-25T24:00:00",
    "1917-10-25T24:00:01", "1917-10-25T23:59:60", "1917-10-25T12:00", "1917-10-25T12:00:00.5", "12:00:00",
    "24:00:00", "25:00:00", "12:60:00", " 1917 ", "1917-10-25 ", "1917 -10", "１９１７", "1900-02-29", "2000-02-29",
    "P1Y", "P", "PT", "P1YT", "P1.5D", "PT1.5S", "-P1D", "P-1D", "P1M2Y",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "+1", "-1", "1.5", "1.", ".5", ".", "1e400", "1E5", "-1e-400", "INF", "NaN", "-INF", "01", "1,5",
    " 12 ", "1 2", "１２", "٣", "18446744073709551616", "99999999999999999999999999999999999999999", "0x10", "l2",
    "1/2", "3.14159265358979323846264338327950288",
)  # fmt: skip
# No character of the category C: jing lets them pass [^\p{C}\p{Z}]+, against XML Schema (part 2, F.1).
POINTERS = (
    "#nowhere", "#", "#a b", "#a #b", "http://a b", "http://é.example/ü", "[bad]", "%zz", "%", "a%20b", ":x",
    "a:b:c", "#a#b", "\\", "http://[::1]/", "http://[", "//", "?", "{x}", "|", "^", "`", "<", "#1", "mailto:a@b",
    "http://user@host:port/", "1:2", "#xpath(//p[1])", "\u00a0", "a\\b", "http://h/%C3%28",
)  # fmt: skip
LITTLE = (
    "<p/>", "<p>a</p>", "<note>a</note>", "<hi>a</hi>", "<lb/>", "<pb n=\"1\"/>", "<date when=\"1917\">x</date>",
    "<div><p>a</p></div>", "<ab/>", "<l>a</l>", "<head>a</head>", "<persName>a</persName>", "<gap/>", "<list/>",
    "<list><item/></list>", "<table/>", "<egXML xmlns=\"http://www.tei-c.org/ns/Examples\"/>", "<anchor/>",
    "<x:y xmlns:x=\"http://example.org/ns\"/>", "<y xmlns=\"\">a</y>", "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"/>",
    "<choice><abbr>a</abbr><expan>b</expan></choice>", "<choice/>", "<q>\n</q>", "<ref target=\"#a #b\">x</ref>",
    "<graphic url=\"a b\"/>", "<figure/>", "<bibl/>", "<biblStruct/>", "<TEI/>", "<text><body><p/></body></text>",
)  # fmt: skip
EXAMPLES = (
    "", "text", "<a/>", "<a b='c'>d</a>", "<x xml:id='same'/><x xml:id='same'/>", "<x xml:id='1 2'/>",
    f"<p xmlns='{TEI}'>a</p>", f"<p xmlns='{TEI}' wrong='x'/>", "<x xmlns=''/>", "<y:z xmlns:y='urn:y' y:a='1'/>",
    f"<egXML xmlns='{EXAMPLE}'><a/></egXML>", "<a><b><c/></b> x <!--c--></a>",
)  # fmt: skip
IDENTITIES = ("same", "", " ", "1", "a b", "é", " padded ", "a:b", "a&#32;", "-a", "_")
LANGUAGES = ("de", "", "x", "en_GB", "en-GB-oed", "abcdefghi", "de-", "i-default", "1", " fr ", "ру")
SPACES = ("preserve", "default", "both", "")
BLANKS = ("\n", "  ", "\t", "\n\n   \n", "\u00a0", "\u2028", "&#32;", "&#xA;", "&#xA0;", "&#x3000;", "&#13;")
MARKUP = (
    "<!-- a comment -->", "<!--\nof two\nlines\n-->", "<?pi?>", "<?pi a\nb?>", "<![CDATA[]]>", "<![CDATA[ ]]>",
    "<![CDATA[x]]>", "<![CDATA[<p>\n</p>]]>", "<!-- < & -->", "<?oxygen x=\"y\"?>",
)  # fmt: skip
TEXTS = (
    "x",
    "two words",
    " \n x\n ",
    "&amp;",
    "&#120;",
    "ключ",
    "\u00a0",
    "1917",
    "]",
    "\U00020000",
    "e\u0301",
)
PROLOGUES = (
    '<!DOCTYPE TEI [<!ENTITY e "x">]>', '<!DOCTYPE TEI [<!ENTITY e "\u00e9 &#38;amp; y">]>', '<!DOCTYPE TEI [\n<!ENTITY e "\n">\n]>',
    '<!DOCTYPE TEI [<!ATTLIST p rend CDATA "bold">\n<!ENTITY e "x">]>', '<!DOCTYPE TEI [<!ATTLIST p wrong CDATA "x"><!ENTITY e "">]>',
)  # fmt: skip
