"""How each mark inside a block is written in TEI."""

from collections.abc import Mapping

from tei_serge.model import Mark
from tei_serge.tei.builder import Inline

INLINE: Mapping[str, Inline] = {
    Mark.NOTE_REFERENCE: Inline("ref"),
    Mark.NOTE_NUMBER: Inline("ref"),
    Mark.NUMBER: Inline("num"),
    Mark.LABEL: Inline("label"),
    Mark.BIBLIOGRAPHY: Inline("bibl"),
    Mark.AUTHOR: Inline("author"),
    Mark.EDITOR: Inline("editor"),
    Mark.TITLE: Inline("title"),
    Mark.SCOPE: Inline("biblScope"),
    Mark.PUBLISHER: Inline("publisher"),
    Mark.PUBLICATION_PLACE: Inline("pubPlace"),
    Mark.IDENTIFIER: Inline("idno"),
    Mark.DATE: Inline("date"),
    Mark.PERSON: Inline("persName"),
    Mark.PLACE: Inline("placeName"),
    Mark.ORGANISATION: Inline("orgName"),
    Mark.DOCUMENT_AUTHOR: Inline("docAuthor"),
    Mark.LINK: Inline("ref"),
    Mark.ROLE: Inline("roleName"),
    Mark.MEASURE: Inline("measure"),
    Mark.SAID: Inline("said"),
    Mark.QUOTE: Inline("quote"),
    Mark.SO_CALLED: Inline("soCalled"),
    Mark.Q: Inline("q"),
    Mark.REFERENCE: Inline("rs"),
    Mark.EXPLANATION: Inline("supplied", (("reason", "explanation"),)),
    Mark.EVENT: Inline("seg"),
    Mark.COMMENT: Inline("note", (("type", "comment"), ("place", "inline"))),
}
