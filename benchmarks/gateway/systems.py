"""The gateways that are compared, each as its own command with its own settings."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from environments import ENVIRONMENTS, make_environment

HERE = Path(__file__).parent
KEY = "sk-benchmark"
LITELLM, SHIELD, NEMO = "litellm[proxy]==1.106.2", "llm-shield-proxy==1.7.0", "nemoguardrails[server]==0.24.1"
_OFFLINE = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_MASTER_KEY": KEY,
    "LITELLM_LOG": "ERROR",
    "OPENAI_API_KEY": "none",
    "UPSTREAM_API_KEY": "none",
    "VALID_VIRTUAL_KEYS": KEY,
    "NEMO_GUARDRAILS_TELEMETRY": "off",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a system listens, where its upstream does, and a folder of its own."""

    port: int
    upstream: int
    folder: Path

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.upstream}/v1"

    def write(self, name: str, text: str) -> Path:
        """A file of settings, with the upstream's address in it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("BASE_URL", self.base_url), encoding="utf-8")
        return path


@dataclass(frozen=True, slots=True)
class System:
    """A gateway: how to start it, and what makes its environment (None: this one)."""

    command: Callable[[Path, Place], Sequence[str | Path]]
    package: str | None = None
    environment: Callable[[Place], Mapping[str, str]] = field(default=lambda place: {})

    @property
    def bin(self) -> Path:
        """The folder of its programs, made on first use."""
        if self.package is None:
            return Path(sys.executable).parent
        name = self.package.partition("==")[0].partition("[")[0]
        return make_environment(ENVIRONMENTS / name, [self.package]).parent

    def variables(self, place: Place) -> dict[str, str]:
        """The environment variables that it runs with."""
        return os.environ | _OFFLINE | dict(self.environment(place))


def _relay(programs: Path, place: Place) -> Sequence[str | Path]:
    return [programs / "python", HERE / "relay.py", str(place.port), str(place.upstream)]


_CHARTER = """charter: 1
system: {name: Benchmark, purpose: Is measured., context: general, jurisdictions: [EU]}
roles: {accountable: {title: Nobody, contact: nobody@example.org}}
models: [{id: m, provider: openai, base_url: "BASE_URL", options: {concurrency: 256}}]
defaults: {promises: false%s}
disclosure: {ai_notice: header}
"""


def _aboveboard(rest: str) -> Callable[[Path, Place], Sequence[str | Path]]:
    def command(programs: Path, place: Place) -> Sequence[str | Path]:
        charter = place.write("charter.yaml", _CHARTER % rest)
        where = ["--state", place.folder / "state", "--charter", charter]
        return [programs / "aboveboard", *where, "serve", "--port", str(place.port)]

    return command


_LITELLM = f"""model_list:
  - model_name: m
    litellm_params: {{model: openai/m, api_base: "BASE_URL", api_key: none}}
general_settings: {{master_key: {KEY}}}
litellm_settings: {{telemetry: false}}
"""
_FILTER = """guardrails:
  - guardrail_name: content-filter
    litellm_params:
      guardrail: litellm_content_filter
      mode: [pre_call, post_call]
      default_on: true
      patterns:
        - {pattern_type: prebuilt, pattern_name: email, action: MASK}
        - {pattern_type: prebuilt, pattern_name: us_ssn, action: MASK}
        - {pattern_type: prebuilt, pattern_name: visa, action: MASK}
        - {pattern_type: prebuilt, pattern_name: us_phone, action: MASK}
"""


def _litellm(settings: str) -> Callable[[Path, Place], Sequence[str | Path]]:
    def command(programs: Path, place: Place) -> Sequence[str | Path]:
        config = place.write("litellm.yaml", settings)
        serve = ["--host", "127.0.0.1", "--port", str(place.port), "--num_workers", "1"]
        return [programs / "litellm", "--config", config, *serve]

    return command


def _shield(programs: Path, place: Place) -> Sequence[str | Path]:
    serve = ["--host", "127.0.0.1", "--port", str(place.port), "--log-level", "error"]
    return [programs / "llm-shield-proxy", *serve]


def _shield_upstream(place: Place) -> Mapping[str, str]:
    return {"UPSTREAM_BASE_URL": place.base_url}


_RAILS = r"""models:
  - type: main
    engine: openai
    model: m
    parameters: {base_url: "BASE_URL", api_key: none}
rails:
  config:
    regex_detection:
      input: {patterns: &found ['[\w.+-]+@[\w-]+\.[\w.]+', '\b\d{3}-\d{2}-\d{4}\b', '\b(?:\d[ -]?){13,16}\b']}
      output: {patterns: *found}
  input: {flows: [regex check input]}
  output: {flows: [regex check output], streaming: {enabled: true}}
"""


def _nemo(programs: Path, place: Place) -> Sequence[str | Path]:
    place.write("rails/config.yml", _RAILS)
    config = ["--config", place.folder / "rails", "--default-config-id", "rails", "--disable-chat-ui"]
    return [programs / "nemoguardrails", "server", *config, "--port", str(place.port)]


SYSTEMS: dict[str, System] = {
    "relay": System(_relay),
    "aboveboard-off": System(_aboveboard(", guards: false")),
    "aboveboard": System(_aboveboard("")),
    "litellm": System(_litellm(_LITELLM), LITELLM),
    "litellm-filter": System(_litellm(_LITELLM + _FILTER), LITELLM),
    "shield": System(_shield, SHIELD, _shield_upstream),
    "nemo": System(_nemo, NEMO),
}
"""What `--only` takes. The relay is no gateway, but what every one of them costs at least."""
