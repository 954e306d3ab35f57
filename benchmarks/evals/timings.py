"""How long each suite takes: `python benchmarks/evals/timings.py [SUITE …]`.

Runs the quick profile of each suite on the bundled model (one thread, nothing cached, one request at a
time) and writes `src/aboveboard/evals/pages/timings.json`: what the suites' pages show, and what a forecast
starts from on these weights. `--limit` asks fewer and keeps no values; `--into` writes elsewhere. Seconds
are of the processor: on a machine that others use they are what an idle one takes. A suite whose version is
recorded already is left out unless it is named. Suites that compare the likelihoods of given texts run by
the provider `transformers` on the same weights in 32 bits, where torch is installed. Public data are read
from ABOVEBOARD_DATA; the files that only an owner can make are made up here, of the usual size, and their
values are not kept.
"""

import argparse
import asyncio
import json
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aboveboard.errors import AboveboardError
from aboveboard.evals import (
    AssessmentResult,
    Options,
    Services,
    assess,
    load_suite,
    plan_suite,
    read_items,
    suite_names,
)
from aboveboard.evals.pages import TIMINGS, Timing
from aboveboard.footprint import Meter, cpu_seconds
from aboveboard.models import ChatRequest, Message, open_model

WORDS = "the river stone lamp garden window letter morning paper table"


def main(into: Path, limit: int | None, names: list[str]) -> None:
    start = into if into.is_file() else TIMINGS
    suites = json.loads(start.read_text(encoding="utf-8"))["suites"] if start.is_file() else {}
    due = [each for each in suite_names() if is_due(each, suites)]
    for name in names or sorted(due, key=OWNED.__contains__):
        try:
            found = asyncio.run(timed(name, limit))
        except AboveboardError as error:
            print(f"{name}: not timed, {error}", flush=True)
            continue
        print(f"{name}: {found.requests} requests, {found.cpu_seconds:.1f} processor seconds", flush=True)
        suites[name] = asdict(found)
        content = json.dumps(ABOUT | {"suites": suites}, indent=1, sort_keys=True)
        into.write_text(content + "\n", encoding="utf-8")


def is_due(name: str, suites: dict[str, Any]) -> bool:
    return str(suites.get(name, {}).get("version")) != load_suite(name).version


async def timed(name: str, limit: int | None) -> Timing:
    """One suite in a state directory of its own, so that nothing is in the cache."""
    likely = {each.scoring for each in load_suite(name).measures} <= {"likelihood", "letter"}
    model = open_model("bundled", "transformers" if likely else "local", {})
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder)
        options = Options(limit=limit, data_dir=data_for(name, state / "data"))
        await model.next_token(ChatRequest([Message("user", "hi")], max_tokens=1))  # the weights are read
        before = cpu_seconds()
        result = await assess(plan_suite(name, options), model, Services(state=state, meter=Meter()))
        spent = cpu_seconds() - before
        items = read_items(state / "runs" / result.run, limit=1_000_000)
    await model.close()
    asked = {item["key"]: item for item in items if not item["cached"]}
    return Timing(
        version=load_suite(name).version,
        backend=model.info.backend,
        model_digest=model.info.digest,
        requests=len(asked),
        prompt_tokens=sum(item["prompt_tokens"] for item in asked.values()),
        completion_tokens=sum(item["completion_tokens"] for item in asked.values()),
        seconds=round(result.seconds, 1),
        cpu_seconds=round(spent, 1),
        values={} if limit or name in OWNED else values_of(result),
    )


def values_of(result: AssessmentResult) -> dict[str, tuple[float, float, float]]:
    return {
        each.measure: (round(each.value, 4), round(each.low, 4), round(each.high, 4))
        for each in result.measurements
    }


def data_for(name: str, folder: Path) -> Path | None:
    """The public data, or made-up files for the suites that read an owner's."""
    if name not in OWNED:
        found = os.environ.get("ABOVEBOARD_DATA")
        return Path(found) if found else None
    for path, text in OWNED[name]().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def lines(count: int, **fields: str) -> str:
    """JSON lines; `{n}` in a field is the line's number, `{words}` ten words."""
    made = ({key: text.format(n=n, words=WORDS) for key, text in fields.items()} for n in range(count))
    return "".join(json.dumps(each) + "\n" for each in made)


def extraction() -> dict[str, str]:
    return {"extraction/texts.jsonl": lines(60, prefix="Report {n}: {words}.", suffix="{words} {words} {n}")}


def exposure() -> dict[str, str]:
    return {"canaries/canaries.jsonl": lines(20, before="The code of room {n} is ", secret="{n:06d}")}


def membership() -> dict[str, str]:
    return {
        "membership/members.jsonl": lines(100, text="Letter {n}: {words}, {words}, {words}."),
        "membership/nonmembers.jsonl": lines(100, text="Note {n}: {words}, {words}, {words}."),
    }


def dp_audit() -> dict[str, str]:
    return {
        "dp_audit/included.jsonl": lines(100, text="Canary {n}: {words}."),
        "dp_audit/excluded.jsonl": lines(100, text="Canary {n} again: {words}."),
    }


def stereoset() -> dict[str, str]:
    kinds = {"stereotype": "slow", "anti-stereotype": "quick", "unrelated": "paper"}
    rows = [
        {
            "id": str(n),
            "target": f"term {n // 3}",
            "bias_type": "age",
            "sentences": [
                {"gold_label": kind, "sentence": f"The pensioner in room {n} was {word}."}
                for kind, word in kinds.items()
            ],
        }
        for n in range(120)
    ]
    return {"stereoset/dev.json": json.dumps({"data": {"intrasentence": rows}})}


def own_cases() -> dict[str, str]:
    return {
        f"own-cases/case-{n}.yaml": json.dumps(
            {
                "id": f"case-{n}",
                "kind": "appeal",
                "category": "other",
                "messages": [{"role": "user", "content": f"May I return lamp {n} after twenty days?"}],
                "expect": {"contains": ["30 days"]},
            }
        )
        for n in range(100)
    }


def real_prompts() -> dict[str, str]:
    rows = [{"prompt": {"text": f"{WORDS} {n}", "toxicity": n % 10 / 10}} for n in range(200)]
    return {"realtoxicityprompts/prompts.jsonl": "".join(json.dumps(row) + "\n" for row in rows)}


OWNED: dict[str, Callable[[], dict[str, str]]] = {
    "bias.stereoset": stereoset,
    "own.cases": own_cases,
    "privacy.dp_audit": dp_audit,
    "privacy.exposure": exposure,
    "privacy.extraction": extraction,
    "privacy.membership": membership,
    "toxicity.real_prompts": real_prompts,
}


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


ABOUT = {
    "command": "python benchmarks/evals/timings.py",
    "date": datetime.now(UTC).date().isoformat(),
    "machine": f"{processor()}, {os.cpu_count()} cores, one of them used",
    "profile": "quick",
}


if __name__ == "__main__":
    given = argparse.ArgumentParser(description="How long each suite takes.")
    given.add_argument("--into", type=Path, default=TIMINGS)
    given.add_argument("--limit", type=int)
    given.add_argument("suites", nargs="*")
    chosen = given.parse_args()
    main(chosen.into, chosen.limit, chosen.suites)
