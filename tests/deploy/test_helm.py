"""The chart, rendered by Go's template engine: what comes out fits together, and may do little."""

import copy
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from aboveboard.charter import parse_charter
from aboveboard.cli._charters import known_names
from aboveboard.cli.commands import _serve

CHART = Path(__file__).parents[2] / "deploy/helm/aboveboard"
SOURCE = Path(__file__).parent / "helm/main.go"
VALUES: dict[str, Any] = yaml.safe_load((CHART / "values.yaml").read_text(encoding="utf-8"))
SEVERAL = {"replicas": 2, "database": {"secret": "db"}, "keys": {"secret": "keys"}}
EVERYTHING = {
    **SEVERAL,
    "environment": {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"},
    "environmentSecret": "models",
    "hosts": ["ai.example.org"],
    "existingCharter": "ours",
    "nodeSelector": {"disk": "fast"},
    "tolerations": [{"key": "ai", "operator": "Exists"}],
    "affinity": {"podAntiAffinity": {}},
}
BARE = {
    "networkPolicy": {**VALUES["networkPolicy"], "enabled": False},
    "disruptionBudget": {"enabled": False},
}
Render = Callable[..., dict[str, dict[str, Any]]]


def test_every_value_that_a_template_uses_is_in_the_values() -> None:
    for path in (CHART / "templates").iterdir():
        for name in re.findall(r"\.Values((?:\.[a-zA-Z]+)+)", path.read_text(encoding="utf-8")):
            found: Any = VALUES
            for part in name.strip(".").split("."):
                assert part in found, f"{path.name}: {name}"
                found = found[part]


def test_the_charter_of_the_values_is_one_and_lets_nobody_in_without_a_key() -> None:
    charter = parse_charter(VALUES["charter"], known_names())
    assert charter.access.keys == "required"


def test_chart_and_program_have_one_version() -> None:
    from aboveboard import __version__

    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    assert (chart["apiVersion"], chart["appVersion"]) == ("v2", __version__)
    assert VALUES["image"]["tag"] == __version__


@pytest.fixture(scope="session")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("renderer")
    environment = {**os.environ, "GO111MODULE": "off", "GOFLAGS": ""}
    environment.setdefault("GOCACHE", str(folder / "cache"))
    subprocess.run(["go", "build", "-o", str(folder / "render"), str(SOURCE)], check=True, env=environment)
    return folder / "render"


@pytest.fixture
def render(renderer: Path) -> Render:
    """The documents by kind, for values in place of those of the chart."""

    def rendered(**given: Any) -> dict[str, dict[str, Any]]:
        values = {**copy.deepcopy(VALUES), **given}
        said = json.dumps({"Values": values, "Release": {"Name": "house", "Namespace": "ai"}})
        done = subprocess.run(
            [renderer, CHART / "templates"], input=said, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise ValueError(done.stderr)
        return {each["kind"]: each for each in yaml.safe_load_all(done.stdout) if each}

    return rendered


needs_go = pytest.mark.go


@needs_go
@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, {"ConfigMap", "StatefulSet", "Service", "PodDisruptionBudget", "NetworkPolicy"}),
        (EVERYTHING, {"StatefulSet", "Service", "PodDisruptionBudget", "NetworkPolicy"}),
        (BARE, {"ConfigMap", "StatefulSet", "Service"}),
    ],
    ids=["defaults", "everything", "bare"],
)
def test_the_parts_fit_together(render: Render, given: dict[str, Any], kinds: set[str]) -> None:
    made = render(**given)
    assert set(made) == kinds
    gateways = made["StatefulSet"]["spec"]
    labels = gateways["template"]["metadata"]["labels"]
    assert gateways["selector"]["matchLabels"] == labels
    assert made["Service"]["spec"]["selector"] == labels
    for kind, key in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")):
        if kind in made:
            assert made[kind]["spec"][key]["matchLabels"] == labels
    pod = gateways["template"]["spec"]
    volumes = {each["name"] for each in pod["volumes"]} | {"state"}
    for container in (*pod["containers"], *pod.get("initContainers", ())):
        assert {each["name"] for each in container["volumeMounts"]} <= volumes
    ports = {each["name"] for each in pod["containers"][0]["ports"]}
    assert {each["targetPort"] for each in made["Service"]["spec"]["ports"]} <= ports


@needs_go
def test_a_pod_may_do_little_and_is_given_time_to_end(render: Render) -> None:
    pod = render(**EVERYTHING)["StatefulSet"]["spec"]["template"]["spec"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    for container in (*pod["containers"], *pod["initContainers"]):
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
    assert pod["terminationGracePeriodSeconds"] == 10 + 30 + 15


@needs_go
def test_the_server_is_started_with_options_that_it_has(render: Render) -> None:
    (gateway,) = render(**EVERYTHING)["StatefulSet"]["spec"]["template"]["spec"]["containers"]
    options = {name for each in _serve.command.params for name in each.opts}
    assert gateway["args"][0] == "serve"
    assert {word.partition("=")[0] for word in gateway["args"][1:]} <= options
    assert "--allow-host=ai.example.org" in gateway["args"]
    assert gateway["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert gateway["readinessProbe"]["httpGet"]["path"] == "/readyz"


@needs_go
def test_no_secret_stands_in_the_open(render: Render) -> None:
    (gateway,) = render(**EVERYTHING)["StatefulSet"]["spec"]["template"]["spec"]["containers"]
    database = next(each for each in gateway["env"] if each["name"] == "ABOVEBOARD_DATABASE")
    assert database["valueFrom"] == {"secretKeyRef": {"name": "db", "key": "address"}}


@needs_go
@pytest.mark.parametrize("lacking", ["database", "keys"])
def test_several_gateways_without_what_they_share_are_refused(render: Render, lacking: str) -> None:
    with pytest.raises(ValueError, match=f"{lacking}.secret"):
        render(**{**SEVERAL, lacking: {"secret": ""}})
