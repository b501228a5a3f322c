"""Names: persons, places, bodies and works, found by authority files and by form, and linked in a text."""

from tei_serge.names.find import find_names
from tei_serge.names.model import Mention

__all__ = ["Mention", "find_names"]
