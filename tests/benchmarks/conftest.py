"""The benchmarks lie beside the package and are imported from there; no type checker sees them."""

import importlib
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

ROOT = Path(__file__).parents[2]


class Benchmark(Protocol):
    """Imports a module of the benchmarks of the same name as the folder of the test."""

    def __call__(self, name: str) -> Any: ...


@pytest.fixture
def benchmark_module(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Benchmark:
    """In tests/benchmarks/privacy `benchmark_module("scoring")` is benchmarks/privacy/scoring.py."""
    package = request.path.parent.name
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    known = sys.modules.get(package)
    if known is not None and str(ROOT / "benchmarks" / package) not in list(known.__path__):
        monkeypatch.delitem(sys.modules, package)
    return lambda name: importlib.import_module(f"{package}.{name}")
