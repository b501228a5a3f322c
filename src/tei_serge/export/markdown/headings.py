"""Which heading is that of a division."""

from tei_serge.edition.model import Begin, Content, End, Kind

__all__ = ["headed"]


def headed(content: Content) -> dict[str, str]:
    """The division that each heading is the first of, by their ids, where the TEI gives the division one."""
    found: dict[str, str] = {}
    open_divisions: list[str] = []
    for step in content:
        if isinstance(step, Begin) and step.part.kind is Kind.DIVISION:
            open_divisions.append("" if step.part.made else step.part.id)
        elif isinstance(step, End) and step.part.kind is Kind.DIVISION:
            open_divisions.pop()
        elif isinstance(step, Begin) and step.part.kind is Kind.HEADING and open_divisions:
            found[step.part.id] = open_divisions[-1]
            open_divisions[-1] = ""
    return {heading: division for heading, division in found.items() if division}
