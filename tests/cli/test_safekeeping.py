"""The file of a backup: what it holds comes back as it was, and whatever happened to it since is seen."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from huiguan.cli.safekeeping import sealing
from huiguan.cli.safekeeping.containers import Manifest, Part, is_encrypted, part_of, unpacked, write_container
from huiguan.cli.safekeeping.sealing import PIECE, Damaged, Opener, Sealer, WrongPassphrase
from huiguan.kernel.refusals import Refusal

PASSPHRASE = "湖滨店 2026, kept well"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is quickly made: what is tested here is not how long a guess takes."""
    monkeypatch.setattr(sealing, "_COST", 2)


def sealed(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    sink = io.BytesIO()
    sealer = Sealer(sink, passphrase)
    for start in range(0, len(data), 300_001):
        sealer.write(data[start : start + 300_001])
    sealer.close()
    return sink.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return Opener(io.BytesIO(data), passphrase).read()


def pieces(data: bytes) -> tuple[bytes, list[bytes]]:
    """The head, and each sealed piece with its length."""
    start = data.index(b"\n", len(sealing.MAGIC)) + 1
    found, rest = [], data[start:]
    while rest:
        length = 4 + int.from_bytes(rest[:4], "big")
        found.append(rest[:length])
        rest = rest[length:]
    return data[:start], found


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_what_was_sealed_opens_as_it_was(size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(data[:size])) == data[:size]
    assert data[:size][:64] not in sealed(data[:size]) or size < 16


def test_it_may_be_read_by_the_byte() -> None:
    opener = Opener(io.BytesIO(sealed(b"abc" * 1000)), PASSPHRASE)
    assert b"".join(iter(lambda: opener.read(7), b"")) == b"abc" * 1000


def test_another_passphrase_does_not_open_it() -> None:
    for wrong in ("", PASSPHRASE + " ", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase):
            opened(sealed(b"words"), wrong)


def test_the_same_is_never_sealed_alike() -> None:
    assert len({sealed(b"words") for _ in range(20)}) == 20


@drawn(st.data())
def test_no_byte_can_be_changed(data: st.DataObject) -> None:
    whole = bytearray(sealed(b"words" * 30))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Damaged, WrongPassphrase)):  # a changed salt is another key
        opened(bytes(whole))


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found[:-1],
        lambda found: found[:1],
        lambda found: [],
        lambda found: [found[1], found[0], *found[2:]],
        lambda found: [found[0], *found],
        lambda found: [found[0], *found[2:]],
        lambda found: [*found[:-1], found[0]],
    ],
)
def test_no_piece_can_be_left_out_moved_or_repeated(change: Callable[[list[bytes]], list[bytes]]) -> None:
    head, found = pieces(sealed(b"x" * (3 * PIECE + 1)))
    assert len(found) == 4
    with pytest.raises(Damaged):
        opened(head + b"".join(change(found)))


def test_a_head_that_asks_for_much_work_is_refused() -> None:
    whole = sealed(b"words")
    assert b'"cost": 2' in whole
    for cost in (b"1073741824", b"3", b"-4", b'"a"'):
        with pytest.raises(Damaged):
            opened(whole.replace(b'"cost": 2', b'"cost": ' + cost))


# --- The container ---------------------------------------------------------------------------------------------------


def manifest(parts: dict[str, Path], **more: object) -> Manifest:
    told = {
        "made_at": "2026-03-01T10:00:00+08:00", "program": "0.1.0", "postgresql": "18.6", "schema": ("ledger.0001_initial",),
        "programmes": {"dn": {"zh": "会员", "en": "Members"}}, "demonstration": False, "secrets": True, "field_key": None,
        "parts": {name: part_of(path) for name, path in parts.items()}, **more,
    }  # fmt: skip
    return Manifest(**told)  # type: ignore[arg-type]


@pytest.fixture
def parts(tmp_path: Path) -> dict[str, Path]:
    (tmp_path / "dump").write_bytes(b"PGDMP" + bytes(range(256)) * 9000)
    (tmp_path / "key").write_text("secret\n", encoding="ascii")
    return {"database.dump": tmp_path / "dump", "secrets/field_key": tmp_path / "key"}


def contained(folder: Path, parts: dict[str, Path], passphrase: str | None = None, **more: object) -> Path:
    file = folder / ("sealed.backup" if passphrase else "plain.backup")
    with file.open("wb") as target:
        write_container(target, manifest(parts, **more), parts, passphrase)
    return file


def code(file: Path, folder: Path, passphrase: str | None = None) -> str:
    folder.mkdir(exist_ok=True)
    with pytest.raises(Refusal) as refused:
        unpacked(file, passphrase, folder)
    assert file.name in refused.value.say("en") and file.name in refused.value.say("zh")
    return refused.value.code


def redigested(data: bytes) -> bytes:
    """The file with an end that agrees with it again, as a forger would make it."""
    body = data[: data.rindex(b"\nhuiguan-backup-end")]
    return body + b"\nhuiguan-backup-end sha256:" + hashlib.sha256(body).hexdigest().encode() + b"\n"


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_the_parts_come_back(tmp_path: Path, parts: dict[str, Path], passphrase: str | None) -> None:
    file = contained(tmp_path, parts, passphrase)
    assert is_encrypted(file) is (passphrase is not None)
    target = tmp_path / "target"
    target.mkdir()
    assert unpacked(file, passphrase, target) == manifest(parts)
    for name, path in parts.items():
        assert (target / name).read_bytes() == path.read_bytes()


def test_any_tar_reads_one_that_is_not_encrypted(tmp_path: Path, parts: dict[str, Path]) -> None:
    with tarfile.open(contained(tmp_path, parts)) as tar:
        assert tar.getnames() == ["manifest.json", "database.dump", "secrets/field_key"]
        told = tar.extractfile("manifest.json")
        assert told is not None and json.load(told)["program"] == "0.1.0"


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("left", [1, 2, 40, 92, 93, 500, 10_000, 1_000_000])
def test_a_cut_file_is_seen(tmp_path: Path, parts: dict[str, Path], passphrase: str | None, left: int) -> None:
    file = contained(tmp_path, parts, passphrase)
    file.write_bytes(file.read_bytes()[:-left])
    assert code(file, tmp_path / "target", passphrase) == "BackupCut"


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("place", [100, 5000, 700_000, -200, -30])
def test_an_altered_file_is_seen(tmp_path: Path, parts: dict[str, Path], passphrase: str | None, place: int) -> None:
    file = contained(tmp_path, parts, passphrase)
    data = bytearray(file.read_bytes())
    data[place] ^= 1
    file.write_bytes(data)
    assert code(file, tmp_path / "target", passphrase) == "BackupAltered"


def test_a_forged_end_does_not_help(tmp_path: Path, parts: dict[str, Path]) -> None:
    for passphrase in (None, PASSPHRASE):
        file = contained(tmp_path, parts, passphrase)
        data = bytearray(file.read_bytes())
        data[700_000] ^= 1
        file.write_bytes(redigested(bytes(data)))
        assert code(file, tmp_path / f"target-{passphrase is None}", passphrase) == "BackupAltered"


def test_a_wrong_passphrase_and_none(tmp_path: Path, parts: dict[str, Path]) -> None:
    file = contained(tmp_path, parts, PASSPHRASE)
    assert code(file, tmp_path / "target", "another one") == "BackupKeyWrong"
    assert code(file, tmp_path / "target", None) == "PassphraseNeeded"
    assert list((tmp_path / "target").iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"a", b"PK\x03\x04" + bytes(500), b"%PDF-1.7\n" + bytes(5000)])
def test_another_file_is_no_backup(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "other.backup"
    file.write_bytes(data)
    assert code(file, tmp_path / "target") == "NotABackup"


def test_parts_that_are_not_what_the_manifest_says(tmp_path: Path, parts: dict[str, Path]) -> None:
    told = manifest(parts)
    wrong = [
        {**told.parts, "missing": Part(0, "")},
        {"database.dump": told.parts["database.dump"], "secrets/field_key": Part(7, "0" * 64)},
    ]
    for i, described in enumerate(wrong):
        file = tmp_path / f"{i}.backup"
        with file.open("wb") as target:
            write_container(target, replace(told, parts=described), parts, None)
        assert code(file, tmp_path / f"target{i}") == "BackupAltered"
    more = tmp_path / "more.backup"
    with more.open("wb") as target:
        write_container(target, told, parts, None)
    raw = more.read_bytes().replace(b"secrets/field_key\x00", b"secrets/other_key\x00", 1)
    more.write_bytes(redigested(raw))
    assert code(more, tmp_path / "more") == "BackupAltered"


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside", "manifest.json", "./a"])
def test_nothing_is_written_outside(tmp_path: Path, parts: dict[str, Path], name: str) -> None:
    path = parts["database.dump"]
    file = contained(tmp_path, {name: path})
    assert code(file, tmp_path / "target") == "BackupAltered"
    assert not (tmp_path / "outside").exists() and list((tmp_path / "target").iterdir()) == []


def test_a_format_to_come_is_of_a_newer_program(tmp_path: Path, parts: dict[str, Path]) -> None:
    file = contained(tmp_path, parts, format=2, program="9.0")
    folder = tmp_path / "target"
    folder.mkdir()
    with pytest.raises(Refusal) as refused:
        unpacked(file, None, folder)
    assert refused.value.code == "BackupOfNewerProgram"
    assert "9.0; it has format 2" in refused.value.say("en")
