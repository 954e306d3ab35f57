"""How often the watches are right, looked at after every observation: the figures of the reference."""

from functools import cache

import numpy as np
import pytest

from aboveboard.evidence.records import Probe
from aboveboard.monitoring import watches_of
from aboveboard.monitoring._pair import Pair, Terms
from aboveboard.monitoring._seen import Seen
from aboveboard.monitoring._streams import Stream
from aboveboard.stats import clopper_pearson
from samples.live import MODEL, answered, charter, decision, probe

PROMISE = '\n  - {{id: p, measure: {}, over: [{}], must: "<= 0.05", when: [live], owner: accountable}}\n'
CELLS = {"gender": ("female", "male"), "ethnicity": ("asian", "black", "hispanic", "white")}
TENANTS = ("north", "south", "west")


def stream(measure: str, over: str) -> Stream:
    return watches_of(charter(PROMISE.format(measure, over)), MODEL).watches[0].stream


def probed(over: str, rates: dict[str, float], length: int, draw: np.random.Generator) -> int | None:
    """After how many probes it rings."""
    found, names = stream("bias.counterfactual.refusal_gap", over), CELLS[over]
    for number in range(length):
        pair = [names[each] for each in draw.choice(len(names), 2, replace=False)]
        refused = (draw.random() < rates.get(pair[0], 0.1), draw.random() < rates.get(pair[1], 0.1))
        if found.take(asked(over, (pair[0], pair[1]), refused), None):
            return number + 1
    return None


@cache
def asked(over: str, pair: tuple[str, str], refused: tuple[bool, bool]) -> Probe:
    """A probe; there are only a few, and making one takes longer than watching it."""
    first, second = (answered(name, float(each)) for name, each in zip(pair, refused, strict=True))
    return probe(by=over, answers=(first, second))


@cache
def told(tenant: str, refused: float) -> Seen:
    """An answer given to a tenant."""
    return Seen(decision(tenant=tenant), refused=refused)


def served(rates: dict[str, float], length: int, draw: np.random.Generator) -> int | None:
    """After how many answers it rings; tenants ask in no order, some more than others."""
    found = stream("live.refusal_gap", "tenant")
    for number in range(length):
        tenant = TENANTS[draw.choice(3, p=(0.6, 0.3, 0.1))]
        seen = told(tenant, float(draw.random() < rates.get(tenant, 0.1)))
        if found.take(seen.decision, seen):
            return number + 1
    return None


def rang(runs: int, of: object, *given: object) -> list[int]:
    """When those rang that did."""
    found = [of(*given, np.random.default_rng(seed)) for seed in range(runs)]  # type: ignore[operator]
    return [each for each in found if each is not None]


@pytest.fixture
def bets_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the bets that only make the range: they ring nothing, and take most of the time."""
    monkeypatch.setattr("aboveboard.monitoring._pair._STEPS", 1)


def test_equal_treatment_rings_no_more_often_than_stated() -> None:
    assert clopper_pearson(len(rang(60, probed, "gender", {}, 150)), 60).low <= 0.05
    assert clopper_pearson(len(rang(40, served, {}, 150)), 40).low <= 0.05


def test_a_planted_gap_is_found() -> None:
    assert len(rang(20, probed, "gender", {"female": 0.5}, 200)) >= 18


@pytest.mark.slow
@pytest.mark.usefixtures("bets_alone")
@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("gender, equal", (probed, "gender", {}, 300)),
        ("gender, a gap as large as the promise allows", (probed, "gender", {"female": 0.15}, 300)),
        ("ethnicity (6 pairs), equal", (probed, "ethnicity", {}, 300)),
        ("three tenants, equal", (served, {}, 300)),
    ],
)
def test_over_a_thousand_runs_it_rings_falsely_no_more_often_than_stated(name: str, given: object) -> None:
    count = len(rang(1000, *given))  # type: ignore[misc]
    found = clopper_pearson(count, 1000)
    print(
        f"| {name} | 300 | {count / 10:.1f} % [{100 * found.low:.1f}, {100 * found.high:.1f}] | at most 5 % |"
    )
    assert found.low <= 0.05


@pytest.mark.slow
@pytest.mark.usefixtures("bets_alone")
@pytest.mark.parametrize(
    ("name", "given", "power"),
    [
        ("gender, 10 % and 40 %", (probed, "gender", {"female": 0.4}, 120), 0.9),
        ("gender, 10 % and 30 %", (probed, "gender", {"female": 0.3}, 250), 0.85),
        ("ethnicity, one group 50 %, else 10 %", (probed, "ethnicity", {"black": 0.5}, 300), 0.9),
        ("one of three tenants 40 %, else 10 %", (served, {"south": 0.4}, 400), 0.85),
    ],
)
def test_over_a_thousand_runs_a_planted_gap_is_found_with_the_stated_power(
    name: str, given: object, power: float
) -> None:
    found = rang(1000, *given)  # type: ignore[misc]
    seen, length = clopper_pearson(len(found), 1000), given[-1]  # type: ignore[index]
    shown = f"{len(found) / 10:.1f} % [{100 * seen.low:.1f}, {100 * seen.high:.1f}]"
    print(f"| {name} | {length} | {shown}, half of them by {np.median(found):.0f} | at least {power:.0%} |")
    assert seen.low >= power


@pytest.mark.parametrize("gap", [0.0, 0.3])
def test_the_range_of_a_gap_holds_however_often_one_looks(gap: float) -> None:
    missed, runs = 0, 40
    for seed in range(runs):
        draw, pair = np.random.default_rng(seed), Pair("gender", "female and male", 1.0, Terms(0.05, 0.05))
        for _ in range(120):
            pair.take(float(draw.random() < 0.2 + gap), float(draw.random() < 0.2))
            shown = pair.figure()
            if not shown.low <= gap <= shown.high:
                missed += 1
                break
    assert clopper_pearson(missed, runs).low <= 0.1
