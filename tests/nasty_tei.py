"""TEI of words that are markup in Markdown, in every kind of part, at random but the same for the same seed."""

import random
from xml.sax.saxutils import escape

_MARKUP = r"""
*a* _b_ __ # ##_x 1. 2) (3) iv. A. a) - -- --- ... .... + = === > >q | || ~ ~~x~~ ~~~ ^ ^2^ $ $x$ $5 @ @doe -@x
[@y] [ ] [1] [a](b) ![i](u) ( ) : :d ::: \ \\ \n ` `` `c` ``` < <b> </b> <!-- --> & &amp; &#65; &copy &nbsp; ' "
't “x” ‘y’ “ ’ { } {#id} {.c} ! % http://a.b/c_d a@b.c Table: table: [^1] [^1]: [x]: *** [x] x word I. Mr. é 中文
n° 1.5 x_y * _ \begin{x} \alpha x^2 H~2~O #. (@) (@foo) *[HTML]: +---+ |---| a|b ^[note] [TOC] \[x\] \(y\)
<http://x> C# #tag ``q''"""
_SPACED = ("* * *", "- - -", "[ ]", "% t", ": d", "::: {.x}", "a | b")
_ODD = ("\u200f\u05d0", "\u00a0", "\x93b\x94", "\ufeff")
WORDS = (*_MARKUP.split(), *_SPACED, *_ODD)
LABELS = (
    ("1.", "2.", "3."),
    ("(a)", "(b)", "(c)"),
    ("IX.", "X.", "XI."),
    ("i)", "ii)", "iii)"),
    ("7.", "9.", "8."),
    ("x", "y", "*z*"),
    ("Z.", "AA.", "BB."),
    ("•", "•", "•"),
)
LOOKS = ("italic", "bold", "bold italic", "sup", "sub", "sc", "underline", "strike", "unknown")
TARGETS = ("http://a.b/?x=1&amp;copy=2", "#here", "javascript:x", "u (v)*.html")


class Nasty:
    """Makes parts of TEI; `blocks(n)` gives n of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def words(self, most: int) -> str:
        between = " " if self.random.random() < 0.7 else ""
        return escape(between.join(self.random.choice(WORDS) for _ in range(self.random.randint(1, most))))

    def line(self, depth: int = 0) -> str:
        return "".join(
            self._part(depth) + self.random.choice(("", " ")) for _ in range(self.random.randint(1, 4))
        )

    def _part(self, depth: int) -> str:
        kind = self.random.random()
        if kind < 0.55 or depth > 3:
            return self.words(3)
        if kind < 0.75:
            return f'<hi rend="{self.random.choice(LOOKS)}">{self.line(depth + 1)}</hi>'
        if kind < 0.8:
            element = self.random.choice(("persName", "q", "soCalled", "supplied", "del", "foreign"))
            return f"<{element}>{self.line(depth + 1)}</{element}>"
        if kind < 0.84:
            return f'<ref target="{self.random.choice(TARGETS)}">{self.line(depth + 1)}</ref>'
        if kind < 0.92:
            return self.random.choice(
                ("<lb/>", '<lb break="no"/>', '<pb n="a&quot;]1"/>', '<graphic url="a b.png"/>', "<gap/>")
            )
        if kind < 0.95:
            return f"<code>{self.words(3)}</code>"
        inner = self.line(depth + 1)
        return (
            f'<note n="1">{inner}</note>' if kind < 0.975 else f"<note><p>{inner}</p>{self.block(4)}</note>"
        )

    def block(self, depth: int = 0) -> str:
        kind = self.random.random()
        if kind < 0.35 or depth > 3:
            return f"<p>{self.line()}</p>"
        if kind < 0.47:
            return f'<list rend="bulleted">{self._item(depth)}{self._item(depth)}</list>'
        if kind < 0.6:
            labelled = (f"<label>{one}</label>{self._item(depth)}" for one in self.random.choice(LABELS))
            return f"<list>{''.join(labelled)}</list>"
        if kind < 0.67:
            return f"<quote>{self.block(depth + 1)}{self.block(depth + 1)}</quote>"
        if kind < 0.74:
            return f"<lg><l>{self.line()}</l><l>{self.line()}</l></lg>"
        if kind < 0.82:
            row = "".join(f"<cell>{self.line()}</cell>" for _ in range(self.random.randint(1, 3)))
            return f'<table><head>{self.line()}</head><row role="label">{row}</row><row>{row}</row></table>'
        if kind < 0.88:
            stage = f"<stage>{self.line()}</stage>"
            return f"<sp><speaker>{self.line()}</speaker><p>{self.line()}</p>{stage}</sp>"
        if kind < 0.92:
            return f'<figure><graphic url="x.png"/><head>{self.line()}</head></figure>'
        if kind < 0.96:
            return f"<p>{self.line()}{self.block(3)}{self.line()}</p>"
        return f"<div><head>{self.line()}</head><p>{self.line()}</p>{self.block(depth + 1)}</div>"

    def _item(self, depth: int) -> str:
        inner = self.line() if self.random.random() < 0.6 else self.block(depth + 1) + self.block(depth + 1)
        return f"<item>{inner}</item>"

    def blocks(self, count: int) -> str:
        return "".join(self.block() for _ in range(count))
