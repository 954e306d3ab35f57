"""Keys: made at random, kept from others, one derived for each use."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from aboveboard.privacy.operators import Key, PrivacyKeyError

SECRET = bytes(range(32))


def test_a_made_key_is_read_again_and_nobody_else_can_read_it(tmp_path: Path) -> None:
    made = Key.make(tmp_path / "key")
    assert Key.read(tmp_path / "key") == made
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_making_never_replaces_a_key(tmp_path: Path) -> None:
    made = Key.make(tmp_path / "key")
    with pytest.raises(PrivacyKeyError, match="File exists"):
        Key.make(tmp_path / "key")
    assert Key.read(tmp_path / "key") == made


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_key_that_others_can_reach_is_refused(tmp_path: Path, mode: int) -> None:
    Key.make(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(PrivacyKeyError, match="chmod 600"):
        Key.read(tmp_path / "key")


@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33, b"\0" * 32, b"password" * 4])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(PrivacyKeyError) as caught:
        Key.read(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_a_key_is_a_file(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key"
    if kind == "folder":
        path.mkdir(mode=0o700)
    elif kind == "pipe":
        os.mkfifo(path, 0o600)
    with pytest.raises(PrivacyKeyError):
        Key.read(path)


@pytest.mark.parametrize(
    "text", [SECRET.hex(), SECRET.hex().upper(), Key(SECRET).text(), f" {Key(SECRET).text()}\n"]
)
def test_a_key_can_be_written_in_an_environment_variable(text: str) -> None:
    assert Key.parse(text) == Key(SECRET)


@pytest.mark.parametrize("text", ["", "secret", "é" * 44, SECRET.hex()[:-2]])
def test_other_text_is_no_key(text: str) -> None:
    with pytest.raises(PrivacyKeyError, match="ABOVEBOARD_KEY") as caught:
        Key.parse(text, "ABOVEBOARD_KEY")
    assert "secret" not in str(caught.value).replace("32 secret bytes", "")


def test_derived_keys_are_those_of_hkdf() -> None:
    expected = HKDFExpand(SHA256(), 64, b"aboveboard/privacy/1/encrypt/siv").derive(SECRET)
    assert Key(SECRET).derive("encrypt/siv", 64) == expected


def test_each_use_has_its_own_key() -> None:
    assert Key(SECRET).derive("hash") != Key(SECRET).derive("pseudonymise/")


def test_its_representation_shows_nothing_of_it() -> None:
    assert repr(Key(SECRET)) == "Key()"


def test_a_link_to_a_key_will_do_and_the_file_it_leads_to_counts(tmp_path: Path) -> None:
    made = Key.make(tmp_path / "other")
    (tmp_path / "key").symlink_to(tmp_path / "other")
    assert Key.read(tmp_path / "key") == made
    (tmp_path / "other").chmod(0o644)
    with pytest.raises(PrivacyKeyError):
        Key.read(tmp_path / "key")
