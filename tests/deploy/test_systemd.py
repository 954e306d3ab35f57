"""The unit is well formed, hardened, and starts the program with options that it has."""

import configparser
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from aboveboard.cli.commands import _serve

UNIT = Path(__file__).parents[2] / "deploy/systemd/aboveboard.service"


@pytest.fixture
def service() -> dict[str, str]:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # how configparser keeps upper case
    parser.read(UNIT)
    return dict(parser["Service"])


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("DynamicUser", "yes"),
        ("ProtectSystem", "strict"),
        ("NoNewPrivileges", "yes"),
        ("PrivateDevices", "yes"),
        ("CapabilityBoundingSet", ""),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
    ],
)
def test_it_may_do_little(service: dict[str, str], key: str, value: str) -> None:
    assert service[key] == value


def test_it_starts_the_server_with_options_that_exist(service: dict[str, str]) -> None:
    words = shlex.split(service["ExecStart"])
    options = {name for each in _serve.command.params for name in each.opts}
    asked = {word for word in words[words.index("serve") :] if word.startswith("--")}
    assert asked <= options


def test_it_is_given_the_time_that_it_takes_to_end(service: dict[str, str]) -> None:
    seconds = [int(each) for each in re.findall(r"--drain-(?:delay|limit) (\d+)", service["ExecStart"])]
    assert len(seconds) == 2
    assert int(service["TimeoutStopSec"]) >= sum(seconds) + 10


@pytest.mark.slow
def test_systemd_itself_finds_nothing_wrong(tmp_path: Path) -> None:
    program = tmp_path / "aboveboard"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    unit = tmp_path / "aboveboard.service"
    text = UNIT.read_text(encoding="utf-8").replace("/opt/aboveboard/bin/aboveboard", str(program))
    unit.write_text(re.sub(r"^Documentation=.*\n", "", text, flags=re.M), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert "aboveboard.service" not in done.stderr, done.stderr
