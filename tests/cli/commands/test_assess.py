"""`aboveboard assess`: verdicts with records, exit codes, one suite alone."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aboveboard.cli import _assessing
from aboveboard.evidence import Evidence
from aboveboard.evidence.records import Measurement
from samples.commands import ADMITS, BROKEN, KEPT, PROMISED, UNDECIDED, Ran, assert_clear_error

Command = Callable[..., Ran]
Write = Callable[..., Path]
PROMISE_KEYS = {
    "caution",
    "confidence",
    "counted",
    "if_broken",
    "interval",
    "measure",
    "missing",
    "must",
    "n",
    "over",
    "owner",
    "promise",
    "record",
    "run",
    "samples_to_decide",
    "value",
    "verdict",
}


@pytest.mark.parametrize(
    ("charter", "code", "verdict"), [(KEPT, 0, "kept"), (BROKEN, 1, "broken"), (UNDECIDED, 2, "undecided")]
)
def test_the_exit_code_is_the_worst_verdict(
    command: Command, write: Write, charter: str, code: int, verdict: str
) -> None:
    write(charter)
    ran = command("assess", "--json")
    assert ran.code == code == ran.json["exit_code"]
    (promise,) = ran.json["promises"]
    assert promise["verdict"] == verdict
    assert set(promise) == PROMISE_KEYS
    assert promise["n"] == 30
    assert promise["interval"][0] <= promise["value"] <= promise["interval"][1]


def test_a_promise_with_too_few_samples_says_how_many_would_decide(command: Command, write: Write) -> None:
    write(PROMISED.format(reply=ADMITS, must=">= 0.79", delay=0))
    (promise,) = command("assess", "--json").json["promises"]
    assert promise["samples_to_decide"] > promise["n"]
    assert f"about {promise['samples_to_decide']:,} answers" in command("assess").out


def test_where_the_rule_errs_too_much_to_decide_it_asks_for_labels_and_not_for_samples(
    command: Command, write: Write
) -> None:
    write(UNDECIDED)
    (promise,) = command("assess", "--json").json["promises"]
    assert promise["samples_to_decide"] is None
    assert "`aboveboard label`" in promise["missing"]
    assert "aboveboard label" in command("assess").out


def test_broken_weighs_more_than_undecided(command: Command, write: Write) -> None:
    both = BROKEN + '  - {id: energy, measure: privacy.leak.rate, must: "<= 0.0001", owner: accountable}\n'
    write(both)
    ran = command("assess", "--json")
    assert {each["verdict"] for each in ran.json["promises"]} == {"broken", "undecided"}
    assert ran.code == 1


def test_every_verdict_rests_on_a_record_that_holds_the_same_numbers(command: Command, write: Write) -> None:
    folder = write(KEPT).parent
    outcome = command("assess", "--json").json
    (promise,) = outcome["promises"]
    with Evidence.read(folder / ".aboveboard") as reader:
        record = reader.get(promise["record"])
        assert isinstance(record, Measurement)
        registered = [each.id for each in reader.find("pre-registration")]
    assert [record.value, [record.low, record.high], record.n] == [
        promise["value"],
        promise["interval"],
        promise["n"],
    ]
    assert (record.run, record.charter_digest) == (promise["run"], outcome["charter_digest"])
    assert record.model_digest == outcome["model_digest"]
    assert set(registered) & set(record.links), "the thresholds were recorded before the run"


def test_a_second_assessment_gives_the_same_verdicts_and_keeps_both_records(
    command: Command, write: Write
) -> None:
    folder = write(KEPT).parent
    first, second = command("assess", "--json").json, command("assess", "--json").json
    told = ("promise", "verdict", "value", "interval", "n")
    assert [[each[key] for key in told] for each in first["promises"]] == [
        [each[key] for key in told] for each in second["promises"]
    ]
    with Evidence.read(folder / ".aboveboard") as reader:
        for outcome in (first, second):
            assert reader.get(outcome["promises"][0]["record"]).id == outcome["promises"][0]["record"]


def test_json_is_all_there_is_on_standard_output_and_nothing_is_on_the_other(
    command: Command, write: Write
) -> None:
    write(KEPT)
    ran = command("assess", "--json")
    assert ran.err == ""
    assert set(ran.json) == {
        *("backend", "charter_digest", "cost", "exit_code", "footprint", "forecast", "gaps"),
        *("measurements", "model", "model_digest", "promises", "run", "seconds", "status"),
    }


def test_one_suite_alone(command: Command, write: Write) -> None:
    write(KEPT.replace("smollm2-135m", "mine"), "other.yaml")
    ran = command(
        *("assess", "--suite", "transparency.disclosure", "--limit", "6"),
        *("--model", "mine", "--charter", "other.yaml", "--json"),
    )
    assert ran.code == 2, "six questions decide nothing"
    (promise,) = ran.json["promises"]
    assert promise["n"] == 6
    assert {each["suite"] for each in ran.json["measurements"]} == {"transparency.disclosure"}


def test_a_suite_that_no_promise_is_about_is_measured_and_leaves_nothing_to_break(
    command: Command, write: Write
) -> None:
    write(BROKEN)
    ran = command("assess", "--suite", "privacy.leak", "--limit", "8")
    assert ran.code == 0
    assert "privacy.leak.rate" in ran.out
    assert "no promise is about privacy.leak, so nothing is decided" in ran.out
    assert "says-it-is-ai" not in ran.out


def test_a_table_reads_without_colour_when_it_goes_to_a_file(command: Command, write: Write) -> None:
    write(BROKEN)
    ran = command("assess")
    assert "\x1b" not in ran.out + ran.err
    assert "✗ broken" in ran.out
    assert "1 broken, 0 undecided, 0 kept" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--suite", "transparency.disclosur"), "did you mean 'transparency.disclosure'?"),
        (("--model", "gpt"), "known: smollm2-135m"),
        (("--limit", "0"), "not in the range"),
        (("--profile", "slow"), "quick"),
        (("--base-url", "nonsense"), "must be an address"),
        (("--charter", "none.yaml"), "aboveboard init"),
    ],
)
def test_a_wrong_argument_is_named_with_its_cure(
    command: Command, write: Write, arguments: tuple[str, ...], said: str
) -> None:
    write(KEPT)
    ran = command("assess", *arguments)
    assert ran.code == 3
    assert said in ran.err


@pytest.mark.parametrize("failure", ["error", "garbage", "refused", "timeout"])
def test_a_model_that_only_fails_ends_the_run_with_an_error_and_not_a_verdict(
    command: Command, write: Write, failure: str
) -> None:
    write(KEPT.replace("delay: 0", f"failures: [{', '.join([failure] * 400)}]"))
    assert_clear_error(command("assess"), "failed", "doctor")


def test_ctrl_c_keeps_what_is_done_and_says_so(
    command: Command, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    write(KEPT)
    with monkeypatch.context() as patch:
        patch.setattr(_assessing, "assess_and_record", interrupted)
        ran = command("assess")
    assert ran.code == 130
    assert "the same command goes on" in ran.err
    assert command("assess").code == 0


def test_no_prompt_and_no_key_is_in_what_is_printed(
    command: Command, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "sk-very-secret")
    scripted = f'provider: fake, role: primary, options: {{reply: "{ADMITS}", delay: 0}}'
    endpoint = "provider: openai, role: primary, base_url: 'http://127.0.0.1:9/v1', api_key_env: SECRET_KEY"
    assert scripted in KEPT
    write(KEPT.replace(scripted, endpoint))
    ran = command("assess", "--limit", "2")
    assert ran.code == 3
    assert "sk-very-secret" not in ran.out + ran.err + json.dumps(sorted(map(str, Path.cwd().rglob("*"))))
