"""Hostile TEI: scripts, targets, names and characters where words are expected."""

from typing import Final

from hostile_document import attribute, document, escaped, paragraphs, register
from hostile_words import CHARACTERS, DIRECTIONS, LANGUAGES, NAMES, RUN, SCRIPTS, TARGETS

MARKS: Final = 10_000
_XHTML: Final = 'xmlns:h="http://www.w3.org/1999/xhtml"'


def scripts_in_text() -> bytes:
    people = "".join(
        f'<person xml:id="s{n}"><persName>{escaped(one)}</persName><note>{escaped(one)}</note></person>'
        for n, one in enumerate(SCRIPTS)
    )
    named = "".join(
        f'<p><persName ref="#s{n}">{escaped(one)}</persName></p>' for n, one in enumerate(SCRIPTS)
    )
    notes = "".join(f"<p>Word<note>{escaped(one)}</note>.</p>" for one in SCRIPTS)
    heads = "".join(f"<div><head>{escaped(one)}</head><p>Words.</p></div>" for one in SCRIPTS)
    return document(
        f"<div>{paragraphs(SCRIPTS)}{named}{notes}</div>{heads}",
        SCRIPTS[1],
        after=register(f"<listPerson>{people}</listPerson>"),
    )


def scripts_in_attributes() -> bytes:
    made = "".join(
        f"<p n={value} rend={value} xml:lang={value} type={value}><hi rend={value}>hi</hi><date when={value}>date</date>"
        f"<rs type={value} ref={value} key={value} cert={value}>name</rs><gap reason={value} unit={value}/>"
        f"<pb n={value}/><note n={value} place={value}>note</note></p>"
        for value in map(attribute, SCRIPTS)
    )
    own = (
        f'<p onclick="{RUN}" style="background:url(javascript:{RUN})" class="x" id="y" srcdoc="&lt;script>{RUN}&lt;/script>">'
        f'<hi rend="color: red; }} }} * {{ display: none }}" style="width: expression({RUN}); position: fixed; inset: 0">'
        "Words.</hi></p>"
    )
    return document(made + own, root=f" xml:lang={attribute(SCRIPTS[4])} n={attribute(SCRIPTS[6])}")


def script_targets() -> bytes:
    made = "".join(
        f"<p><ref target={value}>a link</ref> <ptr target={value}/> <ref target={value}/> <graphic url={value}/>"
        f"<persName ref={value}>somebody</persName><figure><graphic url={value}/><head>Figure</head></figure>"
        f"<note target={value} corresp={value}>note</note></p>"
        for value in map(attribute, TARGETS)
    )
    people = "".join(
        f'<person xml:id="t{n}" sameAs={attribute(one)}><persName>Person {n}</persName><idno type="URI">{escaped(one)}</idno>'
        f'<idno type="Wikidata">{escaped(one)}</idno><ptr target={attribute(one)}/></person>'
        for n, one in enumerate(TARGETS)
    )
    named = "".join(f'<p><persName ref="#t{n}">Person {n}</persName></p>' for n in range(len(TARGETS)))
    licence = "".join(f"<licence target={attribute(one)}>Terms</licence>" for one in TARGETS)
    return document(made + named, after=register(f"<listPerson>{people}</listPerson>")).replace(
        b"<publicationStmt><p>None.</p>",
        f"<publicationStmt><publisher>None</publisher><availability>{licence}</availability>".encode(),
    )


def names_as_ids() -> bytes:
    blocks = "".join(
        f"<div xml:id={value}><head>Division {n}</head><p>Words <ref target={attribute('#' + one)}>there</ref>.</p></div>"
        for n, (one, value) in enumerate((one, attribute(one)) for one in NAMES)
    )
    people = "".join(
        f"<person xml:id={attribute('p-' + one)}><persName>{escaped(one)}</persName></person>"
        for one in NAMES
    )
    named = "".join(
        f"<p><persName ref={attribute('#p-' + one)}>{escaped(one)}</persName></p>" for one in NAMES
    )
    return document(blocks + named, after=register(f"<listPerson>{people}</listPerson>"))


def names_of_files(name: str) -> bytes:
    """A text whose title, id, number and address all are one bad name."""
    made = document("<p>Words.</p>", name, root=f" xml:id={attribute(name)} n={attribute(name)}")
    return made.replace(
        b"<publicationStmt><p>None.</p>",
        f"<publicationStmt><publisher>{escaped(name)}</publisher><idno>{escaped(name)}</idno>".encode(),
    )


def ids_twice() -> bytes:
    same = "".join(
        f'<p xml:id="same">Paragraph {n}, see <ref target="#same">the same</ref>.</p>' for n in range(20)
    )
    people = '<person xml:id="same"><persName>One</persName></person>' * 3
    return document(
        f'<div xml:id="same"><head xml:id="same">Same</head>{same}<p><persName ref="#same">One</persName></p></div>',
        after=register(f'<listPerson xml:id="same">{people}</listPerson>'),
        root=' xml:id="same"',
    )


def languages() -> bytes:
    lists = "".join(f"<item>{escaped(one)}</item>" for one in LANGUAGES)
    cells = "".join(f"<row><cell>{escaped(one)}</cell><cell>{escaped(one)}</cell></row>" for one in LANGUAGES)
    lines = "".join(f"<l>{escaped(one)}</l>" for one in LANGUAGES)
    notes = "".join(f"<p>Word<note><p>{escaped(one)}</p></note></p>" for one in LANGUAGES)
    marked = "".join(
        f"<p>a<hi rend='italic'>{escaped(one)}</hi>b<code>{escaped(one)}</code></p>" for one in LANGUAGES
    )
    heads = "".join(f"<div><head>{escaped(one)}</head><p>Words.</p></div>" for one in LANGUAGES)
    people = "".join(
        f'<person xml:id="f{n}"><persName>{escaped(one)}</persName><note>{escaped(one)}</note></person>'
        for n, one in enumerate(LANGUAGES)
    )
    named = "".join(
        f'<p><persName ref="#f{n}">{escaped(one)}</persName></p>' for n, one in enumerate(LANGUAGES)
    )
    return document(
        f"<div>{paragraphs(LANGUAGES)}<list>{lists}</list><table>{cells}</table><lg>{lines}</lg>{notes}{marked}{named}"
        f"</div>{heads}",
        LANGUAGES[11],
        after=register(f"<listPerson>{people}</listPerson>"),
    )


def other_namespaces() -> bytes:
    return document(
        f"<p {_XHTML}>Words <h:script>{RUN}</h:script><h:img src='x' onerror='{RUN}'/> more.</p>"
        f"<svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'><script>{RUN}</script></svg>"
        "<p><formula notation='mathml'><math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi></math></formula></p>"
        "<p><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='/etc/passwd' parse='text'/></p>"
        f"<p>A <?php echo '{RUN}' ?>b<!-- <script>{RUN}</script> -->c<![CDATA[<script>{RUN}</script>]]>d</p>"
        "<unknown xmlns=''><p>Words of nobody.</p></unknown>"
    ).replace(b"?>\n", b"?>\n<?xml-stylesheet href='https://example.org/x.xsl' type='text/xsl'?>\n", 1)


def inner_entities() -> bytes:
    entities = f'<!DOCTYPE TEI [<!ENTITY run "&#60;script>{RUN}&#60;/script>"><!ENTITY who "Anna">]>\n'
    return document("<p>&who; and &who;.</p>").replace(b"?>\n", f"?>\n{entities}".encode(), 1)


def directions() -> bytes:
    words = [f"before {mark}between abc 123 \u05d0\u05d1 (x) after" for mark in DIRECTIONS]
    people = "".join(
        f'<person xml:id="d{n}"><persName>{mark}Anna{mark}</persName></person>'
        for n, mark in enumerate(DIRECTIONS)
    )
    named = "".join(
        f'<p><persName ref="#d{n}">{mark}Anna</persName> came.</p>' for n, mark in enumerate(DIRECTIONS)
    )
    return document(
        paragraphs(words) + named,
        "".join(DIRECTIONS) + "title",
        after=register(f"<listPerson>{people}</listPerson>"),
    )


def odd_characters() -> bytes:
    people = "".join(
        f'<person xml:id="c{n}"><persName>{escaped(one)}</persName></person>'
        for n, one in enumerate(CHARACTERS.values())
    )
    named = "".join(
        f'<p>\U0001f6a4 {name} <persName ref="#c{n}">{escaped(one)}</persName> \U0001f6a4 <date when="1938">1938</date></p>'
        for n, (name, one) in enumerate(CHARACTERS.items())
    )
    return document(
        paragraphs(CHARACTERS.values()) + named,
        "".join(CHARACTERS.values()),
        after=register(f"<listPerson>{people}</listPerson>"),
    )


def combining_flood() -> bytes:
    flood = "a" + "\u0301\u0323\u0489" * (MARKS // 3)
    return document(f'<p>Before {flood} after, <persName ref="#x">{flood}</persName>.</p>', flood)
