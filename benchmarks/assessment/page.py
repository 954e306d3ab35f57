"""Writes the page of the assessment from run folders: every figure in it is read from there."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aboveboard.documents import number
from aboveboard.evals import load_suite, suite_names, suite_of
from aboveboard.evals.comparing import Comparison, RecordedRun, compare
from aboveboard.evidence.records import Decision
from aboveboard.files import write_text
from aboveboard.footprint import DEFAULT_POWER
from assessment import deeds, rows
from assessment.sides import Side

NEEDED = {
    "own.cases": "cases that a team writes from its own complaints and incidents",
    "privacy.extraction": "the texts that the model was trained on",
    "privacy.exposure": "canaries planted before training",
    "privacy.membership": "texts known to be in and out of the training data",
    "privacy.dp_audit": "canaries put in by a coin before training",
    "bias.stereoset": "the published file, which was not at hand",
    "toxicity.real_prompts": "the published prompts, which were not at hand",
}
"""What suites that were not asked would need; others only lack a promise in the charter."""


@dataclass(frozen=True)
class Assessed:
    """All that the page is drawn from. `likelihoods` is None where that part was not run."""

    raw: Side
    guarded: Side
    compared: Comparison
    decisions: list[Decision]
    likelihoods: Side | None = None
    gateways: int = 1


_SHOWN = 3


def compared(raw: Side, guarded: Side) -> Comparison:
    """The guarded run against the raw one, on the same items. Items of sets that others published are not
    printed.
    """
    data = os.environ.get("ABOVEBOARD_DATA")
    found = compare(raw.runs[0], guarded.runs[0], data=Path(data) if data else None, changes=_SHOWN)
    suites = (replace(each, changes=()) if _is_public(each.suite) else each for each in found.suites)
    return replace(found, suites=tuple(suites))


def _is_public(suite: str) -> bool:
    return load_suite(suite).digest_data is not None


def write_page(found: Assessed, path: Path) -> None:
    """Writes the page whole or not at all."""
    write_text(path, render(found))


def render(found: Assessed) -> str:
    """The page as Markdown."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    environment.filters |= {
        "verdict": rows.verdict,
        "value": rows.value,
        "difference": rows.difference,
        "coverage": rows.coverage,
        "listed": rows.listed,
        "number": number,
        "cell": cell,
    }
    return environment.get_template("page.md.j2").render(_content(found))


def cell(text: str) -> str:
    """A text that may stand in a table: on one line, with no bar."""
    return " ".join(text.split()).replace("|", "\\|")


def _content(found: Assessed) -> Mapping[str, Any]:
    raw, guarded = found.raw, found.guarded
    first, second = raw.runs[0], guarded.runs[0]
    costs = [_cost(raw, first, name) for name in first.view.suites]
    return {
        "raw": raw,
        "guarded": guarded,
        "likelihoods": found.likelihoods,
        "families": rows.families(raw, guarded, found.compared),
        "likely": rows.families(found.likelihoods) if found.likelihoods else [],
        "better": rows.outcomes(found.compared, "better"),
        "worse": rows.outcomes(found.compared, "worse"),
        "alike": rows.outcomes(found.compared, "no item differs"),
        "open": rows.outcomes(found.compared, "undecided"),
        "deeds": deeds.deeds(found.decisions),
        "answers": deeds.answers(first, second),
        "requests": len(found.decisions),
        "gateways": found.gateways,
        "size": _size(first),
        "limited": bool(first.view.limit),
        "gateway_wh": sum(each.footprint.energy_wh for each in found.decisions if each.footprint),
        "overhead_ms": _median(each.overhead_ms for each in found.decisions),
        "costs": costs,
        "raw_wh": sum(each.energy_wh or 0.0 for each in costs),
        "is_whole": all(each.energy_wh is not None for each in costs),
        "left_out": _left_out([raw, *([found.likelihoods] if found.likelihoods else [])]),
        "sides": _sides(found),
        "counted": rows.counted,
        "promised": _promised(found.likelihoods),
        "watts": DEFAULT_POWER.watts_per_thread,
        "flags": _flags(first),
    }


def _flags(run: RecordedRun) -> str:
    limit = f" --limit {run.view.limit}" if run.view.limit else ""
    return f" --profile {run.view.profile} --seed {run.view.seed}{limit}"


def _size(run: RecordedRun) -> str:
    many = f"{len(run.entries):,} items of {len(run.view.suites)} suites"
    if run.view.limit:
        return f"{many} (`--limit {run.view.limit}`: at most about so many requests a suite)"
    return f"{many} (the profile {run.view.profile})"


def _promised(side: Side | None) -> set[str]:
    return {status.promise.measure for status in side.statuses} if side else set()


def _median(figures: Iterable[float]) -> float:
    ordered = sorted(figures)
    return ordered[len(ordered) // 2] if ordered else 0.0


@dataclass(frozen=True)
class Cost:
    """What a suite took on the raw model."""

    suite: str
    requests: int
    read: int
    written: int
    energy_wh: float | None


def _cost(side: Side, run: RecordedRun, suite: str) -> Cost:
    entries = run.of_suite(suite).values()
    footprint = side.footprints.get(suite)
    return Cost(
        suite,
        len(entries),
        sum(each["prompt_tokens"] for each in entries),
        sum(each["completion_tokens"] for each in entries),
        footprint.energy_wh if footprint else None,
    )


def _left_out(sides: Sequence[Side]) -> dict[str, str]:
    asked = {name for side in sides for name in side.suites}
    rest = [name for name in suite_names() if name not in asked]
    promised = {suite_of(status.promise.measure).id for side in sides for status in side.statuses}
    unrun = dict.fromkeys(promised, "only time: its promises stand above as not measured")
    return {name: (NEEDED | unrun).get(name, "") for name in rest}


def _sides(found: Assessed) -> list[tuple[str, RecordedRun, Side]]:
    named = [("raw", found.raw), ("guarded", found.guarded)]
    named += [("likelihoods", found.likelihoods)] if found.likelihoods else []
    return [(name, run, side) for name, side in named for run in side.runs]
