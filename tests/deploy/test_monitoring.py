"""Dashboards and alarms ask for figures that exist, by labels that they have."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from aboveboard.cases import Cases
from aboveboard.cli._house import House
from aboveboard.cli._release import Release
from aboveboard.cli._settings import Settings
from aboveboard.cli._wiring import gateway_services
from aboveboard.gateway.pages._gauges import gauges
from aboveboard.gateway.telemetry._metrics import Counter, Histogram
from samples import World

ROOT = Path(__file__).parents[2]
DASHBOARD = json.loads((ROOT / "deploy/grafana/aboveboard.json").read_text(encoding="utf-8"))
RULES = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text(encoding="utf-8"))
ALERTS = [rule for group in RULES["groups"] for rule in group["rules"]]
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
NAME = re.compile(r"\baboveboard_[a-z_]+")
FILTER = re.compile(r"(aboveboard_[a-z_]+)\{([^}]*)\}")
GROUPED = re.compile(r"by \(([^)]*)\)")
SCRAPED = {"job", "instance", "le"}


@pytest.fixture
def labels(world: World) -> Iterator[dict[str, set[str]]]:
    """The labels of every metric that a gateway shows, as the server wires it."""
    settings = Settings(world.state, world.state / "charter.yaml", None)
    with Cases.open(world.state / "cases.db") as cases:
        services = gateway_services(
            Release(House(settings, world.evidence, cases, ("testserver",)), world.charter, {})
        )
        services.circuits.of("m")
        found: dict[str, set[str]] = {each.name: set(each.labels) for each in gauges(services)}
    metrics = services.vitals.metrics
    for each in (getattr(metrics, name) for name in metrics.__dataclass_fields__):
        if isinstance(each, Counter):
            found[each.name] = set(each.labels)
        if isinstance(each, Histogram):
            found |= {f"{each.name}_{part}": set() for part in ("bucket", "sum", "count")}
    yield found


@pytest.mark.parametrize("query", [*QUERIES, *(rule["expr"] for rule in ALERTS)])
def test_each_query_names_metrics_and_labels_that_exist(query: str, labels: dict[str, set[str]]) -> None:
    names = NAME.findall(query)
    assert names
    assert [name for name in names if name not in labels] == []
    for name, filters in FILTER.findall(query):
        asked = {each.group(1) for each in re.finditer(r"(\w+)\s*(?:=~|!=|!~|=)", filters)}
        assert asked <= labels[name] | SCRAPED, name
    known = set().union(*(labels[name] for name in names)) | SCRAPED
    grouped = {each.strip() for found in GROUPED.findall(query) for each in found.split(",")}
    assert grouped <= known


def test_each_metric_is_on_the_dashboard(labels: dict[str, set[str]]) -> None:
    shown = {name for query in QUERIES for name in NAME.findall(query)}
    missing = {name for name in labels if name not in shown and not name.endswith(("_sum", "_count"))}
    assert missing == set()


def test_each_metric_is_in_the_reference(labels: dict[str, set[str]]) -> None:
    page = (ROOT / "docs/reference/metrics.md").read_text(encoding="utf-8")
    names = {re.sub(r"_(bucket|sum|count)$", "", name) for name in labels}
    assert {name for name in names if f"`{name}`" not in page} == set()


def test_panels_do_not_lie_over_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        place: dict[str, Any] = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, panel["title"]
        assert place["x"] + place["w"] <= 24
        taken |= cells


@pytest.mark.parametrize("rule", ALERTS, ids=lambda rule: rule["alert"])
def test_each_alarm_says_what_to_do_and_is_explained(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "warn")
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["action"]
    assert f"`{rule['alert']}`" in (ROOT / "docs/guides/operating.md").read_text(encoding="utf-8")
