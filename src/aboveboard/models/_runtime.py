"""The in-process runtime of GGUF weights: llama.cpp's server through `xllamacpp`, with no port open.

Two properties matter more than speed here, both measured (docs/decisions/0002-bundled-model.md):

- The same request gives the same answer, bit for bit, whatever else is being answered and whatever is cached.
  llama.cpp computes a token by other kernels when it shares a batch with others, and the last bits of its
  log-probabilities then differ, which changes answers. `exact` therefore computes each token alone.
- One thread. Two threads on two busy cores ran forty times slower than one.
"""

import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from aboveboard.models._errors import ModelMissingError

INSTALL_RUNTIME = 'pip install "aboveboard[local]"'
_EXACT_STEP = 64  # tokens between two looks at whether the caller is still there, while reading a prompt
_BATCH_STEP = 512
_PROMPT_CACHE_MIB = 256


class Runtime(Protocol):
    """What we use of `xllamacpp.Server`. A callback that returns True ends the answer."""

    def handle_chat_completions(
        self, body: Mapping[str, Any], callback: Callable[[Any], bool] | None = None
    ) -> Any: ...

    def handle_completions(
        self, body: Mapping[str, Any], callback: Callable[[Any], bool] | None = None
    ) -> Any: ...


@dataclass(frozen=True, slots=True)
class RuntimeSettings:
    """How to run the weights; `context` is tokens per slot, `slots` answers at once, `threads` of the CPU."""

    path: Path
    threads: int = 1
    slots: int = 4
    context: int = 2048
    exact: bool = True


def start_runtime(settings: RuntimeSettings) -> Runtime:
    """Loads the weights (about 0.6 s for the bundled ones); raises ModelMissingError when it cannot."""
    xllamacpp = _import()
    # The library always listens somewhere. A socket file in a private folder that is deleted at once can be
    # reached by nobody; the key is a second lock.
    with tempfile.TemporaryDirectory(prefix="aboveboard-") as folder:
        params = _params(xllamacpp, settings)
        params.hostnames = [str(Path(folder) / "runtime.sock")]
        try:
            runtime: Runtime = xllamacpp.Server(params)
        except (RuntimeError, ValueError) as error:
            raise ModelMissingError(
                "the weights cannot be loaded: the file is damaged or of a kind this runtime does not know",
                where=str(settings.path),
            ) from error
    return runtime


def runtime_name(settings: RuntimeSettings) -> str:
    """What ran the weights, for the evidence: other versions or modes may give other last bits."""
    try:
        release = version("xllamacpp")
    except PackageNotFoundError:
        release = "missing"
    return f"xllamacpp {release} cpu threads={settings.threads} {'exact' if settings.exact else 'batched'}"


def _import() -> Any:
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelMissingError(
            f"the runtime of local models is not installed ({error})", cure=INSTALL_RUNTIME
        ) from error
    return xllamacpp


def _params(xllamacpp: Any, settings: RuntimeSettings) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = str(settings.path)
    params.n_parallel = settings.slots
    params.n_ctx = settings.context * settings.slots
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = settings.threads
    params.n_batch = _EXACT_STEP if settings.exact else _BATCH_STEP
    params.n_ubatch = 1 if settings.exact else _BATCH_STEP
    params.cache_ram_mib = _PROMPT_CACHE_MIB
    params.warmup = False
    params.verbosity = -1  # silent: its log would hold prompts
    _lock_down(params)
    return params


def _lock_down(params: Any) -> None:
    params.api_keys = [secrets.token_hex(32)]
    params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.n_threads_http = 1
    params.offline = True
