"""What a gateway does without until somebody needs it."""

import subprocess
import sys

SERVING = """
import sys
import aboveboard.cli._wiring, aboveboard.console, aboveboard.monitoring
from aboveboard.evals import catalogue
catalogue()
print(*({"numpy", "pyarrow", "torch", "psycopg", "opentelemetry", "xllamacpp"} & set(sys.modules)))
"""


def test_serving_loads_no_numpy_and_nothing_of_an_extra() -> None:
    done = subprocess.run([sys.executable, "-c", SERVING], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
