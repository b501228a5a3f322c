"""Hostile TEI: what points to nothing or in circles, registers with loops, dates that are none, odd tables."""

from hostile_document import attribute, document, escaped, register
from hostile_words import DATES, RUN


def tables() -> bytes:
    spans = ("1000000000", "0", "-5", "1e9", "x", "", "9" * 40, "2")
    cells = "".join(f'<cell rows="{one}" cols="{one}">span {escaped(one)}</cell>' for one in spans)
    return document(
        f'<table rows="1000000000" cols="-1"><row role="label">{cells}</row><row>{cells}</row><row/></table><table/>'
        '<p><gap quantity="1e309" unit="character"/><list><item n="99999999999999999999">x</item></list><list/><lg/></p>'
    )


def circles_of_notes() -> bytes:
    return document(
        '<p>Own<note xml:id="own">See <ref target="#own">this note</ref> and <ptr target="#own"/>.</note>, '
        'circle<note xml:id="a">See <ref type="note" target="#b">b</ref>.</note> '
        'of two<note xml:id="b">See <ref type="note" target="#a">a</ref>.</note>, nested<note xml:id="c">One<note '
        'xml:id="d">two<note xml:id="e">three, see <ref target="#c">one</ref></note></note></note>, at its own '
        'paragraph<note target="#here">here</note>.</p><p xml:id="here">Here<ref target="#end1">1</ref>'
        '<ptr type="noteAnchor" target="#end1"/> and again<ref target="#end1">1</ref>.</p>'
        '<note xml:id="end1" n="1" target="#here"><p>End<ref target="#end1">1</ref>.</p></note>'
        '<note xml:id="alone" place="end">Nobody points here.</note><note/><p><note><note/></note></p>'
        '<p xml:id="r1"><ref target="#r1">itself</ref> <ref target="#r1 #r2 #nothing">three</ref></p>'
    )


def pointers_to_nothing() -> bytes:
    prefixes = (
        ("loop", "(.*)", "loop:$1"),
        ("slow", "((a+)+)+$", "#$1"),
        ("broken", "((", "#$1"),
        ("missing", "(.)", "#$9"),
        ("script", "(.*)", "javascript:$1"),
        ("path", "(.*)", "../../$1"),
    )
    header = "".join(
        f'<prefixDef ident="{ident}" matchPattern="{pattern}" replacementPattern="{new}"/>'
        for ident, pattern, new in prefixes
    )
    pointers = (
        *(
            "#",
            "##",
            "#nothing",
            "",
            " ",
            "other.xml#x",
            "other.xml",
            "nobody:x",
            "loop:x",
            f"slow:{'a' * 60}!",
            "broken:x",
        ),
        *(
            "missing:x",
            f"script:{RUN}",
            "path:x",
            "#a #b",
            "  #a\n#a  ",
            "#xpath(//p)",
            "#range(left(//p))",
            "%23a",
            "#%61",
        ),
    )
    made = "".join(
        f"<p><persName ref={value}>Anna</persName> <persName key={value}>Anna</persName> <ref target={value}>there</ref> "
        f"<ptr target={value}/><rs ref={value}>she</rs><note resp={value} target={value}>x</note></p>"
        for value in map(attribute, pointers)
    )
    return document(
        f'<p xml:id="a">a</p><p xml:id="b">b</p>{made}',
        header=f"<encodingDesc><listPrefixDef>{header}</listPrefixDef></encodingDesc>",
    )


def loops_of_registers() -> bytes:
    return document(
        '<p><persName ref="#a">A</persName> <placeName ref="#x">X</placeName> <orgName ref="#o">O</orgName></p>',
        after=register(
            '<listPerson><person xml:id="a" sameAs="#b"><persName ref="#a">A</persName><note><persName ref="#b">B</persName>'
            '</note><person xml:id="inner"><persName>Inner</persName></person></person><person xml:id="b" sameAs="#a">'
            '<persName ref="#a">B</persName><birth><placeName ref="#x"/></birth></person><person xml:id="c"/>'
            '<person><persName/></person><person sameAs="#a" xml:id="self" corresp="#self"><persName>Self</persName></person>'
            '<listRelation><relation name="parent" active="#a" passive="#a"/><relation name="x" mutual="#a"/>'
            '<relation name="parent" active="#a" passive="#b"/><relation name="parent" active="#b" passive="#a"/>'
            "</listRelation></listPerson>"
            '<listPlace><place xml:id="x"><placeName>X</placeName><location><placeName ref="#y"/><geo>999 -999</geo>'
            '<geo>not a place</geo><geo/></location><place xml:id="z"><placeName ref="#x">Z</placeName></place></place>'
            '<place xml:id="y"><placeName>Y</placeName><location><placeName ref="#x"/><geo>NaN Infinity</geo></location>'
            "</place></listPlace>"
            '<listOrg><org xml:id="o" corresp="#o2"><orgName>O</orgName><listOrg><org xml:id="o2" corresp="#o"><orgName/>'
            "</org></listOrg></org></listOrg>"
        ),
    )


def no_dates() -> bytes:
    named = (
        "when",
        "from",
        "to",
        "notBefore",
        "notAfter",
        "when-iso",
        "when-custom",
        "dur",
        "period",
        "calendar",
    )
    made = "".join(
        f"<p>{''.join(f'<date {name}={attribute(value)}>{escaped(value) or name}</date> ' for name in named)}</p>"
        for value in DATES
    )
    events = "".join(
        f'<event xml:id="e{n}" when={attribute(value)}><label>Event {n}</label></event>'
        for n, value in enumerate(DATES)
    )
    turned = (
        '<p><date from="1950" to="1940">x</date> <date notBefore="1950" notAfter="1940-02-31">y</date></p>'
    )
    return document(made + turned, after=register(f"<listEvent>{events}</listEvent>"))


def lost_events() -> bytes:
    return document(
        '<p xml:id="p">Something <rs type="event" ref="#e1">happened</rs>.</p>',
        after=register(
            '<listEvent><event xml:id="e1" type="war" when="1912" where="#nowhere"><label>Event</label><listPerson><person '
            'sameAs="#nobody"/><person corresp="#e1" role="victim"/><person/></listPerson><ptr target="#nothing"/>'
            '<note><persName ref="#e1">itself</persName><placeName ref="#p">no place</placeName></note></event>'
            '<event/><event xml:id="e2"><event xml:id="e3" when="1913"><label>Inner</label></event><desc>Outer</desc></event>'
            '<event xml:id="e4" sameAs="#e4" corresp="#e5"><label/></event><event xml:id="e5" corresp="#e4"><label>5</label>'
            '</event><event xml:id="e6" from="1950" to="1940"><label>Turned</label></event></listEvent><listEvent/>'
            '<listRelation><relation name="cause" active="#e1" passive="#e1"/><relation name="cause" active="#e9"'
            ' passive="#e8"/><relation/></listRelation>'
        ),
    )
