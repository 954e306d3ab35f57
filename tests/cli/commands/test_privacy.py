"""`aboveboard privacy`: files in, findings, masked copies and values back out."""

import json
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from samples.commands import Ran, run_program
from samples.server import PROGRAM

Command = Callable[..., Ran]
MAIL = "john@example.com"
QUICK = ("--types", "email,phone,card", "--jobs", "1")


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key that journals are believed by is made elsewhere than at home."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def files(folder: Path) -> Path:
    """A folder with text, CSV and a binary file."""
    (folder / "in/sub").mkdir(parents=True)
    (folder / "in/a.txt").write_bytes(f"mail {MAIL}\r\n".encode())
    (folder / "in/sub/b.csv").write_bytes(f'name,mail\n"x, y",{MAIL}\n'.encode())
    (folder / "in/c.dat").write_bytes(b"\0\1\2")
    return folder / "in"


def test_scan_counts_by_type_and_exits_with_1(command: Command, files: Path) -> None:
    ran = command("privacy", "scan", "in", *QUICK)
    assert ran.code == 1
    assert [line.split() for line in ran.out.splitlines()[:2]] == [
        ["type", "findings", "files"],
        ["email", "2", "2"],
    ]
    assert "2 findings in 2 of 2 files" in ran.out
    assert "1 finding in 1 of 1 file," in command("privacy", "scan", "in/a.txt", *QUICK).out
    assert "left out: in/c.dat: binary, not text" in ran.err


def test_scan_of_clean_files_exits_with_0(command: Command, folder: Path) -> None:
    (folder / "a.txt").write_text("nothing to see", encoding="utf-8")
    assert command("privacy", "scan", "a.txt", *QUICK).code == 0


def test_values_are_hidden_unless_asked_for(command: Command, files: Path) -> None:
    hidden = command("privacy", "scan", "in", "--json", *QUICK)
    assert MAIL not in hidden.out + hidden.err
    shown = command("privacy", "scan", "in", "--json", "--show-values", *QUICK)
    assert [each["value"] for each in shown.json["findings"]] == [MAIL, MAIL]


def test_json_has_findings_with_places_and_sums(command: Command, files: Path) -> None:
    found = command("privacy", "scan", "in", "--json", *QUICK).json
    first = {
        "file": "in/a.txt",
        "type": "email",
        "line": 1,
        "column": 6,
        "byte": 5,
        "length": 16,
        "confidence": 1.0,
    }
    assert found["findings"][0] == first
    assert (found["findings"][1]["record"], found["findings"][1]["field"]) == (2, "mail")
    assert (found["summary"]["files"], found["summary"]["left_out"]) == (2, 1)
    assert command("privacy", "scan", "in/c.dat", "--json").json["findings"] == []


def test_jsonl_has_a_line_for_each_finding(command: Command, files: Path) -> None:
    lines = command("privacy", "scan", "in", "--jsonl", *QUICK).out.splitlines()
    assert [json.loads(line)["type"] for line in lines] == ["email", "email"]


@pytest.mark.parametrize(("types", "code"), [("card", 0), ("card,email", 1)])
def test_fail_on_chooses_what_fails(command: Command, files: Path, types: str, code: int) -> None:
    assert command("privacy", "scan", "in", *QUICK, "--fail-on", types).code == code


def test_a_file_that_cannot_be_read_exits_with_3_and_the_rest_goes_on(command: Command, files: Path) -> None:
    (files / "bad.txt").write_bytes(b"caf\xe9")
    ran = command("privacy", "scan", "in", "nowhere", *QUICK)
    assert ran.code == 3
    assert "in/bad.txt, byte 3: not utf-8" in ran.err
    assert "nowhere: no such file" in ran.err
    assert "2 findings" in ran.out
    assert "Traceback" not in ran.err


def test_a_named_file_that_must_not_be_read_stops_no_other(command: Command, files: Path) -> None:
    (files / "a.txt").chmod(0)
    ran = command("privacy", "scan", "in/a.txt", "in/sub", *QUICK)
    assert "Usage" not in ran.err
    assert "in 2 of 2 files" in ran.out or (ran.code == 3 and "in/a.txt: Permission denied" in ran.err)


def test_a_run_that_looked_into_nothing_says_so(command: Command, files: Path) -> None:
    assert "no file was looked into" in command("privacy", "scan", "in", "--include", "*.cvs").err
    assert "no file was looked into" not in command("privacy", "scan", "in/a.txt", *QUICK).err


def test_stand_ins_without_a_value_are_said_with_their_cure(command: Command, files: Path) -> None:
    (files / "a.txt").write_text("mail anna@example.org <EMAIL_9>", encoding="utf-8")
    command("privacy", "mask", "in/sub", "--out", "out", "--table", "table.json", *QUICK)
    ran = command("privacy", "restore", "in/a.txt", "--out", "back", "--table", "table.json")
    assert (ran.code, "name the table of the run" in ran.err) == (3, True)


def test_a_table_without_rows_is_said_to_have_none(command: Command, files: Path) -> None:
    (files / "empty.csv").touch()
    ran = command("privacy", "risk", "in/empty.csv", "--quasi", "age")
    assert (ran.code, "no row was found" in ran.err) == (3, True)


WRONG = [
    (("scan", "in", "--types", "emial"), "did you mean 'email'?"),
    (("scan", "in", "--types", "names"), "did you mean 'person'?"),
    (("scan", "in", "--types", "telephone"), "did you mean 'phone'?"),
    (("scan", "in", "--types", ","), "no type is named"),
    (("scan", "in", "--fail-on", "emial"), "did you mean 'email'?"),
    (("scan", "in", "--encoding", "klingon"), "no encoding is named 'klingon'"),
    (("scan", "in", "--json", "--jsonl"), "exclude each other"),
    (("scan", "in", "--resume"), "--journal"),
    (("scan", "in", "--show-values"), "add --jsonl or --json"),
    (("scan",), "Missing argument"),
    (("mask", "in"), "--out"),
    (("mask", "in", "--out", "o", "--in-place"), "exclude each other"),
    (("mask", "in", "--out", "o", "--policy", "mark"), "did you mean 'mask'?"),
    (("mask", "in", "--out", "o", "--policy", "research"), "aboveboard privacy key FILE"),
    (("mask", "in", "--out", "o", "--policy", "research"), "`pseudonymise` needs a key"),
    (("mask", "-", "--json"), "stdout holds the copy"),
    (("restore", "-", "--table", "in/a.txt", "--json"), "stdout holds the copy"),
    (("key", "in/a.txt"), "not there yet"),
    (("mask", "in", "--in-place", "--resume"), "--out"),
    (("restore", "in", "--out", "o"), "nothing leads back"),
    (("restore", "in", "--out", "o", "--table", "in/a.txt"), "not a table"),
    (("risk", "in/sub/b.csv", "--quasi", "nmae"), "did you mean 'name'?"),
    (("risk", "in/a.txt", "--quasi", "name"), "no table"),
]


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_a_mistake_is_said_with_its_cure(
    command: Command, files: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = command("privacy", *arguments)
    assert ran.code == 3
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_masked_files_come_back_byte_by_byte(command: Command, files: Path, folder: Path) -> None:
    ran = command("privacy", "mask", "in", "--out", "out", "--table", "table.json", *QUICK)
    assert ran.code == 0, ran.err
    assert "pseudonymised: " in ran.err
    assert (folder / "out/a.txt").read_bytes() == b"mail <EMAIL_1>\r\n"
    assert (folder / "out/sub/b.csv").read_bytes() == b'name,mail\n"x, y",<EMAIL_1>\n'
    assert stat.S_IMODE((folder / "table.json").stat().st_mode) == 0o600
    assert command("privacy", "restore", "out", "--out", "back", "--table", "table.json").code == 0
    for name in ("a.txt", "sub/b.csv"):
        assert (folder / "back" / name).read_bytes() == (files / name).read_bytes()


def test_a_table_goes_on_over_runs(command: Command, files: Path, folder: Path) -> None:
    (folder / "d.txt").write_text(f"new@example.org {MAIL}", encoding="utf-8")
    command("privacy", "mask", "in", "--out", "out", "--table", "t", *QUICK)
    command("privacy", "mask", "d.txt", "--out", "out", "--table", "t", *QUICK)
    assert (folder / "out/d.txt").read_text(encoding="utf-8") == "<EMAIL_2> <EMAIL_1>"


def test_without_a_table_no_value_is_left_anywhere(command: Command, files: Path, folder: Path) -> None:
    command("privacy", "mask", "in", "--out", "out", *QUICK)
    others = [path for path in folder.rglob("*") if path.is_file() and files not in path.parents]
    assert [path.name for path in others if MAIL.encode() in path.read_bytes()] == []
    assert others


def test_in_place_changes_the_files_and_nothing_else(command: Command, files: Path, folder: Path) -> None:
    assert command("privacy", "mask", "in", "--in-place", "--table", "t", *QUICK).code == 0
    assert (files / "a.txt").read_bytes() == b"mail <EMAIL_1>\r\n"
    assert sorted(path.name for path in files.rglob("*")) == ["a.txt", "b.csv", "c.dat", "sub"]


@pytest.mark.parametrize("table", [(), ("--table", "nowhere/t.json"), ("--table", "in/a.txt")])
def test_in_place_without_a_table_that_can_be_written_leaves_all_as_it_was(
    command: Command, files: Path, table: tuple[str, ...]
) -> None:
    was = {path: path.read_bytes() for path in files.rglob("*") if path.is_file()}
    ran = command("privacy", "mask", "in", "--in-place", *table, *QUICK)
    assert ran.code == 3
    assert "--table" in ran.err or "nowhere" in ran.err
    assert {path: path.read_bytes() for path in files.rglob("*") if path.is_file()} == was


def test_a_policy_that_keeps_nothing_needs_no_table_in_place(command: Command, files: Path) -> None:
    assert command("privacy", "mask", "in", "--in-place", "--policy", "redact", *QUICK).code == 0
    assert MAIL.encode() not in (files / "a.txt").read_bytes()


def test_a_run_in_place_that_is_stopped_leaves_a_table_that_restores_what_is_done(
    command: Command, files: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aboveboard.privacy.files.runs._writing import NewFile

    was, commit = (files / "a.txt").read_bytes(), NewFile.commit

    def stopped(self: NewFile) -> None:
        commit(self)
        raise KeyboardInterrupt

    monkeypatch.setattr(NewFile, "commit", stopped)
    assert command("privacy", "mask", "in", "--in-place", "--table", "t", *QUICK).code == 130
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert (files / "a.txt").read_bytes() == b"mail <EMAIL_1>\r\n"
    assert command("privacy", "restore", "in/a.txt", "--in-place", "--table", "t").code == 0
    assert (files / "a.txt").read_bytes() == was


def test_the_table_is_on_the_disk_before_a_copy_takes_its_place(
    command: Command, files: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aboveboard.privacy.files import read_table
    from aboveboard.privacy.files.runs._writing import NewFile

    tables, commit = [], NewFile.commit

    def seen(self: NewFile) -> None:
        tables.append(read_table(folder / "t").table)
        commit(self)

    monkeypatch.setattr(NewFile, "commit", seen)
    (files / "d.txt").write_text("b@example.org", encoding="utf-8")
    assert command("privacy", "mask", "in", "--in-place", "--table", "t", *QUICK).code == 0
    assert [sorted(table) for table in tables][:2] == [["<EMAIL_1>"], ["<EMAIL_1>", "<EMAIL_2>"]]


def test_two_runs_with_one_table_at_once_are_refused(command: Command, files: Path, folder: Path) -> None:
    from aboveboard.privacy.files import TableFile

    with TableFile(folder / "t"):
        ran = command("privacy", "mask", "in", "--out", "out", "--table", "t", *QUICK)
    assert (ran.code, "another run is at work with this table" in ran.err) == (3, True)


def test_no_copy_overwrites_the_table(command: Command, files: Path, folder: Path) -> None:
    ran = command("privacy", "mask", "in", "--out", "out", "--table", "out/a.txt", *QUICK)
    assert ran.code == 3


def test_the_table_among_the_files_is_not_masked(command: Command, files: Path) -> None:
    ran = command("privacy", "mask", "in", "--in-place", "--table", "in/t.json", *QUICK)
    assert "in/t.json: the table of stand-ins" in ran.err
    assert json.loads((files / "t.json").read_text(encoding="utf-8"))["<EMAIL_1>"] == MAIL


def test_a_label_names_no_table_where_none_was_kept(command: Command, files: Path) -> None:
    said = command("privacy", "mask", "in", "--out", "out", *QUICK).err
    assert "no table was kept" in said
    assert "whoever has the table" not in said
    assert (
        "whoever has the table" in command("privacy", "mask", "in", "--out", "o", "--table", "t", *QUICK).err
    )


def test_restore_says_which_stand_ins_have_no_value(command: Command, files: Path, folder: Path) -> None:
    command("privacy", "mask", "in", "--out", "out", "--table", "t", *QUICK)
    (folder / "out/d.jsonl").write_text('{"a": "<EMAIL_7> <EMAIL_1>"}\n', encoding="utf-8")
    ran = command("privacy", "restore", "out", "--out", "back", "--table", "t", "--any-text")
    assert (ran.code, "3 stand-ins put back, 1 without a value" in ran.err) == (3, True), ran.err


def test_another_runs_table_puts_nobody_in(command: Command, files: Path, folder: Path) -> None:
    (folder / "other.txt").write_text("mail bob@example.org", encoding="utf-8")
    command("privacy", "mask", "in", "--out", "out", "--table", "t", *QUICK)
    command("privacy", "mask", "other.txt", "--out", "others", "--table", "u", *QUICK)
    ran = command("privacy", "restore", "out", "--out", "back", "--table", "u")
    assert (ran.code, ran.err.count("no run with this table has written it")) == (3, 2)
    assert list((folder / "back").rglob("*.*")) == []


def test_what_a_model_wrote_is_restored_when_that_is_said(
    command: Command, files: Path, folder: Path
) -> None:
    command("privacy", "mask", "in", "--out", "out", "--table", "t", *QUICK)
    (folder / "answer.md").write_text("Dear <EMAIL_1>,", encoding="utf-8")
    refused = command("privacy", "restore", "answer.md", "--out", "back", "--table", "t")
    assert (refused.code, "--any-text" in refused.err) == (3, True)
    ran = command("privacy", "restore", "answer.md", "--out", "back", "--table", "t", "--any-text")
    assert (ran.code, ran.err) == (0, "1 file restored, 1 stand-in put back, 0 without a value\n")
    assert (folder / "back/answer.md").read_text(encoding="utf-8") == f"Dear {MAIL},"


def test_copies_are_not_put_where_the_next_run_reads(command: Command, files: Path) -> None:
    ran = command("privacy", "mask", "in", "--out", "in/masked", *QUICK)
    assert (ran.code, "--exclude masked" in ran.err) == (3, True)
    assert not (files / "masked").exists()
    assert command("privacy", "mask", "in", "--out", "in/masked", "--exclude", "masked", *QUICK).code == 0


def test_a_file_that_was_named_and_not_looked_into_is_no_clean_result(command: Command, files: Path) -> None:
    ran = command("privacy", "scan", "in/c.dat", *QUICK)
    assert (ran.code, "in/c.dat: binary" in ran.err) == (3, True)
    assert "1 left out" in command("privacy", "scan", "in", *QUICK).out


def test_a_file_name_forges_no_line(command: Command, files: Path) -> None:
    (files / "x\nleft out: a.txt\x1b[2K.txt").write_bytes(b"caf\xe9")
    ran = command("privacy", "scan", "in", *QUICK)
    assert "\nleft out: a.txt" not in ran.err
    assert "\x1b[2K" not in ran.err
    assert "x\\nleft out" in ran.err


def test_a_policy_of_a_file_and_a_key_are_used(command: Command, files: Path, folder: Path) -> None:
    (folder / "policy.yaml").write_text("email: pseudonymise\n", encoding="utf-8")
    assert command("privacy", "key", "k").code == 0
    assert stat.S_IMODE((folder / "k").stat().st_mode) == 0o600
    for out in ("one", "two"):
        ran = command("privacy", "mask", "in", "--out", out, "--policy", "policy.yaml", "--key", "k", *QUICK)
        assert ran.code == 0, ran.err
    assert (folder / "one/a.txt").read_bytes() == (folder / "two/a.txt").read_bytes()
    assert b"<EMAIL~" in (folder / "one/a.txt").read_bytes()


def test_stdin_goes_to_stdout(folder: Path) -> None:
    ran = run_program(folder, "privacy", "mask", "-", *QUICK, stdin=f"mail {MAIL}\n")
    assert (ran.code, ran.out) == (0, "mail <EMAIL_1>\n"), ran.err
    assert "pseudonymised: no table was kept" in ran.err
    found = run_program(
        folder, "privacy", "scan", "-", "--format", "jsonl", "--jsonl", *QUICK, stdin=f'{{"a": "{MAIL}"}}\n'
    )
    assert (found.code, json.loads(found.out)["field"]) == (1, "$.a")


def test_progress_is_quiet_where_nobody_watches(folder: Path, files: Path) -> None:
    ran = run_program(folder, "privacy", "scan", "in/a.txt", *QUICK)
    assert ran.err == ""


def test_types_are_listed(command: Command, folder: Path) -> None:
    listed = {each["type"]: each["kind"] for each in command("privacy", "types", "--json").json}
    assert (listed["email"], listed["password"]) == ("personal data", "secret")
    assert "email" in command("privacy", "types").out


@pytest.mark.parametrize("name", ["t.csv", "t.jsonl", "t.parquet"])
def test_risk_is_measured_of_every_kind_of_table(command: Command, folder: Path, name: str) -> None:
    rows = [{"age": str(30 + n % 2), "zip": "A1", "ill": "yes" if n else "no"} for n in range(10)]
    write_table(folder / name, rows)
    found = command("privacy", "risk", name, "--quasi", "age,zip", "--sensitive", "ill", "--json").json
    assert (found["rows"], found["k"], found["classes"]) == (10, 5, 2)
    assert "k = 5" in command("privacy", "risk", name, "--quasi", "age, zip").out


def write_table(path: Path, rows: list[dict[str, str]]) -> None:
    if path.suffix == ".csv":
        lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(rows), path)


def test_the_report_hides_values_and_fetches_nothing(command: Command, files: Path, folder: Path) -> None:
    (files / "<b>.txt").write_text(f"x {MAIL}", encoding="utf-8")
    command("privacy", "mask", "in", "--out", "out", "--report", "r.html", *QUICK)
    page = (folder / "r.html").read_text(encoding="utf-8")
    assert "j…@….com" in page
    assert MAIL not in page
    assert "pseudonymised" in page
    assert "proves nothing" in page
    assert "<b>.txt" not in page
    assert not any(mark in page for mark in ("<script", "http://", "https://", "src="))


def test_names_of_files_are_masked_and_come_back(command: Command, files: Path, folder: Path) -> None:
    (files / f"to {MAIL}.txt").write_text(f"x {MAIL}", encoding="utf-8")
    ran = command("privacy", "mask", "in", "--out", "out", "--table", "t", "--report", "r.html", *QUICK)
    assert (folder / "out/to {EMAIL_1}.txt").exists()
    assert "files renamed, since their names led to somebody: 1" in ran.err
    assert MAIL not in (folder / "r.html").read_text(encoding="utf-8")
    assert command("privacy", "restore", "out", "--out", "back", "--table", "t").code == 0
    assert (folder / f"back/to {MAIL}.txt").read_text(encoding="utf-8") == f"x {MAIL}"
    kept = command("privacy", "mask", "in", "--out", "kept", "--keep-names", "--json", *QUICK)
    assert ((folder / f"kept/to {MAIL}.txt").exists(), kept.json["renamed"]) == (True, 0)


def test_a_first_row_is_what_it_is_said_to_be(command: Command, folder: Path) -> None:
    (folder / "t.csv").write_text("ab,cd\nx,y\nz,w\n", encoding="utf-8")
    said = command("privacy", "risk", "t.csv", "--quasi", "ab")
    assert (said.code, "say --header yes" in said.err) == (3, True)
    told = command("privacy", "risk", "t.csv", "--quasi", "ab", "--header", "yes")
    assert (told.code, "2 rows" in told.out, "class: rows that are the same" in told.out) == (0, True, True)


def test_a_key_that_is_gone_is_no_reason_to_fail(
    command: Command, files: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    assert command("privacy", "mask", "in", "--out", "out", *QUICK).code == 0


def start(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [PROGRAM, "privacy", *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def big(folder: Path) -> None:
    """A folder that takes seconds to mask."""
    (folder / "big").mkdir()
    for number in range(4):
        lines = (
            f"line {n} user{n * 7 + number}@example.com and more\n" if n % 4 else "nothing here\n"
            for n in range(20_000)
        )
        (folder / f"big/{number}.txt").write_text("".join(lines), encoding="utf-8")


def copies(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("*.txt")}


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.3, 1.0])
def test_a_killed_run_goes_on_to_the_same_result(folder: Path, delay: float) -> None:
    big(folder)
    options = ("--types", "email,phone", "--jobs", "2", "--json")
    assert run_program(folder, "privacy", "mask", "big", "--out", "whole", *options, timeout=200).code == 0
    process = start(folder, "mask", "big", "--out", "out", *options)
    journal = folder / "out/.aboveboard-privacy.journal"
    wait_until(lambda: journal.exists() and journal.stat().st_size > 200)
    time.sleep(delay)
    process.kill()
    process.communicate()
    assert all(content in copies(folder / "whole").values() for content in copies(folder / "out").values())
    ran = run_program(folder, "privacy", "mask", "big", "--out", "out", "--resume", *options, timeout=200)
    assert ran.code == 0, ran.err
    assert copies(folder / "out") == copies(folder / "whole")
    assert not journal.exists()


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_half_written(folder: Path) -> None:
    big(folder)
    process = start(folder, "mask", "big", "--out", "out", "--types", "email,phone", "--jobs", "2")
    journal = folder / "out/.aboveboard-privacy.journal"
    wait_until(lambda: journal.exists() and journal.stat().st_size > 200)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert b"Traceback" not in said
    assert b"the same command with --resume goes on from there" in said
    whole = {f"{number}.txt": (folder / f"big/{number}.txt").read_bytes().count(b"\n") for number in range(4)}
    for name, content in copies(folder / "out").items():
        assert content.count(b"\n") == whole[name]
    assert {path.suffix for path in (folder / "out").iterdir()} <= {".txt", ".journal"}


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for processes in /proc")
def test_the_workers_of_a_killed_run_end(folder: Path) -> None:
    big(folder)
    process = start(folder, "mask", "big", "--out", "out", "--types", "email,phone", "--jobs", "2")
    wait_until(lambda: len(children(process.pid)) >= 2)
    left = children(process.pid)
    process.kill()
    process.communicate()
    wait_until(lambda: not any(is_running(pid) for pid in left))


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(pid) for pid in found.read_text().split()] if found.exists() else []


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(holds: Callable[[], Any], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)
