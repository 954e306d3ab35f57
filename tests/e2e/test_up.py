"""The main job on a scripted model: assess, report, serve, answer, prove, complain, stop, start again."""

import json
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import openai
import pytest

from aboveboard.cases import Cases
from aboveboard.evidence import Evidence
from samples.commands import SLOW, Ran, assert_sound, run_program
from samples.server import PROGRAM, Server, running

MODEL = "smollm2-135m"
SPOKEN = "My address is ann@example.org and my card is 4111 1111 1111 1111."


@pytest.fixture
def up(scripted: Path) -> Iterator[Server]:
    with running(scripted, command="up") as found:
        yield found


@pytest.fixture
def client(up: Server) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{up.address}/v1", api_key="any", max_retries=0) as made:
        yield made


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode()
        return text


def test_from_nothing_to_a_proof_and_a_complaint(up: Server, client: openai.OpenAI) -> None:
    """One long day, since each of its hours needs the one before."""
    report = (up.state / "report/report.html").read_text(encoding="utf-8")
    assert "undecided" in report
    raw = client.chat.completions.with_raw_response.create(
        model=MODEL, messages=[{"role": "user", "content": SPOKEN}], user="ann"
    )
    assert SPOKEN in (raw.parse().choices[0].message.content or ""), "what was masked comes back restored"
    receipt = raw.headers["X-Aboveboard-Receipt"]
    assert raw.headers["X-Aboveboard-Decision"] == "mask"
    assert raw.headers["X-Aboveboard-Charter"].startswith("sha256:")
    assert float(raw.headers["X-Aboveboard-Overhead-Ms"]) >= 0
    assert re.search(r";(measured|estimated)$", raw.headers["X-Aboveboard-Energy-Wh"])

    bundle = get(f"{up.address}/v1/receipts/{receipt}")
    assert not re.search(r"\b4111\b", bundle)
    assert "ann@" not in bundle
    (up.folder / "receipt.json").write_text(bundle, encoding="utf-8")
    (up.folder / "vkey").write_text(get(f"{up.address}/ledger/vkey"), encoding="utf-8")
    assert run_program(up.folder, "verify", "receipt.json", "--vkey", "vkey").code == 0

    page = get(f"{up.address}/answers/{receipt}")
    assert "Head of service is accountable" in page
    form = urlencode({"ground": "unfair", "words": "It repeats me."}).encode()
    with urllib.request.urlopen(f"{up.address}/answers/{receipt}/challenge", data=form, timeout=30) as opened:
        assert "Your case is open" in opened.read().decode()
    assert "appeal" in get(f"{up.address}/console/cases")
    assert receipt in get(f"{up.address}/console")


def test_streamed_answers_too(client: openai.OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": SPOKEN}], stream=True
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert SPOKEN in text
    assert len(chunks) > 3


async def test_the_asynchronous_client(up: Server) -> None:
    async with openai.AsyncOpenAI(base_url=f"{up.address}/v1", api_key="any", max_retries=0) as client:
        whole = await client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": "Hello"}]
        )
        assert "Hello" in (whole.choices[0].message.content or "")
        stream = await client.chat.completions.create(
            model=MODEL, messages=[{"role": "user", "content": "Hello"}], stream=True
        )
        assert "Hello" in "".join(
            [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
        )


def test_every_page_that_is_linked_is_there(up: Server, client: openai.OpenAI) -> None:
    client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": "Hello"}])
    seen: set[str] = set()
    waiting = ["/console", "/transparency", "/console/runs", "/console/ledger", "/console/cases"]
    while waiting and len(seen) < 60:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        html = get(up.address + path)
        if "<html" in html:
            waiting += [link for link in re.findall(r'href="(/[^"#]*)', html) if link not in seen]
    assert len(seen) > 10


def test_the_served_ledger_verifies_as_any_log_on_the_web(up: Server) -> None:
    key = get(f"{up.address}/ledger/vkey").strip()
    ran = run_program(up.folder, "ledger", "check", f"{up.address}/ledger/", "--vkey", key, "--json")
    assert (ran.code, ran.json["problems"]) == (0, [])
    assert get(f"{up.address}/ledger/checkpoint").split("\n")[1] == str(ran.json["size"])


@pytest.mark.slow
def test_stopping_leaves_a_clean_state_and_the_second_start_is_quick(scripted: Path) -> None:
    with running(scripted, command="up") as first:
        pass
    assert first.process.returncode == 0, "Ctrl-C is how a server ends"
    assert_sound(scripted)
    before = run_program(scripted, "ledger", "check", "exported", "--json").json["size"]
    began = time.monotonic()
    again = run_program(scripted, "up", "--no-serve", "--port", "0")
    assert "assessed before" in again.err
    assert again.code in (1, 2), "the verdicts are as they were, and so is the exit code"
    assert time.monotonic() - began < 10
    run_program(scripted, "ledger", "export", "exported")
    assert run_program(scripted, "ledger", "check", "exported", "--json").json["size"] == before


def test_a_charter_is_written_where_there_is_none(tmp_path: Path) -> None:
    with held_up(tmp_path, "up", "--port", "0", "--context", "hiring") as process:
        wait_for_file(tmp_path / "charter.yaml")
        process.kill()
    assert "context: hiring" in (tmp_path / "charter.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_one_suite_assessed_alone_is_not_taken_for_the_whole(scripted: Path) -> None:
    run_program(scripted, "assess", "--suite", "transparency.disclosure")
    ran = run_program(scripted, "up", "--no-serve", "--port", "0")
    assert "assessed before" not in ran.err


def wait_for_file(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end, f"{path} was not written"
        time.sleep(0.02)


@contextmanager
def held_up(folder: Path, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A command that goes on for a while; killed at the end if it still runs."""
    process = subprocess.Popen(
        [PROGRAM, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def answers_kept(folder: Path) -> int:
    """How many answers lie in the log of the one run there is."""
    return sum(file.read_bytes().count(b"\n") for file in (folder / ".aboveboard").glob("runs/*/items.jsonl"))


def stopped_halfway(folder: Path, how: signal.Signals, *arguments: str) -> Ran:
    """Sends a signal when some answers are there."""
    with held_up(folder, *arguments) as process:
        end = time.monotonic() + 30
        while answers_kept(folder) < 40:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < end
            time.sleep(0.01)
        process.send_signal(how)
        out, err = process.communicate(timeout=30)
        return Ran(process.returncode, out, err)


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_an_assessment_that_was_stopped_goes_on_and_records_nothing_twice(
    scripted: Path, how: signal.Signals, code: int
) -> None:
    (scripted / "charter.yaml").write_text(SLOW, encoding="utf-8")
    stopped = stopped_halfway(scripted, how, "assess")
    assert stopped.code == code
    assert "Traceback" not in stopped.err
    if how is signal.SIGINT:
        assert "the same command goes on" in stopped.err
    outcome = run_program(scripted, "assess", "--json").json
    with Evidence.read(scripted / ".aboveboard") as reader:
        measurements = reader.find("measurement")
        assert len(measurements) == len(outcome["measurements"]) > 0
    runs = list((scripted / ".aboveboard/runs").iterdir())
    assert [run.name for run in runs] == [outcome["run"]], "it was the same run"
    items = [json.loads(line) for line in (runs[0] / "items.jsonl").read_text(encoding="utf-8").splitlines()]
    known = [item.get("id") or item.get("item") for item in items if "id" in item or "item" in item]
    assert len(known) == len(set(map(str, known)))
    assert_sound(scripted)


@pytest.mark.slow
def test_cases_survive_a_restart(scripted: Path) -> None:
    with running(scripted) as server:
        body = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": "Hello"}]}).encode()
        request = urllib.request.Request(
            f"{server.address}/v1/chat/completions", data=body, headers={"Content-Type": "application/json"}
        )
        receipt = urllib.request.urlopen(request, timeout=30).headers["X-Aboveboard-Receipt"]
        form = urlencode({"ground": "wrong", "words": ""}).encode()
        urllib.request.urlopen(f"{server.address}/answers/{receipt}/challenge", data=form, timeout=30)
    with running(scripted):
        pass
    with Cases.open(scripted / ".aboveboard/cases.db") as cases:
        assert [case.decision for case in cases.list()] == [receipt]


@pytest.mark.slow
def test_a_state_directory_may_be_moved(scripted: Path, tmp_path: Path) -> None:
    run_program(scripted, "assess")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    shutil.move(scripted / ".aboveboard", moved / "state")
    shutil.copy(scripted / "charter.yaml", moved)
    ran = run_program(moved, "up", "--no-serve", "--port", "0", env={"ABOVEBOARD_STATE": "state"})
    assert "assessed before" in ran.err


@pytest.mark.slow
def test_three_processes_may_begin_the_same_state_at_once(scripted: Path) -> None:
    arguments = ("assess", "--suite", "transparency.disclosure", "--seed")
    begun = [
        subprocess.Popen(
            [PROGRAM, *arguments, str(seed)], cwd=scripted, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for seed in range(3)
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in begun]
    assert [process.returncode for process in begun] == [1, 1, 1], said
    assert_sound(scripted)
