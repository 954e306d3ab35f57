"""Whatever is wrong: a clear error, exit code 3, no traceback, and the state as it was."""

import json
import random
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aboveboard.cases import Cases
from samples.commands import ADMITS, KEPT, Ran, assert_clear_error, assert_sound, run_program
from samples.server import PROGRAM, running

Command = Callable[..., Ran]
Write = Callable[..., Path]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (KEPT.replace("models:", "models: ["), "charter.yaml:"),
        (KEPT.replace("charter: 1", "charter: one"), "charter.yaml:2:10: unknown value 'one'"),
        (KEPT.replace('must: ">= 0.70"', "must: [1]"), "charter.yaml:"),
        (KEPT.replace("admits_ai", "admit_ai"), "did you mean 'transparency.disclosure.admits_ai'?"),
        (KEPT.replace("provider: fake", "provider: fak"), "did you mean 'fake'?"),
        (KEPT + "guards:\n  - {guard: personal-dat, mode: [input], action: mask}\n", "'personal-data'"),
        (KEPT.replace("reply:", "repli:"), "repl"),
        ("", "charter.yaml"),
        ("- a\n- b\n", "charter.yaml"),
    ],
)
@pytest.mark.parametrize("arguments", [("assess",), ("serve", "--port", "0"), ("up", "--port", "0")])
def test_a_wrong_charter_is_refused_before_anything_is_served(
    command: Command, write: Write, text: str, said: str, arguments: tuple[str, ...]
) -> None:
    write(text)
    ran = command(*arguments)
    assert ran.code == 3
    assert said in ran.err
    assert "Traceback" not in ran.err
    write(KEPT)
    assert command("assess").code == 0


def test_a_charter_that_is_a_folder_or_no_text(command: Command, folder: Path) -> None:
    (folder / "charter.yaml").mkdir()
    assert_clear_error(command("assess"), "directory")
    (folder / "charter.yaml").rmdir()
    (folder / "charter.yaml").write_bytes(b"\xff\xfe\x00")
    assert_clear_error(command("assess"), "UTF-8")
    (folder / "charter.yaml").unlink()
    assert_clear_error(command("assess"), "no such file", "aboveboard init")


@pytest.mark.parametrize("made", ["missing", "directory", "empty", "text"])
def test_weights_that_are_not_there_or_are_none(command: Command, write: Write, made: str) -> None:
    path = write("not weights", "text.gguf").with_name(f"{made}.gguf")
    if made == "directory":
        path.mkdir()
    if made == "empty":
        path.touch()
    options = f"options: {{path: {path}}}"
    write(KEPT.replace("fake", "local").replace(f'options: {{reply: "{ADMITS}", delay: 0}}', options))
    ran = command("assess", "--limit", "2")
    assert_clear_error(ran, str(path))
    write(KEPT)
    assert command("assess").code == 0


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


@pytest.mark.parametrize("name", ["serve", "up"])
def test_a_busy_port_is_found_before_anything_is_done(
    command: Command, write: Write, busy: int, name: str
) -> None:
    folder = write(KEPT).parent
    assert_clear_error(command(name, "--port", str(busy)), f"127.0.0.1:{busy}", "--port")
    assert not (folder / ".aboveboard").exists(), "nothing was begun"


def test_what_will_not_serve_needs_no_port(command: Command, write: Write, busy: int) -> None:
    write(KEPT)
    assert command("up", "--no-serve", "--port", str(busy)).code == 0


def test_an_address_that_is_not_ours(command: Command, write: Write) -> None:
    write(KEPT)
    assert_clear_error(command("serve", "--host", "203.0.113.1", "--port", "0"), "203.0.113.1")
    assert_clear_error(command("serve", "--host", "no.such.host.invalid", "--port", "0"), "no.such.host")


def test_a_state_that_is_a_file_or_below_one(command: Command, write: Write) -> None:
    write(KEPT)
    write("", "file")
    assert_clear_error(command("--state", "file", "assess"), "file")
    assert_clear_error(command("--state", "file/below", "assess"), "--state")


def damage(path: Path, kind: str) -> None:
    """What disks and careless hands do to a database."""
    data = bytearray(path.read_bytes())
    if kind == "header":
        data[:100] = b"garbage " * 12 + b"    "
    elif kind == "cut":
        data = data[: len(data) // 2 + 7]
    elif kind == "middle":
        data[4096:] = random.Random(1).randbytes(len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize("kind", ["header", "cut", "middle"])
@pytest.mark.parametrize("name", ["ledger.db", "evidence.db"])
def test_a_damaged_database_is_named_and_a_backup_heals_it(
    command: Command, assessed: Path, name: str, kind: str
) -> None:
    path = assessed / ".aboveboard" / name
    kept = path.read_bytes()
    damage(path, kind)
    damaged = path.read_bytes()
    ran = command("assess", "--seed", "1")
    assert_clear_error(ran, name)
    assert path.read_bytes() == damaged, "the damaged file stays for inquiry"
    path.write_bytes(kept)
    assert command("assess").code == 0
    assert_sound(assessed)


@pytest.mark.parametrize("kind", ["header", "cut", "middle"])
def test_a_cache_that_is_damaged_is_begun_anew(command: Command, assessed: Path, kind: str) -> None:
    """What it held can be asked for again; nothing that was promised lies in it alone."""
    damage(assessed / ".aboveboard/cache.db", kind)
    assert command("assess").code == 0
    assert_sound(assessed)


@pytest.mark.parametrize("kind", ["header", "cut", "middle"])
def test_a_damaged_database_of_cases_stops_the_server_before_it_serves(
    command: Command, assessed: Path, kind: str
) -> None:
    path = assessed / ".aboveboard/cases.db"
    with Cases.open(path):
        pass
    damage(path, kind)
    assert_clear_error(run_program(assessed, "serve", "--port", "0", timeout=20), "cases.db")


@pytest.mark.parametrize("name", ["ledger.db", "evidence.db"])
def test_a_lost_database_is_not_taken_for_a_new_beginning(
    command: Command, assessed: Path, name: str
) -> None:
    """The other one remembers: what was promised to be provable must not vanish without a word."""
    (assessed / ".aboveboard" / name).unlink()
    ran = command("assess")
    assert_clear_error(ran, name)


@pytest.mark.parametrize("name", ["ledger.db", "evidence.db", "cases.db"])
def test_a_state_of_a_newer_version_is_left_alone(command: Command, assessed: Path, name: str) -> None:
    path = assessed / ".aboveboard" / name
    with Cases.open(assessed / ".aboveboard/cases.db"):
        pass
    connection = sqlite3.connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    ran = run_program(assessed, "serve", "--port", "0", timeout=20)
    assert_clear_error(ran, name)
    assert "newer" in ran.err
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    assert command("assess").code == 0


@pytest.mark.parametrize("name", ["log.key", "attest.key", "vault.key"])
def test_keys_that_others_can_read_are_not_used(command: Command, assessed: Path, name: str) -> None:
    key = assessed / ".aboveboard/keys" / name
    key.chmod(0o644)
    assert_clear_error(command("assess"), name, "chmod 600")
    key.chmod(0o600)
    assert command("assess").code == 0


@pytest.mark.parametrize("name", ["log.key", "attest.key", "vault.key"])
@pytest.mark.parametrize("content", ["", "garbage"])
def test_a_key_that_is_none_is_named_and_never_made_anew(
    command: Command, assessed: Path, name: str, content: str
) -> None:
    key = assessed / ".aboveboard/keys" / name
    kept = key.read_text(encoding="utf-8")
    key.write_text(content, encoding="utf-8")
    assert_clear_error(command("assess"), name)
    assert key.read_text(encoding="utf-8") == content
    key.write_text(kept, encoding="utf-8")
    assert command("assess").code == 0


def test_a_vault_key_of_the_environment_that_is_none(
    command: Command, assessed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOVEBOARD_VAULT_KEY", "abc")
    ran = command("assess")
    assert_clear_error(ran, "ABOVEBOARD_VAULT_KEY", "64 hexadecimal")
    assert "abc" not in ran.err.replace("ABOVEBOARD", "")


def test_another_vault_key_than_the_one_that_encrypted(
    command: Command, assessed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABOVEBOARD_VAULT_KEY", "00" * 32)
    ran = command("assess")
    assert_clear_error(ran)
    monkeypatch.delenv("ABOVEBOARD_VAULT_KEY")
    assert command("assess").code == 0


def test_an_endpoint_that_nobody_answers_at(command: Command, write: Write) -> None:
    folder = write(KEPT).parent
    ran = command("assess", "--base-url", "http://127.0.0.1:9/v1", "--limit", "2")
    assert_clear_error(ran, "connect")
    assert command("assess").code == 0
    assert_sound(folder)


@contextmanager
def garbage(answer: bytes) -> Iterator[str]:
    """An HTTP server that says the same whatever it is asked; yields its address."""
    import threading
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>hello</html>", b"[]", b'{"choices": []}', b"\xff\xfe", json.dumps({"choices": 3}).encode()],
)
def test_an_endpoint_that_talks_nonsense_yields_no_verdict(
    command: Command, write: Write, answer: bytes
) -> None:
    write(KEPT)
    with garbage(answer) as address:
        assert_clear_error(command("assess", "--base-url", address, "--limit", "2"), "failed")


def test_a_second_writer_is_told_who_is_there_or_let_in(scripted: Path) -> None:
    """While a gateway serves, the same state can be assessed or says clearly that it cannot."""
    with running(scripted):
        ran = run_program(scripted, "assess", "--suite", "transparency.disclosure", "--limit", "6")
    if ran.code == 3:
        assert_clear_error(ran, "ledger")
    else:
        assert ran.code in (1, 2)


def test_readers_work_beside_a_running_server(scripted: Path) -> None:
    with running(scripted):
        assert run_program(scripted, "ledger", "export", "log").code == 0
        assert run_program(scripted, "ledger", "check", "log").code == 0
        assert run_program(scripted, "report").code == 0


def test_a_reader_of_our_output_that_leaves_early_gets_no_traceback(write: Write) -> None:
    folder = write(KEPT).parent
    for arguments in ("measures", "charter schema", "charter explain", "--help", "assess --json"):
        line = f"{PROGRAM} {arguments} | head -1"
        done = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=True)
        assert "Traceback" not in done.stderr, done.stderr
        assert "BrokenPipe" not in done.stderr, done.stderr


def test_a_fault_of_ours_is_not_taken_for_a_broken_promise(
    command: Command, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("an error nobody foresaw")

    write(KEPT)
    monkeypatch.setattr("aboveboard.cli._charters.open_charter", fails)
    ran = command("assess")
    assert ran.code == 3
    assert "please report it" in ran.err
    assert "ZeroDivisionError" in ran.err


def test_what_a_model_says_cannot_write_to_the_terminal(command: Command, write: Write) -> None:
    write(KEPT.replace(ADMITS, "\\e[31mI am an AI assistant.\\e]0;owned\\a"))
    ran = command("assess")
    assert "owned" not in ran.out + ran.err


def test_a_state_that_cannot_be_made(command: Command, write: Write) -> None:
    """Root may write everywhere but in /proc; read-only file systems are in test_mounts.py."""
    write(KEPT)
    assert_clear_error(command("--state", "/proc/aboveboard", "assess"), "cannot be written", "--state")
