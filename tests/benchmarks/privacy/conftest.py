"""The benchmarks lie beside the package and are imported from there; no type checker sees them."""

import importlib
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

ROOT = Path(__file__).parents[3]


class Benchmark(Protocol):
    """Imports a module of benchmarks/privacy."""

    def __call__(self, name: str) -> Any: ...


@pytest.fixture
def benchmark_module(monkeypatch: pytest.MonkeyPatch) -> Benchmark:
    """`benchmark_module("scoring")` is benchmarks/privacy/scoring.py."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    known = sys.modules.get("privacy")
    if known is not None and str(ROOT / "benchmarks" / "privacy") not in list(known.__path__):
        monkeypatch.delitem(sys.modules, "privacy")
    return lambda name: importlib.import_module(f"privacy.{name}")
