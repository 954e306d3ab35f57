"""Requests made from the gateway's own description, good and bad: nothing undescribed comes back.

The tools are in the environment of the other clients (`requirements/clients.lock`).
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from samples.server import SCRIPTED, running

pytestmark = [pytest.mark.clients, pytest.mark.timeout(600)]
TOOLS = Path(__file__).parents[2] / ".venv" / "clients" / "bin"
SECONDS = int(os.environ.get("ABOVEBOARD_FUZZ_SECONDS", "30"))
SEED = os.environ.get(
    "ABOVEBOARD_FUZZ_SEED", "84175691559989378597957661939773401809"
)  # it found a fault once
HOOKS = '''
import schemathesis

@schemathesis.hook
def map_body(context, body):
    """Names a model that is there, most of the time: else none would be asked."""
    name = body.get("model") if isinstance(body, dict) else None
    if isinstance(name, str) and 0 < len(name) <= 256 and len(name) % 8 != 7:
        return {**body, "model": "smollm2-135m"}
    return body
'''
# What a schema allows, a guard or a rule of the protocol may still refuse.
LEFT_OUT = "positive_data_acceptance"


@pytest.fixture(params=["anybody may ask", "keys are required"])
def gateway(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of a gateway, and what else its visitor has to say."""
    with_keys = request.param == "keys are required"
    access = "access: {keys: required}\n" if with_keys else ""
    (tmp_path / "charter.yaml").write_text(SCRIPTED + access, encoding="utf-8")
    (tmp_path / "hooks.py").write_text(HOOKS, encoding="utf-8")
    said = ["--header", f"Authorization: Bearer {_key(tmp_path)}"] if with_keys else []
    with running(tmp_path) as server:
        yield server.address, said


def _key(folder: Path) -> str:
    """The text of a key for everything."""
    from aboveboard.access import Access, KeyOrder

    state = folder / ".aboveboard"
    state.mkdir(mode=0o700)
    with Access.open(state / "access.db") as access:
        tenant, act = access.register.draft_tenant("Visitors", "role:admin")
        access.keep(act)
        order = KeyOrder("visitor", ("answer", "read", "metrics", "admin"))
        issued = access.register.draft_key(tenant, order, "role:admin")
        access.keep(issued.act)
    return issued.text


def test_nothing_comes_back_that_is_not_described(gateway: tuple[str, list[str]], tmp_path: Path) -> None:
    address, said = gateway
    done = subprocess.run(
        [
            *(str(TOOLS / "schemathesis"), "run", f"{address}/openapi.json", *said),
            *("--exclude-checks", LEFT_OUT, "--max-time", str(SECONDS), "--seed", SEED),
            *("--generation-database", "none"),
            *("--continue-on-failure", "--warnings", "off", "--no-color"),
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=SECONDS * 4 + 120,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Fuzzing" in done.stdout, "nothing was asked"


def test_the_document_is_valid_openapi(gateway: tuple[str, list[str]], tmp_path: Path) -> None:
    from urllib.request import urlopen

    with urlopen(f"{gateway[0]}/openapi.json", timeout=10) as answer:
        (tmp_path / "openapi.json").write_bytes(answer.read())
    subprocess.run([TOOLS / "openapi-spec-validator", "openapi.json"], cwd=tmp_path, check=True, timeout=60)
