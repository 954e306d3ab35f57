"""A good charter loads, and a file that cannot be one says why."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from aboveboard.charter import Charter, CharterError, Known, load_charter, parse_charter
from aboveboard.values import Bound


def test_a_charter_reads_into_the_tree(full: Charter) -> None:
    assert full.system.name == "Housing benefit helpdesk"
    assert full.system.jurisdictions == ("EU", "US-NYC", "NO")
    assert full.roles["fairness-lead"].contact == "fairness@example.org"
    assert full.primary.id == "smollm2-135m"
    assert full.fallback is not None and full.fallback.options == {"timeout_s": 30}
    assert full.retention["payloads"] == timedelta(days=14)
    assert full.privacy_budgets["support-tickets"].delta == 1e-6
    assert full.footprint.hardware[0].life_years == 6.0
    assert full.sign_off is not None and full.sign_off.parties == ("ethicist", "legal", "community")


def test_a_promise_keeps_all_it_says(full: Charter) -> None:
    promise = next(promise for promise in full.promises if promise.id == "hiring-impact-ratio")
    assert promise.must == Bound(">=", 0.8)
    assert promise.over == ("gender", "ethnicity", "gender*ethnicity")
    assert (promise.confidence, promise.when) == (0.9, ("release", "monthly", "live"))
    assert (promise.owner, promise.if_broken, promise.origin) == ("fairness-lead", "hold", "charter")


def test_keys_beyond_a_guards_own_are_its_options(full: Charter) -> None:
    guards = {guard.guard: guard for guard in full.guards}
    assert guards["personal-data"].options == {"restore": True}
    assert guards["crisis"].options == {"resources": {"EU": "116 123"}}
    assert guards["crisis"].on_error == "closed"


def test_the_role_that_decides_about_held_answers_may_be_written_out(full_text: str, known: Known) -> None:
    written = full_text.replace("{role: fairness-lead, deadline", "{role: reviewer, deadline")
    assert parse_charter(written, known).oversight.hold.role == "reviewer"
    with pytest.raises(CharterError, match="unknown role 'reviwer'"):
        parse_charter(written.replace("role: reviewer", "role: reviwer"), known)


def test_load_remembers_the_path(tmp_path: Path, full_text: str, known: Known) -> None:
    path = tmp_path / "charter.yaml"
    path.write_text("\ufeff" + full_text, encoding="utf-8")
    charter = load_charter(path, known)
    assert charter.path == path
    assert charter.digest == parse_charter(full_text, known).digest


def refusal(path: Path, known: Known) -> CharterError:
    with pytest.raises(CharterError) as caught:
        load_charter(path, known)
    assert str(path).replace("\0", "\N{REPLACEMENT CHARACTER}") in str(caught.value)
    return caught.value


def test_a_missing_file_points_to_init(tmp_path: Path, known: Known) -> None:
    error = refusal(tmp_path / "none.yaml", known)
    assert error.what == "no such file" and "aboveboard init" in error.cure


def test_a_folder_and_a_pipe_are_no_charters(tmp_path: Path, known: Known) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path, known).what == "not a regular file"
    assert refusal(tmp_path / "pipe", known).what == "not a regular file"


@pytest.mark.parametrize("name", ["nul\0byte", "x" * 5000])
def test_a_path_the_system_refuses_is_an_error_of_ours(tmp_path: Path, known: Known, name: str) -> None:
    assert "cannot be read" in refusal(tmp_path / name, known).what


def test_a_file_without_permission_says_so(unprivileged: Path, known: Known) -> None:
    path = unprivileged / "charter.yaml"
    path.touch(mode=0o000)
    assert "Permission denied" in refusal(path, known).what


def test_bytes_that_are_no_utf8_name_their_place(tmp_path: Path, known: Known) -> None:
    path = tmp_path / "charter.yaml"
    path.write_bytes(b"charter: 1\nsystem: \xff\xfe\n")
    problem = refusal(path, known).problems[0]
    assert (problem.line, problem.column) == (2, 9)
    assert "UTF-8" in problem.what


def test_a_file_beyond_one_mebibyte_is_refused_unread(tmp_path: Path, known: Known) -> None:
    path = tmp_path / "charter.yaml"
    path.write_bytes(b"# " + b"x" * (1 << 20))
    assert "larger than 1048576 bytes" in refusal(path, known).what


def test_loading_takes_less_than_50_ms(full_text: str, known: Known) -> None:
    parse_charter(full_text, known)  # the profile and the law are read once a process
    started = time.process_time()
    parse_charter(full_text, known)
    assert time.process_time() - started < 0.05
