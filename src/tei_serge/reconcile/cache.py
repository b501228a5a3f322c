"""Answers that were had already: a small file for each question, so that a broken run can go on."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from tei_serge.diagnostics import TeiSergeError
from tei_serge.files import write_atomically

__all__ = ["Cache"]

_LARGEST = 1 << 24


class Cache:
    """The answers of one service in a folder, as the service gave them; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, url: str, refresh: bool = False) -> None:
        self._folder = folder / _digest(url) if folder else None
        self._refresh = refresh
        self.fault = ""
        """Why something could not be kept; the run goes on without it."""

    def get(self, question: Mapping[str, object]) -> object | None:
        """What the service answered; None if it was not asked, or what was kept is damaged."""
        if self._folder is None or self._refresh:
            return None
        path = self._path(self._folder, question)
        try:
            if path.stat().st_size > _LARGEST:
                return None
            kept = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return None
        # The question is compared, so that a file in the wrong place is no answer.
        if not isinstance(kept, dict) or kept.get("question") != question:
            return None
        answer: object = kept.get("answer")
        return answer

    def put(self, question: Mapping[str, object], answer: object) -> None:
        """Keep an answer; that the disk is full stops nobody from asking."""
        if self._folder is None:
            return
        path = self._path(self._folder, question)
        text = json.dumps({"question": question, "answer": answer})
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, text.encode("ascii"))
        except OSError as error:
            self.fault = (error.strerror or str(error)).lower()
        except TeiSergeError as error:
            self.fault = dict(error.finding.values).get("reason", "it cannot be written")

    def _path(self, folder: Path, question: Mapping[str, object]) -> Path:
        return folder / f"{_digest(json.dumps(question, sort_keys=True))}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]
