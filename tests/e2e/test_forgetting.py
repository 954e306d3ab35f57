"""A person used everything there is, and was forgotten: no byte of theirs is left, every proof verifies."""

import gzip
import io
import json
import random
import subprocess
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from aboveboard.evals import Answer
from aboveboard.evals._cache import CACHE, AnswerCache
from aboveboard.evidence import Evidence, every
from aboveboard.evidence.records import Erasure
from samples import go
from samples.commands import assert_sound, run_program
from samples.searching import disguises, files_of, found_in
from samples.server import PROGRAM, Server, running

if TYPE_CHECKING:
    from samples.postgres import SampleDatabase

MODEL = "smollm2-135m"
ACCOUNT = "customer-wilhelmina-oxenstierna-4711"
NAME = "Wilhelmina Öxenstierna-Quast"
EMAIL = "w.oxenstierna@quastmail.example"
PHRASE = "the heron sleeps in Quarry Lane №7"
COMPLAINT = "you mistook my grandmother for a heron"
PRAISE = "no heron ever answered me so kindly"
NOTICE = "We send the gazette of herons each Friday."
RIGHT = "the heron sleeps in Cooper Street instead"
VALUES = (ACCOUNT, NAME, EMAIL, PHRASE, COMPLAINT, PRAISE, NOTICE, RIGHT)
OTHER = "bartholomew-and-his-otters"
SUITE = "transparency.disclosure"
TO_DO = (
    "shard:train-1: take this person's rows out of it",
    "synthetic:letters: generate it again without this person's data",
    "checkpoint:v7: retrain by 2027-03-01",
    "embedding:index: delete this person's vectors and build the index again",
    f"eval-case:{SUITE}: take it out of its suite",
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> "SampleDatabase | None":
    """Where evidence, ledger and cases are kept: in the state directory, or in a database of its own."""
    if request.param == "sqlite":
        return None
    found: SampleDatabase = request.getfixturevalue("database")
    monkeypatch.setenv("ABOVEBOARD_DATABASE", found.address)
    return found


@pytest.fixture
def unguarded(scripted: Path, store: "SampleDatabase | None") -> Path:
    """Nothing is masked, so that all of it reaches the vault."""
    charter = scripted / "charter.yaml"
    charter.write_text(charter.read_text(encoding="utf-8") + "defaults: {guards: false}\n", encoding="utf-8")
    return scripted


@pytest.fixture
def served(unguarded: Path) -> Iterator[Server]:
    with running(unguarded) as found:
        yield found


def everything(folder: Path, store: "SampleDatabase | None") -> list[tuple[Path, bytes]]:
    """Every byte of the state directory and of the exported log; of the database its dump and its files."""
    found = list(files_of(folder / ".aboveboard", folder / "exported"))
    if store is not None:
        found += [(Path("dump"), store.dump()), *store.tables()]
    return found


def ask(server: Server, words: str, user: str) -> str:
    """One answer; its receipt's id."""
    messages = [{"role": "user", "content": words}]
    body = json.dumps({"model": MODEL, "user": user, "messages": messages}).encode()
    request = urllib.request.Request(
        f"{server.address}/v1/chat/completions", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()
        return str(answer.headers["X-Aboveboard-Receipt"])


def challenge(server: Server, receipt: str, words: str) -> None:
    form = urlencode({"ground": "wrong", "words": words}).encode()
    urllib.request.urlopen(f"{server.address}/answers/{receipt}/challenge", data=form, timeout=30).close()


def subject(folder: Path, *arguments: str) -> str:
    ran = run_program(folder, "subject", *arguments)
    assert ran.code == 0, ran.err
    return ran.out


def used_by(server: Server) -> list[str]:
    """Everything that a person can do here; the receipts of their answers."""
    folder = server.folder
    told = f"I am {NAME}, write to {EMAIL}. Remember that {PHRASE}."
    receipts = [ask(server, told, ACCOUNT) for _ in range(3)]
    challenge(server, receipts[0], f"{COMPLAINT}; {PHRASE}")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "right.txt").write_text(RIGHT, encoding="utf-8")
    given = ("--purpose", "gazette", "--version", "1", "--notice", "notice.txt", "--keep-notice")
    assert run_program(folder, "consent", "give", ACCOUNT, *given).code == 0
    wrong = ("--record", receipts[1], "--part", "prompt", "--correction", "right.txt", "--reason", "moved")
    subject(folder, "rectify", ACCOUNT, *wrong)
    (folder / "praise.txt").write_text(PRAISE, encoding="utf-8")
    praise = ("--topic", "praise", "--words", "praise.txt", "--answer", receipts[2])
    subject(folder, "feedback", ACCOUNT, *praise)
    subject(folder, "hold", ACCOUNT, "--reason", f"claim of {NAME}", "--until", "2099-12-31")
    subject(folder, "access", ACCOUNT)
    subject(folder, "export", ACCOUNT)
    subject(folder, "export", ACCOUNT, "--output", "handed/over.zip")
    return receipts


def made_of(folder: Path, store: "SampleDatabase | None", receipt: str) -> str:
    """What other programs make of the person's data and say so, beside the running server; an assessment
    asks it; its run.
    """
    with Evidence.open(folder / ".aboveboard", database=store.address if store else None) as evidence:
        made_from, person = evidence.lineage.made_from, evidence.pseudonym(ACCOUNT)
        shard = made_from("train-1", [person], kind="shard")
        synthetic = made_from("letters", [shard.name], kind="synthetic")
        made_from("v7", [shard.name, synthetic.name], kind="checkpoint", otherwise="retrain by 2027-03-01")
        made_from("index", [f"record:{receipt}"], kind="embedding")
        made_from(SUITE, [f"record:{receipt}"], kind="eval-case")
    assert run_program(folder, "assess", "--suite", SUITE, "--limit", "4").code in (0, 1, 2)
    (run,) = (folder / ".aboveboard/runs").iterdir()
    with (run / "items.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({"prompt": f"Remember that {PHRASE}."}) + "\n")
    with AnswerCache(folder / ".aboveboard" / CACHE) as cache:
        cache.put("asked", Answer(text=f"I remember that {PHRASE}."))
    return run.name


def inside(values: Sequence[str], found: Sequence[str]) -> set[str]:
    return {value for value in values if any(line.startswith(repr(value)) for line in found)}


@pytest.mark.slow
def test_nothing_of_a_forgotten_person_is_left_and_all_proofs_verify(
    served: Server, store: "SampleDatabase | None", tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = served.folder
    receipts = used_by(served)
    kept = ask(served, f"Remember {OTHER}.", "bartholomew")
    run = made_of(folder, store, receipts[2])
    reports = list(served.state.glob("subjects/*/access.json"))
    pseudonym = json.loads(reports[0].read_text(encoding="utf-8"))["person"]
    before = found_in(everything(folder, store), [*VALUES, pseudonym])
    shown = {NAME, EMAIL, PHRASE, COMPLAINT, PRAISE, NOTICE, RIGHT, pseudonym}
    assert inside(sorted(shown), before) == shown, "the report lies there, so the search finds"
    assert {"items.jsonl", "cache.db"} <= {name for line in before for name in [line.rpartition("/")[2]]}
    assert OTHER not in reports[0].read_text(encoding="utf-8"), "a report is about one person alone"

    refused = run_program(folder, "subject", "erase", ACCOUNT, "--reason", "asked", "--yes")
    assert (refused.code, "legal hold" in refused.err) == (3, True)
    subject(folder, "release", ACCOUNT, "--reason", "settled")
    subject(folder, "erase", ACCOUNT, "--reason", "asked", "--yes", "--receipt", "erased.json")

    run_program(folder, "ledger", "export", "exported")
    assert found_in(everything(folder, store), [*VALUES, pseudonym]) == []
    if store is not None:
        assert found_in(store.log(), [*VALUES, pseudonym]) == [], "what it keeps of earlier rows is sealed"
    told = run_program(folder, "verify", "erased.json", "--json").json["record"]
    assert {f"run:{run}", "cache:answers", "cases"} <= set(told["purged"])
    assert sum(each.startswith("export:") for each in told["purged"]) == 2
    assert set(TO_DO) <= set(told["remaining"])
    assert any("written outside of the state directory" in each for each in told["remaining"])
    assert any("write-ahead log" in each for each in told["remaining"]) == (store is not None)
    for number, receipt in enumerate([*receipts, kept]):
        with urllib.request.urlopen(f"{served.address}/v1/receipts/{receipt}", timeout=30) as answer:
            (folder / f"{number}.json").write_bytes(answer.read())
        checked = run_program(folder, "verify", f"{number}.json", "--json")
        assert (checked.code, checked.json["disclosed"]) == (0, receipt == kept)
    assert run_program(folder, "subject", "requests").code == 0
    assert_sound(folder)
    if go.IS_HERE:
        code, said = go.go_check(go.compiled(tmp_path_factory.mktemp("go")), folder / "exported")
        assert (code, said[:3]) == (0, "OK "), said


@pytest.mark.slow
def test_two_erase_her_at_once_while_the_gateway_answers(
    served: Server, store: "SampleDatabase | None"
) -> None:
    folder, stop = served.folder, threading.Event()
    used_by(served)
    subject(folder, "release", ACCOUNT, "--reason", "settled")

    def keep_asking(user: str) -> list[str]:
        asked = []
        while not stop.is_set():
            asked.append(ask(served, f"I am {NAME}." if user == ACCOUNT else OTHER, user))
        return asked

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(keep_asking, user) for user in (ACCOUNT, "bartholomew")]
        words = [PROGRAM, "subject", "erase", ACCOUNT, "--reason", "asked", "--yes"]
        erasing = [subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE) for _ in range(2)]
        said = [each.communicate(timeout=60)[1] for each in erasing]
        stop.set()
        hers, others = (each.result() for each in asking)
    assert [each.returncode for each in erasing] == [0, 0], said
    assert hers
    assert others
    subject(folder, "erase", ACCOUNT, "--reason", "asked", "--yes")
    assert found_in(everything(folder, store), VALUES) == []
    with Evidence.read(served.state, database=store.address if store else None) as reader:
        found = [each for each in every(reader, "erasure") if isinstance(each, Erasure)]
        intents = [each.id for each in found if each.stage == "intent"]
        ended = [each.links[0] for each in found if each.stage == "outcome" and each.links]
        assert sorted(ended) == sorted(intents), "each once; what had to wait has an outcome of its own"
        assert all(map(reader.is_erased, hers))
        assert not any(map(reader.is_erased, others))
    assert json.loads(subject(folder, "requests", "--json")) == []
    assert_sound(folder)


@pytest.mark.slow
def test_nor_is_it_when_the_server_has_stopped(unguarded: Path, store: "SampleDatabase | None") -> None:
    with running(unguarded) as server:
        used_by(server)
    subject(unguarded, "release", ACCOUNT, "--reason", "settled")
    subject(unguarded, "erase", ACCOUNT, "--reason", "asked", "--yes")
    assert found_in(everything(unguarded, store), VALUES) == []
    with running(unguarded) as server:
        ask(server, "Hello again", ACCOUNT)
    assert found_in(everything(unguarded, store), VALUES) == []


def in_zip(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a name", content)
    return file.getvalue()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, in_zip, lambda text: in_zip(gzip.compress(text))])
def test_the_search_would_find_it_in_any_disguise(pack: Callable[[bytes], bytes]) -> None:
    forms = disguises(PHRASE)
    assert len(forms) >= 15
    for form in forms:
        content = b"around " + pack(b"before " + form + b" after") + b" around"
        assert found_in([(Path("x"), content)], [PHRASE]), form


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_cut_off_at_any_moment_it_is_finished_by_asking_again(
    unguarded: Path, store: "SampleDatabase | None"
) -> None:
    chance = random.Random(2028)
    (unguarded / "notice.txt").write_text(NOTICE, encoding="utf-8")
    given = ("--purpose", "gazette", "--version", "1", "--notice", "notice.txt", "--keep-notice")
    for _ in range(3 if store else 6):
        assert run_program(unguarded, "consent", "give", ACCOUNT, *given).code == 0
        subject(unguarded, "access", ACCOUNT)
        began = subprocess.Popen(
            [PROGRAM, "subject", "erase", ACCOUNT, "--reason", "asked", "--yes"],
            cwd=unguarded,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 1.5))
        began.kill()
        began.wait()
        subject(unguarded, "erase", ACCOUNT, "--reason", "asked again", "--yes")
        assert found_in(everything(unguarded, store), VALUES) == []
        assert json.loads(subject(unguarded, "requests", "--json")) == []
    assert_sound(unguarded)
