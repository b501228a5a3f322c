"""What all pages of a site share, and what the site says of the place of a text among them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from tei_serge.edition.model import Entity
from tei_serge.export.markup.options import nowhere

__all__ = ["Frame", "Link", "PagePlace"]


class Link(NamedTuple):
    """Words that lead to an address; without one they are words. `current` tells that they mean this page."""

    words: str
    address: str = ""
    current: bool = False
    more: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of every page.

    `title` is that of the site, `root` the way from this page to the site's root (empty or `../`), `nav` the
    main navigation, `home` the address of the start page, empty in a site of one text. `footer` are small
    links or words at the end.
    """

    title: str
    root: str = ""
    nav: tuple[Link, ...] = ()
    language: str = "en"
    home: str = ""
    footer: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where the page of a text stands: its frame, its neighbours, what leads to it, its absolute address.

    `entry` gives the address of an entry in its index, `image` that of a picture, `elsewhere` that of what a
    pointer to another file means, all relative to the page and empty for nowhere. `crumbs` are without the
    page itself.
    """

    frame: Frame
    previous: Link | None = None
    next: Link | None = None
    crumbs: tuple[Link, ...] = ()
    entry: Callable[[Entity], str] = nowhere
    image: Callable[[str], str] = nowhere
    elsewhere: Callable[[str], str] = nowhere
    url: str = ""
