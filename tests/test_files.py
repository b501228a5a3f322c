"""Files are written whole or not at all, and never over somebody's own changes."""

import errno
import hashlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tei_serge import files
from tei_serge.diagnostics import TeiSergeError
from tei_serge.files import Outcome, Saved, save_all, write_atomically

ONE = {"one.xml": b"<one/>"}


def manifest(folder: Path) -> dict[str, str]:
    raw = json.loads((folder / ".tei-serge/manifest.json").read_text("utf-8"))
    return {name: entry["sha256"] for name, entry in raw["files"].items()}


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def codes(saved: Saved) -> list[str]:
    return [found.code for found in saved.diagnostics]


class TestWriteAtomically:
    def test_new_and_old(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xml"
        write_atomically(path, b"1")
        write_atomically(path, b"2")
        assert path.read_bytes() == b"2"
        assert names(tmp_path) == ["a.xml"]

    def test_ordinary_rights(self, tmp_path: Path) -> None:
        (tmp_path / "plain").write_bytes(b"")
        write_atomically(tmp_path / "ours", b"")
        assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
    def test_disk_full_while_writing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        path = tmp_path / "a.xml"
        path.write_bytes(b"old")

        def refuse(_: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(TeiSergeError) as caught:
            write_atomically(path, b"new")
        assert caught.value.finding.code == "OUT-002"
        assert os.strerror(number)[1:] in str(caught.value)
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["a.xml"]

    def test_renaming_fails(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "a.xml"
        path.write_bytes(b"old")

        def refuse(*_: object) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(Path, "replace", refuse)
        with pytest.raises(TeiSergeError, match="permission denied"):
            write_atomically(path, b"new")
        assert path.read_bytes() == b"old"
        assert names(tmp_path) == ["a.xml"]

    def test_interrupted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupt(_: int) -> None:
            raise KeyboardInterrupt

        (tmp_path / "a.xml").write_bytes(b"old")
        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(tmp_path / "a.xml", b"new")
        assert (tmp_path / "a.xml").read_bytes() == b"old"
        assert names(tmp_path) == ["a.xml"]

    @pytest.mark.parametrize("name", ["none/a.xml", "file/a.xml", "x" * 300, "a\0b", "folder"])
    def test_impossible_places(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "file").write_bytes(b"keep")
        (tmp_path / "folder").mkdir()
        with pytest.raises(TeiSergeError) as caught:
            write_atomically(tmp_path / name, b"new")
        assert caught.value.finding.code == "OUT-002"
        assert names(tmp_path) == ["file"]

    def test_a_link_goes_on_leading_there(self, tmp_path: Path) -> None:
        (tmp_path / "real.xml").write_bytes(b"old")
        (tmp_path / "link.xml").symlink_to("real.xml")
        write_atomically(tmp_path / "link.xml", b"new")
        assert (tmp_path / "link.xml").is_symlink()
        assert (tmp_path / "real.xml").read_bytes() == b"new"


class TestManifest:
    def test_records_what_was_written(self, tmp_path: Path) -> None:
        assert [file.outcome for file in save_all(tmp_path / "new" / "folder", ONE)] == [Outcome.WRITTEN]
        assert manifest(tmp_path / "new/folder") == {"one.xml": hashlib.sha256(b"<one/>").hexdigest()}

    def test_our_own_file_is_renewed(self, tmp_path: Path) -> None:
        save_all(tmp_path, ONE)
        assert save_all(tmp_path, ONE)[0].outcome is Outcome.UNCHANGED
        assert save_all(tmp_path, {"one.xml": b"<two/>"}) == [Saved(tmp_path / "one.xml", Outcome.WRITTEN)]
        assert save_all(tmp_path, {"one.xml": b"<three/>"})[0].outcome is Outcome.WRITTEN

    def test_a_file_changed_by_hand_is_left_and_the_others_go_on(self, tmp_path: Path) -> None:
        save_all(tmp_path, ONE)
        (tmp_path / "one.xml").write_bytes(b"<mine/>")
        one, two = save_all(tmp_path, {"one.xml": b"<new/>", "two.xml": b"<two/>"})
        assert (one.outcome, codes(one)) == (Outcome.REFUSED, ["OUT-001"])
        assert two.outcome is Outcome.WRITTEN
        assert (tmp_path / "one.xml").read_bytes() == b"<mine/>"

    def test_a_file_without_record_was_made_by_hand(self, tmp_path: Path) -> None:
        (tmp_path / "one.xml").write_bytes(b"<mine/>")
        assert codes(save_all(tmp_path, ONE)[0]) == ["OUT-001"]
        assert (tmp_path / "one.xml").read_bytes() == b"<mine/>"

    def test_the_same_bytes_are_nobodys_loss(self, tmp_path: Path) -> None:
        (tmp_path / "one.xml").write_bytes(b"<one/>")
        assert save_all(tmp_path, ONE)[0].outcome is Outcome.UNCHANGED
        assert "one.xml" in manifest(tmp_path)

    def test_force_keeps_a_copy_of_each_version(self, tmp_path: Path) -> None:
        for content in (b"<mine/>", b"<mine again/>", b"<mine/>"):
            (tmp_path / "one.xml").write_bytes(content)
            saved = save_all(tmp_path, ONE, force=True)[0]
            assert (saved.outcome, codes(saved)) == (Outcome.WRITTEN, ["OUT-004"])
            assert ".tei-serge/kept/one.xml." in saved.diagnostics[0].message
        kept = {path.read_bytes() for path in (tmp_path / ".tei-serge/kept").iterdir()}
        assert kept == {b"<mine/>", b"<mine again/>"}
        assert (tmp_path / "one.xml").read_bytes() == b"<one/>"

    def test_force_keeps_nothing_where_nothing_was_changed(self, tmp_path: Path) -> None:
        save_all(tmp_path, ONE)
        assert codes(save_all(tmp_path, {"one.xml": b"<new/>"}, force=True)[0]) == []
        assert not (tmp_path / ".tei-serge/kept").exists()

    def test_no_copy_no_overwriting(self, tmp_path: Path) -> None:
        (tmp_path / "one.xml").write_bytes(b"<mine/>")
        (tmp_path / ".tei-serge").mkdir()
        (tmp_path / ".tei-serge/kept").write_bytes(b"a file where a folder should be")
        saved = save_all(tmp_path, ONE, force=True)[0]
        assert (saved.outcome, codes(saved)) == (Outcome.REFUSED, ["OUT-002"])
        assert (tmp_path / "one.xml").read_bytes() == b"<mine/>"

    def test_a_folder_or_a_dead_link_in_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "one.xml").mkdir()
        (tmp_path / "two.xml").symlink_to("nowhere")
        outputs = {"one.xml": b"1", "two.xml": b"2", "three.xml": b"3"}
        one, two, three = save_all(tmp_path, outputs, force=True)
        assert (codes(one), codes(two), three.outcome) == (["OUT-002"], ["OUT-002"], Outcome.WRITTEN)

    @pytest.mark.parametrize(
        "content", [b"", b"{", b"[]", b'{"version": 9, "files": {}}', b"\xff\xfe", b'{"version":1}']
    )
    def test_a_damaged_manifest_protects_everything(self, tmp_path: Path, content: bytes) -> None:
        save_all(tmp_path, ONE)
        (tmp_path / ".tei-serge/manifest.json").write_bytes(content)
        with pytest.raises(TeiSergeError) as caught:
            save_all(tmp_path, {"one.xml": b"<new/>"})
        assert caught.value.finding.code == "OUT-006"
        assert (tmp_path / "one.xml").read_bytes() == b"<one/>"
        saved = save_all(tmp_path, {"one.xml": b"<new/>"}, force=True)[0]
        assert codes(saved) == ["OUT-004"]
        assert manifest(tmp_path).keys() == {"one.xml"}

    def test_what_was_written_before_a_failure_is_recorded(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = files._content

        def interrupted(path: Path) -> bytes | None:
            if path.name == "two.xml":
                raise KeyboardInterrupt
            return real(path)

        monkeypatch.setattr(files, "_content", interrupted)
        with pytest.raises(KeyboardInterrupt):
            save_all(tmp_path, {**ONE, "two.xml": b"<two/>"})
        assert manifest(tmp_path).keys() == {"one.xml"}

    def test_output_folder_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_bytes(b"keep")
        with pytest.raises(TeiSergeError) as caught:
            save_all(tmp_path / "file", ONE)
        assert caught.value.finding.code == "OUT-002"
        assert (tmp_path / "file").read_bytes() == b"keep"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_read_only_folder(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(TeiSergeError, match="permission denied"):
            save_all(tmp_path, ONE)


class TestTwoRuns:
    def test_the_second_waits_and_then_gives_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "_LOCK_SECONDS", 0.2)
        state = tmp_path / ".tei-serge"
        state.mkdir()
        with files._lock(state), pytest.raises(TeiSergeError) as caught:
            save_all(tmp_path, ONE)
        assert caught.value.finding.code == "OUT-005"
        assert save_all(tmp_path, ONE)[0].outcome is Outcome.WRITTEN

    def test_many_runs_at_once_keep_every_record(self, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from tei_serge.files import save_all\n"
            "folder, run = Path(sys.argv[1]), sys.argv[2]\n"
            "for i in range(10): save_all(folder, {f'{run}-{i}.xml': b'x', 'both.xml': b'y'})"
        )
        runs = [
            subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(number)]) for number in range(4)
        ]
        assert [run.wait(60) for run in runs] == [0] * 4
        assert len(manifest(tmp_path)) == 41

    def test_a_killed_run_leaves_no_lock(self, tmp_path: Path) -> None:
        code = (
            "import sys, time; from pathlib import Path; from tei_serge import files\n"
            "state = Path(sys.argv[1]) / '.tei-serge'; state.mkdir()\n"
            "with files._lock(state): print('held', flush=True); time.sleep(60)"
        )
        run = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        with run:
            assert run.stdout is not None
            assert run.stdout.readline() == "held\n"
            run.kill()
        start = time.monotonic()
        assert save_all(tmp_path, ONE)[0].outcome is Outcome.WRITTEN
        assert time.monotonic() - start < 10
