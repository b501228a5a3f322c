"""The folder of the user for what can be had again: that of the system, or the one TEI_SERGE_CACHE names."""

import os
from pathlib import Path

import platformdirs


def cache_folder(part: str) -> Path:
    """The folder of one part of the cache, such as `schemas`; it need not exist."""
    told = os.environ.get("TEI_SERGE_CACHE")
    return (Path(told) if told else platformdirs.user_cache_path("tei-serge")) / part
